"""What comes of a claim at law, as rules of numbers."""

from arsim.domain.calendar import MONTH


def enforced_share(luck: float, mean: float, part: float, part_share: float) -> float:
    """Share of the claim that enforcement brings: all of it, `part_share`, or nothing; `mean` on average.

    In the share `part` of the cases something is found; the rest find all or nothing. The mean is published, the split assumed.

    Examples
    --------
    >>> [enforced_share(luck, 0.5, 0.5, 0.4) for luck in (0.1, 0.5, 0.9)]
    [1.0, 0.4, 0.0]
    >>> round(sum(enforced_share((n + 0.5) / 10_000, 0.5, 0.5, 0.4) for n in range(10_000)) / 10_000, 3)
    0.5
    """
    full = max(0.0, mean - part * part_share)
    some = min(part, mean / part_share)
    return 1.0 if luck < full else part_share if luck < full + some else 0.0


def recovery_share(days_overdue: int, by_age: tuple[tuple[float, float], ...]) -> float:
    """Share a lawyer on commission recovers of debts this old: between the ages given, in a straight line.

    Parameters
    ----------
    days_overdue : int
    by_age : tuple of (months, share), rising in months

    Examples
    --------
    >>> recovery_share(90, ((3, 0.7), (6, 0.5))), recovery_share(135, ((3, 0.7), (6, 0.5))), recovery_share(900, ((3, 0.7), (6, 0.5)))
    (0.7, 0.6, 0.5)
    """
    months = days_overdue / MONTH
    if months <= by_age[0][0]:
        return by_age[0][1]
    for place in range(1, len(by_age)):
        before, share = by_age[place - 1][0], by_age[place - 1][1]
        if months <= by_age[place][0]:
            return share + (by_age[place][1] - share) * (months - before) / (by_age[place][0] - before)
    return by_age[len(by_age) - 1][1]


def commission(amount: int, share: float) -> int:
    """A lawyer's `share` of `amount`, fen.

    >>> commission(100_050, 0.05)
    5002
    """
    return int(amount * share)
