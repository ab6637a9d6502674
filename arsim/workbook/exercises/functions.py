"""A trainee's own function as an answer: called with what is given, and tried on other numbers as well."""

import contextlib
import inspect
import io

from arsim.report import words
from arsim.workbook.exercises.drawn import Drawn
from arsim.workbook.exercises.frames import as_given
from arsim.workbook.exercises.outcome import Outcome, unreadable


def called(function, drawn: Drawn) -> object | Outcome:
    """What `function` returns for what is given, by the names of its arguments; or an `Outcome` that says why it returned nothing."""
    given = as_given(drawn)
    try:
        wanted = inspect.signature(function).parameters.values()
    except (TypeError, ValueError):
        wanted = ()
    needed = [one.name for one in wanted if one.kind in (one.POSITIONAL_ONLY, one.POSITIONAL_OR_KEYWORD, one.KEYWORD_ONLY)]
    if unknown := [one.name for one in wanted if one.name in needed and one.name not in given and one.default is one.empty]:
        known = ", ".join(given)
        return unreadable(words.say("Your function asks for {name}; what is given is called {known}.", name=unknown[0], known=known))
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            if any(one.kind == one.POSITIONAL_ONLY for one in wanted):
                return function(*(given[name] for name in needed if name in given))
            return function(**{name: given[name] for name in needed if name in given})
    except Exception as error:  # noqa: BLE001 - whatever a trainee's function does, it is told calmly
        why = f"{type(error).__name__}: {error}"[:200].rstrip(": ")
        return unreadable(words.say("Your function stopped before it had an answer: {why}", why=why))


def elsewhere(function, other: Drawn) -> Outcome | None:
    """What to say of a function that is right on its own numbers, if it is not so on `other`."""
    found = called(function, other)
    if not isinstance(found, Outcome) and other.judge(found).right:
        return None
    return Outcome(False, words.say("Right for your numbers, but not for another trainee's: somewhere a number is typed in, not computed."))
