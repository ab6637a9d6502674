"""``arsim backtest``."""

import json

from arsim.commands import reading
from arsim.commands.companies import day
from arsim.commands.making import command
from arsim.commands.running import Progress
from arsim.report import words


def add(commands) -> None:
    """``arsim backtest``."""
    say = words.say
    tested = command(
        commands, "backtest", _backtest, say("learn from a ledger up to a day, foretell what came after it, beside three simple methods")
    )
    tested.add_argument("file", metavar=say("FILE"))
    tested.add_argument(
        "--split", type=day("--split"), required=True, metavar=say("YYYY-MM-DD"), help=say("last day known to the model, as YYYY-MM-DD")
    )
    tested.add_argument(
        "--months", type=int, default=4, metavar=say("NUMBER"), help=say("months to foretell (default {default})", default=4)
    )
    reading.options(tested)
    tested.add_argument("--json", action="store_true", help=say("print the figures as JSON"))


def _backtest(arguments) -> int:
    from arsim.report import backtest as report
    from arsim.study.backtest import backtest

    ledger = reading.read(arguments, arguments.file)
    with Progress(words.say("putting the forecast to the test"), 100) as progress:
        found = backtest(ledger, arguments.split, arguments.months, progress=lambda share: progress(round(share * 100), 100))
    print(json.dumps(report.as_dict(found), ensure_ascii=False, indent=1) if arguments.json else report.text(found))
    return 0
