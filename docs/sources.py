"""Writes docs/sources.md: the lists that are known, from the program's own table and from the files that test it.

python docs/sources.py > docs/sources.md
"""

from __future__ import annotations

import tomllib
from pathlib import Path

from contact_import.sources import EXPORTS, Export

ROOT = Path(__file__).parents[1]
MANIFEST = tomllib.loads((ROOT / "tests" / "twins" / "manifest.toml").read_text("utf-8"))

HEAD = """\
# Lists that are known

Any list with a column of phones is read: by its headers in some thirty languages, else by what its cells look like.
An export that is told by its headers is read with a little more knowledge: which of its columns is the phone, which
labels are never WhatsApp, what its consent columns say. `docs/sources.py` writes this page from the program's own
table and from the small files of made-up people that every test run reads, `tests/twins/files/`.

*Known by* says how well the headers are verified; nothing here was exported from an account of ours. An export is
recognised only where all of its telling columns are there, and `--map` always wins.
"""
CONSENT = {"opt_out": "no: ", "opt_in": "yes: "}


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _consent(export: Export) -> str:
    fields = export.fields
    return "; ".join(words + ", ".join(fields[field]) for field, words in CONSENT.items() if field in fields)


def _row(export: Export) -> str:
    notes = [export.note, f"never read: {', '.join(export.secrets)}" if export.secrets else ""]
    shown = [f"`{name}`" for name, told in MANIFEST.items() if told.get("source") == export.name]
    parts = (
        export.name,
        export.verified,
        ", ".join(export.markers) or "usual headers",
        "none" if export.phoneless else ", ".join(export.fields.get("phone", ())) or "by its header",
        _consent(export),
        "; ".join(filter(None, notes)),
        ", ".join(shown),
    )
    return f"| {' | '.join(map(_cell, parts))} |"


def document() -> str:
    """Return the page."""
    known = "\n".join(map(_row, EXPORTS))
    homemade = "\n".join(
        f"| `{name}` | {_cell(told['shows'])} |" for name, told in MANIFEST.items() if "source" not in told
    )
    return f"""{HEAD}
## Exports

| export | known by | told by the columns | phone, first choice first | consent | notes | tested with |
|---|---|---|---|---|---|---|
{known}

## Homemade lists and odd files

| tested with | what it shows |
|---|---|
{homemade}
"""


if __name__ == "__main__":
    print(document(), end="")
