"""Delimited text comes back cell for cell, with the row numbers of a spreadsheet, or not at all."""

import codecs
import csv
import io
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contact_import.errors import InputProblem
from contact_import.readers import ReadOptions, open_table

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
TURKISH = "Ad;Telefon\nAyşe Yılmaz;5321234567\nGökhan Çağlar;5321234568\n"
RUSSIAN = "Имя;Телефон\nИван Петров;89123456789\nМария Иванова;89123456780\n"


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        pytest.param(b"a;b\n1;2\n", "utf-8", id="ASCII"),
        pytest.param(SPANISH.encode(), "utf-8", id="UTF-8"),
        pytest.param(SPANISH.encode("utf-8-sig"), "utf-8-sig", id="UTF-8 with mark"),
        pytest.param(codecs.BOM_UTF16_BE + SPANISH.encode("utf-16-be"), "utf-16", id="UTF-16 with mark"),
        pytest.param(SPANISH.encode("utf-16-le"), "utf-16-le", id="UTF-16 LE"),
        pytest.param(SPANISH.encode("utf-16-be"), "utf-16-be", id="UTF-16 BE"),
        pytest.param(SPANISH.encode("utf-32"), "utf-32", id="UTF-32"),
        pytest.param(SPANISH.encode("cp1252"), "cp1252", id="Spanish, Windows"),
        pytest.param(SPANISH.encode("mac_roman"), "mac_roman", id="Spanish, Mac"),
        pytest.param(SPANISH.encode("cp850"), "cp850", id="Spanish, DOS"),
        pytest.param("Name;Straße\nJürgen Groß;Königstraße\n".encode("cp1252"), "cp1252", id="German, Windows"),
        pytest.param("Name;Straße\nJürgen Groß;Königstraße\n".encode("cp850"), "cp850", id="German, DOS"),
        pytest.param("Prénom;Nom\nHélène;Lefèvre\nFrançois;Noël\n".encode("cp1252"), "cp1252", id="French"),
        pytest.param("Nome;Nota\nJoão Conceição;São “bom” – sim\n".encode("cp1252"), "cp1252", id="Portuguese"),
        pytest.param("Nimi;Mesto\nMcDonald;Ångström\nÉva;l’Été\n".encode("cp1252"), "cp1252", id="capitals"),
        pytest.param("Imię;Miasto\nŁukasz Żak;Łódź\nMałgorzata;Śrem\n".encode("cp1250"), "cp1250", id="Polish"),
        pytest.param(TURKISH.encode("cp1254"), "cp1254", id="Turkish"),
        pytest.param(RUSSIAN.encode("cp1251"), "cp1251", id="Russian"),
        pytest.param("الاسم,الهاتف\nمحمد علي,0501234567\n".encode("cp1256"), "cp1256", id="Arabic"),
        pytest.param("氏名,電話\n山田太郎,090-1234-5678\n".encode("cp932"), "cp932", id="Japanese"),
        pytest.param("姓名,电话\n张伟,13812345678\n王芳,13912345679\n".encode("gb18030"), "gb18030", id="Chinese"),
        pytest.param(b"Name,Note\nAsha,it\x92s \x93fine\x94\n", "cp1252", id="English quotes"),
        pytest.param(b"Name,Note\n" + b"Asha,x\n" * 200_000 + b"Jos\xe9,x\n", "cp1252", id="one letter, far down"),
    ],
)
def test_the_encoding_is_found(write, data, encoding):
    table = open_table(write(data))
    text = data.decode(encoding)
    expected = list(csv.reader(io.StringIO(text, newline=""), delimiter=table.layout.delimiter))
    assert table.layout.encoding == encoding
    rows = [list(table.layout.headers)] + [row for f in table.frames() for row in f.cells.values.tolist()]
    assert rows == expected


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
        pytest.param(bytes(100), {}, "list.csv is not text; export the contacts as CSV or .xlsx", id="NUL only"),
        pytest.param(
            b"%PDF-1.7\n",
            {},
            "list.csv is a PDF; this program reads CSV or another delimited text, or an Excel workbook (.xlsx)",
            id="PDF",
        ),
        pytest.param(
            b"\x1f\x8b\x08\x00",
            {},
            "list.csv is compressed with gzip; unpack it first; "
            "this program reads CSV or another delimited text, or an Excel workbook (.xlsx)",
            id="gzip",
        ),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused(write, data, options, message):
    with pytest.raises(InputProblem) as stopped:
        read(write(data, "list.csv"), **options)
    assert str(stopped.value) == message


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


def test_the_fingerprint_is_that_of_the_bytes(write):
    table = open_table(write("Name\nAsha\n"))
    assert table.sha256 == "7636a80fdd55974421cc0c11f52e9a04ea2caa3b116ca7de2a132630a7fb739c"


def test_importing_the_readers_is_cheap():
    late = "{'pandas', 'numpy', 'python_calamine', 'charset_normalizer'}"
    code = f"import sys, contact_import.readers; print(sorted({late} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


# No NUL and no \x1a: UTF-16 without a mark, and the end of the file, are read from them.
CELL = st.text(st.characters(codec="utf-8", exclude_characters="\x00\x1a", exclude_categories=["Cs"]), max_size=12)
TITLE = st.text("abcxyz ñé", min_size=1, max_size=8).filter(str.strip)


@st.composite
def tables(draw):
    width = draw(st.integers(1, 5))
    header = ["Full name", *draw(st.lists(TITLE, min_size=width - 1, max_size=width - 1))]
    row = st.lists(CELL, min_size=width, max_size=width)
    rows = draw(st.lists(row | st.just([]), max_size=8))
    return draw(st.lists(TITLE, max_size=4)), header, rows


@settings(deadline=None, max_examples=150)
@given(
    tables(),
    st.sampled_from(",;\t|"),
    st.sampled_from(["\n", "\r", "\r\n"]),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
    st.booleans(),
    st.booleans(),
)
def test_any_table_comes_back(table, delimiter, line_end, encoding, forced, quoted):
    preamble, header, rows = table
    text = io.StringIO()
    # Python's writer leaves a lone line end of the other kind unquoted: such text says something else.
    quoted = quoted or any(end in cell for row in rows for cell in row for end in "\r\n")
    quoting = csv.QUOTE_ALL if quoted else csv.QUOTE_MINIMAL
    csv.writer(text, delimiter=delimiter, lineterminator=line_end, quoting=quoting).writerows(
        [[line] for line in preamble] + [header, *rows]
    )
    place = len(preamble) + 1
    expected = [(n, row) for n, row in enumerate(rows, place + 1) if "".join(row).strip()]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "any.csv")
        path.write_bytes(text.getvalue().encode(encoding))
        options = {"header_row": place, "delimiter": delimiter} if forced else {"delimiter": delimiter}
        assert read(path, 3, lambda cell: cell == "Full name", **options) == (place, tuple(header), expected)
