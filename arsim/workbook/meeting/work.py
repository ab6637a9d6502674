"""A form, a button, how far the work is, and what came out."""

import html
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import ipywidgets as widgets

from arsim.domain.problem import BadInput, Problem
from arsim.report import words
from arsim.workbook.controls import problems

if TYPE_CHECKING:
    from arsim.workbook.lab import Lab


class Work(widgets.VBox):
    """Work asked for by a button. It is done by the lab's runner, after the answer, and left at once when anything is moved.

    To be extended: `work` gives the steps and puts what it finds into `result`.

    Parameters
    ----------
    lab : Lab
    label : str
        On the button.
    form : sequence of Widget
        What is asked, above the button.
    """

    def __init__(self, lab: "Lab", label: str, form: Sequence[widgets.Widget]):
        self.lab, self._about, auto = lab, None, {"width": "auto"}
        self.start = widgets.Button(description=label, button_style="primary", layout=auto)
        self.start.add_class("arsim-begin")
        self.bar, self.status = widgets.FloatProgress(min=0, max=1, layout={"width": "150px"}), widgets.HTML()
        self.stop = widgets.Button(description=words.say("Stop"), layout=auto)
        self.going = widgets.HBox([self.bar, self.status, self.stop], layout={"align_items": "center", "display": "none"})
        self.said, self.note, self.result = widgets.HTML(), widgets.HTML(), widgets.VBox()
        self.said.add_class("arsim-told")
        row = widgets.HBox([self.start, self.going], layout={"align_items": "center", "flex_flow": "row wrap", "min_height": "36px"})
        super().__init__([*form, row, self.said, self.note, self.result])
        self.start.on_click(lambda _: self.begin())
        self.stop.on_click(lambda _: self._stopped())

    def work(self) -> Iterator[None]:
        """The steps."""
        raise NotImplementedError

    def left(self) -> str:
        """What to say when it was left before its end."""
        return words.say("Stopped before its end. Press the button again to begin anew.")

    def begin(self) -> None:
        """The button was pressed."""
        self._show(words.say("First the answer above …"), 0)
        self.lab.do(self.steps)

    def steps(self) -> Iterator[None]:
        """The work with everything around it: what is wrong is explained here, and nothing that stood here before is lost by it."""
        self.start.disabled, self.said.value, ended, asked = True, "", False, self.asked()
        self._show(words.say("It runs …"), 0)
        try:
            yield
            yield from self.work()
            ended, self._about = True, asked
            self._judge()
        except BadInput as error:
            self.said.value, ended = problems(BadInput(*map(self.here, error.problems))), True
        except OSError as error:
            told = Problem("The file cannot be written ({reason}).", "If it is open in Excel, close it there; or choose another folder.",
                           file=str(error.filename or ""), values={"reason": error.strerror or str(error)})  # fmt: skip
            self.said.value, ended = problems(BadInput(told)), True
        finally:
            self.idle()
            if not ended:
                self.said.value = small(self.left())

    def asked(self) -> object:
        """All that the result depends on, of what is chosen in the lab."""
        return None

    def here(self, problem: Problem) -> Problem:
        """The problem, its remedy speaking of what stands here."""
        return problem

    def tell(self, text: str, share: float) -> None:
        """How far it is, here and beside the lab's picture; left here if it is no longer wanted."""
        self.lab.runner.check()
        self._show(text, share)
        self.lab.answer.tell(text, share)

    def stale(self) -> None:
        """Something else is asked from now on; what stands here stays, and says so if it is about something else."""
        self.idle()
        self._judge()

    def show(self, *found: widgets.Widget) -> None:
        """Show what was found in the place of what stood there."""
        old, self.result.children = self.result.children, found
        for one in old:
            if one not in found:
                one.close()

    def idle(self) -> None:
        """Nothing is going on here."""
        self.start.disabled, self.going.layout.display = False, "none"

    def _judge(self) -> None:
        other = self.result.children and self.asked() != self._about
        self.note.value = small(words.say("Something was changed since: this is about what was chosen before.")) if other else ""

    def _show(self, text: str, share: float) -> None:
        self.status.value, self.bar.value, self.going.layout.display = html.escape(text), share, None

    def _stopped(self) -> None:
        self.idle()
        if self.lab.runner.busy:
            self.lab.stop_or_go()


def small(*lines: str) -> str:
    """Lines of small print."""
    return "".join(f'<p class="arsim-small">{html.escape(line)}</p>' for line in lines)


def text(*lines: str) -> widgets.HTML:
    """A paragraph a line."""
    return widgets.HTML("".join(f'<p class="arsim-said-line">{html.escape(line)}</p>' for line in lines if line))
