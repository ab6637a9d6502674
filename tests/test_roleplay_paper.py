"""Role cards, the booklet, the table-top and the written channel: each side sees its own, and what is printed is worked out."""

import re
from datetime import date, timedelta

import pytest

from arsim.cli import main
from arsim.domain import clocks
from arsim.domain.law import rules
from arsim.report import browser, words
from arsim.workbook.course.diary import Diary
from arsim.workbook.roleplay import booklet, card_paper, score, tabletop_room, written
from arsim.workbook.roleplay.call import begin, play
from arsim.workbook.roleplay.card import CALLER, DEBTOR, OBSERVER, SIDES, card
from arsim.workbook.roleplay.files import archetype, built_in, template
from arsim.workbook.roleplay.handover import note
from arsim.workbook.roleplay.lines import FIXED, played
from arsim.workbook.roleplay.moves import NEUTRAL
from arsim.workbook.roleplay.promise import PARTS
from arsim.workbook.roleplay.skill import skills

ON = date(2026, 3, 2)


@pytest.fixture(autouse=True)
def own_diary(tmp_path, monkeypatch):
    monkeypatch.setenv("ARSIM_STATE", str(tmp_path / "state"))


def printed(who, side):
    made = card(who, side, ON)
    return "\n".join(
        [made.title, made.note, *(cell for part in made.parts for cell in (part.title, *part.lines, *(c for r in part.rows for c in r)))]
    )


@pytest.mark.parametrize("name", built_in())
def test_no_card_shows_the_other_side(language, name):
    who = built_in()[name]
    caller, debtor, observer = (printed(who, side) for side in SIDES)
    hidden = [said.told() for fact in who.fact for said in (fact.text, *fact.say) if "{" not in said.en]
    assert not [text for text in (*hidden, who.title.told(), who.debrief.first.told()) if text in caller]
    ours = [getattr(who.caller, part).told() for part in ("goal", "least", "may")]
    assert not [text for text in (*ours, who.brief.told()) if text in debtor + observer]
    assert all(text in caller for text in ours) and who.brief.told() in caller
    assert all(fact.say[0].told() in debtor for fact in who.fact) and all(fact.text.told() in observer for fact in who.fact)
    assert "{" not in caller + debtor + observer


def test_the_caller_card_says_what_is_owed_since_when(language):
    who = archetype("evader")
    made = printed(who, CALLER)
    assert str(ON - timedelta(who.late)) in made and str(ON) in made and words.say("CNY {amount}", amount="480,000") in made


def test_the_debtor_card_says_how_the_engine_would_answer(language):
    for who in built_in().values():
        made = printed(who, DEBTOR)
        for reaction in ("hello", "excuse", "stalls"):
            assert who.reply[reaction].say[0].told({**begin(who, 1).holes(begin(who, 1).turns[0])}) in made
    honest, delayer = printed(archetype("honest_short"), DEBTOR), printed(archetype("powerful_delayer"), DEBTOR)
    assert words.say("The whole sum at once you could promise, but not keep.") in honest
    assert words.say("The whole sum at once you could promise, but not keep.") not in delayer


def test_the_observer_counts_what_the_score_counts(language):
    for who in built_in().values():
        made = card(who, OBSERVER, ON)
        facts, commitment, *_, evidence = made.parts
        assert len(facts.rows) == len(who.fact) and len(commitment.rows) == len(PARTS)
        assert sum(float(row[1]) for row in facts.rows) == pytest.approx(score.FACTS, abs=0.3)
        assert sum(float(row[1]) for row in commitment.rows) == score.FIRM
        mailed = play(who, 1, [("identify", NEUTRAL), ("verify_amount", NEUTRAL), ("confirm_in_writing", NEUTRAL)])
        if not mailed.over and mailed.mind.evidence == ("message",):
            assert float(evidence.rows[0][1]) == pytest.approx(score.score(mailed).evidence)


def test_cards_are_written_side_by_side_in_files_of_their_own(language, tmp_path, capsys):
    own = tmp_path / "big_buyer.toml"
    own.write_text(template().split("[caller]")[0], encoding="utf-8")  # without a card of its own: it gets the usual one
    order = ["roleplay", "cards", "evader", str(own), "--out", str(tmp_path / "out"), "--date", "2026-03-02", "--lang", language]
    assert main(order) == 0
    files = sorted((tmp_path / "out").iterdir())
    assert [file.name for file in files] == sorted(f"cards-{side}-{language}.html" for side in SIDES)
    for file in files:
        page = file.read_text("utf-8")
        assert page.count('<section class="card') == 2 and "break-after: page" in page and "http" not in page.replace("http-equiv", "")
    capsys.readouterr()
    assert main([*order[:4], "--side", "observer", "--out", str(tmp_path / "one"), "--lang", language]) == 0
    assert [file.name for file in (tmp_path / "one").iterdir()] == [f"cards-observer-{language}.html"]
    assert main(["roleplay", "cards", "nobody", "--lang", language]) == 2


@pytest.mark.skipif(browser.find() is None, reason="needs a browser")
def test_a_pdf_has_one_page_for_each_debtor(tmp_path):
    with words.speaking("en"):
        paths = card_paper.write(tmp_path, list(built_in().values()), ON, (DEBTOR,), as_pdf=True)
    content = paths[-1].read_bytes()
    assert len(re.findall(rb"/Type\s*/Page[^s]", content)) == len(built_in())


def test_the_booklet_keeps_keys_and_cards_for_the_instructor(language, tmp_path):
    group, instructor, pairs = (booklet.html(kind) for kind in booklet.KINDS)
    way = next(way for way in tabletop_room.file().step[3].option if way.right)
    says = way.says.told(tabletop_room.file().holes())
    assert says in instructor and says not in group
    assert words.say("A good message") in instructor and words.say("A good message") not in group
    assert all(document.title.told() in group for document in tabletop_room.file().document)
    assert all(skill.label.told() in pairs for skill in skills().values()) and words.say("Which was better") in pairs
    assert main(["roleplay", "formats", "--out", str(tmp_path), "--lang", language]) == 0
    assert len(list(tmp_path.glob("*.html"))) == len(booklet.KINDS)


# Table-top


def test_the_clocks_of_the_table_top_are_the_laws(language):
    held = tabletop_room.file()
    last = held.step[-1]
    end = clocks.guarantee_end(held.due)
    days = tabletop_room.days()
    assert str(end) in days and last.on < end < last.on + timedelta(40)  # the guarantee is what is urgent on the last day
    assert clocks.limitation_end(held.due, last.demands) > end + timedelta(700)
    assert [step.on for step in held.step] == sorted(step.on for step in held.step)
    assert held.paid < held.amount - held.disputed
    for step in held.step:
        assert all(day < step.on for day in step.demands) and all(key in rules() for way in step.option for key in way.law)
    assert "{" not in tabletop_room.pack() + days + tabletop_room.answers()


def test_the_table_top_asks_first_then_names_the_article(language):
    room = tabletop_room.TableTop()
    assert not room.reveal(0) and words.say("Decide first.") in room.said[0].value
    for at, step in enumerate(room.held.step):
        right = next(place for place, way in enumerate(step.option) if way.right)
        for place in range(len(step.option)):
            room.picks[at].value = place
            assert room.reveal(at) == (place == right)
            assert words.pick(rules()[step.option[place].law[0]].article) in room.said[at].value
    assert [pick.value for pick in tabletop_room.TableTop().picks] == [pick.value for pick in room.picks]  # kept


# Written channel


def test_the_good_message_meets_every_point_and_the_poor_one_none_or_nearly(language):
    held = written.thread()
    assert held.met(held.good.text.told()) == tuple(one.name for one in held.check)
    assert len(held.met(held.poor.text.told())) <= 1
    assert not held.met("")


def test_the_desk_waits_for_a_message_and_keeps_it(language):
    desk = written.WrittenDesk()
    desk.compare()
    assert words.say("Write yours first.") in desk.said.value and written.thread().good.text.told()[:30] not in desk.said.value
    desk.mine.value = "138,000 · 11 June · 6月11日"
    desk.compare()
    assert words.say("yours") in desk.said.value and desk.said.value.count("✓") >= len(written.thread().check) + 2
    assert Diary("roleplay").value("written") == desk.mine.value and written.WrittenDesk().mine.value == desk.mine.value


# Hand-over


def test_a_note_tells_what_was_said_and_not_what_was_thought(language):
    for who in built_in().values():
        for line in ("cause first", "bully", "beg"):
            call = played(who, line, 5)
            told = dict(note(call))
            found = told[words.say("What they told us")]
            assert all((fact.text.told().rstrip(".。") in found) == (fact.name in call.mind.found) for fact in who.fact)
            everything = " ".join(told.values())
            assert not any(turn.thought.told() in everything for turn in call.turns) and who.title.told() not in everything
    bare, begun = dict(note(begin(archetype("disputant"), 4))), dict(note(play(archetype("disputant"), 4, FIXED["split"][:6])))
    assert bare[words.say("What we offered")] == words.say("nothing") != begun[words.say("What we offered")]
    assert list(bare) == list(begun) and len(bare) == 8
