"""Under the lab's answer, folded: all that a meeting asks for. Nothing of it is made before it is opened."""

from typing import TYPE_CHECKING

import ipywidgets as widgets

from arsim.report import words
from arsim.workbook.meeting.report_panel import ReportPanel
from arsim.workbook.meeting.rollout_panel import RolloutPanel
from arsim.workbook.meeting.search_panel import SearchPanel
from arsim.workbook.meeting.sheet_panel import SheetPanel
from arsim.workbook.meeting.work import Work

if TYPE_CHECKING:
    from arsim.workbook.lab import Lab

PARTS = {"search": SearchPanel, "rollout": RolloutPanel, "sheet": SheetPanel, "report": ReportPanel}


class Meeting(widgets.Accordion):
    """The fold; `part` gives what is inside.

    Parameters
    ----------
    lab : Lab
    """

    def __init__(self, lab: "Lab"):
        self._lab, self._made = lab, {}
        super().__init__([widgets.VBox()])
        self.titles = [words.say("For the meeting: better policies, rollout plan, report")]
        self.add_class("arsim-meeting")
        self.tabs: widgets.Tab | None = None
        self.observe(lambda change: change["new"] is not None and self._open(), "selected_index")

    def part(self, name: str) -> Work:
        """One of `PARTS`, opened."""
        self.selected_index = 0
        self.tabs.selected_index = list(PARTS).index(name)
        return self._fill(name)

    def stale(self) -> None:
        """Something else is asked from now on."""
        for one in self._made.values():
            one.stale()

    def _open(self) -> None:
        if self.tabs:
            return
        say, boxes = words.say, [widgets.VBox() for _ in PARTS]
        self.tabs = widgets.Tab(boxes, layout={"width": "100%"})
        self.tabs.titles = [say("Look for better policies"), say("Rollout plan"), say("Results of a rollout"), say("Report")]
        self.tabs.observe(lambda change: change["new"] is not None and self._fill(list(PARTS)[change["new"]]), "selected_index")
        self.tabs.selected_index = 0
        self._fill("search")
        self.children[0].children = (self.tabs,)

    def _fill(self, name: str) -> Work:
        if name not in self._made:
            self._made[name] = PARTS[name](self._lab)
            self.tabs.children[list(PARTS).index(name)].children = (self._made[name],)
        return self._made[name]
