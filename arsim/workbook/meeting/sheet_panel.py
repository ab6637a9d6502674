"""A filled-in rollout sheet read back: what the results say, beside the forecast."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import ipywidgets as widgets

from arsim.domain.problem import BadInput, Problem
from arsim.domain.reading import read_ledger
from arsim.report import rollout_reading, words
from arsim.workbook.lever_widget import caption
from arsim.workbook.meeting import place
from arsim.workbook.meeting.work import Work, text

if TYPE_CHECKING:
    from arsim.workbook.lab import Lab

WIDE = {"width": "420px", "max_width": "100%"}
# What the command's remedies say → what to do here.
_HERE = {
    "Write one with `arsim rollout plan A B --sheet FILE`.": 'Write one under "{tab}", or choose the file that was written there.',
    'Fill in the column "{column}", or give --ledger LATER_LEDGER.': 'Fill in the column "{column}", or give a later ledger below.',
}


class SheetPanel(Work):
    """Choose the sheet and, if results are to be worked out, a later ledger.

    Parameters
    ----------
    lab : Lab
    """

    def __init__(self, lab: "Lab"):
        say = words.say
        named = say("its name in {folder}, or its path", folder=place.FOLDER)
        self.path = widgets.Combobox(placeholder=named, options=_sheets(), layout=WIDE)
        self.upload = widgets.FileUpload(accept=".xlsx", description=say("Choose a file"), layout={"width": "auto"})
        self.ledger = widgets.Text(placeholder=say("path of a CSV or Excel file; may stay empty"), layout=WIDE)
        super().__init__(lab, say("Read the results"), [
            caption(say("The sheet that “{tab}” wrote, with the results filled in:", tab=say("Rollout plan"))),
            widgets.HBox([self.path, self.upload], layout={"flex_flow": "row wrap"}),
            caption(say("Or leave the results out and have them worked out from a ledger drawn up later:")), self.ledger,
        ])  # fmt: skip
        self._passing = ""
        self.upload.observe(self._uploaded, "value")
        self.path.observe(lambda change: change["new"] and self._forget(), "value")

    def work(self) -> Iterator[None]:
        """Read, judge, tell."""
        later = self.ledger.value.strip().strip('"')
        with self._file() as path:
            yield
            told = rollout_reading.read(path, read_ledger(Path(later).expanduser()) if later else None)
        self.show(text(told.heading, *told.text.splitlines()))
        yield

    def begin(self) -> None:
        """Offer the sheets there are by now, too."""
        self.path.options = _sheets()
        super().begin()

    def here(self, problem: Problem) -> Problem:
        """Remedies speak of this panel, and an upload is called by its name."""
        remedy = _HERE.get(problem.remedy, problem.remedy)
        file = str(problem.file).replace(self._passing, "") if problem.file and self._passing else problem.file
        return replace(problem, remedy=remedy, file=file, values={**problem.values, "tab": "Rollout plan"})

    @contextmanager
    def _file(self) -> Iterator[Path]:
        """The sheet; an upload lies in a passing folder meanwhile, and nothing of it stays on the disk."""
        self._passing = ""
        if self.upload.value:
            one = self.upload.value[0]
            with tempfile.TemporaryDirectory(prefix="arsim-") as folder:
                path, self._passing = Path(folder) / Path(one["name"]).name, folder + os.sep
                path.write_bytes(bytes(one["content"]))
                yield path
            return
        if not self.path.value.strip():
            raise BadInput(Problem("No file is chosen yet.", "Give its name or choose a file above."))
        yield place.typed(self.path.value, Path())

    def _uploaded(self, change) -> None:
        if change["new"]:
            self.path.value = ""

    def _forget(self) -> None:
        self.upload.value = ()


def _sheets() -> list[str]:
    return sorted(path.name for path in place.home().glob("*.xlsx"))
