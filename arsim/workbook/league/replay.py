"""A season from decisions: dealt, struck by the game's events, run. The same decisions give the same season on any machine."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from arsim.domain.money import FEN
from arsim.engine.journal import Journal
from arsim.engine.simulate import simulate
from arsim.model.behaviour import Behaviour
from arsim.model.conduct import Call, Conduct
from arsim.model.scenario import BASE, Scenario, read_scenario
from arsim.model.trouble import largest, struck
from arsim.model.world import World, deal
from arsim.study.company import Company
from arsim.study.compare import RUN_OFF, prices
from arsim.study.league.months import boundaries
from arsim.study.league.season import Season, goodwill_at, season
from arsim.study.league.sight import Account, Sight, as_of, sights
from arsim.study.prices import Prices
from arsim.workbook.league.decisions import Decisions, Talk
from arsim.workbook.league.game import LARGEST, OLDEST, STRUCK, Game, KeyCall
from arsim.workbook.roleplay.archetype import Archetype
from arsim.workbook.roleplay.call import Call as Spoken
from arsim.workbook.roleplay.call import play
from arsim.workbook.roleplay.files import archetype

QUARTER = 3  # months between looks at goodwill


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

    def run(self, decisions: Decisions, calls: Sequence[Call], until: int | None = None) -> Journal:
        """What happens under these decisions with these calls, up to the day `until` or to the end of the run-off."""
        policies = decisions.policies(self.game)
        world = self.world if until is None else replace(self.world, days=until, run_off=0)
        later = tuple(
            (begin, policy)
            for begin, policy, before in zip(self.bounds[1:], policies[1:], policies, strict=False)
            if policy != before and begin < world.days
        )
        made = tuple(call for call in calls if call.day < world.days)
        return simulate(world, policies[0] if policies else self.game.base, conduct=Conduct(later, made))


@lru_cache(maxsize=4)
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


@dataclass(frozen=True)
class Phoned:
    """A key call as it was held: in which month, about which account, the call itself, what it left behind."""

    month: int
    account: Account
    spoken: Spoken
    made: Call


def account_for(game: Game, month: int, number: int, found: Sequence[Account], called: Sequence[int]) -> Account | None:
    """The account a month's key call is about; None if there is no such account now.

    Parameters
    ----------
    game, month, number
        As for `stage`.
    found : sequence of Account
        The overdue accounts on that morning.
    called : sequence of int
        Customers the team has called before, who are left in peace.
    """
    planned: KeyCall | None = game.call_in(month)
    fresh = [one for one in found if one.customer not in called]
    if planned is None or not fresh:
        return None
    match planned.account:
        case "struck":
            hit = [customer for begun, customer in stage(game, number).struck.items() if begun < month]
            return next((one for one in found if one.customer in hit), None)
        case "oldest_overdue":
            weighty = [one for one in fresh if one.overdue >= fresh[0].overdue / 20]
            return max(weighty, key=lambda one: (one.days, one.overdue))
        case _:
            return fresh[0]


def debtor(who: str, account: Account) -> Archetype:
    """The debtor who answers: the archetype, asked for what this account is overdue with."""
    return archetype(who).model_copy(update={"amount": account.overdue / FEN})


@lru_cache(maxsize=64)
def phoned(game: Game, decisions: Decisions, number: int = 0) -> tuple[Phoned, ...]:
    """The key calls of these decisions, each about the account that stood so on its morning. Where there was none, nobody was called."""
    at, found = stage(game, number), []
    for month, made in enumerate(decisions.months, 1):
        if made.talk is not None:
            morning = books(game, decisions.first(month - 1), number)
            account = account_for(game, month, number, morning, [one.account.customer for one in found])
            if account is not None:
                found.append(_phoned(at, month, account, made.talk))
    return tuple(found)


@lru_cache(maxsize=64)
def books(game: Game, decisions: Decisions, number: int = 0) -> tuple[Account, ...]:
    """The overdue accounts on the morning after the months decided."""
    at, day = stage(game, number), len(decisions.months)
    if not day:
        return as_of(at.run(decisions, (), 1), at.prices, 0)
    return as_of(_cut(game, decisions, number), at.prices, at.bounds[day])


@lru_cache(maxsize=8)
def _cut(game: Game, decisions: Decisions, number: int) -> Journal:
    at = stage(game, number)
    return at.run(decisions, [one.made for one in phoned(game, decisions, number)], at.bounds[len(decisions.months)])


def seen(game: Game, decisions: Decisions) -> tuple[Sight, ...]:
    """What the team has seen of the months it has played."""
    if not decisions.months:
        return ()
    at, policies = stage(game), decisions.policies(game)
    collectors = tuple(policy.team.collectors for policy in policies)
    return sights(_cut(game, decisions, 0), at.prices, at.bounds[: len(policies) + 1], collectors, at.world.calendar.open)


def replayed(game: Game, decisions: Decisions, number: int = 0) -> Season:
    """The whole season of finished decisions, under the game's luck or another."""
    at = stage(game, number)
    return season(at.run(decisions, [one.made for one in phoned(game, decisions, number)]), at.prices, at.bounds)


def goodwill_curve(game: Game, decisions: Decisions, last: float) -> dict[int, float]:
    """Goodwill at the end of each quarter: month → points; `last` is the season's own."""
    at = stage(game)
    found = {month: goodwill_at(_cut(game, decisions.first(month), 0), at.prices) for month in range(QUARTER, game.months, QUARTER)}
    return {**found, game.months: last}


def apart(game: Game, decisions: Decisions, month: int) -> Season:
    """The twin: the same season, the same other calls, but the key call of `month` not made."""
    at = stage(game)
    return season(at.run(decisions, [one.made for one in phoned(game, decisions) if one.month != month]), at.prices, at.bounds)


def _phoned(at: Stage, month: int, account: Account, talk: Talk) -> Phoned:
    day = at.world.calendar_next[at.bounds[month - 1]]
    spoken = play(debtor(talk.who, account), talk.seed, talk.made)
    return Phoned(month, account, spoken, booked(spoken, account.customer, day, at.world))
