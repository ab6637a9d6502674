"""What a search must keep to: cost, headcount, contact cap, each at most so much, or nothing."""

import ipywidgets as widgets

from arsim.domain.problem import BadInput, Problem
from arsim.report import words
from arsim.report.explore import limit_label
from arsim.study.aim import Limit, limit
from arsim.workbook.lever_widget import caption

KEYS = ("collection_cost", "headcount", "contact_cap")


class Limits(widgets.HBox):
    """A field for each; empty: no limit."""

    def __init__(self, currency: str):
        self.fields = {key: widgets.Text(placeholder=words.say("no limit"), layout={"width": "130px"}) for key in KEYS}
        rows = []
        for key, field in self.fields.items():
            label = words.say("{label} at most", label=limit_label(Limit(key, 1, 0.0)))
            label = f"{label} ({currency})" if key == "collection_cost" else label
            rows.append(widgets.VBox([caption(label), field], layout={"margin": "0 16px 0 0"}))
        super().__init__(rows, layout={"flex_flow": "row wrap"})

    @property
    def asked(self) -> list[Limit]:
        """The limits that are set.

        Raises
        ------
        BadInput
            One is no number, or below 0.
        """
        found, wrong = [], []
        for key, field in self.fields.items():
            text = field.value.strip().replace("，", ",")
            if not text:
                continue
            try:
                made = limit(f"{key}={text}", 1)
            except BadInput:
                made = None
            if made is None or not 0 <= made.bound < float("inf"):
                wrong.append(Problem("A limit is a number from 0 on.", "Write digits only, such as 400000, or leave the field empty.",
                                     column=limit_label(Limit(key, 1, 0.0)), value=text))  # fmt: skip
            else:
                found.append(made)
        if wrong:
            raise BadInput(*wrong)
        return found
