"""A fee by bands in whole numbers, as a rule both engines can call; `arsim.domain.law_fees` says what the bands are."""

from collections.abc import Sequence


def fee(amount: int, parts: int, bands: Sequence[Sequence[int]], cap: int) -> int:
    """The fee in fen, half a fen rounded upward.

    Parameters
    ----------
    amount : int
        Claim, fen, above 0.
    parts : int
        The fractions of a fen that the bands count in: one part is 1 / `parts` fen.
    bands : sequence of (from, fixed, rate)
        Rising: where the band begins (fen), parts due once it is entered, parts due for each fen inside it.
    cap : int
        Most that is charged, in parts; below 0: none.

    Returns
    -------
    int

    Examples
    --------
    50 up to 100, then 2.5 %; a third of it: of 300 that is (50 + 5) / 3.

    >>> fee(300, 120, ((0, 50 * 40, 0), (100, 0, 1)), -1)
    18
    """
    due = 0
    for place in range(len(bands)):
        begins = bands[place][0]
        if amount <= begins:
            break
        ends = bands[place + 1][0] if place + 1 < len(bands) else amount
        due += bands[place][1] + bands[place][2] * (min(amount, ends) - begins)
    if 0 <= cap < due:
        due = cap
    return (2 * due + parts) // (2 * parts)
