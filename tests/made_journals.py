"""Journals made by hand or by rule, for the tests of everything computed from one."""

from datetime import date

import numpy as np
from hypothesis import strategies as st

from arsim.engine.journal import MINUTES_A_DAY, ROW, Journal, Kind
from arsim.study.prices import Prices

PRICES = Prices(annual_rate=0.0, gross_margin=0.25, collector_month=3_000, provision=(0.01, 0.1, 0.2, 0.3, 0.5))
CLEARS = (Kind.PAYMENT, Kind.WRITE_OFF, Kind.DISCOUNT, Kind.CREDIT_NOTE, Kind.LET_GO)  # each takes its amount off an invoice


def line(day, kind, customer, invoice, amount=0, a=0, b=0, minute=0):
    return (day * MINUTES_A_DAY + minute, kind, customer, invoice, a, b, amount)


def made(lines, days, warmup=0, customers=2, collectors=1, staff_minutes=9_600, **rest):
    rows = np.array(lines, ROW) if lines else np.zeros(0, ROW)
    rows = rows[np.argsort(rows["time"], kind="stable")]
    return Journal(rows, date(2025, 1, 1), warmup, days, customers, collectors, staff_minutes, **rest)


def steady(paid_after, term, days=300, warmup=120, amount=1_000):
    """One invoice every day, always paid `paid_after` days later."""
    lines = []
    for day in range(days):
        lines += [line(day, Kind.ORDER, 0, day, amount, 0, term), line(day, Kind.INVOICE, 0, day, amount, day, day + term)]
        if day + paid_after < days:
            lines.append(line(day + paid_after, Kind.PAYMENT, 0, day, amount, minute=1_020))
    return made(lines, days, warmup, customers=1)


@st.composite
def journals(draw):
    """Any book at all: opening items and invoices cleared in up to four steps of any kind, wholly, partly or not at all; contacts,
    orders held, lost, walked and prepaid; interest, recoveries, law, promises, goodwill; with a run-off or without.
    """
    days, run_off = draw(st.integers(1, 120)), draw(st.sampled_from([0, 0, 40]))
    day = st.integers(0, days - 1)
    customer, amount = st.integers(0, 3), st.integers(1, 10**9)
    lines = []
    step = st.tuples(st.sampled_from(CLEARS), st.integers(0, 60), st.sampled_from([0.01, 0.5, 1.0, 1.0]))
    for number, (opening, when, owner, fen, term, steps) in enumerate(
        draw(st.lists(st.tuples(st.booleans(), day, customer, amount, st.integers(0, 90), st.lists(step, max_size=4)), max_size=25))
    ):
        issue = -1 - when if opening else when
        if not opening:
            lines.append(line(when, Kind.ORDER, owner, number, fen, 0, term))
        lines.append(line(max(issue, 0), Kind.OPENING if opening else Kind.INVOICE, owner, number, fen, issue, issue + term))
        left, now = fen, max(issue, 0)
        for kind, after, share in steps:
            now, part = now + after, max(1, int(left * share))
            if left and now < days + run_off:
                lines.append(line(now, kind, owner, number, part, minute=1_020))
                left -= part
    turned = st.sampled_from([Kind.PREPAID, Kind.LOST, Kind.HELD, Kind.WALKED])
    for number, (kind, when, owner, fen) in enumerate(draw(st.lists(st.tuples(turned, day, customer, amount), max_size=6)), start=100):
        lines += [line(when, Kind.ORDER, owner, number, fen), line(when, kind, owner, number, fen)]
    contact = st.tuples(st.sampled_from([Kind.REACHED, Kind.MISSED, Kind.WRONG_PARTY]), day, customer, st.sampled_from([0, 3]))
    for kind, when, owner, channel in draw(st.lists(contact)):
        lines.append(line(when, kind, owner, -1, 100, channel, 5))
    beside = (Kind.INTEREST_PAID, Kind.RECOVERY, Kind.LAW, Kind.REVIEW, Kind.CARE, Kind.COST, Kind.KEPT, Kind.BROKEN, Kind.SETTLED)
    for kind, when, owner, fen in draw(st.lists(st.tuples(st.sampled_from(beside), day, customer, amount), max_size=8)):
        lines.append(line(when, kind, owner, -1, fen))
    for owner in draw(st.sets(customer)):
        lines.append(line(days, Kind.GOODWILL, owner, -1, draw(st.integers(0, 10_000))))
    shares = tuple(draw(st.sampled_from([0.0, 0.01, 0.2, 1.0])) for _ in range(4))
    return made(
        lines, days, draw(st.integers(0, days - 1)), customers=4, collectors=draw(st.integers(0, 2)), run_off=run_off, allowance=shares
    )
