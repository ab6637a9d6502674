"""Compiled twins of what dealing a world computes: used once they are warm, and never waited for.

numba compiles them in a few seconds the first time (and reads them from its cache in tenths of a second after that), which must not
fall on somebody who is waiting for one world. So everything is computed by numpy until `warm` has been called, from a thread in
the background, say. The results are the same, bit for bit.
"""

from threading import Lock

import numpy as np

from arsim.model import exact
from arsim.model.luck import uniforms

_LOCK = Lock()
_twins = None


def warm() -> bool:
    """Compile the twins, or load them, and use them from now on in this process; False where numba is missing."""
    global _twins
    with _LOCK:
        if _twins is None:
            try:
                from arsim.model import kernels
            except (ImportError, RuntimeError):  # RuntimeError: nowhere to keep the cache
                return False
            kernels.compile_all()
            _twins = kernels
    return True


def cool() -> None:
    """Compute with numpy again."""
    global _twins
    _twins = None


def twins():
    """The module `arsim.model.kernels` once it is warm; None before."""
    return _twins


def numbers(at: int, customer: np.ndarray, ordinal: np.ndarray) -> np.ndarray:
    """`arsim.model.luck.uniforms` along two columns of one length."""
    kernels = twins()
    return kernels.numbers(at, customer, ordinal) if kernels else uniforms(at, customer, ordinal)[: len(customer)]


def scores(at: int, customer: np.ndarray, ordinal: np.ndarray) -> np.ndarray:
    """Standard normal scores: the quantiles at `numbers`."""
    kernels = twins()
    return kernels.scores(at, customer, ordinal) if kernels else exact.normal_quantile(numbers(at, customer, ordinal))
