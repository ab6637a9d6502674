"""Choosing the company: the demo, or a ledger by path or upload. A ledger that cannot be used changes nothing."""

import html
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import ipywidgets as widgets

from arsim.domain.dates import ORDERS
from arsim.domain.policies import built_in, read_policy
from arsim.domain.problem import BadInput, Problem
from arsim.domain.reading import read_ledger
from arsim.domain.tables import BOOK, TEXT
from arsim.report import words
from arsim.report.firm import Firm
from arsim.report.ledger import description
from arsim.study.company import Company, demo_ledger
from arsim.study.company_file import SUFFIX, is_company
from arsim.study.trial_figures import Records, recorded
from arsim.workbook.controls import problems
from arsim.workbook.ledger_source import CHOSEN
from arsim.workbook.lever_widget import caption
from arsim.workbook.memory import Source

_FULL = {"width": "auto"}
_DATES = "Choose above whether the day or the month comes first, then read the ledger again."
# What they name that only `my_ledger` asks for → what it is called there.
_THERE = {
    "--encoding": "Encoding of the text", "--decimal": "Before the decimals stands", "--currency": "Keep this currency",
    "--company-code": "Keep this company",
}  # fmt: skip
_SAVED = {"mine": "My file", "save": "Save the company"}  # menus of `my_ledger`


@dataclass(frozen=True)
class Wish:
    """A company to learn about: where it comes from, and the bytes of an upload."""

    source: Source
    content: bytes | None = None

    def learn(self, progress: Callable[[float], None] | None = None) -> tuple[Company, str, Firm]:
        """The company, what its ledger says, and how to call it.

        An upload is written to a passing folder while it is read, and nothing of it stays on the disk.

        Raises
        ------
        BadInput
            If the ledger cannot be used.
        """
        if self.source.kind == "demo":
            return Company.demo(), "", Firm()
        with self._file() as path:
            if is_company(path):
                company, firm = Firm.saved(path)
                return company, words.say("A company saved after learning from {name}.", name=company.population.name), firm
            ledger = read_ledger(path, date_order=self.source.date_order)
        return Company.of(ledger, under=self.source.under, progress=progress), description(ledger), Firm.of(ledger)

    def history(self, company: Company) -> Records | None:
        """The invoices from before day 0 of `company`, which was learnt here; None where no ledger tells them.

        Raises
        ------
        BadInput
            If the ledger cannot be used any more.
        """
        people = company.population
        if self.source.kind == "demo":
            return recorded(read_ledger(demo_ledger()), people.ids, people.start)
        with self._file() as path:
            return None if is_company(path) else recorded(read_ledger(path, date_order=self.source.date_order), people.ids, people.start)

    @contextmanager
    def _file(self) -> Iterator[Path]:
        if self.source.kind == "file":
            yield Path(self.source.path)
            return
        with tempfile.TemporaryDirectory(prefix="arsim-") as folder:
            path = Path(folder) / self.source.path
            path.write_bytes(self.content)
            yield path


class CompanyPanel(widgets.VBox):
    """Choose the company.

    Parameters
    ----------
    chosen : callable
        Given the `Wish` once the user has made one.
    """

    def __init__(self, chosen: Callable[[Wish], None]):
        self._chosen, self._upload, self._quiet = chosen, None, False
        say = words.say
        self.kind = widgets.ToggleButtons(
            options=[(say("Demo company"), "demo"), (say("My ledger"), "ledger")], style={"button_width": "130px"}, layout=_FULL
        )
        self.path = widgets.Text(
            placeholder=say("path of a CSV or Excel file, or of a saved company (.json)"), continuous_update=False, layout=_FULL
        )
        self.upload = widgets.FileUpload(accept=",".join((*TEXT, *BOOK, SUFFIX)), description=say("Choose a file"), layout=_FULL)
        policies = [(read_policy(name).called(words.language()), name) for name in built_in()]
        self.under = widgets.Dropdown(options=policies, value="baseline", layout=_FULL)
        orders = zip((say("day first: 3/4 is 3 April"), say("month first: 3/4 is 4 March")), ORDERS, strict=True)
        self.order = widgets.Dropdown(options=list(orders), layout=_FULL)
        which = caption(say("The dates can be read in two ways. Choose, then read again."))
        self._order = widgets.VBox([which, self.order], layout={"display": "none"})
        self.read = widgets.Button(description=say("Read the ledger"), button_style="primary", layout=_FULL)
        self.said = widgets.HTML()
        self._ledger = widgets.VBox([
            caption(say("Invoice number, customer, issue date, due date or terms, amount, day paid (empty if open).")),
            caption(say("Either its path:")), self.path,
            caption(say("or the file itself; it is read and not kept, so choose it again after a restart:")), self.upload,
            caption(say("What was done about these invoices at the time was most like")), self.under, self._order, self.read,
        ], layout={"display": "none"})  # fmt: skip
        super().__init__([self.kind, self._ledger, self.said])
        self.kind.observe(self._kind_changed, "value")
        self.path.observe(self._path_changed, "value")
        self.upload.observe(self._uploaded, "value")
        self.read.on_click(lambda _: self._wish())

    def show(self, source: Source) -> None:
        """Show a remembered choice, without making it."""
        self._quiet = True
        self.kind.value = "demo" if source.kind == "demo" else "ledger"
        self.path.value = source.path if source.kind == "file" else ""
        self.under.value = source.under if source.under in built_in() else "baseline"
        self._quiet = False
        if source.kind == "upload":
            told = words.say("{name} was uploaded and not kept: choose the file again.", name=source.path)
            self.said.value = f"<b>{html.escape(told)}</b>"
            self.path.placeholder = words.say("{name} was uploaded: there is no path to remember", name=source.path)
        if source.date_order:
            self._ask_order(source.date_order)

    def welcome(self, told: str) -> None:
        """The ledger has been read and learnt from."""
        self.said.value = "".join(f'<p class="arsim-small">{html.escape(line)}</p>' for line in told.splitlines())

    def refuse(self, error: BadInput) -> None:
        """The ledger cannot be used; where only the order of dates is missing, ask for it."""
        title = words.say("This ledger cannot be used yet; the company stays as it was.")
        self.said.value = f"<b>{html.escape(title)}</b>{problems(BadInput(*map(_here, error.problems)))}"
        if any("--dates" in problem.remedy for problem in error.problems):
            self._ask_order(self.order.value)

    def _ask_order(self, order: str) -> None:
        self.order.value, self._order.layout.display = order, None

    def _kind_changed(self, change) -> None:
        self._ledger.layout.display = "none" if change["new"] == "demo" else None
        self.said.value = ""
        if change["new"] == "demo" and not self._quiet:
            self._chosen(Wish(Source()))

    def _path_changed(self, change) -> None:
        self._order.layout.display = "none"
        if change["new"] and not self._quiet:
            self._upload = None
            self._wish()

    def _uploaded(self, change) -> None:
        if change["new"]:
            self._order.layout.display = "none"
            self._upload = change["new"][0]["name"], bytes(change["new"][0]["content"])
            self._wish()

    def _wish(self) -> None:
        order = self.order.value if self._order.layout.display is None else None
        path = self.path.value.strip().strip('"')  # Windows copies a path with quotes around it
        if self._upload:
            self._chosen(Wish(Source("upload", Path(self._upload[0]).name, self.under.value, order), self._upload[1]))
        elif path:
            self._chosen(Wish(Source("file", str(Path(path).expanduser()), self.under.value, order)))
        else:
            self.said.value = f"<b>{html.escape(words.say('Give a path or choose a file first.'))}</b>"


def _here(problem: Problem) -> Problem:
    """The same problem, its remedy naming the panel's controls, or those of `my_ledger`, instead of the command line's options."""
    if "--dates" in problem.remedy:
        return replace(problem, remedy=_DATES)
    for option, label in _THERE.items():
        if option in problem.remedy:
            return replace(
                problem, values={**problem.values, **_SAVED, "label": label},
                remedy='Open the file in the notebook my_ledger under "{mine}", answer "{label}" there and press "{save}"; then choose the '
                "saved .json file here.",
            )  # fmt: skip
    if problem.what in CHOSEN:
        return replace(
            problem, values={**problem.values, **_SAVED},
            remedy='Open the file in the notebook my_ledger under "{mine}" and choose the columns from the lists there. If you gave a '
            'path, read it here again; else press "{save}" there and choose the saved .json file here.',
        )  # fmt: skip
    return problem
