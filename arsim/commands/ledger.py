"""The commands under ``arsim ledger``: parsing and printing only."""

import sys
from pathlib import Path

from arsim.commands import companies, ledger_book, making, reading
from arsim.commands.making import command
from arsim.commands.running import Progress
from arsim.domain.problem import BadInput, Problem
from arsim.report import words


def add(commands) -> None:
    """``arsim ledger check | book | columns | anonymise``."""
    say = words.say
    group = making.group(commands, "ledger", say("your own ledger"))
    check = command(group, "check", _check, say("read a ledger, show what it says, and how well the model fits it"))
    check.add_argument("file", nargs="+", metavar=say("FILE"), help=say("one file, or several that make up one ledger"))
    check.add_argument("--read-only", action="store_true", help=say("only read it; do not fit the model"))
    check.add_argument("--report", metavar=say("FILE"), help=say("write what was found to this .xlsx file, the offending rows marked"))
    check.add_argument("--names", action="store_true", help=say("show customers' names and unused columns in the report"))
    companies.options(check)
    ledger_book.add(group)

    columns = command(group, "columns", _columns, say("show which column is which; name them where they are not recognised"))
    columns.add_argument("file", metavar=say("FILE"))
    columns.add_argument(
        "named", nargs="*", metavar=say("FIELD=HEADER"), help=say("such as amount=Betrag; kept beside the file and used from then on")
    )
    columns.add_argument("--encoding", metavar=say("NAME"), help=say("encoding of a text file, such as gb18030"))

    anonymise = command(group, "anonymise", _anonymise, say("write the ledger with pseudonyms for customers and invoices"))
    anonymise.add_argument("file", nargs="+", metavar=say("FILE"), help=say("one file, or several that make up one ledger"))
    anonymise.add_argument("out", metavar=say("OUT"), help=say("the .csv file to write"))
    anonymise.add_argument("--jitter-amounts", action="store_true", help=say("change each amount by up to a tenth"))
    anonymise.add_argument(
        "--jitter-dates", action="store_true", help=say("move each customer's dates by up to two whole weeks; weekdays and delays stay")
    )
    anonymise.add_argument(
        "--secret", metavar=say("FILE"), help=say("a file with your secret, made if missing: the same secret gives the same pseudonyms")
    )
    reading.options(anonymise)


def _check(arguments) -> int:
    from arsim.domain.intake import take_in
    from arsim.domain.policies import read_policy
    from arsim.domain.tables import shortened
    from arsim.report import intake as report
    from arsim.report import intake_book
    from arsim.report import ledger as told
    from arsim.study.company import Company

    under, out = read_policy(arguments.under), _out(arguments.report, ".xlsx", arguments.file) if arguments.report else None
    intake = take_in(arguments.file, reading.how(arguments))
    if out:
        _written(out, lambda: intake_book.write(intake, out, arguments.names))
    faults = intake.faults()
    if not len(intake.ledger) or faults and not arguments.skip_faulty:
        print(report.text(intake), file=sys.stderr)
        if len(intake.ledger):
            print(words.say("With --skip-faulty the sound rows are used without them."), file=sys.stderr)
        raise BadInput(*shortened(faults or [finding.problem for finding in intake.findings], intake.sheet.parts[0].file))
    print(report.text(intake), end="\n\n")
    print(told.description(intake.ledger))
    if not arguments.read_only:
        with Progress(words.say("estimating from the ledger"), 100) as bar:
            company = Company.of(intake.ledger, under, arguments.as_of, progress=lambda share: bar(round(share * 100), 100))
        print(told.fit(company))
    return 0


def _columns(arguments) -> int:
    from arsim.domain.headers import LABELS, match
    from arsim.domain.mapping import checked, read_mapping, save_mapping
    from arsim.domain.tables import read_table

    path = Path(arguments.file)
    told = read_mapping(path)
    for pair in arguments.named:
        name, equals, header = pair.partition("=")
        if not equals:
            raise BadInput(Problem("This does not name a column.", "Write it as amount=Betrag.", value=pair))
        told |= checked({name: header})
    table = read_table(path, arguments.encoding, told)
    unknown = [header for header in told.values() if header not in table.headers]
    if unknown and arguments.named:
        raise BadInput(Problem(
            "The file has no column {name}.", "It has: {headers}.", file=path.name,
            values={"name": unknown[0], "headers": words.listed(f'"{header}"' for header in table.headers if header)}))  # fmt: skip
    found = match(table.headers, table.header_row, told)
    for name, at in found.at.items():
        print(words.say("{field}: {header}", field=f"{name:<10} {words.say(LABELS[name])}", header=table.headers[at]))
    for problem in (*found.problems, *found.notes):
        print(words.explain(problem))
    if arguments.named:
        print(words.say("Written: {path}", path=save_mapping(path, told)), file=sys.stderr)
    return 0


def _anonymise(arguments) -> int:
    from arsim.domain.intake import take_in
    from arsim.domain.ledger import write_ledger
    from arsim.domain.pseudonyms import anonymised, secret_in
    from arsim.domain.tables import shortened

    out = _out(arguments.out, ".csv", [*arguments.file, *filter(None, [arguments.secret])])
    intake = take_in(arguments.file, reading.how(arguments))
    if (faults := intake.faults()) and not arguments.skip_faulty or not len(intake.ledger):
        raise BadInput(*shortened(faults or [finding.problem for finding in intake.findings], intake.sheet.parts[0].file))
    secret = secret_in(Path(arguments.secret)) if arguments.secret else None
    changed = anonymised(intake.ledger, secret, arguments.jitter_amounts, arguments.jitter_dates)
    _written(out, lambda: write_ledger(changed, out))
    print(
        words.say(
            "{count:,} invoices of {customers:,} customers now bear pseudonyms; all other columns were left out.",
            count=len(changed),
            customers=len(set(changed.customer)),
        )
    )
    if secret is None:
        print(words.say("The secret behind them was forgotten: nobody can make the same pseudonyms again. Keep one with --secret."))
    else:
        print(words.say("Keep the file of the secret to yourself: with it and a list of names anyone can find out who is who."))
    if not (arguments.jitter_amounts and arguments.jitter_dates):
        print(
            words.say(
                "Exact amounts and dates can still betray an invoice to someone who knows it; see --jitter-amounts and --jitter-dates."
            )
        )
    return 0


def _out(name: str, suffix: str, inputs: list[str]) -> Path:
    """Where to write: of the right kind, and none of the files that are read."""
    path = Path(name)
    if path.suffix.lower() != suffix:
        raise BadInput(
            Problem("The file to write must end in {suffix}.", "Choose another name.", file=str(path), values={"suffix": suffix})
        )
    if any(path.resolve() == Path(other).resolve() for other in inputs):
        raise BadInput(Problem("This would overwrite a file that is read.", "Choose another name.", file=str(path)))
    return path


def _written(path: Path, write) -> None:
    try:
        write()
    except OSError as error:
        raise BadInput(Problem(
            "The file cannot be written ({reason}).", "If it is open in Excel, close it there; or choose another folder.",
            file=str(path), values={"reason": error.strerror or str(error)})) from None  # fmt: skip
    print(words.say("Written: {path}", path=path), file=sys.stderr)
