"""Compiled twins of what takes longest: used once they are warm, and never waited for.

numba compiles them in a few seconds the first time (and reads them from its cache in tenths of a second after that), which must not
fall on somebody who is waiting for one world. So everything is computed by numpy until `warm` has been called, from a thread in
the background, say. The results are the same, bit for bit.
"""

from importlib import import_module
from threading import Lock

import numpy as np

from arsim.model import exact
from arsim.model.luck import uniforms

DEALING = "arsim.model.kernels"
_LOCK = Lock()
_WARM = {}


def warm(module: str = DEALING) -> bool:
    """Compile the twins that stand in `module`, or load them, and use them from now on in this process; False where numba is missing."""
    with _LOCK:
        if module not in _WARM:
            try:
                kernels = import_module(module)
                kernels.compile_all()
            except (ImportError, RuntimeError):  # RuntimeError: nowhere to keep the cache
                return False
            _WARM[module] = kernels
    return True


def cool() -> None:
    """Compute with numpy again."""
    _WARM.clear()


def twins(module: str = DEALING):
    """The module once it is warm; None before."""
    return _WARM.get(module)


def numbers(at: int, customer: np.ndarray, ordinal: np.ndarray) -> np.ndarray:
    """`arsim.model.luck.uniforms` along two columns of one length."""
    kernels = twins()
    return kernels.numbers(at, customer, ordinal) if kernels else uniforms(at, customer, ordinal)[: len(customer)]


def scores(at: int, customer: np.ndarray, ordinal: np.ndarray) -> np.ndarray:
    """Standard normal scores: the quantiles at `numbers`."""
    kernels = twins()
    return kernels.scores(at, customer, ordinal) if kernels else exact.normal_quantile(numbers(at, customer, ordinal))
