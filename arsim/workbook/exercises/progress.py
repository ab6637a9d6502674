"""How far a trainee has come: every exercise with its level and what has been done in it."""

from pathlib import Path

from arsim.domain.places import place
from arsim.report import words
from arsim.report.columns import aligned
from arsim.workbook import notebook
from arsim.workbook.course.lesson import show_table
from arsim.workbook.exercises import trainee
from arsim.workbook.exercises.task import read_task


def rows(*names: str) -> list[list[str]]:
    """A table, its first row the head: exercise, level, passed, attempts, hints."""
    say, seed = words.say, trainee.number()
    made = [[say("Exercise"), say("Level"), say("State"), say("Attempts"), say("Hints")]]
    for name in names:
        task, done = read_task(name), trainee.done(name, seed)
        made.append([task.title.told(), str(task.level), done.mark, str(done.attempts), str(done.hints)])
    return made


def show(*names: str) -> None:
    """Display it for the exercises `names`."""
    show_table(rows(*names))


def pages() -> None:
    """Display every page of exercises as a link, with what it is about."""
    from IPython.display import display

    language = words.language()
    rows = [[words.say("Page"), words.say("What you will be able to do")]]
    links = [rows[0]]
    for path in sorted((place("exercises") / language).glob("*.ipynb"), key=_place):
        book = notebook.read(path)
        title = book["cells"][0]["source"].splitlines()[0].removeprefix("# ").strip()
        goals = "；".join if language == "zh" else "; ".join
        able = goals(book["metadata"].get("arsim", {}).get("objectives", {}).get(language, ()))
        rows.append([title, able])
        links.append([f"[{title}]({path.name})", able])
    table = [f"| {' | '.join(row)} |" for row in links]
    display({"text/markdown": "\n".join([table[0], "|---|---|", *table[1:]]), "text/plain": "\n".join(aligned(rows))}, raw=True)


def _place(path: Path) -> tuple[int, str]:
    """Page 10 comes after page 9."""
    number = path.stem.partition("_")[0][1:]
    return (int(number) if number.isdecimal() else 0), path.stem
