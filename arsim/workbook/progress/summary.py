"""A trainee's summary as a file for the instructor: their code, the day, and the numbers of their progress. It travels only by hand."""

import hashlib
import json
import re
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, ValidationError, field_validator

from arsim.domain.problem import BadInput, Problem
from arsim.domain.whole import write_whole
from arsim.workbook.course.diary import Diary
from arsim.workbook.progress import means
from arsim.workbook.progress.record import Progress

FORMAT = 1
FOLDER = "my_progress"
DIARY = "summary"
LARGEST = 999
_NAME = re.compile(r"progress_\d+.*\.json")


class Summary(Progress):
    """Progress under a code.

    Parameters
    ----------
    format : int
        Of the file.
    code : int
        The seat number the instructor gave, 1 to 999.
    day : str
        When it was written, to the day.
    """

    format: Literal[1] = FORMAT
    code: Annotated[int, Field(ge=1, le=LARGEST)]
    day: str

    @field_validator("day")
    @classmethod
    def _a_day(cls, value: str) -> str:
        if date.fromisoformat(value).isoformat() != value:
            raise ValueError("no day")
        return value

    @property
    def file(self) -> str:
        """What its file is called."""
        return f"progress_{self.code:03d}.json"


def summary(code: int, made: Progress, today: date | None = None) -> Summary:
    """The summary of `made` under `code`."""
    return Summary(code=code, day=(today or date.today()).isoformat(), **{name: getattr(made, name) for name in Progress.model_fields})


def text(one: Summary) -> str:
    """Exactly what the file holds."""
    content = _plain(one)
    return json.dumps({**content, "checksum": _sum(content)}, ensure_ascii=False, indent=1)


def write(one: Summary, folder: Path) -> Path:
    """Write it into `folder`, whole or not at all; an earlier one from this computer is replaced.

    Raises
    ------
    BadInput
        There is one of the same code that this computer has not written, or nothing can be written there.
    """
    path, told, diary = folder / one.file, text(one), Diary(DIARY)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if path.exists() and _print(path.read_bytes()) != diary.value(one.file):
            raise BadInput(
                Problem("There is a summary with the code {code} already, and it was not written here.",
                        "Ask the instructor for your number, or choose another folder.", file=str(path), values={"code": one.code})
            )  # fmt: skip
        write_whole(path, told.encode())
    except OSError:
        raise BadInput(Problem("Nothing can be written there.", "Choose another folder.", file=str(path))) from None
    diary.note(one.file, _print(told.encode()))
    return path


def read(path: Path) -> Summary:
    """The summary in a file.

    Raises
    ------
    BadInput
        It is none, is cut off, was changed, or is of another version.
    """
    try:
        content = json.loads(path.read_bytes().decode("utf-8-sig"))
        given = content.pop("checksum", None)
        format_ = content["format"]
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise BadInput(
            Problem(
                "The file cannot be read: it is cut off, damaged, or no summary.", "Let the trainee write it once more.", file=path.name
            )
        ) from None
    if format_ != FORMAT:
        values = {"format": str(format_)[:20], "here": FORMAT}
        raise BadInput(Problem("The summary is of version {format}; this program reads version {here}.", "Use one version everywhere.",
                               file=path.name, values=values))  # fmt: skip
    if given != _sum(content):
        raise BadInput(
            Problem(
                "The file was changed after it was written: its checksum does not fit.",
                "Let the trainee write it once more.",
                file=path.name,
            )
        )
    try:
        found = Summary.model_validate_json(json.dumps(content))
        _check(found)
    except (ValidationError, ValueError):
        raise BadInput(Problem("The summary names what this version of the program does not have.", "Use one version everywhere.",
                               file=path.name)) from None  # fmt: skip
    return found


def called_so(path: Path) -> bool:
    """Whether a file is called like a summary; what is not, and is none, is somebody else's."""
    return _NAME.fullmatch(path.name) is not None


def _check(found: Summary) -> None:
    for name, one in [*found.checks.items(), *found.exercises.items()]:
        if not set(one.wrong) <= means.mistakes(means.item(name) or means.task(name)):
            raise ValueError(name)


def _plain(one: Summary) -> dict:
    content = one.model_dump(mode="json")
    first = {name: content[name] for name in ("format", "code", "day")}
    return first | content


def _sum(content: dict) -> str:
    return _print(json.dumps(content, sort_keys=True, ensure_ascii=False).encode("utf-8", "replace"))


def _print(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
