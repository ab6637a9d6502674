"""A comparison that was kept in a folder, read back without running anything."""

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path

from arsim.domain.policy import build
from arsim.domain.problem import BadInput, Problem
from arsim.model.behaviour import Behaviour
from arsim.model.scenario import Scenario
from arsim.study import records
from arsim.study.company import Company
from arsim.study.comparison import Comparison, Replication
from arsim.study.few import largest
from arsim.study.keep import FINISHED, KIND, RESULTS, STUDY, VERSION
from arsim.study.outcome import OUTCOMES
from arsim.study.question import MADE_BY, made_by
from arsim.study.sure import Stop, Sure, Width

FEWEST = 2  # replications without which there is no interval
_KINDS = (Replication, Stop, Sure, Width)
_AGAIN = "Give the same arsim compare command again: it goes on from there."


@dataclass(frozen=True)
class Facts:
    """What is known of the company without its customers.

    Parameters
    ----------
    name : str
    customers, warmup : int
    start : date
        Day 0 of the runs.
    fingerprint : str
        Of all that a run can know of it.
    currency : str
    learnt : bool
        From a ledger.
    gap : float or None
        How far the model's curve of days to settle lies from the ledger's, as a share.
    assumed : tuple of str
        Traits no ledger tells.
    largest : float
        Share of expected sales of the largest customer.
    """

    name: str
    customers: int
    start: date
    fingerprint: str
    currency: str = "CNY"
    learnt: bool = False
    gap: float | None = None
    warmup: int = 0
    assumed: tuple[str, ...] = ()
    largest: float = 0.0


@dataclass(frozen=True, eq=False)
class KeptStudy:
    """A comparison out of its folder.

    Parameters
    ----------
    folder : Path
    comparison : Comparison
    company : Facts
    made_by : mapping of str to str
        Versions it was made by, as `arsim.study.question.made_by` has them.
    fingerprint : str
        Of the question.
    changed : mapping of str to float
        Constants of behaviour that were not as they are by default here.
    whole : bool
        Whether the folder says which results count; of a study by another version it may not, and then all do.
    """

    folder: Path
    comparison: Comparison
    company: Facts
    made_by: Mapping[str, str]
    fingerprint: str
    changed: Mapping[str, float]
    whole: bool

    @property
    def other_version(self) -> bool:
        """Made by other versions than those at hand."""
        return dict(self.made_by) != dict(made_by())

    @property
    def stopped(self) -> bool:
        """Ended before as many replications were done as were asked for."""
        return len(self.comparison.replications) < self.comparison.asked


def outcome(company: Company, done: int, aside: int, asked: int, stop: Stop | None) -> dict:
    """What `Keep.finish` is to be told of a comparison: the first `aside` of `done` results are put aside, the rest count."""
    found = company.found
    about = {"learnt": found is not None, "gap": found.gap if found else None, "warmup": company.warmup,
             "assumed": list(company.population.assumed), "largest": largest(company.population)}  # fmt: skip
    return {"first": aside, "counted": max(0, done - aside), "asked": asked, "stop": stop, "company": about}


def read_study(folder: str | os.PathLike) -> KeptStudy:
    """The comparison kept in `folder` by ``arsim compare … --out`` or ``compare(…, keep=…)``.

    Raises
    ------
    BadInput
        There is none, it is not finished, or it cannot be read.
    """
    folder = Path(folder)
    question, fingerprint = _question(folder)
    if question.get("kind") != "compare":
        raise BadInput(Problem("The study in this folder is no comparison.", "Name a folder written by arsim compare … --out FOLDER.",
                               file=str(folder), value=str(question.get("kind"))[:40]))  # fmt: skip
    versions = dict(question.get(MADE_BY) or {})
    kept, finished = _results(folder, fingerprint), _finished(folder, fingerprint)
    if finished is None and versions == dict(made_by()):
        raise BadInput(Problem("The study in this folder is not finished: {kept} results are kept.", _AGAIN, file=str(folder),
                               values={"kept": len(kept)}))  # fmt: skip
    finished = finished or _all(kept)
    first, counted = finished["first"], finished["counted"]
    if counted < FEWEST:
        raise BadInput(Problem("The study in this folder has {counted} replications; a report needs {fewest} or more.", _AGAIN,
                               file=str(folder), values={"counted": counted, "fewest": FEWEST}))  # fmt: skip
    missing = [number for number in range(first, first + counted) if number not in kept]
    if missing:
        raise BadInput(Problem("{missing} of {counted} results of this study are damaged or missing.", _AGAIN, file=str(folder / RESULTS),
                               values={"missing": len(missing), "counted": counted}))  # fmt: skip
    try:
        policies = tuple(build(told, told["name"]) for told in question["policies"])
        scenario = _scenario(question["scenario"])
        runs = tuple(records.value(kept[number], _KINDS)["result"] for number in range(first, first + counted))
        runs[0].outcomes[policies[0].name].keys()
        if {one.key for one in OUTCOMES} - set.intersection(*(set(of) for run in runs for of in run.outcomes.values())):
            raise KeyError("outcomes")
        comparison = Comparison(policies, runs, finished["asked"], question["days"], question["seed"], scenario, finished["stop"])
        company = _facts(question["company"], finished)
        changed = _changed(question["behaviour"])
    except (BadInput, KeyError, TypeError, ValueError, AttributeError):
        raise _foreign(folder, versions) from None
    return KeptStudy(folder, comparison, company, versions, fingerprint, changed, finished["whole"])


def _question(folder: Path) -> tuple[dict, str]:
    path = folder / STUDY
    if not path.is_file():
        raise BadInput(Problem(
            "There is no study in this folder: {file} is missing.", "Name a folder written by arsim compare … --out FOLDER.",
            file=str(folder), values={"file": STUDY}))  # fmt: skip
    try:
        told = json.loads(path.read_bytes())
        question, fingerprint = told["question"], told["fingerprint"]
        whole = told["kind"] == KIND and told["version"] == VERSION and isinstance(question, dict)
    except (OSError, ValueError, KeyError, TypeError):
        whole = False
    if not whole or hashlib.sha256(json.dumps(question, sort_keys=True).encode()).hexdigest() != fingerprint:
        raise BadInput(Problem("This file is damaged, was changed by hand, or is of another version of arsim.",
                               "Compare the policies again into another folder.", file=str(path)))  # fmt: skip
    return question, fingerprint


def _results(folder: Path, by: str) -> dict[int, str]:
    """The usable lines by number; of several with one number the last counts, as for `Keep`."""
    try:
        data = (folder / RESULTS).read_bytes()
    except OSError:
        return {}
    lines = filter(None, (records.unsealed(one, by) for one in data.split(b"\n")))
    return {one["number"]: line for one, line in ((json.loads(line), line) for line in lines) if one["part"] == ""}


def _finished(folder: Path, by: str) -> dict | None:
    try:
        told = records.value((folder / FINISHED).read_text("utf-8"), _KINDS)
        known = told if told["study"] == by and {"first", "counted", "asked", "stop", "company"} <= set(told) else None
    except (OSError, ValueError, KeyError, TypeError, BadInput):
        return None
    return known and known | {"whole": True}


def _all(kept: Mapping[int, str]) -> dict:
    """What counts where nobody has said: the results from 0 on without a gap."""
    counted = next(number for number in range(len(kept) + 1) if number not in kept)
    return {"first": 0, "counted": counted, "asked": counted, "stop": None, "company": {}, "currency": "CNY", "whole": False}


def _scenario(told: dict) -> Scenario:
    known = {field.name for field in fields(Scenario)}
    return Scenario(**{key: tuple(value) if isinstance(value, list) else value for key, value in told.items() if key in known})


def _facts(told: dict, finished: dict) -> Facts:
    about = finished["company"]
    return Facts(told["name"], told["customers"], date.fromisoformat(told["start"]), told["fingerprint"], finished["currency"],
                 about.get("learnt", False), about.get("gap"), about.get("warmup", 0), tuple(about.get("assumed", ())),
                 about.get("largest", 0.0))  # fmt: skip


def _changed(behaviour: Mapping[str, float]) -> dict[str, float]:
    usual = Behaviour.default().values
    return {path: value for path, value in behaviour.items() if path in usual and value != usual[path]}


def _foreign(folder: Path, versions: Mapping[str, str]) -> BadInput:
    return BadInput(Problem("This study was made by arsim {version}, and this version cannot read it.",
                            "Make the report with that version, or compare the policies again into another folder.",
                            file=str(folder), values={"version": versions.get("arsim", "?")}))  # fmt: skip
