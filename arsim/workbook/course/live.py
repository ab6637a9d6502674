"""Experiments in a lesson: run when the cell runs, shown as picture, three sentences and table, with what they rest on."""

import html

from arsim.report import experiment as report
from arsim.report import export, plots, table, words
from arsim.report.firm import Firm
from arsim.study.company import Company
from arsim.study.comparison import Comparison
from arsim.study.finding import Finding

_CARD = "border:1px solid #ccc;border-radius:6px;padding:8px 14px;margin:6px 0;max-width:780px;line-height:1.5"


def compare(*policies, scenario: str = "base", days: int = 365, replications: int = 40, seed: int = 1, show: str = "picture") -> Comparison:
    """Run `policies` on the demo company with the same luck and show what came out of each against the first.

    Parameters
    ----------
    *policies : Policy or str
        Two or more; the names of built-in policies, or values made with `replace`.
    scenario : str
    days, replications, seed : int
    show : {"picture", "words", "table"}
        The picture with the three sentences, the sentences alone, or the sentences with the whole table.

    Returns
    -------
    Comparison
    """
    from arsim.study.compare import compare as run

    company, firm = Company.demo(), Firm()
    found = run(policies, company, days, replications, seed, scenario=scenario)
    if show == "picture":
        picture(plots.picture(found, company.population.start, currency=firm.currency))
    for policy in found.policies[1:]:
        said = table.headline(found, policy.name, firm)
        first, *rest = said.splitlines()
        made = f"<p><b>{html.escape(first)}</b></p><ul>" + "".join(f"<li>{html.escape(line.strip())}</li>" for line in rest) + "</ul>"
        _display({"text/html": made + (table.as_html(found, policy.name, firm) if show == "table" else ""), "text/plain": said})
    return found


def experiment(name: str, replications: int = 40, seed: int = 1) -> Finding:
    """Put one claim of the course to the test on the demo company and show the verdict.

    Parameters
    ----------
    name : str
        As listed by ``arsim experiment list``.
    replications, seed : int

    Returns
    -------
    Finding
    """
    from arsim.study.experiment import read_experiment, run

    chosen, firm = read_experiment(name), Firm()
    found = run(chosen, Company.demo(), replications, seed)
    told = chosen.told(words.language())
    lines = [
        (words.say("Claim"), told.claim),
        (words.say("What is measured"), report.measured(chosen)),
        (words.say("Claimed"), report.claimed(chosen, found, firm)),
        (words.say("Found, with its 95 % interval"), report.found(chosen, found, firm)),
        (words.say("Verdict"), words.say("{verdict}. {reason}", verdict=words.say(found.verdict), reason=report.reason(found))),
        (words.say("Do not conclude too much"), told.caution),
    ]
    made = "".join(f"<p style='margin:3px 0'><b>{html.escape(name)}</b> {html.escape(text)}</p>" for name, text in lines)
    _display({"text/html": f'<div style="{_CARD}">{made}</div>', "text/plain": report.text(chosen, found, firm)})
    return found


def outcomes(found: Comparison, *keys: str) -> None:
    """Show a few outcomes of a comparison: what came out of its first policy and of its last, and the paired difference.

    Parameters
    ----------
    found : Comparison
    *keys : str
        Of outcomes, such as ``"net_value"``.
    """
    from arsim.workbook.course.lesson import show_table

    first, last = found.policies[0], found.policies[-1]
    named = {row.key: row for row in table.rows(found, last.name, Firm())}
    language = words.language()
    head = [words.say("Outcome"), first.called(language), last.called(language), words.say("Difference, with its 95 % interval")]
    rows = [named[key] for key in keys]
    show_table([head, *([f"{row.label} ({row.unit})" if language == "en" else f"{row.label}（{row.unit}）", row.reference, row.ours,
                         f"{row.difference} ({row.interval})" if language == "en" else f"{row.difference}（{row.interval}）"]
                        for row in rows)])  # fmt: skip


def picture(png: bytes) -> None:
    """Show a picture."""
    _display({"image/png": png, "text/plain": words.say("A picture.")})


def assumptions() -> None:
    """Say what the figures of a simulated company rest on."""
    print(export.assumptions(Company.demo()))


def _display(bundle: dict) -> None:
    from IPython.display import display

    display(bundle, raw=True)
