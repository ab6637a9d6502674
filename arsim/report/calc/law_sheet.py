"""The clock-and-fee sheet of one claim: every deadline and fee that bears on the next step, with its article. Not legal advice."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from arsim.domain import clocks, late_interest, law, law_fees
from arsim.report import words
from arsim.report.calc.answer import money, percent

BUYERS = ("sme", "large", "public")


@dataclass(frozen=True)
class Claim:
    """One claim as its file tells it.

    Parameters
    ----------
    amount : int
        Unpaid, fen, above 0.
    due : date
        Last day for payment.
    today : date
        The day on which the sheet is read, and on which the next step would be taken.
    demands : sequence of date
        Days of demands that can be *proved*, and of agreements to pay.
    guarantee_months : int, optional
        Agreed length of a guarantee; None: nothing clear agreed.
    buyer : {"sme", "large", "public"}
        Who owes: a small or medium-sized enterprise, a large one, a public body or institution.
    """

    amount: int
    due: date
    today: date
    demands: Sequence[date] = ()
    guarantee_months: int | None = None
    buyer: str = "sme"


@dataclass(frozen=True)
class Line:
    """A line of the sheet: `part` of it ("clock" or "fee"), what it is about, the date or sum as text, and its article and version."""

    part: str
    about: str
    value: str
    source: str
    late: bool = False


def lines(claim: Claim) -> list[Line]:
    """The sheet: deadlines first, then what each door costs.

    Raises
    ------
    BadInput
        The amount is not above 0, or there is no such buyer.
    """
    say, today = words.say, claim.today
    known = [day for day in claim.demands if day <= today]
    limit, guarantee = clocks.limitation_end(claim.due, known), clocks.guarantee_end(claim.due, claim.guarantee_months)
    order = clocks.payment_order_deadlines(today)
    made = [
        _clock(say("Limitation: sue or make a provable demand by"), limit, today, "limitation_restart"),
        _clock(say("Guarantee, if there is one: act by"), guarantee, today, "guarantee_act"),
        _clock(say("Payment order applied for today: enforceable from, if issued at the last moment and served at once"),
               order.enforceable_from, today, "payment_order"),
        _clock(say("Summary procedure, docketed today: judgment by"), clocks.trial_end(today, "summary"), today, "summary"),
        _clock(say("Ordinary procedure, docketed today: judgment by"), clocks.trial_end(today, "ordinary"), today, "ordinary"),
    ]  # fmt: skip
    if claim.buyer != "sme":
        complaint = clocks.complaint_deadlines(today)
        made += [
            _clock(say("Complaint accepted today: written result by"), complaint.result_by, today, "sme_complaint"),
            _clock(say("… and at the very latest by"), complaint.result_at_most, today, "sme_complaint"),
        ]
    made += [_fee(key, claim.amount) for key in ("payment_order", "acceptance_half", "acceptance", "preservation", "enforcement")]
    return [*made, _interest(claim)]


def rows(claim: Claim) -> list[list[str]]:
    """The sheet as a table, its first row a head."""
    head = [words.say("clock or fee"), words.say("date or CNY"), words.say("source")]
    late = lambda line: f"⚠ {line.value}" if line.late else line.value  # noqa: E731
    return [head, *([line.about, late(line), line.source] for line in lines(claim))]


def _clock(about: str, day: date, today: date, rule: str) -> Line:
    left = (day - today).days
    told = words.say("{day} ({left} days left)", day=day, left=left) if left >= 0 else words.say("{day}: over", day=day)
    return Line("clock", about, told, _source(rule), left < 0)


def _fee(key: str, amount: int) -> Line:
    tariff = law_fees.tariffs()[key]
    between = "" if words.language() == "zh" else ", "
    article = words.pick(tariff.instrument) + between + words.pick(tariff.article)
    return Line("fee", words.pick(tariff.label), money(tariff.fee(amount)), words.say("{article}; as of {version}", article=article,
                version=tariff.version))  # fmt: skip


def _interest(claim: Claim) -> Line:
    """Interest up to today where the contract is silent: between two rates, or one."""
    sme = claim.buyer != "sme"
    rates = late_interest.statutory_rate("sme" if sme else "sale_silent")
    days = max(0, (claim.today - claim.due) // timedelta(1))
    sums = {money(late_interest.interest(claim.amount, rate, days)): None for rate in (rates.low, rates.high)}
    about = (
        words.say("Interest to date, if nothing was agreed ({days} days)", days=days) if sme
        # The law means the LPR of the day of the breach; only the last one is known here.
        else words.say("Interest to date, if nothing was agreed ({days} days, at an LPR of {rate})", days=days,
                       rate=percent(float(law.lpr().rate)))
    )  # fmt: skip
    return Line("fee", about, " – ".join(sums), _source("late_sme" if sme else "late_silent"))


def _source(rule: str) -> str:
    found = law.rules()[rule]
    return words.say("{article}; as of {version}", article=words.pick(found.article), version=found.version)
