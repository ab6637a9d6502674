"""A trial planned from simulation: the plan keeps what it promises, and a trial read back finds what was planted."""

from dataclasses import replace

import numpy as np
import pytest

from arsim.domain.ledger import Ledger
from arsim.domain.policies import read_policy
from arsim.domain.problem import BadInput
from arsim.domain.reading import read_ledger
from arsim.model.behaviour import Behaviour
from arsim.model.scenario import BASE
from arsim.model.world import deal
from arsim.study.adjusted import by_unit, covariates, gaps
from arsim.study.book import OPEN, book
from arsim.study.company import Company, demo_ledger
from arsim.study.compare import play
from arsim.study.looks import bounds
from arsim.study.lottery import draw, strata_of, units_of
from arsim.study.rollout_plan import plan
from arsim.study.sample_size import per_group, power
from arsim.study.trial_figures import FIGURES, Records, invoiced, orders, recorded, simulated
from arsim.study.trial_horizon import days_of, least_effect
from arsim.study.trial_reading import Results, difference, read_trial

UNITS = 240


def crowd(units=UNITS, tie=0.7, seed=1):
    """Units with a history that is tied to what they show, in six strata."""
    luck = np.random.default_rng(seed)
    before = luck.normal(size=units)
    return before, tie * before + np.sqrt(1 - tie**2) * luck.normal(size=units), np.arange(units) % 6


def test_bounds_are_the_published_ones():
    # Jennison and Turnbull (2000), table 2.3: C_B for two-sided 5 %
    assert bounds(1)[0] == pytest.approx(1.960, abs=1e-3)
    assert bounds(2)[-1] == pytest.approx(1.977, abs=2e-3)
    assert bounds(3)[-1] == pytest.approx(2.004, abs=2e-3)
    assert bounds(3)[0] == pytest.approx(bounds(3)[-1] * 3**0.5)
    with pytest.raises(BadInput):
        bounds(4)


def test_looking_three_times_keeps_the_false_alarms():
    luck = np.random.default_rng(4).normal(size=(200_000, 3)).cumsum(axis=1) / np.sqrt([1, 2, 3])
    assert (np.abs(luck) > bounds(3)).any(axis=1).mean() == pytest.approx(0.05, abs=0.002)
    assert (np.abs(luck) > 1.96).any(axis=1).mean() > 0.1  # what peeking without bounds does


def test_lots_are_even_in_every_stratum_and_repeatable():
    strata = np.repeat([0, 1, 2, 3], [31, 40, 7, 22])
    lots = draw(strata, 5, times=200)
    assert (np.abs((lots == 1).sum(axis=1) - (lots == 0).sum(axis=1)) <= 1).all()
    for one in range(4):
        assert (np.abs((lots[:, strata == one] == 1).sum(axis=1) - (lots[:, strata == one] == 0).sum(axis=1)) <= 2).all()
    assert (draw(strata, 5, times=200) == lots).all() and (draw(strata, 6, times=200) != lots).any()
    assert lots.mean(axis=0) == pytest.approx(0.5, abs=0.15)  # everybody may get either
    few = draw(strata, 5, per_arm=20)[0]
    assert [(few == arm).sum() for arm in (0, 1)] == [20, 20]
    assert all(3 <= (few[strata == one] >= 0).sum() for one in (0, 1, 3))


def test_groups_of_companies_are_drawn_together():
    ids = [f"C{number}" for number in range(60)]
    units = units_of(ids, {"C3": "Holding", "C40": "Holding"})
    assert units[3] == units[40] and len(set(units.tolist())) == 59
    strata = strata_of(np.arange(60.0), np.arange(60) % 4, units)
    lots = draw(strata, 1)[0][units]
    assert lots[3] == lots[40] and len(strata) == 59


def test_a_planted_effect_is_recovered_without_bias():
    before, y, strata = crowd()
    gap = gaps(draw(strata, 9, times=4000), y, y - 0.4, covariates(before, strata))
    assert gap.value.mean() == pytest.approx(-0.4, abs=0.01)
    assert gap.value.std() == pytest.approx(gap.error.mean(), rel=0.1)


def test_false_alarms_without_an_effect_are_five_in_a_hundred():
    before, y, strata = crowd(tie=0.5, seed=3)
    scores = gaps(draw(strata, 11, times=6000), y, y, covariates(before, strata)).score
    assert (np.abs(scores) > bounds(1)[0]).mean() == pytest.approx(0.05, abs=0.012)


def test_the_permutation_test_has_the_size_it_says():
    before, y, strata = crowd(120, seed=5)
    y = np.exp(1.5 * y)  # nothing like normal
    drawn = draw(strata, 21, times=400)
    known = covariates(before, strata)
    others = np.sort(np.abs(gaps(draw(strata, 22, times=2000), y, y, known).score))
    scores = np.abs(gaps(drawn, y, y, known).score)
    chance = (1 + len(others) - np.searchsorted(others, scores - 1e-12)) / (1 + len(others))
    assert (chance <= 0.05).mean() == pytest.approx(0.05, abs=0.03)


def test_power_is_the_one_planned():
    before, y, strata = crowd(2000, seed=8)
    left, effect = np.sqrt(1 - 0.7**2), 0.14
    each = per_group(effect, left, 0.8)
    keep = np.random.default_rng(2).permutation(2000)[: 2 * each]
    luck = np.random.default_rng(3)
    hits = []
    for _ in range(400):  # new customers every time: power speaks of those
        x = luck.normal(size=2 * each)
        z = 0.7 * x + left * luck.normal(size=2 * each)
        group = strata[keep]
        gap = gaps(draw(group, int(luck.integers(1 << 30))), z, z + effect, covariates(x, group))
        hits.append(abs(gap.score[0]) > bounds(1)[0])
    assert np.mean(hits) == pytest.approx(0.8, abs=0.06)


def test_least_effect_is_the_inverse_of_power():
    assert power(300, least_effect(300, 2.0, 0.9), 2.0) == pytest.approx(0.9, abs=1e-6)


def results(values, lots, before, strata, **changes):
    size = len(values)
    nothing = np.full(size, np.nan)
    return replace(Results(lots, np.arange(size), strata, before, values, nothing, nothing, 1.0), **changes)


def test_a_reading_says_what_was_planted():
    before, y, strata = crowd(seed=13)
    lots = draw(strata, 2)[0].astype(int)
    found = read_trial(results(y - 0.8 * lots, lots, before, strata), -1, 3, (-0.8, -1.0, -0.6))
    assert found.state == "end" and found.better == 1 and found.beside == "inside" and found.main.chance < 0.001
    assert found.main.low < -0.8 < found.main.high
    worse = read_trial(results(y + 0.8 * lots, lots, before, strata), -1, 3, (-0.8, -1.0, -0.6))
    assert worse.better == -1 and worse.beside == "against" and worse.state == "stop_harm" and worse.stops == ("main",)


def test_before_the_first_look_nothing_is_concluded_and_early_looks_ask_for_more():
    before, y, strata = crowd(seed=13)
    lots = draw(strata, 2)[0].astype(int)
    early = read_trial(results(y - 0.8 * lots, lots, before, strata, elapsed=0.2), -1, 3, (-0.8, -1.0, -0.6))
    assert early.state == "early" and early.better == 0 and early.stops == ()
    as_is = read_trial(results(y, lots, before, strata), -1, 1, (-0.8, -1.0, -0.6)).main
    error = (as_is.high - as_is.low) / 2 / bounds(1)[0]
    y -= (as_is.value + 2.6 * error) * lots  # so that B is better by 2.6 standard errors: enough at the end, too little before
    looks = [read_trial(results(y, lots, before, strata, elapsed=part), -1, 3, (-0.8, -1.0, -0.6)) for part in (0.34, 1.0)]
    assert looks[0].bound > looks[1].bound and looks[0].main.high - looks[0].main.low > looks[1].main.high - looks[1].main.low
    assert looks[0].state == "goes_on" and looks[1].better == 1


def test_orders_and_complaints_stop_a_trial():
    before, y, strata = crowd(seed=13)
    lots = draw(strata, 2)[0].astype(int)
    luck = np.random.default_rng(1)
    fewer = read_trial(results(y, lots, before, strata, orders=1 - 0.5 * lots + 0.2 * luck.normal(size=UNITS)), -1, 3, (-0.1, -1.0, 1.0))
    assert "orders" in fewer.stops and fewer.state == "stop_harm"
    cross = read_trial(results(y, lots, before, strata, complaints=1.0 * lots * (np.arange(UNITS) < 60)), -1, 3, (-0.1, -1.0, 1.0))
    assert "complaints" in cross.stops
    calm = read_trial(results(y, lots, before, strata, complaints=np.ones(UNITS)), -1, 3, (-0.1, -1.0, 1.0))
    assert calm.stops == ()


def test_too_few_figures_are_refused():
    before, y, strata = crowd(40)
    lots = draw(strata, 2)[0].astype(int)
    with pytest.raises(BadInput, match="Too few"):
        read_trial(results(np.where(lots == 1, np.nan, y), lots, before, strata), -1, 1, (0.0, -1.0, 1.0))


# ---- the figures, and the engine behind both arms


def test_figures_counted_on_the_fingers():
    issue, due, close = np.array([0, 0, 10, -5]), np.array([10, 20, 40, 5]), np.array([15, OPEN, 30, 2])
    no = np.zeros(4, bool)
    told = Records(book_of(issue, due, close, np.array([100, 300, 50, 70]), np.array([0, 0, 1, 2]), no), 4)
    late = FIGURES["days_late"].of(told, 0, 29)
    assert late[0] == pytest.approx((100 * 5 + 300 * 9) / 400) and np.isnan(late[1]) and late[2] == 0 and np.isnan(late[3])
    cash = FIGURES["cash_90"].of(told, 0, 100)
    assert cash[0] == pytest.approx(100 / 400) and cash[1] == 1
    assert FIGURES["cash_90"].of(told, 0, 95)[0] == cash[0] and np.isnan(FIGURES["cash_90"].of(told, 0, 95)[1])  # too young by then
    first = np.arange(4) == 0
    given_up = Records(book_of(issue, due, close, np.array([100, 300, 50, 70]), np.array([0, 0, 1, 2]), first), 4)
    assert FIGURES["days_late"].of(given_up, 0, 29)[0] > late[0]  # writing off must not look like being paid


def book_of(issue, due, close, amount, who, written):
    from arsim.study.book import Book

    return Book(np.arange(len(issue)), who, amount, issue, due, issue, close, (close < OPEN) & ~written, written, issue < 0)


def test_later_payments_are_not_known_yet():
    told = Records(book_of(np.array([0]), np.array([10]), np.array([25]), np.array([100]), np.array([0]), np.zeros(1, bool)), 1)
    assert FIGURES["days_late"].of(told, 0, 20)[0] == 10 and FIGURES["days_late"].of(told, 0, 60)[0] == 15


def mixed_ledger(company, policies, arms, days, number=7, seed=5):
    """The ledger of a trial: each customer's invoices from the journal of the policy it was given."""
    people = company.population
    world = deal(people, seed, number, days, BASE, Behaviour.default())
    start, rows = np.datetime64(people.start, "D"), []
    for arm, (_, journal) in enumerate(play(world, policies, company, Behaviour.default()).items()):
        told = book(journal)
        mine = (arms[told.customer] == arm) & (told.issue_day < days)
        for at in np.flatnonzero(mine):
            paid = told.paid[at] and told.close_day[at] < days
            rows.append((f"{told.number[at]}-{at}", people.ids[told.customer[at]], start + told.issue_day[at], start + told.due_day[at],
                         told.amount[at], start + told.close_day[at] if paid else np.datetime64("NaT")))  # fmt: skip
    columns = list(zip(*rows, strict=True))
    last = (start + days - 1).item()
    return Ledger(columns[0], columns[1], np.array(columns[2]), np.array(columns[3]), np.array(columns[4]), np.array(columns[5]),
                  np.zeros(len(rows), bool), source="later.csv", known_until=last)  # fmt: skip


@pytest.fixture(scope="module")
def company():
    return Company.demo()


@pytest.fixture(scope="module")
def history(company):
    return recorded(read_ledger(demo_ledger()), company.population.ids, company.population.start)


@pytest.fixture(scope="module")
def harsh():
    """A policy with an effect that even this company is large enough to show: nobody is supplied who is late."""
    return read_policy("source_full_system")


@pytest.fixture(scope="module")
def planned(company, history, harsh):
    return plan(read_policy("baseline"), harsh, company, "overdue_share", 6, history=history, replications=6)


def test_the_ledger_says_what_the_simulated_book_says(company, history):
    arms = np.zeros(len(company.population), int)
    policies = [read_policy("baseline"), read_policy("do_nothing")]
    ledger = mixed_ledger(company, policies, arms, 120)
    world = deal(company.population, 5, 7, 120, BASE, Behaviour.default())
    journal = play(world, policies[:1], company, Behaviour.default())["baseline"]
    ours = simulated(book(journal), len(arms))
    theirs = recorded(ledger, company.population.ids, company.population.start)
    for key in ("overdue_share", "days_late"):
        assert FIGURES[key].of(ours, 0, 119) == pytest.approx(FIGURES[key].of(theirs, 0, 119), nan_ok=True)
    usual = invoiced(history, -180, -1)
    assert np.nanmean(orders(theirs, usual, 0, 119)) == pytest.approx(1, abs=0.35)


def test_the_plan_is_the_same_again_and_larger_power_takes_more(planned, company, history, harsh):
    again = plan(read_policy("baseline"), harsh, company, "overdue_share", 6, history=history, replications=6)
    assert (again.arms == planned.arms).all() and again.forecast == planned.forecast and again.horizons == planned.horizons
    for one in planned.horizons:
        assert one.full <= one.full_90 and one.full <= one.half and one.left < one.sd
    assert [one.months for one in planned.horizons] == [3, 6, 9, 12]
    assert abs(int((planned.arms == 1).sum()) - int((planned.arms == 0).sum())) <= 1


def test_chance_worked_out_is_near_the_share_seen(planned):
    assert planned.seen == pytest.approx(planned.chosen.chance, abs=0.12)
    assert planned.forecast[1] < planned.chosen.effect < planned.forecast[2]


def test_a_trial_run_by_the_engine_lands_in_its_forecast(planned, company, harsh):
    inside, covered, days = 0, 0, days_of(6)
    for number in range(30, 36):
        later = mixed_ledger(company, [read_policy("baseline"), harsh], planned.arms, days, number)
        told = recorded(later, company.population.ids, company.population.start)
        found = Results(planned.arms, planned.units, planned.strata, planned.before, planned.figure.of(told, 0, days - 1),
                        orders(told, planned.usual, 0, days - 1), np.full(len(planned.arms), np.nan), 1.0)  # fmt: skip
        told = read_trial(found, -1, 3, planned.forecast)
        inside += told.beside == "inside"
        covered += told.main.low < planned.chosen.effect < told.main.high
    assert inside >= 4 and covered >= 4


def test_a_company_large_enough_is_told_so_and_smaller_arms_see_less(harsh):
    company = Company.demo(4000)
    given = {"months": 6, "replications": 2, "looks": 1}
    full, part = (plan(read_policy("do_nothing"), harsh, company, "days_late", per_arm=arm, **given) for arm in (0, 300))
    assert not full.own_history and (part.arms >= 0).sum() == 600
    assert part.chance < full.chance and part.each < full.each
    assert part.seen == pytest.approx(part.chance, abs=0.2) and full.seen == pytest.approx(full.chance, abs=0.2)
    if full.chosen.full is not None:
        assert full.drawn_for(full.chosen.full) >= full.chosen.full


def test_units_take_the_mean_of_their_customers():
    made = by_unit(np.array([1.0, 3.0, np.nan, 5.0]), np.array([0, 0, 1, 2]))
    assert made[0] == 2 and np.isnan(made[1]) and made[2] == 5


def test_nobody_knows_a_difference_where_nothing_was_recorded():
    before, y, strata = crowd(40)
    lots = draw(strata, 2)[0].astype(int)
    assert difference(results(np.full(40, np.nan), lots, before, strata), np.full(40, np.nan), 1.96, 1) is None


@pytest.mark.parametrize("wrong", [{"main": "profit"}, {"months": 0}, {"main": "cash_90", "months": 3}, {"asked": 1.5}, {"looks": 5},
                                   {"per_arm": 3}])  # fmt: skip
def test_impossible_plans_are_refused(wrong, company, history):
    with pytest.raises(BadInput):
        plan(read_policy("baseline"), read_policy("do_nothing"), company, history=history, **wrong)
