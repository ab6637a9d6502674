"""``--replications auto``: until the intervals are narrow enough."""

import argparse

from arsim.domain.problem import BadInput, Problem
from arsim.report import words

AUTO = "auto"


def options(parser: argparse.ArgumentParser) -> None:
    """Replications, how narrow, and how many at the most."""
    say = words.say
    parser.add_argument(
        "--replications", type=_number, default=40, metavar=say("NUMBER"),
        help=say("paired replications (default {default}), or auto: as many as make the intervals narrow enough", default=40),
    )  # fmt: skip
    parser.add_argument(
        "--within", action="append", default=[], metavar=say("OUTCOME=HALF"),
        help=say(
            "with auto, half the width of the interval asked for (may be given several times): net_value=500000 "
            "(in CNY), overdue_share=0.5 "
            "(percentage points), dso=1%% (of the first policy's mean), goodwill=sign (narrow enough to tell the sign); by default "
            "net_value=0.5%%, overdue_share=0.5 and goodwill=1"
        ),
    )  # fmt: skip
    parser.add_argument(
        "--budget", type=int, metavar=say("NUMBER"), help=say("with auto, replications at the most (default {default})", default=500)
    )


def rule(arguments):
    """The rule asked for; None where the number of replications is given."""
    from arsim.study.sure import Sure, read_within

    if arguments.replications != AUTO:
        if arguments.within or arguments.budget is not None:
            raise BadInput(Problem("--within and --budget say when to stop, but the number of replications is given.",
                                   "Write --replications auto, or leave them out."))  # fmt: skip
        return None
    wanted = {"within": read_within(arguments.within)} if arguments.within else {}
    return Sure(**wanted, **({} if arguments.budget is None else {"budget": arguments.budget}))


def _number(text: str) -> int | str:
    try:
        return AUTO if text == AUTO else int(text)
    except ValueError:
        raise argparse.ArgumentTypeError(words.say("{text} is neither a number nor auto", text=text)) from None
