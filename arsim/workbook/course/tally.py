"""How often a question was tried, whether the first try was right, and which wrong answers were met. No answer stands in it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

OTHER = "other"  # a wrong answer that has no name
MOST = 9_999  # a count beyond it is no count


@dataclass(frozen=True)
class Tally:
    """The tries of one question.

    Parameters
    ----------
    tries : int
    first : bool
        Whether the first try was right.
    wrong : mapping
        Which of the question's wrong answers (its place as text, its name, or "other") → how often.
    """

    tries: int = 0
    first: bool = False
    wrong: Mapping[str, int] = field(default_factory=dict)

    def counted(self, right: bool, mistake: str | None) -> "Tally":
        """With one try more.

        >>> Tally().counted(False, "1").counted(True, None)
        Tally(tries=2, first=False, wrong={'1': 1})
        """
        key = mistake if mistake is not None else OTHER
        wrong = dict(self.wrong) if right else {**self.wrong, key: min(self.wrong.get(key, 0) + 1, MOST)}
        return Tally(min(self.tries + 1, MOST), self.first if self.tries else bool(right), wrong)

    def plain(self) -> dict:
        """As a diary keeps it."""
        return {"tries": self.tries, "first": self.first, "wrong": dict(self.wrong)}


def read_tally(kept: object) -> Tally:
    """What `plain` made; an empty one where it is something else.

    >>> read_tally({"tries": 2, "first": True, "wrong": {"a": 1, "b": "x"}}), read_tally("spoilt")
    (Tally(tries=2, first=True, wrong={'a': 1}), Tally(tries=0, first=False, wrong={}))
    """
    if not isinstance(kept, dict) or not (tries := count(kept.get("tries"))) or not isinstance(kept.get("wrong"), dict):
        return Tally()
    wrong = {str(name): found for name, times in kept["wrong"].items() if (found := count(times))}
    return Tally(tries, kept.get("first") is True, wrong)


def count(value: object, most: int = MOST) -> int:
    """A count from a file: a whole number from 0 to `most`; 0 for anything else."""
    return min(value, most) if isinstance(value, int) and not isinstance(value, bool) and value > 0 else 0
