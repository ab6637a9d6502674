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


def source(parser: argparse.ArgumentParser) -> None:
    """The company asked about: the demo company, as large as wished, or the one behind a ledger."""
    say = words.say
    one = parser.add_mutually_exclusive_group()
    one.add_argument("--company", choices=["demo"], default="demo", help=say("the demo company (default)"))
    one.add_argument("--ledger", action="append", metavar=say("FILE"),
                     help=say("your own ledger, CSV or XLSX (may be given twice), or a saved company, .json"))  # fmt: skip
    options(parser)
    size(parser)


def size(parser: argparse.ArgumentParser) -> None:
    """The option of a larger demo company."""
    say = words.say
    parser.add_argument(
        "--customers", type=int, metavar=say("NUMBER"),
        help=say("give the demo company so many customers, like its own; the staff stays as the policies say"),
    )  # fmt: skip


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
    from arsim.study.company_file import is_company

    if not arguments.ledger:
        if arguments.as_of:
            raise BadInput(Problem("--as-of goes with --ledger.", "The demo company always starts on 2025-01-01."))
        if arguments.customers is None:
            return Company.demo(), Firm()
        name = words.say("Demo company with {customers:,} customers", customers=arguments.customers)
        return Company.demo(arguments.customers), Firm(name)
    if arguments.customers is not None:
        raise BadInput(Problem("--customers goes with the demo company only.", "Leave it out, or leave out --ledger."))
    if any(map(is_company, arguments.ledger)):
        return _saved(arguments)
    under = read_policy(arguments.under)
    ledger = reading.read(arguments, arguments.ledger)
    with Progress(words.say("estimating from the ledger"), 100) as progress:
        company = Company.of(ledger, under, arguments.as_of, progress=lambda share: progress(round(share * 100), 100))
    return company, Firm.of(ledger)


_LEARNING = {
    "--as-of": "as_of", "--dates": "dates", "--encoding": "encoding", "--decimal": "decimal", "--currency": "currency",
    "--company-code": "company_code", "--skip-faulty": "skip_faulty",
}  # fmt: skip


def _saved(arguments):
    """The company saved in the one file named; what goes with reading a ledger is refused, not passed over."""
    from arsim.report.firm import Firm

    path, *others = arguments.ledger
    if others:
        raise BadInput(Problem("A saved company goes with no second file.", "Name it alone, or name the ledgers it was learnt from.",
                               file=next(name for name in arguments.ledger if name.lower().endswith(".json"))))  # fmt: skip
    given = [option for option, name in _LEARNING.items() if getattr(arguments, name)]
    company, firm = Firm.saved(path)
    given += ["--under"] if arguments.under not in ("baseline", company.found.under.name if company.found else None) else []
    if given:
        raise BadInput(Problem(
            "{options}: this is about learning from a ledger, and the company was learnt already when it was saved.",
            "Leave it out, or name the ledger itself.", file=path, values={"options": words.listed(given)}))  # fmt: skip
    return company, firm
