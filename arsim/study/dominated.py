"""Which policies another one beats on everything that counts, so that nobody need weigh them."""

from collections.abc import Sequence

from arsim.study.comparison import ENOUGH, Comparison, interval
from arsim.study.outcome import OUTCOMES

TOGETHER = ("net_value", "overdue_share", "goodwill")  # value, risk, relationship
_DIRECTION = {outcome.key: outcome.direction for outcome in OUTCOMES}


def dominators(comparison: Comparison, keys: Sequence[str] = TOGETHER) -> dict[str, tuple[str, ...]]:
    """For each policy, those that beat it: better or the same on every outcome, and surely better on at least one.

    Sure is what the paired 95 % interval leaves no doubt about; "better or the same" goes by the mean. With fewer than `ENOUGH`
    replications nothing is sure.

    Parameters
    ----------
    comparison : Comparison
    keys : sequence of str
        Outcomes with a direction.

    Returns
    -------
    dict of str to tuple of str
        Empty tuple: nobody beats it, and choosing it or not is a matter of what one wants.
    """
    names = [policy.name for policy in comparison.policies]
    return {name: tuple(other for other in names if other != name and _beats(comparison, other, name, keys)) for name in names}


def _beats(comparison: Comparison, other: str, name: str, keys: Sequence[str]) -> bool:
    ahead = [_DIRECTION[key] * (comparison.values(other, key) - comparison.values(name, key)) for key in keys]
    found = [interval(one) for one in ahead]
    sure = len(comparison.replications) >= ENOUGH and any(low > 0 for _, low, _ in found)
    return sure and all(mean >= 0 for mean, _, _ in found)
