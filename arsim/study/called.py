"""A finished call in a running portfolio: the same year with it and without it, under the same luck."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from math import log

import numpy as np

from arsim.domain.calendar import WEEK
from arsim.domain.counting import after_months
from arsim.domain.policies import read_policy
from arsim.domain.policy import Policy
from arsim.domain.problem import BadInput, Problem
from arsim.engine.engines import REFERENCE, simulate
from arsim.engine.journal import MINUTES_A_DAY, Journal, Kind
from arsim.engine.limitation import MONTHS
from arsim.model.behaviour import Behaviour
from arsim.model.conduct import AT, Call, Conduct
from arsim.model.scenario import INDUSTRIES
from arsim.model.world import deal
from arsim.study.book import OPEN, Book, balance, book
from arsim.study.company import Company
from arsim.study.comparison import interval

DAY = 7  # of the run: the book is still the demo ledger's, so every replication continues the same account
YEAR = 365
REPLICATIONS = 20
SETTLED_IN = 30  # days overdue within which most of what is only a little late is paid
SPANS = (30, 90, YEAR)  # days after the call
WEEKS = YEAR // WEEK
VALUE = "value"


def office() -> Policy:
    """The policy a call is put into: what the company does today, and somebody who clears disputes."""
    return read_policy("baseline").replace({"dispute.desk": 1})


@dataclass(frozen=True)
class Account:
    """A customer's account on the morning of the call.

    Parameters
    ----------
    customer, day : int
    name : str
        The customer's number in the ledger.
    overdue : int
        Fen overdue.
    invoices : tuple of int
        Those overdue, the oldest first.
    due : int
        Day the oldest of them fell due.
    """

    customer: int
    day: int
    name: str
    overdue: int
    invoices: tuple[int, ...]
    due: int


@dataclass(frozen=True, eq=False)
class Course:
    """What became of an account's overdue invoices in one run; days count from the call.

    Parameters
    ----------
    cash : dict
        Days after the call → fen paid by then.
    open : ndarray of int, shape (WEEKS + 1,)
        Fen still open: on the eve of the call, then at the end of each week.
    paid_after : int or None
        Days until all of it was paid; None if that did not happen within the year.
    loss : int
        Fen of it written off or still open a year after the call.
    sales : int
        Fen of goods the customer was delivered in the year after the call, on credit or prepaid.
    goodwill : float
        Points the customer has left a year after the call.
    """

    cash: dict[int, int]
    open: np.ndarray
    paid_after: int | None
    loss: int
    sales: int
    goodwill: float


@dataclass(frozen=True, eq=False)
class Pair:
    """One replication: the account, the call as it went into the books and what became of it, beside the twin without it.

    `calls` and `after` by end of the assumptions ("value", "low", "high"); `promise` are the journal's lines of the promise, or plan, and
    of its end, with the call at "value".
    """

    number: int
    account: Account
    calls: dict[str, Call]
    without: Course
    after: dict[str, Course]
    promise: tuple[tuple[int, ...], ...]


def chosen(owed: int, late: int, disputed: bool, buyer: str, company: Company, day: int = DAY) -> int:
    """The customer whose account suits a made-up debtor: of its kind if there is one, overdue with about as much for about as long.

    Parameters
    ----------
    owed : int
        Fen the debtor is made to owe.
    late : int
        Days overdue.
    disputed : bool
        Whether part of it is contested.
    buyer : {"sme", "large", "public"}
    company : Company
    day : int

    Returns
    -------
    int
        A customer; always the same for the same arguments.

    Raises
    ------
    BadInput
        If the company has no overdue open items.
    """
    people, items = company.population, company.population.opening
    some = items.due < day
    who, sums = items.customer[some], np.bincount(items.customer[some], items.amount[some], len(people))
    contested = np.bincount(who, items.disputed[some], len(people)) > 0
    aged = np.bincount(who, items.amount[some] * (day - items.due[some]), len(people)) / np.maximum(1, sums)
    public = people.industry == INDUSTRIES.index("public")
    kind = public if buyer == "public" else people.large & ~public if buyer == "large" else ~people.large & ~public
    if not sums.any():
        raise BadInput(Problem("Nobody is overdue on this day.", "Choose another day.", value=str(day)))
    far = [abs(log(max(1.0, owes) / owed)) + abs(log(max(1.0, age) / late)) for owes, age in zip(sums.tolist(), aged.tolist(), strict=True)]
    # A debtor of another kind, but as late and owing as much, is nearer than one of the kind that owes next to nothing. Who is only a few
    # days late has mostly paid before anybody rings.
    return min((aged[who] < SETTLED_IN, contested[who] != disputed, far[who] + float(not kind[who]), who) for who in range(len(people)))[-1]


def account(seen: Book, customer: int, day: int, name: str) -> Account | None:
    """The account as it stands when the call is made on `day`; None if nothing is overdue."""
    mine = (seen.customer == customer) & (seen.due_day < day) & (seen.entry_day < day) & (seen.close_day >= day)
    if not mine.any():
        return None
    due, number = seen.due_day[mine], seen.number[mine]
    order = np.lexsort((number, due))
    oldest_first = tuple(dict.fromkeys(number[order].tolist()))
    return Account(customer, day, name, int(seen.amount[mine].sum()), oldest_first, int(due.min()))


def played(
    make: Callable[[Account], Mapping[str, Call]], customer: int, company: Company | None = None, policy: Policy | None = None,
    day: int = DAY, replications: int = REPLICATIONS, seed: int = 1, behaviour: Behaviour | None = None,
) -> Iterator[Pair]:  # fmt: skip
    """Replication by replication: a year of the portfolio with the call and the twin without it.

    Parameters
    ----------
    make : callable
        From the account as it stands in this replication to the call, by end of the assumptions; "value" must be among them.
    customer : int
        Who is called.
    company : Company, optional
        The demo company if not given.
    policy : Policy, optional
        What everybody else goes on doing; `office` if not given.
    day : int
        Of the run, on which the call is made; on a rest day, the next working day.
    replications, seed : int
    behaviour : Behaviour, optional

    Yields
    ------
    Pair
        Replications in which the account has been paid before the call are left out.
    """
    company, policy, behaviour = company or Company.demo(), policy or office(), behaviour or Behaviour.default()
    for number in range(replications):
        world = deal(company.population, seed, number, day + YEAR + WEEK, behaviour=behaviour)
        on = world.calendar_next[day]
        plain = simulate(world, policy, behaviour)
        found = account(book(plain), customer, on, company.population.ids[customer])
        if found is None:
            continue
        calls = dict(make(found))
        journals = {
            end: simulate(world, policy, behaviour, engine=REFERENCE, conduct=Conduct(calls=(call,))) for end, call in calls.items()
        }
        after = {end: course(journal, found) for end, journal in journals.items()}
        yield Pair(number, found, calls, course(plain, found), after, _promise(journals[VALUE], found))


def course(journal: Journal, of: Account) -> Course:
    """What became of the account's invoices in this run."""
    seen, rows = book(journal), journal.rows
    mine = np.isin(seen.number, of.invoices)
    pieces = Book(**{name: column[mine] for name, column in vars(seen).items()})
    day, paid = pieces.close_day - of.day, pieces.paid
    left = balance(pieces, journal.days)
    ends = min(of.day + YEAR, journal.days - 1)
    settled = (pieces.close_day != OPEN) & ~pieces.written_off
    goods = rows[(rows["customer"] == of.customer) & np.isin(rows["kind"], (Kind.INVOICE, Kind.PREPAID))]
    goods = goods[(goods["time"] >= of.day * MINUTES_A_DAY + AT) & (goods["time"] < (ends + 1) * MINUTES_A_DAY)]
    told = rows[(rows["kind"] == Kind.GOODWILL) & (rows["customer"] == of.customer)]["amount"]
    given_up = pieces.amount[pieces.written_off & (day <= YEAR)].sum()
    return Course(
        cash={span: int(pieces.amount[paid & (day >= 0) & (day <= span)].sum()) for span in SPANS},
        open=left[np.minimum(of.day + WEEK * np.arange(WEEKS + 1), journal.days)],
        paid_after=int(day.max()) if settled.all() and day.max() <= YEAR else None,
        loss=int(left[ends + 1] + given_up),
        sales=int(goods["amount"].sum()),
        goodwill=float(told[0]) / 100,
    )


def _promise(journal: Journal, of: Account) -> tuple[tuple[int, ...], ...]:
    """The journal's lines of the call's promise or plan, and of how it ended."""
    rows = journal.rows[journal.rows["customer"] == of.customer]
    made = rows[(rows["time"] == of.day * MINUTES_A_DAY + AT) & np.isin(rows["kind"], (Kind.PROMISE, Kind.PLAN))]
    ends = rows[(rows["time"] > of.day * MINUTES_A_DAY + AT) & np.isin(rows["kind"], (Kind.KEPT, Kind.BROKEN, Kind.PLAN_BROKEN))]
    return tuple(tuple(int(value) for value in row) for row in (*made[:1], *(ends[:1] if len(made) else ())))


# ── Summed up ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def difference(pairs: list[Pair], figure: Callable[[Course], float], end: str = VALUE) -> tuple[float, float, float]:
    """How much more of `figure` there is with the call than without: mean of the paired differences, and its 95 % interval."""
    return interval(np.array([float(figure(pair.after[end]) - figure(pair.without)) for pair in pairs]))


def weekly(pairs: list[Pair], end: str = VALUE) -> tuple[np.ndarray, np.ndarray]:
    """Mean open sum by week without and with the call, each of shape (WEEKS + 1,), in fen."""
    return np.mean([pair.without.open for pair in pairs], axis=0), np.mean([pair.after[end].open for pair in pairs], axis=0)


def limitation(of: Account, call: Call, start: date) -> tuple[date, date]:
    """Last day of limitation for the oldest invoice, without the call and with it (Civil Code 188, 195); `start` is day 0.

    Demands in the book that can be proved, such as a letter signed for, put it off in both.
    """
    before = after_months(start + timedelta(of.due), MONTHS)
    return before, after_months(start + timedelta(of.day), MONTHS) if call.provable else before
