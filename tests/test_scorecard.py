"""The five-C scorecard: worked by hand, and never kinder to the worse customer."""

import inspect
import tomllib
from dataclasses import replace
from math import inf, nan

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from arsim.domain.assessment import assess
from arsim.domain.card import LETTERS, SPEAKS_FOR, Scales, Weights
from arsim.domain.credit_rules import SECURITIES
from arsim.domain.places import place
from arsim.domain.problem import BadInput
from arsim.domain.scorecard import CARD, five_c, graded, on_scale, score, suggested_limit
from arsim.model.evidence import GRADES
from arsim.report import words

FIGURES = ("current_ratio", "quick_ratio", "debt_ratio", "sales_growth", "mean_days_late", "late_share", "security")
BETTER = dict(current_ratio=1, quick_ratio=1, debt_ratio=-1, sales_growth=1, mean_days_late=-1, late_share=-1, security=1, outlook=1)
BEST = dict(current_ratio=3, quick_ratio=2, debt_ratio=0.1, sales_growth=0.5, mean_days_late=-5, late_share=0, security=1)
WORST = dict(current_ratio=0.1, quick_ratio=0.1, debt_ratio=1.4, sales_growth=-0.8, mean_days_late=200, late_share=1, security=0)

number = st.floats(-5, 300) | st.floats(-0.5, 2.5) | st.sampled_from([x for scale in CARD.scales for x, _ in scale])
figures = st.tuples(*[number] * len(FIGURES))
weights = st.tuples(*[st.floats(0, 100)] * 5)


def points(given, weights=CARD.weights, outlook=0.0):
    return score(*given, weights, CARD.scales, outlook)


def test_the_best_and_the_worst():
    assert assess(**BEST).score == 100 and assess(**BEST).letter == "A" and not assess(**BEST).reasons
    assert assess(**WORST).score == 0 and assess(**WORST).letter == "D" and len(assess(**WORST).reasons) == len(FIGURES)


def test_a_customer_worked_by_hand():
    """12 days late 76, a tenth late 86 ⅔; current 1.2 54, quick .85 62.5; debt 70 % 46 ⅔; a third secured 40; growth 4 % 72."""
    found = assess(
        current_ratio=1.2, quick_ratio=0.85, debt_ratio=0.7, sales_growth=0.04, mean_days_late=12, late_share=0.1, security=1 / 3
    )
    by_hand = {"character": (76 + 260 / 3) / 2, "capacity": 58.25, "capital": 140 / 3, "collateral": 40, "conditions": 72}
    assert found.points == pytest.approx(by_hand)
    assert found.score == pytest.approx(0.35 * by_hand["character"] + 0.25 * 58.25 + 7 + 4 + 10.8)
    assert found.letter == "C"  # 64.83: a sixth of a point short of B
    assert sum(found.earned.values()) == pytest.approx(found.score)


@given(figures, weights, st.sampled_from([*BETTER]), st.floats(0, 100) | st.floats(0, 1e-9), st.floats(-1, 1))
def test_a_better_figure_never_lowers_the_score(given, weights, figure, by, outlook):
    before = points(given, weights, outlook)
    if figure == "outlook":
        after = points(given, weights, outlook + by)
    else:
        at = FIGURES.index(figure)
        after = points((*given[:at], given[at] + BETTER[figure] * by, *given[at + 1 :]), weights, outlook)
    assert 0 <= before <= after <= 100
    assert graded(after) <= graded(before)


@pytest.mark.parametrize("figure", FIGURES)
def test_every_figure_counts(figure):
    at, given = FIGURES.index(figure), tuple(WORST[name] for name in FIGURES)
    raised = (*given[:at], BEST[figure], *given[at + 1 :])
    share = CARD.weights[Weights._fields.index(SPEAKS_FOR[figure])] / [*SPEAKS_FOR.values()].count(SPEAKS_FOR[figure])
    assert points(raised) == pytest.approx(share)


@given(figures, st.floats(-1, 1))
def test_people_and_engine_see_the_same_score(given, outlook):
    found = assess(**dict(zip(FIGURES, given, strict=True)), outlook=outlook)
    assert found.score == points(given, outlook=outlook) and found.letter == LETTERS[graded(found.score)]
    assert sum(found.earned.values()) == pytest.approx(found.score)
    by_figure = {finding.figure: finding.points for finding in found.findings}
    assert found.points["character"] == (by_figure["mean_days_late"] + by_figure["late_share"]) / 2
    assert found.points["capacity"] == (by_figure["current_ratio"] + by_figure["quick_ratio"]) / 2
    assert (found.points["capital"], found.points["collateral"], found.points["conditions"]) == tuple(
        by_figure[figure] for figure in ("debt_ratio", "security", "sales_growth")
    )


@given(figures, st.sampled_from(FIGURES))
def test_what_is_not_known_earns_nothing(given, figure):
    at = FIGURES.index(figure)
    known = points(given)
    assert points((*given[:at], nan, *given[at + 1 :])) <= known
    found = assess(**dict(zip(FIGURES, given, strict=True)) | {figure: None})
    assert f"{figure}.unknown" in found.reasons
    assert next(f for f in found.findings if f.figure == figure).points == 0


def test_reasons_name_the_weakest_first():
    found = assess(**BEST | {"debt_ratio": 0.85, "current_ratio": 0.6, "security": None})
    assert found.reasons == ("security.unknown", "current_ratio.weak", "debt_ratio.weak")


@given(figures, weights, st.floats(0.01, 100))
def test_weights_are_relative(given, weights, factor):
    assert points(given, tuple(weight * factor for weight in weights)) == pytest.approx(points(given, weights), abs=1e-6)


def test_rounding_carries_nothing_past_the_end():
    assert points(tuple(BEST[name] for name in FIGURES), (26.9, 19.9, 28.9, 13.6, 1.2)) == 100
    assert on_scale(1.8499999999999999, ((-0.94, 0.0), (1.85, 26.0))) == 26


def test_no_weight_no_points():
    assert points(tuple(BEST[name] for name in FIGURES), (0.0,) * 5) == 0


@given(st.sampled_from(CARD.scales), st.floats(allow_nan=False))
@example(CARD.scales.debt_ratio, inf)
def test_a_scale_stays_between_its_ends(knots, x):
    ends = sorted((knots[0][1], knots[-1][1]))
    assert ends[0] <= on_scale(x, knots) <= ends[1]


@pytest.mark.parametrize("name", Scales._fields)
def test_a_scale_passes_through_its_knots(name):
    knots = getattr(CARD.scales, name)
    assert [on_scale(x, knots) for x, _ in knots] == [got for _, got in knots]
    for (left, low), (right, high) in zip(knots, knots[1:], strict=False):
        assert on_scale((left + right) / 2, knots) == pytest.approx((low + high) / 2)


def test_a_step_of_outlook_is_worth_its_growth():
    better, level = (
        five_c(*[BEST[name] for name in FIGURES[:3]], growth, 0, 0, 0, CARD.scales, out) for growth, out in ((0, 1), (0.05, 0))
    )
    assert better == level and better[4] == 75


def test_grades_begin_at_their_cut_off():
    assert [graded(x) for x in (100, 80, 79.99, 65, 64.99, 50, 49.99, 0)] == [0, 0, 1, 1, 2, 2, 3, 3]
    assert graded(79.99999999999999) == 0  # what a sum meant to be 80 may come to


def test_the_limit_by_hand():
    """CNY 300,000 a month, 45 + 15 days: the trade needs 600,000."""
    assert [suggested_limit(300_000_00, at, 45) for at in range(4)] == [780_000_00, 600_000_00, 360_000_00, 0]
    assert suggested_limit(301_000_00, 1, 45) == 600_000_00  # 602,000 rounded down
    assert suggested_limit(0, 0, 45) == suggested_limit(-300_000_00, 0, 45) == suggested_limit(300_000_00, 0, -45) == 0


@given(st.integers(0, 10**13), st.integers(0, 10**12), st.integers(0, 3), st.integers(0, 365), st.integers(0, 90))
def test_the_limit_follows_trade_and_grade(monthly, more, at, terms, longer):
    limit = suggested_limit(monthly, at, terms)
    assert isinstance(limit, int) and limit >= 0 and limit % CARD.step_fen == 0
    assert limit <= suggested_limit(monthly + more, at, terms) and limit <= suggested_limit(monthly, at, terms + longer)
    assert all(limit <= suggested_limit(monthly, stronger, terms) for stronger in range(at))


def _turned(name):
    knots = getattr(CARD.scales, name)
    return CARD.scales._replace(**{name: tuple((x, 100 - got) for x, got in knots)})


@pytest.mark.parametrize(
    "change",
    [
        {"weights": Weights(-1, 50, 30, 10, 11)},
        {"weights": Weights(0, 0, 0, 0, 0)},
        {"weights": Weights(nan, 1, 1, 1, 1)},
        {"cuts": (65.0, 80.0, 50.0)},
        {"cuts": (101.0, 80.0, 50.0)},
        {"factors": (1.0, 1.2, 0.5, 0.0)},
        {"factors": (1.0, 0.8, 0.5, -0.1)},
        {"step_fen": 0},
        {"scales": CARD.scales._replace(security=((0.0, 0.0), (0.0, 100.0)))},
        {"scales": CARD.scales._replace(security=((0.0, 0.0), (1.0, 120.0)))},
        {"scales": CARD.scales._replace(security=((0.0, 0.0),))},
        *({"scales": _turned(name)} for name in Scales._fields),
    ],
)
def test_a_card_that_favours_the_worse_is_refused(change, language):
    with pytest.raises(BadInput) as refused:
        replace(CARD, **change)
    (problem,) = refused.value.problems
    assert words.explain(problem)


def test_the_data_say_where_they_come_from():
    data = tomllib.loads((place("data") / "scorecard.toml").read_text("utf-8"))
    rows = [row for table in ("weight", "security", "cut", "limit") for row in data[table].values()]
    assert all(row["low"] <= row["value"] <= row["high"] and row["grade"] in GRADES and row["source"] and row["unit"] for row in rows)
    assert all(scale["grade"] in GRADES and scale["source"] and scale["unit"] for scale in data["scale"].values())
    assert sum(CARD.weights) == 100
    wanted = {*Weights._fields, *Scales._fields, "strong", "fair", "weak", "unknown"}
    assert wanted == set(CARD.label) and all(set(label) == {"en", "zh"} for label in CARD.label.values())


def test_every_security_a_policy_asks_for_has_its_worth():
    assert set(SECURITIES) == set(CARD.security) and CARD.security["none"] == 0
    assert CARD.security["general_guarantee"] < CARD.security["joint_guarantee"] < CARD.security["collateral"]


def test_the_lean_functions_take_what_assess_names():
    assert tuple(inspect.signature(score).parameters)[:7] == FIGURES
