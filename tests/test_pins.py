"""The versions that were tested: `constraints.txt` for plain pip, the same lines in `pyproject.toml` for uv.

``uv run python tests/test_pins.py`` resolves anew and writes both. A date (``exclude-newer``) would be shorter, but package
mirrors without upload dates, as many in China are, then offer nothing at all.
"""

import re
import subprocess
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
CONSTRAINTS, PROJECT = ROOT / "constraints.txt", ROOT / "pyproject.toml"


def _lines() -> list[str]:
    return [line.strip() for line in CONSTRAINTS.read_text("utf-8").splitlines() if line.strip() and not line.lstrip().startswith("#")]


def _write() -> None:
    # --no-config: the old pins must not decide the new ones.
    command = "uv pip compile --no-config --universal --all-extras --group dev --python-version 3.11"
    command += " --no-annotate --no-header --upgrade --quiet"
    subprocess.run([*command.split(), "-o", CONSTRAINTS.name, PROJECT.name], cwd=ROOT, check=True)
    pins = "".join(f'    "{line}",\n' for line in _lines())
    block = re.compile(r"(?<=^constraint-dependencies = \[\n).*?(?=^\])", re.MULTILINE | re.DOTALL)
    PROJECT.write_text(block.sub(lambda _: pins, PROJECT.read_text("utf-8"), count=1), "utf-8", newline="\n")


def test_uv_and_pip_get_the_same_versions():
    assert tomllib.loads(PROJECT.read_text("utf-8"))["tool"]["uv"]["constraint-dependencies"] == _lines()


def test_the_pins_name_no_host_and_no_path():
    assert not re.search(r"://|file:|@|^\s*[./~-]", CONSTRAINTS.read_text("utf-8"), re.MULTILINE)


def test_every_dependency_is_pinned():
    project = tomllib.loads(PROJECT.read_text("utf-8"))
    wanted = project["project"]["dependencies"] + project["dependency-groups"]["dev"]
    wanted += sum(project["project"]["optional-dependencies"].values(), [])
    pinned = {re.split(r"[=<>;\[ ]", line)[0] for line in _lines()}
    assert {re.split(r"[=<>;\[ ]", name)[0].lower() for name in wanted} <= pinned


if __name__ == "__main__":
    _write()
