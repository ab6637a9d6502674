"""How one method of foretelling fared, and what came, in the same figures."""

from dataclasses import dataclass

import numpy as np

from arsim.study import scored
from arsim.study.crps import crps
from arsim.study.facts import Invoices
from arsim.study.forecast import Forecast
from arsim.study.scored import Span


@dataclass(frozen=True, eq=False)
class Method:
    """How one method fared.

    Parameters
    ----------
    crps : float
        Mean score of days late of the invoices issued after the split, in days.
    cash : ndarray of float, shape (weeks,)
        Expected cash by week, fen.
    late : float
        Share of the invoices paid after the due date.
    quantiles : tuple of float
        Days late within which 50, 90 and 95 % of the invoices are paid.
    dso, overdue : ndarray of float, shape (month-ends,)
        Days (balance ÷ sales of 90 days × 90), and share of the balance.
    ageing : ndarray of float, shape (month-ends, 5)
        Share of the balance by days past due: not due, 1–30, 31–60, 61–90, more.
    """

    crps: float
    cash: np.ndarray
    late: float
    quantiles: tuple[float, ...]
    dso: np.ndarray
    overdue: np.ndarray
    ageing: np.ndarray


def told(forecast: Forecast, book: Invoices, cash: np.ndarray, standing: tuple[np.ndarray, np.ndarray], ends: np.ndarray) -> Method:
    """Figures of a forecast.

    Parameters
    ----------
    forecast : Forecast
        Of the invoices issued after the split: these are scored one by one.
    book : Invoices
        With what came of them.
    cash : ndarray of float, shape (weeks,)
        Foretold, fen.
    standing : tuple of ndarray of float, shapes (month-ends,) and (month-ends, 5)
        Balance and its ageing foretold, fen.
    ends : ndarray of int, shape (month-ends,)
        Days.

    Returns
    -------
    Method
    """
    paid = book.paid[forecast.which]
    came = np.where(paid >= 0, paid - forecast.start, forecast.chance.shape[1])
    score = float(crps(forecast.chance, came, book.last - forecast.start).mean())
    return _figures(score, cash, scored.lateness(forecast, book), *standing, book, ends)


def happened(book: Invoices, span: Span) -> Method:
    """Figures of what came in `span`, in the same shapes."""
    which = np.flatnonzero((book.issued <= span.last) & ((book.paid < 0) | (book.paid >= span.first)))
    ends = np.array(span.month_ends, int)
    late = scored.observed_lateness(book, which[book.issued[which] >= span.first])
    return _figures(0.0, scored.received(book, span), late, *scored.truly(book, which, ends), book, ends)


def _figures(score, cash, curve, balance, aged, book, ends):
    return Method(
        crps=score, cash=cash, late=float(1 - curve[-scored.LOW]),
        quantiles=tuple(scored.quantile(curve, share) for share in scored.QUANTILES),
        dso=balance / scored.sales(book, ends) * scored.DSO_DAYS, overdue=aged[:, 1:].sum(1) / balance, ageing=aged / balance[:, None],
    )  # fmt: skip
