"""A customer's credit score, explained: what each C earned, what holds it down, what limit follows."""

from arsim.domain.assessment import Assessment, assess
from arsim.domain.card import Scorecard, Weights
from arsim.domain.scorecard import CARD, OUTLOOK_SHIFT, suggested_limit
from arsim.report import words
from arsim.report.calc.answer import Answer, figure, money, percent, table
from arsim.report.figures import number

_SHARES = ("debt_ratio", "sales_growth", "late_share", "security")


def scorecard(figures: dict[str, float | None], outlook: float = 0.0, purchases: int | None = None, terms: int | None = None) -> Answer:
    """Score `figures` (as `arsim.domain.assessment.assess` names them); the limit for `purchases` in fen a month at `terms` days."""
    say, pick, label = words.say, words.pick, CARD.label
    found = assess(**figures, outlook=outlook)
    head = say("Score {score} of 100: grade {grade}.", score=figure(found.score, 1), grade=found.letter)
    answer = [head, *_by_c(found, CARD), "", *_by_figure(found, CARD)]
    if found.reasons:
        held = words.listed(
            "{}{}".format(pick(label[name]), words.say(" ({verdict})", verdict=pick(label[verdict])))
            for name, verdict in (reason.split(".") for reason in found.reasons)
        )
        answer += ["", say("What holds it down: {reasons}", reasons=held)]
    working = [
        say("Points of a figure: in a straight line between the marks of its scale in data/scorecard.toml; a C with two figures takes "
            "their mean."),
        say("Score: {formula}", formula=_sum(found, CARD)),
        say("Grades: A from {a}, B from {b}, C from {c} points, else D.", a=figure(CARD.cuts[0]), b=figure(CARD.cuts[1]),
            c=figure(CARD.cuts[2])),
    ]  # fmt: skip
    results = {
        "score": found.score, "grade": found.letter, "points": dict(found.points), "earned": dict(found.earned),
        "figures": {one.figure: {"value": one.value, "points": one.points, "verdict": one.verdict} for one in found.findings},
        "reasons": list(found.reasons),
    }  # fmt: skip
    if outlook:
        working.append(
            say("Outlook of the industry {outlook}: sales growth counts {shift} percentage points.", outlook=number(outlook, 1, sign=True),
                shift=number(100 * OUTLOOK_SHIFT * outlook, 1, sign=True))
        )  # fmt: skip
    if purchases is not None:
        limit, factor = suggested_limit(purchases, found.grade, terms), CARD.factors[found.grade]
        answer += ["", say("Suggested limit: CNY {limit}.", limit=money(limit))]
        working.append(
            say("Limit: {formula}, rounded down to CNY {step}.", step=money(CARD.step_fen),
                formula=f"{money(purchases)} × ({terms} + {CARD.slack_days}) / 30 × {figure(factor)}"
                f" = {money(round(purchases * (terms + CARD.slack_days) / 30 * factor))}")
        )  # fmt: skip
        results["limit"] = limit
    return Answer(
        answer=tuple(answer),
        working=tuple(working),
        beware=(
            say("Weights, scales and grades are assumptions to begin with. Fit them to your customers: how many of each grade paid late?"),
            say("A score is no chance of default: 80 points does not mean that 80 % pay."),
            say("A figure you left out earns no points, so a low score may mean that you know little, not that the customer is bad."),
        ),
        results=results,
    )


def _by_c(found: Assessment, card: Scorecard) -> list[str]:
    say = words.say
    rows = [
        [words.pick(card.label[c]), figure(weight), figure(found.points[c], 1), figure(found.earned[c], 2)]
        for c, weight in zip(Weights._fields, card.weights, strict=True)
    ]
    return table([say("the five C"), say("weight"), say("points"), say("adds to the score")], rows)


def _by_figure(found: Assessment, card: Scorecard) -> list[str]:
    say = words.say
    rows = []
    for one in found.findings:
        known = one.value == one.value
        value = (percent(one.value, 1) if one.figure in _SHARES else figure(one.value, 2)) if known else "–"
        rows.append([words.pick(card.label[one.figure]), value, figure(one.points, 1), words.pick(card.label[one.verdict])])
    return table([say("figure"), say("value"), say("points"), say("verdict")], rows)


def _sum(found: Assessment, card: Scorecard) -> str:
    parts = " + ".join(f"{figure(w)} × {figure(found.points[c], 1)}" for c, w in zip(Weights._fields, card.weights, strict=True))
    return f"({parts}) / {figure(sum(card.weights))} = {figure(found.score, 2)}"
