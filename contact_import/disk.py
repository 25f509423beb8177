"""Files as the state folder wants them: for their owner alone, certain to be on disk, gone when they are to be gone."""

from __future__ import annotations

import contextlib
import os
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from pathlib import Path

NO_LINK = getattr(os, "O_NOFOLLOW", 0)


def create(path: Path) -> int:
    """Return a handle to a new file at *path*, 0600 whatever the umask; what stood there is gone, a link unfollowed."""
    path.unlink(missing_ok=True)
    return os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR | NO_LINK, 0o600)


def sync(path: Path) -> None:
    """Have it on disk what is in the file, or which files are in the folder, at *path*."""
    if os.name == "posix":
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def write(path: Path, content: bytes) -> None:
    """Put a file of *content* at *path*, whole or not at all; OSError where that cannot be done."""
    part = path.with_name(f".{path.name}.part")
    try:
        with os.fdopen(create(part), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    sync(path.parent)


def shred(path: Path) -> None:
    """Remove the file at *path*, its content overwritten first; OSError where that cannot be done.

    What a disk or a file system keeps of older versions by itself (snapshots, worn blocks) is out of reach.
    """
    with os.fdopen(os.open(path, os.O_RDWR | NO_LINK), "r+b") as file:
        overwrite(file)
    path.unlink()
    sync(path.parent)


def overwrite(file: BinaryIO) -> None:
    """Write zeros over all of *file*, and have that on disk."""
    left = os.fstat(file.fileno()).st_size
    file.seek(0)
    while left > 0:
        left -= file.write(bytes(min(left, 1 << 20)))
    file.flush()
    with contextlib.suppress(OSError):
        os.fsync(file.fileno())
