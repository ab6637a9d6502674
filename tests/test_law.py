"""The rules of law: every entry complete, its numbers those of the articles, the price of delay, and the command that shows them."""

import re
from datetime import date
from decimal import Decimal
from fractions import Fraction
from string import Formatter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arsim import cli
from arsim.domain import late_interest, law
from arsim.domain.problem import BadInput
from arsim.report import law as report
from arsim.report import words

SNAPSHOT = date(2025, 4, 19)
OWN = {"abuse_of_position": date(2025, 10, 15), "back_to_back": date(2024, 8, 27), "quiet_hours": date(2025, 2, 28)}
# The numbers as the articles state them, typed in from the law.
STATED = {
    "limitation": {"years": 3},
    "limitation_absolute": {"years": 20},
    "limitation_suspension": {"months": 6, "after_months": 6},
    "guarantee_period": {"months": 6},
    "retention_of_title": {"percent": 75},
    "instalment_sale": {"share": Fraction(1, 5), "instalments": 3},
    "late_penalty": {"percent": 130},
    "late_silent": {"low_percent": 30, "high_percent": 50},
    "late_sme": {"daily_percent": Fraction(5, 100)},
    "late_private_lending": {"times": 4},
    "late_judgment": {"daily_percent": Fraction(175, 10_000)},
    "sme_terms": {"public_days": 30, "public_most": 60, "large_days": 60},
    "sme_confirmation": {"days": 30},
    "sme_disclosure": {"day": 31},
    "sme_complaint": {"working_days": 10, "days": 30, "most_days": 90},
    "payment_order": {"accept_days": 5, "issue_days": 15, "object_days": 15, "serve_days": 30},
    "payment_order_objection": {"days": 7},
    "small_claims": {"percent": 50, "times": 2, "months": 2, "more_months": 1},
    "summary": {"months": 3, "more_months": 1},
    "ordinary": {"months": 6, "more_months": 6},
    "preservation": {"hours": 48, "sue_days": 30, "security_percent": 30, "ruling_days": 5},
    "mediation": {"days": 30},
    "enforcement": {"years": 2},
    "proof_of_claim": {"least_days": 30, "most_months": 3},
    "clawback": {"months": 6},
    "avoidance": {"years": 1, "most_years": 5},
    "tax_deduction": {"years": 3, "small_years": 1, "small_yuan": 50_000, "small_percent": Fraction(1, 100)},
    "personal_data": {"million": 50, "percent": 5},
    "quiet_hours": {"from_hour": 22, "until_hour": 8, "contacts": 3},
}
every_rule = pytest.mark.parametrize("rule", law.rules().values(), ids=lambda rule: rule.key)


@every_rule
def test_a_rule_is_complete(rule):
    assert rule.group in law.groups() and rule.version == OWN.get(rule.key, SNAPSHOT)
    for said in (rule.label, rule.article, rule.text, rule.grade):
        assert set(said) == {"en", "zh"} and re.search("[\u4e00-\u9fff]", said["zh"]) and said["en"].isascii()
        assert not re.search("[\u4e00-\u9fff] *[,;:?!]", said["zh"]) and "您" not in said["zh"]
    assert "{" not in rule.text["en"] + rule.text["zh"]


@every_rule
def test_its_numbers_are_the_law_s_and_stand_in_both_texts(rule):
    assert dict(rule.numbers) == STATED.get(rule.key, {})
    for language in words.LANGUAGES:
        holes = {name for _, name, _, _ in Formatter().parse(law.book()["rule"][rule.key]["text"][language]) if name}
        assert holes == set(rule.numbers)


@every_rule
def test_no_number_stands_in_a_text_by_hand(rule):
    for text in law.book()["rule"][rule.key]["text"].values():
        bare = re.sub(r"\{[^}]*\}(:00|00)?|2026-01-01|2026 年 1 月 1 日|每年 3 月", "", text)
        assert not re.search(r"\d", bare), bare


def test_every_subject_has_its_rule():
    assert set(STATED) <= set(law.rules())
    asked = {
        "limitation_restart", "limitation_effect", "demand", "limitation_suit", "limitation_promise", "limitation_part",
        "limitation_revival", "guarantee_kind", "guarantee_act", "guarantee_change", "credit_hold", "sme_scope", "sme_acceptance",
        "sme_instruments", "sme_excuses", "sme_undisputed", "notarised", "bankruptcy_ranks",
        "signed_paper", "messages", "recording", "set_off", "assignment", "subrogation", "back_to_back",
    }  # fmt: skip
    assert asked <= set(law.rules())
    assert "not for trade debts" in law.rules()["late_private_lending"].label["en"]
    assert "not binding" in law.rules()["quiet_hours"].text["en"]


def test_what_was_not_checked_says_so():
    background = {rule.key for rule in law.rules().values() if rule.grade == law.book()["grade"]["unverified"]}
    assert background == {"limitation_absolute", "late_judgment", "threats"}
    assert law.lpr().grade == law.book()["grade"]["unverified"]
    assert (law.lpr().rate, law.lpr().since) == (Fraction(3, 100), date(2025, 5, 20))


def test_which_contacts_prove_a_demand():
    found = {channel: proof.counts for channel, proof in law.provable().items()}
    yes = dict.fromkeys(("email", "sms", "chat", "letter", "lawyer_letter", "statement"), True)
    assert found == {**yes, "call": False, "visit": False}
    for proof in law.provable().values():
        for said in (proof.label, proof.reason):
            assert set(said) == {"en", "zh"} and re.search("[\u4e00-\u9fff]", said["zh"]) and said["en"].isascii()


# The price of delay ---------------------------------------------------------------------------------------------------------------

BP = Fraction(1, 10_000)


@pytest.mark.parametrize(
    ("situation", "agreed", "low", "high"),
    [
        ("sale_silent", None, 390 * BP, 450 * BP),
        ("sale_agreed", "0.24", 2400 * BP, 2400 * BP),  # four times the LPR is no cap here
        ("sme", None, 1825 * BP, 1825 * BP),
        ("sme", "0.0299", 300 * BP, 300 * BP),
        ("sme", "0.03", 300 * BP, 300 * BP),
        ("sme", "0.0301", 301 * BP, 301 * BP),
        ("private_lending", None, 300 * BP, 300 * BP),
        ("private_lending", "0.1199", 1199 * BP, 1199 * BP),
        ("private_lending", "0.12", 1200 * BP, 1200 * BP),
        ("private_lending", "0.1201", 1200 * BP, 1200 * BP),
        ("judgment", None, Fraction("638.75") * BP, Fraction("638.75") * BP),
    ],
)
def test_statutory_rate(situation, agreed, low, high):
    assert late_interest.statutory_rate(situation, "0.03", agreed) == late_interest.Rates(low, high)
    assert late_interest.statutory_rate(situation, agreed=agreed) == late_interest.Rates(low, high)  # the LPR of the data file


def test_a_rate_may_be_written_in_any_way():
    ways = ("0.035", 0.035, Decimal("0.035"), Fraction(35, 1000))
    assert {late_interest.statutory_rate("sale_silent", lpr) for lpr in ways} == {late_interest.Rates(455 * BP, 525 * BP)}


@pytest.mark.parametrize(
    ("amount", "rate", "days", "due"),
    [
        (100_000_00, "0.1825", 30, 150_000),  # 0.05 % a day: 1,500
        (100_000_00, "0.0365", 1, 1000),  # 10 a day
        (365, 1, 1, 1),
        (365, "0.5", 1, 1),  # half a fen goes up
        (364, "0.5", 1, 0),  # just below half a fen
        (10_000_00, 0.039, 365, 390_00),
        (0, "0.5", 30, 0),
        (5, "0.5", 0, 0),
    ],
)
def test_interest(amount, rate, days, due):
    found = late_interest.interest(amount, rate, days)
    assert found == due and type(found) is int


def test_a_year_of_360_days_costs_more():
    assert late_interest.interest(100_000_00, "0.036", 10, year=360) == 100_00
    assert late_interest.interest(100_000_00, "0.036", 10) == 98_63


@given(st.integers(0, 10**14), st.fractions(0, 1, max_denominator=10_000), st.integers(0, 4000), st.integers(0, 4000))
def test_interest_adds_up_over_time_but_for_rounding(amount, rate, one, two):
    whole = late_interest.interest(amount, rate, one + two)
    assert abs(late_interest.interest(amount, rate, one) + late_interest.interest(amount, rate, two) - whole) <= 1
    assert abs(whole - amount * rate * (one + two) / 365) <= Fraction(1, 2)


@pytest.mark.parametrize(("penalty", "excessive"), [(1299_99, False), (1300_00, False), (1300_01, True)])
def test_a_penalty_is_excessive_above_130_percent_of_the_loss(penalty, excessive):
    assert late_interest.penalty_excessive(penalty, 1000_00) is excessive


def test_a_penalty_without_a_loss():
    assert late_interest.penalty_excessive(1, 0) and not late_interest.penalty_excessive(0, 0)


@pytest.mark.parametrize(
    ("unpaid", "instalments", "whole_price_due"),
    [(199_99, 3, False), (200_00, 3, True), (200_01, 3, True), (200_00, 2, False), (1000_00, 2, False), (200_00, 4, True), (0, 3, False)],
)
def test_acceleration_at_a_fifth_and_three_instalments(unpaid, instalments, whole_price_due):
    assert late_interest.acceleration(unpaid, 1000_00, instalments) is whole_price_due


@pytest.mark.parametrize(
    "call",
    [
        lambda: late_interest.statutory_rate("usury"),
        lambda: late_interest.statutory_rate("sale_agreed"),
        lambda: late_interest.statutory_rate("sme", "a lot"),
        lambda: late_interest.statutory_rate("sme", -0.01),
        lambda: late_interest.statutory_rate("sme", float("nan")),
        lambda: late_interest.statutory_rate("sme", True),
        lambda: late_interest.interest(1.5, "0.03", 1),
        lambda: late_interest.interest(-1, "0.03", 1),
        lambda: late_interest.interest(1, "0.03", -1),
        lambda: late_interest.interest(1, "0.03", 1, year=0),
        lambda: late_interest.penalty_excessive(True, 1),
        lambda: late_interest.acceleration(1, "100", 3),
    ],
)
def test_nonsense_is_refused(call, language):
    with pytest.raises(BadInput) as error:
        call()
    assert "{" not in words.explain(error.value.problems[0])


# The command ----------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("told_in", words.LANGUAGES)
def test_the_list_names_every_rule_with_article_and_version(capsys, monkeypatch, told_in):
    monkeypatch.setattr(words, "_current", None)
    assert cli.main(["law", "--lang", told_in]) == 0
    out = capsys.readouterr().out
    for rule in law.rules().values():
        assert f"  {rule.key} " in out and rule.label[told_in] in out and rule.article[told_in] in out
    assert out.count(str(SNAPSHOT)) == len(law.rules()) - len(OWN) and out.rstrip().endswith(law.disclaimer()[told_in])


@every_rule
def test_one_rule_in_full(rule, language):
    told = report.entry(rule.key)
    for said in (rule.label, rule.article, rule.text, rule.grade, law.disclaimer()):
        assert said[language] in told
    assert str(rule.version) in told
    assert ("3.0" in told) == (rule.group == "interest")
    assert all(proof.reason[language] in told for proof in law.provable().values()) == (rule.key == "demand")


@pytest.mark.parametrize(("key", "hint"), [("limitatoin", "limitation"), ("zzz", "arsim law")])
def test_an_unknown_rule_is_explained(capsys, monkeypatch, key, hint):
    for told_in in words.LANGUAGES:
        monkeypatch.setattr(words, "_current", None)
        assert cli.main(["law", key, "--lang", told_in]) == 2
        told = capsys.readouterr()
        assert told.out == "" and key in told.err and hint in told.err
