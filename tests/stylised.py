"""A ledger with the stylised facts of a real distributor, made by rules of its own: not by the model that is put to the test on it.

Each customer has a habit (an offset from the due date with a spread, a share of invoices paid exactly on the due date, a share that
gets stuck), a mood that lasts, days of the week on which it pays, a way with due dates on weekends, and sometimes a habit that changes
for good.
"""

from datetime import date

import numpy as np

from arsim.domain.ledger import Ledger

RUNS = (0.6, 0.2, 0.2)  # of the customers pay daily, on two or three weekdays, on one
TOP, HOLD = 10, 0.43  # so many customers hold such a part of the invoices


def distributor(seed=1, customers=1000, invoices=36_000, start=date(2019, 1, 2), days=420, cut=None, closed_only=True, drift=1.0) -> Ledger:
    """About `invoices` invoices over `days` days; known until `cut`, and without what is open then if `closed_only`."""
    rng = np.random.default_rng(seed)
    weight = (np.arange(customers) + 2.2) ** -1.05
    top = min(TOP, customers // 4)
    weight[:top] *= HOLD / weight[:top].sum()
    weight[top:] *= (1 - HOLD) / weight[top:].sum()
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
    terms = rng.choice([10, 15, 15, 15, 30, 30, 30, 35, 60], customers)
    terms_of = np.where(rng.random(invoices) < 0.93, terms[who], rng.choice([15, 30], invoices))
    due = issued + terms_of

    slow = rng.random(customers) < 0.13
    habit = np.where(rng.random(customers) < 0.7, rng.normal(-5.0, 4.0, customers), rng.gamma(1.2, 2.5, customers))
    habit = np.where(slow, rng.gamma(2.0, 7.0, customers), habit)
    spread = np.where(slow, 1.3, 1.0) * rng.gamma(3.0, 0.8, customers)
    exact = np.where(slow, 0.05, np.clip(rng.beta(1.0, 1.0, customers), 0, 0.95))
    lag = rng.choice(3, customers, p=(0.7, 0.17, 0.13))  # days by which its exact payments arrive late
    kind = rng.choice(3, customers, p=RUNS)
    if top == TOP:
        exact[:TOP], lag[:TOP] = rng.permutation(np.linspace(0.1, 0.9, TOP)), rng.permutation(np.array([0, 0, 0, 0, 0, 0, 0, 1, 1, 2]))
        kind[:TOP] = rng.permutation(np.array([0, 0, 0, 0, 0, 0, 1, 1, 2, 2]))
        habit[:TOP] = rng.permutation(np.array([-9, -6, -5, -4, -3, -2, 0, 1, 5, 16])) + rng.normal(0, 0.5, TOP)
    stuck = np.clip(rng.gamma(0.8, 0.04, customers), 0, 0.4)
    changes = rng.random(customers) < 0.2
    when, shift = rng.integers(60, days, customers), rng.normal(0.7, 3.0, customers)
    week = rng.permuted(np.tile(np.arange(5), (customers, 1)), axis=1)
    runs = np.zeros((customers, 7), bool)
    for size, chosen in ((5, kind == 0), (2, kind == 1), (1, kind == 2)):
        np.put_along_axis(runs, week[:, :size], runs[np.arange(customers)[:, None], week[:, :size]] | chosen[:, None], axis=1)
    early = rng.random(customers) < 0.5  # due on a weekend: paid on Friday, else on Monday

    mood, z = {}, rng.standard_normal(invoices)
    for place in np.lexsort((issued, who)).tolist():
        customer, now = who[place], issued[place]
        last, then = mood.get(customer, (0.0, now - 60))
        carried = 0.92 * np.exp(-(now - then) / 30)
        z[place] = carried * last + np.sqrt(1 - carried * carried) * z[place]
        mood[customer] = (z[place], now)
    late = habit[who] + spread[who] * z + np.where(changes[who] & (issued > when[who]), drift * shift[who], 0.0)
    # What was ordered together is handled together more often than not.
    one = np.arange(invoices)
    lot = np.where(rng.random(invoices) < 0.7, np.unique(who * days + issued, return_inverse=True)[1], invoices + one)
    late = np.where(rng.random(2 * invoices)[lot] < exact[who], lag[who], late)
    late = late + np.where(rng.random(2 * invoices)[lot] < stuck[who], rng.gamma(1.0, 15.0, 2 * invoices)[lot], 0.0)
    usual = 9.4 + np.where(np.arange(customers) < top, 0.4, 0.9) * rng.standard_normal(customers)
    amount = np.exp(usual[who] + 1.65 * rng.standard_normal(invoices))
    late = late - (amount < np.quantile(amount, 0.2)) * 0.7
    paid = np.maximum(issued + 1, due + np.rint(late).astype(int))
    weekday = (paid + start.weekday()) % 7
    # A weekend goes to the Friday before or the Monday after it; then comes the customer's next run.
    moved = np.where(weekday >= 5, np.where(early[who], 4 - weekday, 7 - weekday), 0)
    paid = np.maximum(paid + moved, issued + 1)
    ahead = (paid[:, None] + np.arange(7) + start.weekday()) % 7
    paid = paid + np.argmax(runs[who[:, None], ahead], axis=1)
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
