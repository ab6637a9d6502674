"""A key call, held in the league's room: the call room with one debtor, one call, and no second try."""

import html
from collections.abc import Callable
from datetime import date
from pathlib import Path

from arsim.domain.money import FEN
from arsim.report import words
from arsim.report.figures import number
from arsim.workbook.roleplay.archetype import Archetype
from arsim.workbook.roleplay.call import Call, play, step
from arsim.workbook.roleplay.outcome import outcome
from arsim.workbook.roleplay.room import CallRoom

Made = tuple[tuple[str, str], ...]


class KeyCallRoom(CallRoom):
    """One telephone, one account.

    Parameters
    ----------
    who : Archetype
        With what the account owes.
    seed : int
    made : tuple of (str, str)
        Moves made already.
    on : date
        Day of the call.
    keep : callable
        Told all moves after each.
    """

    def __init__(self, who: Archetype, seed: int, made: Made, on: date, keep: Callable[[Made], None]):
        self.who, self.at, self.made, self.on, self.keep = who, seed, made, on, keep
        super().__init__(folder=Path("."), seed=seed)
        for hidden in (self.choice, self.again, self.notes):
            hidden.layout.display = "none"

    def ring(self) -> None:
        """Nobody is rung up a second time."""

    def speak(self, move: str, tone: str) -> None:
        """Say it, and hear the answer."""
        self.call = step(self.call, move, tone)
        self._keep()
        self._draw()

    def _offered(self) -> list[tuple[str, str]]:
        return [(f"{self.who.firm.told()} · {self.who.person.told()}", self.who.name)]

    def _take_up(self) -> None:
        self.call = play(self.who, self.at, self.made)
        self._draw()

    def _keep(self) -> None:
        self.keep(self.call.made)

    def _draw(self) -> None:
        super()._draw()  # what the debtor thought is for after the season
        self.result.value = f"<p><b>{html.escape(agreed(self.call, self.on))}</b></p>" if self.call.over else ""


def agreed(call: Call, on: date) -> str:
    """What the department notes down after the call."""
    left = outcome(call, on)
    match left.kind:
        case "route":
            return words.say("Noted: handed on to the legal route.")
        case "plan":
            return words.say("Noted: CNY {amount} by instalments.", amount=_money(left.promised))
        case "full" | "part":
            return words.say("Noted: CNY {amount} promised for {date}.", amount=_money(left.promised), date=str(left.due))
    return words.say("Noted: no promise that could be held to.")


def _money(fen: int) -> str:
    return number(fen / FEN, 0)
