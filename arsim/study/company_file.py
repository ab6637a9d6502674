"""A company kept as a file: learnt once from a ledger, used again without it."""

import json
import os
import re
from collections.abc import Callable
from dataclasses import asdict, fields
from datetime import date
from functools import partial
from pathlib import Path

import numpy as np

from arsim.domain.dunning_rules import Level
from arsim.domain.policy import Policy, build
from arsim.domain.problem import BadInput, Problem
from arsim.domain.whole import write_whole
from arsim.model.population import AGES, OpenItems, Population
from arsim.study.company import Company
from arsim.study.estimate import Estimate
from arsim.study.intervals import Figure

SUFFIX = ".json"
VERSION = 1
_KIND = "arsim company"


def write_company(company: Company, path: str | os.PathLike, currency: str = "CNY") -> None:
    """Write all of `company` (its customers by name, its open invoices by number) to `path`, whole or not at all.

    Parameters
    ----------
    company : Company
    path : path
        A .json file.
    currency : str
        Of its amounts.

    Raises
    ------
    BadInput
        The name does not end in .json, or nothing can be written there.
    """
    path = Path(path)
    if path.suffix.lower() != SUFFIX:
        raise BadInput(
            Problem("The file to write must end in {suffix}.", "Choose another name.", file=str(path), values={"suffix": SUFFIX})
        )
    content = {"kind": _KIND, "version": VERSION, "currency": currency, "warmup": company.warmup}
    content |= {"population": _plain(company.population), "found": _plain(company.found)}
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, json.dumps(content, ensure_ascii=False, allow_nan=False).encode())
    except OSError as error:
        raise BadInput(Problem(
            "The file cannot be written ({reason}).", "If it is open in Excel, close it there; or choose another folder.",
            file=str(path), values={"reason": error.strerror or str(error)})) from None  # fmt: skip


def is_company(path: str | os.PathLike) -> bool:
    """Whether a file is to be read as a saved company and not as a ledger, by its name."""
    return Path(path).suffix.lower() == SUFFIX


def read_company(path: str | os.PathLike) -> tuple[Company, str]:
    """The company in `path`, and the currency of its amounts.

    Raises
    ------
    BadInput
        There is no such file, or it holds no company that this version can use.
    """
    path = Path(path)
    try:
        data = path.read_bytes()
    except OSError as error:
        problem = Problem(
            "The file cannot be opened ({reason}).",
            "Check the name and the folder.",
            file=str(path),
            values={"reason": error.strerror or str(error)},
        )
        raise BadInput(problem) from None
    content, place = _content(data, path.name), "population"
    try:
        population = _population(content[place])
        found = _found(content[place := "found"], population)
        return Company(population, int(content[place := "warmup"]), found), str(content[place := "currency"])
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError, RecursionError) as error:
        key = str(error).strip("'")
        where = f"{place}.{key}" if re.fullmatch(r"[\w.]+", key) and key != place else place
        raise BadInput(
            Problem(
                "The company in this file is incomplete, or was changed by hand.", "Save the company again from its ledger.",
                file=path.name, column=where,
            )
        ) from None  # fmt: skip


def _content(data: bytes, file: str) -> dict:
    """The JSON of a company of this version."""
    remedy = 'Choose a file written by "Save the company" in the notebook my_ledger, or the ledger itself as CSV or XLSX.'
    try:
        content = json.loads(data)
    except json.JSONDecodeError as error:
        line = (error.doc.splitlines() or [""])[error.lineno - 1 :][:1]
        value = "".join(line)[max(error.colno - 1, 0) :][:40] or None
        raise BadInput(Problem("This is not a JSON file: it cannot be read from here on.", remedy, file=file, row=error.lineno,
                               value=value)) from None  # fmt: skip
    except (UnicodeDecodeError, RecursionError):
        raise BadInput(Problem("This is not a JSON file.", remedy, file=file)) from None
    if not isinstance(content, dict) or content.get("kind") != _KIND:
        given = content.get("kind") if isinstance(content, dict) else None
        value = None if given is None else str(given)[:40]
        raise BadInput(Problem("This JSON file is no company saved by arsim.", remedy, file=file, column="kind", value=value))
    if content.get("version") != VERSION:
        raise BadInput(Problem(
            "The company was saved by another version of arsim; this one reads version {version}.",
            "Save the company again from its ledger.",
            file=file, column="version", value=str(content.get("version")), values={"version": VERSION}))  # fmt: skip
    return content


def _plain(value: object) -> object:
    """For JSON. An array keeps its kind; nothing that is no number becomes one."""
    if value is None or isinstance(value, str | bool):
        return value
    if isinstance(value, np.ndarray):
        return {"kind": value.dtype.name, "values": [_plain(one) for one in value.tolist()]}
    if isinstance(value, int | np.integer):
        return int(value)
    if isinstance(value, float | np.floating):
        return float(value) if np.isfinite(value) else None
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Level | Policy):
        return value.model_dump(mode="json")
    if isinstance(value, Figure):
        return {name: _plain(one) for name, one in asdict(value).items()}
    if isinstance(value, Population | OpenItems | Estimate):
        told = {field.name: _plain(getattr(value, field.name)) for field in fields(value) if field.name != "population"}
        return told | ({"first": value.population.start.isoformat()} if isinstance(value, Estimate) else {})
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items()}
    return _plain(value()) if isinstance(value, Callable) else [_plain(one) for one in value]


def _array(told: dict) -> np.ndarray:
    if told["kind"] not in ("int64", "float64", "bool"):
        raise ValueError(told["kind"])
    values = [np.nan if one is None else one for one in told["values"]] if told["kind"] == "float64" else told["values"]
    found = np.array(values, dtype=object)
    if found.ndim != 1 or not all(isinstance(one, bool if told["kind"] == "bool" else int | float) for one in values):
        raise ValueError("values")
    return found.astype(told["kind"])


def _filled(kind: type, stored: dict, /, **known: object) -> object:
    """An instance of the dataclass `kind`, its arrays from `stored`."""
    values = {name: _array(one) if isinstance(one, dict) and set(one) == {"kind", "values"} else one for name, one in stored.items()}
    return kind(**values | known)


def _population(told: dict) -> Population:
    book = told["opening"]
    opening = _filled(OpenItems, book, number=tuple(book["number"]), issued=tuple(Level(**level) for level in book["issued"]))
    start, ids, assumed = date.fromisoformat(told["start"]), tuple(told["ids"]), tuple(told["assumed"])
    found = _filled(Population, told, start=start, ids=ids, assumed=assumed, opening=opening)
    for field in fields(Population):
        column = getattr(found, field.name)
        if field.type == "np.ndarray" or field.type is np.ndarray:
            if not isinstance(column, np.ndarray) or len(column) != (AGES if field.name == "base" else len(ids)):
                raise ValueError(field.name)
    if len({len(opening.number), *(len(getattr(opening, name)) for name in ("customer", "issue", "due", "amount", "disputed"))}) > 1:
        raise ValueError("opening")
    if len(opening.customer) and not 0 <= opening.customer.min() <= opening.customer.max() < len(ids):
        raise ValueError("opening.customer")
    return found


def _found(told: dict | None, population: Population) -> Estimate | None:
    """The estimate behind `population`, whose own differs in nothing but that its book is empty and its start the ledger's first day."""
    if told is None:
        return None
    before = population.replace(start=date.fromisoformat(told.pop("first")), opening=OpenItems.none())
    figures = {
        key: Figure(**{name: np.nan if one is None else one for name, one in figure.items()}) for key, figure in told["told"].items()
    }
    under = build(told["under"], told["under"]["name"])
    return _filled(Estimate, told, population=before, under=under, told=partial(dict, figures))
