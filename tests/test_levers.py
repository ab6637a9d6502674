"""Every lever once where it matters, in the direction it must, and once where it provably changes nothing.

`MATTERS` runs a policy with two values of the lever and states what must hold of the two journals. `IDLE` runs it with several values,
for a reason given in a few words, and the journals must be identical byte for byte.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import pytest
import simpy
from hypothesis import given, settings
from hypothesis import strategies as st
from people import book, pays_on, people, rates

from arsim.domain.calendar import DAY
from arsim.domain.credit_rules import SECURITIES
from arsim.domain.dunning_rules import CHANNELS
from arsim.domain.policy import Level, Policy, levers
from arsim.domain.risk_rules import ROUTES
from arsim.engine.journal import Answer, Cost, Hold, Journal, Kind, Lost, Stage
from arsim.engine.processes import Run
from arsim.engine.simulate import simulate
from arsim.model.behaviour import Behaviour
from arsim.model.population import Population
from arsim.model.world import deal
from arsim.study.compare import prices
from arsim.study.outcome import outcomes
from arsim.study.provision import allowance_by_age

CALL, VISIT, EMAIL = (CHANNELS.index(name) for name in ("call", "visit", "email"))
GRADES = "abcd"

# ── Who ────────────────────────────────────────────────────────────────────────────────────────────────────────────────


def graded(grade, n=8, **changes) -> Population:
    """Ordinary customers, all of one grade."""
    return people(n, grade=np.full(n, "abcd".index(grade)), **changes)


def idle_orders(n=4, late=40, amount=1_000_000, disputed=False, **changes) -> Population:
    """Customers who order nothing more, and owe one invoice that is `late` days overdue and that they never pay by themselves.

    `late` and `amount` (fen) may be one number or one for each customer.
    """
    late, amount = np.broadcast_to(late, n).tolist(), np.broadcast_to(amount, n).tolist()
    order = sorted(range(n), key=lambda who: (-late[who], who))
    items = book(order, [-late[who] - 30 for who in order], [-late[who] for who in order], [amount[who] for who in order])
    fixed = {
        "base": rates(), "calendar": "every day", "orders_a_day": np.zeros(n), "insolvency": np.zeros(n), "payer": np.ones(n),
        "run_days": np.full(n, 0b1111111), "grade": np.ones(n, int), "mood": 0.0, "opening": replace(items, disputed=np.full(n, disputed)),
    }  # fmt: skip
    return people(n, **(fixed | changes))


USUAL = people(8, insolvency=np.zeros(8))
STUCK = idle_orders()
SLOW = pays_on(50)  # twenty days late, always
PROMPT = pays_on(10)  # always before the due date
NOBODY_PAYS = people(6, base=rates(), insolvency=np.zeros(6), dispute_rate=np.zeros(6))

# ── How they behave ────────────────────────────────────────────────────────────────────────────────────────────────────

REACHED = {f"channel.{channel}.{what}": 1.0 for channel in CHANNELS for what in ("reach", "right_party")}
SOUND = {"liquidity.sound_tight": 1e-9}
DISTRESSED = {
    "liquidity.sound_tight": 0.5, "liquidity.tight_sound": 1e-6, "liquidity.tight_distressed": 0.25, "liquidity.distressed_tight": 1e-6,
}  # fmt: skip
NEVER_KEPT = {"promise.kept": 0.0, "promise.kept_tight": 0.0, "promise.kept_distressed": 0.0, "promise.part": 0.0}
ALWAYS_KEPT = {"promise.kept": 1.0, "promise.kept_tight": 1.0, "promise.kept_distressed": 1.0}


def answer(which=None) -> dict[str, float]:
    """Everybody is reached, and answers `which`; None: they will see."""
    forced = dict.fromkeys(("pays", "promise", "refuses", "refuses_slow", "hardship_tight", "hardship_distressed"), 0.0)
    if which:
        forced |= {name: 1.0 for name in forced if name.startswith(which)}
    return REACHED | {f"answer.{name}": chance for name, chance in forced.items()}


HARDSHIP = answer("hardship") | DISTRESSED
PROMISES = answer("promise") | SOUND

# ── What is run ────────────────────────────────────────────────────────────────────────────────────────────────────────


class Seen:
    """A journal and short ways to look into it."""

    def __init__(self, journal: Journal):
        self.journal, self.all = journal, journal.rows

    def rows(self, *kinds: Kind, **columns: int) -> np.ndarray:
        found = np.isin(self.all["kind"], kinds)
        for column, value in columns.items():
            found &= self.all[column] == value
        return self.all[found]

    def n(self, *kinds: Kind, **columns: int) -> int:
        return len(self.rows(*kinds, **columns))

    def days(self, *kinds: Kind, **columns: int) -> list[int]:
        return (self.rows(*kinds, **columns)["time"] // DAY).tolist()

    def first(self, *kinds: Kind, **columns: int) -> int:
        return min(self.days(*kinds, **columns), default=1 << 30)

    def of(self, column: str, *kinds: Kind, **columns: int) -> set[int]:
        return set(self.rows(*kinds, **columns)[column].tolist())

    def total(self, *kinds: Kind, **columns: int) -> int:
        return int(self.rows(*kinds, **columns)["amount"].sum())

    def goodwill(self) -> np.ndarray:
        return self.rows(Kind.GOODWILL)["amount"]

    def touched(self, **columns: int) -> np.ndarray:
        return self.rows(Kind.REACHED, Kind.WRONG_PARTY, Kind.MISSED, **columns)

    def terms(self) -> np.ndarray:
        sent = self.rows(Kind.INVOICE)
        return sent["b"] - sent["a"]


def sooner(slow: Seen, fast: Seen) -> bool:
    """At no moment has less been paid of any invoice in `fast`, and at some moment more."""
    a, b = slow.rows(Kind.PAYMENT, Kind.DISCOUNT), fast.rows(Kind.PAYMENT, Kind.DISCOUNT)

    def by(found, row):
        return found["amount"][(found["invoice"] == row["invoice"]) & (found["time"] <= row["time"])].sum()

    return all(by(b, row) >= by(a, row) for row in a) and any(by(b, row) > by(a, row) for row in b)


@dataclass(frozen=True)
class Case:
    """A population, a policy around the lever, constants of behaviour, a horizon in days."""

    who: Population = USUAL
    policy: dict[str, Any] = field(default_factory=dict)  # "ladder": (days, channel, further levers of the level …)
    behaviour: dict[str, float] = field(default_factory=dict)
    days: int = 90

    def run(self, path: str, value: Any) -> Seen:
        changes = dict(self.policy)
        ladder = tuple(Level(days=days, channel=channel, **dict(more)) for days, channel, *more in changes.pop("ladder", ()))
        policy = Policy(name="case", dunning=ladder).replace(changes | {path.replace(".N.", ".1."): value})
        behaviour = Behaviour.default(self.behaviour)
        return Seen(simulate(deal(self.who, 1, 0, self.days, behaviour=behaviour), policy, behaviour))


@dataclass(frozen=True)
class Matters(Case):
    """With the lever at `one` and at `other`, `holds` must be true of the two journals."""

    one: Any = None
    other: Any = None
    holds: Callable[[Seen, Seen], bool] = lambda a, b: False


@dataclass(frozen=True)
class Idle(Case):
    """Because of `why`, the journal is the same for all `values` (if empty: both bounds and the default, or all choices)."""

    why: str = ""
    values: tuple = ()


LADDER = ((3, "email"), (10, "call"))
HAND = {"ladder": ((0, "email"), (5, "call"))}
TWO = {"ladder": ((1, "email"), (10, "email")), "team.contact_cap": 21}
TO_LAW = {"law.days": 60, "law.cases_a_week": 100, "law.min_amount": 0}
PLAN = {"ladder": ((1, "call"),), "plan.offer": "yes", "team.collectors": 5}
WATCH = {"warning.check": "weekly", "warning.ratio_points": 0, "warning.overdue_points": 80, "warning.slowing_points": 0,
         "warning.growth_points": 0, "warning.promise_points": 0}  # fmt: skip
BLIND = WATCH | {"warning.overdue_points": 0}
UNRANKED = {"worklist.amount_points": 0, "worklist.days_points": 0, "worklist.risk_points": 0}
VISITS = UNRANKED | {"ladder": ((1, "visit"),)}  # a visit takes half a day: the ranking decides who waits
QUARRELS = idle_orders(20, late=0, disputed=True, base=rates((0, 0.002)))
TAKERS = {"money.funds": 0.0001, "money.funds_grade": 0.0} | SOUND
MIXED = pays_on(40, n=8, orders_a_day=np.full(8, 0.1), grade=np.arange(8) % 4)


def visited(seen: Seen) -> int:
    """The customer who is visited first."""
    return int(seen.touched(a=VISIT)["customer"][0])


def never_later(a: Seen, b: Seen, kind: Kind) -> bool:
    """Every line of `kind` about an invoice or customer in `a` is in `b` as well, and not later."""
    when = {(row["customer"], row["invoice"]): row["time"] for row in reversed(b.rows(kind))}
    return all(when.get((row["customer"], row["invoice"]), 1 << 60) <= row["time"] for row in a.rows(kind))


# ── Where it matters ───────────────────────────────────────────────────────────────────────────────────────────────────

MATTERS: dict[str, Matters] = {
    "credit.limit_factor": Matters(policy={"credit.over_limit": "hold"}, one=5.0, other=0.1, holds=lambda a, b: (
        not a.n(Kind.HELD) and b.n(Kind.HELD, a=Hold.OVER_LIMIT) and a.total(Kind.INVOICE) > b.total(Kind.INVOICE))),
    **{f"credit.limit_{grade}": Matters(graded(grade), {"credit.over_limit": "hold"}, one=1.0, other=0.0, holds=lambda a, b: (
        a.n(Kind.INVOICE) and not b.n(Kind.INVOICE) and b.n(Kind.HELD, Kind.WALKED) == b.n(Kind.ORDER))) for grade in GRADES},
    "credit.over_limit": Matters(policy={"credit.limit_factor": 0.0}, one="hold", other="prepay", holds=lambda a, b: (
        a.n(Kind.HELD) and not a.n(Kind.PREPAID) and b.n(Kind.PREPAID) and b.n(Kind.LOST, a=Lost.NO_PREPAYMENT) and not b.n(Kind.HELD))),
    "credit.hold_overdue_days": Matters(SLOW, one=0, other=10, holds=lambda a, b: (
        not a.n(Kind.HELD) and b.n(Kind.HELD, a=Hold.OVERDUE) and b.first(Kind.HELD) > 40)),
    "credit.hold_overdue_share": Matters(SLOW, {"credit.hold_overdue_days": 10}, one=1.0, other=0.0, holds=lambda a, b: (
        not a.n(Kind.HELD) and b.n(Kind.HELD, a=Hold.OVERDUE))),
    "credit.call_on_hold": Matters(SLOW, {"credit.hold_overdue_days": 10}, REACHED, one="no", other="yes", holds=lambda a, b: (
        not a.touched().size and b.n(Kind.NOTICE, a=CALL, b=-1) and b.days(Kind.NOTICE)[0] == b.first(Kind.HELD))),
    **{f"credit.terms_{grade}": Matters(graded(grade, dependence=np.full(8, 0.5)), days=200, one=365, other=10, holds=lambda a, b: (
        a.terms().min() >= 30 and 10 <= b.terms().min() < 30 and b.n(Kind.LOST, a=Lost.SHORT_TERMS)
        and not a.n(Kind.LOST))) for grade in GRADES},
    "credit.review_months": Matters(one=0, other=2, holds=lambda a, b: not a.n(Kind.REVIEW) and b.n(Kind.REVIEW) >= 8),
    "credit.reviews_a_week": Matters(policy={"credit.review_months": 1}, one=1, other=20, holds=lambda a, b: (
        0 < a.n(Kind.REVIEW) < b.n(Kind.REVIEW) and all(a.days(Kind.REVIEW).count(day) == 1 for day in a.days(Kind.REVIEW)))),
    "credit.hold_review_days": Matters(policy={"credit.review_months": 1, "credit.reviews_a_week": 0}, one=0, other=20, holds=lambda a, b: (
        not a.n(Kind.HELD) and b.n(Kind.HELD, a=Hold.REVIEW) and b.first(Kind.HELD) > 20)),
    "credit.approval_amount": Matters(one=0, other=10_000, holds=lambda a, b: (
        not a.n(Kind.HELD) and b.n(Kind.HELD, a=Hold.APPROVAL) and b.rows(Kind.HELD, a=Hold.APPROVAL)["amount"].min() > 1_000_000)),
    "credit.approval_grade": Matters(policy={"credit.approval_amount": 1}, one="D", other="A", holds=lambda a, b: (
        not a.n(Kind.PREPAID) and b.of("customer", Kind.PREPAID, Kind.LOST) & {1, 2, 3} and {0, 4} >= b.of("customer", Kind.INVOICE))),
    "credit.approval_days": Matters(policy={"credit.approval_amount": 1}, one=1, other=10, holds=lambda a, b: (
        a.n(Kind.INVOICE) > b.n(Kind.INVOICE) and never_later(b, a, Kind.INVOICE)
        and b.first(Kind.INVOICE) - b.first(Kind.HELD) >= 14)),
    "credit.security": Matters(policy={"credit.security_grade": "A"}, one="none", other="retention", holds=lambda a, b: (
        not a.n(Kind.SECURED) and b.of("a", Kind.SECURED) == {SECURITIES.index("retention")} and b.n(Kind.LOST, a=Lost.NO_SECURITY)
        and not b.of("customer", Kind.SECURED) & b.of("customer", Kind.LOST))),
    "credit.security_grade": Matters(USUAL, {"credit.security": "collateral"}, {"grant.accepts_security": 0.0},
        one="D", other="A", holds=lambda a, b: a.of("customer", Kind.LOST) == {3, 7} and b.of("customer", Kind.LOST) == set(range(8))),
    "team.collectors": Matters(policy=HAND, behaviour=answer(), one=0, other=2, holds=lambda a, b: (
        not a.touched(a=CALL).size and b.touched(a=CALL).size and a.touched(a=EMAIL).size == b.touched(a=EMAIL).size)),
    "team.attempts": Matters(STUCK, HAND, {"channel.call.reach": 0.0}, one=1, other=4, holds=lambda a, b: (
        a.n(Kind.MISSED, a=CALL) == 4 and b.n(Kind.MISSED, a=CALL) == 16)),
    "team.contact_cap": Matters(STUCK, {"ladder": ((41, "letter"), (42, "sms"), (43, "email"))}, answer(), one=1, other=3,
        holds=lambda a, b: (
            a.n(Kind.REACHED) == b.n(Kind.REACHED) == 12
            and set(b.days(Kind.REACHED)) == {1, 2, 3} and set(a.days(Kind.REACHED)) == {1, 8, 15})),
    # Three years are up on day 4; what the debtor was told on the telephone counts only if it was confirmed.
    "team.confirm_calls": Matters(
        idle_orders(2, late=1092, start=STUCK.start.replace(2027, 6, 1)), HAND | {"write_off_days": 1095}, answer(), 40,
        one="no", other="yes", holds=lambda a, b: (
            a.n(Kind.BARRED) == 2 and not b.n(Kind.BARRED) and a.rows(Kind.REACHED)["b"].max() < b.rows(Kind.REACHED)["b"].max())),
    "promise.pause": Matters(STUCK, {"ladder": ((1, "call"), (45, "email"))}, PROMISES | NEVER_KEPT | {"promise.days": 20},
        one="no", other="yes", holds=lambda a, b: (
            all(day in (5, 6) for day in a.days(Kind.NOTICE, a=EMAIL)) and
            all(row["time"] // DAY > b.rows(Kind.PROMISE, customer=row["customer"])["a"][0] for row in b.rows(Kind.NOTICE, a=EMAIL)
                if b.rows(Kind.PROMISE, customer=row["customer"])["a"][0] > 5))),
    "promise.follow_up": Matters(STUCK, HAND, PROMISES | NEVER_KEPT, one="none", other="visit", holds=lambda a, b: (
        a.n(Kind.BROKEN) and not a.n(Kind.NOTICE, a=VISIT) and b.n(Kind.NOTICE, a=VISIT, b=-1)
        and b.first(Kind.NOTICE, a=VISIT) >= b.first(Kind.BROKEN))),
    "worklist.amount_points": Matters(idle_orders(amount=[10**6, 2 * 10**6, 3 * 10**6, 9 * 10**6]), VISITS, answer(), one=0, other=100,
        holds=lambda a, b: visited(a) == 0 and visited(b) == 3),
    "worklist.days_points": Matters(idle_orders(late=[20, 30, 40, 50]), VISITS, answer(), one=0, other=2,
        holds=lambda a, b: visited(a) == 0 and visited(b) == 3),
    "worklist.risk_points": Matters(idle_orders(grade=np.arange(4)), VISITS, answer(), one=0, other=20,
        holds=lambda a, b: visited(a) == 0 and visited(b) == 3),
    # Only the last customer's invoice is large enough for the call in which it makes a promise it will break.
    "worklist.broken_points": Matters(idle_orders(amount=[10**6] * 3 + [10**7], late=1),
        UNRANKED | {"ladder": ((1, "call", ("min_amount", 50_000)), (60, "visit")), "promise.pause": "no"}, PROMISES | NEVER_KEPT, 80,
        one=0, other=500, holds=lambda a, b: visited(a) == 0 and visited(b) == 3),
    "worklist.warning_points": Matters(
        STUCK.replace(opening=book([3, 0, 1, 2, 3], [-90, -40, -40, -40, -40], [-60, -10, -10, -10, -10], [100_000] + [1_000_000] * 4)),
        WATCH | UNRANKED | {"ladder": ((25, "visit", ("min_amount", 5_000)),)}, answer(), one=0, other=100,
        holds=lambda a, b: visited(a) == 0 and visited(b) == 3 and b.first(Kind.WARNING, customer=3) < b.first(Kind.REACHED)),
    "warning.check": Matters(STUCK, WATCH, days=200, one="monthly", other="weekly", holds=lambda a, b: (
        0 < a.n(Kind.WARNING) <= b.n(Kind.WARNING) and a.first(Kind.WARNING, a=3) >= b.first(Kind.WARNING, a=3))),
    "warning.ratio_below": Matters(policy=BLIND | {"warning.ratio_points": 60}, days=200, one=0.3, other=2.0, holds=lambda a, b: (
        not a.n(Kind.WARNING) and b.n(Kind.WARNING))),
    "warning.ratio_points": Matters(policy=BLIND | {"warning.ratio_below": 2.0}, one=0, other=100, holds=lambda a, b: (
        not a.n(Kind.WARNING) and b.n(Kind.WARNING))),
    "warning.overdue_points": Matters(STUCK, WATCH, one=0, other=40, holds=lambda a, b: (
        not a.n(Kind.WARNING) and b.of("customer", Kind.WARNING) == set(range(4)))),
    "warning.slowing_points": Matters(SLOW, BLIND, one=0, other=100, holds=lambda a, b: (
        not a.n(Kind.WARNING) and b.n(Kind.WARNING) and b.first(Kind.WARNING) > b.first(Kind.PAYMENT))),
    "warning.growth_points": Matters(policy=BLIND, behaviour={f"ratio.growth_{state}": -0.3 for state in ("sound", "tight", "distressed")},
        one=0, other=60, holds=lambda a, b: not a.n(Kind.WARNING) and b.n(Kind.WARNING)),
    "warning.promise_points": Matters(STUCK, BLIND | HAND, PROMISES | NEVER_KEPT, one=0, other=60, holds=lambda a, b: (
        not a.n(Kind.WARNING) and b.n(Kind.WARNING) and b.first(Kind.WARNING) >= b.first(Kind.BROKEN))),
    **{f"warning.{name}": Matters(STUCK, WATCH | {f"warning.{line}": 200 for line in ("blue", "yellow", "red")}, one=200, other=20,
        holds=lambda a, b, number=number: not a.n(Kind.WARNING) and b.of("a", Kind.WARNING) == {number})
       for number, name in ((1, "blue"), (2, "yellow"), (3, "red"))},
    "warning.call": Matters(STUCK, WATCH, REACHED, one="none", other="yellow", holds=lambda a, b: (
        not a.touched().size and b.first(Kind.NOTICE, a=CALL, b=-1) >= b.first(Kind.WARNING, a=2))),
    "warning.visit": Matters(STUCK, WATCH, REACHED, one="none", other="red", holds=lambda a, b: (
        not a.touched().size and b.first(Kind.NOTICE, a=VISIT, b=-1) >= b.first(Kind.WARNING, a=3))),
    "warning.shorten": Matters(NOBODY_PAYS, WATCH | {"warning.short_terms": 5}, one="none", other="red", days=150, holds=lambda a, b: (
        a.terms().min() >= 30 and b.terms().min() < 30 and b.days(Kind.INVOICE)[int(b.terms().argmin())] >= b.first(Kind.WARNING, a=3))),
    "warning.short_terms": Matters(NOBODY_PAYS, WATCH | {"warning.shorten": "blue"}, days=150, one=20, other=0, holds=lambda a, b: (
        20 <= a.terms().min() < 30 and b.terms().min() < 20)),
    "warning.lower": Matters(NOBODY_PAYS, WATCH | {"warning.lower_factor": 0.0, "credit.over_limit": "hold", "credit.limit_factor": 5.0},
        one="none", other="red", days=150, holds=lambda a, b: (
            not a.n(Kind.HELD) and b.n(Kind.HELD, a=Hold.OVER_LIMIT) and b.first(Kind.HELD) >= b.first(Kind.WARNING, a=3))),
    "warning.lower_factor": Matters(NOBODY_PAYS, WATCH | {"warning.lower": "blue", "credit.over_limit": "hold", "credit.limit_factor": 5.0},
        one=1.0, other=0.1, days=150, holds=lambda a, b: not a.n(Kind.HELD) and b.n(Kind.HELD, a=Hold.OVER_LIMIT)),
    "warning.stop": Matters(NOBODY_PAYS, WATCH, one="none", other="red", days=150, holds=lambda a, b: (
        not a.n(Kind.HELD) and b.n(Kind.HELD, a=Hold.WARNING) and b.first(Kind.HELD) >= b.first(Kind.WARNING, a=3))),
    "warning.plan": Matters(STUCK, WATCH, {"plan.accepts_security": 1.0}, one="none", other="red", holds=lambda a, b: (
        not a.n(Kind.SECURED) and b.of("a", Kind.SECURED) == {SECURITIES.index("collateral")}
        and b.n(Kind.SECURED) == 4 and b.first(Kind.SECURED) == b.first(Kind.WARNING, a=3))),
    "dispute.desk": Matters(QUARRELS, {"dispute.response_days": 1}, {"dispute.complains": 3.0}, 200, one=1, other=4, holds=lambda a, b: (
        a.n(Kind.SETTLED) and never_later(a, b, Kind.SETTLED) and a.days(Kind.SETTLED) != b.days(Kind.SETTLED)
        and b.total(Kind.COST, a=Cost.DESK) > a.total(Kind.COST, a=Cost.DESK))),
    "dispute.response_days": Matters(QUARRELS, {"dispute.desk": 4}, days=200, one=5, other=40, holds=lambda a, b: (
        b.n(Kind.SETTLED) and never_later(b, a, Kind.SETTLED) and a.rows(Kind.SETTLED)["b"].mean() < b.rows(Kind.SETTLED)["b"].mean())),
    "dispute.pause": Matters(QUARRELS, {"dispute.desk": 1, "dispute.response_days": 30, "ladder": ((20, "email"),)},
        {"dispute.complains": 3.0}, days=35, one="no", other="yes", holds=lambda a, b: (
            b.n(Kind.NOTICE) < a.n(Kind.NOTICE) and a.n(Kind.DISPUTE) == b.n(Kind.DISPUTE))),
    "dispute.claim_undisputed": Matters(QUARRELS.replace(base=rates((0, 0.05)), dispute_factor=0.1),
        {"dispute.desk": 1, "dispute.response_days": 30},
        {"dispute.complains": 3.0}, one="no", other="yes", holds=lambda a, b: (
            never_later(a, b, Kind.PAYMENT) and b.rows(Kind.PAYMENT)["time"][:10].sum() < a.rows(Kind.PAYMENT)["time"][:10].sum())),
    "discount.percent": Matters(MIXED, behaviour=TAKERS, one=0.0, other=3.0, holds=lambda a, b: (
        not a.n(Kind.DISCOUNT) and b.n(Kind.DISCOUNT) and sooner(a, b))),
    "discount.days": Matters(MIXED, {"discount.percent": 3.0}, TAKERS, one=5, other=20, holds=lambda a, b: (
        max(ages(a, Kind.DISCOUNT)) == 5 and max(ages(b, Kind.DISCOUNT)) == 20)),
    "discount.grace": Matters(pays_on(15), {"discount.percent": 3.0}, {"money.funds": 99.0, "money.discount_late": 1.0}, one=0, other=5,
        holds=lambda a, b: not a.n(Kind.DISCOUNT) and b.n(Kind.DISCOUNT) == b.n(Kind.PAYMENT) and set(ages(b, Kind.DISCOUNT)) == {15}),
    "discount.grades": Matters(MIXED, {"discount.percent": 3.0}, TAKERS, one="good", other="weak", holds=lambda a, b: (
        {who % 4 for who in a.of("customer", Kind.DISCOUNT)} == {0, 1} and {who % 4 for who in b.of("customer", Kind.DISCOUNT)} == {2, 3})),
    "interest.rate": Matters(people(8, orders_a_day=np.full(8, 0.1), insolvency=np.zeros(8)), days=150, one=0.0, other=0.18,
        holds=lambda a, b: not a.n(Kind.INTEREST) and b.n(Kind.INTEREST_PAID) and b.goodwill().sum() < a.goodwill().sum() and sooner(a, b)),
    "interest.grace": Matters(people(8, insolvency=np.zeros(8)), {"interest.rate": 0.1}, {"money.interest_effect": 1.0}, one=0, other=15,
        holds=lambda a, b: 0 < min(a.of("a", Kind.INTEREST)) <= 15 < min(b.of("a", Kind.INTEREST))),
    "interest.waive": Matters(SLOW, {"interest.rate": 0.1}, {"money.interest_collected": 1.0}, one="never", other="always",
        holds=lambda a, b: (
        not a.n(Kind.WAIVED) and a.n(Kind.INTEREST_PAID) == a.n(Kind.INTEREST) > 0
        and not b.n(Kind.INTEREST_PAID) and b.n(Kind.WAIVED) == b.n(Kind.INTEREST) > 0)),
    "cash.tolerance": Matters(pays_on(20, frayed=True), behaviour={"money.short": 1.0}, one=0, other=100_000, holds=lambda a, b: (
        not a.n(Kind.LET_GO) and b.n(Kind.LET_GO) and b.rows(Kind.LET_GO)["amount"].max() <= 10_000_000)),
    "plan.offer": Matters(STUCK, PLAN, HARDSHIP, one="no", other="yes", holds=lambda a, b: (
        a.n(Kind.ANSWER, a=Answer.HARDSHIP) and not a.n(Kind.PLAN) and b.n(Kind.PLAN) == 4 and not a.n(Kind.PAYMENT)
        and b.of("a", Kind.PAYMENT) == {2})),
    "plan.months": Matters(STUCK, PLAN, HARDSHIP | {"plan.paid_distressed": 1.0}, 200, one=2, other=5, holds=lambda a, b: (
        a.n(Kind.PAYMENT) == 8 and b.n(Kind.PAYMENT) == 20 and a.total(Kind.PAYMENT) == b.total(Kind.PAYMENT) == 4_000_000)),
    "plan.interest_good": Matters(STUCK, PLAN, HARDSHIP | {"plan.rate_deters": 0.0}, one=0.0, other=0.12, holds=lambda a, b: (
        not a.n(Kind.INTEREST_PAID) and b.n(Kind.INTEREST_PAID) and b.of("b", Kind.PLAN) == {1200})),
    "plan.interest_weak": Matters(STUCK.replace(grade=np.full(4, 3)), PLAN, HARDSHIP | {"plan.rate_deters": 10.0}, one=0.0, other=0.12,
        holds=lambda a, b: a.of("b", Kind.PLAN) == {0} and not b.n(Kind.PLAN)),
    "plan.season": Matters(STUCK, PLAN, HARDSHIP | {"plan.paid_distressed": 1.0}, 250, one="no", other="yes", holds=lambda a, b: (
        np.ptp(a.rows(Kind.PAYMENT)["amount"]) <= 10 and np.ptp(b.rows(Kind.PAYMENT)["amount"]) > 100_000
        and a.total(Kind.PAYMENT) == b.total(Kind.PAYMENT) == 4_000_000)),
    "plan.security": Matters(idle_orders(12), PLAN, HARDSHIP, one="none", other="collateral", holds=lambda a, b: (
        not a.n(Kind.SECURED) and b.of("a", Kind.SECURED) == {SECURITIES.index("collateral")}
        and b.of("customer", Kind.PLAN) == b.of("customer", Kind.SECURED) < a.of("customer", Kind.PLAN))),
    "plan.accelerate": Matters(idle_orders(8), PLAN, HARDSHIP | {"plan.paid_distressed": 0.3}, 400, one="no", other="yes",
        holds=lambda a, b: (
        b.n(Kind.PLAN_BROKEN) and never_later(a, b, Kind.PLAN_BROKEN) and b.first(Kind.PLAN_BROKEN) < a.first(Kind.PLAN_BROKEN))),
    "plan.notarised": Matters(STUCK, PLAN, HARDSHIP | {"plan.paid_distressed": 0.0}, 300, one="no", other="yes", holds=lambda a, b: (
        a.n(Kind.PLAN_BROKEN) and not a.n(Kind.LAW) and b.n(Kind.LAW, a=Stage.ENFORCED) and not b.n(Kind.LAW, a=Stage.FILED))),
    "law.days": Matters(STUCK, TO_LAW, one=60, other=90, holds=lambda a, b: (
        a.first(Kind.LAW, a=Stage.FILED) == 21 and b.first(Kind.LAW, a=Stage.FILED) == 51)),
    "law.min_amount": Matters(idle_orders(amount=[10**6, 10**6, 9 * 10**6, 9 * 10**6]), TO_LAW, one=0, other=50_000, holds=lambda a, b: (
        a.of("customer", Kind.LAW) == {0, 1, 2, 3} and b.of("customer", Kind.LAW) == {2, 3})),
    "law.route": Matters(STUCK, TO_LAW, one="payment_order", other="lawyer_on_commission", days=200, holds=lambda a, b: (
        {Stage.FILED} < a.of("a", Kind.LAW) and not a.of("a", Kind.LAW) & {Stage.HANDED_OVER, Stage.RETURNED}
        and {Stage.HANDED_OVER, Stage.RETURNED} <= b.of("a", Kind.LAW) <= {Stage.HANDED_OVER, Stage.RETURNED, Stage.ENDED})),
    "law.cases_a_week": Matters(STUCK, TO_LAW, one=1, other=100, holds=lambda a, b: (
        set(b.days(Kind.LAW, a=Stage.FILED)) == {21} and max(a.days(Kind.LAW, a=Stage.FILED)) > 21 and never_later(a, b, Kind.LAW))),
    "law.enforce": Matters(STUCK, TO_LAW, {"law.complies": 0.0}, 400, one="no", other="yes", holds=lambda a, b: (
        not a.n(Kind.LAW, a=Stage.ENFORCED) and b.n(Kind.LAW, a=Stage.ENFORCED) == 4
        and b.total(Kind.PAYMENT) > a.total(Kind.PAYMENT) == 0)),
    "law.on_refusal": Matters(STUCK, HAND | {"law.min_amount": 0}, answer("refuses"), one="no", other="yes", holds=lambda a, b: (
        a.n(Kind.ANSWER, a=Answer.REFUSES) and not a.n(Kind.LAW)
        and b.first(Kind.LAW, a=Stage.FILED) > b.first(Kind.ANSWER, a=Answer.REFUSES) and b.n(Kind.LAW, a=Stage.FILED) == 4)),
    "law.complaint_days": Matters(STUCK.replace(industry=np.array([0, 5, 0, 0]), large=np.arange(4) == 2), one=0, other=60, days=150,
        holds=lambda a, b: not a.n(Kind.LAW) and b.of("customer", Kind.LAW) == {1, 2} and b.first(Kind.LAW, a=Stage.COMPLAINED) == 21
        and b.first(Kind.LAW, a=Stage.HEARD) >= 81),
    "relations.care_calls": Matters(PROMPT.replace(dependence=np.ones(5)), {"ladder": ((-25, "letter"),)}, REACHED, 120,
        one=0, other=6, holds=lambda a, b: (
        not a.n(Kind.CARE) and 5 <= b.n(Kind.CARE) <= 15 and np.all(a.goodwill() <= b.goodwill())
        and a.goodwill().sum() < b.goodwill().sum())),
    "relations.recovery_kpi": Matters(USUAL, HAND, answer() | {"together.kpi_orders": 0.3}, one=0.0, other=1.0, holds=lambda a, b: (
        not a.n(Kind.LOST) and {who % 4 for who in b.of("customer", Kind.LOST, a=Lost.NOT_PURSUED)} == {2, 3})),
    "relations.joint_visits": Matters(idle_orders(8, base=rates((0, 0.005))), VISITS, answer("pays"), one="no", other="yes",
        holds=lambda a, b: (
        b.n(Kind.COST, a=Cost.JOINT_VISIT) == len(b.touched(a=VISIT)) > 0 and sooner(a, b) and np.all(a.goodwill() <= b.goodwill()))),
    "tools.crm": Matters(idle_orders(30), HAND, answer() | {"channel.call.right_party": 0.4}, one="no", other="yes", holds=lambda a, b: (
        a.n(Kind.WRONG_PARTY, a=CALL) > b.n(Kind.WRONG_PARTY, a=CALL) and b.total(Kind.COST, a=Cost.TOOLS) > 0)),
    "tools.e_statement": Matters(QUARRELS, {"dispute.desk": 2}, {"dispute.complains": 90.0}, one="no", other="yes", holds=lambda a, b: (
        not a.n(Kind.DISPUTE, b=2) and b.n(Kind.DISPUTE, b=2) and never_later(a, b, Kind.DISPUTE))),
    "tools.one_click": Matters(behaviour={"together.one_click": 1.15}, one="no", other="yes", holds=lambda a, b: (
        not a.n(Kind.COST) and b.n(Kind.COST, a=Cost.TOOLS) and sooner(a, b))),
    "write_off.then": Matters(idle_orders(12, late=60), {"write_off_days": 90}, {"recovery.written_off": 1.0}, 150,
        one="nothing", other="lawyer_on_commission", holds=lambda a, b: (
            a.n(Kind.WRITE_OFF) == b.n(Kind.WRITE_OFF) == 12 and not a.n(Kind.RECOVERY) and b.n(Kind.RECOVERY)
            and b.of("invoice", Kind.RECOVERY) <= b.of("invoice", Kind.WRITE_OFF)
            and b.n(Kind.COST, a=Cost.COMMISSION) == b.n(Kind.RECOVERY))),
    "write_off_days": Matters(STUCK, one=90, other=120, holds=lambda a, b: (
        a.first(Kind.WRITE_OFF) == 51 and b.first(Kind.WRITE_OFF) == 81)),
    "dunning.N.days": Matters(pays_on(60), TWO, REACHED, one=10, other=20, holds=lambda a, b: (
        set(lateness(a)) == {1, 10} and set(lateness(b)) == {1, 20})),
    "dunning.N.channel": Matters(STUCK, TWO, REACHED, one="email", other="lawyer_letter", holds=lambda a, b: (
        CHANNELS.index("lawyer_letter") in b.of("a", Kind.NOTICE) and a.of("a", Kind.NOTICE) == {EMAIL})),
    "dunning.N.clock": Matters(pays_on(90, orders_a_day=np.full(5, 0.2)), TWO, one="due", other="previous", days=120, holds=lambda a, b: (
        set(lateness(a)) == {1, 10} and set(lateness(b)) == {1, 11})),
    "dunning.N.grades": Matters(MIXED.replace(base=SLOW.base), TWO, one="good", other="weak", holds=lambda a, b: (
        {who % 4 for who in a.of("customer", Kind.NOTICE, b=1)} == {0, 1}
        and {who % 4 for who in b.of("customer", Kind.NOTICE, b=1)} == {2, 3})),
    "dunning.N.min_amount": Matters(SLOW, TWO, one=0, other=10_000, holds=lambda a, b: (
        a.rows(Kind.NOTICE, b=1)["amount"].min() < 1_000_000 <= b.rows(Kind.NOTICE, b=1)["amount"].min())),
}  # fmt: skip


def ages(seen: Seen, kind: Kind) -> list[int]:
    """Days from the invoice to each line of `kind`."""
    issued = {row["invoice"]: row["a"] for row in seen.rows(Kind.INVOICE)}
    return [int(row["time"] // DAY - issued[row["invoice"]]) for row in seen.rows(kind)]


def lateness(seen: Seen) -> list[int]:
    """Days from the due date to each notice."""
    due = {row["invoice"]: row["b"] for row in seen.rows(Kind.INVOICE)}
    return [int(row["time"] // DAY - due[row["invoice"]]) for row in seen.rows(Kind.NOTICE)]


# ── Where it cannot ────────────────────────────────────────────────────────────────────────────────────────────────────

UNWATCHED = {"policy": {"warning.check": "never"}, "why": "nobody looks"}
UNRANKABLE = {"who": people(1), "policy": HAND, "why": "one customer: nothing to rank"}
UNPLANNED = {"who": STUCK, "policy": PLAN, "behaviour": answer("promise") | DISTRESSED, "why": "nobody asks for a plan"}
NO_DESK = {"policy": {"dispute.desk": 0}, "why": "there is no desk"}
NO_CLAIMS = {"who": STUCK, "policy": {"law.days": 0}, "why": "nothing goes to law"}
NO_DISCOUNT = {"policy": {"discount.percent": 0.0}, "why": "there is no discount"}
NO_INTEREST = {"policy": {"interest.rate": 0.0}, "why": "there is no interest"}
UNTOUCHED = {"policy": TWO | {"team.contact_cap": 0}, "why": "no contact is allowed"}
FREE = {"price.crm_year": 0.0, "price.e_statement_year": 0.0, "price.one_click_year": 0.0, "price.desk_month": 0.0}

IDLE: dict[str, Idle] = {
    "credit.limit_factor": Idle(policy={"credit.over_limit": "accept"}, why="orders over the limit are accepted"),
    **{f"credit.limit_{grade}": Idle(graded(other), {"credit.over_limit": "hold"}, why="no customer of this grade")
       for grade, other in zip(GRADES, "bcda", strict=True)},
    "credit.over_limit": Idle(policy={"credit.limit_factor": 5.0}, why="nobody comes near the limit"),
    "credit.hold_overdue_days": Idle(PROMPT, why="nothing is ever overdue"),
    "credit.hold_overdue_share": Idle(policy={"credit.hold_overdue_days": 0}, why="overdues hold no order"),
    "credit.call_on_hold": Idle(why="no order is ever held"),
    **{f"credit.terms_{grade}": Idle(graded(other), why="no customer of this grade") for grade, other in zip(GRADES, "bcda", strict=True)},
    "credit.review_months": Idle(policy={"credit.reviews_a_week": 0}, why="nobody has time for a review"),
    "credit.reviews_a_week": Idle(policy={"credit.review_months": 0}, why="no review is due"),
    "credit.hold_review_days": Idle(policy={"credit.review_months": 0}, why="no review is due"),
    "credit.approval_amount": Idle(policy={"credit.approval_days": 0}, why="everybody is approved on the spot"),
    "credit.approval_grade": Idle(policy={"credit.approval_amount": 0}, why="no order needs approval"),
    "credit.approval_days": Idle(policy={"credit.approval_amount": 0}, why="no order needs approval"),
    "credit.security": Idle(graded("a"), {"credit.security_grade": "B"}, why="asked of weaker customers only"),
    "credit.security_grade": Idle(policy={"credit.security": "none"}, why="no security is asked"),
    "team.collectors": Idle(policy=TWO, why="e-mails need no collector"),
    "team.attempts": Idle(STUCK, HAND, REACHED, why="everybody is reached at once"),
    "team.contact_cap": Idle(why="nobody is contacted"),
    "team.confirm_calls": Idle(policy=TWO, why="no calls, no visits"),
    "promise.pause": Idle(policy=TWO, why="nobody is spoken to, nobody promises"),
    "promise.follow_up": Idle(USUAL, HAND, PROMISES | ALWAYS_KEPT, why="every promise is kept"),
    **{f"worklist.{name}_points": Idle(**UNRANKABLE) for name in ("amount", "days", "risk", "broken", "warning")},
    "warning.check": Idle(policy=BLIND, why="no signal earns a point"),
    "warning.ratio_below": Idle(policy=BLIND, why="the ratio earns no points"),
    **{f"warning.{name}": Idle(**UNWATCHED) for name in (
        "ratio_points", "overdue_points", "slowing_points", "growth_points", "promise_points", "blue", "yellow", "red", "call", "visit",
        "shorten", "stop", "plan")},
    "warning.short_terms": Idle(NOBODY_PAYS, WATCH, why="no warning shortens terms"),
    "warning.lower": Idle(NOBODY_PAYS, WATCH, why="orders over the limit are accepted"),
    "warning.lower_factor": Idle(NOBODY_PAYS, WATCH | {"credit.over_limit": "hold"}, why="no warning lowers limits"),
    "dispute.desk": Idle(PROMPT, behaviour=FREE, why="nobody disputes, and the staff costs nothing"),
    "dispute.response_days": Idle(**NO_DESK),
    "dispute.claim_undisputed": Idle(**NO_DESK),
    "dispute.pause": Idle(**NO_DESK),
    "discount.percent": Idle(graded("d"), {"discount.grades": "good"}, why="only weak customers, and only good ones are offered it"),
    "discount.days": Idle(**NO_DISCOUNT),
    "discount.grace": Idle(**NO_DISCOUNT),
    "discount.grades": Idle(**NO_DISCOUNT),
    "interest.rate": Idle(PROMPT, why="nobody is late"),
    "interest.grace": Idle(**NO_INTEREST),
    "interest.waive": Idle(**NO_INTEREST),
    "cash.tolerance": Idle(SLOW, why="nobody pays short"),
    **{f"plan.{name}": Idle(**UNPLANNED) for name in ("offer", "months", "season", "security", "accelerate", "notarised")},
    "plan.interest_good": Idle(STUCK.replace(grade=np.full(4, 2)), PLAN, HARDSHIP, why="no good customers"),
    "plan.interest_weak": Idle(STUCK, PLAN, HARDSHIP, why="no weak customers"),
    "law.days": Idle(STUCK, {"law.cases_a_week": 0}, why="the lawyers take no cases"),
    "law.min_amount": Idle(**NO_CLAIMS),
    "law.route": Idle(**NO_CLAIMS),
    "law.cases_a_week": Idle(**NO_CLAIMS),
    "law.enforce": Idle(STUCK, TO_LAW, {"law.complies": 1.0, "law.objects": 0.0} | SOUND, 200, why="every debtor complies"),
    "law.on_refusal": Idle(STUCK, HAND, answer("pays"), why="nobody refuses"),
    "law.complaint_days": Idle(STUCK.replace(industry=np.zeros(4, int), large=np.zeros(4, bool)), why="no public body, no large firm"),
    "relations.care_calls": Idle(STUCK, why="everybody owes what is overdue"),
    "relations.recovery_kpi": Idle(graded("b"), TWO, why="nobody is called or visited, and there are no weak customers"),
    "relations.joint_visits": Idle(policy=HAND, why="nobody is visited"),
    "tools.crm": Idle(policy=HAND, behaviour=REACHED | FREE, why="the right person is always reached, and it costs nothing"),
    "tools.e_statement": Idle(policy=NO_DESK["policy"], behaviour=FREE, why="there is no desk to clear disputes, and it costs nothing"),
    "tools.one_click": Idle(PROMPT, behaviour=FREE, why="everybody pays before the due date, and it costs nothing"),
    "write_off.then": Idle(STUCK, why="nothing is written off"),
    "write_off_days": Idle(PROMPT, days=150, why="nothing is overdue"),
    **{f"allowance.{name}": Idle(policy=HAND, why="it changes the books, not what happens")
       for name in ("current", "days_30", "days_90", "over_90", "industry_factor")},
    "dunning.N.days": Idle(pays_on(3), TWO, why="paid before any reminder", values=(-27, 7, 365)),
    "dunning.N.channel": Idle(**UNTOUCHED),
    "dunning.N.clock": Idle(pays_on(3), TWO, why="paid before any reminder"),
    "dunning.N.grades": Idle(**UNTOUCHED),
    "dunning.N.min_amount": Idle(people(4, log_mean=np.full(4, 24.0), log_sd=np.full(4, 0.1)), TWO, why="every invoice is larger"),
}  # fmt: skip

# ── The tests ──────────────────────────────────────────────────────────────────────────────────────────────────────────

SCHEMA = {lever.path: lever for lever in levers()}
# Value, and the allowance of a million fen each not yet due, 10, 60 and 120 days overdue; by default 0 + 1 % + 5 % + 20 %.
IN_THE_BOOKS = {
    "allowance.current": (0.1, 360_000), "allowance.days_30": (0.1, 350_000), "allowance.days_90": (0.1, 310_000),
    "allowance.over_90": (0.5, 560_000), "allowance.industry_factor": (2.0, 520_000),
}  # fmt: skip


def test_every_lever_has_its_cases():
    assert set(MATTERS) | set(IN_THE_BOOKS) == set(SCHEMA)
    assert set(IDLE) == set(SCHEMA)


@pytest.mark.parametrize("path", MATTERS)
def test_it_matters(path):
    case = MATTERS[path]
    one, other = case.run(path, case.one), case.run(path, case.other)
    assert one.all.tobytes() != other.all.tobytes()
    assert case.holds(one, other)


@pytest.mark.parametrize("path", IDLE)
def test_it_changes_nothing(path):
    case, lever = IDLE[path], SCHEMA[path]
    whole = lever.unit != "choice" and isinstance(lever.default, int)
    bounds = [int(value) if whole else value for value in (lever.low, lever.high, lever.default)]
    first, *others = [case.run(path, value).all.tobytes() for value in case.values or lever.choices or bounds]
    assert others and all(other == first for other in others), case.why
    assert case.why


@pytest.mark.parametrize("path", IN_THE_BOOKS)
def test_the_allowance_matters_in_the_books(path):
    value, expected = IN_THE_BOOKS[path]
    case, at = Case(idle_orders(late=[-10, 10, 60, 120]), days=1), prices(Behaviour.default())
    usual, changed = (outcomes(case.run(path, given).journal, at)["allowance_end"] for given in (SCHEMA[path].default, value))
    assert usual == pytest.approx(260_000) and changed == pytest.approx(expected)
    matrix = Policy(name="p").replace({path: value}).allowance
    by_age = (matrix.current, matrix.days_30, matrix.days_90, matrix.over_90)
    assert changed == pytest.approx(allowance_by_age([1_000_000] * 4, by_age, matrix.industry_factor).sum())


@pytest.mark.parametrize("route", ROUTES)
def test_each_route_begins_with_its_own_step(route):
    steps = Case(STUCK, TO_LAW | {"law.route": route}, days=40).run("law.route", route).rows(Kind.LAW)
    first = Stage.HANDED_OVER if route == "lawyer_on_commission" else Stage.FILED
    assert len(steps) == 4 and set(steps["a"]) == {first} and set(steps["b"]) == {ROUTES.index(route)}
    assert (steps["amount"].min() > 0) == (route not in ("lawyer_on_commission", "mediation"))  # only the courts want a fee in advance


@given(st.integers(0, 4), st.integers(0, 4), st.integers(1, 12), st.integers(0, 99))
@settings(max_examples=25)
def test_more_staff_never_makes_fewer_contacts(few, more, n, late):
    # Everybody is reached at the first attempt, and will see: what is done today need not be done tomorrow.
    case = Case(idle_orders(n, late=late), VISITS, answer(), days=120)
    a, b = (case.run("team.collectors", staff).touched()["time"] // DAY for staff in sorted((few, more)))
    assert all((b <= day).sum() >= (a <= day).sum() for day in range(120))


# ── What follows from them ─────────────────────────────────────────────────────────────────────────────────────────────


def test_an_approval_under_way_holds_up_nothing_else():
    who = pays_on(20, n=1, orders_a_day=np.ones(1), log_sd=np.ones(1))
    seen = Case(who, {"credit.approval_amount": 10_000}).run("credit.approval_days", 10)
    waits = seen.rows(Kind.HELD)
    assert len(waits) > 5 and set(waits["a"]) == {Hold.APPROVAL} and waits["amount"].min() > 1_000_000
    small = {row["invoice"]: row["time"] for row in seen.rows(Kind.ORDER) if row["amount"] <= 1_000_000}
    sent = {row["invoice"]: row["time"] for row in seen.rows(Kind.INVOICE)}
    assert small and all(sent[order] == time for order, time in small.items())


def test_an_order_goes_out_on_the_day_it_is_approved_if_its_customer_still_waits():
    for days, delivered in ((1, True), (3, False)):  # patient for a day
        seen = Case(PROMPT, {"credit.approval_amount": 1}, {"credit.patience": 0.0}, 40).run("credit.approval_days", days)
        sent = dict(zip(seen.rows(Kind.INVOICE)["invoice"].tolist(), seen.days(Kind.INVOICE), strict=True))
        waits = {row["invoice"]: row["time"] // DAY + days for row in seen.rows(Kind.HELD)}
        assert bool(sent) == delivered == (not seen.n(Kind.LOST)) and all(waits[order] == day for order, day in sent.items())


def test_what_a_broken_plan_leaves_goes_to_law():
    policy = PLAN | TO_LAW | {"plan.months": 2}
    seen = Case(idle_orders(late=50), policy, HARDSHIP | {"plan.paid_distressed": 0.0}, 200).run("law.route", "suit")
    assert seen.n(Kind.PLAN) == seen.n(Kind.PLAN_BROKEN) == 4
    assert seen.of("customer", Kind.LAW, a=Stage.FILED) == set(range(4))
    assert seen.first(Kind.LAW) > seen.first(Kind.PLAN_BROKEN)


def test_nobody_sues_twice_for_the_same_debt():
    items = book([0, 0], [-130, -60], [-100, -30], [1_000_000, 100])
    who = idle_orders(1).replace(opening=items)
    policy, never = TO_LAW | {"law.days": 99, "law.enforce": "no"}, {"law.complies": 0.0, "law.small_claim": 10**7}
    seen = Case(who, policy, never, 400).run("law.route", "suit")
    fees = seen.rows(Kind.LAW, a=Stage.FILED)["amount"]
    assert len(fees) == 1 or fees[1] < fees[0] / 10


def test_a_guarantee_for_a_plan_runs_from_the_end_of_the_plan():
    policy = PLAN | {"plan.security": "guarantee", "plan.months": 2}
    never = HARDSHIP | {"plan.paid_distressed": 0.0, "plan.accepts_security": 1.0}
    seen = Case(idle_orders(2, late=200), policy, never, 260).run("plan.accelerate", "yes")
    assert seen.of("a", Kind.SECURED) == {SECURITIES.index("joint_guarantee")} and seen.n(Kind.GUARANTEE_LOST) == 2
    assert seen.first(Kind.GUARANTEE_LOST) >= seen.first(Kind.PLAN) + 60 + 181


def test_security_still_pays_after_the_write_off():
    policy = WATCH | {"warning.plan": "red", "write_off_days": 90}
    who = idle_orders(40, late=60, insolvency=np.full(40, 5.0), grade=np.full(40, 3))
    seen = Case(who, policy, {"plan.accepts_security": 1.0} | DISTRESSED, 250).run("warning.check", "weekly")
    recovered = seen.rows(Kind.RECOVERY)
    assert len(recovered) and set(recovered["invoice"]) <= seen.of("invoice", Kind.WRITE_OFF) & seen.of("invoice", Kind.LAW, a=Stage.PROVED)
    assert set(recovered["amount"]) == {600_000}  # the collateral's share of a million fen


@pytest.mark.parametrize(("paid", "comes"), [(749_999, True), (750_000, False)])
def test_goods_are_not_taken_back_once_three_quarters_are_paid(paid, comes):
    run = Run(simpy.Environment(), deal(STUCK, 1, 0, 200), Policy(name="p"), Behaviour.default())
    run.start()
    run.securities.kind[0] = SECURITIES.index("retention")
    run.book.reduce(0, Kind.PAYMENT, paid)
    run.securities.exhausted(0, 1)
    assert bool(run.securities.coming) == comes


def test_asking_about_a_dispute_costs_no_more_for_having_a_desk():
    policy = {"ladder": ((5, "call"), (20, "call")), "dispute.response_days": 60}
    silent = REACHED | {"answer.discloses": 1.0, "dispute.solved_goodwill": 0.0, "dispute.wait_goodwill": 0.0}
    none, some = (Case(QUARRELS, policy, silent, 40).run("dispute.desk", staff).goodwill() for staff in (0, 3))
    assert none.sum() < some.sum()


def test_a_broken_promise_is_not_held_against_a_customer_for_ever():
    run = Run(simpy.Environment(), deal(STUCK, 1, 0, 10), Policy(name="p"), Behaviour.default())
    run.promises.broken_on[0] += [10, 100]
    assert [run.promises.broken(0, day) for day in (100, 189, 190, 279, 280)] == [2, 2, 1, 1, 0]
