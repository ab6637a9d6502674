"""What delay costs under Chinese law, in exact fen. Not legal advice; have a lawyer check. All as of 2025-04-19."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from numbers import Rational

from arsim.domain import law
from arsim.domain.given import choice, whole
from arsim.domain.problem import BadInput, Problem

YEAR = 365  # days: 0.05 % a day is 18.25 % a year
Rate = Rational | Decimal | float | str

SITUATIONS = ("sale_agreed", "sale_silent", "sme", "private_lending", "judgment")


@dataclass(frozen=True)
class Rates:
    """The rates a year a court may apply, as shares, from `low` to `high`; both the same where the law leaves no choice."""

    low: Fraction
    high: Fraction


def statutory_rate(situation: str, lpr: Rate | None = None, agreed: Rate | None = None) -> Rates:
    """Yearly rate of late interest. Not legal advice.

    Parameters
    ----------
    situation : str
        - "sale_agreed": the penalty agreed in a sale contract, as a rate; see `penalty_excessive` (Civil Code 585).
        - "sale_silent": nothing agreed: LPR plus 30 to 50 % of it (SPC Interpretation on Sale Contracts 18(4)).
        - "sme": a public body or large enterprise late to a smaller seller: the agreed rate, which may not be below the LPR and is
          raised to it here, else 0.05 % a day (SME payment regulation 17).
        - "private_lending": the agreed rate, cut at four times the LPR; if none is agreed the LPR (SPC Provisions on Private
          Lending 25, 28, 29). Not for trade debts.
        - "judgment": 0.0175 % a day, on top of the interest awarded (Civil Procedure Law 264).
    lpr : rate, optional
        One-year loan prime rate a year, as a share: at the breach for a sale, at signing for the others. None: the last known.
    agreed : rate, optional
        Rate a year agreed in the contract, as a share; must be given for "sale_agreed".

    Returns
    -------
    Rates

    Raises
    ------
    BadInput
        If there is no such situation, or a rate is missing, negative or not a number.

    Examples
    --------
    At an LPR of 3 %: 3.9 to 4.5 % for a sale with nothing agreed; 18.25 % if a small seller agreed nothing.

    >>> statutory_rate("sale_silent", "0.03")
    Rates(low=Fraction(39, 1000), high=Fraction(9, 200))
    >>> float(statutory_rate("sme", "0.03").low)
    0.1825
    """
    choice(situation, SITUATIONS)
    base = law.lpr().rate if lpr is None else _rate(lpr)
    wanted = None if agreed is None else _rate(agreed)
    if situation == "sale_silent":
        return Rates(base * (1 + _percent("late_silent", "low_percent")), base * (1 + _percent("late_silent", "high_percent")))
    if situation == "sme":
        rate = YEAR * _percent("late_sme", "daily_percent") if wanted is None else max(wanted, base)
    elif situation == "private_lending":
        rate = base if wanted is None else min(wanted, base * law.rules()["late_private_lending"].numbers["times"])
    elif situation == "judgment":
        rate = YEAR * _percent("late_judgment", "daily_percent")
    elif wanted is None:
        raise BadInput(Problem("The rate agreed in the contract is missing.", "Give it, or treat the contract as silent."))
    else:
        rate = wanted
    return Rates(rate, rate)


def interest(amount: int, annual_rate: Rate, days: int, year: int = YEAR) -> int:
    """Simple interest, rounded once, half a fen upward.

    Parameters
    ----------
    amount : int
        Unpaid sum, fen.
    annual_rate : rate
        Share a year; a fraction, decimal or text is taken exactly, a float as it is written.
    days : int
        Days late.
    year : int, default 365
        Days of the year the rate is meant for.

    Returns
    -------
    int
        Fen.

    Raises
    ------
    BadInput
        If amount or days is not a whole number of 0 or more, year not one of 1 or more, or the rate is negative or not a number.

    Examples
    --------
    CNY 100,000 at 0.05 % a day for 30 days: 100,000 × 0.0005 × 30 = 1,500.

    >>> interest(100_000_00, "0.1825", 30)
    150000
    """
    if not whole(year):
        raise BadInput(Problem("A year of 0 days has no rate.", "Use 365, or 360 where the contract says so."))
    exact = whole(amount) * _rate(annual_rate) * whole(days) / year
    return (2 * exact.numerator + exact.denominator) // (2 * exact.denominator)


def penalty_excessive(penalty: int, loss: int) -> bool:
    """Whether a court would normally call a penalty excessive: above 130 % of the loss. Not legal advice.

    Civil Code 585; SPC Interpretation on the General Rules of Contract 65.

    Parameters
    ----------
    penalty, loss : int
        Fen, 0 or more. With a late payment the loss is as a rule the interest lost.

    Raises
    ------
    BadInput
        If one of them is not a whole number of 0 or more.

    Examples
    --------
    >>> penalty_excessive(1300_00, 1000_00), penalty_excessive(1300_01, 1000_00)
    (False, True)
    """
    return whole(penalty) > _percent("late_penalty", "percent") * whole(loss)


def acceleration(unpaid_due: int, price: int, instalments: int) -> bool:
    """Whether the seller may ask for the whole price of an instalment sale (Civil Code 634; SPC Interpretation on Sale Contracts 27).

    Not legal advice. Holds once the buyer has been asked to pay and a reasonable time has passed.

    Parameters
    ----------
    unpaid_due : int
        Sum due and unpaid, fen.
    price : int
        Whole price, fen.
    instalments : int
        Number of payments agreed; fewer than three are no instalment sale.

    Raises
    ------
    BadInput
        If one of them is not a whole number of 0 or more.

    Examples
    --------
    >>> acceleration(20_000_00, 100_000_00, 3), acceleration(19_999_99, 100_000_00, 3), acceleration(50_000_00, 100_000_00, 2)
    (True, False, False)
    """
    numbers = law.rules()["instalment_sale"].numbers
    owed = whole(unpaid_due)
    return 0 < owed and owed >= numbers["share"] * whole(price) and whole(instalments) >= numbers["instalments"]


def _percent(rule: str, name: str) -> Fraction:
    return Fraction(law.rules()[rule].numbers[name]) / 100


def _rate(given: Rate) -> Fraction:
    try:
        rate = Fraction(str(given) if isinstance(given, float) else given)
    except (ValueError, TypeError, OverflowError, ZeroDivisionError):
        rate = None
    if rate is None or rate < 0 or isinstance(given, bool):
        raise BadInput(Problem("{given} is not a rate.", "Write the share a year, 0 or more: 0.03 for 3 %.", values={"given": str(given)}))
    return rate
