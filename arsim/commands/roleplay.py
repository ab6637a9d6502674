"""``arsim roleplay list | check | new | cards | formats``."""

from pathlib import Path

from arsim.commands import roleplay_paper
from arsim.commands.making import command, group
from arsim.report import words

PLAYS = 500


def add(commands) -> None:
    """``arsim roleplay``: the debtors of the call room, and an instructor's own."""
    say = words.say
    roleplay = group(commands, "roleplay", say("debtors to practise calls with; your own as files"))
    command(roleplay, "list", _list, say("the built-in debtors"))
    check = command(roleplay, "check", _check, say("say what is wrong with a debtor's file, and which line of moves does best with it"))
    check.add_argument("file", metavar=say("FILE"), help=say("a file ending in .toml, or the name of a built-in debtor"))
    new = command(roleplay, "new", _new, say("write a file to begin a debtor of your own with"))
    new.add_argument("file", type=Path, metavar=say("FILE"), help=say("such as my_debtors/big_retailer.toml"))
    roleplay_paper.add(roleplay)


def _list(arguments) -> None:
    from arsim.workbook.roleplay.files import built_in

    for name, who in built_in().items():
        print(f"{name:<20}{who.title.told()}")


def _check(arguments) -> None:
    from arsim.workbook.roleplay import contest
    from arsim.workbook.roleplay.files import archetype
    from arsim.workbook.roleplay.moves import moves

    who = archetype(arguments.file)
    keys = words.listed(moves()[move].label.told() for move in who.key)
    print(words.say('"{title}" is in order. Facts: {facts}. Keys: {keys}.', title=who.title.told(), facts=len(who.fact), keys=keys))
    print(words.say("Average points of {plays} calls by each line of moves:", plays=PLAYS))
    held = contest.contest(who, PLAYS)
    print(contest.text(held))
    print(contest.sensible(held))


def _new(arguments) -> None:
    from arsim.workbook.roleplay.files import write_template

    write_template(arguments.file)
    print(words.say("Written: {path}", path=arguments.file))
