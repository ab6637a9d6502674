"""What an alarm is worth where trouble is rare: of a hundred alarms, how many are true, and whether acting on them pays."""

from dataclasses import dataclass

from arsim.domain.problem import BadInput, Problem
from arsim.report import words
from arsim.report.calc.answer import Answer, figure, percent, table


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

    @property
    def precision(self) -> float:
        """Share of the alarms that come true; 0 without alarms."""
        return self.hits / self.alarms if self.alarms else 0.0

    @property
    def accuracy(self) -> float:
        """Share of customers sorted rightly."""
        return (self.hits + self.quiet) / (self.hits + self.missed + self.alarms - self.hits + self.quiet)


def sort_out(customers: float, failing: float, sensitivity: float, specificity: float) -> Sorted:
    """How an alarm sorts `customers`.

    Parameters
    ----------
    customers : float
        Number.
    failing : float
        Share that gets into trouble.
    sensitivity, specificity : float
        Share of the failing warned of, and of the others left alone.

    Raises
    ------
    BadInput
        A share is not between 0 and 1, or there are no customers.

    Examples
    --------
    Right in 95 of 100 of both kinds, one in a hundred failing: of six alarms about one is true.

    >>> found = sort_out(1000, 0.01, 0.95, 0.95)
    >>> round(found.alarms, 1), round(found.precision, 3), round(found.accuracy, 2)
    (59.0, 0.161, 0.95)
    """
    if customers <= 0 or not all(0 <= share <= 1 for share in (failing, sensitivity, specificity)):
        raise BadInput(Problem("These are no shares of customers.", "Give a number of customers above 0 and shares between 0 and 1."))
    bad = customers * failing
    good = customers - bad
    return Sorted(bad * sensitivity, bad * (1 - sensitivity), good * (1 - specificity), good * specificity)


def net_gain(customers: float, failing: float, sensitivity: float, specificity: float, saved: float, cost: float) -> float:
    """What acting on every alarm brings: `saved` for each true one, less `cost` for each alarm, in one unit of money.

    >>> round(net_gain(1000, 0.01, 0.95, 0.95, saved=20_000, cost=300))
    172300
    """
    found = sort_out(customers, failing, sensitivity, specificity)
    return found.hits * saved - found.alarms * cost


def worth_acting(failing: float, sensitivity: float, specificity: float, saved: float, cost: float) -> bool:
    """Whether acting on an alarm brings more than it costs: precision × `saved` above `cost`.

    >>> worth_acting(0.01, 0.95, 0.95, 20_000, 300), worth_acting(0.01, 0.95, 0.95, 1_000, 300)
    (True, False)
    """
    return net_gain(1.0, failing, sensitivity, specificity, saved, cost) > 0


def alarm(customers: float, failing: float, sensitivity: float, specificity: float) -> Answer:
    """The four groups, and what share of the alarms come true; parameters as for `sort_out`."""
    say, found = words.say, sort_out(customers, failing, sensitivity, specificity)
    bad = customers * failing
    count = lambda number: figure(number, 1)  # noqa: E731
    head = [say("customers"), say("warned of"), say("not warned of"), say("together")]
    rows = [
        [say("get into trouble"), count(found.hits), count(found.missed), count(bad)],
        [say("do not"), count(found.false_alarms), count(found.quiet), count(customers - bad)],
        [say("together"), count(found.alarms), count(found.missed + found.quiet), count(customers)],
    ]
    return Answer(
        answer=(
            say("Of {alarms} alarms {hits} come true: {share}.", alarms=count(found.alarms), hits=count(found.hits),
                share=percent(found.precision, 1)),
            *table(head, rows),
        ),
        working=(
            say("In trouble: {formula}", formula=f"{count(customers)} × {percent(failing)} = {count(bad)}"),
            say("True alarms: {formula}", formula=f"{count(bad)} × {percent(sensitivity)} = {count(found.hits)}"),
            say("False alarms: {formula}",
                formula=f"{count(customers - bad)} × (1 − {percent(specificity)}) = {count(found.false_alarms)}"),
            say("Sorted rightly: {formula}",
                formula=f"({count(found.hits)} + {count(found.quiet)}) / {count(customers)} = {percent(found.accuracy, 1)}"),
            say("Sorted rightly by warning of nobody: {formula}",
                formula=f"{count(customers - bad)} / {count(customers)} = {percent(1 - failing, 1)}"),
        ),
        beware=(
            say("How accurate an alarm is says little where trouble is rare: ask how many alarms come true and how many troubles it "
                "misses."),
            say("Whether to act does not follow from either. It follows from what a true alarm saves and what acting costs."),
        ),
        results={"hits": found.hits, "missed": found.missed, "false_alarms": found.false_alarms, "precision": found.precision,
                 "accuracy": found.accuracy},
    )  # fmt: skip
