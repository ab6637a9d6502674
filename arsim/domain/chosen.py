"""What a ledger has one of and a file may have several: the currency, the company. Chosen, found, or asked for."""

import numpy as np

from arsim.domain.amounts import parse_amount, parse_currency
from arsim.domain.columns import as_name
from arsim.domain.problem import Problem
from arsim.domain.sheet import Fate, Sheet, blank

_QUOTED = 4  # different currencies or companies quoted in a message


def currencies(sheet: Sheet, wanted: str | None) -> str:
    """The one currency of the ledger, CNY where nothing else is written; rows in others are dropped where one is `wanted`."""
    codes, cells = sheet.coded("currency")
    own = np.array([None if blank(cell) else parse_currency(cell) for cell in cells] or [None], dtype=object)[codes]
    inside, texts = sheet.coded("amount" if sheet.has("amount") else "left")
    written = np.array([_inside(cell) for cell in texts] or [None], dtype=object)[inside]
    empty = own == None  # noqa: E711 (element by element)
    found = np.where(empty, written, own)
    live = sheet.live
    differ = np.flatnonzero(live & ~empty & (written != None) & (written != own))  # noqa: E711
    for position in differ.tolist():
        sheet.complain(
            Problem(
                "The amount says {written}, the currency column {own}.",
                "Correct one of the two.",
                values={"written": written[position], "own": own[position]},
            ),
            position,
            "currency",
        )
    first: dict[str, int] = {}
    counts: dict[str, int] = {}
    for position in np.flatnonzero(live & (found != None)).tolist():  # noqa: E711
        code = found[position]
        first.setdefault(code, position)
        counts[code] = counts.get(code, 0) + 1
    if wanted:
        wanted = parse_currency(wanted)
        if first and wanted not in first:
            sheet.problems.append(
                Problem("The file has no amounts in {name}.", "It has {others}.", values={"name": wanted, "others": _counted(counts)})
            )
        for position in np.flatnonzero(live & (found != None) & (found != wanted)).tolist():  # noqa: E711
            sheet.close(
                Fate.DROPPED,
                Problem("It is in another currency ({name}), which was not chosen.", values={"name": found[position]}),
                position,
            )
        return wanted
    if len(first) > 1:
        (one, at), (other, where) = list(first.items())[:2]
        place = sheet.place(where, "currency" if own[where] else "amount")
        sheet.problems.append(Problem(
            "The file mixes currencies: {second} here, {first} in row {row}. In all: {counts}.",
            "Keep one with --currency, for instance --currency {most}, or convert all amounts to one.",
            file=sheet.part(where).file, row=place.row, column=place.column, value=place.value,
            values={"second": other, "first": one, "row": sheet.numbers[at], "counts": _counted(counts),
                    "most": max(counts, key=counts.get)}))  # fmt: skip
    elif first and "CNY" not in first:
        sheet.notes.append(Problem("Amounts are in {currency}; they are not converted.", values={"currency": next(iter(first))}))
    return next(iter(first), "CNY")


def _inside(cell: object) -> str | None:
    """The currency written in an amount's cell."""
    if not isinstance(cell, str) or cell.isascii() and not any(char.isalpha() or char == "$" for char in cell):
        return None
    for mark in ("point", "comma"):
        if isinstance(found := parse_amount(cell, mark), tuple):
            return found[1]
    return None


def _counted(counts: dict[str, int]) -> str:
    ranked = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return ", ".join(f"{name} ({count})" for name, count in ranked[:_QUOTED]) + " …" * (len(ranked) > _QUOTED)


def companies(sheet: Sheet, wanted: str | None) -> None:
    """Keep the rows of one company; where there are several and none is `wanted`, ask."""
    if not sheet.has("company"):
        if wanted:
            sheet.problems.append(Problem("The file has no column for the company.", "Leave out --company-code."))
        return
    codes, cells = sheet.coded("company")
    called = np.array([None if blank(cell) else as_name(cell) for cell in cells], dtype=object)[codes]
    live = sheet.live & (called != None)  # noqa: E711
    texts, count = np.unique(called[live].astype(str), return_counts=True)
    counts = dict(zip(texts.tolist(), count.tolist(), strict=True))
    if wanted is not None and wanted not in counts:
        sheet.problems.append(
            Problem(
                "There is no company {name} in the file.",
                "It has {others}.",
                column=sheet.header("company"),
                values={"name": wanted, "others": _counted(counts)},
            )
        )
    elif wanted is not None:
        for position in np.flatnonzero(sheet.live & (called != wanted)).tolist():
            sheet.close(Fate.DROPPED, Problem("It belongs to another company, which was not chosen."), position, "company")
    elif len(counts) > 1:
        at = int(np.flatnonzero(live & (called != called[np.flatnonzero(live)[0]]))[0])
        place = sheet.place(at, "company")
        sheet.problems.append(
            Problem(
                "The file holds several companies: {counts}.",
                "Choose one with --company-code, for instance --company-code {most}.",
                file=sheet.part(at).file,
                row=place.row,
                column=place.column,
                value=place.value,
                values={"counts": _counted(counts), "most": max(counts, key=counts.get)},
            )
        )
