"""A population estimated from a ledger: who pays how, learnt from the invoices, open ones counted for as long as they were watched.

The model of readiness is a piecewise-exponential proportional-hazards model with gamma frailty per customer (the payer type), fitted
by EM. What a ledger shows is readiness *under the policy it was observed under*, smeared by payment runs; so in a second step the
ledger's own invoices are sent through the engine under that policy and the base readiness is corrected until the simulated payments
fall as the observed ones did.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta

import numpy as np

from arsim.domain.calendar import KINDS, Calendar
from arsim.domain.ledger import Ledger
from arsim.domain.policy import Policy
from arsim.engine.journal import Kind
from arsim.engine.simulate import simulate
from arsim.model import exact
from arsim.model.behaviour import Behaviour
from arsim.model.population import AGES, ORIGIN, OpenItems, Population
from arsim.model.world import replay
from arsim.study.facts import Invoices
from arsim.study.survival import settle_curve

LEAST = 12  # payments in an age bin before its rate is believed
CORRECTIONS = 6  # rounds of simulate-and-correct
SIMULATED = 20_000  # invoices simulated in a round, about
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
    """

    population: Population
    customers: dict[str, int]
    payments: np.ndarray
    frailty: float
    payer_sd: np.ndarray
    observed: np.ndarray
    simulated: np.ndarray
    under: Policy

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
    book = invoices(ledger, customers)
    start = ledger.issued.min().item()
    kind = _calendar(ledger)
    calendar = Calendar(kind, start, int(max(book.last, book.due.max())) + 1)
    fit = _fit(book, len(customers))
    orders, log_mean, log_sd = _orders(book, calendar, len(customers))
    terms, month_end = _terms(book, calendar, len(customers))
    population = Population(
        name=ledger.source, start=start, calendar=kind, ids=tuple(customers),
        terms=terms, month_end=month_end, due_rolls=bool(np.mean(~calendar.open[book.due]) < 0.01),
        limit=np.maximum(_peak_exposure(book, len(customers)) * 3 // 2, 100),
        orders_a_day=orders, log_mean=log_mean, log_sd=log_sd, payer=fit.payer,
        run_days=_run_days(book, start.weekday(), len(customers)),
        dispute_rate=_shares(book, len(customers)) if ledger.has_disputes else np.zeros(len(customers)),
        dependence=np.full(len(customers), 0.5), insolvency=np.full(len(customers), 0.01),
        grade=np.searchsorted(np.quantile(-fit.payer, [0.25, 0.5, 0.75]), -fit.payer),
        base=fit.base, mood=fit.mood, dispute_factor=fit.dispute_factor,
        assumed=("limit", "dependence", "insolvency", "grade"),
    )  # fmt: skip
    longest = int(np.max(np.where(book.paid >= 0, book.paid, book.last) - book.issued))
    population, simulated = _correct(population, book, under, behaviour, longest, progress)
    return Estimate(population, customers, fit.payments, fit.frailty, fit.payer_sd, settle_curve(book, longest), simulated, under)


def open_items(ledger: Ledger, customers: dict[str, int], day) -> OpenItems:
    """Invoices issued by the end of `day` and not paid by then; a run from them starts on the day after."""
    day = np.datetime64(day)
    still = (ledger.issued <= day) & (np.isnat(ledger.paid) | (ledger.paid > day))
    start = day + 1
    return OpenItems(
        customer=np.array([customers[name] for name, kept in zip(ledger.customer, still, strict=True) if kept], np.int64),
        issue=(ledger.issued[still] - start).astype(np.int64),
        due=(ledger.due[still] - start).astype(np.int64),
        amount=ledger.amount[still],
        disputed=ledger.disputed[still],
        number=tuple(name for name, kept in zip(ledger.invoice, still, strict=True) if kept),
    )


def starting(found: Estimate, ledger: Ledger, day=None) -> Population:
    """The estimated population with the book as it stood at the end of `day` (by default the ledger's last)."""
    day = day or ledger.as_of
    return found.population.replace(start=day + timedelta(1), opening=open_items(ledger, found.customers, day))


# ── Pieces ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _calendar(ledger: Ledger) -> str:
    """The strictest calendar that nearly all payments keep."""
    paid = ledger.paid[~np.isnat(ledger.paid)]
    for kind in KINDS[:-1]:
        if len(paid):
            first = paid.min()
            known = Calendar(kind, first.item(), int((paid.max() - first).astype(int)) + 1)
            if np.mean(~known.open[(paid - first).astype(int)]) < 0.02:
                return kind
    return KINDS[-1] if len(paid) else KINDS[0]


def _terms(book, calendar, customers):
    """Each customer's most frequent terms, counted from the issue or from the month's end, whichever explains more invoices."""
    plain, from_end = book.due - book.issued, book.due - calendar.month_end[book.issued]
    terms, month_end = np.zeros(customers, np.int64), np.zeros(customers, bool)
    for who, mine in enumerate(_by_customer(book.customer, customers)):
        (a, a_count), (b, b_count) = (_mode(terms_of[mine]) for terms_of in (plain, from_end))
        month_end[who] = b_count > a_count and b >= 0
        terms[who] = b if month_end[who] else a
    return terms, month_end


def _mode(values):
    found, counts = np.unique(values, return_counts=True)
    return int(found[counts.argmax()]), int(counts.max())


def _by_customer(customer, customers):
    order = np.argsort(customer, kind="stable")
    return np.split(order, np.cumsum(np.bincount(customer, minlength=customers))[:-1])


def _run_days(book, first_weekday, customers):
    """Weekdays on which a customer pays.

    A weekday is ruled out only if its absence is no accident: with the whole ledger's share of that weekday, so few payment days on
    it would come less often than one time in a hundred.
    """
    from scipy.special import bdtr

    paid = book.paid >= 0
    days = np.unique(np.stack([book.customer[paid], book.paid[paid]], axis=1), axis=0)  # invoices of one run count once
    weekday = (days[:, 1] + first_weekday) % 7
    counts = np.bincount(days[:, 0] * 7 + weekday, minlength=customers * 7).reshape(customers, 7)
    usual = counts.sum(0) / max(1, counts.sum())
    total = counts.sum(1)
    absent = (bdtr(counts, total[:, None], np.broadcast_to(usual, counts.shape)) < 0.01) & (counts <= 0.05 * total[:, None])
    kept = ~absent & (usual > 0.005)
    kept[~kept.any(1)] = usual > 0.005 if usual.any() else True
    return (kept * (1 << np.arange(7))).sum(1)


def _orders(book, calendar, customers):
    """Orders per working day; mean and spread of ln amount, drawn towards the whole ledger's where a customer has few."""
    counts = np.bincount(book.customer, minlength=customers)
    logs = np.log(book.amount)
    mean, spread = logs.mean(), max(logs.std(), 0.01)
    log_mean = (np.bincount(book.customer, logs, customers) + 3 * mean) / (counts + 3)
    within = np.bincount(book.customer, (logs - log_mean[book.customer]) ** 2, customers)
    pooled = within.sum() / len(logs)
    log_sd = np.sqrt((within + 10 * pooled) / (counts + 10))
    return counts / calendar.open[: book.last + 1].sum(), log_mean, np.maximum(log_sd, 0.01 * spread)


def _shares(book, customers):
    """Dispute rate per customer, drawn towards the whole ledger's."""
    counts = np.bincount(book.customer, minlength=customers)
    return (np.bincount(book.customer, book.disputed, customers) + 10 * book.disputed.mean()) / (counts + 10)


def _peak_exposure(book, customers):
    """The most each customer ever owed."""
    until = np.where(book.paid >= 0, book.paid, book.last + 1)
    peak = np.zeros(customers, np.int64)
    for who, mine in enumerate(_by_customer(book.customer, customers)):
        moves = np.zeros(book.last + 2, np.int64)
        np.add.at(moves, book.issued[mine], book.amount[mine])
        np.add.at(moves, until[mine], -book.amount[mine])
        peak[who] = np.cumsum(moves).max()
    return peak


@dataclass(frozen=True, eq=False)
class _Fit:
    base: np.ndarray
    payer: np.ndarray
    payer_sd: np.ndarray
    payments: np.ndarray
    frailty: float
    dispute_factor: float
    mood: float


def _fit(book: Invoices, customers: int) -> _Fit:
    """EM for base rates by age bin, gamma frailty per customer and the factor on disputed invoices."""
    from scipy.optimize import minimize_scalar
    from scipy.special import gammaln

    event = book.paid >= 0
    first, last = (book.issued - book.due) + ORIGIN, np.where(event, book.paid, book.last) - book.due + ORIGIN
    payments = np.bincount(book.customer[event], minlength=customers)
    deaths = np.bincount(last[event], minlength=AGES)
    bins = _bins(deaths)
    payer, factor, variance, base = np.ones(customers), 1.0, 0.5, None
    for _ in range(25):
        weight = payer[book.customer] * np.where(book.disputed, factor, 1.0)
        exposed = np.cumsum(np.bincount(first, weight, AGES + 1) - np.bincount(last + 1, weight, AGES + 1))[:AGES]
        base = _rates(deaths, exposed, bins)
        summed = np.concatenate([[0.0], np.cumsum(base)])
        growth = summed[last + 1] - summed[first]
        if book.disputed.any():
            expected = np.sum((growth * payer[book.customer])[book.disputed])
            factor = (np.sum(event & book.disputed) + 1.0) / (expected + 1.0)
        total = np.bincount(book.customer, growth * np.where(book.disputed, factor, 1.0), customers)

        def against(log_variance, total=total):
            k = np.exp(-log_variance)
            return -np.sum(gammaln(payments + k) - gammaln(k) + k * np.log(k) - (payments + k) * np.log(total + k))

        variance = float(np.exp(minimize_scalar(against, bounds=(np.log(1e-4), np.log(20.0)), method="bounded").x))
        payer = (payments + 1 / variance) / (total + 1 / variance)
        payer /= np.average(payer, weights=np.maximum(payments, 1))
    score = exact.normal_quantile(np.clip(np.exp(-growth * payer[book.customer] * np.where(book.disputed, factor, 1.0)), 1e-6, 1 - 1e-6))
    return _Fit(
        base=base, payer=payer, payer_sd=np.sqrt(payments + 1 / variance) / (total + 1 / variance), payments=payments,
        frailty=variance, dispute_factor=float(factor), mood=_mood(book, event, score),
    )  # fmt: skip


def _mood(book, event, score):
    """Correlation of consecutive normal scores of one customer's invoices, its mean removed; 0 where there are too few."""
    counts = np.maximum(np.bincount(book.customer[event]), 1)
    score = score[event] - (np.bincount(book.customer[event], score[event]) / counts)[book.customer[event]]
    order = np.lexsort((book.issued[event], book.customer[event]))
    score, who = score[order], book.customer[event][order]
    pairs = who[1:] == who[:-1]
    return float(np.clip(np.corrcoef(score[:-1][pairs], score[1:][pairs])[0, 1], 0.0, 0.9)) if pairs.sum() >= 100 else 0.0


def _bins(deaths: np.ndarray) -> np.ndarray:
    """Bin of each age: ages join until `LEAST` payments are in; a rest that has too few joins the last bin."""
    closes = np.zeros(len(deaths), np.int64)
    seen, left = 0, int(deaths.sum())
    for age, count in enumerate(deaths.tolist()):
        seen += count
        left -= count
        if seen >= LEAST and left >= LEAST:
            closes[age], seen = 1, 0
    return np.concatenate([[0], np.cumsum(closes)[:-1]])


def _rates(deaths, exposed, bins):
    """Rate per day by bin: payments over exposure."""
    d, e = np.bincount(bins, deaths), np.bincount(bins, exposed)
    return np.divide(d, e, out=np.zeros(len(d)), where=e > 0)[bins]


def _correct(population, book, under, behaviour, longest, progress):
    """Send the ledger's own invoices through the engine and correct the base by age until payments fall as observed."""
    rounds = max(2, min(24, SIMULATED // len(book.amount)))
    event = book.paid >= 0
    ages = np.where(event, book.paid, book.last) - book.due + ORIGIN
    bins = _bins(np.bincount(ages[event], minlength=AGES))
    wanted = _growth(book, bins)
    base, best, nearest = population.base, None, np.inf
    observed = settle_curve(book, longest)
    for turn in range(CORRECTIONS + 1):
        candidate = population.replace(base=base)
        runs = [replayed(candidate, book, under, behaviour, replication) for replication in range(rounds)]
        curve = np.mean([settle_curve(run, longest) for run in runs], axis=0)
        distance = np.abs(curve - observed).max()
        if distance < nearest:
            best, nearest = candidate, distance
        got = np.mean([_growth(run, bins) for run in runs], axis=0)
        base = base * np.clip(np.divide(wanted, got, out=np.ones(len(wanted)), where=(got > 0) & (wanted > 0)), 0.5, 2.0)[bins]
        if progress:
            progress((turn + 1) / (CORRECTIONS + 1))
    checked = [settle_curve(replayed(best, book, under, behaviour, replication, CHECK_SEED), longest) for replication in range(rounds)]
    return best, np.mean(checked, axis=0)


def _growth(book, bins):
    """Integrated hazard by age bin as the payments show it, −ln(1 − share paid in the day) summed over the bin's exposure."""
    event = book.paid >= 0
    first, last = book.issued - book.due + ORIGIN, np.where(event, book.paid, book.last) - book.due + ORIGIN
    deaths = np.bincount(bins[last[event]], minlength=bins[-1] + 1)
    at_risk = np.cumsum(np.bincount(first, minlength=AGES + 1) - np.bincount(last + 1, minlength=AGES + 1))[:AGES]
    exposed = np.bincount(bins, at_risk)
    daily = np.divide(deaths, exposed, out=np.zeros(len(deaths)), where=exposed > 0)
    return -np.log1p(-np.minimum(daily, 0.98))


def replayed(population, book: Invoices, under: Policy, behaviour: Behaviour, replication: int, seed: int = FIT_SEED) -> Invoices:
    """The ledger's invoices with the model's payments, under the policy `under`: what the model would have seen."""
    world = replay(population, seed, replication, book.last + 1, book.customer, book.issued, book.amount, book.disputed)
    rows = simulate(world, under, behaviour).rows
    paid = np.full(len(book.amount), -1)
    payment = rows[rows["kind"] == Kind.PAYMENT]
    paid[payment["invoice"]] = payment["time"] // 1440
    sent = rows[rows["kind"] == Kind.INVOICE]
    due = book.due.copy()
    due[sent["invoice"]] = sent["b"]
    return replace(book, paid=paid, due=due)
