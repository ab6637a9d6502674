"""``python -m arsim.engine.compiled``: compile the engine and keep the machine code, so that the next run finds it."""

from datetime import date

from arsim.domain.policy import Policy
from arsim.engine.compiled.simulate import simulate
from arsim.model.demo import people
from arsim.model.world import deal

if __name__ == "__main__":
    simulate(deal(people(date(2025, 1, 1)), 1, 0, 2), Policy(name="nothing"))
