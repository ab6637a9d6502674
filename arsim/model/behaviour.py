"""How people answer: the constants of behaviour as plain values, and the pure rules that use them.

Rules take and give numbers only, so that any engine can call the same lines.
"""

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from arsim.domain.policy import CHANNELS
from arsim.model import exact
from arsim.model.evidence import constants

NEVER = 1 << 30  # a day no run reaches


@dataclass(frozen=True)
class Channel:
    """One way to contact a customer; see ``data/behaviour.toml`` for meanings and units (cost in CNY)."""

    effect: float
    half_life: float
    reach: float
    arrives: int
    minutes_reached: int
    minutes_missed: int
    cost: float
    goodwill: float

    @property
    def by_hand(self) -> bool:
        """Needs a collector's time."""
        return self.minutes_reached > 0

    def felt(self) -> list[float]:
        """Factor on readiness on day 0, 1, 2 … after arrival, until less than 1 % is left of the surplus (or none was there)."""
        factors, surplus = [], self.effect - 1.0
        fade = float(exact.exp(-0.6931471805599453 / self.half_life))  # the half-life as a daily factor, same bits on any machine
        while surplus > 0.01 and len(factors) < 180:
            factors.append(1.0 + surplus)
            surplus *= fade
        return factors


@dataclass(frozen=True)
class Behaviour:
    """The constants of behaviour in use. `replace` makes changed copies; `default()` is ``behaviour.toml``."""

    channels: tuple[Channel, ...]
    press: float
    patience: float
    prepay: float
    prices: Mapping[str, float] = field(default_factory=dict)

    @classmethod
    def default(cls, changes: Mapping[str, float] | None = None) -> "Behaviour":
        """The values of ``behaviour.toml``, those in `changes` (path → value) replaced."""
        known = {path: constant.value for path, constant in constants().items()} | dict(changes or {})
        return cls(
            channels=tuple(
                Channel(**{name: known[f"channel.{channel}.{name}"] for name in Channel.__dataclass_fields__}) for channel in CHANNELS
            ),
            press=known["credit.press"],
            patience=known["credit.patience"],
            prepay=known["credit.prepay"],
            prices={path.removeprefix("price."): value for path, value in known.items() if path.startswith("price.")}
            | {"hold_goodwill": known["credit.hold_goodwill"]},
        )

    def without_effects(self) -> "Behaviour":
        """The same world where no contact and no hold moves anybody: what remains of a difference does not rest on those assumptions."""
        return replace(self, channels=tuple(replace(channel, effect=1.0) for channel in self.channels), press=1.0)

    @cached_property
    def felt(self) -> tuple[list[float], ...]:
        """Per channel, the factor by day since arrival."""
        return tuple(channel.felt() for channel in self.channels)


def strongest(contacts: list[tuple[int, int]], felt: tuple[list[float], ...], day: int) -> float:
    """Factor on readiness on `day` from contacts ``(day it arrived, channel)``: the strongest still felt, at least 1."""
    factor = 1.0
    for since, channel in contacts:
        age = day - since
        if 0 <= age < len(felt[channel]) and felt[channel][age] > factor:
            factor = felt[channel][age]
    return factor


def last_felt(contacts: list[tuple[int, int]], felt: tuple[list[float], ...]) -> int:
    """First day on which no contact is felt any more."""
    return max((since + len(felt[channel]) for since, channel in contacts), default=0)


def ready_day(
    from_day: int, due: int, need: float, pace: float, summed: list[float], origin: int,
    contacts: list[tuple[int, int]], felt: tuple[list[float], ...],
) -> int:  # fmt: skip
    """Day at whose cut-off the invoice becomes ready.

    Readiness grows each day by base(age) × pace × strongest contact felt; the invoice is ready once the growth from `from_day` on
    has reached `need` (its threshold less what had grown before).

    Parameters
    ----------
    from_day, due : int
        Days of the run.
    need : float
        Readiness still missing.
    pace : float
        Product of everything that does not change from day to day: payer type, dispute, size, supply held back.
    summed, origin
        Base readiness summed up: ``summed[j]`` is the sum of base over ages ``-origin … j - 1 - origin`` (days relative to due).
    contacts, felt
        As in `strongest`.

    Returns
    -------
    int
        The day, or `NEVER`.
    """
    if need <= 0.0:
        return from_day
    if pace <= 0.0:
        return NEVER
    day, quiet = from_day, last_felt(contacts, felt)
    while day < quiet:
        age = day - due + origin
        need -= (summed[age + 1] - summed[age]) * pace * strongest(contacts, felt, day)
        if need <= 0.0:
            return day
        day += 1
    at = day - due + origin
    reached = bisect_left(summed, summed[at] + need / pace, at + 1)
    return NEVER if reached == len(summed) else reached - 1 - origin + due


def grown(
    from_day: int, to_day: int, due: int, pace: float, summed: list[float], origin: int,
    contacts: list[tuple[int, int]], felt: tuple[list[float], ...],
) -> float:  # fmt: skip
    """Readiness grown over the days ``from_day <= day < to_day``; parameters as in `ready_day`."""
    quiet = min(last_felt(contacts, felt), to_day)
    total, day = 0.0, from_day
    while day < quiet:
        age = day - due + origin
        total += (summed[age + 1] - summed[age]) * pace * strongest(contacts, felt, day)
        day += 1
    if day < to_day:
        total += (summed[to_day - due + origin] - summed[day - due + origin]) * pace
    return total
