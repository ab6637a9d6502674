"""The room of one's own ledger without a browser: columns put right, reports, refusals, the verdict, the company kept and handed on."""

import base64
import json
import re
import threading
from datetime import UTC, datetime

import numpy as np
import openpyxl
import pytest

from arsim.domain.intake import take_in
from arsim.domain.ledger import write_ledger
from arsim.domain.mapping import beside
from arsim.domain.places import place
from arsim.domain.problem import BadInput
from arsim.domain.reading import read_ledger
from arsim.report import intake_page, words
from arsim.study.company import Company, demo_ledger
from arsim.study.company_file import read_company, write_company
from arsim.study.compare import compare
from arsim.study.groups import by_column, by_size
from arsim.study.repeated import repeat
from arsim.study.split import splits
from arsim.workbook import ledger_work, memory, my_ledger
from arsim.workbook.lab import Lab
from arsim.workbook.ledger_source import DEMO, OWN, Pick
from arsim.workbook.my_ledger import PARTS, MyLedger

FAULTS = place("data") / "demo_ledger_faults.csv"
HEAD = "Invoice number,Customer,Issue date,Due date,Amount,Paid date"


@pytest.fixture
def room(tmp_path, monkeypatch):
    """A room whose kernel stands in an empty folder."""
    monkeypatch.chdir(tmp_path)
    made = MyLedger(tmp_path / "state" / "lab.json")
    yield made
    made.close()
    assert made.runner.wait(60) and made.error is None


@pytest.fixture(scope="module")
def learnt():
    """A small ledger and the company learnt from it."""
    ledger = take_in(FAULTS).ledger
    return ledger, Company.of(ledger)


@pytest.fixture(params=words.LANGUAGES)
def language(request):
    with words.speaking(request.param):
        yield request.param


def own(room, path):
    room.source.kind.value = OWN
    room.source.path.value = str(path)


def written(path, head=HEAD, rows=None, extra=None):
    """A sound ledger of 60 invoices, or the `rows` given."""
    rows = rows or [f"R-{n:03},C{n % 4},2024-{1 + n % 9:02}-05,2024-{2 + n % 9:02}-04,{100 + n}.00,2024-{2 + n % 9:02}-{6 + n % 9:02}"
                    for n in range(60)]  # fmt: skip
    path.write_text("\n".join([head, *(row + (f",{extra(n)}" if extra else "") for n, row in enumerate(rows))]) + "\n", "utf-8")
    return path


def said(room, part):
    return re.sub(r"<[^>]*>", " ", getattr(room, part).said.value)


def test_a_column_chosen_is_read_and_kept_beside_the_file(room, tmp_path, language):
    path = written(tmp_path / "own.csv", HEAD.replace("Paid date", "Wann kam das Geld"))
    own(room, path)
    room.run_now("file", "rows")
    assert words.say("Choose it from the lists above.") in said(room, "file") and isinstance(room.made["read"], BadInput)
    assert room.columns.choices["customer"].value == "Customer" and not room.columns.choices["paid"].value
    assert not beside(path).exists() and not room.rows.report.value
    room.columns.choices["paid"].value = "Wann kam das Geld"
    room.run_now()
    assert len(room.made["read"].ledger) == 60 and beside(path).name in said(room, "file")
    assert len(read_ledger(path)) == 60  # every other command knows it from now on


def test_a_header_of_which_no_name_is_known_can_be_put_right(room, tmp_path):
    path = written(tmp_path / "strange.csv", "Alpha,Beta,Gamma,Delta,Epsilon,Zeta")
    own(room, path)
    room.run_now("file")
    choices = room.columns.choices
    assert "Alpha" in dict(choices["invoice"].options) and isinstance(room.made["read"], BadInput)
    fields = ("invoice", "customer", "issued", "due", "amount", "paid")
    for field, header in zip(fields, ("Alpha", "Beta", "Gamma", "Delta", "Epsilon", "Zeta"), strict=True):
        choices[field].value = header
        room.run_now("file")
    assert len(room.made["read"].ledger) == 60
    choices["paid"].value, choices["due"].value = "Delta", "Zeta"  # swapped: what is taken from one is not left with two
    assert room.columns.told["paid"] == "Delta" and room.columns.told["due"] == "Zeta"


def test_an_upload_is_read_and_nothing_of_it_stays(room, tmp_path):
    room.source.kind.value = OWN
    content = FAULTS.read_bytes()
    room.source.upload.value = ({"name": "mine.csv", "type": "text/csv", "size": len(content), "content": memoryview(content),
                                 "last_modified": datetime(2025, 1, 1, tzinfo=UTC)},)  # fmt: skip
    room.run_now("file", "rows")
    assert len(room.made["read"].ledger) == 172 and "mine.csv" in said(room, "file")
    assert list(tmp_path.rglob("*mine*")) == []


def test_open_and_closed_items_may_be_two_uploads(tmp_path):
    ledger = read_ledger(demo_ledger())
    for name, keep in (("open.csv", ledger.open), ("closed.csv", ~ledger.open)):
        write_ledger(ledger.picked(keep), tmp_path / name)
    reading = ledger_work.read(Pick(OWN, None, {path.name: path.read_bytes() for path in sorted(tmp_path.iterdir())}), {})
    assert len(reading.found.ledger) == len(ledger) and len(reading.files) == 2


def test_faulty_rows_wait_for_a_word_of_the_user(room, tmp_path, language):
    _, head, *rows = FAULTS.read_text("utf-8-sig").splitlines()
    own(room, written(tmp_path / "own.csv", head, rows))
    room.run_now()
    assert not room.rows.skip.value and isinstance(room.made["company"], BadInput)
    assert "9" in said(room, "fit") and not room.fit.curves.value
    room.rows.skip.value = True
    room.run_now("fit")
    assert isinstance(room.made["company"], Company) and room.fit.curves.value[:4] == b"\x89PNG" and room.fit.weekly.value[:4] == b"\x89PNG"


def test_a_wrong_file_leaves_nothing_of_the_one_before(room, tmp_path, language):
    room.run_now("file", "rows", "fit", "keep")
    assert room.rows.report.value and room.fit.curves.value
    (tmp_path / "wrong.csv").write_bytes(b"PK\x03\x04")
    own(room, tmp_path / "wrong.csv")
    room.run_now()
    with words.speaking(language):
        assert words.say("This is an Excel workbook under the name of a text file.") in said(room, "file")
    assert not room.rows.report.value and room.fit.body.layout.display == "none" and room.belief.found.layout.display == "none"
    room.kept.save.click()
    assert not list(tmp_path.rglob("*.json"))


def test_only_the_user_can_tell_the_order_of_dates(room, tmp_path):
    rows = [f"R-{n:03},C{n % 4},0{1 + n % 9}/03/2024,0{1 + n % 9}/04/2024,{100 + n}.00,0{1 + n % 9}/05/2024" for n in range(60)]
    own(room, written(tmp_path / "dates.csv", rows=rows))
    room.run_now("file")
    label, control = room.source.asked["--dates"]
    assert label in said(room, "file") and "--dates" not in said(room, "file")
    control.value = "day-first"
    room.run_now("file")
    assert room.made["read"].ledger.issued.max().item().month == 3


def test_the_report_names_every_fate_and_comes_as_a_workbook(room, language, tmp_path):
    room.run_now("rows")
    page = intake_page.as_html(take_in(FAULTS))
    assert room.rows.report.value == page and all(f"<b>{count}</b>" in page for count in (188, 172, 1, 6, 9))
    room.rows.make.click()
    data = base64.b64decode(re.search(r"base64,([^\"]+)", room.rows.link.value)[1])
    (tmp_path / "report.xlsx").write_bytes(data)
    book = openpyxl.load_workbook(tmp_path / "report.xlsx")
    assert book.worksheets[1].max_row == 189 and "C051" not in str([[cell.value for cell in row] for row in book.worksheets[1].rows])


def test_the_exercise_borrows_its_verdict_and_says_so(room, monkeypatch):
    asked = []
    monkeypatch.setattr(ledger_work, "backtest", lambda ledger, split, progress: asked.append((ledger.source, split)) or _thin())
    room.run_now("belief")
    assert asked == [("demo_ledger.csv", room.belief.split.value)] and str(asked[0][1]) == "2024-08-31"
    room.belief.split.value = splits(read_ledger(demo_ledger()))[0]
    room.run_now("belief")
    assert len(asked) == 2 and asked[1][1] < asked[0][1]


def _thin():
    raise BadInput()


def test_the_verdict_in_plain_words(room, language):
    room.source.kind.value = DEMO
    room.run_now("belief")
    assert room.belief.verdict.value.count("<li>") == 4 and room.belief.picture.value[:4] == b"\x89PNG"
    assert not room.belief.said.value and "CRPS" in room.belief.figures.value


def test_a_thin_ledger_of_ones_own_gets_no_verdict(room, tmp_path):
    own(room, written(tmp_path / "thin.csv"))
    room.run_now("belief")
    assert isinstance(room.made["tested"], BadInput) and "200" in said(room, "belief") and room.belief.split.value is None


def test_a_company_comes_back_as_it_was_saved(learnt, tmp_path):
    _, company = learnt
    write_company(company, tmp_path / "one.json", "EUR")
    again, currency = read_company(tmp_path / "one.json")
    write_company(again, tmp_path / "two.json", "EUR")
    assert currency == "EUR" and (tmp_path / "one.json").read_bytes() == (tmp_path / "two.json").read_bytes()
    assert again.found.gap == company.found.gap and again.found.under == company.found.under and again.warmup == company.warmup
    assert again.found.told() == {} or set(again.found.told()) == set(company.found.told())
    both = [compare(["baseline", "do_nothing"], one, days=60, replications=2, seed=3).summary() for one in (company, again)]
    assert both[0].equals(both[1])


@pytest.mark.parametrize("spoil", [
    lambda told: told.update(version=99), lambda told: told["population"].pop("payer"), lambda told: told["population"]["ids"].pop(),
    lambda told: told["population"]["base"]["values"].pop(), lambda told: told["population"]["payer"]["values"].__setitem__(0, "x"),
    lambda told: told["population"]["opening"]["customer"]["values"].__setitem__(0, 999), lambda told: told["found"].pop("first"),
    lambda told: told.clear(),
])  # fmt: skip
def test_a_spoilt_company_is_refused(learnt, tmp_path, spoil):
    write_company(learnt[1], tmp_path / "one.json")
    told = json.loads((tmp_path / "one.json").read_text("utf-8"))
    spoil(told)
    (tmp_path / "one.json").write_text(json.dumps(told), "utf-8")
    with pytest.raises(BadInput):
        read_company(tmp_path / "one.json")


def test_what_cannot_be_written_or_read_is_said(learnt, tmp_path):
    for path in (tmp_path / "one.txt", tmp_path / "file" / "one.json"):
        (tmp_path / "file").write_text("")
        with pytest.raises(BadInput):
            write_company(learnt[1], path)
    with pytest.raises(BadInput):
        read_company(tmp_path / "nowhere.json")


def test_the_lab_begins_with_the_company_that_was_kept(room, tmp_path, language):
    room.run_now("keep")
    room.kept.path.value = str(tmp_path / "mine" / "practice")
    room.kept.lab.click()
    path = tmp_path / "mine" / "practice.json"
    assert path.is_file() and "policy_lab.ipynb" in str(room.kept.link.outputs)
    lab = Lab(tmp_path / "state" / "lab.json")
    lab.days.value = 30
    lab.run_now(2)
    assert lab.setting.source == memory.Source("file", str(path)) and lab.firm.name == "demo_ledger_faults.csv"
    assert len(lab.company.population) == len(room.made["company"].population) == 22
    assert [side.base for side in lab.setting.sides.values()] == ["do_nothing", "source_recovery_plan"]
    lab.close()

    before = path.read_bytes()
    room.kept.save.click()  # it is there already
    assert "policy_lab" not in str(room.kept.link.outputs) and path.read_bytes() == before
    room.kept.over.value = True
    room.kept.path.value = str(path)
    room.kept.save.click()
    assert str(path) in room.kept.said.value


def test_the_labs_other_choices_are_kept(room, tmp_path):
    lab = Lab(tmp_path / "state" / "lab.json")
    lab.days.value = 77
    assert memory.save(lab.setting, tmp_path / "state" / "lab.json")
    room.run_now("keep")
    room.kept.path.value = str(tmp_path / "mine.json")
    room.kept.lab.click()
    setting, _ = memory.recall(tmp_path / "state" / "lab.json")
    assert setting.days == 77 and setting.source.path == str(tmp_path / "mine.json")


def test_groups_by_a_column_of_the_file_else_by_size(learnt, tmp_path):
    path = written(tmp_path / "own.csv", HEAD + ",Clerk,区域", extra=lambda n: f"{'AB'[n % 2]},{'东西'[n % 4 > 1]}")
    intake = take_in(path)
    found = by_column(intake)
    assert list(found) == ["区域", "Clerk"]  # what names a segment comes first
    for name, customer, group in zip(intake.ledger.invoice, intake.ledger.customer, found["区域"].group, strict=True):
        assert found["区域"].names[group] == ("东西"[int(name[2:]) % 4 > 1]) and customer
    ledger = learnt[0]
    sizes = by_size(ledger)
    total = {name: sum(amount for who, amount in zip(ledger.customer, ledger.amount.tolist(), strict=True) if who == name)
             for name in set(ledger.customer)}  # fmt: skip
    third = dict(zip(ledger.customer, sizes.group.tolist(), strict=True))
    assert min(total[who] for who in total if third[who] == 0) >= max(total[who] for who in total if third[who] == 1)
    assert min(total[who] for who in total if third[who] == 1) >= max(total[who] for who in total if third[who] == 2)


def test_what_is_laid_side_by_side_is_the_same_invoices(learnt):
    ledger, company = learnt
    found = repeat(company, ledger, by_size(ledger))
    whole, *groups = found.groups
    assert whole.count == sum(group.count for group in groups) and len(groups) == 3
    np.testing.assert_allclose(whole.came, sum(group.came for group in groups))
    np.testing.assert_allclose(whole.cash[0], sum(group.cash[0] for group in groups))
    assert whole.observed[0] <= 1 and (np.diff(whole.observed) <= 1e-12).all() and (np.diff(whole.model) <= 1e-12).all()
    assert whole.gap < 0.1
    first = np.datetime64(found.start)
    paid = ledger.paid[(ledger.issued >= first) & ~ledger.open]
    amount = ledger.amount[(ledger.issued >= first) & ~ledger.open]
    assert whole.came.sum() == amount[(paid - first).astype(int) < 7 * len(whole.came)].sum()


def test_splits_leave_enough_on_both_sides():
    ledger = read_ledger(demo_ledger())
    for day in splits(ledger):
        assert (ledger.paid[~ledger.open] <= np.datetime64(day)).sum() >= 200 and (ledger.issued > np.datetime64(day)).sum() >= 50


def test_a_choice_made_during_the_work_replaces_it(room, monkeypatch):
    begun, going = threading.Event(), threading.Event()
    of = Company.of

    def slow(ledger, **options):
        if not begun.is_set():
            begun.set()
            going.wait(20)
            options["progress"](0.5)  # must not come back from here
            pytest.fail("went on with what nobody wants")
        return of(ledger, **options)

    monkeypatch.setattr(Company, "of", slow)
    monkeypatch.setattr(my_ledger.MyLedger, "_failed", lambda self, error: setattr(self, "error", error))
    room._wanted = {"file", "keep"}
    room.runner.begin(room._steps)
    assert begun.wait(20)
    room.source.under.value = "do_nothing"
    going.set()
    assert room.runner.wait(60) and room.made["company"].found.under.name == "do_nothing"


def test_the_parts_are_all_there(room):
    assert all(getattr(room, part).box for part in PARTS)
