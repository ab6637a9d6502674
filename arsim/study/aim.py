"""What a search is after, and what it must keep to: outcomes with a direction, and limits on them."""

import difflib
from collections.abc import Callable
from dataclasses import dataclass

from arsim.domain.money import FEN
from arsim.domain.policy import Policy
from arsim.domain.problem import BadInput, Problem
from arsim.study.outcome import OUTCOMES, Outcome

# Not in the catalogue of outcomes: utilisation, a share of what the staff has, would reward hiring.
CONTACT_MINUTES = Outcome(
    "contact_minutes", {"en": "Contact minutes", "zh": "催收联系用时"}, "minutes", -1, "workload", "arithmetic",
    lambda seen: float(seen.minutes),
)  # fmt: skip
KNOWN_OUTCOMES = {outcome.key: outcome for outcome in (*OUTCOMES, CONTACT_MINUTES)}
AIMS = ("net_value", "overdue_share", "goodwill", "contact_minutes")  # value, risk, relationship, workload
# What a policy says before anything is run, so that no run is spent on a policy that breaks it.
DECIDED: dict[str, Callable[[Policy], float]] = {
    "headcount": lambda policy: float(policy.team.collectors + policy.dispute.desk),
    "contact_cap": lambda policy: float(policy.team.contact_cap),
}
_SHORT = {"cost": "collection_cost", "minutes": "contact_minutes", "staff": "headcount"}


@dataclass(frozen=True)
class Limit:
    """A constraint: an outcome's mean, or what a policy decides itself, may not pass `bound`.

    Parameters
    ----------
    key : str
        Of an outcome or of `DECIDED`.
    side : int
        +1: at most; -1: at least.
    bound : float
        Money in fen, shares between 0 and 1.
    """

    key: str
    side: int
    bound: float

    def broken(self, value: float) -> float:
        """How far `value` is past the bound, as a share of the bound; 0 or less where it is kept."""
        return self.side * (value - self.bound) / max(abs(self.bound), 1e-9)

    def shown(self, value: float) -> str:
        """A value of this limit as it is typed: money in CNY.

        >>> Limit("collection_cost", 1, 100.0).shown(123456.0), Limit("headcount", 1, 2.0).shown(2.0)
        ('1,234.56', '2')
        """
        text = f"{value / FEN:,.2f}" if self.key in KNOWN_OUTCOMES and KNOWN_OUTCOMES[self.key].unit == "fen" else f"{value:,.4f}"
        return text.rstrip("0").rstrip(".")


def aims(keys) -> tuple[Outcome, ...]:
    """The outcomes aimed at; of workload less is better, whatever the catalogue leaves open.

    Raises
    ------
    BadInput
        If one is unknown, stands twice, or has no better direction.
    """
    found = []
    for key in keys:
        outcome = KNOWN_OUTCOMES.get(key := _SHORT.get(key, key)) or _unknown(key, KNOWN_OUTCOMES)
        if direction(outcome) == 0:
            raise BadInput(
                Problem("Of this outcome neither more nor less is better.", "Aim at another one, or set a limit to it.", value=key)
            )
        if outcome in found:
            raise BadInput(Problem("This outcome is named twice.", "Name it once.", value=key))
        found.append(outcome)
    if not found:
        raise BadInput(Problem("No outcome is aimed at.", "Name at least one."))
    return tuple(found)


def direction(outcome: Outcome) -> int:
    """+1 if the search wants more of it, -1 if less, 0 if neither."""
    return outcome.direction or (-1 if outcome.group == "workload" and outcome.unit != "disputes" else 0)


def limit(text: str, side: int) -> Limit:
    """A limit as it is typed: ``"cost=400000"`` (in CNY), ``"overdue_share=20%"``, ``"headcount=2"``.

    Raises
    ------
    BadInput
        If there is no such outcome, or no number.
    """
    key, _, number = text.partition("=")
    key = _SHORT.get(key.strip(), key.strip())
    if key not in KNOWN_OUTCOMES and key not in DECIDED:
        _unknown(key, [*KNOWN_OUTCOMES, *DECIDED])
    number = number.strip().replace(",", "")
    try:
        bound = float(number.rstrip("%％")) / (100 if number[-1:] in "%％" and number else 1)
    except ValueError:
        raise BadInput(Problem("A limit needs a number.", "Write it as {key}=NUMBER.", value=text, values={"key": key})) from None
    money = key in KNOWN_OUTCOMES and KNOWN_OUTCOMES[key].unit == "fen"
    return Limit(key, side, bound * FEN if money else bound)


def _unknown(key: str, known):
    close = difflib.get_close_matches(key, list(known), 3, cutoff=0.4)
    raise BadInput(
        Problem("There is no such outcome; the nearest are {close}.", "Choose one of them.", value=key, values={"close": ", ".join(close)})
        if close
        else Problem("There is no such outcome.", "There are: {known}.", value=key, values={"known": ", ".join(known)})
    )
