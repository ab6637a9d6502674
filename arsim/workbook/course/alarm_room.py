"""An alarm to try: how rare trouble is, how good the alarm is, and what then becomes of a thousand customers."""

import html

import ipywidgets as widgets

from arsim.report import alarm_plot, words
from arsim.report.calc.alarm import alarm
from arsim.workbook.course.lesson import show
from arsim.workbook.lever_widget import caption

CUSTOMERS = 1000


class AlarmRoom:
    """Three sliders and a thousand dots.

    Parameters
    ----------
    failing, hit, clear : float
        Where the sliders begin, shares.
    """

    def __init__(self, failing: float = 0.05, hit: float = 0.95, clear: float = 0.95):
        say = words.say
        wide = {"width": "300px"}
        self.sliders = {
            "failing": widgets.FloatSlider(100 * failing, min=0.5, max=50, step=0.5, readout_format=".1f", layout=wide),
            "hit": widgets.FloatSlider(100 * hit, min=0, max=100, step=1, readout_format=".0f", layout=wide),
            "clear": widgets.FloatSlider(100 * clear, min=0, max=100, step=1, readout_format=".0f", layout=wide),
        }
        labels = (say("Customers that get into trouble within the year, %"), say("Of these, warned of in time, %"),
                  say("Of the others, left alone, %"))  # fmt: skip
        self.image, self.said = widgets.Image(format="png", layout={"max_width": "680px", "width": "100%"}), widgets.HTML()
        left = [part for text, slider in zip(labels, self.sliders.values(), strict=True) for part in (caption(text), slider)]
        self.box = widgets.VBox([widgets.VBox(left), self.image, self.said])
        for slider in self.sliders.values():
            slider.observe(lambda _: self._draw(), "value")
        self._draw()

    @property
    def shares(self) -> tuple[float, float, float]:
        """What the sliders say: failing, hit, clear."""
        return tuple(slider.value / 100 for slider in self.sliders.values())

    def show(self) -> None:
        """Display it."""
        show(self.box)

    def _draw(self) -> None:
        self.image.value = alarm_plot.picture(*self.shares)
        self.said.value = f"<pre style='font-size:12px'>{html.escape(alarm(CUSTOMERS, *self.shares).text())}</pre>"
