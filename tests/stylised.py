"""A ledger with the stylised facts of a real distributor, made by rules of its own: not by the model that is put to the test on it.

Each customer has a habit (an offset from the due date with a spread, a share of invoices paid exactly on the due date, a share that
gets stuck), a mood that lasts, weekly runs or daily ones, and sometimes a habit that changes for good.
"""

from datetime import date

import numpy as np

from arsim.domain.ledger import Ledger


def distributor(seed=1, customers=1000, invoices=36_000, start=date(2019, 1, 2), days=420, cut=None, closed_only=True, drift=1.0) -> Ledger:
    """About `invoices` invoices over `days` days; known until `cut`, and without what is open then if `closed_only`."""
    rng = np.random.default_rng(seed)
    weight = (np.arange(customers) + 2.2) ** -1.05
    weight[:10] *= 0.42 / (weight[:10].sum() / weight.sum())
    weight[10:] *= 0.58 / (weight[10:].sum() / weight.sum() * 1.0)
    weight /= weight.sum()
    first = np.datetime64(start)
    day = first + np.arange(days)
    working = np.is_busday(day)
    # Larger volumes at month ends and in the fourth quarter, and orders that come in clumps.
    level = np.where(working, 1.0 + 0.25 * ((day.astype("datetime64[D]") - day.astype("datetime64[M]")).astype(int) > 24), 0.02)
    level = level * np.where((day - first).astype(int) % 365 > 270, 1.1, 1.0)
    who = rng.choice(customers, invoices, p=weight)
    burst = rng.random(invoices) < 0.5
    issued = rng.choice(days, invoices, p=level / level.sum())
    order = np.argsort(who, kind="stable")
    issued[order[1:]] = np.where(burst[1:] & (who[order[1:]] == who[order[:-1]]), issued[order[:-1]], issued[order[1:]])
    terms = rng.choice([10, 15, 15, 30, 30, 30, 35, 60], customers)
    terms_of = np.where(rng.random(invoices) < 0.93, terms[who], rng.choice([15, 30], invoices))
    due = issued + terms_of

    habit = np.where(rng.random(customers) < 0.62, rng.normal(-3.5, 4.0, customers), rng.gamma(1.2, 6.0, customers))
    habit[:10] = rng.permutation(np.array([-4, -2, -1, 0, 0, 1, 2, 4, -1, 6]))
    spread = rng.gamma(3.0, 1.2, customers)
    exact = np.clip(rng.beta(0.7, 1.8, customers), 0, 0.9)
    stuck = np.clip(rng.gamma(0.8, 0.045, customers), 0, 0.4)
    changes = rng.random(customers) < 0.25
    when, shift = rng.integers(60, days, customers), rng.normal(1.0, 4.0, customers)
    weekly = rng.random(customers) < 0.3
    run = rng.integers(0, 5, customers)

    mood, z = {}, rng.standard_normal(invoices)
    for place in np.lexsort((issued, who)).tolist():
        customer, now = who[place], issued[place]
        last, then = mood.get(customer, (0.0, now - 60))
        carried = 0.8 * np.exp(-(now - then) / 25)
        z[place] = carried * last + np.sqrt(1 - carried * carried) * z[place]
        mood[customer] = (z[place], now)
    late = habit[who] + spread[who] * z + np.where(changes[who] & (issued > when[who]), drift * shift[who], 0.0)
    late = np.where(rng.random(invoices) < exact[who], 0.0, late)
    late = late + np.where(rng.random(invoices) < stuck[who], rng.gamma(1.0, 18.0, invoices), 0.0)
    amount = np.exp(rng.normal(9.4, 0.9, customers)[who] + 1.5 * rng.standard_normal(invoices))
    late = late - (amount < np.quantile(amount, 0.2)) * 1.0
    paid = np.maximum(issued + 1, due + np.rint(late).astype(int))
    weekday = (paid + start.weekday()) % 7
    paid = np.where(weekly[who], paid + (run[who] - weekday) % 7, np.where(weekday >= 5, paid + 7 - weekday, paid))
    weekday = (paid + start.weekday()) % 7
    paid = np.where(weekday >= 5, paid + 7 - weekday, paid)
    until = (np.datetime64(cut) - first).astype(int) if cut else days
    kept = (issued <= until) & ((paid <= until) | (not closed_only))
    never = np.where(paid[kept] <= until, first + paid[kept].astype("timedelta64[D]"), np.datetime64("NaT", "D"))
    count = int(kept.sum())
    return Ledger(
        tuple(f"N{number:06d}" for number in range(count)), tuple(f"P{customer:04d}" for customer in who[kept].tolist()),
        first + issued[kept].astype("timedelta64[D]"), first + due[kept].astype("timedelta64[D]"),
        np.maximum(100, (amount[kept] * 100).astype(np.int64)), never, np.zeros(count, bool),
        source="distributor.csv", known_until=None if closed_only else (first + until).item(), currency="USD",
    )  # fmt: skip
