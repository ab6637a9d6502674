"""The lab's answer on the screen: progress, picture, headline, table, and what it rests on."""

import base64
import html
from pathlib import Path

import ipywidgets as widgets

from arsim.model.scenario import BASE, Scenario
from arsim.report import plots, preparing, sure, table, words
from arsim.report.firm import Firm
from arsim.report.lives import as_html
from arsim.study.company import Company
from arsim.study.comparison import Comparison
from arsim.workbook import basis
from arsim.workbook.trial import B

# A blank in the picture's proportions, so that nothing jumps when the first one comes.
_NOTHING = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAABEAAAANCAQAAADlcE2RAAAAE0lEQVR42mP8z0AIMDGMKhnsSgDdKwEZnsqJLgAAAABJRU5ErkJggg==")


class Answer:
    """The widgets of an answer, set piece by piece as it grows. `picture` stands beside the levers, `below` underneath."""

    def __init__(self):
        self.bar = widgets.FloatProgress(min=0, max=1, layout={"width": "150px"})
        self.status = widgets.HTML()
        self.stop = widgets.Button(description=words.say("Stop"), disabled=True, layout={"width": "auto"})
        size = {"width": "100%", "max_width": f"{plots.WIDTH}px", "height": "auto"}
        self.picture = widgets.Image(value=_NOTHING, format="png", layout=size)
        self.headline, self.table, self.basis = widgets.HTML(), widgets.HTML(), widgets.HTML()
        self.picture.add_class("arsim-figure")
        self.preparing = widgets.HTML()
        for name in ("status", "preparing", "headline", "table", "basis"):
            getattr(self, name).add_class(f"arsim-{name}")
        progress = widgets.HBox([self.bar, self.status, self.stop], layout={"align_items": "center", "min_height": "34px"})
        room = {"flex": "1 1 420px", "min_width": "0", "overflow": "hidden"}
        self.beside = widgets.VBox([progress, self.preparing, self.picture], layout=room)
        self.below = widgets.VBox([self.headline, self.table, self.basis])

    def beside_intervals(self, panel: widgets.Widget) -> None:
        """Let `panel` stand between the headline, which tells the intervals, and the table."""
        self.below.children = (self.headline, panel, self.table, self.basis)

    def tell(self, text: str, share: float) -> None:
        """How far the work is."""
        self.status.value, self.bar.value = html.escape(text), share

    def prepares(self, going_on: bool, log: Path | None) -> None:
        """Whether the fast engine is still being prepared, or cannot be; as for `arsim.report.preparing.told`."""
        told = preparing.told(going_on, log)
        self.preparing.value = f'<p class="arsim-small">{html.escape(told)}</p>' if told else ""

    def draw(self, found: Comparison, company: Company, firm: Firm) -> None:
        """Show `found`: the picture first, since it is what the eye waits for."""
        self.picture.value = plots.picture(found, company.population.start, "A", firm.currency)
        first, *rest = table.headline(found, B, firm).splitlines()
        self.headline.value = f"<p>{html.escape(firm.heading)}</p>{_list(first, rest)}{_sure(found, firm)}"
        self.table.value = table.as_html(found, B, firm)

    def rests(self, found: Comparison | None, without: Comparison | None, company: Company, firm: Firm, scenario: Scenario = BASE) -> None:
        """Show what the answer rests on."""
        self.basis.value = _list(words.say("What rests on assumption"), basis.lines(found, without, company, firm, scenario))


def _sure(found: Comparison, firm: Firm) -> str:
    """Why the replications ended, where that was left to the intervals: as the command says it."""
    if not found.stop:
        return ""
    first, *rest = sure.why(found)
    made = sure.rows(found, firm)
    care = [told] if (told := sure.doubtful(found)) else []
    lines = "".join(f"<p>{html.escape(line)}</p>" for line in [*rest, *care])
    return f'<div class="arsim-sure"><p><b>{html.escape(first)}</b></p>{lines}{as_html(made, range(2, len(made[0])))}</div>'


def _list(title: str, lines: list[str]) -> str:
    items = "".join(f"<li>{html.escape(line.strip())}</li>" for line in lines)
    return f"<p><b>{html.escape(title)}</b></p><ul>{items}</ul>"
