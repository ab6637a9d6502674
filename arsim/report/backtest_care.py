"""What "with care" and "no" mean in a verdict: the checks that failed, by how much, and what to do about it."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from arsim.domain.money import FEN
from arsim.report import words
from arsim.report.figures import money_scale, number
from arsim.study.backtest import Backtest
from arsim.study.bands import LEVELS
from arsim.study.baselines import NAMES
from arsim.study.verdict import COVERED, NO, USES, YES, Check, checks, uses
from arsim.study.view import View

VIEWS = ("rolling", "at_once")


@dataclass(frozen=True)
class Care:
    """Of one use that is not plainly allowed: the checks that failed by view, and the sentences about it."""

    answer: str
    failed: dict[str, tuple[Check, ...]]
    why: str
    practice: str


def names() -> dict[str, str]:
    """What the truth and the methods are called."""
    say = words.say
    return {
        "truth": say("what came"), "model": say("model"), "segment": say("segment's average"),
        "own": say("customer's own history"), "smoothing": say("exponential smoothing"),
    }  # fmt: skip


def cares(found: Backtest) -> dict[str, Care]:
    """Each use that is allowed with care only, or not at all."""
    say, told = words.say, {}
    for use, answer in uses(found).items():
        if answer == YES:
            continue
        failed = {view: tuple(one for one in checks(getattr(found, view)) if one.key in USES[use] and not one.passed) for view in VIEWS}
        both = {(one.key, _wide(one)) for one in failed["rolling"]} & {(one.key, _wide(one)) for one in failed["at_once"]}
        both = {key for key, _ in both}
        why = [
            sentence.format(failed=("；" if words.language() == "zh" else "; ").join(gaps))
            for sentence, gaps in (
                (say("Rolling, and at once too: {failed}."), [_gap(found.rolling, one) for one in failed["rolling"] if one.key in both]),
                (say("Rolling: {failed}."), [_gap(found.rolling, one) for one in failed["rolling"] if one.key not in both]),
                (say("At once: {failed}."), [_gap(found.at_once, one) for one in failed["at_once"] if one.key not in both]),
            )
            if gaps
        ]
        views = {one.key: view for view in reversed(VIEWS) for one in failed[view]}  # rolling counts where both failed
        practice = [say("Do not use it for this here.")] * (answer == NO) + list(_practice(found, use, views))
        told[use] = Care(answer, failed, _joined(why), _joined(practice))
    return told


def _wide(check: Check) -> bool:
    """Whether intervals failed by being too wide: they may be too narrow in the other view."""
    return check.key == "covered" and check.value > COVERED[1]


def _joined(sentences: list[str]) -> str:
    return words.gap().join(sentences)


def _gap(view: View, check: Check) -> str:
    """By how much a check failed, against what is allowed."""
    say, truth, model = words.say, view.truth, view.methods["model"]
    match check.key:
        case "late":
            return say(
                "late share {model} % foretold, {truth} % came ({bound} points apart are allowed)",
                model=number(100 * model.late, 1), truth=number(100 * truth.late, 1), bound=number(100 * check.bound, 0),
            )  # fmt: skip
        case "p50" | "p90" | "p95":
            place = ("p50", "p90", "p95").index(check.key)
            what = (say("median of days late"), say("90 % quantile of days late"), say("95 % quantile of days late"))[place]
            return say(
                "{what}: {model} foretold, {truth} came ({bound} apart allowed)", what=what,
                model=_days(model.quantiles[place]), truth=_days(truth.quantiles[place]), bound=number(check.bound, 0),
            )  # fmt: skip
        case "dso":
            return say("DSO up to {gap} days off ({bound} allowed)", gap=number(check.value, 1), bound=number(check.bound, 1))
        case "overdue":
            gap, bound = number(100 * check.value, 1), number(100 * check.bound, 0)
            return say("overdue share up to {gap} points off ({bound} allowed)", gap=gap, bound=bound)
        case "covered":
            low, high = (number(100 * share, 0) for share in COVERED)
            share = number(100 * check.value, 0)
            return say("{share} % of the weeks inside the 80 % interval ({low} to {high} % allowed)", share=share, low=low, high=high)
        case "cash":
            best = min(NAMES, key=view.cash_error)
            return say(
                "weekly cash {mine} % off, by {method} only {best} %",
                mine=number(100 * check.value, 1), method=names()[best], best=number(100 * check.bound, 1),
            )  # fmt: skip
        case _:
            best = min(NAMES, key=lambda name: view.methods[name].crps)
            return say(
                "single invoices {mine} days off (CRPS), by {method} only {best}",
                mine=number(check.value, 2), method=names()[best], best=number(check.bound, 2),
            )  # fmt: skip


def _practice(found: Backtest, use: str, views: dict[str, str]) -> Iterator[str]:
    """What to do about the failed checks; `views` says in which view each is to be looked at."""
    say, at = words.say, {key: getattr(found, view) for key, view in views.items()}
    if use == "compare":
        gaps = words.listed(_sizes(at))
        yield say(
            "Trust the difference between two policies before the level each of them reaches: the level may be off by {gaps}.", gaps=gaps
        )
        return
    if "covered" in at:
        yield _reserve(found, at["covered"])
    if "cash" in at:
        best = names()[min(NAMES, key=at["cash"].cash_error)]
        yield (
            say("For the cash of the week ahead, take this instead: {method}.", method=best) if views["cash"] == "rolling" else
            say("For cash months ahead, take this instead: {method}.", method=best)
        )  # fmt: skip
    if "crps" in at:
        best = min(NAMES, key=lambda name: at["crps"].methods[name].crps)
        yield say("For the day of a single invoice, take this instead: {method}.", method=names()[best])
    if "late" in at:
        more = 100 * (at["late"].truth.late - at["late"].methods["model"].late)
        count = number(abs(more), 0)
        yield (
            say("Of 100 invoices, about {count} more are late than foretold.", count=count) if more > 0 else
            say("Of 100 invoices, about {count} fewer are late than foretold.", count=count)
        )  # fmt: skip
    slow = say("a usual invoice"), say("the slowest tenth of the invoices"), say("the slowest twentieth of the invoices")
    for place, (key, which) in enumerate(zip(("p50", "p90", "p95"), slow, strict=True)):
        if key in at:
            yield _shift(at[key].truth.quantiles[place] - at[key].methods["model"].quantiles[place], which)
    for key, lower, higher, either, times, digits in (
        ("dso", "Month-end balances may be up to {gap} days of sales lower than foretold.",
         "Month-end balances may be up to {gap} days of sales higher than foretold.",
         "Month-end balances may be up to {gap} days of sales lower or higher than foretold.", 1, 1),
        ("overdue", "The overdue share may be up to {gap} points lower than foretold.",
         "The overdue share may be up to {gap} points higher than foretold.",
         "The overdue share may be up to {gap} points lower or higher than foretold.", 100, 1),
    ):  # fmt: skip
        if key in at:
            gaps = times * (getattr(at[key].truth, key) - getattr(at[key].methods["model"], key))
            yield say(lower if gaps.max() <= 0 else higher if gaps.min() >= 0 else either, gap=number(np.abs(gaps).max(), digits))


def _reserve(found: Backtest, view: View) -> str:
    """From which interval to plan, and what to keep beside it."""
    say, shares = words.say, dict(zip(LEVELS, view.coverage(), strict=True))
    if shares[0.8] > COVERED[1]:
        return say("The intervals are wider than they need be: what they bid you keep in reserve is on the safe side.")
    if shares[0.95] >= 0.9:
        share = number(100 * shares[0.95], 0)
        return say("Plan weekly cash from the 95 % interval, not from the 80 % one: it held {share} % of the weeks.", share=share)
    lows, came = view.bands[LEVELS.index(0.95)][0], view.truth.cash
    short = float((lows - came).max())
    share = number(100 * shares[0.95], 0)
    if short <= 0:
        return say("Plan weekly cash from the lower end of the 95 % interval: it held only {share} % of the weeks, but none fell below it.",
                   share=share)  # fmt: skip
    scale = money_scale(float(came.sum()), found.ledger.currency)
    return say(
        "Plan weekly cash from the lower end of the 95 % interval, and keep {short} {unit} beside it: it held only {share} % of the weeks, "
        "and so far did the worst of them fall below it.",
        short=number(short / scale.fen, 0 if scale.fen > FEN or short > 10 * FEN else 2), unit=scale.name, share=share,
    )  # fmt: skip


def _shift(days: float, which: str) -> str:
    if np.isnan(days):
        return words.say("How late {which} will be paid cannot be told here: too many stay open.", which=which)
    if days > 0:
        return words.say("Count on {which} {days} days later than foretold.", which=which, days=_days(days))
    return words.say("Count on {which} {days} days earlier than foretold.", which=which, days=_days(-days))


def _sizes(at: dict[str, View]) -> Iterator[str]:
    """How far off the level is, by what failed."""
    say, found = words.say, {key: next(one for one in checks(view) if one.key == key).value for key, view in at.items()}
    for key, sentence, times, digits in (
        ("late", "{gap} points of the late share", 100, 1), ("p50", "{gap} days at the median of days late", 1, 0),
        ("p90", "{gap} days at the 90 % quantile of days late", 1, 0), ("dso", "{gap} days of DSO", 1, 1),
        ("overdue", "{gap} points of the overdue share", 100, 1),
    ):  # fmt: skip
        if key in found:
            yield say(sentence, gap="–" if np.isnan(found[key]) else number(times * found[key], digits))


def _days(value: float) -> str:
    return "–" if np.isnan(value) else number(value, 0)
