"""A key call as the books take it."""

from arsim.model.conduct import Call
from arsim.model.world import World
from arsim.workbook.roleplay.call import Call as Spoken
from arsim.workbook.roleplay.outcome import outcome

INSTALMENTS = 6  # months of a plan agreed in a call


def booked(spoken: Spoken, customer: int, day: int, world: World) -> Call:
    """What the call `spoken`, held with `customer` on `day`, leaves in the books."""
    on = world.date_of(day)
    left = outcome(spoken, on)
    firm = left.promised > 0 and left.due is not None  # a friendly word is no promise to note
    return Call(
        day=day, customer=customer, promised=left.promised if firm else 0, due=day + (left.due - on).days if firm else None,
        kept=left.kept if firm else 0.0, goodwill=left.goodwill, provable=left.restarts,
        instalments=INSTALMENTS if firm and left.kind == "plan" else 0, disputed=left.disputed, handed_on=left.kind == "route",
    )  # fmt: skip
