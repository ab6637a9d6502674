"""What a function was given, checked: whole numbers and cases."""

from arsim.domain.problem import BadInput, Problem


def whole(value: object) -> int:
    """`value` as an int.

    Raises
    ------
    BadInput
        If it is not a whole number, 0 or more.

    Examples
    --------
    >>> whole(30)
    30
    """
    if isinstance(value, bool) or not hasattr(value, "__index__") or value.__index__() < 0:
        raise BadInput(
            Problem("{given} is not a whole number of 0 or more.", "Give money in fen and time in days.", values={"given": str(value)})
        )
    return value.__index__()


def choice(given: object, choices: tuple[str, ...]) -> str:
    """`given` if it is one of `choices`.

    Raises
    ------
    BadInput
        If it is not.

    Examples
    --------
    >>> choice("joint", ("general", "joint"))
    'joint'
    """
    if given not in choices:
        raise BadInput(
            Problem(
                "{given} is not one of the cases of this rule.",
                "Use one of these: {choices}.",
                values={"given": str(given), "choices": ", ".join(choices)},
            )
        )
    return given
