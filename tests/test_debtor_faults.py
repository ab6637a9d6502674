"""What an instructor gets wrong in a debtor's file: told in their language with the place and the remedy."""

import re

import pytest

from arsim.cli import main
from arsim.report import words
from arsim.workbook.roleplay.files import template

TITLE = '{ en = "My debtor", zh = "我的客户" }'
THIRD = """[[fact]]
name = "third"
after = "short_week"
text = { en = "x", zh = "x" }
by = ["listen"]
trust = 0.1
say = [ { en = "x", zh = "x" } ]

# What only"""
FAULTS = {  # name: (right, wrong, what stands in the message in both languages, what in English)
    "chinese_quotes": ('"Luoyu Textiles"', "“Luoyu Textiles”", ("11", "“Luoyu Textiles”"), "Chinese punctuation"),
    "chinese_comma": ('"My debtor", zh', '"My debtor"，zh', ("10", "My debtor"), "Chinese punctuation"),
    "twice": ("send_papers = 0.6", "send_papers = 0.6\nsend_papers = 0.5", ("send_papers = 0.5",), "stands twice"),
    "cut_off": ("[debrief]", "[debrief", ("[debrief",), "brackets are closed"),
    "one_language": (TITLE, '{ en = "My debtor", zh = "" }', ("“title”", "title"), "both languages"),
    "blank_line": ('{ en = "We pay on Thursdays."', '{ en = " "', ("fact.2.say.1",), "both languages"),
    "plain_text": (TITLE, '"My debtor"', ("title", "My debtor", "zh ="), "both languages"),
    "no_list": ('by = ["ask_decider", "ask_detail", "pin_down"]', 'by = "ask"', ("fact.2.by", "ask", "["), "list is expected"),
    "form": ("We pay on Thursdays.", "We pay {amount:d}.", ("amount:d",), "hole"),
    "nested": ("We pay on Thursdays.", "We pay {amount:{person}}.", ("amount:{person}",), "hole"),
    "converted": ("We pay on Thursdays.", "We pay {amount!r}.", ("amount!r",), "hole"),
    "circle": ('# after = "missing_order_number"', 'after = "third"', ("short_week", "third"), "wait for each other"),
    "no_sum": ("150_000", "0", ("amount", "1"), "too small"),
    "too_much": ("150_000", "1e300", ("amount", "10,000,000,000"), "too large"),
    "own_name": ("number = 100", 'number = 100\nname = "x"', ("name",), "no such key"),
    "offered": ("send_papers = 0.6", "send_paper = 0.6", ("key", "send_paper", "send_papers"), "not known"),
}  # fmt: skip


@pytest.mark.parametrize("language", words.LANGUAGES)
@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_told_with_its_place_and_remedy(tmp_path, capsys, language, name):
    right, wrong, shown, english = FAULTS[name]
    text = template().replace("# What only", THIRD, 1) if name == "circle" else template()
    assert right in text
    path = tmp_path / "odd.toml"
    path.write_text(text.replace(right, wrong, 1), "utf-8")
    assert main(["roleplay", "check", str(path), "--lang", language]) == 2
    said = capsys.readouterr().err
    assert str(path) in said and not [part for part in shown if part.strip("“”") not in said]
    if language == "en":
        assert english in said
    else:
        assert re.search("[\u4e00-\u9fff]{3}.*[\u4e00-\u9fff]{2}", said.replace(str(path), ""))
        assert not re.search("Invalid|Expected|Unclosed|Cannot", said)
    assert "threaten" not in said


@pytest.mark.parametrize("language", words.LANGUAGES)
@pytest.mark.parametrize("asked", (["cards", "evader"], ["formats"]))
def test_paper_that_cannot_be_written_is_told(tmp_path, capsys, language, asked):
    (tmp_path / "taken").write_text("")
    assert main(["roleplay", *asked, "--out", str(tmp_path / "taken" / "here"), "--lang", language]) == 2
    assert str(tmp_path / "taken") in capsys.readouterr().err
