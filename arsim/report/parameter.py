"""What a constant of behaviour is called where many of them stand together: with its channel, and short enough for a picture."""

import textwrap
from math import floor, log10

from arsim.model.evidence import Constant, constants
from arsim.report import words

_CHANNELS = {
    "email": "e-mail", "sms": "text message", "letter": "letter", "call": "call", "visit": "visit", "lawyer_letter": "lawyer's letter",
    "chat": "chat message", "statement": "statement of account",
}  # fmt: skip


def called(path: str) -> str:
    """The constant's label, and of a channel's constants the channel.

    >>> called("channel.visit.cost"), called("price.gross_margin")
    ('visit: cost of one contact beside staff time', 'share of a sale left after the goods are paid for')
    """
    label = words.pick(constants()[path].label)
    head, *rest = path.split(".")
    if head != "channel":
        return label
    return words.say("{channel}: {label}", channel=words.say(_CHANNELS[rest[0]]), label=label)


def lines(text: str, width: int, most: int = 2) -> str:
    """`text` over at most so many lines of `width` columns; Chinese letters take two."""
    if words.language() == "zh":
        count = max(1, -(-len(text) // (width // 2)))
        width = -(-len(text) // count) if count <= most else width // 2  # parts of one length, so that no letter stands alone
        made = [text[at : at + width] for at in range(0, len(text), width)]
    else:
        made = textwrap.wrap(text, width)
    if len(made) > most:
        made[most - 1] = made[most - 1][: width - 1].rstrip() + "…"
    return "\n".join(made[:most])


def value(constant: Constant, number: float) -> str:
    """A value of it, with as many digits as it deserves.

    >>> value(constants()["price.crm_year"], 41234.0), value(constants()["promise.kept"], 0.6126)
    ('41,000', '0.61')
    >>> value(constants()["liquidity.sound_tight"], 0.0264), value(constants()["price.gross_margin"], 0.0)
    ('0.026', '0')
    """
    digits = 0 if abs(number) >= 1000 else max(2, 1 - floor(log10(abs(number)))) if number else 0
    shown = f"{float(f'{number:.2g}'):,.{digits}f}"
    return (shown.rstrip("0").rstrip(".") if "." in shown else shown).replace("-", "−")
