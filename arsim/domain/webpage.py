"""The tables of a web page: many systems save one under the name of a workbook."""

from html.parser import HTMLParser

from arsim.domain.grid import Grid
from arsim.domain.problem import BadInput, Problem

_WIDEST, _DEEPEST = 1000, 65_534  # columns and rows a cell may stretch over, as browsers have it


def tables(text: str, file: str) -> list[list[list[object]]]:
    """The tables of a web page, in the order of their ends; cells are texts."""
    page = _Page()
    try:
        page.feed(text)
        page.close()
    except AssertionError:  # how the parser of some versions of Python answers what is no HTML at all
        raise BadInput(Problem(
            "The web page (HTML) is damaged.", "Open it in Excel and save it as CSV or XLSX, or export the ledger again.", file=file
        )) from None  # fmt: skip
    while page.open:
        page.handle_endtag("table")
    return [grid.done() for grid in page.found]


class _Page(HTMLParser):
    """Gathers tables; one within another is a table of its own."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.found: list[Grid] = []
        self.open: list[tuple[Grid, list]] = []  # with what is known of the cell being read: its spans and its texts

    def handle_starttag(self, tag, attrs):
        if tag == "table":
            self.open.append((Grid(), []))
        elif self.open and tag in ("tr", "td", "th"):
            self._end_cell()
            if tag == "tr":
                self.open[-1][0].row()
            else:
                told = dict(attrs)
                self.open[-1][1][:] = [_span(told.get("colspan"), _WIDEST), _span(told.get("rowspan"), _DEEPEST)]
        elif tag == "br":
            self.handle_data(" ")

    def handle_endtag(self, tag):
        if self.open and tag in ("td", "th", "tr", "table"):
            self._end_cell()
            if tag == "table":
                self.found.append(self.open.pop()[0])

    def handle_data(self, data):
        if self.open and self.open[-1][1] and self.cdata_elem is None:
            self.open[-1][1].append(data)

    def _end_cell(self):
        grid, cell = self.open[-1]
        if cell:
            across, down, *texts = cell
            grid.cell(" ".join("".join(texts).split()), across, down)
            cell.clear()


def _span(text: str | None, most: int) -> int:
    return min(int(text), most) if text and text.strip().isascii() and text.strip().isdecimal() and int(text) else 1
