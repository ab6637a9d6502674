"""Choosing the levers of a search by what they are called, each with its bounds or choices."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

import ipywidgets as widgets

from arsim.domain.lever import Lever
from arsim.domain.policy import Policy, group_of, levers
from arsim.domain.problem import BadInput, Problem
from arsim.report import words
from arsim.report.lever import CHOICES, title
from arsim.report.page.question import whole_title
from arsim.workbook.controls import GROUPS, group_title
from arsim.workbook.lever_widget import NEAR, PARTS, WIDE, caption, close
from arsim.workbook.meeting.work import small

MOST = 6  # levers: with more, no budget one would wait for looks around properly
AROUND = 14, 30  # days before and after where a level of the ladder stands
_BOX = {"width": "84px", "flex": "0 0 auto"}


def called(lever: Lever) -> str:
    """What a lever is called where it stands alone: its group, of the ladder its level, and its label.

    >>> from arsim.domain.policies import read_policy
    >>> known = {one.path: one for one in levers(read_policy("baseline"))}
    >>> called(known["team.collectors"]), called(known["dunning.1.channel"])
    ('Team: Collectors on duty', 'Dunning ladder, level 2: Channel')
    """
    group, between = group_title(group_of(lever.path)), "：" if words.language() == "zh" else ": "
    if lever.path.startswith("dunning."):
        level = words.say("Level {number}", number=int(lever.path.split(".")[1]) + 1)
        group = f"{group}{level}" if words.language() == "zh" else f"{group}, {level.lower()}"
        return group + between + title(lever)
    return group + between + whole_title(lever.path)


def differing(one: Policy, other: Policy) -> list[str]:
    """Levers of `one` that stand otherwise in `other` or are not there: the ladder's last, and of these when and how before the rest."""
    there = {lever.path: lever.default for lever in levers(other)}
    found = [lever.path for lever in levers(one) if there.get(lever.path, object()) != lever.default]
    of_ladder = lambda path: _LADDER.get(path.rpartition(".")[2], len(_LADDER)) if path.startswith("dunning.") else -1  # noqa: E731
    return sorted(found, key=of_ladder)


_LADDER = {"days": 0, "channel": 1}


def bounds(lever: Lever, *values: float) -> tuple[float, float]:
    """Bounds to begin with: the lever's own; of a wide range, and of a ladder's days, the part near `values`.

    >>> from arsim.domain.policies import read_policy
    >>> known = {one.path: one for one in levers(read_policy("baseline"))}
    >>> bounds(known["team.attempts"], 3), bounds(known["team.collectors"], 1), bounds(known["dunning.0.days"], 7)
    ((1.0, 10.0), (0.0, 20), (-7, 37))
    """
    if lever.path.startswith("dunning.") and lever.path.endswith(".days"):  # far from where it stands it is another level
        return max(lever.low, min(values) - AROUND[0]), min(lever.high, max(values) + AROUND[1])
    if not isinstance(lever.default, int) or lever.high - lever.low <= WIDE:
        return lever.low, lever.high
    near = max(NEAR, int(lever.high - lever.low) // PARTS)
    return min(lever.low, *values), int(min(lever.high, max(2 * max(values), lever.low + near)))


@dataclass(frozen=True)
class Row:
    """One lever chosen: what is shown, and the widgets that hold its bounds or choices."""

    lever: Lever
    box: widgets.Widget
    low: widgets.Text | None
    high: widgets.Text | None
    ticks: Mapping[str, widgets.Checkbox]

    @property
    def asked(self) -> str:
        """As the search takes it: the path with bounds or choices.

        Raises
        ------
        BadInput
            A bound is no number, or no choice is ticked.
        """
        if self.ticks:
            ticked = [name for name, tick in self.ticks.items() if tick.value]
            if len(ticked) < 2:
                raise BadInput(Problem("Fewer than two choices are ticked: nothing to search.", "Tick two or more, or take the lever out.",
                                       column=self.lever.path))  # fmt: skip
            return f"{self.lever.path}={','.join(ticked)}"
        whole = isinstance(self.lever.default, int)
        texts = [re.sub(r"[,，\s]", "", field.value) for field in (self.low, self.high)]
        for text in texts:
            try:
                (int if whole else float)(text)
            except ValueError:
                raise BadInput(Problem("This is not a whole number." if whole else "This is not a number.", "Write digits only, such as 6.",
                                       column=self.lever.path, value=text)) from None  # fmt: skip
        return f"{self.lever.path}={':'.join(texts)}"


class LeverChoice(widgets.VBox):
    """A list to find levers in, and the ones chosen. `asked` is what a search takes.

    Parameters
    ----------
    base : Policy
        Whose levers are offered.
    other : Policy
        What it is compared with: bounds reach over the values of both.
    """

    def __init__(self, base: Policy, other: Policy):
        say = words.say
        self.find = widgets.Text(placeholder=say("part of its name, such as call"), layout={"width": "210px"})
        groups = [(say("all groups"), ""), *((group_title(name), name) for name in GROUPS)]
        self.group = widgets.Dropdown(options=groups, layout={"width": "190px"})
        self._known = {lever.path: lever for lever in levers(base)}
        self._base, self._against = base, {lever.path: lever.default for lever in levers(other)}
        self.list = widgets.Select(options=self._named(), rows=9, layout={"width": "404px", "max_width": "100%"})
        self.add = widgets.Button(description=say("Search over this one →"), layout={"width": "auto"})
        self.add.add_class("arsim-add-lever")
        self.said = widgets.HTML()
        self.rows: dict[str, Row] = {}
        self._chosen = widgets.VBox()
        left = widgets.VBox([caption(say("All levers")), widgets.HBox([self.find, self.group]), self.list, self.add],
                            layout={"margin": "0 24px 0 0", "flex": "0 0 auto", "max_width": "100%"})  # fmt: skip
        head = caption(say("Searched over, from lowest to highest ({most} at the most)", most=MOST))
        right = widgets.VBox([head, self.said, self._chosen],
                             layout={"flex": "1 1 420px", "min_width": "0"})  # fmt: skip
        super().__init__([widgets.HBox([left, right], layout={"flex_flow": "row wrap"})])
        self.find.observe(lambda _: self._filter(), "value")
        self.group.observe(lambda _: self._filter(), "value")
        self.add.on_click(lambda _: self.list.value and self.take(self.list.value))

    def offer(self, base: Policy, other: Policy) -> None:
        """The levers of another `base`; those chosen stay if it has them."""
        before, self._known = self._known, {lever.path: lever for lever in levers(base)}
        self._base, self._against = base, {lever.path: lever.default for lever in levers(other)}
        if before.keys() == self._known.keys():
            return
        for path in [path for path in self.rows if path not in self._known]:
            self.drop(path)
        self._filter()

    def begin(self, paths: list[str]) -> None:
        """Choose the first of `paths`, where none is chosen yet."""
        for path in paths[:MOST] if not self.rows else ():
            self.take(path)
        if len(paths) > MOST:
            self.said.value = small(words.say("The two policies differ in {count} levers; these are the first {most}.", count=len(paths),
                                              most=MOST))  # fmt: skip

    def take(self, path: str) -> None:
        """Choose a lever."""
        if path in self.rows:
            return
        if len(self.rows) >= MOST:
            self.said.value = small(words.say("{most} levers at the most: take one out first. With more, a search that looks around "
                                              "properly takes too long.", most=MOST))  # fmt: skip
            return
        self.rows[path], self.said.value = self._row(self._known[path]), ""
        self._chosen.children = tuple(row.box for row in self.rows.values())

    def drop(self, path: str) -> None:
        """Take a lever out."""
        row, self.said.value = self.rows.pop(path), ""
        self._chosen.children = tuple(one.box for one in self.rows.values())
        close(row.box)

    @property
    def asked(self) -> list[str]:
        """The levers with their bounds, as `arsim.study.explore.explore` takes them.

        Raises
        ------
        BadInput
            None is chosen, or a bound is no number.
        """
        if not self.rows:
            raise BadInput(Problem("No lever is chosen.", "Choose one to six from the list, and press the button under it."))
        found, wrong = [], []
        for row in self.rows.values():
            try:
                found.append(row.asked)
            except BadInput as error:
                wrong += error.problems
        if wrong:
            raise BadInput(*wrong)
        return found

    def here(self, problem: Problem) -> Problem:
        """A problem of a lever, by what it is called here."""
        lever = self._known.get(problem.column or "")
        remedy = "Put the lower number first." if problem.what == "The lowest value is above the highest." else problem.remedy
        return replace(problem, column=called(lever), remedy=remedy) if lever else problem

    def _filter(self) -> None:
        self.list.options = self._named()

    def _named(self) -> list[tuple[str, str]]:
        """What is called so and stands in the group chosen: label and path, group by group."""
        wanted, group, order = self.find.value.strip().lower(), self.group.value, list(GROUPS)
        inside = [lever for lever in self._known.values() if group in ("", group_of(lever.path))]
        named = [(called(lever), lever.path) for lever in sorted(inside, key=lambda lever: order.index(group_of(lever.path)))]
        return [(name, path) for name, path in named if wanted in name.lower()]

    def _row(self, lever: Lever) -> Row:
        out = widgets.Button(description="✕", tooltip=words.say("Take this lever out"), layout={"width": "34px", "flex": "0 0 auto"})
        out.on_click(lambda _: self.drop(lever.path))
        unit = "" if lever.choices else words.say(lever.unit)
        told = words.say("{label} ({unit})", label=called(lever), unit=unit) if unit else called(lever)
        name = widgets.HTML(caption(told).value, layout={"flex": "1 1 160px", "min_width": "0"})
        low = high = None
        ticks: dict[str, widgets.Checkbox] = {}
        if lever.choices:
            auto = {"width": "auto", "margin": "0 10px 0 0"}
            told = {choice: words.say(CHOICES[choice]) if choice in CHOICES else choice for choice in lever.choices}
            ticks = {choice: widgets.Checkbox(self._can(lever.path, choice), indent=False, description=label, layout=auto)
                     for choice, label in told.items()}  # fmt: skip
            middle = widgets.HBox(list(ticks.values()), layout={"flex_flow": "row wrap", "flex": "1 1 220px", "min_width": "0"})
        else:
            low, high = (widgets.Text(f"{value:.10g}", layout=_BOX) for value in bounds(lever, lever.default, *self._other(lever)))
            middle = widgets.HBox([low, widgets.HTML("–"), high], layout={"align_items": "center", "flex": "0 0 auto"})
        box = widgets.HBox([name, middle, out], layout={"align_items": "center", "border_bottom": "1px solid #ddd", "padding": "2px 0"})
        box.add_class("arsim-chosen-" + lever.path.replace(".", "-").replace("_", "-"))
        return Row(lever, box, low, high, ticks)

    def _can(self, path: str, choice: str) -> bool:
        """Whether the policy can be so, all else as it is: the first level of a ladder, for one, cannot count from the level before."""
        try:
            self._base.replace({path: choice})
        except BadInput:
            return False
        return True

    def _other(self, lever: Lever) -> list[float]:
        return [self._against[lever.path]] if lever.path in self._against else []
