"""Archives of one contact list: gzip and zip, unpacked into a file that has no name and is gone with the run."""

from __future__ import annotations

import tempfile
import zipfile
import zlib
from typing import TYPE_CHECKING, BinaryIO

from contact_import.errors import InputProblem
from contact_import.readers import limits, package
from contact_import.readers.source import CHUNK
from contact_import.readers.spool import room_for

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

LARGEST = 2 << 30
"""Bytes, unpacked."""
MAX_RATIO, SMALL = 200, 4 << 20
"""How many times smaller than itself a list may be packed; one of up to SMALL bytes may be any."""
BITE = 16 << 10
"""Bytes of a gzip file that are unpacked at a time."""
MOST_PARTS = 100_000
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
        return _unpacked(_gunzipped(file), name, limits.size(file))
    except (EOFError, zlib.error) as error:
        raise InputProblem(f"{name} is a damaged gzip file; pack it or fetch it again") from error


def unpack_zip(file: BinaryIO, name: str) -> tuple[str, BinaryIO]:
    """Return the name of the one list that is in the archive *file*, and it as a file to be closed."""
    with package.opened(file, f"{name} is a damaged zip file; pack it or fetch it again") as archive:
        member = _only_member(archive, name)
        if member.flag_bits & ENCRYPTED:
            raise InputProblem(f"{name} has a password; unpack it first")
        if member.compress_type not in package.PACKINGS:
            raise InputProblem(f"{name} is packed in an unusual way; unpack it first")
        return _shown(member), _unpacked(package.chunks(archive, member), name, member.compress_size)


def _only_member(archive: zipfile.ZipFile, name: str) -> zipfile.ZipInfo:
    members = [member for member in archive.infolist() if not _is_litter(member)]
    if len(members) == 1:
        return members[0]
    if not members:
        raise InputProblem(f"{name} is a zip file with nothing in it; pack it again")
    names = map(_shown, members[:MOST_NAMED])
    more = f" and {len(members) - MOST_NAMED} more" if len(members) > MOST_NAMED else ""
    raise InputProblem(f"{name} holds several files; unpack it, and name those to read: {', '.join(names)}{more}")


def _shown(member: zipfile.ZipInfo) -> str:
    return "".join(char if char.isprintable() else "?" for char in member.filename)


def _is_litter(member: zipfile.ZipInfo) -> bool:
    last = member.filename.rsplit("/", 1)[-1]
    folder = member.filename.startswith(FOLDER_OF_LITTER)
    return member.is_dir() or folder or last.startswith("._") or last.casefold() in LITTER


def _gunzipped(file: BinaryIO) -> Iterator[bytes]:
    """Yield what is in *file*, which may be several gzip files one after another, with zeros behind the last.

    Python's gzip module would read a file name in the head byte by byte, be it a gigabyte.
    """
    data = file.read(BITE)
    for _ in range(MOST_PARTS):
        unpack = zlib.decompressobj(zlib.MAX_WBITS | 16)
        while not unpack.eof:
            if not data:
                raise EOFError
            yield unpack.decompress(data, CHUNK)
            data = unpack.unconsumed_tail or unpack.unused_data or file.read(BITE)
        while data and not (data := data.lstrip(b"\0")):
            data = file.read(BITE)
        if not data:
            return
    raise zlib.error("more parts than anything packs")


def _unpacked(parts: Iterable[bytes], name: str, size: int) -> BinaryIO:
    """Return a file of *parts*; *size* is what they were before they were unpacked."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 - it lives as long as the table does
    try:
        for part in _bounded(parts, name, size):
            with room_for(name):
                file.write(part)
                file.flush()
    except BaseException:
        file.close()
        raise
    return file


def _bounded(parts: Iterable[bytes], name: str, size: int) -> Iterator[bytes]:
    done = 0
    for part in parts:
        done += len(part)
        if done > LARGEST or (done > SMALL and done > MAX_RATIO * size):
            raise InputProblem(f"{name} grows to more than {done >> 20} MB when it is unpacked: it is no contact list")
        yield part
    if not done:
        raise InputProblem(f"{name} has an empty file in it; export it again")
