"""What customers' statements show: financial ratios as noisy echoes of hidden liquidity.

The same luck serves every state, so a customer that worsens shows ratios no better than it would have shown: noise hides the state,
it never reverses it. Only `arsim.model.exact` and + − × ÷ √ are used: the same bits on any machine.
"""

from typing import NamedTuple

import numpy as np

from arsim.model import exact

# Beyond these a statement would be sent back to its author.
CURRENT_BOUNDS = (0.1, 6.0)
QUICK_BOUNDS = (0.05, 6.0)
DEBT_BOUNDS = (0.05, 1.5)  # above 1: liabilities exceed assets
GROWTH_BOUNDS = (-0.9, 1.5)


class Statements(NamedTuple):
    """Observable ratios, each an array of shape (customers, quarters)."""

    current_ratio: np.ndarray
    quick_ratio: np.ndarray
    debt_ratio: np.ndarray
    sales_growth: np.ndarray


class Means(NamedTuple):
    """Mean of each ratio by state: sound, tight, distressed, insolvent."""

    current_ratio: tuple[float, float, float, float]
    quick_ratio: tuple[float, float, float, float]
    debt_ratio: tuple[float, float, float, float]
    sales_growth: tuple[float, float, float, float]


class Spreads(NamedTuple):
    """Standard deviation of the noise: of the logarithm for current ratio and quick / current, of the ratio itself for the others."""

    current_ratio: float
    quick_ratio: float
    debt_ratio: float
    sales_growth: float


def statements(state: np.ndarray, luck: np.ndarray, means: Means, spreads: Spreads, persistent: float) -> Statements:
    """The ratios every customer would report for every quarter.

    current = mean(state) × exp(s z - s²/2), quick = current × (mean quick / mean current of the state) × exp(s z - s²/2) but never above
    current, debt and growth = mean(state) + s z; each cut to its bounds. Each z is standard normal and remembers: of its variance the
    share `persistent` is explained by the quarter before (z = √p × last + √(1-p) × fresh), so a customer that looks better than it is
    goes on doing so for a while.

    Parameters
    ----------
    state : ndarray of int, shape (customers, quarters)
        0 sound, 1 tight, 2 distressed, 3 insolvent.
    luck : ndarray of float, shape (customers, quarters, 4)
        Uniform numbers in (0, 1), one for each ratio.
    means : Means
        Or 4 tuples of 4; all above 0 but growth and debt.
    spreads : Spreads
        Or 4 numbers, 0 or more.
    persistent : float
        0 … 1: share of the variance carried over from quarter to quarter.

    Returns
    -------
    Statements

    Notes
    -----
    No data stand behind the noise; means and spreads are assumptions of ``data/behaviour.toml``. The bounds pull the mean of a wide
    spread slightly inward.

    Examples
    --------
    Without noise the ratios are the means of the state:

    >>> means = Means((1.8, 1.2, 0.8, 0.5), (1.2, 0.8, 0.4, 0.25), (0.5, 0.6, 0.8, 1.0), (0.05, 0.0, -0.15, -0.4))
    >>> shown = statements(np.array([[0, 2]]), np.full((1, 2, 4), 0.5), means, Spreads(0.0, 0.0, 0.0, 0.0), 0.5)
    >>> shown.current_ratio.tolist(), shown.sales_growth.tolist()
    ([[1.8, 0.8]], [[0.05, -0.15]])
    """
    z = _remembering(exact.normal_quantile(luck), persistent)
    current_mean, quick_mean, debt_mean, growth_mean = (np.array(mean, np.float64) for mean in means)
    s_current, s_quick, s_debt, s_growth = spreads
    current = np.clip(current_mean[state] * _around_one(z[..., 0], s_current), *CURRENT_BOUNDS)
    quick = current * (quick_mean / current_mean)[state] * _around_one(z[..., 1], s_quick)
    return Statements(
        current,
        np.minimum(np.clip(quick, *QUICK_BOUNDS), current),
        np.clip(debt_mean[state] + s_debt * z[..., 2], *DEBT_BOUNDS),
        np.clip(growth_mean[state] + s_growth * z[..., 3], *GROWTH_BOUNDS),
    )


def _remembering(fresh: np.ndarray, persistent: float) -> np.ndarray:
    """Standard normals along axis 1, each explained to the share `persistent` by the one before."""
    kept, new = np.sqrt(persistent), np.sqrt(1.0 - persistent)
    z = fresh.copy()
    for quarter in range(1, z.shape[1]):
        z[:, quarter] = kept * z[:, quarter - 1] + new * fresh[:, quarter]
    return z


def _around_one(z: np.ndarray, spread: float) -> np.ndarray:
    """Log-normal with mean 1."""
    return exact.exp(spread * z - spread * spread / 2.0)
