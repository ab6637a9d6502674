"""Pictures of comparisons: any comparison is drawn, in both languages, without a box in place of a character."""

from datetime import date

import matplotlib.pyplot as plt
import numpy as np
import pytest

from arsim.domain.policies import read_policy
from arsim.report import plots
from arsim.report.plots import HEIGHT, WIDTH, band, picture
from arsim.study.comparison import Comparison, Replication

START = date(2025, 1, 1)


def series(weeks=52, cash=10**9, **changes):
    day = 7 * np.arange(1, weeks + 1) - 1
    level = np.full(weeks, cash)
    return {"day": day, "cash": level, "overdue_share": np.full(weeks, 0.15), "ar": level, "cost": day * 1000.0} | changes


def comparison(names=("do_nothing", "baseline"), count=3, **changes):
    replications = tuple(Replication(n, {}, {name: series(**changes) for name in names}) for n in range(count))
    return Comparison(tuple(read_policy(name) for name in names), replications, 10, 365, 1)


def size(png):
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    return int.from_bytes(png[16:20]), int.from_bytes(png[20:24])


def texts(monkeypatch, *arguments):
    """What stands in the picture: the figure is caught before it becomes bytes."""
    caught = []
    monkeypatch.setattr(plots, "_png", lambda figure: caught.append(figure) or b"")
    picture(*arguments)
    (figure,) = caught
    found = [axis.get_title(loc="left") for axis in figure.axes] + [text.get_text() for text in figure.texts]
    return found + [text.get_text() for legend in figure.legends for text in legend.get_texts()]


@pytest.mark.parametrize("count", [1, 2, 40])
def test_the_size_never_changes(language, count):
    assert size(picture(comparison(count=count), START, "A")) == (WIDTH * 1.5, HEIGHT * 1.5)


@pytest.mark.parametrize(
    "changes",
    [
        {"weeks": 0},
        {"weeks": 1},
        {"weeks": 500},
        {"cash": 0, "cost": np.zeros(52)},
        {"cash": 10**15},
        {"overdue_share": np.full(52, np.nan)},  # nothing was ever open
        {"overdue_share": np.where(np.arange(52) < 3, np.nan, 1.0)},
    ],
    ids=["no week", "a week", "ten years", "nothing", "huge", "no book", "no book at first"],
)
@pytest.mark.parametrize("start", [START, None])
def test_anything_can_be_drawn(language, changes, start):
    assert size(picture(comparison(**changes), start))


def test_several_policies(monkeypatch):
    names = ("baseline", "do_nothing", "oca_3_time", "source_three_stage")
    assert size(picture(comparison(names)))
    found = texts(monkeypatch, comparison(names))
    assert {read_policy(name).called("en") for name in names} < set(found)


def test_units_and_bands_are_said(monkeypatch, language):
    found = " ".join(texts(monkeypatch, comparison(), START, "A"))
    assert ("CNY thousand" if language == "en" else "万元") in found
    assert ("mean of 3 replications" if language == "en" else "3 次重复的平均") in found
    assert "10" in found and "90" in found


def test_small_money_is_not_shown_in_thousands(monkeypatch):
    assert "Cash a week (CNY)" in texts(monkeypatch, comparison(cash=50_000_00), START)


def test_no_bands_are_claimed_for_one_replication(monkeypatch):
    assert any("no bands yet" in text for text in texts(monkeypatch, comparison(count=1), START))


def test_the_band_is_that_of_the_replications():
    runs = np.arange(11.0)[:, None]
    assert [float(line[0]) for line in band(runs)] == [5, 1, 9]


def test_no_figure_is_left_behind():
    picture(comparison(), START)
    assert not plt.get_fignums()
