"""A backtest told: what was foretold, what came, who came nearer, and what the model may be used for."""

import numpy as np

from arsim.report import words
from arsim.report.backtest_care import VIEWS, cares, names
from arsim.report.columns import aligned
from arsim.report.figures import money_scale, number
from arsim.study import scored
from arsim.study.backtest import Backtest
from arsim.study.bands import LEVELS
from arsim.study.book import BUCKETS
from arsim.study.moods import Moods
from arsim.study.verdict import CARE, NO, YES, checks, uses
from arsim.study.view import METHODS, View

INDENT = "      "


def text(found: Backtest) -> str:
    """The whole report."""
    say = words.say
    lines = [
        say(
            "Backtest of {file}: learnt from {before:,} payments up to {split}, foretold {after:,} invoices issued from then to {until}.",
            file=found.ledger.source, before=found.before, split=found.split, after=found.after, until=found.until,
        ),
        say("What is ordered, when it is due and for how much is taken as known; no payment after the day of a forecast is."),
    ]  # fmt: skip
    if found.closed_only:
        lines.append(
            say("The file holds paid invoices only: all forecasts are for invoices paid by its last day, and bad debts are not in it.")
        )
    rolling = say("Rolling: learnt again every week; on the last day before it each week is foretold, and the book at a month-end in it")
    lines += ["", rolling, *_view(found, found.rolling)]
    lines += ["", say("At once: everything foretold on the day of the split"), *_view(found, found.at_once)]
    return "\n".join([*lines, "", *_weeks(found), "", *verdict(found)])


def _view(found: Backtest, view: View) -> list[str]:
    say, called = words.say, names()
    head = ["", say("error of weekly cash, %"), say("CRPS, days"), say("late, %"), "p50", "p90", "p95"]
    rows = [head]
    for name in ("truth", *METHODS):
        one = view.truth if name == "truth" else view.methods[name]
        error = "" if name == "truth" else number(100 * view.cash_error(name), 1)
        score = "" if name == "truth" else number(one.crps, 2)
        rows.append([called[name], error, score, number(100 * one.late, 1), *(_days(days) for days in one.quantiles)])
    lines = [f"  {line}" for line in aligned(rows, range(1, len(head)))]
    ends = [["", *(str(end) for end in found.month_ends)]]
    for label, column, times, digits in ((say("DSO, days"), "dso", 1, 1), (say("overdue, %"), "overdue", 100, 1)):
        for name in ("truth", "model"):
            one = view.truth if name == "truth" else view.methods[name]
            ends.append([f"{label}: {called[name]}", *(number(times * value, digits) for value in getattr(one, column))])
    lines += ["", *(f"  {line}" for line in aligned(ends, range(1, len(ends[0]))))]
    age = [[say("ageing at the last month-end, %"), say("not due"), *BUCKETS[1:]]]
    for name in ("truth", "model"):
        one = view.truth if name == "truth" else view.methods[name]
        age.append([called[name], *(number(100 * share, 1) for share in one.ageing[-1])])
    lines += ["", *(f"  {line}" for line in aligned(age, range(1, 6)))]
    covered = words.listed(
        say("{level:.0%}: {share:.0%}", level=level, share=share) for level, share in zip(LEVELS, view.coverage(), strict=True)
    )
    return [*lines, "", say("  Weeks whose cash fell into the interval that should hold so many: {covered}.", covered=covered)]


def _days(value: float) -> str:
    return "–" if np.isnan(value) else number(value, 0)


def _weeks(found: Backtest) -> list[str]:
    """Cash by week in the rolling view, with intervals."""
    view = found.rolling
    scale = money_scale(float(view.truth.cash.sum()), found.ledger.currency)
    head = [words.say("week from"), words.say("what came"), words.say("model"), *(f"{level:.0%}" for level in LEVELS)]
    rows, first = [head], found.split + np.timedelta64(1, "D")
    for week, came in enumerate(view.truth.cash):
        spans = [f"{number(low / scale.fen, 0)} … {number(high / scale.fen, 0)}" for low, high in view.bands[:, :, week]]
        rows.append(
            [str(first + scored.WEEK * week), number(came / scale.fen, 0), number(view.methods["model"].cash[week] / scale.fen, 0), *spans]
        )
    title = words.say("Cash by week, foretold a week ahead, with intervals ({unit}):", unit=scale.name)
    return [title, *(f"  {line}" for line in aligned(rows, range(1, len(head))))]


def _check_names() -> dict[str, str]:
    say = words.say
    return {
        "late": say("late share"), "p50": say("median of days late"), "p90": say("90 % quantile of days late"),
        "p95": say("95 % quantile of days late"), "dso": say("DSO at month-ends"), "overdue": say("overdue share at month-ends"),
        "covered": say("weeks inside the 80 % interval"), "cash": say("weekly cash against the best simple method"),
        "crps": say("days late, invoice by invoice, against the best simple method"),
    }  # fmt: skip


def verdict(found: Backtest) -> list[str]:
    """What the model may be used for on this ledger, said plainly; under each answer but yes, by `INDENT`, what to do and why."""
    say, called = words.say, _check_names()
    told, careful = uses(found), cares(found)
    failed = {view: {check.key for check in checks(getattr(found, view)) if not check.passed} for view in VIEWS}
    said = {view: {check.key for care in careful.values() for check in care.failed[view]} for view in VIEWS}
    more = {view: words.listed(called[key] for key in called if key in failed[view] - said[view]) for view in VIEWS}
    answers = {YES: say("yes"), CARE: say("with care"), NO: say("no")}
    lines = [say("On this ledger, may the model be used")]
    for use, question in (
        ("plan", say("to plan the cash of the coming weeks?")), ("invoice", say("to say when single invoices will be paid?")),
        ("book", say("to foretell DSO and the overdue share?")), ("compare", say("as the level from which policies are compared?")),
    ):  # fmt: skip
        lines.append(f"  {question} {answers[told[use]]}")
        if use in careful:
            lines += [f"{INDENT}{line}" for line in (careful[use].practice, careful[use].why)]
    if careful:
        lines.append(say("Rolling means that each week was foretold on the last day before it; at once, that all was foretold on one day."))
    if not failed["rolling"]:
        lines.append(say("Rolling, everything checked was near enough."))
    elif more["rolling"]:
        lines.append(say("Not near enough, rolling: {failed}.", failed=more["rolling"]))
    if not failed["at_once"]:
        lines.append(say("At once, everything checked was near enough."))
    elif more["at_once"]:
        lines.append(say("Not near enough, at once: {failed}.", failed=more["at_once"]))
    lines.append(
        say("Near enough means: late share within 2 points; days late at 50, 90 and 95 % within 1, 2 and 4; DSO within 1.5 days; overdue "
            "share within 3 points; 80 % intervals hold 70 to 90 % of the weeks; both errors below all three simple methods.")
    )  # fmt: skip
    lines.append(
        say("What contacts, holds and lawsuits do to payments cannot be checked on this ledger: those effects stay assumptions, and so "
            "does every difference between policies that rests on them.")
    )  # fmt: skip
    return lines


def as_dict(found: Backtest) -> dict:
    """The figures, for a file: money in hundredths, shares between 0 and 1."""

    def told(view: View):
        methods = {"truth": view.truth, **view.methods}
        return {
            "methods": {
                name: {
                    "crps_days": None if name == "truth" else one.crps,
                    "weekly_cash": one.cash.tolist(),
                    "weekly_cash_error": None if name == "truth" else view.cash_error(name),
                    "late_share": one.late,
                    "days_late_quantiles": dict(zip(("p50", "p90", "p95"), _plain(one.quantiles), strict=True)),
                    "dso": one.dso.tolist(), "overdue_share": one.overdue.tolist(), "ageing": one.ageing.tolist(),
                }
                for name, one in methods.items()
            },
            "coverage": dict(zip((f"{level:.0%}" for level in LEVELS), view.coverage(), strict=True)),
            "intervals": {f"{level:.0%}": band.tolist() for level, band in zip(LEVELS, view.bands, strict=True)},
            "checks": {check.key: {"value": _number(check.value), "bound": check.bound, "passed": check.passed} for check in checks(view)},
        }  # fmt: skip

    mood: Moods = found.moods
    return {
        "file": found.ledger.source, "split": str(found.split), "until": str(found.until), "payments_before": found.before,
        "invoices_after": found.after, "closed_only": found.closed_only, "month_ends": [str(end) for end in found.month_ends],
        "rolling": told(found.rolling), "at_once": told(found.at_once), "uses": uses(found),
        "care": {
            use: {
                "why": care.why, "practice": care.practice,
                "failed": {
                    view: {check.key: {"value": _number(check.value), "bound": check.bound} for check in one}
                    for view, one in care.failed.items()
                },
            }
            for use, care in cares(found).items()
        },
        "moods": {"together": mood.together, "lasting": mood.lasting, "common": mood.common},
    }  # fmt: skip


def _plain(values):
    return [_number(value) for value in values]


def _number(value: float):
    return None if np.isnan(value) else float(value)
