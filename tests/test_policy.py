"""Policies: built-in ones, files, errors that help, copies that do not touch the original."""

import re
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arsim.domain.places import place
from arsim.domain.policies import built_in, read_policy, write_policy
from arsim.domain.policy import Level, Policy, build, levers
from arsim.domain.problem import BadInput
from arsim.report import words


def problems(tmp_path, text):
    file = tmp_path / "mine.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(BadInput) as caught:
        read_policy(file)
    return caught.value.problems


def test_the_built_in_policies_are_there():
    assert built_in() == [
        "baseline", "do_nothing", "oca_3_time", "source_full_system", "source_recovery_plan", "source_three_stage"
    ]  # fmt: skip
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
        ("[[dunning]]\ndays = 5\nchanel = 'sms'", "dunning.0.chanel", "channel"),
        ("[team]\ncollectors = 2000", "team.collectors", "1000"),
        ("[team]\ncollectors = 'three'", "team.collectors", "three"),
        ("[[dunning]]\ndays = 5\nchannel = 'fax'", "dunning.0.channel", "letter"),
        ("[[dunning]]\ndays = -200", "dunning.0.days", "-60"),
        ("[[dunning]]\ndays = 5\nclock = 'previous'", "dunning.0.clock", "end_of_month"),
        ("title = 'mine'", "title", 'title = { en = "My policy", zh = "我的政策" }'),
        ("title = { fr = 'le mien' }", "title.fr", "'en', 'zh'"),
        ("title = { en = 3 }", "title.en", "3"),
        ("[dunning]\ndays = 5", "dunning", "[[dunning]]"),
        ("dunning = [3]", "dunning.0", "[[dunning]]"),
        ("[[team]]\ncollectors = 2", "team", "[team]"),
        ("team = 3", "team", "[team]"),
    ],
)
def test_what_is_wrong_is_named(tmp_path, text, column, told, language):
    (problem,) = problems(tmp_path, text)
    assert problem.column == column and problem.file.endswith("mine.toml")
    with words.speaking(language):
        said = words.explain(problem)
    level, key = ("dunning level 1", "key") if language == "en" else ("第 1 级催款", "项")
    place = [level, *column.split(".")[2:]] if column.startswith("dunning.") else [column, key]
    assert [part for part in [*place, told] if part not in said] == []
    assert "column" not in said and "dunning.0" not in said and "{'" not in said
    said = said.replace("我的政策", "")
    assert any("\u4e00" <= character <= "\u9fff" for character in said) == (language == "zh")


def test_all_faults_at_once(tmp_path):
    assert len(problems(tmp_path, "[team]\ncollectors = -1\nattempts = 0\n[credit]\nlimt_factor = 1")) == 3


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[team]\nteam = = 3\n", ["Line 2", "character 8", "team = = 3"]),
        ("title = { en = “x” }\n", ["Line 1", "straight quotation marks"]),
        ("a = 1\na = 2\n", ["stands twice"]),
        ("[team]\n[team]\n", ["stands twice"]),
        ("a = [", ["ends too early"]),
    ],
)
def test_what_is_not_toml_is_told_with_its_line(tmp_path, text, told):
    (problem,) = problems(tmp_path, text)
    said = words.explain(problem)
    assert [part for part in told if part not in said] == [] and "column" not in said
    with words.speaking("zh"):
        assert "TOML" in words.explain(problem) and problem.what not in words.explain(problem)


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(BadInput, match="no such file"):
        read_policy(tmp_path / "nowhere.toml")
    with pytest.raises(BadInput, match="source_three_stage"):
        read_policy("source_tree_stage")


def test_a_ladder_out_of_order_is_noticed():
    ladder = ({"days": 30}, {"days": 7, "channel": "sms"}, {"days": 5, "clock": "previous"}, {"days": 60})
    assert build({"dunning": ladder}, "p").out_of_order() == [1]


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
    value = data.draw(_values(lever))
    if lever.path == "dunning.0.clock" and value == "previous":
        return
    moved = {found.path: found.default for found in levers(policy.replace({lever.path: value}))}
    assert moved == {found.path: found.default for found in levers(policy)} | {lever.path: value}
    assert isinstance(policy, Policy)


# Written


def _values(lever):
    if lever.choices:
        return st.sampled_from(lever.choices)
    return st.integers(int(lever.low), int(lever.high)) if isinstance(lever.default, int) else st.floats(lever.low, lever.high)


@st.composite
def policies(draw):
    """Any policy at all: any levers, any ladder, any title and source."""
    titles = draw(st.dictionaries(st.sampled_from(("en", "zh")), st.text(max_size=20)))
    ladder = [Level() for _ in range(draw(st.integers(0, 12)))]
    policy = Policy(name="any", title=titles, source=draw(st.text(max_size=20)), dunning=ladder)
    moves = {lever.path: draw(_values(lever)) for lever in levers(policy) if draw(st.booleans())}
    if moves.get("dunning.0.clock") == "previous":
        moves["dunning.0.clock"] = "due"
    return policy.replace(moves)


@given(policies())
def test_what_is_written_is_read_back(policy):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "mine.toml"
        write_policy(policy, path)
        assert read_policy(path) == policy.model_copy(update={"name": "mine"})
        assert [file.name for file in Path(folder).iterdir()] == ["mine.toml"]


def test_a_written_policy_is_short_and_explained(tmp_path):
    policy = read_policy("oca_3_time").replace({"credit.limit_factor": 0.5})
    write_policy(policy.model_copy(update={"source": 'said "so"'}), tmp_path / "new" / "mine.toml")
    expected = """\
title = { en = "Three reminders (OCA)", zh = "三次提醒（OCA）" }
source = "said \\"so\\""

[credit]
# Credit limit, times the customer's own [× limit]
limit_factor = 0.5

[[dunning]]
# Days after the clock starts (negative: before the due date) [days]
days = 10
# Channel [email | sms | letter | call | visit | lawyer_letter | chat | statement]
channel = "email"

[[dunning]]
days = 30
channel = "email"
# Clock: days from the due date, rolled on to that month's end, or days from the previous level [due | end_of_month | previous]
clock = "end_of_month"

[[dunning]]
days = 10
channel = "letter"
clock = "previous"

[team]
# Collectors on duty [people]
collectors = 0
"""
    assert (tmp_path / "new" / "mine.toml").read_text("utf-8") == expected
    write_policy(Policy(name="usual"), tmp_path / "usual.toml")
    assert (tmp_path / "usual.toml").read_text("utf-8") == "# Every lever has its default.\n"


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("baseline.toml", "baseline"), ("My Policy.toml", "My Policy"), ("2nd.toml", "2nd"), ("政策.toml", "政策"),
        ("a" * 41 + ".toml", "40"), ("mine.csv", ".toml"), ("mine", ".toml"), ("file/mine.toml", "mine.toml"),
    ],
)  # fmt: skip
def test_what_cannot_be_written_is_explained(tmp_path, name, told, language):
    (tmp_path / "file").write_text("")  # where a folder should be
    with pytest.raises(BadInput) as refused:
        write_policy(read_policy("do_nothing"), tmp_path / name)
    said = words.explain(refused.value.problems[0])
    assert told in said and any("\u4e00" <= character <= "\u9fff" for character in said.replace(told, "")) == (language == "zh")
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_a_built_in_policy_is_not_overwritten():
    path = place("data") / "policies" / "baseline.toml"
    before = path.read_bytes()
    with pytest.raises(BadInput, match="built-in"):
        write_policy(read_policy("do_nothing"), path)
    assert path.read_bytes() == before


def test_a_write_that_fails_leaves_what_was_there(tmp_path, monkeypatch):
    write_policy(read_policy("do_nothing"), tmp_path / "mine.toml")
    before = (tmp_path / "mine.toml").read_bytes()

    def full(self, data):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "write_bytes", full)
        with pytest.raises(BadInput, match="No space left"):
            write_policy(read_policy("baseline"), tmp_path / "mine.toml")
    assert (tmp_path / "mine.toml").read_bytes() == before and len(list(tmp_path.iterdir())) == 1


def test_what_could_not_be_read_back_is_not_written(tmp_path):
    with pytest.raises(BadInput, match="previous level"):
        write_policy(Policy(name="odd", dunning=(Level(clock="previous"),)), tmp_path / "odd.toml")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_the_readme_s_policy_of_five_lines_is_one(tmp_path, name):
    (text,) = re.findall("```toml\n(.*?)```", (place("data").parent / name).read_text("utf-8"), re.DOTALL)
    (tmp_path / "my_policy.toml").write_text(text, "utf-8")
    assert read_policy(tmp_path / "my_policy.toml").dunning == (Level(days=10, channel="call"),)
    assert len(text.splitlines()) == 5
