"""The five-C credit score: observable figures → points for each C → score 0–100 → grade A–D → suggested limit.

Numbers and tuples in, numbers and tuples out, so that any engine can call the same lines; `arsim.domain.assessment` explains the same
score to people. A figure that is not known (nan) earns no points. Defaults are those of ``data/scorecard.toml``, with their sources.
"""

from arsim.domain.card import Knots, Scales, Weights, scorecard

CARD = scorecard()
OUTLOOK_SHIFT = 0.05  # growth that one step of the industry's outlook is worth
NEAR = 1e-9  # points: a score of 80 worked out by hand is an A even if its binary sum falls short in the last digit


def on_scale(x: float, knots: Knots) -> float:
    """Points of `x` on a piecewise-linear scale; level beyond its ends, 0 if `x` is nan.

    Examples
    --------
    >>> on_scale(1.25, ((0.5, 0.0), (1.0, 40.0), (1.5, 75.0))), on_scale(9.0, ((0.5, 0.0), (1.0, 40.0)))
    (57.5, 40.0)
    """
    if x != x:
        return 0.0
    if x <= knots[0][0]:
        return knots[0][1]
    for i in range(1, len(knots)):
        left, bottom = knots[i - 1]
        right, top = knots[i]
        if x == right:
            return top
        if x < right:
            y = bottom + (x - left) * (top - bottom) / (right - left)
            return min(max(y, min(bottom, top)), max(bottom, top))  # rounding must not carry it past a knot
    return knots[len(knots) - 1][1]


def five_c(
    current_ratio: float, quick_ratio: float, debt_ratio: float, sales_growth: float, mean_days_late: float, late_share: float,
    security: float, scales: Scales = CARD.scales, outlook: float = 0.0,
) -> tuple[float, float, float, float, float]:  # fmt: skip
    """Points 0–100 of each C, in the order of `Weights`; parameters as in `score`. A C of two figures is their mean.

    Examples
    --------
    15 days late (70) on 30 % of invoices (60); current ratio 1 (40), quick ratio 1 (80); debt 60 %; half secured; sales level.

    >>> five_c(1.0, 1.0, 0.6, 0.0, 15, 0.3, 0.5)
    (65.0, 60.0, 70.0, 60.0, 60.0)
    """
    late, often, current, quick, debt, secured, growth = scales
    return (
        0.5 * (on_scale(mean_days_late, late) + on_scale(late_share, often)),
        0.5 * (on_scale(current_ratio, current) + on_scale(quick_ratio, quick)),
        on_scale(debt_ratio, debt),
        on_scale(security, secured),
        on_scale(sales_growth + OUTLOOK_SHIFT * outlook, growth),
    )


def score(
    current_ratio: float, quick_ratio: float, debt_ratio: float, sales_growth: float, mean_days_late: float, late_share: float,
    security: float, weights: Weights = CARD.weights, scales: Scales = CARD.scales, outlook: float = 0.0,
) -> float:  # fmt: skip
    """Score 0–100: weighted mean of the five C. A better figure never lowers it.

    Parameters
    ----------
    current_ratio, quick_ratio, debt_ratio : float
        From the last statements; nan if there are none.
    sales_growth : float
        Share, on the year before.
    mean_days_late : float
        Of the invoices paid lately; paid early counts as 0 or less.
    late_share : float
        Share of these paid after the due date.
    security : float
        Share of the exposure the security would recover (`CARD.security` has usual values by kind).
    weights : Weights, optional
        Any 5 numbers of 0 or more; all 0 gives 0.
    scales : Scales, optional
    outlook : float, default 0
        Of the customer's industry: -1 worsening, 0 steady, 1 improving.

    Returns
    -------
    float

    Examples
    --------
    (35 × 65 + 25 × 60 + 15 × 70 + 10 × 60 + 15 × 60) / 100:

    >>> score(1.0, 1.0, 0.6, 0.0, 15, 0.3, 0.5)
    63.25
    """
    points = five_c(current_ratio, quick_ratio, debt_ratio, sales_growth, mean_days_late, late_share, security, scales, outlook)
    total, weight = 0.0, 0.0
    for i in range(5):
        total += weights[i] * points[i]
        weight += weights[i]
    return min(total / weight, 100.0) if weight > 0.0 else 0.0


def graded(score: float, a: float = CARD.cuts[0], b: float = CARD.cuts[1], c: float = CARD.cuts[2]) -> int:
    """Grade of a score, by where A, B and C begin: 0 = A … 3 = D.

    Examples
    --------
    >>> [graded(points) for points in (80, 79.9, 50, 49.9)]
    [0, 1, 2, 3]
    """
    if score >= a - NEAR:
        return 0
    if score >= b - NEAR:
        return 1
    return 2 if score >= c - NEAR else 3


def suggested_limit(
    monthly_purchases_fen: int, grade: int, terms_days: int, slack_days: int = CARD.slack_days,
    factors: tuple[float, float, float, float] = CARD.factors, step_fen: int = CARD.step_fen,
) -> int:  # fmt: skip
    """Credit limit in fen: purchases × (terms + slack) / 30 × the grade's factor, rounded down to a whole step.

    Parameters
    ----------
    monthly_purchases_fen : int
        Usual purchases in 30 days, fen.
    grade : int
        0 = A … 3 = D.
    terms_days, slack_days : int
        Days from invoice to due date, and days on top for the usual delay and the order under way.
    factors : tuple of 4 float, optional
        By grade.
    step_fen : int, optional
        Fen, at least 1.

    Returns
    -------
    int
        Fen, never below 0.

    Examples
    --------
    CNY 200,000 a month at 60 days, 15 of slack, grade B: 200,000 × 75 / 30.

    >>> suggested_limit(200_000_00, grade=1, terms_days=60) // 100
    500000
    """
    days = terms_days + slack_days
    if monthly_purchases_fen <= 0 or days <= 0:
        return 0
    need = monthly_purchases_fen * days / 30.0 * factors[min(max(grade, 0), 3)]
    return int(need / step_fen + NEAR) * step_fen
