"""Published answers, recomputed. Inputs stand here, never the program's own output."""

import numpy as np
import pytest
from made_journals import PRICES, steady

from arsim.study import kpi
from arsim.study.outcome import outcomes
from arsim.study.prices import Prices

# Credit Guru's example: quarter's sales, receivables at both ends, what of them is not yet due.
BEGIN, SALES, END, CURRENT = 6_200, 3_390 + 3_610 + 3_890, 6_340, 3_590


def test_cei_with_the_quarters_sales():
    assert kpi.cei(BEGIN, SALES, END, CURRENT) == pytest.approx(100 * 10_750 / 13_500)
    assert round(kpi.cei(BEGIN, SALES, END, CURRENT), 1) == 79.6


def test_cei_with_a_months_sales():
    """The same books by the printed convention: a third of the quarter's sales."""
    assert round(kpi.cei(BEGIN, SALES / 3, END, CURRENT), 2) == 55.93


def test_bpdso():
    """Growfin: sales 30,000, receivables 10,000 of which 2,000 late, 28 days."""
    dso, best = kpi.dso(10_000, 30_000, 28), kpi.bpdso(8_000, 30_000, 28)
    assert (round(dso, 2), round(best, 2), round(kpi.add(dso, best), 2)) == (9.33, 7.47, 1.87)


def test_dso_hides_a_slip_that_add_shows():
    """Hackett: DSO 158 → 160 moved by 2 days while the gap to the best possible went 99 → 128."""
    june, september = kpi.add(158, 59), kpi.add(160, 32)
    assert (june, september, september - june) == (99, 128, 29)


def test_dso_halves_when_sales_double():
    """Same balance, twice the sales: 15 → 7.5 days with no better collecting."""
    assert kpi.dso(50_000, 100_000, 30) == 15 and kpi.dso(50_000, 200_000, 30) == 7.5


def test_countback_does_not():
    """Everyone pays after 60 days, 100 a month, then 300 in the last: DSO by balance over the quarter leaves 60, countback stays."""
    balance, months = 300 + 100, [300, 100, 100]
    assert kpi.countback(balance, months, [30] * 3) == 60
    assert kpi.dso(balance, sum(months), 90) == 72


# An online calculator's own table: opening, sales, closing, overdue; what it prints. In public, and wrong twice.
TABLE = [
    (50_000, 200_000, 40_000, 10_000, 96, 87.5, 95.5),
    (30_000, 150_000, 50_000, 20_000, 86, 81.3, 86.7),
    (100_000, 300_000, 120_000, 50_000, 75, 80.0, 84.8),
    (80_000, 250_000, 150_000, 100_000, 62, 78.3, 64.3),
]


@pytest.mark.parametrize(("opening", "sales", "closing", "late", "printed", "by_its_formula", "right"), TABLE)
def test_spot_the_error(opening, sales, closing, late, printed, by_its_formula, right):
    """It subtracts the overdue part where the current part belongs, and then prints something else again."""
    wrong = kpi.cei(opening, sales, closing, late)
    cei = kpi.cei(opening, sales, closing, closing - late)
    assert wrong == pytest.approx(by_its_formula, abs=0.051) and wrong != pytest.approx(printed, abs=1)
    assert cei == pytest.approx(right, abs=0.05)


def test_best_dso_does_not_need_the_industry():
    """ "Best DSO = industry's period - terms" is in print too. Terms 30, everyone pays on day 45: the best is the term."""
    assert outcomes(steady(45, 30), PRICES)["bpdso"] == pytest.approx(31)  # by evenings, the due date's own included


def test_provision_matrix():
    """IFRS 9, illustrative example 12: 580,000 of 30 million."""
    balance = [15_000_000, 7_500_000, 4_000_000, 2_500_000, 1_000_000]
    prices = Prices(0, 0, 0, (0.003, 0.016, 0.036, 0.066, 0.106), {}, 90)
    assert sum(balance) - prices.worth(np.array(balance)) == pytest.approx(580_000)


@pytest.mark.parametrize(
    ("discount", "within", "net", "simple", "effective"),
    [(2, 10, 30, 37.24, 44.59), (1, 10, 30, 18.43, 20.13), (2, 10, 45, 21.28, 23.45), (2, 10, 60, 14.90, 15.89), (3, 15, 60, 25.09, 28.03)],
)
def test_discount_cost(discount, within, net, simple, effective):
    assert round(100 * kpi.discount_cost(discount, within, net), 2) == simple
    assert round(100 * kpi.discount_cost_effective(discount, within, net), 2) == effective


def test_discount_cost_by_a_360_day_year():
    assert round(100 * kpi.discount_cost(2, 10, 30, year=360), 2) == 36.73
