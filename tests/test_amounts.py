"""Amounts, terms and flags as people write them."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arsim.domain.amounts import parse_amount
from arsim.domain.flags import parse_flag
from arsim.domain.problem import Problem
from arsim.domain.terms import READ_AS, Terms, parse_terms


@pytest.mark.parametrize(("cell", "fen"), [
    ("1234.56", 123456), ("1,234.56", 123456), ("￥1,234.56", 123456), ("¥ 1234.56", 123456), ("CNY 1,234.56", 123456),
    ("1234.56元", 123456), ("1234.56 RMB", 123456), ("$1,234.56", 123456), ("€1234.56", 123456), ("１，２３４．５６", 123456),
    ("人民币1234.56元", 123456), ("+1234.56", 123456), ("1 234.56", 123456), ("1234.5600", 123456), ("1234", 123400), (1234, 123400),
    (1234.56, 123456), (0.1 + 0.2, 30), ("0.01", 1), (".5", 50), ("1,234,567", 123456700), (" 12.50 ", 1250), ("¥+5", 500),
    ("0", 0), (0, 0), ("-5", -500), ("(5.00)", -500), ("5.00-", -500), ("¥-5", -500), ("-¥5", -500), (-3.5, -350), ("1.5万", 1500000),
    ("1.5万元", 1500000), ("100 CR", -10000), ("100 DR", 10000), ("1'234.50", 123450),
])
def test_amount(cell, fen):
    assert parse_amount(cell)[0] == fen


@pytest.mark.parametrize(("cell", "words"), [
    ("1.234", "two decimals"), (1.234, "two decimals"), ("0.001", "two decimals"),
    ("abc", "not an amount"), ("12,34", "not an amount"), ("1.234,56", "not an amount"), ("1,2345.00", "not an amount"),
    ("1.2E+05", "not an amount"), ("5 USD 元", "not an amount"), ("(5", "not an amount"), ("-(5)", "not an amount"),
    (True, "not an amount"),
    ("1 2", "not an amount"), ("", "missing"), ("1e30", "not an amount"), (1e30, "too large"), ("9" * 20, "too large"),
    (float("nan"), "not an amount"), (float("inf"), "too large"), ("¥", "not an amount"), ("#N/A", "not an amount"),
])
def test_amount_refused(cell, words):
    found = parse_amount(cell)
    assert isinstance(found, Problem) and found.remedy
    assert words in str(found)


@given(st.integers(1, 10**15))
def test_every_amount_is_read_to_the_fen(fen):
    yuan = Decimal(fen) / 100
    assert parse_amount(f"{yuan:,.2f}") == (fen, None)
    assert parse_amount(f"￥{yuan:.2f}") == (fen, "CNY")
    if fen <= 10**13:  # a spreadsheet's number holds 15 digits
        assert parse_amount(float(yuan)) == (fen, None)


@pytest.mark.parametrize(("cell", "terms"), [
    ("30", Terms(30)), (30.0, Terms(30)), ("net 30", Terms(30)), ("NET30", Terms(30)), ("30天", Terms(30)), ("30 days", Terms(30)),
    ("n/45", Terms(45)), ("３０天", Terms(30)), ("账期60天", Terms(60)), ("2/10 net 30", Terms(30)), ("月结30天", Terms(30, True)),
    ("月结60", Terms(60, True)), ("EOM+30", Terms(30, True)), ("30 EOM", Terms(30, True)), ("30 days EOM", Terms(30, True)),
    ("0", Terms(0)),
    ("现结", Terms(0)), ("Due on receipt", Terms(0)), ("货到付款", Terms(0)),
    ("票到30天", Terms(30)), ("票到后 45 天内付款", Terms(45)), ("收到发票后60日", Terms(60)), ("见票30天", Terms(30)),
    ("次月25日", Terms(0, day=25)), ("下月5号前", Terms(0, day=5)), ("次月底", Terms(0, day=31)), ("次月月末付款", Terms(0, day=31)),
])
def test_terms(cell, terms):
    assert parse_terms(cell) == terms


@pytest.mark.parametrize("cell", ["月结", "soon", "-30", "30.5", "2025-03-05", "99999", "Z030"])
def test_terms_refused(cell):
    assert isinstance(parse_terms(cell), Problem)


def test_month_end_terms_count_from_the_last_day_of_the_month():
    assert Terms(30, True).due(date(2024, 2, 5)) == date(2024, 3, 30)
    assert Terms(0, True).due(date(2025, 12, 31)) == date(2025, 12, 31)


@pytest.mark.parametrize(("cell", "flag"), [
    ("Yes", True), ("是", True), ("1", True), (1.0, True), (True, True), ("TRUE", True), ("y", True), ("Ｙ", True),
    ("No", False), ("否", False), ("0", False), (0, False), (False, False), ("", False), ("n", False), ("FALSE", False),
])
def test_flag(cell, flag):
    assert parse_flag(cell) is flag


def test_flag_refused():
    assert isinstance(parse_flag("maybe"), Problem)


def test_a_day_of_the_next_month_is_one_that_exists():
    assert Terms(0, day=31).due(date(2024, 1, 31)) == date(2024, 2, 29)
    assert Terms(0, day=25).due(date(2025, 12, 1)) == date(2026, 1, 25)
    for cell in ("次月0日", "次月32日", "次月"):
        assert isinstance(parse_terms(cell), Problem)


def test_terms_say_how_they_were_read():
    cells = {"30": "issue", "月结30天": "month end", "货到付款": "at once", "票到30天": "arrival", "次月25日": "next month",
             "2/10 net 30": "discount"}  # fmt: skip
    assert {cell: parse_terms(cell).kind for cell in cells} == cells and set(cells.values()) == set(READ_AS)
