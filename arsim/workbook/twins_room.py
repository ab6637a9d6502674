"""A room in a notebook to look at single customers and invoices under two policies."""

from arsim.domain.policy import Policy
from arsim.report import words
from arsim.report.firm import Firm
from arsim.study.company import Company
from arsim.study.lives import lives
from arsim.workbook.movers_view import MoversView


class TwinsRoom:
    """Two policies with the same luck, and whose money moved.

    Parameters
    ----------
    first, second : Policy or str
    company : Company, optional
        The demo company if not given.
    days, number, seed : int
        Which replication of which luck.
    firm : Firm, optional
        How the company is shown.
    """

    def __init__(self, first: Policy | str, second: Policy | str, company: Company | None = None, days: int = 365, number: int = 0,
                 seed: int = 1, firm: Firm | None = None):  # fmt: skip
        self.both = lives([first, second], company, days, number, seed)
        self.view = MoversView(self.both, firm or Firm())

    def show(self) -> None:
        """Display the room."""
        from IPython.display import display

        bundle = self.view._repr_mimebundle_()
        bundle["text/plain"] = words.say("The movers appear here when the notebook is run.")  # all that stays in the file
        display(bundle, raw=True)
