"""Policies: built-in ones, files, errors that help, copies that do not touch the original."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arsim.domain.policies import built_in, read_policy
from arsim.domain.policy import Policy, levers
from arsim.domain.problem import BadInput
from arsim.report import words


def problems(tmp_path, text):
    file = tmp_path / "mine.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(BadInput) as caught:
        read_policy(file)
    return caught.value.problems


def test_the_built_in_policies_are_there():
    assert built_in() == ["baseline", "do_nothing", "oca_3_time", "source_recovery_plan", "source_three_stage"]
    for name in built_in():
        policy = read_policy(name)
        assert policy.name == name and policy.title["zh"] and policy.title["en"] and policy.source


def test_five_lines_are_enough(tmp_path):
    (tmp_path / "short.toml").write_bytes('\ufeff# 短\n[[dunning]]\ndays = 5\nchannel = "call"\n'.encode())  # Notepad's mark
    policy = read_policy(tmp_path / "short.toml")
    assert policy.name == "short" and policy.dunning[0].days == 5 and policy.team.collectors == 1


def test_every_lever_says_what_it_is():
    for lever in levers():
        assert lever.label["en"] and lever.label["zh"] and lever.unit
        assert lever.choices or lever.low <= lever.default <= lever.high


@pytest.mark.parametrize("language", words.LANGUAGES)
@pytest.mark.parametrize(
    "text, column, told",
    [
        ("[team]\ncolectors = 3", "team.colectors", "team.collectors"),
        ("writeoff_days = 300", "writeoff_days", "write_off_days"),
        ("[[dunning]]\ndays = 5\nchanel = 'sms'", "dunning.0.chanel", "dunning.0.channel"),
        ("[team]\ncollectors = 2000", "team.collectors", "1000"),
        ("[team]\ncollectors = 'three'", "team.collectors", "three"),
        ("[[dunning]]\ndays = 5\nchannel = 'fax'", "dunning.0.channel", "letter"),
        ("[[dunning]]\ndays = -200", "dunning.0.days", "-60"),
        ("[[dunning]]\ndays = 5\nclock = 'previous'", "dunning.0.clock", "end_of_month"),
    ],
)
def test_what_is_wrong_is_named(tmp_path, text, column, told, language):
    (problem,) = problems(tmp_path, text)
    assert problem.column == column and problem.file.endswith("mine.toml")
    with words.speaking(language):
        said = words.explain(problem)
    assert column in said and told in said
    assert any("\u4e00" <= character <= "\u9fff" for character in said) == (language == "zh")


def test_all_faults_at_once(tmp_path):
    assert len(problems(tmp_path, "[team]\ncollectors = -1\nattempts = 0\n[credit]\nlimt_factor = 1")) == 3


def test_not_toml_and_not_there(tmp_path):
    assert "TOML" in problems(tmp_path, "team = = 3")[0].what
    with pytest.raises(BadInput, match="no such file"):
        read_policy(tmp_path / "nowhere.toml")
    with pytest.raises(BadInput, match="source_three_stage"):
        read_policy("source_tree_stage")


def test_replace_copies():
    policy = read_policy("baseline")
    before = policy.model_dump()
    changed = policy.replace({"dunning.1.days": 12, "team.collectors": 0})
    assert (changed.dunning[1].days, changed.team.collectors) == (12, 0) and policy.model_dump() == before
    for path, value in {"dunning.7.days": 3, "team.colectors": 1, "team.collectors": -1, "name.first": 1}.items():
        with pytest.raises(BadInput):
            policy.replace({path: value})


@given(st.data())
def test_any_lever_can_be_moved_within_its_bounds(data):
    policy = read_policy(data.draw(st.sampled_from(built_in())))
    lever = data.draw(st.sampled_from(list(levers(policy))))
    whole = isinstance(lever.default, int)
    value = data.draw(
        st.sampled_from(lever.choices)
        if lever.choices
        else st.integers(int(lever.low), int(lever.high))
        if whole
        else st.floats(lever.low, lever.high)
    )
    if lever.path == "dunning.0.clock" and value == "previous":
        return
    moved = {found.path: found.default for found in levers(policy.replace({lever.path: value}))}
    assert moved == {found.path: found.default for found in levers(policy)} | {lever.path: value}
    assert isinstance(policy, Policy)
