"""What would have happened otherwise: one debt of a case, played many times under several policies, with the same luck."""

from collections.abc import Mapping

from arsim.domain.policy import Policy
from arsim.model.behaviour import Behaviour
from arsim.report import one_debt as report
from arsim.report import words
from arsim.study.one_debt import Debt, Replay, replay
from arsim.workbook.course.lesson import show_table
from arsim.workbook.course.policy_shelf import policy


def play(debt: Debt, *policies: Policy | str, days: int = 365, worlds: int = 200, seed: int = 1, changes: Mapping[str, float] | None = None,
         show: str = "picture") -> Replay:  # fmt: skip
    """Play `debt` and show what came of it.

    Parameters
    ----------
    debt : Debt
    *policies : Policy or str
    days, worlds, seed : int
    changes : mapping of str to float, optional
        Assumptions by path → what the case says instead.
    show : {"picture", "table"}
        The picture with the table, or the table alone.

    Returns
    -------
    Replay
    """
    from IPython.display import display

    found = replay(
        debt, [one if isinstance(one, Policy) else policy(one) for one in policies], days, worlds, seed, Behaviour.default(changes)
    )
    if show == "picture":
        display({"image/png": report.picture(found), "text/plain": words.say("A picture.")}, raw=True)
    show_table(report.rows(found))
    return found
