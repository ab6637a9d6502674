"""Policies as files: the built-in ones under ``data/policies`` and the user's own."""

import difflib
import tomllib
from pathlib import Path

from arsim.domain.places import place
from arsim.domain.policy import Policy, build
from arsim.domain.problem import BadInput, Problem


def read_policy(name_or_path: str | Path) -> Policy:
    """A built-in policy by name, or a TOML file by path.

    Raises
    ------
    BadInput
        Naming every wrong key or value, with a suggestion for a misspelt one.
    """
    path = Path(name_or_path)
    if path.suffix != ".toml":
        if str(name_or_path) not in built_in():
            close = difflib.get_close_matches(str(name_or_path), built_in(), 1)
            raise BadInput(
                Problem(
                    'There is no built-in policy "{name}"; perhaps you mean "{close}".',
                    _KNOWN,
                    values={"name": str(name_or_path), "close": close[0], "known": _listed()},
                )
                if close
                else Problem('There is no built-in policy "{name}".', _KNOWN, values={"name": str(name_or_path), "known": _listed()})
            )
        path = place("data") / "policies" / f"{name_or_path}.toml"
    try:
        data = tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except FileNotFoundError:
        raise BadInput(Problem("There is no such file.", "Check the path.", file=str(path))) from None
    except OSError:
        raise BadInput(Problem("The file cannot be read.", "Check that it is a file and that you may open it.", file=str(path))) from None
    except UnicodeDecodeError:
        raise BadInput(Problem("The file is not UTF-8 text.", "Save it as UTF-8.", file=str(path))) from None
    except tomllib.TOMLDecodeError as error:
        raise BadInput(
            Problem(
                "This is not a TOML file: {reason}.",
                "Compare it with the files in data/policies.",
                file=str(path),
                values={"reason": str(error)},
            )
        ) from None
    return build(data, path.stem, str(path))


_KNOWN = "Built in: {known}. For a file of your own give its path, ending in .toml."


def _listed() -> str:
    return ", ".join(built_in())


def built_in() -> list[str]:
    """Names of the policies that ship with arsim."""
    return sorted(path.stem for path in (place("data") / "policies").glob("*.toml"))
