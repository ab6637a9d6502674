"""Right and wrong answers about collecting. Money in yuan, chances in percent."""

from collections.abc import Sequence


def first_call(customers: Sequence[dict]) -> str:
    """The `role` of the customer whose payment one call changes most: amount × (chance after a call − chance without).

    >>> sure, unsure = {"amount": 100, "without": 90, "called": 95}, {"amount": 50, "without": 20, "called": 60}
    >>> first_call([{"role": "large", **sure}, {"role": "open", **unsure}])
    'open'
    """
    return max(customers, key=lambda one: one["amount"] * (one["called"] - one["without"]))["role"]
