"""Files that are HTML or XML whatever their name says: how to know them, and their text."""

import codecs
import re

from arsim.domain.encodings import decode
from arsim.domain.problem import Problem

_BEGINS = ("<!doctype", "<html", "<head", "<body", "<table", "<meta", "<?xml", "<?mso", "<script", "<div", "<style", "<!--", "<workbook",
           "<ss:workbook")  # fmt: skip
BOOK = "urn:schemas-microsoft-com:office:spreadsheet"
_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_.:-]+)""")
_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_CHINESE = ("gb2312", "gbk", "hz")  # often said of what is in their superset


def is_markup(text: str) -> bool:
    """Whether a text begins as HTML or XML does."""
    return text[:4096].lstrip("\ufeff \t\r\n").casefold().startswith(_BEGINS)


def text_of(data: bytes, file: str, encoding: str | None) -> tuple[str, tuple[Problem, ...]]:
    """`data` as text: in the encoding named, else in that which the file itself declares if it reads so, else as any text file."""
    declared = _DECLARED.search(data[:4096])
    if declared and not encoding and not data.startswith(_MARKS):
        try:
            name = codecs.lookup(declared[1].decode()).name
            return data.decode("gb18030" if name in _CHINESE else name), ()
        except (LookupError, ValueError):
            pass  # it says what it is not
    return decode(data, file, encoding)


def is_book(text: str) -> bool:
    """Whether markup is an XML workbook."""
    return BOOK in text[:65536] and "<html" not in text[:4096].casefold()
