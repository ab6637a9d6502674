"""What a comparison leans on: the same policies with the same luck while one assumption walks through its range."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from arsim.domain.policy import Policy
from arsim.domain.problem import BadInput, Problem
from arsim.model.behaviour import Behaviour
from arsim.model.evidence import Constant, constants
from arsim.study.company import Company
from arsim.study.compare import compare
from arsim.study.comparison import interval

NOBODY = "nobody"  # the world where no contact moves anybody


@dataclass(frozen=True)
class Point:
    """One policy against the first, under one belief.

    Parameters
    ----------
    belief : float or str
        The assumption's value; `NOBODY` for the world without effects.
    policy : str
    difference, low, high : float
        Of the outcome against the first policy, paired, with its 95 % interval; money in fen.
    """

    belief: float | str
    policy: str
    difference: float
    low: float
    high: float


@dataclass(frozen=True)
class Span:
    """An assumption's whole range and what comes out along it."""

    constant: Constant
    outcome: str
    policies: tuple[Policy, ...]
    points: tuple[Point, ...]

    def of(self, belief: float | str, policy: str) -> Point:
        """The point of one belief and policy."""
        return next(point for point in self.points if (point.belief, point.policy) == (belief, policy))


def span(path: str, policies: Sequence[Policy], outcome: str = "net_value", days: int = 365, replications: int = 40, seed: int = 1,
         without: bool = True, company: Company | None = None) -> Span:  # fmt: skip
    """Compare `policies` at the low end, the value in use and the high end of one constant of behaviour.

    Parameters
    ----------
    path : str
        Of the constant, as ``arsim evidence`` lists it, such as ``"channel.call.effect"``.
    policies : sequence of Policy
        Two or more; the others are compared with the first.
    outcome : str
    days, replications, seed : int
    without : bool
        Begin with the world where no contact moves anybody.
    company : Company, optional

    Raises
    ------
    BadInput
        If there is no such constant.
    """
    if path not in constants():
        raise BadInput(Problem("There is no parameter {name}.", "`arsim evidence` lists them.", values={"name": path}))
    constant, usual = constants()[path], Behaviour.default()
    worlds: list[tuple[float | str, Behaviour]] = [(NOBODY, usual.without_effects())] if without else []
    worlds += [(value, usual.changed({path: value})) for value in (constant.low, constant.value, constant.high)]
    points = []
    for belief, behaviour in worlds:
        found = compare(policies, company, days, replications, seed, behaviour)
        first = found.values(found.policies[0].name, outcome)
        points += [Point(belief, one.name, *interval(found.values(one.name, outcome) - first)) for one in found.policies[1:]]
    return Span(constant, outcome, tuple(policies), tuple(points))


def worth(policy: Policy, changes: Mapping[str, float], outcome: str = "net_value", days: int = 365, replications: int = 40,
          seed: int = 1, company: Company | None = None, instead: Company | None = None) -> tuple[float, float, float]:  # fmt: skip
    """What it would be worth if people answered `policy` otherwise: the same policy with the same luck, once as usual, once changed.

    Parameters
    ----------
    policy : Policy
    changes : mapping of str to float
        Constants of behaviour by path → other values.
    outcome : str
    days, replications, seed : int
    company : Company, optional
    instead : Company, optional
        The company in the changed run, such as one with fewer disputes; by default the same.

    Returns
    -------
    tuple of float
        Paired difference, and its 95 % interval; money in fen.
    """
    usual, silent = Behaviour.default(), Policy(name="silent")
    runs = [
        compare((silent, policy), at, days, replications, seed, behaviour).values(policy.name, outcome)
        for at, behaviour in ((company, usual), (instead or company, usual.changed(changes)))
    ]
    return interval(runs[1] - runs[0])


def fewer_disputes(factor: float, company: Company | None = None) -> Company:
    """The company (by default the demo company) with so many times as many disputes from now on; its open items stay as they are.

    Luck is dealt as before, so what is disputed there is a part of what is disputed here.
    """
    company = company or Company.demo()
    people = company.population
    return replace(company, population=people.replace(dispute_rate=people.dispute_rate * factor))
