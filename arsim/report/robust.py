"""A study of robustness in words and tables: how often a policy wins, what not choosing it costs, what would overturn it, who loses."""

from collections import Counter

from arsim.model.evidence import GRADES
from arsim.report import scenario, words
from arsim.report.robust_losers import loser_lines, loser_rows, loser_scale, measure, segment
from arsim.report.robust_shares import OUTCOME, percent, regret_rows, scale_of, scenario_rows, share_rows, titled, told, verdict, word
from arsim.report.robust_turning import TOP, box_line, parts, sieved, tipping_line, tornado_rows
from arsim.study.worlds import Worlds, weak, wide

__all__ = [
    "OUTCOME",
    "TOP",
    "assumptions",
    "box_line",
    "loser_lines",
    "loser_rows",
    "loser_scale",
    "measure",
    "parts",
    "percent",
    "regret_rows",
    "scale_of",
    "scenario_rows",
    "segment",
    "share_rows",
    "sieved",
    "tipping_line",
    "titled",
    "told",
    "tornado_rows",
    "verdict",
    "word",
]


def assumptions(drawn: Worlds, each: int) -> str:
    """What the worlds are made of, said beside the figures."""
    grades = Counter(one.grade for one in drawn.varied)
    counted = words.listed(f"{words.say(grade)} {grades[grade]}" for grade in GRADES if grades[grade])
    weights = words.listed(f"{scenario.called(known)} {percent(drawn.weights[known.name])}" for known in _scenarios(drawn))
    gap = words.gap()
    lines = [
        words.say("A plausible world: {count} parameters that nobody has measured ({counted}), each somewhere in its evidence range, "
                  "independent of each other except where order demands it (Latin hypercube; {wide} wide ranges evenly on the logarithmic "
                  "scale).", count=len(drawn.varied), counted=counted, wide=sum(map(wide, drawn.varied))),
        words.say("Scenarios: {weights}.", weights=weights) + gap + words.say("Nobody knows how likely they are; the shares are a choice."),
        words.say("Luck: new in every world, {each} times, the same for all policies.", each=each),
        words.say("Not varied: who the customers are, what was measured, and the rules of the model."),
    ]  # fmt: skip
    if drawn.known:
        lines.append(words.say("Held as known: {known}.", known=words.listed(f"{path} = {value:g}" for path, value in drawn.known.items())))
    elif len(drawn.varied) < len(weak()):
        lines.append(words.say("The other parameters stay as used."))
    return "\n".join(lines)


def _scenarios(drawn: Worlds):
    from arsim.model.scenario import read_scenario

    return [read_scenario(name) for name in drawn.weights]
