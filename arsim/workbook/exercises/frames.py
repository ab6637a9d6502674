"""What is given, as an analyst wants it: tables as DataFrames."""

import copy
from typing import Any

from arsim.workbook.exercises.drawn import Drawn


def as_given(drawn: Drawn) -> dict[str, Any]:
    """Everything given, by name; tables as DataFrames, their dates as timestamps. A copy, so that nothing a trainee does changes it."""
    import pandas as pd

    tables = {one.name: one for one in drawn.task.given if one.column}
    given = {}
    for name, value in drawn.given.items():
        if name not in tables:
            given[name] = copy.deepcopy(value)
            continue
        frame = pd.DataFrame(value, columns=[column.name for column in tables[name].column])
        for column in tables[name].column:
            if column.measure == "date":
                frame[column.name] = pd.to_datetime(frame[column.name])
        given[name] = frame
    return given
