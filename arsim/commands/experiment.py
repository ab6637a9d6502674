"""``arsim experiment list | run``."""

import json

from arsim.commands import companies, running
from arsim.commands.companies import company_of
from arsim.commands.making import command, group
from arsim.commands.running import Progress, stopped_once, told_engine, told_stopped
from arsim.report import words


def add(commands) -> None:
    """``arsim experiment list | run``."""
    say = words.say
    experiment = group(commands, "experiment", say("claims of the course, put to the test"))
    command(experiment, "list", _experiment_list, say("the claims that can be tested"))
    tried = command(experiment, "run", _experiment_run, say("test a claim on a company: what comes out, and whether the claim holds"))
    tried.add_argument("name", metavar=say("NAME"), help=say("name of an experiment, or all"))
    tried.add_argument(
        "--ledger", action="append", metavar=say("FILE"),
        help=say("your own ledger, CSV or XLSX, or a saved company, .json; else the demo company"),
    )  # fmt: skip
    companies.options(tried)
    companies.size(tried)
    running.options(tried)
    tried.add_argument("--json", action="store_true", help=say("print what came out as JSON"))


def _experiment_list(arguments) -> int:
    from arsim.report import experiment

    print(experiment.listing())
    return 0


def _experiment_run(arguments) -> int:
    from arsim.report import experiment as report
    from arsim.report import export
    from arsim.study.compare import check
    from arsim.study.experiment import experiments, read_experiment, run

    chosen = [read_experiment(name) for name in (experiments() if arguments.name == "all" else [arguments.name])]
    check(chosen[0].policies(), chosen[0].days, arguments.replications)  # before the ledger is estimated, not after
    company, firm = company_of(arguments)
    present = company.found.under if company.found else None
    findings = []
    told_engine(arguments.engine)
    for experiment in chosen:
        with stopped_once(), Progress(experiment.name) as progress:
            found = run(
                experiment, company, arguments.replications, arguments.seed, present=present, progress=progress,
                workers=arguments.workers, engine=arguments.engine, cluster=arguments.cluster,
            )  # fmt: skip
        findings.append(found)
        if found.ran < found.asked:
            told_stopped(found.ran, found.asked)
            break
    both = list(zip(chosen, findings, strict=False))
    if arguments.json:
        print(json.dumps([report.as_dict(*pair, firm) for pair in both], ensure_ascii=False, indent=1))
    else:
        if warned := export.warning(company, firm):
            print(warned, end="\n\n")
        print(firm.heading, end="\n\n")
        print(report.table(findings, firm) if arguments.name == "all" else report.text(*both[0], firm, present), end="\n\n")
        print(export.assumptions(company))
    return 0 if findings[-1].ran == findings[-1].asked else 130
