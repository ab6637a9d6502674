"""A ledger file → a `Ledger`, or everything that is wrong with it: never something half read unless that is asked for."""

import os
from collections.abc import Sequence
from datetime import date

from arsim.domain.intake import How, take_in
from arsim.domain.ledger import Ledger
from arsim.domain.problem import BadInput
from arsim.domain.tables import shortened


def read_ledger(
    path: str | os.PathLike | Sequence[str | os.PathLike], *, date_order: str | None = None, encoding: str | None = None,
    as_of: date | None = None, decimal: str | None = None, currency: str | None = None, company: str | None = None, skip: bool = False,
) -> Ledger:  # fmt: skip
    """Read invoices from a CSV or XLSX file.

    Parameters
    ----------
    path : path, or several
        .csv, .txt, .tsv (comma, semicolon, bar or tab), .xlsx, .xlsm or .xls; the first sheet with a header we recognise. Several files
        are one ledger: its open items and its closed ones, say.
    date_order, encoding, as_of, decimal, currency, company : optional
        As in `How`.
    skip : bool
        Leave out the rows that have faults and use the rest. Rows that are no invoices (totals, remarks, exact repetitions, payments
        and credit notes) are never loaded as such; `arsim.domain.intake.take_in` says what became of each.

    Returns
    -------
    Ledger

    Raises
    ------
    BadInput
        With every problem found (the first 200), each with row, column, value and remedy. Nothing is loaded then.
    """
    intake = take_in(path, How(date_order, encoding, as_of, decimal, currency, company))
    faults = intake.faults()
    if faults and (not skip or not len(intake.ledger)):
        raise BadInput(*shortened(faults, faults[0].file))
    if not len(intake.ledger):
        raise BadInput(*shortened([finding.problem for finding in intake.findings], intake.ledger.source))
    return intake.ledger
