"""The commands under ``arsim calc``: their options, and how the answer is printed. `calc_runs` asks for it."""

import json

from arsim.commands import calc_runs as runs
from arsim.commands import making
from arsim.domain import asked
from arsim.report import words

_LATE = ("sale_agreed", "sale_silent", "sme", "private_lending", "judgment")


def add(commands) -> None:
    """``arsim calc``, one formula at a time."""
    group, command = making.group(commands, "calc", words.say("one formula at a time, explained with your numbers")), making.command
    _terms(group, command)
    _decisions(group, command)
    _books(group, command)
    _law(group, command)


def _made(command, group, name, work, text):
    def run(arguments) -> int:
        answer = work(arguments)
        print(json.dumps(answer.as_dict(), ensure_ascii=False, indent=1) if arguments.json else answer.text())
        return 0

    made = command(group, name, run, text)
    made.add_argument("--json", action="store_true", help=words.say("print the answer as JSON"))
    return made


def _option(parser, name: str, reader, text: str, **more) -> None:
    """An option (or, without dashes, an argument) read by `reader(name)`, which refuses by that name."""
    more.setdefault("metavar", words.say("NUMBER"))
    if name.startswith("--"):
        parser.add_argument(name, type=reader(name), help=text, **more)
    else:
        parser.add_argument(name.lower(), type=reader(name), help=text, **more | {"metavar": words.say(name)})


def _terms(group, command) -> None:
    say = words.say
    discount = _made(command, group, "discount", runs.discount, say("what it costs not to take a discount for early payment"))
    _option(discount, "PERCENT", lambda name: asked.number(name, 0, 50, above=True), say("the discount in percent: 2 in 2/10 net 30"))
    _option(discount, "DAYS", lambda name: asked.number(name, 0, 3650), say("days within which it holds: 10 in 2/10 net 30"))
    _option(discount, "NET", lambda name: asked.number(name, 0, 3650), say("days after which the full price is due: 30 in 2/10 net 30"))
    _year(discount)

    waiting = _made(command, group, "waiting", runs.waiting, say("what it costs to wait for money, and the sales that make up for it"))
    _option(waiting, "AMOUNT", asked.amount, say("the sum in CNY: 1,000,000 or 100万"))
    _option(waiting, "--days", lambda name: asked.number(name, 0, 36500), say("days it comes late"), required=True)
    _option(waiting, "--rate", asked.rate, say("cost of capital a year, such as 6%%"), required=True, metavar=say("RATE"))
    _option(waiting, "--margin", lambda name: asked.share(name, 0, 1, above=True), say("gross margin, a share of sales"))
    _year(waiting)

    standard = _made(command, group, "standard", runs.standard, say("what a looser or tighter credit standard brings a year"))
    pair = {"nargs": 2, "required": True, "metavar": (say("NOW"), say("THEN"))}
    _option(standard, "--units", lambda name: asked.number(name, 0, 10**12), say("units sold a year, now and then"), **pair)
    _option(standard, "--collection", lambda name: asked.number(name, 0, 3650), say("average days to collect, now and then"), **pair)
    _option(standard, "--bad-debt", asked.share, say("share of sales never paid, now and then"), **pair)
    _prices(standard, True)
    _option(standard, "--rate", lambda name: asked.share(name, 0, 10), say("return required a year"), required=True)
    _year(standard)

    switch = _made(command, group, "switch", runs.switch, say("whether to sell on credit instead of for cash"))
    _prices(switch, False)
    _option(switch, "--quantity", lambda name: asked.number(name, 0, 10**12), say("units sold a period for cash"), required=True)
    _option(switch, "--new-quantity", lambda name: asked.number(name, 0, 10**12), say("units sold a period on credit"))
    _option(
        switch, "--rate", lambda name: asked.share(name, 0, 10, above=True), say("return required for one credit period"), required=True
    )
    _option(switch, "--discount", asked.share, say("instead of a new quantity: the discount for cash, as a share"))
    _option(switch, "--default", asked.share, say("with --discount: the share of credit sales never paid (default 0)"))

    repeat = _made(command, group, "repeat", runs.repeat, say("whether to take an order on credit, and what the next one is worth"))
    _option(repeat, "--chance", asked.share, say("chance that this order is paid"), required=True)
    _option(repeat, "--revenue", asked.price, say("what the customer pays, as of today"), required=True)
    _option(repeat, "--cost", asked.price, say("what the order costs you, as of today"), required=True)
    _option(repeat, "--next-chance", asked.share, say("chance that the next order is paid, once this one was"))
    _option(repeat, "--rate", lambda name: asked.share(name, 0, 10), say("return required until the next order (default 0)"), default=0.0)


def _decisions(group, command) -> None:
    say = words.say
    staffing = _made(command, group, "staffing", runs.staffing, say("how many agents a stream of calls needs"))
    _option(staffing, "--calls", lambda name: asked.number(name, 0, 10**7), say("calls in the period"), required=True)
    _option(
        staffing, "--period", lambda name: asked.number(name, 0, 10**6, above=True), say("length of the period, minutes"), required=True
    )
    _option(
        staffing, "--handling", lambda name: asked.number(name, 0, 10**5, above=True), say("mean time a call takes, seconds"), required=True
    )
    goal = staffing.add_mutually_exclusive_group(required=True)
    _option(goal, "--agents", lambda name: asked.count(name, 1, 20_000), say("agents you have"))
    _option(
        goal,
        "--target",
        lambda name: asked.share(name, 0.0, 0.9999, above=True),
        say("share to answer in time, such as 0.8; needs --within"),
    )
    _option(goal, "--wait", lambda name: asked.number(name, 0, 10**6, above=True), say("mean wait to keep to, seconds"))
    _option(staffing, "--within", lambda name: asked.number(name, 0, 10**6), say("seconds that count as in time"))

    card = _made(command, group, "scorecard", runs.scorecard, say("a customer's credit score, explained, and the limit that follows"))
    ratio = lambda name: asked.number(name, 0, 1000)  # noqa: E731
    _option(card, "--current-ratio", ratio, say("current assets / current liabilities"))
    _option(card, "--quick-ratio", ratio, say("current assets less inventories / current liabilities"))
    _option(card, "--debt-ratio", lambda name: asked.share(name, 0, 10), say("liabilities / assets"))
    _option(card, "--sales-growth", lambda name: asked.share(name, -1, 10), say("on the year before, as a share"))
    _option(card, "--mean-days-late", lambda name: asked.number(name, -3650, 3650), say("of the invoices paid lately"))
    _option(card, "--late-share", asked.share, say("share of these paid late"))
    _option(card, "--security", asked.share, say("share of the exposure that security covers (default 0)"), default=0.0)
    _option(
        card, "--outlook", lambda name: asked.number(name, -1, 1), say("of the industry: -1 worsening, 0 steady, 1 improving"), default=0.0
    )
    _option(card, "--purchases", asked.amount, say("CNY the customer buys in 30 days, for a limit; needs --terms"), metavar=say("AMOUNT"))
    _option(card, "--terms", lambda name: asked.count(name, 0, 3650), say("days from invoice to due date, for a limit"))


def _books(group, command) -> None:
    say = words.say
    chain = _made(command, group, "chain", runs.chain, say("where the money of each age ends: the ageing as an absorbing chain"))
    chain.add_argument("file", nargs="?", metavar=say("FILE"), help=say("CSV: one row an age, a column for each age and each end"))
    _ledger(chain, False)
    ages = say("with --ledger: last day past due of each age (default 0 30 60 90)")
    _option(chain, "--ages", lambda name: asked.count(name, 0, 3650), ages, nargs="+")
    _option(chain, "--every", lambda name: asked.count(name, 1, 366), say("with --ledger: days between two readings (default 30)"))
    _option(
        chain, "--bad-after", lambda name: asked.count(name, 0, 3650), say("with --ledger: days past due that count as bad (default 180)")
    )

    allowance = _made(command, group, "allowance", runs.allowance, say("what to set aside for bad debt, by age, for a ledger"))
    _ledger(allowance, True)
    _option(
        allowance, "--factor", lambda name: asked.number(name, 0, 100, above=True),
        say("times every rate: 1.2 to 1.5 in cyclical industries"), default=1.0,
    )  # fmt: skip
    _option(
        allowance, "--rates", asked.share, say("loss rates not due, 1-30, 31-60, 61-90 and over 90 days past due (default: the course's)"),
        nargs=5, metavar=tuple(say("RATE") for _ in range(5)),
    )  # fmt: skip


def _law(group, command) -> None:
    say = words.say
    fees = _made(command, group, "fees", runs.fees, say("statutory fees of a claim in mainland China"))
    _option(fees, "AMOUNT", asked.amount, say("the claim in CNY: 1,000,000 or 100万"))

    clocks = _made(command, group, "clocks", runs.clocks, say("limitation, guarantee and court deadlines of a claim in mainland China"))
    date = say("YYYY-MM-DD")
    _option(clocks, "--due", asked.day, say("due date of the debt"), required=True, metavar=date)
    _option(clocks, "--demand", asked.day, say("days of demands you can prove"), nargs="+", default=[], metavar=date, action="extend")
    _option(clocks, "--filed", asked.day, say("day of filing, for payment order and trial"), metavar=date)
    _option(
        clocks, "--guarantee-months", lambda name: asked.count(name, 1, 600), say("guarantee period agreed (default: nothing clear agreed)")
    )

    interest = _made(command, group, "interest", runs.interest, say("interest for late payment in mainland China"))
    _option(interest, "AMOUNT", asked.amount, say("the sum unpaid in CNY: 1,000,000 or 100万"))
    _option(interest, "--days", lambda name: asked.count(name, 0, 36500), say("days late"), required=True)
    interest.add_argument("--situation", choices=_LATE, required=True, help=say("which rule applies; arsim law lists them"))
    _option(interest, "--lpr", asked.rate, say("one-year LPR, such as 3%% (default: the last known)"), metavar=say("RATE"))
    _option(interest, "--agreed", asked.rate, say("rate a year agreed in the contract"), metavar=say("RATE"))
    _year(interest)


def _year(parser) -> None:
    parser.add_argument("--year", type=int, choices=(365, 360), default=365, help=words.say("days of a year (default 365)"))


def _prices(parser, both: bool) -> None:
    say = words.say
    _option(parser, "--price", asked.price, say("price of one unit, CNY"), required=True)
    _option(parser, "--cost", asked.price, say("variable cost of one unit, CNY"), required=both)


def _ledger(parser, required: bool) -> None:
    say = words.say
    parser.add_argument("--ledger", metavar=say("FILE"), required=required, help=say("your own ledger, CSV or XLSX"))
    parser.add_argument("--dates", choices=["day-first", "month-first"], help=say("how to read dates such as 3/4/2025"))
    parser.add_argument("--encoding", metavar=say("NAME"), help=say("encoding of a text file, such as gb18030"))
