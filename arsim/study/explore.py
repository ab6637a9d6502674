"""Looking for better policies: a front of value, risk, relationship and workload over chosen levers, judged on fresh luck."""

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, nullcontext
from dataclasses import fields
from functools import cache, partial
from pathlib import Path

import numpy as np

import arsim
from arsim.domain.policies import read_policy
from arsim.domain.policy import Policy
from arsim.domain.problem import BadInput, Problem
from arsim.engine.engines import AUTO, REFERENCE, ready
from arsim.model.behaviour import Behaviour
from arsim.model.population import OpenItems, Population
from arsim.model.scenario import BASE, Scenario, read_scenario
from arsim.study.aim import AIMS, KNOWN_OUTCOMES, Limit, aims, limit
from arsim.study.company import Company
from arsim.study.compare import dealt, play, prices
from arsim.study.exploration import Exploration
from arsim.study.keep import SEARCH, STUDY, other_kind
from arsim.study.plan import Plan
from arsim.study.quick import quicken
from arsim.study.room import needed
from arsim.study.search import keys_of, search
from arsim.study.space import Space
from arsim.study.spread import spread
from arsim.study.tally import Job, Kept
from arsim.study.window import window


def explore(
    levers: Iterable[str],
    base: Policy | str | Path = "baseline",
    company: Company | None = None,
    days: int = 365,
    budget: int = 2000,
    most: Sequence[str | Limit] = (),
    least: Sequence[str | Limit] = (),
    aim: Sequence[str] = AIMS,
    scenario: Scenario | str = BASE,
    seed: int = 1,
    finalists: int = 8,
    fresh: int | None = None,
    behaviour: Behaviour | None = None,
    workers: int = 0,
    engine: str = AUTO,
    keep: str | Path | None = None,
    progress: Callable[[int, int], None] | None = None,
    cluster: str = "",
) -> Exploration:
    """Search for policies that no other beats.

    Candidates meet the same customers with the same luck as the base policy; those that look good get more replications. The finalists
    are run once more on luck the search has never seen, for the best of many on one luck is partly the luckiest.

    Parameters
    ----------
    levers : iterable of str
        Each with bounds or choices if its own are too wide: ``"team.contact_cap=1:6"``, ``"law.route=suit,mediation"``.
    base : Policy, built-in name or path of a TOML file
        What the others are compared with; levers that are not searched stay as it has them.
    company : Company, optional
        The demo company if not given.
    days : int
    budget : int
        Runs in all; a run is one policy in one replication.
    most, least : sequence of str or Limit
        Constraints on means, such as ``"collection_cost=400000"`` (CNY), ``"overdue_share=20%"``, ``"headcount=2"``, ``"contact_cap=3"``.
    aim : sequence of str
        Outcomes aimed at; the first one orders the front.
    scenario : Scenario or str
    seed : int
        Of the luck and of the search's own choices.
    finalists : int
        Policies on the front at most.
    fresh : int, optional
        Replications of fresh luck; chosen by the budget if not given.
    behaviour : Behaviour, optional
    workers : int
        How many at a time; 0 chooses. The result does not depend on it.
    engine : {"auto", "reference", "compiled"}
    keep : path, optional
        A folder for the runs. Called again after it was cut off, `explore` goes on there and ends the same.
    progress : callable, optional
        Called with (runs done, budget).
    cluster : str
        Address of a Dask scheduler whose workers do the work. The result does not depend on it.

    Returns
    -------
    Exploration

    Raises
    ------
    BadInput
        If a lever, bound, limit, outcome or budget does not fit, `keep` holds another search, or nothing keeps to the limits.

    Examples
    --------
    >>> found = explore(["team.contact_cap=1:4", "promise.pause"], days=30, budget=400, finalists=2, aim=("net_value", "goodwill"))
    >>> found.spent <= 400, set(found.front()["policy"]) <= {"front_1", "front_2"}
    (True, True)
    """
    base = _set_apart(base if isinstance(base, Policy) else read_policy(base))
    space, aimed, plan = Space.of(base, levers), aims(aim), Plan.of(budget, finalists, fresh, seed)
    limits = tuple(each if isinstance(each, Limit) else limit(each, side) for side, given in ((1, most), (-1, least)) for each in given)
    company, behaviour = company or Company.demo(), behaviour or Behaviour.default()
    scenario = read_scenario(scenario) if isinstance(scenario, str) else scenario
    if not 1 <= days <= 3650:
        raise BadInput(Problem("The number of {name} must lie between 1 and {most}.", "Choose another number.", value=str(days),
                               values={"name": "days", "most": 3650}))  # fmt: skip
    keys = keys_of(aimed, limits)
    given = (space, company, days, seed, behaviour, scenario, engine, keys)
    kept = Kept(_file(keep), question(*given)) if keep is not None else None
    measure = partial(_measure, given=given, workers=workers, cluster=cluster)
    with closing(kept) if kept else nullcontext():
        found = search(space, measure, aimed, limits, plan, kept.before if kept else None, kept, progress)
    return Exploration(space, plan, found, days, seed, scenario)


def _file(folder: str | Path) -> Path:
    try:
        Path(folder).mkdir(parents=True, exist_ok=True)
    except OSError:
        raise BadInput(Problem("This folder cannot be made.", "Choose another one.", file=str(folder))) from None
    path = Path(folder) / SEARCH
    if not path.exists() and (Path(folder) / STUDY).exists():
        raise other_kind(Path(folder), STUDY)
    return path


def _set_apart(base: Policy) -> Policy:
    """The base under another name where it bears one that this search will give, being of an earlier search's front."""
    if not re.fullmatch(r"front_\d+", base.name):
        return base
    said = {"en": "{} (beginning)", "zh": "{}（起点）"}
    return base.model_copy(update={"name": f"beginning_{base.name}",
                                   "title": {language: text.format(base.called(language)) for language, text in said.items()}})  # fmt: skip


def _measure(jobs: Sequence[Job], given: tuple, workers: int, cluster: str) -> Iterator[np.ndarray]:
    _, company, days, *_, engine, _ = given
    return spread(measured, (tuple(jobs), *given), len(jobs), workers, engine, needed(company, days), cluster=cluster)


def measured(
    number: int, jobs: Sequence[Job], space: Space, company: Company, days: int, seed: int, behaviour: Behaviour, scenario: Scenario,
    engine: str, keys: Sequence[str],
) -> np.ndarray:  # fmt: skip
    """The outcomes `keys` of every policy of one job, in one world; shape (policies, keys)."""
    replication, candidates = jobs[number]
    if engine != REFERENCE and ready():
        quicken()
    world, cost, rows = dealt(replication, company, days, seed, behaviour, scenario), prices(behaviour, scenario), []
    for policy in map(space.policy, candidates):
        seen = window(play(world, [policy], company, behaviour, engine)[policy.name], cost)
        rows.append([float(KNOWN_OUTCOMES[key].compute(seen)) for key in keys])
        del seen  # a large company's journal takes hundreds of megabytes
    return np.array(rows)


def question(
    space: Space, company: Company, days: int, seed: int, behaviour: Behaviour, scenario: Scenario, engine: str, keys: Sequence[str]
) -> dict:
    """All that a run's outcomes depend on, as plain data; which engine runs is none of it."""
    return {
        "kind": "arsim search",
        "rules": _rules(),
        "base": space.base.model_dump(mode="json"),
        "levers": {each.path: list(each.values) for each in space.axes},
        "company": _fingerprint(company),
        "days": days,
        "seed": seed,
        "scenario": _digest(repr(scenario)),
        "behaviour": _digest(repr(behaviour)),
        "outcomes": list(keys),
    }


@cache
def _rules() -> str:
    """Of the code that decides what happens in a run and what its figures are."""
    root = Path(arsim.__file__).parent
    sources = [path for floor in ("domain", "model", "engine") for path in sorted((root / floor).rglob("*.py"))]
    sources += [root / "study" / f"{name}.py" for name in ("aim", "book", "compare", "kpi", "outcome", "prices", "window")]
    return _digest(*(path.read_bytes() for path in sources))


def _fingerprint(company: Company) -> str:
    people = company.population
    parts: list[bytes | str] = [str(company.warmup)]
    for owner, kind in ((people, Population), (people.opening, OpenItems)):
        for field in fields(kind):
            value = getattr(owner, field.name)
            if not isinstance(value, OpenItems):
                parts += [field.name, value.tobytes() if isinstance(value, np.ndarray) else repr(value)]
    return _digest(*parts)


def _digest(*parts: bytes | str) -> str:
    made = hashlib.sha256()
    for part in parts:
        data = part if isinstance(part, bytes) else part.encode()
        made.update(len(data).to_bytes(8, "big") + data)
    return made.hexdigest()[:16]
