"""JSON that is a table without keys: one array of rows, each an array of cells, or a text or a number alone."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Any, BinaryIO

from contact_import.readers import json_lines
from contact_import.readers.beginnings import beginning
from contact_import.readers.json_lines import Broken

if TYPE_CHECKING:
    from collections.abc import Generator

    from contact_import.readers.framing import Block


@dataclass(frozen=True, slots=True)
class Cells:
    """How a file of one array of rows is read. A row's number is its own among them."""

    name: str
    encoding: str
    bare: bool
    """Each row is one cell, and no array."""

    def blocks(self, file: BinaryIO, size: int) -> Generator[Block]:
        """Yield the rows of *file*, blank ones among them, *size* at a time. Raises InputProblem at a broken one."""
        decode = partial(_row, bare=self.bare)
        read = partial(json_lines.elements, decode=decode)
        rows = json_lines.read(file, self.name, self.encoding, "row", read)
        number = 1
        while block := list(islice(rows, size)):
            yield number, block
            number += len(block)


def detect(file: BinaryIO, name: str, forced: str | None) -> Cells:
    """Return how the rows of *file* are read; *forced* is the user's encoding."""
    head = beginning(file)
    return Cells(name, forced or json_lines.codec(head.raw), not head.text[1:].lstrip().startswith(b"["))


def _row(text: str, place: int, *, bare: bool) -> tuple[list[str], int]:
    what = "text or number" if bare else "array"
    row, end = json_lines.value(text, place, what)
    if row is not None and (isinstance(row, dict) or isinstance(row, list) is bare):
        raise Broken(f"it is JSON, but no {what} as the first one is")
    cells: list[Any] = row if isinstance(row, list) else [row]
    return [json_lines.word(cell) for cell in cells], end
