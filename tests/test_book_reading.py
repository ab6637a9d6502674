"""Reading a book: figures of a ledger worked out by hand, the many overdue shares, concentration, watch-list, old debts, waiting."""

import json
from datetime import date, timedelta

import numpy as np
import pytest

from arsim import cli
from arsim.domain.ledger import Ledger, write_ledger
from arsim.domain.problem import BadInput
from arsim.domain.reading import read_ledger
from arsim.report import book_ageing, book_concentration, book_groups, book_kpis, book_loss, book_plots, book_watch, words
from arsim.report.calc.waiting import waiting
from arsim.study.company import demo_ledger
from arsim.study.concentration import balances, parts
from arsim.study.groups import Groups
from arsim.study.ledger_figures import figures
from arsim.study.overdue_shares import ages, overdue_shares
from arsim.study.watch_list import Rules, watch_list
from arsim.workbook.course.book_room import BookRoom, month_ends

LAST = date(2025, 3, 31)


@pytest.fixture(autouse=True)
def own_language(monkeypatch):
    monkeypatch.setattr(words, "_current", None)


@pytest.fixture(scope="module")
def demo():
    return read_ledger(demo_ledger())


def made(*rows):
    """A ledger of rows (customer, issued, due, paid or None, yuan, disputed), days before `LAST`."""
    day = lambda before: np.datetime64("NaT", "D") if before is None else np.datetime64(LAST - timedelta(before))  # noqa: E731
    columns = list(zip(*rows, strict=True))
    return Ledger(
        tuple(str(number) for number in range(len(rows))), columns[0], *(np.array([day(one) for one in columns[at]]) for at in (1, 2)),
        np.array(columns[4]) * 100, np.array([day(one) for one in columns[3]]), np.array(columns[5], bool), has_disputes=True,
        known_until=LAST,
    )  # fmt: skip


BOOK = made(
    ("A", 80, 50, 40, 1000, False),  # paid ten days late
    ("A", 60, 30, 30, 3000, False),  # paid on its due date
    ("B", 70, 40, None, 500, True),  # 40 days past due
    ("B", 20, -10, None, 1500, False),
    ("C", 29, 0, None, 2000, False),  # due on the last day: not late yet
)  # fmt: skip


def test_figures_by_hand():
    found = figures(BOOK, days=90)
    assert (found.begin, found.sales, found.end, found.current) == (0, 800000, 400000, 350000)
    assert found.dso == pytest.approx(4000 / 8000 * 90) and found.bpdso == pytest.approx(3500 / 8000 * 90)
    assert found.add == pytest.approx(found.dso - found.bpdso) and found.overdue_share == pytest.approx(500 / 4000)
    assert found.cei == pytest.approx(100 * 4000 / 4500)
    assert found.days_to_pay == pytest.approx((1000 * 40 + 3000 * 30) / 4000)
    assert found.late == pytest.approx(1500 / 4500)  # 1000 late, 500 still open, 3000 on time; the rest is not due before the last day
    assert np.isnan(found.recovered)  # nothing was overdue before


def test_recovered_counts_only_what_was_overdue_before():
    found = figures(BOOK, days=45)  # begins 45 days before: A's first invoice is overdue then, and is paid 40 days before
    assert found.recovered == 1.0


def test_a_figure_never_looks_past_its_day(demo):
    day = date(2024, 9, 30)
    assert figures(demo, day) == figures(demo.known_on(day), day)
    assert overdue_shares(demo, day) == overdue_shares(demo.known_on(day), day)
    assert watch_list(demo.known_on(day), day) == watch_list(demo, day)


def test_one_book_has_many_overdue_shares():
    found = overdue_shares(BOOK)
    assert (
        found["amount"] == pytest.approx(1 / 8) and found["invoices"] == pytest.approx(1 / 3) and found["customers"] == pytest.approx(1 / 2)
    )
    assert found["issued_30"] == pytest.approx(1 / 8) and found["past_30"] == pytest.approx(1 / 8) and found["past_90"] == 0
    assert found["before"] == 1  # 30 days earlier B's first invoice is all that is open


@pytest.mark.parametrize("since", ["due", "issue"])
def test_ages_add_up_to_the_open_balance(demo, since):
    fen, invoices = ages(demo, since=since)
    assert fen.sum() == demo.amount[demo.open].sum() and invoices.sum() == demo.open.sum()
    rows = book_ageing.ageing(demo, since=since)
    assert len(rows) == len(fen) + 2 and rows[-1][1] == f"{demo.open.sum():,}"


def test_ageing_says_what_it_counts_from(demo):
    heads = {since: book_ageing.ageing(demo, since=since)[0][0] for since in ("due", "issue")}
    assert "due" in heads["due"] and "invoice" in heads["issue"]


def test_parts_add_up_and_come_largest_first(demo):
    for by in book_groups.BY:
        found = parts(demo, book_groups.demo_groups(demo, by))
        assert sum(part.open for part in found) == demo.amount[demo.open].sum()
        assert [part.open for part in found] == sorted((part.open for part in found), reverse=True)
        assert all(part.over_90 <= part.overdue <= part.open for part in found)
        assert len(book_concentration.groups(found)) == len(found) + 1
    assert sum(balances(demo).values()) == demo.amount[demo.open].sum()


def test_a_group_without_invoices_is_left_out():
    found = parts(BOOK, Groups(("none", "some"), np.ones(len(BOOK), int)))
    assert [part.name for part in found] == ["some"] and found[0].disputed == pytest.approx(1 / 5)


def test_what_the_customer_file_does_not_know_is_refused(demo):
    with pytest.raises(BadInput, match="region"):
        book_groups.demo_groups(demo, "region")
    with pytest.raises(BadInput, match="not in the demo"):
        book_groups.demo_groups(BOOK, "industry")


def test_watch_list_gives_its_reasons():
    rules = Rules(old_days=30, least=1, smallest=0, disputed=0.4)
    (one,) = watch_list(BOOK, rules=rules)
    assert one.customer == "B" and one.reasons == ("old", "disputed") and one.oldest == 40
    assert watch_list(BOOK, rules=Rules(least=1)) == []
    slow = made(*(("A", 200 - n, 170 - n, 170 - n, 100, False) for n in range(5)),
                *(("A", 100 - n, 70 - n, 50 - n, 100, False) for n in range(5)), ("A", 30, 0, None, 50000, False))  # fmt: skip
    (one,) = watch_list(slow)
    assert one.reasons == ("slower",) and one.slower == pytest.approx(20)
    assert book_watch.watched([one])[1][-1]


def test_old_debts_grow_worse_with_age():
    losses = [book_loss.survey_loss(days) for days in range(60, 900, 30)]
    assert all(low <= high for low, high in losses)
    highs = [high for _, high in losses]
    assert highs == sorted(highs) and highs[-1] == pytest.approx(1 - 0.09)
    assert all(sorted(ages.values()) == [ages[age] for age in sorted(ages)] for ages in book_loss.surveys().values())


def test_old_debts_add_up(demo):
    rows = book_loss.old(demo)
    held = [int(row[1].replace(",", "")) for row in rows[1:]]
    assert abs(sum(held[:-1]) - held[-1]) <= 1
    assert book_loss.older_share(demo, 90) == 1 and abs(book_loss.older_share(demo, 180) - (held[1] + held[2]) / held[3]) < 1e-3


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_pictures_are_drawn(demo, language):
    words.use(language)
    found = parts(demo, book_groups.demo_groups(demo, "industry"))
    for png in (book_plots.concentration(demo, found), book_loss.spread(demo).picture()):
        assert png.startswith(b"\x89PNG") and len(png) < 100_000


def test_the_spread_is_wider_where_customers_end_as_a_whole(demo):
    found = book_loss.spread(demo)
    assert found.each.mean == pytest.approx(found.whole.mean) and found.times > 1
    assert 0 < found.aside < found.each.total == found.whole.total


def test_a_sheet_has_a_column_a_period(demo):
    rows = book_kpis.sheet(demo, date(2024, 9, 30), date(2024, 12, 31))
    assert rows[0][1:] == ["2024-09-30", "2024-12-31"] and {len(row) for row in rows} == {3}
    shares = [float(row[1].rstrip(" %")) for row in book_kpis.overdue(demo)[1:]]
    assert shares == sorted(shares)


def test_the_reading_room_answers_what_is_chosen(demo):
    room = BookRoom(demo)
    assert room.share == pytest.approx(overdue_shares(demo)["amount"])
    room.counted.value = "invoices"
    assert room.share == pytest.approx(overdue_shares(demo)["invoices"])
    room.counted.value, room.since.value, room.limit.value = "amounts", "issue", 30
    assert room.share == pytest.approx(overdue_shares(demo)["issued_30"])
    room.day.value = room.day.options[0][1]
    assert room.share == pytest.approx(overdue_shares(demo, room.day.value)["issued_30"])
    assert month_ends(demo)[-1] == demo.as_of and month_ends(demo) == sorted(set(month_ends(demo)))


def test_waiting_by_hand():
    answer = waiting(100_000_00, 73, 0.05, 0.25)
    assert answer.results["carrying"] == pytest.approx(1_000_00)
    assert answer.results["present"] == pytest.approx(100_000_00 / 1.05**0.2)
    assert answer.results["sales_for_waiting"] == pytest.approx(4_000_00) and answer.results["sales_for_loss"] == pytest.approx(400_000_00)
    assert "1,000" in answer.text()


def test_commands(capsys, tmp_path):
    assert cli.main(["calc", "waiting", "100,000", "--days", "73", "--rate", "5%", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["results"]["carrying"] == pytest.approx(1_000_00)
    assert cli.main(["ledger", "book", str(demo_ledger()), "--lang", "zh"]) == 0
    assert "需要关注" in capsys.readouterr().out
    words.use("en")
    path = tmp_path / "book.csv"
    write_ledger(BOOK, path)
    lines = path.read_text("utf-8-sig").splitlines()
    path.write_text("\n".join([lines[0] + ",Region"] + [line + (",North" if ",B," in line else ",South") for line in lines[1:]]), "utf-8")
    assert cli.main(["ledger", "book", str(path), "--by", "Region"]) == 0
    assert "North" in capsys.readouterr().out
    assert cli.main(["ledger", "book", str(path), "--by", "Colour"]) == 2
    assert "Region" in capsys.readouterr().err
    assert cli.main(["ledger", "book", str(path), "--day", "2030-01-01"]) == 2
