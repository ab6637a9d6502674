"""A toy receivables model that every simulation library can write down, for measuring engines and nothing else.

Customers order every 30 days on 30 days' terms and pay after a log-normal time; five dunning steps, each of which needs one of the
collectors (one for 200 customers), first come first served, given up when the invoice is paid; a contact may pull the payment forward.

Time is counted so that no two events ever fall on the same tick, whatever the library makes of ties: a tick is (half-minute, invoice),
every event an invoice brings about itself lies on a tick of its own, payments on odd half-minutes and all else on even ones.
"""

from dataclasses import dataclass

import numpy as np

from arsim.domain.calendar import DAY, YEAR
from arsim.model import exact
from arsim.model.luck import GOLDEN, uniforms

ROW = np.dtype([("time", "i8"), ("what", "i4"), ("invoice", "i4")])  # what = kind + 4 × step
ORDER, CALL, CONTACT, PAID = range(4)
SHIFT = 20  # bits of a tick that name the invoice
EVERY = TERMS = 30  # days
STEPS = (3, 10, 20, 35, 60)  # days after the due date
MEDIAN, SPREAD = 36.0, 0.6  # of the days until an invoice is paid; standard deviation of their logarithm
CUSTOMERS_A_COLLECTOR = 200
LEAST_MINUTES = 101  # of a contact; up to 127 more
END = YEAR * DAY * 2 << SHIFT
ORDERS = -(-YEAR // EVERY)  # of a customer at most
_MASK = (1 << 64) - 1


def tick(minute: int, invoice: int, odd: int = 0) -> int:
    """The invoice's tick in a minute."""
    return (2 * minute + odd) << SHIFT | invoice


@dataclass(frozen=True, eq=False)
class Toy:
    """What luck deals: ticks of order and payment per invoice (customer × `ORDERS` + turn), shape (invoices,); −1 where there is none."""

    customers: int
    collectors: int
    seed: int
    order: np.ndarray
    pay: np.ndarray

    @property
    def invoices(self) -> int:
        """Orders within the year."""
        return int((self.order >= 0).sum())


def deal_toy(customers: int, seed: int = 1) -> Toy:
    """A toy company; as many customers as ticks have room for (80,000) at the most."""
    if customers * ORDERS >= 1 << SHIFT:
        raise ValueError("too many customers")
    who, turn = np.divmod(np.arange(customers * ORDERS), ORDERS)
    first = np.floor(uniforms(seed, who, 1) * EVERY * DAY).astype(np.int64)
    minute = first + turn * EVERY * DAY
    days = MEDIAN * exact.exp(SPREAD * exact.normal_quantile(uniforms(seed, np.arange(len(who)), 2)))
    paid = minute + np.floor(days * DAY).astype(np.int64)
    own = np.arange(len(who))
    order = np.where(minute < YEAR * DAY, 2 * minute << SHIFT | own, -1)
    return Toy(customers, max(1, customers // CUSTOMERS_A_COLLECTOR), seed, order, (2 * paid + 1) << SHIFT | own)


def due_step(ordered: int, step: int) -> int:
    """Tick on which a dunning step falls due."""
    return ordered + ((TERMS + STEPS[step]) * DAY * 2 << SHIFT)


def luck(seed: int, invoice: int, step: int) -> int:
    """64 bits for what comes of a contact."""
    h = _mix(seed ^ (invoice + 1) * GOLDEN & _MASK)
    return _mix(h ^ (step + 1) * GOLDEN & _MASK)


def _mix(x: int) -> int:
    x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9 & _MASK
    x = (x ^ (x >> 27)) * 0x94D049BB133111EB & _MASK
    return x ^ (x >> 31)


def hangs_up(now: int, invoice: int, bits: int) -> int:
    """Tick on which a contact begun `now` ends: two to four hours later, on the invoice's next tick."""
    return tick((now >> SHIFT + 1) + LEAST_MINUTES + (bits & 127), invoice)


def pulled(now: int, invoice: int, bits: int, pay: int) -> int:
    """Tick of the payment after a contact that ends `now`: three in ten pay within eight days."""
    if bits >> 8 & 255 < 77:
        return min(pay, tick((now >> SHIFT + 1) + (1 + (bits >> 16 & 7)) * DAY, invoice, 1))
    return pay


def next_step(now: int, ordered: int, step: int) -> int:
    """Tick of the step after one that ended `now`: when it falls due, but a day later at least."""
    return max(due_step(ordered, step), now + (DAY * 2 << SHIFT))
