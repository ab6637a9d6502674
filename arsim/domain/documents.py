"""What a row stands for: an invoice, a credit note, a payment, a payment in advance."""

import tomllib
from enum import IntEnum
from functools import cache

import numpy as np

from arsim.domain.headers import bare
from arsim.domain.places import place
from arsim.domain.problem import Problem
from arsim.domain.sheet import Sheet, blank


class Document(IntEnum):
    """Kinds of rows; UNTOLD where the file does not say."""

    UNTOLD = 0
    INVOICE = 1
    CREDIT = 2
    PAYMENT = 3
    PREPAYMENT = 4


@cache
def _known() -> dict[str, Document]:
    words = tomllib.loads((place("data") / "documents.toml").read_text("utf-8-sig"))
    return {bare(word): Document[kind.upper()] for kind, listed in words.items() for word in listed}


def documents(sheet: Sheet) -> np.ndarray:
    """Kind of each row, int8, shape (n,); types nobody knows are noted and left UNTOLD."""
    if not sheet.has("kind"):
        return np.zeros(len(sheet), dtype=np.int8)
    codes, cells = sheet.coded("kind")
    known = [_known().get(bare(str(cell))) for cell in cells]
    strange = [str(cell).strip() for cell, kind in zip(cells, known, strict=True) if kind is None and not blank(cell)]
    if strange:
        sheet.notes.append(
            Problem(
                "Document types nobody has explained were taken for invoices where the amount is above zero: {types}.",
                column=sheet.header("kind"),
                values={"types": ", ".join(f'"{text[:30]}"' for text in strange[:6]) + " …" * (len(strange) > 6)},
            )
        )
    return np.array([kind or 0 for kind in known], dtype=np.int8)[codes]
