"""Ageing as an absorbing chain, explained: where the money of each age ends, after how long, and how far the loss may stray."""

from collections.abc import Sequence

import numpy as np

from arsim.domain.chain_file import ChainFile
from arsim.domain.ledger import Ledger
from arsim.domain.money import FEN
from arsim.domain.problem import BadInput, Problem
from arsim.report import words
from arsim.report.calc.answer import Answer, figure, money, percent, rough, table
from arsim.report.calc.loss import losses
from arsim.study.ageing_chain import Absorption, absorb
from arsim.study.loss_distribution import LossDistribution, loss_distribution, loss_of
from arsim.study.open_items import open_items
from arsim.study.roll_flows import RollRates
from arsim.study.roll_rates import roll_rates
from arsim.study.traits import complete_from


def of_file(given: ChainFile) -> Answer:
    """The chain of a file; with balances in it also the money, with the number of invoices also the distribution of the loss."""
    say = words.say
    chain = absorb(given.q, given.r)
    answer, results = _ends(chain, given.ages, given.ends)
    working = _tables(np.array(given.q), np.array(given.r), chain, given.ages, given.ends)
    beware = _beware()
    if given.balances is not None:
        fen = np.array(given.balances) * FEN
        expected = chain.amounts(fen)
        for end, sum_ in zip(given.ends, expected.tolist(), strict=True):
            parts = " + ".join(f"{money(x)} × {figure(b)}" for x, b in zip(fen, chain.absorption[:, given.ends.index(end)], strict=True))
            working.append(say("{end}: {formula}", end=end, formula=f"{parts} = {money(sum_)}"))
        shown = words.listed(f"{end} {money(sum_)}" for end, sum_ in zip(given.ends, expected.tolist(), strict=True))
        answer.append(say("Expected of the CNY {total} open now: {shown}.", total=money(fen.sum()), shown=shown))
        results["expected"] = dict(zip(given.ends, expected.tolist(), strict=True))
        if given.counts is not None:
            _refuse_missing(fen, given.counts)
            counts = np.array(given.counts)
            loss = loss_distribution(chain, np.repeat(np.arange(len(fen)), counts), np.repeat(fen / np.maximum(counts, 1), counts))
            lines, found = losses([(say("each invoice for itself"), loss)])
            answer += ["", *lines]
            results["loss"] = found[0]
            beware.append(say("The invoices of an age are taken to be of the same size; a few large ones make the loss stray further."))
    return Answer(tuple(answer), tuple(working), tuple(beware), results)


def of_ledger(ledger: Ledger, edges: tuple[int, ...] = (0, 30, 60, 90), every: int = 30, bad_after: int = 180) -> Answer:
    """The chain whose rates a ledger shows, applied to what is open in it now.

    Raises
    ------
    BadInput
        If nothing was paid in the ledger yet, or as `arsim.study.roll_rates.roll_rates`.
    """
    say = words.say
    if not len(ledger) or ledger.open.all():
        raise BadInput(
            Problem("In this ledger nothing has been paid yet, so it has no roll rates.", "Use a ledger with a year or so of payments.",
                    file=ledger.source)
        )  # fmt: skip
    since = complete_from(ledger).item()
    rates = roll_rates(ledger, edges, every, bad_after, since=since)
    chain, outlook, shares = rates.chain(), rates.outlook(), rates.shares()
    ages, ends = _called(rates.upto), (say("paid"), say("bad"))
    answer, results = _ends(chain, ages, ends)
    open_now = int(rates.present.sum())
    currency = words.say("CNY") if ledger.currency == "CNY" else ledger.currency
    answer += [
        "",
        say("Open on {day} and not yet bad: {total} {currency}. Expected to be paid {paid}, to go bad {bad} "
            "(standard error of the estimate {error}).",
            day=ledger.as_of, total=rough(open_now), currency=currency, paid=rough(outlook.collectable),
            bad=rough(outlook.bad), error=rough(outlook.error)),
    ]  # fmt: skip
    if rates.gone:
        answer.append(say("Another {gone} {currency} is open but counts as bad already.", gone=rough(rates.gone), currency=currency))
    results |= {"open": open_now, "expected": {"paid": outlook.collectable, "bad": outlook.bad}, "error": outlook.error, "gone": rates.gone}
    each, whole = book_losses(ledger, rates)
    lines, found = losses([(say("each invoice for itself"), each), (say("each customer as a whole"), whole)])
    answer += ["", *lines]
    results["loss"] = dict(zip(("by_invoice", "by_customer"), found, strict=True))
    working = [
        say("Read every {every} days; invoices issued from {since} on, when the ledger becomes complete; bad from {bad} days past due.",
            every=every, since=since, bad=bad_after + 1),
        *_tables(shares[:, :-2], shares[:, -2:], chain, ages, ends),
        say("Invoices seen in each age: {counts}", counts=words.listed(f"{age} {seen}" for age, seen in
                                                                       zip(ages, rates.items.sum((0, 2)).tolist(), strict=True))),
    ]  # fmt: skip
    beware = [*_beware(), say("Bad means {days} days past due here, not lost: some of it is paid later.", days=bad_after)]
    if rates.recovered == rates.recovered:
        beware[-1] += " " * (words.language() == "en") + say("In this ledger {share} of it was.", share=percent(rates.recovered, 1))
    results |= {"since": since, "rates": shares.tolist()}
    return Answer(tuple(answer), tuple(working), tuple(beware), results)


def book_losses(ledger: Ledger, rates: RollRates) -> tuple[LossDistribution, LossDistribution]:
    """How the loss of what is open and not yet bad is spread: each invoice for itself, and each customer as a whole; fen."""
    chain, items = rates.chain(), open_items(ledger, rates.upto)
    live = items.age < len(rates.upto)
    chance, amount, who = chain.absorption[items.age[live], 1], items.amount[live], items.customer[live]
    together = np.bincount(who, amount)
    share = np.divide(np.bincount(who, amount * chance), together, out=np.zeros(len(together)), where=together > 0)
    return loss_of(amount, chance), loss_of(together, share)


def _refuse_missing(fen: np.ndarray, counts: Sequence[int]) -> None:
    for number, (x, count) in enumerate(zip(fen, counts, strict=True), 2):
        if x and not count:
            raise BadInput(Problem("There is a balance here but no invoice.", "Write how many invoices it is made of.", row=number))


def _called(upto: Sequence[int]) -> tuple[str, ...]:
    """Names of the ages by days past due."""
    first = words.say("not due") if upto[0] == 0 else words.say("up to {day} days", day=upto[0])
    return (first, *(words.say("{first}–{last} days", first=a + 1, last=b) for a, b in zip(upto, upto[1:], strict=False)))


def _ends(chain: Absorption, ages: Sequence[str], ends: Sequence[str]) -> tuple[list[str], dict]:
    """Where each age ends and after how many periods."""
    say = words.say
    head = [say("age"), *ends, say("periods to the end"), say("their variance")]
    rows = [
        [age, *(percent(share, 1) for share in b), figure(t, 2), figure(var, 2)]
        for age, b, t, var in zip(ages, chain.absorption.tolist(), chain.steps.tolist(), chain.variance.tolist(), strict=True)
    ]
    results = {
        "ages": list(ages), "ends": list(ends), "N": chain.fundamental.tolist(), "B": chain.absorption.tolist(),
        "periods": chain.steps.tolist(), "variance": chain.variance.tolist(),
    }  # fmt: skip
    return [say("Where the money of each age ends:"), *table(head, rows)], results


def _tables(q: np.ndarray, r: np.ndarray, chain: Absorption, ages: Sequence[str], ends: Sequence[str]) -> list[str]:
    say = words.say

    def shown(title, columns, matrix):
        rows = [[age, *(figure(x) for x in row)] for age, row in zip(ages, matrix.tolist(), strict=True)]
        return [title, *(f"  {line}" for line in table(["", *columns], rows)), ""]

    return [
        *shown(say("Q and R: the share of each age that is one period later in each age and each end"), [*ages, *ends], np.hstack([q, r])),
        *shown(say("N = (I − Q)⁻¹: periods still to be spent in each age"), ages, chain.fundamental),
        *shown(say("B = N × R: share that reaches each end"), ends, chain.absorption),
        say("Periods to the end: t = N × 1 (the sum of a row of N); variance: (2N − I) × t − t²."),
    ]


def _beware() -> list[str]:
    return [
        words.say("The shares are taken to stay as they are and to depend on the age alone. A slump, or a customer who always pays late, "
                  "is not in here."),
        words.say("Periods are counted until the money ends, whether it is paid or bad: fewer of them is not by itself good."),
    ]  # fmt: skip
