"""A population estimated from a ledger: who pays how, learnt from the invoices, open ones counted for as long as they were watched.

What a ledger shows is readiness *under the policy it was observed under*, smeared by payment runs; so after the fit the
ledger's own invoices are sent through the engine under that policy and the base readiness is corrected until the simulated payments
fall as the observed ones did.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial

import numpy as np

from arsim.domain.calendar import Calendar
from arsim.domain.credit_rules import Credit
from arsim.domain.ledger import Ledger
from arsim.domain.policy import Policy
from arsim.domain.risk_rules import Law, Warning
from arsim.engine.engines import simulate
from arsim.model.behaviour import Behaviour
from arsim.model.population import AGES, OpenItems, Population
from arsim.model.scenario import INDUSTRIES
from arsim.model.world import replay
from arsim.study import traits
from arsim.study.book import book as pieces
from arsim.study.book import settled
from arsim.study.facts import Invoices, taken
from arsim.study.flows import flows
from arsim.study.intervals import Figure, figures
from arsim.study.readiness import age_bins, ages, learn, sampled, shown
from arsim.study.survival import settle_curve

LONGEST_GAP = 21  # days between two payment runs, holidays in between
CORRECTIONS = 6  # rounds of simulate-and-correct
LONGEST_WAIT = 1095  # days overdue; a ledger holds what was not written off
YEAR_END = 11  # December: when most budgets are paid out
SIMULATED = 20_000  # invoices simulated in a round, about
LIVES = 500  # customers' courses of liquidity behind the curve shown, at least: with few of them it would be theirs, not the model's
FIT_SEED, CHECK_SEED = 7, 11  # luck of the corrections, and of the curve shown beside the ledger's: not what it was fitted on


@dataclass(frozen=True, eq=False)
class Estimate:
    """A population and what is known about how well it fits.

    Parameters
    ----------
    population : Population
        With an empty book, starting on the ledger's first day.
    customers : dict of str to int
        Name → place.
    payments : ndarray of int, shape (customers,)
        How many payments stand behind each customer's payer type.
    frailty : float
        Variance of the payer type between customers.
    payer_sd : ndarray of float
        Posterior standard deviation of each payer type.
    observed, simulated : ndarray of float
        Share not settled by days from issue (Kaplan–Meier): the ledger's, and the model's for the same invoices under the policy they
        were observed under, with luck it was not fitted on.
    under : Policy
    told : callable
        Gives the estimates with their intervals (see `arsim.study.intervals`); takes as long as the estimate itself.
    """

    population: Population
    customers: dict[str, int]
    payments: np.ndarray
    frailty: float
    payer_sd: np.ndarray
    observed: np.ndarray
    simulated: np.ndarray
    under: Policy
    told: Callable[[], dict[str, Figure]]

    @property
    def gap(self) -> float:
        """Largest distance between the two curves, as a share."""
        return float(np.abs(self.observed - self.simulated).max())


def invoices(ledger: Ledger, customers: dict[str, int]) -> Invoices:
    """The ledger in days since its first issue."""
    first = ledger.issued.min()
    since = lambda column: (column - first).astype(np.int64)  # noqa: E731
    last = int((np.datetime64(ledger.as_of) - first).astype(int))
    paid = np.where(np.isnat(ledger.paid), -1, since(np.where(np.isnat(ledger.paid), first, ledger.paid)))
    who = np.array([customers[name] for name in ledger.customer])
    return Invoices(who, since(ledger.issued), since(ledger.due), paid, ledger.amount, ledger.disputed, last)


def estimate(
    ledger: Ledger, under: Policy, behaviour: Behaviour | None = None, progress: Callable[[float], None] | None = None
) -> Estimate:
    """Learn a population from `ledger`, observed under the policy `under`.

    Parameters
    ----------
    ledger : Ledger
    under : Policy
        What was done about these invoices at the time. Effects of contacts are not in a ledger: they stay assumptions, and the base
        readiness is what remains when those of `under` are taken out.
    behaviour : Behaviour, optional
    progress : callable, optional
        Told the share done.

    Returns
    -------
    Estimate
    """
    behaviour = behaviour or Behaviour.default()
    customers = {name: place for place, name in enumerate(sorted(set(ledger.customer)))}
    whole, kind = invoices(ledger, customers), traits.payment_calendar(ledger)
    terms, month_end = traits.terms(whole, _calendar(kind, ledger, whole), len(customers))
    # What was issued before the file is complete is in it only because it was paid late, or not at all: it teaches the wrong lesson.
    watched = ledger.picked(ledger.issued >= traits.complete_from(ledger))
    start, book = watched.issued.min().item(), invoices(watched, customers)
    calendar = _calendar(kind, watched, book)
    masks = traits.run_days(book, start.weekday(), len(customers))
    gap, working = gaps(book, kind, start, masks)
    kept = traits.unhurried(book)
    paced, gap = taken(book, kept), gap[kept]
    learnt = learn(paced, len(customers), gap)
    orders, log_mean, log_sd = traits.orders(book, calendar, len(customers))
    population = Population(
        name=ledger.source, start=start, calendar=kind, ids=tuple(customers),
        terms=terms, month_end=month_end, due_rolls=bool(np.mean(~calendar.open[book.due]) < 0.01),
        limit=np.maximum(traits.peak_exposure(whole, len(customers)) * 3 // 2, 100),
        orders_a_day=orders, log_mean=log_mean, log_sd=log_sd, payer=learnt.payer,
        run_days=masks,
        dispute_rate=traits.dispute_rates(book, len(customers)) if ledger.has_disputes else np.zeros(len(customers)),
        dependence=np.full(len(customers), 0.5), insolvency=np.full(len(customers), 0.01),
        grade=np.searchsorted(np.quantile(-learnt.payer, [0.25, 0.5, 0.75]), -learnt.payer),
        industry=np.full(len(customers), INDUSTRIES.index("unknown")), large=np.zeros(len(customers), bool),
        peak_month=np.full(len(customers), YEAR_END),
        base=learnt.base, mood=learnt.mood, dispute_factor=learnt.dispute_factor,
        assumed=("limit", "dependence", "insolvency", "grade", "liquidity", "season", "industry"),
    )  # fmt: skip
    longest = int(np.max(np.where(book.paid >= 0, book.paid, book.last) - book.issued))
    tried = taken(paced, sampled(paced, len(customers), 2 * SIMULATED))
    population, simulated = _correct(population, tried, under, behaviour, longest, progress)
    return Estimate(
        population, customers, learnt.payments, learnt.frailty, learnt.payer_sd, settle_curve(tried, longest), simulated, under,
        partial(_told, paced, len(customers), gap, learnt, working, flows(book, start.month - 1)),
    )  # fmt: skip


def _told(book, customers, gap, learnt, working, come_and_go):
    """The estimates with their intervals; of a large book from a sample of its customers."""
    kept = sampled(book, customers, SIMULATED)
    if len(kept) < len(book.amount):
        names, place = np.unique(book.customer[kept], return_inverse=True)
        book, gap, customers = replace(taken(book, kept), customer=place), gap[kept], len(names)
        learnt = replace(learnt, payer=learnt.payer[names], payer_sd=learnt.payer_sd[names], payments=learnt.payments[names])
    return figures(book, customers, gap, learnt, working) | come_and_go


def gaps(book: Invoices, kind: str, start, masks: np.ndarray) -> tuple[np.ndarray, int]:
    """In how many days an invoice may have become ready unseen, and how many working days the book spans.

    For a paid invoice the days since the customer's last payment run, the day of payment among them; for an open one the days since the
    last run that passed it by, none if that was on the book's last day.
    """
    calendar, day = Calendar(kind, start, book.last + 1), np.arange(book.last + 1)
    kinds, place = np.unique(masks, return_inverse=True)
    runs = np.stack([calendar.next_open(mask) for mask in kinds.tolist()])
    since = np.stack([np.minimum(day - np.searchsorted(run, run) + 1, LONGEST_GAP) for run in runs])
    waiting = np.where(runs[:, -1] == book.last, 0, since[:, -1])
    paid, row = book.paid >= 0, place[book.customer]
    return np.where(paid, since[row, np.minimum(np.where(paid, book.paid, 0), book.last)], waiting[row]), int(calendar.open.sum())


def _calendar(kind, ledger, book):
    return Calendar(kind, ledger.issued.min().item(), int(max(book.last, book.due.max())) + 1)


def open_items(ledger: Ledger, customers: dict[str, int], day, under: Policy) -> OpenItems:
    """Invoices issued by the end of `day`, not paid by then and dunned by `under` so far; a run from them starts on the day after."""
    day = np.datetime64(day)
    still = (ledger.issued <= day) & (np.isnat(ledger.paid) | (ledger.paid > day))
    start = day + np.timedelta64(1, "D")
    return OpenItems(
        customer=np.array([customers[name] for name, kept in zip(ledger.customer, still, strict=True) if kept], np.int64),
        issue=(ledger.issued[still] - start).astype(np.int64),
        due=(ledger.due[still] - start).astype(np.int64),
        amount=ledger.amount[still],
        disputed=ledger.disputed[still],
        number=tuple(name for name, kept in zip(ledger.invoice, still, strict=True) if kept),
        issued=under.dunning,
    )


def starting(found: Estimate, ledger: Ledger, day=None) -> Population:
    """The estimated population with the book as it stood at the end of `day` (by default the ledger's last)."""
    day = day or ledger.as_of
    return found.population.replace(start=day + timedelta(1), opening=open_items(ledger, found.customers, day, found.under))


def _correct(population, book, under, behaviour, longest, progress):
    """Send the ledger's own invoices through the engine and correct the base by age until payments fall as observed."""
    rounds = max(2, min(24, SIMULATED // len(book.amount)))
    _, last = ages(book)
    bins = age_bins(np.bincount(last[book.paid >= 0], minlength=AGES))
    wanted = shown(book, bins)
    base, best, nearest = population.base, None, np.inf
    observed = settle_curve(book, longest)
    for turn in range(CORRECTIONS + 1):
        candidate = population.replace(base=base)
        runs = [replayed(candidate, book, under, behaviour, replication) for replication in range(rounds)]
        curve = np.mean([settle_curve(run, longest) for run in runs], axis=0)
        distance = np.abs(curve - observed).max()
        if distance < nearest:
            best, nearest = candidate, distance
        got = np.mean([shown(run, bins) for run in runs], axis=0)
        base = base * np.clip(np.divide(wanted, got, out=np.ones(len(wanted)), where=(got > 0) & (wanted > 0)), 0.5, 2.0)[bins]
        if progress:
            progress((turn + 1) / (CORRECTIONS + 1))
    rounds = max(rounds, min(24, LIVES // len(population)))
    checked = [settle_curve(replayed(best, book, under, behaviour, replication, CHECK_SEED), longest) for replication in range(rounds)]
    return best, np.mean(checked, axis=0)


def replayed(population, book: Invoices, under: Policy, behaviour: Behaviour, replication: int, seed: int = FIT_SEED) -> Invoices:
    """The ledger's invoices with the model's payments, under the policy `under`: what the model would have seen."""
    # These orders did go out; what the policy's credit rules would have done to them is not the question.
    under = under.model_copy(update={"credit": Credit(), "warning": Warning(), "law": Law(), "write_off_days": LONGEST_WAIT})
    behaviour = behaviour.changed({"goodwill.orders": 0.0})
    world = replay(
        population, seed, replication, book.last + 1, book.customer, book.issued, book.due, book.amount, book.disputed, behaviour
    )
    return replace(book, paid=settled(pieces(simulate(world, under, behaviour)), len(book.amount)))
