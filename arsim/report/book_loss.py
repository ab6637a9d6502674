"""What is more than 90 days past due, looked at by how old it really is: the course's one rate beside what agencies say of each age."""

import tomllib
from dataclasses import dataclass
from functools import cache

import numpy as np

from arsim.domain.ledger import Ledger
from arsim.domain.places import place
from arsim.report import words
from arsim.report.book_plots import losses
from arsim.report.calc.answer import percent
from arsim.report.calc.chain import book_losses
from arsim.report.figures import money_scale, number
from arsim.study.kpi import ratio
from arsim.study.ledger_figures import open_on
from arsim.study.loss_distribution import LossDistribution
from arsim.study.provision import allowance, course_rates
from arsim.study.roll_rates import roll_rates
from arsim.study.traits import complete_from

MONTH = 365 / 12  # days
OLDER = (90, 180, 365)  # days past due from which each age of the old begins


@cache
def surveys() -> dict[str, dict[int, float]]:
    """Survey → months of age → share of a debt that is lost, from ``data/recovery_surveys.toml``."""
    told = tomllib.loads((place("data") / "recovery_surveys.toml").read_text("utf-8"))
    return {name: {int(months): 1 - share for months, share in by_age.items()} for name, by_age in told.items()}


def survey_loss(days: float) -> tuple[float, float]:
    """The lowest and the highest loss the surveys give for a debt so many days past due.

    Between two ages a survey names, straight between; before its first and after its last age, that one's. A survey that says nothing
    beyond an age this debt has passed is not asked.

    Examples
    --------
    >>> low, high = survey_loss(91.25)
    >>> round(low, 3), round(high, 3)
    (0.26, 0.311)
    """
    months = days / MONTH
    asked = [ages for ages in surveys().values() if max(ages) >= months] or [max(surveys().values(), key=max)]
    found = [float(np.interp(months, sorted(ages), [ages[age] for age in sorted(ages)])) for ages in asked]
    return min(found), max(found)


def old(ledger: Ledger) -> list[list[str]]:
    """What is more than 90 days past due on the ledger's last day by age, with the loss by the course's rate and by the surveys."""
    say, last = words.say, np.datetime64(ledger.as_of)
    late = (last - ledger.due).astype(np.int64)
    still = open_on(ledger, last) & (late > OLDER[0])
    age = np.searchsorted(OLDER, late, side="left") - 1
    low, high = np.array([survey_loss(days) for days in late[still]]).reshape(-1, 2).T
    amount, age = ledger.amount[still].astype(float), age[still]
    scale, rate = money_scale(float(ledger.amount.sum()), ledger.currency), course_rates()[-1]
    rows = [[say("days past due"), say("balance ({unit})", unit=scale.name), say("the course's rate"), say("loss by the surveys")]]
    names = [say("{bucket} days", bucket=bucket) for bucket in ("91–180", "181–365")] + [say("over {day} days", day=365), say("total")]
    for name, which in zip(names, [age == 0, age == 1, age == 2, age >= 0], strict=True):
        held = amount[which].sum()
        least, most = (ratio((part[which] * amount[which]).sum(), held) for part in (low, high))
        rows.append([name, number(held / scale.fen, 0), percent(rate), f"{percent(least, 0)} – {percent(most, 0)}" if held else "–"])
    return rows


def older_share(ledger: Ledger, days: int) -> float:
    """Of the money more than 90 days past due on the ledger's last day, the share past due for longer than `days`."""
    last = np.datetime64(ledger.as_of)
    late = (last - ledger.due).astype(np.int64)
    old = open_on(ledger, last) & (late > OLDER[0])
    return ratio(ledger.amount[old & (late > days)].sum(), ledger.amount[old].sum())


@dataclass(frozen=True)
class Spread:
    """How far the loss of what is open and not yet 180 days late may stray.

    Parameters
    ----------
    each, whole : LossDistribution
        If each invoice ends for itself, and if each customer ends with all that is open; fen.
    aside : float
        What the course's rates set aside for the same money; fen.
    currency : str
    """

    each: LossDistribution
    whole: LossDistribution
    aside: float
    currency: str = "CNY"

    @property
    def times(self) -> float:
        """How many times as large the loss exceeded one time in twenty is, if customers end as a whole."""
        return self.whole.quantile(0.95) / self.each.quantile(0.95)

    def picture(self) -> bytes:
        """Both, and what is set aside; PNG."""
        found = [(words.say("each invoice for itself"), self.each), (words.say("each customer as a whole"), self.whole)]
        return losses(found, self.aside, self.currency)


def spread(ledger: Ledger) -> Spread:
    """The spread of the loss by the roll rates of the ledger itself.

    Raises
    ------
    BadInput
        As `arsim.report.calc.chain.of_ledger`.
    """
    rates = roll_rates(ledger, bad_after=180, since=complete_from(ledger).item())
    return Spread(*book_losses(ledger, rates), allowance(rates.present), ledger.currency)


def sources() -> list[list[str]]:
    """The surveys themselves: the loss each gives by age."""
    ages = sorted({age for by_age in surveys().values() for age in by_age})
    head = [words.say("survey"), *(words.say("{months} months old", months=age) for age in ages)]
    return [head, *([name, *(percent(by_age[age], 1) if age in by_age else "–" for age in ages)] for name, by_age in surveys().items())]
