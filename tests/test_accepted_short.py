"""A comparison of a single day: nothing weekly to draw, no DSO to become sure of, and yet a report."""

import pytest

from arsim.cli import main
from arsim.report import sure as told
from arsim.study.compare import compare
from arsim.study.sure import Sure, Width


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    path = tmp_path_factory.mktemp("short")
    assert main(["compare", "baseline", "do_nothing", "--days", "1", "--replications", "4", "--out", str(path)]) == 0
    return path


def test_a_report_of_a_single_day_can_be_written(folder, language):
    assert main(["--lang", language, "report", str(folder)]) == 0
    page = (folder / f"report-{language}.html").read_text("utf-8")
    assert 'id="three"' in page and 'id="pictures"' not in page


def test_who_or_what_is_unknown_is_told_in_both_languages(capsys, language):
    for option in ("--customer", "--invoice"):
        assert main(["--lang", language, "twins", "baseline", "do_nothing", "--days", "2", option, "NOBODY"]) == 2
        assert ("There is no" in capsys.readouterr().err) == (language == "en")


def test_nobody_is_sure_of_what_is_not_defined(language):
    width = Width(0.01, relative=True)
    for wanted, alone in (({"dso": width}, True), ({"dso": width, "collection_cost": width}, False)):
        found = compare(["baseline", "do_nothing"], days=1, sure=Sure(wanted))
        lines = told.why(found)
        assert {"en": "efined here", "zh": "在这里无法计算"}[language] in "".join(lines)
        assert any({"en": "were enough", "zh": "就够了"}[language] in line for line in lines) != alone


def test_in_the_workbook_a_small_rate_is_not_shown_as_nothing_and_labels_fit(folder, language):
    from openpyxl import load_workbook

    assert main(["--lang", language, "report", str(folder)]) == 0
    book = load_workbook(folder / f"report-{language}.xlsx")
    cells = [cell for sheet in book for row in sheet.iter_rows(min_row=2) for cell in row if isinstance(cell.value, float)]
    assert not [cell.value for cell in cells if 0 < abs(cell.value) < 0.005 and cell.number_format == "#,##0.00"]
    summary = book.worksheets[1]
    longest = max((str(row[3].value) for row in summary.iter_rows(min_row=2)), key=len)
    assert summary.column_dimensions["D"].width >= min(44, len(longest))
