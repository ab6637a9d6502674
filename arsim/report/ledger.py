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
    return "\n".join([*lines, *_shape(stylised_facts(invoices(ledger, customers)), len(customers))])


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
    ]
    return "\n".join(lines)


def _thin(few: int, customers: int) -> str:
    """How many customers are known too little."""
    if not few:
        return words.say("Each of the {all} customers shows five payments or more to judge by.", all=customers)
    return words.say(
        "Few payments stand behind the payer type of {count} of {all} customers (fewer than 5): theirs is close to the average.",
        count=few,
        all=customers,
    )
