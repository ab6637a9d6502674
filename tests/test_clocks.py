"""Legal clocks: each last day from both sides, month ends, leap years, rest days; dates worked out on a calendar, not by the code."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arsim.domain import clocks, counting
from arsim.domain.calendar import is_open
from arsim.domain.problem import BadInput
from arsim.report import words

ONE = timedelta(1)


def day(text):
    return date.fromisoformat(text)


# Counting -------------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "months", "last"),
    [
        ("2025-01-15", 1, "2025-02-17"),  # 15 February is a Saturday
        ("2024-08-31", 6, "2025-02-28"),  # no 31 February
        ("2023-08-31", 6, "2024-02-29"),  # leap year
        ("2025-02-28", 6, "2025-08-28"),  # the same number, not the end of the month
        ("2024-12-31", 1, "2025-02-05"),  # 31 January lies in the Spring Festival, which ends on 4 February
        ("2024-11-30", 3, "2025-02-28"),
        ("2025-06-30", 3, "2025-09-30"),
        ("2025-07-01", 3, "2025-10-09"),  # National Day and Mid-Autumn, 1 to 8 October
        ("2025-12-15", 13, "2027-01-15"),  # over two year ends
    ],
)
def test_months(start, months, last):
    assert counting.after_months(day(start), months) == day(last)


@pytest.mark.parametrize(
    ("start", "years", "last"),
    [
        ("2020-02-29", 1, "2021-03-01"),  # 28 February 2021 is a Sunday
        ("2020-02-29", 3, "2023-02-28"),
        ("2020-02-29", 4, "2024-02-29"),
        ("2021-02-28", 3, "2024-02-28"),  # not the 29th
        ("2022-05-01", 3, "2025-05-06"),  # Labour Day, 1 to 5 May
    ],
)
def test_years(start, years, last):
    assert counting.after_years(day(start), years) == day(last)


def test_the_first_day_does_not_count():
    assert counting.after_days(day("2025-03-03"), 1) == day("2025-03-04")
    assert counting.after_days(day("2025-03-03"), 0) == day("2025-03-03")


@pytest.mark.parametrize(
    ("on", "next_one"),
    [
        ("2025-02-28", "2025-02-28"),  # Friday
        ("2025-03-01", "2025-03-03"),
        ("2025-03-02", "2025-03-03"),
        ("2025-01-26", "2025-01-26"),  # a Sunday worked for the Spring Festival
        ("2025-01-28", "2025-02-05"),
        ("2025-09-28", "2025-09-28"),  # a Sunday worked for National Day
        ("2025-10-01", "2025-10-09"),
        ("2025-10-11", "2025-10-11"),  # a Saturday worked for it
    ],
)
def test_rest_days_roll_to_the_next_working_day(on, next_one):
    assert counting.working_day(day(on)) == day(next_one)


def test_working_days_skip_weekends_and_count_make_up_days():
    assert counting.after_working_days(day("2025-09-26"), 2) == day("2025-09-29")  # Sunday 28 September is the first
    assert counting.after_working_days(day("2025-09-30"), 1) == day("2025-10-09")
    assert counting.after_working_days(day("2025-03-01"), 1) == day("2025-03-03")


DAYS = st.dates(day("2000-01-01"), day("2040-12-31"))


@given(start=DAYS, months=st.integers(1, 240))
def test_a_period_of_months_ends_on_a_working_day_of_or_just_after_its_month(start, months):
    last = counting.after_months(start, months)
    assert is_open("CN", last)
    apart = (last.year - start.year) * 12 + last.month - start.month
    assert apart == months or (apart == months + 1 and last.day <= 10)


@given(start=DAYS, later=st.integers(0, 400), months=st.integers(1, 240))
def test_who_starts_later_ends_no_earlier(start, later, months):
    assert counting.after_months(start, months) <= counting.after_months(start + later * ONE, months)


# Limitation -----------------------------------------------------------------------------------------------------------------------

DUE = day("2022-03-04")  # three years on: Tuesday 2025-03-04


@pytest.mark.parametrize(("on", "over"), [("2025-03-03", False), ("2025-03-04", False), ("2025-03-05", True)])
def test_limitation_day_before_on_and_after(on, over):
    assert clocks.barred(day(on), DUE, []) is over


@pytest.mark.parametrize(
    ("demand", "end"),
    [
        ("2022-03-03", "2025-03-04"),  # before the due date nothing runs yet
        ("2022-03-04", "2025-03-04"),
        ("2022-03-07", "2025-03-07"),  # the first working day after it
        ("2025-03-03", "2028-03-03"),
        ("2025-03-04", "2028-03-06"),  # on the last day; 4 March 2028 is a Saturday
        ("2025-03-05", "2025-03-04"),  # a day late: nothing revives
    ],
)
def test_a_demand_counts_only_inside_the_period(demand, end):
    assert clocks.limitation_end(DUE, [day(demand)]) == day(end)


def test_demands_chain_in_any_order_and_a_gap_ends_the_chain():
    chain = [day("2024-06-03"), day("2027-06-03"), day("2030-06-03")]
    assert clocks.limitation_end(DUE, chain) == clocks.limitation_end(DUE, chain[::-1]) == day("2033-06-03")
    assert clocks.limitation_end(DUE, [chain[0], day("2027-06-04"), chain[2]]) == day("2027-06-03")


def test_a_last_day_at_rest_gives_time_until_the_next_working_day():
    due = day("2022-03-01")  # Saturday 2025-03-01
    assert not clocks.barred(day("2025-03-03"), due, []) and clocks.barred(day("2025-03-04"), due, [])
    assert clocks.limitation_end(due, [day("2025-03-03")]) == day("2028-03-03")


def test_no_demand_reaches_beyond_twenty_years():
    due = day("2003-03-04")
    yearly = [due.replace(year=2003 + n) for n in range(1, 25)]
    assert clocks.limitation_end(due, yearly[:17]) == day("2023-03-06")  # the demand of 2020: 4 March 2023 is a Saturday
    assert clocks.limitation_end(due, yearly) == day("2023-03-06")
    assert clocks.limitation_end(due, yearly[:16]) == day("2022-03-04")


@pytest.mark.parametrize(("demand", "over"), [("2025-03-04", False), ("2025-03-05", True)])
def test_a_demand_in_the_future_changes_nothing_today(demand, over):
    assert clocks.barred(day("2025-03-05"), DUE, [day(demand)]) is over
    assert not clocks.barred(day("2025-03-04"), DUE, [day(demand)])


OFFSETS = st.lists(st.integers(-100, 9000), max_size=8)


@given(due=DAYS, offsets=OFFSETS, one_more=st.integers(-100, 9000))
def test_one_more_demand_never_shortens_limitation(due, offsets, one_more):
    demands = [due + n * ONE for n in offsets]
    extra = due + one_more * ONE
    before, after = clocks.limitation_end(due, demands), clocks.limitation_end(due, [*demands, extra])
    assert after >= before
    if extra > before:
        assert after == before


@given(due=DAYS, first=st.integers(1, 1000), later=st.integers(0, 1000))
def test_a_later_demand_lasts_longer_unless_it_is_too_late(due, first, later):
    early, late = due + first * ONE, due + (first + later) * ONE
    end = clocks.limitation_end(due, [late])
    if late <= clocks.limitation_end(due):
        assert end >= clocks.limitation_end(due, [early]) >= clocks.limitation_end(due)
    else:
        assert end == clocks.limitation_end(due)


# Guarantee ------------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("due", "agreed", "end"),
    [
        ("2025-01-31", None, "2025-07-31"),
        ("2024-08-31", None, "2025-02-28"),
        ("2025-01-31", 0, "2025-07-31"),  # an end no later than the due date is no agreement
        ("2025-01-31", -3, "2025-07-31"),
        ("2025-01-31", 1, "2025-02-28"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2025-01-31", 24, "2027-02-01"),  # 31 January 2027 is a Sunday
        ("2025-04-01", None, "2025-10-09"),
    ],
)
def test_guarantee_end(due, agreed, end):
    assert clocks.guarantee_end(day(due), agreed) == day(end)


GUARANTEED = day("2025-01-31")  # the period ends on Thursday 2025-07-31


@pytest.mark.parametrize("kind", ["general", "joint"])
@pytest.mark.parametrize(
    ("claimed", "alive"), [("2025-01-31", False), ("2025-02-01", True), ("2025-07-30", True), ("2025-07-31", True), ("2025-08-01", False)]
)
def test_a_guarantee_outlives_its_period_only_by_an_act_inside_it(kind, claimed, alive):
    assert clocks.guarantee_alive(kind, GUARANTEED, day(claimed), on=day("2026-01-05")) is alive


@pytest.mark.parametrize("kind", ["general", "joint"])
@pytest.mark.parametrize(("on", "alive"), [("2025-07-30", True), ("2025-07-31", True), ("2025-08-01", False)])
def test_a_guarantee_without_any_act(kind, on, alive):
    assert clocks.guarantee_alive(kind, GUARANTEED, None, on=day(on)) is alive


@pytest.mark.parametrize(("kind", "by", "alive"), [
    ("general", "suit", True), ("general", "demand", False), ("joint", "demand", True), ("joint", "suit", False),
])  # fmt: skip
def test_only_the_right_act_keeps_a_guarantee(kind, by, alive):
    assert clocks.guarantee_alive(kind, GUARANTEED, day("2025-03-03"), on=day("2026-01-05"), by=by) is alive


@pytest.mark.parametrize(("claimed", "alive"), [("2025-10-30", True), ("2025-10-31", True), ("2025-11-03", False)])
def test_an_agreed_guarantee_period_takes_the_place_of_six_months(claimed, alive):
    assert clocks.guarantee_alive("joint", GUARANTEED, day(claimed), on=day("2026-01-05"), agreed_months=9) is alive


# The court ------------------------------------------------------------------------------------------------------------------------


def test_payment_order_counts_5_15_15():
    """Filed Monday 3 March: Saturday 8 March rolls to the 10th; the 25th; 9 April; service within 30 days of the 25th."""
    dates = clocks.payment_order_deadlines(day("2025-03-03"))
    assert dates == clocks.PaymentOrder(day("2025-03-10"), day("2025-03-25"), day("2025-04-24"), day("2025-04-09"), day("2025-04-10"))


def test_payment_order_follows_what_really_happened():
    dates = clocks.payment_order_deadlines(
        day("2025-03-03"), accepted=day("2025-03-04"), issued=day("2025-03-06"), served=day("2025-03-14")
    )
    assert dates == clocks.PaymentOrder(day("2025-03-10"), day("2025-03-19"), day("2025-04-07"), day("2025-03-31"), day("2025-04-01"))


@given(filed=DAYS)
def test_a_payment_order_takes_its_steps_in_order(filed):
    dates = clocks.payment_order_deadlines(filed)
    assert filed < dates.answer_by < dates.issue_by < dates.object_by < dates.enforceable_from
    assert dates.enforceable_from - filed >= 36 * ONE and dates.serve_by > dates.object_by


@pytest.mark.parametrize(
    ("procedure", "extended", "end"),
    [
        ("small_claims", False, "2025-05-06"),  # 3 May lies in the holiday
        ("small_claims", True, "2025-06-03"),
        ("summary", False, "2025-06-03"),
        ("summary", True, "2025-07-03"),
        ("ordinary", False, "2025-09-03"),
        ("ordinary", True, "2026-03-03"),
    ],
)
def test_trial_end(procedure, extended, end):
    assert clocks.trial_end(day("2025-03-03"), procedure, extended) == day(end)


@pytest.mark.parametrize(
    ("judgment", "end"),
    [("2023-03-02", "2025-03-03"), ("2023-03-03", "2025-03-03"), ("2023-03-04", "2025-03-04"), ("2024-02-29", "2026-02-28")],
)
def test_enforcement_deadline(judgment, end):
    assert clocks.enforcement_deadline(day(judgment)) == day(end)


@pytest.mark.parametrize(("demand", "end"), [("2025-03-03", "2027-03-03"), ("2025-03-04", "2025-03-03"), ("2023-03-03", "2025-03-03")])
def test_a_demand_restarts_enforcement_in_time_only(demand, end):
    assert clocks.enforcement_deadline(day("2023-03-03"), [day(demand)]) == day(end)


@pytest.mark.parametrize(
    ("agreed", "end"), [("2025-03-03", "2025-04-02"), ("2025-03-04", "2025-04-03"), ("2025-03-05", "2025-04-07")]
)  # 4 April is Tomb-Sweeping Day, a Friday
def test_confirmation_deadline(agreed, end):
    assert clocks.confirmation_deadline(day(agreed)) == day(end)


@pytest.mark.parametrize(
    ("announced", "window"),
    [
        ("2025-03-03", ("2025-04-02", "2025-06-03")),
        ("2025-01-31", ("2025-03-03", "2025-04-30")),  # 2 March is a Sunday; no 31 April
        ("2024-11-29", ("2024-12-30", "2025-02-28")),  # 29 December is a Sunday; no 29 February in 2025
    ],
)
def test_proof_of_claim_window(announced, window):
    assert clocks.proof_of_claim_window(day(announced)) == tuple(map(day, window))


# Small and medium-sized enterprises -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("buyer", "agreed", "end"),
    [
        ("public", None, "2025-07-03"),
        ("public", 10, "2025-06-13"),
        ("public", 59, "2025-08-01"),
        ("public", 60, "2025-08-04"),  # 2 August is a Saturday
        ("public", 61, "2025-08-04"),
        ("public", 365, "2025-08-04"),
        ("large", None, "2025-08-04"),
        ("large", 61, "2025-08-04"),  # Sunday 3 August
        ("large", 62, "2025-08-04"),
        ("large", 63, "2025-08-05"),  # sixty days are no cap for a large enterprise
        ("large", 0, "2025-06-03"),
    ],
)
def test_sme_due(buyer, agreed, end):
    assert clocks.sme_due(day("2025-06-03"), buyer, agreed) == day(end)


@given(delivery=DAYS, days=st.integers(0, 400))
def test_public_terms_are_never_longer_than_sixty_days(delivery, days):
    due = clocks.sme_due(delivery, "public", days)
    assert due == min(clocks.sme_due(delivery, "large", days), clocks.sme_due(delivery, "large", 60))


def test_complaint_deadlines():
    assert clocks.complaint_deadlines(day("2025-06-03")) == clocks.Complaint(day("2025-06-17"), day("2025-07-17"), day("2025-09-15"))
    # Ten working days after 19 September: 22 to 26 (5), Sunday 28 (6), 29, 30 (8), 9 and 10 October.
    assert clocks.complaint_deadlines(day("2025-09-19")).forwarded_by == day("2025-10-10")
    passed_on = clocks.complaint_deadlines(day("2025-06-03"), forwarded=day("2025-06-04"))
    assert passed_on == clocks.Complaint(day("2025-06-17"), day("2025-07-04"), day("2025-09-02"))


# Nonsense -------------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "call",
    [
        lambda: clocks.guarantee_alive("solid", GUARANTEED, None, on=GUARANTEED),
        lambda: clocks.guarantee_alive("joint", GUARANTEED, GUARANTEED, on=GUARANTEED, by="letter"),
        lambda: clocks.guarantee_end(GUARANTEED, 1.5),
        lambda: clocks.trial_end(GUARANTEED, "appeal"),
        lambda: clocks.sme_due(GUARANTEED, "small"),
        lambda: clocks.sme_due(GUARANTEED, "public", -1),
        lambda: clocks.sme_due(GUARANTEED, "large", True),
    ],
)
def test_nonsense_is_refused_in_both_languages(call, language):
    with pytest.raises(BadInput) as error:
        call()
    assert "{" not in words.explain(error.value.problems[0])
