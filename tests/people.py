"""Small populations for tests: everything ordinary unless said otherwise."""

from datetime import date

import numpy as np

from arsim.model.population import AGES, ORIGIN, OpenItems, Population

START = date(2025, 1, 1)


def rates(*steps):
    """Base readiness from (days past due, rate) steps."""
    age, base = np.arange(AGES) - ORIGIN, np.zeros(AGES)
    for day, rate in steps:
        base[age >= day] = rate
    return base


def people(n=10, base=None, **changes) -> Population:
    """`n` alike customers who order every other day, CNY 10,000 or so, 30 days' terms, daily runs."""
    made = Population(
        name="test",
        start=START,
        calendar="CN",
        ids=tuple(f"T{i:03d}" for i in range(n)),
        terms=np.full(n, 30),
        month_end=np.zeros(n, bool),
        limit=np.full(n, 500_000_00),
        orders_a_day=np.full(n, 0.5),
        log_mean=np.full(n, 13.8),
        log_sd=np.full(n, 0.5),
        payer=np.linspace(0.5, 2.0, n),
        run_days=np.full(n, 0b11111),
        dispute_rate=np.full(n, 0.05),
        dependence=np.linspace(0, 1, n),
        insolvency=np.full(n, 0.02),
        grade=np.arange(n) % 4,
        industry=np.arange(n) % 6,
        large=np.arange(n) < n // 10,
        peak_month=np.arange(n) % 12,
        base=rates((-30, 0.01), (0, 0.3), (3, 0.08), (30, 0.02)) if base is None else base,
        mood=0.3,
        dispute_factor=0.4,
    )
    return made.replace(**changes)


def pays_on(day_after_issue: int, terms: int = 30, **changes) -> Population:
    """Everybody pays exactly `day_after_issue` days after the invoice: no rest days, no spread, no losses."""
    n = changes.pop("n", 5)
    return people(
        n,
        base=rates((day_after_issue - terms, 1e9)),
        calendar="every day",
        run_days=np.full(n, 0b1111111),
        terms=np.full(n, terms),
        payer=np.ones(n),
        insolvency=np.zeros(n),
        dispute_rate=np.zeros(n),
        due_rolls=False,
        mood=0.0,
        **changes,
    )


def book(customer, issue, due, amount) -> OpenItems:
    """Open items from plain lists."""
    count = len(customer)
    return OpenItems(
        np.array(customer), np.array(issue), np.array(due), np.array(amount), np.zeros(count, bool), tuple(f"O{i}" for i in range(count))
    )
