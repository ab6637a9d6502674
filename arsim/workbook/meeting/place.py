"""Where files for the meeting go, and how they are opened from the notebook."""

import base64
import html
import os
from pathlib import Path
from urllib.parse import quote

from arsim.report import words
from arsim.workbook.launch import ROOT
from arsim.workbook.shelf import home as policies

FOLDER = "my_meeting"
_TYPES = {".html": "text/html", ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}


def home() -> Path:
    """The user's folder for this, beside that of the policies."""
    return policies().with_name(FOLDER)


def free(stem: str, suffix: str = "", folder: Path | None = None) -> Path:
    """The first of stem, stem_2, stem_3 … that does not exist yet: what was filled in is never overwritten."""
    folder, number = folder or home(), 1
    while os.path.lexists(path := folder / f"{stem}{f'_{number}' if number > 1 else ''}{suffix}"):
        number += 1
    return path


def typed(text: str, otherwise: Path) -> Path:
    """The path a user typed; a name alone lies in `home`, nothing is `otherwise`. Windows copies a path with quotes around it."""
    text = text.strip().strip('"').strip()
    return home() / Path(text).expanduser() if text else otherwise


def link(path: Path, title: str = "") -> str:
    """A link that opens or fetches the file: by JupyterLab where it shows the file's folder, else the file's content itself."""
    address, shown = _served(path), html.escape(title or path.name)
    if address:
        return f'<a class="arsim-open" href="{html.escape(address)}" target="_blank" rel="noopener">{shown}</a>'
    data = base64.b64encode(path.read_bytes()).decode()
    kind = _TYPES.get(path.suffix, "application/octet-stream")
    return f'<a class="arsim-open" download="{html.escape(path.name)}" href="data:{kind};base64,{data}">{shown}</a>'


def _served(path: Path) -> str:
    root = os.environ.get(ROOT)
    if not root:
        return ""
    try:
        inside = path.resolve().relative_to(Path(root).resolve())
    except ValueError:
        return ""
    return f"/files/{quote(inside.as_posix())}"


def written(paths: list[Path], opened: tuple[str, ...] = (".html", ".xlsx")) -> str:
    """What was written: the folder, and a link to each file that one opens."""
    folder = html.escape(str(paths[0].parent))
    lines = [html.escape(words.say("Written to {folder}:", folder="\0")).replace("\0", f"<code>{folder}</code>")]
    lines += [link(path) for path in paths if path.suffix in opened]
    return '<div class="arsim-written">' + "<br>".join(lines) + "</div>"
