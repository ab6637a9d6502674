"""Levers of a policy as a reader meets them: what they and their choices are called, and what they stand at."""

from arsim.domain.lever import Lever
from arsim.report import words

# What choices are called; a new one shows its own name until it has an entry here.
CHOICES = {
    "no": "no", "yes": "yes", "none": "none", "never": "never", "always": "always",
    "A": "grade A", "B": "grade B", "C": "grade C", "D": "grade D",
    "accept": "accept", "hold": "hold", "prepay": "ask for prepayment",
    "email": "e-mail", "sms": "text message", "letter": "letter", "call": "call", "visit": "visit", "lawyer_letter": "lawyer's letter",
    "chat": "chat message", "statement": "statement of account",
    "due": "from the due date", "end_of_month": "from the due date, on to the month's end", "previous": "from the previous level",
    "all": "all customers", "good": "grades A and B", "weak": "grades C and D",
    "general_guarantee": "general guarantee", "joint_guarantee": "joint guarantee", "guarantee": "guarantee",
    "collateral": "collateral", "retention": "retention of title",
    "monthly": "once a month", "weekly": "once a week", "blue": "blue", "yellow": "yellow", "red": "red",
    "payment_order": "payment order", "mediation": "mediation, confirmed by the court", "suit": "suit",
    "preserved_suit": "suit with preservation of assets", "lawyer_on_commission": "lawyer on commission", "nothing": "nothing more",
}  # fmt: skip


def title(lever: Lever) -> str:
    """The label without the list of choices that may follow a colon."""
    text = words.pick(lever.label)
    return text.replace("：", ":").split(":")[0] if lever.choices else text


def shown(lever: Lever, value: object) -> str:
    """What it stands at: a choice by its name, a number as it is.

    >>> from arsim.domain.policy import levers
    >>> known = {one.path: one for one in levers()}
    >>> shown(known["law.min_amount"], 20000), shown(known["law.route"], "suit"), shown(known["credit.limit_factor"], 0.5)
    ('20,000', 'suit', '0.5')
    """
    if lever.choices:
        return words.say(CHOICES[value]) if value in CHOICES else str(value)
    return f"{value:,.10g}".replace("-", "−") if isinstance(value, int | float) else str(value)
