"""What a search found: the front as picture and tables, what fresh luck took away, and a button that takes a point of it."""

import html
from collections.abc import Callable

import ipywidgets as widgets

from arsim.report import explore, explore_plots, words
from arsim.report.firm import Firm
from arsim.report.lives import as_html
from arsim.study.exploration import Exploration
from arsim.workbook.meeting.lever_choice import called
from arsim.workbook.meeting.work import text


class FrontView(widgets.VBox):
    """The front of a search.

    Parameters
    ----------
    found : Exploration
    firm : Firm
    take : callable
        Told the place of the policy, from 0, when the button is pressed.
    """

    def __init__(self, found: Exploration, firm: Firm, take: Callable[[int], None]):
        self.found, say = found, words.say
        size = {"width": "100%", "max_width": f"{explore_plots.WIDTH}px"}
        pairs, levers = (widgets.Image(value=drawn, format="png", layout=size)
                         for drawn in (explore_plots.pairs(found, firm), explore_plots.parallel(found)))  # fmt: skip
        pairs.add_class("arsim-front")
        options = [(policy.called(words.language()), place) for place, policy in enumerate(found.policies)]
        self.choice = widgets.Dropdown(options=options, layout={"width": "160px"})
        self.take = widgets.Button(description=say("Take as policy B"), button_style="success", layout={"width": "auto"})
        self.take.add_class("arsim-take")
        self.taken = widgets.HTML()
        self.take.on_click(lambda _: take(self.choice.value))
        row = widgets.HBox([self.choice, self.take, self.taken], layout={"align_items": "center", "flex_flow": "row wrap"})
        front, moved = explore.front_rows(found, firm), explore.lever_rows(found, called)
        lines = [[cell.replace(" [", "\n[") for cell in row] for row in front]  # an interval under its mean
        self.table = widgets.HTML(as_html(lines, range(1, len(front[0]))))
        self.table.add_class("arsim-front-table")
        luck = explore.luck_lines(found, firm)
        curse = widgets.HTML(f"<p><b>{html.escape(luck[0])}</b></p>" + _list(luck[1:]) + _list(explore.limit_lines(found)))
        curse.add_class("arsim-curse")
        super().__init__([
            text(*explore.head(found).splitlines()), pairs, self.table, text(*explore.notes(found)), row,
            widgets.HTML(as_html(moved, range(1, len(moved[0])))), levers, curse,
        ])  # fmt: skip


def _list(lines: list[str]) -> str:
    items = "".join(f"<li>{html.escape(line.strip())}</li>" for line in lines)
    return f"<ul>{items}</ul>" if items else ""
