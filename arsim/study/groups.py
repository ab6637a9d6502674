"""Customers in groups, to look at a ledger piece by piece: by a column of the file, or by size."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from arsim.domain.headers import bare
from arsim.domain.intake import Intake
from arsim.domain.ledger import Ledger

MOST = 5  # different texts in a column that makes groups; what a picture can show side by side
SIZES = ("largest", "middle", "smallest")
# Headers that name a segment, bare; a column called so is taken before one that merely could be.
_SEGMENTS = ("segment", "customersegment", "customergroup", "customertype", "industry", "region", "channel", "salesregion",
             "客户类别", "客户类型", "客户分类", "客户等级", "客户组", "行业", "区域", "地区", "大区", "渠道",
             "事业部", "业务类型")  # fmt: skip


@dataclass(frozen=True, eq=False)
class Groups:
    """`names` of the groups, and `group`: the place in them of each invoice of the ledger, shape (n,)."""

    names: tuple[str, ...]
    group: np.ndarray


def by_size(ledger: Ledger) -> Groups:
    """Thirds of the customers by what they were invoiced; `SIZES` are their names."""
    names, who = np.unique(np.array(ledger.customer, dtype=object).astype(str), return_inverse=True)
    rank = np.argsort(np.argsort(-np.bincount(who, ledger.amount.astype(float)), kind="stable"), kind="stable")
    return Groups(SIZES, (rank * len(SIZES) // len(names))[who])


def by_column(intake: Intake) -> dict[str, Groups]:
    """Header → groups, of each column that was not used and has two to `MOST` different texts; those that name a segment first."""
    sheet = intake.sheet
    if len(sheet.parts) != 1 or not len(intake.ledger):
        return {}
    table, used = sheet.parts[0].table, set(sheet.parts[0].at.values())
    number = sheet.coded("invoice")[1], sheet.coded("invoice")[0]
    row_of = {str(number[0][number[1][at]]).strip(): at for at in intake.loaded.tolist()}
    rows = [row_of.get(name) for name in intake.ledger.invoice]
    if None in rows:  # a number that was neutralised, or made whole, on the way in
        return {}
    found = {}
    for place, header in enumerate(table.headers):
        if place in used or not header.strip():
            continue
        if texts := _few(str(table.rows[at][place]).strip() for at in rows):
            names, group = np.unique(texts, return_inverse=True)
            found[header] = Groups(tuple(names.tolist()), group)
    return dict(sorted(found.items(), key=lambda pair: bare(pair[0]) not in _SEGMENTS))


def _few(texts: Iterable[str]) -> list[str]:
    """All `texts` if they are two to `MOST` different ones, none of them empty; else an empty list, as soon as that is known."""
    found: dict[str, str] = {}
    kept = []
    for text in texts:
        kept.append(found.setdefault(text, text))
        if not text or len(found) > MOST:
            return []
    return kept if len(found) > 1 else []


def named_segment(header: str) -> bool:
    """Whether a header names a segment.

    >>> named_segment("Customer segment"), named_segment("所属区域"), named_segment("区域"), named_segment("Clerk")
    (True, False, True, False)
    """
    return bare(header) in _SEGMENTS
