"""Several rows → one invoice: payments, credit notes, the same row twice, the same invoice in two files."""

from dataclasses import dataclass

import numpy as np

from arsim.domain.columns import NO_DAY
from arsim.domain.documents import Document
from arsim.domain.problem import Problem
from arsim.domain.sheet import Fate, Sheet

SHORT = 0.05  # so much may a payment that closes an invoice fall short: cash discount, bank charges


@dataclass
class Items:
    """The rows as columns, in the order of the file; `settle` changes them."""

    invoice: np.ndarray  # objects
    customer: np.ndarray
    reference: np.ndarray
    issued: np.ndarray
    due: np.ndarray
    paid: np.ndarray
    amount: np.ndarray  # fen
    known: np.ndarray  # whether there is an amount
    received: np.ndarray
    received_known: np.ndarray
    left: np.ndarray
    left_known: np.ndarray
    kind: np.ndarray


def settle(sheet: Sheet, items: Items) -> None:
    """Give every row its fate; amounts and paid dates of invoices take in their payments and credit notes."""
    _repetitions(sheet, items)
    _explain_negatives(sheet, items)
    _advance(sheet, items)
    first = _first(sheet, items)
    _same_number(sheet, items, first)
    _apply(sheet, items, first)
    _balances(sheet, items)


def _first(sheet: Sheet, items: Items) -> dict[str, int]:
    """Invoice number → the row of the invoice."""
    own = ~sheet.closed & (items.invoice != None) & (items.amount >= 0) & np.isin(items.kind, (Document.UNTOLD, Document.INVOICE))  # noqa: E711
    found: dict[str, int] = {}
    for position in np.flatnonzero(own).tolist():
        found.setdefault(items.invoice[position], position)
    return found


def _twice(sheet: Sheet, items: Items) -> dict[str, list[int]]:
    """Invoice numbers that stand in several rows, with these rows."""
    import pandas as pd

    at = np.flatnonzero((sheet.fate <= Fate.FAULTY) & ~sheet.closed & (items.invoice != None))  # noqa: E711
    again = at[pd.Series(items.invoice[at]).duplicated(keep=False).to_numpy()]
    rows: dict[str, list[int]] = {}
    for position in again.tolist():
        rows.setdefault(items.invoice[position], []).append(position)
    return rows


def _repetitions(sheet: Sheet, items: Items) -> None:
    for positions in _twice(sheet, items).values():
        seen: dict[tuple, int] = {}
        for position in positions:
            key = (sheet.parts.index(sheet.part(position)) if len(sheet.parts) > 1 else 0, *map(str, sheet.row(position)))
            original = seen.setdefault(key, position)
            if original != position:
                values = {"first": sheet.numbers[original]}
                sheet.close(Fate.DROPPED, Problem("This row repeats row {first} in every cell.", values=values), position, "invoice")


def _explain_negatives(sheet: Sheet, items: Items) -> None:
    """An amount below zero needs a reason: a document type, or an invoice it refers to or shares its number with."""
    for position in np.flatnonzero(sheet.live & items.known & (items.amount == 0)).tolist():
        sheet.close(Fate.DROPPED, Problem("The amount is zero: there is nothing to collect."), position, "amount")
    below = sheet.live & (items.amount < 0)
    if not below.any():
        return
    positive = set(items.invoice[sheet.live & (items.amount > 0)])
    for position in np.flatnonzero(below & np.isin(items.kind, (Document.UNTOLD, Document.INVOICE))).tolist():
        if items.reference[position] in positive or items.invoice[position] in positive:
            items.kind[position] = Document.CREDIT
        else:
            sheet.complain(
                Problem(
                    "The amount is negative, and nothing says why.",
                    'If it is a credit note, name its invoice in a column "Invoice referred to", or its kind in a column '
                    '"Document type"; else correct it.',
                ),
                position,
                "amount",
            )


def _advance(sheet: Sheet, items: Items) -> None:
    for position in np.flatnonzero(sheet.live & (items.kind == Document.PREPAYMENT)).tolist():
        sheet.close(Fate.DROPPED, Problem("This is a payment in advance, no invoice: nothing was on credit."), position, "kind")


def _same_number(sheet: Sheet, items: Items, first: dict[str, int]) -> None:
    """Rows under one number: one row a payment, or the open and the closed state of it in two files; anything else is a fault."""
    for number, rows in _twice(sheet, items).items():
        positions = [position for position in rows if items.kind[position] <= Document.INVOICE and items.amount[position] >= 0]
        if len(positions) < 2 or number not in first:
            continue
        head, *others = positions
        same = all(
            items.customer[other] == items.customer[head] and items.issued[other] == items.issued[head]
            and items.amount[other] == items.amount[head] for other in others
        )  # fmt: skip
        files = {sheet.part(position).file for position in positions}
        closed = [position for position in positions if not np.isnat(items.paid[position])]
        if same and all(items.received_known[position] and sheet.fate[position] == Fate.LOADED for position in positions):
            _join_payments(sheet, items, head, others)
        elif same and len(files) == len(positions) == 2 and len(closed) == 1:
            kept = closed[0]
            for position in set(positions) - {kept}:
                values = {"file": sheet.part(kept).file, "row": sheet.numbers[kept]}
                sheet.close(Fate.DROPPED, Problem(
                    "Here the invoice is still open; in {file}, row {row}, it is paid, and that was taken.", values=values),
                    position, "invoice")  # fmt: skip
            first[number] = kept
        else:
            for position in others:
                sheet.complain(Problem(
                    "This invoice number already stands in row {first}.",
                    "Delete the row if it is there twice; of an invoice paid in parts, give each payment's own amount in a column "
                    "\"Amount received\", or one row with the day of its last payment.",
                    values={"first": sheet.numbers[head]}), position, "invoice")  # fmt: skip


def _join_payments(sheet: Sheet, items: Items, head: int, others: list[int]) -> None:
    for position in others:
        items.received[head] += items.received[position]
        if np.isnat(items.paid[head]) or items.paid[position] > items.paid[head]:
            items.paid[head] = items.paid[position]
        if items.left_known[position]:
            items.left[head] = min(items.left[head], items.left[position])
        problem = Problem("This is another payment of the invoice in row {first}.", values={"first": sheet.numbers[head]})
        sheet.close(Fate.JOINED, problem, position, "invoice")


def _apply(sheet: Sheet, items: Items, first: dict[str, int]) -> None:
    """Payments and credit notes in rows of their own, to the invoice they name."""
    payments: dict[int, list[int]] = {}
    for position in np.flatnonzero(sheet.live & np.isin(items.kind, (Document.CREDIT, Document.PAYMENT))).tolist():
        named = items.reference[position]
        target = first.get(named if named is not None else items.invoice[position])
        credit = items.kind[position] == Document.CREDIT
        if target is None or target == position or sheet.fate[target] != Fate.LOADED or items.customer[target] != items.customer[position]:
            sheet.close(Fate.DROPPED, Problem(
                "This is a credit note whose invoice is not in the file: its customer's balance is overstated by so much."
                if credit else "This is a payment that names no invoice of the file: only the invoices' own paid dates count."),
                position, "amount")  # fmt: skip
        elif not credit:
            payments.setdefault(target, []).append(position)
        elif abs(items.amount[position]) > items.amount[target]:
            values = {"row": sheet.numbers[target]}
            sheet.complain(Problem(
                "The credit note is larger than what is left of its invoice in row {row}.", "Correct one of the two.", values=values),
                position, "amount")  # fmt: skip
        elif abs(items.amount[position]) == items.amount[target]:
            values = {"row": sheet.numbers[target]}
            sheet.close(
                Fate.JOINED, Problem("This credit note cancels the invoice in row {row} altogether.", values=values), position, "amount"
            )
            values = {"row": sheet.numbers[position]}
            sheet.close(
                Fate.DROPPED, Problem("The credit note in row {row} cancels this invoice altogether.", values=values), target, "amount"
            )
        else:
            items.amount[target] -= abs(items.amount[position])
            values = {"row": sheet.numbers[target]}
            sheet.close(Fate.JOINED, Problem("This credit note was taken off the invoice in row {row}.", values=values), position, "amount")
    for target, positions in payments.items():
        if sheet.fate[target] != Fate.LOADED:  # a credit note has cancelled it meanwhile
            for at in positions:
                sheet.close(Fate.DROPPED, Problem("This is a payment of an invoice that was cancelled or is faulty."), at, "amount")
            continue
        days = [items.paid[at] if not np.isnat(items.paid[at]) else items.issued[at] for at in positions]
        if np.isnat(items.paid[target]):  # the invoice's own day of clearing counts, where it has one
            items.received[target] += sum(abs(int(items.amount[at])) for at in positions)
            items.received_known[target] = True
            items.paid[target] = max(days)
        for at in positions:
            problem = Problem("This payment was counted to the invoice in row {row}.", values={"row": sheet.numbers[target]})
            sheet.close(Fate.JOINED, problem, at, "amount")


def _balances(sheet: Sheet, items: Items) -> None:
    """What is still open of an invoice: the balance where the file has one, else the amount less what came in."""
    for position in np.flatnonzero(sheet.live & (items.left_known | items.received_known)).tolist():
        amount, closed = int(items.amount[position]), not np.isnat(items.paid[position])
        if items.left_known[position]:
            left = max(int(items.left[position]), 0)
            if left > amount:
                sheet.complain(Problem("More is open than was invoiced.", "Correct one of the two."), position, "left")
                continue
            if left == amount and closed:
                sheet.complain(Problem("All of it is open, and yet there is a paid date.", "Correct one of the two."), position, "left")
                continue
        else:
            received = max(int(items.received[position]), 0)
            left = max(amount - received, 0) if received < amount * (1 - SHORT) or not closed else 0
            if closed and 0 < amount - received and left == 0:
                sheet.note(Problem("A little less than invoiced came in; it was read as settled."), position, "received")
        if left == 0 and not closed:
            sheet.complain(Problem(
                "The invoice is settled, but the file does not say when.", "Give the day of its last payment."),
                position, "paid" if sheet.has("paid") else "left")  # fmt: skip
        elif 0 < left < amount:
            sheet.note(Problem(
                "The invoice is paid in part; only what is still open of it was loaded, as open."), position,
                "left" if items.left_known[position] else "received")  # fmt: skip
            items.amount[position], items.paid[position] = left, NO_DAY
        elif left == amount and closed:  # a payment of nothing
            items.paid[position] = NO_DAY
