"""A policy: what we decide about granting credit, reminding, chasing and giving up. A frozen value."""

from collections.abc import Iterator, Mapping
from typing import Any, Literal

from pydantic import Field, ValidationError

from arsim.domain.fault import fault, unknown_key
from arsim.domain.lever import Lever, Part, lever, walk
from arsim.domain.problem import BadInput, Problem

NAME = r"^[a-z][a-z0-9_]{0,39}$"
CHANNELS = ("email", "sms", "letter", "call", "visit", "lawyer_letter")


class Credit(Part):
    """Decided when an order arrives."""

    limit_factor: float = lever(1.0, 0.0, 5.0, unit="× limit", en="Credit limit, times the customer's own", zh="信用额度倍数")
    over_limit: Literal["accept", "hold", "prepay"] = lever(
        "accept", unit="choice", en="Order over the limit: accept, hold, or ask for prepayment", zh="超额度订单：接受、暂停发货或要求预付"
    )
    hold_overdue_days: int = lever(
        0, 0, 365, unit="days, 0 = never", en="Hold new orders when invoices are overdue longer than", zh="发票逾期超过多少天即暂停新订单"
    )
    hold_overdue_share: float = lever(
        0.1,
        0.0,
        1.0,
        unit="share of open balance",
        en="… and these are more than this share of the customer's balance",
        zh="……且其占客户未收余额的比例超过",
    )


class Level(Part):
    """One rung of the dunning ladder: when, and how."""

    days: int = lever(
        7, -60, 365, unit="days", en="Days after the clock starts (negative: before the due date)", zh="起算日后天数（负数为到期前）"
    )
    channel: Literal["email", "sms", "letter", "call", "visit", "lawyer_letter"] = lever(
        "email", unit="choice", en="Channel", zh="催款方式"
    )
    clock: Literal["due", "end_of_month", "previous"] = lever(
        "due",
        unit="choice",
        en="Clock: days from the due date, rolled on to that month's end, or days from the previous level",
        zh="起算点：到期日、到期日后顺延至当月月末、上一级催款日",
    )


class Team(Part):
    """Who does the work, and how much of it a customer may meet."""

    collectors: int = lever(1, 0, 1000, unit="people", en="Collectors on duty", zh="催收员人数")
    attempts: int = lever(
        3, 1, 10, unit="attempts", en="Attempts to reach a customer before giving the level up", zh="每级联系不上时最多尝试几次"
    )
    contact_cap: int = lever(
        5, 0, 21, unit="contacts in 7 days", en="Most contacts one customer may receive in 7 days", zh="每位客户 7 天内最多联系次数"
    )


class Worklist(Part):
    """Points that rank the morning's worklist."""

    amount_points: int = lever(10, 0, 100, unit="points per CNY 10,000 overdue", en="Points for the overdue amount", zh="逾期金额得分")
    days_points: int = lever(2, 0, 100, unit="points per day overdue", en="Points for days overdue", zh="逾期天数得分")
    risk_points: int = lever(20, 0, 100, unit="points per grade step", en="Points for a weaker credit grade", zh="信用等级每低一级加分")


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
    worklist: Worklist = Worklist()
    write_off_days: int = lever(
        540,
        90,
        1095,
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
    part = (
        {"credit": Credit, "team": Team, "worklist": Worklist, "dunning": Level}.get(location[0], Policy) if len(location) > 1 else Policy
    )
    return list(part.model_fields)
