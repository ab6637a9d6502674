"""The league as one page that needs nothing else: both languages, the table, the curves, the debrief."""

import csv
import html
import io
from pathlib import Path

from arsim.domain.problem import BadInput, Problem
from arsim.domain.whole import write_whole
from arsim.report import words
from arsim.report.figures import number
from arsim.study.league.fortune import agreement
from arsim.workbook.league import told
from arsim.workbook.league.collect import Table
from arsim.workbook.league.curves import curves
from arsim.workbook.league.game import Event, Game

_NAMES = {"en": "English", "zh": "中文"}
STYLE = """
body { font: 15px/1.55 "Noto Sans", "Noto Sans CJK SC", "Microsoft YaHei", "PingFang SC", sans-serif; max-width: 1080px;
  margin: 0 auto; padding: 16px 24px; color: #222; background: #fff; }
h1 { font-size: 26px; margin: 8px 0; } h2 { font-size: 19px; margin: 30px 0 6px; }
table { border-collapse: collapse; font-size: 13px; } .wide { overflow-x: auto; }
th, td { text-align: left; vertical-align: top; padding: 4px 12px 4px 0; border-bottom: 1px solid #ddd; }
th { font-weight: 600; } td { font-variant-numeric: tabular-nums; }
tr.beaten td { color: #999; } .note { color: #555; font-size: 13px; max-width: 800px; }
input[name=language] { position: absolute; opacity: 0; }
label { display: inline-block; padding: 2px 10px; border: 1px solid #bbb; border-radius: 4px; cursor: pointer; margin-right: 4px; }
#en:checked ~ label[for=en], #zh:checked ~ label[for=zh] { background: #0072B2; color: #fff; border-color: #0072B2; }
#en:focus-visible ~ label[for=en], #zh:focus-visible ~ label[for=zh] { outline: 2px solid #D55E00; }
#en:checked ~ section[lang=zh], #zh:checked ~ section[lang=en] { display: none; }
svg { max-width: 100%; height: auto; } svg text { font: 12px "Noto Sans", "Noto Sans CJK SC", "Microsoft YaHei", sans-serif; fill: #444; }
@media print { input, label { display: none; } }
"""


def write(table: Table, folder: Path) -> list[Path]:
    """Write league.html and league.csv into `folder`.

    Raises
    ------
    BadInput
        Nothing can be written there.
    """
    files = {"league.html": page(table).encode(), "league.csv": _csv(told.plain(table))}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, data in files.items():
            write_whole(folder / name, data)
    except OSError:
        raise BadInput(Problem("Nothing can be written there.", "Choose another folder.", file=str(folder))) from None
    return [folder / name for name in files]


def page(table: Table) -> str:
    """The page; it opens in the language in use."""
    now = words.language()
    radios = "".join(f'<input type="radio" name="language" id="{one}"{" checked" * (one == now)}>' for one in words.LANGUAGES)
    labels = "".join(f'<label for="{one}">{_NAMES[one]}</label>' for one in words.LANGUAGES)
    parts = []
    for language in words.LANGUAGES:
        with words.speaking(language):
            parts.append(f'<section lang="{language}">{_body(table)}</section>')
    name = html.escape(words.pick({"en": table.game.title.en, "zh": table.game.title.zh}))
    return (f'<!doctype html><html lang="{now}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
            f"<title>{name}</title><style>{STYLE}</style></head><body>{radios}{labels}{''.join(parts)}</body></html>")  # fmt: skip


def _body(table: Table) -> str:
    say, game = words.say, table.game
    parts = [f"<h1>{_e(say('League: {title}', title=game.title.told()))}</h1>"]
    facts = say("{teams} teams, {months} months, seed {seed}, game {game}.", teams=len(table.results), months=game.months, seed=game.seed,
                game=game.fingerprint)  # fmt: skip
    parts.append(f'<p class="note">{_e(facts)}</p>')
    if table.results:
        parts += _counted(table)
    if table.unfinished:
        parts += [f"<h2>{_e(say('Not played to the end'))}</h2>", _table(told.unfinished(table))]
    if table.refused:
        parts += [f"<h2>{_e(say('Files that do not count'))}</h2>", _table(told.refused(table))]
    return "".join(parts)


def _counted(table: Table) -> list[str]:
    say = words.say
    grey = {one.team for one in table.standings if table.fortunes[one.team].surely_beaten_by}
    parts = [_table(told.standings(table), [one.team in grey for one in table.standings]), _note(
        say("How places are given: in layer 1 are the teams nobody beats on all three at once; in layer 2 those beaten by layer 1 only, "
            "and so on. Within a layer the team whose weakest of the three places is better goes first, then the one with the smaller sum. "
            "Nobody had to decide what a point of goodwill is worth in money."),
        say("Grey: under the average of all lucks another team is at least as good on all three and surely better on one."),
    )]  # fmt: skip
    parts += [f"<h2>{_e(say('Month by month'))}</h2>", *curves(table), _note(
        say("Net value values the book by its age while the year is running, and by what it really brought at the end."),
        *_events(table.game))]  # fmt: skip
    parts += [f"<h2>{_e(say('Better or luckier?'))}</h2>", _luck(table), f"<h2>{_e(say('What set the best apart'))}</h2>", _levers(table)]
    if any(one.rang for one in table.results):
        parts += [f"<h2>{_e(say('The key calls'))}</h2>", _table(told.rang(table)), _note(
            say("The last three columns: the season less its twin, in which this call was not made and all other decisions stayed. "
                "A promise may be broken by bad luck: judge the call by its points and the chance, not by what came."))]  # fmt: skip
    return [*parts, f"<h2>{_e(say('For the discussion'))}</h2>", _questions()]


def _events(game: Game) -> list[str]:
    """What the dashed lines stand for."""
    kinds = {"downturn": words.say("a downturn begins"), "trouble": words.say("a big customer runs short of cash")}
    told = [words.say("month {month}: {event}", month=one.month, event=kinds[one.kind]) for one in sorted(game.event, key=_month)]
    return [words.say("Dashed lines: {events}.", events=("；" if words.language() == "zh" else "; ").join(told))] if told else []


def _month(event: Event) -> int:
    return event.month


def _luck(table: Table) -> str:
    say, worlds = words.say, len(table.results[0].worlds) - 1
    if not worlds:
        return _note(say("No other luck was tried, so this table cannot tell skill from luck."))
    rank = agreement(table.fortunes)
    told_rank = [
        say("The order under this luck and under another agree with a mean rank correlation of {rank} (1: the same order, 0: none).",
            rank=number(rank, 2))
    ] if rank == rank else []  # fmt: skip
    return _table(told.luck(table)) + _note(
        say("The same decisions replayed under {worlds} other lucks. Differences from the mean of all teams, over all lucks, with 95 % "
            "intervals.", worlds=worlds),
        *told_rank,
        say("A team whose interval leaves out zero is better or worse than the field by its decisions; "
            "for the others these replays cannot tell. "
            "Bad luck is no lack of skill, and good luck is no skill."),
    )  # fmt: skip


def _levers(table: Table) -> str:
    rows = told.levers(table)
    if len(rows) < 2:
        return _note(words.say("There are too few teams, or they set their levers alike."))
    return _table(rows) + _note(
        words.say("The first third of the table beside the last. Differences go together with the places; that they caused them only a "
                  "comparison with one lever changed can show: `arsim compare` does it."),
    )  # fmt: skip


def _questions() -> str:
    asked = (
        words.say("Which decision would you take back, knowing only what you knew then?"),
        words.say("Where did you give up one of the three for another, and did you mean to?"),
        words.say("Which place would change under other luck? What does that say about a single good year in your own firm?"),
        words.say("Which key call was good although it brought nothing, and which was bad although it brought money?"),
    )
    return "<ul>" + "".join(f"<li>{_e(one)}</li>" for one in asked) + "</ul>"


def _table(rows: told.Rows, beaten=()) -> str:
    head, *body = rows
    lines = ["<tr>" + "".join(f"<th>{_e(one)}</th>" for one in head) + "</tr>"]
    for at, row in enumerate(body):
        grey = ' class="beaten"' if at < len(beaten) and beaten[at] else ""
        lines.append(f"<tr{grey}>" + "".join(f"<td>{_e(one)}</td>" for one in row) + "</tr>")
    return f'<div class="wide"><table>{"".join(lines)}</table></div>'


def _note(*lines: str) -> str:
    return "".join(f'<p class="note">{_e(line)}</p>' for line in lines)


def _e(text: str) -> str:
    return html.escape(text)


def _csv(rows: told.Rows) -> bytes:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue().encode("utf-8-sig")
