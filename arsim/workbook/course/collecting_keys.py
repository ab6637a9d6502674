"""Right answers to items that need plain arguments: one function a family of questions, money in yuan, shares in percent as asked."""

from math import ceil
from typing import Literal

from arsim.domain import late_interest as law
from arsim.domain.law import provable
from arsim.domain.money import FEN
from arsim.domain.policy import Worklist
from arsim.report.alarm_groups import net_gain, sort_out
from arsim.report.calc.offer import kept_value

# ── Ladder and worklist ──────────────────────────────────────────────────────────────────────────────────────────────


def overdue_class(days: int) -> Literal["not overdue", "mild", "moderate", "severe"]:
    """The course's class of an invoice so many days overdue.

    >>> [overdue_class(days) for days in (0, 30, 31, 60, 61)]
    ['not overdue', 'mild', 'moderate', 'moderate', 'severe']
    """
    return "not overdue" if days <= 0 else "mild" if days <= 30 else "moderate" if days <= 60 else "severe"


def worklist_points(amount: int, days: int, step: int) -> int:
    """Points of a customer on the worklist, by the usual points: `amount` yuan overdue, the oldest by `days`, `step` grades below A.

    >>> worklist_points(125_000, 10, 2)
    180
    """
    points = Worklist()
    return points.amount_points * (amount // 10_000) + points.days_points * days + points.risk_points * step


def collectors_needed(contacts: float, minutes: float, hours: float) -> int:
    """Fewest people that do `contacts` a day of `minutes` each, if one has `hours` a day for them.

    >>> collectors_needed(18, 26, 6)
    2
    """
    return ceil(contacts * minutes / (60 * hours) - 1e-9)


def backlog(contacts: float, minutes: float, hours: float, people: int, days: int) -> float:
    """Contacts waiting after so many working days, of those falling due each day; 0 if all are done.

    >>> backlog(30, 20, 6, 1, 10), backlog(10, 20, 6, 1, 10)
    (120.0, 0.0)
    """
    return max(0.0, contacts - people * 60 * hours / minutes) * days


def ladder_gain(saved: float, cost: float, orders: float, margin: float) -> float:
    """What a ladder brings: losses avoided, less its cost, less the margin (percent) of the orders that went elsewhere.

    >>> ladder_gain(400_000, 120_000, 2_000_000, 20)
    -120000.0
    """
    return saved - cost - orders * margin / 100


def ladder_verdict(saved: float, cost: float, orders: float, margin: float) -> Literal["adopt", "reject"]:
    """Whether `ladder_gain` is above nothing.

    >>> ladder_verdict(400_000, 120_000, 2_000_000, 20), ladder_verdict(400_000, 120_000, 1_000_000, 20)
    ('reject', 'adopt')
    """
    return "adopt" if ladder_gain(saved, cost, orders, margin) > 0 else "reject"


# ── Plans and incentives ─────────────────────────────────────────────────────────────────────────────────────────────


def discount_without_base(discount: float, gap: float) -> float:
    """The wrong yearly cost of a discount, in percent: discount × 365 / days gained, as if the full price were paid early.

    >>> round(discount_without_base(2, 20), 2)
    36.5
    """
    return discount * 365 / gap


def late_interest(situation: str, amount: int, days: int, agreed: float | None = None, high: bool = False) -> float:
    """Late interest in yuan on `amount` yuan; `agreed` in percent a year; `high` the upper end where the court may choose.

    >>> late_interest("sme", 100_000, 30), late_interest("sale_silent", 100_000, 365), late_interest("sale_silent", 100_000, 365, high=True)
    (1500.0, 3900.0, 4500.0)
    """
    rates = law.statutory_rate(situation, agreed=None if agreed is None else str(agreed / 100))
    return law.interest(amount * FEN, rates.high if high else rates.low, days) / FEN


def agreed_interest(amount: int, days: int, agreed: float) -> float:
    """Late interest in yuan at a rate agreed in the contract, percent a year.

    >>> agreed_interest(365_000, 40, 10)
    4000.0
    """
    return law.interest(amount * FEN, str(agreed / 100), days) / FEN


def may_accelerate(missed: int, price: int, instalments: int) -> bool:
    """Whether the whole price of an instalment sale may be asked for after a demand; yuan.

    >>> may_accelerate(90_000, 500_000, 5), may_accelerate(200_000, 800_000, 4)
    (False, True)
    """
    return law.acceleration(missed * FEN, price * FEN, instalments)


def penalty_cut(penalty: int, loss: int) -> bool:
    """Whether a court would normally call a penalty excessive; yuan.

    >>> penalty_cut(18_000, 12_000), penalty_cut(15_000, 12_000)
    (True, False)
    """
    return law.penalty_excessive(penalty * FEN, loss * FEN)


def plan_worth(instalments: int, kept: float, walk_away: float, rate: float) -> float:
    """What 100 yuan under an interest-free plan of equal monthly instalments is worth; `kept`, `walk_away` and `rate` in percent.

    >>> round(plan_worth(6, 100, 90, 0), 6), round(plan_worth(6, 90, 90, 6), 1)
    (100.0, 95.6)
    """
    return 100 * kept_value(0.0, instalments, 0.0, kept / 100, walk_away / 100, rate / 100)


def plan_verdict(instalments: int, kept: float, walk_away: float, rate: float) -> Literal["accept", "decline"]:
    """Whether `plan_worth` reaches what the seller walks away to.

    >>> plan_verdict(6, 90, 90, 6), plan_verdict(24, 97, 97, 6)
    ('accept', 'decline')
    """
    return "accept" if plan_worth(instalments, kept, walk_away, rate) >= walk_away else "decline"


def settle(wait: float, chase: float, suit: float, offer: float) -> Literal["accept", "decline"]:
    """Whether to take `offer` in full settlement, given what waiting, going on and suing are worth, all of 100.

    >>> settle(82, 90, 84, 88), settle(82, 86, 84, 88)
    ('decline', 'accept')
    """
    return "accept" if offer >= max(wait, chase, suit) else "decline"


# ── Tools ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def true_alarms(failing: float, right: float) -> float:
    """Of 100 alarms, how many come true, if `failing` percent get into trouble and the alarm is right in `right` percent of both kinds.

    >>> round(true_alarms(1, 95), 1), round(true_alarms(5, 95), 1)
    (16.1, 50.0)
    """
    found = sort_out(1000, failing / 100, right / 100, right / 100)
    return 100 * found.hits / found.alarms


def accuracy_of_silence(failing: float) -> float:
    """Percent of customers sorted rightly by warning of nobody.

    >>> accuracy_of_silence(10)
    90.0
    """
    return float(100 - failing)


def alarm_verdict(customers: int, failing: float, caught: float, spared: float, saved: float, cost: float) -> Literal["act", "leave"]:
    """Whether acting on every alarm pays: `caught` percent of the failing and all but `spared` percent of the others are warned of.

    >>> alarm_verdict(400, 5, 60, 90, 30_000, 2_000), alarm_verdict(400, 2, 60, 90, 10_000, 2_000)
    ('act', 'leave')
    """
    gain = net_gain(customers, failing / 100, caught / 100, spared / 100, saved, cost)
    return "act" if gain > 0 else "leave"


def tool_pays(saved: float, licence: float, people: float) -> Literal["buy", "wait"]:
    """Whether what a tool saves a year exceeds its licence and the people who must act on what it shows; yuan.

    >>> tool_pays(60_000, 20_000, 0), tool_pays(60_000, 20_000, 66_000)
    ('buy', 'wait')
    """
    return "buy" if saved > licence + people else "wait"


def counts_as_demand(channel: str) -> bool:
    """Whether a contact by `channel` is a demand that can be proved, by the rules of ``law_cn.toml``. Not legal advice.

    >>> counts_as_demand("email"), counts_as_demand("call")
    (True, False)
    """
    return provable()[channel].counts
