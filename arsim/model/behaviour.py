"""How people answer: the constants of behaviour in use, and the pure rules of readiness.

Rules take and give numbers only, so that any engine can call the same lines.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cached_property

from arsim.domain.dunning_rules import CHANNELS
from arsim.model import exact
from arsim.model.evidence import constants

NEVER = 1 << 30  # a day no run reaches
COURT = len(CHANNELS)  # what a served claim is felt as, beside the channels
LN_2 = 0.6931471805599453
LEAST_FELT, LONGEST_FELT = 0.01, 180  # a surplus below this, or after so many days, is not felt any more


@dataclass(frozen=True)
class Channel:
    """One way to contact a customer; see ``data/behaviour.toml`` for meanings and units (cost in CNY)."""

    effect: float
    half_life: float
    reach: float
    right_party: float
    arrives: int
    minutes_reached: int
    minutes_missed: int
    cost: float
    goodwill: float

    @property
    def by_hand(self) -> bool:
        """Needs a collector's time."""
        return self.minutes_reached > 0


def surplus(effect: float, half_life: float) -> list[float]:
    """What a contact adds to readiness (× base) on day 0, 1, 2 … after arrival, until it is felt no more."""
    felt, left = [], effect - 1.0
    fade = float(exact.exp(-LN_2 / half_life))  # the half-life as a daily factor, same bits on any machine
    while left > LEAST_FELT and len(felt) < LONGEST_FELT:
        felt.append(left)
        left *= fade
    return felt


@dataclass(frozen=True)
class Behaviour:
    """The constants of behaviour in use, by path. `default()` is ``behaviour.toml``; `changed` makes copies.

    Examples
    --------
    >>> Behaviour.default({"promise.kept": 0.5})["promise.kept"]
    0.5
    """

    values: Mapping[str, float]

    @classmethod
    def default(cls, changes: Mapping[str, float] | None = None) -> "Behaviour":
        """The values of ``behaviour.toml``, those in `changes` (path → value) replaced."""
        return cls({path: constant.value for path, constant in constants().items()}).changed(changes or {})

    def __getitem__(self, path: str) -> float:
        return self.values[path]

    def changed(self, changes: Mapping[str, float]) -> "Behaviour":
        """A copy with some values replaced.

        Raises
        ------
        KeyError
            If there is no such constant.
        """
        for path in changes:
            if path not in self.values:
                raise KeyError(path)
        return Behaviour({**self.values, **changes})

    def without_effects(self) -> "Behaviour":
        """The same world where no contact, promise, hold or interest makes anybody pay sooner (courts, plans and discounts still do).

        What remains of a difference does not rest on those assumptions.
        """
        still = {f"channel.{channel}.effect": 1.0 for channel in CHANNELS}
        still |= {"credit.press": 1.0, "answer.promise": 0.0, "law.filing_effect": 1.0, "money.interest_effect": 1.0}
        return self.changed(still | {"together.one_click": 1.0})

    @cached_property
    def channels(self) -> tuple[Channel, ...]:
        """In the order of `CHANNELS`."""
        return tuple(
            Channel(**{field.name: self.values[f"channel.{channel}.{field.name}"] for field in fields(Channel)}) for channel in CHANNELS
        )

    @cached_property
    def answers(self) -> tuple[float, ...]:
        """Chances of the answers, in the order `arsim.model.contact.answered` takes them."""
        names = ("pays", "promise", "refuses", "refuses_slow", "hardship_tight", "hardship_distressed")
        return tuple(self[f"answer.{name}"] for name in names)

    @cached_property
    def recovery(self) -> tuple[tuple[float, float], ...]:
        """Share recovered on commission by age: (months, share)."""
        return tuple((float(months), self[f"recovery.months_{months}"]) for months in (3, 6, 12, 24))

    @cached_property
    def felt(self) -> tuple[list[float], ...]:
        """Per channel, and last for a served claim, what it adds by day since arrival."""
        court = surplus(self["law.filing_effect"], self["law.filing_half_life"])
        return (*(surplus(channel.effect, channel.half_life) for channel in self.channels), court)

    @cached_property
    def lasts(self) -> tuple[int, ...]:
        """For how many days each of `felt` is felt."""
        return tuple(map(len, self.felt))


Contact = tuple[int, int, float]  # day it arrived, channel, strength (× the channel's surplus)
Spells = tuple[list[int], list[float]]  # first days, and the factor on readiness from each on; the first begins before any day asked for


def strongest(contacts: Sequence[Contact], felt: Sequence[Sequence[float]], lasts: Sequence[int], day: int) -> float:
    """Factor on readiness on `day` from `contacts`: the strongest still felt, at least 1. Contacts do not add up."""
    most = 0.0
    for place in range(len(contacts)):
        channel = contacts[place][1]
        age = day - contacts[place][0]
        if 0 <= age < lasts[channel] and felt[channel][age] * contacts[place][2] > most:
            most = felt[channel][age] * contacts[place][2]
    return 1.0 + most


def last_felt(contacts: Sequence[Contact], lasts: Sequence[int]) -> int:
    """First day on which no contact is felt any more; there is at least one."""
    last = contacts[0][0] + lasts[contacts[0][1]]
    for place in range(1, len(contacts)):
        last = max(last, contacts[place][0] + lasts[contacts[place][1]])
    return last


def ready_day(
    from_day: int, due: int, need: float, pace: float, summed: list[float], origin: int,
    contacts: Sequence[Contact], felt: Sequence[Sequence[float]], lasts: Sequence[int], spells: Spells,
) -> int:  # fmt: skip
    """Day at whose cut-off the invoice becomes ready.

    Readiness grows each day by base(age) × pace × liquidity × strongest contact felt; the invoice is ready once the growth from
    `from_day` on has reached `need`.

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
    contacts, felt, lasts
        As in `strongest`: what a contact adds by channel and day since arrival, and for how many days.
    spells
        The customer's liquidity: first days and factors.

    Returns
    -------
    int
        The day, or `NEVER`.
    """
    if need <= 0.0:
        return from_day
    if pace <= 0.0:
        return NEVER
    starts, factors = spells
    day, shift = from_day, origin - due
    at = bisect_right(starts, day) - 1 if len(starts) > 1 else 0
    if len(contacts):
        quiet = last_felt(contacts, lasts)
        while day < quiet:
            while at + 1 < len(starts) and starts[at + 1] <= day:
                at += 1
            need -= (summed[day + shift + 1] - summed[day + shift]) * pace * factors[at] * strongest(contacts, felt, lasts, day)
            if need <= 0.0:
                return day
            day += 1
    while True:
        while at + 1 < len(starts) and starts[at + 1] <= day:
            at += 1
        rate = pace * factors[at]
        last = at + 1 == len(starts)
        if rate > 0.0:
            reached = bisect_left(summed, summed[day + shift] + need / rate, day + shift + 1)
            found = reached - 1 - shift
            if reached < len(summed) and (last or found < starts[at + 1]):
                return found
        if last or starts[at + 1] + shift >= len(summed):
            return NEVER
        need -= (summed[starts[at + 1] + shift] - summed[day + shift]) * rate
        day = starts[at + 1]
        if need <= 0.0:
            return day - 1  # a last bit lost in the division: it was ready at the end of the spell


def grown(
    from_day: int, to_day: int, due: int, pace: float, summed: list[float], origin: int,
    contacts: Sequence[Contact], felt: Sequence[Sequence[float]], lasts: Sequence[int], spells: Spells,
) -> float:  # fmt: skip
    """Readiness grown over the days ``from_day <= day < to_day``; parameters as in `ready_day`."""
    starts, factors = spells
    total, day, shift = 0.0, from_day, origin - due
    at = bisect_right(starts, day) - 1 if len(starts) > 1 else 0
    if len(contacts):
        quiet = min(last_felt(contacts, lasts), to_day)
        while day < quiet:
            while at + 1 < len(starts) and starts[at + 1] <= day:
                at += 1
            total += (summed[day + shift + 1] - summed[day + shift]) * pace * factors[at] * strongest(contacts, felt, lasts, day)
            day += 1
    while day < to_day:
        while at + 1 < len(starts) and starts[at + 1] <= day:
            at += 1
        end = min(starts[at + 1], to_day) if at + 1 < len(starts) else to_day
        total += (summed[end + shift] - summed[day + shift]) * pace * factors[at]
        day = end
    return total
