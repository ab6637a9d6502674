"""The company as the reader knows it: what it is called, and in what currency its money is."""

import os
from dataclasses import dataclass

from arsim.domain.ledger import Ledger
from arsim.report import words
from arsim.study.company import Company
from arsim.study.company_file import read_company

HOME = "CNY"  # the currency of every price in data/behaviour.toml


@dataclass(frozen=True)
class Firm:
    """Name and currency of a company; without a name, the demo company.

    >>> Firm().called
    'Demo company'
    """

    name: str | None = None
    currency: str = HOME

    @classmethod
    def of(cls, ledger: Ledger) -> "Firm":
        """The company behind a ledger goes by the ledger's name."""
        return cls(ledger.source, ledger.currency)

    @classmethod
    def saved(cls, path: str | os.PathLike) -> tuple[Company, "Firm"]:
        """The company saved in the file `path`, and how it is shown; refused as by `read_company`."""
        company, currency = read_company(path)
        return company, cls(company.population.name, currency)

    @property
    def called(self) -> str:
        """The name in the language in use."""
        return self.name or words.say("Demo company")

    @property
    def heading(self) -> str:
        """A line to stand above an answer."""
        return words.say("Company: {name}", name=self.called)

    @property
    def warning(self) -> str:
        """That prices are in another currency than the ledger; empty where they are not."""
        if self.currency == HOME:
            return ""
        return words.say(
            "The ledger is in {currency}, but wages, costs of contacts and other prices (data/behaviour.toml) are in CNY and are counted "
            "as if they were {currency}. Do not trust net value and costs before the ledger's amounts are converted to CNY.",
            currency=self.currency,
        )
