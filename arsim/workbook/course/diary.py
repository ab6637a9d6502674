"""What a trainee typed in: one small file a lesson, on their own disk only."""

import json
import os
import re
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
        """Every entry: name → ``{"value": …, "at": …}``. A spoilt file counts as empty and is kept beside."""
        try:
            content = json.loads(self.path.read_text("utf-8"))
            return dict(content["entries"]) if content["version"] == VERSION else {}
        except FileNotFoundError:
            return {}
        except (OSError, ValueError, KeyError, TypeError):
            if self.path.exists():
                self.path.replace(self.path.with_suffix(".spoilt"))
            return {}

    def value(self, name: str):
        """What was typed in under `name`; None if nothing."""
        return self.entries().get(name, {}).get("value")

    def note(self, name: str, value) -> bool:
        """Keep `value`; False if that cannot be done (the lesson works without)."""
        entries = self.entries() | {name: {"value": value, "at": datetime.now().isoformat(timespec="seconds")}}
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(self.path, json.dumps({"version": VERSION, "entries": entries}, ensure_ascii=False, indent=1).encode())
        except OSError:
            return False
        return True
