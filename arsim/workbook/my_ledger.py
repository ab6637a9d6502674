"""My ledger: a file in, what became of its rows, the model beside it, the verdict on the model, and the company kept.

Each of these is a part, shown by a cell of its own (`show`) and worked out only once it is shown. The work is done beside the kernel.
"""

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from arsim.domain.intake import Intake
from arsim.domain.problem import BadInput
from arsim.report import words
from arsim.study.backtest import Backtest
from arsim.study.company import Company
from arsim.study.groups import by_column
from arsim.study.repeated import Repeated
from arsim.study.split import splits, usual_split
from arsim.workbook import ledger_work
from arsim.workbook.column_panel import ColumnPanel
from arsim.workbook.company_shelf import KeepPanel
from arsim.workbook.ledger_parts import Belief, Fit, Part, Rows
from arsim.workbook.ledger_source import EXERCISE, Pick, SourcePanel
from arsim.workbook.runner import Runner, Superseded, takes_the_place

PARTS = ("file", "rows", "fit", "belief", "keep")
# What each piece of work rests on; what a part needs.
_RESTS = {"read": (), "company": ("read",), "repeated": ("company",), "tested": ("read",)}
_NEEDS = {
    "file": ("read",), "rows": ("read",), "fit": ("read", "company", "repeated"), "belief": ("read", "tested"), "keep": ("read", "company"),
}  # fmt: skip


class MyLedger:
    """The room.

    Parameters
    ----------
    remember : Path, optional
        The lab's memory, to which a company can be handed on; by default the user's own.
    """

    def __init__(self, remember: Path | None = None):
        self.made: dict[str, object] = {}  # what has been worked out, or the BadInput that came of it
        self.error: Exception | None = None
        self._serial, self._wanted, self._quiet, self._kept_beside, self._pick = 0, set(), None, "", Pick()
        self._change = threading.RLock()
        self.runner = Runner(self._failed)
        self.source, self.columns = SourcePanel(self._picked), ColumnPanel(lambda: self._forget("read"))
        self.file, self.keep = Part("file"), Part("keep")
        self.rows = Rows(lambda: self._forget("company", "tested"), lambda: self.made.get("read"))
        self.fit, self.belief = Fit(lambda: self._forget("repeated")), Belief(lambda: self._forget("tested"))
        self.kept = KeepPanel(self._learnt, remember)
        self.file.body.children, self.keep.body.children = (self.source, self.columns), (self.kept,)
        self.source.under.observe(lambda _: self._forget("company"), "value")

    def show(self, part: str) -> None:
        """Display one of `PARTS`, and begin with the work it needs."""
        from IPython.display import display

        if part == PARTS[0]:
            takes_the_place("my_ledger", self.close)
        bundle = getattr(self, part).box._repr_mimebundle_()
        bundle["text/plain"] = words.say("This appears when the notebook is run.")  # all that stays in the file
        display(bundle, raw=True)
        self._wanted.add(part)
        self.runner.begin(self._steps, settle=0)

    def close(self) -> None:
        """Stop working for good."""
        with self._change:
            self._serial, self._wanted = self._serial + 1, set()
        self.runner.stop()

    def run_now(self, *parts: str) -> None:
        """Work out `parts` in the foreground, without a kernel; for scripts and tests."""
        self.runner.stop()
        self.runner.wait()
        self._wanted |= set(parts or PARTS)
        for _ in self._steps():
            pass

    def _steps(self) -> Iterator[None]:
        """Whatever the parts on the screen need and is not there yet; a choice made meanwhile begins it anew."""
        for part in PARTS:
            for piece in _NEEDS[part]:
                if part in self._wanted and piece not in self.made:
                    self._make(piece, part)
                    yield
            if part in self._wanted:
                getattr(self, part).tell("")

    def _make(self, piece: str, part: str) -> None:
        with self._change:
            serial = self._serial

        def progress(share: float) -> None:
            if serial != self._serial or not threading.main_thread().is_alive():
                raise Superseded
            getattr(self, part).tell(said, share)

        said = ledger_work.saying(piece)
        progress(0)
        refused = next((self.made[below] for below in _RESTS[piece] if isinstance(self.made.get(below), BadInput)), None)
        try:
            found = refused or getattr(self, f"_{piece}")(progress)
        except BadInput as error:
            found = error
        with self._change:
            if serial != self._serial:
                raise Superseded
            self.made[piece] = found
        self._present(piece, found)

    def _read(self, progress: Callable[[float], None]) -> Intake:
        reading = ledger_work.read(self.source.pick, self.columns.told)
        progress(1)  # a file chosen meanwhile has columns of its own
        self.columns.show(reading.files, reading.told)
        self._kept_beside = reading.kept or self._kept_beside
        if isinstance(reading.found, BadInput):
            raise reading.found
        return reading.found

    def _company(self, progress: Callable[[float], None]) -> Company:
        return Company.of(ledger_work.sound(self.made["read"], self.rows.skip.value), under=self.source.under.value, progress=progress)

    def _repeated(self, progress: Callable[[float], None]) -> Repeated:
        return ledger_work.repeated(self.made["company"], self.made["read"], self.fit.group.value, progress)

    def _tested(self, progress: Callable[[float], None]) -> Backtest:
        ledger_work.sound(self.made["read"], self.rows.skip.value)
        return ledger_work.tested(self._tried[0], self.belief.split.value, progress)

    def _present(self, piece: str, found: object) -> None:
        below = piece != "read" and found is self.made.get("read")  # said already, further up
        parts = {"read": (self.file,), "company": (self.fit, self.keep), "repeated": (self.fit,), "tested": (self.belief,)}[piece]
        if isinstance(found, BadInput):
            if piece == "read":
                self.rows.wait()
                self.kept.withdraw()
            for part in parts:
                part.wait() if below else part.refuse(self.source.ask(found))
            if piece == "read" and self.source.pick is None:  # nothing is wrong yet
                self.file.note(*map(words.explain, found.problems))
        elif piece == "read":
            self._welcome(found)
        elif piece == "company":
            self.keep.said.value = ""
        elif piece == "repeated":
            self.fit.show(self.made["company"], self.made["read"].ledger, found)
        else:
            self.belief.show(found)
            self.belief.note(*filter(None, [self._tried[1]]))

    def _welcome(self, intake: Intake) -> None:
        self._quiet = threading.get_ident()  # what is set here is no choice; what the user chooses meanwhile is
        self.file.note(*filter(None, [words.say("Read: {file}", file=intake.ledger.source), self._kept_beside]))
        self.rows.show(intake)
        self.fit.offer(by_column(intake))
        self._tried = ledger_work.to_test(intake, self.source.kind.value)
        days = splits(self._tried[0])
        self.belief.offer(days, usual_split(days, self._tried[0].as_of))
        self.kept.offer(intake.ledger.source)
        self._quiet = None

    def _picked(self) -> None:
        """Another ledger, or another answer about how to read it."""
        pick, self._kept_beside, before = self.source.pick, "", self._pick
        if pick is None or before is None or replace(pick, how=before.how) != before:
            self.columns.told, self._quiet = {}, threading.get_ident()
            self.columns.layout.display, self.rows.skip.value = "none", pick is not None and pick.kind == EXERCISE
            self._quiet = None
        self._pick = pick
        self._forget("read")

    def _forget(self, *pieces: str) -> None:
        """Work out `pieces` anew, and all that rests on them."""
        if self._quiet == threading.get_ident():
            return
        with self._change:
            self._serial += 1
            gone = set(pieces)
            for piece, below in _RESTS.items():
                gone |= {piece} if gone & set(below) else set()
            self.made = {piece: found for piece, found in self.made.items() if piece not in gone}
        for part in PARTS[1:]:
            if gone & set(_NEEDS[part]):
                getattr(self, part).blank()
        if self._wanted:
            self.runner.begin(self._steps)

    def _learnt(self) -> tuple[Company, str] | None:
        company = self.made.get("company")
        return (company, self.made["read"].ledger.currency) if isinstance(company, Company) else None

    def _failed(self, error: Exception) -> None:
        self.error = error
        self.file.note(words.say("Something went wrong: {error}. Undo the last change, or restart the notebook.", error=repr(error)))
