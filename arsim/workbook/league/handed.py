"""What a team hands in: its decisions as a file, with a checksum against accidents. Against cheating there is the replay."""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from arsim import __version__
from arsim.domain.money import FEN
from arsim.domain.problem import BadInput, Problem, Verbatim
from arsim.domain.whole import write_whole
from arsim.study.league.season import Scores
from arsim.workbook.league.decisions import TEAM, Decisions, Month, Talk, check_team, faults
from arsim.workbook.league.game import Game

ENDING = ".league.json"
FORMAT = 1
# How far a score may be from the replayed one: below what anybody reads, above what another machine's rounding does.
_NEAR = {"net_value": 100.0, "overdue_share": 1e-6, "goodwill": 1e-4}
_CALLED = {"net_value": "Net value", "overdue_share": "Overdue share, average", "goodwill": "Customer goodwill"}


@dataclass(frozen=True)
class Handed:
    """One file.

    Parameters
    ----------
    file : str
        Its name.
    team : str
        As it says; the file's name where it cannot be read.
    decisions : Decisions or None
        None where the file is no good.
    shown : Scores or None
        The score the team was shown, if its season was finished.
    version : str
        Of the program it was played with.
    problems : tuple of Problem
        Why it does not count; empty where it does, as far as can be said without replaying it.
    """

    file: str
    team: str
    decisions: Decisions | None = None
    shown: Scores | None = None
    version: str = ""
    problems: tuple[Problem, ...] = ()


def plain(decisions: Decisions) -> dict:
    """As JSON has it."""
    months = [{"levers": dict(month.changes)} | (_said(month.talk) if month.talk else {}) for month in decisions.months]
    return {"team": decisions.team, "game": decisions.game, "seed": decisions.seed, "months": months}


def _said(talk: Talk) -> dict:
    return {"call": {"who": talk.who, "seed": talk.seed, "moves": [list(one) for one in talk.made]}}


def understood(content: dict) -> Decisions:
    """The decisions in what `plain` made.

    Raises
    ------
    KeyError, TypeError, ValueError, AttributeError, ArithmeticError
        It is something else.
    """
    months = []
    for month in content["months"]:
        call = month.get("call")
        talk = None if call is None else Talk(
            str(call["who"]), _whole(call["seed"]), tuple((str(move), str(tone)) for move, tone in call["moves"])
        )  # fmt: skip
        changes = tuple((str(path), _plain(value)) for path, value in month["levers"].items())
        months.append(Month(changes, talk))
    return Decisions(str(content["team"]), str(content["game"]), _whole(content["seed"]), tuple(months))


def write(decisions: Decisions, shown: Scores | None, folder: Path) -> Path:
    """Write the file of a team into `folder`, whole or not at all; a file of the same team there is replaced.

    Raises
    ------
    BadInput
        The team's code is none, or nothing can be written there.
    """
    check_team(decisions.team)
    path = folder / f"{decisions.team}{ENDING}"
    content = {"format": FORMAT, "arsim": __version__, **plain(decisions), "shown": vars(shown) if shown else None}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        write_whole(path, json.dumps({**content, "checksum": _sum(content)}, ensure_ascii=False, indent=1).encode())
    except OSError:
        raise BadInput(Problem("Nothing can be written there.", "Choose another folder.", file=str(path))) from None
    return path


def read(path: Path, game: Game, called: str | None = None) -> Handed:
    """The file, with everything that speaks against it short of the replay; nothing is raised. It is `called` by its name, or as said."""
    name = called or path.name
    try:
        content = json.loads(path.read_bytes().decode("utf-8-sig"))
        given, right = content.pop("checksum", None), _sum(content)  # half a character has no sum
        decisions = understood(content)
        shown = None if content["shown"] is None else Scores(*(float(content["shown"][key]) for key in _NEAR))
        version = Verbatim(content["arsim"])
    except (OSError, ValueError, KeyError, TypeError, AttributeError, ArithmeticError, RecursionError):
        cut = Problem("The file cannot be read: it is cut off, damaged, or no league file.", "Let the team hand it in once more.")
        return Handed(name, path.name.removesuffix(ENDING), problems=(cut,))
    found = [] if TEAM.fullmatch(decisions.team) else [_bad_code(decisions.team)]
    found += faults(decisions, game)
    if not found:
        try:
            decisions.policies(game)
        except BadInput as error:
            found += error.problems
    if not found and given != right:
        found.append(Problem("The file was changed after it was written: its checksum does not fit.", "Let the team hand it in once more."))
    return Handed(name, decisions.team, decisions, shown, version, tuple(found))


def forged(handed: Handed, scores: Scores) -> list[Problem]:
    """What the file's score says beside the replayed one; empty where they agree, or the file tells none."""
    if handed.shown is None:
        return []
    found = []
    for key, near in _NEAR.items():
        given, right = getattr(handed.shown, key), getattr(scores, key)
        if not abs(given - right) <= near:  # nan is never near
            given, right = _shown(key, given), _shown(key, right)
            values = {"what": _CALLED[key], "given": given, "right": right, "version": handed.version, "here": __version__}
            if handed.version == __version__:
                found.append(
                    Problem("The score is forged: {what} is {given} in the file, its decisions bring {right}.",
                            "Only what can be replayed counts.", values=values)
                )  # fmt: skip
            else:
                found.append(
                    Problem("{what} is {given} in the file and {right} replayed: it was played with version {version}, and this is {here}.",
                            "Use one version everywhere.", values=values)
                )  # fmt: skip
    return found


def _shown(key: str, value: float) -> str:
    match key:
        case "net_value":
            return f"CNY {value / FEN:,.0f}"
        case "overdue_share":
            return f"{100 * value:.3f} %"
    return f"{value:.3f}"


def _bad_code(team: str) -> Problem:
    try:
        check_team(team)
    except BadInput as error:
        return error.problems[0]
    raise AssertionError(team)


def _sum(content: dict) -> str:
    return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _whole(value) -> int:
    if type(value) is not int:
        raise TypeError(value)
    return value


def _plain(value):
    if not isinstance(value, str | int | float):
        raise TypeError(value)
    return value
