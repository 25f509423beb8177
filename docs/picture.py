"""Runs an upload on a pseudo-terminal and draws what it looks like when it is done: docs/run.svg."""

from __future__ import annotations

import os
import pty
import re
import sys
import tempfile
from io import StringIO
from pathlib import Path

from rich.console import Console
from rich.text import Text

HERE = Path(__file__).parent
WIDTH = 100
COMMAND = ["upload", "messy.csv", "--country", "IN", "--sandbox"]
MOVES = re.compile(r"\x1b\[(\d*)([AK])|\x1b\[\?25[lh]|\r|\n")


def record(folder: Path) -> str:
    """Return everything the command writes to its terminal."""
    (folder / "messy.csv").symlink_to(HERE.parent / "sample_data" / "messy.csv")
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "TERM": "xterm-256color",
        "COLUMNS": str(WIDTH),
        "LANG": "C.UTF-8",
    }
    child, terminal = pty.fork()
    if child == 0:
        os.chdir(folder)
        os.execve(sys.executable, [sys.executable, "-m", "contact_import", *COMMAND], environment)  # noqa: S606
    written = b""
    try:
        while part := os.read(terminal, 65536):
            written += part
    except OSError:  # the way a terminal ends on Linux
        pass
    os.waitpid(child, 0)
    return written.decode()


def settle(written: str) -> str:
    """Return the lines as they stand in the end: a bar is redrawn by going up and erasing."""
    lines, row, place = [""], 0, 0
    for match in MOVES.finditer(written):
        lines[row] += written[place : match.start()]
        place = match.end()
        if match[0] == "\n":
            row += 1
            lines += [""] * (row + 1 - len(lines))
        elif match[2] == "A":
            row = max(0, row - int(match[1] or 1))
        elif match[2] == "K":
            lines[row] = ""
    lines[row] += written[place:]
    return "\n".join(lines).rstrip()


def draw(screen: str) -> None:
    """Write the picture."""
    console = Console(record=True, width=WIDTH, file=StringIO(), force_terminal=True)
    console.print(Text(f"$ contact-import {' '.join(COMMAND)}", style="bold"))
    console.print(Text.from_ansi(screen))
    picture = console.export_svg(title="contact-import")
    picture = re.sub(r"@font-face \{.*?\}\s*", "", picture, flags=re.DOTALL)  # fonts from elsewhere
    (HERE / "run.svg").write_text(picture, encoding="utf-8")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as scratch:
        draw(settle(record(Path(scratch))))
