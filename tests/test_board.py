"""The board of the capstone, and the looks at a comparison before a rollout."""

import numpy as np
import pytest

from arsim.domain.policies import read_policy, write_policy
from arsim.report import intervals, three, words
from arsim.report.intervals import Bar, Panel
from arsim.study.compare import compare
from arsim.study.comparison import Comparison, Replication
from arsim.study.parts import differing
from arsim.workbook.course import board as rooms
from arsim.workbook.course import branches, means, rollout, trial_plan, weak_spot
from arsim.workbook.course.board import Board
from arsim.workbook.course.hand_in import HandIn
from arsim.workbook.course.task import read_task
from arsim.workbook.course.weak_spot import WeakSpot

PNG = b"\x89PNG"


class Shown(list):
    """What was displayed instead."""

    def tables(self):
        return [one for one in self if isinstance(one, list)]


@pytest.fixture
def shown(monkeypatch):
    kept = Shown()
    for module in (rooms, rollout, branches, trial_plan):
        for name in ("display_picture", "show_table"):
            if hasattr(module, name):
                monkeypatch.setattr(module, name, kept.append)
    return kept


def short(**changes):
    return read_task().model_copy(update={"days": 60, "replications": 10, "beside": ("baseline",), **changes})


def handed_in(folder):
    base = read_policy("baseline")
    for name, levers in {"red": {"law.days": 90}, "blue": {"dunning.0.days": 3}}.items():
        write_policy(base.replace(levers).model_copy(update={"name": name}), folder / f"{name}.toml")
    (folder / "broken.toml").write_text("[law\ndays = ")


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_two_teams_are_judged_and_a_broken_file_says_why_it_is_not(tmp_path, shown, language):
    handed_in(tmp_path)
    with words.speaking(language):
        board = Board(short(), tmp_path)
        found = board.run()
    assert [policy.name for policy in found.policies] == ["baseline", "blue", "red"]
    files, outcomes = shown.tables()
    assert [row[0] for row in files[1:]] == ["blue", "broken", "red"] and len({row[1] for row in files[1:]}) == 2
    assert [row[0] for row in outcomes[2:]] == ["blue", "red"] and all(len(row) == 5 for row in outcomes)
    assert any(isinstance(one, bytes) and one.startswith(PNG) for one in shown)
    assert set(board.unbeaten()) <= {"baseline", "blue", "red"} and board.unbeaten()


def test_a_policy_beyond_the_limits_is_not_run(tmp_path, shown):
    write_policy(read_policy("baseline").replace({"team.collectors": 9}).model_copy(update={"name": "greedy"}), tmp_path / "greedy.toml")
    write_policy(read_policy("baseline").replace({"law.days": 60}).model_copy(update={"name": "fair"}), tmp_path / "fair.toml")
    assert [policy.name for policy in Board(short(), tmp_path).run().policies] == ["baseline", "fair"]
    assert "team.collectors" in dict(shown.tables()[0])["greedy"]


def test_two_copies_of_one_policy_come_out_alike_and_neither_beats_the_other(tmp_path, shown):
    for name in ("one", "two"):
        write_policy(read_policy("source_recovery_plan").model_copy(update={"name": name}), tmp_path / f"{name}.toml")
    board = Board(short(), tmp_path)
    found = board.run()
    assert (found.values("one", "net_value") == found.values("two", "net_value")).all()
    assert ("one" in board.unbeaten()) == ("two" in board.unbeaten())


def test_without_a_team_the_house_is_on_the_table(tmp_path, shown):
    board = Board(short(beside=("baseline", "do_nothing")), tmp_path / "nowhere")
    assert len(board.run().policies) == 2 and len(shown.tables()[0]) == 2


def test_what_a_team_hands_in_is_what_the_board_reads(tmp_path):
    class Lab:
        policy = read_policy("baseline").replace({"law.days": 75})

    room = HandIn(Lab(), folder=tmp_path)
    for wrong in ("", "Team Red", "../out", "baseline"):
        room.name.value = wrong
        assert room.hand_in() is None and room.said.value
    assert not list(tmp_path.rglob("*.toml"))
    room.name.value = "team_red"
    room.hand_in()
    Lab.policy = Lab.policy.replace({"law.days": 80})
    room.hand_in()  # again: the last one counts
    (entry,) = Board(folder=tmp_path).entries()
    assert entry.policy.law.days == 80 and not entry.problems
    Lab.policy = Lab.policy.replace({"team.contact_cap": 10})
    assert room.hand_in() is None and "contact_cap" in room.said.value


def test_the_task_can_be_met_by_the_house():
    for name in read_task().beside:
        read_policy(name)
    assert len(read_task().rows()) == 3 + len(read_task().limits)


def test_a_picture_of_estimates_has_a_row_for_each_and_refuses_a_gap():
    made = Panel("A", "days", (Bar(1, 0.5, 1.5, (0.4, 1.6)), Bar(0, float("nan"), float("nan"))))
    assert intervals.picture(["one", "two"], [made], muted=[1], note="small").startswith(PNG)
    assert intervals.picture(["one", "two"], [made, made]).startswith(PNG)
    with pytest.raises(ValueError):
        intervals.picture(["one"], [made])


def test_the_same_luck_gives_a_narrower_interval_than_separate_luck(shown):
    found = compare(["baseline", "source_recovery_plan"], days=120, replications=12)
    assert rollout.paired(found) > 1
    few, many = (rollout.narrowing(found, width) for width in (1_000_000, 100_000))
    assert many == pytest.approx(100 * few, rel=0.5) and len(shown) == 3
    assert list(rollout.together(found)) == ["baseline", "source_recovery_plan"]
    assert rollout.amount(found).count("…") == 1
    assert three.scenarios({"one": found, "two": found}, "source_recovery_plan").startswith(PNG)


def test_a_before_after_look_is_made_of_its_parts(shown):
    found = compare(["baseline", "do_nothing"], days=182, replications=3)  # half a year: both quarters are the whole run
    late = {
        name: np.array([one.weekly[name]["overdue_share"] for one in found.replications]).mean(axis=0)
        for name in ("baseline", "do_nothing")
    }
    moved, apart = rollout.before_after(found)
    assert moved == pytest.approx(100 * (late["do_nothing"][13:].mean() - late["do_nothing"][:13].mean()))
    assert apart == pytest.approx(100 * (late["do_nothing"][13:].mean() - late["baseline"][13:].mean()))


def test_worlds_and_a_constants_range_are_run(shown):
    pair = ("baseline", "do_nothing")
    told = rollout.in_worlds(*pair, "base", replications=2)
    assert told == {"base": "cannot_tell", "without_effects": "cannot_tell"}
    rollout.turning(*pair, "price.collector_month", replications=2)
    assert len(shown) == 2 and all(one.startswith(PNG) for one in shown)


def test_a_trial_is_planned_from_the_spread_between_customers(shown):
    plan = trial_plan.trial_size("do_nothing", "source_full_system", replications=1)
    assert 0 < plan["left"] <= plan["sd"] and plan["adjusted"] <= plan["plain"] and plan["difference"] < 0
    assert len(shown.tables()[0]) == 7


def test_branches_differ_by_luck_alone_and_the_best_were_the_best(shown):
    found = branches.two_years(branches=6, best=2)
    assert found.lead > 0 and found.first.min() < found.first[found.winners].min()
    again = branches.two_years(branches=6, best=2)
    assert (again.first == found.first).all() and again.lead_later == found.lead_later


def test_the_means_together_are_the_full_system_and_each_is_a_part_of_it():
    today, full = read_policy(means.TODAY), read_policy(means.FULL)
    assert differing(means.together(), full) == []
    held = [group for one in means.means() for group in differing(today, one)]
    assert sorted(held) == sorted(differing(today, full))  # none twice, none left out
    assert set(differing(means.without_stops(), full)) == set(means.STOPS)


def test_a_weak_spot_runs_the_constant_that_was_chosen(monkeypatch):
    asked = []
    monkeypatch.setattr(rollout, "turning", lambda *given: asked.append(given) or 0.25)
    room = WeakSpot("baseline", "do_nothing", ["goodwill.orders", "price.gross_margin"], 3)
    room.choice.value = "price.gross_margin"
    room.button.click()
    assert asked == [("baseline", "do_nothing", "price.gross_margin", 3)] and "0.25" in room.said.value and not room.button.disabled
    assert weak_spot.told(None) != weak_spot.told(0.25)


def test_one_score_crowns_whom_its_weights_like(shown):
    outcomes = {"rich": (3e8, 0.10, 80.0), "safe": (1e8, 0.05, 80.0), "loved": (1e8, 0.10, 95.0)}
    keys = ("net_value", "overdue_share", "goodwill")
    run = Replication(0, {name: dict(zip(keys, given, strict=True)) for name, given in outcomes.items()}, {})
    found = Comparison(
        tuple(read_policy("baseline").model_copy(update={"name": name, "title": {}}) for name in outcomes), (run,), 1, 365, 1
    )
    weightings = {"value": (1, 0, 0), "risk": (0, 1, 0), "relationship": (0, 0, 1), "all": (10, 1, 1)}
    assert rooms.winners(found, weightings) == ["rich", "safe", "loved", "rich"]
    assert [row[0] for row in shown.tables()[0][1:]] == list(weightings)
