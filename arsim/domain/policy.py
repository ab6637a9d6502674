"""A policy: what we decide about granting credit, reminding, chasing and giving up. A frozen value."""

from collections.abc import Iterator, Mapping
from typing import Any, Literal

from pydantic import Field, ValidationError

from arsim.domain.credit_rules import Credit
from arsim.domain.dunning_rules import Level, Promise, Team, Worklist
from arsim.domain.fault import fault, unknown_key
from arsim.domain.lever import Lever, Part, lever, walk
from arsim.domain.price_rules import Allowance, Cash, Discount, Interest, Plan
from arsim.domain.problem import BadInput, Problem
from arsim.domain.relation_rules import Relations, Tools
from arsim.domain.risk_rules import Dispute, Law, Warning, WriteOff

NAME = r"^[a-z][a-z0-9_]{0,39}$"
PARTS = {
    "credit": Credit, "dunning": Level, "team": Team, "promise": Promise, "worklist": Worklist, "warning": Warning, "dispute": Dispute,
    "discount": Discount, "interest": Interest, "cash": Cash, "plan": Plan, "law": Law, "write_off": WriteOff, "relations": Relations,
    "tools": Tools, "allowance": Allowance,
}  # fmt: skip


class Policy(Part):
    """How we grant credit, remind, chase and give up. Frozen: `replace` makes changed copies.

    Examples
    --------
    >>> soft = Policy(name="soft", dunning=(Level(days=7, channel="email"),))
    >>> soft.replace({"dunning.0.days": 3}).dunning[0].days
    3
    """

    name: str = Field(pattern=NAME)
    title: dict[Literal["en", "zh"], str] = {}
    source: str = ""
    credit: Credit = Credit()
    dunning: tuple[Level, ...] = Field((), max_length=12)
    team: Team = Team()
    promise: Promise = Promise()
    worklist: Worklist = Worklist()
    warning: Warning = Warning()
    dispute: Dispute = Dispute()
    discount: Discount = Discount()
    interest: Interest = Interest()
    cash: Cash = Cash()
    plan: Plan = Plan()
    law: Law = Law()
    relations: Relations = Relations()
    tools: Tools = Tools()
    write_off: WriteOff = WriteOff()
    allowance: Allowance = Allowance()
    write_off_days: int = lever(
        540,
        90,
        1825,
        unit="days overdue",
        en="Write off (and collect no more) when overdue longer than",
        zh="逾期超过多少天核销（此后不再回款）",
    )

    def replace(self, changes: Mapping[str, Any]) -> "Policy":
        """A copy with levers changed, addressed by path such as ``"credit.limit_factor"`` or ``"dunning.0.days"``.

        Raises
        ------
        BadInput
            If a path does not exist or a value is out of bounds; nothing is changed.
        """
        data = self.model_dump()
        for path, value in changes.items():
            *way, last = path.split(".")
            node = data
            try:
                for step in way:
                    node = node[int(step)] if isinstance(node, list | tuple) else node[step]
                if last not in node:
                    raise KeyError(last)
            except (KeyError, IndexError, ValueError, TypeError):
                raise BadInput(unknown_key(path, [lever.path for lever in levers(self)])) from None
            node[last] = value
        return build(data, self.name)

    def out_of_order(self) -> list[int]:
        """Levels (from 0) that count from the due date and do not come after the one before them."""
        days = [level.days if level.clock == "due" else None for level in self.dunning]
        return [at for at in range(1, len(days)) if None not in (days[at - 1], days[at]) and days[at] <= days[at - 1]]

    def called(self, language: str) -> str:
        """Title in `language`, else the name."""
        return self.title.get(language) or self.name


def levers(policy: Policy | None = None) -> Iterator[Lever]:
    """Every lever of a policy with its current value as `default`; without a policy, of the schema (one ladder level, ``dunning.N``)."""
    if policy is None:
        yield from walk(Policy(name="default"))
        yield from walk(Level(), "dunning.N.")
    else:
        yield from walk(policy)


def group_of(path: str) -> str:
    """The group a lever belongs to: the part of the policy it stands in; what stands alone is about the write-off.

    >>> group_of("law.days"), group_of("dunning.0.days"), group_of("write_off_days")
    ('law', 'dunning', 'write_off')
    """
    return path.partition(".")[0] if "." in path else "write_off"


def grouped(group: str | None = None) -> list[Lever]:
    """The levers of the schema, those of one group if asked for.

    Raises
    ------
    BadInput
        If there is no such group.
    """
    if group is None:
        return list(levers())
    if group not in PARTS:
        raise BadInput(Problem('There is no group "{group}".', "There are: {known}.", values={"group": group, "known": ", ".join(PARTS)}))
    return [found for found in levers() if group_of(found.path) == group]


def build(data: Mapping[str, Any], name: str, file: str | None = None) -> Policy:
    """A policy from plain data, every fault reported at once.

    Raises
    ------
    BadInput
        With one problem a fault.
    """
    try:
        policy = Policy.model_validate({"name": name, **data})
    except ValidationError as error:
        raise BadInput(*(fault(found, _keys(found["loc"]), file) for found in error.errors())) from None
    if policy.dunning and policy.dunning[0].clock == "previous":
        raise BadInput(
            Problem(
                "The first level has no previous level to count from.",
                "Use the clock due or end_of_month.",
                file=file,
                column="dunning.0.clock",
                value="previous",
            )
        )
    return policy


def _keys(location: tuple) -> list[str]:
    """The keys that may stand where a fault was found."""
    part = PARTS.get(location[0], Policy) if len(location) > 1 else Policy
    return list(part.model_fields)
