"""Policies compared on the same customers with the same luck, so that a difference is the policy and nothing else."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from arsim.domain.policies import read_policy
from arsim.domain.policy import CHANNELS, Policy
from arsim.domain.problem import BadInput, Problem
from arsim.engine.simulate import simulate
from arsim.model.behaviour import Behaviour
from arsim.model.world import deal
from arsim.study.company import Company
from arsim.study.comparison import Comparison, Replication
from arsim.study.outcome import outcomes
from arsim.study.prices import Prices
from arsim.study.series import weekly


def prices(behaviour: Behaviour) -> Prices:
    """The prices of `behaviour`, in fen."""
    p = behaviour.prices
    return Prices(
        annual_rate=p["annual_rate"],
        gross_margin=p["gross_margin"],
        collector_month=p["collector_month"] * 100,
        provision=tuple(p[f"provision_{age}"] for age in ("current", "30", "60", "90", "over")),
        goodwill_price={code: behaviour.channels[code].goodwill for code in range(len(CHANNELS))},
        goodwill_halflife_days=p["goodwill_half_life"],
        hold_goodwill=p["hold_goodwill"],
    )


def replicate(
    number: int, policies: Sequence[Policy], company: Company, days: int, seed: int, behaviour: Behaviour | None = None
) -> Replication:
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
    """
    behaviour = behaviour or Behaviour.default()
    world = deal(company.population, seed, number, company.warmup + days)
    journals = {policy.name: simulate(world, policy, behaviour, company.warmup) for policy in policies}
    cost = prices(behaviour)
    return Replication(
        number,
        {name: outcomes(journal, cost) for name, journal in journals.items()},
        {name: weekly(journal, cost) for name, journal in journals.items()},
    )


def compare(
    policies: Sequence[Policy | str | Path],
    company: Company | None = None,
    days: int = 365,
    replications: int = 40,
    seed: int = 1,
    behaviour: Behaviour | None = None,
    progress: Callable[[int, int], None] | None = None,
    workers: int = 0,
) -> Comparison:
    """Run `policies` on the same company with the same luck.

    Parameters
    ----------
    policies : sequence of Policy, built-in name or path of a TOML file
        Two or more; the others are compared with the first.
    company : Company, optional
        The demo company if not given.
    days, replications, seed : int
    behaviour : Behaviour, optional
    progress : callable, optional
        Called with (replications done, asked).
    workers : int
        Processes; 0 chooses. The result does not depend on it.

    Returns
    -------
    Comparison
        If interrupted (Ctrl-C), with the replications finished by then.

    Raises
    ------
    BadInput
        If a policy cannot be read, two bear the same name, or there are fewer than two.

    Examples
    --------
    >>> found = compare(["do_nothing", "baseline"], days=60, replications=2)
    >>> found.summary().query("outcome == 'contacts'")[["reference", "difference"]].gt(0).values.tolist()
    [[False, True]]
    """
    policies = tuple(policy if isinstance(policy, Policy) else read_policy(policy) for policy in policies)
    check(policies, days, replications)
    company = company or Company.demo()
    done: list[Replication] = []
    try:
        for replication in _results(policies, company, days, replications, seed, behaviour, workers):
            done.append(replication)
            if progress:
                progress(len(done), replications)
    except KeyboardInterrupt:
        pass  # what was finished is still worth having; `asked` says that it is not all
    return Comparison(policies, tuple(done), replications, days, seed)


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


def _results(policies, company, days, replications, seed, behaviour, workers) -> Iterator[Replication]:
    from joblib import Parallel, cpu_count, delayed

    # Starting processes costs about a second; below a handful of replications it is not earned back.
    workers = workers or (cpu_count() if replications >= 6 else 1)
    if workers == 1:
        yield from (replicate(number, policies, company, days, seed, behaviour) for number in range(replications))
    else:
        yield from Parallel(n_jobs=workers, return_as="generator", batch_size=1)(
            delayed(replicate)(number, policies, company, days, seed, behaviour) for number in range(replications)
        )
