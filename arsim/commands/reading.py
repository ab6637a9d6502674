"""The options of reading a ledger, and what they say."""

import argparse

from arsim.report import words


def options(parser: argparse.ArgumentParser) -> None:
    """The options of reading a ledger."""
    say = words.say
    parser.add_argument("--dates", choices=["day-first", "month-first"], help=say("how to read dates such as 3/4/2025"))
    parser.add_argument("--encoding", metavar=say("NAME"), help=say("encoding of a text file, such as gb18030"))
    parser.add_argument("--decimal", choices=["point", "comma"], help=say("what stands before the decimals of an amount"))
    parser.add_argument("--currency", metavar=say("CODE"), help=say("keep this currency only"))
    parser.add_argument("--company-code", metavar=say("CODE"), help=say("keep this company only"))
    parser.add_argument("--skip-faulty", action="store_true", help=say("leave out the rows with faults and use the rest"))


def how(arguments):
    """What the options say about reading."""
    from arsim.domain.intake import How

    return How(arguments.dates, arguments.encoding, None, arguments.decimal, arguments.currency, arguments.company_code)


def read(arguments, paths):
    """The ledger in `paths`, read as the options say."""
    from arsim.domain.reading import read_ledger

    return read_ledger(
        paths, date_order=arguments.dates, encoding=arguments.encoding, decimal=arguments.decimal, currency=arguments.currency,
        company=arguments.company_code, skip=arguments.skip_faulty,
    )  # fmt: skip
