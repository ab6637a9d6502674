"""One lever of a search: the values it may take, in order or as choices, on a grid a person would write down."""

from dataclasses import dataclass
from math import floor, log10

from arsim.domain.lever import Lever
from arsim.domain.problem import BadInput, Problem

STEPS = 200  # a finer grid than this only tells luck apart, and gives policies nobody would sign
PREFERRED = (1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8)  # of each power of ten: what a person would write down, steps of about a quarter
BELOW = 100  # such steps begin at this fraction of what the lever has now


@dataclass(frozen=True)
class Axis:
    """A lever and the values tried.

    Parameters
    ----------
    lever : Lever
    values : tuple
        Two or more; ascending where they are numbers.
    """

    lever: Lever
    values: tuple

    @property
    def path(self) -> str:
        """Of the lever, such as ``"team.contact_cap"``."""
        return self.lever.path

    @property
    def chosen(self) -> bool:
        """Whether the values are choices without an order."""
        return bool(self.lever.choices)

    def nearest(self, value) -> int:
        """The place of `value` among the values, or of the nearest number; 0 for a choice that is not among them."""
        if self.chosen:
            return self.values.index(value) if value in self.values else 0
        return min(range(len(self.values)), key=lambda place: abs(self.values[place] - value))


def axis(lever: Lever, wanted: str = "") -> Axis:
    """The values of `lever`, all it can take or those in `wanted`.

    Parameters
    ----------
    lever : Lever
    wanted : str
        Bounds as ``"1:6"``, choices as ``"call,visit"``; empty for the lever's own.

    Raises
    ------
    BadInput
        If it is neither, goes beyond the lever's own bounds, or leaves nothing to choose.

    Examples
    --------
    >>> from arsim.domain.policy import levers
    >>> cap = next(found for found in levers() if found.path == "team.contact_cap")
    >>> axis(cap, "1:6").values
    (1, 2, 3, 4, 5, 6)

    Bounds wide of what the lever has now are walked in steps that grow, so that what is near stays within reach:

    >>> axis(next(found for found in levers() if found.path == "team.collectors")).values[:12]
    (0, 1, 2, 3, 4, 5, 6, 8, 10, 12, 15, 20)
    """
    values = _choices(lever, wanted) if lever.choices else _numbers(lever, wanted)
    if len(values) < 2:
        raise BadInput(Problem("This leaves one value only: nothing to search.", "Give wider bounds, or leave the lever out.",
                               column=lever.path, value=wanted))  # fmt: skip
    return Axis(lever, values)


def _choices(lever: Lever, wanted: str) -> tuple:
    named = [name.strip() for name in wanted.split(",") if name.strip()] or list(lever.choices)
    for name in named:
        if name not in lever.choices:
            raise BadInput(Problem("This is not one of the choices.", "Use {choices}.", column=lever.path, value=name,
                                   values={"choices": ", ".join(lever.choices)}))  # fmt: skip
    return tuple(choice for choice in lever.choices if choice in named)  # whatever the order they were named in


def _numbers(lever: Lever, wanted: str) -> tuple:
    whole = isinstance(lever.default, int)
    low, high = _bounds(lever, wanted, int if whole else float)
    if low < lever.low:
        raise BadInput(Problem("The value is too small.", "The least is {limit}.", column=lever.path, value=f"{low:g}",
                               values={"limit": f"{lever.low:g}"}))  # fmt: skip
    if high > lever.high:
        raise BadInput(Problem("The value is too large.", "The most is {limit}.", column=lever.path, value=f"{high:g}",
                               values={"limit": f"{lever.high:g}"}))  # fmt: skip
    now, step = lever.default, _step(high - low, whole)
    if low >= 0 < now < 2 * step and not (whole and step == 1):  # an even grid would pass over what is near
        made = _growing(max(low, now / BELOW), high)
    else:
        made = [low + step * place for place in range(floor((high - low) / step + 1e-9) + 1)]
    made = [value for value in (low, *made, now, high) if low <= value <= high]  # what the policy has now is always among them
    return tuple(sorted({int(value) for value in made if value == int(value)} if whole else {round(value, 10) for value in made}))


def _growing(low: float, high: float) -> list[float]:
    powers = range(floor(log10(low)), floor(log10(high)) + 1)
    return [value for power in powers for factor in PREFERRED if low <= (value := round(factor * 10.0**power, 10)) <= high]


def _bounds(lever: Lever, wanted: str, kind: type) -> tuple:
    if not wanted:
        return kind(lever.low), kind(lever.high)
    try:
        low, high = map(kind, wanted.split(":"))
    except ValueError:
        raise BadInput(Problem("These are no bounds for a number.", "Write them as lowest:highest, for example {example}.",
                               column=lever.path, value=wanted, values={"example": f"{lever.low:g}:{lever.high:g}"})) from None  # fmt: skip
    if low > high:
        raise BadInput(Problem("The lowest value is above the highest.", "Write them as lowest:highest, for example {example}.",
                               column=lever.path, value=wanted, values={"example": f"{high:g}:{low:g}"}))  # fmt: skip
    return low, high


def _step(span: float, whole: bool) -> float:
    """1, 2 or 5 times a power of ten, so that at most `STEPS` steps cover `span`; at least 1 for whole numbers."""
    if span <= 0 or whole and span <= 2 * STEPS:
        return 1
    power = 10.0 ** floor(log10(span / STEPS))
    step = next(factor * power for factor in (1, 2, 5, 10) if factor * power * STEPS >= span * (1 - 1e-9))
    return max(1, round(step)) if whole else step
