"""From a played call to the books and back to a figure: promise in the journal, cash, debrief; the same call twice, the same figure."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest

from arsim.engine.engines import simulate
from arsim.engine.journal import Kind
from arsim.model.behaviour import Behaviour
from arsim.model.conduct import AT, Conduct
from arsim.model.scenario import BASE
from arsim.model.world import deal
from arsim.report import called as told
from arsim.report import words
from arsim.study.better import better, summed
from arsim.study.book import book
from arsim.study.called import DAY, SPANS, WEEKS, YEAR, account, chosen, course, difference, limitation, office, played, weekly
from arsim.study.company import Company
from arsim.study.compare import dealt
from arsim.workbook.roleplay import lines, team
from arsim.workbook.roleplay.call import begin, step
from arsim.workbook.roleplay.debrief import Debrief
from arsim.workbook.roleplay.files import archetype, built_in
from arsim.workbook.roleplay.link import linked, made
from arsim.workbook.roleplay.outcome import ENDS, HIGH, LOW, VALUE, outcome
from arsim.workbook.roleplay.room import CallRoom

COMPANY = Company.demo()
START = COMPANY.population.start
FEW = 2


def customer_of(call):
    who = call.who
    return chosen(who.fen, who.late, who.hidden.dispute > 0, who.buyer, COMPANY)


def years(call, replications=FEW):
    return list(played(made(call, START), customer_of(call), replications=replications))


@pytest.fixture(scope="module")
def good():
    """A call that ends in a promise with a sum and a day."""
    call = lines.played(archetype("disputant"), "cause first", 2)
    assert call.mind.promise.kind in ("full", "part")
    return call


@pytest.fixture(scope="module")
def pairs(good):
    return years(good)


def test_a_call_goes_into_the_journal_into_cash_and_into_the_debrief(good, pairs):
    for pair in pairs:
        found, call = pair.account, pair.calls[VALUE]
        left = outcome(good, START + timedelta(found.day))
        assert call.promised == min(found.overdue, round(left.promised / good.who.fen * found.overdue)) > 0
        made_line, end_line = pair.promise
        # time, kind, customer, invoice, a, b, amount
        assert made_line[1] == Kind.PROMISE and made_line[0] == found.day * 1440 + AT and made_line[2] == found.customer
        assert made_line[6] == call.promised and call.due <= made_line[4] <= call.due + 21  # the next payment run from that day on
        assert end_line[1] in (Kind.KEPT, Kind.BROKEN) and end_line[0] // 1440 > made_line[4]
        if end_line[1] == Kind.KEPT:
            assert pair.after[VALUE].cash[90] >= call.promised
    assert any(pair.after[VALUE].cash != pair.without.cash for pair in pairs)
    rows = told.table(pairs)
    scale = told.money_scale(max(pair.account.overdue for pair in pairs))
    for row, span in zip(rows[1:], SPANS, strict=False):
        by_hand = np.mean([pair.after[VALUE].cash[span] - pair.without.cash[span] for pair in pairs]) / scale.fen
        assert row[3] == told.number(by_hand, 0, sign=True)
    assert difference(pairs, lambda one: one.cash[30])[0] != 0


def test_cash_and_the_open_sum_agree(pairs):
    for pair in pairs:
        for one in (pair.without, *pair.after.values()):
            assert one.open[0] == pair.account.overdue and len(one.open) == WEEKS + 1
            assert np.all(np.diff(one.open) <= 0) and one.cash[30] <= one.cash[90] <= one.cash[YEAR]
            assert one.cash[YEAR] + one.loss <= pair.account.overdue  # the rest: credit notes, discounts
            assert (one.paid_after is None) or one.loss == 0
    without, after = weekly(pairs)
    assert without[0] == after[0] == np.mean([pair.account.overdue for pair in pairs])


def test_years_that_brought_the_same_are_called_alike_not_certain(pairs):
    rows = told.table([pairs[0]] * 3)[1:-1]
    assert {row[4] for row in rows} == {words.say("alike in all these years")}
    assert any("…" in row[4] for row in told.table(pairs))


def test_the_same_call_twice_gives_the_same_figure(good, pairs):
    again = years(lines.played(archetype("disputant"), "cause first", 2))
    assert told.table(again) == told.table(pairs)
    assert [(one.promise, one.calls) for one in again] == [(one.promise, one.calls) for one in pairs]
    assert told.picture(again) == told.picture(pairs)


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_the_verdict_says_in_words_what_the_table_says_in_figures(language, pairs):
    with words.speaking(language):
        pairs = [next(pair for pair in pairs if pair.after[VALUE].cash[SPANS[0]] > pair.without.cash[SPANS[0]])] * 3
        told_so = told.verdict(pairs)
        mean, low, high = difference(pairs, lambda one: one.cash[SPANS[0]])
        assert low > 0 and f"{mean / 100:,.0f}" in told_so
        none = [replace(pair, after={end: pair.without for end in ENDS}) for pair in pairs]
        assert {"en": "changed nothing", "zh": "没有变化"}[language] in told.verdict(none)
        worse = [replace(pair, without=pair.after[VALUE], after={end: pair.without for end in ENDS}) for pair in pairs]
        assert f"{mean / 100:,.0f}" in told.verdict(worse) and {"en": "less", "zh": "少收"}[language] in told.verdict(worse)


def test_the_worse_end_of_the_assumptions_promises_less(pairs):
    for pair in pairs:
        low, usual, high = (pair.calls[end] for end in (LOW, VALUE, HIGH))
        assert low.kept <= usual.kept <= high.kept and low.goodwill <= usual.goodwill <= high.goodwill
        assert low.promised == usual.promised == high.promised
        assert pair.after[LOW].cash[30] <= pair.after[VALUE].cash[30] <= pair.after[HIGH].cash[30]


def test_an_unlawful_call_costs_goodwill_and_brings_no_cash():
    call = lines.played(archetype("disputant"), "thug", 2)
    found = years(call, 2)
    assert found and all(pair.calls[VALUE].goodwill < -10 and not pair.promise for pair in found)
    assert all(pair.after[VALUE].goodwill < pair.without.goodwill for pair in found)
    assert difference(found, lambda one: one.cash[30])[0] <= 0


def test_an_empty_call_changes_nothing_but_minutes():
    call = step(begin(archetype("disputant"), 2), "close", "soft")
    policy, behaviour = office(), Behaviour.default()
    world = deal(COMPANY.population, 1, 0, 60, behaviour=behaviour)
    on, who = world.calendar_next[DAY], customer_of(call)
    plain = simulate(world, policy, behaviour)
    to = account(book(plain), who, on, COMPANY.population.ids[who])
    in_books = made(call, START)(to)[VALUE]
    assert not in_books.promised and not in_books.provable and not in_books.disputed and in_books.minutes == 1
    if in_books.goodwill:  # a friendly close may win a little trust; without it nothing at all is different
        in_books = type(in_books)(**{**vars(in_books), "goodwill": 0.0})
    after = simulate(world, policy, behaviour, conduct=Conduct(calls=(in_books,)))
    left, plain_rows = after.rows.tolist(), set(plain.rows.tolist())
    more = [row for row in left if row not in plain_rows]
    assert len(left) == len(plain.rows) + len(more) and more
    assert all(row[0] == on * 1440 + AT and row[1] in (Kind.REACHED, Kind.NOTICE, Kind.ANSWER) for row in more)
    assert course(after, to).cash == course(plain, to).cash


def test_what_is_linked_follows_the_kind_of_outcome():
    seen = set()
    for who in built_in().values():
        for line in ("cause first", "plan", "hand on", "beg"):
            call = lines.played(who, line, 3)
            to = next(played_account(call))
            for end in ENDS:
                on = START + timedelta(to.day)
                left = outcome(call, on, end)
                found = linked(left, who.fen, 5, on, to, end)
                seen.add(left.kind)
                assert 0 <= found.promised <= to.overdue and found.customer == to.customer and found.minutes == 5
                assert bool(found.promised) == (left.kind in ("full", "part", "plan")) and found.handed_on == (left.kind == "route")
                assert bool(found.instalments) == (left.kind == "plan") and found.provable == left.restarts
                if found.promised:
                    assert found.due - to.day == (left.due - on).days
    assert {"full", "part", "plan", "route"} <= seen


def played_account(call):
    world = deal(COMPANY.population, 1, 0, 20)
    who = customer_of(call)
    yield account(book(simulate(world, office())), who, world.calendar_next[DAY], COMPANY.population.ids[who])


def test_the_account_suits_the_debtor():
    items = COMPANY.population.opening
    for who in built_in().values():
        customer = customer_of(begin(who, 1))
        mine = (items.customer == customer) & (items.due < DAY)
        assert items.amount[mine].sum() > 0 and bool(items.disputed[mine].any()) == (who.hidden.dispute > 0)
        assert customer == customer_of(begin(who, 2))


def test_limitation_starts_afresh_only_with_proof(pairs):
    pair = pairs[0]
    call = pair.calls[VALUE]
    before, after = limitation(pair.account, call, START)
    spoken = type(call)(**{**vars(call), "provable": False})
    assert limitation(pair.account, spoken, START) == (before, before)
    day = START + timedelta(pair.account.day)
    assert call.provable and before < date(day.year + 3, day.month, day.day) <= after <= date(day.year + 3, day.month, day.day + 10)


# ── The whole team ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_better_calls_go_with_more_promises_more_of_them_kept_and_more_trust():
    found = team.slope(5)
    assert found.promises > 0 and found.kept > 0 and found.trust > 0
    changes, usual = team.changes(seeds=5), Behaviour.default()
    for path in (team.PROMISED, *team.KEPT):
        assert usual[path] < changes[LOW][path] < changes[VALUE][path] < changes[HIGH][path] < 1
    assert usual[team.PRICE] > changes[LOW][team.PRICE] > changes[VALUE][team.PRICE] >= changes[HIGH][team.PRICE] >= 0
    nothing = team.changes(0.0, seeds=5)
    assert all(nothing[end][path] == pytest.approx(usual[path]) for end in ENDS for path in nothing[end])


def test_the_slope_is_that_of_plays_within_debtors():
    group, x = np.repeat([0.0, 1.0], 4), np.array([1.0, 2, 3, 4, 11, 12, 13, 14])
    y = np.where(group == 0, 100 + 2 * x, 2 * x - 500)  # debtors differ in level; across them the slope would be negative
    assert team._within(group, x.copy(), y.copy()) == pytest.approx(2)
    y[3] = np.nan
    assert team._within(group, x.copy(), y.copy()) == pytest.approx(2)


def test_a_better_team_meets_the_same_luck_and_no_change_is_worth_nothing():
    usual = Behaviour.default()
    same = {VALUE: {team.PROMISED: usual[team.PROMISED]}, HIGH: team.changes(seeds=5)[HIGH]}
    found = list(better(same, replications=2, days=120))
    assert all(value == 0 for one in found for value in one[VALUE].values())
    assert all(one[HIGH]["goodwill"] > 0 for one in found)
    assert summed(found, VALUE, "net_value") == (0, 0, 0)
    one = dealt(0, COMPANY, 30, 1, usual, BASE)
    other = dealt(0, COMPANY, 30, 1, usual.changed(same[HIGH]), one.scenario)
    assert one.time.tobytes() == other.time.tobytes() and one.threshold.tobytes() == other.threshold.tobytes()


# ── The debrief room ───────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def own_diary(tmp_path, monkeypatch):
    monkeypatch.setenv("ARSIM_STATE", str(tmp_path / "state"))


def test_the_debrief_shows_the_account_and_the_teams_worth(language, good, pairs):
    debrief = Debrief(replications=FEW, years=2)
    assert debrief.box.layout.display == "none"
    debrief.take(good)
    assert debrief.runner.wait(120) and debrief.error is None
    assert told.table(debrief.pairs) == told.table(pairs)
    assert pairs[0].account.name in debrief.entered.value and debrief.table.value.count("<tr>") == len(told.table(pairs))
    assert debrief.picture.value[:4] == b"\x89PNG" and debrief.picture.layout.display is None
    assert words.say("without the call") in debrief.table.value and debrief.ask.layout.display is None
    debrief.ask.click()
    assert debrief.runner.wait(120) and debrief.error is None and len(debrief.worth) == 2
    assert words.say(
        "This is a chain of assumptions, not a measurement: the points are our rules, and the debtors follow rules of ours. "
        "Measure it before you spend money on it."
    ) in debrief.answer.value  # fmt: skip
    debrief.leave()
    assert debrief.box.layout.display == "none"


def test_a_fault_is_told_and_the_room_lives_on(language, good, monkeypatch):
    debrief = Debrief(replications=1)
    monkeypatch.setattr("arsim.workbook.roleplay.debrief.chosen", lambda *_: 1 / 0)
    debrief.take(good)
    assert debrief.runner.wait(60) and isinstance(debrief.error, ZeroDivisionError) and "ZeroDivisionError" in debrief.said.value
    monkeypatch.undo()
    debrief.leave()
    debrief.take(good)
    assert debrief.runner.wait(60) and debrief.error is None and len(debrief.pairs) == 1


def test_the_room_puts_a_finished_call_into_the_books_once_it_is_seen(own_diary, tmp_path):
    room = CallRoom(tmp_path)
    room.debrief.replications = 1
    room.speak("close", "soft")
    assert room.call.over and not room.debrief.runner.busy, "nobody waits for what nobody sees"
    room.show()
    assert room.debrief.runner.wait(60) and room.debrief.error is None and room.debrief.box.layout.display is None
    room.ring()
    assert room.debrief.box.layout.display == "none"
