"""Keeping what was learnt from a ledger: a company's file, and the lab that is told to begin with it."""

import html
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import ipywidgets as widgets

from arsim.domain.policies import built_in, read_policy
from arsim.domain.problem import BadInput, Problem
from arsim.report import words
from arsim.study.company import Company
from arsim.study.company_file import SUFFIX, write_company
from arsim.workbook import memory, shelf
from arsim.workbook.controls import problems
from arsim.workbook.lever_widget import caption
from arsim.workbook.memory import Setting, Side, Source

FOLDER = "my_companies"
BEGINNING = {"a": "do_nothing", "b": "source_recovery_plan"}  # the lab's own, where nothing is remembered of it


class KeepPanel(widgets.VBox):
    """Save the company, and go on to the lab with it.

    Parameters
    ----------
    company : callable
        Gives the company and its currency, or None while there is none.
    remember : Path, optional
        The lab's memory; by default the user's own.
    """

    def __init__(self, company: Callable[[], tuple[Company, str] | None], remember: Path | None = None):
        say = words.say
        self._company, self._memory = company, remember or memory.home()
        self.path = widgets.Text(layout={"width": "auto", "max_width": "900px"})
        self.over = widgets.Checkbox(description=say("replace it if it is there"), indent=False)
        self.save = widgets.Button(description=say("Save the company"), layout={"width": "auto"})
        self.lab = widgets.Button(description=say("Save it and choose it in the lab"), button_style="primary", layout={"width": "auto"})
        self.said, self.link = widgets.HTML(), widgets.Output()
        self.said.add_class("arsim-kept")
        self.link.add_class("arsim-keep-link")
        names = caption(say("The file holds your customers' names and the numbers of their open invoices: keep it as you keep the ledger."))
        super().__init__([self.path, self.over, widgets.HBox([self.save, self.lab]), names, self.said, self.link])
        self.save.on_click(lambda _: self._save())
        self.lab.on_click(lambda _: self._go())

    def offer(self, source: str) -> None:
        """Propose a name for the company learnt from the ledger `source`."""
        self.path.value = str(home() / f"{Path(source).stem}{SUFFIX}")
        self.over.value, self.said.value, self.link.outputs = False, "", ()

    def withdraw(self) -> None:
        """There is no ledger to name a company after."""
        self.path.value, self.over.value, self.said.value, self.link.outputs = "", False, "", ()

    def _save(self) -> Path | None:
        """Where it was saved; None if it was not, and the reason is shown."""
        learnt, self.link.outputs = self._company(), ()
        if not learnt:
            self.said.value = f"<b>{html.escape(words.say('Nothing has been learnt from a ledger yet: see above.'))}</b>"
            return None
        path = Path(self.path.value.strip().strip('"')).expanduser()
        path = path if path.suffix.lower() == SUFFIX else path.with_name(path.name + SUFFIX)
        try:
            if os.path.lexists(path) and not self.over.value:
                raise BadInput(
                    Problem("There is such a file already.", "Choose another name, or tick the box to replace it.", file=str(path))
                )
            write_company(learnt[0], path, learnt[1])
        except BadInput as error:
            self.said.value = problems(error)
            return None
        self.said.value = f"<p>{html.escape(words.say('Written: {path}', path=path))}</p>"
        return path

    def _go(self) -> None:
        path = self._save()
        if path and not choose(path.absolute(), self._company()[0].found.under.name, self._memory):
            path = None
            self.said.value += (
                f"<p>{html.escape(words.say('The lab cannot be told on this computer. Choose the file there, under Company.'))}</p>"
            )
        if path:
            told = words.say("The lab begins with this company now. Go on to the [Policy lab](policy_lab.ipynb) and run it afresh.")
            self.link.outputs = ({"output_type": "display_data", "data": {"text/markdown": told, "text/plain": told}, "metadata": {}},)


def home() -> Path:
    """The folder: beside the user's own policies."""
    return shelf.home().with_name(FOLDER)


def choose(path: Path, under: str, remember: Path) -> bool:
    """Have the lab begin with the company in the file `path`, its policies and numbers as they were; False if that cannot be done."""
    setting, _ = memory.recall(remember)
    sides = {letter: Side(base, read_policy(base)) for letter, base in BEGINNING.items()}
    source = Source("file", str(path), under if under in built_in() else "baseline")
    return memory.save(replace(setting or Setting(source, sides), source=source), remember)
