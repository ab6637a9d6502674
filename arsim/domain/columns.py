"""The ledger's columns, each from its cells: names, dates, due dates, amounts."""

from datetime import date

from arsim.domain.amounts import may_be_thousands, parse_amount, parse_currency
from arsim.domain.dates import Either, Timed, decide_order, parse_date
from arsim.domain.headers import LABELS
from arsim.domain.problem import Problem
from arsim.domain.sheet import Sheet, blank
from arsim.domain.terms import READ_AS, Terms, parse_terms

_DATES = ("issued", "due", "paid")
_QUOTED = 4  # different terms quoted in a note


def names(sheet: Sheet, name: str) -> list[str | None]:
    """Invoice numbers or customers."""
    return sheet.parsed(name, lambda cell: _name(cell, name))


def dates(sheet: Sheet, date_order: str | None) -> dict[str, list[date | None]]:
    """Issue, due and paid dates, with one order of day and month for the whole file."""
    read = {"issued": sheet.parsed("issued", lambda cell: _missing("issued") if blank(cell) else parse_date(cell))}
    for name in ("due", "paid"):
        read[name] = sheet.parsed(name, lambda cell: None if blank(cell) else parse_date(cell))
    timed = sum(isinstance(day, Timed) for days in read.values() for day in days)
    if timed:
        sheet.notes.append(Problem("Times of day were dropped from {count} dates.", values={"count": timed}))
    read = {name: [day.day if isinstance(day, Timed) else day for day in days] for name, days in read.items()}
    _note_blanks(sheet)
    both = [(position, name) for position in range(len(sheet)) for name in _DATES if isinstance(read[name][position], Either)]
    if both:
        _note_mixture(sheet, *both[0])
    if both and date_order is None:
        date_order, problems, notes = decide_order((read[name][position], sheet.place(position, name)) for position, name in both)
        sheet.problems += problems
        sheet.notes += notes
    for position, name in both:
        day = read[name][position].under(date_order) if date_order else None
        if date_order and day is None:
            sheet.complain(_cannot_be(date_order), position, name)
        read[name][position] = day
    return read


def due_dates(sheet: Sheet, issued: list[date | None], due: list[date | None]) -> list[date | None]:
    """Due dates as written, else from the terms."""
    terms: list[Terms | None] = sheet.parsed("terms", lambda cell: None if blank(cell) else parse_terms(cell))
    if "due" in sheet.at and "terms" in sheet.at:
        headers = {name: f'"{sheet.header(name)}"' for name in ("due", "terms")}
        sheet.notes.append(Problem("Due dates are taken from {due}; {terms} counts only where that is empty.", values=headers))
    elif "terms" in sheet.at:
        sheet.notes.append(Problem("Due dates were worked out from the terms.", column=sheet.header("terms")))
    name = "due" if "due" in sheet.at else "terms"
    if name not in sheet.at:
        return due
    days, used = list(due), []
    for position, (written, agreed) in enumerate(zip(sheet.cells("due"), sheet.cells("terms"), strict=True)):
        if blank(written) and blank(agreed):
            sheet.complain(Problem("The due date is missing.", "Fill it in, or give the terms in days."), position, name)
        elif blank(written) and terms[position] and issued[position]:
            days[position] = terms[position].due(issued[position])
            used.append(position)
    _note_terms(sheet, terms, used, issued, days)
    return days


def _note_terms(sheet: Sheet, terms: list[Terms | None], used: list[int], issued: list[date], due: list[date]) -> None:
    """Say how each kind of terms was read, with one invoice to check it by."""
    by_kind: dict[str, list[int]] = {}
    for position in used:
        by_kind.setdefault(terms[position].kind, []).append(position)
    for kind, positions in by_kind.items():
        first, written = positions[0], list(dict.fromkeys(sheet.place(position, "terms").value for position in positions))
        sheet.notes.append(Problem(
            "{how} ({terms}; invoices: {count}). For instance issued {issued}, due {due}.", row=sheet.table.numbers[first],
            values={"how": READ_AS[kind], "terms": ", ".join(f'"{text}"' for text in written[:_QUOTED]) + " …" * (len(written) > _QUOTED),
                    "count": len(positions), "issued": str(issued[first]), "due": str(due[first])}))


def amounts(sheet: Sheet) -> tuple[list[int | None], str]:
    """Fen; and the one currency of the whole file, CNY where nothing else is written."""
    thousands = Problem(
        'In this file ";" separates the cells, so the point in this amount may be a decimal point or a thousands mark.',
        "Write amounts with two decimals and a point, for instance 1234.00.")
    guarded = sheet.table.separator == ";"
    read = sheet.parsed("amount", lambda cell: thousands if guarded and may_be_thousands(cell) else parse_amount(cell))
    seen: dict[str, tuple[int, str]] = {}
    for position, (pair, cell) in enumerate(zip(read, sheet.cells("currency"), strict=True)):
        if pair and pair[1]:
            seen.setdefault(pair[1], (position, "amount"))
        if not blank(cell):
            seen.setdefault(parse_currency(cell), (position, "currency"))
    if len(seen) > 1:
        (first, (at, _)), (second, where) = list(seen.items())[:2]
        sheet.complain(Problem(
            "The file mixes currencies: {second} here, {first} in row {row}.",
            "Keep one currency in a file, or convert all amounts to one.",
            values={"first": first, "second": second, "row": sheet.table.numbers[at]}), *where)
    elif seen and "CNY" not in seen:
        sheet.notes.append(Problem("Amounts are in {currency}; they are not converted.", values={"currency": next(iter(seen))}))
    return [pair and pair[0] for pair in read], next(iter(seen), "CNY")


def _name(cell: object, name: str) -> str | Problem:
    """A number or name as text; Excel's whole numbers without their ".0"."""
    if isinstance(cell, float) and abs(cell) < 1e15 and cell.is_integer():
        cell = int(cell)
    text = str(cell).strip()
    # 2.43E+19: what a spreadsheet leaves of a 20-digit invoice number. Two of them may have become one.
    mantissa, power, exponent = text.upper().partition("E+")
    if power and mantissa.replace(".", "", 1).isdecimal() and exponent.isdecimal() or isinstance(cell, float) and abs(cell) >= 1e15:
        return Problem(
            "Excel has cut this long number: it keeps only 15 digits.", "Format the column as text before filling it, then export again.")
    return text or _missing(name)


def _missing(name: str) -> Problem:
    return Problem(
        "The {field} is missing.", "Fill it in; if this is a total or a remark and no invoice, delete the row.",
        values={"field": LABELS[name]})


def _cannot_be(order: str) -> Problem:
    if order == "day-first":
        return Problem("This cannot be a date with the day first.", "Correct it, or say --dates month-first if that is the file's order.")
    return Problem("This cannot be a date with the month first.", "Correct it, or say --dates day-first if that is the file's order.")


def _note_blanks(sheet: Sheet) -> None:
    words = sorted({text for cell in sheet.cells("paid") if blank(cell) and (text := str(cell).strip())})
    if words:
        listed = ", ".join(f'"{word}"' for word in words)
        sheet.notes.append(Problem("Read as not yet paid: {words}.", column=sheet.header("paid"), values={"words": listed}))


def _note_mixture(sheet: Sheet, position: int, name: str) -> None:
    """Excel turns the dates it can read its own way into dates and leaves the rest as text: then the former may be swapped."""
    if any(isinstance(cell, date) for column in _DATES for cell in sheet.cells(column)):
        place = sheet.place(position, name)
        sheet.notes.append(Problem(
            "Some dates are Excel dates and some are text like this one: Excel may have swapped day and month in the former.",
            "Compare a few with the invoices.", row=place.row, column=place.column, value=place.value))
