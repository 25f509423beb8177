"""Delimited text comes back cell for cell, with the row numbers of a spreadsheet, or not at all."""

import codecs
import gzip
import os
import subprocess
import sys
from pathlib import Path

import pytest

from contact_import.errors import InputProblem
from contact_import.intake import Job, understand
from contact_import.readers import ReadOptions, open_table
from contact_import.readers.kept import BYTES, CELLS, Kept, room

KNOWN = {"name", "phone", "mobile", "email", "city", "phone number"}


def is_header(cell):
    return cell.casefold() in KNOWN


def read(path, size=5000, known=is_header, **options):
    """Return the layout's header row and headers, and each row with its number, cells and surplus."""
    table = open_table(path, ReadOptions(**options), is_header=known)
    rows = []
    for frame in table.frames(size):
        assert len(frame.rows) == len(frame.cells) <= size
        for index, (number, cells) in enumerate(zip(frame.rows, frame.cells.values.tolist(), strict=True)):
            rows.append((int(number), cells, *filter(None, [frame.surplus.get(index)])))
    return table.layout.header_row, table.layout.headers, rows


@pytest.fixture
def write(tmp_path):
    def write(data, name="contacts.csv"):
        path = tmp_path / name
        path.write_bytes(data.encode() if isinstance(data, str) else data)
        return path

    return write


ASHA, RAVI = ["Asha", "98765 43210"], ["Ravi", "98765 43211"]
PLAIN = (1, ("Name", "Phone"), [(2, ASHA), (3, RAVI)])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Name,Phone\nAsha,98765 43210\nRavi,98765 43211\n", PLAIN, id="LF"),
        pytest.param("Name,Phone\rAsha,98765 43210\rRavi,98765 43211\r", PLAIN, id="CR"),
        pytest.param("Name,Phone\r\nAsha,98765 43210\r\nRavi,98765 43211", PLAIN, id="CRLF, none at the end"),
        pytest.param("Name,Phone\r\nAsha,98765 43210\nRavi,98765 43211\r", PLAIN, id="mixed line ends"),
        pytest.param("Name,Phone\nAsha,98765 43210\nRavi,98765 43211\n\x1a", PLAIN, id="closing x1a"),
        pytest.param("Name,Phone\nAsha,98765 43210\nRavi,98765 43211\x1a\x1a", PLAIN, id="two, in the last cell"),
        pytest.param("Name;Phone\nAsha;98765 43210\nRavi;98765 43211\n", PLAIN, id="semicolons"),
        pytest.param("Name|Phone\nAsha|98765 43210\nRavi|98765 43211\n", PLAIN, id="pipes"),
        pytest.param("Name\tPhone\nAsha\t98765 43210\nRavi\t98765 43211\n", PLAIN, id="tabs"),
        pytest.param("sep=^\nName^Phone\nAsha^98765 43210\nRavi^98765 43211\n", PLAIN, id="sep= is no record"),
        pytest.param("Name,Phone,\nAsha,98765 43210,\nRavi,98765 43211,\n", PLAIN, id="a comma after each row"),
        pytest.param("Name,Phone\nAsha,98765 43210,,\nRavi,98765 43211, \n", PLAIN, id="blank surplus"),
        pytest.param(
            "Name,Phone\nAsha,98765 43210,x\nRavi\n,,\n",
            (1, ("Name", "Phone"), [(2, ASHA, ("x",)), (3, ["Ravi", ""])]),
            id="a row too long, one too short",
        ),
        pytest.param(
            "Name,Phone,\nAsha,98765 43210,\nRavi,98765 43211,x\n",
            (1, ("Name", "Phone", ""), [(2, [*ASHA, ""]), (3, [*RAVI, "x"])]),
            id="a column without header, with data",
        ),
        pytest.param(
            "\n , \nName,Phone\n\n,\nAsha,98765 43210\n\t\nRavi,98765 43211\n",
            (3, ("Name", "Phone"), [(6, ASHA), (8, RAVI)]),
            id="blank rows are counted",
        ),
        pytest.param(
            'Name,Phone\n"As\r\nha\n",98765 43210\nRavi,98765 43211\n',
            (1, ("Name", "Phone"), [(2, ["As\r\nha\n", "98765 43210"]), (3, RAVI)]),
            id="line ends in a cell do not count",
        ),
        pytest.param(
            'Name, Phone, City\nAsha, 98765 43210, "Pune, IN"\n',
            (1, ("Name", "Phone", "City"), [(2, [*ASHA, "Pune, IN"])]),
            id="a quote after a space",
        ),
        pytest.param(
            'Name,Phone\nAsha "Ash" Rao,98765 43210\n" ""R""",98765 43211\n',
            (1, ("Name", "Phone"), [(2, ['Asha "Ash" Rao', ASHA[1]]), (3, [' "R"', RAVI[1]])]),
            id="quotes that are text",
        ),
        pytest.param(
            "Name,Phone\nNA,null\nTRUE,1E5\n007,\x00\n",
            (1, ("Name", "Phone"), [(2, ["NA", "null"]), (3, ["TRUE", "1E5"]), (4, ["007", "\x00"])]),
            id="words that pandas would change, and NUL",
        ),
        pytest.param("phone\n9876543210\n", (1, ("phone",), [(2, ["9876543210"])]), id="one column"),
        pytest.param(
            "Price;Name;Size\n1,5;a;2,5\n1,5;b;2,5\n1,5;c;2,5\n",
            (1, ("Price", "Name", "Size"), [(n, ["1,5", name, "2,5"]) for n, name in ((2, "a"), (3, "b"), (4, "c"))]),
            id="decimal commas",
        ),
    ],
)  # fmt: skip
def test_what_is_written_is_read(write, text, expected):
    assert read(write(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Vorname;Handy\nAsha;98765 43210\n", 1, id="words over data"),
        pytest.param("Inquiries Master,,\n\nContact Person,Transport,Tel\nAsha,Blue,98765 43210\n", 3, id="title"),
        pytest.param("Phone:,022-2345678\nKunde,Ort,Handy\nAsha,Pune,98765 43210\n", 2, id="labels above"),
        pytest.param("Wer,Wo,Wie\nAsha,,\nRavi,Goa,98765 43210\n", 1, id="first row without number"),
        pytest.param("Asha,98765 43210\nRavi,98765 43211\n", 0, id="data in row 1"),
        pytest.param("a@b.in\nc@d.in\n", 0, id="addresses only"),
        pytest.param("Asha,,\nRavi,Goa,98765 43210\nUma,Goa,98765 43211\n", 0, id="a poor first row is no header"),
        pytest.param("Asha,98765 43210,x\nBob,,Mobile\nUma,98765 43211,x\n", 0, id="a header word among data"),
        pytest.param("Name,Phone\nAsha,98765 43210\nName,Phone\nRavi,98765 43211\n", 1, id="repeated header"),
        pytest.param("Notes:\n\"One, two\"\n\nName,Email,City\nAsha,,Pune\n", 4, id="LinkedIn"),
        pytest.param("x\n" * 30 + "Name,Phone\nAsha,98765 43210\n", 31, id="30 lines above"),
        pytest.param("Name,Phone\n", 1, id="header only"),
        pytest.param("info@acme.in\n\nName,Phone,City\nAsha,98765 43210,Pune\n", 3, id="an address above"),
    ],
)  # fmt: skip
def test_the_header_is_found(write, text, expected):
    assert read(write(text))[0] == expected


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        pytest.param({"header_row": 2}, (2, ("Asha", "98765 43210"), [(3, RAVI)]), id="header row"),
        pytest.param({"header_row": 0}, (0, ("", ""), [(1, ["Name", "Phone"]), (2, ASHA), (3, RAVI)]), id="no header"),
        pytest.param(
            {"delimiter": "\\t"}, (1, ("Name,Phone",), [(2, [",".join(ASHA)]), (3, [",".join(RAVI)])]), id="tab"
        ),
        pytest.param({"encoding": "UTF8"}, PLAIN, id="encoding"),
    ],
)  # fmt: skip
def test_the_user_is_stronger_than_detection(write, options, expected):
    assert read(write("Name,Phone\nAsha,98765 43210\nRavi,98765 43211\n"), **options) == expected


@pytest.mark.parametrize("mark", [b"", codecs.BOM_UTF16_LE])
@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le"])
def test_a_forced_encoding_takes_off_its_mark(write, mark, encoding):
    path = write(mark + "Name,Phone\nAsha,98765 43210\nRavi,98765 43211\n".encode("utf-16-le"))
    assert read(path, encoding=encoding) == PLAIN


SPANISH = "Nombre;Teléfono\nJosé Núñez;612345678\nMaría Peña;612345679\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param('"Name,Phone"\n\n"Asha,98765 43210"\n', (1, ("Name", "Phone"), [(3, ASHA)]), id="each line"),
        pytest.param('"Name;Phone"\r\n"""Asha, Rao"";98765 43210"\r\n',
                     (1, ("Name", "Phone"), [(2, ["Asha, Rao", "98765 43210"])]), id="quotes within"),
        pytest.param('"Name,Phone"\n"Asha,98765 43210"\nRavi,98765 43211\n',
                     (1, ("Name,Phone",), [(2, [",".join(ASHA)]), (3, RAVI[:1], (RAVI[1],))]), id="not each line"),
        pytest.param('"Name"\n"Rao, Asha"\n"Nair, Uma"\n', (1, ("Name",), [(2, ["Rao, Asha"]), (3, ["Nair, Uma"])]),
                     id="one column"),
        pytest.param('"Name","Phone"\n"Asha","98765 43210"\n', (1, ("Name", "Phone"), [(2, ASHA)]), id="each cell"),
    ],
)  # fmt: skip
def test_lines_in_quotes_are_read_as_lines(write, text, expected):
    assert read(write(text)) == expected


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16-le", "cp1252", "mac_roman"])
def test_the_encoding_is_found_and_shown(write, encoding):
    table = open_table(write(SPANISH.encode(encoding)))
    (frame,) = table.frames()
    shown = (table.layout.encoding, table.layout.delimiter, table.layout.headers)
    assert shown == (encoding, ";", ("Nombre", "Teléfono"))
    assert frame.cells.values.tolist() == [["José Núñez", "612345678"], ["María Peña", "612345679"]]


@pytest.mark.parametrize(
    ("data", "options", "message"),
    [
        pytest.param(b"", {}, "list.csv is empty; export it again", id="empty"),
        pytest.param(b" \n,,\n", {}, "list.csv holds no text in its first 131 rows; export it again", id="blank"),
        pytest.param(
            b'Name,Phone\n"As\nha",1\n"Ravi,2\nUma,3\n',
            {},
            'list.csv, record 3 (it starts in line 4): a quote (") is opened and never closed; close it, or remove it',
            id="unclosed quote",
        ),
        pytest.param(
            b'sep=,\nName,Phone\nAsha,1\n"Ra"vi,2\n',
            {},
            'list.csv, record 3 (it starts in line 4): text follows a closing quote ("); '
            'write a quote inside a quoted cell twice ("")',
            id="text after a quote",
        ),
        pytest.param(
            b'Name,Phone\n"' + b"x\n" * 40_000,
            {},
            'list.csv, record 2 (it starts in line 2): a cell is longer than 65,536 characters, most often because '
            'a quote (") is opened and never closed; close it, or shorten the cell',
            id="a cell too long",
        ),
        pytest.param(
            b"Name,Phone\nAsha,1,2\nRavi,1,2\n",
            {},
            "list.csv: the header in row 1 has 2 columns, but every row below has more; "
            "correct the header, or name its row with --header-row",
            id="every row too long",
        ),
        pytest.param(
            b"," * 1000 + b"x\n",
            {},
            "list.csv has more than 1,000 columns; export only the contact's own columns",
            id="too many columns",
        ),
        pytest.param(
            b"Name\r\nAsha\r\nJos\xe9\r\n",
            {"encoding": "utf-8"},
            "list.csv, line 3: the byte at offset 15 is not utf-8 (--encoding names another); "
            "save the file as UTF-8, or name its encoding with --encoding",
            id="not what the user says",
        ),
        pytest.param(
            b"\xef\xbb\xbfName\rAsha\rJos\xe9\r",
            {},
            "list.csv, line 3: the byte at offset 16 is not utf-8-sig (its first bytes promise); "
            "save the file as UTF-8, or name its encoding with --encoding",
            id="not what its mark says",
        ),
        pytest.param(
            b"Name\nAsha\n",
            {"encoding": "rot13"},
            "list.csv: --encoding names no text encoding; use for example utf-8, cp1252 or utf-16",
            id="no encoding",
        ),
        pytest.param(
            b"Name\nAsha\n",
            {"delimiter": ", "},
            "list.csv: --delimiter takes one character, or \\t for a tab",
            id="two characters",
        ),
        pytest.param(
            b"Name\nAsha\n",
            {"header_row": 3},
            "list.csv: row 3 holds no header; correct --header-row (0: there is none)",
            id="no such row",
        ),
        pytest.param(
            b"x" * 3_000_000,
            {},
            "list.csv has a line of more than 1 MB: it is not a contact list; export it again",
            id="endless line",
        ),
        pytest.param(
            b"Name\n" + bytes(range(8)) * 9,
            {},
            "list.csv is not text; export the contacts as CSV or .xlsx",
            id="control characters",
        ),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused(write, data, options, message):
    with pytest.raises(InputProblem) as stopped:
        read(write(data, "list.csv"), **options)
    assert str(stopped.value) == message


def test_a_broken_line_in_quotes_is_named(write):
    path = write('"Name,Phone"\n' + '"Asha,98765 43210"\n' * 500 + '"Uma,""98"\n')
    with pytest.raises(InputProblem, match=r"contacts.csv, record 502 \(it starts in line 502\): a quote"):
        read(path)


def test_a_broken_record_far_down_is_named(write):
    path = write("Name,Phone\n" + "Asha,98765 43210\n" * 7000 + '"Ra"vi,1\n')
    with pytest.raises(InputProblem, match=r"record 7002 \(it starts in line 7002\)"):
        read(path, size=1000)


@pytest.mark.parametrize("kind", ["missing", "folder", "fifo", "device"])
def test_only_regular_files_are_read(tmp_path, kind):
    path = {"folder": tmp_path, "device": Path("/dev/zero")}.get(kind, tmp_path / "x.csv")
    if kind == "fifo":
        os.mkfifo(path)
    with pytest.raises(InputProblem, match="does not exist" if kind == "missing" else "is not a regular file"):
        open_table(path)


@pytest.mark.parametrize("moment", ["before", "meanwhile"])
def test_a_file_that_changes_is_refused(write, moment):
    path = write("Name,Phone\nAsha,98765 43210\nRavi,98765 43211\n")
    frames = open_table(path).frames(1)
    if moment == "meanwhile":
        next(frames)
    path.write_text("Name,Phone\nAsha,98765 43210\n", encoding="utf-8")
    with pytest.raises(InputProblem, match=r"contacts\.csv changed while it was being read"):
        list(frames)


def test_frames_are_full_and_come_again(write):
    table = open_table(write("Name,Phone\n" + "Asha,98765 43210\n\n" * 7))
    for _ in range(2):
        assert [frame.rows.tolist() for frame in table.frames(3)] == [[2, 4, 6], [8, 10, 12], [14]]
    (frame,) = table.frames()
    assert (str(frame.rows.dtype), set(map(str, frame.cells.dtypes))) == ("int64", {"object"})
    assert frame.cells.columns.equals(type(frame.cells.columns)(range(2)))


def test_a_short_list_is_kept_once_it_was_read_to_its_end(write):
    table = open_table(write("Name,Phone\n" + "Asha,98765 43210\n" * 5), lists=1)
    next(table.frames(2))
    assert table._kept.get(2) is None
    first, again = list(table.frames(2)), list(table.frames(2))
    assert [id(frame) for frame in first] == [id(frame) for frame in again]
    assert [frame.rows.tolist() for frame in table.frames(3)] == [[2, 3, 4], [5, 6]]


@pytest.mark.parametrize(("cells", "is_kept"), [(10, True), (9, False), (4, False), (0, False)])
def test_a_list_is_kept_whole_or_not_at_all(write, cells, is_kept):
    frames = list(open_table(write("Name,Phone\n" + "Asha,98765 43210\n" * 5)).frames(2))
    kept = Kept(cells)
    assert list(kept.keep(2, iter(frames))) == frames
    assert kept.get(2) == (frames if is_kept else None)


@pytest.mark.parametrize(
    ("size", "lists", "cells"),
    [
        pytest.param(BYTES, 1, CELLS, id="the longest text"),
        pytest.param(BYTES + 1, 1, 0, id="a longer one"),
        pytest.param(BYTES // 4, 4, CELLS // 4, id="one of four"),
        pytest.param(BYTES // 4 + 1, 4, 0, id="a longer one of four"),
        pytest.param(1, 0, 0, id="a list that is read once"),
    ],
)
def test_lists_share_the_room_for_what_is_kept(size, lists, cells):
    assert room(size, lists) == cells


def test_the_lists_of_a_run_are_kept_together_or_read_again(write):
    paths = [write("Name,Mobile\nAsha,9812300101\n", name) for name in ("a.csv", "b.csv", "c.csv")]
    work = understand(Job(tuple(paths), "sandbox", region="IN"))
    assert [source.table._kept.room for source in work.sources] == [CELLS // 3] * 3


@pytest.mark.parametrize(("pack", "is_kept"), [(bytes, True), (gzip.compress, False)], ids=["text", "packed text"])
def test_what_is_packed_may_be_long_and_is_not_kept(write, pack, is_kept):
    table = open_table(write(pack(b"Name,Phone\nAsha,98765 43210\n")), lists=1)
    list(table.frames())
    assert (table._kept.get(5000) is not None) == is_kept


def test_a_list_that_is_kept_is_refused_where_its_file_changed(write):
    path = write("Name,Phone\nAsha,98765 43210\n")
    table = open_table(path, lists=1)
    list(table.frames())
    path.write_text("Name,Phone\nRavi,98765 43211\n\n", encoding="utf-8")
    with pytest.raises(InputProblem, match=r"contacts\.csv changed while it was being read"):
        list(table.frames())


def test_the_fingerprint_is_that_of_the_bytes(write):
    table = open_table(write("Name\nAsha\n"))
    assert table.sha256 == "7636a80fdd55974421cc0c11f52e9a04ea2caa3b116ca7de2a132630a7fb739c"


def test_importing_the_readers_is_cheap():
    late = "{'pandas', 'numpy', 'python_calamine'}"
    code = f"import sys, contact_import.readers; print(sorted({late} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
