"""Who loses by a policy, in words and tables."""

from collections.abc import Sequence

from arsim.report import scenario, words
from arsim.report.figures import Scale, difference_unit, figure, money_scale
from arsim.study.losers import ALL, MEASURES, Effect, Losers


def measure(key: str) -> str:
    """What a measure of `arsim.study.losers` is called."""
    say = words.say
    return {
        "value": say("value before salaries"), "outstanding": say("days outstanding"), "overdue_share": say("overdue share"),
        "contacts": say("contact attempts"), "held": say("held orders"), "lost": say("lost orders"),
        "goodwill": say("goodwill"),
    }[key]  # fmt: skip


def segment(one: Effect) -> str:
    """What a segment is called."""
    say = words.say
    if one.grouping == ALL:
        return say("all customers")
    if one.grouping == "industry":
        return scenario.industry(one.segment)
    if one.grouping == "grade":
        return say("grade {grade}", grade=one.segment)
    names = {
        ("size", "small"): say("smallest third by orders"), ("size", "middle"): say("middle third by orders"),
        ("size", "big"): say("largest third by orders"), ("payer", "slow"): say("slowest third of payers"),
        ("payer", "usual"): say("middle third of payers"), ("payer", "prompt"): say("promptest third of payers"),
    }  # fmt: skip
    return names[one.grouping, one.segment]


def loser_scale(found: Losers, currency: str = "CNY") -> Scale:
    """Money a customer, in one scale."""
    paid = [abs(one.reference) for one in found.effects if MEASURES[one.measure][0] == "fen"]
    return money_scale(max(paid, default=0.0), currency)


def loser_rows(found: Losers, currency: str = "CNY", measures: Sequence[str] = tuple(MEASURES)) -> list[list[str]]:
    """A head, and a row for each segment: the difference on each measure; ▲ surely better, ▼ surely worse, * not sure."""
    scale = loser_scale(found, currency)
    top = [words.say("Difference, a customer"), words.say("customers")]
    top += [words.say("{measure} ({unit})", measure=measure(key), unit=difference_unit(MEASURES[key][0], scale)) for key in measures]
    made, flagged = [top], set(found.flagged)
    for total in found.of(measures[0]):
        row = [segment(total), str(total.customers)]
        for key in measures:
            one = next(one for one in found.of(key) if (one.grouping, one.segment) == (total.grouping, total.segment))
            mark = {1: " ▲", -1: " ▼"}.get(one.verdict, "" if one.low > 0 or one.high < 0 or one.low == one.high else " *")
            row.append(figure(one.difference, MEASURES[key][0], scale, sign=True) + mark + ("!" if one in flagged else ""))
        made.append(row)
    return made


def loser_lines(found: Losers, currency: str = "CNY") -> list[str]:
    """A sentence for each measure on which some segments lose while all customers together do not; one where nobody does."""
    say, scale, lines = words.say, loser_scale(found, currency), []
    for key in MEASURES:
        worse = [one for one in found.flagged if one.measure == key]
        if worse:
            kind = MEASURES[key][0]
            told = words.listed(say("{what} ({amount})", what=segment(one), amount=figure(one.difference, kind, scale, sign=True))
                                for one in worse)  # fmt: skip
            lines.append(say("{measure}: all customers together {total} {unit}, but surely worse: {segments}.", measure=measure(key),
                             total=figure(found.total(key).difference, kind, scale, sign=True), unit=difference_unit(kind, scale),
                             segments=told))  # fmt: skip
    everybody = [measure(key) for key in MEASURES if found.total(key).verdict < 0]
    if everybody:
        lines.append(say("Surely worse for all customers together: {measures}.", measures=words.listed(everybody)))
    return lines or [say("No segment is surely worse off on any of these measures.")]
