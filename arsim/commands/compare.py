"""``arsim compare``."""

import json
import shlex
import sys
from contextlib import nullcontext
from functools import partial

from arsim.commands import companies, running, sure
from arsim.commands.companies import company_of
from arsim.commands.making import command
from arsim.commands.running import Progress, stopped_once, told_engine, told_stopped
from arsim.report import words


def add(commands) -> None:
    """``arsim compare``."""
    say = words.say
    compare = command(commands, "compare", _compare, say("compare policies on the same customers with the same luck"))
    compare.add_argument(
        "policies", nargs="+", metavar=say("POLICY"), help=say("built-in name or a .toml file; the first is the reference")
    )
    companies.source(compare)
    running.scenario(compare)
    running.days(compare)
    running.options(compare, auto=True)
    compare.add_argument(
        "--out", metavar=say("FOLDER"),
        help=say("write runs.csv, summary.csv and comparison.png there; once stopped, the same command goes on where it was"),
    )  # fmt: skip
    compare.add_argument("--json", action="store_true", help=say("print the summary as JSON"))


def _compare(arguments) -> int:
    from arsim.domain.policies import read_policy
    from arsim.model.scenario import read_scenario
    from arsim.report import export, standing, table
    from arsim.report import sure as told_sure
    from arsim.study import few
    from arsim.study.compare import check, compare
    from arsim.study.keep import Keep

    policies, rule = [read_policy(name) for name in arguments.policies], sure.rule(arguments)
    check(policies, arguments.days, rule.budget if rule else arguments.replications)  # before the ledger is estimated, not after
    scenario = read_scenario(arguments.scenario)
    folder = export.folder(arguments.out) if arguments.out else None
    company, firm = company_of(arguments)
    told_engine(arguments.engine)
    with stopped_once(), Progress(words.say("replications")) as progress:
        told = partial(progress.continuing, total=rule.budget if rule else arguments.replications)
        with Keep(folder, told, firm.currency) if folder else nullcontext() as keep:
            found = compare(
                policies, company, arguments.days, arguments.replications, arguments.seed, progress=progress, workers=arguments.workers,
                scenario=scenario, engine=arguments.engine, keep=keep, cluster=arguments.cluster, sure=rule,
            )  # fmt: skip
    if len(found.replications) < found.asked:
        told_stopped(len(found.replications), found.asked, folder)
    if not found.replications:
        return 1
    if arguments.json:
        print(json.dumps(export.as_dict(found, company, firm), ensure_ascii=False, indent=1))
    else:
        if warned := export.warning(company, firm):
            print(warned, end="\n\n")
        if company.warmup:
            print(
                words.say(
                    "The ledger holds no open invoice on that day: the book starts empty and {days} days of warm-up are not counted.",
                    days=company.warmup,
                )
            )
        print(firm.heading, end="\n\n")
        for policy in policies[1:]:
            print(table.headline(found, policy.name, firm), table.text(found, policy.name, firm), sep="\n\n", end="\n\n")
        if len(policies) > 2:
            print(standing.text(found), end="\n\n")
        if found.stop:
            print(told_sure.text(found, firm), end="\n\n")
        for care in told_sure.doubtful(found, few.largest(company.population)):
            print(care, end="\n\n")
        print(export.assumptions(company, scenario))
    if folder:
        for path in export.write(found, folder, company.population.start, firm):
            print(words.say("Written: {path}", path=path), file=sys.stderr)
        print(words.say("As a page to pass on and a workbook: arsim report {folder}", folder=shlex.quote(str(folder))), file=sys.stderr)
    return 0 if len(found.replications) == found.asked else 130
