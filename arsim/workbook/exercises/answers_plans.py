"""Right and wrong answers about plans, discounts, disputes and the desk. Money in yuan, shares and rates in percent."""

from collections.abc import Sequence
from math import ceil

from arsim.report.calc.offer import MONTHS, kept_value
from arsim.study import staffing
from arsim.workbook.course.law_keys import undisputed_due
from arsim.workbook.exercises.answers_collecting import first_call


def _today(rate: float, months: float) -> float:
    """What one yuan in so many months is worth today."""
    return (1 + rate / 100) ** (-months / MONTHS)


def plan_less_waiting(debt: float, instalments: int, rate: float, months: float, chance: float) -> float:
    """How much more sure monthly instalments are worth today than the whole sum after `months`, paid with `chance`.

    >>> plan_less_waiting(12_000, 12, 0, 6, 75)
    3000.0
    """
    return debt * kept_value(0.0, instalments, 0.0, 1.0, 0.0, rate / 100) - debt * chance / 100 * _today(rate, months)


def plan_less_waiting_nominal(debt: float, chance: float) -> float:
    """The same with no interest: a usual mistake.

    >>> plan_less_waiting_nominal(12_000, 75)
    3000.0
    """
    return debt - debt * chance / 100


def plan_at_its_end(debt: float, instalments: int, rate: float, months: float, chance: float) -> float:
    """The same as if the whole plan came in with its last instalment: a usual mistake.

    >>> plan_at_its_end(12_000, 12, 0, 6, 75)
    3000.0
    """
    return debt * _today(rate, instalments) - debt * chance / 100 * _today(rate, months)


def discount_gain(invoice: float, discount: float, discount_days: int, net_days: int, rate: float) -> float:
    """What a buyer gains by taking a discount with borrowed money, by simple interest over 365 days.

    >>> round(discount_gain(100_000, 2, 10, 30, 7.3), 2)
    1608.0
    """
    return interest_on(invoice, discount, invoice * (100 - discount) / 100, net_days - discount_days, rate)


def interest_on(invoice: float, discount: float, borrowed: float, days: float, rate: float) -> float:
    """The discount less the interest on what is `borrowed` for `days`.

    >>> interest_on(100_000, 2, 0, 20, 7.3)
    2000.0
    """
    return invoice * discount / 100 - borrowed * rate / 100 * days / 365


def discount_gain_of_all(invoice: float, discount: float, net_days: int, rate: float) -> float:
    """The same with interest for all the days of the terms: a usual mistake.

    >>> round(discount_gain_of_all(100_000, 2, 30, 7.3), 2)
    1412.0
    """
    return interest_on(invoice, discount, invoice * (100 - discount) / 100, net_days, rate)


def interest_at_once(invoice: float, discount: float, discount_days: int, net_days: int, rate: float) -> float:
    """The same with interest on the full price: a usual mistake.

    >>> round(interest_at_once(100_000, 2, 10, 30, 7.3), 2)
    1600.0
    """
    return interest_on(invoice, discount, invoice, net_days - discount_days, rate)


def claim_now(invoice: float, paid: float, contested: float, price: float) -> float:
    """What may be claimed today of an invoice in part paid, if so many pieces at `price` are contested.

    >>> claim_now(100_000, 20_000, 10, 1_000)
    70000
    """
    return undisputed_due(invoice, contested * price) - paid


def held_back(contested: float, price: float) -> float:
    """What a customer may hold back meanwhile: a usual mistake, where what may be claimed is asked for.

    >>> held_back(10, 1_000)
    10000
    """
    return contested * price


def plan_from_today(debt: float, instalments: int, rate: float, months: float, chance: float) -> float:
    """`plan_less_waiting` as if the first instalment were paid today: a usual mistake.

    >>> plan_from_today(12_000, 12, 0, 6, 75)
    3000.0
    """
    return plan_less_waiting(debt, instalments, rate, months, 0) / _today(rate, 1) - debt * chance / 100 * _today(rate, months)


def agents_for_the_work(calls: float, minutes: float) -> int:
    """Agents for the work alone, nobody's waiting thought of: a usual mistake.

    >>> agents_for_the_work(60, 5)
    5
    """
    return ceil(staffing.load(calls, 60, minutes) - 1e-9)


def agents_by_share(calls: float, minutes: float, target: float) -> int:
    """The work divided by the share to be answered in time: a usual mistake.

    >>> agents_by_share(60, 5, 80)
    7
    """
    return ceil(100 * staffing.load(calls, 60, minutes) / target - 1e-9)


def agents(calls: float, minutes: float, seconds: float, target: float) -> int:
    """Fewest agents that answer `target` percent of `calls` an hour, of so many minutes each, within `seconds`.

    >>> agents(6, 10, 0, 60), agents(6, 10, 0, 90)
    (2, 3)
    """
    return staffing.agents_for_service_level(staffing.load(calls, 60, minutes), 60 * minutes, seconds, target / 100)


def next_customer(customers: Sequence[dict], cap: int) -> str:
    """The `role` of the customer whose payment a call changes most, of those a call is allowed to.

    Whoever had `cap` contacts in the last seven days or has promised a day still to come is left in peace.

    >>> sure = {"amount": 100, "without": 10, "called": 90, "contacts": 3, "promised": False}
    >>> free = {"amount": 50, "without": 20, "called": 60, "contacts": 1, "promised": False}
    >>> next_customer([{"role": "capped", **sure}, {"role": "next", **free}], 3)
    'next'
    """
    return first_call([one for one in customers if one["contacts"] < cap and not one["promised"]])
