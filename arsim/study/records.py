"""Results as lines of text that a person can read and a program reads back exactly: JSON, every float with all its digits.

What JSON does not know is an object with the key ``~``: ``{"~": "tuple", "of": […]}``, ``{"~": "array", "kind": "float64", "shape": […],
"values": […]}``, ``{"~": "dict", "items": [[key, value], …]}`` and ``{"~": "Name", …its fields}`` for a dataclass. ``NaN`` and
``Infinity`` stand for themselves. A line is a check over its text, a space, and the text.
"""

import hashlib
import json
from dataclasses import fields, is_dataclass

import numpy as np

MARK = "~"
CHECK = 16  # characters


def text(value: object) -> str:
    """`value` as one line of JSON.

    Raises
    ------
    TypeError
        It holds something else than None, bool, int, float, str, list, tuple, dict, ndarray and dataclasses.
    """
    return json.dumps(_plain(value), ensure_ascii=False, separators=(",", ":"))


def value(line: str, kinds: tuple[type, ...] = ()) -> object:
    """What `text` was given: equal to the last bit; `kinds` are the dataclasses that may occur."""
    return _filled(json.loads(line), {kind.__name__: kind for kind in kinds})


def sealed(line: str, by: str) -> bytes:
    """`line` with its check; `by` is the study it belongs to, so that no other takes it for its own."""
    return f"{_check(line, by)} {line}\n".encode()


def unsealed(data: bytes, by: str) -> str | None:
    """The line in `data`; None if it was torn, changed, or belongs to another study."""
    try:
        check, _, line = data.removesuffix(b"\n").decode().partition(" ")
    except UnicodeDecodeError:
        return None
    return line if check == _check(line, by) else None


def _check(line: str, by: str) -> str:
    return hashlib.sha256(f"{by} {line}".encode()).hexdigest()[:CHECK]


def _plain(value: object) -> object:
    if value is None or isinstance(value, str | bool | int | float):
        return value
    if isinstance(value, np.generic) and value.dtype.kind in "bif":
        return value.item()
    if isinstance(value, np.ndarray) and value.dtype.kind in "bif":
        return {MARK: "array", "kind": value.dtype.name, "shape": value.shape, "values": value.ravel().tolist()}
    if is_dataclass(value) and not isinstance(value, type):
        return {MARK: type(value).__name__} | {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if type(value) is tuple:
        return {MARK: "tuple", "of": [_plain(one) for one in value]}
    if isinstance(value, list):
        return [_plain(one) for one in value]
    if isinstance(value, dict):
        if MARK not in value and all(isinstance(key, str) for key in value):
            return {key: _plain(one) for key, one in value.items()}
        return {MARK: "dict", "items": [[_plain(key), _plain(one)] for key, one in value.items()]}
    raise TypeError(f"{type(value).__qualname__} cannot be kept")


def _filled(stored: object, kinds: dict[str, type]) -> object:
    if isinstance(stored, list):
        return [_filled(one, kinds) for one in stored]
    if not isinstance(stored, dict):
        return stored
    what = stored.get(MARK)
    if what is None:
        return {key: _filled(one, kinds) for key, one in stored.items()}
    if what == "tuple":
        return tuple(_filled(one, kinds) for one in stored["of"])
    if what == "array":
        return np.array(stored["values"], dtype=stored["kind"]).reshape(stored["shape"])
    if what == "dict":
        return {_filled(key, kinds): _filled(one, kinds) for key, one in stored["items"]}
    return kinds[what](**{key: _filled(one, kinds) for key, one in stored.items() if key != MARK})
