"""A trial's odd inputs: files of groups that name strangers, titles that Excel would calculate, numbers pasted as text."""

import pytest
from openpyxl import load_workbook

from arsim.cli import main
from arsim.domain.policies import read_policy
from arsim.domain.problem import BadInput
from arsim.report import rollout_sheet
from arsim.report.firm import Firm
from arsim.study.company import Company
from arsim.study.rollout_plan import plan


@pytest.mark.parametrize(("rows", "told"), [
    ("NOBODY,g1\nC001,g1", {"en": "such as NOBODY", "zh": "例如 NOBODY"}),
    ("C001,g1\nC002,g2\nC001,g2", {"en": "two groups, g1 and g2", "zh": "g1 和 g2"}),
])  # fmt: skip
def test_a_wrong_file_of_groups_is_refused(tmp_path, capsys, language, rows, told):
    path = tmp_path / "groups.csv"
    path.write_text(f"customer,group\n{rows}\n")
    assert main(["--lang", language, "rollout", "plan", "baseline", "do_nothing", "--replications", "1", "--together", str(path)]) == 2
    assert told[language] in capsys.readouterr().err


@pytest.fixture(scope="module")
def made():
    odd = read_policy("do_nothing").model_copy(update={"name": "odd", "title": {"en": "=1+1"}})
    return plan(read_policy("baseline"), odd, Company.demo(), replications=3, months=2)


def test_a_folder_that_cannot_be_made_is_told(made, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(BadInput, match="cannot be written"):
        rollout_sheet.write(made, tmp_path / "file" / "plan.xlsx", Firm(), made.company.population.start)


def test_a_title_that_excel_would_calculate_stays_text_and_pasted_numbers_count(made, tmp_path):
    path = rollout_sheet.write(made, tmp_path / "plan.xlsx", Firm(), made.company.population.start)
    book = load_workbook(path)
    assert not [cell.coordinate for sheet in book for row in sheet for cell in row if cell.data_type == "f"]
    sheet = book.worksheets[1]
    for row in range(2, sheet.max_row + 1):
        sheet.cell(row, 5).value = "12.5"
    book.save(path)
    assert rollout_sheet.read(path).values.tolist() == [0.125] * len(made.arms)
