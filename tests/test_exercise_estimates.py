"""Answers that have many right forms: a company really estimated, policies of all kinds, an analyst's own Kaplan–Meier."""

import re

import pandas as pd
import pytest

from arsim.domain.policies import read_policy
from arsim.domain.policy import Policy
from arsim.report import words
from arsim.study.company import Company
from arsim.workbook.exercises import answers_policy, policies, progress, trial
from arsim.workbook.exercises.drawn import draw
from arsim.workbook.exercises.exercise import Exercise
from arsim.workbook.exercises.marked import paragraphs

ORDER = {"before": 5, "call_by": 12, "prove_by": 40, "cap": 3}


def fault(text):
    return answers_policy.order_fault(policies.read(text), **ORDER)


def test_a_company_estimated_as_of_the_day_passes_and_one_that_knows_more_does_not(tmp_path):
    exercise = Exercise("company_by_code", 1)
    ledger, split = exercise.given["ledger"], exercise.given["split"]
    ledger.to_csv(tmp_path / "ledger.csv", index=False)
    assert exercise.judge(Company.of(tmp_path / "ledger.csv", day=split.date())).right
    ledger[~(ledger.issued > split)].to_csv(tmp_path / "cut.csv", index=False)
    assert exercise.judge(Company.of(tmp_path / "cut.csv")).mistake == "hindsight"  # cut by hand: payments after the day are still in it
    assert exercise.judge(Company.demo()).right is None


@pytest.mark.parametrize("seed", [1, 17])
def test_an_analysts_own_kaplan_meier_gets_there(seed):
    def share(ledger, today, days):
        due = ledger[ledger.due <= today]
        length, left = (due.paid_on.fillna(today) - due.due).dt.days.clip(lower=0), 1.0
        for day in range(days + 1):
            left *= 1 - ((length == day) & due.paid_on.notna()).sum() / (length >= day).sum()
        return 100 * (1 - left)

    assert Exercise("paid_within_by_code", seed).judge(share).right


@pytest.mark.parametrize("seed", [1, 17])
def test_shared_luck_in_pandas(seed):
    assert Exercise("shared_luck_by_code", seed).judge(lambda runs: runs[["a", "b"]].var().sum() / (runs.b - runs.a).var()).right


def test_an_order_may_be_kept_in_other_words():
    right = answers_policy.ordered(**ORDER)
    levers = {"dunning.0.days": -5, "dunning.1.days": 12, "dunning.2.days": 28, "dunning.2.clock": "previous", "team.contact_cap": 3}
    assert fault(right) == answers_policy.order_fault(read_policy("baseline").replace(levers), **ORDER) == ""
    assert fault(right.replace('"letter"', '"visit"').replace("contact_cap", 'confirm_calls = "yes", contact_cap')) == ""


@pytest.mark.parametrize(
    ("level", "changed", "mistake"),
    [
        ("days = 40", 'clock = "previous", days = 29', "unproved"),  # 12 + 29 is a day too late
        ("days = 40", 'clock = "end_of_month", days = 20', "unproved"),  # may fall on day 50
        ("days = -5", "min_amount = 1000, days = -5", "some_only"),
        ('channel = "letter"', 'channel = "letter", grades = "good"', "some_only"),
        ("contact_cap = 3", "contact_cap = 0", "nobody"),
        ("\nteam = { contact_cap = 3 }", "", "too_often"),
    ],
)
def test_what_an_order_lacks_is_named(level, changed, mistake):
    text = answers_policy.ordered(**ORDER)
    assert level in text and fault(text.replace(level, changed)) == mistake


def test_a_policy_can_be_tried_on_practice_luck(language, capsys):
    exercise = Exercise("policy_that_pays")
    for nothing in (..., "", None):
        trial.show(exercise, nothing)
        assert words.say("Put your policy in place of the dots first.") in capsys.readouterr().out
    trial.show(exercise, "dunning = [")
    assert "TOML" in capsys.readouterr().out
    trial.show(exercise, exercise.given["today"])
    assert " 0" in capsys.readouterr().out  # no difference from itself
    assert not exercise.done.attempts


def test_luck_for_practice_is_not_the_luck_one_is_judged_by():
    assert trial.PRACTICE not in {trial.JUDGED + number for number in answers_policy.TODAY}
    names = {draw("policy_that_pays", seed).given["trial"] for seed in range(30)}
    assert names == set(answers_policy.TODAY)


def test_a_policy_against_itself_differs_in_nothing():
    one = Policy(name="one")
    assert trial.against(one, one.model_copy(update={"name": "other"}), 3) == {"net_value": (0, 0, 0), "goodwill": (0, 0, 0)}


def test_page_ten_comes_last(language, capsys):
    progress.pages()
    numbers = [int(found) for found in re.findall(r"\[(?:Exercises|练习) (\d+)", capsys.readouterr().out)]
    assert len(numbers) > 2 and numbers == sorted(numbers)


def test_code_in_texts_is_shown_as_code_and_nothing_else_as_html():
    shown = paragraphs("Like `a < b` & c\n```\nx = 1\n\ny = `2`\n```\n<b>")
    assert (
        shown.count("<code>") == shown.count("<pre") == 1 and "a &lt; b" in shown and "&lt;b&gt;" in shown and "x = 1\n\ny = `2`" in shown
    )


def test_the_ledgers_open_invoices_are_told_by_nat():
    given = Exercise("paid_within_by_code").given
    assert given["ledger"].paid_on.isna().any() and isinstance(given["today"], pd.Timestamp)
