"""The report on the rows of a ledger for a notebook."""

import html
from collections.abc import Iterable

from arsim.domain.doubts import doubts
from arsim.domain.intake import Intake
from arsim.domain.sheet import Fate
from arsim.report import intake as told
from arsim.report import words

_ROWS = 8  # rows named for each reason
_COLOUR = {Fate.LOADED: "#1a7f37", Fate.JOINED: "#0b5cad", Fate.DROPPED: "#6b6b6b", Fate.FAULTY: "#b42318"}


def as_html(intake: Intake) -> str:
    """Rows by fate, what was found with its effect, what limits the conclusions, and how the file was read."""
    say = words.say
    parts = [_table([], [[("right", f"<b>{count:,}</b>"), ("left", html.escape(name))] for name, count in told.counts(intake)])]
    if found := told.reasons(intake):
        head = [say("What became of it"), say("What was found"), say("Row"), say("Effect")]
        parts.append(_table(head, [
            [("left", f'<span style="color:{_COLOUR[finding.fate]}">{html.escape(told.fate_name(finding.fate))}</span>'),
             ("left", html.escape(told.general(finding.problem))), ("left", html.escape(_listed(rows))),
             ("left", html.escape(told.effect(finding)))]
            for finding, rows in found
        ]))  # fmt: skip
    parts.append(_list(say("What limits the conclusions"), _limits(intake), say("Nothing odd about the ledger as a whole.")))
    parts.append(_list(say("How the files were read"), map(words.explain, intake.ledger.notes), ""))
    return "".join(parts)


def _limits(intake: Intake) -> Iterable[str]:
    """`told.conclusions` without its labels: the doubt, then its effect."""
    lines = told.conclusions(intake)
    about = doubts(intake.ledger)
    gap = words.gap()
    yield from lines[: len(lines) - len(about)]
    yield from (gap.join((words.explain(doubt.problem), words.explain(doubt.effect))) for doubt in about)


def _listed(rows: Iterable[str]) -> str:
    rows = list(dict.fromkeys(rows))
    return words.listed(rows[:_ROWS]) + (" …" if len(rows) > _ROWS else "")


def _list(title: str, lines: Iterable[str], nothing: str) -> str:
    items = "".join(f"<li>{html.escape(line)}</li>" for line in lines) or (f"<li>{html.escape(nothing)}</li>" if nothing else "")
    return f"<p><b>{html.escape(title)}</b></p><ul>{items}</ul>" if items else ""


def _table(head: list[str], rows: list[list[tuple[str, str]]]) -> str:
    titles = "".join(f'<th style="text-align:left;padding:2px 8px">{html.escape(title)}</th>' for title in head)
    body = "".join(
        "<tr>" + "".join(f'<td style="text-align:{side};padding:2px 8px;vertical-align:top">{cell}</td>' for side, cell in row) + "</tr>"
        for row in rows
    )
    heading = f"<thead><tr>{titles}</tr></thead>" if head else ""
    return (
        f'<div style="overflow-x:auto"><table style="border-collapse:collapse;font-size:13px">{heading}<tbody>{body}</tbody></table></div>'
    )
