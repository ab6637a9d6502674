"""How a command and a group of commands are made: in the user's language, each with ``--lang``."""

import argparse

from arsim.report import words


def spoken(made: argparse.ArgumentParser) -> argparse.ArgumentParser:
    """The parser, with ``--lang``."""
    made.add_argument("--lang", metavar="|".join(words.LANGUAGES), help=words.say("language of everything shown"))
    return made


def subcommands(made: argparse.ArgumentParser):
    """Where the commands of a parser are added."""
    return made.add_subparsers(required=True, metavar=words.say("COMMAND"))


def group(commands, name: str, text: str):
    """A group of commands, such as ``arsim policy``."""
    return subcommands(spoken(commands.add_parser(name, help=text)))


def command(commands, name: str, run, text: str) -> argparse.ArgumentParser:
    """One command: `run` gets the arguments and gives the exit code, or None for 0."""
    made = spoken(commands.add_parser(name, help=text, description=text))
    made.set_defaults(run=run)
    return made
