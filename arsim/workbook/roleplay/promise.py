"""A promise: what was said, how firm it is, and what it is worth."""

from dataclasses import dataclass

PARTS = WHO, AMOUNT, DATE, CHANNEL, DOCUMENT = ("who", "amount", "date", "channel", "document")
PAID_BY_PLAN = 0.92  # of a plan's sum, what waiting and a later break leave
GIVEN_AWAY = 0.25  # of a plan's sum, what is lost by granting it to whoever could have paid at once
SECURED = 0.25  # of what a promise leaves open, what security saves


@dataclass(frozen=True)
class Promise:
    """What the debtor has promised.

    Parameters
    ----------
    kind : {"full", "part", "plan", "word"}
        The whole, the undisputed part, instalments, or only a friendly word.
    share : float
        Of what is owed, 0 to 1.
    days : int
        Until it (the first instalment) is due, counted from the call.
    parts : tuple of str
        Which of who, amount, date, channel, document are settled.
    glib : bool
        Said to be left alone.
    """

    kind: str
    share: float
    days: int
    parts: tuple[str, ...] = ()
    glib: bool = False

    def adding(self, *parts: str) -> "Promise":
        """The same, with more settled."""
        kept = tuple(part for part in PARTS if part in self.parts or part in parts)
        return Promise(self.kind, self.share, self.days, kept, self.glib)


def fit(kind: str, share: float, ability: float) -> float:
    """How well a promise fits the purse, 0 to 1: the whole needs most of it at once, a plan only a fifth.

    >>> fit("full", 1.0, 0.9), round(fit("full", 1.0, 0.25), 2), fit("plan", 1.0, 0.25), fit("plan", 1.0, 0.05)
    (1.0, 0.25, 1.0, 0.0)
    """
    if kind == "plan":
        return min(1.0, max(0.0, (ability - 0.05) / 0.2))
    return min(1.0, ability / (0.5 * max(share, 0.05))) ** 2


def paid(kind: str, ability: float) -> float:
    """Share of a promised sum that it is worth if it is kept: instalments for those who needn't have them cost time.

    >>> paid("full", 0.9), round(paid("plan", 0.2), 2), round(paid("plan", 0.9), 3)
    (1.0, 0.87, 0.695)
    """
    return PAID_BY_PLAN - GIVEN_AWAY * ability if kind == "plan" else 1.0


def chance(promise: Promise, ability: float, will: float, trust: float, pressure: float, obstacle: float, glib: float) -> float:
    """Chance that the promise is kept. Will and purse carry it, obstacles break it, firmness ties whoever is glib."""
    meant = 0.1 + 0.45 * will + 0.2 * trust + 0.35 * pressure + 0.04 * len(promise.parts)
    loose = (0.75 if promise.glib else 0.5) * glib * (1 - len(promise.parts) / len(PARTS))
    vague = 0.5 if promise.kind == "word" else 1.0
    return min(0.95, max(0.0, meant * (1 - 0.75 * obstacle) * fit(promise.kind, promise.share, ability) * (1 - loose) * vague))
