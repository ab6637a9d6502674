"""Right answers to the course's law items, from plain arguments: dates as dates, money in CNY. Not legal advice."""

from collections.abc import Sequence
from datetime import date, timedelta

from arsim.domain import clocks, late_interest, law, law_fees
from arsim.domain.money import FEN


def limitation_end(due: date, contacts: Sequence[Sequence]) -> date:
    """Last day of limitation after `contacts`, each a day and a channel; only those that prove a demand count.

    Parameters
    ----------
    due : date
    contacts : sequence of (date, str)
        Channels as in `arsim.domain.law.provable`.

    Examples
    --------
    The call of 2023 leaves no trace; the letter of 2024 does.

    >>> limitation_end(date(2022, 3, 4), [[date(2023, 5, 8), "call"], [date(2024, 5, 6), "letter"]])
    datetime.date(2027, 5, 6)
    """
    return clocks.limitation_end(due, [day for day, channel in contacts if law.provable()[channel].counts])


def restarts(channel: str) -> bool:
    """Whether a contact by this channel, as it stands, proves a demand.

    >>> restarts("statement"), restarts("visit")
    (True, False)
    """
    return law.provable()[channel].counts


def fee(kind: str, claim: float) -> float:
    """A statutory fee, CNY; `kind` as in `arsim.domain.law_fees.tariffs`, `claim` in CNY.

    >>> fee("payment_order", 1_000_000)
    4600.0
    """
    return law_fees.tariffs()[kind].fee(round(claim * FEN)) / FEN


def saved_by_order(claim: float) -> float:
    """How much less a payment order costs to apply for than a suit in ordinary procedure, CNY.

    >>> saved_by_order(1_000_000)
    9200.0
    """
    return fee("acceptance", claim) - fee("payment_order", claim)


def advanced(claim: float) -> float:
    """What is paid to the court up front for a suit in ordinary procedure with preservation of the whole claim, CNY.

    >>> advanced(1_000_000)
    18800.0
    """
    return fee("acceptance", claim) + fee("preservation", claim)


def sme_interest(claim: float, due: date, paid: date) -> float:
    """Interest a public body or large enterprise owes a smaller seller where none was agreed, CNY.

    >>> sme_interest(100_000, date(2025, 7, 1), date(2025, 7, 31))
    1500.0
    """
    rate = late_interest.statutory_rate("sme").low
    return late_interest.interest(round(claim * FEN), rate, (paid - due) // timedelta(1)) / FEN


def payment_order_open(
    due_and_certain: bool = True, owes_in_return: bool = False, can_be_served: bool = True, preserved_before: bool = False
) -> bool:
    """Whether a payment order can be had at all (Civil Procedure Law 225; SPC Interpretation 427; as of 2025-04-19).

    >>> payment_order_open(), payment_order_open(preserved_before=True)
    (True, False)
    """
    return due_and_certain and can_be_served and not owes_in_return and not preserved_before


def order_falls(objection: str) -> bool:
    """Whether this objection ends a payment order: "written_dispute" does, "no_money", "more_time" and "oral" do not.

    Civil Procedure Law 228; SPC Interpretation on Civil Procedure 427-439; as of 2025-04-19.

    >>> order_falls("written_dispute"), order_falls("no_money")
    (True, False)
    """
    return {"written_dispute": True, "no_money": False, "more_time": False, "oral": False}[objection]


def complaint_open(buyer: str) -> bool:
    """Whether the complaint channel of the SME payment regulation is open to a small seller (Articles 2, 3, 24; as of 2025-04-19).

    >>> complaint_open("public"), complaint_open("sme")
    (True, False)
    """
    return {"public": True, "large": True, "sme": False}[buyer]


def undisputed_due(invoice: float, contested: float) -> float:
    """What must be paid on time although a part is contested (SME payment regulation 15; as of 2025-04-19), CNY.

    >>> undisputed_due(1_000_000, 150_000)
    850000
    """
    return invoice - contested


def worth_of_suit(claim: float, enforced: float, lawyer: float) -> float:
    """What a suit in ordinary procedure, won but not obeyed, brings on average, CNY: the share enforcement finds, less what was advanced.

    Parameters
    ----------
    claim : float
        CNY.
    enforced, lawyer : float
        Share of the claim that enforcement brings; the lawyer's fee as a share of the claim.

    Examples
    --------
    >>> worth_of_suit(1_000_000, 0.5, 0.05)
    436200.0
    """
    return claim * (enforced - lawyer) - fee("acceptance", claim)


def flat(percent: float, claim: float) -> float:
    """What comes out if one rate is taken of the whole claim, as if there were no bands, CNY.

    >>> flat(1.5, 480_000)
    7200.0
    """
    return percent * claim / 100


def after_last_contact(contacts: Sequence[Sequence]) -> date:
    """The wrong last day of limitation: three years from the last contact, whether or not it can be proved.

    >>> after_last_contact([[date(2024, 5, 6), "letter"], [date(2024, 6, 3), "call"]])
    datetime.date(2027, 6, 3)
    """
    return clocks.limitation_end(contacts[-1][0])


def barred(on: date, due: date, contacts: Sequence[Sequence]) -> bool:
    """Whether the debtor may refuse on the day `on`, only contacts that prove a demand counting.

    >>> barred(date(2025, 9, 1), date(2022, 3, 4), [[date(2023, 5, 8), "call"]])
    True
    """
    return on > limitation_end(due, contacts)


def silent_interest(claim: float, due: date, paid: date, end: str) -> float:
    """Interest between ordinary buyers and sellers who agreed none, CNY: the "low" or the "high" end of what a court may award.

    >>> silent_interest(100_000, date(2025, 7, 1), date(2026, 7, 1), "low")
    3900.0
    """
    rate = getattr(late_interest.statutory_rate("sale_silent"), end)
    return late_interest.interest(round(claim * FEN), rate, (paid - due) // timedelta(1)) / FEN


def pay_when_paid_void(buyer: str, seller: str) -> bool:
    """Whether a clause that lets `buyer` wait for a third party's money is void by the SPC reply of 2024-08-27 (Fashi [2024] No. 11).

    Parameters
    ----------
    buyer, seller : {"large", "sme"}

    Examples
    --------
    >>> pay_when_paid_void("large", "sme"), pay_when_paid_void("sme", "sme")
    (True, False)
    """
    return buyer == "large" and seller == "sme"


def left_after_set_off(owed_to_us: float, owed_by_us: float) -> float:
    """What the other side still owes after both debts, due and in money, are set off (Civil Code 568; as of 2025-04-19), CNY.

    >>> left_after_set_off(500_000, 180_000)
    320000
    """
    return max(0, owed_to_us - owed_by_us)


def cleared_in_ring(*debts: float, **named: float) -> float:
    """Of debts that run in a ring (A owes B, B owes C, C owes A), what an agreement of all clears of each: the smallest, CNY.

    >>> cleared_in_ring(500_000, 420_000, 300_000), cleared_in_ring(first=500_000, second=300_000)
    (300000, 300000)
    """
    return min((*debts, *named.values()))


def subrogation_most(claim: float, upstream: float) -> float:
    """Most that can be claimed from the debtor's debtor (Civil Code 535; as of 2025-04-19): the own claim, and no more than it owes, CNY.

    >>> subrogation_most(800_000, 1_500_000)
    800000
    """
    return min(claim, upstream)
