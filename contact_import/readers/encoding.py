"""From bytes to text: which encoding a file is in, decided over the whole of it and never by replacing."""

from __future__ import annotations

import codecs
import io
import re
import unicodedata
from typing import TYPE_CHECKING, BinaryIO

from contact_import.errors import InputProblem
from contact_import.readers.source import CHUNK

if TYPE_CHECKING:
    from collections.abc import Iterator

MARKS = (
    # UTF-32 first: its little-endian mark begins with that of UTF-16.
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
"""Byte order marks, and the codec that takes each off."""

SHORTLIST = ("cp1252", "cp1254", "cp1250", "cp1256", "cp1251", "mac_roman", "cp850", "cp932", "gb18030")
"""Legacy encodings of contact lists, the likeliest first; left to choose among all, the detector errs more."""

FOREIGN = re.compile(r"(.?)([^\0-\x7f])(?=(.?))", re.DOTALL)
"""A character beyond ASCII, with its neighbours."""
EAST = {"CJK", "HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA"}
QUOTES = "’‘“”„«»…"
ICELANDIC = "ðþÐÞ"
"""Letters that stand where Turkish ones do in another encoding, and are far rarer."""


def detect(file: BinaryIO, name: str, forced: str | None = None) -> str:
    """Return the codec that fits every byte of *file*; *forced* is the user's word, and only checked."""
    file.seek(0)
    head = file.read(4096)
    _refuse_endless_line(file, name)
    marked = next((codec for mark, codec in MARKS if head.startswith(mark)), None)
    if forced is not None:
        return _fitting(file, name, _canonical(forced, marked, name), "--encoding names another")
    if marked:
        return _fitting(file, name, marked, "its first bytes promise")
    wide = _utf16_pattern(head)
    if wide and misfit(file, wide) is None:
        return wide
    _refuse_binary(head, name)
    if misfit(file, "utf-8") is None:
        return "utf-8"
    for codec in _likely(_foreign_lines(file)):
        if misfit(file, codec) is None:
            return codec
    return _fitting(file, name, "cp1252", "nothing else fits")


def misfit(file: BinaryIO, codec: str) -> int | None:
    """Return the offset of the first byte of *file* that is not in *codec*, or None."""
    # The decoder of utf-8-sig counts from behind its mark in the first chunk.
    decoder = codecs.getincrementaldecoder("utf-8" if codec == "utf-8-sig" else codec)()
    offset = 0
    for chunk in _chunks(file):
        waiting = len(decoder.getstate()[0])
        try:
            decoder.decode(chunk, not chunk)
        except UnicodeError as error:
            return offset - waiting + getattr(error, "start", 0)
        offset += len(chunk)
    return None


def _fitting(file: BinaryIO, name: str, codec: str, why: str) -> str:
    offset = misfit(file, codec)
    if offset is None:
        return codec
    raise InputProblem(
        f"{name}, line {_line(file, codec, offset)}: the byte at offset {offset:,} is not {codec} "
        f"({why}); save the file as UTF-8, or name its encoding with --encoding"
    )


def _line(file: BinaryIO, codec: str, offset: int) -> int:
    lines = io.IncrementalNewlineDecoder(codecs.getincrementaldecoder(codec)(), translate=True)
    file.seek(0)
    count = 1
    while offset > 0 and (chunk := file.read(min(CHUNK, offset))):
        offset -= len(chunk)
        count += lines.decode(chunk).count("\n")
    return count


def _canonical(forced: str, marked: str | None, name: str) -> str:
    """Return the codec for the user's *forced*, or the one that also takes off the mark the file has."""
    try:
        codec = codecs.lookup(forced).name
        "".encode(codec)  # codecs that are not about text, such as rot13, are refused here
    except (LookupError, ValueError) as error:
        raise InputProblem(
            f"{name}: --encoding names no text encoding; use for example utf-8, cp1252 or utf-16"
        ) from error
    if marked and codec.startswith(marked.removesuffix("-sig")):
        return marked
    # Python wants a mark for these two; without one, nearly every file is little-endian.
    return f"{codec}-le" if codec in {"utf-16", "utf-32"} else codec


def _utf16_pattern(head: bytes) -> str | None:
    """Tell UTF-16 without a mark by its NUL bytes, all of them on one side of the pairs."""
    pairs = len(head) // 2
    first, second = head[0 : 2 * pairs : 2].count(0), head[1 : 2 * pairs : 2].count(0)
    if second * 10 > pairs and first * 20 < second:
        return "utf-16-le"
    if first * 10 > pairs and second * 20 < first:
        return "utf-16-be"
    return None


def _refuse_binary(head: bytes, name: str) -> None:
    strange = sum(head.count(code) for code in range(32) if code not in b"\t\n\v\f\r\x1a\x1b")
    if strange * 10 > len(head):
        raise InputProblem(f"{name} is not text; export the contacts as CSV or .xlsx")


def _refuse_endless_line(file: BinaryIO, name: str) -> None:
    """Refuse a file that would have to be in memory whole, because its lines do not end."""
    for chunk in _chunks(file):
        if len(chunk) == CHUNK and b"\n" not in chunk and b"\r" not in chunk:
            raise InputProblem(f"{name} has a line of more than 1 MB: it is not a contact list; export it again")


def _foreign_lines(file: BinaryIO, enough: int = 32_768) -> bytes:
    """Return lines that are not plain ASCII, from anywhere in the file: only they can tell."""
    file.seek(0)
    lines, size = [], 0
    for line in file:
        if not line.isascii():
            lines.append(line)
            size += len(line)
            if size > enough:
                break
    return b"".join(lines)


def _likely(sample: bytes) -> list[str]:
    """Return the codecs of the shortlist that may be right, the best first."""
    from charset_normalizer import from_bytes  # noqa: PLC0415 - most files never need it

    ranks: dict[str, tuple[float, float]] = {}
    for match in from_bytes(sample, cp_isolation=list(SHORTLIST), enable_fallback=False):
        for codec in match.could_be_from_charset:
            ranks[codec] = (round(match.chaos, 1), -round(match.coherence, 1))
    # On short samples the detector's own order is chance: `ñ` is `ń` to it. Words that look wrong tell more.
    known = [codec for codec in SHORTLIST if codec in ranks]
    return sorted(known, key=lambda codec: (_oddities(sample.decode(codec, "ignore")), *ranks[codec]))


def _oddities(text: str) -> int:
    """Count what correct text hardly holds, and text read in a wrong encoding does."""
    return sum(_is_odd(*found) for found in FOREIGN.findall(text))


def _is_odd(before: str, char: str, after: str) -> bool:
    """Tell a sign in a word (`J¸rgen`), a capital in it (`JÅrgen`), and two scripts in one (`JЃrgen`)."""
    if not char.isalpha():
        within = before.isalpha() and after.isalpha() and char != "’"
        beside = (before.isalpha() or after.isalpha()) and char not in QUOTES and unicodedata.category(char)[0] in "SPC"
        return within or beside
    mixed = any(side.isalpha() and _script(side) != _script(char) for side in (before, after))
    return mixed or char in ICELANDIC or (before.islower() and char.isupper())


def _script(char: str) -> str:
    name = unicodedata.name(char, "?").split()[0]
    return "CJK" if name in EAST else name


def _chunks(file: BinaryIO) -> Iterator[bytes]:
    """Yield the bytes of *file* from its start, and an empty chunk at the end."""
    file.seek(0)
    while chunk := file.read(CHUNK):
        yield chunk
    yield b""
