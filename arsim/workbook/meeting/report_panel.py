"""The report: what stands on the screen as a page and a workbook to pass on."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import ipywidgets as widgets

from arsim.report import words
from arsim.workbook.lever_widget import caption
from arsim.workbook.meeting import place, report_files
from arsim.workbook.meeting.own import own
from arsim.workbook.meeting.work import Work, small
from arsim.workbook.runner import Superseded

if TYPE_CHECKING:
    from arsim.workbook.lab import Lab

WIDE = {"width": "420px", "max_width": "100%"}


class ReportPanel(Work):
    """Where to, with or without the plausible worlds, and what was written.

    Parameters
    ----------
    lab : Lab
    """

    def __init__(self, lab: "Lab"):
        say = words.say
        self.folder = widgets.Text(placeholder=say("empty: a new folder in {folder}", folder=place.FOLDER), layout=WIDE)
        self.worlds = widgets.Checkbox(value=False, indent=False, layout={"width": "auto", "max_width": "100%"},
                                       description=say("ask that now if it has not been asked; it takes a minute or more"))  # fmt: skip
        super().__init__(lab, say("Write the report"), [
            caption(say("One page (HTML) that needs nothing beside it, and a workbook (XLSX), with the figures that stand above; the "
                        "comparison is kept beside them, so that anyone can get the same figures again.")),
            caption(say("If “In how many plausible worlds does B win?” was asked above, the report also tells what would overturn the "
                        "verdict and who loses.")), self.worlds,
            caption(say("Folder (a name, or a path)")), self.folder,
        ])  # fmt: skip

    def asked(self) -> tuple:
        """Everything."""
        question = self.lab.question
        return question.policies, question.company, question.days, question.seed, question.scenario, question.most

    def work(self) -> Iterator[None]:
        """Keep what stands on the screen, ask in how many worlds if need be, then write."""
        lab, question = self.lab, self.lab.question
        if lab.stage.found.policies != question.policies:
            raise Superseded  # something was moved this very moment: what stands there is not what is asked any more
        found, company, firm = report_files.renamed(lab.stage.found, own(question)), lab.company, lab.firm
        folder = place.typed(self.folder.value, place.free("report"))
        kept = report_files.keep(found, company, firm, folder)
        if self.worlds.value and not lab.worlds.whole:
            yield from lab.worlds.steps(question, self.tell)
        if lab.worlds.whole:
            said = words.say("Looking into what overturns the verdict, and who loses ...")
            report_files.robust(lab.worlds.found, found.policies, company, firm, folder, lambda done, asked: self.tell(said, done / asked))
        self.show(widgets.HTML(place.written([*report_files.pages(folder), *kept])
                               + small(words.say("Beside them: the comparison as it was run, tables (CSV), picture."))))  # fmt: skip
        yield
