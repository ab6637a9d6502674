"""A search as files: the front, its runs, all that was tried, a policy file each, and pictures."""

import re
from pathlib import Path

import pandas as pd

from arsim.domain.policies import write_policy
from arsim.report import explore_plots, words
from arsim.report.figures import file_unit
from arsim.report.firm import Firm
from arsim.report.put import csv, put
from arsim.study.aim import KNOWN_OUTCOMES
from arsim.study.exploration import Exploration


def write(found: Exploration, folder: Path, firm: Firm | None = None) -> list[Path]:
    """Write the front into `folder`; tables as CSV (UTF-8 with byte-order mark, for Excel), money in fen.

    Policies of an earlier, larger front in the same folder are removed, so that none is taken for one of this.
    """
    firm, written = firm or Firm(), []
    for name, frame in (("front.csv", _front(found, firm)), ("runs.csv", found.runs()), ("tried.csv", found.tried())):
        written.append(put(folder / name, csv(frame)))
    for policy in found.policies:
        written.append(folder / f"{policy.name}.toml")
        write_policy(policy, written[-1])
    for old in folder.glob("front_*.toml"):
        if old not in written and re.fullmatch(r"front_\d+", old.stem):
            old.unlink()
    for name, picture in (("front.png", explore_plots.pairs(found, firm)), ("levers.png", explore_plots.parallel(found))):
        written.append(put(folder / name, picture))
    return written


def _front(found: Exploration, firm: Firm) -> pd.DataFrame:
    """The front with its levers; beside the keys stand labels in the language in use, and the unit."""
    frame = found.front()
    units = {key: file_unit(one.unit, firm.currency) for key, one in KNOWN_OUTCOMES.items()} | {"contact_minutes": words.say("minutes")}
    labels = {key: words.pick(one.label) for key, one in KNOWN_OUTCOMES.items()}
    at = frame.columns.get_loc("outcome") + 1
    frame.insert(at, "outcome_label", frame["outcome"].map(labels))
    frame.insert(at + 1, "unit", frame["outcome"].map(units))
    levers = {policy.name: found.space.values(each.candidate) for policy, each in zip(found.policies, found.found.front, strict=True)}
    for axis in found.space.axes:
        frame[axis.path] = frame["policy"].map({name: values[axis.path] for name, values in levers.items()})
    return frame
