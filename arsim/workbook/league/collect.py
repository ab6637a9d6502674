"""The instructor's machine: every file read, every season replayed, those that do not count told why."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from arsim.domain.problem import BadInput, Problem, Verbatim
from arsim.engine.engines import REFERENCE
from arsim.study.league.fortune import Fortune, fortunes
from arsim.study.league.season import Figures, Scores
from arsim.study.league.standing import Standing, standings
from arsim.study.spread import spread
from arsim.workbook.league import handed
from arsim.workbook.league.game import Game
from arsim.workbook.league.handed import Handed
from arsim.workbook.league.replay import Phoned, replayed, stage
from arsim.workbook.roleplay.score import score

WORLDS = 9  # other lucks: with the game's own ten, enough for an interval to be believed


@dataclass(frozen=True)
class Rang:
    """A key call, and the season beside its twin without it.

    Parameters
    ----------
    month : int
    customer : str
    who : str
    overdue, promised : int
        Fen.
    kept : float
        Chance that what was promised is paid.
    points : float
        Of the call itself, of 100.
    value, share, goodwill : float
        What the season has more than its twin: net value (fen), overdue share, goodwill.
    """

    month: int
    customer: str
    who: str
    overdue: int
    promised: int
    kept: float
    points: float
    value: float
    share: float
    goodwill: float


@dataclass(frozen=True)
class Result:
    """A team's season replayed.

    Parameters
    ----------
    handed : Handed
    season : Figures
    rang : tuple of Rang
    worlds : tuple of Scores
        Under each luck, the game's own first.
    """

    handed: Handed
    season: Figures
    rang: tuple[Rang, ...]
    worlds: tuple[Scores, ...]

    @property
    def team(self) -> str:
        """Its code."""
        return self.handed.team


@dataclass(frozen=True)
class Table:
    """What came of a folder.

    Parameters
    ----------
    game : Game
    results : tuple of Result
        Of the teams that count, by name.
    standings : tuple of Standing
        The best first.
    fortunes : dict
        Team → `Fortune`.
    unfinished : tuple of Handed
        In order, but not all months played.
    refused : tuple of Handed
        With their problems.
    """

    game: Game
    results: tuple[Result, ...]
    standings: tuple[Standing, ...]
    fortunes: dict[str, Fortune]
    unfinished: tuple[Handed, ...]
    refused: tuple[Handed, ...]

    def result(self, team: str) -> Result:
        """A team's."""
        return next(one for one in self.results if one.team == team)


def collect(folder: Path, game: Game, worlds: int = WORLDS, workers: int = 0, progress: Callable[[int, int], None] | None = None) -> Table:
    """Replay every file in `folder` (and one folder below, as a stick has it).

    Parameters
    ----------
    folder : Path
    game : Game
    worlds : int
        Other lucks; 0 leaves them out.
    workers : int
        How many at a time; 0 chooses. The result does not depend on it.
    progress : callable, optional
        Called with (teams done, all).

    Raises
    ------
    BadInput
        There is no such folder, or no league file in it.
    """
    if not folder.is_dir():
        raise BadInput(Problem("There is no such folder.", "Check the path.", file=str(folder)))
    paths, missed = _found(folder)
    if not paths and not missed:
        raise BadInput(Problem("There is no file ending in {ending} here.", "Choose the folder into which the teams handed in.",
                               file=str(folder), values={"ending": handed.ENDING}))  # fmt: skip
    entries = _once([handed.read(path, game, path.relative_to(folder).as_posix()) for path in paths])
    refused = [one for one in entries if one.problems] + missed
    fine = [one for one in entries if not one.problems]
    unfinished = [one for one in fine if len(one.decisions.months) < game.months]
    whole = sorted((one for one in fine if one not in unfinished), key=lambda one: one.team)
    results = []
    for number, found in enumerate(spread(replay_team, (tuple(whole), game, worlds), len(whole), workers, REFERENCE), 1):
        if isinstance(found, Handed):
            refused.append(found)
        else:
            results.append(found)
        if progress:
            progress(number, len(whole))
    own = {one.team: one.season.scores for one in results}
    lucks = [{one.team: one.worlds[number] for one in results} for number in range(worlds + 1)]
    return Table(game, tuple(results), standings(own) if own else (), fortunes(lucks) if own else {}, tuple(unfinished), tuple(refused))


def replay_team(number: int, entries: Sequence[Handed], game: Game, worlds: int) -> Result | Handed:
    """The team's season, its twins and its other lucks; the file with its problem where the score it tells is not what comes out."""
    entry = entries[number]
    season, found = replayed(game, entry.decisions)
    if problems := handed.forged(entry, found.scores):
        return replace(entry, problems=tuple(problems))
    others = tuple(replayed(game, entry.decisions, world)[1].scores for world in range(1, worlds + 1))
    return Result(entry, found, tuple(_rang(game, entry, found.scores, one) for one in season.phoned), (found.scores, *others))


def _rang(game: Game, entry: Handed, ours: Scores, one: Phoned) -> Rang:
    twin = replayed(game, entry.decisions.without_talk(one.month))[1].scores
    return Rang(
        one.month, stage(game).ids[one.account.customer], one.spoken.who.name, one.account.overdue, one.made.promised, one.made.kept,
        score(one.spoken).total, ours.net_value - twin.net_value, ours.overdue_share - twin.overdue_share, ours.goodwill - twin.goodwill,
    )  # fmt: skip


def _found(folder: Path) -> tuple[list[Path], list[Handed]]:
    """The league files in `folder` and one below; and those that look like one but are named otherwise or lie too deep."""
    paths, missed = [], []
    for pattern in ("*", "*/*", "*/*/*"):
        for path in sorted(folder.glob(pattern)):
            if ".league" not in path.name.lower() or path.name.startswith("._"):  # a Mac leaves such beside every file on a stick
                continue
            if path.name.lower().endswith(handed.ENDING) and pattern != "*/*/*":
                paths.append(path)
            elif path.is_file():
                missed.append(_overlooked(path, folder))
    return sorted(paths), missed


def _overlooked(path: Path, folder: Path) -> Handed:
    named = path.name.lower().endswith(handed.ENDING)
    why = Problem("The file lies too deep.", "Move it into the folder you collect, or into one just below.") if named else Problem(
        "The file's name does not end in {ending}, so it was not read.", "Rename it if a team has handed it in.",
        values={"ending": handed.ENDING},
    )  # fmt: skip
    return Handed(path.relative_to(folder).as_posix(), path.name, problems=(why,))


def _once(entries: list[Handed]) -> list[Handed]:
    """Two files of one team: neither counts, as nobody but the team knows which."""
    by_team = defaultdict(list)
    for entry in entries:
        if entry.decisions is not None:
            by_team[entry.team].append(entry.file)
    found = []
    for entry in entries:
        files = by_team[entry.team] if entry.decisions is not None else []
        twice = Problem("Team {team} has handed in {count} files: {files}.", "Leave one of them in the folder.",
                        values={"team": Verbatim(entry.team), "count": len(files), "files": ", ".join(files)})  # fmt: skip
        found.append(replace(entry, problems=(*entry.problems, twice)) if len(files) > 1 else entry)
    return found
