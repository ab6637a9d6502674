"""Policies handed in as files: read, checked against the limits of the task, and those that cannot take part told why."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from arsim.domain.policies import built_in, read_policy
from arsim.domain.policy import Policy, levers
from arsim.domain.problem import BadInput, Problem


@dataclass(frozen=True)
class Entry:
    """One file.

    Parameters
    ----------
    name : str
        The file's, without its ending.
    policy : Policy or None
        None where the file cannot be read.
    problems : tuple of Problem
        Why it takes no part; empty where it does.
    """

    name: str
    policy: Policy | None
    problems: tuple[Problem, ...] = ()


def breaches(policy: Policy, limits: Mapping[str, float], file: str | None = None) -> tuple[Problem, ...]:
    """Levers above what is allowed.

    Parameters
    ----------
    policy : Policy
    limits : mapping
        Lever → the most it may be.
    file : str, optional

    Examples
    --------
    >>> [found.value for found in breaches(read_policy("baseline").replace({"team.collectors": 3}), {"team.collectors": 2})]
    ['3']
    """
    found = []
    for lever in levers(policy):
        if lever.path in limits and lever.default > limits[lever.path]:
            found.append(
                Problem(
                    "It is more than the task allows.", "The most is {limit}.", file=file, column=lever.path, value=f"{lever.default:g}",
                    values={"limit": f"{limits[lever.path]:g}"},
                )
            )  # fmt: skip
    return tuple(found)


def read_entries(folder: Path, limits: Mapping[str, float]) -> list[Entry]:
    """Every policy file of a folder, by name.

    Parameters
    ----------
    folder : Path
        May be missing: then nobody has handed anything in.
    limits : mapping
        As for `breaches`.

    Returns
    -------
    list of Entry
        A file that is wrong, breaks a limit or bears a built-in policy's name is among them, with its problems.
    """
    return [_entry(path, limits) for path in sorted(folder.glob("*.toml"))] if folder.is_dir() else []


def _entry(path: Path, limits: Mapping[str, float]) -> Entry:
    if path.stem in built_in():
        taken = Problem('"{name}" is a built-in policy.', "Choose another name, for example my_policy.", values={"name": path.stem})
        return Entry(path.stem, None, (taken,))
    try:
        policy = read_policy(path)
    except BadInput as error:
        return Entry(path.stem, None, tuple(error.problems))
    return Entry(path.stem, policy, breaches(policy, limits))
