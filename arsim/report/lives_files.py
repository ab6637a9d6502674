"""Lives under two policies as files: the movers as CSV, and pages with the time lines."""

import base64
import csv
import html
import io
from pathlib import Path

import numpy as np

from arsim.domain.neutral import neutral
from arsim.report import lives as told
from arsim.report import lives_picture, words
from arsim.report.figures import file_unit
from arsim.report.firm import Firm
from arsim.report.put import put
from arsim.study.lives import Lives
from arsim.study.moved import COLUMNS, Moved

INVOICES = 10  # invoices of the biggest movers in a picture


def write(both: Lives, folder: Path, firm: Firm, top: int = 20, invoice: int | None = None, customer: int | None = None) -> list[Path]:
    """Write every customer and invoice that moved as CSV (money in hundredths), and a page of what is asked about.

    Names from a ledger that a spreadsheet would take for a formula get an apostrophe before them.
    """
    one = {} if invoice is None and customer is None else {"invoice": invoice} if invoice is not None else {"customer": customer}
    invoices = [invoice] if invoice is not None else lives_picture.shown(both, customer) if customer is not None else (
        both.invoices.order(INVOICES).tolist())  # fmt: skip
    made = {
        "twins_customers.csv": _csv(both, both.customers, list(both.people.ids), "customer", firm.currency),
        "twins_invoices.csv": _csv(both, both.invoices, both.name, "invoice", firm.currency),
        "twins.html": page(both, firm, top, invoices, **one).encode(),
    }
    if invoices:
        made["twins.png"] = lives_picture.picture(both, invoices)
    return [put(folder / name, content) for name, content in made.items()]


def page(both: Lives, firm: Firm, top: int, invoices: list[int], **one) -> str:
    """A page of its own: totals and movers, or two lives; with the time line."""
    say = words.say
    parts = [firm.heading] if not one else [told.heading(both, **one), told.parting(both, **one)]
    inside = "".join(f"<p>{html.escape(part)}</p>" for part in parts)
    if invoices:
        drawn = base64.b64encode(lives_picture.picture(both, invoices)).decode()
        inside += f'<img style="max-width:100%" alt="{html.escape(lives_picture.alt(both, invoices))}" src="data:image/png;base64,{drawn}">'
    if one:
        inside += told.as_html(told.life_rows(both, **one)) + f"<p>{html.escape(told.legend())}</p>"
    else:
        inside += told.as_html(told.total_rows(both, firm.currency), (1, 2, 3)) + f"<p>{html.escape(told.same(both))}</p>"
        for title, rows, right in (
            (say("Customers that moved most (net value, {unit}):", unit=firm.currency), told.customer_rows(both, top), range(1, 7)),
            (say("Goodwill that moved most:"), told.goodwill_rows(both, top), (1, 2, 3)),
            (say("Invoices and orders that moved most:"), told.invoice_rows(both, top), (2, 3)),
        ):
            inside += f"<h2>{html.escape(title)}</h2>" + told.as_html(rows, right)
    lang = "zh-CN" if words.language() == "zh" else "en"
    title = html.escape(say("{first} and {second} side by side", first=told.titles(both)[0], second=told.titles(both)[1]))
    return (f'<!doctype html><html lang="{lang}"><head><meta charset="utf-8"><title>{title}</title>'
            "<style>body{font:14px/1.45 sans-serif;max-width:1000px;margin:24px auto;padding:0 16px}h1{font-size:20px}h2{font-size:15px}"
            f"</style></head><body><h1>{title}</h1>{inside}</body></html>\n")  # fmt: skip


def _csv(both: Lives, moved: Moved, names, kind: str, currency: str) -> bytes:
    named = names.__getitem__ if isinstance(names, list) else names
    text = io.StringIO(newline="")
    out = csv.writer(text)
    points = kind == "customer"
    first, second = (policy.name for policy in both.policies)
    head = [kind, *(f"{column}_{name}" for column in COLUMNS for name in (first, second)), f"value_{first}", f"value_{second}", "part_date"]
    out.writerow([*head, *([f"goodwill_{first}", f"goodwill_{second}"] if points else []), "unit"])
    goes = np.flatnonzero(moved.part_day >= 0)
    for at in goes[np.argsort(-np.abs(moved.worth[goes]), kind="stable")].tolist():
        numbers = [int(moved.sides[column][side][at]) for column in COLUMNS for side in (0, 1)]
        row = [neutral(named(at)), *numbers, *(round(float(side[at]), 2) for side in moved.value), told.date(both, moved.part_day[at])]
        out.writerow([*row, *([round(float(side[at]), 2) for side in both.goodwill] if points else []), file_unit("fen", currency)])
    return text.getvalue().encode("utf-8-sig")
