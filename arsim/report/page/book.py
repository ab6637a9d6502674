"""The report as a workbook: the same figures to go on reckoning with, money in whole currency units."""

import io
from collections.abc import Iterable, Sequence

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from arsim.domain import law
from arsim.domain.money import FEN
from arsim.report import robust, robust_export, words
from arsim.report.figures import Scale, difference_unit, unit
from arsim.report.page import question, repeat, verdict
from arsim.report.page.html import heading
from arsim.report.page.leans import left_out
from arsim.report.page.parts import Parts
from arsim.report.table import verdict as said
from arsim.study.outcome import OUTCOMES
from arsim.study.standing import MANY, standing

MOST = 1_000_000  # rows a spreadsheet takes, nearly
_LONGEST = 32_000  # signs in a cell, likewise
_OUTCOME = {outcome.key: outcome for outcome in OUTCOMES}


def book(parts: Parts) -> bytes:
    """The workbook, in the language in use."""
    made, say = Workbook(write_only=True), words.say
    _sheet(made, say("Report"), [say("What"), say("Text")], _told(parts), (34, 110))
    _sheet(made, say("Summary"), *_summary(parts))
    _sheet(made, say("Runs"), *_runs(parts))
    if len(parts.study.comparison.policies) > 2:
        _sheet(made, say("Standing"), *_standing(parts))
    if parts.robust:
        for name, (head, rows) in _robust(parts).items():
            _sheet(made, name, head, rows)
    _sheet(made, say("Assumptions"), *_assumptions(parts))
    _sheet(made, say("Reproduction"), [say("What"), say("Text")], _repeat(parts), (34, 110))
    data = io.BytesIO()
    made.save(data)
    return data.getvalue()


def plain(value: float, kind: str) -> float:
    """`value` in the unit of the book: money in whole units, shares in percent."""
    return value / FEN if kind == "fen" else 100 * value if kind == "share" else value


def _sheet(made: Workbook, title: str, head: Sequence[str], rows: Iterable[Sequence], widths: Sequence[int] = ()) -> None:
    sheet = made.create_sheet(title[:31])
    sheet.freeze_panes = "A2"
    for at, name in enumerate(head):
        wide = widths[at] if widths else min(44, max(12, 2 + (2 if words.language() == "zh" else 1) * len(str(name))))
        sheet.column_dimensions[get_column_letter(at + 1)].width = wide if widths or at else 30
    sheet.append([_cell(sheet, name, bold=True) for name in head])
    for row in rows:
        sheet.append([_cell(sheet, value) for value in row])


def _cell(sheet, value: object, bold: bool = False) -> WriteOnlyCell:
    """A number as a number; text as text, whatever it begins with: a title of "=1+1" must not be reckoned."""
    if isinstance(value, bool) or value is None:
        value = {True: words.say("yes"), False: words.say("no"), None: ""}[value]
    if isinstance(value, int | float):
        cell = WriteOnlyCell(sheet, None if value != value else value)
        cell.number_format = "#,##0" if isinstance(value, int) or abs(value) >= 1000 else "#,##0.00"
        return cell
    text = ILLEGAL_CHARACTERS_RE.sub("", str(value))[:_LONGEST]
    cell = WriteOnlyCell(sheet, text)
    cell.data_type, cell.alignment = "s", Alignment(wrap_text=True, vertical="top")
    cell.quotePrefix = text[:1] in ("=", "+", "-", "@")
    if bold:
        cell.font = Font(bold=True)
    return cell


def _scale(parts: Parts) -> Scale:
    return Scale(FEN, words.say("CNY") if parts.firm.currency == "CNY" else parts.firm.currency)


def _told(parts: Parts) -> list[tuple[str, str]]:
    say, found, titles = words.say, parts.study.comparison, question.titles(parts.study)
    lines = [(say("Report on a decision"), heading(parts)), *((say("Note"), one) for one in parts.notices), *question.asked(parts.study)]
    for policy in found.policies[1:]:
        lines += [(titles[policy.name], one.text) for one in verdict.sentences(found, policy.name, parts.firm)]
        lines.append((titles[policy.name], verdict.workload(found, policy.name, parts.firm)))
    lines += [(say("Robustness"), one) for one in (parts.misfit or say("not looked into"),) if not parts.robust]
    if parts.robust:
        kept = parts.robust.study
        lines += [(say("Robustness"), robust.verdict(kept.found, policy)) for policy in kept.found.names[1:]]
    lines += [(say("What the model leaves out"), left_out()), (say("Notes of law"), words.pick(law.disclaimer()))]
    lines += [(words.pick(one.rule.label), words.pick(one.rule.text) + " " +
               say("{article}; as of {version}", article=words.pick(one.rule.article), version=one.rule.version)) for one in parts.notes]  # fmt: skip
    return lines


def _summary(parts: Parts) -> tuple[list[str], list[list]]:
    say, found, titles, scale = words.say, parts.study.comparison, question.titles(parts.study), _scale(parts)
    head = [say("Policy"), say("Title"), say("Key"), say("Outcome"), say("Unit"), titles[found.policies[0].name], say("Policy's mean"),
            say("Unit of the difference"), say("Difference"), say("Low, 95 %"), say("High, 95 %"), say("Verdict"),
            say("Rests on assumed prices")]  # fmt: skip
    rows = []
    for line in found.summary().to_dict("records"):
        kind = _OUTCOME[line["outcome"]]
        show = lambda name, kind=kind, line=line: plain(line[name], kind.unit)  # noqa: E731
        told = next(one for one in found.summary().itertuples() if (one.policy, one.outcome) == (line["policy"], line["outcome"]))
        rows.append([line["policy"], titles[line["policy"]], kind.key, words.pick(kind.label), unit(kind.unit, scale), show("reference"),
                     show("mean"), difference_unit(kind.unit, scale), show("difference"), show("low"), show("high"),
                     said(told, kind.direction, len(found.replications)), kind.basis == "assumption"])  # fmt: skip
    return head, rows


def _runs(parts: Parts) -> tuple[list[str], Iterable[list]]:
    say, titles, scale = words.say, question.titles(parts.study), _scale(parts)
    head = [say("Replication"), say("Policy"), say("Title"), say("Key"), say("Outcome"), say("Unit"), say("Value")]
    units = {key: (words.pick(kind.label), unit(kind.unit, scale), kind.unit) for key, kind in _OUTCOME.items()}
    rows = ([int(one.replication), one.policy, titles[one.policy], one.outcome, *units[one.outcome][:2],
             plain(float(one.value), units[one.outcome][2])] for one in parts.study.comparison.runs().head(MOST).itertuples())  # fmt: skip
    return head, rows


def _standing(parts: Parts) -> tuple[list[str], list[list]]:
    say, found, titles, scale = words.say, parts.study.comparison, question.titles(parts.study), _scale(parts)
    head = [say("Key"), say("Outcome"), say("Unit"), say("Policy"), say("Title"), say("Mean"), say("Where it stands"), say("Surely better are")]
    places = {"best": say("surely the best"), "tied": say("may be the best"), "worse": say("surely not the best"),
              "unknown": say("fewer than {least} replications, or not defined", least=MANY)}  # fmt: skip
    rows = []
    for one in standing(found).itertuples():
        kind = _OUTCOME[one.outcome]
        rows.append([kind.key, words.pick(kind.label), unit(kind.unit, scale), one.policy, titles[one.policy], plain(one.mean, kind.unit),
                     places[one.place], words.listed(titles[name] for name in one.behind)])  # fmt: skip
    return head, rows


def _robust(parts: Parts) -> dict[str, tuple[list[str], list[list]]]:
    """The tables of `arsim robust`, with money in whole units."""
    say, study = words.say, parts.robust.study
    names = {"shares.csv": say("Share of worlds"), "regret.csv": say("Regret"), "tornado.csv": say("Tornado"),
             "tipping.csv": say("Tipping values"), "who_loses.csv": say("Who loses")}  # fmt: skip
    frames, scale, kinds = robust_export.frames(study, parts.firm), _scale(parts), {}
    from arsim.report.figures import file_unit
    from arsim.study.losers import MEASURES

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
        "what": say("What"), "share": say("Share, 0 to 1"), "low": say("Low, 95 %"), "high": say("High, 95 %"), "luck_averaged_out": say("With luck averaged out"),
        "mean": say("Mean"), "quantile_90": say("in 9 of 10 worlds below"), "maximum": say("worst world"), "parameter": say("Key"),
        "label": say("Parameter"), "effect": say("low end → high end"), "variance_share": say("share of variance"), "sure": say("sure"),
        "value": say("Value"), "used": say("Value in use"), "difference": say("Difference"), "grouping": say("Grouping"),
        "segment": say("Key of the segment"), "segment_label": say("Segment"), "customers": say("customers"), "measure": say("Key"),
        "measure_label": say("Outcome"), "reference": say("Mean of the first policy"), "verdict": say("Verdict, +1 better, −1 worse"),
        "flagged": say("Worse although the total is not"),
    }  # fmt: skip


def _assumptions(parts: Parts) -> tuple[list[str], list[list]]:
    say = words.say
    head = [say("Key"), say("Parameter"), say("Value"), say("Low end"), say("High end"), say("Unit"), say("Grade"), say("share of variance"),
            say("Source")]  # fmt: skip
    return head, [[one.constant.path, one.label, float(one.constant.value), float(one.constant.low), float(one.constant.high), one.unit,
                   one.grade, one.moves, one.source] for one in parts.leans]  # fmt: skip


def _repeat(parts: Parts) -> list[tuple[str, str]]:
    study = parts.study
    return [*repeat.facts(study), (words.say("The command:"), repeat.command(study)), *repeat.texts(study).items()]
