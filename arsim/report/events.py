"""The journal's lines in words, and many lines of one day as few phrases."""

from datetime import date, timedelta

import numpy as np

from arsim.domain.credit_rules import SECURITIES
from arsim.domain.dunning_rules import CHANNELS
from arsim.domain.money import FEN
from arsim.engine.journal import MINUTES_A_DAY, Answer, Hold, Kind, Lost, Paid, Stage
from arsim.model.dispute import CAUSES
from arsim.report import story, words
from arsim.report.figures import number

LEVELS = ("none", "blue", "yellow", "red")
_GRADES = "ABCD"
_CHANNELS = {
    "email": "e-mail", "sms": "text message", "letter": "letter", "call": "call", "visit": "visit", "lawyer_letter": "lawyer's letter",
    "chat": "chat message", "statement": "statement of account",
}  # fmt: skip
_SECURITIES = {"none": "none", "general_guarantee": "general guarantee", "joint_guarantee": "joint guarantee", "collateral": "collateral",
               "retention": "retention of title"}  # fmt: skip
_MONEY = (  # of these the amount is told
    Kind.OPENING, Kind.LOST, Kind.PREPAID, Kind.INVOICE, Kind.PAYMENT, Kind.WRITE_OFF, Kind.DISCOUNT, Kind.CREDIT_NOTE, Kind.LET_GO,
    Kind.DISPUTE, Kind.PROMISE, Kind.BROKEN, Kind.PLAN, Kind.INTEREST, Kind.INTEREST_PAID, Kind.WAIVED, Kind.RECOVERY, Kind.WALKED,
    Kind.ORDER, Kind.HELD,
)  # fmt: skip


def phrases(rows: np.ndarray, start: date) -> list[str]:
    """What happened, the like of it put together; `start` is day 0.

    Parameters
    ----------
    rows : ndarray of ROW
        Lines of one day, about one invoice or one customer.
    start : date
    """
    found: dict[str, list[int]] = {}
    for row in rows:
        found.setdefault(phrase(row, start), []).append(int(row["amount"]) if Kind(int(row["kind"])) in _MONEY else 0)
    return [_told(text, amounts) for text, amounts in found.items()]


def _told(text: str, amounts: list[int]) -> str:
    times = words.say("{what} ×{count}", what=text, count=len(amounts)) if len(amounts) > 1 else text
    return words.say("{what}: {amount}", what=times, amount=money(sum(amounts))) if sum(amounts) else times


def money(fen: float, sign: bool = False) -> str:
    """An amount in whole units."""
    return number(fen / FEN, 0, sign=sign)


def phrase(row: np.ndarray, start: date) -> str:
    """One line, without its amount."""
    say, kind, a, b = words.say, Kind(int(row["kind"])), int(row["a"]), int(row["b"])
    day = lambda at: (start + timedelta(at)).isoformat()  # noqa: E731
    match kind:
        case Kind.REACHED | Kind.MISSED | Kind.WRONG_PARTY:
            return _contact(kind, channel(a))
        case Kind.NOTICE:
            return say("{channel}, dunning level {level}", channel=channel(a), level=b + 1) if b >= 0 else say(
                "raised: {channel}", channel=channel(a))  # fmt: skip
        case Kind.HELD:
            return say("order held ({reason})", reason=_hold(a))
        case Kind.LOST:
            return say("order lost ({reason})", reason=lost(Lost(a)))
        case Kind.OPENING | Kind.INVOICE:
            head = say("open at the start") if kind == Kind.OPENING else say("delivered and invoiced")
            return say("{what}, due {day}", what=head, day=day(b)) if row["invoice"] >= 0 else head
        case Kind.PAYMENT:
            return _paid(Paid(a))
        case Kind.DISPUTE:
            return say("dispute comes to light ({cause})", cause=say(CAUSES[a]))
        case Kind.SETTLED:
            return say("dispute settled: customer was right") if a else say("dispute settled: we were right")
        case Kind.PROMISE:
            return say("promises to pay on {day}", day=day(a))
        case Kind.ANSWER:
            return say("answers: {answer}", answer=_answer(Answer(a)))
        case Kind.PLAN:
            return say("instalment plan, {count} instalments", count=a)
        case Kind.WARNING:
            return say("warning level {level} (was {before})", level=say(LEVELS[a]), before=say(LEVELS[b]))
        case Kind.REVIEW:
            return say("grade reviewed: {grade} (was {before})", grade=_GRADES[a], before=_GRADES[b])
        case Kind.SECURED:
            return say("gives security ({kind})", kind=say(_SECURITIES[SECURITIES[a]]))
        case Kind.LAW:
            return story.at_law(Stage(a))
    return _plain(kind)


def channel(code: int) -> str:
    """A channel in words."""
    return words.say(_CHANNELS[CHANNELS[code]])


def lost(why: Lost) -> str:
    """Why an order walked away from our rules."""
    say = words.say
    return {Lost.WAITED: say("waited too long"), Lost.NO_PREPAYMENT: say("would not prepay"), Lost.NO_SECURITY: say("gave no security"),
            Lost.SHORT_TERMS: say("terms too short"), Lost.NOT_PURSUED: say("not pursued by sales")}[why]  # fmt: skip


def _contact(kind: Kind, by: str) -> str:
    told = {Kind.REACHED: words.say("{channel}: reached", channel=by), Kind.MISSED: words.say("{channel}: nobody reached", channel=by)}
    return told.get(kind) or words.say("{channel}: somebody who cannot decide", channel=by)


def _hold(reason: int) -> str:
    say = words.say
    return {Hold.OVER_LIMIT: say("over its limit"), Hold.OVERDUE: say("too much overdue"), Hold.WARNING: say("warning"),
            Hold.REVIEW: say("review"), Hold.APPROVAL: say("waits for approval"),
            Hold.BEHIND: say("another order is waiting")}.get(reason, "")  # fmt: skip


def _paid(why: Paid) -> str:
    say = words.say
    return {Paid.IN_FULL: say("paid"), Paid.IN_PART: say("part paid"), Paid.INSTALMENT: say("instalment paid"),
            Paid.AT_LAW: say("paid through the law"), Paid.PROMISED: say("paid as promised")}[why]  # fmt: skip


def _answer(answer: Answer) -> str:
    say = words.say
    return {Answer.PAYS: say("will pay"), Answer.PROMISES: say("promises a day"), Answer.DISPUTES: say("disputes it"),
            Answer.HARDSHIP: say("has no money"), Answer.REFUSES: say("refuses"), Answer.STALLS: say("puts it off")}[answer]  # fmt: skip


def _plain(kind: Kind) -> str:
    say = words.say
    return {
        Kind.ORDER: say("order"), Kind.PREPAID: say("delivered against cash in advance"), Kind.WRITE_OFF: say("written off"),
        Kind.INSOLVENT: say("the customer is insolvent"), Kind.DISCOUNT: say("early-payment discount"),
        Kind.CREDIT_NOTE: say("credit note"), Kind.LET_GO: say("small rest let go"),
        Kind.KEPT: say("promise kept"), Kind.BROKEN: say("promise broken, still open"),
        Kind.PLAN_BROKEN: say("instalment missed, plan broken"), Kind.INTEREST: say("late interest claimed"),
        Kind.INTEREST_PAID: say("interest paid"), Kind.WAIVED: say("late interest let go"), Kind.BARRED: say("limitation has run out"),
        Kind.GUARANTEE_LOST: say("guarantee lapsed, nothing was claimed in time"),
        Kind.RECOVERY: say("court fee refunded by the loser, or money after a write-off"),
        Kind.WALKED: say("an order goes to somebody else"), Kind.CARE: say("care call"),
    }[kind]  # fmt: skip


def by_day(rows: np.ndarray) -> dict[int, np.ndarray]:
    """Lines by the day they stand on, in order."""
    days = rows["time"] // MINUTES_A_DAY
    return {int(day): rows[days == day] for day in np.unique(days)}
