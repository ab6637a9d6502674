"""A policy taken apart: what each bundle of its rules does alone, put into another policy."""

from collections.abc import Mapping, Sequence

from arsim.domain.policy import PARTS, Policy
from arsim.domain.problem import BadInput, Problem


def graft(stock: Policy, scion: Policy, groups: Sequence[str], name: str, title: Mapping[str, str] = {}) -> Policy:  # noqa: B006
    """`stock` with whole groups of rules from `scion`.

    Parameters
    ----------
    stock, scion : Policy
    groups : sequence of str
        Such as ``"law"`` or ``"dunning"``.
    name : str
    title : mapping
        ``{"en": …, "zh": …}``.

    Raises
    ------
    BadInput
        There is no such group.

    Examples
    --------
    >>> from arsim.domain.policies import read_policy
    >>> graft(read_policy("baseline"), read_policy("source_full_system"), ["law"], "with_law").law.days
    90
    """
    if unknown := [group for group in groups if group not in PARTS]:
        values = {"group": unknown[0], "known": ", ".join(PARTS)}
        raise BadInput(Problem('There is no group "{group}".', "There are: {known}.", values=values))
    taken = {group: getattr(scion, group) for group in groups}
    return stock.model_copy(update={**taken, "name": name, "title": dict(title), "source": f"{stock.name} with parts of {scion.name}"})


def differing(one: Policy, other: Policy) -> list[str]:
    """The groups in which two policies differ, in the order of `PARTS`.

    >>> from arsim.domain.policies import read_policy
    >>> one = read_policy("baseline")
    >>> differing(one, one.replace({"law.days": 90, "team.collectors": 2}))
    ['team', 'law']
    """
    return [group for group in PARTS if getattr(one, group) != getattr(other, group)]
