"""Bytes of a text file → text, or a plain word on why not. No detector: on short Chinese files they guess wrong, silently."""

import codecs
from dataclasses import replace

from arsim.domain.problem import BadInput, Problem

_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def decode(data: bytes, file: str, encoding: str | None = None) -> tuple[str, tuple[Problem, ...]]:
    """Text of `data` and what is worth knowing about how it was read.

    The ladder: byte-order mark, UTF-8, GB18030 (the superset of GBK and GB2312). GB18030 accepts nearly any bytes, so what
    comes out must also look like everyday Chinese; otherwise the file is refused until the user names the encoding.
    """
    if encoding:
        return _as_told(data, file, encoding), ()
    if data.startswith(_UTF16):
        return _strictly(data, file, "utf-16", "UTF-16"), ()
    if data.startswith(codecs.BOM_UTF8):
        return _strictly(data, file, "utf-8-sig", "UTF-8"), ()
    if (wide := _wide(data)) is not None:
        return _strictly(data, file, wide, "UTF-16"), (Problem("The file was read as UTF-16, though it does not say so.", file=file),)
    try:
        return _no_nul(data.decode("utf-8"), file), ()
    except UnicodeDecodeError as error:
        text = _gb18030(data)
        if text is None:
            raise BadInput(replace(_unclear(), file=file, **_spot(data, error.start))) from None
        return _no_nul(text, file), (Problem("The file was read in the Chinese encoding GB18030.", file=file),)


def _wide(data: bytes) -> str | None:
    """Which UTF-16 the bytes look like that bear no mark: of a table with separators and digits, many high bytes are zero."""
    start = data[:4096]
    for name, high in (("utf-16-le", 1), ("utf-16-be", 0)):
        zeros, others = start[high::2].count(0), start[1 - high :: 2].count(0)
        if len(data) % 2 == 0 and not others and zeros > len(start) / 8:
            return name
    return None


def _as_told(data: bytes, file: str, encoding: str) -> str:
    try:
        name = codecs.lookup(encoding).name
        "".encode(name)  # base64 and its kind are codecs too, but not of text
    except (LookupError, ValueError):
        problem = Problem("There is no text encoding {name}.", "Use utf-8, gb18030, big5 or cp1252.", file=file, values={"name": encoding})
        raise BadInput(problem) from None
    return _strictly(data, file, "utf-8-sig" if name == "utf-8" else name, encoding)


def _strictly(data: bytes, file: str, codec: str, shown: str) -> str:
    try:
        return _no_nul(data.decode(codec).removeprefix("\ufeff"), file)
    except UnicodeDecodeError as error:
        problem = Problem(
            "The file is not {encoding} text throughout: here is something that cannot be read.",
            "Save it again as CSV UTF-8, or name its encoding with --encoding.",
            file=file,
            values={"encoding": shown},
            **_spot(data, error.start),
        )
        raise BadInput(problem) from None


def _gb18030(data: bytes) -> str | None:
    """`data` as GB18030, or None where that is impossible or reads as nonsense."""
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError:
        return None
    foreign = [char for char in text if char > "\x7f"]
    if any("\ue000" <= char <= "\uf8ff" or "\x80" <= char <= "\x9f" for char in foreign):
        return None
    # Real mainland text is nearly all GB2312 (levels 1 and 2, and its punctuation); Big5, Japanese or Western bytes taken for
    # GBK give mostly rare characters outside it. Kana, Greek and Cyrillic rows (A4–A9) count as strange too.
    return text if sum(map(_everyday, foreign)) >= 0.6 * len(foreign) else None


def _everyday(char: str) -> bool:
    code = char.encode("gb18030")
    return len(code) == 2 and code[1] >= 0xA1 and (0xA1 <= code[0] <= 0xA3 or 0xB0 <= code[0] <= 0xF7)


def _spot(data: bytes, start: int) -> dict[str, object]:
    """Row and bytes of what cannot be read."""
    shown = "".join(chr(byte) if 0x20 <= byte < 0x7F else f"\\x{byte:02x}" for byte in data[start : start + 4])
    return {"row": data.count(b"\n", 0, start) + 1, "value": shown}


def _unclear() -> Problem:
    return Problem(
        "The file is neither UTF-8 nor ordinary Chinese GB18030 text.",
        "In Excel save it as CSV UTF-8, or name its encoding with --encoding (for instance big5 or cp1252).",
    )


def _no_nul(text: str, file: str) -> str:
    if "\0" in text:
        raise BadInput(Problem("This is not a text file.", "Export the ledger again as CSV or XLSX.", file=file))
    return text
