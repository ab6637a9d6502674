"""A customer's file as tables: statements, months, warnings; and its invoices under two policies side by side."""

from functools import cached_property

import numpy as np

from arsim.domain.calendar import MONTH
from arsim.report import words
from arsim.report.calc.answer import figure, percent, rough
from arsim.report.warning_plot import one_customer
from arsim.study.book import Book
from arsim.workbook.course.lesson import show_table
from arsim.workbook.course.two_paths import DAYS, TwoPaths


class CustomerFile:
    """The file of `customer` in the year of `replication`.

    Parameters
    ----------
    replication, customer : int
    """

    def __init__(self, replication: int, customer: int):
        self.year, self.customer = TwoPaths(replication), customer
        self.failed = int(self.year.world.insolvent[customer])
        self.unheeded, self.heeded = self.year.paths(customer)

    def date(self, day: int) -> str:
        """A day of the run, as a date."""
        return self.year.world.date_of(int(day)).isoformat()

    @cached_property
    def warned_day(self) -> int:
        """First day at yellow or above."""
        return int(np.argmax(self.unheeded.level >= 2))

    def facts(self) -> None:
        """Display terms, limit and what it owed on the first day."""
        say, people, at = words.say, self.year.world.population, self.customer
        show_table([
            [say("in the file"), ""],
            [say("terms"), say("{days} days", days=int(people.terms[at]))],
            [say("credit limit, CNY"), rough(int(people.limit[at]))],
            [say("grade on the first day"), "ABCD"[int(people.grade[at])]],
            [say("owed on {date}, CNY", date=self.date(0)), rough(int(self.unheeded.balance[0]))],
        ])  # fmt: skip

    def statements(self, until: int = DAYS) -> None:
        """Display the statements that had been published by day `until`."""
        say = words.say
        rows = [[say("statement published"), say("current ratio"), say("quick ratio"), say("debt ratio"), say("sales growth")]]
        for day, (current, quick, debt, growth) in self.year.quarters(self.customer):
            if day <= until:
                rows.append([self.date(day), figure(current, 2), figure(quick, 2), percent(debt, 0), percent(growth, 0)])
        show_table(rows)

    def months(self, until: int = DAYS) -> None:
        """Display month by month what was invoiced and paid and what stood at the end, while warnings went unheeded, up to day `until`."""
        say, path, (book, mine) = words.say, self.unheeded, self._pieces(0)
        names = _levels()
        rows = [[say("30 days to"), say("invoiced, CNY"), say("paid, CNY"), say("owed, CNY"), say("overdue, CNY"), say("warning level")]]
        for end in range(MONTH, min(until, self.failed, DAYS) + 1, MONTH):
            inside = lambda days, end=end: mine & (days >= end - MONTH) & (days < end)  # noqa: E731
            invoiced, paid = inside(book.issue_day) & ~book.opening, inside(book.close_day) & book.paid
            at = end - 1
            rows.append([self.date(at), *(rough(int(book.amount[which].sum())) for which in (invoiced, paid)),
                         rough(int(path.balance[at])), rough(int(path.overdue[at])), names[path.level[at]]])  # fmt: skip
        show_table(rows)

    def warnings(self, until: int = DAYS) -> None:
        """Display the changes of its warning level up to day `until`."""
        level, names = self.unheeded.level, _levels()
        last = min(until, self.failed, DAYS - 1)
        days = [day for day in range(1, last + 1) if level[day] != level[day - 1]]
        show_table([[words.say("date"), words.say("warning level")], *([self.date(day), names[level[day]]] for day in days)])

    def picture(self) -> None:
        """Display what it owed day by day under both policies."""
        from IPython.display import display

        names = [policy.called(words.language()) for policy in self.year.policies]
        level = np.where(np.arange(DAYS) < self.failed, self.unheeded.level, 0)
        png = one_customer(np.arange(DAYS), [self.unheeded.balance, self.heeded.balance], names, level, self.failed)
        display({"image/png": png, "text/plain": words.say("A picture.")}, raw=True)

    def invoices(self, largest: int = 12) -> None:
        """Display the largest orders of the year and what became of each under both policies."""
        say, told = words.say, [self._told(which) for which in (0, 1)]
        orders = self._orders()
        kept = sorted(sorted(orders, key=lambda order: -orders[order][1])[:largest], key=lambda order: orders[order][0])
        rows = [[say("ordered"), say("CNY"), *(policy.called(words.language()) for policy in self.year.policies)]]
        for order in kept:
            day, amount = orders[order]
            rows.append([self.date(day), rough(amount), *(one.get(order, say("not delivered")) for one in told)])
        show_table(rows)

    def ends(self) -> None:
        """Display what the year brought from this customer under both policies."""
        say, both = words.say, (self.unheeded, self.heeded)
        name = lambda which: self.year.policies[which].called(words.language())  # noqa: E731
        line = lambda label, get: [label, *(rough(get(path)) for path in both)]  # noqa: E731
        show_table([
            ["CNY", name(0), name(1)],
            line(say("delivered on credit"), lambda path: path.delivered),
            line(say("orders that went elsewhere"), lambda path: path.lost_orders),
            line(say("owed on the day of insolvency"), lambda path: int(path.balance[min(self.failed, DAYS - 1)])),
            line(say("never paid"), lambda path: path.loss),
        ])  # fmt: skip

    def _pieces(self, which: int) -> tuple[Book, np.ndarray]:
        book = self.year.seen[self.year.policies[which].name].book
        return book, book.customer == self.customer

    def _orders(self) -> dict[int, tuple[int, int]]:
        """Order → (day, fen), of the year."""
        world = self.year.world
        mine = np.flatnonzero((world.customer == self.customer) & (world.time >= 0))
        return {int(at): (int(world.time[at] // 1440), int(world.amount[at])) for at in mine if world.time[at] // 1440 < DAYS}

    def _told(self, which: int) -> dict[int, str]:
        """Order → what became of its invoice."""
        book, mine = self._pieces(which)
        told = {}
        for at in np.flatnonzero(mine):
            late = int(book.close_day[at] - book.due_day[at])
            settled = book.paid[at] and late <= 0
            told[int(book.number[at])] = (
                words.say("paid in time") if settled else words.say("paid, days late: {days}", days=late) if book.paid[at]
                else words.say("never paid") if book.close_day[at] > DAYS or book.written_off[at] else words.say("credited")
            )  # fmt: skip
        return told


def everybody(replications: int = 10) -> list[tuple[int, int, int, int, int, int]]:
    """Display, for so many years, what acting on warnings saved with customers that failed and cost with those that did not.

    Returns
    -------
    list of tuple
        A year: failed customers, those of them at yellow or above before; losses unheeded and heeded, orders gone unheeded and heeded; fen.
    """
    found = []
    for number in range(replications):
        year = TwoPaths(number)
        a, b = (policy.name for policy in year.policies)
        failed, all_well = year.failed, np.setdiff1d(np.arange(len(year.world.insolvent)), year.failed)
        named = sum(bool((_standing(year, who) >= 2).any()) for who in failed)
        found.append((len(failed), named, *(int(year.losses(one)[failed].sum()) for one in (a, b)),
                      *(int(year.gone(one)[all_well].sum()) for one in (a, b))))  # fmt: skip
    say, mean = words.say, np.mean(found, axis=0)
    show_table([
        [say("a year, mean of {count}", count=replications), ""],
        [say("customers that became insolvent"), figure(float(mean[0]), 1)],
        [say("… of them at yellow or red before"), figure(float(mean[1]), 1)],
        [say("their unpaid balance, warnings unheeded, CNY"), rough(mean[2])],
        [say("… warnings acted on, CNY"), rough(mean[3])],
        [say("orders of all others that went elsewhere, more than before, CNY"), rough(mean[5] - mean[4])],
        [say("… the margin on them, CNY"), rough((mean[5] - mean[4]) * year.margin)],
    ])  # fmt: skip
    return found


def _standing(year: TwoPaths, customer: int) -> np.ndarray:
    """Its warning level from the first day to its insolvency."""
    return year.paths(customer)[0].level[: max(1, int(year.world.insolvent[customer]))]


def _levels() -> list[str]:
    return [words.say("none"), words.say("blue"), words.say("yellow"), words.say("red")]
