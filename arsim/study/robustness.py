"""The whole study of one policy against another: worlds, tornado, tipping values, the box of losing worlds, who loses."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from arsim.engine.engines import AUTO
from arsim.study.box import Box, box
from arsim.study.company import Company
from arsim.study.keep import Keep
from arsim.study.losers import Losers, losers
from arsim.study.robust import Robust
from arsim.study.screen import screen
from arsim.study.tipping import Tipping, tipping
from arsim.study.tornado import Tornado, tornado
from arsim.study.worlds import checked

WALKED = 3  # parameters walked through their range, of those that move the difference most
SIEVED = 25  # parameters that pass the sieve
LOOKED = 10  # parameters among which the box is sought


@dataclass(frozen=True, eq=False)
class Robustness:
    """What overturns the verdict on one policy, by one outcome, and who loses.

    Parameters
    ----------
    found : Robust
    policy, outcome : str
        The policy judged against the first of `found`, and by what.
    pulls : Tornado
    tips : tuple of Tipping
    box : Box or None
        Of the worlds in which, on average over luck, the policy is not better.
    losers : Losers
    tried : mapping of str to float
        What each parameter moved when it was tried alone, see `arsim.study.screen`; empty where the parameters looked at were given.
    """

    found: Robust
    policy: str
    outcome: str
    pulls: Tornado
    tips: tuple[Tipping, ...]
    box: Box | None
    losers: Losers
    tried: Mapping[str, float]


def challenger(found: Robust, outcome: str = "net_value") -> str:
    """The policy, beside the first, that beats it in most worlds."""
    return max(found.names[1:], key=lambda name: found.beats(name, outcome).share)


def look_into(
    found: Robust, company: Company | None = None, policy: str | None = None, outcome: str = "net_value", walk: Sequence[str] = (),
    walked: int = WALKED, among: Sequence[str] = (), replications: int = 40, workers: int = 0, engine: str = AUTO,
    progress: Callable[[int, int], None] | None = None, keep: Keep | None = None, cluster: str = "",
) -> Robustness:  # fmt: skip
    """What stands behind the shares of worlds.

    Parameters
    ----------
    found : Robust
        With at least three worlds.
    company : Company, optional
        The one the worlds were run with.
    policy : str, optional
        By default the `challenger`.
    outcome : str
    walk : sequence of str
        Parameters to walk through their range; by default `walked` of them: those that surely matter, then the strongest.
    among : sequence of str
        Parameters to look at; by default those that move the difference most when they are tried alone (this takes two runs of each
        policy a parameter).
    replications : int
        At each value of these, and for who loses.
    workers, engine, keep, cluster
        As for `arsim.study.robust.robust`, which has told the folder what is asked.
    progress : callable, optional
        Called with (pieces of work done, all of them); a piece is a parameter tried alone, or one replication of the rest.

    Raises
    ------
    BadInput
        There is no such parameter.
    """
    checked(walk)
    policy = policy or challenger(found, outcome)
    first, second = found.policies[0], found.policies[found.names.index(policy)]
    company, known = company or Company.demo(), dict(found.worlds.known)
    given = {"seed": found.seed, "days": found.days, "known": known, "workers": workers, "engine": engine, "cluster": cluster}
    part = lambda *name: keep and keep.part(" ".join((*name, policy, outcome)))  # noqa: E731
    alone = 0 if among else len(found.worlds.paths)
    pieces = alone + (len(walk or range(walked)) + 1) * replications
    told = lambda done: progress(min(done, pieces), pieces) if progress else None  # noqa: E731
    tried = {} if among else screen(found.worlds.paths, first, second, outcome, company, progress=lambda done, _: told(done),
                                    keep=part("alone"), **given)  # fmt: skip
    among = tuple(among) or tuple(path for path, moved in list(tried.items())[:SIEVED] if moved)
    pulls = tornado(found.worlds, found.difference(policy, outcome), among)
    sure = [pull.path for pull in pulls.pulls if pull.sure]
    strongest = [*sure, *(path for path in (tried or [pull.path for pull in pulls.pulls]) if path not in sure)]
    where = box(found.worlds, found.ahead(policy, outcome).mean(axis=1) <= 0, strongest[:LOOKED])
    walk = tuple(walk) or tuple(strongest[:walked])
    given |= {"replications": replications}
    tips = []
    for at, path in enumerate(walk):
        tips.append(tipping(path, first, second, outcome, company, keep=part("along", path),
                            told=lambda done, before=alone + at * replications: told(before + done), **given))  # fmt: skip
    who = losers(first, second, company, keep=part("losers"), told=lambda done: told(alone + len(walk) * replications + done), **given)
    return Robustness(found, policy, outcome, pulls, tuple(tips), where, who, tried)
