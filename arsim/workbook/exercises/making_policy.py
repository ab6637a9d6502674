"""Makes what exercises about writing a policy give."""

from typing import Any

from arsim.workbook.exercises.answers_policy import TODAY
from arsim.workbook.exercises.dice import Dice


def today(dice: Dice) -> dict[str, Any]:
    """Today's policy as TOML, and the number of the trial: by which luck an answer is judged.

    >>> today(Dice(1))["trial"] in TODAY
    True
    """
    trial = dice.one_of(list(TODAY))
    return {"trial": trial, "today": TODAY[trial]}
