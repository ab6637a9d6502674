"""Handing in: the policy a team has made with a few levers becomes a file under the team's name."""

import html
from pathlib import Path

import ipywidgets as widgets

from arsim.domain.policies import check_name, write_policy
from arsim.domain.problem import BadInput
from arsim.report import words
from arsim.study.entries import breaches
from arsim.workbook import shelf
from arsim.workbook.controls import problems
from arsim.workbook.course.lesson import show
from arsim.workbook.course.small_lab import SmallLab
from arsim.workbook.course.task import Task, read_task


class HandIn(widgets.VBox):
    """A name, a button, and where the file went or why there is none.

    Parameters
    ----------
    lab : SmallLab
        Whose policy is handed in, as it stands when the button is pressed.
    task : Task, optional
        Its limits are checked first; by default the capstone's.
    folder : Path, optional
        By default the user's own policies.
    """

    def __init__(self, lab: SmallLab, task: Task | None = None, folder: Path | None = None):
        self.lab, self.task, self._folder = lab, task or read_task(), folder
        self.name = widgets.Text(placeholder="team_red", layout={"width": "240px"})
        self.button = widgets.Button(description=words.say("Hand in"), button_style="primary", layout={"width": "auto"})
        self.said = widgets.HTML()
        asked = widgets.HTML(html.escape(words.say("Name of your team (small letters, digits, underscores):")))
        super().__init__([asked, widgets.HBox([self.name, self.button]), self.said])
        self.button.on_click(lambda _: self.hand_in())

    def hand_in(self) -> Path | None:
        """Write the file; None, and the reason shown, if that cannot be. A team may hand in again: the last one counts."""
        name = self.name.value.strip()
        path = (self._folder or shelf.home()) / f"{name}.toml"
        try:
            check_name(name)
            policy = self.lab.policy.model_copy(update={"name": name, "title": {}, "source": f"begun from {self.lab.policy.name}"})
            if found := breaches(policy, self.task.limits):
                raise BadInput(*found)
            write_policy(policy, path)
        except BadInput as error:
            self.said.value = problems(error)
            return None
        self.said.value = f"<p>{html.escape(words.say('Handed in: {path}', path=path))}</p>"
        return path

    def show(self) -> None:
        """Display it."""
        show(self)
