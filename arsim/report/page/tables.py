"""The tables of the workbook: heads and rows, money in whole currency units, shares in percent."""

from collections.abc import Iterable

from arsim.domain.money import FEN
from arsim.report import robust_export, words
from arsim.report.figures import Scale, difference_unit, file_unit, unit
from arsim.report.page import question
from arsim.report.page.parts import Parts
from arsim.report.table import verdict
from arsim.study.losers import MEASURES
from arsim.study.outcome import OUTCOMES
from arsim.study.standing import MANY, standing

MOST = 1_000_000  # rows of a sheet; a spreadsheet takes a few more
_OUTCOME = {outcome.key: outcome for outcome in OUTCOMES}


def plain(value: float, kind: str) -> float:
    """`value` in the unit of the book: money in whole units, shares in percent."""
    return value / FEN if kind == "fen" else 100 * value if kind == "share" else value


def scale_of(parts: Parts) -> Scale:
    """Whole units of the company's currency."""
    return Scale(FEN, words.say("CNY") if parts.firm.currency == "CNY" else parts.firm.currency)


def summary(parts: Parts) -> tuple[list[str], list[list]]:
    """Each policy against the first."""
    say, found, titles, scale = words.say, parts.study.comparison, question.titles(parts.study), scale_of(parts)
    head = [say("Policy"), say("Title"), say("Key"), say("Outcome"), say("Unit"), titles[found.policies[0].name], say("Policy's mean"),
            say("Unit of the difference"), say("Difference"), say("Low, 95 %"), say("High, 95 %"), say("Verdict"),
            say("Rests on assumed prices")]  # fmt: skip
    rows = []
    for line in found.summary().rename(columns={"mean": "ours"}).itertuples():
        kind = _OUTCOME[line.outcome]
        theirs, ours, apart, low, high = (plain(value, kind.unit) for value in (line.reference, line.ours, line.difference, line.low,
                                                                                line.high))  # fmt: skip
        rows.append([line.policy, titles[line.policy], kind.key, words.pick(kind.label), unit(kind.unit, scale), theirs, ours,
                     difference_unit(kind.unit, scale), apart, low, high, verdict(line, kind.direction, len(found.replications)),
                     kind.basis == "assumption"])  # fmt: skip
    return head, rows


def runs(parts: Parts) -> tuple[list[str], Iterable[list]]:
    """Every outcome of every replication, up to `MOST` rows."""
    say, titles, scale = words.say, question.titles(parts.study), scale_of(parts)
    head = [say("Replication"), say("Policy"), say("Title"), say("Key"), say("Outcome"), say("Unit"), say("Figure")]
    units = {key: (words.pick(kind.label), unit(kind.unit, scale), kind.unit) for key, kind in _OUTCOME.items()}
    rows = ([int(one.replication), one.policy, titles[one.policy], one.outcome, *units[one.outcome][:2],
             plain(float(one.value), units[one.outcome][2])] for one in parts.study.comparison.runs().head(MOST).itertuples())  # fmt: skip
    return head, rows


def standings(parts: Parts) -> tuple[list[str], list[list]]:
    """Where each policy stands by the three outcomes."""
    say, found, titles, scale = words.say, parts.study.comparison, question.titles(parts.study), scale_of(parts)
    head = [say("Key"), say("Outcome"), say("Unit"), say("Policy"), say("Title"), say("Mean"), say("Where it stands"),
            say("Surely better are")]  # fmt: skip
    places = {"best": say("surely the best"), "tied": say("may be the best"), "worse": say("surely not the best"),
              "unknown": say("fewer than {least} replications, or not defined", least=MANY)}  # fmt: skip
    rows = []
    for one in standing(found).itertuples():
        kind = _OUTCOME[one.outcome]
        rows.append([kind.key, words.pick(kind.label), unit(kind.unit, scale), one.policy, titles[one.policy], plain(one.mean, kind.unit),
                     places[one.place], words.listed(titles[name] for name in one.behind)])  # fmt: skip
    return head, rows


def robustness(parts: Parts) -> dict[str, tuple[list[str], list[list]]]:
    """The tables of `arsim robust`, with money in whole units."""
    say, study = words.say, parts.robust.study
    names = {"shares.csv": say("Share of worlds"), "regret.csv": say("Regret"), "tornado.csv": say("Tornado"),
             "tipping.csv": say("Tipping values"), "who_loses.csv": say("Who loses")}  # fmt: skip
    frames, scale, kinds = robust_export.frames(study, parts.firm), scale_of(parts), {}
    for kind in {one.unit for one in OUTCOMES} | {one[0] for one in MEASURES.values()}:
        kinds[file_unit(kind, parts.firm.currency)] = kind
    made = {}
    for file, title in names.items():
        frame = frames[file]
        figures = {"effect", "low", "high", "difference", "reference", "mean", "quantile_90", "maximum"}
        heads = _heads()
        rows = []
        for line in frame.to_dict("records"):
            kind = kinds.get(line.get("unit"), "")
            rows.append([unit(kind, scale) if name == "unit" else plain(float(value), kind) if name in figures and kind else value
                         for name, value in line.items()])  # fmt: skip
        made[title] = ([heads.get(name, name) for name in frame.columns], rows)
    return made


def _heads() -> dict[str, str]:
    say = words.say
    return {
        "policy": say("Policy"), "policy_title": say("Title"), "outcome": say("Key"), "outcome_label": say("Outcome"), "unit": say("Unit"),
        "what": say("What"), "share": say("Share, 0 to 1"), "low": say("Low, 95 %"), "high": say("High, 95 %"),
        "luck_averaged_out": say("With luck averaged out"),
        "mean": say("Mean"), "quantile_90": say("in 9 of 10 worlds below"), "maximum": say("worst world"), "parameter": say("Key"),
        "label": say("Parameter"), "effect": say("low end → high end"), "variance_share": say("share of variance"), "sure": say("sure"),
        "value": say("Figure"), "used": say("Value in use"), "difference": say("Difference"), "grouping": say("Grouping"),
        "segment": say("Key of the segment"), "segment_label": say("Segment"), "customers": say("customers"), "measure": say("Key"),
        "measure_label": say("Outcome"), "reference": say("Mean of the first policy"), "verdict": say("Verdict, +1 better, −1 worse"),
        "flagged": say("Worse although the total is not"),
    }  # fmt: skip


def assumptions(parts: Parts) -> tuple[list[str], list[list]]:
    """The assumptions to look at."""
    say = words.say
    head = [say("Key"), say("Parameter"), say("Figure"), say("Low end"), say("High end"), say("Unit"), say("Grade"),
            say("share of variance"), say("Source")]  # fmt: skip
    return head, [[one.constant.path, one.label, float(one.constant.value), float(one.constant.low), float(one.constant.high), one.unit,
                   one.grade, one.moves, one.source] for one in parts.leans]  # fmt: skip
