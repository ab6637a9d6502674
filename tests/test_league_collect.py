"""Files handed in: what does not count is refused by name, in both languages; everything else counts all the same."""

import json
from pathlib import Path

import pytest
from test_league import busy, decided, small, talk

from arsim import cli
from arsim.domain.problem import BadInput
from arsim.report import words
from arsim.workbook.league import handed, page, replay, told
from arsim.workbook.league.collect import collect
from arsim.workbook.league.decisions import Month

NAMED = {
    "en": {
        "forged": ("The score is forged: Net value", "its decisions bring"), "seed": ("The seed is 7; the game's is 2025",),
        "bound": ("Month 2: team.collectors = 9 is out of bounds", "1 … 3"), "closed": ("lever credit.terms_a is not open",),
        "cut": ("cut off",), "call": ("move 2 of the key call", "nobody can say this"), "other": ("another game",),
        "long": ("There are 4 months; the game has 3",), "changed": ("checksum",), "code": ("team's code",),
        "twice": ("has handed in 2 files: twice.league.json, twice_again.league.json",), "hung": ("the call was over by then",),
    },
    "zh": {
        "forged": ("成绩是伪造的：文件里的净价值", "重演得到"), "seed": ("文件里的种子是 7，赛局的是 2025",),
        "bound": ("第 2 个月：team.collectors = 9 超出了范围", "1 … 3"), "closed": ("可调项 credit.terms_a 在这一局里没有开放",),
        "cut": ("被截断",), "call": ("关键电话的第 2 步", "没有这样的说法"), "other": ("另一局",),
        "long": ("文件里有 4 个月，赛局只有 3 个月",), "changed": ("校验和对不上",), "code": ("队号以小写字母开头",),
        "twice": ("twice 队交了 2 个文件：twice.league.json, twice_again.league.json",), "hung": ("那时通话已经结束",),
    },
}  # fmt: skip


def _edit(path: Path, change, summed: bool = True):
    """Write the content changed, with a checksum that fits: as somebody would who wants to cheat."""
    content = json.loads(path.read_text("utf-8"))
    content.pop("checksum")
    change(content)
    content["checksum"] = handed._sum(content) if summed else "0"
    path.write_text(json.dumps(content), "utf-8")


def _months(content):
    return content["months"]


CHEATS = {
    "forged": lambda content: content["shown"].update(net_value=content["shown"]["net_value"] + 1e8),
    "seed": lambda content: content.update(seed=7),
    "bound": lambda content: _months(content)[1]["levers"].update({"team.collectors": 9}),
    "closed": lambda content: _months(content)[0]["levers"].update({"credit.terms_a": 30}),
    "call": lambda content: _months(content)[1]["call"]["moves"].__setitem__(1, ["hypnotise", "soft"]),
    "hung": lambda content: _months(content)[1]["call"]["moves"].extend([["close", "soft"], ["listen", "soft"]]),
    "other": lambda content: content.update(game="0" * 12),
    "long": lambda content: _months(content).append({"levers": {}}),
    "code": lambda content: content.update(team="Zhang San"),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Three honest teams, an unfinished one, and one file for every way of cheating or going wrong."""
    place, of = tmp_path_factory.mktemp("handed"), small()
    shown = replay.replayed(of, busy(of))[1].scores
    handed.write(decided(of, *busy(of).months, team="red"), shown, place)
    handed.write(decided(of, Month(), Month(), Month(), team="idle"), None, place / "stick")
    handed.write(decided(of, Month((("team.collectors", 3),)), Month((), talk(of, 2, "bully")), Month(), team="bold"), None, place)
    handed.write(decided(of, Month(), team="slow"), None, place)
    for name, change in CHEATS.items():
        _edit(handed.write(decided(of, *busy(of).months, team=name), shown, place), change)
    _edit(handed.write(decided(of, *busy(of).months, team="changed"), shown, place), lambda content: None, summed=False)
    whole = handed.write(decided(of, *busy(of).months, team="cut"), shown, place)
    whole.write_bytes(whole.read_bytes()[:300])
    twice = handed.write(decided(of, *busy(of).months, team="twice"), shown, place)
    (place / "twice_again.league.json").write_bytes(twice.read_bytes())
    return place


@pytest.fixture(scope="module")
def table(folder):
    return collect(folder, small(), worlds=2, workers=1)


def test_honest_teams_count_and_nobody_else(table):
    assert [one.team for one in table.results] == ["bold", "idle", "red"]
    assert sorted(one.team for one in table.standings) == ["bold", "idle", "red"]
    assert [one.team for one in table.unfinished] == ["slow"]
    assert {one.file.removesuffix(handed.ENDING) for one in table.refused} == {*CHEATS, "changed", "cut", "twice", "twice_again"}
    assert table.result("red").season == replay.replayed(small(), busy(small()))[1]


@pytest.mark.parametrize("language", words.LANGUAGES)
@pytest.mark.parametrize("name", [*CHEATS, "changed", "cut", "twice"])
def test_each_is_refused_by_name(table, language, name):
    with words.speaking(language):
        why = dict(told.refused(table)[1:])[f"{name}.league.json"]
    for part in NAMED[language][name]:
        assert part in why


def test_a_file_of_another_version_is_told_apart_from_a_forged_one(folder, tmp_path, monkeypatch):
    path = tmp_path / "forged.league.json"
    path.write_bytes((folder / "forged.league.json").read_bytes())
    _edit(path, lambda content: content.update(arsim="0.0.9"))
    table = collect(tmp_path, small(), worlds=0, workers=1)
    assert "version 0.0.9" in str(table.refused[0].problems[0]) and not table.results


def test_the_result_does_not_depend_on_the_workers(folder, table, tmp_path):
    for name in ("red", "bold", "slow", "cut", "seed"):
        (tmp_path / f"{name}.league.json").write_bytes((folder / f"{name}.league.json").read_bytes())
    (tmp_path / "stick").mkdir()
    (tmp_path / "stick" / "idle.league.json").write_bytes((folder / "stick" / "idle.league.json").read_bytes())
    again = collect(tmp_path, small(), worlds=2, workers=2)
    assert again.standings == table.standings and again.fortunes == table.fortunes and again.results == table.results


def test_what_is_written_can_be_read_back(tmp_path):
    of = small()
    path = handed.write(busy(of), None, tmp_path)
    found = handed.read(path, of)
    assert found.decisions == busy(of) and not found.problems and found.shown is None
    with pytest.raises(BadInput):
        handed.write(decided(of, team="Zhang San"), None, tmp_path)


def test_the_page_holds_both_languages_and_asks_for_nothing(table, tmp_path):
    for path in page.write(table, tmp_path):
        assert path.stat().st_size > 200
    text = (tmp_path / "league.html").read_text("utf-8")
    assert "src=" not in text and "http" not in text and "<script" not in text
    english, chinese = text.split('<section lang="zh">')
    assert "Better or luckier?" in english and "本事好，还是运气好？" in chinese and "Better or luckier?" not in chinese
    assert "Dashed lines: month 1: a big customer runs short of cash; month 2: a downturn begins." in english
    assert "虚线：第 1 个月，一个大客户缺钱了；第 2 个月，经济下行开始。" in chinese
    assert english.count("<polyline") == chinese.count("<polyline") == 9
    assert (tmp_path / "league.csv").read_bytes().startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_the_command_makes_the_table(folder, tmp_path, capsys, monkeypatch, language):
    monkeypatch.setattr("arsim.workbook.league.files.game", lambda name: small())
    for name in ("red", "bold", "slow", "cut"):
        (tmp_path / f"{name}.league.json").write_bytes((folder / f"{name}.league.json").read_bytes())
    assert cli.main(["league", "collect", str(tmp_path), "--worlds", "0", "--workers", "1", "--lang", language]) == 0
    out = capsys.readouterr().out
    assert "red" in out and "slow" in out and "cut.league.json" in out and (tmp_path / "league.html").exists()
    assert cli.main(["league", "collect", str(tmp_path / "none"), "--lang", language]) == 2
