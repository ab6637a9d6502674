"""Policies in plausible worlds: planted worlds whose answer is known, same luck for all, and what a reader is told."""

import json

import numpy as np
import pytest
from people import people

from arsim.cli import main
from arsim.domain.policy import Level, Policy
from arsim.domain.problem import BadInput
from arsim.model.behaviour import Behaviour
from arsim.report import robust as told
from arsim.report import robust_export, robust_plots, words
from arsim.study.box import SCENARIO, box
from arsim.study.company import Company
from arsim.study.compare import compare, replicate
from arsim.study.keep import Keep
from arsim.study.losers import ALL, groups, losers
from arsim.study.regret import minimax, regret_table
from arsim.study.robust import KEYS, TOGETHER, Robust, growing, robust, share_of
from arsim.study.robustness import challenger, look_into
from arsim.study.screen import screen
from arsim.study.tipping import Tipping, along, tipping, turn
from arsim.study.tornado import tornado
from arsim.study.worlds import constants, worlds
from arsim.workbook.course import plausible
from arsim.workbook.worlds_panel import WorldsPanel

SMALL = Company(people(20), warmup=30)
MAIL = Policy(name="mail", title={"en": "Mail", "zh": "邮件"}, dunning=(Level(days=5, channel="email"),))
CALL = Policy(name="call", title={"en": "Call", "zh": "电话"}, dunning=(Level(days=5, channel="call"),))
LAW = Policy(name="letter", title={"en": "Letter", "zh": "信"}, dunning=(Level(days=5, channel="lawyer_letter"),))
TERMS = {"company": SMALL, "days": 60}
NET = KEYS.index("net_value")
STRONG, IDLE = "promise.kept", "channel.visit.cost"


def planted(count=200, each=3, tip=0.5, noise=1.0, seed=5):
    """Two policies; the second's net value is higher by 25 × how far promise.kept lies below `tip`, plus luck."""
    drawn = worlds(count, seed)
    luck = np.random.default_rng(seed)
    values = luck.normal(size=(count, each, 2, len(KEYS)))
    values[:, :, 1] = values[:, :, 0]  # the same luck
    gain = 25 * (tip - drawn.values[:, drawn.paths.index(STRONG)])
    values[:, :, 1, NET] += gain[:, None] + noise * luck.normal(size=(count, each))
    return Robust((MAIL, CALL), drawn, values, count, 365, seed)


@pytest.fixture(scope="module")
def found():
    return robust([MAIL, CALL, LAW], count=12, each=2, **TERMS)


@pytest.fixture(scope="module")
def study(found):
    paths = (STRONG, "channel.call.effect", IDLE, "price.collector_month")
    return look_into(found, SMALL, policy="call", among=paths, walk=("channel.call.cost",), replications=4)


def test_shares_of_a_planted_world():
    made = planted(noise=0.0)
    kept = made.worlds.values[:, made.worlds.paths.index(STRONG)]
    share = made.beats("call", "net_value")
    assert share.share == (kept < 0.5).mean() == 0.25 and share.low < 0.25 < share.high
    assert made.best("net_value")["call"].share == 0.25 and made.best("goodwill")["call"].share == 0  # a tie has no best
    assert made.all_three("call").share == 0 and sum(made.patterns("call").values()) == pytest.approx(1)
    assert made.luck_share("call", "net_value") == pytest.approx(0, abs=1e-9)


def test_luck_is_told_from_the_world():
    made = planted(count=400, each=4, noise=3.0)
    spread = (25 * 0.4) ** 2 / 12
    assert made.luck_share("call", "net_value") == pytest.approx(9 / (9 + spread), abs=0.06)
    assert made.on_average("call", "net_value") < made.beats("call", "net_value").share  # 0.25 without luck; luck blurs it towards a half


def test_replications_of_one_world_are_not_worlds_of_their_own():
    worlds_alike = np.repeat(np.arange(40) % 2 == 0, 10).reshape(40, 10)
    assert share_of(worlds_alike) == share_of(worlds_alike[:, 0])
    mixed = np.random.default_rng(1).random((40, 10)) < 0.5
    assert share_of(mixed).high - share_of(mixed).low < share_of(mixed[:, 0]).high - share_of(mixed[:, 0]).low


def test_regret_by_hand():
    table = regret_table("AB", np.array([[10.0, 7.0], [1.0, 2.0]]))
    assert [(one.mean, one.most) for one in table] == [(0.5, 1.0), (1.5, 3.0)] and minimax(table) == "A"
    overdue = regret_table("AB", np.array([[10.0, 7.0], [1.0, 2.0]]), direction=-1)
    assert [one.most for one in overdue] == [3.0, 1.0]


def test_the_tornado_finds_what_was_planted_and_nothing_else():
    made = planted()
    pulls = tornado(made.worlds, made.difference("call", "net_value"))
    first, *others = pulls.pulls
    assert first.path == STRONG and first.low < -10 < first.high and first.sure
    assert not any(pull.sure for pull in others)
    (idle,) = (pull for pull in others if pull.path == IDLE)
    assert idle.low < 0 < idle.high
    assert first.share + pulls.luck + pulls.scenario + pulls.rest == pytest.approx(1, abs=0.02)
    assert first.share == pytest.approx(1 - pulls.luck, abs=0.1)


def test_looked_at_alone_intervals_are_narrower():
    made = planted()
    difference = made.difference("call", "net_value")
    wide, narrow = tornado(made.worlds, difference).pulls[0], tornado(made.worlds, difference, [STRONG, IDLE]).pulls
    assert {pull.path for pull in narrow} == {STRONG, IDLE}
    assert narrow[0].high - narrow[0].low < wide.high - wide.low


def test_a_scenario_that_matters_is_seen():
    made = planted(noise=0.1)
    difference = made.difference("call", "net_value") + 20 * (np.array(made.worlds.scenarios) == "downturn")[:, None]
    assert tornado(made.worlds, difference).scenario > 0.7


def test_the_tipping_value_is_found():
    one = constants()[STRONG]
    values, luck = along(one, one.value), np.random.default_rng(2)
    shared = luck.normal(size=30)  # the same luck at every value
    made = Tipping(one, one.value, "call", "net_value", values, np.array([25 * (0.5 - value) + shared for value in values]))
    low, high, share = made.range
    assert made.value == pytest.approx(0.5, abs=0.03) and low < 0.5 < high and share == 1
    still = Tipping(one, one.value, "call", "net_value", values, np.array([9 + shared for _ in values]))
    assert still.value is None and still.range[2] == 0
    assert turn([0, 1], [1.0, -1.0], 0) == 0.5


def test_values_along_a_range():
    one = constants()["price.gross_margin"]
    assert (min(along(one, 0.2)), max(along(one, 0.2))) == (one.low, one.high) and 0.2 in along(one, 0.2)
    assert all(isinstance(value, int) for value in along(constants()["channel.call.minutes_reached"], 12))


def test_the_box_finds_the_threshold_and_tells_it_honestly():
    made = planted(noise=0.0)
    where = box(made.worlds, made.ahead("call", "net_value").mean(axis=1) <= 0, [IDLE, STRONG])
    (condition,) = where.conditions
    assert condition.path == STRONG and condition.above and condition.value == pytest.approx(0.5, abs=0.05)
    assert where.coverage > 0.85 and where.density > 0.9 and where.base == pytest.approx(0.75, abs=0.05)
    assert box(made.worlds, np.random.default_rng(0).random(200) < 0.5, [IDLE, STRONG]) is None
    downturn = np.array(made.worlds.scenarios) == "downturn"
    assert box(made.worlds, downturn, [IDLE]).conditions[0].path == SCENARIO


def test_all_policies_meet_the_same_world_and_luck(found):
    for name in ("mail", "letter"):
        alone = robust([CALL, MAIL] if name == "mail" else [LAW, MAIL], drawn=found.worlds, each=2, **TERMS)
        assert np.array_equal(alone.outcome("cash_collected")[..., 1], found.outcome("cash_collected")[..., 0])
    run = replicate(3, (CALL,), SMALL, 60, 1, found.worlds.behaviour(1), found.worlds.scenario(1))  # the second world's second luck
    assert run.outcomes["call"]["net_value"] == found.outcome("net_value")[1, 1, 1]


def test_the_result_does_not_depend_on_workers_nor_on_how_it_grows(found):
    again = robust([MAIL, CALL, LAW], count=12, each=2, workers=1, **TERMS)
    assert np.array_equal(again.values, found.values, equal_nan=True)
    *_, grown = (one for one in growing(found.worlds, found.policies, SMALL, 60, 1, 2) if one)
    assert np.array_equal(grown.values, found.values, equal_nan=True)


def test_what_no_policy_uses_does_nothing():
    moved = screen([IDLE, "channel.call.effect", "channel.call.cost"], MAIL, CALL, **TERMS)
    assert moved[IDLE] == 0 and moved["channel.call.cost"] < 0


def test_a_cost_walked_through_its_range_turns_where_it_must():
    walked = tipping("channel.call.cost", MAIL, CALL, replications=3, **TERMS)
    means = walked.differences.mean(axis=1)
    assert np.all(np.diff(means) < 0)


def test_segments_cover_everybody_and_add_up(study):
    members = groups(SMALL.population)
    for grouping in ("industry", "size", "grade", "payer"):
        assert np.sum([who for (kind, _), who in members.items() if kind == grouping], axis=0).tolist() == [1] * 20
    value, total = study.losers.of("contacts"), study.losers.total("contacts")
    parts = [one for one in value if one.grouping == "grade"]
    assert sum(one.customers * one.difference for one in parts) == pytest.approx(20 * total.difference)


def test_customers_values_add_up_to_the_net_value_moved():
    """Mail and call have the same staff, and so the same salaries, which are nobody's."""
    total = losers(MAIL, CALL, replications=3, **TERMS).total("value")
    met = compare([MAIL, CALL], SMALL, TERMS["days"], 3)
    apart = float(np.mean(met.values("call", "net_value") - met.values("mail", "net_value")))
    assert abs(apart) > 1e4 and 20 * total.difference == pytest.approx(apart, abs=10)


def test_nobody_loses_by_nothing():
    same = losers(MAIL, MAIL.model_copy(update={"name": "again"}), replications=3, **TERMS)
    assert not same.flagged and all(one.difference == 0 or np.isnan(one.difference) for one in same.effects)
    assert same.total("value").grouping == ALL


def test_a_known_constant_holds_everywhere():
    made = robust([MAIL, CALL], count=3, each=1, known={"price.gross_margin": 0.9}, **TERMS)
    assert all(made.worlds.behaviour(world)["price.gross_margin"] == 0.9 for world in range(3))
    assert Behaviour.default()["price.gross_margin"] != 0.9
    assert np.isnan(made.luck_share("call", "net_value")) and np.isnan(made.on_average("call", "net_value"))


def test_the_challenger_beats_the_first_most_often(found):
    assert challenger(found) == max(("call", "letter"), key=lambda name: found.beats(name, "net_value").share)


def test_a_study_kept_goes_on_and_ends_the_same(tmp_path, monkeypatch):
    def look(folder, stop=None):
        with Keep(folder) as keep:
            made = robust([MAIL, CALL], count=4, each=1, keep=keep, progress=stop, **TERMS)
            looked = ["promise.kept", "channel.call.cost"]
            return look_into(made, SMALL, walk=looked[:1], among=looked, replications=2, keep=keep)

    def stop(done, asked):
        raise MemoryError

    whole = look(tmp_path / "whole")
    with pytest.raises(MemoryError):
        look(tmp_path / "cut", stop)
    again = look(tmp_path / "cut")
    np.testing.assert_array_equal(again.found.values, whole.found.values)
    np.testing.assert_array_equal(again.tips[0].differences, whole.tips[0].differences)
    for module in ("robust.in_world", "tipping.at_value", "losers.one_luck"):
        monkeypatch.setattr(f"arsim.study.{module}", None)  # whatever is run once more breaks
    last = look(tmp_path / "cut")
    np.testing.assert_array_equal(last.found.values, whole.found.values)
    assert repr(last.losers.effects) == repr(whole.losers.effects)
    with Keep(tmp_path / "cut") as keep, pytest.raises(BadInput):
        robust([MAIL, CALL], count=5, each=1, keep=keep, **TERMS)


def test_a_study_is_told_in_both_languages(study, language, tmp_path):
    said = "\n".join([told.verdict(study.found, "call"), told.sieved(study), told.parts(study.pulls), told.box_line(study.box, "X"),
                      *(told.tipping_line(one, told.scale_of(study.found)) for one in study.tips), *told.loser_lines(study.losers),
                      told.assumptions(study.found.worlds, 2)])  # fmt: skip
    assert ("世界" in said) == (language == "zh") and "{" not in said
    for rows in (told.share_rows(study.found), told.regret_rows(study.found), told.scenario_rows(study.found, "call"),
                 told.tornado_rows(study.pulls, told.scale_of(study.found)), told.loser_rows(study.losers)):  # fmt: skip
        assert len({len(row) for row in rows}) == 1 and len(rows) > 1
    written = {path.name: path for path in robust_export.write(study, tmp_path)}
    for name, path in written.items():
        if name.endswith(".png"):
            assert path.read_bytes()[:4] == b"\x89PNG" and len(robust_plots.alt(path.read_bytes())) > 20
    assert len(written["runs.csv"].read_text("utf-8-sig").splitlines()) == 1 + 12 * 2 * 3
    assert json.dumps(robust_export.as_dict(study), allow_nan=False)


def test_the_command(capsys, monkeypatch, tmp_path, language):
    monkeypatch.setattr(Company, "demo", classmethod(lambda cls, customers=None: SMALL))
    asked = ["robust", "do_nothing", "baseline", "--worlds", "10", "--replications-in-world", "1", "--replications", "2", "--days", "30",
             "--weight", "base=1", "--known", "price.gross_margin=0.3", "--walk", "promise.kept"]  # fmt: skip
    assert main([*asked, "--out", str(tmp_path), "--lang", language]) == 0
    out = capsys.readouterr().out
    assert "promise.kept" in out and "price.gross_margin = 0.3" in out and (tmp_path / "tornado.png").exists()


@pytest.mark.parametrize(
    ("option", "fault"),
    [(("--worlds", "2"), "too few"), (("--known", "price.gross_margin"), "NAME=NUMBER"), (("--walk", "pigeon"), "no parameter"),
     (("--weight", "flood=1"), "no scenario")],
)  # fmt: skip
def test_what_the_command_refuses(capsys, option, fault):
    assert main(["robust", "do_nothing", "baseline", *option]) == 2
    assert fault in capsys.readouterr().err


def test_the_lesson_reads_a_small_study(study, capsys):
    assert 0 <= plausible.shares(study) <= 100
    assert plausible.regret(study) in told.titled(study.found).values()
    assert plausible.strongest(study) in study.found.worlds.paths
    assert plausible.who_loses(study) >= 0
    plausible.turns(study)
    assert all(path in constants() for path in plausible.AMONG) and capsys.readouterr().out


def test_a_panel_that_is_asked_something_else_shows_no_old_answer(language):
    from arsim.workbook.trial import Question

    question, told_ = Question(SMALL, MAIL, CALL, 30, 2, 1), []
    panel = WorldsPanel(lambda: None)
    steps = panel.steps(question, lambda text, share: told_.append(share))
    for _ in range(5):
        next(steps)
    assert panel.button.disabled and panel.found is None
    panel.stale()
    assert words.say("Something was changed since: press again.") in panel.said.value
    steps.close()  # what the lab's runner does with work nobody wants any more
    assert not panel.button.disabled and panel.found is None
    for _ in panel.steps(question, lambda text, share: told_.append(share)):
        pass
    assert told_[-1] == 1 and panel.said.value.count("<li>") == len(TOGETHER) + 1
