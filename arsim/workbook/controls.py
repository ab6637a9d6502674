"""The levers of one policy as widgets: choose a policy, move its levers, keep the result."""

import html
from collections.abc import Callable, Iterator
from itertools import groupby

import ipywidgets as widgets
from annotated_types import MaxLen

from arsim.domain.policy import Level, Lever, Policy, build, group_of, levers
from arsim.domain.problem import BadInput
from arsim.report import words
from arsim.workbook.lever_widget import caption, close, control, row, title
from arsim.workbook.shelf import Shelf

MOST_LEVELS = next(limit.max_length for limit in Policy.model_fields["dunning"].metadata if isinstance(limit, MaxLen))
_FULL = {"width": "auto"}
GROUPS = {
    "team": "Team", "dunning": "Dunning ladder", "promise": "Promises to pay", "worklist": "Worklist", "credit": "Credit",
    "warning": "Early warning", "dispute": "Disputes", "discount": "Early-payment discount", "interest": "Late interest",
    "cash": "Short payments", "plan": "Instalment plans", "law": "Legal route", "write_off": "Write-off",
    "relations": "Sales and care", "tools": "Tools", "allowance": "Allowance in the books",
}  # fmt: skip  # in the order shown
# A group in which nothing acts while these levers stand so.
_ASLEEP = {
    "worklist": {"team.collectors": 0},
    "warning": {"warning.check": "never"},
    "dispute": {"dispute.desk": 0},
    "discount": {"discount.percent": 0.0},
    "interest": {"interest.rate": 0.0},
    "plan": {"plan.offer": "no"},
    "law": {"law.days": 0, "law.on_refusal": "no", "law.complaint_days": 0},
}

class PolicyPanel(widgets.VBox):
    """Choose a policy and move its levers; `policy` is the result, which can be saved as a file.

    Parameters
    ----------
    base : str
        The policy to begin with.
    changed : callable
        Called after every change.
    shelf : Shelf, optional
        Where policies come from and are saved.
    """

    def __init__(self, base: str, changed: Callable[[], None], shelf: Shelf | None = None):
        self._changed, self._shelf, self._base = changed, shelf or Shelf(), base
        self.policy = self.begun = self._shelf.read(base)
        self.levers = _Levers(self._open)
        self.choice = widgets.Dropdown(options=self._shelf.offered(base), value=base, layout=_FULL)
        self.reset = widgets.Button(description=words.say("Undo the changes to this policy"), layout={"width": "auto"})
        self.name = widgets.Text(placeholder=words.say("a name, such as my_policy"), layout={"width": "auto", "flex": "1 1 0"})
        self.save = widgets.Button(description=words.say("Save as file"), layout={"width": "auto", "flex": "0 0 auto"})
        self.said = widgets.HTML()
        self.said.add_class("arsim-said")
        self._groups = widgets.Accordion()
        saving = widgets.HBox([self.name, self.save], layout={"align_items": "center"})
        bounds = caption(words.say("Brackets show how far a number may go; one beyond that becomes the nearest one allowed."))
        super().__init__([self.said, caption(words.say("Begin with")), self.choice, self.reset, saving, self._groups, bounds])
        self.choice.observe(self._chosen, "value")
        self.reset.on_click(lambda _: self._put(self._base, self.begun, self.begun))
        self.save.on_click(lambda _: self._save())
        self._shelf.watch(self._offer)
        self._build()

    @property
    def base(self) -> str:
        """What was begun with: a built-in policy's name, or the name of a file of the user's."""
        return self._base

    @property
    def titled(self) -> Policy:
        """The policy, its title saying so if it is no longer the one begun with."""
        if self.policy == self.begun:
            return self.policy
        language = words.language()
        return self.policy.model_copy(update={"title": {language: words.say("{title} (changed)", title=self.policy.called(language))}})

    def show(self, base: str, policy: Policy | None = None) -> None:
        """Show `policy`, begun from `base`; without a policy, `base` as it is.

        Raises
        ------
        BadInput
            `base` is a file that is gone or wrong; nothing is changed.
        """
        begun = self._shelf.read(base)
        self._put(base, begun, policy or begun)

    def _put(self, base: str, begun: Policy, policy: Policy) -> None:
        if (base, begun, policy) == (self._base, self.begun, self.policy):
            return
        self._base, self.begun, self.policy = base, begun, policy
        if base.endswith(".toml"):
            self.name.value = base.removesuffix(".toml")
        self._offer()
        self._build()
        self._changed()

    def _chosen(self, change) -> None:
        try:
            self.show(change["new"])
        except BadInput as error:
            self._offer()  # what was begun with is chosen again
            self._explain(error)

    def _offer(self) -> None:
        """Bring the list up to date. Nothing is begun by that."""
        self.choice.unobserve(self._chosen, "value")
        offered = tuple(self._shelf.offered(self._base))
        if self.choice.options != offered:
            self.choice.options = offered
        self.choice.value = self._base
        self.choice.observe(self._chosen, "value")

    def _save(self) -> None:
        try:
            base = self._shelf.save(self.policy, self.name.value.strip().removesuffix(".toml"), self._base)
            self.show(base)
        except BadInput as error:
            self._explain(error)
            return
        path, command = (f"<code>{html.escape(text)}</code>" for text in (str(self._shelf.folder / base), self._shelf.command(base)))
        told = words.say("Saved: {path}", path=path), words.say("To compare it on the command line: {command}", command=command)
        self.said.value = "".join(f'<p class="arsim-saved">{line}</p>' for line in told)

    def open_all(self) -> None:
        """Make the widgets of every group, as opening each would."""
        for name in self._names:
            self._open(name)

    def _build(self) -> None:
        """Make the widgets of open groups anew where a lever stands otherwise; those before are closed, lest they pile up in the browser.

        A group gets its widgets when it is first opened: all at once they are thousands of messages, more than the way to the browser
        is sure to hold, and most groups are never looked into.
        """
        self._by_group: dict[str, list[Lever]] = {name: [] for name in GROUPS}
        for lever in sorted(levers(self.policy), key=lambda lever: "." in lever.path):  # what stands alone comes first in its group
            self._by_group.setdefault(group_of(lever.path), []).append(lever)
        if not self._groups.children:
            self._names = list(self._by_group)
            self._opened: set[str] = set()
            self._groups.children = [widgets.VBox() for _ in self._names]
            self._groups.titles = [group_title(name) for name in self._names]
            self.asleep = {name: widgets.HTML(layout={"display": "none"}) for name in _ASLEEP}
            self._groups.observe(lambda change: change["new"] is not None and self._open(self._names[change["new"]]), "selected_index")
            self._groups.selected_index = 0
        for name in self._opened:  # the boxes stay, and with them which one is open
            known = {path: control.value for path, control in self.levers.items() if group_of(path) == name}
            if known != {one.path: one.default for one in self._by_group[name]}:
                self._fill(name)
        self._state()

    def _open(self, name: str) -> None:
        if name not in self._opened:
            self._opened.add(name)
            self._fill(name)

    def _fill(self, name: str) -> None:
        for path in [path for path in self.levers if group_of(path) == name]:
            del self.levers[path]
        box, rows = self._groups.children[self._names.index(name)], self._ladder if name == "dunning" else self._rows
        old, note = box.children, [self.asleep[name]] if name in _ASLEEP else []
        box.children = [*note, *rows(self._by_group[name])]
        for one in old:
            if one not in note:
                close(one)

    def _rows(self, found: list[Lever]) -> Iterator[widgets.Widget]:
        for lever in found:
            holder = self.levers[lever.path] = control(lever)
            holder.observe(lambda change, path=lever.path: self._move(path, change["new"]), "value")
            yield row(lever, holder)

    def _ladder(self, found: list[Lever]) -> Iterator[widgets.Widget]:
        for number, level in groupby(found, lambda lever: int(lever.path.split(".")[1])):
            remove = widgets.Button(description=words.say("Remove level {number}", number=number + 1), layout={"width": "auto"})
            remove.on_click(lambda _, number=number: self._relevel(self.policy.dunning[:number] + self.policy.dunning[number + 1 :]))
            name = widgets.HTML(f"<b>{html.escape(words.say('Level {number}', number=number + 1))}</b>")
            head = widgets.HBox([name, remove], layout={"justify_content": "space-between"})
            yield widgets.VBox([head, *self._rows(list(level))], layout={"border_bottom": "1px solid #ccc", "margin": "0 0 6px 0"})
        add = widgets.Button(description=words.say("Add a level"), layout={"width": "auto"})
        last = self.policy.dunning[-1].days if self.policy.dunning else -8
        add.on_click(lambda _: self._relevel((*self.policy.dunning, Level(days=min(365, last + 15)))))
        if len(self.policy.dunning) >= MOST_LEVELS:
            add.disabled = True
            yield caption(words.say("A ladder has {most} levels at most.", most=MOST_LEVELS))
        yield add

    def _relevel(self, ladder: tuple[Level, ...]) -> None:
        try:
            policy = build(self.policy.model_dump() | {"dunning": [level.model_dump() for level in ladder]}, self.policy.name)
        except BadInput as error:
            self._explain(error)
            return
        self._put(self._base, self.begun, policy)

    def _move(self, path: str, value) -> None:
        try:
            self.policy = self.policy.replace({path: value})
        except BadInput as error:  # put the lever back where the policy still is
            self.levers[path].value = next(lever.default for lever in levers(self.policy) if lever.path == path)
            self._explain(error)
            return
        self._state()
        self._changed()

    def _state(self) -> None:
        self.said.value = ""
        self.reset.disabled = self.policy == self.begun
        now = {lever.path: lever for lever in levers(self.policy)}
        for name, standing in _ASLEEP.items():
            off = all(now[path].default == value for path, value in standing.items())
            keys = words.listed(title(now[path]) for path in standing)
            told = words.say("Nothing here acts as things stand; it begins with: {levers}.", levers=keys) if off else ""
            self.asleep[name].value = f'<div class="arsim-asleep">{html.escape(told)}</div>' if told else ""
            self.asleep[name].layout.display = None if off else "none"

    def _explain(self, error: BadInput) -> None:
        self.said.value = problems(error)


def group_title(name: str) -> str:
    """What a group of levers is called."""
    return words.say(GROUPS[name]) if name in GROUPS else name


class _Levers(dict[str, widgets.Widget]):
    """The widget of each lever that has one; asking for another opens its group."""

    def __init__(self, open_group: Callable[[str], None]):
        super().__init__()
        self._open_group = open_group

    def __missing__(self, path: str) -> widgets.Widget:
        self._open_group(group_of(path))
        if path not in self:
            raise KeyError(path)
        return self[path]


def problems(error: BadInput) -> str:
    """What is wrong, as a list to read."""
    told = "".join(f"<li>{html.escape(words.explain(problem))}</li>" for problem in error.problems)
    return f'<ul class="arsim-problems">{told}</ul>'
