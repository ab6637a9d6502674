"""A season on the team's own disk, kept at every step, so that a restarted kernel goes on from there."""

from dataclasses import dataclass, replace
from pathlib import Path

from arsim.workbook.course.diary import Diary
from arsim.workbook.league.decisions import Decisions, Month, Talk, faults
from arsim.workbook.league.game import Game, Value
from arsim.workbook.league.handed import plain, understood


@dataclass(frozen=True)
class Draft:
    """A season as it stands: the months ended, and the one being decided.

    Parameters
    ----------
    done : Decisions
    changes : dict
        Levers moved for this month, by path.
    talk : Talk or None
        This month's key call so far.
    """

    done: Decisions
    changes: dict[str, Value]
    talk: Talk | None = None

    def moved(self, path: str, value: Value, before: Value) -> "Draft":
        """With a lever at `value`; back at where it stood `before`, it is no decision."""
        changes = {key: one for key, one in self.changes.items() if key != path} | ({path: value} if value != before else {})
        return replace(self, changes=changes)

    def behind(self, other: "Draft") -> bool:
        """Whether `other`, of the same season, has gone further: more months ended, or more said in this month's call."""
        ours, theirs = (len(one.talk.made) if one.talk else 0 for one in (self, other))
        return (len(other.done.months), theirs) > (len(self.done.months), ours)


class Keeping:
    """Seasons by game and team, in one small file of the state folder.

    Parameters
    ----------
    folder : Path, optional
        By default the course's.
    """

    def __init__(self, folder: Path | None = None):
        self.diary = Diary("league", folder)

    def save(self, draft: Draft, game: str) -> bool:
        """Keep it, and that it is the one being played; `game` is its name or path. False if that cannot be done."""
        talk = draft.talk and {"who": draft.talk.who, "seed": draft.talk.seed, "moves": [list(one) for one in draft.talk.made]}
        kept = {"done": plain(draft.done), "levers": draft.changes, "call": talk}
        return self.diary.note(_key(draft.done), kept) and self.diary.note("current", {"game": game, "team": draft.done.team})

    def handed_in(self, done: Decisions) -> None:
        """Note that this season was handed in as it stands."""
        self.diary.note(f"handed.{_key(done)}", len(done.months))

    def current(self) -> tuple[str, str] | None:
        """Game and team being played; None if there are none, or they have been put aside."""
        kept = self.diary.value("current")
        try:
            return str(kept["game"]), str(kept["team"])
        except (TypeError, KeyError):
            return None

    def put_aside(self) -> None:
        """Nobody is playing now; what was played is kept."""
        self.diary.note("current", None)

    def find(self, team: str, game: Game) -> Draft:
        """The team's season in this game; a fresh one if there is none, or none that can be used."""
        fresh = Draft(Decisions(team, game.fingerprint, game.seed), {})
        kept = self.diary.value(_key(fresh.done))
        try:
            done, call = understood(kept["done"]), kept["call"]
            talk = call and Talk(str(call["who"]), int(call["seed"]), tuple((str(move), str(tone)) for move, tone in call["moves"]))
            draft = Draft(done, {str(path): value for path, value in kept["levers"].items()}, talk or None)
        except (TypeError, KeyError, ValueError, AttributeError):
            return fresh
        now = replace(done, months=(*done.months, Month(tuple(draft.changes.items()), draft.talk)))
        over = len(done.months) >= game.months
        return draft if done.team == team and not faults(done if over else now, game) else fresh


def _key(done: Decisions) -> str:
    return f"season.{done.game}.{done.seed}.{done.team}"
