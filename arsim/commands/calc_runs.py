"""What the commands under ``arsim calc`` ask of the report, each from its parsed options; `BadInput` where these do not go together."""

from arsim.domain.problem import BadInput, Problem

_FIGURES = ("current_ratio", "quick_ratio", "debt_ratio", "sales_growth", "mean_days_late", "late_share")


def _read(arguments):
    from arsim.domain.reading import read_ledger

    return read_ledger(arguments.ledger, date_order=arguments.dates, encoding=arguments.encoding)


def _goes_with(option: str, needed: str):
    return BadInput(Problem("{option} needs {needed}.", "Give both, or neither.", values={"option": option, "needed": needed}))


def _not_with(option: str, other: str):
    return BadInput(Problem("{option} does not go with {other}.", "Leave out one of them.", values={"option": option, "other": other}))


def discount(arguments):
    """``arsim calc discount``."""
    from arsim.report.calc import credit

    if arguments.net <= arguments.days:
        raise BadInput(
            Problem("NET must be more days than DAYS.", "In 2/10 net 30, DAYS is 10 and NET is 30.", value=f"{arguments.net:g}")
        )  # fmt: skip
    return credit.discount(arguments.percent, arguments.days, arguments.net, arguments.year)


def waiting(arguments):
    """``arsim calc waiting``."""
    from arsim.report.calc import waiting as report

    return report.waiting(arguments.amount, arguments.days, float(arguments.rate), arguments.margin, arguments.year)


def standard(arguments):
    """``arsim calc standard``."""
    from arsim.report.calc import credit
    from arsim.study.credit_standard import Standard

    now, then = (Standard(*given) for given in zip(arguments.units, arguments.collection, arguments.bad_debt, strict=True))
    return credit.standard(now, then, arguments.price, arguments.cost, arguments.rate, arguments.year)


def switch(arguments):
    """``arsim calc switch``."""
    from arsim.report.calc import credit

    if arguments.discount is not None:
        for option, value in (("--new-quantity", arguments.new_quantity), ("--cost", arguments.cost)):
            if value is not None:
                raise _not_with(option, "--discount")
        return credit.discount_switch(arguments.price, arguments.quantity, arguments.discount, arguments.default or 0.0, arguments.rate)
    if arguments.default is not None:
        raise _goes_with("--default", "--discount")
    for option, value in (("--new-quantity", arguments.new_quantity), ("--cost", arguments.cost)):
        if value is None:
            raise BadInput(
                Problem("{option} is missing.", "Give it, or ask about a discount for cash with --discount.", values={"option": option})
            )
    return credit.switch(arguments.price, arguments.cost, arguments.quantity, arguments.new_quantity, arguments.rate)


def repeat(arguments):
    """``arsim calc repeat``."""
    from arsim.report.calc import credit

    return credit.repeat(arguments.chance, arguments.revenue, arguments.cost, arguments.next_chance, arguments.rate)


def staffing(arguments):
    """``arsim calc staffing``."""
    from arsim.report.calc import staffing as report

    if arguments.target is not None and arguments.within is None:
        raise _goes_with("--target", "--within")
    busy = arguments.calls * arguments.handling / (60 * arguments.period)
    if busy > 20_000:
        raise BadInput(
            Problem(
                "This is work for {busy} agents at every moment: more than one desk.",
                "Check --calls, --period (minutes) and --handling (seconds).",
                values={"busy": f"{busy:,.0f}"},
            )
        )
    return report.staffing(
        arguments.calls, arguments.period, arguments.handling, arguments.agents, arguments.target, arguments.within, arguments.wait
    )


def scorecard(arguments):
    """``arsim calc scorecard``."""
    from arsim.report.calc import scorecard as report

    figures = {name: getattr(arguments, name) for name in _FIGURES}
    if all(value is None for value in figures.values()):
        raise BadInput(
            Problem("Nothing is known of this customer.", "Give at least one figure, such as --current-ratio 1.2 or --mean-days-late 15.")
        )
    if (arguments.purchases is None) != (arguments.terms is None):
        raise _goes_with(*(("--purchases", "--terms") if arguments.terms is None else ("--terms", "--purchases")))
    return report.scorecard(figures | {"security": arguments.security}, arguments.outlook, arguments.purchases, arguments.terms)


def chain(arguments):
    """``arsim calc chain``."""
    from arsim.domain.chain_file import read_chain
    from arsim.report.calc import chain as report
    from arsim.study.book import EDGES

    if (arguments.file is None) == (arguments.ledger is None):
        raise BadInput(Problem("The chain comes from one place.", "Give a CSV file with the shares, or --ledger with a ledger."))
    if arguments.ledger:
        ages = tuple(arguments.ages or EDGES)
        bad = 180 if arguments.bad_after is None else arguments.bad_after
        if sorted({*ages}) != [*ages] or bad < ages[-1]:
            raise BadInput(
                Problem(
                    "--ages and --bad-after make no ageing.", "Give days in rising order, and let --bad-after be the last of them or later."
                )
            )
        return report.of_ledger(_read(arguments), ages, arguments.every or 30, bad)
    for option, value in (
        ("--ages", arguments.ages),
        ("--every", arguments.every),
        ("--bad-after", arguments.bad_after),
        ("--dates", arguments.dates),
    ):
        if value is not None:
            raise _goes_with(option, "--ledger")
    return report.of_file(read_chain(arguments.file, arguments.encoding))


def allowance(arguments):
    """``arsim calc allowance``."""
    from arsim.report.calc import allowance as report

    return report.allowance(_read(arguments), arguments.rates, arguments.factor)


def fees(arguments):
    """``arsim calc fees``."""
    from arsim.report.calc import fees as report

    return report.fees(arguments.amount)


def clocks(arguments):
    """``arsim calc clocks``."""
    from arsim.report.calc import limits as report

    if arguments.filed and arguments.filed <= arguments.due:
        raise BadInput(
            Problem("--filed is not after --due.", "A claim is filed once it is overdue: check both days.", value=str(arguments.filed))
        )
    return report.limits(arguments.due, arguments.demand, arguments.filed, arguments.guarantee_months)


def interest(arguments):
    """``arsim calc interest``."""
    from arsim.report.calc import interest as report

    if arguments.situation == "sale_agreed" and arguments.agreed is None:
        raise BadInput(
            Problem("--agreed is missing: the contract's rate.", "Give it, such as --agreed 18%, or take --situation sale_silent.")
        )
    if arguments.agreed is not None and arguments.situation in ("sale_silent", "judgment"):
        raise _not_with("--agreed", f"--situation {arguments.situation}")
    if arguments.year == 360 and arguments.agreed is None and arguments.situation in ("sme", "judgment"):  # the law's rate is a day's
        raise _not_with("--year 360", f"--situation {arguments.situation}")
    return report.interest(arguments.amount, arguments.days, arguments.situation, arguments.lpr, arguments.agreed, arguments.year)
