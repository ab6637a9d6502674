"""Scenarios as a reader meets them: what each is called, what it changes, where its numbers come from."""

from arsim.model.scenario import BASE, FOREVER, INDUSTRIES, Scenario, read_scenario, scenarios
from arsim.report import words

_WIDTH = 20
_INDUSTRIES = {name: name for name in INDUSTRIES} | {"public": "public bodies"}


def industry(name: str) -> str:
    """What an industry is called in the language in use."""
    return words.say(_INDUSTRIES[name])


def called(scenario: Scenario) -> str:
    """What it is called in the language in use; ordinary times too, which a bare `Scenario` has no title for."""
    return (scenario if scenario.title else read_scenario(scenario.name)).called(words.language())


def ordinary(scenario: Scenario) -> bool:
    """Whether nothing is out of the ordinary, so that no scenario need be named."""
    return not changes(scenario)


def changes(scenario: Scenario) -> list[str]:
    """What is different, a phrase each, and last whom it meets and when; empty for ordinary times."""
    say, found = words.say, []
    if scenario.down != BASE.down:
        found.append(say("customers run short of cash {times:g} times as often", times=scenario.down))
    if scenario.up != BASE.up:
        found.append(say("they recover {times:g} times as often", times=scenario.up))
    if scenario.orders != BASE.orders:
        found.append(say("{share:.0%} of orders still come", share=scenario.orders))
    if scenario.readiness != BASE.readiness:
        found.append(say("customers pay at {share:.0%} of their usual pace", share=scenario.readiness))
    if scenario.rate != BASE.rate:
        found.append(
            say("capital costs {points:+g} percentage points a year, for us and for customers", points=round(100 * scenario.rate, 6))
        )
    if not found:
        return []
    if scenario.industries:
        found.append(say("only these industries: {names}", names=words.listed(industry(name) for name in scenario.industries)))
    if scenario.until_day != FOREVER:
        found.append(say("from day {first} to day {last}", first=scenario.from_day, last=scenario.until_day - 1))
    elif scenario.from_day:
        found.append(say("from day {first} on", first=scenario.from_day))
    return found


def line(scenario: Scenario) -> str:
    """One sentence on what the figures assume of the world."""
    comma = "；" if words.language() == "zh" else "; "
    told = comma.join(changes(scenario)) or words.say("nothing out of the ordinary")
    return words.say("Scenario {title}: {changes}.", title=called(scenario), changes=told)


def listing() -> str:
    """All scenarios for a terminal: name, title, what changes, source."""
    blocks = []
    for name in scenarios():
        scenario = read_scenario(name)
        told = changes(scenario) or [words.say("nothing out of the ordinary")]
        below = [*told, words.say("source: {source}", source=words.say(scenario.source))]
        blocks.append("\n".join([f"{name:<{_WIDTH}}{called(scenario)}", *(" " * _WIDTH + text for text in below)]))
    return "\n".join(blocks)
