"""The board: every policy handed in, run in the same world with the same luck, judged by three outcomes at once and never by one score."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import ipywidgets as widgets

from arsim.domain.money import FEN
from arsim.domain.policies import read_policy
from arsim.domain.policy import Policy
from arsim.report import three, words
from arsim.report.table import MAIN
from arsim.study.company import Company
from arsim.study.compare import compare
from arsim.study.comparison import Comparison
from arsim.study.dominated import dominators
from arsim.study.entries import Entry, read_entries
from arsim.workbook import shelf
from arsim.workbook.course.lesson import show, show_table
from arsim.workbook.course.rollout import display_picture
from arsim.workbook.course.task import Task, read_task

MILLION = 1_000_000


class Board:
    """The teams' policies in one folder, and what came of them.

    Parameters
    ----------
    task : Task, optional
        By default the capstone's.
    folder : Path, optional
        Where the files lie; by default the user's own policies.
    """

    def __init__(self, task: Task | None = None, folder: Path | None = None):
        self.task = task or read_task()
        self.folder = widgets.Text(str(folder or ""), placeholder=words.say("the folder my_policies beside the notebooks"))
        self.folder.layout = {"width": "auto", "max_width": "700px"}
        self.found: Comparison | None = None

    def show(self) -> None:
        """Display where the files are looked for."""
        label = widgets.HTML(words.say("Folder with the teams' files (leave it empty for your own):"))
        show(widgets.VBox([label, self.folder]))

    def entries(self) -> list[Entry]:
        """The files as they lie there now."""
        typed = self.folder.value.strip().strip('"')
        return read_entries(Path(typed).expanduser() if typed else shelf.home(), self.task.limits)

    def run(self) -> Comparison:
        """Show who takes part, run everybody, and show table and picture."""
        entries, task = self.entries(), self.task
        show_table(_list(entries))
        house = [read_policy(name) for name in task.beside]
        teams = [_titled(entry) for entry in entries if not entry.problems]
        self.found = compare([*house, *teams], Company.demo(), task.days, task.replications, task.seed, scenario=task.scenario)
        beaten = dominators(self.found)
        display_picture(three.picture(self.found, beaten))
        show_table(three.rows(self.found, beaten))
        return self.found

    def unbeaten(self) -> list[str]:
        """Names of the policies nobody beats on all three; empty before `run`."""
        return [name for name, by in dominators(self.found).items() if not by] if self.found else []


def winners(found: Comparison, weightings: Mapping[str, Sequence[float]]) -> list[str]:
    """Show who would win if one score were made of the three outcomes, once for each weighting; the winners' names.

    Parameters
    ----------
    found : Comparison
    weightings : mapping
        Label → what a million CNY of net value, a percentage point of overdue share and a point of goodwill count.
    """
    titles = {policy.name: policy.called(words.language()) for policy in found.policies}
    rows = [[words.say("Weights (value : risk : relationship)"), words.say("Winner of one score")]]
    units = dict(zip(MAIN, (MILLION * FEN, -0.01, 1.0), strict=True))
    means = {name: [float(found.values(name, key).mean()) / unit for key, unit in units.items()] for name in titles}
    won = []
    for weights in weightings.values():
        won.append(max(means, key=lambda name: sum(weight * one for weight, one in zip(weights, means[name], strict=True))))  # noqa: B023
    rows += [[label, titles[name]] for label, name in zip(weightings, won, strict=True)]
    show_table(rows)
    return won


def _titled(entry: Entry) -> Policy:
    """A team's policy goes by its file's name: a copied title would make two teams look alike."""
    return entry.policy.model_copy(update={"name": entry.name, "title": {}})


def _list(entries: list[Entry]) -> list[list[str]]:
    rows = [[words.say("File"), words.say("Takes part")]]
    if not entries:
        return [*rows, ["–", words.say("Nobody has handed anything in yet: only the policies of the house are on the table.")]]
    return rows + [[entry.name, _why(entry)] for entry in entries]


def _why(entry: Entry) -> str:
    if not entry.problems:
        return words.say("yes")
    gap = words.gap()
    return gap.join([words.say("no:"), *map(words.explain, entry.problems)])
