"""What all tests share: no window, no leftover language, the same hypothesis examples in CI every time."""

import os
import subprocess
import sys
import tempfile

import matplotlib
import pytest
from hypothesis import HealthCheck, settings

from arsim.model import store
from arsim.report import words

matplotlib.use("agg")
os.environ.pop("ARSIM_LANG", None)
os.environ["ARSIM_STATE"] = tempfile.mkdtemp(prefix="arsim-state-")  # the lab's memory: not the developer's own

# Derandomised in CI: a red build must be red again on the next machine. Elsewhere each run tries new examples.
settings.register_profile("ci", derandomize=True, deadline=None, print_blob=True, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("here", deadline=None)
settings.load_profile("ci" if os.environ.get("CI") else "here")


def pytest_sessionstart(session):
    """Compile the fast engine before the first test: half-way through, tests and notebooks would meet now one engine, now the other."""
    if not store.kept():
        subprocess.run([sys.executable, "-m", "arsim", "warm"], check=True, stdout=subprocess.DEVNULL)


@pytest.fixture(autouse=True)
def english_again():
    """A test may speak Chinese; the next one starts in English."""
    with words.speaking("en"):
        yield


@pytest.fixture(params=words.LANGUAGES)
def language(request):
    """Both languages in turn, spoken while the test runs."""
    with words.speaking(request.param):
        yield request.param
