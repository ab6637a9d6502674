"""How many runs are held at a time: as many as this computer's memory takes."""

import pytest

from arsim import cli
from arsim.domain.policies import read_policy
from arsim.domain.problem import BadInput
from arsim.engine.compiled.simulate import simulate
from arsim.engine.compiled.tables import state
from arsim.model.behaviour import Behaviour
from arsim.model.world import deal
from arsim.report import words
from arsim.study import room, spread
from arsim.study.company import Company
from arsim.study.compare import RUN_OFF, compare


def test_the_estimate_is_no_less_than_what_a_world_and_its_journal_hold():
    company, policy = Company.demo(), read_policy("source_full_system")
    world = deal(company.population, 1, 0, 365, run_off=RUN_OFF)
    journal = simulate(world, policy)
    dealt = sum(column.nbytes for column in vars(world).values() if hasattr(column, "nbytes"))
    estimate = room.needed(company, 365)
    assert dealt + 2 * journal.rows.nbytes < estimate < 5 * (dealt + 2 * journal.rows.nbytes)
    rows, orders = len(journal.rows), len(world.customer)
    _, tables = state(world, policy, Behaviour.default(), {"rows": rows, "links": rows, "sheets": orders, "cases": 1024})
    assert sum(table.nbytes for table in tables.values()) < estimate
    assert room.needed(company, 730) > 1.8 * estimate and room.needed(Company.demo(4000), 365) == pytest.approx(10 * estimate)


def test_no_more_at_a_time_than_there_is_memory_for(monkeypatch):
    at_once = []

    class Parallel:
        def __init__(self, n_jobs, **_):
            at_once.append(n_jobs)

        def __call__(self, work):
            return (function(*given) for function, given, _ in work)

    monkeypatch.setattr("joblib.Parallel", Parallel)
    monkeypatch.setattr("joblib.cpu_count", lambda: 8)
    monkeypatch.setattr(room, "total", lambda: 16e9)
    for each, workers in ((1e6, 0), (2e9, 0), (2e9, 5), (100e9, 0)):
        assert list(spread.spread(lambda number: number, (), 40, workers, "compiled", each)) == list(range(40))
    assert at_once == [8, 4, 5]  # what the user says goes; the last runs one by one
    assert 1e8 < room._installed() < 1e14


def test_the_result_does_not_depend_on_it(monkeypatch):
    company = Company.demo(50)
    many = compare(["do_nothing", "baseline"], company, 30, 6)
    monkeypatch.setattr(room, "total", lambda: 1.0)
    assert many.runs().equals(compare(["do_nothing", "baseline"], company, 30, 6).runs())


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_the_demo_company_of_another_size_is_named_so(capsys, language):
    arguments = ["compare", "do_nothing", "baseline", "--days", "10", "--replications", "2", "--lang", language, "--customers"]
    assert cli.main([*arguments, "1200"]) == 0 and "1,200" in capsys.readouterr().out
    assert cli.main([*arguments, "0"]) == 2 and cli.main([*arguments, "10", "--ledger", "any.csv"]) == 2
    assert len(Company.demo(1200).population) == 1200
    with pytest.raises(BadInput):
        Company.demo(-1)
