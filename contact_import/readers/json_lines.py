"""JSON: an object on each line, or one array of objects. Keys are headers, those within a value behind a dot."""

from __future__ import annotations

import io
import json
import re
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING, Any, BinaryIO

from contact_import.errors import InputProblem
from contact_import.readers import envelopes
from contact_import.readers.encoding import MARKS
from contact_import.readers.structure import MAX_COLUMNS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from contact_import.readers.framing import Block

MAX_OBJECT = 1 << 20
"""Characters of one object."""
MAX_ENVELOPE = 4 * MAX_OBJECT
"""Characters of a file that is one object: it is in memory whole."""
MAX_DEPTH, MAX_NUMBERED = 5, 20
"""Levels that get headers of their own, and objects of a list; what is deeper, or comes after, is one cell of JSON."""
SEPARATOR = " ::: "
"""Between the values of a list, as in the exports of address books."""
NO_TEXT = b"\0\xef\xbb\xbf\xff\xfe \t\r\n"
"""Bytes that may stand before the first character."""
BLANK = "\ufeff \t\r\n"
"""Characters around an object that are none of it."""
PADDING = re.compile(r"[\s,\ufeff]*")
"""What may stand between the objects of an array."""


class _Broken(Exception):
    """An object cannot be read; the text says why, and holds nothing of it."""


@dataclass(frozen=True, slots=True)
class Objects:
    """How a file of JSON objects is read. A row's number is its line's, or in an array its own among the objects."""

    name: str
    encoding: str
    array: bool
    headers: tuple[str, ...] = ()
    inside: str = ""
    """The key of the array, where it stands in an envelope: {"count": 2, "data": [...]}."""

    def blocks(self, file: BinaryIO, size: int) -> Iterator[Block]:
        """Yield the rows of *file*, blank lines among them, *size* at a time."""
        rows = ([cells.get(header, "") for header in self.headers] for cells in self.flat(file))
        number = 1
        while block := list(islice(rows, size)):
            yield number, block
            number += len(block)

    def flat(self, file: BinaryIO) -> Iterator[dict[str, str]]:
        """Yield each object as header → cell, a blank line as nothing. Raises InputProblem at one that is broken."""
        number = 0
        what = "object" if self.array else "line"
        try:
            with _text(file, self.encoding) as text:
                for row in self._objects(text):
                    yield _flat(row)
                    number += 1
        except _Broken as error:
            place = f"{self.name}, {what} {number + 1}"
            raise InputProblem(f"{place}: {error}; correct it, or export one object on each line") from None
        except UnicodeError as error:
            raise InputProblem(
                f"{self.name} is not {self.encoding} after {what} {number}; name its encoding with --encoding"
            ) from error
        except LookupError as error:
            raise InputProblem(
                f"{self.name}: --encoding names no text encoding; use for example utf-8, cp1252 or utf-16"
            ) from error

    def _objects(self, text: io.TextIOWrapper) -> Iterator[dict[str, Any]]:
        if self.inside:
            return iter(_object(text.read().lstrip(BLANK), 0)[0][self.inside])
        return _elements(text) if self.array else _lines(text)


def detect(file: BinaryIO, name: str, forced: str | None) -> Objects:
    """Go through *file*; return how its rows are read, with the headers in the order of their appearance.

    Raises InputProblem, saying which line and what to do.
    """
    file.seek(0)
    head = file.read(4096)
    objects = Objects(name, forced or _codec(head), head.translate(None, NO_TEXT).startswith(b"["))
    if not objects.array and (inside := _inside(file, objects)):
        objects = replace(objects, array=True, inside=inside)
    headers: dict[str, None] = {}
    for cells in objects.flat(file):
        if not cells.keys() <= headers.keys():
            headers.update(dict.fromkeys(cells))
        if len(headers) > MAX_COLUMNS:
            raise InputProblem(f"{name} has more than {MAX_COLUMNS:,} columns; export only the contact's own columns")
    if not headers:
        raise InputProblem(f"{name} holds no object with anything in it; export it again")
    return replace(objects, headers=tuple(headers))


def _inside(file: BinaryIO, objects: Objects) -> str:
    """Return the key of the list of contacts in the one object that *file* is; "" where it is none.

    Raises InputProblem where the contacts cannot be reached.
    """
    try:
        with _text(file, objects.encoding) as text:
            read = text.read(MAX_ENVELOPE).lstrip(BLANK)
            row, end = _object(read, 0)
            return envelopes.inside(row, alone=not (read[end:].strip(BLANK) or text.read(1)))
    except envelopes.Buried as buried:
        raise InputProblem(f"{objects.name}: the contacts are {buried}; export them as one array of objects") from None
    except (_Broken, UnicodeError, LookupError):
        return ""  # it is told with its place when the rows are read


def _codec(head: bytes) -> str:
    """Return the encoding by the mark, or by the first character: it is ASCII (RFC 4627, section 3)."""
    marked = next((codec for mark, codec in MARKS if head.startswith(mark)), None)
    if marked or 0 not in head[:2]:
        return marked or "utf-8"
    return "utf-16-be" if head[0] == 0 else "utf-16-le"


@contextmanager
def _text(file: BinaryIO, codec: str) -> Iterator[io.TextIOWrapper]:
    file.seek(0)
    text = io.TextIOWrapper(file, encoding=codec, errors="strict")
    try:
        yield text
    finally:
        text.detach()


def _lines(text: io.TextIOWrapper) -> Iterator[dict[str, Any]]:
    while line := text.readline(MAX_OBJECT):
        if line := line.strip(BLANK):
            row, end = _object(line, 0)
            if end != len(line):
                raise _Broken("something follows the object")
            yield row
        else:
            yield {}


def _elements(text: io.TextIOWrapper) -> Iterator[dict[str, Any]]:
    """Yield the objects of an array, of which no more than a few megabytes are in memory."""
    read = text.read(4 * MAX_OBJECT)
    buffer, place = read, read.index("[") + 1
    while True:
        if read and len(buffer) - place < MAX_OBJECT:
            read = text.read(4 * MAX_OBJECT)
            buffer, place = buffer[place:] + read, 0
        padding = PADDING.match(buffer, place)
        place = padding.end() if padding else place
        if place == len(buffer):
            if read:
                continue
            raise _Broken("the array is not closed")
        if buffer[place] == "]":
            if (buffer[place + 1 :] + text.read(MAX_OBJECT)).strip():
                raise _Broken("something follows the array")
            return
        row, place = _object(buffer, place)
        yield row


def _object(text: str, place: int) -> tuple[dict[str, Any], int]:
    """Return the object at *place* of *text*, numbers as they are written, and where it ends."""
    try:
        row, end = DECODER.raw_decode(text, place)
    except json.JSONDecodeError as error:
        if len(text) - place >= MAX_OBJECT:
            raise _Broken("it is longer than 1 MB, or no JSON object") from error
        raise _Broken(f"it is no JSON object ({error.msg.lower()}, character {error.pos - place + 1})") from error
    except RecursionError as error:
        raise _Broken("it is nested too deeply") from error
    if not isinstance(row, dict):
        raise _Broken("it is JSON, but no object")
    return row, end


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise _Broken("it has a key twice")
    return found


DECODER = json.JSONDecoder(object_pairs_hook=_unique, parse_float=str, parse_int=str, parse_constant=str, strict=False)


def _flat(row: dict[str, Any]) -> dict[str, str]:
    cells: dict[str, str] = {}
    for key, value in row.items():
        _put(cells, key, value, MAX_DEPTH - 1)
    return cells


def _put(cells: dict[str, str], path: str, value: Any, depth: int) -> None:
    """Write *value* to the column *path*, or to columns whose names begin so, *depth* levels down at most."""
    if isinstance(value, dict) and value and depth:
        for key, inner in value.items():
            _put(cells, f"{path}.{key}", inner, depth - 1)
        return
    if isinstance(value, list) and depth and any(isinstance(item, dict) for item in value):
        for number, item in enumerate(value[:MAX_NUMBERED], 1):
            _put(cells, f"{path}.{number}", item, depth - 1)
        if len(value) > MAX_NUMBERED:
            _put(cells, f"{path}.more", value[MAX_NUMBERED:], 0)
        return
    if path in cells:
        raise _Broken("two of its keys name the same column")
    cells[path] = _word(value)


def _word(value: Any) -> str:
    if isinstance(value, str):
        return value
    if value is None or value == {}:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, list) and not any(isinstance(item, (dict, list)) for item in value):
        return SEPARATOR.join(map(_word, value))
    return json.dumps(value, ensure_ascii=False)
