"""Searching for better policies: a planted summit is found, a known front is reached, limits hold, and a killed search ends the same."""

import os
import signal
import subprocess
import sys
import time

import numpy as np
import pytest
from planted_landscape import EFFORT, SPACE, SUMMIT, VALUE, effort, height, luck, measure

from arsim import cli
from arsim.domain.policies import built_in, read_policy
from arsim.domain.policy import levers
from arsim.domain.problem import BadInput
from arsim.report import explore as report
from arsim.report import explore_files, explore_plots
from arsim.study.aim import Limit, aims, limit
from arsim.study.axis import STEPS, axis
from arsim.study.compare import compare
from arsim.study.exploration import Exploration
from arsim.study.explore import explore
from arsim.study.pareto import nondominated, representative, unbeaten
from arsim.study.plan import FRESH, RUNGS, SEARCH, Plan
from arsim.study.search import search
from arsim.study.space import Space

RUNS = 1500  # the stated number: six mixed levers, a summit within 2 %
SMALL = ("team.contact_cap=1:6", "dispute.desk=0:2", "law.days=0:200", "promise.follow_up")


@pytest.mark.parametrize("seed", range(1, 6))
def test_a_planted_summit_is_found_within_two_per_cent(seed):
    met = measure(SPACE, height, seed=seed)
    found = search(SPACE, met, VALUE, (), Plan.of(RUNS, 3, 20, seed))
    assert height(SPACE.policy(found.front[0].candidate)) >= 0.98 * SUMMIT
    assert found.spent == len(met.asked) <= RUNS
    assert found.spent < SPACE.size / 1000, "it must have searched, not listed"


def _volume(points, corner):
    """The area between a front of (height, effort) and a corner worse than all of it."""
    area, lowest = 0.0, corner[1]
    for high, cost in sorted(map(tuple, points), reverse=True):
        if high > corner[0] and cost < lowest:
            area, lowest = area + (high - corner[0]) * (lowest - cost), cost
    return area


def _true_front():
    """Of height and effort: the levers that do not enter effort at their best, the others all listed."""
    best = {"law.days": 90, "credit.limit_factor": 3.1, "promise.follow_up": "call"}
    listed = []
    for cap in range(21):
        # height falls with the square of each distance and rises with their product, so the best day moves with the cap
        best["law.days"] = round(90 - 10 * ((cap - 13) / 20) / 60 * 365)
        for staff in range(1, 11):
            for route in ("suit", "mediation"):
                levers = best | {"team.contact_cap": cap, "team.collectors": staff, "law.route": route}
                levers["law.days"] = min(365, max(0, levers["law.days"]))
                policy = SPACE.base.replace(levers)
                listed.append((height(policy), effort(policy)))
    return listed


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_known_front_is_reached(seed):
    corner, true = (60.0, 30.0), _true_front()
    found = search(SPACE, measure(SPACE, height, effort, seed=seed), EFFORT, (), Plan.of(3000, 20, 20, seed))
    # of everything tried, by its height without luck; and the same area by listing policies at random with as many runs
    reached = [(height(policy), effort(policy)) for policy in (SPACE.policy(each.candidate) for each in found.tried)]
    chosen = [(height(policy), effort(policy)) for policy in (SPACE.policy(each.candidate) for each in found.front)]
    drawn = np.random.default_rng(seed).integers(0, SPACE.sizes, (len(found.tried), len(SPACE.axes)))
    random = [(height(policy), effort(policy)) for policy in (SPACE.policy(tuple(map(int, each))) for each in drawn)]
    assert _volume(reached, corner) >= 0.95 * _volume(true, corner)
    assert _volume(chosen, corner) >= 0.90 * _volume(true, corner)  # twenty policies stand for all
    assert _volume(random, corner) < 0.93 * _volume(true, corner)


def test_limits_hold_and_those_that_bind_are_named():
    limits = (Limit("headcount", 1, 3.0), Limit("contact_minutes", 1, 14.0), Limit("contact_cap", 1, 19.0))
    met = measure(SPACE, height, effort, seed=2)
    found = search(SPACE, met, EFFORT, limits, Plan.of(RUNS, 6, 20, 2))
    for policy in (SPACE.policy(each.candidate) for each in found.front):
        assert policy.team.collectors <= 3 and effort(policy) <= 14
    assert {SPACE.policy(candidate).team.collectors for _, candidate in met.asked if candidate is not None} <= {1, 2, 3}
    assert found.refused[0] > 0 and found.binding[1] and not found.binding[2]
    told = "\n".join(report.limit_lines(Exploration(SPACE, Plan.of(RUNS, 6, 20, 2), found, 365, 2)))
    assert "Contact minutes at most 14: this constraint binds" in told
    assert "Contact cap in 7 days at most 19: this constraint does not bind" in told


def test_fresh_luck_takes_away_what_only_luck_had_given():
    """Where every policy is the same and only luck differs, the search believes in a gain that fresh luck does not know."""
    believed, left, sure = [], [], 0
    for seed in range(1, 9):
        met, plan = measure(SPACE, lambda policy: 50.0, seed=seed, own=40.0), Plan.of(1600, 1, 400, seed)
        found = Exploration(SPACE, plan, search(SPACE, met, VALUE, (), plan), 365, seed)
        line = found.shrinkage().iloc[0]
        believed.append(line.searched), left.append(line.fresh)
        sure += line.low > 0
    assert np.mean(believed) > 1 and np.mean(left) < 0.5 * np.mean(believed)
    assert sure <= 2  # one interval in forty lies above nothing by chance


@pytest.mark.parametrize("name", built_in())
def test_a_search_can_begin_exactly_where_the_policy_is(name):
    base = read_policy(name)
    for lever in levers(base):
        axis_of = axis(lever)
        assert axis_of.values[axis_of.nearest(lever.default)] == lever.default and len(axis_of.values) <= STEPS * 2 + 1
        assert axis_of.chosen or list(axis_of.values) == sorted(set(axis_of.values)) and axis_of.values[-1] == lever.high


@pytest.mark.parametrize("seed", range(1, 5))
def test_a_front_holds_nothing_that_another_surely_outdoes(seed):
    """More staff cost more and bring so little that luck hides it: the fewest, and whoever was best on the rest, are all there is."""
    space = Space.of(read_policy("baseline"), ["team.collectors=1:50", "team.contact_cap=1:9"])

    def measured(jobs):
        for replication, candidates in jobs:
            staff = [(each.team.collectors, luck(seed, replication, each, 0.0, 1.0)) for each in map(space.policy, candidates)]
            yield np.array([[-count, 0.01 * (100 - count) + chance] for count, chance in staff])

    found = search(space, measured, EFFORT, (), Plan.of(2000, 8, 20, seed))
    assert len(found.front) <= 2


def test_everybody_meets_the_same_luck_and_fresh_luck_is_fresh():
    met = measure(SPACE, height)
    found = search(SPACE, met, VALUE, (), Plan.of(RUNS, 3, 20))
    numbers = {}
    for replication, candidate in met.asked:
        numbers.setdefault(candidate, []).append(replication)
    finalists = {each.candidate for each in found.front} | {None}
    for candidate, seen in numbers.items():
        searched = sorted(number for number in seen if number < FRESH)
        assert searched == list(range(SEARCH, SEARCH + len(searched))) and len(searched) in RUNGS
        assert len(set(seen)) == len(seen) and (len(seen) > len(searched)) == (candidate in finalists)


def test_pareto_by_its_definition():
    points = np.random.default_rng(1).integers(0, 6, (60, 3)).astype(float)
    beaten = [any((other <= point).all() and (other < point).any() for other in points) for point in points]
    assert nondominated(points).tolist() == np.flatnonzero(~np.array(beaten)).tolist()
    assert unbeaten(points[None], np.zeros(60, int)).tolist() == nondominated(points).tolist()
    chosen = representative(points, 5)
    assert len(set(chosen)) == 5 and all(points[chosen, column].min() == points[:, column].min() for column in range(3))
    # on the luck both have met the second is better, though its mean over more luck looks worse
    levels = np.array([[[2.0], [1.0]], [[np.nan], [3.0]]])
    assert unbeaten(levels, np.array([0, 1])).tolist() == [1]


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory):
    """A small real search, run through."""
    folder = tmp_path_factory.mktemp("explore") / "whole"
    assert subprocess.run(_command(folder, workers=2), capture_output=True, timeout=300).returncode == 0
    return folder


def _command(folder, workers):
    options = f"--days 40 --customers 40 --budget 520 --front 3 --most headcount=3 --workers {workers} --out {folder}"
    return [sys.executable, "-m", "arsim", "explore", "--levers", *SMALL, *options.split()]


def test_a_killed_search_goes_on_and_ends_the_same(undisturbed, tmp_path):
    folder, lines = tmp_path / "cut", 0
    kept = folder / "search.jsonl"
    running = subprocess.Popen(_command(folder, workers=1), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while lines < 30 and running.poll() is None:
        time.sleep(0.005)
        lines = kept.read_bytes().count(b"\n") if kept.exists() else 0
    os.kill(running.pid, signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM)
    running.wait()
    before = kept.read_bytes()
    assert not (folder / "front.csv").exists() and (undisturbed / "search.jsonl").read_bytes().startswith(before[: before.rfind(b"\n")])
    kept.write_bytes(before[: before.rfind(b"\n") + 1] + b'{"replication":1000001,"poli')  # torn in the middle of a line
    done = subprocess.run(_command(folder, workers=1), capture_output=True, timeout=300)
    assert done.returncode == 0, done.stderr
    names = sorted(path.name for path in undisturbed.iterdir())
    assert names == sorted(path.name for path in folder.iterdir())
    assert {"front.csv", "runs.csv", "tried.csv", "front_1.toml", "front.png", "levers.png", "search.jsonl"} <= set(names)
    assert not [name for name in names if (undisturbed / name).read_bytes() != (folder / name).read_bytes()]


def test_what_is_kept_is_not_run_again_and_belongs_to_one_question(undisturbed, tmp_path, monkeypatch, capsys):
    arguments = _command(undisturbed, workers=1)[3:]
    before = (undisturbed / "search.jsonl").read_bytes()
    monkeypatch.setattr("arsim.study.explore.measured", lambda *_: pytest.fail("run again"))
    assert cli.main(arguments) == 0
    assert (undisturbed / "search.jsonl").read_bytes() == before
    assert cli.main([*arguments, "--days", "61"]) == 2
    assert "another search: days differ" in capsys.readouterr().err


def test_the_front_can_be_compared(undisturbed):
    policy = read_policy(undisturbed / "front_1.toml")
    found = compare(["baseline", policy], days=30, replications=2)
    assert found.policies[1].called("zh") == "前沿 1" and policy.team.collectors + policy.dispute.desk <= 3


def test_words_and_pictures_in_both_languages(language, tmp_path):
    found = explore(SMALL[:2], days=30, budget=420, finalists=3, aim=("net_value", "goodwill"), most=["headcount=2"])
    told = report.text(found)
    assert ("前沿" in told) == (language == "zh") and "team.contact_cap" in told
    for picture in (explore_plots.pairs(found), explore_plots.parallel(found)):
        assert picture.startswith(b"\x89PNG")
    (tmp_path / "front_9.toml").write_text("")  # of an earlier, larger front
    written = explore_files.write(found, tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {path.name for path in written}
    assert [read_policy(tmp_path / f"{policy.name}.toml") for policy in found.policies] == list(found.policies)


@pytest.mark.parametrize(
    ("levers", "sentence"),
    [
        (["team.contact_cp"], "nearest are team.contact_cap"),
        (["contact_cap"], "nearest are team.contact_cap"),
        (["dunning.7.days"], "It has 3 levels"),
        (["team.contact_cap=1:60"], "The most is 21"),
        (["dunning.0.days=-90:10"], "The least is -60"),
        (["team.contact_cap=6:1"], "1:6"),
        (["team.contact_cap=3:3"], "one value only"),
        (["law.route=suit,fax"], 'value "fax"'),
        (["law.days=soon"], "lowest:highest"),
        (["team.attempts", "team.attempts=1:3"], "named twice"),
        (["dunning.0.clock"], "no previous level"),
        ([], "No lever is named"),
    ],
)
def test_levers_that_do_not_fit_are_named(levers, sentence):
    with pytest.raises(BadInput, match=sentence):
        Space.of(read_policy("baseline"), levers)


@pytest.mark.parametrize("text", ["collection_cots=4", "cost=much", "headcount"])
def test_limits_that_make_no_sense_are_refused(text):
    with pytest.raises(BadInput):
        limit(text, 1)


def test_limits_as_they_are_typed():
    assert limit("cost=400,000", 1) == Limit("collection_cost", 1, 40_000_000.0)
    assert limit("overdue_share=20%", 1).bound == limit("overdue_share=0.2", 1).bound == 0.2
    assert [aim.key for aim in aims(["net_value", "contacts"])] == ["net_value", "contacts"]
    with pytest.raises(BadInput, match="neither more nor less"):
        aims(["ar_end"])


def test_an_impossible_limit_says_how_near_anything_came():
    met = measure(SPACE, height, effort)
    with pytest.raises(BadInput, match=r"contact_minutes at or below 0\.5; the lowest was [1-5]\b.*Loosen"):
        search(SPACE, met, EFFORT, (Limit("contact_minutes", 1, 0.5),), Plan.of(RUNS, 3, 20))
    with pytest.raises(BadInput, match="headcount at or below 0; the lowest was 1"):
        search(SPACE, met, EFFORT, (Limit("headcount", 1, 0.0),), Plan.of(RUNS, 3, 20))


def test_a_small_budget_says_what_is_enough():
    with pytest.raises(BadInput, match="at least (\\d+)") as told:
        Plan.of(100, 8, 10)
    assert Plan.of(int(told.value.problems[0].values["least"]), 8, 10).looking > 0


def test_a_space_that_is_used_up_ends_the_search():
    space = Space.of(read_policy("baseline"), ["promise.pause", "promise.follow_up"])
    found = search(space, measure(space, height, effort), EFFORT, (), Plan.of(5000, 3, 10))
    assert len(found.tried) == space.size == 8 and found.spent < 500
