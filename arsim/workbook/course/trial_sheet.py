"""The rollout plan in a lesson: planned from simulation, written as a sheet if wished for, and read back later."""

from pathlib import Path

from arsim.domain.policies import read_policy
from arsim.domain.policy import Policy
from arsim.domain.reading import read_ledger
from arsim.report import rollout, rollout_reading, rollout_sheet, words
from arsim.report.firm import Firm
from arsim.study.company import Company, demo_ledger
from arsim.study.rollout_plan import plan
from arsim.study.trial_figures import recorded
from arsim.study.trial_plan import Plan
from arsim.study.trial_reading import Reading
from arsim.workbook.course.lesson import show_table


def planned(first: Policy | str, second: Policy | str, main: str = "overdue_share", months: int = 6, sheet: str | Path | None = None,
            replications: int = 10, seed: int = 1) -> Plan:  # fmt: skip
    """Plan a trial in the demo company, show it, and write it to the file `sheet` if one is named.

    Parameters
    ----------
    first, second : Policy or str
        Champion and challenger.
    main : {"overdue_share", "days_late", "cash_90"}
    months : int
    sheet : path, optional
        An .xlsx file.
    replications, seed : int

    Returns
    -------
    Plan
    """
    pair = [policy if isinstance(policy, Policy) else read_policy(policy) for policy in (first, second)]
    company, firm = Company.demo(), Firm()
    people = company.population
    before = recorded(read_ledger(demo_ledger()), people.ids, people.start)
    found = plan(*pair, company, main, months, history=before, replications=replications, seed=seed)
    show_table([[words.say("Plan"), ""], *map(list, rollout.plan_rows(found, firm, people.start))])
    print(rollout.advice(found))
    if sheet:
        print(words.say("Written: {path}", path=rollout_sheet.write(found, Path(sheet), firm, people.start)))
    return found


def read_back(sheet: str | Path) -> Reading:
    """Show what the results recorded in a sheet say beside its forecast."""
    told = rollout_reading.read(Path(sheet))
    print(told.text)
    return told.found
