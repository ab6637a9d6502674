"""A wrong number that is none of the usual mistakes: what can still be said of it without giving the answer away."""

from arsim.report import words


def told(answer: float, right: float, within: float, measure: str) -> str:
    """What a wrong number looks like beside the right one.

    >>> told(0.25, 25, 0.1, "percent")
    'Your number is a hundred times too small. In percent, a quarter is 25, not 0.25.'
    >>> told(-25, 25, 0.1, "percent")
    'The size is right, the sign is not.'
    """
    say = words.say
    near = lambda value, room=1.0: abs(value - right) <= max(within * room, abs(right) * 1e-6) + 1e-9  # noqa: E731
    if right and near(-answer):
        return say("The size is right, the sign is not.")
    if right and near(100 * answer):
        if measure == "percent":
            return say("Your number is a hundred times too small. In percent, a quarter is 25, not 0.25.")
        return say("Your number is a hundred times too small. Look at the units.")
    if right and near(answer / 100, 0.01):
        if measure == "share":
            return say("Your number is a hundred times too large. As a share, a quarter is 0.25, not 25.")
        return say("Your number is a hundred times too large. Look at the units: 1 % is 0.01, and fen are not yuan.")
    if right and near(10_000 * answer, 10):
        return say("Your number is ten thousand times too small: 万 are not yuan.")
    if right and near(answer / 10_000, 0.01):
        return say("Your number is ten thousand times too large: yuan are not 万.")
    if right and (near(1_000 * answer, 2) or near(answer / 1_000, 0.01)):
        return say("Your number is off by a factor of a thousand. Look at the units.")
    if abs(answer - right) <= max(5 * within, 0.005 * abs(right)):
        return say("Very close. Rounded too soon, or one small step is off: a day too many, a share of the wrong whole?")
    return say("Too high. Work it through once more, step by step.") if answer > right else say(
        "Too low. Work it through once more, step by step.")  # fmt: skip
