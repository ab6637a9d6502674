"""The work behind `my_ledger`: reading with the user's columns, what may go on, and the test; without a widget in it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from arsim.domain.intake import Intake, take_in
from arsim.domain.ledger import Ledger
from arsim.domain.mapping import read_mapping, save_mapping
from arsim.domain.problem import BadInput, Problem
from arsim.domain.reading import read_ledger
from arsim.domain.sheet import Fate
from arsim.domain.tables import read_table, shortened
from arsim.report import words
from arsim.study.backtest import LEAST_AFTER, LEAST_BEFORE, Backtest, backtest
from arsim.study.company import Company, demo_ledger
from arsim.study.groups import by_column, by_size
from arsim.study.repeated import Repeated, repeat
from arsim.study.split import splits
from arsim.workbook.column_panel import Seen, seen
from arsim.workbook.ledger_source import EXERCISE, Pick


@dataclass(frozen=True, eq=False)
class Reading:
    """What came of reading: `files` as far as their headers, the user's columns, what was done with them, and the intake or its refusal."""

    files: tuple[Seen, ...]
    told: Mapping[str, str]
    kept: str
    found: Intake | BadInput


def read(pick: Pick | None, told: Mapping[str, str]) -> Reading:
    """Read what is picked. The columns the user has `told` now are kept beside a file of the user's, and count before what was kept."""
    if pick is None:
        return Reading((), {}, "", BadInput(Problem("No file is chosen yet.", "Give its name or choose a file above.")))
    beside = pick.kept_beside if pick.kept_beside and pick.kept_beside.is_file() else None
    kept, files = "", ()
    try:
        kept = _kept(beside, told) if beside and told else ""
        told = (read_mapping(beside) if beside else {}) | dict(told)
        with pick.files() as paths:
            try:
                found = take_in(paths, replace(pick.how, columns=told))
                files = tuple(seen(part.table, told) for part in found.sheet.parts)
            except BadInput:
                files = tuple(seen(read_table(path, pick.how.encoding, told, guess=True), told) for path in paths)
                raise
        if not len(found.ledger):
            raise BadInput(*shortened([finding.problem for finding in found.findings], found.ledger.source))
    except BadInput as error:
        found = error
    return Reading(files, told, kept, found)


def _kept(beside: Path, told: Mapping[str, str]) -> str:
    """Keep the columns: what the user chose counts for its field and its header, whatever was kept of these before."""
    before = {name: header for name, header in read_mapping(beside).items() if name not in told and header not in told.values()}
    try:
        return words.say("The columns you chose are kept in {file}.", file=save_mapping(beside, before | dict(told)).name)
    except OSError:
        return words.say("The columns you chose cannot be kept beside the file; they count until the notebook is restarted.")


def sound(intake: Intake, skip: bool) -> Ledger:
    """The sound invoices; refused while there are faulty rows that may not be left out."""
    if (faulty := intake.count(Fate.FAULTY)) and not skip:
        raise BadInput(Problem(
            "Faulty rows: {count}.",
            "Mend them in the file and read it again, or tick in the report that they may be left out.",
            file=intake.ledger.source, values={"count": faulty}))  # fmt: skip
    return intake.ledger


def to_test(intake: Intake, kind: str) -> tuple[Ledger, str]:
    """The ledger to put the forecast to the test on, and a word where it is not the one read: the exercise ledger is too thin for it."""
    if kind != EXERCISE or splits(intake.ledger):
        return intake.ledger, ""
    say, gap = words.say, words.gap()
    return read_ledger(demo_ledger()), gap.join([
        say("The exercise ledger is too thin for a verdict: it takes {before} payments before the forecast.", before=LEAST_BEFORE),
        say("So this is the verdict on the demo company's whole ledger, from which the exercise was taken."),
    ])  # fmt: skip


def saying(piece: str) -> str:
    """What is said while a piece of work goes on."""
    return {
        "read": words.say("Reading the ledger ..."), "company": words.say("Learning from the ledger how its customers pay ..."),
        "repeated": words.say("Sending the same invoices through the model ..."),
        "tested": words.say("Putting the forecast to the test, week by week ..."),
    }[piece]  # fmt: skip


def repeated(company: Company, intake: Intake, header: str, progress: Callable[[float], None]) -> Repeated:
    """The model beside the ledger, in the groups that the column `header` makes; by size where there is none."""
    groups = by_column(intake).get(header) if header else None
    return repeat(company, intake.ledger, groups or by_size(intake.ledger), progress)


def tested(ledger: Ledger, split, progress: Callable[[float], None]) -> Backtest:
    """The backtest; refused with what it takes where no day of the ledger will do."""
    if split is None:
        raise BadInput(Problem(
            "No month-end leaves enough of this ledger before and after it for a backtest.",
            "It takes {before} payments before, and {after} invoices in five weeks or more after. The demo company's ledger shows one.",
            file=ledger.source, values={"before": LEAST_BEFORE, "after": LEAST_AFTER}))  # fmt: skip
    return backtest(ledger, split, progress=progress)
