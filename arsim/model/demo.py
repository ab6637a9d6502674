"""The demo company: a manufacturer in the eastern provinces, invented, drawn by addressed luck from a fixed seed.

About 400 customers, receivables of about CNY 120 million, about 15 % of them overdue. Levels follow the course's source S0, shapes
the stylised facts of real business payers (a test asserts each); no real company is meant.
"""

from datetime import date

import numpy as np

from arsim.model import exact
from arsim.model.luck import Purpose, address, uniforms
from arsim.model.population import AGES, ORIGIN, Population

SEED = 20250101
CUSTOMERS = 400
ORDERS_A_YEAR = 7644
WORKING_DAYS = 250

INDUSTRIES = ("machinery", "electronics", "construction", "food", "textiles", "public")
_INDUSTRY_SHARE = (0.26, 0.20, 0.18, 0.16, 0.13, 0.07)
REGIONS = ("east", "south", "north", "west")
_REGION_SHARE = (0.45, 0.25, 0.2, 0.1)
_TERMS, _TERMS_SHARE = (30, 45, 60, 90), (0.34, 0.22, 0.30, 0.14)

# Tuned until the simulated history under the baseline policy shows the stylised facts and S0's levels; no one of them is a datum.
SPREAD = 2.078  # standard deviation of the payer type's logarithm
WEEKLY = 0.694  # share of customers with one run a week
MONTH_END = 0.656  # share whose terms count from the month's end
ZIPF = 1.148  # concentration of orders
LOG_MEAN = 14.763  # typical order, ln fen
MOOD = 0.488
# Base readiness per day by days past due: over a third paid early, a mass on the due date and the two days after, then a fast decay
# and a fat tail.
STEPS = (-ORIGIN, -30, -14, -7, -3, 0, 1, 3, 6, 11, 21, 45, 90)
RATES = (0.0011, 0.00501, 0.0113, 0.0197, 0.192, 3.35, 3.54, 0.104, 0.0906, 0.0318, 0.0223, 0.0176, 0.0109)


def base() -> np.ndarray:
    """Base readiness by age, shape (AGES,)."""
    age, rate = np.arange(AGES) - ORIGIN, np.zeros(AGES)
    for day, value in zip(STEPS, RATES, strict=True):
        rate[age >= day] = value
    return rate


def people(start: date, seed: int = SEED) -> Population:
    """The demo company's customers, with an empty book on `start`."""
    at, who = address(seed, 0, Purpose.PERSON), np.arange(CUSTOMERS)

    def luck(question):
        return uniforms(at, who, question)

    def normal(question):
        return exact.normal_quantile(luck(question))

    def choice(question, shares):
        return np.minimum(np.searchsorted(np.cumsum(shares), luck(question)), len(shares) - 1)

    # Zipf-like: the ten largest place over 40 % of the orders.
    weight = exact.exp(-ZIPF * exact.log(who + 1.5))
    orders = ORDERS_A_YEAR / WORKING_DAYS * weight / np.cumsum(weight)[-1]
    industry = choice(1, _INDUSTRY_SHARE)
    # Nobody pays so slowly that selling to them would be absurd, and the ten largest are closer to the middle.
    industry_score = np.array([0.05, 0.25, -0.45, 0.2, 0.0, -0.5])[industry]
    payer_score = np.clip(SPREAD * normal(2) * np.where(who < 10, 0.6, 1.0) + industry_score, -1.6, 2.8)
    payer = exact.exp(payer_score)
    # The grade is what the credit desk can see of the payer: right more often than not.
    seen = payer_score + 0.8 * normal(3)
    grade = (seen < 0.9).astype(int) + (seen < -0.2) + (seen < -1.2)
    log_mean = LOG_MEAN + 0.6 * normal(4)
    log_sd = np.full(CUSTOMERS, 1.65)
    sales_a_day = orders * exact.exp(log_mean + log_sd * log_sd / 2)
    terms = np.array(_TERMS)[choice(5, _TERMS_SHARE)]
    limit = np.ceil(sales_a_day * (terms + 75) * (1.6 - 0.15 * grade) / 1e7).astype(np.int64) * 10_000_000
    # One run a week (never Monday), two a week for the largest, else daily.
    once, twice = 1 << (1 + who % 4), (1 << who % 5) | (1 << (who + 2) % 5)
    runs = np.where(who < 10, twice, np.where(luck(7) < WEEKLY, once, 0b11111))
    return Population(
        name="demo",
        start=start,
        calendar="CN",
        ids=tuple(f"C{number + 1:03d}" for number in who),
        terms=terms,
        month_end=luck(8) < MONTH_END,
        limit=limit,
        orders_a_day=orders,
        log_mean=log_mean,
        log_sd=log_sd,
        payer=payer,
        run_days=runs,
        dispute_rate=0.02 + 0.08 * luck(9) ** 2,
        dependence=luck(10),
        insolvency=np.array([0.001, 0.003, 0.01, 0.03])[grade],
        grade=grade,
        base=base(),
        mood=MOOD,
        dispute_factor=0.35,
        small_amount=600_000,
        small_factor=1.35,
    )
