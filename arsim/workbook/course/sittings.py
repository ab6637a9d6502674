"""What came of a test: the sheets of a folder, form by form, for the instructor."""

from collections import Counter
from pathlib import Path

import numpy as np

from arsim.report import item_table, words
from arsim.report.figures import number
from arsim.workbook.course.answer_sheet import AnswerSheet, read_sheets
from arsim.workbook.course.item import FORMS, Item


def text(folder: Path) -> str:
    """Item statistics of every form that was sat.

    Raises
    ------
    BadInput
        A sheet cannot be read, or there are none.
    """
    sheets, parts = read_sheets(folder), []
    for form in FORMS:
        if held := [sheet for sheet in sheets if sheet.form == form]:
            items = held[0].items
            common = [_commonest(item, held) for item in items]
            head = words.say("Form {form}: {people} sheets", form=form, people=len(held))
            parts += [head, "", item_table.text([item.name for item in items], np.array([sheet.marks() for sheet in held]), common), ""]
    return "\n".join(parts).rstrip()


def _commonest(item: Item, sheets: list[AnswerSheet]) -> str:
    given = (sheet.answers.get(item.name) for sheet in sheets)
    wrong = Counter(answer for answer in given if item.judge(answer).right is False)
    if not wrong:
        return ""
    (answer, times), *_ = wrong.most_common(1)
    shown = item.option[int(answer)].text.told() if item.option else number(answer, 2)
    return words.say("{times} × {answer}", times=times, answer=shown if len(shown) <= 36 else shown[:35] + "…")
