"""The outcomes: every figure shown about a run, in one catalogue, each a pure function of the journal (and of prices)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import nan
from typing import Literal

import numpy as np

from arsim.engine.journal import MINUTES_A_DAY, Cost, Hold, Journal, Kind
from arsim.study import kpi
from arsim.study.book import ageing
from arsim.study.prices import Prices
from arsim.study.window import TOUCHES, Window, window

MATRIX_EDGES = (0, 30, 90)  # last day past due of each column of a policy's allowance but the last


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
        days · % (0-100) · share (0-1) · fen · points (of 100) · contacts · orders · disputes
    direction : int
        +1 higher is better, -1 lower is better, 0 neither: a matter of size or of circumstances.
    group : str
        value, risk, relationship or workload; the first three are to be read together.
    basis : str
        "arithmetic": counted from events. "assumption": also multiplied by prices that are assumed (see `Prices`), or made of such
        prices alone, as goodwill is of what each contact costs in points.
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
    return figures(window(journal, prices))


def figures(seen: Window) -> dict[str, float]:
    """`outcomes` of a run that is summed up already."""
    return {outcome.key: float(outcome.compute(seen)) for outcome in OUTCOMES}


def net_value(seen: Window) -> float:
    """What the window earned, in fen discounted to its first day.

    ``cash in - goods delivered - cost of collecting + closing book - opening book``, where

    - cash in is payments, prepayments, interest and what is recovered after a write-off; goods delivered are at (1 - gross margin)
      of the sale; the cost of collecting is everything spent on contacts, staff, law, reviews, care, tools; each on its day;
    - the closing book is worth what it brings in the year after, when nothing more is sold and the policy goes on collecting (see
      `Window.worth_end`), so that neither a slack policy nor a slow lawsuit is judged by a guess;
    - the opening book is worth its balance less the provision for its age. It is what the window was handed, so that a policy that
      let its book swell during the warm-up has no gift of it.

    Lost margin and carrying cost are inside and must not be subtracted again: an order that walked away brings neither cash nor
    cost of goods, so its margin is missing; late cash is discounted more, so waiting for it has cost the rate. A write-off leaves
    the book and brings no cash; neither does a discount, a credit note or a small rest let go, while the goods stay delivered and
    paid for by us: each of them costs its full amount.
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


def _held(seen: Window) -> float:
    """Orders held in the window, those that only waited for an approval aside."""
    return float((seen.rows(Kind.HELD)["a"] != Hold.APPROVAL).sum())


def _expected_loss(seen: Window) -> float:
    return float(seen.open[-1] - seen.expected_end)


def run_off_loss(seen: Window) -> float:
    """Of the closing book, what had not been paid when the run-off ended, in fen; nan without a run-off.

    Set beside the expected loss, which is the provision's guess, it says how good the guess is.
    """
    return float(seen.open[-1] - seen.collected) if seen.journal.run_off else nan


def promises_kept(seen: Window) -> float:
    """Of the promises to pay that fell due in the window, the share kept in full by the promised day; by number.

    One whose customer became insolvent in the meantime counts as neither.
    """
    return kpi.ratio(seen.count[Kind.KEPT], seen.count[[Kind.KEPT, Kind.BROKEN]].sum())


def legal_costs(seen: Window) -> float:
    """Court and lawyers' fees and commissions paid in the window. Fees a losing debtor refunds are cash, not less cost."""
    others = seen.rows(Kind.COST)
    return seen.total(Kind.LAW) + float(others["amount"][others["a"] == Cost.COMMISSION].sum())


def allowance(seen: Window, day: int) -> float:
    """What the policy's own matrix sets aside for the book at the end of `day` (-1: before day 0), in fen."""
    return float(ageing(seen.book, day, MATRIX_EDGES) @ np.array(seen.journal.allowance_on(day)))


def opening_loss(seen: Window) -> float:
    """What was really lost of the book that stood when the window began, in fen.

    Written off of it, less what was recovered after that, plus what is still open of it in the end. Where the run goes on after the
    window (a run-off), all that is open when it ends is lost; where it does not, what is open is valued as in `Window.expected_end`:
    lost by the provision for its age, and wholly where the customer is insolvent. Credit notes and discounts are no loss of this kind.
    """
    invoices, journal = seen.book, seen.journal
    begin, end = journal.warmup, journal.days + journal.run_off
    stood = (invoices.entry_day < begin) & (invoices.close_day >= begin)
    given_up = stood & invoices.written_off & (invoices.close_day < end)
    later = seen.lines.of(Kind.RECOVERY)
    later = later[(later["time"] // MINUTES_A_DAY < end) & np.isin(later["invoice"], invoices.number[given_up])]
    left = float(invoices.amount[stood & (invoices.close_day >= end)].sum())
    if not journal.run_off:
        alive = seen.fails[invoices.customer] >= end
        left -= seen.prices.worth(ageing(invoices, end - 1, only=stood & alive))
    return float(invoices.amount[given_up].sum() - later["amount"].sum()) + left


def allowance_gap(seen: Window) -> float:
    """Allowance when the window begins, by the policy's matrix, less the loss that book really brought; below 0 it was too small."""
    return allowance(seen, seen.journal.warmup - 1) - opening_loss(seen)


def _utilisation(seen: Window) -> float:
    return kpi.ratio(seen.minutes, seen.journal.staff_minutes)


def _outcome(key, en, zh, unit, direction, group, basis, compute) -> Outcome:
    return Outcome(key, {"en": en, "zh": zh}, unit, direction, group, basis, compute)


# fmt: off
OUTCOMES: tuple[Outcome, ...] = (
    _outcome("net_value", "Net value", "净价值", "fen", 1, "value", "assumption", net_value),
    # interest and what is recovered after a write-off are in it
    _outcome("cash_collected", "Cash collected, prepayments and interest included", "收到的现金（含预收款与利息）", "fen", 1, "value",
             "arithmetic", lambda seen: seen.cash_by_day.sum()),
    _outcome("prepaid", "of which prepaid", "其中预收款", "fen", 0, "value", "arithmetic", lambda seen: seen.total(Kind.PREPAID)),
    # on late payment and on plans, as far as it was paid
    _outcome("interest_collected", "of which interest", "其中利息", "fen", 0, "value", "arithmetic",
             lambda seen: seen.total(Kind.INTEREST_PAID)),
    _outcome("credit_sales", "Credit sales", "赊销额", "fen", 0, "value", "arithmetic", lambda seen: seen.credit_sales),
    # granted in time, or taken late and tolerated
    _outcome("discounts", "Early-payment discounts granted", "给出的提前付款折扣", "fen", -1, "value", "arithmetic",
             lambda seen: seen.total(Kind.DISCOUNT)),
    # for justified disputes
    _outcome("credit_notes", "Credit notes", "贷项通知（争议冲减）", "fen", 0, "value", "arithmetic",
             lambda seen: seen.total(Kind.CREDIT_NOTE)),
    # staff, contacts, law, reviews, care, tools
    _outcome("collection_cost", "Collection cost", "催收费用", "fen", -1, "value", "assumption", lambda seen: seen.cost_by_day.sum()),
    _outcome("legal_costs", "of which legal costs", "其中法律费用", "fen", -1, "value", "arithmetic", legal_costs),
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
    _outcome("over_90_share", "Share over 90 days past due at the end", "期末逾期 90 天以上占比", "share", -1, "risk", "arithmetic",
             lambda seen: kpi.ratio(seen.ageing_end[-1], seen.open[-1])),
    _outcome("ar_end", "Receivables at the end", "期末应收账款", "fen", 0, "risk", "arithmetic", lambda seen: seen.open[-1]),
    # written off / credit sales, both of the window
    _outcome("bad_debt_rate", "Bad-debt rate", "坏账率", "share", -1, "risk", "arithmetic",
             lambda seen: kpi.ratio(seen.total(Kind.WRITE_OFF), seen.credit_sales)),
    # closing balance × provision by age
    _outcome("expected_loss", "Expected loss on the closing book", "期末预期信用损失", "fen", -1, "risk", "assumption", _expected_loss),
    # closing balance - paid of it in the year after
    _outcome("run_off_loss", "Closing book not paid a year later", "期末应收一年后仍未收回", "fen", -1, "risk", "arithmetic", run_off_loss),
    # closing balance × the policy's own matrix
    _outcome("allowance_end", "Allowance in the books at the end", "期末坏账准备", "fen", 0, "risk", "arithmetic",
             lambda seen: allowance(seen, seen.journal.days - 1)),
    _outcome("allowance_gap", "Allowance at the beginning less the loss that came", "期初坏账准备减实际损失", "fen", 0, "risk",
             "assumption", allowance_gap),
    # customers who got into distress or insolvency: those warned of, yellow or red, within 90 days before; nan without a warning system
    _outcome("warning_hits", "Early warning: troubles announced", "预警命中率", "share", 1, "risk", "arithmetic",
             lambda seen: seen.warned.hit_rate if seen.warned else nan),
    _outcome("false_alarms", "Early warning: alarms nothing came of", "预警误报率", "share", -1, "risk", "arithmetic",
             lambda seen: seen.warned.false_alarm_rate if seen.warned else nan),
    _outcome("warning_lead", "Early warning: days ahead, median", "预警提前天数（中位数）", "days", 1, "risk", "arithmetic",
             lambda seen: seen.warned.lead_median if seen.warned else nan),
    _outcome("goodwill", "Customer goodwill", "客户好感", "points", 1, "relationship", "assumption", goodwill),
    _outcome("held", "Orders held", "暂停发货的订单", "orders", -1, "relationship", "arithmetic", _held),
    # orders that came and were not delivered: held too long, no prepayment, no security, terms too short, not pursued
    _outcome("lost_sales", "Sales lost to our credit rules", "因信用规则流失的销售额", "fen", -1, "relationship", "arithmetic",
             lambda seen: seen.total(Kind.LOST)),
    # orders placed elsewhere for lack of goodwill
    _outcome("walked_sales", "Sales lost to displeasure", "因客户不满流失的销售额", "fen", -1, "relationship", "arithmetic",
             lambda seen: seen.total(Kind.WALKED)),
    # kept / (kept + broken)
    _outcome("promises_kept", "Promises to pay kept", "付款承诺兑现率", "share", 1, "relationship", "arithmetic", promises_kept),
    # attempts, whether or not they reached anybody
    _outcome("contacts", "Contacts", "催收联系次数", "contacts", 0, "workload", "arithmetic",
             lambda seen: seen.count[list(TOUCHES)].sum()),
    # cleared by the desk, with a credit note or without
    _outcome("disputes_settled", "Disputes settled", "解决的争议", "disputes", 0, "workload", "arithmetic",
             lambda seen: seen.count[Kind.SETTLED]),
    # staff minutes spent / those all collectors together had; nan without collectors
    _outcome("utilisation", "Collector utilisation", "催收员利用率", "share", 0, "workload", "arithmetic", _utilisation),
)
# fmt: on
