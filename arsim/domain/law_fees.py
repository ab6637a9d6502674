"""Chinese statutory fees as exact functions of the claim, in fen. The bands stand in ``data/law_cn.toml``.

A fee is piecewise linear: a fixed sum or a percentage of the part of the claim inside each band, added up, cut at a cap if there is
one, times a share (a half, a third) if the law says so. All of it is computed in whole fractions and rounded once, at the end, to the
fen, half a fen upward. Not legal advice; have a lawyer check (`disclaimer` says so to the user).

The functions below take the claim in fen, above 0, and return fen; anything else raises `BadInput`, as `Tariff.exact` says.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cache, cached_property
from math import lcm
from numbers import Integral

from arsim.domain import banded, law
from arsim.domain.money import FEN
from arsim.domain.problem import BadInput, Problem

disclaimer = law.disclaimer  # stands beside every figure of this module


@dataclass(frozen=True)
class Band:
    """One band of a tariff.

    Parameters
    ----------
    up_to : int or None
        Where it ends, fen, itself included; None: nowhere.
    fixed : int
        Sum due once the band is entered, fen.
    rate : Fraction
        Share of the part of the claim inside the band.
    """

    up_to: int | None
    fixed: int
    rate: Fraction


@dataclass(frozen=True)
class Tariff:
    """One statutory fee.

    Parameters
    ----------
    key : str
        Its name in ``law_cn.toml``.
    label, instrument, article, note : mapping
        Name, instrument, article and a remark on who pays when, each by language ("en", "zh").
    version : date
        The law as it stood on this day.
    bands : tuple of Band
        Rising.
    cap : int or None
        Most that is charged, fen.
    share : Fraction
        Share of it that is due.
    """

    key: str
    label: Mapping[str, str]
    instrument: Mapping[str, str]
    article: Mapping[str, str]
    note: Mapping[str, str]
    version: date
    bands: tuple[Band, ...]
    cap: int | None = None
    share: Fraction = Fraction(1)

    def exact(self, amount: int) -> Fraction:
        """The fee in fen before rounding.

        Parameters
        ----------
        amount : int
            Claim, fen, above 0.

        Returns
        -------
        Fraction
            Fen.

        Raises
        ------
        BadInput
            If the amount is not a whole number of fen above 0.
        """
        amount, due, floor = _claim(amount), Fraction(0), 0
        for band in self.bands:
            if amount <= floor:
                break
            top = amount if band.up_to is None else min(amount, band.up_to)
            due += band.fixed + band.rate * (top - floor)
            floor = top
        return self.share * (due if self.cap is None else min(due, Fraction(self.cap)))

    def fee(self, amount: int) -> int:
        """The fee in fen, half a fen rounded upward; takes and refuses what `exact` does.

        Examples
        --------
        A third of CNY 50 is 16.666…:

        >>> tariffs()["payment_order"].fee(10_000_00)
        1667
        """
        return banded.fee(_claim(amount), *self.whole)

    @cached_property
    def whole(self) -> tuple[int, tuple[tuple[int, int, int], ...], int]:
        """The tariff in whole numbers, as `arsim.domain.banded.fee` takes it: parts a fen, bands, cap."""
        parts, floors = self.share.denominator, [0, *(band.up_to for band in self.bands[:-1])]
        parts *= lcm(*((self.share.numerator * band.rate).denominator for band in self.bands))
        share = self.share * parts
        bands = tuple((floor, int(share * band.fixed), int(share * band.rate)) for floor, band in zip(floors, self.bands, strict=True))
        return parts, bands, -1 if self.cap is None else int(share * self.cap)


@cache
def tariffs() -> dict[str, Tariff]:
    """All fees of ``law_cn.toml`` by key.

    Returns
    -------
    dict of str to Tariff
        "acceptance", "acceptance_half", "payment_order", "preservation", "enforcement", "contingency".

    Examples
    --------
    >>> tariffs()["preservation"].article["en"]
    'Article 14(2)'
    """
    return {key: _tariff(key) for key in law.book()["fee"]}


def court_acceptance(amount: int, *, half: bool = False) -> int:
    """Court acceptance fee of a property claim (诉讼费用交纳办法 13; halved: 15, 16).

    To CNY 10,000 50 flat; of the part above it 2.5 % to 100,000, 2 % to 200,000, 1.5 % to 500,000, 1 % to 1 m, 0.9 % to 2 m,
    0.8 % to 5 m, 0.7 % to 10 m, 0.6 % to 20 m, 0.5 % beyond. With `half` (summary procedure, mediation or withdrawal) halved once,
    whatever the grounds.

    Examples
    --------
    CNY 20,000: 50 + 10,000 × 2.5 % = 300.

    >>> court_acceptance(20_000_00), court_acceptance(20_000_00, half=True)
    (30000, 15000)
    """
    return tariffs()["acceptance_half" if half else "acceptance"].fee(amount)


def payment_order(amount: int) -> int:
    """Application fee of a payment order: a third of the acceptance fee, rounded once (诉讼费用交纳办法 14(3)).

    Examples
    --------
    CNY 20,000: 300 / 3.

    >>> payment_order(20_000_00)
    10000
    """
    return tariffs()["payment_order"].fee(amount)


def preservation(amount: int) -> int:
    """Application fee of preserving property worth `amount` (诉讼费用交纳办法 14(2)).

    To CNY 1,000 30 flat; 1 % of the part to 100,000; 0.5 % beyond; at most 5,000.

    Examples
    --------
    CNY 51,000: 30 + 50,000 × 1 %. CNY 2 million: the cap.

    >>> preservation(51_000_00), preservation(2_000_000_00)
    (53000, 500000)
    """
    return tariffs()["preservation"].fee(amount)


def enforcement(amount: int) -> int:
    """Application fee of enforcing `amount`, collected after it (诉讼费用交纳办法 14(1), 20).

    To CNY 10,000 50 flat; of the part above it 1.5 % to 500,000, 1 % to 5 m, 0.5 % to 10 m, 0.1 % beyond.

    Examples
    --------
    CNY 110,000: 50 + 100,000 × 1.5 %.

    >>> enforcement(110_000_00)
    155000
    """
    return tariffs()["enforcement"].fee(amount)


def contingency_ceiling(amount: int) -> int:
    """Most a law firm may take as contingency fee of `amount` recovered (司发通〔2021〕87号, (6)).

    18 % of the part to CNY 1 m, 15 % to 5 m, 12 % to 10 m, 9 % to 50 m, 6 % beyond.

    Examples
    --------
    CNY 2 million: 180,000 + 150,000.

    >>> contingency_ceiling(2_000_000_00)
    33000000
    """
    return tariffs()["contingency"].fee(amount)


def _tariff(key: str) -> Tariff:
    book = law.book()
    fee = book["fee"][key]
    rule = book["fee"][fee["of"]] if "of" in fee else fee  # a share of another fee takes over its bands and cap
    bands = tuple(
        Band(_fen(band.get("up_to")), _fen(band.get("fixed", 0)), Fraction(band.get("percent", 0)) / 100) for band in rule["bands"]
    )
    return Tariff(
        key=key,
        label=fee["label"],
        instrument=book["instrument"][fee["instrument"]],
        article=fee["article"],
        note=fee["note"],
        version=book["version"],
        bands=bands,
        cap=_fen(rule.get("cap")),
        share=Fraction(fee.get("share", 1)),
    )


def _fen(yuan: int | None) -> int | None:
    return None if yuan is None else yuan * FEN


def _claim(amount: int) -> int:
    if isinstance(amount, bool) or not isinstance(amount, Integral):
        raise BadInput(
            Problem(
                "A claim of {given} is not a whole number of fen.",
                "Write the amount in fen, without a decimal point.",
                values={"given": str(amount)},
            )
        )
    if amount <= 0:
        raise BadInput(
            Problem(
                "A claim of {given} fen has no fee: it is zero or negative.",
                "Give the amount claimed, above 0.",
                values={"given": int(amount)},
            )
        )
    return int(amount)
