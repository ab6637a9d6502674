"""The report as one page of HTML that needs nothing beside it."""

import base64
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from arsim.domain import law
from arsim.report import evidence, robust, standing, words
from arsim.report.page import bars, question, repeat, verdict, weeks
from arsim.report.page.leans import left_out
from arsim.report.page.parts import Parts, robust_pictures
from arsim.report.table import MAIN, Row, headings, rows

SIGNS = {1: "▲", -1: "▼", 0: "◆"}


@cache
def _template():
    from jinja2 import Environment, FileSystemLoader

    pages = Environment(loader=FileSystemLoader(Path(__file__).parent), autoescape=True, trim_blocks=True, lstrip_blocks=True)
    return pages.get_template("report.html.j2")


def html(parts: Parts) -> str:
    """The page, in the language in use."""
    study, firm = parts.study, parts.firm
    found = study.comparison
    titles = question.titles(study)
    reference, *others = found.policies
    return _template().render(
        language=words.language(), say=words.say, heading=heading(parts), notices=parts.notices, asked=question.asked(study),
        levers=question.lever_rows(found.policies), titles=titles, reference=reference.name,
        verdicts=[(titles[one.name], verdict.sentences(found, one.name, firm), verdict.workload(found, one.name, firm)) for one in others],
        signs=SIGNS, summary=_summary(parts), three=_three(parts), panels=bars.panels(found, firm),
        pictures=weeks.pictures(found, study.company.start, firm.currency), data=_data,
        standing=_standing(parts), standing_text=standing.text(found).split("\n") if len(found.policies) > 2 else [],
        robust=_robust(parts), misfit=parts.misfit, robust_command=repeat.command(study, "robust", study.folder / "robust"),
        leans=_lean_rows(parts), grades=evidence.meanings(), rests_on=parts.rests_on, left_out=left_out(),
        notes=parts.notes, disclaimer=words.pick(law.disclaimer()), pick=words.pick,
        facts=repeat.facts(study), command=repeat.command(study), texts=repeat.texts(study),
        needed=repeat.needed(study),
    )  # fmt: skip


def heading(parts: Parts) -> str:
    """What the report is called."""
    reference, *others = question.titles(parts.study).values()
    policies = words.listed(f"“{one}”" if words.language() == "zh" else one for one in others)
    return words.say("{policies} against {reference}", policies=policies, reference=reference)


def _data(png: bytes) -> str:
    return f"data:image/png;base64,{base64.b64encode(png).decode()}"


def _cells(parts: Parts, policy: str, keep) -> list[tuple[Row, dict[str, float]]]:
    """Rows as shown, each with the bare figures of `Comparison.summary`."""
    bare = parts.study.comparison.summary().query("policy == @policy").set_index("outcome")
    return [(row, bare.loc[row.key].to_dict()) for row in rows(parts.study.comparison, policy, parts.firm) if keep(row)]


def _three(parts: Parts) -> list[tuple[str, str, list]]:
    others = parts.study.comparison.policies[1:]
    return [(one.name, one.called(words.language()), _cells(parts, one.name, lambda row: row.key in MAIN)) for one in others]


def _summary(parts: Parts) -> list[tuple[str, str, list[str], list]]:
    found = parts.study.comparison
    return [(one.name, one.called(words.language()), headings(found, one.name), _cells(parts, one.name, lambda row: True))
            for one in found.policies[1:]]  # fmt: skip


def _standing(parts: Parts) -> list[list[str]]:
    found = parts.study.comparison
    return standing.rows(found, parts.firm) if len(found.policies) > 2 else []


def _lean_rows(parts: Parts) -> list[list[str]]:
    say, shares = words.say, bool(parts.robust)
    head = [say("Parameter"), say("Figure"), say("Range"), say("Unit"), say("Grade")]
    head += [*([say("share of variance")] if shares else []), say("Source")]
    return [head, *([f"{one.label} [{one.constant.path}]", one.value, one.range, one.unit or "–", one.grade,
                     *([robust.percent(one.moves)] if shares else []), one.source] for one in parts.leans)]  # fmt: skip


def _robust(parts: Parts) -> dict | None:
    """Everything of the study of robustness that is shown."""
    if not parts.robust:
        return None
    study, currency = parts.robust.study, parts.firm.currency
    found, scale = study.found, robust.scale_of(parts.robust.study.found, currency)
    return {
        "verdicts": [_lines(robust.verdict(found, policy)) for policy in found.names[1:]],
        "shares": robust.share_rows(found), "regret": robust.regret_rows(found, study.outcome, currency),
        "policy": robust.titled(found)[study.policy], "scenarios": robust.scenario_rows(found, study.policy, study.outcome),
        "tornado": robust.tornado_rows(study.pulls, scale, study.outcome), "notes": [robust.sieved(study), robust.parts(study.pulls)],
        "tips": [robust.tipping_line(one, scale) for one in study.tips],
        "tip_runs": study.tips[0].differences.shape[1] if study.tips else 0,
        "box": robust.box_line(study.box, robust.titled(found)[study.policy]),
        "losers": robust.loser_rows(study.losers, currency), "loser_lines": robust.loser_lines(study.losers, currency),
        "loser_runs": study.losers.replications, "worlds": robust.assumptions(found.worlds, found.each).split("\n"),
        "apart": _apart(parts), "pictures": robust_pictures(parts),
    }  # fmt: skip


def _apart(parts: Parts) -> Sequence[str]:
    """In what the study of robustness differs from the comparison, apart from the worlds."""
    found, base = parts.robust.study.found, parts.study.comparison
    told = []
    if found.days != base.days:
        told.append(words.say("It covers {days} days, the comparison {others}.", days=found.days, others=base.days))
    if parts.robust.made_by != parts.study.made_by:
        told.append(words.say("It was made by another version of arsim or of its rules than the comparison."))
    if len(found.worlds) < found.asked:
        told.append(words.say("It was stopped after {done} of {asked} worlds.", done=len(found.worlds), asked=found.asked))
    return told


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.split("\n")]
