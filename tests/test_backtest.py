"""The backtest: scores by hand, nothing of the future leaks, simple methods as told, the report in both languages, the verdict."""

import json
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from stylised import distributor

from arsim import cli
from arsim.domain.ledger import write_ledger
from arsim.domain.problem import BadInput
from arsim.report import backtest as report
from arsim.report import words
from arsim.study import baselines, method, scored
from arsim.study.backtest import backtest
from arsim.study.bands import NORMAL, Width, bands, distance
from arsim.study.cells import watch
from arsim.study.crps import crps
from arsim.study.curves import HIGH, LOW, fit_curves
from arsim.study.estimate import invoices
from arsim.study.facts import Invoices
from arsim.study.forecast import Forecast, drawn, foretell, within
from arsim.study.moods import courses, moods
from arsim.study.pace import PRIOR, unknown
from arsim.study.scored import Span
from arsim.study.setting import known
from arsim.study.suspicion import signs
from arsim.study.traits import payment_calendar, run_days
from arsim.study.verdict import checks, uses

SMALL = {"customers": 60, "invoices": 4000, "days": 330}


@pytest.fixture(scope="module")
def ledger():
    return distributor(3, **SMALL)


@pytest.fixture(scope="module")
def found(ledger):
    return backtest(ledger, "2019-06-28", months=3)


@given(st.lists(st.integers(0, 20), min_size=1, max_size=12), st.integers(0, 20))
def test_crps_agrees_with_its_other_definition(days, came):
    """E|X − y| − E|X − X′| / 2 of the same distribution."""
    days = np.array(days)
    chance = (days[:, None] <= np.arange(25)).mean(0)[None]
    other = np.abs(days - came).mean() - np.abs(days[:, None] - days).mean() / 2
    assert crps(chance, np.array([came]))[0] == pytest.approx(other)


def test_crps_stops_where_watching_stops():
    chance = np.array([[0.0, 0.5, 0.5, 1.0]])
    assert crps(chance, np.array([9]), np.array([1]))[0] == pytest.approx(0.25)


def test_both_views_beat_the_segment_average_invoice_by_invoice(found):
    for view in (found.rolling, found.at_once):
        assert view.methods["model"].crps < view.methods["segment"].crps
        assert view.methods["model"].crps < view.methods["smoothing"].crps
        assert abs(view.methods["model"].late - view.truth.late) < 0.06
        assert 0 < view.cash_error("model") < 0.5


def test_the_truth_is_the_ledgers(found, ledger):
    first = found.split + np.timedelta64(1, "D")
    week = (ledger.paid >= first) & (ledger.paid < first + np.timedelta64(7, "D"))
    assert found.rolling.truth.cash[0] == ledger.amount[week].sum()
    np.testing.assert_array_equal(found.rolling.truth.cash, found.at_once.truth.cash)
    end = found.month_ends[0]
    standing = (ledger.issued <= end) & (ledger.paid > end)
    recent = (ledger.issued <= end) & (ledger.issued > end - np.timedelta64(90, "D"))
    assert found.rolling.truth.dso[0] == pytest.approx(90 * ledger.amount[standing].sum() / ledger.amount[recent].sum())
    late = standing & (ledger.due < end)
    assert found.rolling.truth.overdue[0] == pytest.approx(ledger.amount[late].sum() / ledger.amount[standing].sum())


def test_perfect_foresight_errs_nowhere(ledger):
    """The dates of payment themselves, handed in as a forecast, give every figure of what came: both are counted alike."""
    open_at_the_end = replace(ledger, paid=np.where(ledger.paid > np.datetime64("2019-10-20"), np.datetime64("NaT"), ledger.paid))
    for case in (ledger, replace(open_at_the_end, known_until=date(2019, 10, 20)).known_on(date(2019, 10, 20))):
        book = _book(case)
        day = int((np.datetime64("2019-06-28") - case.issued.min()).astype(int))
        span = Span(day + 1, day + 7 * 14, (day + 2, day + 33, day + 64, day + 94))
        which = np.flatnonzero((book.issued <= span.last) & ((book.paid < 0) | (book.paid > day)))
        start, fresh = np.maximum(book.issued[which], day + 1), book.issued[which] > day
        came = np.where(book.paid[which] >= 0, book.paid[which], 10**6)
        sure = Forecast(which, start, (start[:, None] + np.arange(260) >= came[:, None]).astype(np.float32))
        new, ends = Forecast(which[fresh], start[fresh], sure.chance[fresh]), np.array(span.month_ends)
        told = method.told(new, book, scored.cash(sure, book, span), scored.standing(sure, book, ends), ends)
        truth = method.happened(book, span)
        assert told.crps == 0
        for name in ("cash", "dso", "overdue", "ageing"):
            np.testing.assert_allclose(getattr(told, name), getattr(truth, name), rtol=1e-6)
        if not case.open.any():
            assert told.late == pytest.approx(truth.late) and told.quantiles == truth.quantiles


def test_nothing_of_the_future_leaks(found, ledger):
    """Payments after the split moved about change what came, not what was foretold at once."""
    later = ledger.paid > found.split
    moved = np.where(later & (np.arange(len(ledger)) % 3 == 0), ledger.paid + np.timedelta64(9, "D"), ledger.paid)
    last = ledger.paid.max()
    other = backtest(replace(ledger, paid=np.minimum(moved, last)), "2019-06-28", months=3)
    assert not np.array_equal(other.at_once.truth.cash, found.at_once.truth.cash)
    for name, told in found.at_once.methods.items():
        np.testing.assert_array_equal(other.at_once.methods[name].cash, told.cash)
        assert other.at_once.methods[name].late == told.late


def test_no_week_foretold_rolling_knows_what_is_paid_after_its_first_day(found, ledger):
    """Payments after the sixth day of forecast moved about change later forecasts, not one of the weeks and books foretold up to then."""
    seen, weeks = found.split + np.timedelta64(35, "D"), 6
    later = ledger.paid > seen
    moved = np.where(later & (np.arange(len(ledger)) % 3 == 0), ledger.paid + np.timedelta64(9, "D"), ledger.paid)
    other = backtest(replace(ledger, paid=np.minimum(moved, ledger.paid.max())), "2019-06-28", months=3).rolling
    ends = sum(end <= seen + np.timedelta64(7, "D") for end in found.month_ends)
    assert ends == 2
    np.testing.assert_array_equal(other.bands[:, :, :weeks], found.rolling.bands[:, :, :weeks])
    for name, told in found.rolling.methods.items():
        np.testing.assert_array_equal(other.methods[name].cash[:weeks], told.cash[:weeks])
        for column in ("dso", "overdue", "ageing"):
            np.testing.assert_array_equal(getattr(other.methods[name], column)[:ends], getattr(told, column)[:ends])
        assert not np.array_equal(other.methods[name].cash[weeks:], told.cash[weeks:])


def test_the_rolling_book_knows_what_was_paid_before_its_week(found, ledger):
    """No more can be foretold open at a month-end than was open on the last day before its week, and what was issued since."""
    one = np.timedelta64(1, "D")
    for place, end in enumerate(found.month_ends):
        today = found.split + ((end - found.split).astype(int) - 1) // 7 * 7 * one
        there = (ledger.issued <= end) & (ledger.paid > today)
        sales = ledger.amount[(ledger.issued <= end) & (ledger.issued > end - 90 * one)].sum()
        most = 90 * ledger.amount[there].sum() / sales
        assert 0.5 * most < found.rolling.methods["model"].dso[place] <= most
        assert 1 <= (end - today).astype(int) <= 7


def test_a_closed_file_has_no_book_on_its_last_day():
    """Nine weeks from 29 April to Sunday, 30 June; by then all that such a file holds is paid."""
    first = np.datetime64("2019-04-01")
    assert scored.span_of(first, 27, 90, 3, closed_only=False).month_ends == (29, 60, 90)
    assert scored.span_of(first, 27, 90, 3, closed_only=True).month_ends == (29, 60)
    assert scored.span_of(first, 27, 91, 3, closed_only=True).month_ends == (29, 60, 90)


def test_intervals_learn_how_wide_they_must_be():
    """Courses that say half of how far weeks stray: the intervals still come to hold 80 %."""
    rng, width, held = np.random.default_rng(1), Width(), []
    for came in 1000 + 20 * rng.standard_normal(400):
        path = 1000 + 10 * rng.standard_normal((1, 500))
        low, high = bands(path, width.factor)[1, :, 0]
        held.append(low <= came <= high)
        far = distance(path, np.array([came]))[0]
        assert held[-1] == (abs(far) <= NORMAL * width.factor)
        width = width.after(far)
    assert np.mean(held) == pytest.approx(0.8, abs=0.01)
    assert width.factor == pytest.approx(2.0, abs=0.7)


def test_pace_is_found_again():
    """Of a hundred due today half were foretold for tomorrow, all came: nearly twice as fast there, unknown elsewhere."""
    n = 1000
    book = Invoices(np.zeros(n, int), np.zeros(n, int), np.full(n, 10), np.full(n, 11), np.full(n, 1), np.zeros(n, bool), 40)
    told = Forecast(np.arange(n), np.full(n, 11), np.tile(np.repeat([0.5, 1.0], (7, 3)), (n, 1)).astype(np.float32))
    pace = unknown().after(told, book, 10)
    assert pace.factor == pytest.approx([1, 1, 1, (n + PRIOR) / (n / 2 + PRIOR), 1, 1])
    curves = replace(fitted(), segment=np.ones((12, HIGH - LOW + 1)))
    ahead = pace.applied(curves).segment[0]
    assert ahead[1 - LOW] == pytest.approx(pace.factor[3]) and ahead[-LOW] == 1 and ahead[20 - LOW] == 1


def fitted():
    book = _book(distributor(3, customers=8, invoices=400, days=200))
    return fit_curves(book, 8, np.zeros(900, bool), 2, np.full(8, 127))


def test_a_steady_rate_is_found_however_fast_the_past_fades():
    """What is still open is watched as long ago as what was paid: its days weigh by their own date."""
    rng, n = np.random.default_rng(1), 40_000
    issued = np.sort(rng.integers(0, 300, n))
    paid = issued + 1 + np.floor(rng.exponential(1 / 0.05, n)).astype(int)
    book = Invoices(np.zeros(n, int), issued, issued + 30, np.where(paid <= 300, paid, -1), np.full(n, 1), np.zeros(n, bool), 300)
    for half in (10.0, 40.0, 1e6):
        seen = watch(book, book.due, np.zeros(n, int), 1, np.zeros(400, bool), 0, np.array([127]), half, LOW, HIGH)
        cells = seen.cells(np.ones(seen.age.shape))
        middle = slice(-25 - LOW, 30 - LOW)
        assert cells.paid[0, middle].sum() / cells.exposed[0, middle].sum() == pytest.approx(0.05, rel=0.04)


def test_the_same_twice(found, ledger):
    again = backtest(ledger, "2019-06-28", months=3)
    np.testing.assert_array_equal(again.rolling.bands, found.rolling.bands)


def test_a_whole_distributor_is_foretold_near_enough():
    """Five months learnt, four foretold, paid invoices only, cut off at the year's end: every check of the rolling view holds.

    One such ledger of many: docs/estimation tells on how many of them it does.
    """
    ledger = distributor(51, invoices=20_000, days=275, start=date(2019, 4, 1), cut=date(2019, 12, 31))
    view = backtest(ledger, "2019-08-31").rolling
    assert not [check for check in checks(view) if not check.passed]
    assert len(view.truth.dso) == 3 and len(view.truth.cash) == 17


def test_bands_lie_inside_each_other(found):
    for view in (found.rolling, found.at_once):
        (l50, h50), (l80, h80), (l95, h95) = view.bands
        assert (l95 <= l80).all() and (l80 <= l50).all() and (l50 <= h50).all() and (h50 <= h80).all() and (h80 <= h95).all()


def test_thin_is_refused(ledger):
    for day in ("2019-01-10", "2019-11-20", "2031-01-01", "2001-01-01"):
        with pytest.raises(BadInput, match="too thin"):
            backtest(ledger, day)


def _book(ledger):
    return invoices(ledger, {name: place for place, name in enumerate(sorted(set(ledger.customer)))})


def test_what_is_foretold_lasts_beyond_today_and_never_falls(ledger):
    book, weekday = _book(ledger), ledger.issued.min().item().weekday()
    then = known(book, 150)
    rest = (np.arange(800) + weekday) % 7 >= 5
    curves = fit_curves(then, 60, rest, weekday, run_days(then, weekday, 60))
    which = np.flatnonzero((book.issued <= 200) & ((book.paid < 0) | (book.paid > 150)))
    told = foretell(curves, book, which, 150, 200)
    assert (told.start > 150).all() and (told.start >= book.issued[which]).all()
    steps = np.diff(told.chance, axis=1, prepend=0)
    assert steps.min() > -1e-6 and told.chance.max() <= 1
    on_rest = rest[told.start[:, None] + np.arange(200)]
    assert np.abs(steps[on_rest]).max() < 1e-6
    day = drawn(told, np.tile(np.linspace(0.01, 0.99, 50), (len(which), 1)))
    assert (np.diff(day, axis=1) >= 0).all() and (day >= told.start[:, None]).all()


def test_quantiles_by_hand():
    told = Forecast(np.array([0]), np.array([10]), np.array([[0.2, 0.2, 0.7, 1.0]], np.float32))
    assert drawn(told, np.array([[0.1, 0.3, 0.69, 0.9]])).tolist() == [[10, 12, 12, 13]]
    assert within(told.chance, np.array([2]))[0] == pytest.approx([2 / 7, 2 / 7, 1, 1])


def test_own_history_is_resampled():
    """Three payments 0, 2 and 4 days late: a third each; an invoice open a day past due has only the last two before it."""
    n = 4
    book = Invoices(np.zeros(n, int), np.arange(n), np.arange(n) + 10, np.array([10, 13, 16, -1]), np.full(n, 100), np.zeros(n, bool), 14)
    table, row = baselines.tables(book, 1)["own"]
    told = baselines.foretell(table, row[[3]], book, np.array([3]), 14, 4, np.zeros(100, bool))
    assert told.chance[0] == pytest.approx([0.5, 0.5, 1, 1], abs=1e-6)  # days 15 … 18 are 2, 3, 4, 5 days late


def test_history_is_put_off_over_rest_days_or_paid_before_them():
    """Paid on the due date, a Sunday: as a baseline on Monday, evenly half on Friday and half on Monday."""
    n, rest = 4, np.arange(100) % 7 >= 5
    book = Invoices(np.zeros(n, int), np.array([0, 1, 2, 24]), np.array([10, 11, 12, 34]), np.array([10, 11, 12, -1]), np.full(n, 100),
                    np.zeros(n, bool), 25)  # fmt: skip
    table, row = baselines.tables(book, 1)["own"]
    told = [baselines.foretell(table, row[[3]], book, np.array([3]), 25, 12, rest, even=even).chance[0, 5:10] for even in (False, True)]
    assert told[0] == pytest.approx([0, 0, 0, 0, 1], abs=1e-6)  # days 31 … 35: Thursday to Monday
    assert told[1] == pytest.approx([0, 0.5, 0.5, 0.5, 1], abs=1e-6)


def test_smoothing_of_a_step():
    level, error, alpha = baselines.smoothing(np.array([1.0] * 6 + [9.0] * 6))
    assert level == pytest.approx(9.0, abs=0.5) and alpha > 0.5 and error > 0


def test_cash_and_courses_agree(found, ledger):
    told = Forecast(np.array([0, 1]), np.array([5, 6]), np.array([[0.5, 1, 1, 1], [0, 0, 0.5, 1]], np.float32))
    book = Invoices(np.zeros(2, int), np.array([5, 6]), np.array([5, 6]), np.array([5, 9]), np.array([100, 300]), np.zeros(2, bool), 50)
    span = Span(1, 14, ())
    assert scored.cash(told, book, span).tolist() == [100.0, 300.0]
    assert scored.paths(drawn(told, np.array([[0.2, 0.7], [0.2, 0.7]])), book.amount, span).tolist() == [[100, 100], [300, 300]]
    curve = scored.observed_lateness(book, np.array([0, 1]))
    assert scored.quantile(curve, 0.5) == 0 and scored.quantile(curve, 0.9) == 3 and curve[-LOW] == 0.5 and len(curve) == HIGH - LOW + 1


def test_moods_are_found_again():
    rng = np.random.default_rng(1)
    customer, week = np.repeat(np.arange(80), 60), np.tile(np.repeat(np.arange(20), 3), 80)
    mood = np.zeros((80, 20))
    mood[:, 0] = rng.standard_normal(80)
    for step in range(1, 20):
        mood[:, step] = 0.7 * mood[:, step - 1] + np.sqrt(1 - 0.49) * rng.standard_normal(80)
    score = np.sqrt(0.4) * mood[customer, week] + np.sqrt(0.6) * rng.standard_normal(len(customer))
    told = moods(score, customer, week * 7)
    assert told.together == pytest.approx(0.4, abs=0.06) and told.lasting == pytest.approx(0.7, abs=0.1) and abs(told.common) < 0.05


def test_courses_share_the_customers_mood():
    book = Invoices(np.array([0, 0, 1]), np.array([3, 3, 3]), np.full(3, 9), np.full(3, -1), np.full(3, 1), np.zeros(3, bool), 9)
    dealt = courses(moods(np.zeros(1), np.zeros(1, int), np.zeros(1, int)), 2, 0, 20, 4000, 1)
    luck = dealt.luck(book, np.arange(3))
    together = np.corrcoef(luck)
    assert together[0, 1] == pytest.approx(0.29, abs=0.05) and abs(together[0, 2]) < 0.05
    np.testing.assert_array_equal(luck, dealt.luck(book, np.arange(3)))


def test_the_calendar_is_what_payments_keep(ledger):
    assert payment_calendar(ledger) == "weekdays"
    daily = replace(ledger, paid=ledger.issued + (np.arange(len(ledger)) % 50).astype("timedelta64[D]"))
    assert payment_calendar(daily) == "every day"


def test_a_made_up_ledger_is_recognised(ledger):
    book, rng = _book(ledger), np.random.default_rng(1)
    made = replace(
        book, paid=book.issued + rng.integers(0, 60, len(book.issued)), amount=rng.normal(6000, 900, len(book.issued)).astype(int)
    )
    assert signs(made, 0) == ("weekdays", "amounts") and signs(book, 2) == ()


def test_report_in_both_languages(found):
    for language in words.LANGUAGES:
        with words.speaking(language):
            told = report.text(found)
        assert (
            str(found.split) in told
            and ("segment's average" in told) == (language == "en")
            and ("同类客户平均" in told) == (language == "zh")
        )
    told = json.loads(json.dumps(report.as_dict(found)))
    assert told["rolling"]["checks"].keys() == {check.key for check in checks(found.rolling)}
    assert set(told["uses"].values()) <= {"yes", "care", "no"}


def test_the_verdict_follows_the_checks(found):
    perfect = replace(found.rolling, methods={**found.rolling.methods, "model": found.rolling.truth})
    came = found.rolling.truth.cash
    inside = np.where(np.arange(len(came)) < 0.8 * len(came), 1.0, 1.5)
    perfect = replace(perfect, bands=np.stack([np.stack([came * inside, came * 2])] * 3))
    best = replace(found, rolling=perfect, at_once=perfect)
    assert set(uses(best).values()) == {"yes"}
    bad = replace(
        found.rolling, methods={**found.rolling.methods, "model": replace(found.rolling.truth, dso=came[: len(found.month_ends)])}
    )
    assert uses(replace(best, rolling=bad, at_once=bad))["book"] != "yes"


def test_command(tmp_path, ledger, capsys):
    path = tmp_path / "book.csv"
    write_ledger(ledger, path)
    assert cli.main(["backtest", str(path), "--split", "2019-08-30", "--months", "2", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["closed_only"] is True
    assert cli.main(["backtest", str(path), "--split", "yesterday"]) == cli.BAD_INPUT
    assert "not a date" in capsys.readouterr().err
