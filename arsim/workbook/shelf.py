"""The user's own policies: TOML files in one folder beside the notebooks, offered next to the built-in ones."""

import os
import shlex
import subprocess
from collections.abc import Callable
from pathlib import Path

from arsim.domain.policies import built_in, check_name, read_policy, write_policy
from arsim.domain.policy import Policy
from arsim.domain.problem import BadInput, Problem
from arsim.report import words

FOLDER = "my_policies"


class Shelf:
    """Policies to begin with, each by its `base`: a built-in one's name, or the file name of one of the user's own.

    Parameters
    ----------
    folder : Path, optional
        Where the user's own lie; by default `home`.
    """

    def __init__(self, folder: Path | None = None):
        self.folder, self._watching = folder or home(), []

    def watch(self, changed: Callable[[], None]) -> None:
        """Have `changed` called whenever a policy is saved."""
        self._watching.append(changed)

    def offered(self, current: str) -> list[tuple[str, str]]:
        """(label, base) of the built-in policies and then of the user's own, `current` among them even if its file is gone."""
        ours = [(read_policy(name).called(words.language()), name) for name in built_in()]
        own = {path.name for path in self.folder.glob("*.toml")} | ({current} - set(built_in()))
        return ours + [(self._label(base), base) for base in sorted(own)]

    def read(self, base: str) -> Policy:
        """The policy to begin with.

        Raises
        ------
        BadInput
            A file that is gone or wrong.
        """
        return read_policy(base if base in built_in() else self.folder / base)

    def save(self, policy: Policy, name: str, base: str) -> str:
        """Write `policy`, which was begun from `base`, to the user's file `name`; what to begin with from now on.

        Under a new name it is a new policy: it goes by that name and says what it was begun from.

        Raises
        ------
        BadInput
            It cannot be called so, another file is, or nothing can be written there.
        """
        check_name(name)  # nor can it lead out of the folder
        path = self.folder / f"{name}.toml"
        if path.name != base:
            if os.path.lexists(path):
                raise BadInput(
                    Problem('You already have a policy "{name}".', "Choose another name, or begin with that one.", values={"name": name})
                )
            policy = policy.model_copy(update={"title": {}, "source": f"begun from {Path(base).stem}"})
        write_policy(policy, path)
        for changed in self._watching:
            changed()
        return path.name

    def command(self, base: str) -> str:
        """What to type in order to compare the user's own policy `base` with the baseline."""
        line = ["uv", "run", "arsim", "compare", "baseline", str(self.folder / base)]
        line += ["--lang", "zh"] * (words.language() == "zh")
        return subprocess.list2cmdline(line) if os.name == "nt" else shlex.join(line)

    def _label(self, base: str) -> str:
        name = Path(base).stem
        try:
            self.read(base)
        except BadInput:
            return words.say("{name} (cannot be used)", name=name)
        return name


def home() -> Path:
    """The folder: beside the languages' folders of notebooks, so that JupyterLab lists it; elsewhere in the current folder."""
    here = Path.cwd()  # a kernel's is its notebook's
    roots = (up for up in (here, *here.parents) if _in_both_languages(up))
    root = next(roots, here)
    beside = root.with_name("notebooks")  # the exercises share it with the notebooks
    return (beside if _in_both_languages(beside) else root) / FOLDER


def _in_both_languages(folder: Path) -> bool:
    return all((folder / language).is_dir() for language in words.LANGUAGES)
