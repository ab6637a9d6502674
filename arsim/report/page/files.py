"""The report as files."""

from pathlib import Path

from arsim.report import browser, words
from arsim.report.page.book import book
from arsim.report.page.html import html
from arsim.report.page.parts import Parts
from arsim.report.put import put


def write(parts: Parts, folder: Path, as_pdf: bool = False) -> list[Path]:
    """Write ``report-LANGUAGE.html`` and ``report-LANGUAGE.xlsx``, and the page as PDF if asked for.

    Raises
    ------
    BadInput
        A file cannot be written, or there is no browser for the PDF.
    """
    page, workbook = (folder / f"report-{words.language()}.{kind}" for kind in ("html", "xlsx"))
    for path, data in ((page, html(parts).encode()), (workbook, book(parts))):
        put(path, data)
    return [page, workbook, *([browser.pdf(page, page.with_suffix(".pdf"))] if as_pdf else [])]
