"""What a study asks, in full: two studies with the same question have the same results, number by number."""

import hashlib
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict, fields
from functools import cache
from pathlib import Path

import numpy as np

import arsim
from arsim.domain.policy import Policy
from arsim.model.behaviour import Behaviour
from arsim.model.population import OpenItems, Population
from arsim.model.scenario import BASE, Scenario
from arsim.study.company import Company

MADE_BY = "made by"
SHOWN = 4  # differences told
LONG = 40  # characters of a value told


def question(
    kind: str, company: Company, policies: Sequence[Policy] = (), days: int = 0, seed: int = 0, behaviour: Behaviour | None = None,
    scenario: Scenario = BASE, **more: object,
) -> dict:  # fmt: skip
    """A study's question as plain data.

    Not in it: the engine, how many work at a time and how many replications, as no result depends on them.

    Parameters
    ----------
    kind : str
        Such as "compare".
    company, policies, days, seed, behaviour, scenario
        As for `arsim.study.compare.compare`.
    **more
        Whatever else the results depend on, as JSON knows it.

    Returns
    -------
    dict
    """
    people = company.population
    asked = {
        "kind": kind,
        "company": {"name": people.name, "customers": len(people), "start": people.start.isoformat(), "fingerprint": fingerprint(company)},
        "policies": [policy.model_dump(mode="json") for policy in policies],
        "days": days,
        "seed": seed,
        "scenario": {name: value for name, value in asdict(scenario).items() if name != "title"},
        "behaviour": dict((behaviour or Behaviour.default()).values),
        **more,
        MADE_BY: dict(made_by()),
    }
    return json.loads(json.dumps(asked, ensure_ascii=False))


def fingerprint(company: Company) -> str:
    """Of all that a run can know of `company`."""
    found = hashlib.sha256(str(company.warmup).encode())

    def take(value: object) -> None:
        if isinstance(value, Population | OpenItems):
            for field in fields(value):
                found.update(f"\n{field.name}=".encode())
                take(getattr(value, field.name))
        elif isinstance(value, np.ndarray):
            found.update(f"{value.dtype.name}{value.shape}".encode() + np.ascontiguousarray(value).tobytes())
        else:
            found.update(repr(value).encode())

    take(company.population)
    return found.hexdigest()[:16]


@cache
def made_by() -> dict[str, str]:
    """Versions a result may depend on; `code` is a fingerprint of the rules themselves."""
    root, code = Path(arsim.__file__).parent, hashlib.sha256()
    for floor in ("domain", "model", "engine", "study"):
        for path in sorted((root / floor).rglob("*.py"), key=lambda path: path.relative_to(root).as_posix()):
            code.update(path.relative_to(root).as_posix().encode() + path.read_bytes().replace(b"\r\n", b"\n"))
    python = f"{sys.version_info.major}.{sys.version_info.minor}"
    return {"arsim": arsim.__version__, "code": code.hexdigest()[:16], "numpy": np.__version__, "python": python}


def differences(there: dict, here: dict) -> tuple[str, bool]:
    """Where two questions differ, in short ("" if nowhere), and whether in nothing but the versions they were made by."""
    one, other = dict(_leaves(there)), dict(_leaves(here))
    apart = [path for path in one | other if one.get(path) != other.get(path)]
    told = [f"{path}: {_short(one.get(path))} → {_short(other.get(path))}" for path in apart[:SHOWN]]
    return ", ".join(told) + (" …" if len(apart) > SHOWN else ""), all(path.startswith(f"{MADE_BY}.") for path in apart)


def _leaves(value: object, path: str = ""):
    """Every single value with its path; text, as NaN equals nothing."""
    if isinstance(value, dict | list) and value:
        for key, one in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _leaves(one, f"{path}.{key}" if path else str(key))
    else:
        yield path, json.dumps(value, ensure_ascii=False)


def _short(value: str | None) -> str:
    return "–" if value is None else value if len(value) <= LONG else f"{value[: LONG - 1]}…"
