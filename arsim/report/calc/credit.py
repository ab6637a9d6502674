"""Terms and standards of credit: what a discount, a change of standard, a switch to credit and an order are worth."""

from arsim.report import words
from arsim.report.calc.answer import Answer, figure, money, percent, unit_price
from arsim.study.credit_standard import Standard, change_of_standard, invested
from arsim.study.credit_switch import break_even_default, break_even_quantity, npv_of_discount_switch, npv_of_switch, switch_investment
from arsim.study.kpi import discount_cost, discount_cost_effective
from arsim.study.order_decision import break_even_probability, order_value, repeat_order_value


def discount(off: float, days: float, net: float, year: int = 365) -> Answer:
    """What it costs a year not to take `off` percent for paying within `days` instead of `net` days."""
    say = words.say
    simple, effective = discount_cost(off, days, net, year), discount_cost_effective(off, days, net, year)
    d, m, n = figure(off), figure(days), figure(net)
    return Answer(
        answer=(
            say("Not taking the discount costs {simple} a year, with compounding {effective}.",
                simple=percent(simple), effective=percent(effective)),
        ),
        working=(
            say("Simple: {formula}",
                formula=f"d / (100 − d) × year / (n − m) = {d} / (100 − {d}) × {year} / ({n} − {m}) = {percent(simple)}"),
            say("Compounded: {formula}",
                formula=f"(1 + d / (100 − d))^(year / (n − m)) − 1 = (1 + {d} / {figure(100 - off)})^({year} / {figure(net - days)}) − 1"
                f" = {percent(effective)}"),
            say("d: discount in percent; m: last day of the discount; n: day on which the full price is due."),
        ),
        beware=(
            say("This is what a buyer gives up who pays the full price on day {net}. One who pays still later, and is not charged for it, "
                "gives up the discount more cheaply.", net=n),
            say("For the seller it is the price of getting the money {gap} days sooner: compare it with what borrowing costs.",
                gap=figure(net - days)),
            say("It does not tell how many customers will take the discount. Those who paid early anyway take it too, and some take it "
                "and pay late."),
        ),
        results={"simple": simple, "effective": effective},
    )  # fmt: skip


def standard(now: Standard, then: Standard, price: float, cost: float, rate: float, year: int = 365) -> Answer:
    """What a change of credit standard brings a year; `price` and `cost` of one unit in fen."""
    say = words.say
    change = change_of_standard(now, then, price, cost, rate, year=year)
    before, after = (invested(it.units, cost, it.collection_days, year=year) for it in (now, then))
    p, v, net = unit_price(price), unit_price(cost), money(change.net)
    units = f"({figure(then.units)} − {figure(now.units)})"
    return Answer(
        answer=(
            say("The change pays: CNY {net} a year.", net=net) if change.net > 0
            else say("The change does not pay: CNY {net} a year.", net=net),
        ),
        working=(
            say("Margin on the units added: {formula}", formula=f"(P − v) × ΔQ = ({p} − {v}) × {units} = {money(change.contribution)}"),
            say("Tied up in receivables now: {formula}",
                formula=f"v × Q × days / year = {v} × {figure(now.units)} × {figure(now.collection_days)} / {year} = {money(before)}"),
            say("Tied up with the new standard: {formula}",
                formula=f"{v} × {figure(then.units)} × {figure(then.collection_days)} / {year} = {money(after)}"),
            say("Cost of the money added: {formula}",
                formula=f"{percent(rate)} × ({money(after)} − {money(before)}) = {money(change.carrying)}"),
            say("Bad debt added: {formula}",
                formula=f"{p} × ({figure(then.units)} × {percent(then.bad_debt)} − {figure(now.units)} × {percent(now.bad_debt)})"
                f" = {money(change.bad_debt)}"),
            say("A year: {formula}",
                formula=f"{money(change.contribution)} − {_minus(change.carrying)} − {_minus(change.bad_debt)} = {net}"),
        ),
        beware=(
            say("The answer rests on how many units the change is thought to add. Try half and twice as many before you decide."),
            say("Receivables are counted at variable cost and with a year of {year} days; a textbook that takes the full price or another "
                "year prints another figure.", year=year),
            say("Examining and collecting from the new customers, and the capacity to deliver to them, are not in here."),
        ),
        results={"contribution": change.contribution, "investment": change.investment, "carrying": change.carrying,
                 "bad_debt": change.bad_debt, "net": change.net},
    )  # fmt: skip


def switch(price: float, cost: float, quantity: float, new_quantity: float, rate: float) -> Answer:
    """What selling on credit instead of for cash is worth; `price` and `cost` of one unit in fen, `rate` a credit period."""
    say = words.say
    npv, tied = npv_of_switch(price, cost, quantity, new_quantity, rate), switch_investment(price, cost, quantity, new_quantity)
    enough = break_even_quantity(price, cost, quantity, rate)
    p, v, q, more, r = unit_price(price), unit_price(cost), figure(quantity), figure(new_quantity), percent(rate)
    return Answer(
        answer=(
            _worth(npv),
            say("It breaks even at {units} more units a period.", units=figure(enough, 2)) if enough < float("inf")
            else say("No growth in units can make it break even."),
        ),
        working=(
            say("Tied up at once: {formula}", formula=f"P × Q + v × (Q′ − Q) = {p} × {q} + {v} × ({more} − {q}) = {money(tied)}"),
            say("Gained each period: {formula}",
                formula=f"(P − v) × (Q′ − Q) = ({p} − {v}) × ({more} − {q}) = {money((price - cost) * (new_quantity - quantity))}"),
            say("NPV: {formula}", formula=f"(P − v) × (Q′ − Q) / R − {money(tied)} ="
                f" {money((price - cost) * (new_quantity - quantity))} / {r} − {money(tied)} = {money(npv)}"),
            say("Break-even: {formula}",
                formula=f"P × Q / ((P − v) / R − v) = {p} × {q} / (({p} − {v}) / {r} − {v}) = {figure(enough, 2)}"),
        ),
        beware=(
            say("R is the return required for one credit period. A yearly rate put in its place makes credit look far too dear."),
            say("Nobody is taken to default, and the added units to be sold for ever: a few defaults, or rivals who follow, change the "
                "answer."),
        ),
        results={"npv": npv, "investment": tied, "break_even_units": enough},
    )  # fmt: skip


def discount_switch(price: float, quantity: float, off: float, default: float, rate: float) -> Answer:
    """What the full price on credit is worth against the discounted price for cash; `price` of one unit in fen."""
    say = words.say
    npv, limit = npv_of_discount_switch(price, quantity, off, default, rate), break_even_default(off, rate)
    p, q, d, pi, r = unit_price(price), figure(quantity), percent(off), percent(default), percent(rate)
    return Answer(
        answer=(
            _worth(npv),
            say("It breaks even where {limit} of the credit sales are never paid.", limit=percent(limit, 4)) if limit >= 0
            else say("It would not pay even if everybody paid."),
        ),
        working=(
            say("Cash that now waits: {formula}",
                formula=f"(1 − d) × P × Q = (1 − {d}) × {p} × {q} = {money((1 - off) * price * quantity)}"),
            say("Gained each period: {formula}",
                formula=f"P × Q × (d − π) = {p} × {q} × ({d} − {pi}) = {money(price * quantity * (off - default))}"),
            say("NPV: {formula}", formula=f"P × Q × (d − π) / R − (1 − d) × P × Q ="
                f" {money(price * quantity * (off - default))} / {r} − {money((1 - off) * price * quantity)} = {money(npv)}"),
            say("Break-even: {formula}", formula=f"π = d − R × (1 − d) = {d} − {r} × (1 − {d}) = {percent(limit, 4)}"),
        ),
        beware=(
            say("The number of units stays the same and every customer takes the credit: a discount that only some give up is worth less."),
            say("R is the return required for one credit period. A yearly rate put in its place makes credit look far too dear."),
        ),
        results={"npv": npv, "break_even_default": limit},
    )  # fmt: skip


def repeat(chance: float, revenue: float, cost: float, later: float | None = None, rate: float = 0.0) -> Answer:
    """Whether to take an order on credit, alone or with the one a customer who pays will bring; `revenue` and `cost` in fen."""
    say = words.say
    one, alone = order_value(chance, revenue, cost), break_even_probability(revenue, cost)
    p, rev, c, back = percent(chance), money(revenue), money(cost), percent(1 - chance)
    answer = [say("This order by itself is worth CNY {value}.", value=money(one)), _from(alone)]
    working = [
        say("This order: {formula}", formula=f"p × (REV − COST) − (1 − p) × COST = {p} × ({rev} − {c}) − {back} × {c} = {money(one)}"),
        say("Chance of payment from which it pays: {formula}", formula=f"COST / REV = {c} / {rev} = {percent(alone)}"),
    ]
    results = {"order": one, "break_even_chance": alone}
    if later is not None:
        both, second = repeat_order_value(chance, later, revenue, cost, rate), order_value(later, revenue, cost)
        brought = max(0.0, second) / (1 + rate)
        needed = break_even_probability(revenue, cost, brought)
        answer += [
            say("Together with the order that a customer who pays will bring, it is worth CNY {value}.", value=money(both)),
            _from(needed),
        ]
        working += [
            say("Next order: {formula}", formula=f"{percent(later)} × ({rev} − {c}) − {percent(1 - later)} × {c} = {money(second)}"),
            say("Both: {formula}", formula=f"{money(one)} + {p} × max(0, {money(second)}) / (1 + {percent(rate)}) = {money(both)}"),
            say(
                "Chance of payment from which it pays: {formula}",
                formula=f"COST / (REV + {money(brought)}) = {c} / ({rev} + {money(brought)}) = {percent(needed)}",
            ),
        ]
        results |= {"next_order": second, "both": both, "break_even_chance_with_next": needed}
    return Answer(
        answer=tuple(answer),
        working=tuple(working),
        beware=(
            say("The chance of payment is a guess until you check it: of the customers you once gave that chance, how many paid?"),
            say("An expected gain is an average over many such orders. One order of a size you cannot afford to lose is another question."),
            say("A customer who pays the first small order may mean to leave the next large one unpaid; the next order is taken to be of "
                "the same size."),
        ),
        results=results,
    )  # fmt: skip


def _worth(npv: float) -> str:
    if npv > 0:
        return words.say("Giving credit pays: its net present value is CNY {npv}.", npv=money(npv))
    return words.say("Giving credit does not pay: its net present value is CNY {npv}.", npv=money(npv))


def _from(chance: float) -> str:
    if chance > 1:
        return words.say("It would not pay even if payment were sure.")
    return words.say("It pays from a chance of payment of {chance}.", chance=percent(chance))


def _minus(fen: float) -> str:
    """A term to be taken off, in brackets where it is negative."""
    return money(fen) if fen >= 0 else f"({money(fen)})"
