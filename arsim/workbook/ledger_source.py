"""Which ledger, and how it is to be read where only the user can tell."""

import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

import ipywidgets as widgets

from arsim.domain.dates import ORDERS
from arsim.domain.intake import How
from arsim.domain.places import place
from arsim.domain.policies import built_in, read_policy
from arsim.domain.problem import BadInput, Problem
from arsim.domain.tables import BOOK, TEXT
from arsim.report import words
from arsim.workbook.lever_widget import caption

EXERCISE, DEMO, OWN = "exercise", "demo", "own"
_FILES = {EXERCISE: "demo_ledger_faults.csv", DEMO: "demo_ledger.csv"}
_FULL = {"width": "auto"}
# What is wrong with the header, and is put right by the lists of columns.
CHOSEN = ("The file has no column for the {field}.", "Several columns could be the {field}: {headers}.",
           "No header row was found in the first {searched} rows.")  # fmt: skip


@dataclass(frozen=True)
class Pick:
    """A ledger picked: a path, or the contents of uploads by name; and how to read it."""

    kind: str = EXERCISE
    path: Path | None = None
    uploads: Mapping[str, bytes] = field(default_factory=dict)
    how: How = field(default_factory=How)

    @property
    def kept_beside(self) -> Path | None:
        """The file beside which the user's columns are kept; None where there is no file of the user's."""
        return self.path if self.kind == OWN else None

    @contextmanager
    def files(self) -> Iterator[list[Path]]:
        """The files to read; uploads lie in a passing folder meanwhile, and nothing of them stays on the disk."""
        if not self.uploads:
            yield [self.path or place("data") / _FILES[self.kind]]
            return
        with tempfile.TemporaryDirectory(prefix="arsim-") as folder:
            for name, content in self.uploads.items():
                (Path(folder) / Path(name).name).write_bytes(content)
            yield [Path(folder) / Path(name).name for name in self.uploads]


class SourcePanel(widgets.VBox):
    """Choose the ledger; `chosen` is called after every choice, and `pick` says what it is (None: nothing yet)."""

    def __init__(self, chosen: Callable[[], None]):
        say = words.say
        self._chosen, self._uploads, self._quiet = chosen, {}, False
        kinds = [(say("Exercise ledger"), EXERCISE), (say("Demo company"), DEMO), (say("My file"), OWN)]
        self.kind = widgets.ToggleButtons(options=kinds, value=EXERCISE, style={"button_width": "150px"}, layout=_FULL)
        self.path = widgets.Combobox(
            placeholder=say("its name or path, such as ledger.xlsx"), options=_here(), continuous_update=False, layout={"width": "420px"}
        )
        self.upload = widgets.FileUpload(
            accept=",".join(TEXT + BOOK), multiple=True, description=say("Choose a file"), layout={"width": "150px"}
        )
        policies = [(read_policy(name).called(words.language()), name) for name in built_in()]
        self.under = widgets.Dropdown(options=policies, value="baseline", layout={"width": "420px"})
        orders = say("day first: 3/4 is 3 April"), say("month first: 3/4 is 4 March")
        dates = [(say("from the dates themselves"), None), *zip(orders, ORDERS, strict=True)]
        marks = [(say("from the amounts themselves"), None), (say("a point: 1234.56"), "point"), (say("a comma: 1234,56"), "comma")]
        text = {"continuous_update": False, "layout": {"width": "200px"}}
        # What remedies name on the command line → what it is called here, and the control that answers it.
        self.asked = {
            "--dates": (say("Order of day and month"), widgets.Dropdown(options=dates, layout={"width": "240px"})),
            "--decimal": (say("Before the decimals stands"), widgets.Dropdown(options=marks, layout={"width": "240px"})),
            "--currency": (say("Keep this currency"), widgets.Text(placeholder="CNY", **text)),
            "--company-code": (say("Keep this company"), widgets.Text(**text)),
            "--encoding": (say("Encoding of the text"), widgets.Text(placeholder="gb18030", **text)),
        }
        self._rows = {}
        for option, (label, control) in self.asked.items():
            self._rows[option] = widgets.HBox([caption(label), control], layout={"display": "none", "align_items": "center"})
            control.observe(lambda _: self._tell(), "value")
        self._own = widgets.VBox([
            caption(say("Its name or path: drag the file into the list of files on the left, and it is offered here. Or choose it from "
                        "anywhere on this computer; open and closed items may be two files.")),
            widgets.HBox([self.path, self.upload]),
        ], layout={"display": "none"})  # fmt: skip
        under = caption(say("What was done about these invoices at the time was most like"))
        super().__init__([self.kind, self._own, *self._rows.values(), under, self.under])
        self.kind.observe(lambda _: self._anew(), "value")
        self.path.observe(lambda change: self._anew() if change["new"] else None, "value")
        self.upload.observe(self._uploaded, "value")

    @property
    def pick(self) -> Pick | None:
        """What is chosen now."""
        answers = {option: control.value or None for option, (_, control) in self.asked.items()}
        how = How(answers["--dates"], answers["--encoding"], None, answers["--decimal"], answers["--currency"], answers["--company-code"])
        if self.kind.value != OWN:
            return Pick(self.kind.value, how=how)
        written = self.path.value.strip().strip('"')  # Windows copies a path with quotes around it
        if self._uploads:
            return Pick(OWN, None, self._uploads, how)
        return Pick(OWN, Path(written).expanduser(), {}, how) if written else None

    def ask(self, error: BadInput) -> BadInput:
        """Show the controls that answer `error`; the same error, its remedies naming them."""
        for option, row in self._rows.items():
            if any(option in problem.remedy for problem in error.problems):
                row.layout.display = None
        return BadInput(*(self._remedied(problem) for problem in error.problems))

    def _remedied(self, problem: Problem) -> Problem:
        for option, (label, _) in self.asked.items():
            if option in problem.remedy:
                return replace(problem, remedy="Answer above: {label}.", values={**problem.values, "label": label})
        return replace(problem, remedy="Choose it from the lists above.") if problem.what in CHOSEN else problem

    def _uploaded(self, change) -> None:
        if change["new"]:
            self._quiet, self.path.value, self._quiet = True, "", False
            self._uploads = {one["name"]: bytes(one["content"]) for one in change["new"]}
            self._anew(self._uploads)

    def _anew(self, uploads: Mapping[str, bytes] | None = None) -> None:
        """Another ledger: the answers were about the one before."""
        if self._quiet:
            return
        self._quiet, self._uploads = True, uploads or {}
        self._own.layout.display = None if self.kind.value == OWN else "none"
        self.path.options = _here()
        for option, (_, control) in self.asked.items():
            control.value = None if isinstance(control, widgets.Dropdown) else ""
            self._rows[option].layout.display = "none"
        self._quiet = False
        self._chosen()

    def _tell(self) -> None:
        if not self._quiet:
            self._chosen()


def _here() -> list[str]:
    """Files beside the notebook that could be ledgers."""
    return sorted(path.name for path in Path.cwd().iterdir() if path.suffix.lower() in TEXT + BOOK and path.is_file())
