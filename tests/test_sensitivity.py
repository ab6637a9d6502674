"""An assumption walked through its range, and what other answers would be worth."""

import pytest
from people import people

from arsim.domain.policy import Level, Policy
from arsim.domain.problem import BadInput
from arsim.report import apart, words
from arsim.report import sensitivity as report
from arsim.study.company import Company
from arsim.study.compare import compare
from arsim.study.sensitivity import NOBODY, fewer_disputes, span, worth

SMALL = Company(people(20), warmup=30)
MAIL = Policy(name="mail", dunning=(Level(days=5, channel="email"),))
CALL = Policy(name="call", dunning=(Level(days=5, channel="call"),))
TERMS = {"days": 90, "replications": 4, "company": SMALL}


@pytest.fixture(scope="module")
def found():
    return span("channel.call.effect", [MAIL, CALL], "cash_collected", **TERMS)


def test_every_belief_has_its_point(found):
    constant = found.constant
    assert [point.belief for point in found.points] == [NOBODY, constant.low, constant.value, constant.high]
    assert found.of(constant.high, "call").difference > found.of(NOBODY, "call").difference


def test_where_nobody_is_moved_two_automatic_channels_bring_the_same_cash():
    sms = Policy(name="sms", dunning=(Level(days=5, channel="sms"),))
    still = span("channel.sms.effect", [MAIL, sms], "cash_collected", **TERMS).of(NOBODY, "sms")
    assert (still.difference, still.low, still.high) == (0, 0, 0)


def test_what_does_not_touch_a_policy_changes_nothing():
    assert worth(MAIL, {"promise.kept": 0.8}, "cash_collected", **TERMS) == (0, 0, 0)
    assert worth(MAIL, {}, "cash_collected", **TERMS) == (0, 0, 0)


def test_kept_promises_bring_cash_sooner():
    better, *_ = worth(CALL, {"answer.promise": 0.7, "promise.kept": 1.0, "promise.kept_tight": 1.0}, "overdue_share", **TERMS)
    assert better < 0


def test_fewer_disputes_leave_the_old_ones_and_pay_sooner():
    calm = fewer_disputes(0.0, SMALL)
    assert not calm.population.dispute_rate.any() and SMALL.population.dispute_rate.any()
    assert calm.population.opening is SMALL.population.opening
    assert worth(MAIL, {}, "overdue_share", instead=calm, **TERMS)[0] < 0


def test_an_unknown_assumption_is_refused():
    with pytest.raises(BadInput, match="no parameter"):
        span("channel.pigeon.effect", [MAIL, CALL])


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_it_is_shown_in_both_languages(found, language):
    with words.speaking(language):
        assert report.picture(found)[:8] == b"\x89PNG\r\n\x1a\n"
        assert len(report.rows(found)) == 5
        assert len(report.worth_rows(["net_value"], [(1.0, -1.0, 3.0)])) == 2


def test_policies_stand_side_by_side():
    found = compare([MAIL, CALL], SMALL, 90, 4)
    head, value, contacts = apart.rows(found, ["net_value", "utilisation"])
    assert head[1:] == ["mail", "call"] and "…" in value[2] and contacts[2].startswith("+")
