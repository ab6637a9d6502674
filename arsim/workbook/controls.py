"""The levers of one policy as widgets. All they know of a lever is what it says of itself: path, label, unit, bounds, choices."""

import html
from collections.abc import Callable, Iterator
from itertools import groupby

import ipywidgets as widgets

from arsim.domain.policy import Level, Lever, Policy, build, levers
from arsim.domain.problem import BadInput
from arsim.report import words
from arsim.workbook.shelf import Shelf

WIDE = 500  # a slider over more than this is too coarse to drag: it gets the near part only, and a box for any number beside it
NEAR = 20
_FULL = {"width": "auto"}
_GROUPS = {"team": "Team", "dunning": "Dunning ladder", "credit": "Credit", "worklist": "Worklist", "": "Write-off"}  # in the order shown
# What choices are called; a new one shows its own name until it has an entry here.
_CHOICES = {
    "accept": "accept", "hold": "hold", "prepay": "ask for prepayment",
    "email": "e-mail", "sms": "text message", "letter": "letter", "call": "call", "visit": "visit", "lawyer_letter": "lawyer's letter",
    "due": "from the due date", "end_of_month": "from the due date, on to the month's end", "previous": "from the previous level",
}  # fmt: skip


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
        self.levers: dict[str, widgets.Widget] = {}
        self.choice = widgets.Dropdown(options=self._shelf.offered(base), value=base, layout=_FULL)
        self.reset = widgets.Button(description=words.say("Undo all changes"), layout={"width": "auto"})
        self.name = widgets.Text(placeholder=words.say("a name, such as my_policy"), layout={"width": "auto", "flex": "1 1 0"})
        self.save = widgets.Button(description=words.say("Save as file"), layout={"width": "auto", "flex": "0 0 auto"})
        self.said = widgets.HTML()
        self._groups = widgets.Accordion()
        row = widgets.HBox([self.name, self.save], layout={"align_items": "center"})
        super().__init__([caption(words.say("Begin with")), self.choice, self.reset, row, self.said, self._groups])
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

    def _build(self) -> None:
        """Make the levers' widgets anew; the ones before are closed, or they would pile up in the browser."""
        by_group = {"dunning": []} | {name: list(found) for name, found in groupby(levers(self.policy), _group)}
        if not self._groups.children:
            self._names = [name for name in _GROUPS if name in by_group] + [name for name in by_group if name not in _GROUPS]
            self._groups.children = [widgets.VBox() for _ in self._names]
            self._groups.titles = [words.say(_GROUPS[name]) if name in _GROUPS else name for name in self._names]
            self._groups.selected_index = 0
        self.levers = {}
        for name, box in zip(self._names, self._groups.children, strict=True):  # the boxes stay, and with them which one is open
            old, rows = box.children, self._ladder if name == "dunning" else self._rows
            box.children = list(rows(by_group[name]))
            for row in old:
                close(row)
        self._state()

    def _rows(self, found: list[Lever]) -> Iterator[widgets.Widget]:
        for lever in found:
            control = self.levers[lever.path] = _control(lever)
            control.observe(lambda change, path=lever.path: self._move(path, change["new"]), "value")
            wide = isinstance(control, widgets.BoundedIntText)
            shown = widgets.HBox([_near_slider(lever, control), control]) if wide else control
            shown.add_class("arsim-lever-" + lever.path.replace(".", "-").replace("_", "-"))
            yield widgets.VBox([caption(_label(lever)), shown], layout={"margin": "0 0 4px 0"})

    def _ladder(self, found: list[Lever]) -> Iterator[widgets.Widget]:
        for number, level in groupby(found, lambda lever: int(lever.path.split(".")[1])):
            remove = widgets.Button(description=words.say("Remove level {number}", number=number + 1), layout={"width": "auto"})
            remove.on_click(lambda _, number=number: self._relevel(self.policy.dunning[:number] + self.policy.dunning[number + 1 :]))
            title = widgets.HTML(f"<b>{html.escape(words.say('Level {number}', number=number + 1))}</b>")
            head = widgets.HBox([title, remove], layout={"justify_content": "space-between"})
            yield widgets.VBox([head, *self._rows(list(level))], layout={"border_bottom": "1px solid #ccc", "margin": "0 0 6px 0"})
        add = widgets.Button(description=words.say("Add a level"), layout={"width": "auto"})
        last = self.policy.dunning[-1].days if self.policy.dunning else -8
        add.on_click(lambda _: self._relevel((*self.policy.dunning, Level(days=min(365, last + 15)))))
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

    def _explain(self, error: BadInput) -> None:
        self.said.value = problems(error)


def problems(error: BadInput) -> str:
    """What is wrong, as a list to read."""
    told = "".join(f"<li>{html.escape(words.explain(problem))}</li>" for problem in error.problems)
    return f'<ul class="arsim-problems">{told}</ul>'


def _group(lever: Lever) -> str:
    return lever.path.split(".")[0] if "." in lever.path else ""


def _control(lever: Lever) -> widgets.Widget:
    if lever.choices:
        options = [(words.say(_CHOICES[name]) if name in _CHOICES else name, name) for name in lever.choices]
        return widgets.Dropdown(options=options, value=lever.default, layout=_FULL, tooltip=words.pick(lever.label))
    facts = {"min": lever.low, "max": lever.high, "layout": _FULL, "tooltip": words.pick(lever.label)}
    if isinstance(lever.default, int) and lever.high - lever.low > WIDE:
        return widgets.BoundedIntText(**facts | {"value": lever.default, "layout": {"width": "80px", "flex": "0 0 auto"}})
    if isinstance(lever.default, int):
        return widgets.IntSlider(lever.default, **facts)
    return widgets.FloatSlider(lever.default, step=0.05, readout_format=".2f", **facts)


def _near_slider(lever: Lever, box: widgets.BoundedIntText) -> widgets.IntSlider:
    """A slider over the part of a wide range that is near the value; it follows the box wherever that goes."""
    reach = lambda value: int(min(lever.high, max(2 * value, lever.low + NEAR)))  # noqa: E731
    slider = widgets.IntSlider(lever.default, lever.low, reach(lever.default), readout=False, layout={"flex": "1 1 auto", "width": "auto"})

    def follow(change):
        if change["new"] >= slider.max:
            slider.max = reach(change["new"])
        slider.value = change["new"]

    box.observe(follow, "value")
    slider.observe(lambda change: setattr(box, "value", change["new"]), "value")
    return slider


def _label(lever: Lever) -> str:
    """Label and unit. Where the choices are listed below, the label need not list them as well."""
    label = words.pick(lever.label)
    if lever.choices:
        return label.replace("：", ":").split(":")[0]
    unit = words.say(lever.unit)
    return f"{label}（{unit}）" if words.language() == "zh" else f"{label} ({unit})"


def caption(text: str) -> widgets.HTML:
    """What stands above a control."""
    return widgets.HTML(f'<div class="arsim-caption">{html.escape(text)}</div>')


def close(widget: widgets.Widget) -> None:
    """Close `widget` and all inside it."""
    for child in getattr(widget, "children", ()):
        close(child)
    widget.close()
