"""A rollout plan on the screen: the same words and figures as `arsim rollout plan` prints."""

import html
from datetime import date

from arsim.model.scenario import Scenario
from arsim.report import export, rollout, words
from arsim.report.firm import Firm
from arsim.report.lives import as_html
from arsim.study.trial_plan import Plan


def plan_html(plan: Plan, firm: Firm, start: date, scenario: Scenario) -> str:
    """Whether there are customers enough, what is settled line by line, how long and how many, and what it rests on."""
    cells = [map(html.escape, row) for row in rollout.plan_rows(plan, firm, start)]
    rows = "".join(f"<tr><td>{what}</td><td>{value}</td></tr>" for what, value in cells)
    unit = words.say("percentage points") if plan.figure.unit == "share" else words.say("days")
    head = words.say("How long, how many ({figure}, effects in {unit}; * as planned):", figure=rollout.label(plan.figure), unit=unit)
    table = f'<div class="arsim-lines">{as_html(rollout.horizon_rows(plan), range(11))}</div>'
    return "".join([
        _lines(export.warning(plan.company, firm)), _lines(rollout.advice(plan), "arsim-advice"),
        f'<table class="arsim-plan">{rows}</table>', _lines(head), table, _lines(rollout.assumptions(plan), "arsim-small"),
        _lines(export.assumptions(plan.company, scenario), "arsim-small"),
    ])  # fmt: skip


def _lines(text: str, kind: str = "") -> str:
    return "".join(f'<p class="{kind}">{html.escape(line.strip())}</p>' for line in text.splitlines() if line.strip())
