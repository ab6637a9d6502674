"""The demo ledger with faults planted in it, small enough for an exercise; ``uv run python tests/planted_ledger.py`` writes it anew.

It holds all invoices of a dozen of the demo company's customers, and the faults of `PLANTED`: what stands where, and what must be said.
"""

import csv
import io

from arsim.domain.places import place
from arsim.domain.reading import read_ledger
from arsim.study.company import demo_ledger

FILE = place("data") / "demo_ledger_faults.csv"
CUSTOMERS = tuple(f"C{number:03d}" for number in range(36, 396, 15))
HEAD = ["Invoice number", "Customer", "Issue date", "Due date", "Amount", "Paid date", "Disputed", "Document type", "Invoice referred to"]

# At which invoice (from 0, in order of issue) what is written, from the fields of that invoice; what became of it; what is said.
PLANTED = [
    (12, lambda row: row | {"Issue date": "2024-02-30"}, "FAULTY", "does not exist"),
    (20, lambda row: row | {"Due date": "2023-12-31"}, "FAULTY", "due before it was issued"),
    (31, lambda row: row | {"Paid date": "2023-12-29"}, "FAULTY", "paid before it was issued"),
    (40, lambda row: row | {"Customer": ""}, "FAULTY", "customer is missing"),
    (52, lambda row: row | {"Amount": "see contract"}, "FAULTY", "not an amount"),
    (60, lambda row: row | {"Amount": f"-{row['Amount']}", "Document type": ""}, "FAULTY", "nothing says why"),
    (71, lambda row: row | {"Issue date": "7/4/24"}, "FAULTY", "two digits"),
    (80, lambda row: row | {"Due date": "2204-07-31"}, "FAULTY", "year 2204 cannot be right"),
]
# After which invoice a row of its own.
ADDED = [
    (16, lambda row: row, "DROPPED", "repeats row"),
    (45, lambda row: row | {"Amount": "100.00"}, "FAULTY", "already stands in row"),
    (66, lambda row: row | {"Invoice number": "CN-0001", "Amount": "-0.50", "Document type": "Credit memo", "Due date": "",
                            "Paid date": "", "Invoice referred to": row["Invoice number"]}, "JOINED", "taken off the invoice in row"),
    (75, lambda row: row | {"Invoice number": "CN-0002", "Amount": "-80.00", "Document type": "Credit memo", "Due date": "",
                            "Paid date": "", "Invoice referred to": "DEMO-999999"}, "DROPPED", "whose invoice is not in the file"),
    (85, lambda row: row | {"Invoice number": "PP-0001", "Amount": "5000.00", "Document type": "Prepayment", "Due date": "",
                            "Paid date": ""}, "DROPPED", "payment in advance"),
    (90, lambda row: dict.fromkeys(HEAD, "") | {"Invoice number": "Subtotal", "Amount": "1,000,000.00"}, "DROPPED", "a total, no invoice"),
]  # fmt: skip
# Odd, and yet no fault: these rows are loaded.
HARMLESS = [(3, "Amount", lambda row: f"￥{float(row['Amount']):,.2f}"), (5, "Issue date", lambda row: row["Issue date"].replace("-", "/")),
            (7, "Issue date", lambda row: "{}年{}月{}日".format(*map(int, row["Issue date"].split("-"))))]  # fmt: skip


def lines() -> tuple[list[list[str]], dict[int, tuple[str, str]]]:
    """The rows of the file, and of each planted row (numbered as a spreadsheet does) what became of it and what is said."""
    book = read_ledger(demo_ledger())
    book = book.picked([customer in CUSTOMERS for customer in book.customer])
    rows = [["Receivables, printed on 2025-01-02"], HEAD]
    expected = {}
    planted, added = {at: rest for at, *rest in PLANTED}, {at: rest for at, *rest in ADDED}
    harmless = {at: rest for at, *rest in HARMLESS}
    for at in range(len(book)):
        fen = int(book.amount[at])
        row = dict(zip(HEAD, [
            book.invoice[at], book.customer[at], str(book.issued[at]), str(book.due[at]), f"{fen / 100:.2f}",
            "" if book.open[at] else str(book.paid[at]), "Yes" if book.disputed[at] else "No", "Invoice", ""], strict=True))  # fmt: skip
        if at in harmless:
            name, change = harmless[at]
            row[name] = change(row)
        for spoil in filter(None, [planted.get(at)]):
            row = spoil[0](row)
            expected[len(rows) + 1] = tuple(spoil[1:])
        rows.append([row[name] for name in HEAD])
        for extra in filter(None, [added.get(at)]):
            rows.append([extra[0](row)[name] for name in HEAD])
            expected[len(rows)] = tuple(extra[1:])
    rows.append(["Total", "", "", "", "2,000,000.00", "", "", "", ""])
    expected[len(rows)] = ("DROPPED", "a total, no invoice")
    rows.append(["Printed by: accounts receivable", "", "", "", "", "", "", "", ""])
    expected[len(rows)] = ("DROPPED", "a remark or a footer")
    return rows, expected


def content() -> bytes:
    """The file."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows(lines()[0])
    return text.getvalue().encode("utf-8-sig")


if __name__ == "__main__":
    FILE.write_bytes(content())
