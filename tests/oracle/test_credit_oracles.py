"""Textbook credit decisions. The cash flows are added up here one by one; the formulas are the package's."""

from math import inf, nan

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from arsim.domain.problem import BadInput
from arsim.report import words
from arsim.study import kpi
from arsim.study.credit_standard import Standard, change_of_standard, invested
from arsim.study.credit_switch import (
    break_even_default,
    break_even_quantity,
    npv_of_discount_switch,
    npv_of_switch,
    switch_investment,
)
from arsim.study.order_decision import break_even_probability, order_value, repeat_order_value


def for_ever(payment, rate, periods=20_000):
    """Present value of a payment at the end of every period, added up."""
    factor, total = 1.0, 0.0
    for _ in range(periods):
        factor /= 1 + rate
        total += payment * factor
    return total


def agree(*numbers):
    """The program's number, ours, and the printed one."""
    return all(number == pytest.approx(numbers[-1]) for number in numbers)


# Dodd Tool (Gitman): price 10, variable cost 6, 15 % required.
NOW, THEN = Standard(60_000, 30, 0.01), Standard(63_000, 45, 0.02)
DODD = {"price": 10, "variable_cost": 6, "rate": 0.15}


def test_dodd_tool_360():
    """Cost of a day's sales × days: 60,000 × 6 / 360 × 30 and 63,000 × 6 / 360 × 45."""
    change = change_of_standard(NOW, THEN, **DODD, year=360)
    assert (invested(60_000, 6, 30, year=360), invested(63_000, 6, 45, year=360)) == (1000 * 30, 1050 * 45) == (30_000, 47_250)
    assert change.contribution == 3000 * 10 - 3000 * 6 == 12_000
    assert agree(change.carrying, 17_250 * 15 / 100, 2587.5)
    assert agree(change.bad_debt, 630_000 * 2 / 100 - 600_000 / 100, 6600)
    assert agree(change.net, 12_000 - 2587.5 - 6600, 2812.5)
    assert int(change.net + 1e-6) == 2812  # as printed


def test_dodd_tool_365():
    change = change_of_standard(NOW, THEN, **DODD, year=365)
    added = 378_000 * 45 / 365 - 360_000 * 30 / 365
    assert round(change.investment, 2) == round(added, 2) == 17_013.70
    assert round(change.carrying, 2) == round(added * 0.15, 2) == 2552.05
    assert round(change.net, 2) == round(12_000 - added * 0.15 - 6600, 2) == 2847.95


def test_dodd_tool_as_a_365_edition_prints_it():
    """Turnover rounded to 12.2 and 8.1, and each investment to the dollar: +17,159, 2,574, net 2,826."""
    now, then = Standard(60_000, 365 / 12.2, 0.01), Standard(63_000, 365 / 8.1, 0.02)
    change = change_of_standard(now, then, **DODD, year=365)
    before, after = round(invested(60_000, 6, 365 / 12.2, year=365)), round(invested(63_000, 6, 365 / 8.1, year=365))
    assert (before, after, after - before) == (round(360_000 / 12.2), round(378_000 / 8.1), 17_159)
    assert round(change.carrying) == round(17_159 * 0.15) == 2574 and round(change.net) == 2826


def test_the_day_count_moves_the_answer():
    """Same shop, three published nets: the convention must be said."""
    nets = {year: change_of_standard(NOW, THEN, **DODD, year=year).net for year in (360, 365)}
    assert nets[365] - nets[360] == pytest.approx(35.45, abs=0.005)
    with pytest.raises(TypeError):
        change_of_standard(NOW, THEN, **DODD)


# Cast Iron (Brealey, Myers and Allen): margin 200 on a cost of 1,000; 80 % pay the first order, 95 % of these the second; 20 % a year.
def test_cast_iron():
    revenue, cost = 1200, 1000
    assert agree(order_value(0.8, revenue, cost), 0.8 * 200 - 0.2 * 1000, -40)
    assert agree(order_value(0.95, revenue, cost), 0.95 * 200 - 0.05 * 1000, 140)
    # every leaf: refuses at once; pays and then pays; pays and then refuses
    leaves = 0.2 * -1000 + 0.8 * 0.95 * (200 + 200 / 1.2) + 0.8 * 0.05 * (200 - 1000 / 1.2)
    total = repeat_order_value(0.8, 0.95, revenue, cost, 0.2)
    assert agree(total, leaves, -40 + 0.8 * 140 / 1.2)
    assert round(total, 2) == 53.33
    assert break_even_probability(revenue, cost) == pytest.approx(5 / 6)


def test_cast_iron_break_even_with_the_repeat_order():
    later = 140 / 1.2
    p = break_even_probability(1200, 1000, later)
    assert repeat_order_value(p, 0.95, 1200, 1000, 0.2) == pytest.approx(0, abs=1e-9) and p < 0.8 < 5 / 6


# Locust Software (Ross, Westerfield and Jordan): 49 a copy, 20 to make, 100 → 110 a month, 2 % a month.
LOCUST = (49, 20, 100)


def test_locust():
    """A month's 4,900 waits and 10 copies are made ahead; then 10 × 29 a month for ever."""
    flows = -(49 * 100 + 20 * 10) + for_ever(10 * 29, 0.02)
    assert agree(npv_of_switch(*LOCUST, 110, 0.02), flows, 9400)


def test_locust_break_even():
    """By bisection on the cash flows."""
    low, high = 0.0, 10.0
    for _ in range(60):
        middle = (low + high) / 2
        worth = -(4900 + 20 * middle) + for_ever(29 * middle, 0.02, 3000)
        low, high = (middle, high) if worth < 0 else (low, middle)
    assert round(break_even_quantity(*LOCUST, 0.02), 2) == round(low, 2) == 3.43
    assert npv_of_switch(*LOCUST, 100 + break_even_quantity(*LOCUST, 0.02), 0.02) == pytest.approx(0, abs=1e-9)


def test_locust_with_five_more():
    """Seen as a loan: 5,000 in receivables costs 100 a month, the margin is 145, so 45 a month net, worth 2,250."""
    tied = switch_investment(*LOCUST, 105)
    assert tied == 49 * 100 + 5 * 20 == 5000
    assert tied * 0.02 == 100 and 5 * 29 - tied * 0.02 == 45
    assert agree(npv_of_switch(*LOCUST, 105, 0.02), for_ever(45, 0.02), 2250)


def test_locust_break_even_default():
    """49 is 50 less 2 %: with .04 % of default, a month's 50 less default, less 2 % on the 49 that waits, is just the 49 again."""
    p = break_even_default(0.02, 0.02)
    assert p == pytest.approx(0.02 - 0.02 * 0.98) and round(100 * p, 2) == 0.04
    assert 50 * (1 - p) - 0.02 * 49 == pytest.approx(49)
    assert npv_of_discount_switch(50, 100, 0.02, p, 0.02) == pytest.approx(0, abs=1e-9)
    flows = -49 * 100 + for_ever(50 * 100 * (1 - 0.01) - 49 * 100, 0.02)
    assert npv_of_discount_switch(50, 100, 0.02, 0.01, 0.02) == pytest.approx(flows)


# d/m net n: paying n - m days later costs the discount on what would have been paid.
@pytest.mark.parametrize(
    ("d", "m", "n", "simple", "effective"),
    [(2, 10, 30, 37.24, 44.59), (1, 10, 30, 18.43, 20.13), (2, 10, 45, 21.28, 23.45), (2, 10, 60, 14.90, 15.89), (3, 15, 60, 25.09, 28.03)],
)
def test_discount_cost(d, m, n, simple, effective):
    """100 - d borrowed at m, 100 repaid at n: growth per day by bisection, compounded over a year."""
    low, high = 1.0, 1.01
    for _ in range(100):
        middle = (low + high) / 2
        low, high = (middle, high) if (100 - d) * middle ** (n - m) < 100 else (low, middle)
    assert round(100 * kpi.discount_cost_effective(d, m, n), 2) == round(100 * (low**365 - 1), 2) == effective
    assert round(100 * kpi.discount_cost(d, m, n), 2) == round(100 * d * 365 / ((100 - d) * (n - m)), 2) == simple


def test_discount_cost_360():
    assert round(100 * kpi.discount_cost(2, 10, 30, year=360), 2) == round(100 * 2 * 360 / (98 * 20), 2) == 36.73


money = st.floats(1, 1e6)
share = st.floats(0, 1)


@given(share, share, money, money)
def test_a_safer_customer_is_worth_more(p, q, revenue, cost):
    assume(p <= q)
    assert order_value(p, revenue, cost) <= order_value(q, revenue, cost) + 1e-6
    threshold = break_even_probability(revenue, cost)
    if threshold <= 1:
        assert order_value(threshold, revenue, cost) == pytest.approx(0, abs=1e-6 * (revenue + cost))


@given(share, share, money, money, st.floats(0, 1))
def test_the_chance_of_another_order_never_hurts(p, q, revenue, cost, rate):
    assert repeat_order_value(p, q, revenue, cost, rate) >= order_value(p, revenue, cost)


@given(money, st.floats(0.01, 0.99), money, st.floats(0.001, 0.5))
def test_the_switch_breaks_even_at_its_break_even(price, cost_share, quantity, rate):
    added = break_even_quantity(price, price * cost_share, quantity, rate)
    assume(added < 1e9)
    scale = price * (quantity + added) / rate
    assert npv_of_switch(price, price * cost_share, quantity, quantity + added, rate) == pytest.approx(0, abs=1e-9 * scale)


def test_some_switches_never_break_even():
    assert break_even_quantity(20, 20, 100, 0.02) == inf and break_even_quantity(21, 20, 100, 0.05) == inf


def test_edges_of_the_break_even_probability():
    assert break_even_probability(0, 10) == inf and break_even_probability(0, 0) == 0 and break_even_probability(5, 10) == 2


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: Standard(-1, 30, 0.01),
        lambda: Standard(1, nan, 0.01),
        lambda: Standard(1, 30, 1.5),
        lambda: invested(1, 1, 30, year=366),
        lambda: change_of_standard(NOW, THEN, -10, 6, 0.15, year=360),
        lambda: change_of_standard(NOW, THEN, 10, 6, nan, year=360),
        lambda: switch_investment(49, 20, -100, 110),
        lambda: npv_of_switch(49, 20, 100, 110, 0),
        lambda: npv_of_switch(49, 20, 100, inf, 0.02),
        lambda: break_even_quantity(49, 20, 100, -0.02),
        lambda: npv_of_discount_switch(50, 100, 2, 0.01, 0.02),
        lambda: break_even_default(1.1, 0.02),
        lambda: order_value(1.01, 1200, 1000),
        lambda: repeat_order_value(0.8, 0.95, 1200, 1000, -0.1),
        lambda: break_even_probability(1200, -1),
    ],
)
def test_wrong_input_is_refused(wrong, language):
    with pytest.raises(BadInput) as error:
        wrong()
    told = words.explain(error.value.problems[0])
    assert "{" not in told and (language == "en" or "the " not in told)
