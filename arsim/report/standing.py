"""Several policies at once, in words: best, not to be told apart from the best, worse."""

import pandas as pd

from arsim.report import words
from arsim.report.figures import figure, unit
from arsim.report.firm import Firm
from arsim.report.table import comparison_scale
from arsim.study.comparison import Comparison
from arsim.study.dominated import TOGETHER
from arsim.study.outcome import OUTCOMES
from arsim.study.standing import BEST, MANY, TIED, UNKNOWN, WORSE, standing

_OUTCOME = {outcome.key: outcome for outcome in OUTCOMES}


def text(comparison: Comparison, found: pd.DataFrame | None = None) -> str:
    """For a terminal: a paragraph for each of the three outcomes, after one that says how sure all of it is."""
    say, count = words.say, len(comparison.replications)
    if count < MANY:
        many = len(comparison.policies)
        return say("All {policies} policies at once: nothing is said with fewer than {least} replications.", policies=many, least=MANY)
    found = standing(comparison, TOGETHER) if found is None else found
    lines = [say("All {policies} policies at once, {count} replications. With 95 % confidence all of the following is true together:",
                 policies=len(comparison.policies), count=count)]  # fmt: skip
    for key, places in found.groupby("outcome", sort=False):
        label = words.pick(_OUTCOME[key].label)
        lines.append("  " + say("{outcome}: {statements}", outcome=label, statements=_statements(comparison, places)))
    return "\n".join(lines)


def _statements(comparison: Comparison, rows: pd.DataFrame) -> str:
    say, titles = words.say, {policy.name: policy.called(words.language()) for policy in comparison.policies}
    named = {place: [titles[row.policy] for row in rows.itertuples() if row.place == place] for place in (BEST, TIED, WORSE, UNKNOWN)}
    said = []
    if named[BEST]:
        said.append(say("best: {names}", names=words.listed(named[BEST])))
    if named[TIED]:
        said.append(say("which of these is best cannot be told with these runs: {names}", names=words.listed(named[TIED])))
    if named[WORSE]:
        behind = (say("{policy} (behind {others})", policy=titles[row.policy], others=words.listed(titles[one] for one in row.behind))
                  for row in rows.itertuples() if row.place == WORSE)  # fmt: skip
        said.append(say("worse: {names}", names=words.listed(behind)))
    if named[UNKNOWN]:
        said.append(say("not defined: {names}", names=words.listed(named[UNKNOWN])))
    return ("；" if words.language() == "zh" else "; ").join(said) + ("。" if words.language() == "zh" else ".")


def rows(comparison: Comparison, firm: Firm | None = None) -> list[list[str]]:
    """A head, and a row for each policy and outcome: mean, where it stands, and who is surely better; empty with too few replications."""
    if len(comparison.replications) < MANY:
        return []
    say, scale = words.say, comparison_scale(comparison, firm)
    titles = {policy.name: policy.called(words.language()) for policy in comparison.policies}
    places = {BEST: say("surely the best"), TIED: say("may be the best"), WORSE: say("surely not the best"),
              UNKNOWN: say("not defined here")}  # fmt: skip
    made = [[say("Outcome"), say("Unit"), say("Policy"), say("Mean"), say("Where it stands"), say("Surely better are")]]
    for row in standing(comparison, TOGETHER).itertuples():
        kind = _OUTCOME[row.outcome]
        made.append([words.pick(kind.label), unit(kind.unit, scale), titles[row.policy], figure(row.mean, kind.unit, scale),
                     places[row.place], words.listed(titles[one] for one in row.behind) or "–"])  # fmt: skip
    return made


def as_list(found: pd.DataFrame) -> list[dict]:
    """For ``--json``."""
    return [{**row, "behind": list(row["behind"]), "mean": row["mean"] if row["mean"] == row["mean"] else None}
            for row in found.to_dict("records")]  # fmt: skip
