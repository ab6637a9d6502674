"""Item statistics as the instructor reads them."""

import numpy as np

from arsim.report import words
from arsim.report.columns import aligned
from arsim.report.figures import number
from arsim.study.items import item_figures, reliability

HARD, EASY, WEAK = 0.2, 0.95, 0.1  # beyond these an item is worth a second look


def text(names: list[str], marks: np.ndarray, common: list[str]) -> str:
    """One line an item: how many had it right, how well it parts, the commonest wrong answer; and how reliable the whole is.

    Parameters
    ----------
    names : list of str
        Of the items.
    marks : ndarray of bool, shape (people, items)
    common : list of str
        Of each item the commonest wrong answer; "" if none.
    """
    rows = [[words.say("Item"), words.say("right"), words.say("parts"), words.say("Commonest wrong answer"), words.say("Look at it")]]
    for name, one, wrong in zip(names, item_figures(marks), common, strict=True):
        parts = "–" if np.isnan(one.discrimination) else number(one.discrimination, 2, sign=True)
        rows.append([name, f"{number(100 * one.difficulty, 0)} %", parts, wrong, _remark(one.difficulty, one.discrimination)])
    whole = reliability(marks)
    told = words.say("Reliability (KR-20) cannot be told: all score the same.") if np.isnan(whole) else words.say(
        "Reliability (KR-20): {value}, from {people} people.", value=number(whole, 2), people=len(marks))  # fmt: skip
    few = [words.say("Fewer than 30 people: read these figures as hints.")] if len(marks) < 30 else []
    return "\n".join([*aligned(rows, (1, 2)), "", told, *few])


def _remark(difficulty: float, discrimination: float) -> str:
    if difficulty < HARD:
        return words.say("very hard")
    if difficulty > EASY:
        return words.say("nearly all know it")
    return words.say("does not part them") if discrimination < WEAK else ""
