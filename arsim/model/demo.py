"""The demo company: a manufacturer in the eastern provinces, invented, drawn by addressed luck from a fixed seed.

About 400 customers, receivables of about CNY 120 million, about 15 % of them overdue. Levels follow the course's source S0, shapes
the stylised facts of real business payers (a test asserts each); no real company is meant. Its numbers stand in ``data/demo.toml``.
"""

from datetime import date
from enum import IntEnum

import numpy as np

from arsim.model import exact
from arsim.model.evidence import number, table
from arsim.model.luck import Purpose, address, uniforms
from arsim.model.population import AGES, ORIGIN, Population
from arsim.model.scenario import INDUSTRIES

SEED = 20250101
MONTHS = 12


class _Question(IntEnum):
    """What is asked about a person. Numbers are addresses in luck: never renumber, only append."""

    INDUSTRY = 1
    PAYER = 2
    SEEN = 3
    SIZE = 4
    TERMS = 5
    RUNS = 7  # 6 has been asked nothing yet
    MONTH_END = 8
    DISPUTES = 9
    DEPENDENCE = 10
    PEAK = 11


def base() -> np.ndarray:
    """Base readiness by age, shape (AGES,)."""
    age, rate = np.arange(AGES) - ORIGIN, np.zeros(AGES)
    for day, value in table("demo.readiness").items():
        rate[age >= int(day)] = value
    return rate


def people(start: date, seed: int = SEED) -> Population:
    """The demo company's customers, with an empty book on `start`."""
    at, who = address(seed, 0, Purpose.PERSON), np.arange(number("demo.customers"))

    def luck(question):
        return uniforms(at, who, question)

    def normal(question):
        return exact.normal_quantile(luck(question))

    def choice(question, shares):
        shares = list(shares.values())
        return np.minimum(np.searchsorted(np.cumsum(shares), luck(question)), len(shares) - 1)

    # Zipf-like: a few customers place most of the orders.
    weight = exact.exp(-number("demo.zipf") * exact.log(who + number("demo.zipf_shift")))
    orders = number("demo.orders_a_year") / number("demo.working_days") * weight / np.cumsum(weight)[-1]
    large = who < number("demo.large.customers")
    named = np.array([INDUSTRIES.index(name) for name in table("demo.industry_share")])
    industry = choice(_Question.INDUSTRY, table("demo.industry_share"))
    # Nobody pays so slowly that selling to them would be absurd, and the ten largest are closer to the middle.
    industry_score = np.array(list(table("demo.industry_score").values()))[industry]
    payer_score = np.clip(
        number("demo.spread") * normal(_Question.PAYER) * np.where(large, number("demo.large.spread"), 1.0) + industry_score,
        number("demo.payer.least"), number("demo.payer.most"),
    )  # fmt: skip
    payer = exact.exp(payer_score)
    # The grade is what the credit desk can see of the payer: right more often than not.
    seen = payer_score + number("demo.grade_noise") * normal(_Question.SEEN)
    grade = np.sum([seen < score for score in table("demo.grade_from").values()], axis=0)
    log_mean = number("demo.log_mean") + number("demo.log_mean_spread") * normal(_Question.SIZE)
    log_sd = np.full(len(who), number("demo.log_sd"))
    sales_a_day = orders * exact.exp(log_mean + log_sd * log_sd / 2)
    terms = np.array([int(days) for days in table("demo.terms_share")])[choice(_Question.TERMS, table("demo.terms_share"))]
    wanted = sales_a_day * (terms + number("demo.limit.days")) * (number("demo.limit.slack") - number("demo.limit.by_grade") * grade)
    limit = np.ceil(wanted / number("demo.limit.rounded")).astype(np.int64) * number("demo.limit.rounded")
    # One run a week (never Monday), two a week for the largest, else daily.
    once, twice = 1 << (1 + who % 4), (1 << who % 5) | (1 << (who + 2) % 5)
    runs = np.where(large, twice, np.where(luck(_Question.RUNS) < number("demo.weekly"), once, 0b11111))
    return Population(
        name="demo",
        start=start,
        calendar="CN",
        ids=tuple(f"C{number + 1:03d}" for number in who),
        terms=terms,
        month_end=luck(_Question.MONTH_END) < number("demo.month_end"),
        limit=limit,
        orders_a_day=orders,
        log_mean=log_mean,
        log_sd=log_sd,
        payer=payer,
        run_days=runs,
        dispute_rate=number("demo.dispute.least") + number("demo.dispute.range") * luck(_Question.DISPUTES) ** 2,
        dependence=luck(_Question.DEPENDENCE),
        insolvency=np.array(list(table("demo.insolvency").values()))[grade],
        grade=grade,
        industry=named[industry],
        large=large,
        peak_month=np.floor(luck(_Question.PEAK) * MONTHS).astype(np.int64),
        base=base(),
        mood=number("demo.mood"),
        dispute_factor=number("demo.dispute_factor"),
        small_amount=number("demo.small_amount"),
        small_factor=number("demo.small_factor"),
        frayed=True,
    )
