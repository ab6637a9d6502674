"""What is given, as an analyst wants it: tables as DataFrames, days as timestamps, so that both can be compared."""

import copy
from collections.abc import Mapping
from datetime import date
from typing import Any

from arsim.report import words
from arsim.workbook.exercises.drawn import Drawn


def as_given(drawn: Drawn) -> dict[str, Any]:
    """Everything given, by name: a copy, so that nothing a trainee does changes it."""
    import pandas as pd

    tables = {one.name: one for one in drawn.task.given if one.column}
    given = {}
    for name, value in drawn.given.items():
        if name not in tables:
            given[name] = pd.Timestamp(value) if isinstance(value, date) else copy.deepcopy(value)
            continue
        frame = pd.DataFrame(value, columns=[column.name for column in tables[name].column])
        for column in tables[name].column:
            if column.measure == "date":
                frame[column.name] = pd.to_datetime(frame[column.name])
            if column.measure == "text":
                frame[column.name] = [words.pick(one) if isinstance(one, Mapping) else one for one in frame[column.name]]
        given[name] = frame
    return given
