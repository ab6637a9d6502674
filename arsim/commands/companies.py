"""The company a command is about: the options of a ledger, and what is learnt from it."""

import argparse
from datetime import date

from arsim.commands import reading
from arsim.commands.running import Progress
from arsim.domain.problem import BadInput, Problem
from arsim.report import words


def options(parser: argparse.ArgumentParser) -> None:
    """The options of learning from a ledger."""
    say = words.say
    parser.add_argument(
        "--under", default="baseline", metavar=say("POLICY"), help=say("the policy the ledger was observed under (default baseline)")
    )
    parser.add_argument("--as-of", type=day("--as-of"), metavar=say("YYYY-MM-DD"), help=say("start from the book at the end of this day"))
    reading.options(parser)


def day(option: str):
    """A reader of dates that refuses by the option's name."""

    def read(text: str) -> date:
        try:
            return date.fromisoformat(text)
        except ValueError:
            raise BadInput(
                Problem("This is not a date.", "Write the day after {option} as 2025-03-05.", value=text, values={"option": option})
            ) from None

    return read


def company_of(arguments):
    """The company and the firm as it is shown: the demo company, or the one behind the ledger."""
    from arsim.domain.policies import read_policy
    from arsim.report.firm import Firm
    from arsim.study.company import Company

    if not arguments.ledger:
        if arguments.as_of:
            raise BadInput(Problem("--as-of goes with --ledger.", "The demo company always starts on 2025-01-01."))
        return Company.demo(), Firm()
    under = read_policy(arguments.under)
    ledger = reading.read(arguments, arguments.ledger)
    with Progress(words.say("estimating from the ledger"), 100) as progress:
        company = Company.of(ledger, under, arguments.as_of, progress=lambda share: progress(round(share * 100), 100))
    return company, Firm.of(ledger)
