"""Rules in money: early-payment discount, late interest, small rests, instalment plans, the allowance."""

from typing import Literal

from arsim.domain.lever import Part, YesNo, lever


class Discount(Part):
    """Discount for paying early."""

    percent: float = lever(0.0, 0.0, 10.0, unit="% of the invoice, 0 = none", en="Early-payment discount", zh="提前付款折扣")
    days: int = lever(10, 0, 90, unit="days from the invoice", en="… for payment within", zh="……须在开票后多少天内付款")
    grace: int = lever(0, 0, 30, unit="days", en="… and so many days later it is still tolerated", zh="……超过期限后仍予容忍的天数")
    grades: Literal["all", "good", "weak"] = lever(
        "all", unit="choice", en="Offered to: all, grades A and B, or grades C and D", zh="适用客户：全部、A 和 B 级、C 和 D 级"
    )


class Interest(Part):
    """Interest on late payment: claimed, waived, collected."""

    rate: float = lever(0.0, 0.0, 0.36, unit="a year, 0 = none", en="Late interest", zh="逾期利息（年利率）")
    grace: int = lever(0, 0, 60, unit="days overdue", en="No interest up to", zh="多少天以内不计息")
    waive: Literal["never", "good", "always"] = lever(
        "never", unit="choice", en="Waive it on payment: never, for grades A and B, always", zh="付款时免除利息：从不、A 和 B 级、一律"
    )


class Cash(Part):
    """What is done with payments that fall short."""

    tolerance: int = lever(0, 0, 100_000, unit="CNY", en="Let a short payment's rest go up to", zh="短付差额在多少元以内即放弃")


class Plan(Part):
    """Instalment plans for customers in hardship."""

    offer: YesNo = lever("no", unit="choice", en="Offer a plan to customers in hardship", zh="向确有困难的客户提供分期")
    months: int = lever(6, 2, 24, unit="instalments, monthly", en="Number of instalments", zh="分期期数")
    interest_good: float = lever(0.0, 0.0, 0.24, unit="a year", en="Plan interest for grades A and B", zh="A 和 B 级客户分期利率")
    interest_weak: float = lever(0.0, 0.0, 0.24, unit="a year", en="Plan interest for grades C and D", zh="C 和 D 级客户分期利率")
    season: YesNo = lever("no", unit="choice", en="Fit instalments to the customer's season", zh="按客户旺淡季安排还款")
    security: Literal["none", "guarantee", "collateral"] = lever("none", unit="choice", en="Security asked for a plan", zh="分期要求的担保")
    accelerate: YesNo = lever("yes", unit="choice", en="A missed instalment makes all due at once", zh="一期不付即全部到期")
    notarised: YesNo = lever(
        "no",
        unit="choice",
        en="Have the plan notarised as enforceable: a breach goes straight to enforcement",
        zh="还款协议办理强制执行公证：违约即可申请执行",
    )


class Allowance(Part):
    """The allowance in the books: a provision matrix by days overdue. It changes no payment, only what the books say."""

    current: float = lever(0.0, 0.0, 1.0, unit="share", en="Allowance on what is not yet due", zh="未到期计提比例")
    days_30: float = lever(0.01, 0.0, 1.0, unit="share", en="… 1–30 days overdue", zh="……逾期 1–30 天")
    days_90: float = lever(0.05, 0.0, 1.0, unit="share", en="… 31–90 days overdue", zh="……逾期 31–90 天")
    over_90: float = lever(0.20, 0.0, 1.0, unit="share", en="… more than 90 days overdue", zh="……逾期 90 天以上")
    industry_factor: float = lever(1.0, 0.5, 3.0, unit="×", en="Factor for cyclical or volatile industries", zh="周期性或波动行业系数")

    @property
    def shares(self) -> tuple[float, float, float, float]:
        """Share set aside of what is not yet due, 1–30, 31–90 and more than 90 days overdue: the matrix times the factor, at most all.

        >>> Allowance(over_90=0.8, industry_factor=1.5).shares
        (0.0, 0.015, 0.075, 1.0)
        """
        matrix = (self.current, self.days_30, self.days_90, self.over_90)
        return tuple(min(1.0, round(share * self.industry_factor, 9)) for share in matrix)
