"""The commands. Parsing and printing only: what they do lies below."""

import argparse
import json
import os
import signal
import sys
import threading
import time
from collections.abc import Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from arsim import commands_calc, commands_ledger
from arsim.domain.problem import BadInput, Problem
from arsim.model.evidence import GRADES
from arsim.report import words

BAD_INPUT = 2
CUT_OFF = 141  # as a shell reports a program whose reader went away


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command; the exit code: 0 fine, 2 the input is wrong (and was explained), 141 nobody reads any more, 1 otherwise."""
    argv = list(sys.argv[1:] if argv is None else argv)
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # a console that cannot draw a sign must not end the run
    try:
        if (language := _wanted_language(argv)) is not None:
            words.use(language)
        if unspoken := words.unspoken():
            print(words.explain(unspoken), file=sys.stderr)
        arguments = _parser().parse_args(argv)
        code = arguments.run(arguments) or 0
        sys.stdout.flush()
        return code
    except BrokenPipeError:  # as in `arsim policy levers | head`: whoever read us has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # or Python complains when it ends
        return CUT_OFF
    except BadInput as error:
        for problem in error.problems:
            print(words.explain(problem), file=sys.stderr)
        return BAD_INPUT


def _wanted_language(argv: list[str]) -> str | None:
    """``--lang`` before anything else is parsed, so that help and errors speak it too."""
    for place, argument in enumerate(argv):
        if argument.startswith("--lang="):
            return argument.removeprefix("--lang=")
        if argument == "--lang" and place + 1 < len(argv):
            return argv[place + 1]
    return None


def _parser() -> argparse.ArgumentParser:
    argparse._ = words.say  # argparse's own sentences come from our catalogue as well
    say = words.say
    parser = argparse.ArgumentParser(prog="arsim", description=say("Learn and decide receivables collection by simulation."))

    def spoken(made):
        made.add_argument("--lang", metavar="|".join(words.LANGUAGES), help=say("language of everything shown"))
        return made

    def group(made):
        return made.add_subparsers(required=True, metavar=say("COMMAND"))

    def command(group, name, run, text):
        made = spoken(group.add_parser(name, help=text, description=text))
        made.set_defaults(run=run)
        return made

    commands = group(spoken(parser))
    lab = command(commands, "lab", _lab, say("open the workbook in JupyterLab"))
    lab.add_argument("--no-browser", action="store_true", help=say("do not open a browser; print the address"))
    lab.add_argument("--port", type=int, metavar=say("NUMBER"), help=say("port on this machine"))

    compare = command(commands, "compare", _compare, say("compare policies on the same customers with the same luck"))
    compare.add_argument(
        "policies", nargs="+", metavar=say("POLICY"), help=say("built-in name or a .toml file; the first is the reference")
    )
    source = compare.add_mutually_exclusive_group()
    source.add_argument("--company", choices=["demo"], default="demo", help=say("the demo company (default)"))
    source.add_argument("--ledger", action="append", metavar=say("FILE"), help=say("your own ledger, CSV or XLSX; may be said twice"))
    _about_ledger(compare)
    compare.add_argument(
        "--scenario",
        default="base",
        metavar=say("SCENARIO"),
        help=say("what the world does meanwhile; `arsim scenario list` tells (default base)"),
    )
    compare.add_argument(
        "--days", type=int, default=365, metavar=say("NUMBER"), help=say("days to simulate (default {default})", default=365)
    )
    compare.add_argument(
        "--replications", type=int, default=40, metavar=say("NUMBER"), help=say("paired replications (default {default})", default=40)
    )
    compare.add_argument("--seed", type=int, default=1, metavar=say("NUMBER"), help=say("seed of the luck (default {default})", default=1))
    compare.add_argument(
        "--workers", type=int, default=0, metavar=say("NUMBER"), help=say("processes; 0 chooses. The result does not depend on it")
    )
    compare.add_argument("--out", metavar=say("FOLDER"), help=say("write runs.csv, summary.csv and comparison.png there"))
    compare.add_argument("--json", action="store_true", help=say("print the summary as JSON"))

    ledger = group(spoken(commands.add_parser("ledger", help=say("your own ledger"))))
    commands_ledger.add(ledger, command, _about_ledger, _Progress)

    tested = command(
        commands, "backtest", _backtest, say("learn from a ledger up to a day, foretell what came after it, beside three simple methods")
    )
    tested.add_argument("file", metavar=say("FILE"))
    tested.add_argument(
        "--split", type=_split, required=True, metavar=say("YYYY-MM-DD"), help=say("last day known to the model, as YYYY-MM-DD")
    )
    tested.add_argument(
        "--months", type=int, default=4, metavar=say("NUMBER"), help=say("months to foretell (default {default})", default=4)
    )
    tested.add_argument("--dates", choices=["day-first", "month-first"], help=say("how to read dates such as 3/4/2025"))
    tested.add_argument("--encoding", metavar=say("NAME"), help=say("encoding of a text file, such as gb18030"))
    tested.add_argument("--json", action="store_true", help=say("print the figures as JSON"))

    policy = group(spoken(commands.add_parser("policy", help=say("policies and their levers"))))
    command(policy, "list", _policy_list, say("the built-in policies"))
    command(policy, "levers", _policy_levers, say("every lever with unit, bounds, default and meaning")).add_argument(
        "group", nargs="?", metavar=say("GROUP"), help=say("only this group, such as law")
    )
    command(policy, "check", _policy_check, say("say what is wrong with a policy file, and where")).add_argument(
        "file", metavar=say("FILE")
    )

    scenario = group(spoken(commands.add_parser("scenario", help=say("what the world may do meanwhile"))))
    command(scenario, "list", _scenario_list, say("the scenarios: what each changes, and its source"))

    experiment = group(spoken(commands.add_parser("experiment", help=say("claims of the course, put to the test"))))
    command(experiment, "list", _experiment_list, say("the claims that can be tested"))
    tried = command(experiment, "run", _experiment_run, say("test a claim on a company: what comes out, and whether the claim holds"))
    tried.add_argument("name", metavar=say("NAME"), help=say("name of an experiment, or all"))
    tried.add_argument(
        "--ledger", action="append", metavar=say("FILE"), help=say("your own ledger, CSV or XLSX; else the demo company")
    )
    _about_ledger(tried)
    tried.add_argument(
        "--replications", type=int, default=40, metavar=say("NUMBER"), help=say("paired replications (default {default})", default=40)
    )
    tried.add_argument("--seed", type=int, default=1, metavar=say("NUMBER"), help=say("seed of the luck (default {default})", default=1))
    tried.add_argument(
        "--workers", type=int, default=0, metavar=say("NUMBER"), help=say("processes; 0 chooses. The result does not depend on it")
    )
    tried.add_argument("--json", action="store_true", help=say("print what came out as JSON"))

    evidence = command(
        commands, "evidence", _evidence, say("every number the model rests on: meaning, value, range, evidence, source, where used")
    )
    evidence.add_argument(
        "prefix", nargs="?", default="", metavar=say("PREFIX"), help=say("only paths that begin so, such as channel.call or demo")
    )
    evidence.add_argument("--grade", choices=GRADES, help=say("only this grade of evidence"))
    evidence.add_argument("--json", action="store_true", help=say("print the list as JSON"))

    law = command(commands, "law", _law, say("the rules of law a collector meets, each with article and version"))
    law.add_argument("key", nargs="?", metavar=say("KEY"), help=say("show this rule in full, such as limitation"))

    commands_calc.add(group(spoken(commands.add_parser("calc", help=say("one formula at a time, explained with your numbers")))), command)

    twins = command(commands, "twins", _twins, say("check that the notebooks of both languages are in step"))
    twins.add_argument("--fix", action="store_true", help=say("mend what can be mended"))
    twins.add_argument(
        "--reviewed", action="append", default=[], metavar=say("NAME:CELL"), help=say("this text was read against its twin; or all")
    )
    return parser


def _about_ledger(parser: argparse.ArgumentParser) -> None:
    say = words.say
    parser.add_argument(
        "--under", default="baseline", metavar=say("POLICY"), help=say("the policy the ledger was observed under (default baseline)")
    )
    parser.add_argument("--dates", choices=["day-first", "month-first"], help=say("how to read dates such as 3/4/2025"))
    parser.add_argument("--encoding", metavar=say("NAME"), help=say("encoding of a text file, such as gb18030"))
    parser.add_argument("--as-of", type=_day, metavar=say("YYYY-MM-DD"), help=say("start from the book at the end of this day"))
    commands_ledger.reading(parser)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadInput(Problem("This is not a date.", "Write the day after --as-of as 2025-03-05.", value=text)) from None


def _split(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadInput(Problem("This is not a date.", "Write the day as 2025-03-05.", value=text)) from None


def _lab(arguments) -> int:
    from arsim.workbook.launch import open_lab

    return open_lab(words.language(), arguments.port, not arguments.no_browser)


def _compare(arguments) -> int:
    from arsim.domain.policies import read_policy
    from arsim.model.scenario import read_scenario
    from arsim.report import export, table
    from arsim.study.compare import check, compare

    policies = [read_policy(name) for name in arguments.policies]
    check(policies, arguments.days, arguments.replications)  # before the ledger is estimated, not after
    scenario = read_scenario(arguments.scenario)
    folder = export.folder(arguments.out) if arguments.out else None
    company, firm = _company(arguments)
    with _stopped_once(), _Progress(words.say("replications")) as progress:
        found = compare(
            policies, company, arguments.days, arguments.replications, arguments.seed, progress=progress, workers=arguments.workers,
            scenario=scenario,
        )  # fmt: skip
    if len(found.replications) < found.asked:
        print(
            words.say(
                "Stopped after {done} of {asked} replications; what follows is of these.", done=len(found.replications), asked=found.asked
            ),
            file=sys.stderr,
        )
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
        print(export.assumptions(company, scenario))
    if folder:
        for path in export.write(found, folder, company.population.start, firm):
            print(words.say("Written: {path}", path=path), file=sys.stderr)
    return 0 if len(found.replications) == found.asked else 130


def _company(arguments):
    from arsim.domain.policies import read_policy
    from arsim.domain.reading import read_ledger
    from arsim.report.firm import Firm
    from arsim.study.company import Company

    if not arguments.ledger:
        if arguments.as_of:
            raise BadInput(Problem("--as-of goes with --ledger.", "The demo company always starts on 2025-01-01."))
        return Company.demo(), Firm()
    under = read_policy(arguments.under)
    ledger = read_ledger(
        arguments.ledger, date_order=arguments.dates, encoding=arguments.encoding, decimal=arguments.decimal,
        currency=arguments.currency, company=arguments.company_code, skip=arguments.skip_faulty,
    )  # fmt: skip
    with _Progress(words.say("estimating from the ledger"), 100) as progress:
        company = Company.of(ledger, under, arguments.as_of, progress=lambda share: progress(round(share * 100), 100))
    return company, Firm.of(ledger)


@contextmanager
def _stopped_once():
    """Ctrl-C stops the run, once: some launchers pass it on a second time, which must not spoil the telling of what was finished."""

    def stop(*_):
        again = time.monotonic() + 2
        signal.signal(signal.SIGINT, lambda *_: signal.default_int_handler(signal.SIGINT, None) if time.monotonic() > again else None)
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGINT, stop) if threading.current_thread() is threading.main_thread() else None
    try:
        yield
    finally:
        if before is not None and signal.getsignal(signal.SIGINT) is stop:
            signal.signal(signal.SIGINT, before)


class _Progress:
    """A bar on the terminal, gone when done; silent where nobody watches."""

    def __init__(self, what: str, total: int | None = None):
        self.what, self.total, self.bar = what, total, None

    def __enter__(self):
        return self

    def __call__(self, done: int, total: int) -> None:
        from tqdm import tqdm

        if self.bar is None:
            self.bar = tqdm(total=total, desc=self.what, leave=False, disable=None, file=sys.stderr)
        self.bar.update(done - self.bar.n)

    def __exit__(self, *_):
        if self.bar is not None:
            self.bar.close()


def _backtest(arguments) -> int:
    from arsim.domain.reading import read_ledger
    from arsim.report import backtest as report
    from arsim.study.backtest import backtest

    ledger = read_ledger(arguments.file, date_order=arguments.dates, encoding=arguments.encoding)
    with _Progress(words.say("putting the forecast to the test"), 100) as progress:
        found = backtest(ledger, arguments.split, arguments.months, progress=lambda share: progress(round(share * 100), 100))
    print(json.dumps(report.as_dict(found), ensure_ascii=False, indent=1) if arguments.json else report.text(found))
    return 0


def _policy_list(arguments) -> int:
    from arsim.domain.policies import built_in, read_policy

    for name in built_in():
        print(f"{name:<24}{read_policy(name).called(words.language())}")
    return 0


def _policy_levers(arguments) -> int:
    from arsim.domain.policy import grouped

    for lever in grouped(arguments.group):
        bounds = " | ".join(lever.choices) if lever.choices else f"{lever.low:g} … {lever.high:g}"
        print(
            f"{lever.path:<28}{words.pick(lever.label)}\n"
            f"{'':<28}{bounds}  [{words.say(lever.unit)}]  {words.say('default')} {lever.default}"
        )
    return 0


def _scenario_list(arguments) -> int:
    from arsim.report import scenario

    print(scenario.listing())
    return 0


def _policy_check(arguments) -> int:
    from arsim.domain.policies import read_policy

    policy = read_policy(Path(arguments.file) if arguments.file.endswith(".toml") else arguments.file)
    print(words.say('Policy "{name}" is in order: {levels} dunning levels, {collectors} collectors.',
                    name=policy.called(words.language()), levels=len(policy.dunning), collectors=policy.team.collectors))  # fmt: skip
    for place in policy.out_of_order():
        print(
            words.say(
                "Note: level {place} does not come later than the one before it; it is issued the day after that one.", place=place + 1
            )
        )
    return 0


def _experiment_list(arguments) -> int:
    from arsim.report import experiment

    print(experiment.listing())
    return 0


def _experiment_run(arguments) -> int:
    from arsim.domain.policies import read_policy
    from arsim.report import experiment as report
    from arsim.report import export
    from arsim.study.compare import check
    from arsim.study.experiment import experiments, read_experiment, run

    chosen = [read_experiment(name) for name in (experiments() if arguments.name == "all" else [arguments.name])]
    check(chosen[0].policies(), chosen[0].days, arguments.replications)  # before the ledger is estimated, not after
    present = read_policy(arguments.under) if arguments.ledger else None
    company, firm = _company(arguments)
    findings = []
    for experiment in chosen:
        with _stopped_once(), _Progress(experiment.name) as progress:
            found = run(
                experiment, company, arguments.replications, arguments.seed, present=present, progress=progress, workers=arguments.workers
            )
        findings.append(found)
        if found.ran < found.asked:
            print(
                words.say("Stopped after {done} of {asked} replications; what follows is of these.", done=found.ran, asked=found.asked),
                file=sys.stderr,
            )
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


def _evidence(arguments) -> int:
    from arsim.report import evidence

    found = evidence.chosen(arguments.prefix, arguments.grade)
    print(json.dumps(evidence.rows(found), ensure_ascii=False, indent=1) if arguments.json else evidence.text(found))
    return 0


def _law(arguments) -> int:
    from arsim.report import law

    print(law.entry(arguments.key) if arguments.key else law.listing())
    return 0


def _twins(arguments) -> int:
    from arsim.domain.places import place
    from arsim.workbook import twins

    problems = twins.sync(place("notebooks"), arguments.reviewed) if arguments.fix else twins.check(place("notebooks"))
    for problem in problems:
        print(words.explain(problem))
    if not problems:
        print(words.say("The notebooks of both languages are in step."))
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
