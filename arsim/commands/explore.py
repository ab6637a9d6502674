"""``arsim explore``."""

import sys

from arsim.commands import companies, running
from arsim.commands.companies import company_of
from arsim.commands.making import command
from arsim.commands.running import Progress, stopped_once, told_engine
from arsim.report import words


def add(commands) -> None:
    """``arsim explore``."""
    say = words.say
    made = command(commands, "explore", _explore, say("look for better policies over chosen levers, and judge them on fresh luck"))
    made.add_argument(
        "--levers", nargs="+", required=True, metavar=say("LEVER"),
        help=say("levers to move, with bounds or choices where their own are too wide: team.contact_cap=1:6 law.route=suit,mediation"),
    )  # fmt: skip
    made.add_argument("--base", default="baseline", metavar=say("POLICY"),
                      help=say("policy to begin from and to compare with (default baseline)"))  # fmt: skip
    companies.source(made)
    running.scenario(made)
    running.days(made)
    made.add_argument("--budget", type=int, default=2000, metavar=say("RUNS"),
                      help=say("runs in all, one policy in one replication each (default {default})", default="2,000"))  # fmt: skip
    made.add_argument("--aim", nargs="+", metavar=say("OUTCOME"),
                      help=say("what to aim at (default: net_value overdue_share goodwill contact_minutes)"))  # fmt: skip
    for option, text in (
        ("--most", say("constraints: an outcome, headcount or contact_cap at most so much: cost=400000 headcount=2 overdue_share=20%%")),
        ("--least", say("… at least so much: goodwill=90")),
    ):
        made.add_argument(option, nargs="+", action="extend", default=[], metavar=say("OUTCOME=NUMBER"), help=text)
    made.add_argument("--front", type=int, default=8, metavar=say("NUMBER"),
                      help=say("policies on the front at most (default {default})", default=8))  # fmt: skip
    made.add_argument("--fresh", type=int, metavar=say("NUMBER"),
                      help=say("replications of fresh luck at the end (default: by the budget)"))  # fmt: skip
    running.hands(made)
    made.add_argument(
        "--out", metavar=say("FOLDER"),
        help=say("write the front, its policies and pictures there; the same command goes on there after it was cut off"),
    )  # fmt: skip


def _explore(arguments) -> int:
    from arsim.domain.policies import read_policy
    from arsim.model.scenario import read_scenario
    from arsim.report import explore as report
    from arsim.report import explore_files, export
    from arsim.study.aim import AIMS, aims, limit
    from arsim.study.explore import explore
    from arsim.study.plan import Plan
    from arsim.study.space import Space

    # what was asked for wrongly is said before a ledger is estimated, not after
    base, scenario = read_policy(arguments.base), read_scenario(arguments.scenario)
    aim = tuple(arguments.aim or AIMS)
    Space.of(base, arguments.levers), aims(aim), Plan.of(arguments.budget, arguments.front, arguments.fresh)
    most, least = ([limit(text, side) for text in given] for side, given in ((1, arguments.most), (-1, arguments.least)))
    folder = export.folder(arguments.out) if arguments.out else None
    company, firm = company_of(arguments)
    told_engine(arguments.engine)
    try:
        with stopped_once(), Progress(words.say("runs")) as progress:
            found = explore(
                arguments.levers, base, company, arguments.days, arguments.budget, most, least, aim, scenario, arguments.seed,
                arguments.front, arguments.fresh, workers=arguments.workers, engine=arguments.engine, keep=folder, progress=progress,
                cluster=arguments.cluster,
            )  # fmt: skip
    except KeyboardInterrupt:
        told = (
            words.say("Stopped. What was run is kept in {path}; the same command goes on from there.", path=folder) if folder
            else words.say("Stopped. Nothing was kept; with --out FOLDER a search can go on where it stopped.")
        )  # fmt: skip
        print(told, file=sys.stderr)
        return 130
    if warned := export.warning(company, firm):
        print(warned, end="\n\n")
    print(firm.heading, report.text(found, firm), export.assumptions(company, scenario), sep="\n\n")
    for path in explore_files.write(found, folder, firm) if folder else ():
        print(words.say("Written: {path}", path=path), file=sys.stderr)
    return 0
