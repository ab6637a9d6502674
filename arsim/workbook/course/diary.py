"""What a trainee typed in: one small file a lesson, on their own disk only."""

import json
import os
import re
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from arsim.domain.whole import write_whole

VERSION = 1


def home() -> Path:
    """The folder: in ``ARSIM_STATE`` if that names one, else where this system keeps such things for the user."""
    from platformdirs import user_state_path

    return Path(os.environ.get("ARSIM_STATE") or user_state_path("arsim", appauthor=False)) / "course"


class Diary:
    """The entries of one lesson, read afresh each time: two notebooks may be open.

    Parameters
    ----------
    lesson : str
    folder : Path, optional
    """

    def __init__(self, lesson: str, folder: Path | None = None):
        self.path = (folder or home()) / f"{re.sub(r'[^a-z0-9_]', '_', lesson)}.json"

    def entries(self) -> dict[str, dict]:
        """Every entry: name → ``{"value": …, "at": …}``. A spoilt file, or one of another version, counts as empty and is kept beside."""
        try:
            return self._read()
        except OSError:
            return {}

    def value(self, name: str):
        """What was typed in under `name`; None if nothing."""
        return self.entries().get(name, {}).get("value")

    def note(self, name: str, value) -> bool:
        """Keep `value`; False if that cannot be done (the lesson works without)."""
        return self.note_all({name: value})

    def note_all(self, values: Mapping[str, object]) -> bool:
        """Keep all of `values`, by name, or none; False if that cannot be done."""
        at = datetime.now().isoformat(timespec="seconds")
        try:
            entries = self._read() | {name: {"value": value, "at": at} for name, value in values.items()}
            text = json.dumps({"version": VERSION, "entries": entries}, ensure_ascii=False, indent=1)
            self.path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(self.path, text.encode("utf-8", "replace"))  # half a character, as some keyboards send, is no reason to fail
        except OSError:
            return False
        return True

    def _read(self) -> dict[str, dict]:
        """The entries; raises OSError where the file is there but cannot be read now: then nothing may be written over it either."""
        try:
            return understood(self.path.read_bytes())
        except FileNotFoundError:
            return {}
        except ValueError:
            self.path.replace(self.path.with_suffix(".spoilt"))
            return {}


def understood(data: bytes) -> dict[str, dict]:
    """The entries in a diary's file; what is no entry is left out.

    Raises
    ------
    ValueError
        It is no diary, cut off, or of another version.
    """
    try:
        content = json.loads(data.decode())
        if content["version"] != VERSION:
            raise ValueError(content["version"])
        return {str(name): entry for name, entry in content["entries"].items() if isinstance(entry, dict) and "value" in entry}
    except (KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError(str(error)) from None
