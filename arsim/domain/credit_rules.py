"""Rules for granting credit: limits, terms, review, security, holds."""

from typing import Literal

from arsim.domain.lever import Part, YesNo, lever

Grade = Literal["A", "B", "C", "D"]
SECURITIES = ("none", "general_guarantee", "joint_guarantee", "collateral", "retention")


class Credit(Part):
    """Decided when an order arrives, and at the reviews."""

    limit_factor: float = lever(1.0, 0.0, 5.0, unit="× limit", en="Credit limit, times the customer's own", zh="信用额度倍数")
    limit_a: float = lever(1.0, 0.0, 5.0, unit="× limit", en="… and for grade A times", zh="……A 级客户再乘")
    limit_b: float = lever(1.0, 0.0, 5.0, unit="× limit", en="… for grade B times", zh="……B 级客户再乘")
    limit_c: float = lever(1.0, 0.0, 5.0, unit="× limit", en="… for grade C times", zh="……C 级客户再乘")
    limit_d: float = lever(1.0, 0.0, 5.0, unit="× limit", en="… for grade D times", zh="……D 级客户再乘")
    over_limit: Literal["accept", "hold", "prepay"] = lever(
        "accept", unit="choice", en="Order over the limit: accept, hold, or ask for prepayment", zh="超额度订单：接受、暂停发货或要求预付"
    )
    hold_overdue_days: int = lever(
        0, 0, 365, unit="days, 0 = never", en="Hold new orders when invoices are overdue longer than", zh="发票逾期超过多少天即暂停新订单"
    )
    hold_overdue_share: float = lever(
        0.1,
        0.0,
        1.0,
        unit="share of open balance",
        en="… and these are more than this share of the customer's balance",
        zh="……且其占客户未收余额的比例超过",
    )
    call_on_hold: YesNo = lever("no", unit="choice", en="Call the customer at once when its order is held", zh="暂停发货时立即致电客户")
    terms_a: int = lever(365, 0, 365, unit="days", en="Longest terms for grade A", zh="A 级客户最长账期")
    terms_b: int = lever(365, 0, 365, unit="days", en="Longest terms for grade B", zh="B 级客户最长账期")
    terms_c: int = lever(365, 0, 365, unit="days", en="Longest terms for grade C", zh="C 级客户最长账期")
    terms_d: int = lever(365, 0, 365, unit="days", en="Longest terms for grade D", zh="D 级客户最长账期")
    review_months: int = lever(
        0, 0, 36, unit="months, 0 = never", en="Review every customer's grade by the scorecard every", zh="用评分卡复评客户等级，每隔"
    )
    reviews_a_week: int = lever(20, 0, 1000, unit="reviews a week", en="Reviews the credit desk can do", zh="信用岗每周能完成的复评数")
    hold_review_days: int = lever(
        0, 0, 365, unit="days, 0 = never", en="Hold new orders when a review is late by more than", zh="复评过期超过多少天即暂停新订单"
    )
    approval_amount: int = lever(
        0, 0, 100_000_000, unit="CNY, 0 = none", en="Orders above this need a manager's approval", zh="超过此金额的订单须经审批"
    )
    approval_grade: Grade = lever(
        "D", unit="choice", en="Weakest grade a manager approves; others prepay", zh="可获批准的最低等级，其余须预付"
    )
    approval_days: int = lever(1, 0, 10, unit="working days", en="An approval takes", zh="审批所需时间")
    security: Literal["none", "general_guarantee", "joint_guarantee", "collateral", "retention"] = lever(
        "none",
        unit="choice",
        en="Security asked before credit: none, guarantee (general or joint), collateral, retention of title",
        zh="赊销前要求的担保：不要求、一般保证、连带保证、抵押质押、所有权保留",
    )
    security_grade: Grade = lever("D", unit="choice", en="… from customers of this grade or weaker", zh="……适用于该等级及以下客户")
