"""Files made to break the table: each is refused by name, no other team loses its place, and the table is written."""

import json

import pytest
from test_league import busy, decided, small

from arsim import cli
from arsim.report import words
from arsim.workbook.league import handed, replay
from arsim.workbook.league.files import write_template


def _levers(content):
    return content["months"][1]["levers"]


ODD = {
    "score_empty": lambda content: content.update(shown=""),
    "score_zero": lambda content: content.update(shown=0),
    "score_endless": lambda content: content["shown"].update(net_value=10**400),
    "call_zero": lambda content: content["months"][1].update(call=0),
    "lever_endless": lambda content: _levers(content).update({"team.collectors": 10**400}),
    "lever_quoted": lambda content: _levers(content).update({"team.collectors": "3"}),
    "lever_half": lambda content: _levers(content).update({"team.collectors": 2.5}),
    "half_a_sign": lambda content: content.update(team="\ud800"),
    "half_a_path": lambda content: _levers(content).update({"\ud800": 1}),
    "half_a_version": lambda content: content.update(arsim="\ud800"),
    "code_long": lambda content: content.update(team="a" * 100_000),
}  # fmt: skip
RAW = {"deep": b"[" * 200_000, "deep_too": b'{"a":' * 100_000, "empty": b"", "binary": bytes(range(256))}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """An honest team, a twin pair, every odd file, and what else lies on a stick."""
    place, of = tmp_path_factory.mktemp("odd"), small()
    shown = replay.replayed(of, busy(of))[1].scores
    honest = handed.write(decided(of, *busy(of).months, team="blue"), shown, place).read_bytes()
    for name, change in ODD.items():
        content = json.loads(honest) | {"team": name}
        content.pop("checksum")
        change(content)
        content["checksum"] = "0" if name.startswith("half") else handed._sum(content)
        (place / f"{name}.league.json").write_text(json.dumps(content), "utf-8")
    for name, data in RAW.items():
        (place / f"{name}.league.json").write_bytes(data)
    for where in ("one", "two"):
        handed.write(decided(of, *busy(of).months, team="red"), shown, place / where)
    (place / "green.league (1).json").write_bytes(honest)
    (place / "._blue.league.json").write_bytes(b"\0\5\26\7")
    (place / "a" / "b").mkdir(parents=True)
    (place / "a" / "b" / "pink.league.json").write_bytes(honest)
    return place


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_the_table_is_made_whatever_lies_in_the_folder(folder, tmp_path, capsys, monkeypatch, language):
    monkeypatch.setattr("arsim.workbook.league.files.game", lambda name: small())
    asked = ["league", "collect", str(folder), "--worlds", "0", "--workers", "1", "--out", str(tmp_path), "--lang", language]
    assert cli.main(asked) == 0
    said = capsys.readouterr().out
    table, refused = said.split(f"\n{words.say('Files that do not count')}\n")
    assert "blue" in table and not [name for name in (*ODD, *RAW) if f"{name}.league.json" not in refused]
    assert "one/red.league.json, two/red.league.json" in refused and ("red 队" if language == "zh" else "Team red") in refused
    assert "green.league (1).json" in refused and "a/b/pink.league.json" in refused and "._blue" not in refused
    assert 'team.collectors = "3"' in refused and "team.collectors = 2.5" in refused
    assert refused.count({"en": "whole numbers, 1 … 3", "zh": "整数，1 … 3"}[language]) == 3
    assert max(map(len, refused.splitlines())) < 400
    assert {path.name for path in tmp_path.iterdir()} == {"league.html", "league.csv"}


def test_where_nothing_counts_the_command_fails(tmp_path, capsys):
    (tmp_path / "red.league.json").write_bytes(b"")
    assert cli.main(["league", "collect", str(tmp_path), "--worlds", "0", "--workers", "1"]) == 2
    assert "red.league.json" in capsys.readouterr().out and (tmp_path / "league.html").exists()


@pytest.mark.parametrize("language", words.LANGUAGES)
@pytest.mark.parametrize(("right", "wrong", "told"), [
    ("{customer}", "{kunde}", "kunde"), ("{customer}", "{customer", "{customer"), ("{customer}", "{customer:d}", "customer:d"),
    ('zh = "十二个月，一次下行"', 'zh = ""', "title"), ("choices = [0, 90, 120, 180]", 'choices = [0, "90"]', '"90"'),
])  # fmt: skip
def test_a_game_that_would_fail_in_the_middle_of_the_season_is_refused(tmp_path, capsys, language, right, wrong, told):
    write_template(tmp_path / "mine.toml")
    head, found, rest = (tmp_path / "mine.toml").read_text("utf-8").rpartition(right)
    assert found
    (tmp_path / "mine.toml").write_text(head + wrong + rest, "utf-8")
    assert cli.main(["league", "check", str(tmp_path / "mine.toml"), "--lang", language]) == 2
    said = capsys.readouterr().err
    assert told in said and "mine.toml" in said
