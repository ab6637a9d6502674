"""Several policies at once in a lesson: value, risk and relationship of each against the first, and the means in a table."""

from arsim.report import side_by_side, words
from arsim.report.firm import Firm
from arsim.study.company import Company
from arsim.study.comparison import Comparison
from arsim.study.finding import Finding
from arsim.workbook.course.lesson import show_table


def together(
    *policies, scenario: str = "base", days: int = 365, replications: int = 20, seed: int = 1, shown: tuple[str, ...] = side_by_side.SHOWN,
    picture: bool = True,
) -> Comparison:  # fmt: skip
    """Run `policies` on the demo company with the same luck and show what each does to value, risk and relationship.

    Parameters
    ----------
    *policies : Policy or str
        Two or more; the others are held against the first.
    scenario : str
    days, replications, seed : int
    shown : tuple of str
        Outcomes of the table.
    picture : bool
        Whether to draw the three panels as well.

    Returns
    -------
    Comparison
    """
    from IPython.display import display

    from arsim.study.compare import compare

    firm = Firm()
    found = compare(policies, Company.demo(), days, replications, seed, scenario=scenario)
    if picture:
        display({"image/png": side_by_side.picture(found, firm.currency), "text/plain": words.say("A picture.")}, raw=True)
    show_table(side_by_side.rows(found, firm, shown))
    return found


def named(policy, name: str, en: str, zh: str):
    """`policy` under another name and title, so that several versions of one policy can stand side by side.

    Parameters
    ----------
    policy : Policy
    name : str
    en, zh : str
        Its title.

    Returns
    -------
    Policy
    """
    return policy.model_copy(update={"name": name, "title": {"en": en, "zh": zh}})


def direction(comparison: Comparison, policy: str, outcome: str) -> str:
    """Which way `policy` moves an outcome against the first: "up", "down", or "same" where the interval takes in zero.

    Parameters
    ----------
    comparison : Comparison
    policy, outcome : str

    Returns
    -------
    str
    """
    line = comparison.summary().set_index(["policy", "outcome"]).loc[policy, outcome]
    return "up" if line.low > 0 else "down" if line.high < 0 else "same"


def beside(*findings: Finding) -> None:
    """Show the figures that experiments report beside their claims: mostly value, risk and relationship."""
    from arsim.report import experiment
    from arsim.study.experiment_file import read_experiment

    rows = [[words.say("Experiment"), words.say("Beside it:").rstrip(":：")]]
    for found in findings:
        title = read_experiment(found.experiment).told(words.language()).title
        rows += [["" if at else title, line.strip()] for at, line in enumerate(experiment.beside(found, Firm()))]
    show_table(rows)
