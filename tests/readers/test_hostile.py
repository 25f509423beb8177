"""Files made to do harm end in one line and exit code 7, or in rows that are refused, and take little memory."""

import gzip
import io
import json
import os
import re
import struct
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

import duckdb
import pytest

from tests.readers import writers

MOST = 250 << 10
"""Kilobytes that the command, or a process it starts, may have in memory at its peak."""
PEOPLE = "Name,Phone\nAsha,+91 98765 43210\n"
SPACE = ' xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def xlsx(sheet, **members):
    """A workbook with one sheet of the XML *sheet* and, by default, one shared string."""
    relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    parts = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": f'<Relationships xmlns="{package}">'
        f'<Relationship Id="rId1" Type="{relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook{SPACE} xmlns:r="{relations}"><sheets><sheet name="S" sheetId="1" r:id="rId1"/>'
        "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}">'
        f'<Relationship Id="rId1" Type="{relations}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="rId2" Type="{relations}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f"<worksheet{SPACE}>{sheet}</worksheet>",
        "xl/sharedStrings.xml": f"<sst{SPACE}><si><t>Name</t></si></sst>",
    }
    return writers.zipped(parts | members)


def sheet_data(*rows):
    lines = (
        f'<row r="{number}">' + "".join(f'<c r="{place}" t="str"><v>{cell}</v></c>' for place, cell in cells) + "</row>"
        for number, cells in rows
    )
    return f"<sheetData>{''.join(lines)}</sheetData>"


TWO_ROWS = ((1, [("A1", "Name"), ("B1", "Phone")]), (2, [("A2", "Asha"), ("B2", "+91 98765 43210")]))


def shared(xml):
    return {"xl/sharedStrings.xml": xml}


def laughs():
    entities = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    return f'<!DOCTYPE sst [<!ENTITY a0 "ha">{entities}]><sst{SPACE}><si><t>&a9;</t></si></sst>'


def far_row(place):
    number = re.sub(r"\D", "", place)
    return xlsx(sheet_data(*TWO_ROWS, (number, [(place, "x")])))


def quadratic():
    """A string of a megabyte, in many cells."""
    cells = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 20_001))
    return xlsx(
        f"<sheetData>{cells}</sheetData>", **shared(f"<sst{SPACE}><si><t>{os.urandom(500_000).hex()}</t></si></sst>")
    )


def with_a_lie(data, size):
    """The archive *data*, whose last entry says that its member has *size* bytes unpacked."""
    lying = bytearray(data)
    struct.pack_into("<I", lying, data.rindex(b"PK\x01\x02") + 24, size)
    return bytes(lying)


def twice():
    file = io.BytesIO(xlsx(sheet_data(*TWO_ROWS)))
    with pytest.warns(UserWarning, match="Duplicate name"), zipfile.ZipFile(file, "a") as package:
        package.writestr("xl/worksheets/sheet1.xml", "<worksheet/>")
    return file.getvalue()


def long_directory():
    """An archive whose list of members is said to be longer than the archive."""
    return writers.zipped({"a.csv": PEOPLE})[:-22] + struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, 1, 1, 1 << 30, 0, 0)


def many_members():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        for number in range(30_000):
            package.writestr(f"{number}.csv", b"")
    return file.getvalue()


def ods_lines(lines):
    return writers.ods_package(writers.ods_table("S", lines))


def ods_row(cells, times=1):
    return f'<table:table-row table:number-rows-repeated="{times}">{cells}</table:table-row>'


def xls_far():
    return writers.xls({"S": [["Name", "Phone"], *[[]] * 65_533, [None] * 255 + ["x"]]})


def bomb_of_zeros():
    """An archive that is a thousand times smaller than what is in it."""
    return writers.zipped({"contacts.csv": bytes(100 << 20)})


def parquet(query):
    with tempfile.TemporaryDirectory() as folder, duckdb.connect() as base:
        path = Path(folder) / "made"
        base.execute(f"COPY ({query}) TO '{path}' (FORMAT parquet, COMPRESSION zstd)")
        return path.read_bytes()


FAR = "it reaches to row 1,048,57"
DAMAGED = "is a damaged or hostile workbook"
DAMAGED_PARQUET = "is a damaged or hostile Parquet file"
TIGHT = "a part of it is packed far too tightly"

FILES = {
    "xlsx: 100 MB of spaces": (lambda: xlsx(sheet_data(*TWO_ROWS), **shared(b" " * (100 << 20))), TIGHT),
    "xlsx: billion laughs": (lambda: xlsx(sheet_data(*TWO_ROWS), **shared(laughs())), "declares a document type"),
    "xlsx: billion laughs behind a comment": (
        lambda: xlsx("", **{"xl/workbook.xml": f"<!--{os.urandom(9000).hex()}-->" + laughs()}),
        DAMAGED,
    ),
    "xlsx: far cell": (lambda: far_row("XFD1048576"), FAR),
    "xlsx: far and nearly empty": (lambda: far_row("ALL1048576"), FAR),
    "xlsx: a megabyte in each of 20,000 cells": (quadratic, DAMAGED),
    "xlsx: cut off": (lambda: xlsx(sheet_data(*TWO_ROWS))[:1000], "is a damaged workbook or archive"),
    "xlsx: a part twice": (twice, "it holds a part twice"),
    "xlsx: a part larger than told": (
        lambda: with_a_lie(xlsx(sheet_data(*TWO_ROWS), **shared("<sst>" + "x" * 5_000_000)), 100),
        DAMAGED,
    ),
    "xlsx: a row without an end": (lambda: xlsx("<sheetData><row r='1'><c r='A1'>" + "x" * 900_000), DAMAGED),
    "xls: rubbish": (lambda: writers.ole({})[:8] + os.urandom(1 << 20), "is no workbook, or only a part of one"),
    "xls: rubbish in its stream": (lambda: writers.ole({"Workbook": os.urandom(1 << 20)}), DAMAGED),
    "xls: far cell": (xls_far, DAMAGED),
    "xlsb: rubbish": (lambda: writers.zipped({"xl/workbook.bin": os.urandom(1 << 20)}), DAMAGED),
    "xlsb: far cell": (lambda: writers.xlsb({"S": {(0, 0): "Name", (1_048_575, 16_383): "x"}}), DAMAGED),
    "ods: repeated in both directions": (
        lambda: ods_lines(ods_row(writers.ods_cell("x", ' table:number-columns-repeated="16384"'), 1_048_576)),
        FAR,
    ),
    "ods: repeated rows": (lambda: ods_lines(ods_row(writers.ods_cell("x"), 1_048_576)), FAR),
    "ods: repeated blanks before a cell": (
        lambda: ods_lines(
            ods_row(writers.ods_cell("Name") + writers.ods_cell("Phone"))
            + ods_row(writers.ods_cell(None), 1_048_574)
            + ods_row(writers.ods_cell(None, ' table:number-columns-repeated="900"') + writers.ods_cell("x"))
        ),
        FAR,
    ),
    "ods: more rows than a number holds": (
        lambda: ods_lines(ods_row(writers.ods_cell("x"), "&#57;9999999999999999999")),
        "it reaches to row 1,000,000,000",
    ),
    "ods: a cell of spaces": (
        lambda: ods_lines(ods_row(writers.ods_cell("x").replace("x", '<text:s text:c="4000000000"/>'))),
        DAMAGED,
    ),
    "gzip: 100 MB of zeros": (lambda: gzip.compress(bytes(100 << 20)), "it is no contact list"),
    "gzip: a name of 50 MB": (lambda: b"\x1f\x8b\x08\x08" + bytes(6) + b"x" * (50 << 20), "is a damaged gzip file"),
    "gzip: 200,000 parts": (lambda: gzip.compress(b"") * 200_000, "is a damaged gzip file"),
    "gzip: in itself": (lambda: gzip.compress(gzip.compress(bytes(1 << 20))), "is an archive within an archive"),
    "gzip: nothing but a head": (lambda: b"\x1f\x8b\x08\x00", "is a damaged gzip file"),
    "zip: 100 MB of zeros": (bomb_of_zeros, "it is no contact list"),
    "zip: larger than told": (lambda: with_a_lie(writers.zipped({"a.csv": PEOPLE * 9}), 20), "is a damaged"),
    "zip: more in its list than in it": (long_directory, "is a damaged workbook or archive"),
    "zip: 30,000 members": (many_members, "is a damaged workbook or archive"),
    "csv: a quote of 100 MB": (lambda: PEOPLE.encode() + b'"' + b"x,\n" * (35 << 20), "is opened and never closed"),
    "csv: a line of 50 MB": (lambda: b"x," * (25 << 20), "has a line of more than 1 MB"),
    "csv: 10,000 columns": (lambda: b"Name,Phone" + b",x" * 10_000 + b"\n" + b"1," * 10_000, "1,000 columns"),
    "csv: NUL": (lambda: bytes(1 << 10), "is not text"),
    "json: 100,000 levels": (lambda: b'{"a": ' + b"[" * 100_000, "it is nested too deeply"),
    "json: 100,000 keys": (
        lambda: "\n".join(f'{{"k{n}": 1}}' for n in range(100_000)).encode(),
        "has more than 1,000 columns",
    ),
    "json: 50 MB in one object": (lambda: b'[{"a": "' + b"x" * (50 << 20) + b'"}]', "it is longer than 1 MB"),
    "parquet: rubbish": (lambda: b"PAR1" + os.urandom(1 << 20) + b"PAR1", DAMAGED_PARQUET),
    "parquet: 20 million times the same": (
        lambda: parquet("SELECT 'Asha' AS name FROM range(20_000_000)"),
        "it is no contact list",
    ),
    "parquet: a megabyte in each of 2,000 cells": (
        lambda: parquet("SELECT repeat('x', 1_000_000) AS name FROM range(2_000)"),
        DAMAGED_PARQUET,
    ),
}


LAUNCH = """
import json, os, sys
read, write = os.pipe()
with open(sys.argv[1], "w+b") as said:
    actions = [(os.POSIX_SPAWN_DUP2, said.fileno(), 1), (os.POSIX_SPAWN_DUP2, said.fileno(), 2)]
    command = [sys.executable, "-m", "contact_import", "inspect", *sys.argv[2:]]
    pid = os.posix_spawn(sys.executable, command, os.environ, file_actions=actions)
    _, status, usage = os.wait4(pid, 0)
    said.seek(0)
    print(json.dumps([os.waitstatus_to_exitcode(status), said.read().decode(), usage.ru_maxrss]))
"""
"""Starts the command from a small process: a new one begins with its parent's peak of memory."""


def inspected(folder, *arguments):
    """Run `inspect`; return its exit code, what it says, and the peak of its memory or its children's in kilobytes."""
    command = [sys.executable, "-c", LAUNCH, folder / "said", *arguments]
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


@pytest.mark.parametrize("what", FILES)
def test_a_hostile_file_is_refused_in_a_line(tmp_path, what):
    make, reason = FILES[what]
    path = tmp_path / "list.dat"
    path.write_bytes(make())
    code, said, memory = inspected(tmp_path, path)
    assert (code, said.count("\n"), reason in said) == (7, 1, True), said
    assert memory < MOST
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["list.dat", "said"]


@pytest.mark.parametrize("what", ["a pipe", "a folder", "/dev/zero", "/dev/tty", "/proc/self/mem", "a link to itself"])
def test_what_is_no_file_is_refused(tmp_path, what):
    path = Path(what) if what.startswith("/") else tmp_path / what
    if what == "a pipe":
        os.mkfifo(path)
    elif what == "a folder":
        path.mkdir()
    elif what == "a link to itself":
        path.symlink_to(path)
    code, said, memory = inspected(tmp_path, path)
    refused = (
        "is not a regular file" in said or "cannot be opened" in said or "cannot be read" in said or "is empty" in said
    )
    assert (code, refused) == (7, True), said
    assert memory < MOST


ALL_ROWS = "".join(f'<row r="{n}"><c r="A{n}" t="str"><v>Asha {n}</v></c></row>' for n in range(2, 402))


@pytest.mark.parametrize(
    ("make", "rows"),
    [
        pytest.param(
            lambda: xlsx(
                f'<dimension ref="A1:B2"/><sheetData>{sheet_data((1, TWO_ROWS[0][1]))[11:-12]}{ALL_ROWS}</sheetData>'
            ),
            400,
            id="a dimension that is too small",
        ),
        pytest.param(
            lambda: xlsx(f'<dimension ref="A1:XFD1048576"/>{sheet_data(*TWO_ROWS)}'),
            1,
            id="a dimension that is too large",
        ),
        pytest.param(lambda: PEOPLE.encode() + b"Ra\0vi,+91 98765 \00043211\n", 2, id="NUL within cells"),
        pytest.param(lambda: writers.zipped({"../../../../../../tmp/x.csv": PEOPLE}), 1, id="a member with a path"),
        pytest.param(lambda: PEOPLE.encode() + b"x" * 60_000 + b",1\n", 2, id="a long name"),
        pytest.param(lambda: PEOPLE.encode() + b"Ravi," + b"9" * 60_000 + b"\n", 2, id="a long phone"),
        pytest.param(
            lambda: writers.ods({"S": [["Name", "Phone"], ["Asha", "+91 98765 43210"]]}), 1, id="an ods to its end"
        ),
    ],
)
def test_what_can_be_read_is_read_to_its_end(tmp_path, make, rows):
    path = tmp_path / "list.dat"
    path.write_bytes(make())
    code, said, memory = inspected(tmp_path, path, "--json")
    found = json.loads(said)
    assert (code, found["rows"], sum(found["outcomes"].values())) == (0, rows, rows), said
    assert memory < MOST
    assert not Path("/tmp/x.csv").exists()
