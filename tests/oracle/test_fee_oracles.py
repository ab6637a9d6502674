"""Chinese statutory fees, counted here fen by fen or band by band from the text of the law, not from the data file."""

import re
from datetime import date
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from arsim.domain import law, law_fees
from arsim.domain.problem import BadInput
from arsim.report import words

YUAN = 100
W = 10_000 * YUAN
# The bands as the articles state them: upper end, per mille of the part. Typed in from the text.
ACCEPTANCE = [(10, 25), (20, 20), (50, 15), (100, 10), (200, 9), (500, 8), (1000, 7), (2000, 6), (None, 5)]  # above 1 w, on 50 yuan
ENFORCEMENT = [(50, 15), (500, 10), (1000, 5), (None, 1)]
CONTINGENCY = [(100, 180), (500, 150), (1000, 120), (5000, 90), (None, 60)]


def marginal(amount, bands, start, fixed):
    """Fixed sum to `start`, then each band's part at its rate; fen, exact."""
    due, floor = Fraction(fixed), start
    for end, per_mille in bands:
        top = amount if end is None else min(amount, end * W)
        due += Fraction(max(0, top - floor) * per_mille, 1000)
        floor = max(floor, top)
    return due


def half_up(exact):
    return int(exact + Fraction(1, 2))  # positive, so truncation is the floor


def acceptance(amount):
    return marginal(amount, ACCEPTANCE, W, 50 * YUAN)


def preservation(amount):
    due = 30 * YUAN + Fraction(max(0, min(amount, 10 * W) - 1000 * YUAN), 100) + Fraction(max(0, amount - 10 * W), 200)
    return min(due, 5000 * YUAN)


BY_HAND = {
    "acceptance": (law_fees.court_acceptance, acceptance),
    "half": (lambda amount: law_fees.court_acceptance(amount, half=True), lambda amount: acceptance(amount) / 2),
    "payment order": (law_fees.payment_order, lambda amount: acceptance(amount) / 3),
    "preservation": (law_fees.preservation, preservation),
    "enforcement": (law_fees.enforcement, lambda amount: marginal(amount, ENFORCEMENT, W, 50 * YUAN)),
    "contingency": (law_fees.contingency_ceiling, lambda amount: marginal(amount, CONTINGENCY, 0, 0)),
}
every_fee = pytest.mark.parametrize("name", BY_HAND)
# Every corner of every tariff, in yuan.
CORNERS = [1000, 10_000, 100_000, 200_000, 500_000, 896_000, 1_000_000, 2_000_000, 5_000_000, 10_000_000, 20_000_000, 50_000_000]
PRINTED = [
    ("acceptance", 100_000, 2300),
    ("acceptance", 500_000, 8800),
    ("acceptance", 1_000_000, 13_800),
    ("half", 1_000_000, 6900),
    ("payment order", 1_000_000, 4600),
    ("preservation", 100_000, 1020),
    ("preservation", 896_000, 5000),
    ("preservation", 50_000_000, 5000),
    ("enforcement", 1_000_000, 12_400),
    ("contingency", 1_000_000, 180_000),
]


@pytest.mark.parametrize(("name", "claim", "printed"), PRINTED)
def test_printed_fees(name, claim, printed):
    ours, by_hand = BY_HAND[name]
    assert ours(claim * YUAN) == half_up(by_hand(claim * YUAN)) == printed * YUAN


def test_a_million_by_arithmetic():
    """50 + 2,250 + 2,000 + 4,500 + 5,000; enforcement 50 + 7,350 + 5,000."""
    assert law_fees.court_acceptance(100 * W) == (50 + 2250 + 2000 + 4500 + 5000) * YUAN
    assert law_fees.enforcement(100 * W) == (50 + 7350 + 5000) * YUAN


def test_the_cap_is_reached_at_896_000_and_not_before():
    assert law_fees.preservation(896_000 * YUAN) == 5000 * YUAN
    assert law_fees.tariffs()["preservation"].exact(896_000 * YUAN - 1) < 5000 * YUAN


@every_fee
@pytest.mark.parametrize("corner", CORNERS)
def test_every_corner_from_both_sides(name, corner):
    ours, by_hand = BY_HAND[name]
    for amount in (corner * YUAN - 1, corner * YUAN, corner * YUAN + 1):
        assert ours(amount) == half_up(by_hand(amount))


amounts = st.one_of(st.integers(1, 2 * W), st.integers(1, 6000 * W), st.sampled_from(CORNERS).map(lambda yuan: yuan * YUAN))


@every_fee
@given(amount=amounts)
def test_any_claim(name, amount):
    ours, by_hand = BY_HAND[name]
    assert ours(amount) == half_up(by_hand(amount))


@pytest.mark.parametrize("key", ["acceptance", "acceptance_half", "payment_order", "preservation", "enforcement", "contingency"])
@given(amount=amounts, more=st.integers(0, 6000 * W))
def test_fees_rise_without_jumps(key, amount, more):
    """One fen more never costs less, and never more than the highest rate (18 %) of the fen: monotone and continuous."""
    tariff = law_fees.tariffs()[key]
    here, next_fen = tariff.exact(amount), tariff.exact(amount + 1)
    assert 0 <= next_fen - here <= Fraction(18, 100)
    assert 0 <= tariff.exact(amount + more) - here <= Fraction(18, 100) * more
    assert 0 <= tariff.fee(amount + 1) - tariff.fee(amount) <= 1


@given(amounts)
def test_half_and_third_are_taken_before_rounding(amount):
    """So two halves miss the whole by a fen at most, and three thirds by two."""
    whole = law_fees.court_acceptance(amount)
    assert abs(2 * law_fees.court_acceptance(amount, half=True) - whole) <= 1
    assert abs(3 * law_fees.payment_order(amount) - whole) <= 2


def test_half_a_fen_goes_up():
    """CNY 10,000.20 and .60: 2.5 % of 20 fen is exactly half a fen, of 60 fen one and a half."""
    assert law_fees.court_acceptance(W + 20) == 5001 and law_fees.court_acceptance(W + 19) == 5000
    assert law_fees.court_acceptance(W + 60) == 5002


@every_fee
@pytest.mark.parametrize("amount", [0, -1, 1.5, 100.0, True, "100", None, float("nan")])
def test_a_claim_without_a_fee_is_refused(name, amount, language):
    with pytest.raises(BadInput) as error:
        BY_HAND[name][0](amount)
    assert "{" not in words.explain(error.value.problems[0])


def test_any_whole_number_will_do():
    fee = law_fees.court_acceptance(np.int64(100 * W))
    assert fee == 13_800 * YUAN and type(fee) is int
    assert law_fees.court_acceptance(10**30) == half_up(acceptance(10**30))


def test_every_fee_says_where_it_stands():
    for key, tariff in law_fees.tariffs().items():
        assert tariff.key == key and tariff.version == date(2025, 4, 19)
        for words_ in (tariff.label, tariff.instrument, tariff.article, tariff.note):
            assert set(words_) == {"en", "zh"} and words_["en"].isascii() and re.search("[\u4e00-\u9fff]", words_["zh"])
        ends = [band.up_to for band in tariff.bands]
        assert ends[-1] is None and ends[:-1] == sorted(set(ends[:-1])) and tariff.share > 0
    assert law_fees.disclaimer() == {"en": "Not legal advice; have a lawyer check.", "zh": "不构成法律意见，请律师核对。"}


def test_spot_the_error_in_sixty_days_as_a_cap_for_large_firms():
    """A law firm's note reads Article 9 so. It names 60 days twice: as the cap for public bodies, and for large firms where the contract
    says nothing else."""
    rule = law.rules()["sme_terms"]
    assert rule.numbers["public_most"] == rule.numbers["large_days"] == 60 and rule.numbers["public_days"] == 30
    assert [name for name in rule.numbers if name.endswith("_most")] == ["public_most"]
    for language, cap in {"en": "no absolute cap", "zh": "不是绝对上限"}.items():
        public, large = rule.text[language].split("Large enterprises" if language == "en" else "大型企业", 1)
        assert cap in large and cap not in public
