"""Writes the twins: for every export that is known, and every quirk of homemade lists, a small file of made-up people.

`python -m tests.twins.build` writes files/ and manifest.toml anew from tables/; the files are committed, so that a
change shows. A table of a twin says what it `shows`, its `source` (the export that is to be recognised) and its
`country`, and what the file holds, as one of `HOLDS`.
"""

from __future__ import annotations

import csv
import gzip
import io
import tomllib
import zipfile
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import tomli_w
import xlsxwriter

from tests.readers import writers

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    Sheets = Mapping[str, Sequence[Sequence[object]]]

HERE = Path(__file__).parent
FAMILIES = ("address_books", "crm", "shops", "marketing", "platforms", "homemade", "shapes")
TOLD = ("shows", "source", "country")
"""What the manifest says of a twin."""
MOMENT = datetime(2026, 1, 2)


def lines(twin: Mapping[str, Any], part: str) -> str:
    """Return the lines of a *part*, ended by the twin's `newline`."""
    found: str = twin.get(part, "")
    return found.replace("\n", twin.get("newline", "\r\n"))


def text(twin: Mapping[str, Any]) -> bytes:
    """Return the `text` in the twin's `encoding`."""
    return lines(twin, "text").encode(twin.get("encoding", "utf-8"))


def export(twin: Mapping[str, Any]) -> bytes:
    """Return the `people` under their `header`, in a program's dialect, with what it writes `above` and `below` them.

    The header stands in the table with commas, whatever the `delimiter`; a person's blank cells do not.
    """
    names = next(csv.reader([twin["header"]]))
    assert all(person.keys() <= set(names) for person in twin["people"])
    out = io.StringIO(newline="")
    dialect = {
        "delimiter": twin.get("delimiter", ","),
        "lineterminator": twin.get("newline", "\r\n"),
        "quoting": csv.QUOTE_ALL if twin.get("quote_all") else csv.QUOTE_MINIMAL,
    }
    rows = ([person.get(name, "") for name in names] for person in twin["people"])
    csv.writer(out, **dialect).writerows([names, *rows])
    whole = lines(twin, "above") + out.getvalue() + lines(twin, "below")
    return whole.encode(twin.get("encoding", "utf-8"))


def workbook(twin: Mapping[str, Any]) -> bytes:
    """Return the `sheets` as a workbook of the `format`."""
    return FORMATS[twin["format"]](twin["sheets"])


def xlsx(sheets: Sheets) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        book.set_properties({"created": MOMENT})
        for name, rows in sheets.items():
            page = book.add_worksheet(name)
            for number, row in enumerate(rows):
                page.write_row(number, 0, row)
    return out.getvalue()


def xlsb(sheets: Sheets) -> bytes:
    def placed(rows: Sequence[Sequence[object]]) -> dict[tuple[int, int], object]:
        return {(number, column): value for number, row in enumerate(rows) for column, value in enumerate(row)}

    return writers.xlsb({name: placed(rows) for name, rows in sheets.items()})


FORMATS = {"xlsx": xlsx, "xls": writers.xls, "xlsb": xlsb, "ods": writers.ods}


def zipped(twin: Mapping[str, Any]) -> bytes:
    """Return the members of `zip` as an archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in twin["zip"].items():
            archive.writestr(zipfile.ZipInfo(name), content)
    return out.getvalue()


def gzipped(twin: Mapping[str, Any]) -> bytes:
    """Return the text of `gzip` packed."""
    return gzip.compress(twin["gzip"].encode(), mtime=0)


HOLDS = {"text": text, "people": export, "sheets": workbook, "zip": zipped, "gzip": gzipped}
"""What a table can hold, and what makes a file of it."""


def tables() -> dict[str, dict[str, Any]]:
    """Return the tables of all twins by file name; one that is `like` another has what that one has, and its own."""
    found: dict[str, dict[str, Any]] = {}
    for family in FAMILIES:
        found |= tomllib.loads((HERE / "tables" / f"{family}.toml").read_text("utf-8"))
    return {name: {**found.get(twin.get("like", ""), {}), **twin} for name, twin in found.items()}


def content(twin: Mapping[str, Any]) -> bytes:
    """Return the file that a table is of."""
    [make] = [make for held, make in HOLDS.items() if held in twin]
    return make(twin)


def write(folder: Path) -> None:
    """Write every file and the manifest into *folder*."""
    twins = tables()
    (folder / "files").mkdir(exist_ok=True)
    for name, twin in twins.items():
        (folder / "files" / name).write_bytes(content(twin))
    manifest = {name: {told: twin[told] for told in TOLD if told in twin} for name, twin in twins.items()}
    (folder / "manifest.toml").write_text(tomli_w.dumps(manifest), encoding="utf-8")


if __name__ == "__main__":
    write(HERE)
