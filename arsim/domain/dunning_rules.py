"""Rules for chasing: the ladder of levels, the people, promises, and the points that rank the worklist."""

from typing import Literal

from arsim.domain.lever import Part, YesNo, lever

CHANNELS = ("email", "sms", "letter", "call", "visit", "lawyer_letter", "chat", "statement")
Channel = Literal["email", "sms", "letter", "call", "visit", "lawyer_letter", "chat", "statement"]


class Level(Part):
    """One rung of the dunning ladder: when, how, and for whom."""

    days: int = lever(
        7, -60, 365, unit="days", en="Days after the clock starts (negative: before the due date)", zh="起算日后天数（负数为到期前）"
    )
    channel: Channel = lever("email", unit="choice", en="Channel", zh="催款方式")
    clock: Literal["due", "end_of_month", "previous"] = lever(
        "due",
        unit="choice",
        en="Clock: days from the due date, rolled on to that month's end, or days from the previous level",
        zh="起算点：到期日、到期日后顺延至当月月末、上一级催款日",
    )
    grades: Literal["all", "good", "weak"] = lever(
        "all", unit="choice", en="For customers: all, grades A and B, or grades C and D", zh="适用客户：全部、A 和 B 级、C 和 D 级"
    )
    min_amount: int = lever(0, 0, 10_000_000, unit="CNY", en="Only invoices of at least", zh="仅对不低于此金额的发票")


class Team(Part):
    """Who does the work, and how much of it a customer may meet."""

    collectors: int = lever(1, 0, 1000, unit="people", en="Collectors on duty", zh="催收员人数")
    attempts: int = lever(
        3, 1, 10, unit="attempts", en="Attempts to reach a customer before giving the level up", zh="每级联系不上时最多尝试几次"
    )
    contact_cap: int = lever(
        5, 0, 21, unit="contacts in 7 days", en="Most contacts one customer may receive in 7 days", zh="每位客户 7 天内最多联系次数"
    )
    confirm_calls: YesNo = lever(
        "no",
        unit="choice",
        en="Confirm calls and visits in writing (a provable demand; takes time)",
        zh="电话和拜访后书面确认（可作为催告证据，但更费时）",
    )


class Promise(Part):
    """What follows a promise to pay."""

    pause: YesNo = lever("yes", unit="choice", en="Stop dunning until the promised day", zh="承诺日之前暂停催收")
    follow_up: Literal["none", "call", "visit", "lawyer_letter"] = lever(
        "none", unit="choice", en="When a promise is broken", zh="承诺未兑现时的跟进"
    )


class Worklist(Part):
    """Points that rank the morning's worklist."""

    amount_points: int = lever(10, 0, 100, unit="points per CNY 10,000 overdue", en="Points for the overdue amount", zh="逾期金额得分")
    days_points: int = lever(2, 0, 100, unit="points per day overdue", en="Points for days overdue", zh="逾期天数得分")
    risk_points: int = lever(20, 0, 100, unit="points per grade step", en="Points for a weaker credit grade", zh="信用等级每低一级加分")
    broken_points: int = lever(0, 0, 500, unit="points", en="Points for a broken promise", zh="有未兑现承诺加分")
    warning_points: int = lever(0, 0, 500, unit="points per warning level", en="Points for an early-warning level", zh="预警每升一级加分")
