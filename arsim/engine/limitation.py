"""Limitation: three years from the due date or the last provable demand (Civil Code 188, 195); then the debtor may refuse."""

from collections import defaultdict

from arsim.domain.law import rules
from arsim.engine.book import Book
from arsim.engine.journal import Kind

YEARS = rules()["limitation"].numbers["years"]
MONTHS = 12 * YEARS


class Limitation:
    """The clock of every invoice. Only what can be proved stops it: a phone call without a record does not."""

    def __init__(self, book: Book):
        self.book = book
        self.ends: dict[int, list[int]] = defaultdict(list)
        self.barred: set[int] = set()
        self.factor = book.behaviour["law.barred"]

    def watch(self, invoice: int) -> None:
        """Remember when the period ends as things stand."""
        book = self.book
        since = max(book.due[invoice], book.demanded.get(invoice, book.due[invoice]))
        if since + YEARS * 360 >= book.horizon:
            return  # it cannot end in this run
        ends = book.world.months_later(since, MONTHS) + 1
        if ends < book.horizon:
            self.ends[book.world.calendar_next[max(ends, 0)]].append(invoice)

    def morning(self, day: int) -> None:
        """Periods that ran out; what has been demanded meanwhile has a new one."""
        book = self.book
        for invoice in self.ends.pop(day, ()):
            if not book.is_open[invoice]:
                continue
            since = max(book.due[invoice], book.demanded.get(invoice, book.due[invoice]))
            if book.world.months_later(since, MONTHS) < day:
                self.barred.add(invoice)
                book.note(Kind.BARRED, book.customer[invoice], invoice, book.balance[invoice])
                book.quicken(invoice, day, self.factor)
            else:
                self.watch(invoice)
