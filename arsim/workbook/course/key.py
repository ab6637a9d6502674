"""The right answer to an item, worked out by the package: what is asked of a learner is never a number somebody typed."""

import importlib
from numbers import Real
from typing import Any

from pydantic import BaseModel, ConfigDict, Field


class Key(BaseModel):
    """Which function of the package knows the answer, and with what.

    Parameters
    ----------
    of : str
        ``"arsim.room.module:function"``.
    given : dict
        Its arguments by name; the question's text may fill its holes from them.
    take : str, optional
        Of what it returns, this attribute, key or position (``"a.b"`` goes two deep).
    times : float
        The answer is this many times as much: 0.01 for fen asked in yuan, 100 for a share asked in percent.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
    of: str = Field(pattern=r"^arsim(\.\w+)+:\w+$")
    given: dict[str, Any] = {}
    take: str | None = None
    times: float = 1.0

    def value(self) -> Any:
        """The answer.

        Examples
        --------
        >>> terms = {"discount": 2, "discount_days": 10, "net_days": 30}
        >>> round(Key(of="arsim.study.kpi:discount_cost", given=terms, times=100).value(), 2)
        37.24
        """
        module, _, name = self.of.partition(":")
        found = getattr(importlib.import_module(module), name)(**self.given)
        for step in self.take.split(".") if self.take else ():
            found = getattr(found, step) if hasattr(found, step) else found[int(step) if step.isdecimal() else step]
        return found * self.times if isinstance(found, Real) and not isinstance(found, bool) and self.times != 1 else found
