"""What delay costs, with article and version. Not legal advice."""

from fractions import Fraction

from arsim.domain import late_interest
from arsim.report import law as law_text
from arsim.report import words
from arsim.report.calc.answer import Answer, money, percent
from arsim.report.calc.cited import cited

_RULE = {
    "sale_agreed": "late_penalty", "sale_silent": "late_silent", "sme": "late_sme", "private_lending": "late_private_lending",
    "judgment": "late_judgment",
}  # fmt: skip


def interest(
    amount: int, days: int, situation: str, lpr: Fraction | None = None, agreed: Fraction | None = None, year: int = late_interest.YEAR
) -> Answer:
    """Interest on `amount` fen paid `days` late."""
    say = words.say
    rates = late_interest.statutory_rate(situation, lpr, agreed)
    sums = [late_interest.interest(amount, rate, days, year) for rate in (rates.low, rates.high)]
    low, high = map(money, sums)
    names = {
        "sale_agreed": say("sale, penalty agreed"),
        "sale_silent": say("sale, nothing agreed"),
        "sme": say("small or medium-sized seller, public body or large enterprise late"),
        "private_lending": say("private lending"),
        "judgment": say("delay after judgment"),
    }
    formulas = [
        f"{money(amount)} × {percent(float(rate), 4)} × {days} / {year} = {money(sum_)}"
        for rate, sum_ in dict(zip((rates.low, rates.high), sums, strict=True)).items()
    ]
    same = rates.low == rates.high
    range_ = percent(float(rates.low), 4) if same else f"{percent(float(rates.low), 4)} – {percent(float(rates.high), 4)}"
    working = [say("Rate a year: {rates} ({situation})", rates=range_, situation=names[situation])]
    working += [say("Interest: {formula}", formula=formula) for formula in formulas]
    uses_lpr = situation in ("sale_silent", "private_lending") or (situation == "sme" and agreed is not None)
    if uses_lpr:
        working.append(law_text.lpr() if lpr is None else say("One-year LPR as you gave it: {rate}.", rate=percent(float(lpr), 4)))
    if agreed is not None and agreed != rates.low:
        told = say("The agreed rate of {agreed} is outside what the rule allows; the nearest it allows is used.",
                   agreed=percent(float(agreed), 4))  # fmt: skip
        working.append(told)
    beware = [
        say("It is simple interest; count the days from the day after the last day for payment. Interest on interest is not in here."),
    ]
    if situation != "judgment":
        beware.append(say("A court awards what is claimed and proved; no interest claimed, none awarded."))
    extra = {
        "sale_agreed": say("A penalty more than 30 % above the loss is normally cut if the debtor asks for it."),
        "sale_silent": say("The court chooses within the range, and may choose the low end."),
        "sme": say("This rate is owed only by public bodies and large enterprises to smaller sellers, not between small ones."),
        "private_lending": say("This ceiling is for loans between private parties. Do not use it for the price of goods."),
        "judgment": say("This comes on top of the interest the judgment awards, and is counted on the sum without that interest."),
    }
    return Answer(
        answer=(
            say("Interest for {days} days on CNY {amount}: CNY {interest}.", days=days, amount=money(amount),
                interest=low if same else f"{low} – {high}"),
        ),
        working=tuple(working),
        beware=(*beware, extra[situation]),
        results={"low": sums[0], "high": sums[1], "rate_low": rates.low, "rate_high": rates.high},
        law=cited([_RULE[situation]]),
    )  # fmt: skip
