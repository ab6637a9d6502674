"""What a department does besides keeping one policy up: it changes its policy on the way, and people make calls of their own."""

from dataclasses import dataclass

from arsim.domain.calendar import DAY
from arsim.domain.policy import Policy
from arsim.domain.problem import BadInput, Problem

AT = 10 * 60  # minute of the day at which such calls are made


@dataclass(frozen=True)
class Call:
    """One finished call with a customer, as far as the books are concerned. It is made by a person beside the collectors.

    It is about what the customer is overdue with at that moment. Nobody else's work is put off by it: it takes no collector's time and
    does not count towards the cap on contacts, so a call that brings nothing changes nothing. On a rest day it is made on the next
    working day; with an insolvent customer, or about nothing, it is only time spent.

    Parameters
    ----------
    day : int
        Of the run.
    customer : int
    promised : int
        Fen promised, oldest invoices first; at most what is overdue. 0: no promise.
    due : int or None
        Day from which it is promised; the customer pays on its first payment run from then on. With a plan, instalments follow monthly
        from the call on, whatever `due` says.
    kept : float
        Chance, 0 to 1, that the promise is kept, or that all instalments of the plan are paid on time.
    goodwill : float
        Points of 100 won, or below 0 lost.
    provable : bool
        Whether the demand can be proved: limitation starts afresh (Civil Code 195).
    instalments : int
        Months of the plan the promise consists of; 0: none.
    disputed : int
        Fen the customer says are contested. Above 0, disputes about its overdue invoices come to light, if there are any; none is invented.
    handed_on : bool
        The case goes to the legal desk, as after a refusal.
    minutes : int
        Of staff time.

    Raises
    ------
    BadInput
        If a number cannot be meant.
    """

    day: int
    customer: int
    promised: int = 0
    due: int | None = None
    kept: float = 0.0
    goodwill: float = 0.0
    provable: bool = False
    instalments: int = 0
    disputed: int = 0
    handed_on: bool = False
    minutes: int = 0

    def __post_init__(self):
        meant = 0.0 <= self.kept <= 1.0 and min(self.day, self.customer, self.promised, self.instalments, self.disputed, self.minutes) >= 0
        if not meant or self.promised and not self.instalments and (self.due is None or self.due <= self.day):
            raise BadInput(
                Problem(
                    "This call cannot have been made.",
                    "A promise has a later day and a chance from 0 to 1; nothing is below 0.",
                    value=str(self),
                )
            )


@dataclass(frozen=True)
class Conduct:
    """What a department does besides keeping one policy up.

    Parameters
    ----------
    later : tuple of (int, Policy)
        Policies adopted on the way, each in force from the morning of its day (1 or later) on; days ascending. What has been begun goes
        on: promises, plans, suits, work on the collectors' list.
    calls : tuple of Call
        Made by people, in any order.

    Raises
    ------
    BadInput
        If the days are not in order.

    Examples
    --------
    >>> Conduct() == Conduct(later=(), calls=())
    True
    """

    later: tuple[tuple[int, Policy], ...] = ()
    calls: tuple[Call, ...] = ()

    def __post_init__(self):
        days = [0, *(day for day, _ in self.later)]
        if any(after <= before for before, after in zip(days, days[1:], strict=False)):
            raise BadInput(Problem("The days on which policies change are not in order.", "Give each a later day, from 1 on.",
                                   value=str(days[1:])))  # fmt: skip

    def periods(self, policy: Policy, days: int) -> list[tuple[int, int, Policy]]:
        """(first day, day after the last, policy in force) over a run of `days` that begins with `policy`."""
        begins = [(0, policy), *((day, later) for day, later in self.later if day < days)]
        ends = [*(day for day, _ in begins[1:]), days]
        return [(first, end, one) for (first, one), end in zip(begins, ends, strict=True)]

    def check(self, customers: int, days: int) -> None:
        """Refuse calls with nobody, or after the last day.

        Raises
        ------
        BadInput
        """
        for call in self.calls:
            if call.customer >= customers or call.day >= days:
                raise BadInput(Problem("There is no such customer, or no such day, in this run.", "Choose others.", value=str(call)))

    def minute(self, call: Call, next_open: list[int]) -> int:
        """Minute of the run at which `call` is made, given the first working day on or after each day."""
        return next_open[call.day] * DAY + AT
