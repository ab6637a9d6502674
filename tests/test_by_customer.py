"""One figure for each customer adds up to the company's."""

import numpy as np
import pytest

from arsim.domain.policies import read_policy
from arsim.model.behaviour import Behaviour
from arsim.model.scenario import BASE
from arsim.study.book import OPEN, Book
from arsim.study.by_customer import open_days, overdue_shares, spread_of
from arsim.study.company import Company
from arsim.study.compare import dealt, play, prices
from arsim.study.outcome import overdue_share
from arsim.study.window import window


def pieces(*rows):
    """Customer, amount, issued, due, cleared."""
    customer, amount, issue, due, close = (np.array(column) for column in zip(*rows, strict=True))
    no = np.zeros(len(rows), bool)
    return Book(np.arange(len(rows)), customer, amount, issue, due, np.maximum(issue, -1), close, ~no, no, no)


def test_days_counted_on_the_fingers():
    book = pieces((0, 100, 2, 5, 8), (0, 100, -20, -5, OPEN), (2, 7, 9, 12, 10))
    stood, late = open_days(book, 3, 0, 9)
    # the first stands at the ends of days 2 … 7 and is late at those of 6 and 7; the second is late on all ten; the third stands on day 9
    assert stood.tolist() == [600 + 1000, 0, 7] and late.tolist() == [200 + 1000, 0, 0]
    assert np.isnan(overdue_shares(book, 3, 0, 9)[1])


def test_weighted_by_what_they_owe_customers_make_up_the_companys_share():
    company, behaviour = Company.demo(), Behaviour.default()
    world = dealt(0, company, 60, 1, behaviour, BASE)
    journal = play(world, [read_policy("baseline")], company, behaviour)["baseline"]
    seen = window(journal, prices(behaviour))
    stood, late = open_days(seen.book, journal.customers, 0, 59)
    assert late.sum() / stood.sum() == pytest.approx(overdue_share(seen), rel=1e-12)
    assert (late <= stood).all()


def test_knowing_the_time_before_leaves_less_to_be_explained():
    random = np.random.default_rng(1)
    own = random.normal(size=4000)
    found = spread_of(own + random.normal(size=4000), own + random.normal(size=4000))
    assert found.sd == pytest.approx(np.sqrt(2), rel=0.05) and found.left == pytest.approx(np.sqrt(2 * (1 - 0.25)), rel=0.05)
    assert spread_of(np.array([np.nan, 1, 2, 3]), np.array([1.0, np.nan, 2, 4])).customers == 2
