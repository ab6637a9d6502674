"""Which of a file's columns is which, as the user said: kept in FILE.columns.toml beside the file."""

import tomllib
from collections.abc import Mapping
from pathlib import Path

from arsim.domain.headers import LABELS
from arsim.domain.problem import BadInput, Problem
from arsim.domain.whole import write_whole


def beside(path: Path) -> Path:
    """Where the columns of `path` are kept: ledger.csv → ledger.csv.columns.toml."""
    return path.with_name(f"{path.name}.columns.toml")


def checked(mapping: Mapping[str, object], file: str | None = None) -> dict[str, str]:
    """`mapping` if it names fields there are, by text; raises `BadInput`."""
    for name, header in mapping.items():
        if name not in LABELS:
            raise BadInput(
                Problem(
                    "A ledger has no field called {name}.",
                    "Use one of: {fields}.",
                    file=file,
                    values={"name": name, "fields": ", ".join(LABELS)},
                )
            )
        if not isinstance(header, str) or not header.strip():
            raise BadInput(
                Problem(
                    "The column for {name} is not named by text.",
                    'Write it as {name} = "Header in the file".',
                    file=file,
                    values={"name": name},
                )
            )
    return {name: str(header) for name, header in mapping.items()}


def read_mapping(path: Path) -> dict[str, str]:
    """Field → header, from the file beside `path`; empty where there is none."""
    own = beside(path)
    if not own.is_file():
        return {}
    try:
        return checked(tomllib.loads(own.read_text("utf-8-sig")), own.name)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadInput(
            Problem(
                "This file of column names cannot be read ({reason}).",
                'Write one line a column, such as amount = "Betrag", or delete it.',
                file=own.name,
                values={"reason": str(error)},
            )
        ) from None


def save_mapping(path: Path, mapping: Mapping[str, str]) -> Path:
    """Keep `mapping` beside `path`; returns where."""
    lines = ["# field = header in the file / 字段 = 文件里的表头"]
    lines += [f"{name} = {_quoted(header)}" for name, header in checked(mapping).items()]
    write_whole(beside(path), ("\n".join(lines) + "\n").encode())
    return beside(path)


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(char if char >= " " and char != "\x7f" else f"\\u{ord(char):04x}" for char in escaped) + '"'
