"""The timetable, made from what each notebook says of itself: day, session, minutes, objectives."""

from dataclasses import dataclass

from arsim.domain.places import place
from arsim.report import words
from arsim.report.columns import aligned
from arsim.workbook import notebook
from arsim.workbook.course.script import Segment, read_script, scripts

QUESTIONS = 30  # minutes of questions and answers at the end of every day
DAY = 360  # minutes
START = 9 * 60  # the first lesson begins at nine; breaks are the instructor's to place


@dataclass(frozen=True)
class Session:
    """One lesson in the timetable; `day` is None for what is read beside it (cases)."""

    name: str
    title: str
    day: int | None
    session: int | None
    minutes: int
    kind: str
    objectives: tuple[str, ...]
    segments: tuple[Segment, ...]


def sessions(language: str | None = None) -> list[Session]:
    """Every lesson and case, in the order they are held; titles and objectives in `language`, by default the one in use."""
    language = language or words.language()
    known, found = set(scripts()), []
    for path in sorted((place("notebooks") / language).glob("*.ipynb")):
        book = notebook.read(path)
        facts = book["metadata"].get("arsim", {})
        if path.stem in known:
            title = book["cells"][0]["source"].splitlines()[0].lstrip("# ").strip()
            objectives = tuple(facts["objectives"][language])
            where = {name: facts[name] for name in ("day", "session", "minutes", "kind")}
            found.append(Session(name=path.stem, title=title, objectives=objectives, segments=read_script(path.stem).segment, **where))
    return sorted(found, key=lambda one: (one.day or 99, one.session or 0, one.name))


def days(language: str | None = None) -> dict[int, list[Session]]:
    """Day → its sessions."""
    held: dict[int, list[Session]] = {}
    for one in sessions(language):
        if one.day is not None:
            held.setdefault(one.day, []).append(one)
    return held


def rows(held: list[Session]) -> list[tuple[str, int, str]]:
    """A day's sessions and its questions at the end: when, minutes, what."""
    at, made = START, []
    for title, minutes in [*((one.title, one.minutes) for one in held), (words.say("Questions and answers"), QUESTIONS)]:
        made.append((_span(at, minutes), minutes, title))
        at += minutes
    return made


def text() -> str:
    """The timetable for a terminal: three days, each with its questions at the end and its sum."""
    lines = []
    for day, held in days().items():
        shown = []
        for (when, minutes, title), one in zip(rows(held), [*held, None], strict=True):
            shown.append([when, _minutes(minutes), words.say(one.kind) if one else "", title])
            shown += [["", "", "", f"· {objective}"] for objective in (one.objectives if one else ())]
        total = sum(one.minutes for one in held) + QUESTIONS
        lines += [words.say("Day {day}: {total} minutes, breaks not counted", day=day, total=total), *aligned(shown), ""]
    beside = [one for one in sessions() if one.day is None]
    if beside:
        lines.append(words.say("Cases, for the clinic on day 3 or at home"))
        lines += aligned([["", _minutes(one.minutes), one.title] for one in beside])
    return "\n".join(lines).rstrip()


def show() -> None:
    """Display the course as a table of links to its notebooks."""
    from IPython.display import display

    lines = []
    for day, held in days().items():
        lines += [f"**{words.say('Day {day}', day=day)}**", "", f"| {words.say('Time')} | {words.say('Session')} |", "|---|---|"]
        named = [*(f"[{one.title}]({one.name}.ipynb)" for one in held), None]
        lines += [f"| {when} | {link or title} |" for (when, _, title), link in zip(rows(held), named, strict=True)]
        lines.append("")
    cases = "、".join if words.language() == "zh" else ", ".join
    lines.append(words.say("Cases: {cases}", cases=cases(f"[{one.title}]({one.name}.ipynb)" for one in sessions() if one.day is None)))
    display({"text/markdown": "\n".join(lines), "text/plain": text()}, raw=True)


def as_dict() -> list[dict]:
    """For ``--json``."""
    return [
        {
            "name": one.name, "title": one.title, "day": one.day, "session": one.session, "minutes": one.minutes, "kind": one.kind,
            "objectives": list(one.objectives),
            "segments": [{"title": part.title.told(), "kind": part.kind, "minutes": part.minutes} for part in one.segments],
        }
        for one in sessions()
    ]  # fmt: skip


def _span(start: int, minutes: int) -> str:
    return f"{_clock(start)}–{_clock(start + minutes)}"


def _minutes(minutes: int) -> str:
    return words.say("{minutes} min", minutes=minutes)


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"
