"""Standard output and error as they may be: on a terminal or not, full, closed or gone."""

from __future__ import annotations

import contextlib
import os
import sys
from io import StringIO, TextIOBase
from typing import TextIO, cast

from rich.console import Console
from rich.text import Text

_HIDDEN = {
    *range(0x20),
    *range(0x7F, 0xA0),
    *range(0x200B, 0x2010),
    *range(0x202A, 0x202F),
    *range(0x2060, 0x2070),
    0xFEFF,
}


def show(text: str) -> Text:
    """Return *text* for the terminal, every control, direction and invisible character written out as its escape."""
    return Text("".join(f"\\u{ord(c):04x}" if ord(c) in _HIDDEN or 0xD800 <= ord(c) < 0xE000 else c for c in text))


def show_lines(text: str) -> Text:
    """Return *text* as `show` does, with the line breaks that are ours."""
    return Text("\n").join(map(show, text.split("\n")))


class Surviving(TextIOBase):
    """A stream that may be full, closed or gone: what is written to it then is lost, and the import goes on."""

    def __init__(self, stream: TextIO | None) -> None:
        self._stream = stream or StringIO()

    def write(self, text: str) -> int:
        """Write what can be written."""
        with contextlib.suppress(OSError, ValueError):
            return self._stream.write(text)
        return len(text)

    def flush(self) -> None:
        """Flush what can be flushed."""
        with contextlib.suppress(OSError, ValueError):
            self._stream.flush()

    def isatty(self) -> bool:
        """Tell whether it is a terminal."""
        return self._stream.isatty()

    @property
    def encoding(self) -> str:  # type: ignore[override]  # what rich asks for is read only
        """What text is written as."""
        return self._stream.encoding or "utf-8"


def console(stream: TextIO | None, *, colour: bool, wrap: bool = False) -> Console:
    """Return a console that shows text as text: no markup, no emoji codes, no colours of its own for digits."""
    return Console(
        file=cast("TextIO", Surviving(stream)),
        markup=False,
        emoji=False,
        highlight=False,
        soft_wrap=not wrap,
        no_color=None if colour else True,
    )


def print_data(text: str) -> None:
    """Print *text* to standard output; a reader that went away stops nothing."""
    if sys.stdout is not None:  # it is where the shell closed it: >&-
        with contextlib.suppress(OSError, ValueError):
            sys.stdout.write(text + "\n")
            sys.stdout.flush()


def let_go() -> None:
    """Send what standard output and error still hold to nowhere, where it can go nowhere else.

    Python would otherwise end with exit code 120 when a reader has left or a disk is full.
    """
    for stream in (sys.stdout, sys.stderr):
        try:
            if stream is not None:
                stream.flush()
        except (OSError, ValueError):
            with contextlib.suppress(OSError, ValueError):
                os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
