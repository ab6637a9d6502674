"""Which modules use which constant: read from the code itself, so that no list of it can be wrong."""

import ast
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

from arsim.model.evidence import everything

_PACKAGE = Path(__file__).resolve().parents[1]


@cache
def used() -> Mapping[str, tuple[str, ...]]:
    """Modules ("engine/dunning") that use each constant, by path; an empty tuple where none does."""
    return uses({path.relative_to(_PACKAGE).with_suffix("").as_posix(): path.read_text("utf-8") for path in _modules()}, everything())


def uses(sources: Mapping[str, str], paths: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Modules that use each of `paths`.

    A module uses a constant if it writes the path out, also with holes (``f"dispute.share_{cause}"``), or reads the table it stands
    in (``table("demo.readiness")``). Where constants become fields by name (``{name: known[f"channel.{kind}.{name}"] …}`` in a
    function ``channels``), a user is who reads that field and speaks of ``.channels``. Setting a value, as the key of a dict, is no use.

    Parameters
    ----------
    sources : mapping of str to str
        Module → its text.
    paths : iterable of str

    Examples
    --------
    >>> uses({"a": 'x = known["credit.press"]', "b": 'y = {"credit.press": 1}'}, ["credit.press"])
    {'credit.press': ('a',)}
    """
    trees = {module: ast.parse(text) for module, text in sources.items()}
    read = {module: {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)} for module, tree in trees.items()}
    found: dict[str, set[str]] = {path: set() for path in paths}
    for module, tree in trees.items():
        for pattern, holder in _mentions(tree):
            for path in filter(pattern.fullmatch, found):
                if holder is None:
                    found[path].add(module)
                else:
                    field = path.rsplit(".", 1)[-1]
                    found[path] |= {other for other, names in read.items() if field in names and (holder in names or other == module)}
    return {path: tuple(sorted(modules)) for path, modules in found.items()}


def _modules() -> list[Path]:
    return [path for path in sorted(_PACKAGE.rglob("*.py")) if "_shipped" not in path.parts]


def _mentions(tree: ast.Module) -> Iterator[tuple[re.Pattern, str | None]]:
    """Patterns of paths read in `tree`, each with the function that turns them into fields by name, if one does."""
    parent = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
    for node in ast.walk(tree):
        if not _is_path(node) or isinstance(parent[node], ast.Expr | ast.JoinedStr) or _is_key(node, parent[node]):
            continue
        if isinstance(node, ast.Constant):
            whole = isinstance(parent[node], ast.Call) and getattr(parent[node].func, "id", "") == "table"
            yield re.compile(re.escape(node.value) + (r"\.[^.]+" if whole else "")), None
        else:
            parts = [re.escape(part.value) if isinstance(part, ast.Constant) else "[^.]+" for part in node.values]
            yield re.compile("".join(parts)), _holder(node, parent)


def _is_path(node: ast.AST) -> bool:
    text = node.values[0] if isinstance(node, ast.JoinedStr) and node.values else node
    return isinstance(text, ast.Constant) and isinstance(text.value, str) and bool(re.fullmatch(r"[a-z_]+(\.[\w-]*)+", text.value))


def _is_key(node: ast.AST, parent: ast.AST) -> bool:
    return (isinstance(parent, ast.Dict) and node in parent.keys) or (isinstance(parent, ast.DictComp) and node is parent.key)


def _holder(node: ast.JoinedStr, parent: Mapping[ast.AST, ast.AST]) -> str | None:
    """The function in which the last hole of `node` is the key of a dict comprehension, so that the name of a constant lives on."""
    last, named = node.values[-1], False
    while node in parent:
        node = parent[node]
        if isinstance(node, ast.DictComp) and isinstance(last, ast.FormattedValue):
            named = named or ast.dump(node.key) == ast.dump(last.value)
        if isinstance(node, ast.FunctionDef) and named:
            return node.name
    return None
