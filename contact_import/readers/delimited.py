"""CSV and every other delimited text: the delimiter, and the records exactly as they stand."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, BinaryIO

from contact_import.errors import InputProblem

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator, Sequence

    from contact_import.readers.framing import Block

DELIMITERS = ",;\t|"
MAX_CELL = 65_536
"""Characters in one cell; a quote that is never closed would otherwise swallow the file."""
SAMPLE_LINES, SAMPLE_CHARS = 400, 400_000

SEP_LINE = re.compile(r'"?sep=([^"\r\n\0])"?\s*', re.IGNORECASE)
LINE_END = re.compile(r"\r\n|\r|\n")

WHY = (
    ("unexpected end", 'a quote (") is opened and never closed; close it, or remove it'),
    ("expected after", 'text follows a closing quote ("); write a quote inside a quoted cell twice ("")'),
    (
        "field larger",
        f"a cell is longer than {MAX_CELL:,} characters, most often because a quote "
        '(") is opened and never closed; close it, or shorten the cell',
    ),
)
"""Part of what the csv module says, and what to tell the user."""


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a delimited text is read."""

    name: str
    encoding: str
    delimiter: str = ","
    skip_spaces: bool = False
    """A quote after a space opens a quoted cell (`a, "b, c"`)."""
    sep_line: bool = False
    """The first line is `sep=X`; a spreadsheet does not show it, and it is no record."""
    wrapped: bool = False
    """Each line stands whole in one quoted cell: `"Asha,9812345671"`."""
    closing_sub: bool = False
    """The text ends in a \\x1a, the end-of-file mark of old systems."""

    def blocks(self, file: BinaryIO, size: int) -> Generator[Block]:
        """Yield the records of *file*, blank ones among them, *size* at a time."""
        csv.field_size_limit(MAX_CELL)  # the limit is the process's own, and other code may have moved it
        with _text(file, self.encoding) as text:
            lines: Iterable[str] = _without_closing_sub(text) if self.closing_sub else text
            skipped = len(list(islice(lines, 1))) if self.sep_line else 0
            reader = csv.reader(lines, delimiter=self.delimiter, skipinitialspace=self.skip_spaces, strict=True)
            number = 1
            while True:
                line, block = skipped + reader.line_num + 1, list[list[str]]()
                try:
                    block.extend(map(self._unwrapped, islice(reader, size)) if self.wrapped else islice(reader, size))
                except csv.Error as error:
                    # extend has kept the records before the broken one, so that its place can be told.
                    line += sum(1 + sum(len(LINE_END.findall(cell)) for cell in row) for row in block)
                    raise self._problem(error, number + len(block), line) from error
                except UnicodeError as error:
                    raise InputProblem(f"{self.name} is not {self.encoding}; name it with --encoding") from error
                if not block:
                    return
                yield number, block
                number += len(block)

    def _unwrapped(self, row: list[str]) -> list[str]:
        return next(csv.reader(row, delimiter=self.delimiter, strict=True)) if len(row) == 1 else row

    def _problem(self, error: csv.Error, record: int, line: int) -> InputProblem:
        reason = next((why for part, why in WHY if part in str(error)), "it cannot be split into cells")
        return InputProblem(f"{self.name}, record {record} (it starts in line {line}): {reason}")


def detect(file: BinaryIO, name: str, codec: str, delimiter: str | None, is_header: Callable[[str], bool]) -> Dialect:
    """Return how *file* is to be read; *delimiter* is the user's word."""
    with _text(file, codec) as text:
        lines = _sample(text)
    file.seek(max(0, file.seek(0, io.SEEK_END) - 4))
    sub = b"\x1a" in file.read()  # a character is four bytes at most; more is decided while reading
    found = SEP_LINE.fullmatch(lines[0]) if lines else None
    lines = [line.replace("\x1a", "") for line in lines[1 if found else 0 :]]
    wrapped = False
    if delimiter is not None:
        chosen = _forced(delimiter, name)
    elif found:
        chosen = found[1]
    else:
        inner = _inner(lines, is_header)
        wrapped = bool(inner)
        # max keeps the first of equals, so a file of one column has a comma.
        chosen = max(DELIMITERS, key=lambda char: _score(inner or lines, char, is_header))
    return Dialect(
        name,
        codec,
        chosen,
        skip_spaces=_quotes_follow_spaces(lines, chosen),
        sep_line=found is not None,
        wrapped=wrapped,
        closing_sub=sub,
    )


@contextmanager
def _text(file: BinaryIO, codec: str) -> Iterator[io.TextIOWrapper]:
    """Read the binary *file* as text from its start, line ends as they are; it stays open afterwards."""
    file.seek(0)
    text = io.TextIOWrapper(file, encoding=codec, errors="strict", newline="")
    try:
        yield text
    finally:
        text.detach()


def _sample(text: Iterable[str]) -> list[str]:
    lines, size = [], 0
    for line in islice(text, SAMPLE_LINES):
        lines.append(line)
        size += len(line)
        if size > SAMPLE_CHARS:
            break
    return lines


def _without_closing_sub(lines: Iterable[str]) -> Iterator[str]:
    held = ""
    for line in lines:
        if held:
            yield held
        held = line
    if held := held.rstrip("\x1a"):
        yield held


def _inner(lines: Sequence[str], is_header: Callable[[str], bool]) -> list[str]:
    """Return what is in the quotes where each of *lines* is one quoted cell, and several known headers in the first."""
    rows, sound = _split(lines, "\0")
    cells = [row[0] for row in rows if "".join(row).strip()]
    if not sound or not cells or not all(line.startswith('"') for line in lines if line.strip()):
        return []
    heads = max((next(csv.reader(cells[:1], delimiter=char)) for char in DELIMITERS), key=len)
    return cells if sum(map(is_header, map(str.strip, heads))) > 1 else []


def _forced(delimiter: str, name: str) -> str:
    char = "\t" if delimiter == "\\t" else delimiter
    if len(char) != 1 or char in '"\r\n\0':
        raise InputProblem(f"{name}: --delimiter takes one character, or \\t for a tab")
    return char


def _split(lines: Sequence[str], delimiter: str, *, skip_spaces: bool = False) -> tuple[list[list[str]], bool]:
    """Return the records of a sample up to the first broken one, and whether there was none."""
    rows: list[list[str]] = []
    reader = csv.reader(lines, delimiter=delimiter, skipinitialspace=skip_spaces, strict=True)
    try:
        rows.extend(reader)
    except csv.Error as error:
        # The last record of a sample may be cut off within its quotes: nothing is wrong with that.
        return rows, "unexpected end" in str(error)
    return rows, True


def _score(lines: Sequence[str], delimiter: str, is_header: Callable[[str], bool]) -> float:
    """Weigh *delimiter*: does it cut most records into equally many cells, and known headers out of one?"""
    rows, sound = _split(lines, delimiter)
    rows = [row for row in rows if "".join(row).strip()]
    widths = Counter(len(row) for row in rows if len(row) > 1)
    if not widths:
        return 0.0
    width, count = widths.most_common(1)[0]
    score = count / len(rows) * (1 - 1 / width)
    if len(rows[0]) != width:
        score *= 0.8  # decimal commas are in every row but the first
    if not sound:
        score *= 0.1
    known = (sum(is_header(cell.strip()) for cell in row) for row in rows[:31] if len(row) > 1)
    return score + 0.25 * min(3, max(known, default=0))


def _quotes_follow_spaces(lines: Sequence[str], delimiter: str) -> bool:
    """Tell whether quotes after a space are meant: the two readings differ by more than these spaces."""
    if delimiter == " ":
        return False
    plain, plain_sound = _split(lines, delimiter)
    skipping, skipping_sound = _split(lines, delimiter, skip_spaces=True)
    if not skipping_sound or _bare(plain) == _bare(skipping):
        return False
    return not plain_sound or len({len(row) for row in skipping}) <= len({len(row) for row in plain})


def _bare(rows: Iterable[Iterable[str]]) -> list[list[str]]:
    return [[cell.lstrip(" ") for cell in row] for row in rows]
