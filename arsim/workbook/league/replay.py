"""A season from decisions: dealt, struck by the game's events, run. The same decisions give the same season on any machine."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from arsim.domain.money import FEN
from arsim.model.behaviour import Behaviour
from arsim.model.conduct import Call
from arsim.model.scenario import BASE, Scenario, read_scenario
from arsim.model.trouble import largest, struck
from arsim.model.world import World, deal
from arsim.study import called
from arsim.study.company import Company
from arsim.study.compare import RUN_OFF, prices
from arsim.study.league.months import boundaries
from arsim.study.league.run import Played, run
from arsim.study.league.season import Figures, figures
from arsim.study.league.sight import Account, Sight, as_of, sights
from arsim.study.prices import Prices
from arsim.workbook.league.decisions import Decisions, Talk
from arsim.workbook.league.game import OLDEST, STRUCK, Game
from arsim.workbook.roleplay.archetype import Archetype
from arsim.workbook.roleplay.call import Call as Spoken
from arsim.workbook.roleplay.call import play
from arsim.workbook.roleplay.files import archetype
from arsim.workbook.roleplay.link import linked
from arsim.workbook.roleplay.outcome import outcome


@dataclass(frozen=True, eq=False)
class Stage:
    """A game with its luck dealt: what all teams meet.

    Parameters
    ----------
    game : Game
    world : World
        With a run-off behind the last month.
    bounds : tuple of int
        First day of each month, and the day after the last.
    prices : Prices
    struck : dict
        Month in which its trouble begins → customer.
    """

    game: Game
    world: World
    bounds: tuple[int, ...]
    prices: Prices
    struck: dict[int, int]

    @property
    def ids(self) -> tuple[str, ...]:
        """Names of the customers."""
        return self.world.population.ids

    def play(self, decisions: Decisions, until: int | None = None) -> "Season":
        """What happens under these decisions, up to the day `until` or to the end of the run-off.

        The account of a key call is the one that fits on its morning; where there is none, nobody is called.
        """
        policies = decisions.policies(self.game) or (self.game.base,)
        world = self.world if until is None else replace(self.world, days=until, run_off=0)
        later = tuple(
            (begin, policy)
            for begin, policy, before in zip(self.bounds[1:], policies[1:], policies, strict=False)
            if policy != before and begin < world.days
        )
        held: list[Phoned] = []
        talks = [(month, made.talk) for month, made in enumerate(decisions.months, 1) if made.talk]
        calls = [(self.bounds[month - 1], self._hold(month, talk, held)) for month, talk in talks]
        played = run(world, policies[0], later, calls, self.bounds[1:])
        return Season(decisions, played, tuple(held))

    def account(self, month: int, found: Sequence[Account], before: Sequence[int]) -> Account | None:
        """The account a month's key call is about; None if there is no such account now.

        Parameters
        ----------
        month : int
            From 1.
        found : sequence of Account
            The overdue accounts on that morning, the largest first.
        before : sequence of int
            Customers the team has called before; only who is in trouble is called twice.
        """
        planned = self.game.call_in(month)
        fresh = [one for one in found if one.customer not in before]
        if planned.account == STRUCK:
            hit = [customer for begun, customer in self.struck.items() if begun < month]
            return next((one for one in found if one.customer in hit), None)
        if planned.account == OLDEST and fresh:
            weighty = [one for one in fresh if one.overdue >= fresh[0].overdue / 20]
            return max(weighty, key=lambda one: (one.days, one.overdue))
        return fresh[0] if fresh else None

    def _hold(self, month: int, talk: Talk, held: list["Phoned"]):
        def hold(found):
            account = self.account(month, found, [one.account.customer for one in held])
            if account is None:
                return None
            spoken = play(debtor(talk.who, account), talk.seed, talk.made)
            made = self._booked(spoken, account, self.world.calendar_next[self.bounds[month - 1]])
            held.append(Phoned(month, account, spoken, made))
            return made

        return hold

    def _booked(self, spoken: Spoken, account: Account, day: int) -> Call:
        """What the call leaves in the books, held on `day`."""
        on = self.world.date_of(day)
        to = called.Account(account.customer, day, self.ids[account.customer], account.overdue, (), day - account.days)
        return linked(outcome(spoken, on), spoken.who.fen, len(spoken.turns) - 1, on, to)


@dataclass(frozen=True)
class Phoned:
    """A key call as it was held: in which month, about which account, the call itself, what it left behind."""

    month: int
    account: Account
    spoken: Spoken
    made: Call


@dataclass(frozen=True, eq=False)
class Season:
    """A season, or its first months, as played."""

    decisions: Decisions
    played: Played
    phoned: tuple[Phoned, ...]


@lru_cache(maxsize=32)
def stage(game: Game, number: int = 0) -> Stage:
    """The game's world; `number` above 0: another luck, on the same terms."""
    people = Company.demo().population
    if game.customers < len(people):
        people = Company.demo(game.customers).population.replace(ids=people.ids[: game.customers])
    bounds = boundaries(people.start, game.months)
    behaviour, scenario = Behaviour.default(), _scenario(game, bounds)
    world = deal(people, game.seed, number, bounds[-1], scenario, behaviour, RUN_OFF)
    big, hit = largest(world), {}
    for event in game.event:
        if event.kind == "trouble":
            hit[event.month] = int(big[event.rank - 1])
            world = struck(world, hit[event.month], bounds[event.month - 1])
    return Stage(game, world, bounds, prices(behaviour, scenario), hit)


def _scenario(game: Game, bounds: tuple[int, ...]) -> Scenario:
    for event in game.event:
        if event.kind == "downturn":
            return replace(read_scenario(event.scenario), from_day=bounds[event.month - 1])
    return BASE


def debtor(who: str, account: Account) -> Archetype:
    """The debtor who answers: the archetype, asked for what this account is overdue with."""
    return archetype(who).model_copy(update={"amount": account.overdue / FEN})


@lru_cache(maxsize=16)
def so_far(game: Game, decisions: Decisions) -> Season:
    """The months decided, and nothing after them; before the first month, its first minute."""
    at = stage(game)
    return at.play(decisions, at.bounds[len(decisions.months)] or 1)


def morning(game: Game, decisions: Decisions) -> tuple[Account, ...]:
    """The overdue accounts on the morning after the months decided."""
    at = stage(game)
    return as_of(so_far(game, decisions).played.journal, at.prices, at.bounds[len(decisions.months)])


def seen(game: Game, decisions: Decisions) -> tuple[Sight, ...]:
    """What the team has seen of the months it has played."""
    if not decisions.months:
        return ()
    at, policies = stage(game), decisions.policies(game)
    collectors = tuple(policy.team.collectors for policy in policies)
    journal = so_far(game, decisions).played.journal
    return sights(journal, at.prices, at.bounds[: len(policies) + 1], collectors, at.world.calendar.open)


def replayed(game: Game, decisions: Decisions, number: int = 0) -> tuple[Season, Figures]:
    """The whole season of finished decisions with its figures, under the game's luck or (above 0) another."""
    at = stage(game, number)
    whole = at.play(decisions)
    return whole, figures(whole.played, at.prices, at.bounds)
