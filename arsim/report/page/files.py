"""The report as files."""

from pathlib import Path

from arsim.domain.problem import BadInput, Problem
from arsim.domain.whole import write_whole
from arsim.report import browser, words
from arsim.report.page.book import book
from arsim.report.page.html import html
from arsim.report.page.parts import Parts


def write(parts: Parts, folder: Path, as_pdf: bool = False) -> list[Path]:
    """Write ``report-LANGUAGE.html`` and ``report-LANGUAGE.xlsx``, and the page as PDF if asked for.

    Raises
    ------
    BadInput
        A file cannot be written, or there is no browser for the PDF.
    """
    page, workbook = (folder / f"report-{words.language()}.{kind}" for kind in ("html", "xlsx"))
    for path, data in ((page, html(parts).encode()), (workbook, book(parts))):
        try:
            write_whole(path, data)
        except OSError as error:
            raise BadInput(Problem(
                "The file cannot be written ({reason}).", "If it is open in Excel, close it there; or choose another folder.",
                file=str(path), values={"reason": error.strerror or str(error)})) from None  # fmt: skip
    return [page, workbook, *([browser.pdf(page, page.with_suffix(".pdf"))] if as_pdf else [])]
