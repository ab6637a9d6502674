"""Which of the things nobody knows moves a difference most, read off the same worlds that were run anyway."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np

from arsim.study.worlds import Worlds

MOST = 15  # parameters taken together at most
TINY = 1e-300  # for what does not differ at all
SURE = 0.95  # of all intervals of a tornado together


@dataclass(frozen=True)
class Pull:
    """What one parameter does to the difference.

    Parameters
    ----------
    path : str
    effect, low, high : float
        Change of the difference from the low end of the parameter's range to the high end, with an interval so wide that the intervals
        of *all* parameters looked at hold together with 95 %: of two hundred that do nothing, some would look like something otherwise.
    share : float
        Of the variance of the difference between single years: what this parameter alone explains, as a straight line along its range.
    """

    path: str
    effect: float
    low: float
    high: float
    share: float

    @property
    def sure(self) -> bool:
        """Whether its interval leaves out zero."""
        return self.low > 0 or self.high < 0


@dataclass(frozen=True)
class Tornado:
    """Parameters by how much they move a difference, and what else moves it.

    Parameters
    ----------
    pulls : tuple of Pull
        All parameters looked at, those that surely matter first, then the strongest.
    scenario, luck : float
        Shares of the variance between single years: of the scenario, and of luck within a world (nan if not known).
    rest : float
        What is left: bends, and parameters that work together.
    """

    pulls: tuple[Pull, ...]
    scenario: float
    luck: float
    rest: float


def tornado(drawn: Worlds, difference: np.ndarray, among: Collection[str] | None = None) -> Tornado:
    """Regression of the difference on where each parameter lies in its range, scenarios taken into account.

    The parameters that surely matter are found one after the other, the strongest first, and stay in; each of all the others is judged
    beside these.

    Parameters
    ----------
    drawn : Worlds
    difference : ndarray of float, shape (worlds, replications)
        Of one policy from another.
    among : collection of str, optional
        Parameters to look at, chosen without a look at these worlds; all of them if not given.
    """
    from scipy.special import stdtrit

    y, looked = difference.mean(axis=1), [at for at, path in enumerate(drawn.paths) if among is None or path in among]
    places, paths = drawn.places[:, looked], [drawn.paths[at] for at in looked]
    count, kinds = len(y), len(looked)
    base = _scenario_columns(drawn.scenarios)
    chosen: list[int] = []
    quantile = lambda left: float(stdtrit(max(left, 1), 1 - (1 - SURE) / 2 / max(kinds, 1)))  # noqa: E731
    while len(chosen) < min(MOST, count - base.shape[1] - 3):
        effects, errors = _each(y, places, np.column_stack([base, places[:, chosen]]))
        strength = np.abs(effects) / np.maximum(errors, TINY)
        strength[chosen] = 0.0
        best = int(np.argmax(strength)) if kinds else -1
        if best < 0 or not strength[best] > quantile(count - base.shape[1] - len(chosen) - 1):
            break
        chosen.append(best)
    effects, errors = _each(y, places, np.column_stack([base, places[:, chosen]])) if kinds else (np.zeros(0), np.zeros(0))
    for at, one in enumerate(chosen):  # judged beside the other chosen ones
        others = [other for other in chosen if other != one]
        alone, error = _each(y, places[:, [one]], np.column_stack([base, places[:, others]]))
        effects[chosen[at]], errors[chosen[at]] = alone[0], error[0]
    within = float(difference.var(axis=1, ddof=1).mean()) if difference.shape[1] > 1 else float("nan")
    luck = 0.0 if np.isnan(within) else within
    total = max(float(y.var(ddof=1)) - luck / difference.shape[1], 0.0) + luck
    half = quantile(count - base.shape[1] - len(chosen) - 1) * errors
    spread = places.var(axis=0)
    made = [
        Pull(path, float(effect), float(effect - wide), float(effect + wide), float(min(1.0, effect**2 * by / total)) if total else 0.0)
        for path, effect, wide, by in zip(paths, effects, half, spread, strict=True)
    ]
    made.sort(key=lambda pull: (-pull.sure, -abs(pull.effect)))
    weather = _explained(y, base) / total if total else 0.0
    told = sum(pull.share for pull in made if pull.sure) + weather + luck / total if total else 1.0
    return Tornado(tuple(made), weather, within / total if total else float("nan"), max(0.0, 1.0 - told))


def _each(y: np.ndarray, columns: np.ndarray, beside: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Slope and standard error of each column beside those of `beside`, one regression each (Frisch and Waugh: on what is left)."""
    basis, _ = np.linalg.qr(beside)
    left = lambda what: what - basis @ (basis.T @ what)  # noqa: E731
    rest, bare = left(y), left(columns)
    size = (bare**2).sum(axis=0)
    known = size > 1e-9 * max(1, len(y))  # those already beside leave nothing
    safe = np.where(known, size, 1.0)
    slope = np.where(known, bare.T @ rest / safe, 0.0)
    over = np.maximum((rest**2).sum() - slope**2 * size, 0.0) / max(1, len(y) - beside.shape[1] - 1)
    return slope, np.where(known, np.sqrt(over / safe), np.inf)


def _scenario_columns(names: Sequence[str]) -> np.ndarray:
    """A column of ones, and one for each scenario but the first."""
    kinds = sorted(set(names))
    return np.column_stack([np.ones(len(names)), *([name == kind for name in names] for kind in kinds[1:])]).astype(float)


def _explained(y: np.ndarray, base: np.ndarray) -> float:
    """Variance between scenarios, less what as many groups drawn at random would show."""
    basis, _ = np.linalg.qr(base)
    fitted = basis @ (basis.T @ y)
    groups, count = base.shape[1] - 1, len(y)
    if not groups or count <= groups + 1:
        return 0.0
    noise = ((y - fitted) ** 2).sum() / (count - groups - 1)
    return max(0.0, (((fitted - y.mean()) ** 2).sum() - groups * noise) / count)
