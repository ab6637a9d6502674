"""Customers by what an alarm says and what becomes of them, and what acting on every alarm brings."""

from dataclasses import dataclass

from arsim.domain.problem import BadInput, Problem


@dataclass(frozen=True)
class Sorted:
    """Customers by what the alarm says and what becomes of them.

    Parameters
    ----------
    hits, missed : float
        Customers that fail: warned of, and not.
    false_alarms, quiet : float
        Customers that don't: warned of, and not.
    """

    hits: float
    missed: float
    false_alarms: float
    quiet: float

    @property
    def alarms(self) -> float:
        """Customers warned of."""
        return self.hits + self.false_alarms


def sort_out(customers: float, failing: float, hit: float, clear: float) -> Sorted:
    """How an alarm sorts `customers`; parameters as for `arsim.report.calc.alarm.alarm`.

    Raises
    ------
    BadInput
        A share is not between 0 and 1, or there are no customers.

    Examples
    --------
    Right in 95 of 100 of both kinds, one in a hundred failing: of six alarms about one is true.

    >>> found = sort_out(1000, 0.01, 0.95, 0.95)
    >>> round(found.alarms, 1), round(found.hits, 1)
    (59.0, 9.5)
    """
    if customers <= 0 or not all(0 <= share <= 1 for share in (failing, hit, clear)):
        raise BadInput(Problem("These are no shares of customers.", "Give a number of customers above 0 and shares between 0 and 1."))
    bad = customers * failing
    good = customers - bad
    return Sorted(bad * hit, bad * (1 - hit), good * (1 - clear), good * clear)


def net_gain(customers: float, failing: float, hit: float, clear: float, saved: float, cost: float) -> float:
    """What acting on every alarm brings: `saved` for each true one, less `cost` for each alarm, in one unit of money.

    >>> round(net_gain(1000, 0.01, 0.95, 0.95, saved=20_000, cost=300))
    172300
    """
    found = sort_out(customers, failing, hit, clear)
    return found.hits * saved - found.alarms * cost
