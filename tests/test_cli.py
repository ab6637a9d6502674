"""The commands as a user meets them: exit codes, both languages, nothing left behind."""

import json

import pytest
from test_wrong_files import WRONG

from arsim import cli
from arsim.domain.policies import built_in
from arsim.domain.policy import levers
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


def test_the_language_is_a_setting(capsys, monkeypatch):
    monkeypatch.setenv("ARSIM_LANG", "zh")
    assert chinese(run(capsys, "policy", "check", "baseline")[1])
    assert not chinese(run(capsys, "policy", "check", "baseline", "--lang", "en")[1])
