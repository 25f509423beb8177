"""Files as the state folder wants them: for their owner alone, certain to be on disk, gone when they are to be gone."""

from __future__ import annotations

import contextlib
import glob
import os
import secrets
from typing import IO, TYPE_CHECKING, Any, BinaryIO

try:
    import fcntl
except ImportError:  # Windows, where nobody removes a file that is open
    fcntl = None  # type: ignore[assignment]

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NO_LINK = getattr(os, "O_NOFOLLOW", 0)
NO_WAIT = getattr(os, "O_NONBLOCK", 0)
MOVES_OPEN_FILES = os.name == "posix"
"""Also removes them."""


def create(path: Path) -> int:
    """Return a handle to a new file at *path*, 0600 whatever the umask; what stood there is gone, a link unfollowed."""
    path.unlink(missing_ok=True)
    return os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR | NO_LINK, 0o600)


def begin(path: Path) -> tuple[Path, int]:
    """Return the name of a new file that is to become *path*, and a handle to it, 0600: no other process has that name.

    It is locked while it is open, so that `sweep` can tell what a killed process left from what is being written.
    """
    while True:
        part = part_of(path, secrets.token_hex(4))
        handle = create(part)
        with contextlib.suppress(OSError):  # a disk without locks: nothing is swept there either
            _lock(handle)
        with contextlib.suppress(FileNotFoundError):
            if part.stat().st_ino == os.fstat(handle).st_ino:
                return part, handle
        os.close(handle)  # it was swept before it was locked


def part_of(path: Path, mark: str) -> Path:
    """Return what the file that is to become *path* is called, with a *mark* of eight characters that is its own."""
    return path.with_name(f".{path.name}.{mark}.part")


def sweep(path: Path) -> None:
    """Remove what processes that were killed left of new files that were to become *path*, overwritten first."""
    for part in path.parent.glob(part_of(path.with_name(glob.escape(path.name)), "?" * 8).name):
        with contextlib.suppress(OSError):  # it is being written, a link, or somebody else's
            with os.fdopen(os.open(part, os.O_RDWR | NO_LINK | NO_WAIT), "r+b") as file:
                _lock(file.fileno())
                if MOVES_OPEN_FILES:  # where that cannot be done, this fails for a file that is being written
                    part.unlink()
                if os.fstat(file.fileno()).st_nlink == 0:  # under another name it may be anybody's
                    overwrite(file)
            part.unlink(missing_ok=True)


def _lock(handle: int) -> None:
    """Lock the open file until it is closed; OSError where another process has it, or the disk knows no locks."""
    if fcntl:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


@contextlib.contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Let no other process that asks the same look for a name in *folder*, or take one, until the block ends."""
    if not fcntl:
        yield
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        with contextlib.suppress(OSError):  # a disk without locks
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


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
    sweep(path)
    part, handle = begin(path)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            put(file, part, path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def put(file: IO[Any], part: Path, path: Path) -> None:
    """Put *file*, which is called *part*, in its place at *path*, and close it; locked until it is there."""
    file.flush()
    os.fsync(file.fileno())
    if not MOVES_OPEN_FILES:
        file.close()
    part.replace(path)
    file.close()
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
