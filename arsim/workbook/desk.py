"""The user's own copy of the notebooks, laid out from an installed package. What the user changed is never overwritten."""

import hashlib
import json
from pathlib import Path

from arsim.domain.problem import BadInput, Problem

_NOTE = ".as-laid-out.json"


def lay_out(shipped: Path, desk: Path) -> Path:
    """Copy the files below `shipped` to `desk`, and renew those that the user has not touched since the last time.

    Parameters
    ----------
    shipped, desk : Path
        Folders; `desk` is made if need be.

    Returns
    -------
    Path
        `desk`.

    Raises
    ------
    BadInput
        `desk` cannot be written.
    """
    try:
        desk.mkdir(parents=True, exist_ok=True)
        note = desk / _NOTE
        laid = json.loads(note.read_text("utf-8")) if note.exists() else {}
        for source in sorted(path for path in shipped.rglob("*") if path.is_file()):
            name = source.relative_to(shipped).as_posix()
            target, content = desk / name, source.read_bytes()
            if not target.exists() or laid.get(name) == _mark(target.read_bytes()):
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(content)
                laid[name] = _mark(content)
        note.write_text(json.dumps(laid, indent=1), "utf-8")
    except OSError as error:
        why = {"why": error.strerror}
        problem = Problem("The notebooks cannot be copied here: {why}.", "Start again in a folder of your own.", file=str(desk), values=why)
        raise BadInput(problem) from error
    return desk


def _mark(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
