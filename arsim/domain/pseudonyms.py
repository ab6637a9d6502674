"""A ledger without its names: stable pseudonyms under a secret, and if wished amounts and dates that are no longer exact."""

import hashlib
import hmac
import secrets
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import numpy as np

from arsim.domain.ledger import Ledger
from arsim.domain.problem import BadInput, Problem
from arsim.domain.whole import write_whole

AMOUNTS = 0.1  # an amount becomes up to so much larger or smaller
WEEKS = 2  # a customer's dates move by up to so many whole weeks
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def secret_in(path: Path) -> bytes:
    """The secret kept in a file; made there, at random, where there is none."""
    if not path.exists():
        try:
            write_whole(path, secrets.token_hex(32).encode() + b"\n")
            path.chmod(0o600)
        except OSError as error:
            raise BadInput(Problem(
                "The secret cannot be kept there ({reason}).", "Choose another file.", file=str(path), values={"reason": error.strerror},
            )) from None  # fmt: skip
    try:
        found = path.read_bytes().strip()
    except OSError as error:
        problem = Problem(
            "The file cannot be opened ({reason}).", "Choose another file.", file=str(path), values={"reason": error.strerror}
        )
        raise BadInput(problem) from None
    if len(found) < 16:
        raise BadInput(
            Problem(
                "This secret is too short: whoever guesses it can find the names.",
                "Use 16 characters or more, or name a new file.",
                file=str(path),
            )
        )
    return found


def anonymised(ledger: Ledger, secret: bytes | None = None, amounts: bool = False, dates: bool = False) -> Ledger:
    """`ledger` under pseudonyms.

    Parameters
    ----------
    ledger : Ledger
        Left as it is.
    secret : bytes, optional
        The same secret gives the same pseudonyms, in every file; None takes one at random and forgets it.
    amounts : bool
        Multiply each amount by a factor between 0.9 and 1.1 of its own.
    dates : bool
        Move all dates of a customer by the same number of whole weeks, at most two either way: weekdays and days to settle stay.

    Returns
    -------
    Ledger
        With the same number of invoices; no notes, no file name.
    """
    key = secret or secrets.token_bytes(32)
    customers = _names(key, "customer", "K", set(ledger.customer))
    invoices = _names(key, "invoice", "F", ledger.invoice)
    changed = {
        "invoice": tuple(invoices[name] for name in ledger.invoice),
        "customer": tuple(customers[name] for name in ledger.customer),
        "source": "",
        "notes": (),
    }
    if amounts:
        factor = np.array([1 + AMOUNTS * (2 * _share(key, "amount", number) - 1) for number in ledger.invoice])
        changed["amount"] = np.maximum(np.rint(ledger.amount * factor), 1).astype(np.int64)
    if dates:
        moves = {name: 7 * (int((2 * WEEKS + 1) * _share(key, "date", name)) - WEEKS) for name in customers}
        days = np.array([moves[name] for name in ledger.customer], dtype="timedelta64[D]")
        changed |= {"issued": ledger.issued + days, "due": ledger.due + days, "paid": ledger.paid + days, "known_until": None}
    return replace(ledger, **changed)


def _digest(key: bytes, purpose: str, text: str) -> bytes:
    return hmac.new(key, f"{purpose}\0{text}".encode("utf-8", "surrogatepass"), hashlib.sha256).digest()


def _share(key: bytes, purpose: str, text: str) -> float:
    return int.from_bytes(_digest(key, purpose, text)[:7], "big") / 2**56


def pseudonym(key: bytes, name: str, purpose: str = "customer", letter: str = "K") -> str:
    """A name's pseudonym under `key`: 12 signs of 5 bits, so that even among a million two are the same hardly once in a million times.

    >>> pseudonym(b"one secret", "Acme") == pseudonym(b"one secret", "Acme") != pseudonym(b"another secret", "Acme")
    True
    """
    number = int.from_bytes(_digest(key, purpose, name)[:8], "big") >> 4
    return letter + "".join(_ALPHABET[number >> 5 * place & 31] for place in range(11, -1, -1))


def _names(key: bytes, purpose: str, letter: str, names: Iterable[str]) -> dict[str, str]:
    found = {name: pseudonym(key, name, purpose, letter) for name in names}
    if len(set(found.values())) < len(found):
        raise BadInput(Problem("Two names came to the same pseudonym.", "Use another secret."))
    return found
