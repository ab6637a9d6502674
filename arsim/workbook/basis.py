"""How much of an answer rests on what nobody has measured."""

from arsim.model.scenario import BASE, Scenario
from arsim.report import words
from arsim.report.export import assumptions, warning
from arsim.report.figures import Scale, figure, telling
from arsim.report.firm import Firm
from arsim.report.sure import doubtful
from arsim.report.table import comparison_scale
from arsim.study.company import Company
from arsim.study.comparison import Comparison, interval
from arsim.study.few import largest


def effects(found: Comparison, without: Comparison, firm: Firm | None = None) -> str:
    """What the net value's difference would be if no contact and no hold moved anybody, same customers and luck."""
    count = len(without.replications)
    first, second = (policy.name for policy in found.policies)
    with_, bare = (interval(c.values(second, "net_value")[:count] - c.values(first, "net_value")[:count]) for c in (found, without))
    scale = comparison_scale(found, firm)
    say = words.say
    sentences = [say(
        "If no contact and no hold moved anybody, B's net value would differ from A's by {bare} instead of {found} {unit} "
        "({count} replications, same customers and luck; 95 % intervals {bare_interval} and {found_interval}).",
        bare=_money(bare, scale)[0], found=_money(with_, scale)[0], unit=scale.name, count=count,
        bare_interval=_interval(bare, scale), found_interval=_interval(with_, scale),
    )]  # fmt: skip
    if count < 2:
        return sentences[0]
    if with_[1] <= 0 <= with_[2]:
        sentences.append(say("The difference is not clear to begin with, so there is nothing to share out."))
    else:
        share = 1 - bare[0] / with_[0]
        if share > 1:
            sentences.append(say("The order of the two would turn: the whole difference rests on assumed effects."))
        elif share < 0:
            sentences.append(say("The assumed effects make the difference smaller, not larger."))
        else:
            sentences.append(say("So about {share:.0%} of the difference rests on assumed effects of contacts and holds.", share=share))
    return words.gap().join(sentences)


def lines(found: Comparison | None, without: Comparison | None, company: Company, firm: Firm | None = None,
          scenario: Scenario = BASE) -> list[str]:  # fmt: skip
    """All that is to be said; what is not known yet is announced."""
    if without:
        first = effects(found, without, firm)
    else:
        first = words.say("What the difference would be if no contact and no hold moved anybody: follows when the replications are done.")
    invented = words.say("The demo company is invented: its customers are as they are because we made them so.")
    rest = assumptions(company, scenario).splitlines()
    care = doubtful(found, largest(company.population)) if found else []
    return [*warning(company, firm).splitlines(), *care, first, *([] if company.found else [invented]), *rest]


def _money(three: tuple[float, float, float], scale: Scale) -> list[str]:
    """A difference and the bounds of its interval."""
    decimals = telling(*three[1:], "fen", scale, 0)
    return [figure(value, "fen", scale, sign=True, decimals=decimals) for value in three]


def _interval(three: tuple[float, float, float], scale: Scale) -> str:
    _, low, high = _money(three, scale)
    return f"{low} … {high}" if three[1] == three[1] else "–"
