"""The lab's fold for the meeting, without a browser: the same results as the commands, absurd input explained, nothing lost."""

import re
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import ipywidgets
import numpy as np
import pytest
from openpyxl import load_workbook
from people import people

from arsim.cli import main
from arsim.domain.policies import read_policy, write_policy
from arsim.domain.problem import BadInput
from arsim.report import words
from arsim.report.explore import front_rows
from arsim.study.company import Company
from arsim.study.compare import compare
from arsim.study.explore import explore
from arsim.study.kept_robustness import read_robustness
from arsim.study.kept_study import read_study
from arsim.study.sure import Sure, Width
from arsim.workbook import memory, worlds_panel
from arsim.workbook.companies import Wish
from arsim.workbook.lab import Lab
from arsim.workbook.launch import ROOT
from arsim.workbook.meeting import fold, pace, place, report_files
from arsim.workbook.meeting.lever_choice import MOST, differing
from arsim.workbook.meeting.own import own
from arsim.workbook.memory import Source
from arsim.workbook.runner import Superseded
from arsim.workbook.trial import Question, Trials

SMALL = Company(people(40), warmup=30)
QUICK = {"net_value": 0.0, "overdue_share": 0.0, "goodwill": 60.0, "budget": 90}


@pytest.fixture(autouse=True)
def small_demo(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)  # what the lab writes lies below
    monkeypatch.delenv(ROOT, raising=False)
    monkeypatch.setattr(Company, "demo", classmethod(lambda cls: SMALL))
    monkeypatch.setattr(Wish, "history", lambda self, company: None)  # the demo ledger is of other customers


@pytest.fixture
def lab(tmp_path):
    made = Lab(tmp_path / "lab.json")
    made.days.value, made.replications.value = 40, 3
    made._learn(made._wish)
    yield made
    made.close()
    assert made.runner.wait(30)


@pytest.fixture
def answered(lab):
    lab.run_now()
    return lab


def run(panel):
    for _ in panel.steps():
        pass
    return panel


def chinese(text):
    return any("\u4e00" <= character <= "\u9fff" for character in text)


# Until sure


def test_until_sure_is_the_command_s_rule(lab):
    lab.run.sure.kind.value = "sure"
    assert lab.question.sure == Sure() and lab.question.most == Sure().budget
    lab.run.sure.show(3, QUICK)
    found = lab.run_now().found
    expected = compare(["do_nothing", "source_recovery_plan"], SMALL, 40, sure=Sure({"goodwill": Width(60.0)}, 90))
    names = {"do_nothing": "a", "source_recovery_plan": "b"}
    assert found.runs().to_csv() == expected.runs().replace({"policy": names}).to_csv()
    assert found.stop == expected.stop and found.stop.narrow and len(found.replications) == found.asked == 80
    assert "80 paired replications were enough" in lab.answer.headline.value and "With separate luck" in lab.answer.headline.value
    assert len(lab.stage.without.replications) == 80 and lab.answer.status.value == "80 replications done"
    run(lab.meeting.part("report"))
    page = (place.home() / "report" / "report-en.html").read_text("utf-8")
    assert "80 paired replications were enough" in page and "--replications auto --budget 90 --within goodwill=60" in page
    lab.run.sure.kind.value = "fixed"
    assert lab.question.sure is None and "arsim-sure" not in (lab.run_now(), lab.answer.headline.value)[1]


def test_a_spent_budget_is_said(lab):
    lab.run.sure.show(3, QUICK | {"goodwill": 0.01})
    assert not lab.run_now().found.stop.narrow and "budget of 90 replications is spent" in lab.answer.headline.value


def test_a_rule_that_waits_for_nothing_is_explained_and_the_last_counts(lab, language):
    lab.run.sure.show(3, QUICK)
    before = lab.question.sure
    lab.run.sure.show(3, QUICK | {"goodwill": 0.0})
    assert lab.question.sure == before and "arsim-problems" in lab.run.sure.said.value
    assert chinese(lab.run.sure.said.value) == (language == "zh")


def test_until_sure_is_remembered_and_the_usual_numbers_end_it(lab, tmp_path):
    lab.run.sure.show(3, QUICK)
    assert memory.save(lab.setting, tmp_path / "lab.json")
    again = Lab(tmp_path / "lab.json")
    assert again.question.sure == lab.question.sure and again.setting.until == QUICK
    again.usual.click()
    assert again.question.sure is None and again.setting.until is None


def test_a_sign_is_not_asked_for_here():
    with pytest.raises(ValueError):
        Question(SMALL, read_policy("baseline"), read_policy("do_nothing"), 30, 2, 1, sure=Sure({"goodwill": "sign"}))


def test_a_lever_that_moves_meanwhile_takes_over(lab):
    lab.run.sure.show(3, QUICK | {"goodwill": 0.01, "budget": 10_000})
    lab.start()
    lab.sides["b"].levers["team.attempts"].value = 1
    lab.run.sure.show(2, None)
    assert lab.runner.wait(60) and lab.answer.status.value == "2 replications done" and not lab.error


# The fold


def test_nothing_is_made_before_it_is_opened(lab, monkeypatch):
    made, init = [], ipywidgets.Widget.__init__
    monkeypatch.setattr(ipywidgets.Widget, "__init__", lambda self, *args, **values: (made.append(self), init(self, *args, **values))[1])
    closed = fold.Meeting(lab)
    assert closed.tabs is None and closed.selected_index is None and len(made) < 6
    closed.selected_index = 0
    assert len(closed.tabs.children) == len(fold.PARTS) and set(closed._made) == {"search"} and len(made) > 40
    closed.tabs.selected_index = 3
    assert set(closed._made) == {"search", "report"}


# The search


@pytest.fixture
def search(lab):
    panel = lab.meeting.part("search")
    for path in list(panel.levers.rows):
        panel.levers.drop(path)
    for path in ("team.collectors", "team.contact_cap"):
        panel.levers.take(path)
    panel.levers.rows["team.collectors"].high.value = "3"
    panel.budget.value = 400
    return panel


def test_it_begins_with_the_levers_in_which_the_two_differ(lab):
    panel = lab.meeting.part("search")
    apart = differing(lab.sides["b"].policy, lab.sides["a"].policy)
    assert list(panel.levers.rows) == apart[:MOST] and len(apart) > MOST and str(len(apart)) in panel.levers.said.value
    panel.levers.take("team.attempts")
    assert list(panel.levers.rows) == apart[:MOST] and "take one out" in panel.levers.said.value
    assert "is known once" in panel.takes.value
    lab.run_now()
    lab.meeting.stale()
    assert "about" in panel.takes.value


def test_levers_are_found_by_their_labels(lab, language):
    panel = lab.meeting.part("search")
    for lever in panel.levers._known.values():
        wanted = words.pick(lever.label).split(":")[0].split("：")[0].removeprefix("…").strip()
        panel.levers.find.value = wanted.upper()
        assert lever.path in [path for _, path in panel.levers.list.options]
    panel.levers.find.value = "no such thing"
    assert not panel.levers.list.options
    panel.levers.add.click()
    panel.levers.find.value, panel.levers.group.value = "", "law"
    panel.levers.drop("law.days")
    panel.levers.list.value = "law.route"
    panel.levers.add.click()
    assert list(panel.levers.rows)[-1] == "law.route"
    assert panel.levers.list.options and all(path.startswith("law.") for _, path in panel.levers.list.options)


def test_the_front_is_that_of_the_command(lab, search):
    run(search)
    assert not search.said.value
    expected = explore(["team.collectors=0:3", "team.contact_cap"], "source_recovery_plan", SMALL, 40, 400)
    assert search.view.found.tried().to_csv() == expected.tried().to_csv()
    assert search.view.found.front().to_csv() == expected.front().to_csv()
    title = "B · " + read_policy("source_recovery_plan").called("en")
    assert [row[1:] for row in front_rows(search.view.found, lab.firm)] == [row[1:] for row in front_rows(expected, lab.firm)]
    assert title in search.view.table.value and "fresh luck says" in search.view.children[-1].value


def test_a_point_of_the_front_becomes_policy_b(lab, search):
    run(search)
    place_, b = len(search.view.found.policies) - 1, lab.sides["b"]
    search.view.choice.value = place_
    search.view.take.click()
    values = search.view.found.space.values(search.view.found.found.front[place_].candidate)
    assert b.policy == read_policy("source_recovery_plan").replace(values) and b.base == "source_recovery_plan"
    assert b.name.value == f"front_{place_ + 1}" and search.view in search.result.children
    # B is what was searched from: that it is another one now is said, and no longer once it is as it was
    assert bool(search.note.value) == (b.policy != b.begun)
    b.reset.click()
    assert not search.note.value


def test_a_search_may_begin_from_a(lab, search):
    search.base.value = "a"
    run(search)
    assert search.view.found.space.base.team == read_policy("do_nothing").team
    search.view.take.click()
    assert lab.sides["b"].base == "do_nothing"


@pytest.mark.parametrize(("spoil", "told"), [
    (lambda one: [one.levers.drop(path) for path in list(one.levers.rows)], "No lever is chosen."),
    (lambda one: setattr(one.levers.rows["team.collectors"].low, "value", "9"), "The lowest value is above the highest."),
    (lambda one: setattr(one.levers.rows["team.collectors"].high, "value", "many"), "This is not a whole number."),
    (lambda one: setattr(one.levers.rows["team.collectors"].high, "value", "1,000,000"), "The value is too large."),
    (lambda one: setattr(one.levers.rows["team.collectors"].low, "value", "3"), "This leaves one value only: nothing to search."),
    (lambda one: setattr(one.limits.fields["headcount"], "value", "two"), "A limit is a number from 0 on."),
    (lambda one: setattr(one.limits.fields["collection_cost"], "value", "-5"), "A limit is a number from 0 on."),
    (lambda one: setattr(one.limits.fields["collection_cost"], "value", "inf"), "A limit is a number from 0 on."),
    (lambda one: setattr(one.budget, "value", 1), "A budget of {budget} runs is too small for this search."),
])  # fmt: skip
def test_absurd_wishes_are_explained_and_nothing_is_lost(lab, search, language, spoil, told):
    spoil(search)
    rows = dict(search.levers.rows)
    run(search)
    assert re.split(r"[{;]", words.say(told))[0].strip() in search.said.value and chinese(search.said.value) == (language == "zh")
    assert "team." not in search.said.value and search.levers.rows == rows and not search.start.disabled


def test_choices_that_are_not_ticked_are_explained(lab, search):
    search.levers.take("law.route")
    for tick in search.levers.rows["law.route"].ticks.values():
        tick.value = False
    run(search)
    assert "Fewer than two choices are ticked" in search.said.value


def test_limits_are_kept(lab, search):
    search.limits.fields["headcount"].value, search.limits.fields["contact_cap"].value = "1", "5"
    run(search)
    assert {(one.key, one.bound) for one in search.view.found.limits} == {("headcount", 1.0), ("contact_cap", 5.0)}
    assert all(one.team.collectors + one.dispute.desk <= 1 and one.team.contact_cap <= 5 for one in search.view.found.policies)


def test_a_search_that_was_left_goes_on(lab, search, monkeypatch):
    seen = []

    def check():
        seen.append(1)
        if len(seen) == 20:
            raise Superseded

    with monkeypatch.context() as patch:
        patch.setattr(lab.runner, "check", check)
        with pytest.raises(Superseded):
            run(search)
    assert "kept" in search.said.value and not search.start.disabled and search.view is None
    (kept,) = Path(search._folder.name).glob("*/search.jsonl")
    before = len(kept.read_text().splitlines())
    run(search)
    after = kept.read_text().splitlines()
    assert 1 < before < len(after) and len(set(after)) == len(after)  # no run was made twice
    expected = explore(["team.collectors=0:3", "team.contact_cap"], "source_recovery_plan", SMALL, 40, 400)
    assert search.view.found.front().to_csv() == expected.front().to_csv()


def test_the_time_foretold():
    assert pace.foretold(100, None, None) is None and pace.foretold(100, 1.0, 0.5) == 50
    assert pace.foretold(2000, 1.0, None) == 2 * pace.foretold(1000, 1.0, None)
    trials, question = Trials(), Question(SMALL, read_policy("baseline"), read_policy("do_nothing"), 30, 2, 1)
    assert trials.pace(question) is None
    list(trials.growing(question))
    assert trials.pace(question) > 0


# The rollout


@pytest.fixture
def rollout(lab, monkeypatch):
    monkeypatch.setattr("arsim.workbook.meeting.rollout_panel.REPLICATIONS", 3)
    return lab.meeting.part("rollout")


def test_the_plan_says_what_the_command_says(lab, rollout, tmp_path, capsys, monkeypatch, language):
    monkeypatch.setattr("arsim.commands.rollout._history", lambda *_: None)
    run(rollout)
    policies = ["do_nothing", "source_recovery_plan"]
    assert main(["rollout", "plan", *policies, "--replications", "3", "--sheet", str(tmp_path / "one.xlsx"), "--lang", language]) == 0
    printed = re.sub(r"\s+", "", capsys.readouterr().out)
    plain = re.sub(r"<[^>]+>", "\n", rollout.told.value).replace("&#x27;", "'").replace("&quot;", '"').replace("&amp;", "&")
    for piece in filter(None, (line.strip() for line in plain.splitlines())):
        assert re.sub(r"\s+", "", piece) in printed, piece
    rollout.write.click()
    mine, theirs = (load_workbook(path) for path in (place.home() / "rollout_plan.xlsx", tmp_path / "one.xlsx"))
    cells = lambda book: [[cell.value for cell in row] for sheet in book for row in sheet.iter_rows()]  # noqa: E731
    assert cells(mine) == cells(theirs)


def test_a_sheet_is_never_overwritten(rollout):
    run(rollout)
    for _ in range(2):
        rollout.write.click()
    assert sorted(path.name for path in place.home().iterdir()) == ["rollout_plan.xlsx", "rollout_plan_2.xlsx"]
    rollout.file.value = "rollout_plan"
    rollout.write.click()
    assert "already" in rollout.wrote.value and "arsim-problems" in rollout.wrote.value


def test_where_no_sheet_can_be_written_it_is_said(rollout, tmp_path, language):
    run(rollout)
    place.home().write_text("")  # a file stands where the folder should
    rollout.write.click()
    assert "arsim-problems" in rollout.wrote.value and chinese(rollout.wrote.value) == (language == "zh")
    rollout.file.value = str(tmp_path / "elsewhere" / "plan.xlsx")
    rollout.write.click()
    assert (tmp_path / "elsewhere" / "plan.xlsx").is_file() and "download=" in rollout.wrote.value


def test_a_plan_that_cannot_be_is_explained(rollout, language):
    rollout.main.value, rollout.months.value, rollout.arm.value = "cash_90", 2, 3
    run(rollout)
    assert rollout.said.value.count("<li>") == 2 and chinese(rollout.said.value) == (language == "zh")
    assert not rollout.result.children


def filled(path, change=None):
    book = load_workbook(path)
    for number, row in enumerate(book.worksheets[1].iter_rows(min_row=2)):
        row[4].value, row[5].value, row[6].value = number % 30, 1, 0
    if change:
        change(book)
    book.save(path)
    return path


def test_a_filled_sheet_is_read_by_name_and_by_upload(lab, rollout, capsys):
    run(rollout)
    rollout.write.click()
    path = filled(place.home() / "rollout_plan.xlsx")
    sheet = lab.meeting.part("sheet")
    assert sheet.path.options == (path.name,)
    sheet.path.value = path.name
    said = run(sheet).result.children[0].value
    assert main(["rollout", "read", str(path)]) == 0
    plain = re.sub(r"\s+", "", re.sub(r"<[^>]+>", "", said))
    assert plain == re.sub(r"\s+", "", capsys.readouterr().out)
    sheet.upload.value = ({"name": "mine.xlsx", "type": "", "size": 1, "content": path.read_bytes(), "last_modified": datetime.now(UTC)},)
    assert not sheet.path.value and run(sheet).result.children[0].value == said


@pytest.mark.parametrize(("name", "content", "told"), [
    ("", b"", "No file is chosen yet."), ("nowhere.xlsx", None, "There is no such file."),
    ("a.xlsx", b"no", "This is not an Excel workbook."),
])  # fmt: skip
def test_a_wrong_sheet_is_explained(lab, language, name, content, told):
    sheet = lab.meeting.part("sheet")
    place.home().mkdir()
    if content:
        (place.home() / name).write_bytes(content)
    sheet.path.value = name
    run(sheet)
    assert words.say(told) in sheet.said.value and "arsim rollout" not in sheet.said.value
    assert chinese(sheet.said.value) == (language == "zh")


def test_a_changed_sheet_is_refused_by_its_name_and_what_was_read_stays(lab, rollout):
    run(rollout)
    rollout.write.click()
    path = filled(place.home() / "rollout_plan.xlsx")
    sheet = lab.meeting.part("sheet")
    sheet.path.value = path.name
    before = run(sheet).result.children
    spoilt = filled(path, lambda book: setattr(book.worksheets[1].cell(2, 2), "value", "C")).read_bytes()
    sheet.upload.value = ({"name": "mine.xlsx", "type": "", "size": 1, "content": spoilt, "last_modified": datetime.now(UTC)},)
    run(sheet)
    assert "mine.xlsx [" in sheet.said.value and "/mine.xlsx" not in sheet.said.value and sheet.result.children == before


# The report


def test_the_report_has_the_lab_s_numbers(answered, language):
    report = run(answered.meeting.part("report"))
    assert not report.said.value
    folder = place.home() / "report"
    study = read_study(folder)
    names = {"a": "do_nothing", "b": "source_recovery_plan"}
    assert study.comparison.runs().to_csv() == answered.stage.found.runs().replace({"policy": names}).to_csv()
    page = (folder / f"report-{language}.html").read_text("utf-8")
    shown = re.findall(r'<tr data-outcome="([a-z_]+)">(.*?)</tr>', answered.answer.table.value)
    assert shown
    for key, row in shown:
        cells = re.findall(r"<td[^>]*>(.*?)</td>", row)
        assert all(cell in page for cell in cells[2:6]), key  # both means, difference, interval
    assert (folder / f"report-{language}.xlsx").is_file() and (folder / "runs.csv").is_file()
    run(report)
    assert (place.home() / "report_2").is_dir()  # what was written stays


def test_a_compare_goes_on_where_the_lab_was(answered):
    run(answered.meeting.part("report"))
    found = compare(["do_nothing", "source_recovery_plan"], SMALL, 40, 4, scenario="base", keep=place.home() / "report")
    assert found.runs().query("replication < 3").to_csv(index=False) == answered.stage.found.runs().replace(
        {"a": "do_nothing", "b": "source_recovery_plan"}).to_csv(index=False)  # fmt: skip
    assert len((place.home() / "report" / "results.jsonl").read_text("utf-8").splitlines()) == 4


def test_the_worlds_asked_for_are_in_the_report(answered, monkeypatch):
    monkeypatch.setattr(worlds_panel, "WORLDS", 12)
    monkeypatch.setattr(report_files, "look_into", partial(report_files.look_into, replications=4))
    report = answered.meeting.part("report")
    report.worlds.value, report.folder.value = True, "with worlds"
    run(report)
    kept = read_robustness(place.home() / "with worlds" / "robust")
    np.testing.assert_array_equal(kept.study.found.values, answered.worlds.found.values)
    assert kept.study.found.names == ("do_nothing", "source_recovery_plan")
    assert "In how many plausible worlds" in (place.home() / "with worlds" / "report-en.html").read_text("utf-8")


def test_a_folder_that_will_not_do_is_explained(answered, tmp_path, language):
    report = answered.meeting.part("report")
    (tmp_path / "file").write_text("mine")
    report.folder.value = str(tmp_path / "file")
    run(report)
    assert words.say("This folder cannot be made.") in report.said.value and (tmp_path / "file").read_text() == "mine"
    report.folder.value = "one"
    run(report)
    assert not report.said.value
    answered.sides["b"].levers["team.attempts"].value = 1
    answered.run_now()
    assert chinese(report.note.value) == (language == "zh") and report.note.value
    run(report)  # another question into the same folder
    assert "team.attempts" in report.said.value and (language == "zh" or "Choose another folder" in report.said.value)
    assert read_study(place.home() / "one").comparison.policies[1] == read_policy("source_recovery_plan")


def test_policies_go_by_names_of_their_own():
    plain, other = read_policy("baseline"), read_policy("do_nothing")
    moved = plain.replace({"team.attempts": 1})
    asked = lambda a, b: own(Question(SMALL, a, b, 30, 2, 1))  # noqa: E731
    assert asked(plain, other) == (plain, other)
    assert [one.name for one in asked(plain, moved)] == ["baseline", "baseline_changed"]
    again = asked(moved, moved.replace({"team.attempts": 2}))
    assert [one.name for one in again] == ["baseline_changed", "baseline_changed_b"] and again[0].called("en") != again[1].called("en")
    assert [one.name for one in asked(plain, plain)] == ["baseline", "baseline_b"]


# Files


def test_a_link_opens_what_jupyterlab_shows_and_else_brings_the_file(tmp_path, monkeypatch):
    path = tmp_path / "我的" / "a b.html"
    path.parent.mkdir()
    path.write_text("<p>x")
    assert 'href="data:text/html;base64,' in place.link(path)
    monkeypatch.setenv(ROOT, str(tmp_path))
    assert 'href="/files/%E6%88%91%E7%9A%84/a%20b.html" target="_blank"' in place.link(path)
    monkeypatch.setenv(ROOT, str(tmp_path / "other"))
    assert "data:text/html" in place.link(path)


def test_a_saved_company_has_no_history_and_a_ledger_has(tmp_path, monkeypatch):
    monkeypatch.undo()
    company = Company.demo()
    assert Wish(Source()).history(company).customers == len(company.population)
    with pytest.raises(BadInput):
        Wish(Source("file", str(tmp_path / "gone.csv"))).history(company)


def test_taking_a_point_whose_file_is_gone_keeps_its_levers(lab, tmp_path):
    (tmp_path / "my_policies").mkdir()
    path = tmp_path / "my_policies" / "mine.toml"
    write_policy(read_policy("baseline").model_copy(update={"name": "mine"}), path)
    lab.sides["b"].show("mine.toml")
    panel = lab.meeting.part("search")
    panel.budget.value = 400
    run(panel)
    lab.sides["b"].show("do_nothing")
    path.unlink()
    panel.view.take.click()
    values = panel.view.found.space.values(panel.view.found.found.front[0].candidate)
    decided = lambda policy: policy.model_dump(exclude={"name", "title", "source"})  # noqa: E731
    assert lab.sides["b"].base == "do_nothing" and decided(lab.sides["b"].policy) == decided(read_policy("baseline").replace(values))
