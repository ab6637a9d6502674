"""A run in which people decide on the way: on some mornings they are shown the overdue accounts and may ring one of them up."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from arsim.domain.calendar import DAY
from arsim.domain.policy import Policy
from arsim.engine.journal import Journal, Kind
from arsim.engine.processes import Run
from arsim.engine.simulate import simulate
from arsim.model.conduct import Call, Conduct
from arsim.model.goodwill import FULL
from arsim.model.world import World
from arsim.study.league.sight import Account

Hold = Callable[[tuple[Account, ...]], Call | None]


@dataclass(frozen=True, eq=False)
class Played:
    """What came of it.

    Parameters
    ----------
    journal : Journal
    goodwill : ndarray of float, shape (looks, customers)
        Points of 100 when each of the days looked at begins.
    """

    journal: Journal
    goodwill: np.ndarray


def run(
    world: World, policy: Policy, later: tuple[tuple[int, Policy], ...] = (), calls: Sequence[tuple[int, Hold]] = (),
    looks: Sequence[int] = (),
) -> Played:  # fmt: skip
    """What happens in `world`, the calls being decided as they fall due.

    One pass does what running up to each call and beginning anew would do, and in a fraction of the time.

    Parameters
    ----------
    world : World
    policy : Policy
        In force on day 0.
    later : tuple of (int, Policy)
        As in `Conduct`.
    calls : sequence of (int, callable)
        Day, ascending, and who is told the overdue accounts when that day begins, and answers with the call made (or none).
    looks : sequence of int
        Days, ascending, when goodwill is looked at.
    """
    points: list[list[float]] = []

    def change(going: Run) -> None:
        for process in (_calling(going, calls), _looking(going, looks, points)):
            going.env.process(process)

    journal = simulate(world, policy, change=change, conduct=Conduct(later))
    return Played(journal, np.array(points).reshape(len(points), len(world.population)))


def accounts_in(going: Run, day: int) -> tuple[Account, ...]:
    """As `arsim.study.league.sight.accounts`, of a run that has come to the beginning of `day`."""
    book, found = going.book, []
    promised = {row[2]: row[4] for row in book.rows if row[1] == Kind.PROMISE and row[4] >= day}
    for customer, invoices in enumerate(book.open):
        late = book.overdue(customer, day - 1)
        if late and book.insolvent[customer] >= day:
            overdue, total = (sum(book.balance[one] for one in some) for some in (late, invoices))
            oldest = day - 1 - min(book.due[one] for one in late)
            found.append(Account(customer, overdue, total, oldest, promised.get(customer)))
    return tuple(sorted(found, key=lambda one: -one.overdue))


def _calling(going: Run, calls: Sequence[tuple[int, Hold]]):
    """Process: each morning before anybody works the accounts are shown; the call is made at its hour."""
    for day, hold in calls:
        if day >= going.world.days:
            return
        yield going.env.timeout(day * DAY - going.env.now)
        call = hold(accounts_in(going, day))
        if call is not None:
            minute = going.conduct.minute(call, going.next_working)
            yield going.env.timeout(minute - going.env.now)
            going.calls.make(call)


def _looking(going: Run, looks: Sequence[int], points: list[list[float]]):
    for day in looks:
        if day > going.world.days - going.world.run_off:
            return
        yield going.env.timeout(day * DAY - 1 - going.env.now)
        points.append([FULL - going.goodwill.lack(customer, day) for customer in range(len(going.world.population))])
