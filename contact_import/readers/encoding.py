"""From bytes to text: which encoding a file is in, decided over the whole of it and never by replacing."""

from __future__ import annotations

import codecs
import io
import re
from typing import TYPE_CHECKING, BinaryIO

from contact_import.errors import InputProblem
from contact_import.readers import languages
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
ESCAPE = b"\x1b$"
"""How Japanese e-mail programs change to characters of two bytes, each in the range of ASCII."""
ASCII = frozenset(b"\t\r\n" + bytes(range(32, 127)))
LATIN = re.compile(rb"[\xc3-\xc5][\x80-\xbf]")
"""A letter with an accent in UTF-8."""
MULTIBYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
"""A character beyond ASCII in UTF-8; in other encodings these bytes hardly follow each other."""
MIXED = ((LATIN, 10), (MULTIBYTE, 2))
"""Characters, and in how many lines one may be of these alone by chance: a short name in a Chinese encoding."""


def detect(file: BinaryIO, name: str, forced: str | None = None, longest: int = CHUNK) -> str:
    """Return the codec that fits every byte of *file*; *forced* is the user's word, and only checked.

    *longest* is the limit of a line, in bytes.
    """
    file.seek(0)
    head = file.read(4096)
    _refuse_endless_line(file, name, longest)
    marked = next((codec for mark, codec in MARKS if head.startswith(mark)), None)
    if forced is not None:
        return _fitting(file, name, _canonical(forced, marked, name), "--encoding names another")
    if promised := marked or _utf16_pattern(head):
        return _fitting(file, name, promised, "its first bytes promise")
    _refuse_binary(head, name)
    for codec in ("iso2022_jp", "utf-8") if ESCAPE in head else ("utf-8",):
        if misfit(file, codec) is None:
            return codec
    sample = _foreign_lines(file)
    if _is_partly_utf8(sample):
        return _fitting(file, name, "utf-8", "other lines are")
    # Some of the encodings have a character for every byte.
    return next(codec for codec in _likely(sample) if misfit(file, codec) is None)


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
    """Tell UTF-16 without a mark by its ASCII characters, which every list has: the other half of each is NUL."""
    pairs = list(zip(head[::2], head[1::2], strict=False))
    little = sum(high == 0 and low in ASCII for low, high in pairs)
    big = sum(high == 0 and low in ASCII for high, low in pairs)
    # One NUL is a stray one, for no list has one ASCII character; two at the beginning are of no character at all.
    few = max(little, big) < max(2, len(pairs) / 10)
    if few or min(little, big) * 4 > max(little, big) or head.startswith(b"\0\0"):
        return None
    return "utf-16-le" if little > big else "utf-16-be"


def _refuse_binary(head: bytes, name: str) -> None:
    if head.startswith(b"\0"):
        raise InputProblem(
            f"{name} is not text: its first byte is NUL, as in binary files; export the contacts again as CSV or .xlsx"
        )
    strange = sum(head.count(code) for code in range(32) if code not in b"\t\n\v\f\r\x1a\x1b")
    if strange * 10 > len(head):
        raise InputProblem(f"{name} is not text; export the contacts as CSV or .xlsx")


def _refuse_endless_line(file: BinaryIO, name: str, longest: int) -> None:
    """Refuse a file that would have to be in memory whole, because its lines do not end."""
    open_line = 0
    for chunk in _chunks(file):
        ends = max(chunk.rfind(b"\n"), chunk.rfind(b"\r"))
        open_line = open_line + len(chunk) if ends < 0 else len(chunk) - ends - 1
        if open_line >= longest:
            raise InputProblem(
                f"{name} has a line of more than {longest >> 20} MB: it is not a contact list; export it again"
            )


def _foreign_lines(file: BinaryIO, enough: int = 8_192) -> bytes:
    """Return lines that are not plain ASCII, from anywhere in the file: only they can tell."""
    found, rest = b"", b""
    for chunk in _chunks(file):
        lines = (rest + chunk).splitlines(keepends=True)
        rest = lines.pop() if chunk and lines else b""
        found += b"".join(line for line in lines if not line.isascii())
        if len(found) > enough:
            break
    return found[:enough]


def _is_partly_utf8(sample: bytes) -> bool:
    """Tell whether so many of the lines are UTF-8 from end to end that two encodings are mixed."""
    lines = sample.splitlines()
    return any(
        sum(character.sub(b"", line).isascii() for line in lines) * chance > len(lines) for character, chance in MIXED
    )


def _likely(sample: bytes) -> list[str]:
    """Return the codecs that fit *sample*, the likeliest first."""
    ranks = {}
    for codec in languages.CODECS:
        # The sample may end within a character; whether all fits is asked of the whole file.
        try:
            text = codecs.getincrementaldecoder(codec)().decode(sample)
        except UnicodeError:
            continue
        ranks[codec] = languages.strangeness(text, codec)
    return sorted(ranks, key=ranks.__getitem__)


def _chunks(file: BinaryIO) -> Iterator[bytes]:
    """Yield the bytes of *file* from its start, and an empty chunk at the end."""
    file.seek(0)
    while chunk := file.read(CHUNK):
        yield chunk
    yield b""
