"""One debt played many times: the same luck for every policy, money that only grows, a debtor who stands as told."""

import numpy as np
import pytest

from arsim.domain.problem import BadInput
from arsim.model.liquidity import STATES
from arsim.report import one_debt as report
from arsim.report import words
from arsim.study.one_debt import Debt, replay
from arsim.workbook.course.policy_shelf import policy

PLENTY = 25


@pytest.fixture(scope="module")
def played():
    chosen = [policy(name) for name in ("do_nothing", "case_1_letters", "case_1_calls")]
    return replay(Debt(500_000, 49, pace=0.3), chosen, days=120, worlds=PLENTY)


def test_nothing_done_costs_nothing_and_nobody_pays_more_than_is_owed(played):
    assert not played.cost["do_nothing"].any() and not played.minutes["do_nothing"].any()
    for cash in played.cash.values():
        assert cash.shape == (PLENTY, 121)
        assert (np.diff(cash, axis=1) >= 0).all() and cash.max() <= 1 + 1e-9 and not cash[:, 0].any()


def test_a_contact_never_delays_a_payment_in_the_same_world(played):
    assert (played.cash["case_1_letters"] >= played.cash["do_nothing"] - 1e-9).all()
    assert played.share_by("case_1_calls", 60) > played.share_by("do_nothing", 60)


def test_calls_take_time_and_letters_money(played):
    assert played.minutes["case_1_calls"].sum() > 0 == played.minutes["case_1_letters"].sum()
    assert played.cost["case_1_letters"].sum() > 0


def test_worth_falls_with_the_rate_and_lies_below_what_came(played):
    came = played.share_by("case_1_calls", 119)
    assert played.worth("case_1_calls", 0.5) < played.worth("case_1_calls", 0.05) < came


def test_the_debtor_stands_as_told(monkeypatch):
    from arsim.study import one_debt

    seen, really = [], one_debt.play
    monkeypatch.setattr(one_debt, "play", lambda world, *rest: seen.append(world) or really(world, *rest))
    replay(Debt(100_000, 30, liquidity="distressed"), [policy("do_nothing")], days=30, worlds=4)
    assert [STATES[world.liquidity.on(0)[0]] for world in seen] == ["distressed"] * 4
    assert all(world.amount.tolist() == [100_000_00] and world.due.tolist() == [-30] for world in seen)


def test_distress_pays_later_than_soundness():
    shares = [
        replay(Debt(100_000, 30, pace=0.5, liquidity=state), [policy("do_nothing")], 60, 40).share_by("do_nothing", 59)
        for state in ("sound", "distressed")
    ]
    assert shares[0] > shares[1]


@pytest.mark.parametrize("wrong", [{"grade": "E"}, {"liquidity": "insolvent"}])
def test_an_impossible_debtor_is_refused(wrong):
    with pytest.raises(BadInput):
        replay(Debt(1000, 10, **wrong), [policy("do_nothing")], worlds=1)


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_it_is_shown_in_both_languages(played, language):
    with words.speaking(language):
        assert report.picture(played)[:8] == b"\x89PNG\r\n\x1a\n"
        head, *lines = report.rows(played)
        assert len(lines) == 3 and {len(line) for line in lines} == {len(head)}
        assert lines[2][0] == played.policies[2].called(language)
