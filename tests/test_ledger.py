"""Ledgers read from files as people make them, and written back."""

import os
import string
import time
from datetime import date, datetime, timedelta
from pathlib import Path

import numpy as np
import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from arsim.domain.headers import field_of
from arsim.domain.ledger import Ledger, write_ledger
from arsim.domain.problem import BadInput
from arsim.domain.reading import read_ledger
from arsim.report import words

HEADER = "Invoice number,Customer,Issue date,Due date,Amount,Paid date"
ROWS = ["A2,Acme,2025-03-05,2025-04-04,1234.56,", "A1,Bolt,2025-03-01,2025-03-31,10,2025-03-20"]


@pytest.fixture
def load(tmp_path):
    def load(text, saved="utf-8", **options):
        path = tmp_path / "ledger.csv"
        path.write_bytes(text if isinstance(text, bytes) else text.encode(saved))
        return read_ledger(path, **options)
    return load


def book(path, *sheets):
    made = openpyxl.Workbook()
    made.remove(made.active)
    for title, rows in sheets:
        sheet = made.create_sheet(title)
        for row in rows:
            sheet.append(row)
    made.save(path)
    return path


def text(*rows, header=HEADER):
    return "\n".join([header, *rows]) + "\n"


def same(one, other):
    return one.invoice == other.invoice and one.customer == other.customer and one.has_disputes == other.has_disputes and all(
        np.array_equal(getattr(one, name), getattr(other, name)) or name == "paid" and np.array_equal(
            one.paid.astype(np.int64), other.paid.astype(np.int64))
        for name in ("issued", "due", "amount", "paid", "disputed"))


def problems(load, *args, **options):
    with pytest.raises(BadInput) as caught:
        load(*args, **options)
    return caught.value.problems


def test_plain_csv(load):
    ledger = load(text(*ROWS))
    assert ledger.invoice == ("A1", "A2") and ledger.customer == ("Bolt", "Acme")  # in order of issue
    assert ledger.amount.tolist() == [1000, 123456]
    assert ledger.open.tolist() == [False, True]
    assert ledger.due.tolist() == [date(2025, 3, 31), date(2025, 4, 4)]
    assert ledger.as_of == date(2025, 3, 20)
    assert not ledger.has_disputes and not ledger.disputed.any()
    assert ledger.source == "ledger.csv" and not ledger.notes and len(ledger) == 2
    with pytest.raises(ValueError, match="read-only"):
        ledger.amount[0] = 1


@pytest.mark.parametrize("mark", [";", "\t"])
def test_other_separators(load, mark):
    assert same(load(text(*ROWS).replace(",", mark)), load(text(*ROWS)))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_encodings(load, encoding):
    header = "发票号码,客户名称,开票日期,到期日,金额（元）,收款日期,是否争议"
    ledger = load(text("F1,上海喆镕机械有限公司,2025年3月5日,2025/4/4,\"￥1,234.56\",,是", header=header), encoding)
    assert ledger.customer == ("上海喆镕机械有限公司",) and ledger.amount.tolist() == [123456] and ledger.disputed.tolist() == [True]
    assert any("GB18030" in str(note) for note in ledger.notes) == (encoding == "gb18030")


def test_foreign_encodings_are_refused_until_named(load):
    row = ROWS[0].replace("Acme", "{}")
    for name, encoding in [("Müller, Söhne & Co", "cp1252"), ("台灣積體電路製造股份有限公司", "big5"), ("株式会社カナデン", "shift_jis")]:
        content = text(row.format(f'"{name}"')).encode(encoding)
        (problem,) = problems(load, content)
        assert problem.row == 2 and "--encoding" in problem.remedy, encoding
        assert load(content, encoding=encoding).customer == (name,)


def test_wrong_or_unknown_encoding_named(load):
    assert "no text encoding klingon" in str(problems(load, text(*ROWS), encoding="klingon")[0])
    assert problems(load, text(*ROWS).replace("Bolt", "上海").encode("gb18030"), encoding="utf-8")[0].row == 3


@pytest.mark.parametrize(("header", "field"), [
    *[(word, "invoice") for word in ("发票号", "发票号码", "单据编号", "invoiceNumber", "Invoice_No.", "INVOICE NO")],
    *[(word, "customer") for word in ("客户", "客户名称", "客户编码", "购货单位", "customerID", "Customer ID")],
    *[(word, "issued") for word in ("开票日期", "发票日期", "InvoiceDate", "Document date", "Issue date")],
    *[(word, "due") for word in ("到期日", "应收日期", "DueDate", "Net due date", "due_date")],
    *[(word, "terms") for word in ("账期", "信用期", "账期（天）", "Payment Terms", "Terms (days)")],
    *[(word, "amount") for word in ("金额", "价税合计", "应收金额", "InvoiceAmount", "Amount (CNY)", "金额（元）")],
    *[(word, "paid") for word in ("收款日期", "回款日期", "核销日期", "付款日期", "SettledDate", "Clearing date")],
    *[(word, "disputed") for word in ("争议", "是否争议", "Disputed", "In dispute?")],
    *[(word, None) for word in ("countryCode", "PaperlessDate", "DaysLate", "", "备注")],
])
def test_synonyms(header, field):
    assert field_of(header) == field


def test_terms_instead_of_due_date(load):
    header = HEADER.replace("Due date", "账期")
    ledger = load(text("A,X,2025-01-15,30,1,", "B,X,2025-01-16,net 45,1,", "C,X,2025-01-17,月结30天,1,", header=header))
    assert ledger.due.tolist() == [date(2025, 2, 14), date(2025, 3, 2), date(2025, 3, 2)]
    assert "terms" in str(ledger.notes[0])


def test_terms_fill_empty_due_dates(load):
    header = HEADER + ",Terms"
    ledger = load(text("A,X,2025-01-15,2025-02-01,1,,30", "B,X,2025-01-16,,1,,30", header=header))
    assert ledger.due.tolist() == [date(2025, 2, 1), date(2025, 2, 15)]
    (problem,) = problems(load, text("A,X,2025-01-15,,1,,", header=header))
    assert (problem.row, problem.column) == (2, "Due date")


def test_one_clear_date_settles_the_whole_file(load):
    rows = ["A,X,3/4/2025,5/5/2025,1,", "B,X,4/4/2025,5/6/2025,1,25/6/2025"]
    ledger = load(text(*rows))
    assert ledger.issued.tolist() == [date(2025, 4, 3), date(2025, 4, 4)] and ledger.due.tolist()[1] == date(2025, 6, 5)
    assert "day first" in str(ledger.notes[0]) and ledger.notes[0].row == 3


def test_ambiguous_dates_need_the_user(load):
    rows = ["A,X,3/4/2025,5/6/2025,1,"]
    (problem,) = problems(load, text(*rows))
    assert problem.row == 2 and problem.values["count"] == 2 and "--dates" in problem.remedy
    assert load(text(*rows), date_order="day-first").issued.tolist() == [date(2025, 4, 3)]
    assert load(text(*rows), date_order="month-first").issued.tolist() == [date(2025, 3, 4)]
    (problem,) = problems(load, text("A,X,3/4/2025,25/6/2025,1,"), date_order="month-first")
    assert (problem.column, problem.value) == ("Due date", "25/6/2025")
    assert "year-first" in str(problems(load, text(*rows), date_order="year-first")[0])


def test_two_columns_for_one_field(load):
    rows = [row + ",1" for row in ROWS]
    (problem,) = problems(load, text(*rows, header=HEADER.replace("Amount", "金额") + ",价税合计"))
    assert '"金额", "价税合计"' in str(problem) and problem.row == 1
    assert load(text(*rows, header=HEADER + ",价税合计")).amount.tolist() == [1000, 123456]  # the exact name wins
    ledger = load(text(*rows, header=HEADER.replace("Customer", "客户名称") + ",客户编码"))
    assert set(ledger.customer) == {"1"} and "客户名称" in str(ledger.notes[0])  # a code identifies, a name describes


def test_close_misspelling_is_suggested(load):
    (problem,) = problems(load, text(*ROWS, header=HEADER.replace("Amount", "Amuont")))
    assert 'Did you mean it by "Amuont"' in str(problem)


def test_amounts_in_ten_thousands_are_multiplied_and_that_is_said(load):
    for name, times in (("金额（万元）", 10**4), ("金额(单位：万元)", 10**4), ("应收金额万元", 10**4), ("Amount (CNY thousand)", 10**3)):
        ledger = load(text(*ROWS, header=HEADER.replace("Amount", name)))
        assert ledger.amount.tolist() == [1000 * times, 123456 * times], name
        assert ledger.notes[0].column == name and ledger.notes[0].values["times"] == times


def test_how_terms_were_read_is_noted(load):
    header = HEADER.replace("Due date", "账期")
    rows = [f"A{n},X,2025-01-1{n},{terms},1," for n, terms in enumerate(("月结30天", "货到付款", "30", "月结30天", "次月25日", "票到30天"))]
    ledger = load(text(*rows, header=header))
    assert [str(day) for day in ledger.due] == ["2025-03-02", "2025-01-11", "2025-02-11", "2025-03-02", "2025-02-25", "2025-02-14"]
    told = [words.explain(note) for note in ledger.notes[1:]]
    assert len(told) == 5
    assert all(part in told[0] for part in ("row 2", "the month's end", '"月结30天"', "invoices: 2", "2025-01-10", "2025-03-02"))
    assert "on the day of issue" in told[1] and "the issue date" in told[2] and "not in the ledger" in told[4]
    with words.speaking("zh"):
        assert all("开票" in words.explain(note) and "issue" not in words.explain(note) for note in ledger.notes[1:])


def test_terms_that_are_not_used_are_not_noted(load):
    ledger = load(text(*[row + ",月结30天" for row in ROWS], header=HEADER + ",账期"))
    assert len(ledger.notes) == 1 and "counts only where" in str(ledger.notes[0])


def test_another_currency_is_known_and_written(load, tmp_path):
    ledger = load(text(*[row + ",USD" for row in ROWS], header=HEADER + ",Currency"))
    assert ledger.currency == ledger.picked(ledger.open).currency == "USD" and load(text(*ROWS)).currency == "CNY"
    write_ledger(ledger, tmp_path / "back.csv")
    assert read_ledger(tmp_path / "back.csv").currency == "USD"


def test_currencies_do_not_mix(load):
    (problem,) = problems(load, text(ROWS[0], ROWS[1].replace("10,", "$10,")).replace("1234.56", "¥1234.56"))
    assert (problem.row, problem.column) == (3, "Amount") and problem.values["row"] == 2
    (problem,) = problems(load, text(ROWS[0] + ",人民币", ROWS[1] + ",USD", header=HEADER + ",币种"))
    assert (problem.row, problem.column, problem.value) == (3, "币种", "USD")
    assert "USD" in str(load(text(*[row + ",USD" for row in ROWS], header=HEADER + ",Currency")).notes[0])
    assert not load(text(ROWS[0] + ",RMB", ROWS[1] + ",人民币", header=HEADER + ",币种")).notes


def test_title_above_blank_rows_and_short_rows(load):
    ledger = load("应收账款明细表\n打印日期：2025-05-01\n" + text(ROWS[0].rstrip(","), "", ROWS[1], ",,,,,"))
    assert len(ledger) == 2
    assert ["above" in str(note) for note in ledger.notes] == [True, False] and "shorter" in str(ledger.notes[1])


def test_row_numbers_are_the_spreadsheets(load):
    (problem,) = problems(load, "Title\n" + text('A,"two\nlines",2025-01-01,2025-01-02,1,', "", "B,X,2025-01-01,2025-01-02,x,"))
    assert problem.row == 5


def test_surplus_cells_and_stray_quotes_are_refused(load):
    (problem,) = problems(load, text("A,Acme, Ltd,2025-01-01,2025-01-02,1,"))
    assert (problem.row, problem.values["cells"]) == (2, 7)
    # An unquoted 1,234 would be read as 1 beside a remark of 234, and only an empty cell too many tells.
    (problem,) = problems(load, text("A,Acme,2025-01-01,2025-01-02,1,234,,", header=HEADER.replace("Paid date", "Remark,Paid date")))
    assert (problem.row, problem.values["cells"]) == (2, 8)
    (problem,) = problems(load, text(ROWS[0], 'B,"Bolt,2025-01-01,2025-01-02,1,', ROWS[1]))
    assert problem.row == 3 and "quotation" in problem.what


def test_words_for_open(load):
    ledger = load(text(ROWS[0] + "未收", ROWS[1]))
    assert ledger.open.tolist() == [False, True] and "未收" in str(ledger.notes[0])


def test_points_between_semicolons_may_be_thousands(load):
    (problem,) = problems(load, text("A;X;2025-01-01;2025-01-02;1.234;", header=HEADER.replace(",", ";")))
    assert problem.value == "1.234" and "1234.00" in problem.remedy


def test_numbers_cut_by_a_spreadsheet(load):
    (problem,) = problems(load, text(ROWS[0].replace("A2", "2.43E+19")))
    assert "15 digits" in str(problem)


def test_nothing_after_the_day_of_the_ledger(load):
    rows = [*ROWS, "A3,Acme,2025-03-25,2025-04-04,1,"]
    found = problems(load, text(*rows), as_of=date(2025, 3, 10))
    assert [(problem.row, problem.column) for problem in found] == [(3, "Paid date"), (4, "Issue date")]
    assert load(text(*rows), as_of=date(2025, 6, 30)).as_of == date(2025, 6, 30)


def test_long_lists_are_cut(load):
    found = problems(load, text(*[f"A{i},X,2025-01-01,2025-02-01,oops," for i in range(1000)]))
    assert len(found) == 201 and found[-1].values["count"] == 800
    assert [problem.row for problem in found[:200]] == list(range(2, 202))


def test_xlsx(tmp_path):
    rows = [["Receivables", *[None] * 6],
            ["发票号码", "客户编码", "开票日期", "账期", "价税合计", "回款日期", "争议"],
            [10001, 77, date(2025, 3, 5), 30, 1234.56, datetime(2025, 4, 1), "否"],
            ["10002", "B-7", "2025/3/6", "月结30天", "1,000", None, True]]
    path = book(tmp_path / "台账.xlsx", ("说明", [["How to read this"]]), ("明细", rows))
    ledger = read_ledger(path)
    assert ledger.invoice == ("10001", "10002") and ledger.customer == ("77", "B-7")
    assert ledger.due.tolist() == [date(2025, 4, 4), date(2025, 4, 30)] and ledger.amount.tolist() == [123456, 100000]
    assert ledger.paid.tolist() == [date(2025, 4, 1), None] and ledger.disputed.tolist() == [False, True]
    assert ledger.source == "台账.xlsx" and '"明细"' in str(ledger.notes[0])


def test_xlsx_rows_and_values_as_shown(tmp_path):
    path = book(tmp_path / "a.xlsx", ("S", [[], HEADER.split(","), ["A", "X", date(2025, 3, 5), date(2025, 3, 1), 5, None]]))
    with pytest.raises(BadInput) as caught:
        read_ledger(path)
    (problem,) = caught.value.problems
    assert (problem.row, problem.column, problem.value) == (3, "Due date", "2025-03-01")


def test_excel_may_have_swapped_dates(tmp_path):
    path = book(tmp_path / "a.xlsx", ("S", [HEADER.split(","), ["A", "X", date(2025, 3, 5), "25/4/2025", 5, None]]))
    assert any("swapped" in str(note) for note in read_ledger(path).notes)


DAYS = st.dates(date(2015, 1, 1), date(2035, 1, 1))
NAMES = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Zs", "Zl", "Zp")), min_size=1, max_size=12)
NUMBERS = st.text(string.ascii_letters + string.digits + "-/号", min_size=1, max_size=12)


@st.composite
def ledgers(draw):
    invoice = draw(st.lists(NUMBERS, min_size=1, max_size=20, unique=True))
    n = len(invoice)
    column = lambda values: draw(st.lists(values, min_size=n, max_size=n))  # noqa: E731
    issued = column(DAYS)
    later = st.integers(0, 400).map(lambda days: timedelta(days))
    due = [start + wait for start, wait in zip(issued, column(later), strict=True)]
    paid = [start + wait if wait is not None else None for start, wait in zip(issued, column(st.none() | later), strict=True)]
    has_disputes = draw(st.booleans())
    disputed = column(st.booleans()) if has_disputes else [False] * n
    return Ledger(
        tuple(invoice), tuple(column(NAMES)), np.array(issued, "datetime64[D]"), np.array(due, "datetime64[D]"),
        np.array(column(st.integers(1, 10**15))), np.array(paid, "datetime64[D]"), np.array(disputed), has_disputes, "made")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(ledgers())
def test_round_trip(tmp_path, ledger):
    write_ledger(ledger, tmp_path / "made.csv")
    back = read_ledger(tmp_path / "made.csv")
    assert same(back, ledger) and not back.notes and back.as_of == ledger.as_of
    assert [path.name for path in tmp_path.iterdir()] == ["made.csv"]


def test_writing_fails_whole(tmp_path, load):
    (tmp_path / "out.csv").mkdir()
    with pytest.raises(OSError, match="out"):
        write_ledger(load(text(*ROWS)), tmp_path / "out.csv")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["ledger.csv", "out.csv"]


def test_fifty_thousand_rows_load_quickly(load):
    start = date(2020, 1, 1)
    rows = [
        f"INV{i:06d},C{i % 997},{start + timedelta(i % 1500)},{start + timedelta(i % 1500 + 30)},{i + 1}.{i % 100:02d},"
        f"{start + timedelta(i % 1500 + i % 70)}" for i in range(50_000)]
    content = text(*rows)
    began = time.perf_counter()
    assert len(load(content)) == 50_000
    assert time.perf_counter() - began < 10  # about 1 s; ten times that on a busy machine


def ibm():
    """The public sample ledger, where the developer has it; it may not be passed on."""
    place = os.environ.get("ARSIM_IBM") or Path(__file__).parents[2] / "shared" / "data" / "ibm_ar_sample.csv"
    return Path(place)


@pytest.mark.skipif(not ibm().is_file(), reason="the IBM sample ledger is not here; name it in ARSIM_IBM")
def test_ibm_sample_loads_unchanged():
    ledger = read_ledger(ibm())
    assert len(ledger) == 2466 and len(set(ledger.customer)) == 100 and ledger.has_disputes and ledger.disputed.sum() == 561
    assert not ledger.open.any() and ((ledger.due - ledger.issued).astype(int) == 30).all()
    assert np.mean((ledger.paid - ledger.issued).astype(int)) == pytest.approx(26.45, abs=0.01)
    assert any("month first" in str(note) for note in ledger.notes) and any('"PaperlessDate"' in str(note) for note in ledger.notes)
