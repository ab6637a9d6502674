"""The program ``arsim``: which command, in which language, and how it ends."""

import argparse
import os
import sys
from collections.abc import Sequence

from arsim.commands import (
    backtest,
    bench,
    calc,
    compare,
    course,
    evidence,
    experiment,
    explore,
    lab,
    law,
    league,
    ledger,
    policy,
    report,
    robust,
    roleplay,
    rollout,
    scenario,
    twins,
    warm,
)
from arsim.commands.making import spoken, subcommands
from arsim.domain.problem import BadInput
from arsim.report import words

# as in the help
COMMANDS = (
    lab, compare, twins, robust, explore, rollout, report, ledger, backtest, policy, scenario, experiment, evidence, law, calc, course,
    roleplay, league, warm, bench,
)  # fmt: skip
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
    parser = argparse.ArgumentParser(prog="arsim", description=words.say("Learn and decide receivables collection by simulation."))
    commands = subcommands(spoken(parser))
    for each in COMMANDS:
        each.add(commands)
    return parser


if __name__ == "__main__":
    sys.exit(main())
