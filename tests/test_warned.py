"""An early warning scored on a journal: levels stand until they change, failures are distress and insolvency after day 0."""

import pytest
from made_journals import line, made

from arsim.engine.journal import Kind
from arsim.model.liquidity import DISTRESSED, INSOLVENT, SOUND, TIGHT
from arsim.study.warned import warning_score

YELLOW, RED = 2, 3


def scored(*lines, days=300, customers=5, **settings):
    return warning_score(made([*lines], days, customers=customers), **settings)


def test_a_standing_level_announces_what_comes_while_it_stands():
    # Customer 0 turns yellow on day 10 and stays so; on day 200 it is distressed: warned all the 90 days before.
    found = scored(line(10, Kind.WARNING, 0, -1, 0, YELLOW, 0), line(200, Kind.LIQUIDITY, 0, -1, 0, DISTRESSED, TIGHT))
    assert (found.failures, found.hits) == (1, 1)
    assert 83 <= found.lead_median <= 90
    # Lifted on day 60, it announces nothing.
    lifted = scored(
        line(10, Kind.WARNING, 0, -1, 0, YELLOW, 0), line(60, Kind.WARNING, 0, -1, 0, 0, YELLOW),
        line(200, Kind.LIQUIDITY, 0, -1, 0, DISTRESSED, TIGHT),
    )  # fmt: skip
    assert (lifted.failures, lifted.hits, lifted.false_alarms) == (1, 0, 1)


def test_blue_is_no_alarm_unless_asked():
    lines = line(100, Kind.WARNING, 1, -1, 0, 1, 0), line(120, Kind.LIQUIDITY, 1, -1, 0, DISTRESSED, TIGHT)
    assert scored(*lines).hits == 0 and scored(*lines, level=1).hits == 1


@pytest.mark.parametrize(
    ("row", "counts"),
    [
        (line(0, Kind.LIQUIDITY, 2, -1, 0, DISTRESSED, SOUND), 0),  # so when the run began
        (line(50, Kind.LIQUIDITY, 2, -1, 0, TIGHT, DISTRESSED), 0),  # recovering
        (line(50, Kind.LIQUIDITY, 2, -1, 0, TIGHT, SOUND), 0),
        (line(50, Kind.LIQUIDITY, 2, -1, 0, INSOLVENT, DISTRESSED), 1),
        (line(400, Kind.LIQUIDITY, 2, -1, 0, DISTRESSED, TIGHT), 0),  # after the end
    ],
)
def test_what_counts_as_trouble(row, counts):
    assert scored(row).failures == counts
