"""All diaries of a state folder, read without touching them; a spoilt one is named and the others count."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from arsim.domain.problem import Problem
from arsim.workbook.course.diary import home, understood


@dataclass(frozen=True)
class Diaries:
    """What was found.

    Parameters
    ----------
    values : mapping
        Diary → entry → what was kept.
    spoilt : tuple of Problem
        One for each file that cannot be used.
    """

    values: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    spoilt: tuple[Problem, ...] = ()

    def of(self, name: str) -> Mapping[str, object]:
        """The entries of a diary; none if there is no such diary."""
        return self.values.get(name, {})


def read_diaries(folder: Path | None = None) -> Diaries:
    """Every diary in `folder` (by default this user's); nothing is raised, nothing is changed.

    Parameters
    ----------
    folder : Path, optional
        Holds the diaries themselves: ``course`` in the state folder.
    """
    values, spoilt = {}, []
    try:
        paths = sorted((folder or home()).iterdir())
    except OSError:
        return Diaries()
    for path in paths:
        if path.suffix == ".spoilt":
            spoilt.append(Problem("This diary was cut off, damaged or of another version; it has been put aside and a new one begun.",
                                  "Delete it if you do not miss it.", file=path.name))  # fmt: skip
        if path.suffix != ".json":
            continue
        try:
            values[path.stem] = {name: entry["value"] for name, entry in understood(path.read_bytes()).items()}
        except (OSError, ValueError):
            spoilt.append(Problem("This diary cannot be read: it is cut off, damaged or of another version.",
                                  "The others count; it is put aside when you go on with its page.", file=path.name))  # fmt: skip
    return Diaries(values, tuple(spoilt))
