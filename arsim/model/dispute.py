"""What disputes are about: cause, contested share, whether the customer is right, when it complains. Dealt before any policy acts."""

from dataclasses import dataclass

import numpy as np

from arsim.model import exact
from arsim.model.behaviour import Behaviour
from arsim.model.fast import numbers
from arsim.model.luck import Purpose, address

CAUSES = ("price", "quality", "delivery", "paperwork")  # owners: sales, quality, logistics, finance


def contested_part(balance: int, share: float) -> int:
    """Fen under dispute: `share` of what is open, a fen at least.

    >>> contested_part(1000, 0.25), contested_part(1, 0.25)
    (250, 1)
    """
    return max(1, int(balance * share))


def answered_after(today: int, response_days: int, fastest: float, slowest: float, luck: float) -> float:
    """Working day on which the owner answers: between `fastest` and `slowest` times the days it is given.

    >>> answered_after(10, 10, 0.5, 1.5, 0.5)
    20.0
    """
    return today + response_days * (fastest + (slowest - fastest) * luck)


@dataclass(frozen=True, eq=False)
class Disputes:
    """The disputed invoices of a world, as columns of shape (disputed invoices,).

    Parameters
    ----------
    place : dict of int to int
        Invoice → place in the columns.
    cause : ndarray of int
        Code in `CAUSES`.
    contested : ndarray of float
        Share of the invoice that is disputed.
    justified : ndarray of bool
        The customer is right: a credit note is due.
    complains : ndarray of int
        Days after the due date on which the customer complains of its own accord.
    """

    place: dict[int, int]
    cause: np.ndarray
    contested: np.ndarray
    justified: np.ndarray
    complains: np.ndarray


def deal_disputes(
    behaviour: Behaviour, seed: int, replication: int, disputed: np.ndarray, customer: np.ndarray, ordinal: np.ndarray
) -> Disputes:
    """The disputes among invoices at addresses (customer, ordinal)."""
    which = np.flatnonzero(disputed)
    who, step = customer[which], ordinal[which]

    def luck(purpose):
        return numbers(address(seed, replication, purpose), who, step)

    share = np.cumsum([behaviour[f"dispute.share_{cause}"] for cause in CAUSES])
    cause = np.minimum(np.searchsorted(share / share[-1], luck(Purpose.CAUSE)), len(CAUSES) - 1)
    right = np.array([behaviour[f"dispute.justified_{cause}"] for cause in CAUSES])
    low, high = behaviour["dispute.contested_low"], behaviour["dispute.contested_high"]
    wait = -exact.log(luck(Purpose.COMPLAINT)) * behaviour["dispute.complains"]
    return Disputes(
        place={invoice: place for place, invoice in enumerate(which.tolist())},
        cause=cause,
        contested=low + (high - low) * luck(Purpose.CONTESTED),
        justified=luck(Purpose.JUSTIFIED) < right[cause],
        complains=np.floor(np.minimum(wait, 10_000)).astype(np.int64),
    )
