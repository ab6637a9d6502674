"""Calls that people make beside the collectors' list: what was agreed in them goes into the books."""

from arsim.domain.money import FEN
from arsim.engine.book import Book, day_of
from arsim.engine.contacts import CALL
from arsim.engine.disputes import BY_CONTACT, DisputeDesk
from arsim.engine.goodwill import Goodwill
from arsim.engine.journal import Answer, Kind
from arsim.engine.law import LawDesk
from arsim.engine.plans import Plans
from arsim.engine.promises import Promises
from arsim.model.conduct import Call

OWN = 1 << 32  # luck of these calls lies beyond that of every contact by the list


class Calls:
    """Makes them at their minute, and hands what came of each to the desks concerned."""

    def __init__(self, book: Book, promises: Promises, plans: Plans, desk: DisputeDesk, goodwill: Goodwill, law: LawDesk):
        self.book, self.promises, self.plans, self.desk, self.goodwill, self.law = book, promises, plans, desk, goodwill, law

    def process(self, agenda: list[tuple[int, Call]]):
        """Process: (minute, call), in order of minutes."""
        env = self.book.env
        for minute, call in agenda:
            if minute > env.now:
                yield env.timeout(minute - env.now)
            self.make(call)

    def make(self, call: Call) -> None:
        """The call has just ended."""
        book, customer, day = self.book, call.customer, day_of(self.book.env.now)
        alive = day < book.insolvent[customer]
        cost = round(book.behaviour.channels[CALL].cost * FEN)
        book.note(Kind.REACHED if alive else Kind.MISSED, customer, -1, cost, CALL, call.minutes)
        late = sorted((invoice for invoice in book.overdue(customer, day)), key=lambda invoice: (book.due[invoice], invoice))
        if not alive:
            return
        for invoice in late:
            book.note(Kind.NOTICE, customer, invoice, book.balance[invoice], CALL, -1)
            if call.provable:
                book.demanded[invoice] = day
        if call.goodwill:
            self.goodwill.hurt(customer, day, -call.goodwill)
        if call.disputed and self.desk.staffed:
            for invoice in late:
                self.desk.find(invoice, day, BY_CONTACT)
        parts = self._parts(late, call.promised)
        book.note(Kind.ANSWER, customer, -1, 0, _answer(call, bool(parts)), CALL)
        if parts and call.instalments:
            self.plans.agree(customer, day, list(parts), call.instalments, call.kept)
        elif parts:
            self.promises.give(customer, CALL, day, max(call.due, day + 1), parts, call.kept, OWN + day)
        if call.handed_on:
            self.law.refer(customer)

    def _parts(self, late: list[int], promised: int) -> dict[int, int]:
        """What of each invoice the promise is about: the oldest first, not what is in a plan or contested already."""
        parts, left = {}, promised
        for invoice in late:
            owed = self.book.balance[invoice] - self.book.contested.get(invoice, 0)
            if left and owed > 0 and not self.book.frozen(invoice):
                parts[invoice] = min(left, owed)
                left -= parts[invoice]
        return parts


def _answer(call: Call, promised: bool) -> Answer:
    """How the call is counted among the answers."""
    if promised:
        return Answer.HARDSHIP if call.instalments else Answer.PROMISES
    return Answer.REFUSES if call.handed_on else Answer.DISPUTES if call.disputed else Answer.STALLS
