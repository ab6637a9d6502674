"""Games as files: ours under ``data/league``, an instructor's anywhere."""

from functools import cache
from pathlib import Path

from arsim.domain.places import place
from arsim.domain.problem import Problem
from arsim.workbook.league.game import Game
from arsim.workbook.written import named, read_written, write_new

FOLDER = "my_league"  # beside the notebooks: games an instructor handed out
FIRST = "twelve_months"
_SEE = "`arsim league new FILE` writes an example with a word on every line."


def _home() -> Path:
    return place("data") / "league"


@cache
def built_in() -> dict[str, Game]:
    """Our games by name."""
    return {path.stem: read_game(path) for path in sorted(_home().glob("*.toml"))}


def game(name_or_path: str | Path) -> Game:
    """A built-in game by name, or a file by its path, ending in .toml.

    Raises
    ------
    BadInput
        There is none, or it is wrong; every fault is told.
    """
    none = Problem("There is no game {name}.", "Use one of {known}, or the path of a file ending in .toml.")
    return named(name_or_path, built_in, read_game, none)


def read_game(path: Path) -> Game:
    """The game in a file; raises as `game` does."""
    return read_written(path, Game, _SEE, name=path.stem)


def write_template(path: Path) -> None:
    """Write a game to begin with to a new file: ours, with a word on every line.

    Raises
    ------
    BadInput
        It cannot be called so, there is one already, or nothing can be written there.
    """
    misnamed = Problem(
        "A game's file ends in .toml; its name begins with a small letter and holds small letters, digits and underscores.",
        "Call it, for example, my_league/autumn.toml.",
    )
    write_new(path, (_home() / f"{FIRST}.toml").read_bytes(), misnamed)
