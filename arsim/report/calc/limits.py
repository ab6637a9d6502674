"""When a claim becomes too late, its guarantee ends and the courts must act, each with article and version. Not legal advice."""

from collections.abc import Sequence
from datetime import date

from arsim.domain import clocks, law
from arsim.report import words
from arsim.report.calc.answer import Answer, table
from arsim.report.calc.cited import cited


def limits(due: date, demands: Sequence[date] = (), filed: date | None = None, guarantee_months: int | None = None) -> Answer:
    """When a claim becomes too late, its guarantee ends, and the courts must act on what was `filed`."""
    say = words.say
    end, guarantee = clocks.limitation_end(due, demands), clocks.guarantee_end(due, guarantee_months)
    rules = ["limitation", "limitation_restart", "limitation_absolute", "demand", "guarantee_period", "guarantee_act", "counting"]
    answer = [
        say("Limitation: sue, or make a demand you can prove, by {day}.", day=end),
        say("If there is a guarantee: by {day} sue the debtor (general guarantee) or demand payment from the guarantor (joint one).",
            day=guarantee),
    ]  # fmt: skip
    results: dict[str, object] = {"limitation_end": end, "guarantee_end": guarantee}
    working = [*_demands(due, demands), _guaranteed(due, guarantee_months, guarantee)]
    if filed:
        order = clocks.payment_order_deadlines(filed)
        steps = {name: getattr(order, name) for name in ("answer_by", "issue_by", "serve_by", "object_by", "enforceable_from")}
        trials = {name: [clocks.trial_end(filed, name, more) for more in (False, True)] for name in clocks.PROCEDURES}
        named = [say("small claims"), say("summary procedure"), say("ordinary procedure")]
        rows = [[name, *map(str, days)] for name, days in zip(named, trials.values(), strict=True)]
        late = clocks.barred(filed, due, demands)
        answer += [
            say("Filing on {filed} is too late: the debtor may refuse to pay.", filed=filed) if late
            else say("Filing on {filed} is in time.", filed=filed),
            "",
            say("Payment order applied for on {filed}: answered by {answer_by}, issued by {issue_by}; served that day, paid or objected to "
                "by {object_by}, else enforceable from {enforceable_from}.", filed=filed, **steps),
            say("It must reach the debtor by {day}, if issued on the last day.", day=order.serve_by),
            "",
            say("First instance docketed on {filed}, judgment by:", filed=filed),
            *table([say("procedure"), say("judgment"), say("if extended")], rows),
        ]  # fmt: skip
        working += [_ordered(), _tried()]
        rules += ["payment_order", *clocks.PROCEDURES]
        results |= {"filed_in_time": not late, "payment_order": steps}
        results["trial_end"] = {name: {"plain": plain, "extended": more} for name, (plain, more) in trials.items()}
    return Answer(
        answer=tuple(answer),
        working=tuple(working),
        beware=(
            say("A demand counts only if you can prove that it arrived; a phone call without a record does not."),
            say("After the last day the debt remains, but the debtor may refuse to pay. Do not plan up to that day."),
            say("Suspension, part payments, promises to pay and suits under way move these days; they are not in here."),
            say("Last days of the courts are rules for them. Service, appeals and expert opinions take longer in practice."),
        ),
        results=results,
        law=cited(rules),
    )


def _demands(due: date, demands: Sequence[date]) -> list[str]:
    """Each demand in turn and what it does to the last day."""
    say, years = words.say, law.rules()["limitation"].numbers["years"]
    end = clocks.limitation_end(due)
    lines = [say("Due on {due}: {years} years from it end on {end}.", due=due, years=years, end=end)]
    seen: list[date] = []
    for day in sorted(demands):
        seen.append(day)
        after = clocks.limitation_end(due, seen)
        if day <= due:
            lines.append(say("Demand of {day}: not after the due date, so it changes nothing.", day=day))
        elif day > end:
            lines.append(say("Demand of {day}: after the last day, so it restarts nothing.", day=day))
        else:
            lines.append(say("Demand of {day}: {years} years start anew and end on {end}.", day=day, years=years, end=after))
        end = after
    most = law.rules()["limitation_absolute"].numbers["years"]
    return [*lines, say("Never later than {years} years from the due date.", years=most)]


def _guaranteed(due: date, months: int | None, end: date) -> str:
    if months:
        return words.say("Guarantee: {months} months as agreed from {due}, to {end}.", months=months, due=due, end=end)
    months = law.rules()["guarantee_period"].numbers["months"]
    return words.say("Guarantee: nothing clear agreed, so {months} months from {due}, to {end}.", months=months, due=due, end=end)


def _ordered() -> str:
    numbers = law.rules()["payment_order"].numbers
    return words.say(
        "Payment order: {accept_days} days to answer, {issue_days} to issue, {object_days} from service to pay or object; "
        "{serve_days} days to serve.", **numbers
    )  # fmt: skip


def _tried() -> str:
    months = words.listed(f"{it['months']} (+{it['more_months']})" for it in (law.rules()[name].numbers for name in clocks.PROCEDURES))
    return words.say("Judgment: months by procedure (and extension): {months}.", months=months)
