"""The solo room: choose a debtor, ring them up, say one sentence after another, and see afterwards what they thought."""

import html
from pathlib import Path

import ipywidgets as widgets

from arsim.domain.problem import BadInput
from arsim.report import words
from arsim.workbook.controls import problems
from arsim.workbook.course.diary import Diary
from arsim.workbook.course.lesson import show
from arsim.workbook.roleplay import telling
from arsim.workbook.roleplay.call import Call, begin, play, step
from arsim.workbook.roleplay.debrief import Debrief
from arsim.workbook.roleplay.files import FOLDER, archetype, built_in
from arsim.workbook.roleplay.moves import groups, moves
from arsim.workbook.roleplay.score import score
from arsim.workbook.shelf import home

STYLE = """<style>
.arsim-call { max-width: 1000px; }
.arsim-call .widget-html-content { white-space: normal; line-height: 1.5; }
.arsim-talk { display: flex; flex-direction: column-reverse; max-height: 420px; overflow-y: auto;  /* the last sentence is in view */
  border: 1px solid #8884; border-radius: 6px; padding: 4px 12px; }
.arsim-talk p { margin: 5px 0; }
.arsim-talk .you { margin-left: 36px; color: #0072B2; }
.arsim-call button.arsim-phrase { height: auto; min-height: 30px; white-space: normal; text-align: left;
  line-height: 1.4; padding: 5px 10px; }
.arsim-call button.arsim-never { color: #b42318; }
</style>"""
_AUTO = {"width": "auto"}


class CallRoom:
    """A room with one telephone.

    Parameters
    ----------
    folder : Path, optional
        Where the instructor's own debtors lie; by default `my_debtors` beside the notebooks.
    seed : int
        Of the first call; every new call takes the next. Teams with the same seed meet the same luck.
    """

    def __init__(self, folder: Path | None = None, seed: int = 1):
        self.folder, self.first, self.diary = folder or home().parent / FOLDER, seed, Diary("roleplay")
        say = words.say
        self.choice = widgets.Dropdown(options=self._offered(), description=say("Debtor"), layout={"width": "420px"})
        self.again = widgets.Button(description=say("New call"), layout=_AUTO)
        self.brief, self.talk, self.facts, self.said, self.result = (widgets.HTML() for _ in range(5))
        self.notes = widgets.Textarea(placeholder=say("Your notes"), continuous_update=False, layout={"width": "285px", "height": "110px"})
        self.buttons = widgets.VBox([self._group(name) for name in groups()])
        self.phrases = widgets.VBox([])
        pad = widgets.VBox([self.facts, self.notes], layout={"width": "300px", "flex": "0 0 auto"})
        talk = widgets.VBox([self.talk, self.phrases], layout={"flex": "1 1 0", "min_width": "380px", "margin": "0 12px 0 0"})
        both = widgets.HBox([talk, pad])
        top = widgets.HBox([self.choice, self.again])
        self.debrief, self.seen, self.kept = Debrief(), False, True
        self.box = widgets.VBox([widgets.HTML(STYLE), top, self.said, self.brief, both, self.buttons, self.result, self.debrief.box])
        self.box.add_class("arsim-call")
        self._take_up()
        self.choice.observe(lambda _: self.ring(), "value")
        self.again.on_click(lambda _: self.ring())
        self.notes.observe(lambda _: self._keep(), "value")

    def show(self) -> None:
        """Display it. Only from now on finished calls are put into the books: nobody waits for what nobody sees."""
        self.seen = True
        self._settle()
        show(self.box)

    def ring(self) -> None:
        """Begin a new call with the debtor chosen, with the next seed."""
        seed = (self.diary.value("seed") or self.first - 1) + 1
        try:
            self.call = begin(archetype(self.choice.value), seed)
        except BadInput as error:
            self.said.value = problems(error)
            return
        self.diary.note("seed", seed)
        self.notes.value = ""
        self._keep()
        self._draw()

    def choose(self, move: str) -> None:
        """Offer the ways in which this move can be said."""
        made = moves()[move]
        holes = self.call.holes(self.call.turns[-1])
        offered, call = [], self.call
        for tone in made.tones:
            button = widgets.Button(description=getattr(made, tone).told(holes), layout=_AUTO)
            button.add_class("arsim-phrase")
            button.on_click(lambda _, tone=tone: self.speak(move, tone) if self.call is call else None)  # pressed twice, said once
            offered.append(button)
        self.phrases.children = (widgets.HTML(f"<b>{html.escape(made.label.told())}</b>"), *offered)

    def speak(self, move: str, tone: str) -> None:
        """Say it, and hear the answer; after the end nobody hears it."""
        if self.call.over:
            return
        self.call = step(self.call, move, tone)
        self._keep()
        if self.call.over:
            made = {"who": self.call.who.name, "seed": self.call.seed, "points": round(score(self.call).total)}
            self.diary.note("results", [*(self.diary.value("results") or []), made])
        self._draw()

    def _offered(self) -> list[tuple[str, str]]:
        """Our debtors by firm and person (what kind they are is for the trainee to find out), then the instructor's own."""
        label = lambda who: f"{who.firm.told()} · {who.person.told()}"  # noqa: E731
        offered = [(label(who), name) for name, who in built_in().items()]
        for path in sorted(self.folder.glob("*.toml")):
            try:
                offered.append((label(archetype(path)), str(path)))
            except BadInput:
                offered.append((words.say("{name} (cannot be used)", name=path.stem), str(path)))
        return offered

    def _group(self, name: str) -> widgets.Widget:
        buttons = []
        for move in (move for move in moves().values() if move.group == name):
            button = widgets.Button(description=move.label.told(), layout=_AUTO)
            button.on_click(lambda _, move=move.name: self.choose(move))
            if not move.lawful:
                button.add_class("arsim-never")
                button.tooltip = words.say("Not allowed; it costs you the call.")
            buttons.append(button)
        title = widgets.HTML(f"<b>{html.escape(groups()[name].told())}</b>", layout={"width": "150px", "flex": "0 0 auto"})
        return widgets.HBox([title, widgets.HBox(buttons, layout={"flex_flow": "row wrap"})])

    def _take_up(self) -> None:
        """The call that was going on when the kernel stopped; else a first one."""
        kept = self.diary.value("call")
        try:
            known = kept["who"] in [value for _, value in self.choice.options]
            call = play(archetype(kept["who"]), int(kept["seed"]), [(str(move), str(tone)) for move, tone in kept["made"]])
            if not known:
                raise KeyError(kept["who"])
            self.choice.value, self.notes.value, self.call = kept["who"], str(kept["notes"]), call
            self._draw()
        except (BadInput, KeyError, TypeError, ValueError):  # none, of a debtor that is gone, or spoilt
            self.ring()

    def _keep(self) -> None:
        made = [list(one) for one in self.call.made]
        kept = {"who": self.choice.value, "seed": self.call.seed, "made": made, "notes": self.notes.value}
        self.kept = self.diary.note("call", kept)
        self._warn()

    def _warn(self) -> None:
        unkept = words.say("It cannot be kept on this computer; note it on paper.")
        self.said.value = "" if self.kept else f"<p>{html.escape(unkept)}</p>"

    def _draw(self) -> None:
        call: Call = self.call
        self._warn()
        self.phrases.children = ()
        self.brief.value = f"<p>{html.escape(call.who.brief.told())}</p>"
        self.talk.value = f'<div class="arsim-talk"><div>{telling.transcript(call)}</div></div>'
        found = "".join(f"<li>{html.escape(fact.text.told())}</li>" for fact in call.who.fact if fact.name in call.mind.found)
        self.facts.value = f"<b>{html.escape(words.say('Found out'))}</b><ul>{found}</ul>{telling.breaches(call)}"
        self.buttons.layout.display = "none" if call.over else None
        self.result.value = _result(call) if call.over else ""
        self._settle()

    def _settle(self) -> None:
        """A finished call goes into the books."""
        if not self.call.over:
            self.debrief.leave()
        elif self.seen:
            self.debrief.take(self.call)


def _result(call: Call) -> str:
    parts = (telling.scored(call), telling.debrief(call.who))
    heads = (words.say("Score"), words.say("Who it was"))
    told = "".join(f"<h3>{html.escape(head)}</h3>{part}" for head, part in zip(heads, parts, strict=True))
    folded = words.say("Replay: what they thought, turn by turn")
    return f"{told}<details><summary><b>{html.escape(folded)}</b></summary>{telling.replay(call)}</details>"
