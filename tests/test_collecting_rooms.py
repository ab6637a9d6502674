"""The rooms of day 2: policies side by side, a ladder of one's own, a debt weighed on twins, an offer, an alarm."""

import numpy as np
import pytest
from people import people

from arsim.domain.policies import read_policy
from arsim.domain.policy import Law, Level, Policy
from arsim.domain.problem import BadInput
from arsim.report import alarm_plot, side_by_side, words
from arsim.report.alarm_groups import net_gain, sort_out
from arsim.report.calc.alarm import alarm
from arsim.report.calc.offer import kept_value, offer, outlay
from arsim.study.company import Company
from arsim.study.compare import compare
from arsim.workbook.course import claimed as claims
from arsim.workbook.course import walk_away
from arsim.workbook.course.alarm_room import AlarmRoom
from arsim.workbook.course.debt import WAYS, Debt, indebted, ways, weigh
from arsim.workbook.course.ladder_room import MINE, LadderRoom
from arsim.workbook.course.together import direction, named, together
from arsim.workbook.shelf import Shelf

SMALL = Company(people(30), warmup=60)
PNG = b"\x89PNG"
HUNDRED = 100_000_00


@pytest.fixture(autouse=True)
def small_demo(monkeypatch):
    monkeypatch.setattr(Company, "demo", classmethod(lambda cls: SMALL))


# ── Policies side by side ────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_value_risk_and_relationship_are_drawn_in_both_languages(language):
    found = compare(["do_nothing", "baseline", "oca_3_time"], SMALL, 60, 3)
    with words.speaking(language):
        assert side_by_side.picture(found).startswith(PNG)
        rows = side_by_side.rows(found, shown=("net_value", "goodwill"))
    assert [len(row) for row in rows] == [4, 4, 4]


def test_a_direction_is_told_only_where_the_interval_leaves_out_zero(capsys):
    policy = read_policy("baseline")
    same = named(policy.replace({"team.attempts": policy.team.attempts}), "same", "Same", "相同")
    silent = named(policy.replace({"dunning": [], "team.collectors": 0}), "silent", "Silent", "沉默")
    found = together(policy, same, silent, days=90, replications=12)
    assert direction(found, "same", "goodwill") == "same"
    assert (direction(found, "silent", "contacts"), direction(found, "silent", "collection_cost")) == ("down", "down")
    assert same.called("zh") == "相同"


def test_the_ladder_room_holds_the_learners_policy_against_all_others(tmp_path):
    room = LadderRoom("do_nothing", "oca_3_time", name="our_v1", days=60, replications=3, shelf=Shelf(tmp_path))
    room.panel.levers["team.collectors"].value = 3
    for _ in room.steps():
        pass
    alone = compare(["do_nothing", named(room.panel.policy, MINE, "", "")], SMALL, 60, 3)
    assert [policy.name for policy in room.found.policies] == ["do_nothing", "oca_3_time", MINE]
    assert room.found.values(MINE, "collection_cost").tolist() == alone.values(MINE, "collection_cost").tolist()
    assert bytes(room.answer.picture.value).startswith(PNG) and room.error is None
    room.panel.save.click()
    assert (tmp_path / "our_v1.toml").exists()
    again = LadderRoom("do_nothing", name="our_v1", days=60, replications=3, shelf=Shelf(tmp_path))
    assert again.panel.policy.team.collectors == 3, "the next session begins where this one was saved"
    for one in (room, again):
        one.runner.stop()
        assert one.runner.wait(30)


# ── A debt on twins ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_twins_owe_the_debt_and_nothing_else():
    owing = indebted(Debt(HUNDRED, 75, "weak"), SMALL.population)
    assert set(owing.opening.amount) == {HUNDRED} and set(owing.opening.due) == {-75}
    assert (SMALL.population.grade[owing.opening.customer] >= 2).all()
    assert not owing.orders_a_day.any() and (np.diff(owing.opening.issue) >= 0).all()


def test_the_same_way_twice_is_worth_the_same_and_waiting_costs_nothing():
    debt = Debt(HUNDRED, 40)
    chosen = ways(debt)
    found = weigh(debt, SMALL.population, {**chosen, "again": chosen["chase"].model_copy(update={"name": "again"})}, replications=4)
    assert found["again"] == found["chase"]
    assert found["wait"].spent == 0 and found["suit"].spent > found["order"].spent > 0
    for one in found.values():
        assert 0 <= one.in_a_year <= one.paid <= 1 and one.value <= one.paid + 0.05 and one.low <= one.value <= one.high


def test_a_debt_that_nobody_can_owe_is_refused():
    for wrong in ({"amount": 0, "overdue": 10}, {"amount": 100, "overdue": 0}, {"amount": 100, "overdue": 1, "who": "rich"}):
        with pytest.raises(BadInput):
            Debt(**wrong)


def test_what_is_walked_away_to_needs_no_consent(capsys):
    found = walk_away.alternatives(Debt(HUNDRED, 75), SMALL, replications=3)
    assert set(found) == set(WAYS)
    best = walk_away.best(found)
    assert best != "plan" and all(found[best].value >= found[way].value for way in WAYS if way != "plan")


def test_the_walk_away_room_judges_the_offer_anew_when_it_moves():
    room = walk_away.WalkAway(amount=100_000, who="all")
    for _ in room.steps():
        pass
    before = room.offered.value
    room.now.value, room.kept.value = 100, 100
    after = room.judged().results
    assert room.offered.value != before and after["seller"] == pytest.approx(1.0)
    room.runner.stop()


# ── An offer ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_plan_is_worth_what_its_payments_are_worth():
    by_hand = 0.2 + sum((0.2 + left * 0.12 / 12) * 1.06 ** (-month / 12) for month, left in enumerate((0.8, 0.6, 0.4, 0.2), 1))
    assert kept_value(0.2, 4, 0.12, 1.0, 0.0, 0.06) == pytest.approx(by_hand)
    assert kept_value(0.0, 5, 0.0, 0.0, 0.7, 0.0) == pytest.approx(0.7), "a plan never kept is worth the walk-away"
    assert outlay(0.2, 4, 0.12, 0.06) == pytest.approx(by_hand)


@pytest.mark.parametrize(("interest", "walk", "supply", "both"), [(0.06, 0.9, 0.1, True), (0.0, 0.99, 0.1, False), (0.06, 0.9, 0.0, False)])
def test_both_gain_only_inside_the_zone(interest, walk, supply, both):
    told = offer(HUNDRED, 0.2, 6, interest, 0.95, walk, 0.06, 0.15, 0.9, supply)
    assert told.results["both_gain"] == both
    assert (told.results["seller"] >= walk and told.results["buyer"] <= 0.9 + supply) == both
    assert told.law, "what is said of limitation carries its article"


def test_an_offer_that_does_not_add_up_is_refused():
    with pytest.raises(BadInput):
        offer(HUNDRED, 0.5, 0, 0.0, 0.9, 0.9, 0.06, 0.15, 0.9)


# ── An alarm, and late interest ──────────────────────────────────────────────────────────────────────────────────────


def test_every_customer_is_sorted_once():
    found = sort_out(1000, 0.07, 0.6, 0.9)
    assert found.hits + found.missed == pytest.approx(70)
    assert found.alarms + found.missed + found.quiet == pytest.approx(1000)
    assert alarm(1000, 0.07, 0.6, 0.9).results["right"] == pytest.approx(found.hits)
    assert net_gain(1000, 0.07, 0.6, 0.9, saved=1000, cost=100) == pytest.approx(42 * 1000 - (42 + 93) * 100)
    with pytest.raises(BadInput):
        sort_out(1000, 7, 0.6, 0.9)


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_the_alarm_room_draws_and_tells_what_the_sliders_say(language):
    with words.speaking(language):
        room = AlarmRoom(0.05, 0.95, 0.95)
        first, told = bytes(room.image.value), room.said.value
        room.sliders["failing"].value = 1
        assert first.startswith(PNG) and bytes(room.image.value) != first and room.said.value != told
        assert room.shares == (0.01, 0.95, 0.95)
        assert alarm_plot.picture(0.5, 0.0, 1.0).startswith(PNG)


def test_no_more_late_interest_is_paid_than_claimed(capsys):
    policy = read_policy("baseline")
    dear = named(policy.replace({"interest.rate": 0.1825}), "dear", "Dear", "贵")
    found = claims.claimed(policy, dear, company=SMALL, days=120, replications=2)
    assert found["baseline"] == {"claimed": 0.0, "waived": 0.0, "paid": 0.0}
    assert found["dear"]["claimed"] >= found["dear"]["paid"] + found["dear"]["waived"] > 0


def test_ladders_of_the_ways_begin_after_the_debt_is_as_old_as_it_is():
    chosen = ways(Debt(HUNDRED, 75))
    assert all(isinstance(level, Level) and level.days > 75 for level in chosen["chase"].dunning)
    assert isinstance(chosen["order"].law, Law) and chosen["wait"] == Policy(name="wait", team=chosen["wait"].team, write_off_days=1825)
