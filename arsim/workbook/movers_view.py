"""Whose money moved between two policies: pick from the movers or type a name, and see both lives side by side."""

import html

import ipywidgets as widgets

from arsim.domain.problem import BadInput
from arsim.report import lives as told
from arsim.report import lives_picture, words
from arsim.report.firm import Firm
from arsim.study.lives import Lives

TOP = 15  # customers, and as many invoices, offered in the list


class MoversView(widgets.VBox):
    """A list of the biggest movers, a field for a name, and what is looked at.

    Parameters
    ----------
    both : Lives
    firm : Firm
    """

    def __init__(self, both: Lives, firm: Firm):
        say, self.both, self.firm = words.say, both, firm
        options = [(say("all: what moved in total"), ("all", 0))]
        options += [(self._named("customer", who), ("customer", who)) for who in both.customers.order(TOP).tolist()]
        options += [(self._named("invoice", which), ("invoice", which)) for which in both.invoices.order(TOP).tolist()]
        self.movers = widgets.Dropdown(options=options, layout={"width": "100%", "max_width": "560px"})
        self.name = widgets.Text(placeholder=say("or type a customer or an invoice, then Enter"), continuous_update=False,
                                 layout={"width": "100%", "max_width": "560px"})  # fmt: skip
        self.said = widgets.HTML()
        self.drawn = widgets.Image(format="png", layout={"width": "100%", "max_width": f"{lives_picture.WIDTH}px", "display": "none"})
        self.table = widgets.HTML(layout={"max_height": "480px", "overflow": "auto"})
        for name in ("movers", "name", "said", "table"):
            getattr(self, name).add_class(f"arsim-lives-{name}")
        super().__init__([self.movers, self.name, self.said, self.drawn, self.table])
        self.movers.observe(lambda _: self.look(*self.movers.value), "value")
        self.name.observe(lambda _: self._typed(self.name.value.strip()), "value")
        self.look("all", 0)

    def look(self, kind: str, which: int) -> None:
        """Show one customer, one invoice or all."""
        if kind == "all":
            self._tell(told.same(self.both))
            totals = told.total_rows(self.both, self.firm.currency)
            self.table.value = told.as_html(totals, (1, 2, 3)) + told.as_html(told.customer_rows(self.both, TOP), range(1, 7))
            invoices = []
        else:
            self._tell(told.heading(self.both, **{kind: which}), told.parting(self.both, **{kind: which}))
            self.table.value = told.as_html(told.life_rows(self.both, **{kind: which})) + f"<p>{html.escape(told.legend())}</p>"
            invoices = [which] if kind == "invoice" else lives_picture.shown(self.both, which)
        if invoices:
            self.drawn.value = lives_picture.picture(self.both, invoices)
        self.drawn.layout.display = None if invoices else "none"

    def _named(self, kind: str, which: int) -> str:
        moved = (self.both.customers if kind == "customer" else self.both.invoices).worth[which]
        return f"{told.heading(self.both, **{kind: which})} ({told.money(moved, sign=True)})"

    def _typed(self, name: str) -> None:
        if not name:
            return
        problems = []
        for kind, find in (("customer", self.both.customer), ("invoice", self.both.invoice)):
            try:
                which = find(name)
            except BadInput as error:
                problems += error.problems
            else:
                self.look(kind, which)
                return
        self._tell(*(words.explain(problem) for problem in problems))

    def _tell(self, *texts: str) -> None:
        self.said.value = "".join(f"<p>{html.escape(text)}</p>" for text in texts)
