"""A saved company wherever a ledger is taken, and what the lab says of a file that only `my_ledger` can put right."""

import json
import re

import pytest

from arsim import cli
from arsim.domain.intake import take_in
from arsim.domain.mapping import save_mapping
from arsim.domain.places import place
from arsim.domain.problem import BadInput
from arsim.report import words
from arsim.study.company import Company
from arsim.study.company_file import read_company, write_company
from arsim.workbook.companies import CompanyPanel, Wish
from arsim.workbook.memory import Source
from arsim.workbook.my_ledger import MyLedger

HEAD = "Invoice number,Customer,Issue date,Due date,Amount,Paid date"
ROWS = [f"R-{n:03},C{n % 4},2024-{1 + n % 9:02}-05,2024-{2 + n % 9:02}-04,{100 + n}.00,2024-{2 + n % 9:02}-{6 + n % 9:02}"
        for n in range(60)]  # fmt: skip
COMPARE = ("compare", "baseline", "do_nothing", "--replications", "2", "--days", "60", "--seed", "5")


@pytest.fixture(scope="module")
def saved(tmp_path_factory):
    """A ledger, and the company learnt from it, saved."""
    folder = tmp_path_factory.mktemp("saved")
    ledger = _written(folder / "book.csv")
    company = Company.of(take_in(ledger).ledger)
    write_company(company, folder / "book.json", "EUR")
    return ledger, folder / "book.json", company


def _written(path, head=HEAD, tail=""):
    path.write_text("\n".join([head, *(row + tail for row in ROWS)]) + "\n", "utf-8")
    return path


def _run(capsys, *arguments):
    return cli.main([str(one) for one in arguments]), *capsys.readouterr()


def test_compare_takes_a_saved_company_as_it_takes_its_ledger(capsys, saved):
    ledger, company, _ = saved
    code, out, _ = _run(capsys, *COMPARE, "--ledger", ledger, "--json")
    again, other, _ = _run(capsys, *COMPARE, "--ledger", company, "--json")
    assert code == again == 0
    first, second = json.loads(out), json.loads(other)
    changed = {key for key in first if first[key] != second[key]}
    assert changed <= {"currency", "warning", "money", "company"} and "book.csv" in other and "EUR" in other


def test_a_claim_is_tested_on_a_saved_company_under_the_policy_it_was_learnt_under(capsys, saved, tmp_path):
    write_company(Company.of(take_in(saved[0]).ledger, under="do_nothing"), tmp_path / "other.json")
    claim = ("experiment", "run", "collection_period", "--replications", "2", "--seed", "5", "--json")
    code, out, err = _run(capsys, *claim, "--ledger", saved[0], "--under", "do_nothing")
    again, other, _ = _run(capsys, *claim, "--ledger", tmp_path / "other.json")
    assert code == again == 0 and json.loads(out) == json.loads(other), err


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_what_does_not_go_with_a_saved_company_is_refused(capsys, saved, language):
    ledger, company, _ = saved
    for more, told in [(("--as-of", "2024-05-01"), "--as-of"), (("--dates", "day-first", "--under", "do_nothing"), "--dates"),
                       (("--ledger", ledger), "book.json")]:  # fmt: skip
        code, _, err = _run(capsys, *COMPARE, "--ledger", company, *more, "--lang", language)
        assert code == cli.BAD_INPUT and told in err and "{" not in err and bool(re.search("[一-鿿]", err)) == (language == "zh")


# content → the place, the words of the English
NO_COMPANY = {
    "other JSON": ('{"kind": "a recipe"}', ['key "kind"', "a recipe", "no company saved by arsim"]),
    "a list": ("[1, 2]", ['key "kind"', "no company saved by arsim"]),
    "text": ("Invoice number,Customer\nA1,Acme", ["row 1", 'value "Invoice number', "not a JSON file"]),
    "broken off": ('{"kind": "arsim company",\n "version"', ["row 2", "not a JSON file"]),
    "no text": (b"\xff\xfe\x00\xd8", ["not a JSON file"]),
    "nothing": ("", ["row 1", "not a JSON file"]),
    "another version": ('{"kind": "arsim company", "version": 7}', ['key "version"', 'value "7"', "version 1"]),
    "half": ('{"kind": "arsim company", "version": 1}', ['key "population"', "incomplete"]),
}


@pytest.mark.parametrize("case", NO_COMPANY)
def test_a_json_that_is_no_company_is_told_with_file_place_and_remedy(capsys, tmp_path, case):
    content, told = NO_COMPANY[case]
    path = tmp_path / "mine.json"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    _, _, english = _run(capsys, *COMPARE, "--ledger", path)
    code, _, chinese = _run(capsys, *COMPARE, "--ledger", path, "--lang", "zh")
    assert code == cli.BAD_INPUT and "mine.json" in english and "mine.json" in chinese
    assert [part for part in told if part not in english] == []
    assert ("Save the company" in english) and ("保存" in chinese) and "{" not in chinese.replace('{"', "")
    panel = CompanyPanel(lambda wish: None)
    for source, data in ((Source("file", str(path)), None), (Source("upload", "mine.json"), path.read_bytes())):
        with pytest.raises(BadInput) as caught:
            Wish(source, data).learn()
        with words.speaking("en"):
            panel.refuse(caught.value)
        assert "mine.json" in panel.said.value and "Save the company" in panel.said.value


def test_a_spoilt_key_is_named(saved, tmp_path):
    told = json.loads(saved[1].read_text("utf-8"))
    told["population"]["ids"].pop()
    (tmp_path / "one.json").write_text(json.dumps(told), "utf-8")
    with pytest.raises(BadInput) as caught:
        read_company(tmp_path / "one.json")
    assert caught.value.problems[0].key.startswith("population.")


def test_the_lab_takes_a_saved_company_by_path_and_by_upload(saved):
    _, path, company = saved
    for source, data in ((Source("file", str(path)), None), (Source("upload", "book.json"), path.read_bytes())):
        found, said, firm = Wish(source, data).learn()
        assert found.population.ids == company.population.ids and "book.csv" in said and (firm.name, firm.currency) == ("book.csv", "EUR")
    assert ".json" in CompanyPanel(lambda wish: None).upload.accept


# What only `my_ledger` asks: a column of each row, or an amount for all; the menu of `my_ledger` that answers it.
ASKED = {
    "--currency": (HEAD + ",Currency", lambda n: ",CNY" if n % 2 else ",USD", None),
    "--company-code": (HEAD + ",Company code", lambda n: ",1000" if n % 2 else ",2000", None),
    "--decimal": (HEAD, None, lambda n: "1.234"),
    "--encoding": (HEAD, None, None),
    "columns": (HEAD.replace("Paid date", "Wann kam das Geld"), None, None),
}


@pytest.mark.parametrize("language", words.LANGUAGES)
@pytest.mark.parametrize("case", ASKED)
def test_the_lab_sends_to_my_ledger_by_its_own_menus(tmp_path, monkeypatch, case, language):
    head, tail, amount = ASKED[case]
    lines = []
    for n, row in enumerate(ROWS):
        cells = row.split(",")
        cells[4] = amount(n) if amount else cells[4]
        cells[1] = "Müller" if case == "--encoding" else cells[1]
        lines.append(",".join(cells) + (tail(n) if tail else ""))
    path = tmp_path / "own.csv"
    path.write_bytes("\n".join([head, *lines]).encode("cp1252" if case == "--encoding" else "utf-8"))
    monkeypatch.chdir(tmp_path)
    with words.speaking(language):
        with pytest.raises(BadInput) as caught:
            Wish(Source("file", str(path))).learn()
        panel, room = CompanyPanel(lambda wish: None), MyLedger(tmp_path / "state.json")
        panel.refuse(caught.value)
        told = panel.said.value
        menus = [room.kept.save.description, next(label for label, kind in room.source.kind.options if kind == "own")]
        menus += [room.source.asked[case][0]] if case in room.source.asked else []
        room.close()
    assert "own.csv" in told and "my_ledger" in told and "--" not in re.sub("<[^>]*>", "", told)
    assert [menu for menu in menus if menu not in told] == []


def test_columns_kept_beside_the_file_count_in_the_lab_and_in_compare(capsys, tmp_path):
    path = _written(tmp_path / "own.csv", HEAD.replace("Paid date", "Wann kam das Geld"))
    with pytest.raises(BadInput):
        Wish(Source("file", str(path))).learn()
    save_mapping(path, {"paid": "Wann kam das Geld"})
    company, _, firm = Wish(Source("file", str(path))).learn()
    assert len(company.population) == 4 and firm.name == "own.csv"
    code, out, err = _run(capsys, *COMPARE, "--ledger", path)
    assert code == 0 and "own.csv" in out, err


def test_the_demo_ledger_is_no_saved_company():
    with pytest.raises(BadInput, match="not a JSON file"):
        read_company(place("data") / "demo_ledger.csv")
