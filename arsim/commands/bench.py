"""``arsim bench``."""

import itertools
import json
import sys

from arsim.commands.making import command
from arsim.commands.running import Progress
from arsim.report import words


def add(commands) -> None:
    """``arsim bench``."""
    say = words.say
    bench = command(commands, "bench", _bench, say("how fast the engine is on this machine, beside others that do the same"))
    bench.add_argument("--quick", action="store_true", help=say("small and once only: to see that it works, not to quote"))
    bench.add_argument("--large", action="store_true", help=say("also compare two policies on 50,000 customers; takes minutes"))
    bench.add_argument("--json", action="store_true", help=say("print the figures as JSON"))


def _bench(arguments) -> int:
    from arsim.report import bench as report
    from arsim.study.bench.measured import FULL, QUICK, larger, measure

    plan = QUICK if arguments.quick else FULL
    pieces = itertools.count(1)
    with Progress(words.say("measuring")) as progress:
        found = measure(larger(plan) if arguments.large else plan, lambda: progress(next(pieces), None))
    print(json.dumps(report.as_dict(found), ensure_ascii=False, indent=1) if arguments.json else report.text(found))
    if not found.identical:
        print(report.differing(), file=sys.stderr)
    return 0 if found.identical else 1
