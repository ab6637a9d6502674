"""Going to law in the course: the clock-and-fee sheet, the right answers, one industry looked at alone, one customer's account."""

from datetime import date, timedelta

import numpy as np
import pytest
from people import people, rates

from arsim.domain import clocks, law_fees
from arsim.domain.policies import read_policy
from arsim.domain.problem import BadInput
from arsim.engine.journal import Kind, Stage
from arsim.model.behaviour import Behaviour
from arsim.model.scenario import INDUSTRIES, read_scenario
from arsim.report import segment as segment_report
from arsim.report import story as story_report
from arsim.report import words
from arsim.report.calc.law_sheet import Claim, lines, rows
from arsim.study.company import Company
from arsim.study.compare import compare, dealt, play
from arsim.study.segment import MEASURES, members, segment
from arsim.study.story import story
from arsim.workbook.course import law_keys
from arsim.workbook.course.at_law import variant
from arsim.workbook.course.clock_sheet import ClockSheet

SLOW = rates((-30, 0.01), (0, 0.02), (3, 0.01), (30, 0.004))  # so that there is something to sue for
COMPANY = Company(people(24, base=SLOW), warmup=60)
NEVER = variant("never", {"law.days": 0})
SUE = variant("sue", {"law.days": 30, "law.min_amount": 0, "law.cases_a_week": 20, "law.route": "suit"})
DUE, TODAY = date(2022, 3, 4), date(2025, 9, 1)


@pytest.fixture(autouse=True)
def english(monkeypatch):
    monkeypatch.setattr(words, "_current", "en")


# ── The sheet ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_proved_demand_is_what_turns_the_first_line():
    bare, kept = (lines(Claim(480_000_00, DUE, TODAY, demands))[0] for demands in ((), [date(2024, 5, 6)]))
    assert bare.late and str(clocks.limitation_end(DUE)) in bare.value
    assert not kept.late and str(clocks.limitation_end(DUE, [date(2024, 5, 6)])) in kept.value


def test_a_demand_that_has_not_been_made_yet_changes_nothing():
    assert lines(Claim(1, DUE, TODAY, [TODAY + timedelta(1)])) == lines(Claim(1, DUE, TODAY))


@pytest.mark.parametrize("buyer", ["sme", "large", "public"])
def test_only_large_and_public_buyers_can_be_complained_of(buyer):
    told = [line.about for line in lines(Claim(1_000_00, DUE, TODAY, buyer=buyer))]
    assert any("Complaint" in about for about in told) == (buyer != "sme") == law_keys.complaint_open(buyer)


def test_every_line_bears_its_article_and_version_in_both_languages(monkeypatch):
    for language in words.LANGUAGES:
        monkeypatch.setattr(words, "_current", language)
        assert all("2025-04-19" in line.source for line in lines(Claim(1_000_00, DUE, TODAY, buyer="large")))
    fees = [line for line in lines(Claim(480_000_00, DUE, TODAY)) if line.part == "fee"]
    assert fees[0].value == story_report.rough(law_fees.payment_order(480_000_00)) and len(rows(Claim(1_00, DUE, TODAY))[0]) == 3


def test_the_live_sheet_answers_and_says_what_is_wrong():
    sheet = ClockSheet(480_000, str(DUE), str(TODAY))
    bare = sheet.said.value
    assert "2025-03-04: over" in bare and "Not legal advice" in bare
    sheet.demands.value = "2024-05-06，2023/5/8"
    assert (
        "2027-05-06" in sheet.said.value and sheet.claim().demands == (date(2024, 5, 6), date(2023, 5, 8)) or "no date" in sheet.said.value
    )
    sheet.demands.value, sheet.amount.value, sheet.months.value = "soon", "-5", "1.5"
    with pytest.raises(BadInput) as caught:
        sheet.claim()
    assert len(caught.value.problems) == 3 and "soon" in sheet.said.value
    sheet.demands.value, sheet.amount.value, sheet.months.value = "", "480,000", ""
    assert sheet.said.value == bare


# ── Right answers ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_only_what_proves_a_demand_restarts():
    due, call, letter = date(2022, 3, 4), [date(2023, 5, 8), "call"], [date(2024, 5, 6), "letter"]
    assert law_keys.limitation_end(due, [call]) == clocks.limitation_end(due)
    assert law_keys.limitation_end(due, [call, letter]) == clocks.limitation_end(due, [letter[0]])
    assert law_keys.barred(date(2025, 3, 5), due, [call]) and not law_keys.barred(date(2025, 3, 4), due, [call])


@pytest.mark.parametrize(
    "fault", [{"owes_in_return": True}, {"can_be_served": False}, {"preserved_before": True}, {"due_and_certain": False}]
)
def test_each_condition_shuts_the_payment_order(fault):
    assert law_keys.payment_order_open() and not law_keys.payment_order_open(**fault)


# ── One industry, one customer ───────────────────────────────────────────────────────────────────────────────────────


def test_everybody_together_is_the_comparison():
    found = segment([NEVER, SUE], company=COMPANY, days=180, replications=3).runs
    other = compare([NEVER, SUE], COMPANY, 180, 3).runs()
    for mine, theirs in (("cash", "cash_collected"), ("legal_costs", "legal_costs"), ("overdue_share", "overdue_share")):
        ours = found[found["measure"] == mine].sort_values(["replication", "policy"])["value"].to_numpy()
        want = other[other["outcome"] == theirs].sort_values(["replication", "policy"])["value"].to_numpy()
        assert np.allclose(ours, want) and want.any()


def test_the_industries_add_up_to_everybody():
    run = lambda industry: segment([NEVER, SUE], industry, COMPANY, 120, 2).runs.set_index(["replication", "policy", "measure"])["value"]  # noqa: E731
    held = [name for at, name in enumerate(INDUSTRIES) if (np.asarray(COMPANY.population.industry) == at).any()]
    whole, parts = run(None), [run(name) for name in held]
    for measure in ("cash", "overdue", "over_90", "at_law", "legal_costs", "filed"):
        assert np.allclose(whole.xs(measure, level=2), sum(part.xs(measure, level=2) for part in parts))
    assert sum(members(COMPANY, name).sum() for name in held) == len(COMPANY.population)


def test_an_industry_that_is_not_there_is_refused():
    for name in (
        "gardening",
        next(name for at, name in enumerate(INDUSTRIES) if not (np.asarray(COMPANY.population.industry) == at).any()),
    ):
        with pytest.raises(BadInput):
            segment([NEVER, SUE], name, COMPANY, 30, 1)


def test_the_table_has_a_verdict_only_where_luck_is_ruled_out():
    few = segment([NEVER, SUE], company=COMPANY, days=120, replications=3)
    assert {row[-1] for row in segment_report.rows(few)[1:]} == {"cannot be told"}
    many = segment([NEVER, SUE], company=COMPANY, days=240, replications=12)
    told = {row[0].partition(" (")[0]: row[-1] for row in segment_report.rows(many)[1:]}
    assert told["Court and lawyers' fees"] == "worse" and told["Cases filed"] == "differs" and len(told) <= len(MEASURES)


@pytest.mark.parametrize("choose", ["most_collected", "most_left"])
def test_a_story_is_what_the_journal_says_of_one_customer(choose):
    told = story([NEVER, SUE], choose, company=COMPANY, days=240)
    who, never, sued = list(COMPANY.population.ids).index(told.customer), *told.accounts
    world = dealt(0, COMPANY, 240, 1, Behaviour.default(), read_scenario("base"))
    journal = play(world, [SUE], COMPANY, Behaviour.default())[SUE.name].rows
    law = journal[(journal["kind"] == Kind.LAW) & (journal["customer"] == who) & (journal["time"] < (240 + 60) * 1440)]
    assert sued.spent == law["amount"].sum() and any(step.stage == Stage.FILED for step in sued.steps)
    assert not any(step.kind == Kind.LAW and step.stage == Stage.FILED for step in never.steps)
    assert len(never.overdue) == len(sued.overdue) and (sued.overdue >= 0).all()
    shown = story_report.rows(told)
    assert shown[-1][-1] == story_report.rough(int(sued.overdue[-1])) and story_report.picture(told)[:4] == b"\x89PNG"


def test_no_story_without_law():
    with pytest.raises(BadInput):
        story([NEVER, NEVER.model_copy(update={"name": "again"})], company=COMPANY, days=60)


def test_a_variant_is_its_base_but_for_the_levers_named():
    base = read_policy("source_recovery_plan")
    assert SUE.replace({"law": base.law.model_dump()}).model_copy(update={"name": base.name, "title": base.title}) == base
    assert SUE.name != NEVER.name and SUE.called("en") == "sue"
