"""Claims as experiments: every claim has one, nothing is hard-coded, and the verdict follows from the interval alone."""

import json
import re
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_journals import PRICES, line, made
from people import people, rates

from arsim import cli
from arsim.domain.policies import read_policy
from arsim.domain.policy import Policy
from arsim.domain.problem import BadInput
from arsim.engine.journal import Kind
from arsim.model.behaviour import Behaviour
from arsim.model.scenario import BASE, Scenario, read_scenario
from arsim.report import experiment as report
from arsim.report import words
from arsim.report.firm import Firm
from arsim.study import experiment as module
from arsim.study.arm import Arm
from arsim.study.claims import MEASURES
from arsim.study.company import Company
from arsim.study.comparison import ENOUGH, interval
from arsim.study.experiment import experiments, read_experiment, run
from arsim.study.experiment_file import Measured, Side, measure_of
from arsim.study.finding import Claim, estimated, judge
from arsim.study.window import window

SLOW = rates((-30, 0.01), (0, 0.3), (3, 0.05), (30, 0.004))  # so that something is left to lose
COMPANY = Company(people(12, base=SLOW), warmup=60)
ALL = [read_experiment(name) for name in experiments()]
CHINESE = re.compile("[\u4e00-\u9fff]")

# ── The files ────────────────────────────────────────────────────────────────────────────────────────────────────────


def _claims(of, compare):
    return [found.claim for found in ALL if found.measure.of == of and found.measure.compare == compare]


@pytest.mark.parametrize(
    "of, compare, direction, claimed",
    [
        ("dso", "relative", "fall", -0.20),
        ("bad_debt_rate", "relative", "fall", -0.10),
        ("recovered", "relative", "rise", 0.25),
        ("overdue_share", "relative", "fall", -0.15),
        ("paid_soon", "relative", "rise", 0.20),
        ("cash_per_hour_worked", "relative", "rise", 0.30),
        ("low_ratio_overdue", "level", "about", 0.40),
        ("low_ratio_late", "level", "about", 0.40),
        ("lost_over_90", "level", "at most", 0.20),
        ("lost_31_90", "level", "at most", 0.05),
        ("lost_1_30", "level", "at most", 0.01),
        ("lost_in_a_year", "ratio", "about", 1.35),
        ("overdue_share_end", "level", "about", 0.15),
        ("late_sales", "level", "about", 0.30),
        ("over_90_share", "level", "about", 0.15),
        ("mild_overdue", "level", "about", 0.60),
        ("warning_right", "level", "rise", 0.95),
        ("grade_right", "level", "about", 0.825),
        ("discount_cost", "level", "rise", 0.248),
        ("discount_cost", "level", "rise", 0.640),
    ],
)
def test_every_number_the_course_claims_has_its_experiment(of, compare, direction, claimed):
    known = [(claim.direction, pytest.approx((claim.low + claim.high) / 2)) for claim in _claims(of, compare)]
    assert (direction, claimed) in known


def test_the_clashes_have_their_experiments():
    value = [found for found in ALL if found.measure.of == "net_value"]
    arms = [found.policies() for found in value]
    assert {trial.discount.percent for _, trial in arms} >= {2.0, 5.0}
    assert (90, 60) in {(reference.law.days, trial.law.days) for reference, trial in arms}
    assert (0.0, 0.5) in {(reference.relations.recovery_kpi, trial.relations.recovery_kpi) for reference, trial in arms}
    assert ("no", "yes") in {(reference.plan.offer, trial.plan.offer) for reference, trial in arms}
    ladders = [tuple(level.days for level in policy.dunning) for found in ALL for policy in found.policies()]
    assert {(3, 7, 15), (-15, -7, -3), (7, 30)} <= set(ladders)
    assert {read_scenario(found.trial.scenario).name for found in ALL} >= {"downturn", "industry_shock"}


@pytest.mark.parametrize("experiment", ALL, ids=lambda found: found.name)
def test_a_file_says_all_of_it_in_both_languages(experiment):
    for text in (experiment.en, experiment.zh):
        assert all(text.model_dump().values())
    assert not CHINESE.search("".join(experiment.en.model_dump().values()))
    assert all(CHINESE.search(text) for text in experiment.zh.model_dump().values())
    assert experiment.assumptions and all(measure_of(key).label["zh"] for key in (experiment.measure.of, *experiment.also))
    low, high = (
        round(abs(value) * (1 if experiment.measure.compare == "ratio" else 100), 4)
        for value in (experiment.claim.low, experiment.claim.high)
    )
    told = {f"{value:g}" for value in (low, high, (low + high) / 2)} - {"0"}
    for text in (experiment.en, experiment.zh):
        assert not told or any(re.search(rf"(?<![\d.]){re.escape(number)}(?!\.?\d)", text.claim) for number in told), text.claim


def test_an_unknown_name_is_refused_with_the_nearest():
    with pytest.raises(BadInput, match="discount_2"):
        read_experiment("discount2")
    with pytest.raises(BadInput, match="experiment list"):
        read_experiment("zzzz")


# ── Running ──────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("experiment", ALL, ids=lambda found: found.name)
def test_a_few_replications_give_a_finite_interval_and_no_verdict(experiment):
    found = run(experiment.model_copy(update={"days": min(experiment.days, 730)}), COMPANY, 3, workers=1)
    assert found.n == found.asked == 3 and found.low <= found.estimate <= found.high and np.isfinite([found.low, found.high]).all()
    assert found.verdict == "cannot be told" or found.low == found.high
    for speaking in words.LANGUAGES:
        with words.speaking(speaking):
            text = report.text(experiment, found, Firm())
            assert experiment.told(speaking).caution in text and ("nan" not in text)
    json.dumps(report.as_dict(experiment, found, Firm()), allow_nan=False)


def _like(name="collection_period", **changes):
    return read_experiment(name).model_copy(update={"days": 120, "also": (), **changes})


@pytest.mark.parametrize("of, compare", [("dso", "relative"), ("net_value", "difference"), ("recovered", "relative"), ("dso", "ratio")])
def test_no_change_gives_nothing_and_does_not_hold(of, compare):
    nothing = 1.0 if compare == "ratio" else 0.0
    measure = Measured(of=of, compare=compare, direction="rise", claimed=nothing)
    same = _like(trial=Side(levers={"team.attempts": 3}), measure=measure)  # as it is anyway
    found = run(same, COMPANY, 4, workers=1)
    assert (found.estimate, found.low, found.high, found.verdict) == (nothing, nothing, nothing, "does not hold")


def test_the_estimate_follows_the_policy_the_company_and_the_constants_never_the_claim():
    base = _like(measure=Measured(of="overdue_share", compare="relative", direction="fall", claimed=-0.15))
    found = run(base, COMPANY, 3, workers=1)
    assert found == run(base, COMPANY, 3, workers=1)
    claimed = base.model_copy(update={"measure": base.measure.model_copy(update={"claimed": -0.5})})
    assert run(claimed, COMPANY, 3, workers=1).estimate == found.estimate
    others = [
        run(base.model_copy(update={"trial": Side(policy="do_nothing")}), COMPANY, 3, workers=1),
        run(base, Company(people(12, base=SLOW, payer=np.full(12, 0.4)), warmup=60), 3, workers=1),
        run(base, COMPANY, 3, seed=2, workers=1),
        run(base, COMPANY, 3, behaviour=Behaviour.default({"channel.call.effect": 1.0}), workers=1),
        run(base, COMPANY, 3, present=read_policy("do_nothing"), workers=1),
    ]
    assert len({found.estimate, *(other.estimate for other in others)}) == 6


def test_workers_do_not_change_the_finding():
    assert run(_like(), COMPANY, 3, workers=1) == run(_like(), COMPANY, 3, workers=2)


def test_stopping_keeps_what_was_finished(monkeypatch):
    whole = module.spread

    def stops(*arguments, **more):
        yield from list(whole(*arguments, **more))[:2]
        raise KeyboardInterrupt

    monkeypatch.setattr(module, "spread", stops)
    found = run(_like(), COMPANY, 4, workers=1)
    assert (found.n, found.ran, found.asked) == (2, 2, 4) and np.isfinite(found.low)


def test_what_is_not_there_cannot_be_told():
    """No customer of the shaken industry: nothing to measure, and no number is made up."""
    nobody = Company(people(10, industry=np.zeros(10, int)), warmup=30)
    found = run(_like("factor_shock", days=200), nobody, 2, workers=1)
    assert found.verdict == "cannot be told" and np.isnan(found.estimate) and found.n == 0
    assert "Nothing" in report.text(read_experiment("factor_shock"), found, Firm())


# ── Estimate and verdict ─────────────────────────────────────────────────────────────────────────────────────────────


def _pairs(values):
    return np.stack([np.asarray(values, float), np.ones(len(values))], axis=1)


def test_a_difference_has_the_interval_of_any_comparison():
    rng = np.random.default_rng(1)
    ours, theirs = rng.lognormal(size=12), rng.lognormal(size=12)
    found = estimated("difference", _pairs(ours), _pairs(theirs))
    assert (found.value, found.low, found.high) == pytest.approx(interval(ours - theirs))


def test_a_relative_change_is_the_ratio_of_means_and_its_interval_agrees_with_the_jackknife():
    rng = np.random.default_rng(2)
    luck = rng.normal(100, 15, 400)
    ours, theirs = 0.8 * luck + rng.normal(0, 3, 400), luck
    found = estimated("relative", _pairs(ours), _pairs(theirs))
    assert found.value == pytest.approx(ours.mean() / theirs.mean() - 1)
    left = (ours.sum() - ours) / (theirs.sum() - theirs)
    error = np.sqrt(399 / 400 * ((left - left.mean()) ** 2).sum())
    assert (found.high - found.low) / 2 == pytest.approx(1.966 * error, rel=0.02)


def test_parts_and_wholes_are_added_up_before_they_are_divided():
    found = estimated("level", np.array([[1.0, 1.0], [0.0, 99.0]]))
    assert found.value == pytest.approx(0.01)
    assert np.isnan(estimated("level", np.zeros((3, 2))).value)


@pytest.mark.parametrize(
    "claim, low, high, verdict",
    [
        (Claim(-0.2, -0.2, "fall"), -0.4, -0.3, "holds"),
        (Claim(-0.2, -0.2, "fall"), -0.3, -0.1, "holds"),
        (Claim(-0.2, -0.2, "fall"), -0.19, -0.1, "does not hold"),
        (Claim(-0.2, -0.2, "fall"), -0.3, 0.1, "cannot be told"),
        (Claim(-0.2, -0.2, "fall"), 0.1, 0.3, "does not hold"),
        (Claim(0.25, 0.25, "rise"), 0.2, 0.3, "holds"),
        (Claim(0.25, 0.25, "rise"), 0.0, 0.2, "does not hold"),
        (Claim(0, 0, "rise"), 0.1, 0.2, "holds"),
        (Claim(0, 0, "rise"), -0.1, 0.2, "cannot be told"),
        (Claim(0, 0, "rise"), -0.2, -0.1, "does not hold"),
        (Claim(0, 0, "rise"), 0.0, 0.0, "does not hold"),
        (Claim(1.2, 1.5, "about", 1.0), 1.3, 1.4, "holds"),
        (Claim(1.2, 1.5, "about", 1.0), 1.4, 1.9, "holds"),
        (Claim(1.2, 1.5, "about", 1.0), 1.6, 1.9, "does not hold"),
        (Claim(1.2, 1.5, "about", 1.0), 1.01, 1.1, "does not hold"),
        (Claim(1.2, 1.5, "about", 1.0), 0.9, 1.3, "cannot be told"),
        (Claim(0.2, 0.2, "at most"), 0.1, 0.2, "holds"),
        (Claim(0.2, 0.2, "at most"), 0.1, 0.3, "cannot be told"),
        (Claim(0.2, 0.2, "at most"), 0.25, 0.3, "does not hold"),
        (Claim(0.2, 0.2, "rise"), float("nan"), float("nan"), "cannot be told"),
    ],
)
def test_the_verdict_follows_from_the_interval(claim, low, high, verdict):
    assert judge(low, high, claim) == verdict
    assert judge(low, high, claim, ENOUGH - 1) == ("cannot be told" if low < high else verdict)
    found = SimpleNamespace(claimed=claim, low=low, high=high, verdict=verdict, n=ENOUGH)
    assert report.reason(found)


@given(st.floats(-1, 1), st.floats(0, 1), st.floats(0, 1))
def test_a_fall_is_judged_as_a_rise_upside_down(low, width, claimed):
    assert judge(low, low + width, Claim(claimed, claimed, "rise")) == judge(-low - width, -low, Claim(-claimed, -claimed, "fall"))


@given(st.floats(-1, 1), st.floats(0, 1), st.floats(0.01, 1), st.floats(0, 1))
def test_a_smaller_claim_never_fares_worse(low, width, claimed, part):
    order = ["does not hold", "cannot be told", "holds"]
    large, small = (judge(low, low + width, Claim(size, size, "rise")) for size in (claimed, claimed * part))
    assert order.index(small) >= order.index(large)


# ── The measures, on journals made by hand ───────────────────────────────────────────────────────────────────────────


def _arm(lines, days, policy=None, run_off=0, scenario=BASE, industry=(0, 0), grade=(0, 3), **changes):
    journal = made(lines, days, run_off=run_off, **changes)
    world = SimpleNamespace(
        scenario=scenario, customer=np.zeros(100, int),
        population=SimpleNamespace(industry=np.array(industry), grade=np.array(grade)),
        calendar=SimpleNamespace(open=np.ones(days, bool)),
    )  # fmt: skip
    return Arm(world, policy or Policy(name="p"), journal, window(journal, PRICES))


def _invoice(number, due, amount, paid=None, customer=0):
    lines = [line(0, Kind.INVOICE, customer, number, amount, 0, due)]
    return lines + ([line(paid, Kind.PAYMENT, customer, number, amount)] if paid is not None else [])


def _measured(key, arm, other=None):
    part, whole = MEASURES[key].compute(arm, other or arm)
    return float(part), float(whole)


def test_collection_success_and_recovery():
    """Due on day 10: 1 paid on the day, 2 within 30 days, 4 after 31 days, 8 never."""
    lines = _invoice(0, 10, 1, 10) + _invoice(1, 10, 2, 40) + _invoice(2, 10, 4, 41) + _invoice(3, 10, 8)
    arm = _arm(lines, 60)
    assert _measured("paid_soon", arm) == (2, 14)
    assert _measured("recovered", arm) == (6, 14)
    assert _measured("late_sales", arm) == (14, 15)


def test_cash_per_hour():
    """100 paid late, 50 on time; 30 minutes of a call; ten days of one collector."""
    lines = _invoice(0, 2, 100, 5) + _invoice(1, 8, 50, 8) + [line(3, Kind.REACHED, 0, -1, 0, 3, 30)]
    arm = _arm(lines, 10)
    assert _measured("cash_per_hour_worked", arm) == (100, 0.5)
    part, hours = _measured("cash_per_hour_paid", arm)
    assert part == 100 and hours == pytest.approx(10 * 6.5)


def test_what_is_lost_in_a_year_by_age():
    """On day 90, the first quarter's end: 1 not due, 2 late by 10 days, 4 by 40, 8 by 89; half of each is paid a year later at most."""
    lines = []
    for place, due in enumerate((95, 80, 50, 1)):
        amount = 2**place
        lines += _invoice(2 * place, due, amount, 91 + place) + _invoice(2 * place + 1, due, amount)
    arm = _arm(lines, 460)
    assert _measured("lost_1_30", arm) == (2, 4)
    assert _measured("lost_31_90", arm) == (4 + 8, 8 + 16)
    assert _measured("lost_over_90", arm) == (0, 0)
    assert _measured("lost_in_a_year", arm) == (15, 30)


def test_the_run_off_is_followed_and_scenarios_choose_the_customers():
    lines = _invoice(0, 5, 3, 300) + _invoice(1, 5, 5, customer=1)
    arm = _arm(lines, 95, run_off=365, industry=(2, 0))
    assert _measured("lost_in_a_year", arm) == (5, 8)
    shaken = _arm(lines, 95, run_off=365, industry=(2, 0), scenario=Scenario("shock", industries=("construction",)))
    assert _measured("lost_in_a_year", arm, shaken) == _measured("lost_in_a_year", shaken, arm) == (0, 3)


def test_mild_overdues_and_grades():
    """Day 29 shows 4 overdue by 9 days; day 59 shows these by 39 days and 6 by 29. Customer 1 (D) is severely late, customer 0 (A) not."""
    lines = _invoice(0, 20, 4, 200, customer=1) + _invoice(1, 30, 6, 60)
    arm = _arm(lines, 85)
    assert _measured("mild_overdue", arm) == (10, 14)
    assert _measured("grade_right", arm) == (1, 1)  # 85 days: only what is due by day 24 can be judged
    assert _measured("grade_right", _arm(lines, 300)) == (2, 2)


def test_the_discount_is_held_against_the_same_invoices_without_it():
    """2 % off 100 each: one is paid 73 days sooner for it, one is paid on the very day it would have been."""

    def world(days, percent):
        lines = []
        for number, (day, customer) in enumerate(zip(days, (1, 0), strict=True)):
            lines += [line(0, Kind.INVOICE, customer, number, 10_000, 0, 60)]
            lines += [line(day, Kind.PAYMENT, customer, number, 10_000 - percent * 100)]
            lines += [line(day, Kind.DISCOUNT, customer, number, percent * 100)] if percent else []
        arm = _arm(lines, 200, Policy(name="p").replace({"discount.percent": float(percent)}))
        arm.world.customer[:2] = (1, 0)
        return arm

    offered, plain = world((10, 10), 2), world((83, 10), 0)
    assert _measured("discount_windfall", offered, plain) == (200, 400)
    assert _measured("discount_weak", offered, plain) == (200, 400)
    assert _measured("discount_used", offered, plain) == (20_000, 20_000)
    part, whole = _measured("discount_cost", offered, plain)
    assert part / whole == pytest.approx(400 / (9_800 * 73 / 365))
    assert _measured("discount_used", plain, offered) == (0, 20_000)


def test_warnings_are_held_against_distress():
    """Customer 0 is warned on day 20 and falls on day 50; customer 1 is warned on day 20 for nothing."""
    lines = [line(20, Kind.WARNING, who, -1, 0, 2, 0) for who in (0, 1)]
    lines += [line(40, Kind.WARNING, 1, -1, 0, 0, 2), line(50, Kind.LIQUIDITY, 0, -1, 0, 2, 1), line(0, Kind.LIQUIDITY, 1, -1, 0, 2, 0)]
    arm = _arm(lines, 300)
    assert _measured("warning_right", arm) == (1, 2)
    assert _measured("never_warning_right", arm) == (1, 2)
    assert _measured("warning_hits", arm) == (1, 1)
    assert _measured("warning_precision", arm) == (1, 2)
    assert _measured("warning_hits", _arm([], 300)) == (0, 0)


# ── The command ──────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_the_command_lists_and_runs(capsys, monkeypatch, language):
    monkeypatch.setattr(words, "_current", None)
    assert cli.main(["experiment", "list", "--lang", language]) == 0
    listed = capsys.readouterr().out
    assert all(found.name in listed and found.told(language).title in listed for found in ALL)
    assert cli.main(["experiment", "run", "overdue_mild", "--replications", "2", "--lang", language]) == 0
    told = capsys.readouterr().out
    assert read_experiment("overdue_mild").told(language).claim in told and bool(CHINESE.search(told)) == (language == "zh")
    assert cli.main(["experiment", "run", "no_such", "--lang", language]) == cli.BAD_INPUT
    assert "no_such" in capsys.readouterr().err


def test_the_command_gives_json_and_runs_all(capsys, monkeypatch):
    monkeypatch.setattr(words, "_current", None)
    assert cli.main(["experiment", "run", "overdue_mild", "--replications", "2", "--json"]) == 0
    (found,) = json.loads(capsys.readouterr().out)
    assert found["experiment"] == "overdue_mild" and found["n"] == 2 and 0 <= found["estimate"] <= 1
    monkeypatch.setattr(module, "experiments", lambda: ("overdue_mild", "overdue_90"))
    assert cli.main(["experiment", "run", "all", "--replications", "2"]) == 0
    told = capsys.readouterr().out
    assert "overdue_mild" in told and "overdue_90" in told and "cannot be told" in told
