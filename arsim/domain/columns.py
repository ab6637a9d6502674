"""The ledger's columns, each from its cells: names, dates, due dates, amounts."""

from datetime import date

import numpy as np

from arsim.domain.amounts import decimal_mark, parse_amount
from arsim.domain.dates import Either, Serial, Timed, decide_order, parse_date
from arsim.domain.headers import LABELS
from arsim.domain.neutral import plain
from arsim.domain.problem import Problem
from arsim.domain.sheet import Sheet, blank
from arsim.domain.terms import READ_AS, Terms, parse_terms

NO_DAY = np.datetime64("NaT", "D")
_DATES = ("issued", "due", "paid")
_QUOTED = 4  # different terms quoted in a message


def names(sheet: Sheet, name: str, needed: bool = True) -> np.ndarray:
    """Invoice numbers or customers: objects, shape (n,); None where there is none (a fault where it is `needed`)."""
    if not sheet.has(name):
        return np.full(len(sheet), None, dtype=object)
    codes, texts = sheet.parsed(name, lambda cell: as_name(cell) or (_missing(name) if needed else None))
    return np.array([*texts, None], dtype=object)[codes]


def dates(sheet: Sheet, date_order: str | None) -> dict[str, np.ndarray]:
    """Issue, due and paid dates, datetime64[D], shape (n,), with one order of day and month for the whole ledger."""
    columns = {name: sheet.parsed(name, _issue if name == "issued" else _day_or_none) for name in _DATES if sheet.has(name)}
    live = sheet.live
    times = {name: np.bincount(codes[live], minlength=len(days)) for name, (codes, days) in columns.items()}
    for kind in (Timed, Serial):
        count = sum(int(times[name][at]) for name, (_, days) in columns.items() for at, day in enumerate(days) if isinstance(day, kind))
        if count and kind is Timed:
            sheet.notes.append(Problem("Times of day were dropped from {count} dates.", values={"count": count}))
        elif count:
            sheet.notes.append(Problem("Excel's inner numbers for days were read as dates: {count} of them.", values={"count": count}))
        columns = {name: (codes, [day.day if isinstance(day, kind) else day for day in days]) for name, (codes, days) in columns.items()}
    _note_blanks(sheet)
    both = []
    for name, (codes, days) in columns.items():
        open_ = np.array([isinstance(day, Either) for day in days], dtype=bool)
        at = np.flatnonzero(open_[codes] & live)
        which, first = np.unique(codes[at], return_index=True)
        both += [(int(at[place]), name, int(code)) for code, place in zip(which, first, strict=True)]
    both.sort(key=lambda found: (found[0], _DATES.index(found[1])))
    if both:
        _note_mixture(sheet, both[0][0], both[0][1])
    if both and date_order is None:
        date_order, problems, notes = decide_order(
            (columns[name][1][code], sheet.place(position, name), int(times[name][code])) for position, name, code in both
        )
        sheet.problems += problems
        sheet.notes += notes
    return {name: _settled(sheet, name, *columns[name], date_order) if name in columns else np.full(len(sheet), NO_DAY) for name in _DATES}


def _settled(sheet: Sheet, name: str, codes: np.ndarray, days: list, order: str | None) -> np.ndarray:
    made = [day.under(order) if order and isinstance(day, Either) else day for day in days]
    if order and (wrong := np.array([was is not None and day is None for was, day in zip(days, made, strict=True)], bool)).any():
        for position in np.flatnonzero(wrong[codes]).tolist():
            sheet.complain(_cannot_be(order), position, name)
    return np.array([None if isinstance(day, Either) else day for day in made], dtype="datetime64[D]")[codes]


def due_dates(sheet: Sheet, issued: np.ndarray, due: np.ndarray, needed: np.ndarray) -> np.ndarray:
    """Due dates as written, else from the terms; a fault where there is neither and it is `needed`."""
    if sheet.has("due") and sheet.has("terms"):
        headers = {name: f'"{sheet.header(name)}"' for name in ("due", "terms")}
        sheet.notes.append(Problem("Due dates are taken from {due}; {terms} counts only where that is empty.", values=headers))
    elif sheet.has("terms"):
        sheet.notes.append(Problem("Due dates were worked out from the terms.", column=sheet.header("terms")))
    name = "due" if sheet.has("due") else "terms"
    if not sheet.has(name):
        return due
    written = _filled(sheet, "due")
    agreed = _filled(sheet, "terms")
    for position in np.flatnonzero(~written & ~agreed & needed & sheet.live).tolist():
        sheet.complain(Problem("The due date is missing.", "Fill it in, or give the terms in days."), position, name)
    used = np.flatnonzero(~written & agreed & needed & sheet.live)
    if not len(used):
        return due
    codes, cells = sheet.coded("terms")
    days, readable = due.copy(), []
    for code, at in _grouped(codes, used).items():
        terms = parse_terms(cells[code])
        if isinstance(terms, Problem):
            for position in at.tolist():
                sheet.complain(terms, position, "terms")
            continue
        starts, back = np.unique(issued[at], return_inverse=True)
        days[at] = np.array([None if np.isnat(day) else terms.due(day.item()) for day in starts], dtype="datetime64[D]")[back]
        readable += [(position, terms) for position in at[~np.isnat(issued[at])].tolist()]
    _note_terms(sheet, sorted(readable, key=lambda pair: pair[0]), issued, days)
    return days


def _grouped(codes: np.ndarray, used: np.ndarray) -> dict[int, np.ndarray]:
    order = np.argsort(codes[used], kind="stable")
    ranked = used[order]
    which, start = np.unique(codes[ranked], return_index=True)
    return {int(code): at for code, at in zip(which, np.split(ranked, start[1:]), strict=True)}


def _note_terms(sheet: Sheet, used: list[tuple[int, Terms]], issued: np.ndarray, due: np.ndarray) -> None:
    """Say how each kind of terms was read, with one invoice to check it by."""
    by_kind: dict[str, list[int]] = {}
    for position, terms in used:
        by_kind.setdefault(terms.kind, []).append(position)
    for kind, positions in by_kind.items():
        first, cells = positions[0], sheet.cells("terms")
        written = list(dict.fromkeys(str(cells[position]).strip() for position in positions))
        sheet.notes.append(Problem(
            "{how} ({terms}; invoices: {count}). For instance issued {issued}, due {due}.", row=sheet.numbers[first],
            values={"how": READ_AS[kind], "terms": ", ".join(f'"{text}"' for text in written[:_QUOTED]) + " …" * (len(written) > _QUOTED),
                    "count": len(positions), "issued": str(issued[first]), "due": str(due[first])}))  # fmt: skip


def amounts(sheet: Sheet, name: str, mark: str | None) -> tuple[np.ndarray, np.ndarray]:
    """Fen, int64, and whether they are known; each of shape (n,). The currencies written in the cells go to `sheet.notes` elsewhere.

    `mark` is what stands before the decimals; None finds it out.
    """
    mark = mark or _mark(sheet, name)
    if mark is None:  # already complained of
        return np.zeros(len(sheet), np.int64), np.zeros(len(sheet), bool)
    needed = name == "amount"
    scale = max(part.scale for part in sheet.parts)
    codes, read = sheet.parsed(name, lambda cell: None if not needed and blank(cell) else parse_amount(cell, mark, scale))
    fen = np.array([pair[0] if pair else 0 for pair in read], dtype=np.int64)
    known = np.array([pair is not None for pair in read], dtype=bool)
    return fen[codes], known[codes]


def _mark(sheet: Sheet, name: str) -> str | None:
    """Point or comma, from all amounts of the ledger: one that can only be read one way decides, two that disagree are a fault."""
    codes, cells = sheet.coded(name)
    live = sheet.live
    counts = np.bincount(codes[live], minlength=len(cells))
    marks = [decimal_mark(cell) if count else None for cell, count in zip(cells, counts.tolist(), strict=True)]
    which = {mark: at for at, mark in reversed(list(enumerate(marks))) if mark}

    def first(mark: str) -> int:
        return int(np.flatnonzero((codes == which[mark]) & live)[0])

    if "point" in which and "comma" in which:
        other = sheet.place(first("point"), name)
        sheet.complain(
            Problem(
                'Here the comma must stand before the decimals, but in row {row}, value "{value}" the point must: the file mixes both.',
                "Write all amounts the same way, for instance 1234.56.",
                values={"row": other.row, "value": other.value},
            ),
            first("comma"),
            name,
        )
        return "point"
    if "comma" in which:
        place = sheet.place(first("comma"), name)
        sheet.notes.append(
            Problem(
                "Amounts were read with a comma before the decimals: this one allows nothing else.",
                row=place.row,
                column=place.column,
                value=place.value,
            )
        )
        return "comma"
    if "point" in which or "either" not in which:
        return "point"
    doubtful = [at for at, mark in enumerate(marks) if mark == "either" and ("." in str(cells[at]) or ";" in _separators(sheet))]
    if not doubtful:
        return "point"  # 1,234: thousands, as everywhere but in files with semicolons
    at = int(np.flatnonzero(np.isin(codes, doubtful) & live)[0])
    place = sheet.place(at, name)
    sheet.problems.append(
        Problem(
            "The mark in this amount may stand before decimals or part thousands, and no amount in the file tells.",
            "Write amounts with two decimals and a point, for instance 1234.00, or say --decimal point or --decimal comma.",
            file=sheet.part(at).file,
            row=place.row,
            column=place.column,
            value=place.value,
        )
    )
    return None


def _separators(sheet: Sheet) -> set[str | None]:
    return {part.table.separator for part in sheet.parts}


def _filled(sheet: Sheet, name: str) -> np.ndarray:
    codes, cells = sheet.coded(name)
    return ~np.array([blank(cell) for cell in cells], dtype=bool)[codes]


def as_name(cell: object) -> str | Problem | None:
    """A number or name as text; Excel's whole numbers without their ".0"; what was neutralised for export, as it was."""
    if isinstance(cell, float) and abs(cell) < 1e15 and cell.is_integer():
        cell = int(cell)
    text = str(cell).strip()
    if text.startswith("'"):
        return plain(text)
    if "E+" in text or "e+" in text or isinstance(cell, float):
        # 2.43E+19: what a spreadsheet leaves of a 20-digit invoice number. Two of them may have become one.
        mantissa, power, exponent = text.upper().partition("E+")
        if power and mantissa.replace(".", "", 1).isdecimal() and exponent.isdecimal() or isinstance(cell, float) and abs(cell) >= 1e15:
            return Problem(
                "Excel has cut this long number: it keeps only 15 digits.",
                "Format the column as text before filling it, then export again.",
            )
    return text or None


def _missing(name: str) -> Problem:
    return Problem(
        "The {field} is missing.",
        "Fill it in; if this is a total or a remark and no invoice, delete the row.",
        values={"field": LABELS[name]},
    )


def _issue(cell: object) -> object:
    return _missing("issued") if blank(cell) else parse_date(cell)


def _day_or_none(cell: object) -> object:
    return None if blank(cell) else parse_date(cell)


def _cannot_be(order: str) -> Problem:
    if order == "day-first":
        return Problem("This cannot be a date with the day first.", "Correct it, or say --dates month-first if that is the file's order.")
    return Problem("This cannot be a date with the month first.", "Correct it, or say --dates day-first if that is the file's order.")


def _note_blanks(sheet: Sheet) -> None:
    if not sheet.has("paid"):
        return
    _, cells = sheet.coded("paid")
    words = sorted({text for cell in cells if blank(cell) and (text := str(cell).strip())})
    if words:
        listed = ", ".join(f'"{word}"' for word in words)
        sheet.notes.append(Problem("Read as not yet paid: {words}.", column=sheet.header("paid"), values={"words": listed}))


def _note_mixture(sheet: Sheet, position: int, name: str) -> None:
    """Excel turns the dates it can read its own way into dates and leaves the rest as text: then the former may be swapped."""
    if any(isinstance(cell, date) for column in _DATES for cell in sheet.cells(column)):
        place = sheet.place(position, name)
        sheet.notes.append(
            Problem(
                "Some dates are Excel dates and some are text like this one: Excel may have swapped day and month in the former.",
                "Compare a few with the invoices.",
                row=place.row,
                column=place.column,
                value=place.value,
            )
        )
