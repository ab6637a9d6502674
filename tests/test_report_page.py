"""The report on a comparison: its figures are those of the files, it needs nothing beside it, and everybody can read it."""

import io
import json
import re
import shlex
from html.parser import HTMLParser
from pathlib import Path

import pandas as pd
import pytest
from openpyxl import load_workbook
from people import people

from arsim import cli
from arsim.domain import law
from arsim.domain.places import place
from arsim.domain.policies import read_policy
from arsim.domain.policy import Level, Policy, levers
from arsim.domain.problem import BadInput
from arsim.model.behaviour import Behaviour
from arsim.report import page, words
from arsim.report.figures import figure
from arsim.report.page import bars, repeat, verdict
from arsim.report.page.book import book
from arsim.report.page.files import write
from arsim.report.page.html import html
from arsim.report.page.leans import left_out
from arsim.report.page.legal import USES, notes
from arsim.report.page.parts import gather
from arsim.report.page.question import lever_rows
from arsim.report.robust_export import write as write_robust
from arsim.report.table import MAIN, comparison_scale
from arsim.study.company import Company
from arsim.study.compare import compare
from arsim.study.keep import FINISHED, RESULTS, STUDY
from arsim.study.kept_robustness import read_robustness
from arsim.study.kept_study import read_study
from arsim.study.outcome import OUTCOMES
from arsim.study.robust import robust
from arsim.study.robustness import look_into
from arsim.study.sure import Sure, Width

SMALL = Company(people(15), warmup=30)
OWN = """title = { en = "=1+1<script>alert(1)</script>", zh = "=1+1 我的" }
[[dunning]]
days = 5
channel = "lawyer_letter"
[law]
days = 30
route = "suit"
"""
UNITS = {outcome.key: outcome.unit for outcome in OUTCOMES}
DAYS, COUNT = "60", "12"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A study as the command keeps it, with a study of robustness of the same in it."""
    home = tmp_path_factory.mktemp("study")
    (home / "mine.toml").write_text(OWN, "utf-8")
    given = ["baseline", "do_nothing", str(home / "mine.toml")]
    assert cli.main(["compare", *given, "--days", DAYS, "--replications", COUNT, "--out", str(home / "kept")]) == 0
    policies, company = [read_policy(one) for one in given], Company.demo()
    found = robust(policies, company, count=12, each=1, days=int(DAYS))
    among = ("price.gross_margin", "law.lawyer", "channel.call.effect")
    study = look_into(found, company, among=among, walk=("law.lawyer",), replications=3)
    (home / "kept" / "robust").mkdir()
    write_robust(study, home / "kept" / "robust", company=company)
    return home / "kept"


@pytest.fixture(scope="module")
def pages(folder):
    """The page in each language, read once."""
    made = {}
    for language in words.LANGUAGES:
        with words.speaking(language):
            made[language] = html(gather(read_study(folder)))
    return made


class Read(HTMLParser):
    """Every tag with its attributes, and the text of each cell that bears a figure."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.cells, self._row, self._cell, self.text = [], {}, None, None, []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        self.tags.append((tag, attrs))
        if tag == "tr":
            self._row = (attrs.get("data-policy"), attrs.get("data-outcome"))
        if tag == "td":
            self._cell = attrs
            if "data-field" in attrs:
                self.cells.setdefault((*self._row, attrs["data-field"]), []).append([attrs, ""])

    def handle_endtag(self, tag):
        if tag == "td":
            self._cell = None

    def handle_data(self, data):
        self.text.append(data)
        if self._cell and "data-field" in self._cell:
            self.cells[(*self._row, self._cell["data-field"])][-1][1] += data


def test_what_is_read_back_is_what_was_found(tmp_path):
    found = compare(["do_nothing", "baseline"], SMALL, days=40, replications=10, keep=tmp_path)
    kept = read_study(tmp_path)
    pd.testing.assert_frame_equal(kept.comparison.runs(), found.runs(), check_exact=True)
    assert kept.comparison.policies == found.policies and not kept.other_version and kept.whole and not kept.stopped


def test_what_was_put_aside_or_asked_for_before_does_not_count(tmp_path):
    rule = Sure({"net_value": Width(0.5, relative=True), "contacts": "sign"}, budget=60, least=12, trial=10)
    found = compare(["do_nothing", "baseline"], SMALL, days=40, keep=tmp_path, sure=rule)
    kept = read_study(tmp_path).comparison
    assert kept.stop == found.stop and [one.number for one in kept.replications] == [one.number for one in found.replications]
    assert kept.replications[0].number == 10
    fewer = compare(["do_nothing", "baseline"], SMALL, days=40, replications=11, keep=tmp_path)
    assert len(read_study(tmp_path).comparison.replications) == len(fewer.replications) == 11


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_every_figure_is_that_of_the_file(folder, pages, language):
    cells = Read(pages[language]).cells
    table = pd.read_csv(folder / "summary.csv", encoding="utf-8-sig")
    parts = gather(read_study(folder))
    seen = 0
    with words.speaking(language):
        scale = comparison_scale(parts.study.comparison, parts.firm)
    for line in table.rename(columns={"mean": "ours"}).itertuples():
        for field in ("reference", "mean", "difference", "interval"):
            for attrs, text in cells.get((line.policy, line.outcome, field), []):
                seen += 1
                if field == "interval":
                    assert (float(attrs["data-low"]), float(attrs["data-high"])) == pytest.approx((line.low, line.high), rel=0, nan_ok=True)
                    values = [line.low, line.high]
                else:
                    values = [{"reference": line.reference, "mean": line.ours, "difference": line.difference}[field]]
                    assert float(attrs["data-value"]) == pytest.approx(values[0], rel=0, nan_ok=True)
                if values[0] == values[0]:
                    shown = re.split(r" … ", text)
                    for one, value in zip(shown, values, strict=True):
                        decimals = len(one.partition(".")[2])
                        sign = field not in ("reference", "mean")
                        assert one == figure(value, UNITS[line.outcome], scale, sign=sign, decimals=decimals)
    shown = {(policy, outcome) for policy, outcome, _ in cells}
    assert {(policy, key) for policy in ("do_nothing", "mine") for key in MAIN} <= shown
    assert seen >= 4 * len(shown) > 100


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_the_workbook_has_the_same_figures(folder, language):
    with words.speaking(language):
        parts = gather(read_study(folder))
        sheets = load_workbook(io.BytesIO(book(parts)))
        summary, runs = (list(sheets[words.say(name)].iter_rows(values_only=True)) for name in ("Summary", "Runs"))
        others = ("Standing", "Assumptions", "Reproduction", "Regret", "Tornado", "Who loses")
        assert {words.say(name) for name in others} <= set(sheets.sheetnames)
        assert all(sheet.freeze_panes == "A2" for sheet in sheets)
        money = words.say("CNY")
    by = {"fen": 1 / 100, "share": 100}
    table = pd.read_csv(folder / "summary.csv", encoding="utf-8-sig").set_index(["policy", "outcome"])
    for row in summary[1:]:
        line, factor = table.loc[row[0], row[2]], by.get(UNITS[row[2]], 1)
        values = zip(row[5:7] + row[8:11], line[["reference", "mean", "difference", "low", "high"]], strict=True)
        for value, known in values:
            assert (value is None and known != known) or value == pytest.approx(known * factor, rel=1e-12, abs=1e-12)
        assert (row[4] == money) == (UNITS[row[2]] == "fen")
    assert len(summary) == len(table) + 1
    every = pd.read_csv(folder / "runs.csv", encoding="utf-8-sig").set_index(["replication", "policy", "outcome"])["value"]
    assert len(runs) == len(every) + 1
    for row in runs[1:]:
        known = every[row[0], row[1], row[3]]
        assert (row[6] is None and known != known) or row[6] == pytest.approx(known * by.get(UNITS[row[3]], 1), rel=1e-12, abs=1e-12)


def test_a_title_is_text_and_nothing_else(folder, pages):
    sheets = load_workbook(io.BytesIO(book(gather(read_study(folder)))))
    titles = [cell for sheet in sheets for row in sheet.iter_rows() for cell in row if str(cell.value).startswith("=")]
    assert titles and all(cell.data_type == "s" for cell in titles)
    assert "<script>alert" not in pages["en"] and "=1+1&lt;script&gt;" in pages["en"]


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_the_page_needs_nothing_beside_it(pages, language):
    assert not re.search(r"https?://|@import|url\(", pages[language])
    for tag, attrs in Read(pages[language]).tags:
        for name in ("src", "href", "srcset", "data", "action", "poster"):
            assert attrs.get(name, "data:").startswith("data:"), (tag, attrs)


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_everybody_can_read_it(pages, language):
    tags = Read(pages[language]).tags
    assert dict(tags)["html"]["lang"] == {"en": "en", "zh": "zh-CN"}[language]
    levels = [int(tag[1]) for tag, _ in tags if re.fullmatch("h[1-6]", tag)]
    assert levels.count(1) == 1 and levels[0] == 1 and all(later <= earlier + 1 for earlier, later in zip(levels, levels[1:], strict=False))
    pictures = [attrs.get("alt", "") for tag, attrs in tags if tag == "img"]
    drawn = [attrs.get("aria-label", "") for tag, attrs in tags if tag == "svg"]
    assert len(pictures) >= 7 and len(drawn) == 3 and all(len(told) > 30 for told in pictures + drawn)
    assert all("scope" in attrs for tag, attrs in tags if tag == "th")
    assert sum(tag == "table" for tag, _ in tags) == sum(tag == "caption" for tag, _ in tags) > 8


def test_every_sentence_of_the_page_has_its_chinese():
    template = (Path(page.__file__).parent / "report.html.j2").read_text("utf-8")
    sentences = re.findall(r'say\("([^"]+)"', template)
    assert len(sentences) > 40 and [one for one in sentences if one not in words.catalogue()] == []


def _light(colour):
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one, other):
    dark, bright = sorted((_light(one), _light(other)))
    return (bright + 0.05) / (dark + 0.05)


def test_words_stand_out_from_their_ground(pages):
    colours = dict(re.findall(r"--(\w+): (#[0-9a-f]{6});", pages["en"]))
    for ink in ("ink", "quiet", "blue", "good", "bad"):
        for ground in ("paper", "soft"):
            assert _contrast(colours[ink], colours[ground]) >= 4.5, (ink, ground)
    assert _contrast(colours["ink"], colours["warn"]) >= 4.5
    assert _contrast(bars.SURE, colours["paper"]) >= 3
    used = set(re.findall(r"(?<![\w-])(?:color|background|fill): ?([^;}\"]+)", pages["en"].split("</style>")[0]))
    assert used and all(one.strip().startswith("var(--") for one in used)  # so that none escapes this test


def test_no_meaning_by_colour_alone(pages):
    for better, sign in ((1, "▲"), (-1, "▼")):
        kind = {1: "good", -1: "bad"}[better]
        cells = re.findall(rf'<td[^>]*class="{kind}"[^>]*>(.*?)</td>', pages["en"])
        assert cells and all(sign in cell for cell in cells)


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_the_verdict_says_what_the_summary_does(folder, language):
    study = read_study(folder).comparison
    summary = study.summary().set_index(["policy", "outcome"])
    with words.speaking(language):
        for policy in ("do_nothing", "mine"):
            made = verdict.sentences(study, policy)
            assert [(one.outcome, one.better) for one in made] == [(key, summary.loc[policy, key].better) for key in MAIN]
            surely = {"en": "surely", "zh": "肯定"}[language]
            assert all((surely in one.text) == (one.better != 0) for one in made)


def test_too_few_replications_allow_no_verdict(tmp_path):
    compare(["do_nothing", "baseline"], SMALL, days=30, replications=3, keep=tmp_path)
    made = verdict.sentences(read_study(tmp_path).comparison, "baseline")
    assert all("surely" not in one.text and one.better == 0 for one in made) and "3 replications are too few" in made[0].text


def test_robustness_is_shown_as_its_files_have_it(folder, pages):
    shares = pd.read_csv(folder / "robust" / "shares.csv", encoding="utf-8-sig")
    text = " ".join(Read(pages["en"]).text)
    for line in shares[(shares["what"] == "beats_reference") & (shares["outcome"] == "all_three")].itertuples():
        assert f"{100 * line.share:.0f} % ({100 * line.low:.0f}–{100 * line.high:.0f} %)" in text
    kept = read_robustness(folder / "robust")
    pulls = pd.read_csv(folder / "robust" / "tornado.csv", encoding="utf-8-sig")
    assert [one.path for one in kept.study.pulls.pulls] == pulls["parameter"].tolist()
    assert [one.effect for one in kept.study.pulls.pulls] == pytest.approx(pulls["effect"].tolist(), rel=0)


def test_without_robustness_it_says_how_to_get_it(tmp_path):
    compare(["do_nothing", "baseline"], SMALL, days=30, replications=10, keep=tmp_path)
    parts = gather(read_study(tmp_path))
    text = html(parts)
    assert "was not looked into" in text and "arsim robust do_nothing baseline --days 30 --seed 1" in text
    assert "None of the policies uses a lever that touches the law." in text


def test_robustness_of_something_else_is_not_taken_for_it(folder, tmp_path):
    compare(["do_nothing", "baseline"], SMALL, days=30, replications=10, keep=tmp_path)
    study = read_study(tmp_path)
    with pytest.raises(BadInput, match="other policies"):
        gather(study, folder / "robust")
    kept = read_robustness(folder / "robust")
    write_robust(kept.study, tmp_path, company=Company.demo())
    parts = gather(study)
    assert parts.robust is None and "other policies" in parts.misfit and parts.misfit in html(parts)
    mine = robust(study.comparison.policies, SMALL, count=10, each=1, days=30)
    looked = look_into(mine, SMALL, among=("price.gross_margin",), walk=("price.gross_margin",), replications=2)
    write_robust(looked, tmp_path, company=Company.demo())
    assert "another company" in gather(study).misfit
    write_robust(looked, tmp_path, company=SMALL)
    assert gather(study).robust is not None


def test_a_changed_constant_is_shown_as_it_was_used(tmp_path):
    changed = Behaviour.default({"price.gross_margin": 0.11})
    compare(["do_nothing", "baseline"], SMALL, days=30, replications=10, keep=tmp_path, behaviour=changed)
    parts = gather(read_study(tmp_path))
    assert parts.study.changed == {"price.gross_margin": 0.11} and "price.gross_margin = 0.11" in html(parts)
    assert {one.constant.path: one.value for one in parts.leans}["price.gross_margin"] == "0.11"


def test_a_stopped_study_says_so(tmp_path):
    def stop(done, asked):
        if done == 10:
            raise KeyboardInterrupt

    compare(["do_nothing", "baseline"], SMALL, days=30, replications=30, keep=tmp_path, workers=1, progress=stop)
    assert "stopped after 10 of 30 replications" in html(gather(read_study(tmp_path)))


def test_a_study_of_another_version_is_shown_with_a_notice(tmp_path, monkeypatch):
    other = {"arsim": "0.0.9", "code": "abc", "numpy": "1", "python": "3"}
    with monkeypatch.context() as patch:
        patch.setattr("arsim.study.question.made_by", lambda: other)
        compare(["do_nothing", "baseline"], SMALL, days=30, replications=10, keep=tmp_path)
    assert "another version of arsim" in html(gather(read_study(tmp_path)))
    (tmp_path / FINISHED).unlink()
    study = read_study(tmp_path)
    assert not study.whole and len(study.comparison.replications) == 10


def _damage(folder, what):
    if what == "no study":
        (folder / STUDY).unlink()
    elif what == "other file":
        (folder / STUDY).write_text("[1]")
    elif what == "changed":
        told = json.loads((folder / STUDY).read_text("utf-8"))
        told["question"]["days"] = 99
        (folder / STUDY).write_text(json.dumps(told), "utf-8")
    elif what == "unfinished":
        (folder / FINISHED).unlink()
    elif what == "torn":
        data = (folder / RESULTS).read_bytes()
        (folder / RESULTS).write_bytes(data[: len(data) // 2])
    elif what == "robust":
        (folder / "robust.json").write_text('{"kind": "arsim robust", "version": 1}')


@pytest.mark.parametrize(
    ("what", "said"),
    [
        ("no study", "There is no study in this folder"),
        ("other file", "damaged, was changed by hand, or is of another version"),
        ("changed", "damaged, was changed by hand, or is of another version"),
        ("unfinished", "is not finished: 10 results are kept"),
        ("torn", "of 10 results of this study are damaged or missing"),
        ("robust", "Run arsim robust again"),
    ],
)
def test_a_broken_folder_is_named(tmp_path, capsys, what, said):
    compare(["do_nothing", "baseline"], SMALL, days=20, replications=10, keep=tmp_path)
    _damage(tmp_path, what)
    assert cli.main(["report", str(tmp_path)]) == cli.BAD_INPUT
    told = capsys.readouterr().err
    assert said in told and str(tmp_path) in told and not list(tmp_path.glob("report-*"))


def test_the_command_in_it_gives_the_same_figures(folder, tmp_path, monkeypatch):
    parts = gather(read_study(folder))
    for name, text in repeat.texts(parts.study).items():
        (tmp_path / name).write_text(text, "utf-8")
    monkeypatch.chdir(tmp_path)
    program, *order = shlex.split(repeat.command(parts.study))
    assert program == "arsim" and cli.main(order) == 0
    assert (tmp_path / "again" / "summary.csv").read_bytes() == (folder / "summary.csv").read_bytes()


def test_a_company_from_a_ledger_stays_where_it_is(tmp_path, monkeypatch):
    company = Company.of(place("data") / "demo_ledger.csv")
    found = compare(["do_nothing", "baseline"], company, days=20, replications=10, keep=tmp_path)
    study = read_study(tmp_path)
    parts = gather(study)
    assert study.company.learnt and study.company.gap == company.found.gap and study.company.assumed == company.population.assumed
    assert parts.firm.called == "demo_ledger.csv" and repeat.needed(study) == ["company.json"]
    text = html(parts)
    assert str(tmp_path) not in text.replace(str(tmp_path / "robust"), "") and company.population.ids[0] not in text
    monkeypatch.chdir(tmp_path)
    assert cli.main(shlex.split(repeat.command(study))[1:]) == 0
    pd.testing.assert_frame_equal(read_study(tmp_path / "again").comparison.runs(), found.runs(), check_exact=True)


def test_the_command_prints_what_it_wrote(folder, tmp_path, capsys):
    assert cli.main(["report", str(folder), "--lang", "zh", "--out", str(tmp_path)]) == 0
    assert capsys.readouterr().out.split() == [str(tmp_path / "report-zh.html"), str(tmp_path / "report-zh.xlsx")]
    assert write(gather(read_study(folder)), tmp_path)[0].read_text("utf-8").startswith("<!doctype html>")


def test_levers_are_told_rung_by_rung():
    soft = Policy(name="soft", title={"en": "Soft"}, dunning=(Level(days=-2, channel="sms"), Level(days=7, channel="call", grades="weak")))
    hard = soft.replace({"law.days": 60, "law.min_amount": 50_000, "dunning.1.days": 3})
    assert lever_rows([soft, hard])[1:] == [
        ["Dunning level 2", "7 days overdue, call, grades C and D", "3 days overdue, call, grades C and D"],
        ["Go to law when overdue longer than (days overdue, 0 = never)", "0", "60"],
        ["Go to law when overdue longer than … for claims of at least (CNY)", "10,000", "50,000"],
    ]
    assert len(lever_rows([soft, soft])) == 1


def test_notes_of_law_are_of_the_levers_in_use():
    known = {lever.path for lever in levers()}
    assert all(use.path in known and set(use.rules) <= set(law.rules()) for use in USES)
    plain = Policy(name="plain")
    assert notes([plain]) == []
    for changes, wanted in (
        ({"law.days": 60, "law.route": "mediation"}, "mediation"),
        ({"interest.rate": 0.1}, "late_penalty"),
        ({"credit.security": "retention"}, "retention_of_title"),
        ({"law.complaint_days": 30}, "sme_complaint"),
        ({"plan.offer": "yes", "plan.notarised": "yes"}, "notarised"),
    ):
        found = {one.rule.key: one for one in notes([plain, plain.replace(changes)])}
        assert wanted in found and "payment_order" not in found and found[wanted].because


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_what_is_left_out_is_what_the_model_card_says(language):
    card = (place("docs") / f"model_card.{language}.md").read_text("utf-8")
    with words.speaking(language):
        assert left_out() in re.sub(r"\s+", " ", card)
