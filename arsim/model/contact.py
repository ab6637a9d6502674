"""What a person reached answers, as a rule of numbers."""

from arsim.model.liquidity import DISTRESSED, TIGHT

PAYS, PROMISES, DISPUTES, HARDSHIP, REFUSES, STALLS = 1, 2, 3, 4, 5, 6  # as `arsim.engine.journal.Answer`


def answered(luck: float, state: int, slow: bool, chances: tuple[float, float, float, float, float, float]) -> int:
    """The answer, from one number of luck.

    Parameters
    ----------
    luck : float
        In (0, 1).
    state : int
        The customer's liquidity.
    slow : bool
        A customer who pays at less than half the usual pace: wilful delay is more likely.
    chances : tuple of float
        pays, promises, refuses, refuses if slow, hardship if tight, hardship if distressed; see ``answer`` in ``behaviour.toml``.

    Returns
    -------
    int

    Examples
    --------
    >>> chances = (0.25, 0.45, 0.03, 0.10, 0.2, 0.5)
    >>> answered(0.2, 0, False, chances), answered(0.6, 0, False, chances), answered(0.99, 0, False, chances)
    (1, 2, 5)
    >>> answered(0.6, 2, False, chances)
    4
    """
    pays, promises, refuses, refuses_slow, tight, distressed = chances
    refusal = refuses_slow if slow else refuses
    hardship = tight if state == TIGHT else distressed if state == DISTRESSED else 0.0
    if luck >= 1.0 - refusal:
        return REFUSES
    if luck >= 1.0 - refusal - hardship:
        return HARDSHIP
    left = luck / (1.0 - refusal - hardship)  # the rest is shared as among the solvent
    return PAYS if left < pays else PROMISES if left < pays + promises else STALLS
