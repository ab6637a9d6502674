"""``arsim league list | new | check | collect``."""

import sys
from pathlib import Path

from arsim.commands.making import command, group
from arsim.commands.running import Progress
from arsim.report import words


def add(commands) -> None:
    """``arsim league``: a season for teams, replayed and ranked."""
    say = words.say
    league = group(commands, "league", say("teams run the department for a season; collect their files and make the table"))
    command(league, "list", _list, say("the built-in games"))
    new = command(league, "new", _new, say("write a file to begin a game of your own with"))
    new.add_argument("file", type=Path, metavar=say("FILE"), help=say("such as my_league/autumn.toml"))
    check = command(league, "check", _check, say("say what is wrong with a game's file, and what teams will meet in it"))
    check.add_argument("game", metavar=say("GAME"), help=say("a built-in game's name, or a file ending in .toml"))
    collect = command(league, "collect", _collect, say("replay every file teams handed in, and make the table"))
    collect.add_argument("folder", type=Path, metavar=say("FOLDER"), help=say("into which the teams handed in"))
    first = "twelve_months"
    game = say("the game they played (default {default})", default=first)
    collect.add_argument("--game", default=first, metavar=say("GAME"), help=game)
    out = say("write league.html and league.csv there (default: that folder)")
    collect.add_argument("--out", type=Path, metavar=say("FOLDER"), help=out)
    worlds = say("other lucks to replay everything under (default {default})", default=9)
    collect.add_argument("--worlds", type=int, default=9, metavar=say("NUMBER"), help=worlds)
    workers = say("how many at a time; 0 chooses. The result does not depend on it")
    collect.add_argument("--workers", type=int, default=0, metavar=say("NUMBER"), help=workers)


def _list(arguments) -> None:
    from arsim.workbook.league.files import built_in

    for name, game in built_in().items():
        print(f"{name:<20}{game.title.told()}")


def _new(arguments) -> None:
    from arsim.workbook.league.files import write_template

    write_template(arguments.file)
    print(words.say("Written: {path}", path=arguments.file))


def _check(arguments) -> None:
    from arsim.report.columns import aligned
    from arsim.workbook.league.files import game
    from arsim.workbook.league.rehearsal import rehearsed

    read = game(arguments.game)
    print(words.say('"{title}" is in order: {months} months, {levers} levers, fingerprint {fingerprint}.', title=read.title.told(),
                    months=read.months, levers=len(read.lever), fingerprint=read.fingerprint))  # fmt: skip
    print(words.say("If nothing were changed and nobody called:"))
    print("\n".join(aligned(rehearsed(read))))


def _collect(arguments) -> int:
    from arsim.domain.problem import BadInput, Problem
    from arsim.report.columns import aligned
    from arsim.workbook.league import page, told
    from arsim.workbook.league.collect import collect
    from arsim.workbook.league.files import game

    if arguments.worlds < 0:
        raise BadInput(Problem("The value is too small.", "The least is {limit}.", value=str(arguments.worlds), values={"limit": "0"}))
    with Progress(words.say("teams")) as progress:
        table = collect(arguments.folder, game(arguments.game), arguments.worlds, arguments.workers, progress)
    for title, rows in ((words.say("Table"), told.standings(table)), (words.say("Not played to the end"), told.unfinished(table)),
                        (words.say("Files that do not count"), told.refused(table))):  # fmt: skip
        if len(rows) > 1:
            print(title, *aligned(rows), "", sep="\n")
    for path in page.write(table, arguments.out or arguments.folder):
        print(words.say("Written: {path}", path=path), file=sys.stderr)
    return 0 if table.results else 2  # as for any input that cannot be used
