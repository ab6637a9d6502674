"""Which engine runs. Both write the same journal, line for line, so the choice is of speed alone and may change between two runs.

The compiled engine must first be compiled, once on a computer, which takes about a minute: it is done by a process of its own, and until
then the reference engine answers.
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from importlib.util import find_spec
from pathlib import Path

from arsim.domain.policy import Policy
from arsim.domain.problem import BadInput, Problem
from arsim.engine import claim
from arsim.engine.journal import Journal
from arsim.engine.processes import Run
from arsim.engine.simulate import simulate as reference
from arsim.model import store
from arsim.model.behaviour import Behaviour
from arsim.model.conduct import Conduct
from arsim.model.world import World

AUTO, REFERENCE, COMPILED = ENGINES = ("auto", "reference", "compiled")


def simulate(
    world: World, policy: Policy, behaviour: Behaviour | None = None, warmup: int = 0, engine: str = AUTO,
    change: Callable[[Run], None] | None = None, conduct: Conduct | None = None,
) -> Journal:  # fmt: skip
    """What happens in `world` under `policy`, on the engine asked for.

    Parameters
    ----------
    world, policy, behaviour, warmup
        As for `arsim.engine.simulate.simulate`.
    engine : {"auto", "reference", "compiled"}
        "auto": the compiled one if it can run this and has been compiled; otherwise the reference, and `warm` is begun.
    change : callable, optional
        Python code of the user's that changes the reference engine's `Run` before it starts. The compiled engine cannot know of it.
    conduct : Conduct, optional
        What is done besides keeping up one policy: another one adopted on the way, calls made by people. For the reference engine.

    Raises
    ------
    BadInput
        If the compiled engine is insisted on for something it cannot do; what that is stands in the problem.
    """
    if engine != REFERENCE:
        why = beyond(policy, change, conduct)
        if why and engine == COMPILED:
            raise BadInput(Problem("The compiled engine cannot run {what}.", "Use the reference engine for it.", values={"what": why}))
        if not why and (engine == COMPILED or ready()):
            from arsim.engine.compiled.simulate import simulate as compiled

            return compiled(world, policy, behaviour, warmup)
        if not why:
            warm()
    return reference(world, policy, behaviour, warmup, change, conduct)


def beyond(policy: Policy, change: Callable[[Run], None] | None = None, conduct: Conduct | None = None) -> str:
    """What the compiled engine cannot do of this, by name; "" if it can do all."""
    if conduct and conduct.later:
        return "policies that change on the way"
    if conduct and conduct.calls:
        return "calls made by people"
    if change is not None:
        return f"{change.__module__}.{change.__qualname__}"
    if type(policy) is not Policy:
        return type(policy).__qualname__  # it may carry Python code of its own
    return "" if find_spec("numba") else "numba"


def ready() -> bool:
    """Whether the compiled engine can run at once."""
    return store.kept()


def warm() -> bool:
    """Begin to compile, in a process of its own, unless that is done or going on; whether it is going on now.

    If it was begun a few times and never came to an end, it is not begun again: see `given_up`.
    """
    if ready():
        return False
    if mine := claim.take():
        _begin(mine)
    return claim.alive()


def given_up() -> Path | None:
    """The log that tells why compiling failed again and again, if it did and nobody tries any more; the reference engine goes on."""
    return claim.log() if not ready() and claim.given_up() else None


# The program's own modules are found where this program found them, whatever the working directory has become.
_COMPILE = "import json, sys; sys.path[:] = json.loads(sys.argv.pop()); from arsim.cli import main; sys.exit(main())"
_LEAVE = """
import subprocess, sys
subprocess.Popen(sys.argv[2:], stdin=subprocess.DEVNULL, stdout=sys.stdout, stderr=sys.stderr, cwd=sys.argv[1], **{apart})
"""
_WINDOWS = sys.platform == "win32"
# No console, or a hidden one: closing a window, Ctrl-C or the end of the notebook's kernel goes by.
_APART = {"creationflags": 0x08000200} if _WINDOWS else {"start_new_session": True}  # CREATE_NO_WINDOW | CREATE_NEW_PROCESS_GROUP
PATIENCE = 60  # seconds the go-between may take


def _begin(mine: str) -> None:
    """Start the process that compiles, and leave it.

    A process between starts it and ends at once, so it is nobody's child: joblib, Jupyter and others kill their workers with all
    descendants when a run is stopped, which must not hit what was begun in one of them.
    """
    path = json.dumps([os.path.abspath(entry) for entry in sys.path if entry or _has_folder()])
    child = [sys.executable, "-X", "faulthandler", "-c", _COMPILE, "warm", path]
    between = [sys.executable, "-I", "-S", "-c", _LEAVE.format(apart=_APART), str(claim.log().parent), *child]
    surroundings = os.environ | {"ARSIM_CLAIM": mine, "PYTHONUNBUFFERED": "1", "PYTHONIOENCODING": "utf-8"}
    try:
        with open(claim.log(), "ab") as log:
            log.write(f"{datetime.now():%Y-%m-%d %H:%M:%S} {sys.executable}\n".encode())
            log.flush()
            streams = {"stdin": subprocess.DEVNULL, "stdout": log, "stderr": log}
            subprocess.run(between, **streams, **_APART, env=surroundings, timeout=PATIENCE, check=True)
    except (OSError, subprocess.SubprocessError) as error:
        with suppress(OSError), open(claim.log(), "ab") as log:
            log.write(f"{error!r}\n".encode())
        claim.release(mine)


def _has_folder() -> bool:
    """Whether the working directory still exists."""
    try:
        return bool(os.getcwd())
    except OSError:
        return False
