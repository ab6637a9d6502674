"""A filled-in rollout sheet, or a later ledger beside it, set against the forecast: read, judged and told."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np

from arsim.domain.ledger import Ledger
from arsim.domain.problem import BadInput, Problem
from arsim.report import rollout, rollout_sheet, words
from arsim.report.rollout_sheet import Sheet
from arsim.study.trial_figures import orders, recorded
from arsim.study.trial_reading import Reading, Results, read_trial


@dataclass(frozen=True, eq=False)
class Read:
    """A sheet, the last day that counts, and what the results say."""

    sheet: Sheet
    until: date
    found: Reading

    @property
    def heading(self) -> str:
        """Which trial, and how far it is."""
        sheet = self.sheet
        first, second = sheet.policies
        return words.say("{second} (B) against {first} (A), from {start} to {until}; the trial ends on {end}.", first=first, second=second,
                         start=sheet.start.isoformat(), until=self.until.isoformat(), end=sheet.end.isoformat())  # fmt: skip

    @property
    def text(self) -> str:
        """What the results say, and the forecast."""
        return rollout.reading_text(self.found, self.sheet.figure)


def read(path: Path, ledger: Ledger | None = None) -> Read:
    """Read the sheet at `path` and set its results against the forecast.

    Parameters
    ----------
    path : Path
        Of a workbook that `arsim.report.rollout_sheet.write` wrote.
    ledger : Ledger, optional
        A later ledger, from which the results are worked out instead.

    Raises
    ------
    BadInput
        The sheet or the ledger does not fit.
    """
    sheet = rollout_sheet.read(path, filled=ledger is None)
    values, ordered, until = (sheet.values, sheet.orders, sheet.until) if ledger is None else _from_ledger(ledger, sheet)
    results = Results(sheet.arms, sheet.units, sheet.strata, sheet.before, values, ordered, sheet.complaints, sheet.elapsed(until))
    return Read(sheet, until, read_trial(results, sheet.figure.direction, sheet.looks, sheet.forecast, sheet.seed))


def _from_ledger(ledger: Ledger, sheet: Sheet) -> tuple[np.ndarray, np.ndarray, date]:
    """Figure and orders of each customer from a later ledger, and its last day within the trial."""
    until = min(ledger.as_of, sheet.end)
    if until <= sheet.start:
        raise BadInput(Problem("The ledger ends before the trial begins.", "Give one that was drawn up later.", file=ledger.source,
                               value=ledger.as_of.isoformat()))  # fmt: skip
    if not set(ledger.customer) & set(sheet.ids):
        raise BadInput(Problem("None of the plan's customers is in this ledger.", "Give a ledger with the same customer names; after "
                               "`arsim ledger anonymise`, with the same pseudonyms.", file=ledger.source))  # fmt: skip
    records, last = recorded(ledger, sheet.ids, sheet.start), (until - sheet.start).days
    return sheet.figure.of(records, 0, last), orders(records, sheet.usual, 0, last), until
