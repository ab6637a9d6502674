"""What commands that simulate have in common: how many replications, progress, and being stopped."""

import argparse
import signal
import sys
import threading
import time
from contextlib import contextmanager

from arsim.commands import sure
from arsim.report import preparing, words

ENGINES = AUTO, *_ = ("auto", "reference", "compiled")  # as `arsim.engine.engines` has them; it takes a while to import


def options(parser: argparse.ArgumentParser, auto: bool = False) -> None:
    """Replications, seed, workers; if `auto`, replications may also be added until the intervals are narrow enough."""
    say = words.say
    if auto:
        sure.options(parser)
    else:
        parser.add_argument(
            "--replications", type=int, default=40, metavar=say("NUMBER"), help=say("paired replications (default {default})", default=40)
        )
    hands(parser)


def hands(parser: argparse.ArgumentParser) -> None:
    """Seed, and who does the work."""
    say = words.say
    seed(parser)
    engine(parser)
    workers(parser)
    parser.add_argument(
        "--cluster", default="", metavar=say("ADDRESS"),
        help=say("let the workers of this Dask scheduler do the work, such as tcp://192.168.1.5:8786; the result does not depend on it"),
    )  # fmt: skip


def scenario(parser: argparse.ArgumentParser) -> None:
    """The option of another scenario."""
    say = words.say
    parser.add_argument("--scenario", default="base", metavar=say("SCENARIO"),
                        help=say("what the world does meanwhile; `arsim scenario list` tells (default base)"))  # fmt: skip


def days(parser: argparse.ArgumentParser) -> None:
    """The option of more or fewer days."""
    say = words.say
    parser.add_argument(
        "--days", type=int, default=365, metavar=say("NUMBER"), help=say("days to simulate (default {default})", default=365)
    )


def seed(parser: argparse.ArgumentParser, text: str = "") -> None:
    """The option of another seed; `text` says what it is the seed of, where that is more than the luck."""
    text = text or words.say("seed of the luck (default {default})", default=1)
    parser.add_argument("--seed", type=int, default=1, metavar=words.say("NUMBER"), help=text)


def engine(parser: argparse.ArgumentParser) -> None:
    """The option of one engine."""
    parser.add_argument(
        "--engine", choices=ENGINES, default=AUTO,
        help=words.say("which engine runs: both give the same result, the compiled one much sooner (default: it, as soon as it is ready)"),
    )  # fmt: skip


def workers(parser: argparse.ArgumentParser) -> None:
    """The option of so many workers."""
    say = words.say
    parser.add_argument("--workers", type=int, default=0, metavar=say("NUMBER"),
                        help=say("how many at a time; 0 chooses. The result does not depend on it"))  # fmt: skip


def told_engine(engine: str) -> None:
    """Say so where the compiled engine is wished for and not ready yet."""
    from arsim.engine.engines import given_up, warm

    if engine == AUTO and (told := preparing.told(warm(), given_up())):
        print(told, file=sys.stderr)


@contextmanager
def stopped_once():
    """Ctrl-C stops the run, once: some launchers pass it on a second time, which must not spoil the telling of what was finished."""

    def stop(*_):
        again = time.monotonic() + 2
        signal.signal(signal.SIGINT, lambda *_: signal.default_int_handler(signal.SIGINT, None) if time.monotonic() > again else None)
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGINT, stop) if threading.current_thread() is threading.main_thread() else None
    try:
        yield
    finally:
        if before is not None and signal.getsignal(signal.SIGINT) is stop:
            signal.signal(signal.SIGINT, before)


SAY = 30.0  # seconds between two lines where there is no terminal to draw a bar on


class Progress:
    """A bar on the terminal with the time left, gone when done; elsewhere a line now and then, so that a log tells how far it is."""

    def __init__(self, what: str, total: int | None = None):
        self.what, self.total, self.bar, self.there, self.shown = what, total, None, 0, 0
        self.began = self.said = time.monotonic()

    def __enter__(self):
        return self

    def continuing(self, there: int, total: int) -> None:
        """Say that so much was done before; no time is foretold from it."""
        self.there = self.shown = min(there, total)
        said = words.say("Continuing: {done} of {total} {what} are there already.", done=self.there, total=total, what=self.what)
        print(said, file=sys.stderr)
        self.began = self.said = time.monotonic()

    def __call__(self, done: int, total: int) -> None:
        """So much is done."""
        from tqdm import tqdm

        if done <= self.there:
            return
        if self.bar is None:
            self.bar = tqdm(total=total, desc=self.what, initial=self.there, leave=False, disable=None, file=sys.stderr)
        self.bar.update(done - self.shown)
        self.shown = done
        if self.bar.disable:
            self._line(done, total)

    def _line(self, done: int, total: int) -> None:
        now = time.monotonic()
        if now - self.said < SAY or done >= total:
            return
        minutes = (now - self.began) / (done - self.there) * (total - done) / 60
        line = words.say("{what}: {done} of {total}, about {minutes:.0f} minutes left", what=self.what, done=done, total=total,
                         minutes=max(1.0, minutes))  # fmt: skip
        print(line, file=sys.stderr, flush=True)
        self.said = now

    def __exit__(self, *_):
        if self.bar is not None:
            self.bar.close()


def told_stopped(done: int, asked: int, folder: object = None) -> None:
    """Say that a run was stopped before its end, and how to go on if it is kept in a `folder`."""
    print(words.say("Stopped after {done} of {asked} replications; what follows is of these.", done=done, asked=asked), file=sys.stderr)
    told_kept(folder)


def told_kept(folder: object) -> None:
    """Say how to go on, if what was finished is kept in a `folder`."""
    if folder:
        print(words.say("They are kept in {folder}: the same command goes on from there.", folder=folder), file=sys.stderr)
