"""Measurements of speed told: tables of CPU time, and what to make of them."""

from dataclasses import asdict

from arsim.report import words
from arsim.report.columns import aligned
from arsim.report.figures import number
from arsim.study.bench import growth
from arsim.study.bench.decision import Decision
from arsim.study.bench.engines import Engines, policies
from arsim.study.bench.growth import Size
from arsim.study.bench.measured import Measured
from arsim.study.bench.timing import Spread, Times
from arsim.study.bench.toys import Toys


def as_dict(found: Measured) -> dict:
    """Everything for ``--json``: the ratios to quote first, then what they rest on."""
    engines = found.engines
    return found.ratios() | {
        "full_model": {
            "invoices": engines.invoices, "rows": engines.rows, "simpy_totals_apart": engines.apart,
            **{name: asdict(engines.times.each(name, engines.invoices)) for name in engines.times.seconds if name != "deal"},
            "deal": asdict(engines.times.each("deal", engines.invoices // len(policies()))),
            "ratios": {name: asdict(engines.over(name)) for name in engines.times.seconds if name not in ("deal", "compiled")},
        },
        "toy": [
            {"customers": toy.customers, "invoices": toy.invoices, "rows": toy.rows, "skipped": toy.missing}
            | {name: asdict(toy.times.each(name, toy.invoices)) for name in toy.times.seconds}
            for toy in found.toys
        ],
        "growth": [{**asdict(size), "memory": _known(size.memory)} for size in found.growth],
        "decisions": [
            {**asdict(one), "speedup": one.speedup, "of_pairing": one.of_pairing, "of_engine": one.of_engine} for one in found.decisions
        ],
        "budgets": [{**asdict(one), "memory": _known(one.memory)} for one in found.budgets],
        "import_seconds": found.imports,
    }  # fmt: skip


def differing() -> str:
    """What to say when journals differ that must not."""
    return words.say("Journals that must be the same differ: the figures are worth nothing, and one of the engines is wrong.")


def text(found: Measured) -> str:
    """The whole report."""
    say = words.say
    lines = [
        say("CPU time, the pieces in turns; medians, lowest and highest in brackets. Single figures wander: quote ratios."),
        say("Time for compiling is left out."),
        "",
        *_engines(found.engines),
    ]
    for toy in found.toys:
        lines += ["", *_toy(toy)]
    if found.toy_over_c:
        lines.append(say("numba takes {times} times as long as C.", times=_spread(found.toy_over_c, 2)))
    return "\n".join([*lines, "", *_growth(found.growth), "", *_decisions(found.decisions), "", *_budgets(found)])


def _engines(found: Engines) -> list[str]:
    say = words.say
    names = {
        "compiled": say("compiled engine"), "reference": say("reference engine (lean SimPy)"), "simpy": say("idiomatic SimPy"),
        "simpy_gc_off": say("idiomatic SimPy, garbage collector off"),
    }  # fmt: skip
    dealt = found.times.ratio("deal", "compiled").times(len(policies()))
    lines = [
        say(
            "Full model on the demo company, journal and outcomes included; policies {names}; {invoices:,} invoices a round",
            names=words.listed(policy.name for policy in policies()), invoices=found.invoices,
        ),
        *_table(found.times, found.invoices, names, "compiled"),
        say("Dealing a round's world, once for both policies, takes {times} times as long as one run in it.", times=_spread(dealt, 1)),
    ]  # fmt: skip
    if found.identical:
        lines.append(say("Compiled and reference engine wrote the same journal ({rows:,} lines in the first round).", rows=found.rows))
    else:
        lines.append(differing())
    apart = number(100 * found.apart, 1)
    lines.append(say("Invoices, payments and contacts of idiomatic SimPy differ from the reference's by {apart} % at most.", apart=apart))
    return lines


def _toy(found: Toys) -> list[str]:
    say = words.say
    names = {"salabim": "salabim", "simpy": say("idiomatic SimPy"), "lean": say("lean SimPy"), "numba": "numba", "c": "C"}
    sized = {"customers": found.customers, "invoices": found.invoices, "rows": found.rows}
    head = say("Toy model of {customers:,} customers: {invoices:,} invoices, {rows:,} lines; all journals the same", **sized)
    if not found.identical:
        head = say("Toy model of {customers:,} customers: {invoices:,} invoices, {rows:,} lines; the journals differ", **sized)
    lines = [head, *_table(found.times, found.invoices, names, "numba")]
    if found.missing:
        lines.append(say("Not at hand, so skipped: {names}", names=words.listed(names[name] for name in found.missing)))
    return lines


def _table(times: Times, count: int, names: dict[str, str], fast: str) -> list[str]:
    rows = [["", words.say("µs an invoice"), words.say("times as long as {name}", name=names[fast])]]
    for name in (name for name in names if name in times.seconds):
        rows.append([names[name], _spread(times.each(name, count), 2), "1" if name == fast else _spread(times.ratio(name, fast), 1)])
    return [f"  {line}" for line in aligned(rows, (1, 2))]


def _growth(sizes: tuple[Size, ...]) -> list[str]:
    say = words.say
    rows = [[say("customers"), say("invoices"), say("µs an invoice"), say("with a single collector"), say("bytes an invoice")]]
    for size in sizes:
        memory = number(size.memory, 0) if size.memory > 0 else ""
        rows.append([number(size.customers, 0), number(size.invoices, 0), _spread(size.micros, 2), _spread(size.unstaffed, 2), memory])
    ratio, single = (number(grown(sizes[0], sizes[-1]), 2) for grown in (growth.compared, growth.compared_unstaffed))
    return [
        say(
            "The compiled engine alone, on larger and larger companies, with a collector to every {count} customers",
            count=growth.CUSTOMERS_A_COLLECTOR,
        ),
        *(f"  {line}" for line in aligned(rows, range(5))),
        say(
            "In the largest an invoice takes {ratio} times as long as in the smallest; with a single collector, {single} times.",
            ratio=ratio, single=single,
        ),
    ]  # fmt: skip


def _decisions(found: tuple[Decision, ...]) -> list[str]:
    say = words.say
    head = ["", say("paired replications"), say("independent ones needed"), say("gain by pairing"), say("gain by the engine"), say("both")]
    rows = [head]
    for one in found:
        paired = number(one.replications, 0) if one.sure else say("{count}, not sure yet", count=one.replications)
        gains = [number(gain, 0) for gain in (one.of_pairing, one.of_engine, one.speedup)]
        rows.append([" / ".join(one.policies), paired, number(one.independent_replications, 0), *gains])
    return [
        say("Time to a confident decision: paired and compiled, against idiomatic SimPy with luck of its own in every run"),
        *(f"  {line}" for line in aligned(rows, range(1, len(head)))),
    ]


def _budgets(found: Measured) -> list[str]:
    say = words.say
    rows = [["", say("customers"), say("days"), say("paired replications"), say("seconds"), say("with start"), say("memory (GB)")]]
    for one in found.budgets:
        wanted, memory = one.budget, number(one.memory / 1e9, 2) if one.memory > 0 else ""
        customers = number(wanted.customers, 0) if wanted.customers else say("demo")
        rows.append([say("two policies"), customers, str(wanted.days), str(wanted.replications), number(one.seconds, 1),
                     number(one.process, 1), memory])  # fmt: skip
    return [
        say("Whole comparisons as a user waits for them: seconds on the clock, cores: {workers}", workers=found.budgets[0].workers),
        *(f"  {line}" for line in aligned(rows, range(1, len(rows[0])))),
        say("Importing arsim takes {arsim} s, its command line {cli} s.", arsim=number(found.imports["arsim"], 2),
            cli=number(found.imports["arsim.cli"], 2)),
    ]  # fmt: skip


def _known(value: float) -> float | None:
    return value if value == value else None


def _spread(found: Spread, decimals: int) -> str:
    if found.low == found.high:
        return number(found.median, decimals)
    return f"{number(found.median, decimals)} ({number(found.low, decimals)}–{number(found.high, decimals)})"
