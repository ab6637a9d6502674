"""Rules for what goes wrong: early warning, disputes, the legal route, what follows a write-off."""

from typing import Literal

from arsim.domain.lever import Part, YesNo, lever

From = Literal["none", "blue", "yellow", "red"]
WARNINGS = ("none", "blue", "yellow", "red")
ROUTES = ("payment_order", "mediation", "suit", "preserved_suit", "lawyer_on_commission")


class Warning(Part):
    """Early warning on what can be seen: statements, delays, overdues, broken promises."""

    check: Literal["never", "monthly", "weekly"] = lever("never", unit="choice", en="Check for early warnings", zh="预警检查频率")
    ratio_below: float = lever(
        1.1, 0.3, 2.0, unit="current ratio", en="A current ratio below this is a signal", zh="流动比率低于此值视为信号"
    )
    ratio_points: int = lever(50, 0, 100, unit="points", en="Points for a low current ratio", zh="流动比率过低得分")
    overdue_points: int = lever(15, 0, 100, unit="points", en="Points for old overdues", zh="长期逾期得分")
    slowing_points: int = lever(25, 0, 100, unit="points", en="Points for paying later than usual", zh="付款比往常慢得分")
    growth_points: int = lever(15, 0, 100, unit="points", en="Points for shrinking sales", zh="销售下滑得分")
    promise_points: int = lever(20, 0, 100, unit="points", en="Points for broken promises", zh="承诺未兑现得分")
    blue: int = lever(20, 1, 200, unit="points", en="Blue from", zh="蓝色预警线")
    yellow: int = lever(40, 1, 200, unit="points", en="Yellow from", zh="黄色预警线")
    red: int = lever(60, 1, 200, unit="points", en="Red from", zh="红色预警线")
    call: From = lever("none", unit="choice", en="Call the customer from level", zh="达到此级别即致电")
    visit: From = lever("none", unit="choice", en="Visit the customer from level", zh="达到此级别即拜访")
    shorten: From = lever("none", unit="choice", en="Shorten terms from level", zh="达到此级别即缩短账期")
    short_terms: int = lever(30, 0, 180, unit="days", en="… to at most", zh="……缩短至不超过")
    lower: From = lever("none", unit="choice", en="Lower the limit from level", zh="达到此级别即下调额度")
    lower_factor: float = lever(0.5, 0.0, 1.0, unit="× limit", en="… to this part of it", zh="……下调至原额度的")
    stop: From = lever("none", unit="choice", en="Stop supply on credit from level", zh="达到此级别即停止赊销")
    plan: From = lever(
        "none",
        unit="choice",
        en="Contingency plan from level: security is asked for what is open",
        zh="达到此级别即启动应急预案：就未收款追加担保",
    )


class Dispute(Part):
    """Who clears disputes, and how fast."""

    desk: int = lever(0, 0, 100, unit="people, 0 = as it was done so far", en="Staff of the dispute desk", zh="争议处理岗人数")
    response_days: int = lever(
        10, 1, 60, unit="working days", en="Sales, quality and logistics answer the desk within", zh="销售、质量、物流答复争议的时限"
    )
    pause: YesNo = lever("no", unit="choice", en="Stop dunning a disputed invoice while it is at the desk", zh="争议处理期间暂停催收该发票")
    claim_undisputed: YesNo = lever("no", unit="choice", en="Claim the undisputed part meanwhile", zh="先行催收无争议部分")


class Law(Part):
    """The legal route. Not legal advice; have a lawyer check."""

    days: int = lever(0, 0, 1000, unit="days overdue, 0 = never", en="Go to law when overdue longer than", zh="逾期超过多少天即走法律程序")
    min_amount: int = lever(10_000, 0, 10_000_000, unit="CNY", en="… for claims of at least", zh="……且金额不低于")
    route: Literal["payment_order", "mediation", "suit", "preserved_suit", "lawyer_on_commission"] = lever(
        "payment_order",
        unit="choice",
        en="First step: payment order, mediation with judicial confirmation, suit, suit with preservation, a lawyer on commission",
        zh="首选途径：支付令、调解并司法确认、诉讼、诉前保全加诉讼、律师风险代理催收",
    )
    cases_a_week: int = lever(2, 0, 100, unit="cases a week", en="New cases the lawyers can take", zh="律师每周能受理的新案件")
    enforce: YesNo = lever("yes", unit="choice", en="Apply for enforcement if the debtor does not comply", zh="对方不履行即申请强制执行")
    on_refusal: YesNo = lever("no", unit="choice", en="Go to law at once after a refusal", zh="客户明确拒付即走法律程序")
    complaint_days: int = lever(
        0,
        0,
        365,
        unit="days overdue, 0 = never",
        en="Complaint under the SME payment regulation (public bodies, large firms) after",
        zh="依《保障中小企业款项支付条例》投诉（机关、大型企业），逾期超过",
    )


class WriteOff(Part):
    """What follows a write-off."""

    then: Literal["nothing", "lawyer_on_commission"] = lever("nothing", unit="choice", en="After the write-off", zh="核销之后")
