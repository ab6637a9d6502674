"""Stylised facts where there is little to go by: no warning, no number made up."""

import warnings

import numpy as np
import pytest

from arsim.study.facts import Invoices, stylised_facts


def book(paid, customers=3):
    count = len(paid)
    day = np.arange(count)
    return Invoices(day % customers, day, day + 30, np.array(paid), np.full(count, 1000) + day, np.zeros(count, bool), 400)


@pytest.mark.parametrize(
    "paid", [[-1] * 9, [-1] * 8 + [40], list(range(30, 39)), [-1]], ids=["nothing paid", "one paid", "all on the due date", "one invoice"]
)
def test_nothing_is_warned_of(paid):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        facts = stylised_facts(book(paid))
    assert np.isnan(facts["late"]) == (max(paid) < 0)
    assert facts["top10_amount"] == 1 and 0 < facts["top1_amount"] <= 1


def test_shares_of_what_is_paid():
    facts = stylised_facts(book([20, 31, 40, -1], customers=4))
    assert (facts["early"], facts["on_due"], facts["late"]) == (pytest.approx(1 / 3), pytest.approx(1 / 3), pytest.approx(1 / 3))
    assert facts["top1_amount"] == pytest.approx(1003 / 4006)
