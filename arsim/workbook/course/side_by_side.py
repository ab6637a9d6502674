"""Several policies side by side in a lesson: one small table instead of a picture for each."""

from arsim.domain.policy import Policy
from arsim.report import apart as report
from arsim.report import words
from arsim.study.company import Company
from arsim.study.compare import compare as run
from arsim.study.comparison import Comparison
from arsim.workbook.course.lesson import show_table
from arsim.workbook.course.policy_shelf import policy

MAIN = ("net_value", "overdue_share", "goodwill")


def compare(
    *policies: Policy | str, outcomes: tuple[str, ...] = MAIN, days: int = 365, replications: int = 20, seed: int = 1
) -> Comparison:
    """Run `policies` on the demo company with the same luck and show each against the first.

    Parameters
    ----------
    *policies : Policy or str
        Names of the course's or of built-in policies, or values.
    outcomes : tuple of str
        The lines of the table.
    days, replications, seed : int

    Returns
    -------
    Comparison
    """
    chosen = [one if isinstance(one, Policy) else policy(one) for one in policies]
    found = run(chosen, Company.demo(), days, replications, seed)
    show_table(report.rows(found, outcomes))
    print(words.say("{days} days, {count} paired replications, same customers and same luck.", days=days, count=replications))
    return found
