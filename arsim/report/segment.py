"""What policies did to some of the customers, as a table: means, paired difference, its interval, a verdict in words."""

from arsim.report import words
from arsim.report.figures import difference_unit, digits, figure, money_scale, unit
from arsim.study.comparison import ENOUGH
from arsim.study.segment import MEASURES, Segment

_UPWARD = {"cash": 1, "overdue": -1, "overdue_share": -1, "over_90": -1, "legal_costs": -1, "goodwill": 1}  # the rest is neither


def rows(found: Segment) -> list[list[str]]:
    """The table, its first row a head; a policy after the other. Money in CNY, in a scale that fits."""
    say, language = words.say, words.language()
    first = found.policies[0].called(language)
    made = []
    for policy in found.policies[1:]:
        made.append([say("measure"), first, policy.called(language), say("difference"), say("95 % interval"), say("verdict")])
        one = found.summary().query("policy == @policy.name")
        paid = one[one["measure"].map(MEASURES) == "fen"]
        scale = money_scale(float(paid[["reference", "mean"]].abs().to_numpy().max()))  # one for all sums, so that they can be compared
        for row in one.itertuples():
            if row.reference == row.mean == 0:
                continue  # happened under neither
            kind = MEASURES[row.measure]
            shown = lambda value, sign=False, kind=kind, scale=scale: figure(value, kind, scale, sign, _decimals(kind))  # noqa: E731
            interval = f"{shown(row.low, True)} … {shown(row.high, True)} {_unit(kind, scale)}"
            label = words.say("{measure} ({unit})", measure=_labels()[row.measure], unit=_level(kind, scale))
            made.append([
                label, shown(row.reference), shown(row.mean), shown(row.difference, True), interval, _verdict(row, found.replications),
            ])  # fmt: skip
    return made


def note(found: Segment) -> str:
    """Whom and what the table is about."""
    return words.say(
        "{customers} customers, {days} days, {count} replications, each with the same luck for all policies. Simulated, not a forecast.",
        customers=found.customers, days=found.days, count=found.replications,
    )  # fmt: skip


def _verdict(row, replications: int) -> str:
    sure = ((row.low > 0) - (row.high < 0)) * (replications >= ENOUGH)
    if not sure:
        return words.say("cannot be told")
    wanted = sure * _UPWARD.get(row.measure, 0)
    return words.say("better") if wanted > 0 else words.say("worse") if wanted < 0 else words.say("differs")


def _decimals(kind: str) -> int:
    return 1 if kind in ("cases", "share") else digits(kind)


def _level(kind: str, scale) -> str:
    return words.say("cases") if kind == "cases" else unit(kind, scale)


def _unit(kind: str, scale) -> str:
    return words.say("cases") if kind == "cases" else difference_unit(kind, scale)


def _labels() -> dict[str, str]:
    say = words.say
    return {
        "cash": say("Cash from these customers"),
        "overdue": say("Overdue, average over the days"),
        "overdue_share": say("Overdue share of what they owe"),
        "over_90": say("More than 90 days overdue, average"),
        "at_law": say("Cash that came through the law"),
        "legal_costs": say("Court and lawyers' fees"),
        "filed": say("Cases filed"),
        "complaints": say("Complaints made"),
        "heard": say("Complaints that brought payment"),
        "goodwill": say("Goodwill at the end"),
    }
