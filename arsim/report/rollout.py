"""A rollout plan and what its results say, in words and tables."""

from datetime import date, timedelta
from math import ceil

from arsim.report import words
from arsim.report.columns import aligned
from arsim.report.figures import number
from arsim.report.firm import Firm
from arsim.report.robust import percent
from arsim.study.trial_figures import FIGURES, Figure
from arsim.study.trial_horizon import Horizon
from arsim.study.trial_luck import HISTORY
from arsim.study.trial_plan import Plan
from arsim.study.trial_reading import HARM, Reading, Told


def label(kind: Figure | str) -> str:
    """What a main figure is called."""
    key = kind if isinstance(kind, str) else kind.key
    say = words.say
    return {"overdue_share": say("overdue share of each customer"), "days_late": say("days late of each customer"),
            "cash_90": say("share paid within 90 days, of each customer")}[key]  # fmt: skip


def definition(kind: Figure) -> str:
    """How a main figure is worked out from a ledger."""
    say = words.say
    return {
        "overdue_share": say("Of what the customer owed at the end of each day of the trial, the share that was overdue."),
        "days_late": say("Of the invoices that fell due in the trial, the days paid late, weighted by amount; 90 at most, an open one "
                         "counts to the day of reading."),
        "cash_90": say("Of what was invoiced in the trial up to 90 days before the reading, the share paid within 90 days of the invoice."),
    }[kind.key]  # fmt: skip


def amount(value: float, unit: str, sign: bool = True) -> str:
    """A difference of the main figure with its unit."""
    if value != value:
        return "–"
    if unit == "share":
        return words.say("{value} percentage points", value=number(100 * value, 2, sign=sign))
    return words.say("{value} days", value=number(value, 2, sign=sign))


def span(low: float, high: float, unit: str) -> str:
    """An interval of the main figure with its unit."""
    scale = 100 if unit == "share" else 1
    inner = f"{number(scale * low, 2, sign=True)} … {number(scale * high, 2, sign=True)}"
    return words.say("{value} percentage points", value=inner) if unit == "share" else words.say("{value} days", value=inner)


def titles(plan: Plan) -> tuple[str, str]:
    """What champion and challenger are called."""
    return tuple(policy.called(words.language()) for policy in plan.policies)


def look_days(start: date, days: int, looks: int) -> list[date]:
    """The dates of the looks, the last of them the end."""
    return [start + timedelta(ceil(days * at / looks) - 1) for at in range(1, looks + 1)]


def plan_rows(plan: Plan, firm: Firm, start: date) -> list[tuple[str, str]]:
    """The plan, line by line: what, and what is settled about it."""
    say, unit, one = words.say, plan.figure.unit, plan.chosen
    first, second = titles(plan)
    end = start + timedelta(plan.days - 1)
    drawn = [int((plan.arms == arm).sum()) for arm in (0, 1, -1)]
    looks = words.listed(
        say("{date} (beyond ±{bound} standard errors)", date=day.isoformat(), bound=number(bound, 2))
        for day, bound in zip(look_days(start, plan.days, plan.looks), plan.bounds, strict=True)
    )  # fmt: skip
    mean, low, high = plan.forecast
    return [
        (say("Company"), firm.called),
        (say("A, champion (as today)"), f"{first} [{plan.policies[0].name}]"),
        (say("B, challenger"), f"{second} [{plan.policies[1].name}]"),
        (say("Main figure"), words.say("{what}: {amount}", what=label(plan.figure), amount=definition(plan.figure))),
        (say("Claim"), say("From {start} to {end}, the mean {figure} is {effect} under B compared with A.", start=start.isoformat(),
                           end=end.isoformat(), figure=label(plan.figure), effect=amount(mean, unit))),
        (say("The same weighted by amount"), say("{effect}, each customer counted by what it was invoiced before.{warned}",
                                                effect=amount(plan.by_money, unit), warned=_against(plan))),
        (say("Forecast for this trial"), say("{effect}; 95 of 100 simulated trials of this size show {span}.", effect=amount(mean, unit),
                                            span=span(low, high, unit))),
        (say("Chance that this trial shows it"), say("{chance} %, by simulated trials {seen} %.", chance=number(100 * plan.chance, 0),
                                                    seen=number(100 * plan.seen, 0))),
        (say("Smallest effect all customers together would show"),
         say("{effect} (power {power} %)", effect=amount(one.least, unit, sign=False), power=number(100 * plan.asked, 0))),
        (say("Who is drawn"), say("A: {a}, B: {b}, outside: {out} customers; by lot, seed {seed}, within {strata}. Companies of one group "
                                  "are drawn together if they were named.", a=drawn[0], b=drawn[1], out=drawn[2], seed=plan.seed,
                                  strata=say("thirds by size and credit grade") if plan.grades else say(
                                      "thirds by size and by how late they pay"))),
        (say("Taken into account"), say("each customer's own {days} days before the start and its stratum: {share} % of the variance.",
                                        days=HISTORY, share=number(100 * one.removed, 0))),
        (say("Looks"), looks),
        (say("Stop for harm: main figure"), say("at a look, B is worse than A beyond the bound of that look.")),
        (say("Stop for harm: orders"), say("at a look, orders of B against each customer's usual are down beyond a one-sided bound "
                                           "({harm} % over all looks). Simulated: {mean} ({low} … {high}) times usual.",
                                           harm=number(100 * HARM, 0),
                                           mean=number(plan.fell[0], 3, sign=True), low=number(plan.fell[1], 2, sign=True),
                                           high=number(plan.fell[2], 2, sign=True))),
        (say("Stop for harm: complaints"), say("at a look, upheld complaints in B are so many more than in A that chance explains it in "
                                               "fewer than {harm} % of cases; and at once, whatever the number: a contact that was "
                                               "unlawful.",
                                               harm=number(100 * HARM / plan.looks, 1))),
        (say("Goodwill, simulated"), say("{points} points of 100 after 12 months. No ledger shows it; complaints and orders stand for it.",
                                         points=number(plan.goodwill, 1, sign=True))),
        (say("Decision rule"), say("At the last look: roll out if B is surely better and no stop rule was reached; drop if surely worse; "
                                   "else say that it cannot be told, and decide by cost.")),
        (say("Nothing else counts"), say("The main figure is not changed after the start. Between looks nobody reads the result.")),
    ]  # fmt: skip


def _against(plan: Plan) -> str:
    if plan.by_money * plan.chosen.effect >= 0:
        return ""
    return words.gap() + words.say("Mind: the two point in opposite directions. B does something else to large customers than to small "
                                   "ones, and the trial counts heads.")  # fmt: skip


def horizon_rows(plan: Plan) -> list[list[str]]:
    """A head, then a row for each length of trial."""
    say, unit = words.say, plan.figure.unit
    made = [[say("months"), say("customers with a figure"), say("effect"), say("95 % interval"), say("spread"), say("left with history"),
             say("each arm, power {power} %", power=number(100 * plan.asked, 0)), say("… at half the effect"), say("each arm, power 90 %"),
             say("… at half the effect"), say("chance with all")]]  # fmt: skip
    scale, digits = (100, 2) if unit == "share" else (1, 2)
    tell = lambda value, sign=False: number(scale * value, digits, sign=sign)  # noqa: E731
    count = lambda size: say("too many") if size is None else number(size, 0)  # noqa: E731
    for one in plan.horizons:
        made.append([str(one.months) + (" *" if one.months == plan.months else ""), number(one.units, 0), tell(one.effect, True),
                     f"{tell(one.low, True)} … {tell(one.high, True)}", tell(one.sd), tell(one.left), *map(count, (
                         one.full, one.half, one.full_90, one.half_90)), percent(one.chance)])  # fmt: skip
    return made


def advice(plan: Plan) -> str:
    """Whether this company has customers enough, and if not, what to do."""
    say, one = words.say, plan.chosen
    facts = {"months": one.months, "need": one.full, "have": plan.each}
    if one.full is not None and one.full <= plan.each:
        enough = say("{months} months are enough: each arm needs {need} customers with a figure, and has about {have}.", **facts)
        spare = say("{need} customers drawn into each arm would expose no more than it takes.", need=plan.drawn_for(one.full))
        return enough if plan.per_arm else enough + words.gap() + spare
    if one.full is not None and one.full <= one.units // 2:
        return say("Each arm needs {need} customers with a figure, and has about {have}: the arms are too small, the company is not. Draw "
                   "{drawn} into each.", drawn=plan.drawn_for(one.full), need=one.full, have=plan.each)  # fmt: skip
    longer = _first(plan.horizons, lambda other: other.full is not None and other.full <= other.units // 2)
    if longer:
        return say("{months} months are too short with these customers; {longer} months would do.", months=one.months, longer=longer.months)
    return say("This company has too few customers to see the simulated effect with the power asked for. The smallest effect it would see "
               "in {months} months is {effect}. Pool branches, test a bolder difference, choose a figure that spreads less, or decide "
               "without knowing and watch the stop rules.", months=one.months,
               effect=amount(one.least, plan.figure.unit, sign=False))  # fmt: skip


def _first(horizons: tuple[Horizon, ...], good) -> Horizon | None:
    return next((one for one in horizons if good(one)), None)


def assumptions(plan: Plan) -> str:
    """What the plan rests on."""
    say = words.say
    history = say("History: the ledger's own.") if plan.own_history else say(
        "History: simulated under A, with luck of its own, because no ledger was given; how much it helps is a guess.")  # fmt: skip
    return "\n".join([
        say("What this rests on:"),
        "  " + say("Effect and spread are simulated ({count} courses of luck, effects of contacts mostly assumed); hence the sizes at half "
                   "the effect.", count=plan.replications),
        "  " + say("The forecast's interval covers lots and luck. That the model's own constants may be wrong is not in it: `arsim robust` "
                   "tells in how many plausible worlds the effect holds."),
        "  " + history,
        "  " + say("Every customer counts the same, large or small; a customer without invoices counts not at all."),
        "  " + say("One customer's treatment must not change another's: collectors' time is shared in real life and was not in each arm of "
                   "the simulation; do not take people from A to serve B."),
        "  " + say("Bounds at looks: O'Brien–Fleming; sizes by Student's t with the bound of the last look."),
    ])  # fmt: skip


def plan_text(plan: Plan, firm: Firm, start: date) -> str:
    """The plan for a terminal."""
    rows = [words.say("{what}: {amount}", what=what, amount=value) for what, value in plan_rows(plan, firm, start)]
    unit = words.say("percentage points") if plan.figure.unit == "share" else words.say("days")
    head = words.say("How long, how many ({figure}, effects in {unit}; * as planned):", figure=label(plan.figure), unit=unit)
    table = "\n".join(aligned(horizon_rows(plan), range(11)))
    return "\n\n".join(["\n".join(rows), head, table, advice(plan), assumptions(plan)])


def reading_text(found: Reading, kind: Figure) -> str:
    """What the results say, and beside it the forecast."""
    say, unit, main = words.say, kind.unit, found.main
    lines = [verdict(found), "", say("Main figure: {figure}.", figure=label(kind)),
             say("B less A: {value}, interval at this look {span}; by permutation, one as large or larger in {chance} % of other lots. "
                 "Customers: A {a}, B {b}.", value=amount(main.value, unit), span=span(main.low, main.high, unit),
                 chance=number(100 * main.chance, 1), a=main.units[0], b=main.units[1]),
             say("Forecast: {value}, {span}. {beside}", value=amount(found.forecast[0], unit),
                 span=span(*found.forecast[1:], unit), beside=beside(found))]  # fmt: skip
    return "\n".join([*lines, *guards(found)])


def guards(found: Reading) -> list[str]:
    """What the rules on harm say, a line each."""
    say = words.say
    made = [say("Stop rule orders: {told}", told=_orders(found.orders, "orders" in found.stops, found.look))]
    if found.complaints is None:
        made.append(say("Stop rule complaints: not recorded."))
    else:
        a, b, chance = found.complaints
        reached = say("reached") if "complaints" in found.stops else say("not reached")
        made.append(say("Stop rule complaints: {a} in A, {b} in B, chance of so many more {chance} %; {reached}.", a=a, b=b,
                        chance=number(100 * chance, 1), reached=reached))  # fmt: skip
    return made


def _orders(one: Told | None, hit: bool, look: int) -> str:
    say = words.say
    if one is None:
        return say("too few customers with usual orders.")
    reached = say("reached") if hit else say("not reached") if look else say("no look is due")
    return say("B less A {value} times usual (lower bound {low}); {reached}.", value=number(one.value, 2, sign=True),
               low=number(one.low, 2, sign=True), reached=reached)  # fmt: skip


def beside(found: Reading) -> str:
    """The result beside the forecast, in a sentence."""
    say = words.say
    return {
        "inside": say("The result lies inside the forecast."),
        "less": say("The result lies outside the forecast: a smaller effect than foretold."),
        "more": say("The result lies outside the forecast: a larger effect than foretold."),
        "against": say("The result lies outside the forecast, and on the other side of zero: the model was wrong about this. Find out why "
                       "before it is used again."),
    }[found.beside]  # fmt: skip


def verdict(found: Reading) -> str:
    """What to do now, in plain words."""
    say = words.say
    if found.state == "early":
        return say("No look is due yet: go on. The figures below decide nothing.")
    if found.state == "stop_harm":
        named = {"main": say("main figure"), "orders": say("orders"), "complaints": say("complaints")}
        return say("STOP (look {look} of {looks}): harm, by the rule on {rules}. Give B's customers back to A.", look=found.look,
                   looks=found.looks, rules=words.listed(named[rule] for rule in found.stops))  # fmt: skip
    if found.state == "stop_benefit":
        return say("Look {look} of {looks}: B is surely better already. You may stop and roll out; no stop rule for harm is reached.",
                   look=found.look, looks=found.looks)  # fmt: skip
    if found.state == "goes_on":
        return say("Look {look} of {looks}: nothing is decided yet, no stop rule is reached. Go on.", look=found.look, looks=found.looks)
    if found.better > 0:
        return say("The end: B is surely better than A. Roll out.")
    return say("The end: it cannot be told whether B is better. That is not the same as no effect; the interval says what is still "
               "possible.")  # fmt: skip


def known_figures() -> str:
    """The main figures there are, one a line."""
    return "\n".join(f"{key}: {label(key)}" for key in FIGURES)
