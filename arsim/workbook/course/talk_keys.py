"""Right answers to items where the function that knows them takes awkward arguments: thin, pure, plain numbers and dates in yuan."""

from datetime import date
from fractions import Fraction

from arsim.domain import late_interest
from arsim.domain.clocks import limitation_end
from arsim.domain.law import provable
from arsim.domain.money import FEN
from arsim.model.dispute import CAUSES, contested_part
from arsim.model.evidence import number
from arsim.study.finding import Claim, judge


def limitation_after_contacts(due: date, contacts: dict[str, date]) -> date:
    """Last day of limitation after these contacts (channel → day); only those a court would accept restart it.

    >>> limitation_after_contacts(date(2022, 3, 4), {"email": date(2024, 5, 6), "call": date(2025, 1, 2)})
    datetime.date(2027, 5, 6)
    """
    return limitation_end(due, [day for channel, day in contacts.items() if provable()[channel].counts])


def kept_promises(calls: int) -> float:
    """Promises kept out of so many first dials, with the values in use for a sound customer: reached, right person, promises, keeps.

    >>> kept_promises(0)
    0.0
    """
    chain = ("channel.call.reach", "channel.call.right_party", "answer.promise", "promise.kept")
    found = float(calls)
    for path in chain:
        found *= number(path)
    return found


def promises_made(calls: int) -> float:
    """Promises out of so many first dials, kept or not.

    >>> promises_made(100) > kept_promises(100)
    True
    """
    return kept_promises(calls) / number("promise.kept")


def kept_of_answered(calls: int) -> float:
    """Kept promises if everybody who answers could decide: what is forgotten by leaving out the right person.

    >>> kept_of_answered(100) > kept_promises(100)
    True
    """
    return kept_promises(calls) / number("channel.call.right_party")


def late_interest_yuan(yuan: float, daily_percent: float, days: int) -> float:
    """Simple interest at so many percent a day, CNY.

    >>> late_interest_yuan(100_000, 0.05, 30)
    1500.0
    """
    rate = Fraction(str(daily_percent)) * late_interest.YEAR / 100
    return late_interest.interest(round(yuan * FEN), rate, days) / FEN


def penalty_too_high(yuan: float, daily_percent: float, days: int, loss_percent: float) -> bool:
    """Whether a court would normally call a daily penalty excessive if the creditor's loss is `loss_percent` a year.

    >>> penalty_too_high(100_000, 0.05, 30, 6), penalty_too_high(100_000, 0.02, 30, 6)
    (True, False)
    """
    penalty = round(late_interest_yuan(yuan, daily_percent, days) * FEN)
    loss = late_interest.interest(round(yuan * FEN), Fraction(str(loss_percent)) / 100, days)
    return late_interest.penalty_excessive(penalty, loss)


def least_to_take(debt: float, worth_percent: float) -> float:
    """The least to take today in one sum, CNY: what the best alternative is worth.

    >>> least_to_take(100_000, 75)
    75000.0
    """
    return debt * worth_percent / 100


def falls_due_at_once(unpaid_yuan: float, price_yuan: float, instalments: int) -> bool:
    """Whether the seller may ask for the whole price of an instalment sale; see `arsim.domain.late_interest.acceleration`.

    >>> falls_due_at_once(20_000, 100_000, 3), falls_due_at_once(10_000, 100_000, 3)
    (True, False)
    """
    return late_interest.acceleration(round(unpaid_yuan * FEN), round(price_yuan * FEN), instalments)


def undisputed_yuan(balance: float, contested_percent: float) -> float:
    """What may be claimed today of an invoice of which so many percent are disputed, CNY.

    >>> undisputed_yuan(240_000, 15)
    204000.0
    """
    fen = round(balance * FEN)
    return (fen - contested_part(fen, contested_percent / 100)) / FEN


def desk_days(disputes: int) -> float:
    """Staff days the dispute desk needs for so many disputes, by the usual mix of causes.

    >>> desk_days(0)
    0.0
    """
    return disputes * sum(number(f"dispute.share_{cause}") * number(f"dispute.days_{cause}") for cause in CAUSES)


def desk_days_unweighted(disputes: int) -> float:
    """The same if every cause were equally frequent: a mistake.

    >>> desk_days_unweighted(0)
    0.0
    """
    return disputes * sum(number(f"dispute.days_{cause}") for cause in CAUSES) / len(CAUSES)


def overdue_percent_after_write_off(receivables: float, overdue: float, written_off: float) -> float:
    """Overdue share in percent once a part of what is overdue has been written off.

    >>> overdue_percent_after_write_off(100, 20, 10) < overdue_percent_after_write_off(100, 20, 0)
    True
    """
    return 100 * (overdue - written_off) / (receivables - written_off)


def percent_of(part: float, whole: float) -> float:
    """Part of a whole in percent.

    >>> percent_of(1, 8)
    12.5
    """
    return 100 * part / whole


def rise_verdict(low: float, high: float, claimed: float) -> str:
    """What a paired 95 % interval says about a claimed rise of at least `claimed`; see `arsim.study.finding.judge`.

    >>> rise_verdict(-3, 5, 1)
    'cannot be told'
    """
    return judge(low, high, Claim(claimed, claimed, "rise"))
