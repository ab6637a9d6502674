"""What moved between two policies, summed by invoice or by customer, so that it adds up to the comparison's difference."""

from dataclasses import dataclass

import numpy as np

from arsim.domain.calendar import SHIFT
from arsim.engine.journal import MINUTES_A_DAY, Kind
from arsim.model.world import World
from arsim.study.book import EDGES
from arsim.study.window import CASH, COSTS, PERIOD, TOUCHES, WORKED, Window

INVOICE, CUSTOMER = "invoice", "customer"  # as the journal's columns are called
# Each whole, of the counted days: money in fen, `waiting` and `late` in fen-days outstanding and overdue.
COLUMNS = ("cash", "delivered", "gone", "written_off", "reduced", "open", "waiting", "late", "cost")
_SUMS = {"gone": (Kind.LOST, Kind.WALKED), "written_off": (Kind.WRITE_OFF,), "reduced": (Kind.DISCOUNT, Kind.CREDIT_NOTE, Kind.LET_GO),
         "cash": CASH, "cost": COSTS}  # fmt: skip


@dataclass(frozen=True, eq=False)
class Moved:
    """What moved, second policy less first; arrays of shape (invoices,) or (customers,).

    Parameters
    ----------
    sides : dict of str to ndarray of int64, shape (2, size)
        The `COLUMNS` under each policy.
    value : ndarray of float, shape (2, size)
        Part of each in the net value: discounted cash, also of the year after, less goods and what collecting cost; fen.
    part_day : ndarray of int
        Day of the first event in which the two lives differ; −1 where they are the same.
    """

    sides: dict[str, np.ndarray]
    value: np.ndarray
    part_day: np.ndarray

    @property
    def worth(self) -> np.ndarray:
        """Net value moved, fen."""
        return self.value[1] - self.value[0]

    def difference(self, column: str) -> np.ndarray:
        """One of the `COLUMNS`, second less first."""
        return self.sides[column][1] - self.sides[column][0]

    def order(self, top: int) -> np.ndarray:
        """Who moved most, by net value moved in either direction; who did not move is left out."""
        moved = np.flatnonzero(np.abs(self.worth) >= 0.5)  # fen
        return moved[np.argsort(-np.abs(self.worth[moved]), kind="stable")][:top]


def sum_up(seen: Window, by: str, size: int, into: dict[str, np.ndarray]) -> None:
    """Fill in the `COLUMNS` of one policy, exactly."""
    begin, end = seen.journal.warmup, seen.journal.days
    for name, kinds in _SUMS.items():
        rows = seen.rows(*kinds)
        rows = rows[rows[by] >= 0]
        np.add.at(into[name], rows[by], rows["amount"])
    book = seen.book
    whose = book.number if by == INVOICE else book.customer
    new = ~book.opening & (book.issue_day >= begin) & (book.issue_day < end)
    np.add.at(into["delivered"], whose[new], book.amount[new])
    prepaid = seen.rows(Kind.PREPAID)
    np.add.at(into["delivered"], prepaid[by], prepaid["amount"])
    standing = (book.entry_day < end) & (book.close_day >= end)
    np.add.at(into["open"], whose[standing], book.amount[standing])
    stood, late = _whole_days(book, begin, end - 1)
    np.add.at(into["waiting"], whose, stood)
    np.add.at(into["late"], whose, late)


def _whole_days(book, first: int, last: int) -> tuple[np.ndarray, np.ndarray]:
    """Fen-days outstanding and overdue of each piece, whole; as `open_days`, which sums them by customer."""
    until = np.minimum(book.close_day - 1, last)
    stood = np.maximum(0, until - np.maximum(book.entry_day, first) + 1)
    late = np.maximum(0, until - np.maximum(np.maximum(book.due_day + 1, book.entry_day), first) + 1)
    return book.amount * stood, book.amount * late


def values(seen: Window, world: World) -> tuple[np.ndarray, np.ndarray]:
    """What lines of the journal are worth in the net value: their places and fen, discounted to the first counted day.

    As `arsim.study.outcome.net_value` has it: cash, goods and costs of the counted days; of the year after, payments of what stood in the
    book, interest, recoveries, costs and staff by the minute; less the book that was handed over. Salaries are nobody's.
    """
    journal, lines = seen.journal, seen.lines
    begin, end = journal.warmup, journal.days
    fade = seen.prices.discount(end - begin + journal.run_off)
    rows, margin = journal.rows, seen.prices.gross_margin
    day, kind, amount = lines.time // MINUTES_A_DAY, lines.kind, rows["amount"].astype(float)
    inside, after = (day >= begin) & (day < end), (day >= end) & bool(journal.run_off)
    at = fade[np.clip(day - begin, 0, len(fade) - 1)]
    entered = lines.of(Kind.OPENING, Kind.INVOICE)
    issue = np.full(len(world.customer), -1)
    issue[entered["invoice"]] = np.where(entered["kind"] == Kind.OPENING, -1, entered["a"])
    of = lambda *kinds: np.isin(kind, [int(one) for one in kinds])  # noqa: E731
    worth = np.zeros(len(rows))
    stood = np.where(rows["invoice"] >= 0, issue[rows["invoice"]], 0) < end
    paid = (of(*CASH) & inside) | (of(Kind.INTEREST_PAID, Kind.RECOVERY) & after) | (of(Kind.PAYMENT) & after & stood)
    worth[paid] += amount[paid] * at[paid]
    spent = of(*COSTS) & (inside | after)
    worth[spent] -= amount[spent] * at[spent]
    touched = of(*TOUCHES) & after
    worth[touched] -= rows["b"][touched] * seen.prices.collector_month / (PERIOD * WORKED * SHIFT) * at[touched]
    goods = of(Kind.PREPAID) & inside
    worth[goods] -= (1 - margin) * amount[goods] * at[goods]
    sold = of(Kind.INVOICE) & (rows["a"] >= begin) & (rows["a"] < end)
    worth[sold] -= (1 - margin) * amount[sold] * fade[np.clip(rows["a"][sold] - begin, 0, len(fade) - 1)]
    _handed_over(seen, rows, worth)
    _left(seen, rows, worth, fade[end - begin])
    place = np.flatnonzero(worth)
    return place, worth[place]


def _handed_over(seen: Window, rows: np.ndarray, worth: np.ndarray) -> None:
    """Take off what the book was worth when the counted days began, on the line on which each invoice entered."""
    _book_worth(seen, rows, worth, seen.journal.warmup - 1, -1.0)


def _left(seen: Window, rows: np.ndarray, worth: np.ndarray, fade: float) -> None:
    """Without a run-off the closing book counts by its age."""
    if not seen.journal.run_off:
        _book_worth(seen, rows, worth, seen.journal.days - 1, fade)


def _book_worth(seen: Window, rows: np.ndarray, worth: np.ndarray, day: int, factor: float) -> None:
    book = seen.book
    standing = (book.entry_day <= day) & (day < book.close_day) & (seen.fails[book.customer] > day)
    share = 1 - np.asarray(seen.prices.provision)[np.searchsorted(EDGES, day - book.due_day[standing], side="left")]
    entered = seen.lines.at(Kind.OPENING, Kind.INVOICE)
    line = np.full(int(rows["invoice"].max(initial=-1)) + 1, -1)
    line[rows["invoice"][entered]] = entered
    np.add.at(worth, line[book.number[standing]], factor * share * book.amount[standing])
