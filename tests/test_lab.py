"""The lab without a browser: levers, runs that replace each other, memory, ledgers that cannot be used."""

import json
import shlex
import sys
import threading
import time
from datetime import date
from pathlib import Path

import pytest
from people import people

from arsim.domain.places import place
from arsim.domain.policies import built_in, read_policy
from arsim.domain.policy import group_of, levers
from arsim.model.scenario import read_scenario, scenarios
from arsim.report import words
from arsim.report.firm import Firm
from arsim.study.company import Company
from arsim.study.compare import compare, replicate
from arsim.study.comparison import Comparison, Replication
from arsim.workbook import basis, companies, controls, lever_widget, memory, trial
from arsim.workbook.controls import PolicyPanel
from arsim.workbook.lab import Lab
from arsim.workbook.memory import Source
from arsim.workbook.runner import Runner
from arsim.workbook.shelf import Shelf, home

SMALL = Company(people(20), warmup=30)


@pytest.fixture(autouse=True)
def small_demo(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)  # policies saved by the lab lie below
    monkeypatch.setattr(Company, "demo", classmethod(lambda cls: SMALL))


@pytest.fixture
def lab(tmp_path):
    made = Lab(tmp_path / "lab.json")
    made.days.value = 60
    made.replications.value = 3
    yield made
    made.close()
    assert made.runner.wait(30)


@pytest.fixture
def slow(monkeypatch):
    """Replications that take a moment; a list of (collectors, number) of those begun."""
    begun, done = [], replicate(0, (read_policy("baseline"),), SMALL, 30, 1)

    def replicated(number, policies, *rest, **more):
        (policy,) = policies
        begun.append((policy.team.collectors, number))
        time.sleep(0.02)
        return Replication(number, {policy.name: done.outcomes["baseline"]}, {policy.name: done.weekly["baseline"]})

    monkeypatch.setattr(trial, "replicate", replicated)
    return begun


def until(true, seconds=20):
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.005)


def children(widget):
    yield widget
    for child in getattr(widget, "children", ()):
        yield from children(child)


def texts(widget):
    """Everything a user reads in a widget."""
    for one in children(widget):
        found = (getattr(one, name, None) for name in ("description", "placeholder", *([] if hasattr(one, "options") else ["value"])))
        yield from (text for text in found if isinstance(text, str))
        yield from getattr(one, "titles", ())
        yield from (str(option) for option in getattr(one, "_options_labels", ()))


def chinese(text):
    return any("\u4e00" <= character <= "\u9fff" for character in text)


# Levers


def all_open(name):
    panel = PolicyPanel(name, lambda: None)
    panel.open_all()
    return panel


@pytest.mark.parametrize("name", built_in())
def test_the_widgets_are_the_levers(name):
    panel, found = all_open(name), {lever.path: lever for lever in levers(read_policy(name))}
    assert panel.levers.keys() == found.keys()
    for path, control in panel.levers.items():
        lever = found[path]
        assert control.value == lever.default
        if lever.choices:
            assert tuple(value for _, value in control.options) == lever.choices
        else:
            assert (control.min, control.max) == (lever.low, lever.high)


def test_a_group_gets_its_widgets_when_it_is_opened(monkeypatch):
    made, init = [], controls.widgets.Widget.__init__
    with monkeypatch.context() as patch:
        told = lambda self, *args, **values: (made.append(self), init(self, *args, **values))[1]  # noqa: E731
        patch.setattr(controls.widgets.Widget, "__init__", told)
        panel = PolicyPanel("source_recovery_plan", lambda: None)
    # The way from the kernel to the browser holds a thousand messages or two before it drops some without a word.
    assert 50 < len(made) < 200 and {group_of(path) for path in panel.levers} == {"team"}
    panel._groups.selected_index = panel._names.index("law")
    assert {group_of(path) for path in panel.levers} == {"team", "law"}
    panel._groups.selected_index = None  # all closed
    assert panel.levers["dunning.0.days"].value == panel.policy.dunning[0].days  # asked for by name, it opens too
    with pytest.raises(KeyError):
        panel.levers["law.nothing"]


def test_moving_a_lever_changes_that_lever_only():
    heard = []
    panel = PolicyPanel("source_recovery_plan", lambda: heard.append(panel.policy))
    before = {lever.path: lever.default for lever in levers(panel.policy)}
    moves = {"team.collectors": 1000, "credit.limit_factor": 0.0, "credit.over_limit": "hold", "dunning.1.channel": "email"}
    moves["write_off_days"] = 90
    for path, value in moves.items():
        panel.levers[path].value = value
    assert {lever.path: lever.default for lever in levers(panel.policy)} == before | moves
    assert len(heard) == len(moves)
    assert panel.titled.called("en").endswith("(changed)")


def test_a_wide_range_has_a_slider_over_its_near_part():
    panel = PolicyPanel("baseline", lambda: None)
    box = panel.levers["team.collectors"]
    slider = _near(panel, "team.collectors")
    assert (slider.min, slider.max, slider.step) == (0, 20, 1)
    slider.value = 5
    assert box.value == panel.policy.team.collectors == 5
    box.value = 600
    assert slider.value == 600 and slider.max == 1000 and panel.policy.team.collectors == 600


def _near(panel, path):
    """The slider beside the box of a lever with a wide range."""
    box = panel.levers[path]
    (slider,) = [row.children[0] for row in children(panel) if getattr(row, "children", ())[1:] == (box,)]
    return slider


def test_an_amount_has_a_slider_that_is_worth_dragging():
    panel = PolicyPanel("do_nothing", lambda: None)
    approval = _near(panel, "credit.approval_amount")
    assert (approval.max, approval.step) == (100_000, 1_000)
    approval.value = 60_000
    assert panel.policy.credit.approval_amount == 60_000
    panel.levers["credit.approval_amount"].value = 100_000_000
    assert approval.max == approval.value == 100_000_000 and panel.policy.credit.approval_amount == 100_000_000


@pytest.mark.parametrize("name", built_in())
def test_every_lever_stands_in_a_group_with_a_name(name, language):
    panel = all_open(name)
    order = ["team", "dunning", "promise", "worklist", "credit", "warning", "dispute", "discount", "interest", "cash", "plan", "law",
             "write_off", "relations", "tools", "allowance"]  # fmt: skip
    groups = panel._groups
    assert list(controls.GROUPS) == order and len(groups.titles) == len(order) == len(set(groups.titles))
    assert groups.selected_index == 0  # the first is open, all others closed
    assert all(chinese(title) == (language == "zh") for title in groups.titles)
    shown = {}
    for group, box in zip(order, groups.children, strict=True):
        inside = set(children(box))
        shown[group] = {path for path, control in panel.levers.items() if control in inside}
        assert shown[group] == {path for path in panel.levers if group_of(path) == group}
    assert set().union(*shown.values()) == set(panel.levers)
    first = groups.children[order.index("write_off")].children[0]
    assert panel.levers["write_off_days"] in children(first)  # what the group is about stands above what follows from it


def test_every_choice_has_a_name():
    for lever in levers():
        assert all(choice in lever_widget.CHOICES for choice in lever.choices), lever.path


SWITCHES = {  # what a group begins with: a lever that stands still, and a value that wakes it
    "worklist": ("team.collectors", 0, 1), "warning": ("warning.check", "never", "weekly"), "dispute": ("dispute.desk", 0, 1),
    "discount": ("discount.percent", 0.0, 2.0), "interest": ("interest.rate", 0.0, 0.1), "plan": ("plan.offer", "no", "yes"),
    "law": ("law.days", 0, 90),
}  # fmt: skip


@pytest.mark.parametrize("group", SWITCHES)
def test_a_group_that_does_nothing_says_what_it_begins_with(group, language):
    panel, (path, off, on) = all_open("do_nothing"), SWITCHES[group]
    assert SWITCHES.keys() == controls._ASLEEP.keys()
    note = panel.asleep[group]
    assert note is panel._groups.children[panel._names.index(group)].children[0]
    panel.levers[path].value = on
    assert note.value == "" and note.layout.display == "none"
    panel.levers[path].value = off
    label = next(lever.label[language] for lever in levers(panel.policy) if lever.path == path)
    assert label.split(":")[0].split("：")[0] in note.value and note.layout.display is None
    panel.show("baseline")
    panel.show("do_nothing")  # the widgets were made anew; the line is still there
    assert panel._groups.children[panel._names.index(group)].children[0] is note and note.value and note.comm


def test_law_also_begins_with_a_refusal_or_a_complaint():
    panel = PolicyPanel("do_nothing", lambda: None)
    for path, on, off in (("law.on_refusal", "yes", "no"), ("law.complaint_days", 30, 0)):
        panel.levers[path].value = on
        assert not panel.asleep["law"].value
        panel.levers[path].value = off
        assert panel.asleep["law"].value


def test_reset_brings_the_built_in_policy_back():
    panel = PolicyPanel("baseline", lambda: None)
    assert panel.reset.disabled
    panel.levers["team.attempts"].value = 9
    panel.reset.click()
    assert panel.policy == read_policy("baseline") and panel.levers["team.attempts"].value == 3 and panel.reset.disabled


def test_the_range_of_a_number_is_said(language):
    panel = all_open("baseline")
    said = " ".join(texts(panel))
    for lever in levers(panel.policy):
        if not lever.choices:
            low, high = f"{lever.low:g}".replace("-", "−"), f"{lever.high:g}"
            assert (f"{low} to {high}" if language == "en" else f"{low} 到 {high}") in said, lever.path


def test_the_usual_numbers_come_back_at_once(lab, monkeypatch):
    asked = []
    lab.days.value, lab.seed.value = 45, 77
    monkeypatch.setattr(lab.runner, "begin", lambda *_, **__: asked.append(lab.setting))
    lab._live = True
    lab.usual.click()
    lab._live = False
    assert (lab.days.value, lab.replications.value, lab.seed.value) == (365, 40, 1) and len(asked) == 1


def test_the_lab_says_how_the_fast_engine_comes_along(lab, monkeypatch):
    for going_on, log, told in ((True, None, "being prepared"), (False, Path("why.txt"), "why.txt"), (False, None, None)):
        monkeypatch.setattr("arsim.workbook.lab.warm", lambda going_on=going_on: going_on)
        monkeypatch.setattr("arsim.workbook.lab.given_up", lambda log=log: log)
        lab.run_now(2)
        assert told in lab.answer.preparing.value if told else not lab.answer.preparing.value


def test_the_lab_asks_what_its_notebook_asks(lab):
    text = (place("notebooks") / "en" / "policy_lab.ipynb").read_text("utf-8")
    assert f'compare([\\"{lab.sides["a"].base}\\", \\"{lab.sides["b"].base}\\"]' in text


def test_levels_come_and_go():
    panel = all_open("oca_3_time")

    def click(label):
        next(w for w in children(panel) if getattr(w, "description", "") == label).click()

    click("Add a level")
    assert len(panel.policy.dunning) == 4 and "dunning.3.days" in panel.levers
    for _ in range(10):
        click("Add a level")  # beyond what a policy may have
    assert len(panel.policy.dunning) == 12 and "too many levels" in panel.said.value
    add = next(w for w in children(panel) if getattr(w, "description", "") == "Add a level")
    assert add.disabled and any("12 levels at most" in text for text in texts(panel))  # said where one clicks
    click("Remove level 1")
    click("Remove level 1")  # the next one counts from a level before it
    assert len(panel.policy.dunning) == 11 and "no previous level" in panel.said.value
    for left in reversed(range(11)):
        click(f"Remove level {left + 1}")
        assert len(panel.policy.dunning) == left and not panel.said.value
    assert not any(path.startswith("dunning") for path in panel.levers)
    click("Add a level")
    assert panel.policy.dunning[0].days == 7


def test_a_change_of_the_ladder_leaves_all_other_widgets_as_they_are():
    panel = all_open("oca_3_time")
    panel.levers["law.days"].value = 77
    before = dict(panel.levers)
    next(w for w in children(panel) if getattr(w, "description", "") == "Add a level").click()
    assert all(panel.levers[path] is control and control.comm for path, control in before.items() if not path.startswith("dunning"))
    assert not any(before[path].comm for path in before if path.startswith("dunning"))  # closed, and made anew
    panel.reset.click()
    assert panel.levers["law.days"].value == 0 and panel.levers["team.attempts"] is before["team.attempts"]


def test_what_a_policy_cannot_be_is_explained_and_put_back(language):
    panel = PolicyPanel("baseline", lambda: None)
    panel.levers["dunning.0.clock"].value = "previous"
    assert panel.levers["dunning.0.clock"].value == panel.policy.dunning[0].clock == "due"
    place = "dunning level 1, key &quot;clock&quot;" if language == "en" else "第 1 级催款"
    assert place in panel.said.value and "column" not in panel.said.value and chinese(panel.said.value) == (language == "zh")


def test_everything_is_in_the_user_s_language(lab, tmp_path):
    def said(one):
        for panel in one.sides.values():
            panel.open_all()
        return {text for text in texts(one.box) if text and not text.startswith("<style>")}

    with words.speaking("zh"):
        spoken = said(Lab(tmp_path / "other.json"))
    english = said(lab)
    same = {text for text in spoken if text in english}
    assert not {text for text in same if any(character.isalpha() for character in text)}


# The user's own policies


def _save(panel, name):
    panel.name.value = name
    panel.save.click()


def _labels(panel):
    return [label for label, _ in panel.choice.options]


def test_a_policy_is_saved_and_offered_on_both_sides(lab, tmp_path, language):
    a, b = lab.sides["a"], lab.sides["b"]
    b.levers["team.collectors"].value = 4
    _save(b, " mine.toml ")
    path = tmp_path / "my_policies" / "mine.toml"
    assert str(path) in b.said.value and f"uv run arsim compare baseline {path}" in b.said.value
    assert ("--lang zh" in b.said.value) == chinese(b.said.value) == (language == "zh")
    assert b.choice.value == b.base == "mine.toml" and b.reset.disabled and b.titled.called("en") == "mine"
    assert _labels(a) == _labels(b) and _labels(a)[-1] == "mine" and a.base == a.choice.value == "do_nothing"
    a.choice.value = "mine.toml"
    assert a.policy == b.policy == read_policy(path) and a.levers["team.collectors"].value == 4
    assert b.policy.source == "begun from source_recovery_plan" and not a.said.value


def test_saving_again_renews_the_file_one_began_with_and_no_other(lab, tmp_path, language):
    b = lab.sides["b"]
    _save(b, "one")
    b.levers["team.collectors"].value = 5
    assert not b.said.value
    b.save.click()
    assert read_policy(tmp_path / "my_policies" / "one.toml").team.collectors == 5 and b.reset.disabled
    _save(b, "two")
    b.levers["team.collectors"].value = 6
    _save(b, "one")
    assert "arsim-problems" in b.said.value and "one" in b.said.value and chinese(b.said.value) == (language == "zh")
    assert read_policy(tmp_path / "my_policies" / "one.toml").team.collectors == 5 and b.base == "two.toml"


def test_the_same_title_is_kept_when_a_file_is_renewed(tmp_path):
    (tmp_path / "my_policies").mkdir()
    (tmp_path / "my_policies" / "mine.toml").write_text('title = { en = "Our way" }\nsource = "the board"', "utf-8")
    panel = PolicyPanel("mine.toml", lambda: None)
    panel.levers["team.attempts"].value = 2
    panel.name.value = "mine"
    panel.save.click()
    assert (panel.policy.title, panel.policy.source, panel.policy.team.attempts) == ({"en": "Our way"}, "the board", 2)


@pytest.mark.parametrize("name", ["", "baseline", "My Policy", "../outside", "a/b", "/tmp/abs", "政策"])
def test_a_name_that_cannot_be_is_refused(lab, tmp_path, name):
    _save(lab.sides["b"], name)
    assert "arsim-problems" in lab.sides["b"].said.value and lab.sides["b"].base == "source_recovery_plan"
    assert not list(tmp_path.rglob("*.toml"))


def test_where_nothing_can_be_written_it_is_said(lab, tmp_path, language):
    (tmp_path / "my_policies").write_text("")
    _save(lab.sides["b"], "mine")
    said = lab.sides["b"].said.value
    assert "arsim-problems" in said and str(tmp_path) in said and chinese(said) == (language == "zh")


def test_a_broken_file_is_listed_and_explained(tmp_path, language):
    folder = tmp_path / "my_policies"
    folder.mkdir()
    (folder / "wrong.toml").write_text("[team]\ncollectors = 2000", "utf-8")
    (folder / "Bad Name.toml").write_text("", "utf-8")
    (folder / "folder.toml").mkdir()
    heard = []
    panel = PolicyPanel("baseline", lambda: heard.append(1))
    assert [label.split()[0].split("（")[0] for label in _labels(panel)[-3:]] == ["Bad", "folder", "wrong"]
    for base in ("wrong.toml", "Bad Name.toml", "folder.toml"):
        panel.choice.value = base
        assert base in panel.said.value and chinese(panel.said.value) == (language == "zh")
        assert panel.choice.value == panel.base == "baseline" and panel.policy == read_policy("baseline") and not heard
    panel.levers["team.collectors"].value = 2
    assert not panel.said.value


def test_a_file_that_vanishes_under_the_lab_stays_listed(lab, tmp_path):
    b = lab.sides["b"]
    _save(b, "mine")
    (tmp_path / "my_policies" / "mine.toml").unlink()
    b.levers["team.collectors"].value = 3
    b.reset.click()
    assert b.policy.team.collectors == 1
    _save(lab.sides["a"], "other")
    assert b.choice.value == "mine.toml" and _labels(b)[-2:] == ["mine (cannot be used)", "other"]
    _save(b, "mine")
    assert _labels(b)[-2:] == ["mine", "other"]


def test_own_policies_lie_beside_the_notebooks(tmp_path, monkeypatch):
    for language in words.LANGUAGES:
        (tmp_path / "notebooks" / language / "week").mkdir(parents=True)
    assert home() == tmp_path / "my_policies"
    for where in (".", "en", "zh", "zh/week"):
        monkeypatch.chdir(tmp_path / "notebooks" / where)
        assert home() == tmp_path / "notebooks" / "my_policies"


@pytest.mark.skipif(sys.platform == "win32", reason="quotes otherwise there")
def test_the_command_can_be_pasted(tmp_path):
    shelf = Shelf(tmp_path / "two words")
    assert shlex.split(shelf.command("mine.toml"))[-1] == str(tmp_path / "two words" / "mine.toml")


# Runs


def test_an_answer_in_the_foreground(lab):
    stage = lab.run_now(4)
    assert len(stage.found.replications) == len(stage.without.replications) == 4
    assert bytes(lab.answer.picture.value[:4]) == b"\x89PNG" and "arsim-outcomes" in lab.answer.table.value
    assert "4 paired replications" in lab.answer.headline.value and "Company: Demo company" in lab.answer.headline.value
    assert "If no contact and no hold moved anybody" in lab.answer.basis.value and "Constants of behaviour" in lab.answer.basis.value


def test_the_answer_is_that_of_compare(lab):
    found = lab.run_now(3).found
    expected = compare(["do_nothing", "source_recovery_plan"], SMALL, 60, 3, 1)
    names = {"do_nothing": "a", "source_recovery_plan": "b"}
    assert found.runs().to_csv() == expected.runs().replace({"policy": names}).to_csv()


def test_the_scenario_is_asked_said_and_remembered(lab, tmp_path, language):
    assert lab.scenario.value == "base" and "arsim-scenario" in lab.scenario._dom_classes
    assert [name for _, name in lab.scenario.options] == scenarios()
    lab.run_now(2)
    ordinary, usual = lab.stage.found.runs(), lab.answer.headline.value
    lab.scenario.value = "downturn"
    stage = lab.run_now()
    assert stage.found.scenario == stage.without.scenario == read_scenario("downturn")
    expected = compare(["do_nothing", "source_recovery_plan"], SMALL, 60, 2, 1, scenario="downturn")
    names = {"do_nothing": "a", "source_recovery_plan": "b"}
    assert stage.found.runs().to_csv() == expected.runs().replace({"policy": names}).to_csv() != ordinary.to_csv()
    title = {"en": "Downturn", "zh": "经济下行"}
    assert all(title[language] in said.value for said in (lab.answer.headline, lab.answer.basis)) and title[language] not in usual
    assert memory.save(lab.setting, tmp_path / "lab.json")
    again = Lab(tmp_path / "lab.json")
    assert again.setting == lab.setting and again.scenario.value == "downturn"
    assert title[language] in [label for label, _ in again.scenario.options]
    lab.scenario.value = "base"
    assert lab.run_now().found.runs().to_csv() == ordinary.to_csv()


def test_a_memory_of_before_there_were_scenarios_is_good(tmp_path):
    content = _saved(tmp_path)
    assert content.pop("scenario") == "base"
    (tmp_path / "lab.json").write_text(json.dumps(content), "utf-8")
    setting, spoilt = memory.recall(tmp_path / "lab.json")
    assert not spoilt and setting.scenario == "base"


def test_runs_are_remembered(lab, slow):
    lab.run_now(3)
    first = len(slow)
    assert first == 12  # two policies, three replications, with and without effects
    lab.sides["b"].levers["team.collectors"].value = 7
    lab.run_now()
    assert len(slow) == first + 6 and {collectors for collectors, _ in slow[first:]} == {7}
    lab.sides["b"].reset.click()
    lab.run_now()
    assert len(slow) == first + 6


def test_a_newer_move_replaces_the_run(lab, slow):
    lab.replications.value = 200
    box = lab.sides["b"].levers["team.collectors"]
    box.value = 11
    lab.start()
    until(lambda: (11, 2) in slow)
    box.value = 12
    until(lambda: (12, 2) in slow)
    assert sum(thread.name == "arsim-lab" for thread in threading.enumerate()) == 1  # at most one run alive
    abandoned = [number for collectors, number in slow if collectors == 11]
    box.value = 13
    until(lambda: (13, 2) in slow)
    assert [number for collectors, number in slow if collectors == 11] == abandoned
    assert max(number for collectors, number in slow if collectors == 12) < 20


def test_a_dragged_slider_asks_only_for_where_it_stops(lab, slow):
    lab.replications.value = 2
    lab.run_now()
    lab.start()
    lab.runner.wait()
    before = len(slow)
    for collectors in range(20, 60):
        lab.sides["b"].levers["team.collectors"].value = collectors
    assert lab.runner.wait(20)
    begun = {collectors for collectors, _ in slow[before:]}
    assert 59 in begun and len(begun) <= 3


def test_stop_and_go_on(lab, slow):
    lab.replications.value = 10
    lab.start()
    until(lambda: len(slow) > 3)
    lab.answer.stop.click()
    assert lab.runner.wait(5) and lab.answer.stop.description == "Go on"
    stopped = len(slow)
    time.sleep(0.1)
    assert len(slow) == stopped < 40
    lab.answer.stop.click()
    assert lab.runner.wait(20) and len(slow) == 40 and lab.answer.status.value == "10 replications done"


def test_what_breaks_is_told_and_mended(lab, monkeypatch):
    def broken(*_, **__):
        raise RuntimeError("boom")

    with monkeypatch.context() as patch:
        patch.setattr(trial, "replicate", broken)
        lab.start()
        assert lab.runner.wait(20)
    assert isinstance(lab.error, RuntimeError) and "boom" in lab.answer.status.value
    lab.sides["b"].levers["team.collectors"].value = 9
    assert lab.runner.wait(30) and lab.answer.status.value == "3 replications done"


@pytest.mark.parametrize(
    "moves",
    [
        {"team.collectors": 0, "team.contact_cap": 0},
        {"team.collectors": 1000, "team.attempts": 10, "team.contact_cap": 21},
        {"credit.limit_factor": 0.0, "credit.over_limit": "hold", "credit.hold_overdue_days": 1, "credit.hold_overdue_share": 0.0},
        {"credit.limit_factor": 0.0, "credit.over_limit": "prepay", "write_off_days": 90},
        {"dunning.0.days": -60, "dunning.1.days": 365, "dunning.2.clock": "previous", "dunning.2.days": -60},
    ],
    ids=["nobody", "everybody", "no supply", "cash only", "ladder upside down"],
)
def test_absurd_levers_give_a_picture(lab, moves):
    for path, value in moves.items():
        lab.sides["b"].levers[path].value = value
    lab.days.value = lab.days.min
    lab.run_now(2)
    assert bytes(lab.answer.picture.value[:4]) == b"\x89PNG" and lab.answer.status.value == "2 replications done"


def test_no_ladder_and_a_long_horizon(lab):
    lab.sides["b"].show("do_nothing", read_policy("do_nothing"))
    lab.sides["a"].show("do_nothing", read_policy("do_nothing"))
    lab.days.value = lab.days.max
    lab.run_now(2)
    assert bytes(lab.answer.picture.value[:4]) == b"\x89PNG"
    assert "the same" in lab.answer.table.value


def test_work_can_be_left_in_the_middle_of_a_step():
    runner, seen = Runner(pytest.fail), []

    def long():
        seen.append("began")
        for _ in range(1000):
            time.sleep(0.01)
            runner.check()
        seen.append("ended")
        yield

    runner.begin(long, settle=0)
    until(lambda: seen)
    runner.stop()
    assert runner.wait(5) and seen == ["began"]
    runner.check()  # what another thread does on its own account is not concerned


# Memory


def test_a_restart_brings_everything_back(lab, tmp_path):
    lab.sides["a"].choice.value = "oca_3_time"
    lab.sides["a"].levers["team.collectors"].value = 7  # moved from a policy it does not begin with by itself
    lab.sides["b"].levers["dunning.1.channel"].value = "visit"
    lab.sides["b"].levers["credit.limit_factor"].value = 0.35
    lab.days.value, lab.seed.value = 45, 77
    lab.replications.value = 2
    lab.start()
    assert lab.runner.wait(30)
    again = Lab(tmp_path / "lab.json")
    assert again.setting == lab.setting
    assert again.sides["b"].levers["dunning.1.channel"].value == "visit" and again.sides["a"].choice.value == "oca_3_time"
    assert "As you left it" in again.note.value


def test_an_own_policy_is_remembered_with_what_was_moved_since(lab, tmp_path):
    _save(lab.sides["b"], "mine")
    lab.sides["b"].levers["team.collectors"].value = 6
    assert memory.save(lab.setting, tmp_path / "lab.json") and str(tmp_path) not in (tmp_path / "lab.json").read_text("utf-8")
    again = Lab(tmp_path / "lab.json").sides["b"]
    assert (again.base, again.choice.value, again.name.value) == ("mine.toml", "mine.toml", "mine")
    assert again.policy.team.collectors == 6 and not again.reset.disabled


@pytest.mark.parametrize("spoil", [lambda path: path.unlink(), lambda path: path.write_text("[team", "utf-8")])
def test_an_own_policy_that_is_gone_leaves_its_levers(lab, tmp_path, spoil, language):
    lab.sides["b"].levers["team.collectors"].value = 6
    _save(lab.sides["b"], "mine")
    memory.save(lab.setting, tmp_path / "lab.json")
    spoil(tmp_path / "my_policies" / "mine.toml")
    again = Lab(tmp_path / "lab.json")
    b = again.sides["b"]
    assert b.base == b.choice.value == "source_recovery_plan" and b.policy.team.collectors == 6
    assert "mine.toml" in again.note.value and chinese(again.note.value.replace("回收方案", "")) == (language == "zh")
    b.reset.click()
    assert b.policy == read_policy("source_recovery_plan")


def test_looking_leaves_nothing_on_the_disk(tmp_path):
    lab = Lab(tmp_path / "lab.json")
    lab.trials.stages = lambda question: iter(())
    lab.start()
    assert lab.runner.wait(20) and not list(tmp_path.iterdir())


def _saved(tmp_path):
    lab = Lab(tmp_path / "lab.json")
    assert memory.save(lab.setting, tmp_path / "lab.json")
    return json.loads((tmp_path / "lab.json").read_text("utf-8"))


@pytest.mark.parametrize(
    "spoil",
    [
        lambda content: "not JSON",
        lambda content: "",
        lambda content: json.dumps([]),
        lambda content: json.dumps(content | {"version": 0}),
        lambda content: json.dumps(content | {"days": "many"}),
        lambda content: json.dumps(content | {"scenario": "flood"}),
        lambda content: json.dumps(content | {"scenario": 3}),
        lambda content: json.dumps(content | {"sides": {}}),
        lambda content: json.dumps(content | {"sides": None}),
        lambda content: json.dumps(content | {"source": {"kind": "moon"}}),
        lambda content: json.dumps(content | {"source": {"colour": "red"}}),
        lambda content: json.dumps(content).replace('"collectors"', '"robots"'),
        lambda content: json.dumps(content).replace('"base": "do_nothing"', '"base": "gone"'),
        lambda content: json.dumps(content).replace('"base": "do_nothing"', '"base": "../gone.toml"'),
        lambda content: json.dumps(content).replace('"base": "do_nothing"', '"base": 3'),
    ],
)
def test_a_spoilt_memory_is_set_aside(tmp_path, spoil, language):
    path = tmp_path / "lab.json"
    path.write_text(spoil(_saved(tmp_path)), "utf-8")
    lab = Lab(path)
    assert lab.note.value and chinese(lab.note.value) == (language == "zh")
    assert lab.setting == Lab(tmp_path / "none.json").setting


def test_numbers_out_of_range_are_drawn_in(tmp_path):
    path = tmp_path / "lab.json"
    path.write_text(json.dumps(_saved(tmp_path) | {"days": 10**9, "replications": -5}), "utf-8")
    lab = Lab(path)
    assert lab.days.value == lab.days.max and lab.replications.value == lab.replications.min
    assert "beyond what is allowed" in lab.note.value


def test_the_lab_works_where_nothing_can_be_written(tmp_path):
    (tmp_path / "file").write_text("")
    lab = Lab(tmp_path / "file" / "lab.json")
    lab.days.value, lab.replications.value = 30, 2
    lab.start()
    assert lab.runner.wait(30) and lab.error is None and "cannot be remembered" in lab.note.value


def test_the_memory_lies_where_it_is_told(monkeypatch, tmp_path):
    monkeypatch.setenv("ARSIM_STATE", str(tmp_path))
    assert memory.home() == tmp_path / "lab.json"


# Companies

WRONG = "发票号,客户,开票日期,到期日,金额,付款日期\n1,A,2025-01-02,2025-02-31,100,\n2,B,2025-01-02,2025-02-02,much,\n"


def test_a_wrong_ledger_changes_nothing(lab, tmp_path, language):
    lab.run_now(2)
    path, company = tmp_path / "wrong.csv", lab.company
    path.write_text(WRONG, "utf-8")
    lab.start()
    lab.runner.wait(30)
    lab.companies.kind.value = "ledger"
    lab.companies.path.value = str(path)
    assert lab.runner.wait(30)
    said = lab.companies.said.value
    assert "2025-02-31" in said and "much" in said and said.count("<li>") == 2
    assert chinese(said.replace("到期日", "").replace("金额", "")) == (language == "zh")
    assert lab.company is company and lab.setting.source == Source() and lab.error is None
    assert lab.companies._order.layout.display == "none"


def _ledger(path, form="%Y-%m-%d"):
    """Ninety paid invoices, no day beyond the twelfth of its month."""
    rows = ["invoice,customer,issue date,due date,amount,paid date"]
    for number in range(90):
        month, day = 1 + number // 12, 1 + number % 12
        issued, due, paid = date(2025, month, day), date(2025, month + 1, day), date(2025, month + 1, min(12, day + number % 3))
        rows.append(f"{number},C{number % 5},{issued:{form}},{due:{form}},{1000 + number},{paid:{form}}")
    path.write_text("\n".join(rows), "utf-8")
    return path


def test_a_ledger_becomes_the_company(lab, tmp_path):
    path = _ledger(tmp_path / "good.csv")
    lab.replications.value = 2
    lab.start()
    lab.runner.wait(30)
    lab.companies.kind.value = "ledger"
    lab.companies.under.value = "do_nothing"
    lab.companies.path.value = f'"{path}"'  # as Windows copies it
    assert lab.runner.wait(120) and lab.error is None
    assert lab.company.found.under.name == "do_nothing" and len(lab.company.population) == 5
    assert "90 invoices of 5 customers" in lab.companies.said.value and "Company: good.csv" in lab.answer.headline.value
    assert "percentage points" in lab.answer.basis.value and "invented" not in lab.answer.basis.value
    again = Lab(tmp_path / "lab.json")
    assert again.setting.source == Source() and again._wish.source == Source("file", str(path), "do_nothing")
    assert again.companies.path.value == str(path) and again.companies.kind.value == "ledger"
    lab.companies.kind.value = "demo"
    assert lab.runner.wait(30) and lab.company is SMALL


def test_the_order_of_dates_is_asked_only_when_needed(lab, tmp_path):
    path = _ledger(tmp_path / "either.csv", "%d/%m/%Y")
    lab.start()
    lab.runner.wait(30)
    lab.companies.kind.value = "ledger"
    lab.companies.path.value = str(path)
    assert lab.runner.wait(30)
    assert "day first or month first" in lab.companies.said.value and lab.companies._order.layout.display is None
    assert "--dates" not in lab.companies.said.value and "Choose above" in lab.companies.said.value
    lab.companies.order.value = "day-first"
    lab.companies.read.click()
    assert lab.runner.wait(120) and lab.company.found and lab.setting.source.date_order == "day-first"


def test_an_upload_is_read_and_not_kept(lab, tmp_path, monkeypatch):
    monkeypatch.setattr(companies.tempfile, "tempdir", str(tmp_path / "passing"))
    (tmp_path / "passing").mkdir()
    content = _ledger(tmp_path / "good.csv").read_bytes()
    lab.replications.value = 2
    lab.start()
    lab.runner.wait(30)
    lab.companies.kind.value = "ledger"
    lab.companies._uploaded({"new": ({"name": "mine.csv", "content": memoryview(content)},)})
    assert lab.runner.wait(120) and lab.error is None and lab.company.found
    assert not list((tmp_path / "passing").iterdir())
    again = Lab(tmp_path / "lab.json")
    assert "mine.csv was uploaded and not kept" in again.note.value
    assert "mine.csv" in again.companies.said.value and "mine.csv" in again.companies.path.placeholder and not again.companies.path.value
    again.run_now(2)
    assert again.company is SMALL


def test_a_remembered_ledger_that_is_gone_leaves_the_demo(lab, tmp_path):
    setting = lab.setting
    gone = memory.Setting(Source("file", str(tmp_path / "gone.csv")), setting.sides, 30, 2, 1)
    memory.save(gone, tmp_path / "lab.json")
    again = Lab(tmp_path / "lab.json")
    again.start()
    assert again.runner.wait(30) and again.company is SMALL and "gone.csv" in again.companies.said.value
    assert bytes(again.answer.picture.value[:4]) == b"\x89PNG"


def test_a_move_while_learning_does_not_begin_it_again(lab, tmp_path, monkeypatch):
    begun, go = [], threading.Event()

    def learn(self, progress):
        begun.append(self.source.kind)
        assert go.wait(20)
        return SMALL, "", Firm()

    monkeypatch.setattr(companies.Wish, "learn", learn)
    lab.start()
    until(lambda: begun)
    lab.sides["b"].levers["team.collectors"].value = 8
    go.set()
    assert lab.runner.wait(30) and begun == ["demo"]
    assert lab.stage.found.policies[1].team.collectors == 8


# What it rests on


def _compared(difference):
    """Three replications whose differences in net value are `difference` and one more or less."""
    policies = tuple(read_policy("baseline").model_copy(update={"name": name}) for name in ("a", "b"))
    zero = {"net_value": 0.0, "ar_end": 0.0}
    made = (Replication(n, {"a": zero, "b": zero | {"net_value": difference + n - 1}}, {}) for n in range(3))
    return Comparison(policies, tuple(made), 3, 30, 1)


@pytest.mark.parametrize(
    ("found", "without", "said"),
    [(10_000, 2_500, "75%"), (10_000, -10_000, "would turn"), (10_000, 20_000, "smaller, not larger"), (-1, 0, "not clear to begin with")],
)
def test_what_rests_on_effects_is_said(found, without, said):
    assert said in basis.effects(_compared(found), _compared(without))
