"""What the parts of `my_ledger` show: the report on the rows, the model beside the ledger, the verdict."""

import base64
import html
import tempfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import ipywidgets as widgets

from arsim.domain.intake import Intake
from arsim.domain.ledger import Ledger
from arsim.domain.problem import BadInput
from arsim.report import backtest as verdicts
from arsim.report import intake_book, intake_page, ledger_plots, words
from arsim.report import ledger as told
from arsim.report.ledger_plots import called
from arsim.study.backtest import Backtest
from arsim.study.company import Company
from arsim.study.groups import Groups, named_segment
from arsim.study.repeated import Repeated
from arsim.workbook.controls import problems
from arsim.workbook.lever_widget import caption

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_STYLE = """<style>
.arsim-ledger .widget-html-content { line-height: 1.45; }
.arsim-ledger .arsim-caption { font-size: 12px; line-height: 1.35; white-space: normal; margin-right: 8px; }
.arsim-ledger .arsim-problems { color: #b42318; margin: 4px 0; padding-left: 18px; overflow-wrap: anywhere; }
.arsim-ledger pre { font-size: 12px; line-height: 1.35; overflow-x: auto; margin: 0; }
.arsim-ledger p { margin: 4px 0; }
.arsim-ledger .arsim-care { font-size: 12px; line-height: 1.4; margin: 0 0 2px; max-width: 900px; }
</style>"""


class Part:
    """A part on the screen: how far its work is, what is wrong, and its body."""

    def __init__(self, name: str, *body: widgets.Widget):
        self.bar = widgets.FloatProgress(min=0, max=1, layout={"width": "150px", "visibility": "hidden"})
        self.status, self.said = widgets.HTML(), widgets.HTML()
        self.body = widgets.VBox(body)
        self.said.add_class("arsim-said")
        self.status.add_class("arsim-status")
        shown = (self.body, self.said) if name in ("file", "keep") else (self.said, self.body)  # after what the user sets; before answers
        self.box = widgets.VBox([widgets.HTML(_STYLE), *shown, widgets.HBox([self.bar, self.status])])
        self.box.add_class("arsim-ledger")
        self.box.add_class(f"arsim-part-{name}")

    def tell(self, text: str, share: float = 0) -> None:
        """How far the work is; nothing when it is done."""
        self.status.value, self.bar.value, self.bar.layout.visibility = html.escape(text), share, "visible" if text else "hidden"

    def note(self, *texts: str) -> None:
        """Something to know."""
        self.said.value = "".join(f"<p>{html.escape(text)}</p>" for text in texts)

    def refuse(self, error: BadInput) -> None:
        """What is wrong, and nothing of what was there before."""
        self.blank()
        self.said.value = problems(error)

    def wait(self) -> None:
        """There is nothing to work on yet."""
        self.blank()
        self.note(words.say("This follows once a ledger can be used; what is missing is said further up."))

    def blank(self) -> None:
        """Show nothing that is no longer true."""
        self.said.value = ""


class Rows(Part):
    """The report before anything is concluded.

    Parameters
    ----------
    skipped : callable
        Called when the user says that faulty rows may be left out, or may not.
    intake : callable
        Gives what was read.
    """

    def __init__(self, skipped: Callable[[], None], intake: Callable[[], Intake]):
        say, wide = words.say, {"width": "auto"}
        self._intake = intake
        self.report, self.link = widgets.HTML(), widgets.HTML()
        self.report.add_class("arsim-report")
        self.skip = widgets.Checkbox(value=True, description=say("Leave the faulty rows out and go on"), indent=False, layout=wide)
        self.names = widgets.Checkbox(description=say("with customers' names"), indent=False, layout=wide)
        self.make = widgets.Button(description=say("Report as a workbook (XLSX)"), layout=wide)
        super().__init__("rows", self.report, self.skip, widgets.HBox([self.make, self.names, self.link]))
        self.skip.observe(lambda _: skipped(), "value")
        self.make.on_click(lambda _: self._download())
        self.blank()

    def show(self, intake: Intake) -> None:
        """Show the report on `intake`."""
        self.report.value, self.link.value, self.said.value = intake_page.as_html(intake), "", ""
        self.body.layout.display, self.skip.layout.display = None, None if intake.faults() else "none"

    def blank(self) -> None:
        """Show nothing of it."""
        super().blank()
        self.body.layout.display, self.report.value, self.link.value = "none", "", ""

    def _download(self) -> None:
        """Make the workbook; it goes straight into the link, so nothing of the ledger is left on the disk unless the user saves it."""
        intake = self._intake()
        name = f"{Path(intake.sheet.parts[0].file).stem}_report.xlsx"
        with tempfile.TemporaryDirectory(prefix="arsim-") as folder:
            intake_book.write(intake, Path(folder) / name, self.names.value)
            data = base64.b64encode((Path(folder) / name).read_bytes()).decode()
        told = html.escape(words.say("Save {file}", file=name))
        self.link.value = f'<a class="arsim-download" download="{html.escape(name)}" href="data:{_XLSX};base64,{data}">{told}</a>'


class Fit(Part):
    """The model beside the ledger, by groups of customers."""

    def __init__(self, regrouped: Callable[[], None]):
        self.group = widgets.Dropdown(options=[(words.say("size of the customer"), "")], layout={"width": "260px"})
        self.text, self.curves, self.weekly, self.figures = widgets.HTML(), _image(), _image(), widgets.HTML()
        more = widgets.Accordion([self.figures], titles=(words.say("The figures"),))
        row = widgets.HBox([caption(words.say("Groups by")), self.group], layout={"align_items": "center"})
        super().__init__("fit", row, self.text, self.curves, self.weekly, more)
        self.group.observe(lambda _: regrouped(), "value")
        self.blank()

    def offer(self, columns: Mapping[str, Groups]) -> None:
        """Let the user choose from the columns that make groups; one that names a segment is taken by itself."""
        self.group.options = [(words.say("size of the customer"), ""), *((header, header) for header in columns)]
        self.group.value = next((header for header in columns if named_segment(header)), "")

    def show(self, company: Company, ledger: Ledger, found: Repeated) -> None:
        """Show the curves, the weekly cash and the figures."""
        self.text.value = _lines(told.description(replace(ledger, notes=())).splitlines()) + _lines(_apart(found))
        self.curves.value, self.weekly.value = ledger_plots.curves(found), ledger_plots.weekly(found, ledger.currency)
        self.figures.value = f"<pre>{html.escape(told.fit(company).strip())}</pre>"
        self.body.layout.display, self.said.value = None, ""

    def blank(self) -> None:
        """Show nothing of it."""
        super().blank()
        self.body.layout.display = "none"


class Belief(Part):
    """What the model foretold of a past it had not seen, and what it may be used for."""

    def __init__(self, resplit: Callable[[], None]):
        self.split = widgets.Dropdown(options=[("–", None)], layout={"width": "160px"})
        self.split.add_class("arsim-split")
        self.verdict, self.picture, self.figures = widgets.HTML(), _image(), widgets.HTML()
        self.verdict.add_class("arsim-verdict")
        more = widgets.Accordion([self.figures], titles=(words.say("The figures"),))
        row = widgets.HBox([caption(words.say("The model knows the ledger up to")), self.split], layout={"align_items": "center"})
        self.found = widgets.VBox([self.verdict, self.picture, more])
        super().__init__("belief", row, self.found)
        self.split.observe(lambda _: resplit(), "value")
        self.blank()

    def offer(self, days: list[date], usual: date | None) -> None:
        """Let the user choose from `days`, `usual` to begin with."""
        self.split.options = [(str(day), day) for day in days] or [("–", None)]
        self.split.value = usual

    def show(self, found: Backtest) -> None:
        """Show the verdict and what it rests on."""
        self.verdict.value = _answers(verdicts.verdict(found))
        self.picture.value = ledger_plots.forecast(found)
        self.figures.value = f"<pre>{html.escape(verdicts.text(found))}</pre>"
        self.found.layout.display, self.said.value = None, ""

    def blank(self) -> None:
        """Show nothing of it."""
        super().blank()
        self.found.layout.display = "none"


def _apart(found: Repeated) -> Iterable[str]:
    """How far the model is from the ledger in each group, and the late shares."""
    if found.sampled:
        yield words.say("The ledger is large: what follows is about some of its customers, drawn by chance.")
    for group in found.groups:
        yield words.say(
            "{name}: late {observed:.0%} in the ledger, {model:.0%} in the model; curves at most {gap:.1f} percentage points apart.",
            name=called(group), observed=group.late[0], model=group.late[1], gap=100 * group.gap)  # fmt: skip


def _lines(lines: Iterable[str]) -> str:
    return "".join(f"<p>{html.escape(line)}</p>" for line in lines)


def _answers(lines: list[str]) -> str:
    """The verdict: its questions (indented there) as a list, and under each what is indented further."""
    first, *rest = (line for line in lines if not line.startswith("  "))
    asked: list[str] = []
    for line in (line for line in lines if line.startswith("  ")):
        if line.startswith(verdicts.INDENT):
            asked[-1] += f'<div class="arsim-care">{html.escape(line.strip())}</div>'
        else:
            question, mark, answer = line.strip().partition("？" if "？" in line else "?")
            asked.append(f"{html.escape(question + mark)} <b>{html.escape(answer.strip())}</b>")
    items = "".join(f"<li>{one}</li>" for one in asked)
    return f"<p><b>{html.escape(first)}</b></p><ul>{items}</ul>{_lines(rest)}"


def _image() -> widgets.Image:
    return widgets.Image(format="png", layout={"width": "100%", "max_width": f"{ledger_plots.WIDTH}px", "height": "auto"})
