"""The process apart: one reader, and all it finds told as lines. It imports little, since every list starts it anew."""

from __future__ import annotations

import os
from importlib import import_module
from typing import TYPE_CHECKING, Any

import orjson

from contact_import.errors import InputProblem
from contact_import.readers import limits

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    Facts = dict[str, Any]
    Reader = Callable[..., Iterator[Facts | Sequence[Sequence[str]]]]

READERS = {"workbook": "sheets", "parquet": "rows"}
"""What is read apart: a module, and what is called in it with the file, its name, its format and the sheet wanted."""
LONGEST = 8 << 20
"""Bytes in a line; rows that together have more come each on its own."""


def tell(reader: str, name: str, kind: str, wanted: str | None) -> None:
    """Tell on standard output what the *reader* finds in standard input."""
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # what a library prints is none of our lines
    read: Reader = getattr(import_module(f"contact_import.readers.{reader}"), READERS[reader])
    with open(0, "rb", closefd=False) as file, out:
        limits.hold(file, reader)
        try:
            for message in read(file, name, kind, wanted):
                out.writelines(_lines(message, name))
                out.flush()
            out.write(b'{"end":true}\n')
        except InputProblem as problem:
            out.write(orjson.dumps({"problem": str(problem)}) + b"\n")


def _lines(message: Facts | Sequence[Sequence[str]], name: str) -> Iterable[bytes]:
    line = orjson.dumps(message) + b"\n"
    if len(line) <= LONGEST:
        return [line]
    if isinstance(message, dict) or len(message) == 1:
        raise InputProblem(
            f"{name} has a row of more than {LONGEST >> 20} MB: it is not a contact list; export it again"
        )
    return [line for row in message for line in _lines([row], name)]
