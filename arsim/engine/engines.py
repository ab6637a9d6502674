"""Which engine runs. Both write the same journal, line for line, so the choice is of speed alone and may change between two runs.

The compiled engine must first be compiled, once on a computer, which takes about a minute: it is done by a process of its own, and until
then the reference engine answers.
"""

import subprocess
import sys
from collections.abc import Callable
from importlib.util import find_spec

from arsim.domain.policy import Policy
from arsim.domain.problem import BadInput, Problem
from arsim.engine.journal import Journal
from arsim.engine.processes import Run
from arsim.engine.simulate import simulate as reference
from arsim.model import store
from arsim.model.behaviour import Behaviour
from arsim.model.world import World

AUTO, REFERENCE, COMPILED = ENGINES = ("auto", "reference", "compiled")


def simulate(
    world: World, policy: Policy, behaviour: Behaviour | None = None, warmup: int = 0, engine: str = AUTO,
    change: Callable[[Run], None] | None = None,
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

    Raises
    ------
    BadInput
        If the compiled engine is insisted on for something it cannot do; what that is stands in the problem.
    """
    if engine != REFERENCE:
        why = beyond(policy, change)
        if why and engine == COMPILED:
            raise BadInput(Problem("The compiled engine cannot run {what}.", "Use the reference engine for it.", values={"what": why}))
        if not why and (engine == COMPILED or ready()):
            from arsim.engine.compiled.simulate import simulate as compiled

            return compiled(world, policy, behaviour, warmup)
        if not why:
            warm()
    return reference(world, policy, behaviour, warmup, change)


def beyond(policy: Policy, change: Callable[[Run], None] | None = None) -> str:
    """What the compiled engine cannot do of this, by name; "" if it can do all."""
    if change is not None:
        return f"{change.__module__}.{change.__qualname__}"
    if type(policy) is not Policy:
        return type(policy).__qualname__  # it may carry Python code of its own
    return "" if find_spec("numba") else "numba"


def ready() -> bool:
    """Whether the compiled engine can run at once."""
    return store.kept()


def warm() -> bool:
    """Begin to compile, in a process of its own, unless that is done or going on; whether it is going on now."""
    if ready():
        return False
    if store.claim():
        # On its own feet: it goes on when this program, or the notebook's kernel, is stopped.
        apart = {"creationflags": subprocess.DETACHED_PROCESS} if sys.platform == "win32" else {"start_new_session": True}
        quiet = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        subprocess.Popen([sys.executable, "-m", "arsim", "warm"], **quiet, **apart).returncode = 0  # nobody waits for it
    return store.claimed()
