"""Makes what exercises about comparing policies give."""

from typing import Any

from arsim.workbook.exercises.dice import Dice


def four_policies(dice: Dice) -> dict[str, Any]:
    """Four policies against today's, in a random order: one is surely better, and each of the others looks so in one way.

    Money in units of 10,000 yuan a year.

    >>> [one["policy"] for one in four_policies(Dice(1))["policies"]]
    ['A', 'B', 'C', 'D']
    """
    rows = []
    for role, difference, half in (
        ("sure", dice.whole(30, 40), dice.whole(16, 24)),
        ("largest", dice.whole(62, 75), dice.whole(80, 95)),
        ("hopeful", dice.whole(44, 54), dice.whole(130, 160)),
        ("narrow", -dice.whole(7, 10), dice.whole(3, 5)),
    ):
        rows.append({"role": role, "difference": difference, "low": difference - half, "high": difference + half})
    rows = [{"policy": name, **row} for name, row in zip("ABCD", dice.some(rows, 4), strict=True)]
    return {"policies": rows} | {row["role"]: row["policy"] for row in rows}


def paired_runs(dice: Dice) -> dict[str, Any]:
    """Two columns of net values, 10,000 yuan, over replications in which both policies met the same luck.

    >>> len(paired_runs(Dice(1))["runs"])
    40
    """
    bell = lambda spread: round(spread * (sum(dice.share() for _ in range(12)) - 6))  # noqa: E731
    shared, own, level, ahead = dice.whole(50, 80), dice.whole(18, 30), dice.whole(900, 1300), dice.whole(8, 25)
    rows = []
    for number in range(40):
        luck = bell(shared)
        rows.append({"replication": number + 1, "a": level + luck + bell(own), "b": level + ahead + luck + bell(own)})
    return {"runs": rows}
