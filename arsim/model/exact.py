"""log, exp and the normal distribution for arrays, written out in + − × ÷ and √.

numpy's own differ in the last bit between processors, and one bit is enough to part two journals. These do not: every step is
exactly rounded by IEEE 754. Errors stay within a few units in the last place (tests compare with `math` and `statistics`).
"""

import math

import numpy as np

_LN2_HI, _LN2_LO = 0.6931471803691238, 1.9082149292705877e-10


def log(x: np.ndarray) -> np.ndarray:
    """Natural logarithm of positive `x`."""
    m, e = np.frexp(np.asarray(x, np.float64))
    low = m < 0.7071067811865476
    m = np.where(low, m * 2.0, m)
    e = (e - low).astype(np.float64)
    s = (m - 1.0) / (m + 1.0)
    z = s * s
    series = 1.0 / 23.0
    for odd in (21, 19, 17, 15, 13, 11, 9, 7, 5, 3):
        series = series * z + 1.0 / odd
    return e * _LN2_HI + (e * _LN2_LO + 2.0 * (s + s * z * series))


def log_one(x: float) -> float:
    """`log` of one positive number, as a rule of numbers: the same bits.

    >>> log_one(0.3) == float(log(np.array(0.3)))
    True
    """
    m, e = math.frexp(x)
    if m < 0.7071067811865476:
        m, e = m * 2.0, e - 1
    s = (m - 1.0) / (m + 1.0)
    z = s * s
    series = 1.0 / 23.0
    for odd in range(21, 1, -2):
        series = series * z + 1.0 / odd
    return e * _LN2_HI + (e * _LN2_LO + 2.0 * (s + s * z * series))


def exp(x: np.ndarray) -> np.ndarray:
    """Exponential of `x`, for |x| < 700."""
    x = np.asarray(x, np.float64)
    k = np.floor(x * 1.4426950408889634 + 0.5)
    r = (x - k * _LN2_HI) - k * _LN2_LO
    series = np.ones_like(r)
    for n in range(14, 0, -1):
        series = series * r / n + 1.0
    return np.ldexp(series, k.astype(np.int32))  # with 64 bits numpy takes ten times as long


# Acklam would be shorter, but AS 241 (Wichura 1988, routine PPND16) is what `statistics.NormalDist().inv_cdf` uses.
_CENTRE = (
    (
        2.5090809287301226727e3,
        3.3430575583588128105e4,
        6.7265770927008700853e4,
        4.5921953931549871457e4,
        1.3731693765509461125e4,
        1.9715909503065514427e3,
        1.3314166789178437745e2,
        3.3871328727963666080e0,
    ),
    (
        5.2264952788528545610e3,
        2.8729085735721942674e4,
        3.9307895800092710610e4,
        2.1213794301586595867e4,
        5.3941960214247511077e3,
        6.8718700749205790830e2,
        4.2313330701600911252e1,
        1.0,
    ),
)
_MIDDLE = (
    (
        7.74545014278341407640e-4,
        2.27238449892691845833e-2,
        2.41780725177450611770e-1,
        1.27045825245236838258e0,
        3.64784832476320460504e0,
        5.76949722146069140550e0,
        4.63033784615654529590e0,
        1.42343711074968357734e0,
    ),
    (
        1.05075007164441684324e-9,
        5.47593808499534494600e-4,
        1.51986665636164571966e-2,
        1.48103976427480074590e-1,
        6.89767334985100004550e-1,
        1.67638483018380384940e0,
        2.05319162663775882187e0,
        1.0,
    ),
)
_TAIL = (
    (
        2.01033439929228813265e-7,
        2.71155556874348757815e-5,
        1.24266094738807843860e-3,
        2.65321895265761230930e-2,
        2.96560571828504891230e-1,
        1.78482653991729133580e0,
        5.46378491116411436990e0,
        6.65790464350110377720e0,
    ),
    (
        2.04426310338993978564e-15,
        1.42151175831644588870e-7,
        1.84631831751005468180e-5,
        7.86869131145613259100e-4,
        1.48753612908506148525e-2,
        1.36929880922735805310e-1,
        5.99832206555887937690e-1,
        1.0,
    ),
)


_BELOW = (
    (3.52624965998911e-2, 0.700383064443688, 6.37396220353165, 33.912866078383, 112.079291497871, 221.213596169931, 220.206867912376),
    (
        8.83883476483184e-2,
        1.75566716318264,
        16.064177579207,
        86.7807322029461,
        296.564248779674,
        637.333633378831,
        793.826512519948,
        440.413735824752,
    ),
)


def series(constants, r):
    """The polynomial with these `constants`, that of the highest power first, at `r`: one number or an array."""
    value = constants[0]
    for place in range(1, len(constants)):
        value = value * r + constants[place]
    return value


def _ratio(table, r):
    return series(table[0], r) / series(table[1], r)


def normal_quantile(u: np.ndarray) -> np.ndarray:
    """Standard normal quantile of `u` in (0, 1)."""
    u = np.asarray(u, np.float64)
    q = u - 0.5
    found = np.asarray(q * _ratio(_CENTRE, 0.180625 - q * q))
    outer = np.abs(q) > 0.425  # one in seven; only these need the logarithm
    u, q = u[outer], q[outer]
    r = np.sqrt(-log(np.minimum(u, 1.0 - u)))
    far = _ratio(_MIDDLE, r - 1.6)
    if (tail := r > 5.0).any():
        far[tail] = _ratio(_TAIL, r[tail] - 5.0)
    found[outer] = np.where(q < 0, -far, far)
    return found


def quantile_one(u: float) -> float:
    """`normal_quantile` of one number, as a rule of numbers: the same bits.

    >>> quantile_one(0.3) == float(normal_quantile(np.array(0.3)))
    True
    """
    q = u - 0.5
    if abs(q) <= 0.425:
        r = 0.180625 - q * q
        return q * (series(_CENTRE[0], r) / series(_CENTRE[1], r))
    r = math.sqrt(-log_one(min(u, 1.0 - u)))
    if r <= 5.0:
        far = series(_MIDDLE[0], r - 1.6) / series(_MIDDLE[1], r - 1.6)
    else:
        far = series(_TAIL[0], r - 5.0) / series(_TAIL[1], r - 5.0)
    return -far if q < 0 else far


def normal_below(z: np.ndarray) -> np.ndarray:
    """P(standard normal ≤ z), by Hart's rational approximation as given by West (2005); absolute error below 1e-14."""
    z = np.asarray(z, np.float64)
    x = np.minimum(np.abs(z), 37.0)
    bell = exp(-x * x / 2.0)
    upper = np.asarray(bell * series(_BELOW[0], x) / series(_BELOW[1], x))
    if (far := ~(x < 7.07106781186547)).any():
        tail = x[far]
        tail = tail + 1.0 / (tail + 2.0 / (tail + 3.0 / (tail + 4.0 / (tail + 0.65))))
        upper[far] = bell[far] / (tail * 2.506628274631)
    return np.where(z > 0, 1.0 - upper, upper)
