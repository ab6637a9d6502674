"""Doubt as an experiment: the same comparison while one assumption walks through its range, and while people answer otherwise."""

from collections.abc import Mapping

from arsim.domain.policy import Policy
from arsim.report import sensitivity as report
from arsim.report import words
from arsim.study.company import Company
from arsim.study.sensitivity import Span, fewer_disputes, span
from arsim.study.sensitivity import worth as study_worth
from arsim.workbook.course.lesson import show_table
from arsim.workbook.course.policy_shelf import policy


def walk(
    path: str, *policies: Policy | str, outcome: str = "net_value", replications: int = 20, seed: int = 1, without: bool = True
) -> Span:
    """Compare at the low end, the value in use and the high end of one assumption, and where nobody is moved; picture and rows.

    Parameters
    ----------
    path : str
        Of the assumption, such as ``"channel.call.effect"``.
    *policies : Policy or str
        The first is what the others are compared with.
    outcome : str
    replications, seed : int
    without : bool
        Begin with the world where no contact moves anybody.

    Returns
    -------
    Span
    """
    from IPython.display import display

    chosen = [one if isinstance(one, Policy) else policy(one) for one in policies]
    found = span(path, chosen, outcome, replications=replications, seed=seed, without=without)
    display({"image/png": report.picture(found), "text/plain": words.say("A picture.")}, raw=True)
    show_table(report.rows(found))
    return found


def worth(
    chosen: Policy | str, changes: Mapping[str, float], *outcomes: str, replications: int = 20, seed: int = 1, disputes: float = 1.0
) -> list:
    """What it would be worth a year if people answered this policy otherwise, or there were fewer disputes.

    Parameters
    ----------
    chosen : Policy or str
    changes : mapping of str to float
        Assumptions by path → other values.
    *outcomes : str
        ``"net_value"`` if none is named.
    replications, seed : int
    disputes : float
        So many times as many disputes as usual.

    Returns
    -------
    list of tuple of float
        For each outcome the paired difference and its 95 % interval; money in fen.
    """
    chosen, wanted = chosen if isinstance(chosen, Policy) else policy(chosen), outcomes or ("net_value",)
    company, instead = Company.demo(), fewer_disputes(disputes)
    found = [study_worth(chosen, changes, one, replications=replications, seed=seed, company=company, instead=instead) for one in wanted]
    show_table(report.worth_rows(wanted, found))
    return found
