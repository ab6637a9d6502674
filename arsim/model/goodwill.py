"""Goodwill as rules of numbers: what is lost and won back, and which orders it costs."""

FULL = 100.0


def hurt(lack: float, points: float) -> float:
    """Points missing after `points` more are lost (or, below 0, won back).

    >>> hurt(10.0, 5.0), hurt(10.0, -15.0), hurt(99.0, 5.0)
    (15.0, 0.0, 100.0)
    """
    return min(FULL, max(0.0, lack + points))


def away(order_loss: float, lack: float) -> float:
    """Chance that an order is placed elsewhere: with the square of what is lacking, so a little annoyance costs little, a lot dearly.

    >>> away(0.00004, 50.0)
    0.1
    """
    return order_loss * lack * lack


def told(lack: float) -> int:
    """What is left, in hundredths of a point.

    >>> told(12.346)
    8765
    """
    return round((FULL - lack) * 100)


RULES = (hurt, away, told)
