"""The provision matrix applied to a ledger's present ageing."""

from collections.abc import Sequence

from arsim.domain.ledger import Ledger
from arsim.report import words
from arsim.report.calc.answer import Answer, figure, money, percent, table
from arsim.report.firm import Firm
from arsim.study.book import BUCKETS
from arsim.study.open_items import open_items
from arsim.study.provision import allowance_by_age, course_rates


def allowance(ledger: Ledger, rates: Sequence[float] | None = None, factor: float = 1.0) -> Answer:
    """What to set aside for what is open on the ledger's last day; `rates` by bucket, the course's where there are none."""
    say, items = words.say, open_items(ledger)
    balances, counts = items.balances(), items.counts()
    used = course_rates() if rates is None else tuple(rates)
    aside = allowance_by_age(balances, used, factor)
    total, whole = float(aside.sum()), int(balances.sum())
    firm = Firm.of(ledger)
    currency = say("CNY") if firm.currency == "CNY" else firm.currency
    names = [say("not due"), *(say("{bucket} days", bucket=bucket) for bucket in ("1–30", "31–60", "61–90")), say("over 90 days")]
    columns = list(zip(names, counts.tolist(), balances.tolist(), used, aside.tolist(), strict=True))
    rows = [
        [name, f"{count:,}", money(held), percent(min(1.0, rate * factor)), money(round(sum_))] for name, count, held, rate, sum_ in columns
    ]
    rows.append([say("total"), f"{int(counts.sum()):,}", money(whole), percent(total / whole) if whole else "–", money(round(total))])
    head = [say("days past due"), say("invoices"), say("balance"), say("rate"), say("allowance")]
    parts = " + ".join(money(round(sum_)) for sum_ in aside.tolist())
    source = (
        say("Rates: those of the course, with a small one of our own for what is not yet due (data/behaviour.toml has ranges and sources).")
        if rates is None
        else say("Rates: yours.")
    )
    return Answer(
        answer=(
            say("Allowance for what was open on {day}: {total} {currency}, {share} of the balance.", day=ledger.as_of,
                total=money(round(total)), currency=currency, share=percent(total / whole) if whole else "–"),
            *table(head, rows),
        ),
        working=(
            say("For each age: {formula}", formula=say("balance × min(1, rate × factor {factor})", factor=figure(factor))),
            say("Sum: {formula}", formula=f"{parts} = {money(round(total))}"),
            source,
        ),
        beware=(
            say("It is an estimate of what will be lost over the life of these invoices, not a forecast of this year's write-offs."),
            say("Rates of a course are a beginning. Under IFRS 9 and CAS 22 they come from your own losses, adjusted for what lies ahead, "
                "and customers in plain trouble are assessed one by one."),
            say("An allowance is bookkeeping: it neither releases a debtor nor makes the loss deductible from tax."),
        ),
        results={
            "as_of": ledger.as_of, "currency": firm.currency, "factor": factor, "allowance": total, "balance": whole,
            "buckets": [
                {"bucket": bucket, "invoices": count, "balance": held, "rate": rate, "allowance": sum_}
                for bucket, (_, count, held, rate, sum_) in zip(BUCKETS, columns, strict=True)
            ],
        },
    )  # fmt: skip
