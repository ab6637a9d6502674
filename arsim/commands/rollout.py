"""``arsim rollout``: plan a champion–challenger trial, and read its results."""

import sys

from arsim.commands import companies, reading, running
from arsim.commands.companies import company_of
from arsim.commands.making import command, group
from arsim.commands.running import Progress, told_engine
from arsim.report import words

SHORT = "overdue_share"


def add(commands) -> None:
    """``arsim rollout``."""
    say = words.say
    parts = group(commands, "rollout", say("plan a champion–challenger trial by lot, and set its results against the forecast"))
    made = command(parts, "plan", _plan, say("how many customers, how long, who gets which policy by lot, when to stop"))
    made.add_argument("policies", nargs=2, metavar=say("POLICY"), help=say("champion and challenger: built-in name or a .toml file"))
    companies.source(made)
    made.add_argument("--main", default=SHORT, metavar=say("FIGURE"),
                      help=say("main figure: overdue_share (default), days_late or cash_90"))  # fmt: skip
    made.add_argument("--months", type=int, default=6, metavar=say("NUMBER"), help=say("length of the trial (default 6)"))
    made.add_argument("--power", type=float, default=0.8, metavar=say("NUMBER"), help=say("chance to see the effect (default 0.8)"))
    made.add_argument("--looks", type=int, default=3, metavar=say("NUMBER"), help=say("looks, the end among them: 1 to 3 (default 3)"))
    made.add_argument("--per-arm", type=int, default=0, metavar=say("NUMBER"),
                      help=say("so many customers in each arm; the others stay out (default: everybody takes part)"))  # fmt: skip
    made.add_argument("--together", metavar=say("FILE"),
                      help=say("CSV with the columns customer and group: companies of one group are drawn together"))  # fmt: skip
    running.scenario(made)
    made.add_argument("--replications", type=int, default=20, metavar=say("NUMBER"),
                      help=say("courses of luck simulated (default {default})", default=20))  # fmt: skip
    running.seed(made, say("seed of the luck and of the lots (default 1)"))
    running.engine(made)
    running.workers(made)
    made.add_argument("--sheet", metavar=say("FILE"), help=say("write the sheet (XLSX) with the plan, the customers drawn and a log"))
    read = command(parts, "read", _read, say("set the recorded results, or a later ledger, against the forecast"))
    read.add_argument("sheet", metavar=say("FILE"), help=say("the sheet that `arsim rollout plan` wrote"))
    read.add_argument("--ledger", action="append", metavar=say("FILE"), help=say("a later ledger, from which the results are worked out"))
    reading.options(read)


def _plan(arguments) -> int:
    from pathlib import Path

    from arsim.domain.policies import read_policy, told_apart
    from arsim.model.scenario import read_scenario
    from arsim.report import export, rollout, rollout_sheet
    from arsim.study.rollout_plan import plan
    from arsim.study.trial_figures import figure

    first, second = told_apart([read_policy(name) for name in arguments.policies])
    scenario, together = read_scenario(arguments.scenario), _together(arguments.together)
    figure(arguments.main)
    company, firm = company_of(arguments)
    _known(together, company.population.ids, arguments.together)
    told_engine(arguments.engine)
    with Progress(words.say("replications")) as progress:
        found = plan(
            first, second, company, arguments.main, arguments.months, arguments.power, arguments.looks, _history(arguments, company),
            together, arguments.per_arm, arguments.replications, arguments.seed, scenario, arguments.workers, arguments.engine, progress,
        )  # fmt: skip
    start = company.population.start
    if warned := export.warning(company, firm):
        print(warned, end="\n\n")
    print(rollout.plan_text(found, firm, start), end="\n\n")
    print(export.assumptions(company, scenario))
    if arguments.sheet:
        print(words.say("Written: {path}", path=rollout_sheet.write(found, Path(arguments.sheet), firm, start)), file=sys.stderr)
    return 0


def _history(arguments, company):
    """The ledger's invoices before the start; None where there is no ledger."""
    from arsim.domain.reading import read_ledger
    from arsim.study.company import demo_ledger
    from arsim.study.company_file import is_company
    from arsim.study.trial_figures import recorded

    people = company.population
    if arguments.ledger and not any(map(is_company, arguments.ledger)):
        return recorded(reading.read(arguments, arguments.ledger), people.ids, people.start)
    if not arguments.ledger and arguments.customers is None:
        return recorded(read_ledger(demo_ledger()), people.ids, people.start)
    return None


def _together(path: str | None) -> dict[str, str]:
    from pathlib import Path

    from arsim.domain.problem import BadInput, Problem
    from arsim.domain.tables import read_table

    if path is None:
        return {}
    table = read_table(Path(path), guess=True)
    heads = [head.strip().lower() for head in table.headers]
    places = [next((at for at, head in enumerate(heads) if head in names), None)
              for names in (("customer", "客户"), ("group", "集团", "组"))]  # fmt: skip
    if None in places:
        raise BadInput(Problem("This file has no columns customer and group.", "Give it both in the first row.", file=path))
    made: dict[str, str] = {}
    for number, row in enumerate(table.rows, 2):
        name, group = (str(row[place]).strip() for place in places)
        if group and made.setdefault(name, group) != group:
            raise BadInput(Problem("This customer stands in two groups, {first} and {second}.",
                                   "Keep one row, or give both groups one name.", file=path, row=number, value=name,
                                   values={"first": made[name], "second": group}))  # fmt: skip
    return made


def _known(together: dict[str, str], ids, path: str | None) -> None:
    """Refuse a file that names whom nobody knows: its groups would be torn apart by the lots."""
    from arsim.domain.problem import BadInput, Problem

    strange = sorted(set(together) - set(ids))
    if strange:
        raise BadInput(Problem("{count} of the customers named in this file are not the company's, such as {names}.",
                               "Write them as the ledger does, or remove their rows.", file=path,
                               values={"count": len(strange), "names": words.listed(strange[:3])}))  # fmt: skip


def _read(arguments) -> int:
    from pathlib import Path

    from arsim.report import rollout_reading

    told = rollout_reading.read(Path(arguments.sheet), reading.read(arguments, arguments.ledger) if arguments.ledger else None)
    print(told.heading, told.text, sep="\n\n")
    return 0
