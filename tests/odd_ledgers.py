"""Forty-odd ledgers, each with one oddity, and what must be said of it; ``uv run python tests/odd_ledgers.py`` writes them anew."""

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

FOLDER = Path(__file__).parent / "data" / "ledgers"
HEAD = "Invoice number,Customer,Issue date,Due date,Amount,Paid date"
GOOD = ("A1,Acme,2025-03-05,2025-04-04,1234.56,", "A2,Bolt,2025-03-06,2025-04-05,500.00,2025-04-10")


@dataclass(frozen=True)
class Odd:
    """A file; rows loaded, joined, dropped, faulty (None: refused as a whole); what is said, and of which row and column."""

    content: bytes
    fates: tuple[int, int, int, int] | None
    said: str
    row: int | None = None
    column: str | None = None


def text(*rows, head=HEAD, good=GOOD, encoding="utf-8", mark=","):
    return "\n".join([head, *good, *rows, ""]).replace(",", mark).encode(encoding)


def xlsx(*rows):
    """A workbook with one sheet of these rows."""
    import io

    import openpyxl

    book, data = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(data)
    return data.getvalue()


def xls(*rows):
    """An Excel 97 workbook with one sheet of texts and numbers, by hand: nothing we install writes one."""
    import struct

    def record(kind, data):
        return struct.pack("<HH", kind, len(data)) + data

    def opening(kind):
        return record(0x0809, struct.pack("<HHHHII", 0x0600, kind, 0x0DBB, 0x07CC, 0, 0x06))

    end, body = record(0x000A, b""), b""
    for row, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            where = struct.pack("<HHH", row, column, 0)
            if isinstance(cell, str):
                body += record(0x0204, where + struct.pack("<HB", len(cell), 1) + cell.encode("utf-16-le"))
            elif cell is not None:
                body += record(0x0203, where + struct.pack("<d", cell))
    head = len(opening(5)) + len(record(0x0085, bytes(6 + 2 + 5))) + len(end)
    stream = opening(5) + record(0x0085, struct.pack("<IHBB", head, 0, 5, 0) + b"Sheet") + end + opening(0x10) + body + end
    size = max(4096, -(-len(stream) // 512) * 512)
    free, last, none = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFF
    chain = [0xFFFFFFFD, last, *range(3, 2 + size // 512), last]
    table = struct.pack("<128I", *chain, *[free] * (128 - len(chain)))

    def entry(name, kind, child, start, length):
        text = (name + "\0").encode("utf-16-le")
        links = struct.pack("<HBBIII", len(text), kind, 1, none, none, child)
        return text.ljust(64, b"\0") + links + bytes(36) + struct.pack("<IQ", start, length)

    folder = entry("Root Entry", 5, 1, last, 0) + entry("Workbook", 2, none, 2, size) + bytes(256)
    sizes = struct.pack("<HHHHH6xIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, last, 0, last, 0)
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + sizes
    return header + struct.pack("<109I", 0, *[free] * 108) + table + folder + stream.ljust(size, b"\0")


def page(*rows, charset="utf-8", above="", cell="td", many=()):
    """A web page with a table of these rows, and others with those of `many`."""
    def line(row, cell="td"):
        return "<tr>" + "".join(f"<{cell}>{one}</{cell}>" for one in row.split(",")) + "</tr>\n"

    body = "".join(f"<table>{above}{line(HEAD, 'th')}{''.join(map(line, lines))}</table>\n" for lines in ((*GOOD, *rows), *many))
    return f'<html><head><meta http-equiv="Content-Type" content="text/html; charset={charset}"><style>td {{x:y}}</style></head><body>' \
        f"<table><tr><td>menu</td></tr></table>{body}</body></html>".encode(charset)


def xmlbook(*rows, before=""):
    """An XML workbook of Excel 2003: a filled title sheet of no use, then these rows; None leaves a cell out."""
    def cell(at, value):
        kind = "Number" if isinstance(value, float) else "DateTime" if isinstance(value, date) else "String"
        text = f"{value}T00:00:00.000" if kind == "DateTime" else str(value).replace("&", "&amp;")
        return f'<Cell ss:Index="{at}"><Data ss:Type="{kind}">{text}</Data></Cell>'

    lines = "".join("<Row>" + "".join(cell(at, one) for at, one in enumerate(row, 1) if one is not None) + "</Row>\n" for row in rows)
    names = 'xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"'
    sheets = '<Worksheet ss:Name="About"><Table><Row><Cell><Data ss:Type="String">printed</Data></Cell></Row></Table></Worksheet>' \
        f'<Worksheet ss:Name="Items"><Table>{lines}</Table></Worksheet>'
    return f'<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n{before}<Workbook {names}>{sheets}</Workbook>'.encode()


def longer(count, paid, first=date(2024, 1, 1), number=lambda place: place + 1, step=2):
    """Many plain invoices; `paid(place, issued)` says when."""
    lines = [HEAD]
    for place in range(count):
        issued = first + timedelta(place * step)
        day = paid(place, issued)
        lines.append(f"N{number(place):06d},C{place % 7},{issued},{issued + timedelta(30)},{100 + place}.00,{day or ''}")
    return "\n".join([*lines, ""]).encode()


def weekday(day):
    return day + timedelta({5: 2, 6: 1}.get(day.weekday(), 0))


PARTS = HEAD + ",Amount received"
KINDS = HEAD + ",Document type,Invoice referred to"
ODD = {
    "total_row.csv": Odd(text("合计,,,,1734.56,"), (2, 0, 1, 0), "a total, no invoice", 4),
    "total_differs.csv": Odd(text("合计,,,,9999.00,"), (2, 0, 1, 0), "add up to 1,734.56 CNY", 4),
    "grand_total_in_customer.csv": Odd(text(",Grand Total,,,1734.56,"), (2, 0, 1, 0), "a total, no invoice", 4),
    "footer.csv": Odd(text("Printed by: J. Doe 2025-05-01,,,,,"), (2, 0, 1, 0), "a remark or a footer", 4),
    "header_on_every_page.csv": Odd(text(HEAD, "A3,Acme,2025-03-07,2025-04-06,7.00,"), (3, 0, 1, 0), "the header once more", 4),
    "ruling_line.csv": Odd(text("----------,------,----------,----------,------,----------"), (2, 0, 1, 0), "a ruling line", 4),
    "sap_list.txt": Odd(
        ("|" + "|".join(HEAD.split(",")) + "|\n" + "-" * 40 + "\n" + "".join("|" + row.replace(",", "|") + "|\n" for row in GOOD)).encode(),
        (2, 0, 1, 0), "a ruling line", 2),
    "same_row_twice.csv": Odd(text(GOOD[0]), (2, 0, 1, 0), "repeats row 2 in every cell", 4, "Invoice number"),
    "same_number_other_amount.csv": Odd(
        text(GOOD[0].replace("1234.56", "99.00")), (2, 0, 0, 1), "already stands in row 2", 4, "Invoice number"),
    "impossible_date.csv": Odd(text("A3,Acme,2025-02-30,2025-04-04,1.00,"), (2, 0, 0, 1), "does not exist", 4, "Issue date"),
    "year_2205.csv": Odd(text("A3,Acme,2025-03-07,2205-04-04,1.00,"), (2, 0, 0, 1), "year 2205 cannot be right", 4, "Due date"),
    "due_before_issue.csv": Odd(text("A3,Acme,2025-03-07,2025-02-04,1.00,"), (2, 0, 0, 1), "due before it was issued", 4, "Due date"),
    "paid_before_issue.csv": Odd(
        text("A3,Acme,2025-03-07,2025-04-04,1.00,2025-03-01"), (2, 0, 0, 1), "paid before it was issued", 4, "Paid date"),
    "negative_without_reason.csv": Odd(text("A3,Acme,2025-03-07,2025-04-04,-20.00,"), (2, 0, 0, 1), "nothing says why", 4, "Amount"),
    "zero_amount.csv": Odd(text("A3,Acme,2025-03-07,2025-04-04,0.00,"), (2, 0, 1, 0), "nothing to collect", 4, "Amount"),
    "no_customer.csv": Odd(text("A3,,2025-03-07,2025-04-04,20.00,"), (2, 0, 0, 1), "customer is missing", 4, "Customer"),
    "no_due_date.csv": Odd(text("A3,Acme,2025-03-07,,20.00,"), (2, 0, 0, 1), "due date is missing", 4, "Due date"),
    "amount_in_words.csv": Odd(text("A3,Acme,2025-03-07,2025-04-04,about 20,"), (2, 0, 0, 1), "not an amount", 4, "Amount"),
    "unquoted_thousands.csv": Odd(text("A3,Acme,2025-03-07,2025-04-04,1,234.00,"), (2, 0, 0, 1), "7 cells, the header only 6", 4),
    "long_number_cut.csv": Odd(text("2.43E+19,Acme,2025-03-07,2025-04-04,1.00,"), (2, 0, 0, 1), "only 15 digits", 4, "Invoice number"),
    "paid_word.csv": Odd(text("A3,Acme,2025-03-07,2025-04-04,1.00,soon"), (2, 0, 0, 1), "not a date", 4, "Paid date"),
    "credit_note_taken_off.csv": Odd(
        text("G1,Acme,2025-03-09,2025-04-04,-34.56,,Credit memo,A1", head=KINDS, good=[row + ",Invoice," for row in GOOD]),
        (2, 1, 0, 0), "taken off the invoice in row 2", 4),
    "credit_note_cancels.csv": Odd(
        text("G1,Acme,2025-03-09,2025-04-04,-1234.56,,红字发票,A1", head=KINDS, good=[row + ",," for row in GOOD]),
        (1, 1, 1, 0), "cancels this invoice altogether", 2),
    "credit_note_too_large.csv": Odd(
        text("G1,Acme,2025-03-09,2025-04-04,-2000.00,,DG,A1", head=KINDS, good=[row + ",RV," for row in GOOD]),
        (2, 0, 0, 1), "larger than what is left", 4),
    "credit_note_of_nothing.csv": Odd(
        text("G1,Acme,2025-03-09,2025-04-04,-20.00,,CM,Z9", head=KINDS, good=[row + ",INV," for row in GOOD]),
        (2, 0, 1, 0), "whose invoice is not in the file", 4),
    "payment_rows.csv": Odd(
        text("Z1,Acme,2025-04-20,2025-04-20,-1234.56,,DZ,A1", head=KINDS, good=[row + ",RV," for row in GOOD]),
        (2, 1, 0, 0), "counted to the invoice in row 2", 4),
    "payment_of_nothing.csv": Odd(
        text("Z1,Acme,2025-04-20,2025-04-20,-50.00,,收款单,", head=KINDS, good=[row + ",应收单," for row in GOOD]),
        (2, 0, 1, 0), "a payment that names no invoice", 4),
    "prepayment.csv": Odd(
        text("V1,Acme,2025-04-20,2025-04-20,50.00,,预收款,", head=KINDS, good=[row + ",销售发票," for row in GOOD]),
        (2, 0, 1, 0), "payment in advance", 4),
    "strange_document_type.csv": Odd(
        text("V1,Acme,2025-04-20,2025-04-20,50.00,,XK,", head=KINDS, good=[row + ",RV," for row in GOOD]),
        (3, 0, 0, 0), "nobody has explained"),
    "one_row_a_payment.csv": Odd(
        text("A3,Acme,2025-03-07,2025-04-04,100.00,2025-04-01,60.00", "A3,Acme,2025-03-07,2025-04-04,100.00,2025-04-20,40.00",
             head=PARTS, good=[GOOD[0] + ",", GOOD[1] + ",500.00"]),
        (3, 1, 0, 0), "another payment of the invoice in row 4", 5),
    "part_paid.csv": Odd(
        text("A3,Acme,2025-03-07,2025-04-04,100.00,2025-04-01,60.00", head=PARTS, good=[GOOD[0] + ",", GOOD[1] + ",500.00"]),
        (3, 0, 0, 0), "paid in part", 4),
    "paid_without_day.csv": Odd(
        text("A3,Acme,2025-03-07,2025-04-04,100.00,,0.00", head=HEAD + ",Open balance", good=[GOOD[0] + ",1234.56", GOOD[1] + ",0"]),
        (2, 0, 0, 1), "does not say when", 4, "Paid date"),
    "open_more_than_invoiced.csv": Odd(
        text("A3,Acme,2025-03-07,2025-04-04,100.00,,120.00", head=HEAD + ",Open balance", good=[GOOD[0] + ",1234.56", GOOD[1] + ",0"]),
        (2, 0, 0, 1), "More is open than was invoiced", 4, "Open balance"),
    "several_companies.csv": Odd(
        text("A3,Acme,2025-03-07,2025-04-04,100.00,,2000", head=HEAD + ",Company code", good=[row + ",1000" for row in GOOD]),
        None, "--company-code 1000", 4, "Company code"),
    "several_currencies.csv": Odd(
        text("A3,Acme,2025-03-07,2025-04-04,100.00,,USD", head=HEAD + ",Currency", good=[row + ",CNY" for row in GOOD]),
        None, "--currency CNY", 4, "Currency"),
    "either_date_order.csv": Odd(
        text(good=["A1,Acme,3/4/2025,5/4/2025,10.00,", "A2,Acme,5/4/2025,6/4/2025,10.00,"]), None, "--dates day-first", 2, "Issue date"),
    "both_date_orders.csv": Odd(
        text(good=["A1,Acme,13/4/2025,5/5/2025,10.00,", "A2,Acme,4/13/2025,5/5/2025,10.00,"]), None, "mixes both orders", 2, "Issue date"),
    "either_decimal_mark.csv": Odd(text(good=["A1,Acme,2025-03-05,2025-04-04,1.234,"]), None, "--decimal comma", 2, "Amount"),
    "both_decimal_marks.csv": Odd(
        text('A3,Acme,2025-03-07,2025-04-04,"1.234,56",'), (2, 0, 0, 1), "the file mixes both", 4, "Amount"),
    "decimal_comma.csv": Odd(
        "\n".join([HEAD, *GOOD, "A3,Acme,2025-03-07,2025-04-04,1.234X56,", ""]).replace(",", ";").replace("X", ",")
        .replace("1234.56", "1.234,56").replace("500.00", "500,00").encode(),
        (3, 0, 0, 0), "with a comma before the decimals"),
    "ten_thousands.csv": Odd(text(head=HEAD.replace("Amount", "金额（万元）")), (2, 0, 0, 0), "multiplied by 10,000", None, "金额（万元）"),
    "serial_dates.csv": Odd(text(good=["A1,Acme,45721,45751,10.00,"]), (1, 0, 0, 0), "inner numbers for days"),
    "no_amount_column.csv": Odd(text(head=HEAD.replace("Amount", "Sum")), None, "no column for the amount", 1),
    "two_amount_columns.csv": Odd(
        text(head=HEAD.replace("Amount", "金额") + ",价税合计", good=[row + ",1.00" for row in GOOD]), None, "Several columns could be", 1),
    "no_header.csv": Odd(text(head="1,2,3,4,5,6"), None, "No header row", 1),
    "nothing_below_the_header.csv": Odd((HEAD + "\n").encode(), None, "no invoices", 1),
    "open_quotation_mark.csv": Odd(text('A3,"Acme,2025-03-07,2025-04-04,1.00,'), None, "quotation mark", 4),
    "not_utf8.csv": Odd(text().replace(b"Acme", "Müller".encode("cp1252")), None, "--encoding", 2),
    "gb18030.csv": Odd(
        text(head="发票号码,客户名称,开票日期,到期日,金额,收款日期").decode().replace("Acme", "上海机械有限公司")
        .encode("gb18030"),
        (2, 0, 0, 0), "GB18030"),
    "utf16_without_mark.txt": Odd(text(encoding="utf-16-le", mark="\t"), (2, 0, 0, 0), "UTF-16, though it does not say so"),
    "tabs_named.xls": Odd(text("合计,,,,1.00,", encoding="utf-16", mark="\t"), (2, 0, 1, 0), "a total, no invoice", 4),
    "excel_97.xls": Odd(
        xls(["发票号码", "客户名称", "开票日期", "到期日", "金额", "收款日期"],
            ["A1", "上海机械有限公司", 45721.0, "2025-04-04", 1234.56, ""],
            ["A2", "上海机械有限公司", 20250306.0, "2025-02-04", 5.0, ""]), (1, 0, 0, 1), "due before it was issued", 3, "到期日"),
    "workbook.xlsx": Odd(
        xlsx(["应收账款明细", None], HEAD.split(","), ["A1", "Acme", date(2025, 3, 5), date(2025, 4, 4), 10.5, None],
             ["A2", "=1+1", date(2025, 3, 5), date(2025, 3, 4), 10.5, None], ["合计", None, None, None, 21.0, None]),
        (1, 0, 1, 1), "due before it was issued", 4, "Due date"),
    "web_page.xls": Odd(
        page("A&amp;3,M&uuml;ller,2025-03-07,2025-02-04,1.00,"), (2, 0, 0, 1), "web page (HTML) under another name", 4, "Due date"),
    "web_page_gbk.xls": Odd(
        page("A3,上海机械有限公司,2025-03-07,2025-04-04,1.00,", "合计,,,,1735.56,", charset="gb2312"), (3, 0, 1, 0), "a total, no in", 5),
    "web_page_two_pages.xls": Odd(
        page(many=(["A3,Acme,2025-03-07,2025-04-04,1.00,"],)), (3, 0, 1, 0), "the header once more", 4),
    "web_page_merged_header.xls": Odd(
        page("A3,Acme,2025-03-07,2025-02-04,1.00,", above=(
            '<tr><td colspan=6>Open and closed items</td></tr><tr><th rowspan=2>Invoice number</th><th rowspan=2>Customer</th>'
            '<th colspan=2>Dates</th><th rowspan=2>Amount</th><th rowspan=2>Paid date</th></tr>'
            '<tr><th>Issue date</th><th>Due date</th></tr>')), (2, 0, 1, 1), "due before it was issued", 7, "Due date"),
    "web_page_log_in.xls": Odd(
        b"<!DOCTYPE html><html><body><table><tr><td>User</td><td><input></td></tr><tr><td>Word</td></tr></table></body></html>",
        None, "a log-in page", 1),
    "xml_workbook.xls": Odd(
        xmlbook(HEAD.split(","), ["A1", "Acme & Co", date(2025, 3, 5), date(2025, 4, 4), 1234.56, None],
                ["A2", "=1+1", date(2025, 3, 6), date(2025, 3, 5), 500.0, "2025-04-10"]),
        (1, 0, 0, 1), "due before it was issued", 3, "Due date"),
    "xml_workbook_with_entities.xls": Odd(
        xmlbook(HEAD.split(","), ["A1", "&a;", date(2025, 3, 5), date(2025, 4, 4), 1.0, None], before='<!DOCTYPE x [<!ENTITY a "aaa">]>\n'),
        None, "for safety"),
    "xml_workbook_broken_off.xls": Odd(
        xmlbook(HEAD.split(","), ["A1", "Acme", date(2025, 3, 5), date(2025, 4, 4), 1.0, None])[:-60], None, "breaks off", 4),
    "other_xml.xls": Odd(b'<?xml version="1.0"?>\n<invoice><number>1</number></invoice>\n', None, "in which there is no table", 1),
    "status_open_but_paid.csv": Odd(
        text("A3,Acme,2025-03-07,2025-04-04,1.00,2025-04-10,未清", head=HEAD + ",Status",
             good=[GOOD[0] + ",Open", GOOD[1] + ",Paid"]), (3, 0, 0, 0), "The status says open, yet there is a paid date", 4, "Status"),
    "status_paid_but_open.csv": Odd(
        text("A3,Acme,2025-03-07,2025-04-04,1.00,,已核销", head=HEAD + ",核销状态",
             good=[GOOD[0] + ",未核销", GOOD[1] + ",已审核"]), (3, 0, 0, 0), "The status says paid, yet the invoice is", 4, "核销状态"),
    "closed_only_at_year_end.csv": Odd(
        longer(180, lambda place, issued: weekday(issued + timedelta(min(20 + place % 25, max((date(2024, 12, 31) - issued).days, 1)))),
               first=date(2024, 1, 3)), (180, 0, 0, 0), "paid by the year's end"),
    "closed_only.csv": Odd(
        longer(150, lambda place, issued: weekday(issued + timedelta(20 + place % 25))), (150, 0, 0, 0), "only closed items were exported"),
    "open_only.csv": Odd(longer(120, lambda place, issued: None), (120, 0, 0, 0), "open items only"),
    "payments_stop.csv": Odd(
        longer(150, lambda place, issued: day if (day := weekday(issued + timedelta(30))) < date(2024, 8, 1) else None),
        (150, 0, 0, 0), "Nothing is paid after 2024-07-31"),
    "sample.csv": Odd(
        longer(300, lambda place, issued: weekday(issued + timedelta(30)) if place < 280 else None,
               number=lambda place: 50 * place, step=1),
        (300, 0, 0, 0), "looks like a sample"),
    "old_debts_gone.csv": Odd(
        longer(220, lambda place, issued: weekday(issued + timedelta(120 if place % 20 == 0 and place < 150 else 35))
               if place < 190 else None),
        (220, 0, 0, 0), "left out of the export"),
    "paid_on_weekends.csv": Odd(
        longer(150, lambda place, issued: issued + timedelta(20 + place % 25) if place < 140 else None),
        (150, 0, 0, 0), "Saturday or Sunday"),
    "wrong_year.csv": Odd(
        longer(150, lambda place, issued: weekday(issued + timedelta(30)) if place < 140 else None)
        + b"X1,C1,2020-01-06,2020-02-05,1.00,2020-02-05\n", (151, 0, 0, 0), "more than a year away"),
    "few.csv": Odd(text(), (2, 0, 0, 0), "only 2 invoices"),
}  # fmt: skip


def main():
    """Write all files; a workbook, whose bytes hold the time, only where it is missing."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for path in FOLDER.iterdir():
        if path.name not in ODD:
            path.unlink()
    for name, odd in ODD.items():
        if not name.endswith(".xlsx") or not (FOLDER / name).exists():
            (FOLDER / name).write_bytes(odd.content)


if __name__ == "__main__":
    main()
