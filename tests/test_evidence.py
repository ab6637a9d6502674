"""No number of the model hides in the code: each stands in data/*.toml with range, unit, grade, source, a label, and a user."""

import ast
import json
import re
from fnmatch import fnmatchcase
from pathlib import Path

import pytest

from arsim import cli
from arsim.domain.places import place
from arsim.model import evidence
from arsim.model.evidence import GRADES, Constant, everything, number, pattern_of, table, words_of
from arsim.model.usage import used, uses
from arsim.report import words
from arsim.report.evidence import chosen, rows

MODEL = Path(evidence.__file__).parent
EVERY = pytest.mark.parametrize("constant", everything().values(), ids=lambda constant: constant.path)


@pytest.fixture(autouse=True)
def own_language(monkeypatch):
    monkeypatch.setattr(words, "_current", None)


# --- what every constant must have ---


@EVERY
def test_it_is_complete(constant):
    assert constant.low <= constant.value <= constant.high
    assert constant.grade in GRADES
    assert constant.source.strip()
    assert constant.unit.strip(), 'give it a unit = "…"'


@EVERY
def test_it_has_a_label_in_both_languages(constant):
    told = "add a [label] pattern to data/behaviour_labels.toml"
    assert constant.label["en"] != constant.path, told
    assert re.search("[\u4e00-\u9fff]", constant.label["zh"]), told
    for kind in ("unit", "source"):
        english = getattr(constant, kind)
        assert english in words_of()[kind], f'add the Chinese of "{english}" to [{kind}] in data/behaviour_labels.toml'


@EVERY
def test_it_is_used(constant):
    assert used()[constant.path], "no module reads it: use it or delete it"


def test_no_label_unit_or_source_is_left_over():
    known = everything().values()
    assert set(words_of()["label"]) <= {pattern_of(constant.path) for constant in known}
    assert set(words_of()["unit"]) <= {constant.unit for constant in known}
    assert set(words_of()["source"]) <= {constant.source for constant in known}


def test_the_chinese_reads_as_chinese():
    said = [entry["zh"] for entry in words_of()["label"].values()] + [*words_of()["unit"].values(), *words_of()["source"].values()]
    assert not [text for text in said if re.search(r"[\u4e00-\u9fff][,;?!]", text)]


def test_no_two_files_share_a_path():
    assert sum(len(evidence.constants(book)) for book in evidence.BOOKS) == len(everything())


# --- no number hides in the code ---

# Numbers of the machine, not of the world: files (why), then lines by a piece of their text (why).
EXEMPT = {
    "exact.py": "coefficients of published approximations; tests compare with math and statistics",
    "luck.py": "the hash of SplitMix64, and addresses",
    "kernels.py": "the same hash, and room for arrays; tests/test_fast.py holds it to the bits of the others",
}
ALLOWED = {
    "behaviour.py": {
        "LN_2 = 0.69": "ln 2",
        "for months in (3, 6, 12, 24)": "names of constants",
        "LEAST_FELT, LONGEST_FELT": "where a fading effect is cut off: of computing, not of people",
    },
    "credit.py": {"as `arsim.engine.journal.Hold`": "codes", "OLDEST = 0.25": "how we sum up a customer's lateness, not how it behaves"},
    "conduct.py": {"AT = 10 * 60": "a time of day for calls that have one: when we do it, not what comes of it"},
    "contact.py": {"PAYS, PROMISES, DISPUTES": "codes"},
    "demo.py": {"MONTHS = 12": "clock", "SEED = 20250101": "a seed", "once, twice = ": "which weekdays: luck's deal, not a level"},
    "dispute.py": {"np.minimum(wait, 10_000)": "keeps the conversion to int in range; far beyond any run"},
    "liquidity.py": {
        "maxsize=8": "how many chains are kept",
        "range(4)": "the number of states",
        "range(3)": "the states but insolvency",
        "np.zeros((len(grade), 3, 4))": "shape: states from, states to",
        "STEP = 30": "the step for which the chances of liquidity are stated",
        "np.minimum(0.": "keeps a row of chances one when values are pushed to the ends of their ranges",
    },
    "goodwill.py": {"FULL = 100.0": "the scale goodwill is told on", "* 100)": "told in hundredths"},
    "money.py": {
        "percent / (100.0 - percent)": "per cent",
        "percent / 100.0": "per cent",
        "SLOW, QUICK": "how we smooth what we see, not how people pay",
    },
    "plan.py": {
        "MONTHS = 12": "clock",
        "FIFTH = 5": "the law's own number (Civil Code 634)",
        "SEASON = (": "how a plan is cut to the season: a term we offer",
        "<= MONTHS // 4": "half a year, seen from its middle",
    },
    "store.py": {"KEPT = 3": "folders of machine code that are kept"},
    "population.py": {
        "ORIGIN = 1200": "size of a table",
        "AGES = 8000": "size of a table",
        "maxsize=8": "how many calendars are kept",
        "days + 62": "days beyond the run that a due date may need",
    },
    "ratios.py": {"_BOUNDS = (": "what no statement can show: a guard, not a level"},
    "readiness.py": {"_YARDSTICK = ": "the rate for which money.interest_effect is stated"},
    "scenario.py": {
        "np.minimum(0.5": "keeps a row of chances one when a scenario multiplies it",
        "range(3)": "the states but insolvency",
        "range(4)": "the number of states",
    },
    "world.py": {
        "QUARTER = 91": "clock",
        "_BLOCK = 16": "how many orders are dealt at a time; the result does not depend on it",
        "_PLACE = 28": "bits of a key to sort by",
        "np.maximum(100": "no order below one yuan, in fen",
    },
}
PLAIN = {0, 1, 2}  # and 0.0, 1.0, 2.0, which equal them
ADVICE = (
    "a number in a rule. If it says how the world behaves, put it into data/behaviour.toml with value, low, high, unit, grade and source, "
    'and read it by its path, behaviour["…"] (the demo company: data/demo.toml and number("demo.…")). '
    "If it is of the machine only, add a piece of the line and the reason to ALLOWED in tests/test_evidence.py."
)


def numbers(source):
    """Numeric literals in `source` but plain ones, bit shifts and masks, exponents, codes of an Enum, indices, axes: (line, value)."""
    tree = ast.parse(source)
    parent = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}

    def structural(node, value):
        around = parent[node]
        if isinstance(around, ast.UnaryOp):
            around = parent[around]
        shift = isinstance(around, ast.BinOp) and isinstance(around.op, ast.LShift | ast.RShift)
        exponent = isinstance(around, ast.BinOp) and isinstance(around.op, ast.Pow) and around.right is node
        axis = isinstance(around, ast.keyword) and around.arg == "axis"
        index = isinstance(around, ast.Subscript | ast.Slice) or (
            isinstance(around, ast.Tuple) and isinstance(parent[around], ast.Subscript)
        )
        mask = isinstance(value, int) and ast.get_source_segment(source, node).lower().startswith(("0b", "0x"))
        holder = parent[around] if isinstance(around, ast.Assign) else None
        code = isinstance(holder, ast.ClassDef) and any(getattr(base, "id", "").endswith(("Enum", "Flag")) for base in holder.bases)
        return shift or exponent or axis or index or mask or code

    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Constant)
            and type(node.value) in (int, float)
            and node.value not in PLAIN
            and not structural(node, node.value)
        ):
            yield node.lineno, node.value


@pytest.mark.parametrize("path", [path for path in sorted(MODEL.glob("*.py")) if path.name not in EXEMPT], ids=lambda path: path.name)
def test_no_number_hides_in_the_model(path):
    source = path.read_text("utf-8")
    lines, allowed = source.splitlines(), ALLOWED.get(path.name, {})
    hidden = [f"{line}: {lines[line - 1].strip()}" for line, _ in numbers(source) if not any(piece in lines[line - 1] for piece in allowed)]
    assert not hidden, "\n".join([f"arsim/model/{path.name} has {ADVICE}", *hidden])
    stale = [piece for piece in allowed if not any(piece in lines[line - 1] for line, _ in numbers(source))]
    assert not stale, f"no longer needed in ALLOWED: {stale}"


@pytest.mark.parametrize("name", [*EXEMPT, *ALLOWED])
def test_what_is_let_through_exists(name):
    assert (MODEL / name).exists()


def test_the_scan_sees_what_it_should():
    hiding = "rate = 0.35\nif late > 45: x = -3\ny = z.clip(0.2, most=7)\nw = [1, 2, 0.5]\nq = 3 ** t\ng = 1e6\n"
    assert sorted(numbers(hiding)) == [(1, 0.35), (2, 3), (2, 45), (3, 0.2), (3, 7), (4, 0.5), (5, 3), (6, 1e6)]
    plain = (
        "a = 1 << 30\nb = x ** 0.5\nclass Kind(IntEnum):\n    SENT = 7\nc = 0b11111\nd = x.sum(axis=3)\ne = -1 + 2 * 0.0 - 1.0\nf = True\n"
    )
    plain += "g = x[:, 3] + y[:7]\n"
    assert not list(numbers(plain))


# --- who uses what ---


def test_uses_are_seen_and_mere_mentions_are_not():
    paths = ["channel.call.cost", "channel.call.reach", "dispute.share_price", "dispute.days_price", "demo.readiness.-30", "law.fee"]
    found = uses(
        {
            "owner": "def means(self):\n    return C(**{f.name: v[f'channel.{c}.{f.name}'] for f in fields(C)})",
            "user": "pay(behaviour.means[0].cost)",
            "stranger": "pay(journal.reach)",
            "desk": "share = [b[f'dispute.share_{cause}'] for cause in CAUSES]",
            "drawn": "rate = table('demo.readiness')",
            "setter": '"""law.fee"""\nchanged({"law.fee": 0, "dispute.days_price": 1})\nsay("law.fee is what a court takes")',
        },
        paths,
    )
    assert found == {
        "channel.call.cost": ("user",),
        "channel.call.reach": (),
        "dispute.share_price": ("desk",),
        "dispute.days_price": (),
        "demo.readiness.-30": ("drawn",),
        "law.fee": (),
    }


# --- the loader ---


def test_numbers_and_tables():
    assert number("demo.limit.rounded") == 10_000_000 and isinstance(number("demo.limit.rounded"), int)
    assert list(table("demo.readiness"))[:2] == ["-1200", "-30"]
    with pytest.raises(KeyError):
        table("demo.nothing")
    with pytest.raises(KeyError):
        number("demo.limit")


def test_the_longest_pattern_names_a_constant():
    assert pattern_of("channel.call.effect") == "channel.*.effect"
    assert pattern_of("nothing.of.the.kind") is None
    for path in everything():
        named = [pattern for pattern in words_of()["label"] if fnmatchcase(path, pattern)]
        assert len({len(pattern) for pattern in named}) == len(named), f"{path}: {named} are equally long"


def test_a_constant_nobody_named_goes_by_its_path():
    bare = Constant("a.b", 1, 0, 2, "expert", "somebody")
    assert bare.label == {"en": "a.b", "zh": "a.b"}
    assert Constant("a.b", 1, 0, 2, "expert", "somebody", label={"en": "b", "zh": "乙"}).label["zh"] == "乙"


def test_shares_of_the_demo_company_add_up():
    for name in ("industry_share", "terms_share"):
        assert sum(table(f"demo.{name}").values()) == pytest.approx(1)
    assert list(table("demo.industry_share")) == list(table("demo.industry_score"))
    ages = [int(age) for age in table("demo.readiness")]
    assert ages == sorted(ages)


def test_every_file_of_constants_is_read():
    held = {path.stem for path in place("data").glob("*.toml") if path.stem in evidence.BOOKS}
    assert held == set(evidence.BOOKS)


# --- the command ---


def run(capsys, *arguments):
    code = cli.main(["evidence", *arguments])
    out, err = capsys.readouterr()
    return code, out, err


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_the_list(capsys, language):
    code, out, err = run(capsys, "--lang", language)
    assert code == 0 and not err
    assert all(constant.path in out and constant.label[language] in out for constant in everything().values())
    with words.speaking(language):
        assert all(f"  {words.say(grade)}" in out for grade in GRADES)


def test_a_part_of_the_list(capsys):
    _, out, _ = run(capsys, "channel.call", "--grade", "expert")
    assert "channel.call.minutes_reached" in out and "channel.call.effect" not in out and "channel.sms" not in out
    assert {constant.path.split(".")[0] for constant in chosen("demo")} == {"demo"}


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_the_list_as_json(capsys, language):
    code, out, _ = run(capsys, "--json", "--lang", language, "credit.press")
    (found,) = json.loads(out)
    known = everything()["credit.press"]
    assert code == 0 and found["value"] == known.value and found["grade"] == known.grade
    assert found["label"] == known.label[language] and found["used_in"] == list(used()["credit.press"])


def test_the_unit_speaks_the_language():
    with words.speaking("zh"):
        assert rows(chosen("price.provision_30"))[0]["unit"] == "比例"


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_a_prefix_that_fits_nothing_is_explained(capsys, language):
    code, out, err = run(capsys, "chanel", "--lang", language)
    assert code == 2 and not out and "chanel" in err and "channel" in err
