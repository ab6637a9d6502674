"""``arsim policy list | levers | check``."""

from pathlib import Path

from arsim.commands.making import command, group
from arsim.report import words


def add(commands) -> None:
    """``arsim policy list | levers | check``."""
    say = words.say
    policy = group(commands, "policy", say("policies and their levers"))
    command(policy, "list", _policy_list, say("the built-in policies"))
    command(policy, "levers", _policy_levers, say("every lever with unit, bounds, default and meaning")).add_argument(
        "group", nargs="?", metavar=say("GROUP"), help=say("only this group, such as law")
    )
    command(policy, "check", _policy_check, say("say what is wrong with a policy file, and where")).add_argument(
        "file", metavar=say("FILE")
    )


def _policy_list(arguments) -> int:
    from arsim.domain.policies import built_in, read_policy

    for name in built_in():
        print(f"{name:<24}{read_policy(name).called(words.language())}")
    return 0


def _policy_levers(arguments) -> int:
    from arsim.domain.policy import grouped

    for lever in grouped(arguments.group):
        bounds = " | ".join(lever.choices) if lever.choices else f"{lever.low:g} … {lever.high:g}"
        print(
            f"{lever.path:<28}{words.pick(lever.label)}\n"
            f"{'':<28}{bounds}  [{words.say(lever.unit)}]  {words.say('default')} {lever.default}"
        )
    return 0


def _policy_check(arguments) -> int:
    from arsim.domain.policies import read_policy

    policy = read_policy(Path(arguments.file) if arguments.file.endswith(".toml") else arguments.file)
    print(words.say('Policy "{name}" is in order: {levels} dunning levels, {collectors} collectors.',
                    name=policy.called(words.language()), levels=len(policy.dunning), collectors=policy.team.collectors))  # fmt: skip
    for place in policy.out_of_order():
        print(
            words.say(
                "Note: level {place} does not come later than the one before it; it is issued the day after that one.", place=place + 1
            )
        )
    return 0
