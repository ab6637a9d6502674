"""One piece of work at a time, beside the kernel: a newer one takes the older one's place.

A thread rather than a task on the kernel's loop: the lab goes on while another cell runs, works where no loop does, and does not
depend on which of the kernel's own threads a slider's message arrives in.
"""

import threading
import time
from collections.abc import Callable, Iterable

_on_screen: dict[str, Callable[[], None]] = {}  # what is shown → how it is stopped
SETTLE = 0.08  # seconds in which further wishes may replace one before its work begins: a dragged slider sends many


def takes_the_place(about: str, stop: Callable[[], None]) -> None:
    """Whatever was shown under the name `about` stops, for one that `stop` will stop: a cell run again must not leave two at work."""
    _on_screen.pop(about, lambda: None)()
    _on_screen[about] = stop


class Superseded(Exception):  # noqa: N818 - not an error: a way out of a long step
    """The work going on is no longer wanted."""


class Runner:
    """Does work given as steps, and leaves it between two steps when something else is wanted.

    Parameters
    ----------
    failed : callable
        Told the exception if work breaks; later work is done all the same.
    """

    def __init__(self, failed: Callable[[Exception], None]):
        self._failed = failed
        self._change = threading.Condition()
        self._thread: threading.Thread | None = None
        self._next: Callable[[], Iterable] | None = None
        self._ready = 0.0  # when the work waiting may begin
        self._wishes = self._mine = 0  # how many there were; which one the work going on belongs to

    def begin(self, work: Callable[[], Iterable], settle: float = SETTLE) -> None:
        """Do `work` once the step going on has ended, instead of whatever was wanted before."""
        with self._change:
            if self._next is None:
                self._ready = time.monotonic() + settle
            self._wishes, self._next = self._wishes + 1, work
            if self._thread is None:
                self._thread = threading.Thread(target=self._loop, name="arsim-lab")
                self._thread.start()

    def stop(self) -> None:
        """Want nothing any more; the step going on still ends."""
        with self._change:
            self._wishes, self._next = self._wishes + 1, None
            self._change.notify_all()

    def wait(self, seconds: float | None = None) -> bool:
        """Until nothing is left to do; False if that takes longer than `seconds`."""
        with self._change:
            return self._change.wait_for(lambda: self._thread is None, seconds)

    @property
    def busy(self) -> bool:
        """Whether work is going on or waiting."""
        return self._thread is not None

    @property
    def wanted(self) -> bool:
        """Whether the work going on still is; a main thread that has ended wants nothing, so the program can end."""
        return self._mine == self._wishes and threading.main_thread().is_alive()

    def check(self) -> None:
        """From inside a long step: leave it if it is no longer wanted."""
        if threading.current_thread() is self._thread and not self.wanted:
            raise Superseded

    def _loop(self) -> None:
        while work := self._take():
            try:
                for _ in work():
                    if not self.wanted:
                        break
            except Superseded:
                pass
            except Exception as error:  # whatever it is, the lab must say so and live on
                self._failed(error)

    def _take(self) -> Callable[[], Iterable] | None:
        with self._change:
            while self._next and (left := self._ready - time.monotonic()) > 0 and threading.main_thread().is_alive():
                self._change.wait(left)
            work, self._next, self._mine = self._next, None, self._wishes
            if work is None or not threading.main_thread().is_alive():
                self._thread = None
                self._change.notify_all()
                return None
            return work
