"""Every item of the course, and the two parallel forms of the test before and after it."""

from functools import cache

from arsim.workbook.course.item import FORMS, Item
from arsim.workbook.course.script import read_script, scripts

LENGTH = 20  # items a form


@cache
def bank() -> dict[str, tuple[str, Item]]:
    """Item's name → lesson and item, in the order of the lessons."""
    return {item.name: (lesson, item) for lesson in scripts() for item in read_script(lesson).item}


@cache
def form(letter: str) -> tuple[Item, ...]:
    """The items of form "A" or "B"; parallel items stand at the same place in both."""
    held = [(item.pair, item) for _, item in bank().values() if item.form == letter]
    order = {item.pair: at for at, (_, item) in enumerate(bank().values()) if item.form == FORMS[0]}
    return tuple(item for pair, item in sorted(held, key=lambda one: order[one[0]]))
