"""Measures for claims that no outcome answers, by name.

Each gives a part and a whole; over the replications parts and wholes are added up before they are divided, so a replication with little
to say weighs little. The second arm met the same luck; most measures need only their own.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from arsim.study import claims_collecting as collecting
from arsim.study import claims_customers as customers
from arsim.study import claims_discount as discount
from arsim.study.arm import Arm, Figure


@dataclass(frozen=True)
class Measure:
    """A measure: name, label ``{"en": …, "zh": …}``, unit as of an `Outcome`, and what computes it."""

    key: str
    label: Mapping[str, str]
    unit: str
    compute: Callable[[Arm, Arm], Figure]


def _measure(key: str, en: str, zh: str, unit: str, compute: Callable[[Arm, Arm], Figure]) -> Measure:
    return Measure(key, {"en": en, "zh": zh}, unit, compute)


MEASURES: Mapping[str, Measure] = {
    measure.key: measure
    for measure in (
        _measure(
            "paid_soon",
            "Collection success: paid within 30 days after due, of what was overdue",
            "催收成功率：逾期款在到期后 30 天内收回的占比",
            "share",
            collecting.paid_soon,
        ),
        _measure(
            "recovered",
            "Recovery: paid by the end, of all that was overdue",
            "回收率：逾期过的款项中期末前已收回的占比",
            "share",
            collecting.recovered,
        ),
        _measure(
            "cash_per_hour_worked",
            "Cash from overdue invoices per hour spent on contacts",
            "每小时催收实际工时收回的逾期款",
            "fen",
            collecting.cash_per_hour_worked,
        ),
        _measure(
            "cash_per_hour_paid",
            "Cash from overdue invoices per paid hour of staff",
            "每小时在岗工时收回的逾期款",
            "fen",
            collecting.cash_per_hour_paid,
        ),
        _measure(
            "mild_overdue",
            "Share of the overdue amount that is 1–30 days late",
            "逾期款中逾期 1–30 天的占比",
            "share",
            collecting.mild_overdue,
        ),
        _measure(
            "late_sales", "Share of what fell due that was not paid on time", "到期款中未按时付清的占比", "share", collecting.late_sales
        ),
        _measure(
            "lost_1_30",
            "Not paid a year later, of what was 1–30 days overdue",
            "逾期 1–30 天的款项一年后仍未收回的占比",
            "share",
            partial(collecting.lost_in_a_year, over=0, up_to=30),
        ),
        _measure(
            "lost_31_90",
            "Not paid a year later, of what was 31–90 days overdue",
            "逾期 31–90 天的款项一年后仍未收回的占比",
            "share",
            partial(collecting.lost_in_a_year, over=30, up_to=90),
        ),
        _measure(
            "lost_over_90",
            "Not paid a year later, of what was over 90 days overdue",
            "逾期 90 天以上的款项一年后仍未收回的占比",
            "share",
            partial(collecting.lost_in_a_year, over=90),
        ),
        _measure(
            "lost_in_a_year",
            "Not paid a year later, of the whole book",
            "全部应收账款一年后仍未收回的占比",
            "share",
            collecting.lost_in_a_year,
        ),
        _measure(
            "low_ratio_overdue",
            "Overdue share of the balance, current ratio below 1",
            "流动比率低于 1 的客户：逾期占应收余额",
            "share",
            customers.overdue_by_ratio,
        ),
        _measure(
            "high_ratio_overdue",
            "Overdue share of the balance, current ratio 1 or more",
            "流动比率不低于 1 的客户：逾期占应收余额",
            "share",
            partial(customers.overdue_by_ratio, low=False),
        ),
        _measure(
            "low_ratio_late",
            "Customers with anything overdue, current ratio below 1",
            "流动比率低于 1 的客户：有逾期者占比",
            "share",
            partial(customers.overdue_by_ratio, money=False),
        ),
        _measure(
            "high_ratio_late",
            "Customers with anything overdue, current ratio 1 or more",
            "流动比率不低于 1 的客户：有逾期者占比",
            "share",
            partial(customers.overdue_by_ratio, low=False, money=False),
        ),
        _measure(
            "grade_right",
            "Customers whose grade told who would be severely overdue",
            "信用等级判断对了（是否出现严重逾期）的客户占比",
            "share",
            customers.grade_right,
        ),
        _measure("warning_right", "Customers the warning sorted rightly", "预警判断正确的客户占比", "share", customers.warning_right),
        _measure("never_warning_right", "… and if nobody were ever warned of", "……如果从不预警", "share", customers.never_warning_right),
        _measure(
            "warning_precision", "Alarms that came true within 90 days", "90 天内应验的警报占比", "share", customers.warning_precision,
        ),
        _measure("warning_hits", "Failures warned of in time", "陷入困境前已预警的占比", "share", customers.warning_hits),
        _measure(
            "discount_cost", "Yearly cost of the money the discount brought in", "折扣换来的提前资金的年化成本", "share", discount.cost
        ),
        _measure(
            "discount_windfall", "Discount given for nothing: paid no sooner", "白送的折扣：并未因此提前付款", "share", discount.windfall
        ),
        _measure("discount_weak", "Discount that went to grades C and D", "C、D 级客户拿走的折扣占比", "share", discount.weak),
        _measure("discount_used", "Credit sales paid with the discount", "享受折扣付款的赊销额占比", "share", discount.used),
    )
}
