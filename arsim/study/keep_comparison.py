"""A comparison that was made elsewhere, kept in a folder just as `arsim.study.compare.compare` would have kept it."""

import os

from arsim.model.behaviour import Behaviour
from arsim.study.company import Company
from arsim.study.comparison import Comparison, Replication
from arsim.study.keep import Keep
from arsim.study.kept_study import outcome
from arsim.study.question import question


def keep_comparison(found: Comparison, company: Company, folder: str | os.PathLike, currency: str = "CNY") -> None:
    """Keep `found`, so that `arsim.study.kept_study.read_study` reads the same and a later ``compare`` goes on from there.

    Parameters
    ----------
    found : Comparison
        Of `company`, with the usual constants of behaviour, its replications numbered as they were dealt.
    company : Company
    folder : path
    currency : str

    Raises
    ------
    BadInput
        The folder holds another study, or cannot be written to.
    """
    asked = question("compare", company, found.policies, found.days, found.seed, Behaviour.default(), found.scenario)
    first = found.replications[0].number if found.replications else 0
    with Keep(folder, currency=currency) as keep:
        keep.ask(asked, (Replication,), company)
        for one in found.replications:
            if one.number not in keep:
                keep.add(one.number, one)
        keep.finish(outcome(company, first + len(found.replications), first, found.asked, found.stop))
