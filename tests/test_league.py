"""The league's core: games as files, decisions replayed, what a department sees, places without weights."""

from dataclasses import fields, replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from arsim.domain.problem import BadInput
from arsim.engine.journal import Kind
from arsim.model.liquidity import DISTRESSED, INSOLVENT
from arsim.model.trouble import struck
from arsim.report import words
from arsim.study.league import sight
from arsim.study.league.fortune import agreement, fortunes
from arsim.study.league.months import boundaries
from arsim.study.league.season import Scores
from arsim.study.league.standing import standings
from arsim.workbook.league import replay
from arsim.workbook.league.decisions import Decisions, Month, Talk, faults
from arsim.workbook.league.files import built_in, game, write_template
from arsim.workbook.league.game import Game
from arsim.workbook.roleplay.files import archetype
from arsim.workbook.roleplay.lines import played
from arsim.workbook.roleplay.moves import moves


def small(**changes) -> Game:
    """A game of three months with few customers, a call in the second and trouble in the first."""
    full = game("twelve_months").model_dump()
    call = [{"month": 2, "account": "largest_overdue", "who": "process_bound"}, {"month": 3, "account": "struck", "who": "honest_short"}]
    event = [dict(full["event"][1], month=1, rank=1), dict(full["event"][0], month=2)]
    return Game.model_validate({**full, "name": "small", "months": 3, "customers": 30, "call": call, "event": event, **changes})


def talk(of: Game, month: int, line: str) -> Talk:
    planned, seed = of.call_in(month), of.call_seed(month)
    return Talk(planned.who, seed, played(archetype(planned.who), line, seed).made)


def decided(of: Game, *months: Month, team: str = "red") -> Decisions:
    return Decisions(team, of.fingerprint, of.seed, months)


def busy(of: Game) -> Decisions:
    first = Month((("team.collectors", 2), ("law.days", 90)))
    return decided(of, first, Month((("team.collectors", 1),), talk(of, 2, "papers")), Month((), talk(of, 3, "plan")))


def test_every_game_of_ours_is_in_order_and_a_fresh_file_is_one(tmp_path):
    write_template(tmp_path / "autumn.toml")
    fresh = game(tmp_path / "autumn.toml")
    assert fresh.fingerprint == game("twelve_months").fingerprint
    for one in built_in().values():
        assert not faults(decided(one, *[Month()] * one.months), one)
    with pytest.raises(BadInput):
        write_template(tmp_path / "autumn.toml")


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ({"policy": "no_such"}, "no_such"),
        ({"lever": [{"path": "team.colectors"}]}, "team.colectors"),
        ({"lever": [{"path": "team.collectors", "low": 2}]}, "begins at 1"),
        ({"lever": [{"path": "team.collectors", "low": 0, "high": 5000}]}, "5000"),
        ({"call": [{"month": 9, "account": "largest_overdue", "who": "process_bound"}]}, "beyond the game's 3"),
        ({"call": [{"month": 1, "account": "struck", "who": "process_bound"}]}, "trouble before month 1"),
        ({"call": [{"month": 1, "account": "largest_overdue", "who": "nobody"}]}, "nobody"),
        ({"months": 0}, "months"),
    ],
)
def test_a_wrong_game_is_refused_by_name(tmp_path, wrong, named):
    from pydantic import ValidationError

    from arsim.workbook.written import _fault

    with pytest.raises(ValidationError) as caught:
        small(**wrong)
    assert named in " ".join(str(_fault(one, "g.toml", "")) for one in caught.value.errors())


def test_the_fingerprint_changes_with_what_decides_a_season_and_with_nothing_else():
    this = small()
    assert small(seed=3).fingerprint == small(title={"en": "x", "zh": "y"}).fingerprint == this.fingerprint
    plan = {"policy": "source_recovery_plan", "lever": [{"path": "team.collectors"}]}
    for other in ({"months": 4}, {"customers": 31}, {"call": []}, plan):
        assert small(**other).fingerprint != this.fingerprint


def test_months_are_the_calendars():
    assert boundaries(replay.stage(small()).world.population.start, 12)[-1] == 365


def test_the_same_decisions_are_the_same_season_and_live_play_is_its_prefix():
    of = small()
    whole, found = replay.replayed(of, busy(of))
    again, twice = replay.replayed(of, busy(of))
    assert found == twice and (whole.played.journal.rows == again.played.journal.rows).all()
    at = replay.stage(of)
    assert [one.month for one in whole.phoned] == [2, 3] and whole.phoned[1].account.customer == at.struck[1]
    for done in (1, 2, 3):
        live = replay.so_far(of, busy(of).first(done)).played.journal.rows
        until = at.bounds[done] * 1440
        rows = whole.played.journal.rows
        seen = [one[(one["time"] < until) & (one["kind"] != Kind.GOODWILL)] for one in (live, rows)]
        assert (seen[0] == seen[1]).all()


def test_the_account_offered_live_is_the_one_the_replay_calls():
    of = small()
    whole, _ = replay.replayed(of, busy(of))
    for phoned in whole.phoned:
        called = [one.account.customer for one in whole.phoned if one.month < phoned.month]
        offered = replay.morning(of, busy(of).first(phoned.month - 1))
        assert replay.stage(of).account(phoned.month, offered, called) == phoned.account


def test_other_luck_changes_the_year_and_a_call_changes_only_what_comes_after():
    of = small()
    assert replay.replayed(of, busy(of), 1)[1].scores != replay.replayed(of, busy(of))[1].scores
    twin, _ = replay.replayed(of, busy(of).without_talk(3))
    whole, _ = replay.replayed(of, busy(of))
    until = replay.stage(of).bounds[2] * 1440
    rows = [one.played.journal.rows for one in (whole, twin)]
    assert (rows[0][rows[0]["time"] < until] == rows[1][rows[1]["time"] < until]).all() and len(twin.phoned) == 1


def test_trouble_strikes_one_customer_and_leaves_all_other_luck_alone():
    world = replay.stage(small(event=[], call=[])).world
    hit = struck(world, 3, 100)
    before, after = world.liquidity.state, hit.liquidity.state
    others = np.arange(len(before)) != 3
    assert (before[others] == after[others]).all() and (after[3] >= before[3]).all()
    assert all(hit.liquidity.on(day)[3] >= DISTRESSED for day in range(130, 200)) and hit.liquidity.on(99)[3] == world.liquidity.on(99)[3]
    for name in ("customer", "amount", "time", "threshold", "insolvent"):
        assert (getattr(world, name) == getattr(hit, name)).all()
    with pytest.raises(ValueError):
        struck(world, 3, 100, INSOLVENT)


def _legal(of: Game):
    """Any decisions the rules allow: levers within bounds, calls of possible moves."""
    value = {
        path: st.sampled_from(lever.choices) if lever.choices else st.integers(int(lever.low), int(lever.high))
        for path, lever in of.levers().items()
    }
    changes = st.fixed_dictionaries({}, optional=value).map(lambda made: tuple(made.items()))
    said = st.lists(st.sampled_from([(name, tone) for name, move in moves().items() for tone in move.tones]), max_size=16)

    def month(number):
        planned = of.call_in(number)
        if planned is None:
            return changes.map(Month)
        seed = of.call_seed(number)
        possible = said.map(lambda made: Talk(planned.who, seed, _cut(planned.who, seed, made)))
        return st.builds(Month, changes, st.none() | possible)

    return st.tuples(*(month(number) for number in range(1, of.months + 1))).map(lambda made: decided(of, *made))


def _cut(who, seed, made):
    """The moves up to where the call ends."""
    from arsim.workbook.roleplay.call import begin, step

    call = begin(archetype(who), seed)
    for move, tone in made:
        if not call.over:
            call = step(call, move, tone)
    return call.made


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large], derandomize=True)
@given(_legal(small()))
def test_any_legal_decisions_make_a_season(decisions):
    of = small()
    assert not faults(decisions, of)
    _, found = replay.replayed(of, decisions)
    assert len(found.value) == len(found.overdue) == len(found.goodwill) == 3
    assert 0 <= found.scores.overdue_share <= 1 and 0 <= found.scores.goodwill <= 100


def test_a_team_sees_nothing_hidden():
    of = small()
    journal, at = replay.so_far(of, busy(of)).played.journal, replay.stage(of)
    rows = journal.rows.copy()
    hidden = np.isin(rows["kind"], (Kind.LIQUIDITY, Kind.GOODWILL))
    assert hidden.any()
    rows["amount"][hidden], rows["a"][hidden], rows["b"][hidden] = 1, 3, 2
    rows["a"][rows["kind"] == Kind.ORDER] = 1
    journals = (journal, replace(journal, rows=rows[~hidden]), replace(journal, rows=rows))
    told = [sight.sights(one, at.prices, at.bounds, (2, 1, 1), at.world.calendar.open) for one in journals]
    assert told[0] == told[1] == told[2] == replay.seen(of, busy(of)) and len(told[0]) == 3
    names = {field.name for kind in (sight.Sight, sight.Account) for field in fields(kind)}
    assert not names & {"liquidity", "readiness", "threshold", "goodwill", "luck", "state", "payer", "seed"}


def test_months_add_up_to_what_the_season_tells():
    of = small()
    sights, (_, found) = replay.seen(of, busy(of)), replay.replayed(of, busy(of))
    assert sum(one.cash for one in sights) == pytest.approx(found.others["cash_collected"])
    assert sum(one.contacts for one in sights) == found.others["contacts"]
    assert [one.overdue_share for one in sights] == pytest.approx(found.overdue)
    for one in sights:
        assert sum(one.ageing) == pytest.approx(one.open) and sum(one.ageing[1:]) == pytest.approx(one.overdue)


teams = st.dictionaries(
    st.text("abcdef", min_size=1, max_size=3),
    st.builds(Scores, *[st.integers(0, 4).map(float)] * 3), min_size=1, max_size=8,
)  # fmt: skip


@given(teams)
def test_whoever_is_beaten_on_all_three_stands_behind(scores):
    found = standings(scores)
    place = {one.team: one.place for one in found}
    assert sorted(place) == sorted(scores) and min(place.values()) == 1
    for one in found:
        assert all(place[by] < one.place for by in one.beaten_by)
        assert (one.layer == 1) == (not one.beaten_by)
    alike = {one: place[name] for name, one in scores.items()}
    assert all(alike[one] == place[name] for name, one in scores.items())


def test_luck_is_told_from_skill():
    luck = np.random.default_rng(1).normal(size=(12, 3))
    ahead = {"able": 5.0, "other": 0.0, "third": 0.0}
    worlds = [{team: Scores(more + one, 0.1, 90.0) for (team, more), one in zip(ahead.items(), drawn, strict=True)} for drawn in luck]
    found = fortunes(worlds)
    assert found["able"].edge[0][1] > 0 and found["able"].usual == 1 and "able" in found["other"].surely_beaten_by
    assert not found["able"].surely_beaten_by and -1 <= agreement(found) <= 1
    assert np.isnan(agreement(fortunes(worlds[:1])))


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_the_command_checks_a_game(capsys, language):
    from arsim import cli

    assert cli.main(["league", "check", "twelve_months", "--lang", language]) == 0
    out = capsys.readouterr().out
    assert game("twelve_months").fingerprint in out and len(out.splitlines()) > 14
