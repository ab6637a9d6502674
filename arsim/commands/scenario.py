"""``arsim scenario list``."""

from arsim.commands.making import command, group
from arsim.report import words


def add(commands) -> None:
    """``arsim scenario list``."""
    say = words.say
    scenario = group(commands, "scenario", say("what the world may do meanwhile"))
    command(scenario, "list", _scenario_list, say("the scenarios: what each changes, and its source"))


def _scenario_list(arguments) -> int:
    from arsim.report import scenario

    print(scenario.listing())
    return 0
