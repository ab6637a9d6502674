"""How named lines of moves fare with a debtor, over many calls with the same luck."""

from dataclasses import dataclass

import numpy as np

from arsim.report import words
from arsim.report.columns import aligned
from arsim.report.figures import number
from arsim.workbook.roleplay.archetype import Archetype
from arsim.workbook.roleplay.lines import FOUL, LINES, played
from arsim.workbook.roleplay.score import score

Z = 1.96


@dataclass(frozen=True)
class Contest:
    """Scores of each line with one debtor: line → one total a call, the calls in the same order for all."""

    who: Archetype
    totals: dict[str, np.ndarray]

    def mean(self, line: str) -> float:
        """Average total."""
        return float(self.totals[line].mean())

    @property
    def best(self) -> str:
        """The line with the highest average, leaving out the one that adapts itself."""
        return max((line for line in self.totals if line not in ("cause first", *FOUL)), key=self.mean)

    def ahead(self, line: str, other: str) -> tuple[float, float, float]:
        """How far `line` is ahead of `other`, points: mean of the paired differences and its 95 % interval."""
        differ = self.totals[line] - self.totals[other]
        half = Z * differ.std(ddof=1) / len(differ) ** 0.5
        return float(differ.mean()), float(differ.mean() - half), float(differ.mean() + half)


def contest(who: Archetype, plays: int = 100, lines=tuple(LINES)) -> Contest:
    """Play `plays` calls by each of `lines`, with the seeds from 1 on."""
    return Contest(who, {line: np.array([score(played(who, line, seed)).total for seed in range(1, plays + 1)]) for line in lines})


def text(held: Contest) -> str:
    """The lines with one debtor, best first, each with how far the best is ahead of it and the 95 % interval."""
    rows = [[words.say("Line of moves"), words.say("points"), words.say("best is ahead by")]]
    for line in sorted(held.totals, key=held.mean, reverse=True):
        rows.append([words.say(line), number(held.mean(line), 0), "" if line == held.best else _interval(held.ahead(held.best, line))])
    return "\n".join(aligned(rows))


def sensible(held: Contest) -> str:
    """Whether a sensible line pays with this debtor: the best one against bullying, begging and moves at random; if not, what to mend."""
    best = words.say(held.best)
    lost = [words.say(line) for line in ("bully", "beg", "random") if held.ahead(held.best, line)[1] <= 0]
    if lost:
        return words.say(
            "With this debtor “{best}” does not clearly beat {lost}. See whether a remedy under [key] can be found by a trainee,"
            " and whether the cause is told with little trust.", best=best, lost=words.listed(lost),
        )  # fmt: skip
    return words.say("“{best}” clearly beats bullying, begging and moves at random: the debtor can be used.", best=best)


def _interval(ahead: tuple[float, float, float]) -> str:
    mean, low, high = (number(one, 1) for one in ahead)
    return words.say("{mean} ({low} to {high})", mean=mean, low=low, high=high)


def rows(debtors, plays: int = 40) -> list[list[str]]:
    """A table: a row a debtor, with its best line and what that is worth, then the habit of finding the cause, and what others try."""
    head = [words.say("Debtor"), words.say("best line"), words.say("points")]
    others = ("cause first", "everything", "bully", "beg", "random")
    made = [head + [words.say(line) for line in others]]
    for who in debtors:
        held = contest(who, plays)
        points = [number(held.mean(one), 0) for one in others]
        made.append([who.title.told(), words.say(held.best), number(held.mean(held.best), 0), *points])
    return made
