"""The verdict in three sentences: what a policy earns, what it risks, what it does to customers; and one on the work it takes."""

from dataclasses import dataclass

from arsim.report import words
from arsim.report.firm import Firm
from arsim.report.table import MAIN, Row, rows
from arsim.study.comparison import ENOUGH, Comparison


@dataclass(frozen=True)
class Sentence:
    """One outcome's sentence; `better` is +1 surely better, −1 surely worse, 0 cannot be told or no matter of better."""

    outcome: str
    better: int
    text: str


def sentences(comparison: Comparison, policy: str, firm: Firm | None = None) -> list[Sentence]:
    """One sentence for each of value, risk and relationship, in this order."""
    titles = {one.name: one.called(words.language()) for one in comparison.policies}
    made = {row.key: row for row in rows(comparison, policy, firm)}
    found = []
    for key in MAIN:
        row = made[key]
        facts = {"policy": titles[policy], "reference": titles[comparison.policies[0].name], "difference": row.difference,
                 "unit": row.difference_unit, "interval": row.interval, "count": len(comparison.replications)}  # fmt: skip
        found.append(Sentence(key, row.better, _sentence(row, facts)))
    return found


def _sentence(row: Row, facts: dict) -> str:
    say = words.say
    if row.difference == "–":
        return say("{label}: not defined here.", label=row.label)
    if row.verdict == say("the same"):
        return say("{label}: exactly the same as under “{reference}” in each of these {count} runs.", label=row.label, **facts)
    if facts["count"] < ENOUGH:
        return say("{label}: {count} replications are too few for a verdict; seen so far is a difference of {difference} {unit}.",
                   label=row.label, **facts)  # fmt: skip
    if row.key == "net_value":
        told = {
            1: say("Value: “{policy}” surely earns more than “{reference}”: {difference} {unit} of net value (95 % interval {interval}).",
                   **facts),
            -1: say("Value: “{policy}” surely earns less than “{reference}”: {difference} {unit} of net value (95 % interval {interval}).",
                    **facts),
            0: say("Value: “{policy}” and “{reference}” can't be told apart with these {count} runs: net value {difference} {unit} "
                   "(95 % interval {interval}).", **facts),
        }
    elif row.key == "overdue_share":
        told = {
            1: say("Risk: surely less money is overdue: {difference} {unit} (95 % interval {interval}).", **facts),
            -1: say("Risk: surely more money is overdue: {difference} {unit} (95 % interval {interval}).", **facts),
            0: say("Risk: the share of money overdue can't be told apart with these {count} runs: {difference} {unit} "
                   "(95 % interval {interval}).", **facts),
        }
    else:
        told = {
            1: say("Relationship: customers' goodwill is surely higher: {difference} {unit} (95 % interval {interval}).", **facts),
            -1: say("Relationship: customers' goodwill is surely lower: {difference} {unit} (95 % interval {interval}).", **facts),
            0: say("Relationship: customers' goodwill can't be told apart with these {count} runs: {difference} {unit} "
                   "(95 % interval {interval}).", **facts),
        }  # fmt: skip
    return told[row.better]


def workload(comparison: Comparison, policy: str, firm: Firm | None = None) -> str:
    """What the policy asks of the people who collect, beside the three."""
    made = {row.key: row for row in rows(comparison, policy, firm)}
    contacts, cost, busy = made["contacts"], made["collection_cost"], made["utilisation"]
    facts = {
        "contacts": contacts.difference, "contacts_interval": contacts.interval, "cost": cost.difference, "unit": cost.difference_unit,
        "cost_interval": cost.interval, "busy": busy.ours, "before": busy.reference,
    }  # fmt: skip
    if "–" not in (busy.ours, busy.reference):
        return words.say(
            "Workload: {contacts} contacts (95 % interval {contacts_interval}), {cost} {unit} of collection cost (95 % interval "
            "{cost_interval}); the collectors are busy {busy} % of their time instead of {before} %.", **facts)  # fmt: skip
    told = words.say("Workload: {contacts} contacts (95 % interval {contacts_interval}), {cost} {unit} of collection cost (95 % interval "
                     "{cost_interval}).", **facts)  # fmt: skip
    if busy.ours != busy.reference:
        told += (" " if words.language() == "en" else "") + (
            words.say("Without collectors; there were some, busy {before} % of their time.", **facts) if busy.ours == "–" else
            words.say("The collectors are busy {busy} % of their time; before, there were none.", **facts))  # fmt: skip
    return told
