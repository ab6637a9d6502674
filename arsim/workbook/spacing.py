"""The gap between Chinese and half-width writing in the files of a checkout: catalogues, data, Markdown, labels in the code.

``python -m arsim.workbook.spacing`` mends them all; ``arsim course sync --fix`` does the notebooks.
"""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

from arsim.domain.places import place
from arsim.domain.spacing import HAN, spaced

_NOT_PROSE = {"seen"}  # patterns that a trainee's own message is searched for
_ALL_CHINESE = {"behaviour_labels.toml": ("unit", "source")}  # tables of English = "Chinese"
_LABELLED = {"_measure", "_outcome"}  # functions that take a Chinese label by position
_QUOTED = r'"(?:[^"\\\n]|\\.)*"'
_LITERAL = re.compile(rf'#[^\n]*|"""(?:[^\\]|\\.)*?"""|\'\'\'.*?\'\'\'|{_QUOTED}|\'[^\'\n]*\'', re.DOTALL)
_MSGSTR = re.compile(rf"^msgstr ((?:{_QUOTED}\s*?\n?)+)", re.MULTILINE)


def files(root: Path) -> list[Path]:
    """Every file under `root`, a checkout, that may hold Chinese to be read, the notebooks aside."""
    found = ("arsim/report/locale/zh/*.po", "data/**/*.toml", "docs/*.zh.md", "README.zh-CN.md", "exercises/README.md", "arsim/**/*.py")
    return sorted(path for pattern in found for path in root.glob(pattern) if re.search(f"[{HAN}]", path.read_text("utf-8")))


def mended(path: Path) -> str:
    """The text of `path` with its gaps put right: what is prose in it, and nothing else."""
    text = path.read_text("utf-8")
    if path.suffix == ".toml":
        return _data(text, _ALL_CHINESE.get(path.name, ()))
    return {".po": _catalogue, ".py": _code}.get(path.suffix, spaced)(text)


def _catalogue(text: str) -> str:
    """A .po file: its Chinese sentences. One broken over lines keeps its lines unless a gap falls between them."""

    def sentence(match: re.Match) -> str:
        parts = [part[1:-1] for part in re.findall(_QUOTED, match[1])]
        after = match[1][len(match[1].rstrip()) :]
        whole, singly = spaced("".join(parts)), [spaced(part) for part in parts]
        lines = singly if "".join(singly) == whole else [whole]
        return "msgstr " + "\n".join(f'"{line}"' for line in lines) + after

    return _MSGSTR.sub(sentence, text)


def _data(text: str, tables: tuple[str, ...]) -> str:
    """A .toml file: the texts under a key ``zh``, and those in `tables`."""
    held = tomllib.loads(text)
    prose = {one for one, path in _texts(held) if path[0] in tables or "zh" in path and not _NOT_PROSE & set(path)}

    def literal(match: re.Match) -> str:
        if match[0].startswith("#") or not re.search(f"[{HAN}]", match[0]):
            return match[0]
        return spaced(match[0]) if tomllib.loads(f"x = {match[0]}")["x"] in prose else match[0]

    return _LITERAL.sub(literal, text)


def _texts(held, path: tuple[str, ...] = ()) -> Iterator[tuple[str, tuple[str, ...]]]:
    if isinstance(held, str):
        yield held, path
    elif isinstance(held, dict | list):
        for key, value in held.items() if isinstance(held, dict) else ((f"{at}", value) for at, value in enumerate(held)):
            yield from _texts(value, (*path, key))


def _code(text: str) -> str:
    """A module: the labels it holds in both languages, ``zh="…"``, ``{"zh": "…"}`` and by position."""
    lines = text.encode().splitlines(keepends=True)
    for node in sorted(_labels(ast.parse(text)), key=lambda node: (node.lineno, node.col_offset), reverse=True):
        line, start, end = lines[node.lineno - 1], node.col_offset, node.end_col_offset
        if node.lineno == node.end_lineno:
            lines[node.lineno - 1] = line[:start] + spaced(line[start:end].decode()).encode() + line[end:]
    return b"".join(lines).decode()


def _labels(tree: ast.Module) -> Iterator[ast.Constant]:
    for node in ast.walk(tree):
        values = []
        if isinstance(node, ast.Call):
            values = [word.value for word in node.keywords if word.arg == "zh"]
            values += node.args if getattr(node.func, "id", "") in _LABELLED else []
        elif isinstance(node, ast.Dict):
            values = [value for key, value in zip(node.keys, node.values, strict=True) if getattr(key, "value", None) == "zh"]
        yield from (value for value in values if isinstance(value, ast.Constant) and isinstance(value.value, str))


def main(root: Path | None = None) -> list[Path]:
    """Mend all files of the checkout; those that changed."""
    changed = []
    for path in files(root or place("data").parent):
        if (text := mended(path)) != path.read_text("utf-8"):
            path.write_text(text, "utf-8", newline="\n")
            changed.append(path)
    return changed


if __name__ == "__main__":
    print(*main(), sep="\n")
