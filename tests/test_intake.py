"""A ledger taken in: the user's columns, companies and currencies, the report as a workbook, pseudonyms; and the commands for them."""

import json

import numpy as np
import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from odd_ledgers import FOLDER, GOOD, HEAD, text
from planted_ledger import FILE, lines

from arsim import cli
from arsim.domain.doubts import doubts
from arsim.domain.intake import How, take_in
from arsim.domain.ledger import write_ledger
from arsim.domain.mapping import beside, read_mapping, save_mapping
from arsim.domain.neutral import neutral, plain
from arsim.domain.problem import BadInput
from arsim.domain.pseudonyms import anonymised, secret_in
from arsim.domain.reading import read_ledger
from arsim.domain.sheet import Fate
from arsim.report import intake_book, words
from arsim.study.company import demo_ledger

SECRET = b"sixteen characters or more"
GERMAN = "Beleg;Kunde;Belegdatum;Faellig;Betrag;Bezahlt\nA1;Acme;2025-03-05;2025-04-04;10,50;\n"
NAMED = {"invoice": "Beleg", "customer": "Kunde", "issued": "Belegdatum", "due": "Faellig", "amount": "Betrag", "paid": "Bezahlt"}


@pytest.fixture(autouse=True)
def own_language(monkeypatch):
    monkeypatch.setattr(words, "_current", None)


def run(capsys, *arguments):
    code = cli.main([str(argument) for argument in arguments])
    return code, *capsys.readouterr()


def test_the_users_columns_are_kept_beside_the_file(tmp_path):
    path = tmp_path / "offene Posten.csv"
    path.write_text(GERMAN, "utf-8")
    with pytest.raises(BadInput, match="No header row"):
        take_in(path)
    assert take_in(path, How(columns=NAMED)).ledger.amount.tolist() == [1050]
    assert save_mapping(path, NAMED).name == "offene Posten.csv.columns.toml"
    assert read_mapping(path) == NAMED and take_in(path).ledger.customer == ("Acme",)


def test_the_users_word_counts_more_than_ours(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(text(good=[row + ",7.00" for row in GOOD], head=HEAD + ",Net"))
    save_mapping(path, {"amount": "Net"})
    assert set(take_in(path).ledger.amount.tolist()) == {700}


@given(st.text(st.characters(codec="utf-8"), min_size=1).filter(str.strip))
def test_any_header_can_be_kept(tmp_path_factory, header):
    path = tmp_path_factory.mktemp("kept") / "a.csv"
    save_mapping(path, {"amount": header})
    assert read_mapping(path) == {"amount": header}


@pytest.mark.parametrize(
    "written, word", [("sum = 'x'", "no field called sum"), ("amount = 3", "not named by text"), ("amount =", "cannot be read")]
)
def test_wrong_column_files_are_explained(tmp_path, written, word):
    (tmp_path / "a.csv").write_bytes(text())
    beside(tmp_path / "a.csv").write_text(written, "utf-8")
    with pytest.raises(BadInput, match=word) as caught:
        take_in(tmp_path / "a.csv")
    assert caught.value.problems[0].file == "a.csv.columns.toml"


def test_the_columns_command_shows_and_keeps(capsys, tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(GERMAN, "utf-8")
    code, out, err = run(capsys, "ledger", "columns", path, *(f"{name}={header}" for name, header in NAMED.items()), "--lang", "en")
    assert code == 0 and "Betrag" in out and "columns.toml" in err and read_mapping(path) == NAMED
    assert run(capsys, "ledger", "columns", path, "--lang", "zh")[0] == 0
    for wrong in ("amount=Sum", "amount", "sum=Betrag"):
        assert run(capsys, "ledger", "columns", path, wrong, "--lang", "en")[0] == 2
    assert read_mapping(path) == NAMED


def test_one_company_or_currency_of_several():
    for name, options, kept in (("several_companies.csv", {"company": "1000"}, 2), ("several_companies.csv", {"company": "2000"}, 1),
                                ("several_currencies.csv", {"currency": "USD"}, 1),
                                ("several_currencies.csv", {"currency": "人民币"}, 2)):  # fmt: skip
        intake = take_in(FOLDER / name, How(**options))
        assert len(intake.ledger) == kept and intake.count(Fate.DROPPED) == 3 - kept
    with pytest.raises(BadInput, match="no company 3000"):
        take_in(FOLDER / "several_companies.csv", How(company="3000"))
    with pytest.raises(BadInput, match="no column for the company"):
        take_in(FOLDER / "few.csv", How(company="3000"))
    with pytest.raises(BadInput, match="no amounts in EUR"):
        take_in(FOLDER / "several_currencies.csv", How(currency="EUR"))


def test_faulty_rows_can_be_left_out_only_when_asked():
    with pytest.raises(BadInput) as caught:
        read_ledger(FILE)
    faulty = [row for row, (fate, _) in lines()[1].items() if fate == "FAULTY"]
    assert [problem.row for problem in caught.value.problems] == faulty
    assert len(read_ledger(FILE, skip=True)) == len(take_in(FILE).ledger) > 100


def test_nothing_is_doubted_of_the_demo_ledger():
    assert not doubts(read_ledger(demo_ledger()))


TEXTS = st.text(st.sampled_from("=+-@'\t\rA1. ,%")) | st.text(max_size=5)


@given(TEXTS)
def test_what_is_neutralised_comes_back(name):
    changed = neutral(name)
    assert changed[:1] not in tuple("=@\t\r") and (changed[:1] not in ("+", "-") or changed.strip("+-0123456789.,%") == "")
    assert plain(changed) == name or name.startswith("'") and changed == name


def test_formulas_are_neutralised_and_read_back(tmp_path):
    (tmp_path / "a.csv").write_bytes(
        text('A3,"=HYPERLINK(""http://x"")",2025-03-07,2025-04-06,7.00,', "A4,@SUM(A1),2025-03-07,2025-04-06,7.00,")
    )
    ledger = read_ledger(tmp_path / "a.csv")
    write_ledger(ledger, tmp_path / "b.csv")
    assert "\"'=HYPERLINK" in (tmp_path / "b.csv").read_text("utf-8-sig") and ",'@SUM" in (tmp_path / "b.csv").read_text("utf-8-sig")
    assert read_ledger(tmp_path / "b.csv").customer == ledger.customer


def cells(path):
    return {sheet.title: [[cell for cell in row] for row in sheet.iter_rows()] for sheet in openpyxl.load_workbook(path)}


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_the_report_marks_the_offending_rows_and_names_nobody(tmp_path, language):
    intake, out = take_in(FILE), tmp_path / "report.xlsx"
    with words.speaking(language):
        intake_book.write(intake, out)
    summary, rows = cells(out).values()
    assert [cell.value for row in summary[1:6] for cell in row[1:2]] == [len(intake.sheet), *(intake.count(fate) for fate in Fate)]
    assert len(rows) == len(intake.sheet) + 1
    expected = lines()[1]
    for row in rows[1:]:
        fate, said = expected.get(row[1].value, ("LOADED", None))
        coloured = row[3].fill.fgColor.rgb[2:] != "000000"
        assert coloured == (said is not None)
        if said and language == "en":
            assert said in row[3].value
        if fate == "FAULTY":
            assert any(cell.font.bold for cell in row[4:])
    shown = "\n".join(str(cell.value) for row in (*summary, *rows) for cell in row)
    assert "accounts receivable" not in shown and not [name for name in set(intake.ledger.customer) if name in shown]
    intake_book.write(intake, out, names=True)
    assert intake.ledger.customer[0] in "\n".join(str(cell.value) for row in cells(out)["Rows"] for cell in row)


def test_the_report_calculates_nothing(tmp_path):
    (tmp_path / "a.csv").write_bytes(text("=1+1,=2+2,2025-03-07,2025-04-06,=7,", "A4,\x01Acme,2025-03-07,2025-02-06,7.00,"))
    intake_book.write(take_in(tmp_path / "a.csv"), tmp_path / "r.xlsx", names=True)
    found = [cell for rows in cells(tmp_path / "r.xlsx").values() for row in rows for cell in row]
    assert not [cell for cell in found if cell.data_type == "f"] and "'=1+1" in [cell.value for cell in found]


def test_long_ledgers_show_the_offending_rows_only(tmp_path, monkeypatch):
    monkeypatch.setattr(intake_book, "ALL", 50)
    intake_book.write(take_in(FILE), tmp_path / "r.xlsx")
    assert len(cells(tmp_path / "r.xlsx")["Rows"]) == 2 + len(lines()[1])


def test_pseudonyms_are_stable_and_hide_every_name():
    ledger = read_ledger(demo_ledger())
    one, two, other = anonymised(ledger, SECRET), anonymised(ledger, SECRET), anonymised(ledger)
    assert one.customer == two.customer and one.invoice == two.invoice and set(one.customer).isdisjoint(other.customer)
    assert len(set(one.customer)) == len(set(ledger.customer)) and len(set(one.invoice)) == len(ledger)
    assert not set(one.customer) & set(ledger.customer) and not set(one.invoice) & set(ledger.invoice)
    assert sorted(one.amount) == sorted(ledger.amount) and (one.amount.sum(), one.open.sum()) == (ledger.amount.sum(), ledger.open.sum())
    part = ledger.picked(ledger.open)
    assert set(anonymised(part, SECRET).customer) <= set(one.customer)


def test_jitter_moves_amounts_a_little_and_keeps_delays():
    ledger = read_ledger(demo_ledger())
    exact, moved = anonymised(ledger, SECRET), anonymised(ledger, SECRET, amounts=True, dates=True)
    at = {number: place for place, number in enumerate(moved.invoice)}
    order = np.array([at[number] for number in exact.invoice])
    assert tuple(moved.customer[place] for place in order) == exact.customer
    amount = moved.amount[order]
    assert (np.abs(amount - exact.amount) <= 0.1 * exact.amount + 1).all() and np.mean(amount != exact.amount) > 0.9
    shift = (moved.issued[order] - exact.issued).astype(int)
    assert set(np.unique(shift)) == {-14, -7, 0, 7, 14}
    assert (np.where(exact.open, 0, (moved.paid[order] - exact.paid).astype(int)) == np.where(exact.open, 0, shift)).all()
    assert ((moved.due[order] - exact.due).astype(int) == shift).all()


def test_a_secret_is_made_kept_and_refused_where_too_short(tmp_path):
    made = secret_in(tmp_path / "secret")
    assert len(made) >= 16 and secret_in(tmp_path / "secret") == made
    (tmp_path / "short").write_text("abc")
    with pytest.raises(BadInput, match="too short"):
        secret_in(tmp_path / "short")
    with pytest.raises(BadInput, match="cannot be kept"):
        secret_in(tmp_path / "none" / "secret")


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_the_anonymise_command(capsys, tmp_path, language):
    out = tmp_path / "out.csv"
    command = ("ledger", "anonymise", FILE, out, "--secret", tmp_path / "key", "--lang", language)
    assert run(capsys, *command)[0] == 2 and not out.exists()  # faults, and nobody said to skip them
    code, said, _ = run(capsys, *command, "--skip-faulty")
    assert code == 0 and not any(name in said for name in set(take_in(FILE).ledger.customer))
    first, content = read_ledger(out), out.read_text("utf-8-sig")
    assert "C036" not in content and "DEMO" not in content and len(first) == len(take_in(FILE).ledger)
    assert run(capsys, *command, "--skip-faulty", "--jitter-amounts", "--jitter-dates")[0] == 0
    assert set(read_ledger(out).customer) == set(first.customer)
    for wrong in (FILE, tmp_path / "out.pdf"):
        assert run(capsys, "ledger", "anonymise", FILE, wrong, "--skip-faulty")[0] == 2


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_the_check_command_reports_before_loading(capsys, tmp_path, language):
    report = tmp_path / "report.xlsx"
    code, out, err = run(capsys, "ledger", "check", FILE, "--read-only", "--report", report, "--lang", language)
    assert code == 2 and out == "" and report.exists() and "--skip-faulty" in err
    code, out, _ = run(capsys, "ledger", "check", FILE, "--read-only", "--skip-faulty", "--lang", language)
    assert code == 0 and f"{len(take_in(FILE).ledger)}" in out and ("Effect" if language == "en" else "影响") in out
    assert run(capsys, "ledger", "check", FILE, "--report", tmp_path / "r.txt")[0] == 2
    assert run(capsys, "ledger", "check", FILE, "--report", tmp_path / "none" / "r.xlsx", "--skip-faulty", "--read-only")[0] == 2


def test_two_files_may_be_checked_and_compared(capsys, tmp_path):
    book = read_ledger(demo_ledger())
    write_ledger(book.picked(book.open), tmp_path / "open.csv")
    write_ledger(book.picked(~book.open), tmp_path / "closed.csv")
    code, out, _ = run(capsys, "ledger", "check", tmp_path / "open.csv", tmp_path / "closed.csv", "--read-only", "--lang", "en")
    assert code == 0 and f"{len(book):,} invoices" in out
    both = ("--ledger", tmp_path / "open.csv", "--ledger", tmp_path / "closed.csv")
    code, out, _ = run(capsys, "compare", "do_nothing", "baseline", *both, "--days", "30", "--replications", "2", "--json", "--lang", "en")
    assert code == 0 and json.loads(out)["replications"] == 2


def test_an_anonymised_ledger_is_read_with_the_same_counts(capsys, tmp_path):
    for source, more in ((FILE, ["--skip-faulty", "--jitter-amounts", "--jitter-dates"]), (demo_ledger(), [])):
        out = tmp_path / f"{source.stem}.csv"
        assert run(capsys, "ledger", "anonymise", source, out, *more)[0] == 0
        before, after = take_in(source), take_in(out)
        assert after.count(Fate.LOADED) == len(after.sheet) == before.count(Fate.LOADED) > 100
        for count in (lambda ledger: len(set(ledger.customer)), lambda ledger: int(ledger.open.sum()), lambda ledger: len(ledger)):
            assert count(after.ledger) == count(before.ledger)
        late = [np.sort((ledger.paid - ledger.due)[~ledger.open].astype(int)) for ledger in (before.ledger, after.ledger)]
        assert (late[0] == late[1]).all()
