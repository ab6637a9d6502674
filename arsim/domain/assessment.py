"""A customer's credit score, explained: what each C and each figure earned, and what holds the score down."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import nan

from arsim.domain.card import LETTERS, SPEAKS_FOR, Scales, Scorecard, Weights
from arsim.domain.scorecard import CARD, OUTLOOK_SHIFT, five_c, graded, on_scale, score

STRONG, FAIR = 70.0, 40.0  # points from which a finding is called so


@dataclass(frozen=True)
class Finding:
    """One figure of an assessment.

    Parameters
    ----------
    figure : str
        Its name, such as ``"current_ratio"``; `Scorecard.label` has it in words.
    c : str
        The C it speaks for.
    value : float
        As given; nan if not known.
    points : float
        0–100 on its scale.
    """

    figure: str
    c: str
    value: float
    points: float

    @property
    def verdict(self) -> str:
        """``"strong"``, ``"fair"``, ``"weak"`` or ``"unknown"``; `Scorecard.label` has it in words."""
        if self.value != self.value:
            return "unknown"
        return "strong" if self.points >= STRONG else "fair" if self.points >= FAIR else "weak"


@dataclass(frozen=True)
class Assessment:
    """A customer's score, explained.

    Parameters
    ----------
    score : float
        0–100.
    grade : int
        0 = A … 3 = D.
    points : mapping
        Of each C, 0–100.
    earned : mapping
        What each C adds to the score; they add up to it.
    findings : tuple of Finding
        One a figure.
    """

    score: float
    grade: int
    points: Mapping[str, float]
    earned: Mapping[str, float]
    findings: tuple[Finding, ...]

    @property
    def letter(self) -> str:
        """The grade as a letter."""
        return LETTERS[self.grade]

    @property
    def reasons(self) -> tuple[str, ...]:
        """What holds the score down, fewest points first: ``"figure.weak"`` or ``"figure.unknown"``."""
        found = sorted((finding for finding in self.findings if finding.verdict in ("weak", "unknown")), key=lambda finding: finding.points)
        return tuple(f"{finding.figure}.{finding.verdict}" for finding in found)


def assess(
    *, current_ratio: float | None = None, quick_ratio: float | None = None, debt_ratio: float | None = None,
    sales_growth: float | None = None, mean_days_late: float | None = None, late_share: float | None = None,
    security: float | None = 0.0, outlook: float = 0.0, card: Scorecard | None = None,
) -> Assessment:  # fmt: skip
    """Score a customer and say why. Figures as in `arsim.domain.scorecard.score`; None (or nan) where not known, which earns no points.

    Returns
    -------
    Assessment
        Its `score` is that of `arsim.domain.scorecard.score`, bit for bit.

    Examples
    --------
    >>> found = assess(current_ratio=1.0, quick_ratio=1.0, debt_ratio=0.6, sales_growth=0.0, mean_days_late=15, late_share=0.3)
    >>> found.score, found.letter, found.reasons
    (57.25, 'C', ('security.weak',))
    """
    card = card or CARD
    given = (current_ratio, quick_ratio, debt_ratio, sales_growth, mean_days_late, late_share, security)
    figures = tuple(nan if x is None else x for x in given)
    points = five_c(*figures, card.scales, outlook)
    total = score(*figures, card.weights, card.scales, outlook)
    value = dict(
        zip(
            ("current_ratio", "quick_ratio", "debt_ratio", "sales_growth", "mean_days_late", "late_share", "security"), figures, strict=True
        )
    )
    seen = value | {"sales_growth": value["sales_growth"] + OUTLOOK_SHIFT * outlook}
    return Assessment(
        score=total,
        grade=graded(total, *card.cuts),
        points=dict(zip(Weights._fields, points, strict=True)),
        earned={c: weight * got / sum(card.weights) for c, weight, got in zip(Weights._fields, card.weights, points, strict=True)},
        findings=tuple(
            Finding(name, SPEAKS_FOR[name], value[name], on_scale(seen[name], knots))
            for name, knots in zip(Scales._fields, card.scales, strict=True)
        ),
    )
