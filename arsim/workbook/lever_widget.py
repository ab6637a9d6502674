"""One lever as a widget. All it knows of the lever is what that says of itself: path, label, unit, bounds, choices."""

import html

import ipywidgets as widgets

from arsim.domain.policy import Lever
from arsim.report import words
from arsim.report.lever import CHOICES, title

WIDE = 500  # a slider over more than this is too coarse to drag: it gets the near part only, and a box for any number beside it
NEAR, PARTS = 20, 1000  # … NEAR at least, and of very wide ranges, such as amounts, one in PARTS


def row(lever: Lever, holder: widgets.Widget) -> widgets.VBox:
    """The lever as shown: its caption, and `holder` with a slider beside it where its range is too wide for one alone."""
    shown = widgets.HBox([near_slider(lever, holder), holder]) if isinstance(holder, widgets.BoundedIntText) else holder
    shown.add_class("arsim-lever-" + lever.path.replace(".", "-").replace("_", "-"))
    return widgets.VBox([caption(label(lever)), shown], layout={"margin": "0 0 4px 0"})


def control(lever: Lever) -> widgets.Widget:
    """The widget that holds the lever's value."""
    if lever.choices:
        options = [(words.say(CHOICES[name]) if name in CHOICES else name, name) for name in lever.choices]
        return widgets.Dropdown(options=options, value=lever.default, layout={"width": "auto"}, tooltip=words.pick(lever.label))
    facts = {"min": lever.low, "max": lever.high, "layout": {"width": "auto"}, "tooltip": words.pick(lever.label)}
    if isinstance(lever.default, int) and lever.high - lever.low > WIDE:
        width = "80px" if lever.high < 100_000 else "120px"
        return widgets.BoundedIntText(**facts | {"value": lever.default, "layout": {"width": width, "flex": "0 0 auto"}})
    if isinstance(lever.default, int):
        return widgets.IntSlider(lever.default, **facts)
    return widgets.FloatSlider(lever.default, step=0.05 if lever.high > 1 else 0.01, readout_format=".2f", **facts)


def near_slider(lever: Lever, box: widgets.BoundedIntText) -> widgets.IntSlider:
    """A slider over the part of a wide range that is near the value; it follows the box wherever that goes."""
    near = max(NEAR, int(lever.high - lever.low) // PARTS)
    reach = lambda value: int(min(lever.high, max(2 * value, lever.low + near)))  # noqa: E731
    layout, step = {"flex": "1 1 auto", "width": "auto"}, max(1, near // 100)
    slider = widgets.IntSlider(lever.default, lever.low, reach(lever.default), step=step, readout=False, layout=layout)

    def follow(change):
        if change["new"] >= slider.max:
            slider.max = reach(change["new"])
        slider.value = change["new"]

    box.observe(follow, "value")
    slider.observe(lambda change: setattr(box, "value", change["new"]), "value")
    return slider


def label(lever: Lever) -> str:
    """Label and unit. Where the choices are listed below, the label need not list them as well."""
    text = words.pick(lever.label)
    if lever.choices:
        return title(lever)
    says = words.say("{unit}, {low} to {high}", unit=words.say(lever.unit), low=_bound(lever.low), high=_bound(lever.high))
    return f"{text}（{says}）" if words.language() == "zh" else f"{text} ({says})"


def _bound(limit: float) -> str:
    return f"{limit:g}".replace("-", "−")


def caption(text: str) -> widgets.HTML:
    """What stands above a control."""
    return widgets.HTML(f'<div class="arsim-caption">{html.escape(text)}</div>')


def close(widget: widgets.Widget) -> None:
    """Close `widget` and all inside it."""
    for child in getattr(widget, "children", ()):
        close(child)
    widget.close()
