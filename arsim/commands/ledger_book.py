"""``arsim ledger book``: a ledger's figures as a meeting on receivables wants them; parsing and printing only."""

from arsim.commands import companies, reading
from arsim.commands.making import command
from arsim.domain.problem import BadInput, Problem
from arsim.report import words


def add(group) -> None:
    """``arsim ledger book``."""
    say = words.say
    book = command(group, "book", _book, say("ageing, key figures, concentration and the customers to watch"))
    book.add_argument("file", nargs="+", metavar=say("FILE"), help=say("one file, or several that make up one ledger"))
    book.add_argument("--day", type=companies.day("--day"), metavar=say("YYYY-MM-DD"), help=say("the end of this day (default: the last)"))
    book.add_argument("--by", metavar=say("COLUMN"), help=say("a column of the file that groups the customers, such as region"))
    reading.options(book)


def _book(arguments) -> int:
    from arsim.domain.intake import take_in
    from arsim.domain.tables import shortened
    from arsim.report import book_ageing, book_concentration, book_groups, book_kpis, book_watch
    from arsim.report.columns import aligned
    from arsim.study.concentration import parts
    from arsim.study.groups import by_column
    from arsim.study.watch_list import watch_list

    intake = take_in(arguments.file, reading.how(arguments))
    faults, ledger, say = intake.faults(), intake.ledger, words.say
    if faults and not arguments.skip_faulty or not len(ledger):
        raise BadInput(*shortened(faults or [finding.problem for finding in intake.findings], intake.sheet.parts[0].file))
    day = arguments.day or ledger.as_of
    if not ledger.issued.min().item() <= day <= ledger.as_of:
        values = {"first": ledger.issued.min().item().isoformat(), "last": ledger.as_of.isoformat()}
        raise BadInput(
            Problem("The ledger says nothing about this day.", "Choose a day from {first} to {last}.", value=str(day), values=values)
        )
    columns = by_column(intake) if arguments.by else {}
    if arguments.by and arguments.by not in columns:
        values = {"name": arguments.by, "known": words.listed(columns) or "–"}
        raise BadInput(
            Problem(
                "The column {name} does not group the customers.", "It must hold a few different texts; such are {known}.", values=values
            )
        )
    groups = columns[arguments.by] if arguments.by else book_groups.size_groups(ledger)
    watched = watch_list(ledger, day)
    for title, rows in (
        (say("Ageing from the due date, end of {day}", day=day), book_ageing.ageing(ledger, day)),
        (say("Ageing from the invoice date, end of {day}", day=day), book_ageing.ageing(ledger, day, "issue")),
        (say("Key figures"), book_kpis.sheet(ledger, book_kpis.quarter_before(day), day)),
        (say("Concentration"), book_concentration.largest(ledger, day)),
        (say("By group"), book_concentration.groups(parts(ledger, groups, day), ledger.currency)),
        (say("To be watched: {count}", count=len(watched)), book_watch.watched(watched, currency=ledger.currency)),
    ):
        print(title, *(f"  {line}" for line in aligned(rows)), "", sep="\n")
    return 0
