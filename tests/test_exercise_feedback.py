"""Wrong answers as learners give them: the feedback names the mistake and gives nothing away."""

from datetime import timedelta

import pytest

from arsim.report import words
from arsim.workbook.exercises.drawn import draw


def as_learner(name, work):
    drawn = draw(name, 3)
    return drawn.judge(work(drawn.given))


WORK = {
    "discount_cost": (
        lambda g: 100 * ((100 / (100 - g["discount"])) ** (365 / (g["net_days"] - g["discount_days"])) - 1), "effective rate",
    ),
    "dso_quarter": (lambda g: (g["ar_begin"] + g["ar_end"]) / 2 / g["credit_sales"] * g["days"], "mean of the two balances"),
    "cei_quarter": (lambda g: 100 * (1 - g["ar_end"] / (g["ar_begin"] + g["credit_sales"])), "nothing off"),
    "countback": (lambda g: g["ar_end"] / g["months"][0]["sales"] * g["months"][0]["days"], "newest month's daily sales"),
    "overdue_share": (lambda g: 100 * g["not_due"] / sum(g[one] for one in ("not_due", "d30", "d60", "d90", "older")), "not yet due"),
    "alarm_right": (lambda g: (g["hit"] * g["failing"] + (100 - g["wrongly"]) * (100 - g["failing"])) / 100, "sorted rightly"),
    "guarantee_last_day": (lambda g: g["due"] + timedelta(180), "180 days"),
    "claim_now": (lambda g: g["contested"] * g["price"], "hold back"),
    "sme_late_interest": (lambda g: g["claim"] * 0.0005 * ((g["paid"] - g["due"]).days + 1), "One day too many"),
}


@pytest.mark.parametrize("name", WORK)
def test_a_usual_mistake_is_called_by_its_name(name):
    work, named = WORK[name]
    outcome = as_learner(name, work)
    assert outcome.right is False and outcome.mistake is not None and named in outcome.says


def test_a_plan_without_the_waiting_beside_it_is_told():
    def plan_alone(given):
        return sum(given["debt"] / given["instalments"] / (1 + given["rate"] / 100) ** (m / 12) for m in range(1, given["instalments"] + 1))

    assert "Take off what waiting is worth" in as_learner("plan_or_wait", plan_alone).says


def test_a_whole_table_in_the_wrong_unit_is_told_so():
    drawn = draw("ageing_table", 3)
    table = {row: value / 10_000 for (row, _), value in drawn.right.items()}
    assert drawn.judge(table).says == words.say("Your number is ten thousand times too small: 万 are not yuan.")


def test_an_unknown_choice_is_told_the_choices_not_their_roles():
    drawn = draw("unproved_demand", 3)
    outcome = drawn.judge("nobody")
    assert outcome.right is None and "Customer A" in outcome.says and "spoken" not in outcome.says


def test_the_letter_alone_stands_for_the_customer():
    drawn = draw("unproved_demand", 3)
    assert [drawn.judge(f"Customer {one}").right for one in "ABCD"] == [drawn.judge(one).right for one in "abcd"]
