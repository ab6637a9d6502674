"""Odd ledgers: every row accounted for, the right word on it in both languages; and no file whatever makes it fall over."""

import html
import re
from datetime import date, datetime

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from odd_ledgers import FOLDER, HEAD, ODD, xlsx

from arsim.domain.intake import take_in
from arsim.domain.problem import BadInput
from arsim.domain.sheet import Fate
from arsim.domain.tables import read_table
from arsim.report import intake as report
from arsim.report import words


def told(path):
    """Everything said of a file in the language in use."""
    try:
        intake = take_in(path)
    except BadInput as error:
        return "\n".join(map(words.explain, error.problems))
    lines = [report.text(intake), *(words.explain(finding.problem) for finding in intake.findings)]
    return "\n".join([*lines, *map(words.explain, intake.ledger.notes)])


def test_the_committed_files_are_fresh():
    """After a change: uv run python tests/odd_ledgers.py."""
    assert {path.name for path in FOLDER.iterdir()} == set(ODD) and len(ODD) >= 40
    for name, odd in ODD.items():
        assert (FOLDER / name).read_bytes() == odd.content or name.endswith(".xlsx"), name


@pytest.mark.parametrize("name", ODD)
def test_each_oddity_is_told_in_both_languages(name, tmp_path):
    odd, path = ODD[name], FOLDER / name
    if name.endswith(".xlsx"):
        (tmp_path / name).write_bytes(odd.content)
        assert read_table(tmp_path / name).rows == read_table(path).rows
    with words.speaking("en"):
        english = told(path)
    with words.speaking("zh"):
        chinese = told(path)
    assert odd.said in english
    assert "{" not in english and "{" not in chinese
    assert (
        len(re.findall("[一-鿿]", chinese)) > len(chinese) / 8
        and odd.said not in re.sub("--[a-z-]+ ?[A-Za-z0-9-]*", "", chinese)
        or odd.said in ("GB18030",)
        or odd.said.startswith("--")
    )
    for said, place in ((english, f"row {odd.row}"), (chinese, f"第 {odd.row} 行")):
        assert odd.row is None or place in said
        assert odd.column is None or odd.column in said
    if odd.fates is None:
        with pytest.raises(BadInput):
            take_in(path)
    else:
        intake = take_in(path)
        assert tuple(intake.count(fate) for fate in Fate) == odd.fates
        accounted(intake)


def accounted(intake):
    """Rows in = rows loaded + rows reported, and each loaded row is an invoice of the ledger."""
    reported = {finding.position for finding in intake.findings if finding.fate != Fate.LOADED}
    loaded = set(intake.loaded.tolist())
    assert loaded.isdisjoint(reported) and loaded | reported == set(range(len(intake.sheet)))
    assert len(intake.ledger) == len(loaded) == intake.count(Fate.LOADED)
    assert sum(intake.count(fate) for fate in Fate) == len(intake.sheet)
    assert len(set(intake.ledger.invoice)) == len(intake.ledger)
    assert (intake.ledger.amount > 0).all() and (intake.ledger.due >= intake.ledger.issued).all()


CELLS = st.sampled_from([
    "", " ", "-", "A1", "A2", "A3", "Acme", "=1+1", "合计", "Total", "小计：", "---", "制表人：张三", "2025-03-05", "2025-02-30",
    "2025年3月5日", "3/4/2025", "13/4/2025", "4/13/2025", "45721", "45721.5", "05-MAR-25", "20250305", "9999-12-31", "0", "0.00",
    "-5", "(5.00)", "10", "10.00", "1,234.56", "1.234,56", "1.234", "1'234.00", "5.00-", "￥5", "$5", "5 USD", "1.5万", "NaN",
    "inf", "1e400", "9" * 30, "CNY", "USD", "人民币", "Yes", "否", "maybe", "30", "月结30天", "net 30", "Invoice", "Credit memo",
    "DZ", "预收款", "XK", "#REF!", "未收", "2.4E+19", "'=x", '"', ",", "\n", "\ufeff", "Invoice number",
])  # fmt: skip
FIELDS = ["Invoice number", "Customer", "Issue date", "Due date", "Terms in days", "Amount", "Paid date", "Disputed", "Currency",
          "Amount received", "Open balance", "Document type", "Invoice referred to", "Company code", "备注"]  # fmt: skip
HEADERS = st.lists(st.sampled_from(FIELDS), min_size=3, max_size=len(FIELDS)) | st.lists(
    st.sampled_from([name for name in FIELDS if name not in HEAD.split(",")]), unique=True
).map(lambda more: HEAD.split(",") + more)
QUIET = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]


def quoted(cell):
    return '"' + cell.replace('"', '""') + '"'


@settings(suppress_health_check=QUIET, deadline=None, max_examples=300)
@given(
    HEADERS,
    st.lists(st.lists(CELLS | st.text(max_size=6), min_size=1, max_size=14), min_size=1, max_size=8),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "gb18030"]),
    st.sampled_from(",;\t"),
)
def test_no_table_falls_over_or_loses_a_row(tmp_path, header, rows, encoding, mark):
    path = tmp_path / "fuzz.csv"
    lines = [mark.join(map(quoted, row)) for row in (header, *rows)]
    path.write_bytes("\n".join(lines).encode(encoding, "replace"))
    survives(path)


SOUND = st.tuples(
    st.sampled_from(["A1", "A2", "A3", "A4", ""]), st.sampled_from(["Acme", "Bolt"]), st.sampled_from(["2025-03-05", "2025-03-06"]),
    st.sampled_from(["2025-04-05", "2025-03-05"]), st.sampled_from(["100.00", "60.00", "-60.00", "-100.00", "0"]),
    st.sampled_from(["", "2025-04-01", "2025-05-01"]), st.sampled_from(["", "100.00", "60.00", "40.00"]),
    st.sampled_from(["", "0", "40.00", "100.00"]),
    st.sampled_from(["", "Invoice", "Credit memo", "Payment", "Prepayment"]), st.sampled_from(["", "A1", "A2"]),
)  # fmt: skip


@settings(suppress_health_check=QUIET, deadline=None, max_examples=300)
@given(st.lists(SOUND, min_size=1, max_size=9))
@example([("A1", "Acme", "2025-03-05", "2025-04-05", "100.00", "", "", "", "", "")] * 3)
@example([
    ("A1", "Bolt", "2025-03-05", "2025-04-05", "60.00", "", "", "", "", ""),
    ("A1", "Bolt", "2025-03-05", "2025-04-05", "-60.00", "", "", "", "Payment", ""),
    ("A1", "Bolt", "2025-03-05", "2025-04-05", "-60.00", "", "", "", "", ""),
])  # fmt: skip
def test_parts_of_invoices_are_never_lost(tmp_path, rows):
    path = tmp_path / "parts.csv"
    head = HEAD + ",Amount received,Open balance,Document type,Invoice referred to"
    path.write_text("\n".join([head, *map(",".join, rows)]), "utf-8")
    survives(path)


@settings(suppress_health_check=QUIET, deadline=None)
@given(st.binary(max_size=400), st.sampled_from([".csv", ".xls", ".xlsx", ".txt"]))
@example((HEAD + "\n").encode() + b"\xff\xfe\0", ".csv")
def test_no_bytes_fall_over(tmp_path, data, suffix):
    path = tmp_path / f"bytes{suffix}"
    path.write_bytes(data)
    survives(path)


TYPED = st.none() | st.booleans() | st.integers(-(10**12), 10**12) | st.floats(allow_nan=False, allow_infinity=False) | st.dates(
    date(1901, 1, 1), date(2200, 1, 1)
) | st.datetimes(datetime(1901, 1, 1), datetime(2200, 1, 1)) | st.times() | CELLS.filter(str.isprintable)  # fmt: skip


@settings(suppress_health_check=QUIET, deadline=None, max_examples=60)
@given(HEADERS, st.lists(st.lists(TYPED, min_size=1, max_size=14), min_size=1, max_size=5))
def test_no_workbook_falls_over_or_loses_a_row(tmp_path, header, rows):
    path = tmp_path / "fuzz.xlsx"
    path.write_bytes(xlsx(header, *rows))
    survives(path)


PIECES = st.sampled_from([
    "<table>", "</table>", "<table border=1>", "<tr>", "</tr>", "<td>", "</td>", "<th>", "<td colspan=2>", "<td rowspan=3>",
    "<td colspan=0>", "<td colspan=x rowspan='99999999999'>", "<thead>", "<br>", "<!-- x -->", "<![if gte mso 9]>",
    "<script>'<td>'</script>", "<p", "&nbsp;", "&#0;", "&amp;", "</html>",
    "<tr>" + "".join(f"<td>{name}" for name in HEAD.split(",")),
    *(f"<td>{cell}" for cell in ("A1", "A2", "Acme", "2025-03-05", "2025-04-05", "10.00", "合计")),
])  # fmt: skip


@settings(suppress_health_check=QUIET, deadline=None, max_examples=200)
@given(st.lists(PIECES, max_size=60), st.sampled_from(["utf-8", "utf-16", "utf-16-le", "gb18030"]), st.sampled_from([".xls", ".csv"]))
def test_no_web_page_falls_over_or_loses_a_row(tmp_path, pieces, encoding, suffix):
    path = tmp_path / f"page{suffix}"
    path.write_bytes(("<html>" + "\n".join(pieces)).encode(encoding))
    survives(path)


@settings(suppress_health_check=QUIET, deadline=None, max_examples=100)
@given(st.data())
def test_no_spoilt_xml_workbook_falls_over(tmp_path, data):
    content = bytearray(ODD["xml_workbook.xls"].content)
    for at in data.draw(st.lists(st.integers(60, len(content) - 1), max_size=3)):
        content[at] = data.draw(st.sampled_from(b'<>&"0x9- '))
    path = tmp_path / "book.xls"
    path.write_bytes(bytes(content))
    survives(path)


TEXTS = st.text(st.characters(blacklist_categories=("Cs", "Cc")), max_size=8)


@settings(suppress_health_check=QUIET, deadline=None, max_examples=60)
@given(st.lists(st.lists(TEXTS, min_size=6, max_size=6), min_size=1, max_size=6))
def test_a_web_page_is_read_as_the_same_table_in_a_workbook(tmp_path, rows):
    """What Excel would show: the same cells, but for blanks that a browser takes for one."""
    rows = [[" ".join(cell.split()) for cell in row] for row in rows if any(cell.strip() for cell in row)]
    line = "".join("<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in row) + "</tr>" for row in [HEAD.split(","), *rows])
    (tmp_path / "a.xls").write_text(f"<html><meta charset=utf-8><table>{line}<tr><td>end<td>1<td>2</table>", "utf-8")
    assert [list(row) for row in read_table(tmp_path / "a.xls").rows] == [*rows, ["end", "1", "2", "", "", ""]]


def survives(path):
    try:
        intake = take_in(path)
    except BadInput as error:
        assert error.problems and all(words.explain(problem) for problem in error.problems)
    else:
        accounted(intake)
        assert report.text(intake)
