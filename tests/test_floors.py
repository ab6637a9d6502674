"""The floors of the house: imports point down only, widgets stay in the workbook, SimPy stays in the engine."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1] / "arsim"
FLOORS = ("domain", "model", "engine", "study", "report", "workbook", "commands", "cli")  # from the ground up
ONLY = {"ipywidgets": {"workbook"}, "IPython": {"workbook"}, "simpy": {"engine"}}


def _floor(parts):
    name = parts[0].removesuffix(".py")
    return {"__init__": "domain", "__main__": "cli"}.get(name, name)  # the package itself must need nothing


def _imports(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"line {node.lineno}: write imports in full"
            # "from arsim import report" names its floor after the word import
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def breaches(name, source):
    """What `source`, lying at `name` under arsim/, imports and may not."""
    floor = _floor(Path(name).parts)
    for wanted in _imports(ast.parse(source)):
        head, *rest = wanted.split(".")
        up = head == "arsim" and bool(rest) and rest[0] in FLOORS and FLOORS.index(rest[0]) > FLOORS.index(floor)
        if up or floor not in ONLY.get(head, {floor}):
            yield f"{name} imports {wanted}"


@pytest.mark.parametrize("path", sorted(ROOT.rglob("*.py")), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_imports_point_down(path):
    assert not list(breaches(path.relative_to(ROOT).as_posix(), path.read_text("utf-8")))


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("domain/money.py", "from arsim.report import words"),
        ("engine/run.py", "def f():\n    import arsim.study.kpi"),
        ("report/plots.py", "from arsim import workbook"),
        ("study/kpi.py", "import simpy.events"),
        ("report/plots.py", "from IPython.display import HTML"),
        ("cli.py", "import ipywidgets"),
        ("__init__.py", "from arsim import cli"),
    ],
)
def test_a_breach_is_seen(name, source):
    assert list(breaches(name, source))


def test_every_floor_is_known():
    rooms = {_floor(path.relative_to(ROOT).parts) for path in ROOT.rglob("*.py")}
    assert rooms <= set(FLOORS)
