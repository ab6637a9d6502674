"""The first sheet of the rollout workbook: what was settled before the start, and whether it still stands there."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from arsim.domain.problem import Problem
from arsim.report import words


def write(page, lines: list[tuple[str, str]], mark: str, end: date, bold, wrap, fill) -> None:
    """Write the plan's lines and what is to be filled in, in these styles of font, alignment and cells to fill in."""
    say = words.say
    page.append([say("Rollout plan"), say("Settled before the start; what is coloured is for you to fill in.")])
    for what, value in [*lines, (say("Fingerprint"), mark)]:
        page.append([what, value])
    until = _until(lines)
    page.append([say("Figures recorded up to"), end])
    page.cell(until, 2).number_format = "yyyy-mm-dd"
    for what in (say("Smallest difference worth having"), say("Who keeps the list of customers"), say("Who reads at the looks"),
                 say("Signed by, on")):  # fmt: skip
        page.append([what, None])
    for row in range(1, page.max_row + 1):
        page.cell(row, 1).font, page.cell(row, 1).alignment, page.cell(row, 2).alignment = bold, wrap, wrap
        if row >= until:
            page.cell(row, 2).fill = fill
    page.column_dimensions["A"].width, page.column_dimensions["B"].width = 34, 110


def changed(page, lines: list[tuple[str, str]], file: str) -> Iterator[Problem]:
    """The lines that are not as they were written."""
    for number, (what, value) in enumerate(lines, 2):
        if (page.cell(number, 1).value, page.cell(number, 2).value) != (what, value):
            shown = str(page.cell(number, 2).value)[:60]
            yield Problem("The plan was changed after the lots were drawn: {what}.", "Write again what stood there, or make a new plan.",
                          file=f"{file} [{page.title}]", row=number, column="B", value=shown, values={"what": what})  # fmt: skip


def until(page, lines: list, facts: dict, where: str, problems: list[Problem]) -> date:
    """The last day that counts; what is wrong with it goes to `problems`."""
    row = _until(lines)
    value = page.cell(row, 2).value
    value = value.date() if isinstance(value, datetime) else value
    if isinstance(value, str):
        try:
            value = date.fromisoformat(value.strip())
        except ValueError:
            value = None
    start = date.fromisoformat(facts["start"])
    if not isinstance(value, date) or not start <= value < start + timedelta(int(facts["days"])):
        problems.append(Problem("This is not a day of the trial.", "Write the last day that counts as 2025-03-05.", file=where, row=row,
                                column="B", value=str(page.cell(row, 2).value)))  # fmt: skip
        return start
    return value


def _until(lines: list) -> int:
    """Row of the last day that counts: after the head, the lines and the fingerprint."""
    return len(lines) + 3
