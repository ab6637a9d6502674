"""Where the committed data and notebooks lie, in a checkout and in an installed package alike."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parents[1]


def place(name: str) -> Path:
    """Folder `name` ("data" or "notebooks"): beside the package in a checkout, inside it when installed from a wheel."""
    beside = _PACKAGE.parent / name
    return beside if beside.is_dir() and (_PACKAGE.parent / "pyproject.toml").exists() else _PACKAGE / "_shipped" / name
