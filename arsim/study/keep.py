"""A study kept in a folder as it goes, so that it survives whatever ends the program and goes on without repeating anything.

``study.json`` says what was asked, in full. ``results.jsonl`` has one line for every result (see `arsim.study.records`), only ever added
to; a line that was torn or changed is not used and its result made again. While a program works in the folder it holds a lock on
``results.jsonl`` that the system gives back however the program ends.
"""

import errno
import hashlib
import json
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass, replace
from pathlib import Path

from arsim.domain.problem import BadInput, Problem
from arsim.domain.whole import write_whole
from arsim.study import records
from arsim.study.company import Company
from arsim.study.company_file import write_company
from arsim.study.lock import hold
from arsim.study.question import differences

STUDY, RESULTS, COMPANY = "study.json", "results.jsonl", "company.json"
SEARCH = "search.jsonl"  # of `arsim.study.explore`, which keeps its runs in a way of its own
FINISHED = "finished.json"  # which of the results count, and why there are no more
VERSION = 1
KIND = "arsim study"
SAFE = 1.0  # seconds of work that a loss of power may cost; a program that ends, however it ends, costs none


class Keep:
    """A study's folder. To be entered with ``with``, and then told what is asked.

    Parameters
    ----------
    folder : path
        Made if it is missing.
    told : callable, optional
        Called with the number of results that are there already, if any are.
    currency : str
        Of the company's amounts.

    Examples
    --------
    >>> import tempfile
    >>> folder = tempfile.mkdtemp()
    >>> with Keep(folder) as keep:
    ...     keep.ask({"kind": "squares"})
    ...     keep.add(3, {"square": 9.0})
    >>> with Keep(folder) as keep:
    ...     keep.ask({"kind": "squares"})
    ...     3 in keep, 4 in keep, keep.get(3)
    (True, False, {'square': 9.0})
    """

    def __init__(self, folder: str | os.PathLike, told: Callable[[int], None] | None = None, currency: str = "CNY"):
        self.folder, self.told, self.currency = Path(folder), told, currency
        self.damaged = 0  # lines that cannot be used
        self._at: dict[tuple[str, int], tuple[int, int]] = {}  # (part, number) → place and length of its line
        self._file, self._end, self._written, self._by, self._kinds = -1, 0, time.monotonic(), "", ()

    def __enter__(self) -> "Keep":
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            self._file = os.open(self.folder / RESULTS, os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0), 0o666)
        except OSError as error:
            raise self._unwritable(error) from None
        if not hold(self._file):
            os.close(self._file)
            raise at_work(self.folder)
        return self

    def __exit__(self, *_) -> None:
        with suppress(OSError):
            os.fsync(self._file)
        os.close(self._file)

    def ask(self, question: dict, kinds: tuple[type, ...] = (), company: Company | None = None) -> None:
        """Say what the study asks, before anything else.

        Parameters
        ----------
        question : dict
            Plain data on which every result depends; see `arsim.study.question.question`.
        kinds : tuple of type
            Dataclasses that the results consist of.
        company : Company, optional
            Kept beside the results where it was learnt from a ledger.

        Raises
        ------
        BadInput
            The folder holds the results of another question, or cannot be written to.
        """
        question = json.loads(json.dumps(question, ensure_ascii=False))
        path = self.folder / STUDY
        self._kinds, self._by = kinds, hashlib.sha256(json.dumps(question, sort_keys=True).encode()).hexdigest()
        if path.exists():
            self._same(path, question)
        elif os.path.getsize(self.folder / RESULTS):
            raise BadInput(Problem("Here are results of a study, but not what it asked: {file} is missing.", "Choose another folder.",
                                   file=str(self.folder), values={"file": STUDY}))  # fmt: skip
        elif (self.folder / SEARCH).exists():
            raise other_kind(self.folder, SEARCH)
        else:
            told = {"kind": KIND, "version": VERSION, "fingerprint": self._by, "question": question}
            try:
                if company and company.found:  # its intervals take as long as learning it did, and no run needs them
                    write_company(replace(company, found=replace(company.found, told=dict)), self.folder / COMPANY, self.currency)
                write_whole(path, json.dumps(told, ensure_ascii=False, indent=1).encode())
            except OSError as error:
                raise self._unwritable(error) from None
        self._read()
        if self.told and self._at:
            self.told(len(self._at))

    def __contains__(self, number: int) -> bool:
        return ("", number) in self._at

    def get(self, number: int, part: str = "") -> object:
        """The result that was kept under `number`."""
        place, length = self._at[part, number]
        with open(self.folder / RESULTS, "rb") as file:
            file.seek(place)
            line = records.unsealed(file.read(length), self._by)
        return records.value(line, self._kinds)["result"]

    def add(self, number: int, result: object, part: str = "") -> None:
        """Keep `result` under `number`.

        Raises
        ------
        BadInput
            It cannot be written, as the disk is full, say; what was kept before still is.
        """
        line = records.sealed(records.text({"part": part, "number": number, "result": result}), self._by)
        try:
            self._append(line)
        except OSError as error:
            raise self._unwritable(error) from None
        self._at[part, number] = self._end - len(line), len(line)

    def finish(self, told: dict) -> None:
        """Say which results count now that nothing more is run (see `arsim.study.kept_study`); said again, the last counts.

        Raises
        ------
        BadInput
            It cannot be written.
        """
        try:
            write_whole(self.folder / FINISHED, records.text({"study": self._by, "currency": self.currency, **told}).encode())
        except OSError as error:
            raise self._unwritable(error) from None

    def part(self, name: str) -> "Part":
        """The results of one part of the study, with numbers of their own."""
        return Part(self, name)

    def _append(self, line: bytes) -> None:
        while line:
            written = os.write(self._file, line)
            line, self._end = line[written:], self._end + written
        if time.monotonic() - self._written > SAFE:
            os.fsync(self._file)
            self._written = time.monotonic()

    def _read(self) -> None:
        """Where every usable line begins; a line torn at the end is closed, so that the next begins a line of its own."""
        self._at, self._end, self.damaged, torn = {}, 0, 0, False
        with open(self.folder / RESULTS, "rb") as file:
            for data in file:
                line, torn = records.unsealed(data, self._by), not data.endswith(b"\n")
                if line is None:
                    self.damaged += 1
                else:
                    one = json.loads(line)
                    self._at[one["part"], one["number"]] = self._end, len(data)
                self._end += len(data)
        if torn:
            try:
                self._append(b"\n")
            except OSError as error:
                raise self._unwritable(error) from None

    def _same(self, path: Path, question: dict) -> None:
        """Refuse a folder that holds the results of another question."""
        try:
            told = json.loads(path.read_bytes())
            there = told["question"] if told["kind"] == KIND and told["version"] == VERSION else None
        except (OSError, ValueError, KeyError, TypeError):
            there = None
        if not isinstance(there, dict):
            raise BadInput(Problem("This file is damaged, or of another version of arsim: what the study asked cannot be read from it.",
                                   "Choose another folder.", file=str(path)))  # fmt: skip
        found, versions = differences(there, question)
        if found and versions:
            raise BadInput(Problem(
                "The study in this folder was begun with another version ({differences}), and results could differ.",
                "Go on with that version, or choose another folder.", file=str(self.folder), values={"differences": found}))  # fmt: skip
        if found:
            raise BadInput(Problem(
                "The study in this folder asks something else ({differences}).", "Choose another folder, or ask the same again to go on.",
                file=str(self.folder), values={"differences": found}))  # fmt: skip

    def _unwritable(self, error: OSError) -> BadInput:
        return unwritable(self.folder, error, len(self._at))


def unwritable(folder: Path, error: OSError, kept: int) -> BadInput:
    """What to say where a result cannot be kept: why, and that `kept` of them are."""
    values = {"reason": error.strerror or str(error), "kept": kept}
    if error.errno in (errno.ENOSPC, getattr(errno, "EDQUOT", None)):
        what = "The disk is full. {kept} results are kept in this folder."
        remedy = "Make room and ask the same again: it goes on from there."
    else:
        what = "This folder cannot be written to ({reason}). {kept} results are kept in it."
        remedy = "Mend that and ask the same again, or choose another folder."
    return BadInput(Problem(what, remedy, file=str(folder), values=values))


def at_work(folder: Path) -> BadInput:
    """What to say where another program holds the folder's lock."""
    return BadInput(Problem("Another program is at work on the study in this folder.", "Wait until it is done, or choose another folder.",
                            file=str(folder)))  # fmt: skip


def other_kind(folder: Path, file: str) -> BadInput:
    """What to say where a study would write over the tables of one of another kind."""
    return BadInput(Problem("This folder holds a study of another kind ({file}), whose tables would be written over.",
                            "Choose another folder.", file=str(folder), values={"file": file}))  # fmt: skip


@dataclass(frozen=True)
class Part:
    """One part of a study, such as a round of a search: as a `Keep` whose numbers are its own."""

    keep: Keep
    name: str

    def __contains__(self, number: int) -> bool:
        return (self.name, number) in self.keep._at

    def get(self, number: int) -> object:
        """The result that was kept under `number`."""
        return self.keep.get(number, self.name)

    def add(self, number: int, result: object) -> None:
        """Keep `result` under `number`."""
        self.keep.add(number, result, self.name)


@contextmanager
def kept(where: Keep | str | os.PathLike | None) -> Iterator[Keep | None]:
    """A study's folder, entered: as it is where somebody has entered it already, None where nothing is kept."""
    with nullcontext(where) if where is None or isinstance(where, Keep) else Keep(where) as keep:
        yield keep
