"""Text that a spreadsheet would take for a formula, made harmless on the way out and itself again on the way in."""

import re

_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_NUMBER = re.compile(r"[+-]?[\d.,]+%?")


def neutral(text: str) -> str:
    """`text` with an apostrophe before it where a spreadsheet would calculate it; numbers stay numbers.

    >>> neutral("=1+1"), neutral("Acme"), neutral("-5.00"), neutral("'=1")
    ("'=1+1", 'Acme', '-5.00', "''=1")
    """
    return f"'{text}" if _FORMULA.match(text) and not _NUMBER.fullmatch(text) else text


def plain(text: str) -> str:
    """What `neutral` was given.

    >>> plain("'=1+1"), plain("'t Hart"), plain("''=1")
    ('=1+1', "'t Hart", "'=1")
    """
    return text[1:] if text.startswith("'") and _FORMULA.match(text) else text
