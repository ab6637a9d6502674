"""Pages to print: made from the templates of the folder ``pages`` in the language in use, and written where wished."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

from arsim.domain.problem import BadInput, Problem
from arsim.domain.whole import write_whole
from arsim.report import browser, words


@cache
def _templates():
    from jinja2 import Environment, FileSystemLoader

    return Environment(loader=FileSystemLoader(Path(__file__).parent / "pages"), autoescape=True, trim_blocks=True, lstrip_blocks=True)


def render(template: str, **values) -> str:
    """The page `template` of the folder ``pages``, filled in, in the language in use."""
    return _templates().get_template(template).render(language=words.language(), **values)


def subtitle(keys: bool) -> str:
    """What stands below a title: for whom it is if it holds the `keys`, else what it does not claim."""
    if keys:
        return words.say("For the instructor: it holds the keys.")
    return words.say("Persons and firms are invented. Law is that of mainland China; not legal advice, have a lawyer check.")


def write(folder: Path, names: dict[str, Callable[[], str]], as_pdf: bool = False) -> list[Path]:
    """Write each of `names` as ``NAME-LANGUAGE.html``, and say where.

    Raises
    ------
    BadInput
        A PDF is wanted and there is no browser, or nothing can be written there.
    """
    written = []
    for name, made in names.items():
        page = folder / f"{name}-{words.language()}.html"
        text = made().encode()
        try:
            folder.mkdir(parents=True, exist_ok=True)
            write_whole(page, text)
        except OSError:
            raise BadInput(Problem("Nothing can be written there.", "Choose another folder.", file=str(page))) from None
        written += [page, browser.pdf(page, page.with_suffix(".pdf"))] if as_pdf else [page]
    return written
