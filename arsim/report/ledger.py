"""What a ledger says, and how well the model repeats it."""

import math

from arsim.domain.ledger import Ledger
from arsim.report import words
from arsim.report.columns import aligned
from arsim.report.figures import money_scale, number
from arsim.report.firm import Firm
from arsim.study.company import Company
from arsim.study.estimate import invoices
from arsim.study.facts import stylised_facts
from arsim.study.intervals import PERIODS, Figure, rate_key
from arsim.study.suspicion import signs

NEAR = 0.03  # the curves may be this far apart at any age
_AGES = (0, 7, 15, 30, 45, 60, 75, 90, 120, 150, 180, 270, 365)


def description(ledger: Ledger) -> str:
    """Size, span, open balance, notes of the reader, and the shape of the payments."""
    say = words.say
    customers = {name: place for place, name in enumerate(sorted(set(ledger.customer)))}
    scale = money_scale(float(ledger.amount.sum()), ledger.currency)
    lines = [
        say(
            "{file}: {count:,} invoices of {customers:,} customers, issued {first} to {last}; last day known {as_of}.",
            file=ledger.source,
            count=len(ledger),
            customers=len(customers),
            first=ledger.issued.min(),
            last=ledger.issued.max(),
            as_of=ledger.as_of,
        ),
        say(
            "{open:,} invoices are open: {amount:,.0f} of {total:,.0f} ({unit}).",
            open=int(ledger.open.sum()),
            amount=ledger.amount[ledger.open].sum() / scale.fen,
            total=ledger.amount.sum() / scale.fen,
            unit=scale.name,
        ),
    ]
    lines += [say("Note: {text}", text=words.explain(note)) for note in ledger.notes]
    lines += [warned] if (warned := Firm.of(ledger).warning) else []
    book = invoices(ledger, customers)
    return "\n".join([*lines, *_shape(stylised_facts(book), len(customers)), *_suspicion(book, ledger.issued.min().item().weekday())])


def _suspicion(book, first_weekday: int) -> list[str]:
    """That the ledger looks made up, where it does."""
    say, found = words.say, signs(book, first_weekday)
    if not found:
        return []
    lines = [
        say("Warning: this ledger looks synthetic. It is paid on all seven days of the week alike; banks and businesses rest on Sundays.")
    ]
    if "amounts" in found:
        lines.append(say("Its amounts lie evenly about their mean too, while real ones are many small and a few very large."))
    return [*lines, say("Use it to try things out, not as evidence about customers.")]


def _shape(facts: dict[str, float], customers: int) -> list[str]:
    """How the invoices were paid, as far as that can be told, and who owes them."""
    say = words.say
    if math.isnan(facts["late"]):
        lines = [say("Nothing in this ledger has been paid yet, so it does not show how its customers pay.")]
    else:
        lines = [
            say(
                "Paid before the due date {early:.0%}, on it {on_due:.0%}, late {late:.0%}; "
                "{together:.0%} settled together with another invoice of the customer.",
                **facts,
            )
        ]
    if not math.isnan(facts["icc"]):
        lines.append(say("Customers explain {icc:.0%} of the variance of delay.", icc=facts["icc"]))
    if customers > 10:
        lines.append(say("The ten largest customers hold {share:.0%} of the amount.", share=facts["top10_amount"]))
    elif customers > 1:
        lines.append(say("The largest customer holds {share:.0%} of the amount.", share=facts["top1_amount"]))
    return lines


def fit(company: Company) -> str:
    """The curve of days to settle, the ledger's and the model's, and the verdict."""
    say, found = words.say, company.found
    lines = [
        "",
        say("Share of invoices not yet settled, by days since issue (Kaplan–Meier):"),
    ]
    table = [[say("days"), say("ledger"), say("model"), say("apart, percentage points")]]
    for age in (age for age in _AGES if age < len(found.observed)):
        seen, made = found.observed[age], found.simulated[age]
        table.append([str(age), f"{seen:.1%}", f"{made:.1%}", number(100 * (made - seen), 1, sign=True)])
    lines += [f"  {line}" for line in aligned(table, range(4))]
    verdict = (
        say("Over all ages the curves are at most {gap:.1f} percentage points apart: the model repeats this ledger.", gap=100 * found.gap)
        if found.gap <= NEAR
        else say(
            "The curves are up to {gap:.1f} percentage points apart: do not trust a comparison on this ledger yet.", gap=100 * found.gap
        )
    )
    lines += [
        "",
        verdict,
        say(
            "The model's curve: the ledger's own invoices sent through the engine under the policy {policy}, "
            "with luck it was not fitted on.",
            policy=found.under.called(words.language()),
        ),
        say(
            "Payer types differ with variance {frailty:.2f}; a disputed invoice is paid at {dispute:.0%} of the usual pace; "
            "consecutive invoices of a customer correlate at {mood}.",
            frailty=found.frailty,
            dispute=company.population.dispute_factor,
            mood=number(company.population.mood, 2),
        ),
        _thin(int((found.payments < 5).sum()), len(found.payments)),
        *estimates(found.told(), company.population.assumed),
    ]
    return "\n".join(lines)


def estimates(told: dict[str, Figure], assumed: tuple[str, ...]) -> list[str]:
    """What was estimated, each with its interval; what was not, and what is used instead."""
    say = words.say
    names = {
        rate_key(period): say("readiness gathered from day {first} to {last} past due", first=period[0], last=period[1])
        for period in PERIODS
    } | {
        "frailty": say("variance of payer types between customers"), "dispute_factor": say("pace of a disputed invoice, of the usual"),
        "mood": say("correlation of a customer's consecutive invoices"), "orders": say("orders of a customer per working day"),
        "log_mean": say("mean of ln(amount, 0.01 units)"), "log_sd": say("spread of ln(amount)"),
        "dispute_rate": say("share of disputed invoices"),
        "new": say("new customers a month"), "lost": say("customers lost a month"),
        "season": say("orders of the busiest month, over the mean month"),
    }  # fmt: skip
    rows = [[say("estimated from the ledger"), say("estimate"), say("90 % interval")]]
    rows += [
        [names[one.key], number(one.value, 3), f"{number(one.low, 3)} … {number(one.high, 3)}"] for one in told.values() if not one.default
    ]
    lines = ["", *(f"  {line}" for line in aligned(rows, range(1, 3)))] if len(rows) > 1 else []
    if thin := [names[one.key] for one in told.values() if one.default]:
        lines.append(say("Too thin to estimate with an interval, so the roughest value is used: {names}.", names=words.listed(thin)))
    usual = {
        "limit": say("credit limits (one and a half times the highest exposure)"), "dependence": say("dependence on our supply (one half)"),
        "insolvency": say("insolvencies (1 % of the customers a year)"), "grade": say("credit grades (by how fast customers pay)"),
        "liquidity": say("courses of liquidity (the model's)"), "season": say("season (year end)"),
        "industry": say("industries (unknown)"),
    }  # fmt: skip
    if known := [usual[key] for key in assumed if key in usual]:
        lines.append(say("Not in the ledger; the defaults in brackets are used: {names}.", names=words.listed(known)))
    lines.append(say("What contacts do to payments is not in the ledger either: these effects are assumptions (arsim evidence channel)."))
    return lines


def _thin(few: int, customers: int) -> str:
    """How many customers are known too little."""
    if not few:
        return words.say("Each of the {all} customers shows five payments or more to judge by.", all=customers)
    return words.say(
        "Few payments stand behind the payer type of {count} of {all} customers (fewer than 5): theirs is close to the average.",
        count=few,
        all=customers,
    )
