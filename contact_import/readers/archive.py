"""Archives of one contact list: gzip and zip, unpacked into a file that has no name and is gone with the run."""

from __future__ import annotations

import gzip
import tempfile
import zipfile
import zlib
from typing import IO, TYPE_CHECKING, BinaryIO

from contact_import.errors import InputProblem
from contact_import.readers import limits, package
from contact_import.readers.source import CHUNK
from contact_import.readers.spool import room_for

if TYPE_CHECKING:
    from collections.abc import Iterator


LARGEST = 2 << 30
"""Bytes, unpacked."""
MAX_RATIO, SMALL = 200, 4 << 20
"""How many times smaller than itself a list may be packed; one of up to SMALL bytes may be any."""
MOST_NAMED = 10

LITTER = {".ds_store", "thumbs.db", "desktop.ini"}
"""Files that operating systems leave in folders."""
FOLDER_OF_LITTER = "__MACOSX/"
ENCRYPTED = 1
"""The flag of a member with a password."""


def unpack_gzip(file: BinaryIO, name: str) -> BinaryIO:
    """Return what is packed in *file*, as a file to be closed."""
    file.seek(0)
    try:
        with gzip.GzipFile(fileobj=file) as packed:
            return _unpacked(packed, name, limits.size(file))
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise InputProblem(f"{name} is a damaged gzip file; pack it or fetch it again") from error


def unpack_zip(file: BinaryIO, name: str) -> tuple[str, BinaryIO]:
    """Return the name of the one list that is in the archive *file*, and it as a file to be closed."""
    with package.opened(file, f"{name} is a damaged zip file; pack it or fetch it again") as archive:
        member = _only_member(archive, name)
        title = "".join(char if char.isprintable() else "?" for char in member.filename)
        if member.flag_bits & ENCRYPTED:
            raise InputProblem(f"{name} has a password; unpack it first")
        if member.compress_type not in package.PACKINGS:
            raise InputProblem(f"{name} is packed in an unusual way; unpack it first")
        with archive.open(member) as packed:
            return title, _unpacked(packed, name, member.compress_size)


def _only_member(archive: zipfile.ZipFile, name: str) -> zipfile.ZipInfo:
    members = [member for member in archive.infolist() if not _is_litter(member)]
    if len(members) == 1:
        return members[0]
    if not members:
        raise InputProblem(f"{name} is a zip file with nothing in it; pack it again")
    names = [member.filename for member in members[:MOST_NAMED]]
    more = f" and {len(members) - MOST_NAMED} more" if len(members) > MOST_NAMED else ""
    raise InputProblem(f"{name} holds several files; unpack it, and name those to read: {', '.join(names)}{more}")


def _is_litter(member: zipfile.ZipInfo) -> bool:
    last = member.filename.rsplit("/", 1)[-1]
    folder = member.filename.startswith(FOLDER_OF_LITTER)
    return member.is_dir() or folder or last.startswith("._") or last.casefold() in LITTER


def _unpacked(packed: gzip.GzipFile | IO[bytes], name: str, size: int) -> BinaryIO:
    """Return what *packed* holds; *size* is its length before it is unpacked."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 - it lives as long as the table does
    try:
        for chunk in _bounded(packed, name, size):
            with room_for(name):
                file.write(chunk)
                file.flush()
    except BaseException:
        file.close()
        raise
    return file


def _bounded(packed: gzip.GzipFile | IO[bytes], name: str, size: int) -> Iterator[bytes]:
    done = 0
    while chunk := packed.read(CHUNK):
        done += len(chunk)
        if done > LARGEST or (done > SMALL and done > MAX_RATIO * size):
            raise InputProblem(f"{name} grows to more than {done >> 20} MB when it is unpacked: it is no contact list")
        yield chunk
    if not done:
        raise InputProblem(f"{name} has an empty file in it; export it again")
