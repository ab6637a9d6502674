"""In how many plausible worlds a policy wins, and what not choosing it costs, in words and tables."""

from arsim.report import scenario, words
from arsim.report.figures import Scale, figure, money_scale, number
from arsim.report.three import head
from arsim.study.outcome import OUTCOMES
from arsim.study.regret import minimax, regret_table
from arsim.study.robust import TOGETHER, Robust, Share

OUTCOME = {outcome.key: outcome for outcome in OUTCOMES}
NEARLY, MORE = 0.9, 0.5


def scale_of(found: Robust, currency: str = "CNY") -> Scale:
    """Money in one scale for the whole study, fit for its receivables."""
    largest = float(found.outcome("ar_end").max()) if len(found.worlds) else 0.0
    return money_scale(largest, currency)


def titled(found: Robust) -> dict[str, str]:
    """What each policy is called, by name."""
    return {policy.name: policy.called(words.language()) for policy in found.policies}


def percent(share: float) -> str:
    """A share as a reader sees it."""
    return "–" if share != share else number(100 * share, 0) + ("%" if words.language() == "zh" else " %")


def told(share: Share) -> str:
    """A share of worlds with its interval."""
    return words.say("{share} ({low}–{high})", share=percent(share.share), low=number(100 * share.low, 0), high=percent(share.high))


def word(share: Share) -> str:
    """What the share and its interval allow to say."""
    if share.low >= NEARLY:
        return words.say("better nearly everywhere")
    if share.high <= 1 - NEARLY:
        return words.say("better hardly anywhere")
    if share.low > MORE:
        return words.say("better more often than not")
    if share.high < MORE:
        return words.say("worse more often than not")
    return words.say("it depends on the world")


def verdict(found: Robust, policy: str) -> str:
    """The three outcomes that belong together, a sentence each, then all at once, then luck."""
    titles, gap = titled(found), words.gap()
    lines = [words.say("{policy} against {reference} in {count} plausible worlds, {days} days each, same worlds and same luck for both:",
                       policy=titles[policy], reference=titles[found.names[0]], count=len(found.worlds), days=found.days)]  # fmt: skip
    for key in TOGETHER:
        share, average = found.beats(policy, key), found.on_average(policy, key)
        label, same = words.pick(OUTCOME[key].label), found.same(policy, key)
        if same == 1:
            lines.append(words.say("  {label}: exactly the same in all of them.", label=label))
            continue
        said = words.say("  {label}: better in {share}; {word}.", label=label, share=told(share), word=word(share))
        if same:
            said = words.say("  {label}: better in {share}, exactly the same in {same}, worse in the rest.", label=label, share=told(share),
                             same=percent(same))  # fmt: skip
        if average == average:
            said += gap + words.say("With luck averaged out: in about {share}.", share=percent(average))
        lines.append(said)
    lines.append(words.say("  All three at once: better in {share}.", share=told(found.all_three(policy))))
    luck = found.luck_share(policy, "net_value")
    if luck == luck:
        lines.append(words.say("  Of the variance of the difference in net value between these runs, {share} is luck; "
                               "the rest is the world.",
                               share=percent(luck)))  # fmt: skip
    return "\n".join(lines)


def share_rows(found: Robust) -> list[list[str]]:
    """A head, and a row for each policy: in how many worlds it is the best, and in how many better than the first."""
    titles, best = titled(found), {key: found.best(key) for key in TOGETHER}
    label = lambda key: words.pick(OUTCOME[key].label)  # noqa: E731
    top = [words.say("Policy"), *(words.say("{outcome}: best in", outcome=label(key)) for key in TOGETHER)]
    top += [words.say("{outcome}: beats the first in", outcome=label(key)) for key in TOGETHER] + [words.say("all three")]
    made = [top]
    for name in found.names:
        first = name == found.names[0]
        made.append([titles[name], *(percent(best[key][name].share) for key in TOGETHER),
                     *("–" if first else told(found.beats(name, key)) for key in TOGETHER),
                     "–" if first else told(found.all_three(name))])  # fmt: skip
    return made


def scenario_rows(found: Robust, policy: str, key: str = "net_value") -> list[list[str]]:
    """A head, and a row for each scenario: its share of the worlds, and in how many of these the policy is better."""
    made = [[words.say("Scenario"), words.say("Share of worlds"), words.say("Better in")]]
    for name, share in found.by_scenario(policy, key).items():
        known = next(found.worlds.scenario(at) for at, one in enumerate(found.worlds.scenarios) if one == name)
        made.append([scenario.called(known), percent(found.worlds.weights[name]), told(share)])
    return made


def regret_rows(found: Robust, key: str = "net_value", currency: str = "CNY") -> list[list[str]]:
    """A head, and a row for each policy: what it costs not to have known the world; the smallest worst one is marked."""
    scale, titles, kind = scale_of(found, currency), titled(found), OUTCOME[key]
    table = regret_table(found.names, found.in_worlds(key), kind.direction or 1)
    tell = lambda value: figure(value, kind.unit, scale)  # noqa: E731
    first = words.say("Regret ({outcome})", outcome=head(key, scale))
    made = [[first, words.say("mean"), words.say("in 9 of 10 worlds below"), words.say("worst world"), ""]]
    least = minimax(table) if len(found.worlds) else ""
    for one in table:
        made.append([titles[one.policy], tell(one.mean), tell(one.often), tell(one.most),
                     words.say("smallest worst regret") if one.policy == least else ""])  # fmt: skip
    return made
