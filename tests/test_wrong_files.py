"""Wrong files, each with a clear word on where and what to do, in both languages; and nothing left behind."""

import re

import pytest

from arsim.domain.problem import BadInput
from arsim.domain.reading import read_ledger
from arsim.report import words

HEADER = "Invoice number,Customer,Issue date,Due date,Amount,Paid date\n"
GOOD = "A1,Acme,2025-03-05,2025-04-04,1234.56,\n"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1528)

# name: (file, content, row, column, value, words of the English text)
WRONG = {
    "missing column": ("a.csv", "Invoice number,Customer,Issue date,Due date,Paid date\nA1,Acme,2025-03-05,2025-04-04,\n", 1, None, None,
                       ["no column for the amount", '"Amount"', '"Customer"']),
    "text in amount": ("a.csv", HEADER + GOOD + "A2,Acme,2025-03-05,2025-04-04,about 5000,\n", 3, "Amount", "about 5000",
                       ["not an amount", "1234.56"]),
    "31 February": ("a.csv", HEADER + "A1,Acme,2025-02-31,2025-04-04,1234.56,\n", 2, "Issue date", "2025-02-31", ["does not exist"]),
    "31 February, day first": ("a.csv", HEADER + "A1,Acme,31/02/2025,2025-04-04,1,\n", 2, "Issue date", "31/02/2025", ["does not exist"]),
    "due before issue": ("a.csv", HEADER + "A1,Acme,2025-03-05,2025-03-04,1,\n", 2, "Due date", "2025-03-04",
                         ["before it was issued", "2025-03-05"]),
    "paid before issue": ("a.csv", HEADER + "A1,Acme,2025-03-05,2025-04-04,1,2025-03-01\n", 2, "Paid date", "2025-03-01",
                          ["before it was issued", "2025-03-05"]),
    "duplicate number": ("a.csv", HEADER + GOOD + "A2,Acme,2025-03-05,2025-04-04,1,\n" + GOOD.replace("56", "57"), 4,
                         "Invoice number", "A1", ["in row 2"]),
    "missing customer": ("a.csv", HEADER + "A1,,2025-03-05,2025-04-04,1,\n", 2, "Customer", None, ["customer is missing"]),
    "negative amount": ("a.csv", HEADER + "A1,Acme,2025-03-05,2025-04-04,-5.00,\n", 2, "Amount", "-5.00",
                        ["nothing says why", "credit note"]),
    "empty": ("a.csv", HEADER, 1, None, None, ["no invoices"]),
    "blank": ("a.csv", " \n\n", None, None, None, ["file is empty"]),
    "wrong encoding": ("a.csv", HEADER.encode() + GOOD.replace("Acme", "Müller").encode("cp1252"), 2, None, None, ["--encoding", "\\xfc"]),
    "html": ("a.csv", "\n<!DOCTYPE html>\n<html><body>请登录</body></html>", 1, None, "<!DOCTYPE html>", ["web page"]),
    "html in gbk": ("a.csv", "<html>\n<title>请登录</title>".encode("gbk"), 1, None, "<html>", ["web page"]),
    "html as xls": ("a.xls", "<table><tr><td>1</td></tr></table>", 1, None, None, ["web page"]),
    "password": ("a.xlsx", OLE, None, None, None, ["password", "without a password"]),
    "password, as Excel writes it": ("a.xlsx", OLE + "EncryptedPackage".encode("utf-16-le") + bytes(512), None, None, None, ["password"]),
    "password, named xls": ("a.xls", OLE + "EncryptedPackage".encode("utf-16-le") + bytes(512), None, None, None, ["password"]),
    "damaged xls": ("a.xls", OLE, None, None, None, ["damaged or protected"]),
    "0 bytes": ("a.csv", b"", None, None, None, ["file is empty"]),
    "0 bytes, workbook": ("a.xlsx", b"", None, None, None, ["file is empty"]),
    "damaged workbook": ("a.xlsx", b"PK\x03\x04" + bytes(100), None, None, None, ["damaged"]),
    "text as workbook": ("a.xlsx", HEADER + GOOD, None, None, None, ["not an Excel workbook", ".csv"]),
    "workbook as text": ("a.csv", b"PK\x03\x04" + bytes(100), None, None, None, [".xlsx"]),
    "not text": ("a.csv", HEADER + "\0\1\2", None, None, None, ["not a text file"]),
    "no header": ("a.csv", "1,2,3\n4,5,6\n", 1, None, "1,2,3", ["No header row"]),
    "another kind": ("a.pdf", b"%PDF-1.7", None, None, None, ['".pdf"', "CSV or XLSX"]),
    "ambiguous dates": ("a.csv", HEADER + "A1,Acme,3/4/2025,5/6/2025,1,\n", 2, "Issue date", "3/4/2025", ["--dates day-first"]),
    "dates both ways": ("a.csv", HEADER + "A1,Acme,13/4/2025,5/6/2025,1,\nA2,Acme,3/4/2025,5/13/2025,1,\n", 2, "Issue date", "13/4/2025",
                        ["row 3", "5/13/2025"]),
}


@pytest.mark.parametrize("case", WRONG)
def test_wrong_file_is_explained_in_both_languages(case, tmp_path):
    name, content, row, column, value, expected = WRONG[case]
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(BadInput) as caught:
        read_ledger(path)
    (problem,) = caught.value.problems
    with words.speaking("en"):
        english = words.explain(problem)
    with words.speaking("zh"):
        chinese = words.explain(problem)
    assert [word for word in expected if word not in english] == []
    assert problem.remedy and english != words.say(problem.what)
    for told in (english, chinese):
        assert name in told and "{" not in told
        assert [part for part in (column, value) if part and part not in told] == []
        assert row is None or re.search(rf"row {row}\b|第 {row} 行", told)
    for part in (problem.what, problem.remedy):
        assert part in words.catalogue()
        assert re.search("[一-鿿].*[。：]", words.catalogue()[part])
    assert list(tmp_path.iterdir()) == [path]


def test_missing_file_and_folder(tmp_path):
    for path, word in [(tmp_path / "none.csv", "no such file"), (tmp_path / "none", "no such file"), (tmp_path, "folder")]:
        with pytest.raises(BadInput, match=word):
            read_ledger(path)


def test_every_problem_is_named_at_once(tmp_path):
    path = tmp_path / "bad.csv"
    path.write_text(HEADER.replace("Amount", "Sum") + "A1,,2025-02-31,2025-04-04,x,\nA1,Acme,2025-03-05,2025-01-01,1,never\n", "utf-8")
    with pytest.raises(BadInput) as caught:
        read_ledger(path)
    assert [(problem.row, problem.column) for problem in caught.value.problems] == [
        (1, None), (2, "Customer"), (2, "Issue date"), (3, "Paid date"), (3, "Invoice number"), (3, "Due date")]


def test_rows_too_long_are_listed_up_to_a_limit(tmp_path):
    path = tmp_path / "long.csv"
    path.write_text(HEADER + (GOOD.strip() + ",,\n") * 500, "utf-8")
    with pytest.raises(BadInput) as caught:
        read_ledger(path)
    assert len(caught.value.problems) == 201 and caught.value.problems[-1].values["count"] == 300
