"""Reading in a process of its own, for formats whose readers may be driven to take all memory, or to end the process.

The process is given the file as its standard input, and tells what it finds as lines of JSON: objects are facts,
arrays are rows. It can neither see our settings nor touch our memory, and Linux holds it to its limits.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, BinaryIO

import orjson

from contact_import.errors import InputProblem
from contact_import.readers import limits
from contact_import.readers.telling import LONGEST

if TYPE_CHECKING:
    from collections.abc import Iterator

Facts = dict[str, Any]
Line = bytes
"""Some consecutive rows as a JSON array of arrays of text."""

PATIENCE = 20
"""Real seconds that the process may take for each second of CPU time."""
OUTPUT, OUTPUT_A_BYTE = 64 << 20, 200
"""Bytes that it may tell, and how many more for each byte of the file."""
BUFFER = 1 << 20
"""Bytes of what it tells that are taken at a time."""

BOOT = (
    "import gc; gc.disable(); import json, sys, types; "
    "path, room, order = json.loads(sys.argv[1]); sys.path[:] = path; "
    "bare = types.ModuleType('contact_import.readers'); bare.__path__ = room; sys.modules[bare.__name__] = bare; "
    "from contact_import.readers.telling import tell; tell(*order)"
)
"""It imports from where we import, be that an installed package or a checkout. The package of the readers is bare: to
import them all takes longer than to read a short list. Nothing is collected: it makes no cycles, and soon ends."""


class Died(Exception):
    """The process ended before it had told all, or went beyond its limits."""


@contextmanager
def told(
    reader: str, file: BinaryIO, name: str, kind: str, wanted: str | None = None
) -> Iterator[Iterator[Facts | Line]]:
    """Let the *reader* called so read *file* apart, and yield all it tells; it ends with this context.

    What it tells raises InputProblem with the reader's own words, and Died where there are none.
    """
    order = json.dumps([[*map(str, sys.path)], [str(Path(__file__).parent)], [reader, name, kind, wanted]])
    command = [sys.executable, "-I", "-c", BOOT, order]
    env = {key: value for key, value in os.environ.items() if not key.startswith("CONTACT_IMPORT_")}
    pipe, nowhere = subprocess.PIPE, subprocess.DEVNULL
    with (
        _place_kept(file),
        subprocess.Popen(command, stdin=file, stdout=pipe, stderr=nowhere, env=env, bufsize=BUFFER) as process,  # noqa: S603
    ):
        watch = threading.Timer(PATIENCE * limits.seconds(file), process.kill)
        watch.daemon = True
        watch.start()
        try:
            assert process.stdout is not None  # noqa: S101 - for mypy
            yield _messages(process.stdout, OUTPUT + OUTPUT_A_BYTE * limits.size(file))
        finally:
            watch.cancel()
            process.kill()


@contextmanager
def _place_kept(file: BinaryIO) -> Iterator[None]:
    """Put the place in *file* back at last: another process shares it, and the buffer here relies on it."""
    place = os.lseek(file.fileno(), 0, os.SEEK_CUR)
    try:
        yield
    finally:
        os.lseek(file.fileno(), place, os.SEEK_SET)


def _messages(stream: IO[bytes], most: int) -> Iterator[Facts | Line]:
    while most > 0 and (line := stream.readline(LONGEST + 1)).endswith(b"\n"):
        most -= len(line)
        if line.startswith(b"["):
            yield line
            continue
        facts = orjson.loads(line)
        if "problem" in facts:
            raise InputProblem(facts["problem"])
        if "end" in facts:
            return
        yield facts
    raise Died
