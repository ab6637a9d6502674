"""The outcomes: every figure shown about a run, in one catalogue, each a pure function of the journal (and of prices)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from arsim.engine.journal import Journal, Kind
from arsim.study import kpi
from arsim.study.prices import Prices
from arsim.study.window import Window, window


@dataclass(frozen=True)
class Outcome:
    """One figure about a run.

    Parameters
    ----------
    key : str
        Name in tables and files.
    label : mapping
        ``{"en": …, "zh": …}``.
    unit : str
        days · % (0-100) · share (0-1) · fen · points (of 100) · contacts · orders
    direction : int
        +1 higher is better, -1 lower is better, 0 neither: a matter of size or of circumstances.
    group : str
        value, risk, relationship or workload; the first three are to be read together.
    basis : str
        "arithmetic": counted from events. "assumption": also multiplied by prices that are assumed (see `Prices`).
    compute : callable
        `Window` → float. Its docstring or the formula beside it is the definition.
    """

    key: str
    label: Mapping[str, str]
    unit: str
    direction: int
    group: Literal["value", "risk", "relationship", "workload"]
    basis: Literal["arithmetic", "assumption"]
    compute: Callable[[Window], float]


def outcomes(journal: Journal, prices: Prices) -> dict[str, float]:
    """All outcomes of a run, over the days ``warmup <= day < days``.

    Parameters
    ----------
    journal : Journal
    prices : Prices

    Returns
    -------
    dict of str to float
        In the order of `OUTCOMES`; nan where there is nothing to divide by, such as DSO without sales.
    """
    seen = window(journal, prices)
    return {outcome.key: float(outcome.compute(seen)) for outcome in OUTCOMES}


def net_value(seen: Window) -> float:
    """What the window earned, in fen discounted to its first day.

    ``cash in - goods delivered - cost of collecting + closing book - opening book``, where

    - cash in is payments and prepayments, goods delivered are at (1 - gross margin) of the sale, each on its day;
    - a book is worth its balance less the provision for its age, and nothing where the customer is insolvent; the closing one is
      discounted from the end of the window, and the opening one is what the window was handed, so that a policy that let its book
      swell during the warm-up has no gift of it.

    Lost margin and carrying cost are inside and must not be subtracted again: an order that walked away brings neither cash nor
    cost of goods, so its margin is missing; late cash is discounted more, so waiting for it has cost the rate. A write-off leaves
    the book and brings no cash.
    """
    fade = seen.prices.discount(seen.days)
    flow = (seen.cash_by_day - seen.goods_by_day - seen.cost_by_day) @ fade[:-1]
    return float(flow + seen.worth_end * fade[-1] - seen.worth_begin)


def goodwill(seen: Window) -> float:
    """Mean goodwill at the end, of 100, customers weighted by what they *ordered* in the window; all alike if nobody did.

    Orders are the same under every policy, deliveries are not: a customer we no longer deliver to must not vanish from the mean.
    """
    weight = seen.demand if seen.demand.any() else np.ones(len(seen.goodwill))
    return kpi.ratio(weight @ seen.goodwill, weight.sum())


def days_to_pay(seen: Window) -> float:
    """Mean of payment day - issue day, weighted by amount, of the invoices paid in the window, whenever issued.

    Neither direction is better: who never pays is not in it, so getting old debts paid at last makes it *longer*.
    """
    invoices = seen.book
    paid = invoices.paid & (invoices.close_day >= seen.journal.warmup) & (invoices.close_day < seen.journal.days)
    amount = invoices.amount[paid]
    return kpi.ratio(amount @ (invoices.close_day[paid] - invoices.issue_day[paid]), amount.sum())


def overdue_share(seen: Window) -> float:
    """Overdue / AR, both averaged over the ends of the window's days: the share of fen-days outstanding that were overdue."""
    counted = slice(seen.journal.warmup + 1, None)
    return kpi.ratio(seen.late[counted].sum(), seen.open[counted].sum())


def _dso(seen: Window) -> float:
    return kpi.dso(seen.open[-1], seen.credit_sales, seen.days)


def _bpdso(seen: Window) -> float:
    return kpi.bpdso(seen.open[-1] - seen.late[-1], seen.credit_sales, seen.days)


def _cei(seen: Window) -> float:
    return kpi.cei(seen.open[seen.journal.warmup], seen.credit_sales, seen.open[-1], seen.open[-1] - seen.late[-1])


def _expected_loss(seen: Window) -> float:
    return float(seen.open[-1] - seen.worth_end)


def _utilisation(seen: Window) -> float:
    return kpi.ratio(seen.minutes, seen.journal.staff_minutes)


def _outcome(key, en, zh, unit, direction, group, basis, compute) -> Outcome:
    return Outcome(key, {"en": en, "zh": zh}, unit, direction, group, basis, compute)


# fmt: off
OUTCOMES: tuple[Outcome, ...] = (
    _outcome("net_value", "Net value", "净价值", "fen", 1, "value", "assumption", net_value),
    _outcome("cash_collected", "Cash collected (payments and prepayments)", "收到的现金（回款与预收款）", "fen", 1, "value", "arithmetic",
             lambda seen: seen.cash_by_day.sum()),
    _outcome("prepaid", "of which prepaid", "其中预收款", "fen", 0, "value", "arithmetic", lambda seen: seen.total(Kind.PREPAID)),
    _outcome("credit_sales", "Credit sales", "赊销额", "fen", 0, "value", "arithmetic", lambda seen: seen.credit_sales),
    # staff and contacts
    _outcome("collection_cost", "Collection cost", "催收费用", "fen", -1, "value", "assumption", lambda seen: seen.cost_by_day.sum()),
    # collection cost / cash collected
    _outcome("cost_to_collect", "Cost to collect, per unit of cash", "催收成本率", "share", -1, "value", "assumption",
             lambda seen: kpi.ratio(seen.cost_by_day.sum(), seen.cash_by_day.sum())),
    # balances at the end of the window's last day; sales of the window
    _outcome("dso", "DSO (balance method)", "应收账款周转天数（DSO，余额法）", "days", -1, "risk", "arithmetic", _dso),
    # 30-day periods, back to day 0: the warm-up's sales are sales too
    _outcome("dso_countback", "DSO (countback)", "应收账款周转天数（DSO，倒推法）", "days", -1, "risk", "arithmetic",
             lambda seen: kpi.countback(seen.open[-1], *seen.periods())),
    _outcome("bpdso", "Best possible DSO", "最佳可能 DSO", "days", 0, "risk", "arithmetic", _bpdso),
    _outcome("add", "Average days delinquent (ADD)", "平均逾期天数（ADD）", "days", -1, "risk", "arithmetic",
             lambda seen: kpi.add(_dso(seen), _bpdso(seen))),
    _outcome("days_to_pay", "Days to pay", "实际回款天数", "days", 0, "risk", "arithmetic", days_to_pay),
    _outcome("cei", "Collection effectiveness index (CEI)", "收款效率指数（CEI）", "%", 1, "risk", "arithmetic", _cei),
    _outcome("overdue_share", "Overdue share, average", "平均逾期占比", "share", -1, "risk", "arithmetic", overdue_share),
    _outcome("overdue_share_end", "Overdue share at the end", "期末逾期占比", "share", -1, "risk", "arithmetic",
             lambda seen: kpi.ratio(seen.late[-1], seen.open[-1])),
    _outcome("over_90_share", "Share over 90 days past due at the end", "期末逾期90天以上占比", "share", -1, "risk", "arithmetic",
             lambda seen: kpi.ratio(seen.ageing_end[-1], seen.open[-1])),
    _outcome("ar_end", "Receivables at the end", "期末应收账款", "fen", 0, "risk", "arithmetic", lambda seen: seen.open[-1]),
    # written off / credit sales, both of the window
    _outcome("bad_debt_rate", "Bad-debt rate", "坏账率", "share", -1, "risk", "arithmetic",
             lambda seen: kpi.ratio(seen.total(Kind.WRITE_OFF), seen.credit_sales)),
    # closing balance × provision by age
    _outcome("expected_loss", "Expected loss on the closing book", "期末预期信用损失", "fen", -1, "risk", "assumption", _expected_loss),
    _outcome("goodwill", "Customer goodwill", "客户好感", "points", 1, "relationship", "assumption", goodwill),
    _outcome("held", "Orders held", "暂停发货的订单", "orders", -1, "relationship", "arithmetic", lambda seen: seen.count[Kind.HELD]),
    _outcome("lost_sales", "Sales lost", "流失的销售额", "fen", -1, "relationship", "arithmetic", lambda seen: seen.total(Kind.LOST)),
    # attempts, whether or not they reached anybody
    _outcome("contacts", "Contacts", "催收联系次数", "contacts", 0, "workload", "arithmetic",
             lambda seen: seen.count[Kind.REACHED] + seen.count[Kind.MISSED]),
    # staff minutes spent / those all collectors together had; nan without collectors
    _outcome("utilisation", "Collector utilisation", "催收员利用率", "share", 0, "workload", "arithmetic", _utilisation),
)
# fmt: on
