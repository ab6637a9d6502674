"""What is wrong with something the user gave us, said so that they can mend it.

A problem is a value, not a sentence: `what` and `remedy` are English templates with ``{named}`` holes, which are also the
keys of the Chinese catalogue (`arsim.report.words`), so the same problem can be told in the user's language.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field


class Verbatim(str):
    """What fills a hole as the user wrote it, in every language: a team called red stays red."""

    LONGEST = 60

    def __new__(cls, text):
        """Of a long text the beginning; signs that cannot be shown become question marks."""
        shown = "".join(sign if sign.isprintable() else "?" for sign in str(text)[: cls.LONGEST + 1])
        return super().__new__(cls, shown if len(shown) <= cls.LONGEST else shown[: cls.LONGEST] + "…")


@dataclass(frozen=True)
class Problem:
    """One thing wrong, where it is, and how to mend it.

    Parameters
    ----------
    what, remedy : str
        English templates; holes are filled from `values`. Written out at the call, so the catalogue test finds them.
    file, row, column, value : optional
        Where: `row` counts as the user's spreadsheet does (the header is row 1); `column` is a table's, or the path of a policy's key,
        such as ``dunning.0.days``. `value` is the offending text.
    values : mapping
        What fills the holes of `what` and `remedy`.
    """

    what: str
    remedy: str = ""
    file: str | None = None
    row: int | None = None
    column: str | None = None
    value: str | None = None
    values: Mapping[str, object] = field(default_factory=dict)

    @property
    def key(self) -> str | None:
        """`column` where it is the key of a policy or of a saved company: there is no row, and no file but one of these."""
        return self.column if self.row is None and (self.file is None or str(self.file).endswith((".toml", ".json"))) else None

    def __str__(self) -> str:
        """English, for tracebacks; users see `words.explain`."""
        where = [str(self.file)] if self.file else []
        where += [f"row {self.row}"] if self.row is not None else []
        where += [f'{"key" if self.key else "column"} "{self.column}"'] if self.column else []
        where += [f'value "{self.value}"'] if self.value is not None else []
        sentence = f"{self.what} {self.remedy}".strip().format(**self.values)
        return f"{', '.join(where)}: {sentence}" if where else sentence


class BadInput(Exception):
    """The user's input cannot be used; carries every problem found, and nothing was loaded or written."""

    def __init__(self, *problems: Problem):
        super().__init__(*problems)
        self.problems = problems

    def __str__(self) -> str:
        return "\n".join(str(problem) for problem in self.problems)
