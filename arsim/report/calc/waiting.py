"""What it costs to wait for money: carrying it, discounting it, and the sales that must make up for it."""

from arsim.report import words
from arsim.report.calc.answer import Answer, figure, money, percent


def carrying(amount: float, days: float, rate: float, year: int = 365) -> float:
    """Simple interest on money that is out: amount × rate × days / year, in the unit of the amount.

    >>> carrying(1_000_000, 73, 0.05)
    10000.0
    """
    return amount * rate * days / year


def present(amount: float, days: float, rate: float, year: int = 365) -> float:
    """What money that comes in `days` days is worth today: amount / (1 + rate) ^ (days / year).

    >>> present(1_060_000, 365, 0.06)
    1000000.0
    """
    return amount / (1 + rate) ** (days / year)


def sales_to_make_up(loss: float, margin: float) -> float:
    """Sales that earn `loss` back at the gross margin `margin`, a share above 0.

    >>> sales_to_make_up(10_000, 0.25)
    40000.0
    """
    return loss / margin


def waiting(amount: float, days: float, rate: float, margin: float | None = None, year: int = 365) -> Answer:
    """What it costs to get `amount` fen only in `days` days, at the cost of capital `rate` a year; with a gross margin also in sales."""
    say = words.say
    cost, worth = carrying(amount, days, rate, year), present(amount, days, rate, year)
    a, n, r = money(amount), figure(days), percent(rate)
    answer = [
        say("Waiting {days} days for CNY {amount} costs CNY {cost}.", days=n, amount=a, cost=money(round(cost))),
        say("Today it is worth CNY {worth}.", worth=money(round(worth))),
    ]
    working = [
        say("Carrying cost: {formula}", formula=f"{a} × {r} × {n} / {year} = {money(round(cost))}"),
        say("Present value: {formula}", formula=f"{a} / (1 + {r})^({n} / {year}) = {money(round(worth))}"),
    ]
    results = {"carrying": cost, "present": worth}
    if margin is not None:
        wait, lost = sales_to_make_up(cost, margin), sales_to_make_up(amount, margin)
        answer.append(
            say("Sales of CNY {wait} earn the cost of waiting back; if the sum is never paid, sales of CNY {lost} earn it back.",
                wait=money(round(wait)), lost=money(round(lost)))
        )  # fmt: skip
        working.append(say("Sales for a loss: {formula}", formula=f"{money(round(cost))} / {percent(margin)} = {money(round(wait))};"
                           f" {a} / {percent(margin)} = {money(round(lost))}"))  # fmt: skip
        results |= {"sales_for_waiting": wait, "sales_for_loss": lost}
    return Answer(
        answer=tuple(answer),
        working=tuple(working),
        beware=(
            say("The rate is the company's own: what it pays for its last loan, or what it could earn with the money. Try half and twice "
                "as much."),
            say("Longer waiting also makes it likelier that nothing comes at all; that is not in here."),
            say("Collecting costs money too, and may cost goodwill: compare, do not only add up."),
        ),
        results=results,
    )  # fmt: skip
