"""What an offer to pay in instalments is worth to both sides, beside what each of them walks away to."""

from arsim.domain.given import whole
from arsim.domain.problem import BadInput, Problem
from arsim.report import words
from arsim.report.calc.answer import Answer, figure, percent, rough, table
from arsim.report.calc.cited import cited

MONTHS = 12


def kept_value(now: float, instalments: int, interest: float, kept: float, broken: float, rate: float) -> float:
    """What one unit of debt under an instalment plan is worth to the seller today.

    A share `now` at once, the rest in equal monthly instalments, each with `interest` on what is still owed. As long as all before it
    were paid, an instalment is paid with chance `kept`; at the first miss the plan ends and what is left is worth `broken` a unit.

    Parameters
    ----------
    now, interest, kept, broken, rate : float
        Shares; `interest` and `rate` (what money costs the seller) a year.
    instalments : int

    Examples
    --------
    All at once is worth all; a plan surely kept, at the interest that money costs, is worth all as well.

    >>> kept_value(1.0, 0, 0.0, 1.0, 0.0, 0.06), round(kept_value(0.0, 1, 0.06, 1.0, 0.0, 0.06), 3)
    (1.0, 1.0)
    """
    worth, chance, left = now, 1.0, 1.0 - now
    part = left / instalments if instalments else 0.0
    for month in range(1, instalments + 1):
        fade = (1 + rate) ** (-month / MONTHS)
        worth += chance * fade * (kept * (part + left * interest / MONTHS) + (1 - kept) * broken * left)
        chance, left = chance * kept, left - part
    return worth


def outlay(now: float, instalments: int, interest: float, rate: float) -> float:
    """What keeping the plan costs the buyer today, a unit of debt, at what its own money costs (`rate`, a share a year).

    >>> round(outlay(0.0, 12, 0.0, 0.12), 3)
    0.941
    """
    return kept_value(now, instalments, interest, 1.0, 0.0, rate)


def offer(
    amount: int, now: float, instalments: int, interest: float, kept: float, walk_away: float, rate: float,
    buyer_rate: float, buyer_walks: float, supply: float = 0.0,
) -> Answer:  # fmt: skip
    """An offer against both sides' alternatives.

    Parameters
    ----------
    amount : int
        The debt, fen.
    now : float
        Share paid at once.
    instalments : int
        Months in which the rest is paid.
    interest : float
        On what is still owed, share a year.
    kept : float
        Chance that an instalment is paid, if all before it were.
    walk_away : float
        What the debt is worth to the seller without an agreement, a unit of it; also what is left of it after a broken plan.
    rate, buyer_rate : float
        What money costs each, a year.
    buyer_walks : float
        What the buyer pays without an agreement, discounted at its own rate, a unit of debt.
    supply : float
        What losing our supply would cost the buyer, a unit of debt.

    Raises
    ------
    BadInput
        A share is not between 0 and 1, or the debt is none.
    """
    say = words.say
    if whole(amount) <= 0 or not all(0 <= one <= 1 for one in (now, kept, walk_away)) or instalments < 0 or (now < 1 and not instalments):
        raise BadInput(Problem("This offer doesn't add up.", "Shares lie between 0 and 1, and what isn't paid at once needs instalments."))
    ours, theirs = kept_value(now, instalments, interest, kept, walk_away, rate), outlay(now, instalments, interest, buyer_rate)
    no_deal = buyer_walks + supply
    head = [say("of 100 owed"), say("with this offer"), say("without agreement"), say("difference")]
    hundred = lambda share: figure(100 * share, 1)  # noqa: E731
    rows = [
        [say("seller gets, worth today"), hundred(ours), hundred(walk_away), hundred(ours - walk_away)],
        [say("buyer pays, worth today"), hundred(theirs), hundred(no_deal), hundred(theirs - no_deal)],
    ]
    we, they = ours >= walk_away, theirs <= no_deal
    verdict = (
        say("Both gain by this offer: it lies within the zone of agreement.") if we and they
        else say("The seller should decline or ask for more: its alternative is worth more.") if they
        else say("The buyer will not keep to this freely: no agreement costs it less.") if we
        else say("Both do better without this offer.")
    )
    through = kept**instalments
    return Answer(
        answer=(verdict, *table(head, rows), say("At stake for the seller: CNY {sum}.", sum=rough((ours - walk_away) * amount))),
        working=(
            say("At once {now}, the rest in {count} monthly instalments of {part} of the debt, with {interest} a year on what is left.",
                now=percent(now), count=instalments, part=percent((1 - now) / max(1, instalments)), interest=percent(interest)),
            say("Each instalment is paid with chance {kept} if all before it were; the whole plan with {kept} to the power of "
                "{count}: {all}.",
                kept=percent(kept), count=instalments, all=percent(through, 1)),
            say("After a miss, what is left is worth as much as without an agreement: {walk} of 100.", walk=hundred(walk_away)),
            say("Money costs the seller {ours} a year and the buyer {theirs}; each side discounts at its own rate.",
                ours=percent(rate), theirs=percent(buyer_rate)),
            say("Without agreement the buyer pays {pays} of 100, worth today, and loses supply worth {supply}.",
                pays=hundred(buyer_walks), supply=hundred(supply)),
        ),
        beware=(
            say("The chance that an instalment is paid is a belief. Try a lower one before you sign: what would you still accept?"),
            say("Who has missed an instalment is a worse debtor than before, so what is left after a miss is counted too high here."),
            say("A plan in writing restarts the limitation period, and security given now is worth most in the case in which the plan "
                "fails. Neither is counted here."),
            say("What supply is worth to the buyer is a guess about somebody else's business. Ask, do not threaten."),
        ),
        results={"seller": ours, "seller_walks": walk_away, "buyer": theirs, "buyer_walks": no_deal, "both_gain": we and they},
        law=cited(["limitation_promise"]),
    )  # fmt: skip
