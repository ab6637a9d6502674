"""The commands as a user meets them: exit codes, both languages, nothing left behind."""

import csv
import json
import os
import re
import subprocess
import sys

import pytest
from test_wrong_files import WRONG

from arsim import cli
from arsim.domain.policies import built_in
from arsim.domain.policy import levers
from arsim.model.scenario import read_scenario, scenarios
from arsim.report import words
from arsim.study.company import demo_ledger


@pytest.fixture(autouse=True)
def own_language(monkeypatch):
    monkeypatch.setattr(words, "_current", None)


def run(capsys, *arguments):
    code = cli.main(list(arguments))
    out, err = capsys.readouterr()
    return code, out, err


def chinese(text):
    return any("\u4e00" <= character <= "\u9fff" for character in text)


COMPARE = ("compare", "do_nothing", "source_recovery_plan", "--company", "demo", "--seed", "1", "--days", "60", "--replications", "2")


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_compare_prints_the_comparison(capsys, language):
    code, out, err = run(capsys, *COMPARE, "--lang", language)
    assert code == 0 and err == "" and chinese(out) == (language == "zh")
    assert "DSO" in out and ("配对重复" if language == "zh" else "paired replications") in out


def test_compare_writes_the_same_files_twice(capsys, tmp_path):
    for folder in ("a", "b"):
        assert run(capsys, *COMPARE, "--out", str(tmp_path / folder))[0] == 0
    swapped = ("compare", "source_recovery_plan", "do_nothing", *COMPARE[3:])
    assert run(capsys, *swapped, "--out", str(tmp_path / "c"))[0] == 0
    runs = [(tmp_path / folder / "runs.csv").read_bytes() for folder in "abc"]
    assert runs[0] == runs[1] == runs[2] and runs[0].count(b"\n") > 40
    (first, *_) = csv.DictReader(runs[0].decode("utf-8-sig").splitlines())
    assert first["unit"] and first["outcome_label"] and first["policy_title"]


def test_compare_as_json(capsys):
    code, out, _ = run(capsys, *COMPARE, "--json")
    found = json.loads(out)
    assert code == 0 and found["policies"] == ["do_nothing", "source_recovery_plan"] and found["replications"] == 2
    assert {row["outcome"] for row in found["summary"]} >= {"net_value", "dso", "goodwill"}


@pytest.mark.parametrize("language", words.LANGUAGES)
@pytest.mark.parametrize(
    "arguments, told",
    [
        (("compare", "do_nothing", "no_such"), "no_such"),
        (("compare", "do_nothing"), ""),
        (("compare", "do_nothing", "baseline", "--ledger", "nowhere.csv"), "nowhere.csv"),
        (("compare", "do_nothing", "baseline", "--days", "0"), "0"),
        (("compare", "do_nothing", "baseline", "--as-of", "2024-01-01"), "--as-of"),
        (("ledger", "check", "nowhere.xlsx"), "nowhere.xlsx"),
        (("policy", "check", "nowhere.toml"), "nowhere.toml"),
    ],
)
def test_bad_input_is_explained_with_exit_code_2(capsys, tmp_path, monkeypatch, language, arguments, told):
    monkeypatch.chdir(tmp_path)
    code, out, err = run(capsys, *arguments, "--lang", language)
    assert code == 2 and told in err and out == "" and "Traceback" not in err
    assert chinese(err) == (language == "zh")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("language", words.LANGUAGES)
@pytest.mark.parametrize("case", WRONG)
def test_wrong_ledgers_end_with_exit_code_2_and_leave_nothing(capsys, tmp_path, monkeypatch, case, language):
    monkeypatch.chdir(tmp_path)
    name, content = WRONG[case][:2]
    (tmp_path / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    for command in (("ledger", "check", name), ("compare", "baseline", "do_nothing", "--ledger", name)):
        code, out, err = run(capsys, *command, "--lang", language)
        assert code == 2 and out == "" and name in err
        assert chinese(err) == (language == "zh") or case in ("missing column", "html", "html in gbk"), err  # these quote Chinese
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_usage_errors_speak_chinese_too(capsys):
    with pytest.raises(SystemExit) as stopped:
        cli.main(["compare", "--lang", "zh"])
    assert stopped.value.code == 2 and "缺少参数" in capsys.readouterr().err


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_ledger_check(capsys, language):
    code, out, _ = run(capsys, "ledger", "check", str(demo_ledger()), "--read-only", "--lang", language)
    assert code == 0 and "demo_ledger.csv" in out and chinese(out) == (language == "zh")


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_policy_commands(capsys, language):
    code, out, _ = run(capsys, "policy", "list", "--lang", language)
    assert code == 0 and all(name in out for name in built_in())
    code, out, _ = run(capsys, "policy", "levers", "--lang", language)
    assert code == 0 and all(lever.path in out and lever.label[language] in out for lever in levers())
    code, out, _ = run(capsys, "policy", "check", "baseline", "--lang", language)
    assert code == 0


@pytest.mark.parametrize("language", words.LANGUAGES)
@pytest.mark.parametrize("group", ["law", "dunning", "write_off", "credit"])
def test_levers_of_a_group(capsys, group, language):
    code, out, _ = run(capsys, "policy", "levers", group, "--lang", language)
    inside = {lever.path for lever in levers() if lever.path.startswith(group)}  # write_off_days among write_off
    assert code == 0 and {line.split()[0] for line in out.splitlines() if line[0] != " "} == inside


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_a_group_that_is_not_there_is_told_with_those_that_are(capsys, language):
    code, out, err = run(capsys, "policy", "levers", "laws", "--lang", language)
    assert code == 2 and out == "" and "laws" in err and "law, write_off" in err and chinese(err) == (language == "zh")


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_scenarios_are_listed(capsys, language):
    code, out, _ = run(capsys, "scenario", "list", "--lang", language)
    assert code == 0 and chinese(out) == (language == "zh")
    blocks = re.split(r"\n(?! )", out.strip())
    assert [block.split()[0] for block in blocks] == scenarios() and scenarios()[0] == "base"
    for block, name in zip(blocks, scenarios(), strict=True):
        found = read_scenario(name)
        assert found.title[language] in block and ("source: " if language == "en" else "来源：") in block
        assert (found.source in block) == (language == "en")  # the source is told in Chinese too
    assert "90%" in blocks[1] and "0.6" in blocks[1]


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_compare_in_a_scenario_says_so(capsys, tmp_path, language):
    asked = (*COMPARE, "--scenario", "public_arrears", "--lang", language)
    code, out, _ = run(capsys, *asked)
    told = read_scenario("public_arrears").title[language]
    headline, *_, last = (line for line in out.splitlines() if told in line)
    assert code == 0 and ("60 天" if language == "zh" else "60 days") in headline
    assert "30%" in last and ("来源" if language == "zh" else "source") in last  # among the assumptions
    assert told not in run(capsys, *COMPARE, "--lang", language)[1]
    as_json = json.loads(run(capsys, *asked, "--json")[1])
    usual = json.loads(run(capsys, *COMPARE, "--json", "--lang", language)[1])
    assert (as_json["scenario"], usual["scenario"]) == ("public_arrears", "base") and as_json["summary"] != usual["summary"]


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_a_scenario_that_is_not_there_is_told_before_anything_is_read(capsys, language):
    code, out, err = run(capsys, *COMPARE[:3], "--ledger", "nowhere.csv", "--scenario", "flood", "--lang", language)
    assert code == 2 and out == "" and "flood" in err and "downturn" in err and "nowhere" not in err
    assert chinese(err) == (language == "zh")


def test_the_language_is_a_setting(capsys, monkeypatch):
    monkeypatch.setenv("ARSIM_LANG", "zh")
    assert chinese(run(capsys, "policy", "check", "baseline")[1])
    assert not chinese(run(capsys, "policy", "check", "baseline", "--lang", "en")[1])


def test_the_language_may_stand_anywhere(capsys, monkeypatch):
    for arguments in (("--lang", "zh", "policy", "list"), ("policy", "--lang=zh", "list"), ("policy", "list", "--lang", "zh_CN")):
        code, out, _ = run(capsys, *arguments)
        assert code == 0 and chinese(out), arguments
    assert run(capsys, "--lang", "fr", "policy", "list")[0] == 2
    for setting in ("cn", "zh-CN", "zh_CN.UTF-8"):
        monkeypatch.setattr(words, "_current", None)
        monkeypatch.setenv("ARSIM_LANG", setting)
        assert chinese(run(capsys, "policy", "list")[1])


def test_a_language_that_is_not_spoken_is_told(capsys, monkeypatch):
    monkeypatch.setenv("ARSIM_LANG", "fr")
    code, out, err = run(capsys, "policy", "list")
    assert code == 0 and "fr" in err and "en or zh" in err and "baseline" in out
    assert run(capsys, "policy", "list", "--lang", "en")[2] == ""


@pytest.mark.parametrize("command", [("compare",), ("ledger", "check"), ("lab",), ("course", "sync")])
def test_help_names_what_follows_in_chinese(capsys, command):
    with pytest.raises(SystemExit):
        cli.main([*command, "--help", "--lang", "zh"])
    said = re.sub("JSON|XLSX|CSV", "", capsys.readouterr().out)
    assert "数字" in said or command[0] in ("ledger", "course")
    assert not re.search(r"\s[A-Z]{3,}[:A-Z-]*\b(?!\.)", said)


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_twins_in_step_are_told(capsys, language):
    code, out, _ = run(capsys, "course", "sync", "--check", "--lang", language)
    assert code == 0 and ("in step" if language == "en" else "一致") in out


@pytest.mark.skipif(sys.platform == "win32", reason="pipes end otherwise there")
def test_a_reader_that_goes_away_is_no_error(tmp_path):
    reading, writing = os.pipe()
    os.close(reading)  # nobody reads
    environment = os.environ | {"PYTHONUNBUFFERED": "1"}
    command = [sys.executable, "-m", "arsim", "policy", "levers"]
    done = subprocess.run(command, stdout=writing, stderr=subprocess.PIPE, env=environment, check=False)
    os.close(writing)
    assert done.returncode == cli.CUT_OFF and done.stderr == b""


OPEN = "Invoice number,Customer,Issue date,Terms in days,Amount,Paid date,Currency\n" + "".join(
    f"A{n},C{n % 6},2025-01-{n:02d},月结30天,{100 + n},,USD\n" for n in range(1, 29)
)


@pytest.mark.parametrize("language", words.LANGUAGES)
@pytest.mark.filterwarnings("error")
def test_an_open_ledger_in_dollars_is_described(capsys, tmp_path, language):
    (tmp_path / "open.csv").write_text(OPEN, "utf-8")
    code, out, err = run(capsys, "ledger", "check", str(tmp_path / "open.csv"), "--read-only", "--lang", language)
    assert code == 0 and err == ""
    told = {"en": ("has been paid yet", "wages", "the month's end"), "zh": ("还没有", "工资", "月结账期")}[language]
    assert [part for part in (*told, "USD", "2025-03-02") if part not in out] == []
