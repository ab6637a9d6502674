"""Skills: the good call beats the other over many pairs; both are played by the rules and part in the named moves only."""

import ipywidgets as widgets
import pytest

from arsim.cli import main
from arsim.report import words
from arsim.workbook.course.diary import Diary
from arsim.workbook.roleplay import skill_telling
from arsim.workbook.roleplay.call import play
from arsim.workbook.roleplay.contest import Contest, contest, sensible, text
from arsim.workbook.roleplay.files import archetype, built_in, template
from arsim.workbook.roleplay.lines import LINES
from arsim.workbook.roleplay.moves import NEUTRAL, SOFT, moves
from arsim.workbook.roleplay.reaction import _HOW
from arsim.workbook.roleplay.score import score
from arsim.workbook.roleplay.skill import SHOWN, Skill, ahead, skills
from arsim.workbook.roleplay.skill_room import SkillRoom

ASKED = {"identify", "silence", "cause", "commit", "consequence", "plan", "security", "dispute", "refuse", "written", "close", "escalate"}


@pytest.fixture(autouse=True)
def own_diary(tmp_path, monkeypatch):
    monkeypatch.setenv("ARSIM_STATE", str(tmp_path / "state"))


def test_every_skill_asked_for_is_there():
    assert set(skills()) == ASKED and len({skill.who for skill in skills().values()}) >= 6


@pytest.mark.parametrize("name", skills())
def test_the_good_call_is_clearly_better_in_all_and_in_the_part_it_is_about(name):
    skill = skills()[name]
    found = ahead(skill, 150)
    assert found.low > 4, found
    assert ahead(skill, 150, skill.part).low > 3


@pytest.mark.parametrize("name", skills())
def test_the_two_calls_differ_in_the_named_moves_only(name):
    skill = skills()[name]
    assert skill.good != skill.poor and len(skill.good) <= 2 and len(skill.poor) <= 2
    good, poor = skill.call(True), skill.call(False)
    at = len(skill.before) + 1
    assert good.turns[:at] == poor.turns[:at] and good.seed == poor.seed and good.who == poor.who  # the same mood, the same beginning
    assert good.made[: at - 1] == skill.before and good.turns[at:] != poor.turns[at:]
    assert good == play(skill.debtor, skill.seed, skill.line(True))


@pytest.mark.parametrize("name", skills())
def test_the_call_that_is_shown_shows_it(name):
    skill = skills()[name]
    good, poor = score(skill.call(True)), score(skill.call(False))
    assert good.total > poor.total and getattr(good, skill.part) > getattr(poor, skill.part)
    assert skill.call(True).over != "hung_up" and not good.unlawful


def test_moves_and_tones_of_a_skill_are_checked():
    content = skills()["plan"].model_dump() | {"good": ["offer_plan softly"]}
    with pytest.raises(ValueError, match="tone"):
        Skill.model_validate(content)
    assert all(skill.part in SHOWN for skill in skills().values())


def test_side_by_side_gives_nothing_away_before_the_guess(language):
    for skill in skills().values():
        shown = skill_telling.opening(skill) + skill_telling.pair(skill)
        assert skill.debtor.title.told() not in shown and "/ 100" not in shown
        assert skill.call(True).turns[-1].thought.told() not in shown
        for call in skill_telling.sides(skill).values():
            assert skill_telling._end(call) in shown
    assert {skill_telling.better(skill) for skill in skills().values()} == set(skill_telling.SIDES)  # not always the same side


def test_the_room_asks_first_and_keeps_the_guess(language):
    room = SkillRoom("commit", calls=40)
    room.reveal()
    assert words.say("First say which is better.") in room.result.value
    good = skill_telling.better(skills()["commit"])
    room.pick.value, room.why.value = good, "The last sentence."
    room.button.click()
    assert words.say("You chose it.") in room.result.value and words.say("What they thought") in room.result.value
    assert all(name in room.result.value for name in (words.say("Commitment"), words.say("Total")))
    again = SkillRoom(calls=40)
    assert again.choice.value == "commit" and again.pick.value == good and again.why.value == "The last sentence."
    again.choice.value = "escalate"
    assert again.pick.value is None and not again.result.value and again.skill.look.told() in again.look.value
    again.pick.value = next(side for side in skill_telling.SIDES if side != skill_telling.better(again.skill))
    again.reveal()
    assert words.say("You chose the other one. What did you read differently?") in again.result.value


def test_a_spoilt_diary_does_no_harm():
    Diary("roleplay").note("skill.last", "no_skill")
    Diary("roleplay").note("skill.identify", ["nonsense"])
    assert SkillRoom().pick.value is None
    assert isinstance(SkillRoom().box, widgets.VBox)


# What is said fits what was said before


def test_a_plan_is_pinned_as_a_plan():
    who = archetype("honest_short")
    calls = [skills()["plan"].call(True, seed) for seed in range(1, 60)]
    pinned = [turn for call in calls for turn in call.turns if turn.move == "pin_down" and turn.reaction.startswith("pinned")]
    assert pinned and all(turn.reaction == "pinned_plan" for turn in pinned)
    again = [play(who, call.seed, (*call.made[:6], ("state_demand", NEUTRAL))) for call in calls if call.turns[6].reaction == "agrees_plan"]
    assert again and all(call.turns[-1].reaction in ("agrees_plan", "has_to_go", "hangs_up") for call in again)


def test_nobody_is_told_of_the_other_four_before_the_one():
    who = archetype("disputant")
    later = {fact.name for fact in who.fact if fact.after}
    assert later
    for seed in range(80):
        found = play(
            who, seed, [("listen", SOFT), ("ask_detail", SOFT), ("send_papers", SOFT), ("ask_cause", SOFT), ("listen", SOFT)]
        ).mind.found
        assert not later & set(found[: found.index(who.cause.name)] if who.cause.name in found else found)


def test_you_have_not_even_asked_is_said_only_to_who_has_not():
    said = []
    for who in built_in().values():
        for seed in range(40):
            call = play(who, seed, [("ask_cause", SOFT), ("name_consequence", "hard"), ("state_demand", "hard"), ("name_law", "hard")])
            said += [turn.reaction for turn in call.turns]
    assert "annoyed" not in said and "pushed" in said


def test_a_no_is_better_than_a_nod_and_a_polite_one_costs_no_trust():
    assert moves()["decline"].lawful and "decline" in _HOW
    who = archetype("pay_when_paid")
    for seed in range(30):
        before = play(who, seed, skills()["refuse"].before)
        soft, hard = (play(who, seed, (*before.made, ("decline", tone))) for tone in (SOFT, "hard"))
        if not before.over and not soft.over and not hard.over:
            assert soft.mind.trust >= before.mind.trust > hard.mind.trust


# What an instructor is told of their own debtor


def test_the_check_gives_intervals_and_says_whether_a_sensible_line_pays(language, tmp_path, capsys):
    (tmp_path / "mine.toml").write_text(template(), encoding="utf-8")
    assert main(["roleplay", "check", str(tmp_path / "mine.toml"), "--lang", language]) == 0
    told = capsys.readouterr().out
    assert words.say("Average points of {plays} calls by each line of moves:", plays=500) in told
    held = contest(archetype(tmp_path / "mine.toml"), 500)
    assert text(held) in told and sensible(held) in told and "500" in told
    mean, low, high = held.ahead(held.best, "bully")
    assert low > 0 and f"{mean:.1f}" in told and f"{low:.1f}" in told and f"{high:.1f}" in told


def test_a_debtor_with_whom_nothing_pays_is_named(language):
    who = archetype("process_bound")
    held = contest(who, 20)
    flat = Contest(who, {line: held.totals["bully"] + at * 0.0 for at, line in enumerate(LINES)})
    assert words.say("bully") in sensible(flat) and sensible(flat) != sensible(held)


BROKEN = [
    ("ability = 0.8", 'ability = "much"', "hidden.ability", "much"),
    ("send_papers = 0.6", "send_paper = 0.6", None, "send_paper"),
    ('law = ["proof"]', 'law = ["prof"]', "debrief.law", "prof"),
    ("cause = true", 'cause = "certainly"', "fact.1.cause", "certainly"),
    ('# after = "missing_order_number"', 'after = "missing_number" #', "fact.short_week.after", "missing_number"),
    ("[reply.stalls]", "[reply.stall]", "reply.stall", "stall"),
    ('buyer = "sme"', "buyer = “sme”", None, None),
]


@pytest.mark.parametrize(("right", "wrong", "key", "value"), BROKEN)
def test_a_broken_file_is_named_with_field_value_and_remedy(language, tmp_path, capsys, right, wrong, key, value):
    path = tmp_path / "odd.toml"
    assert right in template()
    path.write_text(template().replace(right, wrong, 1), encoding="utf-8")
    assert main(["roleplay", "check", str(path), "--lang", language]) == 2
    told = capsys.readouterr().err
    assert str(path) in told and (key is None or key in told) and (value is None or value in told)
