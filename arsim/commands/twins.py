"""``arsim twins``."""

import sys

from arsim.commands import companies, running
from arsim.commands.companies import company_of
from arsim.commands.making import command
from arsim.commands.running import told_engine
from arsim.domain.problem import BadInput, Problem
from arsim.report import words


def add(commands) -> None:
    """``arsim twins``."""
    say = words.say
    made = command(commands, "twins", _twins,
                   say("an invoice or a customer under two policies side by side, and whose money moved most"))  # fmt: skip
    made.add_argument("policies", nargs="+", metavar=say("POLICY"), help=say("two of them: built-in name or a .toml file"))
    which = made.add_mutually_exclusive_group()
    which.add_argument("--customer", metavar="ID", help=say("this customer's year under both"))
    which.add_argument("--invoice", metavar=say("NUMBER"), help=say("this invoice's life under both"))
    made.add_argument("--top", type=int, default=20, metavar=say("NUMBER"), help=say("so many of the biggest movers (default 20)"))
    companies.source(made)
    running.scenario(made)
    running.days(made)
    made.add_argument("--replication", type=int, default=0, metavar=say("NUMBER"),
                      help=say("which replication of a comparison with this seed, from 0 (default 0)"))  # fmt: skip
    running.seed(made)
    running.engine(made)
    made.add_argument("--out", metavar=say("FOLDER"), help=say("write the lists (CSV), the pages (HTML) and the pictures (PNG) there"))


def _twins(arguments) -> int:
    from arsim.domain.policies import read_policy
    from arsim.model.scenario import read_scenario
    from arsim.report import export, lives_files
    from arsim.report import lives as report
    from arsim.study.compare import check
    from arsim.study.lives import lives

    policies, scenario = [read_policy(name) for name in arguments.policies], read_scenario(arguments.scenario)
    if arguments.replication < 0 or arguments.top < 1:
        raise BadInput(Problem("--replication counts from 0, --top from 1.", "Choose another number."))
    check(policies, arguments.days, arguments.replication + 1)  # before the ledger is estimated, not after
    folder = export.folder(arguments.out) if arguments.out else None
    company, firm = company_of(arguments)
    told_engine(arguments.engine)
    found = lives(policies, company, arguments.days, arguments.replication, arguments.seed, scenario, engine=arguments.engine)
    one = {}
    if arguments.customer is not None:
        one = {"customer": found.customer(arguments.customer)}
    elif arguments.invoice is not None:
        one = {"invoice": found.invoice(arguments.invoice)}
    if warned := export.warning(company, firm):
        print(warned, end="\n\n")
    print(firm.heading, report.side_text(found, **one) if one else report.text(found, firm, arguments.top), sep="\n\n", end="\n\n")
    if "customer" in one and (rows := report.invoice_rows(found, arguments.top, **one))[1:]:
        print(words.say("Its invoices and orders that moved most:"), report.shown(rows, (2, 3)), sep="\n\n", end="\n\n")
    print(words.say("This is one course of luck, replication {number}; `arsim compare` tells what holds over many.",
                    number=arguments.replication), export.assumptions(company, scenario), sep="\n")  # fmt: skip
    for path in lives_files.write(found, folder, firm, arguments.top, **one) if folder else ():
        print(words.say("Written: {path}", path=path), file=sys.stderr)
    return 0
