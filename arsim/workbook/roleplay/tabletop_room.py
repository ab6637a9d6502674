"""The table-top on the screen and on paper: the file, the clocks of each day, and what each way of sending would have meant."""

import html

import ipywidgets as widgets

from arsim.domain.law import disclaimer
from arsim.report import words
from arsim.report.calc import law_sheet
from arsim.report.calc.cited import cited
from arsim.workbook.course.ask import STYLE
from arsim.workbook.course.diary import Diary
from arsim.workbook.course.lesson import show, table_html
from arsim.workbook.roleplay.tabletop import File, Step, file


def pack(held: File | None = None) -> str:
    """The papers of the file as HTML, to print for each table."""
    held = held or file()
    holes = held.holes()
    papers = "".join(
        f'<p style="border:1px solid #8888;padding:6px 10px;margin:6px 0;max-width:760px"><b>{html.escape(one.title.told())}</b><br>'
        f"{html.escape(one.text.told(holes))}</p>"
        for one in held.document
    )
    return f"<h3>{html.escape(held.title.told())}</h3><p>{html.escape(held.who.told())}</p>{papers}"


def days(held: File | None = None) -> str:
    """The days to decide with their clock-and-fee sheets as HTML, without the answers, to hand out one after the other."""
    held = held or file()
    page = '<div style="break-before:page">{}</div>'  # handed out one after the other: the next day tells what became of this one
    return "".join(page.format(_day(held, at) + _ways(held, step)) for at, step in enumerate(held.step))


def answers(held: File | None = None) -> str:
    """Day by day the way to take and why, and what is wrong with the others, as HTML, for the instructor."""
    held = held or file()
    told = "".join(f"<h4>{html.escape(_head(at, step))}</h4>{_says(held, step)}" for at, step in enumerate(held.step))
    return f"{told}<p><i>{html.escape(words.pick(disclaimer()))}</i></p>"


def show_pack() -> None:
    """Display the papers."""
    _display(pack())


def show_days() -> None:
    """Display the days to decide."""
    _display(days())


def show_answers() -> None:
    """Display the ways to take and why."""
    _display(answers())


class TableTop:
    """The file, day by day: choose a way, then read what it means."""

    def __init__(self, held: File | None = None):
        self.held, self.diary = held or file(), Diary("roleplay")
        holes, boxes = self.held.holes(), []
        self.picks, self.said = [], []
        for at, step in enumerate(self.held.step):
            kept = self.diary.value(f"tabletop.{at}")
            options = [(way.text.told(holes), place) for place, way in enumerate(step.option)]
            pick = widgets.RadioButtons(options=options, value=kept if kept in range(len(options)) else None)
            said, button = widgets.HTML(), widgets.Button(description=words.say("What comes of it"), layout={"width": "auto"})
            pick.observe(lambda change, at=at: self.diary.note(f"tabletop.{at}", change["new"]), "value")
            button.on_click(lambda _, at=at: self.reveal(at))
            self.picks.append(pick)
            self.said.append(said)
            boxes.append(widgets.VBox([widgets.HTML(_day(self.held, at)), pick, button, said]))
        self.box = widgets.VBox([widgets.HTML(STYLE), *boxes])
        self.box.add_class("arsim-ask")

    def show(self) -> None:
        """Display it."""
        show(self.box)

    def reveal(self, at: int) -> bool:
        """What the way chosen on that day means; whether it is the one to take."""
        step, picked = self.held.step[at], self.picks[at].value
        if picked is None:
            self.said[at].value = f"<p>{html.escape(words.say('Decide first.'))}</p>"
            return False
        way = step.option[picked]
        sign, colour = ("✓", "#1a7f37") if way.right else ("✗", "#b42318")
        law = "".join(f"<li>{html.escape(one)}</li>" for one in cited(way.law))
        told = html.escape(way.says.told(self.held.holes()))
        note = html.escape(words.pick(disclaimer()))
        self.said[at].value = f'<p style="color:{colour}">{sign} {told}</p><ul>{law}</ul><p><i>{note}</i></p>'
        return way.right


def _head(at: int, step: Step) -> str:
    return words.say("Day {which}: {on}", which=at + 1, on=step.on)


def _day(held: File, at: int) -> str:
    step, holes = held.step[at], held.holes()
    sheet = table_html(law_sheet.rows(held.claim(step)))
    told = f"<p>{html.escape(step.news.told(holes))}</p><p><b>{html.escape(step.ask.told(holes))}</b></p>"
    note = html.escape(words.pick(disclaimer()))
    folded = html.escape(words.say("Clocks and fees on this day"))
    return f"<h4>{html.escape(_head(at, step))}</h4>{told}<details open><summary>{folded}</summary>{sheet}<p><i>{note}</i></p></details>"


def _ways(held: File, step: Step) -> str:
    return "<ul>" + "".join(f"<li>☐ {html.escape(way.text.told(held.holes()))}</li>" for way in step.option) + "</ul>"


def _says(held: File, step: Step) -> str:
    holes, made = held.holes(), []
    for way in step.option:
        law = "; ".join(cited(way.law)) if words.language() == "en" else "；".join(cited(way.law))
        made.append(f"<li>{'✓' if way.right else '✗'} <b>{html.escape(way.text.told(holes))}</b><br>{html.escape(way.says.told(holes))}"
                    f"<br><small>{html.escape(law)}</small></li>")  # fmt: skip
    return f"<ul>{''.join(made)}</ul>"


def _display(told: str) -> None:
    from IPython.display import display

    display({"text/html": told, "text/plain": words.say("Open the notebook to read this.")}, raw=True)
