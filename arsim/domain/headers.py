"""Which column is which: header synonyms in Chinese and English."""

import re
import tomllib
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import cache

from arsim.domain.places import place
from arsim.domain.problem import Problem

# What a field is called in messages (also a key of the Chinese catalogue), and the header `write_ledger` gives it.
LABELS = {
    "invoice": "invoice number", "customer": "customer", "issued": "issue date", "due": "due date", "terms": "terms in days",
    "amount": "amount", "paid": "paid date", "disputed": "disputed", "currency": "currency", "received": "amount received",
    "left": "open balance", "kind": "document type", "reference": "invoice referred to", "company": "company code",
    "status": "payment status",
}
REQUIRED = ("invoice", "customer", "issued", "due", "amount", "paid")
# What may stand in for a required field: the terms for the due date; of a list of open items the balance for amount and paid date.
_INSTEAD = {"due": "terms", "amount": "left", "paid": "left"}

_SCALES = {
    **dict.fromkeys(("千元", "千", "thousand", "thousands", "k", "000", "000s", "inthousand", "inthousands"), 10**3),
    **dict.fromkeys(("万", "万元", "万人民币", "人民币万元", "cny10k", "rmb10k"), 10**4),
    **dict.fromkeys(("百万", "百万元", "million", "millions", "mn", "m", "inmillion", "inmillions"), 10**6),
    **dict.fromkeys(("亿", "亿元"), 10**8),
}
_MONEY = ("amount", "received", "left")
_BRACKETS = re.compile(r"[(\[【{](.*?)[)\]】}]")
_SCALED_NAME = re.compile(r"(万元|千元|百万元|亿元|inthousands?|inmillions?)$")


def bare(header: str, brackets: bool = False) -> str:
    """A header without what does not distinguish: width, case, separators and (unless `brackets`) a remark in brackets.

    >>> bare("Invoice_Date"), bare("invoiceDate "), bare("金额（元）")
    ('invoicedate', 'invoicedate', '金额')
    """
    text = unicodedata.normalize("NFKC", header).casefold()
    return re.sub(r"[\W_]+", "", text if brackets else _BRACKETS.sub("", text))


_EXACT = {bare(label): name for name, label in LABELS.items()}


@dataclass(frozen=True)
class _Names:
    """Bare header → field; and those headers that are codes of customers, amounts in the home currency, or only a last resort."""

    field: Mapping[str, str]
    codes: frozenset[str]
    local: frozenset[str]
    weak: frozenset[str]


@cache
def _synonyms() -> _Names:
    words = tomllib.loads((place("data") / "headers.toml").read_text("utf-8-sig"))  # Notepad adds a byte-order mark
    codes, local, weak = (frozenset(map(bare, words.pop(key))) for key in ("customer_code", "local_amount", "weak"))
    known = {bare(word): name for name, synonyms in words.items() for word in synonyms}
    return _Names(known | dict.fromkeys(codes, "customer") | dict.fromkeys(local, "amount") | _EXACT, codes, local, weak)


def field_of(header: str) -> str | None:
    """The field a header names, or None.

    >>> field_of("SettledDate"), field_of("价税合计"), field_of("PaperlessBill")
    ('paid', 'amount', None)
    """
    known = _synonyms().field
    for name in (bare(header), bare(header, brackets=True), _SCALED_NAME.sub("", bare(header))):
        if name in known:
            return known[name]
    return None


@dataclass(frozen=True)
class Columns:
    """Position of each field found, with problems and notes met on the way."""

    at: dict[str, int]
    problems: tuple[Problem, ...]
    notes: tuple[Problem, ...]
    scale: int = 1  # yuan in the unit of the amounts


def recognised(headers: Sequence[str], own: frozenset[str] = frozenset()) -> int:
    """How many different fields these headers name; `own` are the user's, bare."""
    return len({bare(header, True) if bare(header, True) in own else field_of(header) for header in headers} - {None})


def match(headers: Sequence[str], row: int, told: Mapping[str, str] | None = None) -> Columns:
    """Columns of the file for our fields; `row` is the header's own, for messages; `told` the user's own, field → header."""
    told = {name: header for name, header in (told or {}).items() if bare(header, True) in {bare(text, True) for text in headers}}
    taken = {bare(header, True) for header in told.values()}
    found: dict[str, list[int]] = {}
    for position, header in enumerate(headers):
        name = field_of(header)
        if bare(header, True) in taken:
            found.update({field: [position] for field, own in told.items() if bare(own, True) == bare(header, True)})
        elif name and name not in told:
            found.setdefault(name, []).append(position)
    problems, notes, at = [], [], {}
    for name, positions in found.items():
        chosen = _choose(name, [headers[p] for p in positions])
        if chosen is None:
            problems.append(replace(_double(name, [headers[p] for p in positions]), row=row))
            continue
        at[name] = positions[chosen]
        others = [headers[p] for p in positions if p != positions[chosen]]
        if others:
            values = {"others": _quoted(others), "chosen": _quoted([headers[at[name]]]), "field": LABELS[name]}
            notes.append(Problem("The {field} is taken from {chosen}; {others} was left out.", values=values))
    problems += [replace(_missing(name, headers), row=row) for name in REQUIRED if name not in found and not _replaced(name, found)]
    scales = {name: word for name in _MONEY if name in at and (word := _scale(headers[at[name]]))}
    scale = _SCALES[next(iter(scales.values()))] if scales else 1
    if any(_SCALES[word] != scale for word in scales.values()) or scales and len(scales) < sum(name in at for name in _MONEY):
        problems.append(Problem(
            "The columns of amounts are in different units.", "Export them all in yuan with two decimals.", row=row,
            column=headers[at[next(iter(scales))]]))
    elif scales:
        name, word = next(iter(scales.items()))
        notes.append(Problem(
            "The amounts are in units of {scale}; they were multiplied by {times:,}. What the export rounded off is lost.",
            column=headers[at[name]], values={"scale": word, "times": scale}))
    if "amount" in at and bare(headers[at["amount"]]) in _synonyms().local and len(found["amount"]) > 1 and "currency" in at:
        notes.append(Problem(
            "Amounts are in the company's own currency; {currency} was left out.",
            column=headers[at["amount"]], values={"currency": _quoted([headers[at.pop("currency")]])}))
    ignored = [header for header in headers if header.strip() and not field_of(header) and bare(header, True) not in taken]
    if ignored:
        notes.append(Problem("Columns not used: {ignored}.", values={"ignored": _quoted(ignored)}))
    return Columns(at, tuple(problems), tuple(notes), scale)


def _choose(name: str, headers: list[str]) -> int | None:
    """Which of several headers for one field to take: the only one, the canonical one, or the customer code; else None."""
    if len(headers) == 1:
        return 0
    exact = [i for i, header in enumerate(headers) if _EXACT.get(bare(header)) == name]
    codes = [i for i, header in enumerate(headers) if name == "customer" and bare(header) in _synonyms().codes - _synonyms().weak]
    local = [i for i, header in enumerate(headers) if name == "amount" and bare(header) in _synonyms().local]
    strong = [i for i, header in enumerate(headers) if bare(header) not in _synonyms().weak]
    accounts = [i for i, header in enumerate(headers) if name == "customer" and bare(header) in _synonyms().codes]
    for group in (exact, codes, local, strong, accounts):
        if group:
            return group[0] if len(group) == 1 or name == "status" else None  # a status decides nothing: any of them will do
    return None


def _replaced(name: str, found: dict[str, list[int]]) -> bool:
    return _INSTEAD.get(name) in found


def _double(name: str, headers: list[str]) -> Problem:
    return Problem(
        "Several columns could be the {field}: {headers}.", 'Keep one of them, or rename the right one to "{canonical}".',
        values={"field": LABELS[name], "headers": _quoted(headers), "canonical": LABELS[name].capitalize()})


def _missing(name: str, headers: Sequence[str]) -> Problem:
    shown = _quoted([header for header in headers if header.strip()])
    values = {"field": LABELS[name], "headers": shown, "examples": _EXAMPLES[name]}
    names = {bare(header): header for header in headers if header.strip() and not field_of(header)}
    close = [names[near] for word, field in _synonyms().field.items() if field == name for near in get_close_matches(word, names, 1, 0.8)]
    if close:
        return Problem(
            "The file has no column for the {field}.", 'Did you mean it by "{near}"? Then name that column {examples}.',
            values=values | {"near": close[0]})
    return Problem(
        "The file has no column for the {field}.", "Add it, with a header such as {examples}. The file has: {headers}.", values=values)


_EXAMPLES = {
    "invoice": '"Invoice number" / "发票号码"', "customer": '"Customer" / "客户名称"', "issued": '"Issue date" / "开票日期"',
    "due": '"Due date" / "到期日", "Terms in days" / "账期"', "amount": '"Amount" / "价税合计"',
    "paid": '"Paid date" / "收款日期"',
}


def _scale(header: str) -> str | None:
    for remark in _BRACKETS.findall(unicodedata.normalize("NFKC", header)):
        parts = re.split(r"[\s:,/]+", remark.casefold().removeprefix("单位").strip(": "))
        scale = next((part for part in parts if part in _SCALES), None)
        if scale:
            return scale
    name = _SCALED_NAME.search(bare(header))
    return name.group(1) if name else None


def _quoted(headers: Sequence[str]) -> str:
    return ", ".join(f'"{header}"' for header in headers)
