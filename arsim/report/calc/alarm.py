"""What an alarm is worth where few customers fail: of those it names, how many are right."""

from arsim.domain.problem import BadInput, Problem
from arsim.report import words
from arsim.report.calc.answer import Answer, figure, percent


def alarm(customers: float, failing: float, hit: float, clear: float) -> Answer:
    """Count the alarms, right and wrong, among `customers`.

    Parameters
    ----------
    customers : float
        How many are watched.
    failing : float
        Share of them that will fail.
    hit : float
        Share of the failing that the alarm names.
    clear : float
        Share of the others that it leaves alone.

    Returns
    -------
    Answer
        In its results: ``right`` and ``false`` alarms, ``missed`` failures, ``precision`` (share of the alarms that are right, nan
        without alarms), ``accuracy`` (share of the customers sorted rightly) and ``never`` (the same if nobody is ever named).

    Raises
    ------
    BadInput
        If a share lies outside 0 to 1.

    Examples
    --------
    Of 1,000 customers 20 fail; 19 of them are named, and with them 49 of the 980 others:

    >>> found = alarm(1000, 0.02, 0.95, 0.95).results
    >>> round(found["right"]), round(found["false"]), round(found["precision"], 3), round(found["accuracy"], 2), found["never"]
    (19, 49, 0.279, 0.95, 0.98)
    """
    for share in (failing, hit, clear):
        if not 0 <= share <= 1:
            raise BadInput(Problem("A share lies outside 0 to 1.", "Write 2 % as 0.02.", value=f"{share:g}"))
    say, count = words.say, lambda value: figure(value, 1)
    bad = customers * failing
    good = customers - bad
    right, false = bad * hit, good * (1 - clear)
    named = right + false
    precision = right / named if named else float("nan")
    accuracy = (right + good * clear) / customers if customers else float("nan")
    return Answer(
        answer=(
            say("Of {named} alarms {right} are right: {share}.", named=count(named), right=count(right), share=percent(precision, 1)),
            say("It misses {missed} of {bad} that fail.", missed=count(bad - right), bad=count(bad)),
        ),
        working=(
            say("Will fail: {formula}", formula=f"{count(customers)} × {percent(failing)} = {count(bad)}"),
            say("Named rightly: {formula}", formula=f"{count(bad)} × {percent(hit)} = {count(right)}"),
            say("Named wrongly: {formula}", formula=f"{count(good)} × (100 − {figure(100 * clear)}) % = {count(false)}"),
            say("Right of those named: {formula}", formula=f"{count(right)} / ({count(right)} + {count(false)}) = {percent(precision, 1)}"),
            say("Sorted rightly in all: {accuracy}. Whoever never warns sorts {never} rightly.", accuracy=percent(accuracy, 1),
                never=percent(1 - failing, 1)),
        ),
        beware=(
            say("Shares of hits measured on a file with many failures do not say how many alarms are right where failures are few."),
            say("A wrong alarm is cheap where it means a phone call and dear where it means that supply stops. Set the line by what "
                "follows from it."),
        ),
        results={"right": right, "false": false, "missed": bad - right, "precision": precision, "accuracy": accuracy,
                 "never": 1 - failing},
    )  # fmt: skip
