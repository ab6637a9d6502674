"""``arsim robust``."""

import json
import sys
from contextlib import nullcontext

from arsim.commands import companies, running
from arsim.commands.companies import company_of
from arsim.commands.making import command
from arsim.commands.running import Progress, stopped_once, told_engine, told_kept
from arsim.domain.problem import BadInput, Problem
from arsim.report import words

LEAST = 10  # worlds before anything is said about them


def add(commands) -> None:
    """``arsim robust``."""
    say = words.say
    made = command(commands, "robust", _robust,
                   say("how sure a comparison is: in how many plausible worlds a policy wins, and what overturns it"))  # fmt: skip
    made.add_argument("policies", nargs="+", metavar=say("POLICY"), help=say("built-in name or a .toml file; the first is the reference"))
    companies.source(made)
    made.add_argument("--worlds", type=int, default=200, metavar=say("NUMBER"),
                      help=say("plausible worlds (default {default})", default=200))  # fmt: skip
    made.add_argument("--replications-in-world", type=int, default=2, metavar=say("NUMBER"), dest="each",
                      help=say("how often luck is dealt in each world (default {default})", default=2))  # fmt: skip
    made.add_argument("--weight", action="append", default=[], metavar=say("SCENARIO=WEIGHT"),
                      help=say("how often a scenario happens (may be given several times; scenarios not named do not happen; "
                               "default: all equally often)"))  # fmt: skip
    made.add_argument("--known", action="append", default=[], metavar=say("PARAMETER=VALUE"),
                      help=say("a parameter you know, held at this value (may be given several times)"))  # fmt: skip
    made.add_argument("--walk", action="append", default=[], metavar=say("PARAMETER"),
                      help=say("look for the tipping value of this one (may be given several times; "
                               "default: three that matter)"))  # fmt: skip
    running.days(made)
    running.options(made)
    made.add_argument("--out", metavar=say("FOLDER"), help=say("write tables (CSV) and pictures (PNG) there"))
    made.add_argument("--json", action="store_true", help=say("print the study as JSON"))


def _robust(arguments) -> int:
    from arsim.domain.policies import read_policy
    from arsim.report import export, robust_export
    from arsim.study.compare import check
    from arsim.study.keep import Keep
    from arsim.study.robust import robust
    from arsim.study.robustness import look_into
    from arsim.study.worlds import checked, worlds

    policies = [read_policy(name) for name in arguments.policies]
    check(policies, arguments.days, arguments.replications)  # before the ledger is estimated, not after
    check(policies, arguments.days, arguments.each)
    if arguments.worlds < LEAST:
        raise BadInput(Problem("{count} worlds are too few to say anything.", "Ask for {least} or more.",
                               values={"count": arguments.worlds, "least": LEAST}))  # fmt: skip
    weights, known = (dict(map(_pair, given)) for given in (arguments.weight, arguments.known))
    drawn = worlds(arguments.worlds, arguments.seed, weights, known)
    checked(arguments.walk)
    folder = export.folder(arguments.out) if arguments.out else None
    company, firm = company_of(arguments)
    told_engine(arguments.engine)
    with Keep(folder, currency=firm.currency) if folder else nullcontext() as keep:
        given = {"workers": arguments.workers, "engine": arguments.engine, "keep": keep, "cluster": arguments.cluster}
        with stopped_once(), Progress(words.say("worlds")) as progress:
            found = robust(policies, company, each=arguments.each, days=arguments.days, seed=arguments.seed, drawn=drawn,
                           progress=progress, **given)  # fmt: skip
        if len(found.worlds) < found.asked:
            print(words.say("Stopped after {done} of {asked} worlds; what follows is of these.", done=len(found.worlds),
                            asked=found.asked), file=sys.stderr)  # fmt: skip
            told_kept(folder)
        if len(found.worlds) < LEAST:
            return 130
        with Progress(words.say("what overturns it")) as progress:
            study = look_into(found, company, walk=arguments.walk, replications=arguments.replications, progress=progress, **given)
    if arguments.json:
        print(json.dumps(robust_export.as_dict(study, firm), ensure_ascii=False, indent=1))
    else:
        _tell(study, company, firm)
    if folder:
        for path in robust_export.write(study, folder, firm, company):
            print(words.say("Written: {path}", path=path), file=sys.stderr)
    return 0 if len(found.worlds) == found.asked else 130


def _tell(study, company, firm) -> None:
    from arsim.report import export, robust
    from arsim.report.columns import aligned

    found, title = study.found, robust.titled(study.found)[study.policy]
    scale = robust.scale_of(found, firm.currency)
    show = lambda rows: print("\n".join(aligned(rows, range(1, len(rows[0])))), end="\n\n")  # noqa: E731
    if warned := export.warning(company, firm):
        print(warned, end="\n\n")
    print(firm.heading, end="\n\n")
    for policy in found.names[1:]:
        print(robust.verdict(found, policy), end="\n\n")
    if len(found.names) > 2:
        show([row[:4] for row in robust.share_rows(found)])
    show(robust.regret_rows(found, study.outcome, firm.currency))
    if len(found.names) > 2:
        print(words.say("From here on: {policy}, which beats the first in most worlds.", policy=title), end="\n\n")
    show(robust.scenario_rows(found, study.policy, study.outcome))
    print(words.say("What moves the difference most:"))
    show(robust.tornado_rows(study.pulls, scale, study.outcome))
    print(robust.sieved(study), robust.parts(study.pulls), sep="\n", end="\n\n")
    print(words.say("Where the verdict turns (everything else as used, ordinary times, {count} replications):",
                    count=study.tips[0].differences.shape[1]))  # fmt: skip
    for one in study.tips:
        print("  " + robust.tipping_line(one, scale))
    print(robust.box_line(study.box, title), end="\n\n")
    print(words.say("Who loses (ordinary times, {count} replications; ▲ surely better, ▼ surely worse, * may be nothing, ! worse although "
                    "the total is not):", count=study.losers.replications))  # fmt: skip
    show(robust.loser_rows(study.losers, firm.currency))
    print(*robust.loser_lines(study.losers, firm.currency), "", robust.assumptions(found.worlds, found.each), sep="\n")
    print(words.say("Prices, margins and wages vary as well. Hold what you know: --known price.gross_margin=0.18, for instance."))
    if company.found:
        print(words.say("What was learnt from the ledger was learnt once, with the parameters as used."))


def _pair(text: str) -> tuple[str, float]:
    name, _, number = text.partition("=")
    try:
        return name.strip(), float(number)
    except ValueError:
        raise BadInput(Problem("This is not NAME=NUMBER.", "Write for instance {example}.", value=text,
                               values={"example": "price.gross_margin=0.18"})) from None  # fmt: skip
