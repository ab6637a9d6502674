"""Numbers under a panel do not run into each other, however large they are."""

import matplotlib.figure
import pytest

from arsim.report import intervals
from arsim.report.intervals import Bar, Panel


@pytest.mark.parametrize("size", [1.0, 150_000.0, 150_000_000.0])
def test_numbers_under_narrow_panels_stay_apart(monkeypatch, size):
    drawn = []
    save = matplotlib.figure.Figure.savefig
    monkeypatch.setattr(matplotlib.figure.Figure, "savefig", lambda self, *given, **more: (drawn.append(self), save(self, *given, **more)))
    bars = (Bar(-0.5 * size, -size, -0.1 * size), Bar(-0.2 * size, -0.4 * size, 0.1 * size))
    intervals.picture(["slowest third of payers", "all"], [Panel("value", "CNY", bars)] * 3)
    for axis in drawn[0].axes:
        low, high = axis.get_xlim()
        shown = [label for at, label in zip(axis.get_xticks(), axis.get_xticklabels(), strict=True) if low <= at <= high]
        boxes = [label.get_window_extent() for label in shown]
        assert boxes and all(one.x1 < other.x0 for one, other in zip(boxes, boxes[1:], strict=False))
