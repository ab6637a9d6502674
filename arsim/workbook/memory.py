"""Where the user was, so that a restarted kernel can go on from there: a small JSON file, no ledger in it."""

import json
import os
from dataclasses import asdict, dataclass, field
from pathlib import Path

from arsim.domain.dates import ORDERS
from arsim.domain.policies import built_in
from arsim.domain.policy import Policy, build
from arsim.domain.problem import BadInput
from arsim.domain.whole import write_whole
from arsim.model.scenario import BASE, scenarios

VERSION = 1
_NUMBERS = ("days", "replications", "seed")


@dataclass(frozen=True)
class Source:
    """Where the company comes from.

    Parameters
    ----------
    kind : str
        "demo", "file" or "upload".
    path : str
        Of the file; of an upload only its name, since nothing of it is kept.
    under : str
        Built-in policy the ledger was observed under.
    date_order : str or None
        For `read_ledger`.
    """

    kind: str = "demo"
    path: str = ""
    under: str = "baseline"
    date_order: str | None = None

    def __post_init__(self):
        texts = isinstance(self.path, str) and isinstance(self.under, str)
        if self.kind not in ("demo", "file", "upload") or not texts or self.date_order not in (None, *ORDERS):
            raise ValueError(self)


@dataclass(frozen=True)
class Side:
    """A policy as the user has it now, and what it started from: a built-in one, or the name of a file on the user's shelf."""

    base: str
    policy: Policy

    def __post_init__(self):
        own = self.base.endswith(".toml") and Path(self.base).name == self.base  # a name only: it cannot lead out of the shelf
        if self.base not in built_in() and not own:
            raise ValueError(self.base)


@dataclass(frozen=True)
class Setting:
    """Everything chosen in the lab."""

    source: Source
    sides: dict[str, Side] = field(default_factory=dict)
    days: int = 365
    replications: int = 40
    seed: int = 1
    scenario: str = BASE.name
    until: dict[str, float] | None = None  # how narrow the intervals are to be, see `arsim.workbook.sure_choice`; None: a fixed number

    def __post_init__(self):
        if self.scenario not in scenarios():
            raise ValueError(self.scenario)
        if self.until is not None and not all(isinstance(value, int | float) for value in dict(self.until).values()):
            raise ValueError(self.until)


def home() -> Path:
    """The file: in ``ARSIM_STATE`` if that names a folder, else where this system keeps such things for the user."""
    from platformdirs import user_state_path

    return Path(os.environ.get("ARSIM_STATE") or user_state_path("arsim", appauthor=False)) / "lab.json"


def save(setting: Setting, path: Path) -> bool:
    """Write `setting` to `path`, whole or not at all; False if that cannot be done (the lab works without)."""
    content = {"version": VERSION, "source": asdict(setting.source)}
    content |= {name: getattr(setting, name) for name in (*_NUMBERS, "scenario", "until")}
    content["sides"] = {at: {"base": side.base, "policy": side.policy.model_dump(mode="json")} for at, side in setting.sides.items()}
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, json.dumps(content, ensure_ascii=False, indent=1).encode())
    except OSError:
        return False
    return True


def recall(path: Path) -> tuple[Setting | None, bool]:
    """What was saved at `path`.

    Returns
    -------
    setting : Setting or None
        None if there is nothing, or nothing that this version can use.
    spoilt : bool
        Whether there was something that could not be used.
    """
    try:
        content = json.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return None, False
    except (OSError, ValueError):
        return None, True
    try:
        if content["version"] != VERSION:
            return None, True
        numbers = {name: content[name] for name in _NUMBERS}
        if any(type(value) is not int for value in numbers.values()):
            return None, True
        sides = {letter: Side(side["base"], build(side["policy"], side["base"])) for letter, side in content["sides"].items()}
        if sorted(sides) != ["a", "b"]:
            return None, True
        more = {name: content[name] for name in ("scenario", "until") if name in content}  # earlier versions did not ask for these
        return Setting(Source(**content["source"]), sides, **numbers, **more), False
    except (KeyError, TypeError, ValueError, AttributeError, BadInput):
        return None, True
