"""A lock on an open file, held by one program at a time; the system gives it back when the program ends, however it ends."""

import os
from contextlib import suppress

FAR = 1 << 40  # a byte that no file reaches: Windows lets nobody else read what is locked


def hold(file: int) -> bool:
    """Lock the open `file`, and whether that succeeded; it holds until the file is closed.

    On a network folder that knows no locks nothing is locked: two programs would then do the same work twice, and spoil nothing.
    """
    try:
        import fcntl
    except ImportError:
        return _on_windows(file)
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        pass
    return True


def _on_windows(file: int) -> bool:
    import msvcrt

    os.lseek(file, FAR, os.SEEK_SET)
    try:
        msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
    except OSError:
        return False
    finally:
        with suppress(OSError):
            os.lseek(file, 0, os.SEEK_SET)
    return True
