"""What a team decided: month by month the levers it moved, and how it held its key call. Nothing else is needed to know a season."""

import re
from dataclasses import dataclass, replace

from arsim.domain.policy import Policy
from arsim.domain.problem import BadInput, Problem, Verbatim
from arsim.workbook.league.game import Game, Value, out_of_bounds
from arsim.workbook.roleplay.call import begin, step
from arsim.workbook.roleplay.files import archetype
from arsim.workbook.roleplay.moves import moves

TEAM = re.compile(r"[a-z][a-z0-9_]{0,19}")
_WINDOWS = re.compile(r"con|prn|aux|nul|(com|lpt)[0-9]")  # devices: what is written to a file of this name is lost


@dataclass(frozen=True)
class Talk:
    """How a key call was held: who answered, with which luck, and the moves with their tones."""

    who: str
    seed: int
    made: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Month:
    """One month's decisions: levers moved at its beginning, by path, and the key call on its first working day (None: not made)."""

    changes: tuple[tuple[str, Value], ...] = ()
    talk: Talk | None = None


@dataclass(frozen=True)
class Decisions:
    """A team's season so far.

    Parameters
    ----------
    team : str
        A code, no person's name.
    game : str
        Fingerprint of the game it was played in.
    seed : int
    months : tuple of Month
    """

    team: str
    game: str
    seed: int
    months: tuple[Month, ...] = ()

    def first(self, months: int) -> "Decisions":
        """The first `months` of them."""
        return replace(self, months=self.months[:months])

    def without_talk(self, month: int) -> "Decisions":
        """The same, but that the key call of `month` (from 1) was not made."""
        months = list(self.months)
        months[month - 1] = replace(months[month - 1], talk=None)
        return replace(self, months=tuple(months))

    def policies(self, game: Game) -> tuple[Policy, ...]:
        """The policy in force in each month decided, named as the game's."""
        now, found = game.base, []
        for month in self.months:
            now = now.replace(dict(month.changes)) if month.changes else now
            found.append(now)
        return tuple(found)


def check_team(name: str) -> None:
    """Refuse what is no team's code.

    Raises
    ------
    BadInput
    """
    if not isinstance(name, str) or not TEAM.fullmatch(name):
        raise BadInput(
            Problem("A team's code begins with a small letter and holds small letters, digits and underscores, 20 at most.",
                    "Choose another one, such as red or team_3; no person's name.", value=Verbatim(name))
        )  # fmt: skip
    if _WINDOWS.fullmatch(name):
        raise BadInput(Problem("Windows cannot keep a file of this name.", "Choose another one, such as red or team_3; no person's name.",
                               value=name))  # fmt: skip


def faults(decisions: Decisions, game: Game) -> list[Problem]:
    """Everything in `decisions` that the game does not allow; each problem names the month and what it is about."""
    found = []
    if decisions.game != game.fingerprint:
        found.append(Problem("This season was played in another game.", "Hand out one game file to all teams, and collect with that one.",
                             value=Verbatim(decisions.game)))  # fmt: skip
        return found
    if decisions.seed != game.seed:
        found.append(Problem("The seed is {given}; the game's is {right}.", "A season counts only with the luck all teams had.",
                             values={"given": Verbatim(decisions.seed), "right": str(game.seed)}))  # fmt: skip
    if len(decisions.months) > game.months:
        found.append(Problem("There are {given} months; the game has {right}.", "Hand in the season as it was played.",
                             values={"given": len(decisions.months), "right": game.months}))  # fmt: skip
    open_levers = game.levers()
    for number, month in enumerate(decisions.months[: game.months], 1):
        for path, value in month.changes:
            found += _lever(open_levers, number, path, value)
        found += _talk(game, number, month.talk)
    return found


def _lever(open_levers, month: int, path: str, value) -> list[Problem]:
    if path not in open_levers:
        return [Problem("Month {month}: the lever {path} is not open in this game.", "Take back the change.",
                        values={"month": month, "path": Verbatim(path)})]  # fmt: skip
    wrong = out_of_bounds(open_levers[path], value)
    if not wrong:
        return []
    lever = open_levers[path]
    bound = ", ".join(map(str, lever.choices)) or f"{lever.low:g} … {lever.high:g}"
    shown = Verbatim(f'"{value}"' if isinstance(value, str) else value)  # a 3 in quotation marks is no number
    remedy = "Allowed: whole numbers, {bound}." if isinstance(lever.default, int) and not lever.choices else "Allowed: {bound}."
    return [Problem("Month {month}: {path} = {value} is out of bounds.", remedy,
                    values={"month": month, "path": path, "value": shown, "bound": Verbatim(bound)})]  # fmt: skip


def _talk(game: Game, month: int, talk: Talk | None) -> list[Problem]:
    if talk is None:
        return []
    planned = game.call_in(month)
    if planned is None:
        return [Problem("Month {month}: there is no key call in this month.", "Hand in the season as it was played.",
                        values={"month": month})]  # fmt: skip
    if talk.who != planned.who or talk.seed != game.call_seed(month):
        return [Problem("Month {month}: the key call was held with somebody else, or with other luck.",
                        "Hand in the season as it was played.", values={"month": month})]  # fmt: skip
    call = begin(archetype(talk.who), talk.seed)
    for number, (move, tone) in enumerate(talk.made, 1):
        known = move in moves() and tone in moves()[move].tones
        if not known or call.over:
            reason = "the call was over by then" if known else "nobody can say this"
            return [Problem("Month {month}: move {number} of the key call, {move} ({tone}), is not possible: {reason}.",
                            "Hand in the season as it was played.",
                            values={"month": month, "number": number, "move": Verbatim(move), "tone": Verbatim(tone),
                                    "reason": reason})]  # fmt: skip
        call = step(call, move, tone)
    return []
