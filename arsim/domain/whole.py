"""A file written whole or not at all."""

import os
from pathlib import Path


def write_whole(path: Path, data: bytes) -> None:
    """Write `data` to `path`; whatever goes wrong, what was there before is still there, and nothing beside it.

    Raises
    ------
    OSError
        It cannot be written.
    """
    beside = path.with_name(f"{path.name}.{os.getpid()}.part")  # of this process: two may write the same file
    try:
        beside.write_bytes(data)
        os.replace(beside, path)
    finally:
        beside.unlink(missing_ok=True)
