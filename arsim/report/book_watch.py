"""The watch-list as a table that says why."""

from collections.abc import Sequence

from arsim.report import words
from arsim.report.figures import figure, money_scale, number
from arsim.study.watch_list import Rules, Watched

_USUAL = Rules()


def watched(found: Sequence[Watched], most: int = 12, rules: Rules = _USUAL, currency: str = "CNY") -> list[list[str]]:
    """The first `most` customers on the list as rows, with a head.

    Parameters
    ----------
    found : sequence of Watched
    most : int
    rules : Rules
        Those the list was made with: the reasons name their limits.
    currency : str
    """
    say, scale = words.say, money_scale(0, currency)
    why = {
        "old": say("older than {days} days past due", days=rules.old_days),
        "mostly_late": say("more than {share:.0%} of the balance overdue", share=rules.late_share),
        "slower": say("pays {days} days or more later than before", days=number(rules.slower_days, 0)),
        "disputed": say("more than {share:.0%} of the invoices disputed", share=rules.disputed),
    }
    head = [say("customer"), say("open ({unit})", unit=scale.name), say("overdue"), say("oldest, days past due"), say("why")]
    rows = [
        [one.customer, figure(one.open, "fen", scale), figure(one.overdue, "fen", scale), f"{one.oldest:,}",
         words.listed(why[reason] for reason in one.reasons)]
        for one in found[:most]
    ]  # fmt: skip
    return [head, *rows]
