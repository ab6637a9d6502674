"""The calculators of the lessons on credit: each a few numbers to set, and one explained answer."""

from arsim.domain.problem import BadInput, Problem
from arsim.domain.scorecard import CARD
from arsim.report import words
from arsim.report.calc import alarm as alarms
from arsim.report.calc import credit
from arsim.report.calc import scorecard as cards
from arsim.report.calc.answer import Answer
from arsim.study.credit_standard import Standard
from arsim.workbook.course.calculator import Blank, Calculator

_PERCENT, _FEN = 0.01, 100
_STATEMENTS = ("current_ratio", "quick_ratio", "debt_ratio", "sales_growth")


def discount() -> Calculator:
    """What a discount for paying early costs a year."""
    say = words.say
    blanks = (
        Blank("off", say("Discount, %"), 2.0, 0.5, 10.0, 0.5),
        Blank("days", say("… for payment within days"), 10.0, 0.0, 60.0),
        Blank("net", say("Full price due on day"), 30.0, 1.0, 120.0),
    )

    def work(off, days, net) -> Answer:
        if net <= days:
            raise BadInput(Problem("NET must be more days than DAYS.", "In 2/10 net 30, DAYS is 10 and NET is 30.", value=f"{net:g}"))
        return credit.discount(off, days, net)

    return Calculator(blanks, work)


def scorecard() -> Calculator:
    """A customer's score, grade and limit."""
    say, pick = words.say, words.pick
    kinds = {
        "none": say("none"), "general_guarantee": say("general guarantee"), "joint_guarantee": say("joint guarantee"),
        "collateral": say("collateral"), "retention": say("retention of title"),
    }  # fmt: skip
    name = lambda figure: pick(CARD.label[figure])  # noqa: E731
    share = lambda figure: say("{name}, %", name=name(figure))  # noqa: E731
    blanks = (
        Blank("mean_days_late", name("mean_days_late"), 12.0, 0.0, 90.0),
        Blank("late_share", share("late_share"), 30.0, 0.0, 100.0, 5.0, _PERCENT),
        Blank("statements", say("Financial statements"), True, options=((say("we have them"), True), (say("we have none"), False))),
        Blank("current_ratio", name("current_ratio"), 1.3, 0.3, 3.0, 0.05),
        Blank("quick_ratio", name("quick_ratio"), 0.9, 0.2, 2.5, 0.05),
        Blank("debt_ratio", share("debt_ratio"), 60.0, 20.0, 110.0, 5.0, _PERCENT),
        Blank("sales_growth", share("sales_growth"), 5.0, -50.0, 50.0, 5.0, _PERCENT),
        Blank("security", say("Security"), "none", options=tuple((kinds[kind], kind) for kind in CARD.security)),
        Blank("outlook", say("Outlook of the industry"), 0.0,
              options=((say("worsening"), -1.0), (say("steady"), 0.0), (say("improving"), 1.0))),
        Blank("purchases", say("Purchases a month, CNY"), 300_000.0, 0.0, 100_000_000.0, 10_000.0, _FEN),
        Blank("terms", say("Terms, days"), 60.0, 0.0, 120.0, 15.0),
    )  # fmt: skip

    def work(statements, security, outlook, purchases, terms, **figures) -> Answer:
        told = {key: value if statements or key not in _STATEMENTS else None for key, value in figures.items()}
        return cards.scorecard(told | {"security": CARD.security[security]}, outlook, purchases, round(terms))

    return Calculator(blanks, work)


def order() -> Calculator:
    """Whether to take an order on credit, and what the next one changes."""
    say = words.say
    blanks = (
        Blank("chance", say("Chance of being paid, %"), 80.0, 0.0, 100.0, 1.0, _PERCENT),
        Blank("revenue", say("Price of the order, CNY"), 1200.0, 0.0, 100_000_000.0, 100.0, _FEN),
        Blank("cost", say("What it costs us, CNY"), 1000.0, 0.0, 100_000_000.0, 100.0, _FEN),
        Blank("later", say("Chance of being paid next time, once the first was paid, %"), 95.0, 0.0, 100.0, 1.0, _PERCENT),
        Blank("rate", say("Return required until the next order, %"), 20.0, 0.0, 60.0, 1.0, _PERCENT),
    )
    return Calculator(blanks, credit.repeat)


def standard() -> Calculator:
    """What a looser or tighter credit standard brings a year."""
    say = words.say
    blanks = (
        Blank("units", say("Units sold a year now"), 60_000.0, 0.0, 10_000_000.0, 1000.0),
        Blank("new_units", say("… and with the new standard"), 63_000.0, 0.0, 10_000_000.0, 1000.0),
        Blank("days", say("Days to collect now"), 30.0, 0.0, 180.0, 5.0),
        Blank("new_days", say("… and with the new standard"), 45.0, 0.0, 180.0, 5.0),
        Blank("bad", say("Bad debt now, % of sales"), 1.0, 0.0, 20.0, 0.25, _PERCENT),
        Blank("new_bad", say("… and with the new standard"), 2.0, 0.0, 20.0, 0.25, _PERCENT),
        Blank("price", say("Price of a unit, CNY"), 10.0, 0.0, 100_000.0, 1.0, _FEN),
        Blank("cost", say("Variable cost of a unit, CNY"), 6.0, 0.0, 100_000.0, 1.0, _FEN),
        Blank("rate", say("Return required a year, %"), 15.0, 0.0, 60.0, 1.0, _PERCENT),
    )

    def work(units, new_units, days, new_days, bad, new_bad, price, cost, rate) -> Answer:
        return credit.standard(Standard(units, days, bad), Standard(new_units, new_days, new_bad), price, cost, rate)

    return Calculator(blanks, work)


def switch() -> Calculator:
    """What selling on credit instead of for cash is worth."""
    say = words.say
    blanks = (
        Blank("price", say("Price of a unit, CNY"), 49.0, 0.0, 100_000.0, 1.0, _FEN),
        Blank("cost", say("Variable cost of a unit, CNY"), 20.0, 0.0, 100_000.0, 1.0, _FEN),
        Blank("quantity", say("Units a period for cash"), 100.0, 0.0, 1_000_000.0, 5.0),
        Blank("new_quantity", say("Units a period on credit"), 110.0, 0.0, 1_000_000.0, 5.0),
        Blank("rate", say("Return required for one credit period, %"), 2.0, 0.1, 20.0, 0.1, _PERCENT),
    )
    return Calculator(blanks, credit.switch)


def alarm() -> Calculator:
    """How many of an alarm's names are right."""
    say = words.say
    blanks = (
        Blank("customers", say("Customers watched"), 1000.0, 10.0, 100_000.0, 10.0),
        Blank("failing", say("… of whom fail within the period, %"), 2.0, 0.0, 30.0, 0.5, _PERCENT),
        Blank("hit", say("Failing customers the alarm names, %"), 95.0, 0.0, 100.0, 1.0, _PERCENT),
        Blank("clear", say("Other customers it leaves alone, %"), 95.0, 0.0, 100.0, 1.0, _PERCENT),
    )
    return Calculator(blanks, alarms.alarm)
