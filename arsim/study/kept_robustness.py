"""A study of robustness as one file that a program reads back exactly, to show it again in another language or beside a comparison."""

import json
from dataclasses import dataclass, replace
from pathlib import Path

from arsim.domain.policy import build
from arsim.domain.problem import BadInput, Problem
from arsim.model.evidence import Constant
from arsim.study import records
from arsim.study.box import Box, Condition
from arsim.study.company import Company
from arsim.study.kept_study import KeptStudy
from arsim.study.losers import Effect, Losers
from arsim.study.question import MADE_BY, fingerprint, made_by
from arsim.study.robust import KEYS, Robust
from arsim.study.robustness import Robustness
from arsim.study.tipping import Tipping
from arsim.study.tornado import Pull, Tornado
from arsim.study.worlds import Worlds

FILE = "robust.json"
_KIND, _VERSION = "arsim robust", 1
_KINDS = (Robustness, Robust, Worlds, Constant, Tornado, Pull, Tipping, Box, Condition, Losers, Effect)


@dataclass(frozen=True, eq=False)
class KeptRobustness:
    """A study of robustness out of its file, and the fingerprint of the company it is about."""

    study: Robustness
    company: str
    made_by: dict[str, str]

    def differs(self, other: KeptStudy) -> str:
        """What it is about that the comparison is not: "policies" or "company"; "" if it is about the same."""
        mine, theirs = ([one.model_dump() for one in found.policies] for found in (self.study.found, other.comparison))
        if mine[0] != theirs[0] or sorted(map(str, mine)) != sorted(map(str, theirs)):
            return "policies"
        return "" if self.company == other.company.fingerprint else "company"


def as_file(study: Robustness, company: Company) -> bytes:
    """All of `study`, as it stands in ``robust.json``."""
    policies = [policy.model_dump(mode="json") for policy in study.found.policies]
    bare = replace(study, found=replace(study.found, policies=()), losers=replace(study.losers, policies=()))
    told = {"kind": _KIND, "version": _VERSION, MADE_BY: dict(made_by()), "company": fingerprint(company), "policies": policies,
            "against": [policy.name for policy in study.losers.policies], "study": bare}  # fmt: skip
    return records.text(told).encode()


def read_robustness(folder: Path) -> KeptRobustness | None:
    """The study of robustness in `folder`; None if there is none.

    Raises
    ------
    BadInput
        The file is damaged, or of another version that this one cannot read.
    """
    path = folder / FILE
    if not path.is_file():
        return None
    try:
        text = path.read_text("utf-8")
        bare = json.loads(text)
        if bare["kind"] != _KIND or bare["version"] != _VERSION:
            raise ValueError(bare["kind"])
        told = records.value(text, _KINDS)
        policies = {one["name"]: build(one, one["name"]) for one in told["policies"]}
        study = told["study"]
        found = replace(study.found, policies=tuple(policies.values()))
        if found.values.shape[2:] != (len(policies), len(KEYS)):  # another version may know other outcomes
            raise ValueError("outcomes")
        study = replace(study, found=found, losers=replace(study.losers, policies=tuple(policies[name] for name in told["against"])))
        return KeptRobustness(study, told["company"], told[MADE_BY])
    except (OSError, ValueError, KeyError, TypeError, AttributeError, IndexError, BadInput):
        raise BadInput(Problem("This file is damaged, was changed by hand, or is of another version of arsim.",
                               "Run arsim robust again, or leave it out.", file=str(path))) from None  # fmt: skip
