"""The token over the whole test suite: it is in no byte of anything that a test leaves behind or prints.

    python -m tests.campaign.canary            # the whole suite, with as many workers as there are cores
    python -m tests.campaign.canary tests/cli

Every test of the command has a token of its own that begins with "canary-" (`tests/cli/conftest.py`). The suite runs
with a folder of its own for scratch files, which pytest keeps; then all bytes in it are searched, and all that pytest
printed. The files called "token" hold it, as they must.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.campaign.figures import Figure, conclude
from tests.warm import ROOT

TOKEN = re.compile(rb"canary-[0-9a-f]{32}")


def search(folder: Path) -> tuple[list[str], int, int]:
    """Return where a token is below *folder*, how many files were searched, and how many tokens there were at all."""
    found, count, tokens = [], 0, 0
    for path in folder.rglob("*"):
        if path.is_symlink() or not path.is_file():
            continue
        if path.name == "token":
            tokens += 1
            continue
        count += 1
        if TOKEN.search(path.name.encode()) or TOKEN.search(path.read_bytes()):
            found.append(str(path.relative_to(folder)))
    return found, count, tokens


def main(what: list[str]) -> int:
    """Run the tests in *what*, or all, and look."""
    with tempfile.TemporaryDirectory() as folder:
        words = ["-q", "-p", "no:cacheprovider", "-n", "auto", f"--basetemp={folder}/tests", *what]
        ran = subprocess.run(
            [sys.executable, "-m", "pytest", *words], cwd=ROOT, capture_output=True, check=False, timeout=3600
        )
        found, files, tokens = search(Path(folder))
        found += ["what pytest printed"] * bool(TOKEN.search(ran.stdout + ran.stderr))
    for line in ran.stdout.decode(errors="replace").splitlines():
        if line.startswith(("FAILED ", "ERROR ")):
            sys.stderr.write(f"  {TOKEN.sub(b'***', line.encode()).decode()}\n")
    for where in found[:20]:
        sys.stderr.write(f"  the token is in {where}\n")
    told = f"{len(found)} of {files} files, after tests with {tokens} tokens (pytest ended with {ran.returncode})"
    return conclude([Figure("the token in what the suite leaves", told, "0", kept=not found and tokens > 0)])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
