"""The collectors of the engine under exponential traffic are an M/M/c queue: waits as Erlang C has them, within Monte-Carlo error."""

import numpy as np
import pytest
import simpy
from people import book as open_items
from people import people

from arsim.domain.policy import Policy, Team
from arsim.engine.book import Book
from arsim.engine.collectors import Collectors
from arsim.engine.contacts import CALL, Contacts
from arsim.engine.disputes import DisputeDesk
from arsim.engine.goodwill import Goodwill
from arsim.engine.grades import Grades
from arsim.model.behaviour import Behaviour
from arsim.model.world import deal
from arsim.study.staffing import erlang_c, mean_wait

OWED = open_items([0], [-40], [-10], [1000_00])


class Traffic(Collectors):
    """The engine's collectors, the office never closed, handling times exponential instead of a call's."""

    def begin(self, handling: float, seed: int) -> None:
        self.hours, self.luck, self.handling = ((0, 1 << 40),), np.random.default_rng(seed), handling
        self.came, self.waited = {}, []

    def attempt(self, customer: int, channel: int) -> float:
        del self.tasks[customer, channel]
        self.waited.append(self.book.env.now - self.came.pop(customer))
        return self.luck.exponential(self.handling)


def waits(arrivals_an_hour: float, handling: float, agents: int, calls: int, seed: int) -> np.ndarray:
    """Minutes each call waited, the first tenth left out."""
    env, policy, behaviour = simpy.Environment(), Policy(name="p", team=Team(collectors=agents, contact_cap=21)), Behaviour.default()
    world = deal(people(2, orders_a_day=np.zeros(2), opening=OWED), seed, 0, 1)
    book = Book(env, world, policy, behaviour)
    book.is_open[0] = True  # every call is about the same debt
    goodwill, grades = Goodwill(book), Grades(book, policy)
    desk = Traffic(book, policy, Contacts(book, policy, goodwill, DisputeDesk(book, policy, goodwill)), grades)
    desk.begin(handling, seed)
    desk.contacts.allowed, desk.rests = (lambda customer, day: True), (lambda invoice, day: False)

    def traffic():
        luck = np.random.default_rng(seed + 1)
        for call in range(calls):
            yield env.timeout(luck.exponential(60 / arrivals_an_hour))
            desk.came[call] = env.now
            desk.tried.clear()
            desk.add_now(call, CALL, {0: -1})

    env.process(traffic())
    env.run()
    assert len(desk.waited) == calls and desk.on_duty == 0
    return np.array(desk.waited[calls // 10 :])


@pytest.mark.parametrize(("arrivals", "handling", "agents"), [(10, 10, 2), (10, 10, 3), (30, 6, 4)])
def test_waits_are_erlang_c(arrivals, handling, agents):
    load = arrivals * handling / 60
    waited = waits(arrivals, handling, agents, 40_000, seed=3)
    # Waits of one queue depend on each other: batch means give the error.
    late = waited > 0
    for found, exact in ((late, erlang_c(load, agents)), (waited, mean_wait(load, agents, handling))):
        batches = np.array([batch.mean() for batch in np.array_split(found, 30)])
        error = batches.std(ddof=1) / np.sqrt(len(batches))
        assert abs(batches.mean() - exact) < 4 * error
        assert error < 0.12 * exact  # sharp enough to tell
    fewer = waits(arrivals, handling, agents + 1, 4_000, seed=3)
    assert fewer.mean() < waited.mean()
