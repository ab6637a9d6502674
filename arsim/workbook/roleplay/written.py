"""The written channel: a thread, your message, and a checklist by which yours, a poor and a good one are compared."""

import html
import re
import tomllib
from functools import cache

import ipywidgets as widgets
from pydantic import BaseModel, ConfigDict

from arsim.domain.places import place
from arsim.domain.spacing import closed
from arsim.report import words
from arsim.workbook.course.ask import STYLE
from arsim.workbook.course.diary import Diary
from arsim.workbook.course.item import Said
from arsim.workbook.course.lesson import show, table_html


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Line(_Value):
    """One message of the thread; `us` if it is ours."""

    us: bool
    text: Said


class Check(_Value):
    """A point a good message meets, and a pattern that finds it."""

    name: str
    text: Said
    seen: Said


class Message(_Value):
    """A message as an example."""

    text: Said


class Thread(_Value):
    """A thread with its checklist and two answers."""

    title: Said
    brief: Said
    line: tuple[Line, ...]
    check: tuple[Check, ...]
    poor: Message
    good: Message

    def met(self, text: str) -> tuple[str, ...]:
        """Names of the points that `text`, in the language in use, seems to meet: a pattern is looked for, nothing is understood."""
        text = closed(text)  # 6 月 24 日 and 6月24日 are the same to a pattern
        return tuple(one.name for one in self.check if re.search(one.seen.told(), text, re.IGNORECASE))


@cache
def thread() -> Thread:
    """The thread in ``data/roleplay/shared/written.toml``."""
    return Thread.model_validate(tomllib.loads((place("data") / "roleplay" / "shared" / "written.toml").read_text("utf-8")))


def show_thread() -> None:
    """Display the thread and the checklist, to print."""
    _display(_thread(thread()) + _checklist(thread()))


def show_examples() -> None:
    """Display the poor and the good message beside the checklist."""
    held = thread()
    _display(_both(held) + _compared(held, None))


class WrittenDesk:
    """The thread on the screen, a box to answer in, and the comparison."""

    def __init__(self):
        self.held, self.diary = thread(), Diary("roleplay")
        kept = str(self.diary.value("written") or "")
        self.mine = widgets.Textarea(value=kept, placeholder=words.say("Your message"), layout={"width": "720px", "height": "130px"})
        self.mine.observe(lambda change: self.diary.note("written", change["new"]), "value")
        self.button = widgets.Button(description=words.say("Compare"), layout={"width": "auto"})
        self.button.on_click(lambda _: self.compare())
        self.said = widgets.HTML()
        self.box = widgets.VBox([widgets.HTML(STYLE), widgets.HTML(_thread(self.held)), self.mine, self.button, self.said])
        self.box.add_class("arsim-ask")

    def show(self) -> None:
        """Display it."""
        show(self.box)

    def compare(self) -> None:
        """Your message, the poor and the good one, by the checklist; once you have written one."""
        if not self.mine.value.strip():
            self.said.value = f"<p>{html.escape(words.say('Write yours first.'))}</p>"
            return
        self.said.value = _compared(self.held, self.mine.value) + _both(self.held)


def _both(held: Thread) -> str:
    two = ((words.say("A poor message"), held.poor), (words.say("A good message"), held.good))
    return "".join(f"<p><b>{html.escape(head)}</b><br>{html.escape(one.text.told())}</p>" for head, one in two)


def _thread(held: Thread) -> str:
    lines = "".join(
        f'<p style="margin:3px 0 3px {"3em" if one.us else "0"};{"color:#0072B2" if one.us else ""}">'
        f"{html.escape(words.say('You: {text}', text=one.text.told()) if one.us else one.text.told())}</p>"
        for one in held.line
    )
    return f"<h4>{html.escape(held.title.told())}</h4><p>{html.escape(held.brief.told())}</p>{lines}"


def _checklist(held: Thread) -> str:
    return "<ul>" + "".join(f"<li>☐ {html.escape(one.text.told())}</li>" for one in held.check) + "</ul>"


def _compared(held: Thread, mine: str | None) -> str:
    texts = ([(words.say("yours"), mine)] if mine is not None else []) + [
        (words.say("poor"), held.poor.text.told()), (words.say("good"), held.good.text.told()),
    ]  # fmt: skip
    found = [(head, held.met(text)) for head, text in texts]
    rows = [["", *(head for head, _ in found)]]
    rows += [[one.text.told(), *("✓" if one.name in met else "–" for _, met in found)] for one in held.check]
    note = words.say("The ticks look for words, they don't read: check yours yourself, or let your neighbour do it.")
    return f"{table_html(rows)}<p><i>{html.escape(note)}</i></p>"


def _display(told: str) -> None:
    from IPython.display import display

    display({"text/html": told, "text/plain": words.say("Open the notebook to read this.")}, raw=True)
