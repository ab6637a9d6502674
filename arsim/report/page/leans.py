"""The assumptions a verdict leans on: value, range, grade and source; those that move the difference most where that was looked into."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from arsim.domain.policy import Policy
from arsim.model.evidence import Constant, constants, words_of
from arsim.report import parameter, words
from arsim.report.robust import TOP
from arsim.study.robustness import Robustness


@dataclass(frozen=True)
class Leant:
    """One constant as shown. `moves` is its share of the variance of the difference, None where nobody looked."""

    constant: Constant
    label: str
    value: str
    range: str
    unit: str
    grade: str
    source: str
    moves: float | None = None


def moved(study: Robustness) -> list[Leant]:
    """The parameters that move the difference most, the strongest first."""
    return [_leant(constants()[pull.path], pull.share) for pull in study.pulls.pulls[:TOP] if pull.path in constants()]


def touched(policies: Sequence[Policy], changed: Mapping[str, float] | None = None) -> list[Leant]:
    """Where nobody has looked: prices, the effect and goodwill of the channels the policies use, and what was changed."""
    changed = changed or {}
    channels = {level.channel for policy in policies for level in policy.dunning}
    names = [f"channel.{one}.{name}" for one in sorted(channels) for name in ("effect", "goodwill")]
    prices = ("price.annual_rate", "price.gross_margin", "price.collector_month")
    wanted = dict.fromkeys([*changed, *names, *prices, "price.goodwill_half_life", "promise.kept"])
    known = [constants()[path] for path in wanted if path in constants()]
    return [_leant(replace(constant, value=changed.get(constant.path, constant.value))) for constant in known]


def _leant(constant: Constant, moves: float | None = None) -> Leant:
    show = lambda number: parameter.value(constant, number)  # noqa: E731
    return Leant(constant, parameter.called(constant.path), show(constant.value), f"{show(constant.low)} … {show(constant.high)}",
                 _said("unit", constant.unit), words.say(constant.grade), _said("source", constant.source), moves)  # fmt: skip


def _said(kind: str, english: str) -> str:
    return words_of()[kind].get(english, english) if words.language() == "zh" else english


def left_out() -> str:
    """What the model does not have, as its card says."""
    return words.say(
        "Fraud; competitors and prices of goods; the customer's customers; currency; tax; how one collector differs from another; "
        "learning of customers over years; product and region effects; set-off, assignment, factoring and bills; a debtor who retaliates."
    )
