"""The calculators of the lessons: they say what `arsim calc` says, refuse what it refuses, and speak both languages."""

import pytest

from arsim.report import words
from arsim.report.calc import credit
from arsim.report.calc.alarm import alarm
from arsim.workbook.course import calculators

EVERY = ("discount", "scorecard", "order", "standard", "switch", "alarm")


@pytest.fixture(params=words.LANGUAGES)
def language(request):
    with words.speaking(request.param):
        yield request.param


@pytest.mark.parametrize("name", EVERY)
def test_it_answers_from_the_start_and_every_blank_changes_something(name, language):
    calculator = getattr(calculators, name)()
    assert calculator.found.answer[0] in calculator.said.value.replace("&#x27;", "'")
    for blank in calculator.blanks:
        control = calculator.controls[blank.name]
        before, held = calculator.said.value, control.value
        other = [value for _, value in blank.options if value != held] or [held + (blank.step if held < blank.high else -blank.step)]
        control.value = other[-1]
        assert calculator.said.value != before, f"{blank.name} changes nothing"
        control.value = held
        assert calculator.said.value == before


def test_it_says_what_the_command_says():
    discount = calculators.discount()
    discount.controls["off"].value, discount.controls["net"].value = 3.0, 60.0
    assert discount.found.text() == credit.discount(3.0, 10.0, 60.0).text()
    order = calculators.order()
    assert order.found.text() == credit.repeat(0.8, 1200_00, 1000_00, 0.95, 0.2).text()  # in fen


def test_impossible_terms_are_explained_and_mended():
    discount = calculators.discount()
    discount.controls["net"].value = 5.0
    assert discount.found is None and "10 net 30" in discount.said.value
    discount.controls["net"].value = 30.0
    assert discount.found is not None


def test_statements_withheld_earn_no_points():
    card = calculators.scorecard()
    known = card.found.results["score"]
    card.controls["statements"].value = False
    assert card.found.results["score"] < known
    assert {name for name, found in card.found.results["figures"].items() if found["verdict"] == "unknown"} == {
        "current_ratio", "quick_ratio", "debt_ratio", "sales_growth",
    }  # fmt: skip


def test_an_alarm_where_nobody_fails_is_never_right():
    found = alarm(1000, 0.0, 0.9, 0.9).results
    assert found["right"] == 0 and found["precision"] == 0 and found["never"] == 1
    quiet = alarm(1000, 0.1, 0.0, 1.0).results
    assert quiet["precision"] != quiet["precision"]  # no alarm, nothing to be right
    assert quiet["accuracy"] == pytest.approx(quiet["never"])


@pytest.mark.parametrize("failing", [0.01, 0.1, 0.5])
def test_the_alarms_of_a_company_add_up(failing):
    found = alarm(800, failing, 0.7, 0.9).results
    assert found["right"] + found["missed"] == pytest.approx(800 * failing)
    assert found["precision"] == pytest.approx(found["right"] / (found["right"] + found["false"]))
