"""Policies compared on the same customers with the same luck, so that a difference is the policy and nothing else."""

from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

from arsim.domain.money import FEN
from arsim.domain.policies import read_policy, told_apart
from arsim.domain.policy import Policy
from arsim.domain.problem import BadInput, Problem
from arsim.engine.engines import AUTO, REFERENCE, ready, simulate
from arsim.engine.journal import Journal
from arsim.model.behaviour import Behaviour
from arsim.model.scenario import BASE, Scenario, read_scenario
from arsim.model.world import World, deal
from arsim.study.company import Company
from arsim.study.comparison import Comparison, Replication
from arsim.study.keep import Keep, kept
from arsim.study.kept_study import outcome
from arsim.study.outcome import figures
from arsim.study.prices import Prices
from arsim.study.question import question
from arsim.study.quick import quicken
from arsim.study.room import needed
from arsim.study.series import by_week
from arsim.study.spread import spread
from arsim.study.sure import Sure
from arsim.study.window import window

RUN_OFF = 365  # days in which the closing book is collected under the same policy, so that it is worth what it brings


def prices(behaviour: Behaviour, scenario: Scenario = BASE) -> Prices:
    """The prices of `behaviour` in `scenario`, in fen."""
    return Prices(
        annual_rate=behaviour["price.annual_rate"] + scenario.rate,
        gross_margin=behaviour["price.gross_margin"],
        collector_month=behaviour["price.collector_month"] * FEN,
        provision=tuple(behaviour[f"price.provision_{age}"] for age in ("current", "30", "60", "90", "over")),
    )


def replicate(
    number: int, policies: Sequence[Policy], company: Company, days: int, seed: int, behaviour: Behaviour | None = None,
    scenario: Scenario = BASE, engine: str = AUTO, world: World | None = None,
) -> Replication:  # fmt: skip
    """Deal one world and run every policy in it.

    Parameters
    ----------
    number : int
        Which replication, from 0.
    policies : sequence of Policy
    company : Company
    days : int
        Days that count, after the company's warm-up.
    seed : int
    behaviour : Behaviour, optional
    scenario : Scenario, optional
    engine : str, optional
        As for `arsim.engine.engines.simulate`.
    world : World, optional
        The world it would deal, if it is at hand.
    """
    behaviour = behaviour or Behaviour.default()
    if engine != REFERENCE and ready():
        quicken()
    world = world or dealt(number, company, days, seed, behaviour, scenario)
    cost, outcomes, weekly = prices(behaviour, scenario), {}, {}
    for policy in policies:  # one journal at a time: a large company's takes hundreds of megabytes
        seen = window(play(world, [policy], company, behaviour, engine)[policy.name], cost)
        outcomes[policy.name], weekly[policy.name] = figures(seen), by_week(seen)
        del seen  # or it would stay while the next one is made
    return Replication(number, outcomes, weekly)


def dealt(number: int, company: Company, days: int, seed: int, behaviour: Behaviour, scenario: Scenario) -> World:
    """The world of one replication; parameters as for `replicate`."""
    return deal(company.population, seed, number, company.warmup + days, scenario, behaviour, RUN_OFF)


def play(world: World, policies: Sequence[Policy], company: Company, behaviour: Behaviour, engine: str = AUTO) -> dict[str, Journal]:
    """The journal of every policy in `world`, by name."""
    return {policy.name: simulate(world, policy, behaviour, company.warmup, engine) for policy in policies}


def compare(
    policies: Sequence[Policy | str | Path],
    company: Company | None = None,
    days: int = 365,
    replications: int | str = 40,
    seed: int = 1,
    behaviour: Behaviour | None = None,
    progress: Callable[[int, int], None] | None = None,
    workers: int = 0,
    scenario: Scenario | str = BASE,
    engine: str = AUTO,
    keep: Keep | str | Path | None = None,
    cluster: str = "",
    sure: Sure | None = None,
) -> Comparison:
    """Run `policies` on the same company with the same luck.

    Parameters
    ----------
    policies : sequence of Policy, built-in name or path of a TOML file
        Two or more; the others are compared with the first.
    company : Company, optional
        The demo company if not given.
    days, seed : int
    replications : int or "auto"
        "auto" adds replications until the intervals are narrow enough, by the rule `Sure()`.
    behaviour : Behaviour, optional
    progress : callable, optional
        Called with (replications done, asked).
    workers : int
        How many at a time; 0 chooses. The result does not depend on it.
    scenario : Scenario or str
        What the world does meanwhile; ordinary times if not given.
    engine : {"auto", "reference", "compiled"}
        As for `arsim.engine.engines.simulate`. The result does not depend on it.
    keep : Keep or path, optional
        A folder in which every replication is kept as it is finished; asked the same again, also for more replications, it goes on there.
    cluster : str
        Address of a Dask scheduler whose workers do the work. The result does not depend on it.
    sure : Sure, optional
        A rule of your own when to stop; `replications` then says nothing.

    Returns
    -------
    Comparison
        If interrupted (Ctrl-C), with the replications finished by then.

    Raises
    ------
    BadInput
        If a policy cannot be read, two bear the same name, or there are fewer than two; if the folder holds another study; or if the
        work cannot go on for lack of memory, disk or cluster, what was finished being kept.

    Examples
    --------
    >>> found = compare(["do_nothing", "baseline"], days=60, replications=2)
    >>> found.summary().query("outcome == 'contacts'")[["reference", "difference"]].gt(0).values.tolist()
    [[False, True]]
    """
    policies = told_apart([policy if isinstance(policy, Policy) else read_policy(policy) for policy in policies])
    rule = sure or (Sure() if replications == "auto" else None)
    replications = rule.budget if rule else replications
    check(policies, days, replications)
    company = company or Company.demo()
    scenario = read_scenario(scenario) if isinstance(scenario, str) else scenario
    done: list[Replication] = []
    stop = None
    given, each = (policies, company, days, seed, behaviour, scenario, engine), needed(company, days)
    with kept(keep) as folder:
        if folder:
            folder.ask(question("compare", company, policies, days, seed, behaviour, scenario), (Replication,), company)
        try:
            with closing(spread(replicate, given, replications, workers, engine, each, folder, cluster)) as coming:
                for replication in coming:
                    done.append(replication)
                    if progress:
                        progress(len(done), replications)
                    if rule and (stop := rule.stop(done, [policy.name for policy in policies])):
                        replications = len(done) - rule.aside
                        break
        except KeyboardInterrupt:
            pass  # what was finished is still worth having; `asked` says that it is not all
        if folder:
            folder.finish(outcome(company, len(done), rule.aside if rule else 0, replications, stop))
    if rule:
        done = done[rule.aside :]
    return Comparison(policies, tuple(done), replications, days, seed, scenario, stop)


def check(policies: Sequence[Policy], days: int, replications: int) -> None:
    """Refuse what cannot be compared."""
    names = [policy.name for policy in policies]
    if len(names) < 2:
        raise BadInput(
            Problem("A comparison needs at least two policies.", "Name another one; `arsim policy list` shows the built-in ones.")
        )
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise BadInput(
            Problem('Two policies are called "{name}".', "Give one of them another name in its file.", values={"name": twice[0]})
        )
    for name, value, most in (("days", days, 3650), ("replications", replications, 10_000)):
        if not 1 <= value <= most:
            raise BadInput(
                Problem(
                    "The number of {name} must lie between 1 and {most}.",
                    "Choose another number.",
                    value=str(value),
                    values={"name": name, "most": most},
                )
            )
