"""JSON objects: one on each line, one after another, or in an array. Keys are headers, with a dot for those within."""

from __future__ import annotations

import io
import json
import re
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING, Any, BinaryIO, Literal, TypeVar

from contact_import.errors import InputProblem
from contact_import.readers import envelopes
from contact_import.readers.beginnings import beginning
from contact_import.readers.encoding import MARKS
from contact_import.readers.structure import MAX_COLUMNS

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator

    from contact_import.readers.framing import Block

MAX_OBJECT = 1 << 20
"""Characters of one object."""
MAX_ENVELOPE = 4 * MAX_OBJECT
"""Characters of a file that is one object: it is in memory whole."""
MAX_DEPTH, MAX_NUMBERED = 5, 20
"""Levels that get headers of their own, and objects of a list; what is deeper, or comes after, is one cell of JSON."""
SEPARATOR = " ::: "
"""Between the values of a list, as in the exports of address books."""
BLANK = "\ufeff \t\r\n"
"""Characters around an object that are none of it."""
PADDING = re.compile(r"[\s,\ufeff]*")
"""What may stand between the objects of an array."""


Row = TypeVar("Row")


class Broken(Exception):
    """An object cannot be read; the text says why, and holds nothing of it."""


@dataclass(frozen=True, slots=True)
class Objects:
    """How a file of JSON objects is read. A row's number is its line's, or else its own among the objects."""

    name: str
    encoding: str
    form: Literal["lines", "array", "apart", "inside"]
    """One on each line; in an array; one after another, as where each has several lines; in an array in an envelope."""
    headers: tuple[str, ...] = ()
    inside: envelopes.Path = ()
    """The keys that lead to the array, where it stands in an envelope: {"count": 2, "data": [...]}."""

    def blocks(self, file: BinaryIO, size: int) -> Generator[Block]:
        """Yield the rows of *file*, blank lines among them, *size* at a time."""
        rows = ([cells.get(header, "") for header in self.headers] for cells in self.flat(file))
        number = 1
        while block := list(islice(rows, size)):
            yield number, block
            number += len(block)

    def flat(self, file: BinaryIO) -> Iterator[dict[str, str]]:
        """Yield each object as header → cell, a blank line as nothing. Raises InputProblem at one that is broken."""
        what = "line" if self.form == "lines" else "object"
        return read(file, self.name, self.encoding, what, lambda text: map(_flat, self._objects(text)))

    def _objects(self, text: io.TextIOWrapper) -> Iterator[dict[str, Any]]:
        if self.inside:
            return iter(envelopes.at(_object(text.read().lstrip(BLANK), 0)[0], self.inside))
        if self.form == "lines":
            return _lines(text)
        return elements(text, _object, array=self.form == "array")


def read(
    file: BinaryIO, name: str, codec: str, what: str, rows: Callable[[io.TextIOWrapper], Iterator[Row]]
) -> Iterator[Row]:
    """Yield the *rows* of the text of *file*; a broken one is told by its number, as *what* it is.

    Raises InputProblem.
    """
    number = 0
    try:
        with _text(file, codec) as text:
            for row in rows(text):
                yield row
                number += 1
    except Broken as error:
        place = f"{name}, {what} {number + 1}"
        raise InputProblem(f"{place}: {error}; correct it, or export one object on each line") from None
    except UnicodeError as error:
        raise InputProblem(f"{name} is not {codec} after {what} {number}; name its encoding with --encoding") from error
    except LookupError as error:
        raise InputProblem(
            f"{name}: --encoding names no text encoding; use for example utf-8, cp1252 or utf-16"
        ) from error


def detect(file: BinaryIO, name: str, forced: str | None) -> Objects:
    """Go through *file*; return how its rows are read, with the headers in the order of their appearance.

    Raises InputProblem, saying which line and what to do.
    """
    head = beginning(file)
    objects = Objects(name, forced or codec(head.raw), "array" if head.text.startswith(b"[") else "lines")
    if objects.form == "lines":
        if inside := _inside(file, objects):
            objects = replace(objects, form="inside", inside=inside)
        elif _are_apart(file, objects):
            objects = replace(objects, form="apart")
    headers: dict[str, None] = {}
    for cells in objects.flat(file):
        if not cells.keys() <= headers.keys():
            headers.update(dict.fromkeys(cells))
        if len(headers) > MAX_COLUMNS:
            raise InputProblem(f"{name} has more than {MAX_COLUMNS:,} columns; export only the contact's own columns")
    if not headers:
        raise InputProblem(f"{name} holds no object with anything in it; export it again")
    return replace(objects, headers=tuple(headers))


def _inside(file: BinaryIO, objects: Objects) -> envelopes.Path:
    """Return the keys that lead to the list of contacts in the one object that *file* is; none where it is none.

    Raises InputProblem where the contacts cannot be reached.
    """
    try:
        with _text(file, objects.encoding) as text:
            read = text.read(MAX_ENVELOPE).lstrip(BLANK)
            row, end = _object(read, 0)
            return envelopes.inside(row, alone=not (read[end:].strip(BLANK) or text.read(1)))
    except envelopes.Buried as buried:
        raise InputProblem(f"{objects.name}: the contacts are {buried}; export them as one array of objects") from None
    except (Broken, UnicodeError, LookupError):
        return ()  # it is told with its place when the rows are read


def _are_apart(file: BinaryIO, objects: Objects) -> bool:
    """Tell whether the first object of *file* does not have a line for itself: it has several, or shares one."""
    try:
        with _text(file, objects.encoding) as text:
            read = text.read(MAX_OBJECT).lstrip(BLANK)
            end = _object(read, 0)[1]
    except (Broken, UnicodeError, LookupError):
        return False
    return "\n" in read[:end] or bool(read[end:].partition("\n")[0].strip(BLANK))


def codec(head: bytes) -> str:
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
                raise Broken("something follows the object")
            yield row
        else:
            yield {}


def elements(
    text: io.TextIOWrapper, decode: Callable[[str, int], tuple[Row, int]], *, array: bool = True
) -> Iterator[Row]:
    """Yield the elements of an *array*, or what stands one after another, of which a few megabytes are in memory."""
    read = text.read(4 * MAX_OBJECT)
    buffer, place = read, read.index("[") + 1 if array else 0
    while True:
        if read and len(buffer) - place < MAX_OBJECT:
            read = text.read(4 * MAX_OBJECT)
            buffer, place = buffer[place:] + read, 0
        padding = PADDING.match(buffer, place)
        place = padding.end() if padding else place
        if place == len(buffer):
            if read:
                continue
            if array:
                raise Broken("the array is not closed")
            return
        if array and buffer[place] == "]":
            if (buffer[place + 1 :] + text.read(MAX_OBJECT)).strip():
                raise Broken("something follows the array")
            return
        row, place = decode(buffer, place)
        yield row


def _object(text: str, place: int) -> tuple[dict[str, Any], int]:
    """Return the object at *place* of *text*, numbers as they are written, and where it ends."""
    row, end = value(text, place, "object")
    if not isinstance(row, dict):
        raise Broken("it is JSON, but no object")
    return row, end


def value(text: str, place: int, what: str) -> tuple[Any, int]:
    """Return the JSON value at *place* of *text*, which should be *what*, and where it ends."""
    try:
        return DECODER.raw_decode(text, place)
    except json.JSONDecodeError as error:
        if len(text) - place >= MAX_OBJECT:
            raise Broken(f"it is longer than 1 MB, or no JSON {what}") from error
        raise Broken(f"it is no JSON {what} ({error.msg.lower()}, character {error.pos - place + 1})") from error
    except RecursionError as error:
        raise Broken("it is nested too deeply") from error


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise Broken("it has a key twice")
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
        raise Broken("two of its keys name the same column")
    cells[path] = word(value)


def word(value: Any) -> str:
    """Return *value* as the text of a cell; a list of simple values is all of them, apart."""
    if isinstance(value, str):
        return value
    if value is None or value == {}:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, list) and not any(isinstance(item, (dict, list)) for item in value):
        return SEPARATOR.join(map(word, value))
    return json.dumps(value, ensure_ascii=False)
