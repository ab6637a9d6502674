"""Published indicators, worked here from the inputs in whole numbers; and published mistakes, with what is wrong in them."""

from fractions import Fraction

import pytest

from arsim.study import kpi

# Credit Guru's example: receivables at both ends, the three months' sales of the quarter, what of the end is not yet due.
BEGIN, SALES, END, CURRENT = 6_200, 3_390 + 3_610 + 3_890, 6_340, 3_590


def effectiveness(begin, sales, end, current):
    """Percent cleared of all that could have been, in whole fractions."""
    return 100 * (begin + Fraction(sales) - end) / (begin + Fraction(sales) - current)


def test_cei_with_a_months_sales():
    """As printed, 55.9 %: a third of the quarter's 10,890 is 3,630, so 3,490 of 6,240."""
    by_hand = effectiveness(BEGIN, Fraction(SALES, 3), END, CURRENT)
    assert (SALES, by_hand) == (10_890, Fraction(100 * 3_490, 6_240))
    assert round(kpi.cei(BEGIN, SALES / 3, END, CURRENT), 1) == round(float(by_hand), 1) == 55.9
    assert round(kpi.cei(BEGIN, SALES / 3, END, CURRENT), 3) == round(float(by_hand), 3) == 55.929


def test_cei_with_the_quarters_sales():
    """The same books, 79.6 %: 10,750 of 13,500."""
    by_hand = effectiveness(BEGIN, SALES, END, CURRENT)
    assert by_hand == Fraction(100 * 10_750, 13_500)
    assert round(kpi.cei(BEGIN, SALES, END, CURRENT), 1) == round(float(by_hand), 1) == 79.6


def test_bpdso():
    """Growfin: sales 30,000, receivables 10,000 of which 2,000 late, 28 days."""
    dso, best = kpi.dso(10_000, 30_000, 28), kpi.bpdso(10_000 - 2_000, 30_000, 28)
    by_hand = (Fraction(10_000 * 28, 30_000), Fraction(8_000 * 28, 30_000), Fraction(2_000 * 28, 30_000))
    assert [round(float(days), 2) for days in by_hand] == [9.33, 7.47, 1.87]
    assert (dso, best, kpi.add(dso, best)) == pytest.approx(by_hand)


def test_dso_hides_a_slip_that_add_shows():
    """Hackett: DSO 158 → 160 moved by 2 days while the gap to the best possible went 99 → 128.

    With sales of 100 a day the four printed figures are balances of 15,800 and 16,000, of which 5,900 and 3,200 not yet due.
    """
    gaps = []
    for month, best, gap in [(158, 59, 99), (160, 32, 128)]:
        balance, current, sales = month * 100, best * 100, 100 * 30
        dso, bpdso = kpi.dso(balance, sales, 30), kpi.bpdso(current, sales, 30)
        assert (dso, bpdso) == (month, best) and kpi.add(dso, bpdso) == month - best == gap == (balance - current) / 100
        gaps.append(gap)
    assert gaps[1] - gaps[0] == 29 and 160 - 158 == 2


def test_dso_halves_when_sales_double():
    """Same balance, twice the sales: 15 → 7.5 days with no better collecting."""
    assert kpi.dso(50_000, 100_000, 30) == Fraction(50_000 * 30, 100_000) == 15
    assert kpi.dso(50_000, 200_000, 30) == Fraction(50_000 * 30, 200_000) == 7.5


def test_countback_does_not():
    """Everyone pays after 60 days, 100 a month, then 300 in the last: DSO by balance over the quarter leaves 60, countback stays."""
    balance, months = 300 + 100, [300, 100, 100]
    assert kpi.countback(balance, months, [30] * 3) == 30 * 300 / 300 + 30 * 100 / 100 == 60
    assert kpi.dso(balance, sum(months), 90) == Fraction(400 * 90, 500) == 72


# An online calculator's own table: opening, sales, closing, overdue; what it prints; what its formula gives; what is right.
TABLE = [
    (50_000, 200_000, 40_000, 10_000, 96, 87.5, 95.5),
    (30_000, 150_000, 50_000, 20_000, 86, 81.3, 86.7),
    (100_000, 300_000, 120_000, 50_000, 75, 80.0, 84.8),
    (80_000, 250_000, 150_000, 100_000, 62, 78.3, 64.3),
]


@pytest.mark.parametrize(("opening", "sales", "closing", "late", "printed", "by_its_formula", "right"), TABLE)
def test_spot_the_error_in_the_calculators_cei(opening, sales, closing, late, printed, by_its_formula, right):
    """It subtracts the overdue part where the current part belongs, and then prints something else again."""
    recipe = effectiveness(opening, sales, closing, late)
    by_hand = effectiveness(opening, sales, closing, closing - late)
    assert float(recipe) == pytest.approx(by_its_formula, abs=0.051) and abs(recipe - printed) > 4  # 81.25 stands as 81.3
    assert round(float(by_hand), 1) == right == round(kpi.cei(opening, sales, closing, closing - late), 1)
    assert kpi.cei(opening, sales, closing, late) == pytest.approx(float(recipe)) != pytest.approx(float(by_hand))


@pytest.mark.parametrize(("industry", "terms", "recipe"), [(45, 30, 15), (25, 30, -5)])
def test_spot_the_error_in_best_dso_from_the_industry(industry, terms, recipe):
    """ "Best DSO = industry's period - terms", in print. It knows nothing of our books, and below zero where the industry is quick.

    1,000 sold a day on 30 days, paid on day 45: of what is open in the evening, the invoices of 31 days are not yet late.
    """
    ages = range(45)  # days since issue of what is open
    current = 1_000 * sum(age <= terms for age in ages)
    best = kpi.bpdso(current, 1_000 * 30, 30)
    assert industry - terms == recipe and best == terms + 1 != recipe
    assert kpi.bpdso(1_000 * sum(age <= 60 for age in ages), 30_000, 30) == 45  # longer terms raise it, where the recipe lowers it


def test_spot_the_error_in_dso_from_the_middle_of_the_buckets():
    """A what-if calculator in public calls Σ balance × middle of its bucket / Σ balance "DSO". It is a mean age, and moves the wrong way.

    Sales of 30,000 a month; of 30,000 young and 10,000 old invoices half of the young ones are paid sooner.
    """

    def recipe(young, old):
        return Fraction(young * 15 + old * 45, young + old)

    before, after = (30_000, 10_000), (15_000, 10_000)
    assert (recipe(*before), recipe(*after)) == (Fraction(45, 2), 27)  # 22.5 → 27: collecting better looks worse
    assert (kpi.dso(sum(before), 30_000, 30), kpi.dso(sum(after), 30_000, 30)) == (40, 25)
    # and where everyone pays on day 20, exactly: all 20 days of sales lie in the first bucket
    assert recipe(20_000, 0) == 15 and kpi.dso(20_000, 30_000, 30) == 20
