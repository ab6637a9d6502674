"""`arsim calc`: each command's numbers recomputed from the formula, told in both languages, and bad input refused by the option's name."""

import csv
import json
from datetime import date
from fractions import Fraction
from math import exp, factorial

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from arsim import cli
from arsim.domain import asked
from arsim.domain.chain_file import read_chain
from arsim.domain.problem import BadInput
from arsim.domain.reading import read_ledger
from arsim.report import words
from arsim.study.company import demo_ledger
from arsim.study.open_items import open_items
from arsim.study.roll_rates import roll_rates
from arsim.study.traits import complete_from

DEMO = str(demo_ledger())
STANDARD = "standard --units 60000 63000 --collection 30 45 --bad-debt 1% 0.02 --price 10 --cost 6 --rate 15% --year 360"
CALLS = "staffing --calls 360 --period 30 --handling 240"
SWITCH = "switch --price 49 --cost 20 --quantity 100 --new-quantity 110 --rate 2%"
REPEAT = "repeat --chance 0.8 --revenue 1200 --cost 1000 --next-chance 0.95 --rate 20%"
CARD = "scorecard --current-ratio 1 --quick-ratio 1 --debt-ratio 0.6 --sales-growth 0 --mean-days-late 15 --late-share 0.3 --security 0.5"
CHAIN = """age,current,1-30,31-60,paid,bad,balance,count
current,0,0.2,0,0.8,0,"1,000,000",100
1-30,0,0.3,30%,2/5,,900000,20
31-60,0,.6,.1,.2,.1,600000,3
"""


@pytest.fixture(autouse=True)
def own_language(monkeypatch):
    monkeypatch.setattr(words, "_current", None)


@pytest.fixture
def chain_file(tmp_path):
    path = tmp_path / "chain.csv"
    path.write_text(CHAIN, "utf-8")
    return str(path)


def told(capsys, line, *more):
    code = cli.main(["calc", *line.split(), *more])
    out, err = capsys.readouterr()
    assert (code, err) == (0, "")
    return out


def results(capsys, line, *more):
    answer = json.loads(told(capsys, line, *more, "--json"))
    assert answer["money"] == "fen" and answer["answer"] and answer["working"] and answer["not_to_conclude"]
    return answer["results"]


def near(*numbers):
    return all(number == pytest.approx(numbers[-1]) for number in numbers)


# --- terms and standards of credit ---


@pytest.mark.parametrize(("d", "m", "n", "year"), [(2, 10, 30, 365), (2, 10, 30, 360), (1, 10, 30, 365), (3, 15, 60, 365)])
def test_discount(capsys, d, m, n, year):
    found = results(capsys, f"discount {d} {m} {n} --year {year}")
    assert near(found["simple"], d / (100 - d) * year / (n - m))
    assert near(found["effective"], (1 + d / (100 - d)) ** (year / (n - m)) - 1)
    assert f"{100 * found['simple']:.2f} %" in told(capsys, f"discount {d} {m} {n} --year {year}")


def test_standard(capsys):
    """Dodd Tool (Gitman), 360 days."""
    found = results(capsys, STANDARD)
    margin, held, bad = 3000 * (10 - 6), 63_000 * 6 * 45 / 360 - 60_000 * 6 * 30 / 360, 10 * (63_000 * 0.02 - 60_000 * 0.01)
    assert near(found["contribution"] / 100, margin) and near(found["investment"] / 100, held) and near(found["bad_debt"] / 100, bad)
    assert near(found["net"] / 100, margin - 0.15 * held - bad, 2812.5) and "2,812.50" in told(capsys, STANDARD)


def test_switch(capsys):
    """Locust Software (Ross, Westerfield and Jordan)."""
    found = results(capsys, SWITCH)
    assert near(found["npv"] / 100, (49 - 20) * 10 / 0.02 - (49 * 100 + 20 * 10), 9400)
    assert near(found["break_even_units"], 49 * 100 / ((49 - 20) / 0.02 - 20)) and "9,400" in told(capsys, SWITCH)
    hopeless = "switch --price 10 --cost 12 --quantity 100 --new-quantity 110 --rate 2%"
    assert results(capsys, hopeless)["break_even_units"] == "inf" and "No growth" in told(capsys, hopeless)


def test_discount_switch(capsys):
    found = results(capsys, "switch --price 49 --quantity 100 --rate 2% --discount 2% --default 1%")
    assert near(found["npv"] / 100, 49 * 100 * (0.02 - 0.01) / 0.02 - 0.98 * 49 * 100)
    assert near(found["break_even_default"], 0.02 - 0.02 * 0.98, 0.0004)


def test_repeat(capsys):
    """Cast Iron (Brealey, Myers and Allen)."""
    found = results(capsys, REPEAT)
    one, second = 0.8 * 200 - 0.2 * 1000, 0.95 * 200 - 0.05 * 1000
    assert near(found["order"] / 100, one, -40) and near(found["next_order"] / 100, second, 140)
    assert near(found["both"] / 100, one + 0.8 * second / 1.2)
    assert near(found["break_even_chance"], 1000 / 1200) and near(found["break_even_chance_with_next"], 1000 / (1200 + second / 1.2))
    alone = results(capsys, "repeat --chance 0.8 --revenue 1200 --cost 1000")
    assert alone["order"] == found["order"] and "both" not in alone


# --- staffing ---


def erlang(load, agents):
    """P(wait) from the closed form, exactly."""
    busy = Fraction(load) ** agents / factorial(agents) * agents / (agents - Fraction(load))
    return float(busy / (sum(Fraction(load) ** k / factorial(k) for k in range(agents)) + busy))


def answered(load, agents, handling, within):
    return 1 - erlang(load, agents) * exp(-(agents - load) * within / handling)


def test_staffing_of_a_given_desk(capsys):
    found = results(capsys, f"{CALLS} --agents 55 --within 15")
    wait = erlang(48, 55)
    assert found["load"] == 360 / 1800 * 240 == 48 and near(found["occupancy"], 48 / 55) and near(found["chance_of_waiting"], wait)
    assert near(found["mean_wait_seconds"], wait * 240 / 7) and near(found["answered_within"], answered(48, 55, 240, 15))
    assert "84.6 %" in told(capsys, f"{CALLS} --agents 55 --within 15")


def test_staffing_for_a_target(capsys):
    agents = results(capsys, f"{CALLS} --target 80% --within 20")["agents"]
    assert answered(48, agents, 240, 20) >= 0.8 > answered(48, agents - 1, 240, 20)
    agents = results(capsys, f"{CALLS} --wait 10")["agents"]
    assert erlang(48, agents) * 240 / (agents - 48) <= 10 < erlang(48, agents - 1) * 240 / (agents - 1 - 48)


def test_a_desk_that_cannot_cope_is_called_so(capsys):
    assert results(capsys, f"{CALLS} --agents 48")["mean_wait_seconds"] == "inf"
    assert "49 is the least" in told(capsys, f"{CALLS} --agents 48")


# --- the ageing chain and the allowance ---


def test_chain_of_a_file(capsys, chain_file):
    """The published chain that its own source solves wrongly: 2,333,333 paid and 166,667 bad."""
    q, r = np.array([[0, 0.2, 0], [0, 0.3, 0.3], [0, 0.6, 0.1]]), np.array([[0.8, 0], [0.4, 0], [0.2, 0.1]])
    n = np.linalg.inv(np.eye(3) - q)
    t = n.sum(1)
    found = results(capsys, "chain", chain_file)
    assert found["ages"] == ["current", "1-30", "31-60"] and found["ends"] == ["paid", "bad"]
    assert np.allclose(found["N"], n) and np.allclose(found["B"], n @ r)
    assert np.allclose(found["periods"], t) and np.allclose(found["variance"], (2 * n - np.eye(3)) @ t - t * t)
    money = np.array([1_000_000, 900_000, 600_000]) @ n @ r * 100
    assert near(found["expected"]["paid"], money[0]) and near(found["expected"]["bad"], money[1])
    assert round(money[1] / 100) == 166_667
    each, bad = np.array([10_000, 45_000, 200_000]) * 100, (n @ r)[:, 1]
    assert near(found["loss"]["mean"], money[1])
    assert near(found["loss"]["sd"], np.sqrt((np.array([100, 20, 3]) * each**2 * bad * (1 - bad)).sum()))


def test_chain_of_a_ledger(capsys):
    ledger = read_ledger(DEMO)
    since = complete_from(ledger).item()
    rates = roll_rates(ledger, since=since)
    found = results(capsys, "chain --ledger", DEMO)
    shares, present = rates.shares(), rates.present
    n = np.linalg.inv(np.eye(5) - shares[:, :5])
    assert found["since"] == since.isoformat() and found["open"] == present.sum()
    assert np.allclose(found["rates"], shares) and np.allclose(found["B"], n @ shares[:, 5:])
    assert near(found["expected"]["bad"], (present @ n @ shares[:, 5:])[1])
    by = found["loss"]
    assert near(by["by_invoice"]["mean"], by["by_customer"]["mean"], found["expected"]["bad"])
    assert by["by_invoice"]["sd"] < by["by_customer"]["sd"]  # what fails together strays further


def test_open_items_are_the_book_the_chain_starts_from():
    ledger = read_ledger(DEMO)
    rates = roll_rates(ledger, since=complete_from(ledger).item())
    balances = open_items(ledger, rates.upto).balances()
    assert balances[:-1].tolist() == rates.present.tolist() and balances[-1] == rates.gone


def test_allowance(capsys):
    """Aged here from the file itself, line by line."""
    with open(DEMO, encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    last = read_ledger(DEMO).as_of
    held, edges = [Fraction(0)] * 5, (0, 30, 60, 90)
    for row in rows:
        if not row["Paid date"]:
            late = (last - date.fromisoformat(row["Due date"])).days
            held[sum(late > edge for edge in edges)] += Fraction(row["Amount"]) * 100
    given = (0.003, 0.01, 0.05, 0.05, 0.9)
    found = results(capsys, f"allowance --factor 1.2 --rates {' '.join(map(str, given))} --ledger", DEMO)
    assert [bucket["balance"] for bucket in found["buckets"]] == held
    assert near(found["allowance"], sum(float(x) * min(1, 1.2 * rate) for x, rate in zip(held, given, strict=True)))
    usual = results(capsys, "allowance --ledger", DEMO)
    assert [bucket["rate"] for bucket in usual["buckets"]][1:] == [0.01, 0.05, 0.05, 0.2]


# --- the scorecard ---


def test_scorecard(capsys):
    """(35 × 65 + 25 × 60 + 15 × 70 + 10 × 60 + 15 × 60) / 100, and 200,000 × 75 / 30 at 60 % for a C."""
    found = results(capsys, f"{CARD} --purchases 20万 --terms 60")
    assert found["points"] == {"character": 65, "capacity": 60, "capital": 70, "collateral": 60, "conditions": 60}
    assert near(found["score"], sum(found["earned"].values()), 63.25) and found["grade"] == "C"
    assert found["limit"] == 200_000 * 75 / 30 * 0.6 * 100
    assert "63.2" in told(capsys, CARD) and "limit" not in results(capsys, CARD)


def test_what_is_not_known_earns_nothing_and_is_named(capsys):
    found = results(capsys, "scorecard --quick-ratio 1")
    assert found["figures"]["current_ratio"] == {"value": None, "points": 0, "verdict": "unknown"}
    assert "current_ratio.unknown" in found["reasons"] and near(found["score"], 25 * 40 / 100)


# --- law ---


def banded(claim, bands, flat):
    """Fee on a claim in CNY above the flat band: `flat` up to 10,000 and each percentage on its part."""
    fee, floor = Fraction(flat), 10_000
    for top, percent in bands:
        fee += max(0, min(claim, top) - floor) * Fraction(percent) / 100
        floor = top
    return fee


def rounded(fen):
    """Half a fen upward."""
    return int(fen + Fraction(1, 2))


COURT = [(10**5, "2.5"), (2 * 10**5, "2"), (5 * 10**5, "1.5"), (10**6, "1"), (2 * 10**6, "0.9"), (5 * 10**6, "0.8")]


@pytest.mark.parametrize("claim", [20_000, 500_000, 1_000_000, 3_456_789])
def test_fees(capsys, claim):
    found = {key: entry["fee"] for key, entry in results(capsys, f"fees {claim}").items()}
    court = banded(claim, COURT, 50) * 100
    assert [found["acceptance"], found["acceptance_half"], found["payment_order"]] == [rounded(court / part) for part in (1, 2, 3)]
    assert found["enforcement"] == rounded(banded(claim, [(5 * 10**5, "1.5"), (5 * 10**6, "1")], 50) * 100)
    assert found["preservation"] == min(5000, 30 + (min(claim, 10**5) - 1000) * 0.01 + max(0, claim - 10**5) * 0.005) * 100
    assert found["contingency"] == (min(claim, 10**6) * 18 + max(0, claim - 10**6) * 15)
    assert told(capsys, f"fees {claim}").count("; as of 2025-04-19") == len(found)


def test_clocks(capsys):
    """Three years from the demand in time, a Thursday; six months, moved from Sunday; the trial's three months."""
    line = "clocks --due 2022-03-04 --demand 2027-05-07 2024-05-06 --demand 2021-01-01 --filed 2025-03-03"
    found = results(capsys, line)
    assert found["limitation_end"] == "2027-05-06" and found["guarantee_end"] == "2022-09-05" and found["filed_in_time"]
    assert date(2022, 9, 4).weekday() == 6
    assert found["payment_order"]["object_by"] == "2025-04-09" and found["payment_order"]["enforceable_from"] == "2025-04-10"
    assert found["trial_end"]["summary"]["plain"] == "2025-06-03" and found["trial_end"]["ordinary"]["extended"] == "2026-03-03"
    out = told(capsys, line)
    assert "restarts nothing" in out and "changes nothing" in out and "start anew" in out
    assert "Civil Code, Article 188; as of 2025-04-19" in out and "Not legal advice" in out


def test_clocks_without_filing_say_nothing_of_the_court(capsys):
    found = results(capsys, "clocks --due 2025-01-31 --guarantee-months 24")
    assert set(found) == {"limitation_end", "guarantee_end"} and found["guarantee_end"] == "2027-02-01"  # 31 January is a Sunday
    assert not results(capsys, "clocks --due 2020-03-04 --filed 2025-03-03")["filed_in_time"]


@pytest.mark.parametrize(
    ("line", "low", "high"),
    [
        ("--situation sale_silent --lpr 3%", Fraction(3, 100) * Fraction(13, 10), Fraction(3, 100) * Fraction(3, 2)),
        ("--situation sme", Fraction(5, 10_000) * 365, None),
        ("--situation sme --agreed 2% --lpr 3%", Fraction(3, 100), None),  # not below the LPR
        ("--situation private_lending --agreed 20% --lpr 3%", Fraction(12, 100), None),  # cut at four times
        ("--situation judgment", Fraction(175, 1_000_000) * 365, None),
        ("--situation sale_agreed --agreed 18% --year 360", Fraction(18, 100) * Fraction(365, 360), None),
    ],
)
def test_interest(capsys, line, low, high):
    found = results(capsys, f"interest 123,456.78 --days 30 {line}")
    due = [rounded(12_345_678 * rate * 30 / 365) for rate in (low, high or low)]
    assert [found["low"], found["high"]] == due
    assert "Not legal advice" in told(capsys, f"interest 123,456.78 --days 30 {line}")


# --- how it is said ---

ALL = [
    "discount 2 10 30", STANDARD, SWITCH, "switch --price 49 --quantity 100 --rate 2% --discount 2%", REPEAT,
    f"{CALLS} --agents 55", f"{CALLS} --agents 40 --within 20", f"{CALLS} --target 0.8 --within 20", f"{CALLS} --wait 10",
    f"{CARD} --purchases 20万 --terms 60 --outlook -1", "fees 100万", "interest 10万 --days 30 --situation sale_silent",
    "interest 10万 --days 30 --situation sme --agreed 1%", "clocks --due 2022-03-04 --demand 2024-05-06 --filed 2025-03-03",
    f"chain --ledger {DEMO}", f"allowance --ledger {DEMO}",
]  # fmt: skip


@pytest.mark.parametrize("line", ALL, ids=lambda line: " ".join(line.split()[:3]))
def test_both_languages_say_the_same_numbers(capsys, line):
    english, chinese = (json.loads(told(capsys, line, "--json", "--lang", language)) for language in words.LANGUAGES)
    names = {"ages", "ends"}
    same = [{key: value for key, value in answer["results"].items() if key not in names} for answer in (english, chinese)]
    assert same[0] == same[1]
    for part in ("answer", "working", "not_to_conclude"):
        assert len(english[part]) == len(chinese[part])
        assert not any("\u4e00" <= sign <= "\u9fff" for sign in " ".join(english[part]))
        assert any("\u4e00" <= sign <= "\u9fff" for sign in " ".join(chinese[part]))


def test_the_file_speaks_chinese_too(capsys, chain_file):
    out = told(capsys, "chain", chain_file, "--lang", "zh")
    assert "不要由此得出" in out and "166,666.67" in out


# --- bad input ---


@pytest.mark.parametrize("language", words.LANGUAGES)
@pytest.mark.parametrize(
    ("line", "named"),
    [
        ("discount 2 10 x", "x"),
        ("discount 0 10 30", "50"),
        ("discount 2 30 10", "10"),
        (STANDARD.replace("--rate 15%", "--rate -1"), "--rate"),
        (STANDARD.replace("1% 0.02", "1% 2"), "--bad-debt"),
        (STANDARD.replace("--price 10", "--price ten"), "--price"),
        (f"{CALLS} --target 80 --within 20", "--target"),
        (f"{CALLS} --target 0.8", "--within"),
        (f"{CALLS} --agents 2.5", "--agents"),
        ("staffing --calls 9999999 --period 1 --handling 3600 --agents 3", "--handling"),
        ("switch --price 1 --quantity 1 --rate 0", "--rate"),
        ("switch --price 1 --quantity 1 --rate 1%", "--new-quantity"),
        (f"{SWITCH} --discount 2%", "--discount"),
        (f"{SWITCH} --default 2%", "--discount"),
        ("repeat --chance 1.2 --revenue 1 --cost 1", "--chance"),
        ("chain", "--ledger"),
        ("chain nowhere.csv", "nowhere.csv"),
        ("chain nowhere.csv --every 7", "--every"),
        (f"chain --ledger {DEMO} --ages 30 0", "--ages"),
        (f"chain --ledger {DEMO} --bad-after 60", "--bad-after"),
        ("allowance --ledger nowhere.csv", "nowhere.csv"),
        (f"allowance --ledger {DEMO} --factor 0", "--factor"),
        (f"allowance --ledger {DEMO} --rates 1 2 3 4 5", "--rates"),
        ("scorecard", "--current-ratio"),
        ("scorecard --late-share 30", "--late-share"),
        ("scorecard --late-share 0.3 --purchases 100", "--terms"),
        ("fees 0", "100万"),
        ("fees $100", "$100"),
        ("clocks --due 3/4/2025", "--due"),
        ("clocks --due 2025-02-30", "--due"),
        ("clocks --due 2025-03-04 --demand soon", "--demand"),
        ("clocks --due 2025-03-04 --filed 2025-03-04", "--filed"),
        ("interest 100 --days 30 --situation sale_agreed", "--agreed"),
        ("interest 100 --days 30 --situation sale_silent --agreed 5%", "--agreed"),
        ("interest 100 --days 30 --situation sme --year 360", "--year 360"),
        ("interest 100 --days 1.5 --situation sme", "--days"),
        ("interest 100 --days 30 --situation sme --lpr much", "--lpr"),
    ],
)
def test_bad_input_names_the_option_and_the_remedy(capsys, tmp_path, monkeypatch, language, line, named):
    monkeypatch.chdir(tmp_path)
    code = cli.main(["calc", *line.split(), "--lang", language])
    out, err = capsys.readouterr()
    assert code == 2 and out == "" and named in err and "{" not in err
    assert any("\u4e00" <= sign <= "\u9fff" for sign in err.replace("100万", "")) == (language == "zh")


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("", "."),
        ("age,current,paid,bad\n", "no chain"),
        (CHAIN.replace("31-60", "31–60", 1), "no column for the age"),
        (CHAIN.replace("1-30,0,", "current,0,"), "same name"),
        ("age,a,b\na,0,1\nb,0,1\n", "No column is an end"),
        (CHAIN.replace("2/5", "two"), "not a number"),
        (CHAIN.replace("0.8", "0.9"), "sums to 1.1"),
        (CHAIN.replace(",100\n", ",0\n"), "no invoice"),
        (CHAIN.replace(",100\n", ",1.5\n"), "whole number"),
    ],
)
def test_a_file_that_is_no_chain_is_refused(capsys, tmp_path, text, part):
    path = tmp_path / "chain.csv"
    path.write_text(text, "utf-8")
    code = cli.main(["calc", "chain", str(path)])
    out, err = capsys.readouterr()
    assert code == 2 and out == "" and part in err and "Traceback" not in err


def test_a_ledger_nobody_has_paid_has_no_rates(capsys, tmp_path):
    path = tmp_path / "open.csv"
    path.write_text("Invoice number,Customer,Issue date,Due date,Amount,Paid date\n1,A,2025-01-01,2025-02-01,100,\n", "utf-8")
    assert cli.main(["calc", "chain", "--ledger", str(path)]) == 2
    assert "nothing has been paid" in capsys.readouterr().err
    assert cli.main(["calc", "allowance", "--ledger", str(path)]) == 0


# --- what people type ---


@given(st.integers(1, 10**13))
def test_amounts_are_read_exactly_however_they_are_written(fen):
    yuan = Fraction(fen, 100)
    plain = f"{fen // 100}.{fen % 100:02d}"
    large = f"{fen // 10**6}.{fen % 10**6:06d}"  # in 万
    read = asked.amount("AMOUNT")
    assert read(plain) == read(f"{fen // 100:,}.{fen % 100:02d}") == read(f"￥{plain}") == read(f"{large}万") == read(f"{large}万元") == fen
    assert near(asked.price("--price")(plain), float(100 * yuan))


@given(st.fractions(0, 1, max_denominator=10**6))
def test_shares_may_be_fractions_or_decimals(share):
    assert asked.share("--rate")(f"{share.numerator}/{share.denominator}") == float(share)
    assert asked.rate("--lpr")(f"{share.numerator}/{share.denominator}%") == share / 100


@given(st.text(max_size=12))
def test_whatever_is_typed_is_read_or_refused(text):
    for reader in (asked.number("--n"), asked.share("--n"), asked.count("--n"), asked.rate("--n"), asked.amount("--n"), asked.price("--n"),
                   asked.day("--n")):  # fmt: skip
        try:
            reader(text)
        except BadInput as error:
            assert all("--n" in str(problem) and problem.remedy for problem in error.problems)


def test_a_chain_file_may_be_chinese_and_cut_by_semicolons(tmp_path):
    path = tmp_path / "链.csv"
    path.write_bytes("账龄;未到期;逾期;已付;坏账;余额\n未到期;0;0.5;0.5;0;1,000\n逾期;0;0;0.8;0.2;500\n".encode("gb18030"))
    found = read_chain(path)
    assert found.ages == ("未到期", "逾期") and found.ends == ("已付", "坏账") and found.balances == (1000, 500) and found.counts is None
    assert found.q == ((0, 0.5), (0, 0)) and found.r == ((0.5, 0), (0.8, 0.2))
