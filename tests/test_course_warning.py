"""The rooms on early warning: the sorting game, where to draw the line, one customer under two policies."""

import numpy as np
import pytest

from arsim.model.liquidity import DISTRESSED, INSOLVENT
from arsim.report import words
from arsim.report.warning_plot import one_customer, trade_off
from arsim.workbook.course import customer_file, warning_sweep
from arsim.workbook.course.sorting import Sorting
from arsim.workbook.course.stakes import Stakes, judged
from arsim.workbook.course.two_paths import DAYS, TwoPaths
from arsim.workbook.course.watch_list import NAMES, watch_list


@pytest.fixture(params=words.LANGUAGES)
def language(request):
    with words.speaking(request.param):
        yield request.param


@pytest.mark.parametrize("draw", range(4))
def test_ten_customers_some_in_trouble_some_not(draw):
    found = watch_list(draw)
    troubled = sum(one.troubled for one in found.customers)
    assert "".join(one.name for one in found.customers) == NAMES
    assert 2 <= troubled <= 4 and troubled / 10 > found.share  # picked to be instructive, and said so by the share
    assert all(one.balance > 0 and one.day >= 0 and 0 <= one.level <= 3 for one in found.customers)
    assert all(one.day == 0 or one.fate > 0 for one in found.customers)


def test_the_same_draw_shows_the_same_ten_and_another_draw_others():
    one, again, other = watch_list(1), watch_list(1), watch_list(2)
    assert [(x.balance, x.fate, x.current) for x in one.customers] == [(x.balance, x.fate, x.current) for x in again.customers]
    assert [x.balance for x in one.customers] != [x.balance for x in other.customers]


def test_knowing_all_costs_least_and_marks_add_up():
    found, stakes = watch_list(2), Stakes()
    best = tuple(stakes.best(one, found.margin) for one in found.customers)
    least = judged(found.customers, best, found.margin, stakes)
    for level in range(4):
        flat = judged(found.customers, (level,) * 10, found.margin, stakes)
        assert flat.cost >= least.cost
        assert (flat.hits, flat.false) == ((flat.troubled, flat.sound) if level >= 2 else (0, 0))


def test_acting_costs_on_the_sound_and_saves_on_the_failing():
    stakes, everyone = Stakes(), [one for draw in range(6) for one in watch_list(draw).customers]
    sound = next(one for one in everyone if one.fate < DISTRESSED and one.purchases)
    failing = next(one for one in everyone if one.fate == INSOLVENT)
    assert 0 == stakes.cost(sound, 0, 0.2) < stakes.cost(sound, 1, 0.2) < stakes.cost(sound, 2, 0.2) < stakes.cost(sound, 3, 0.2)
    assert stakes.cost(failing, 3, 0.2) < stakes.cost(failing, 0, 0.2)


def test_the_game_waits_for_all_ten_then_tells(language):
    game = Sorting(draw=2)
    game.reveal()
    assert words.say("Sort all ten first.") in game.said.value
    for choice in game.choice.values():
        choice.value = 3
    game.reveal()
    all_red = judged(game.list.customers, (3,) * 10, game.list.margin, game.stakes)
    assert game.told((3,) * 10)[0] in game.said.value and all_red.hits == all_red.troubled
    assert len(game.outcome(game.by_rule)) == 11 and len(game.rows()[0]) == len(game.rows()[1])


def test_what_can_be_seen_does_not_give_the_fate_away():
    game = Sorting(draw=2)
    shown = {cell for row in game.rows() for cell in row}
    assert not shown & {row[3] for row in game.outcome(game.by_rule)[1:]}


def test_a_higher_line_names_fewer_and_never_hits_more():
    lines = warning_sweep.sweep(replications=2)
    assert [one.line for one in lines] == list(warning_sweep.LINES)
    assert all(a.warned >= b.warned and a.hit >= b.hit for a, b in zip(lines, lines[1:], strict=False))
    mute = warning_sweep.sweep(1, ratio_points=0, overdue_points=0, slowing_points=0, growth_points=0, promise_points=0)
    assert all(one.warned == 0 and one.hit == 0 and one.precision != one.precision for one in mute)


@pytest.fixture(scope="module")
def story():
    return customer_file.CustomerFile(replication=5, customer=31)


def test_the_story_of_the_case_still_holds(story):
    """Long warned of, hardly overdue, much unpaid in the end, and less of it with warnings acted on: its prose rests on that."""
    path = story.unheeded
    assert story.failed - story.warned_day > 180 and story.failed < DAYS
    assert (path.level[120:210] >= 2).all() and path.level[:120].max() == 3
    ends = np.arange(29, story.failed, 30)  # as the file shows it
    assert (path.overdue[ends] < 0.01 * path.balance[ends]).all()
    assert path.loss > 0.5 * path.balance[story.failed] > 0
    assert story.heeded.loss < 0.2 * path.loss
    assert story.heeded.lost_orders * story.year.margin < path.loss - story.heeded.loss
    assert story.date(story.failed)[5:7] == "09"


def test_both_paths_met_the_same_orders_and_the_same_end(story):
    demand = [path.delivered + path.lost_orders for path in (story.unheeded, story.heeded)]
    assert demand[0] == demand[1]
    assert story.unheeded.balance[0] == story.heeded.balance[0]
    assert story.year.losses("unheeded")[31] == story.unheeded.loss
    assert story.year.losses("heeded")[31] == story.heeded.loss


def test_the_file_shows_nothing_from_after_its_day(story, capsys, monkeypatch):
    shown = []
    monkeypatch.setattr(customer_file, "show_table", shown.append)
    story.statements(until=120)
    story.months(until=120)
    story.warnings(until=120)
    last = story.date(120)
    assert all(row[0] <= last for rows in shown for row in rows[1:])
    story.months()
    assert len(shown[-1]) > len(shown[1])


def test_its_tables_and_pictures_are_made_in_both_languages(story, language, monkeypatch):
    shown = []
    monkeypatch.setattr(customer_file, "show_table", shown.append)
    story.facts()
    story.invoices()
    story.ends()
    customer_file.everybody(replications=2)
    assert all(len(row) == len(rows[0]) for rows in shown for row in rows)
    days, level = np.arange(30), np.repeat([0, 1, 2, 3, 0, 0], 5)
    assert one_customer(days, [days * 100, days * 50], ["A", "B"], level, 20)[:4] == b"\x89PNG"
    assert trade_off([10, 20], [0.5, 0.2], [0.1, np.nan])[:4] == b"\x89PNG"


def test_acting_cannot_move_who_fails():
    year = TwoPaths(0)
    assert len(year.failed) and (year.seen["unheeded"].fails == year.seen["heeded"].fails).all()
