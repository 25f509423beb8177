"""Each format is told by its content, and comes back as the text a person sees."""

import datetime as dt
import gzip
import io
import json
import subprocess
import sys
import tarfile
import zipfile

import duckdb
import pytest

from contact_import import schema
from contact_import.errors import InputProblem
from contact_import.models import Layout
from contact_import.readers import ReadOptions, open_table
from tests.readers import writers


@pytest.fixture
def write(tmp_path):
    def to(data, name="list.dat"):
        path = tmp_path / name
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
        return path

    return to


def rows_of(table):
    return [
        (int(number), cells)
        for frame in table.frames()
        for number, cells in zip(frame.rows, frame.cells.values.tolist(), strict=True)
    ]


def problem(path):
    with pytest.raises(InputProblem) as stopped:
        list(open_table(path).frames())
    return str(stopped.value)


# Workbooks

GRID = [
    ["Name", "Mobile", "Joined", "Paid"],
    ["Asha", 919876543210, dt.date(2026, 3, 17), True],
    ["रवि", "098765 43211", None, False],
    [None, None, None, None],
    ["Uma", 12.5, None, None],
]
SEEN = [
    (2, ["Asha", "919876543210", "2026-03-17", "TRUE"]),
    (3, ["रवि", "098765 43211", "", "FALSE"]),
    (5, ["Uma", "12.5", "", ""]),
]


def sparse(grid):
    return {
        (row, column): float(cell) if type(cell) is int else cell
        for row, cells in enumerate(grid)
        for column, cell in enumerate(cells)
        if cell is not None
    }


def xlsb(sheets, hidden=()):
    # A date is a number with a format there, and this writer has no formats.
    plain = {n: [[str(c) if isinstance(c, dt.date) else c for c in row] for row in g] for n, g in sheets.items()}
    return writers.xlsb({name: sparse(grid) for name, grid in plain.items()}, hidden)


WORKBOOKS = {"xls": writers.xls, "xlsb": xlsb, "ods": writers.ods}


@pytest.mark.parametrize("kind", WORKBOOKS)
def test_a_cell_is_what_a_person_sees(write, kind):
    table = open_table(write(WORKBOOKS[kind]({"People": GRID}), "contacts.csv"))
    assert table.layout == Layout(kind, ("Name", "Mobile", "Joined", "Paid"), 1, sheet="People", sheets=("People",))
    assert [rows_of(table), rows_of(table)] == [SEEN, SEEN]


@pytest.mark.parametrize("kind", WORKBOOKS)
@pytest.mark.parametrize(("wanted", "chosen"), [(None, "People"), ("More", "More"), ("Old", "Old")])
def test_the_sheet_is_chosen(write, kind, wanted, chosen):
    path = write(WORKBOOKS[kind]({"Old": GRID, "People": GRID, "More": GRID}, ["Old"]))
    layout = open_table(path, ReadOptions(sheet=wanted)).layout
    assert (layout.sheet, layout.sheets) == (chosen, ("People", "More"))


@pytest.mark.parametrize(
    ("first", "chosen"),
    [
        pytest.param([["Contact", "Ramesh 9900011122"], ["Customers", "57"]], "People", id="a label and its value"),
        pytest.param([["Contact"], ["Ramesh 9900011122"]], "First", id="a list of one column"),
        pytest.param([["Asha", "98765 43210"]], "First", id="a list without a header"),
        pytest.param([["Name", "Mobile"]], "First", id="a header alone"),
    ],
)
def test_a_summary_is_passed_over_for_a_list(write, first, chosen):
    path = write(writers.ods({"First": first, "People": GRID}))
    assert open_table(path, is_header=schema.is_header).layout.sheet == chosen


def test_a_summary_is_read_where_nothing_else_is(write):
    path = write(writers.ods({"Notes": [["None"]], "Summary": [["Contact", "Ramesh"]]}))
    assert open_table(path, is_header=schema.is_header).layout.sheet == "Summary"


@pytest.mark.parametrize("kind", WORKBOOKS)
def test_rows_and_columns_are_where_the_spreadsheet_shows_them(write, kind):
    grid = [[None] * 5, [None] * 5, [None, "Name", "Mobile"], [None] * 3, [None, "Asha", 919876543210]]
    table = open_table(write(WORKBOOKS[kind]({"People": grid})))
    assert (table.layout.headers, table.layout.header_row) == (("", "Name", "Mobile"), 3)
    assert rows_of(table) == [(5, ["", "Asha", "919876543210"])]


def test_an_ods_cell_is_its_value_and_no_comment(write):
    comment = "<office:annotation><text:p>rings 98</text:p></office:annotation><text:p>Asha</text:p>"
    cells = [
        f'<table:table-cell office:value-type="string">{comment}</table:table-cell>',
        '<table:table-cell office:value-type="float" office:value="919876543210"><text:p>9.2E+11</text:p>'
        "</table:table-cell>",
        writers.ods_cell("one\ntwo"),
    ]
    header = "".join(map(writers.ods_cell, ["Name", "Mobile", "Note"]))
    lines = "".join(f"<table:table-row>{row}</table:table-row>" for row in (header, "".join(cells)))
    path = write(writers.ods_package(writers.ods_table("People", lines)))
    assert rows_of(open_table(path)) == [(2, ["Asha", "919876543210", "one\ntwo"])]


def test_what_repeats_in_an_ods_is_written_out(write):
    header = "".join(map(writers.ods_cell, ["Name", "Mobile", "Mobile 2", "City"]))
    blank = writers.ods_cell(None, ' table:number-columns-repeated="16000"')
    twice = writers.ods_cell("98765 43210", ' table:number-columns-repeated="2"')
    lines = (
        f"<table:table-row>{header}</table:table-row>"
        f'<table:table-row table:number-rows-repeated="2">{writers.ods_cell("Asha")}{twice}</table:table-row>'
        '<table:table-row table:number-rows-repeated="3"><table:table-cell/></table:table-row>'
        f"<table:table-row>{writers.ods_cell('Ravi')}{blank}{writers.ods_cell(None)}</table:table-row>"
    )
    table = open_table(write(writers.ods_package(writers.ods_table("People", lines))))
    asha = ["Asha", "98765 43210", "98765 43210", ""]
    assert rows_of(table) == [(2, asha), (3, asha), (7, ["Ravi", "", "", ""])]


PASSWORD = "list.dat has a password; save it as .xlsx without one"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        pytest.param(writers.ole({"EncryptionInfo": b"x", "EncryptedPackage": b"y" * 9000}), PASSWORD, id="xlsx"),
        pytest.param(writers.xls_with_password(), PASSWORD, id="xls"),
        pytest.param(writers.ods_with_password(), PASSWORD, id="ods"),
        pytest.param(
            writers.ole({"WordDocument": b"x"}),
            "list.dat is no workbook, or only a part of one; save the contacts as .xlsx or CSV",
            id="an old Word document",
        ),
    ],
)
def test_a_workbook_that_cannot_be_read_says_why(write, data, message):
    assert problem(write(data)) == message


def test_a_workbook_is_read_without_our_folder_being_the_current_one(write, tmp_path):
    path = write(writers.xls({"People": GRID}))
    code = (
        "import sys; from pathlib import Path; from contact_import.readers import open_table;"
        "print(sum(len(frame.rows) for frame in open_table(Path(sys.argv[1])).frames()))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, path], capture_output=True, text=True, check=True, cwd=tmp_path, env={}
    )
    assert done.stdout == "3\n"


# JSON

LINES = """
{"name": "Asha", "phone": 919876543210, "score": 1.10, "vip": true, "note": null}

{"name": "Ravi", "phone": "098765 43211", "contact": {"email": "ravi@example.com", "home": {"city": "Pune"}}}
{"tags": ["a", "b", 3], "phones": [{"value": "1", "kind": "home"}, {"value": "2"}], "empty": {}, "none": []}
"""
LINE_HEADERS = (
    "name phone score vip note contact.email contact.home.city tags"
    " phones.1.value phones.1.kind phones.2.value empty none"
).split()
LINE_ROWS = [
    (2, ["Asha", "919876543210", "1.10", "TRUE", *[""] * 9]),
    (4, ["Ravi", "098765 43211", "", "", "", "ravi@example.com", "Pune", *[""] * 6]),
    (5, [*[""] * 7, "a ::: b ::: 3", "1", "home", "2", "", ""]),
]


def array(text):
    return "[" + ",\n ".join(line for line in text.splitlines() if line) + " ]\n"


@pytest.mark.parametrize(
    ("data", "encoding", "numbers"),
    [
        pytest.param(LINES, "utf-8", (2, 4, 5), id="lines"),
        pytest.param(LINES.replace("\n", "\r\n").encode("utf-8-sig"), "utf-8-sig", (2, 4, 5), id="lines of Windows"),
        pytest.param(LINES.encode("utf-16"), "utf-16", (2, 4, 5), id="lines in UTF-16"),
        pytest.param(LINES.encode("utf-16-le"), "utf-16-le", (2, 4, 5), id="lines in UTF-16 without a mark"),
        pytest.param(array(LINES), "utf-8", (1, 2, 3), id="array"),
        pytest.param(
            json.dumps(json.loads(array(LINES)), indent=2).replace("1.1,", "1.10,"),
            "utf-8",
            (1, 2, 3),
            id="indented array",
        ),
    ],
)
def test_json_objects_become_rows(write, data, encoding, numbers):
    table = open_table(write(data, "list.csv"))
    assert table.layout == Layout("json", tuple(LINE_HEADERS), 0, encoding=encoding)
    expected = [(number, cells) for number, (_, cells) in zip(numbers, LINE_ROWS, strict=True)]
    assert [rows_of(table), rows_of(table)] == [expected, expected]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        pytest.param("919876543210123456789", "919876543210123456789", id="long number"),
        pytest.param("9.19876543210E+11", "9.19876543210E+11", id="number as written"),
        pytest.param('"\\u0928\\u092e\\t"', "नम\t", id="escapes"),
        pytest.param('{"b": {"c": {"d": {"e": {"f": 1}}}}}', '{"f": "1"}', id="too deep"),
        pytest.param('[["x"], 1]', '[["x"], "1"]', id="list of lists"),
    ],
)
def test_a_json_value_is_text(write, value, expected):
    assert [cells for _, cells in rows_of(open_table(write(f'{{"a": {value}}}')))] == [[expected]]


APART = ['{"name": "Asha", "phone": 919876543210}', '{\n "name": "Ravi",\n "phone": "2"\n}']


@pytest.mark.parametrize(
    "data",
    [
        pytest.param("\n".join(reversed(APART)), id="over several lines"),
        pytest.param(",\n".join(reversed(APART)) + ",\n", id="with commas, as cut out of an array"),
        pytest.param("".join(reversed(APART)).replace("\n", ""), id="in one line"),
        pytest.param("\n".join(reversed(APART)).replace("\n", "\r\n").encode("utf-8-sig"), id="of Windows"),
        pytest.param("\n\n" + "\n".join(reversed(APART)).replace("\n", "\r"), id="line ends of old Macs"),
    ],
)
def test_json_objects_need_no_lines_of_their_own(write, data):
    table = open_table(write(data))
    assert (table.layout.headers, rows_of(table)) == (
        ("name", "phone"),
        [(1, ["Ravi", "2"]), (2, ["Asha", "919876543210"])],
    )


ARRAYS = [
    ["Name", "Phone", "VIP"],
    ["Asha", 919876543210, True],
    [],
    ["Ravi", "098765 43211"],
    ["Uma", None, {"a": 1}],
    None,
]


@pytest.mark.parametrize(
    ("data", "headers", "header_row", "rows"),
    [
        pytest.param(
            json.dumps(ARRAYS, indent=1),
            ("Name", "Phone", "VIP"),
            1,
            [
                (2, ["Asha", "919876543210", "TRUE"]),
                (4, ["Ravi", "098765 43211", ""]),
                (5, ["Uma", "", '{"a": "1"}']),
            ],
            id="arrays",
        ),
        pytest.param(
            json.dumps(ARRAYS[1:2]), ("", "", ""), 0, [(1, ["Asha", "919876543210", "TRUE"])], id="no header"
        ),
        pytest.param(' ["+91 98123 45671",null, "2"]', ("",), 0, [(1, ["+91 98123 45671"]), (3, ["2"])], id="texts"),
        pytest.param("[919812345671, 919812345672]", ("",), 0, [(1, ["919812345671"]), (2, ["919812345672"])],
                     id="numbers"),
        pytest.param('["Phone", "919812345671"]'.encode("utf-16"), ("Phone",), 1, [(2, ["919812345671"])],
                     id="texts below a header, in UTF-16"),
    ],
)  # fmt: skip
def test_json_without_keys_is_a_table(write, data, headers, header_row, rows):
    table = open_table(write(data))
    assert (table.layout.format, table.layout.headers, table.layout.header_row) == ("json", headers, header_row)
    assert [rows_of(table), rows_of(table)] == [rows, rows]


def test_a_chat_is_no_json(write):
    assert open_table(write("[12/03/2026, 10:15:03] Asha: hello\n")).layout.format == "csv"


PAIR = [{"name": "Asha", "phone": "1"}, {"name": "Ravi", "phone": "2"}]


@pytest.mark.parametrize("indent", [None, 2], ids=["one line", "indented"])
@pytest.mark.parametrize(
    ("envelope", "inside"),
    [
        pytest.param({"data": PAIR}, "data", id="a usual key"),
        pytest.param({"Kunden": PAIR}, "Kunden", id="the only key"),
        pytest.param({"count": 2, "Results": PAIR, "links": {"next": None}}, "Results", id="beside words about it"),
        pytest.param({"ok": True, "data": {"contacts": PAIR, "count": 2}}, "data.contacts", id="two levels down"),
        pytest.param({"id": 98123456, "name": "All", "data": [{**PAIR[0], "id": 1}, {**PAIR[1], "id": 2}]}, "data",
                     id="beside the name of the list"),
    ],
)  # fmt: skip
def test_the_list_in_an_envelope_is_read_and_told(write, envelope, inside, indent):
    table = open_table(write(json.dumps(envelope, indent=indent)))
    headers = ("name", "phone", "id")[: len(table.layout.headers)]
    assert table.layout == Layout("json", headers, 0, encoding="utf-8", inside=inside)
    people = [(1, ["Asha", "1", "1"][: len(headers)]), (2, ["Ravi", "2", "2"][: len(headers)])]
    assert [rows_of(table), rows_of(table)] == [people, people]


@pytest.mark.parametrize(
    ("contact", "headers"),
    [
        pytest.param({"name": "Asha", "phones": [PAIR[0]]}, ("name", "phones.1.name", "phones.1.phone"), id="a list"),
        pytest.param({"phones": [{"value": "1"}]}, ("phones.1.value",), id="a list alone"),
        pytest.param({"name": {"first": "Asha"}, "tel": {"home": "1"}}, ("name.first", "tel.home"), id="objects"),
        pytest.param({"u1": PAIR[0]}, ("u1.name", "u1.phone"), id="one object"),
        pytest.param({"name": ["Asha"], "tel": ["1"]}, ("name", "tel"), id="lists of one"),
        pytest.param({"name": ["Asha"], "tel": ["1", "2"]}, ("name", "tel"), id="lists of different lengths"),
        pytest.param({"tel": ["1", "2"]}, ("tel",), id="one list of values"),
    ],
)
def test_one_contact_is_no_envelope(write, contact, headers):
    assert open_table(write(json.dumps(contact))).layout.headers == headers


@pytest.mark.parametrize(
    ("data", "place"),
    [
        pytest.param(json.dumps({"u1": PAIR[0], "u2": PAIR[1]}), "the values of one object", id="keys of their own"),
        pytest.param(json.dumps({"crm": {"rows": PAIR}}, indent=1), "inside 'crm.rows'", id="within who knows what"),
        pytest.param(json.dumps({"data": {"rows": PAIR, "users": PAIR}}), "inside 'data.rows' and 'data.users'",
                     id="two lists two levels down"),
        pytest.param(json.dumps({"name": "Uma", "phone": "9812345679", "contacts": PAIR}),
                     "inside 'contacts', beside another one", id="the family of a contact"),
        pytest.param(json.dumps({"data": {"name": "Uma", "phone": "9812345679", "contacts": PAIR}}),
                     "inside 'data.contacts', beside another one", id="the family of a contact two levels down"),
        pytest.param(json.dumps({"name": "Uma", "Phone": "9812345679", "contacts": [*PAIR, {"name": "Bela"}]}),
                     "inside 'contacts', beside another one", id="the family of a contact, not all with phones"),
        pytest.param(json.dumps({"data": PAIR, "users": PAIR}), "inside 'data' and 'users'", id="two lists"),
        pytest.param(json.dumps({"contacts": PAIR, "dnd": ["+91 98123 00101"]}),
                     "inside 'contacts', beside phones inside 'dnd'", id="phones beside the list"),
        pytest.param(json.dumps({"active": PAIR, "blocked": PAIR}), "inside 'active' and 'blocked'",
                     id="lists under keys of their own"),
        pytest.param('{"range": "A1:B2", "values": [["Name", "Phone"], ["Asha", "1"]]}',
                     "rows without keys inside 'values'", id="rows of cells"),
        pytest.param('{"name": ["Asha", "Ravi"], "phone": ["1", "2"]}', "cut into columns", id="columns"),
        pytest.param(f"{json.dumps({'data': PAIR})}\n" * 2, "inside 'data' of each line", id="pages"),
    ],
)  # fmt: skip
def test_contacts_that_are_buried_stop_the_reading(write, data, place):
    assert problem(write(data)) == f"list.dat: the contacts are {place}; export them as one array of objects"


def test_objects_beyond_the_twentieth_of_a_list_are_one_cell(write):
    objects = [{"v": str(number)} for number in range(22)]
    table = open_table(write(json.dumps({"a": objects})))
    assert table.layout.headers == (*(f"a.{number}.v" for number in range(1, 21)), "a.more")
    assert rows_of(table) == [(1, [*map(str, range(20)), '[{"v": "20"}, {"v": "21"}]'])]


def test_a_long_array_is_read_in_pieces(write, monkeypatch):
    monkeypatch.setattr("contact_import.readers.json_lines.MAX_OBJECT", 60)
    data = "[" + ",".join(f'{{"name": "Asha {number}",\n "x": "[]"}}' for number in range(100)) + " " * 400 + "]"
    assert rows_of(open_table(write(data))) == [(number + 1, [f"Asha {number}", "[]"]) for number in range(100)]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        pytest.param(
            '{"a": 1}\n{"a": }\n',
            "list.dat, line 2: it is no JSON object (expecting value, character 7); "
            "correct it, or export one object on each line",
            id="broken line",
        ),
        pytest.param(
            '{"a": 1}\n\n[1]\n',
            "list.dat, line 3: it is JSON, but no object; correct it, or export one object on each line",
            id="no object",
        ),
        pytest.param(
            '{"a": 1}\n{"a": 2} {"a": 3}\n',
            "list.dat, line 2: something follows the object; correct it, or export one object on each line",
            id="two in a line",
        ),
        pytest.param(
            '{"a": 1}\n{\n "a": 1\n}\n',
            "list.dat, line 2: it is no JSON object (expecting property name enclosed in double quotes, character 2); "
            "correct it, or export one object on each line",
            id="an object over several lines below one on its own",
        ),
        pytest.param(
            '{\n "a": 1\n}\n{\n "a": \n}\n',
            "list.dat, object 2: it is no JSON object (expecting value, character 10); "
            "correct it, or export one object on each line",
            id="broken object over several lines",
        ),
        pytest.param(
            '[["Name", "Phone"], ["Asha", 1], {"a": 1}]',
            "list.dat, row 3: it is JSON, but no array as the first one is; "
            "correct it, or export one object on each line",
            id="an object among arrays",
        ),
        pytest.param(
            '["+919812345671", ["+919812345672"]]',
            "list.dat, row 2: it is JSON, but no text or number as the first one is; "
            "correct it, or export one object on each line",
            id="an array among texts",
        ),
        pytest.param(
            '["+919812345671", "+919812345672"',
            "list.dat, row 3: the array is not closed; correct it, or export one object on each line",
            id="texts without an end",
        ),
        pytest.param(
            '{"a": 1, "a": 2}\n',
            "list.dat, line 1: it has a key twice; correct it, or export one object on each line",
            id="a key twice",
        ),
        pytest.param(
            '{"a": {"b": 1}, "a.b": 2}\n',
            "list.dat, line 1: two of its keys name the same column; correct it, or export one object on each line",
            id="a column twice",
        ),
        pytest.param(
            '[{"a": 1}, {"a": 2}',
            "list.dat, object 3: the array is not closed; correct it, or export one object on each line",
            id="array without an end",
        ),
        pytest.param(
            '[{"a": 1}] {"a": 2}',
            "list.dat, object 2: something follows the array; correct it, or export one object on each line",
            id="after the array",
        ),
        pytest.param(
            '{"a": ' + "[" * 100_000 + "]" * 100_000 + "}",
            "list.dat, line 1: it is nested too deeply; correct it, or export one object on each line",
            id="nested deeply",
        ),
        pytest.param(
            '{"a": "' + "x" * 2_000_000 + '"}',
            "list.dat, line 1: it is longer than 1 MB, or no JSON object; "
            "correct it, or export one object on each line",
            id="a long line",
        ),
        pytest.param(
            b'{"a": "Jos\xe9"}\n',
            "list.dat is not utf-8 after line 0; name its encoding with --encoding",
            id="not UTF-8",
        ),
        pytest.param("[]", "list.dat holds no object with anything in it; export it again", id="nothing"),
        pytest.param(
            "{" + ",".join(f'"c{number}": 1' for number in range(1001)) + "}",
            "list.dat has more than 1,000 columns; export only the contact's own columns",
            id="too many columns",
        ),
    ],
)  # fmt: skip
def test_broken_json_is_refused_with_its_place(write, data, message):
    assert problem(write(data)) == message


def test_the_encoding_of_json_can_be_named(write):
    table = open_table(write('{"name": "José"}\n'.encode("cp1252")), ReadOptions(encoding="cp1252"))
    assert rows_of(table) == [(1, ["José"])]


# Parquet

COLUMNS = """
    'Asha' AS "Name", 919876543210 AS phone, 919876543210::DOUBLE AS "as float", 12.50::DECIMAL(10, 2) AS paid,
    true AS vip, NULL::VARCHAR AS note, TIMESTAMP '2026-03-17 14:30:15' AS seen, DATE '2026-03-17' AS born,
    TIMESTAMPTZ '2026-03-17 14:30:15+05:30' AS zoned, ['a', 'b'] AS tags, [1, 2] AS ids, 0.1::DOUBLE AS part,
    {'phone': '1', 'home': {'city': 'Pune'}} AS contact, [{'v': 1}] AS phones, encode('नमस्ते') AS bytes,
    12345678901234567890::UBIGINT AS long
"""
PARQUET = {
    "Name": "Asha",
    "phone": "919876543210",
    "as float": "919876543210",
    "paid": "12.50",
    "vip": "TRUE",
    "note": "",
    "seen": "2026-03-17 14:30:15",
    "born": "2026-03-17",
    "zoned": "2026-03-17 09:00:15+00",
    "tags": "a ::: b",
    "ids": "1 ::: 2",
    "part": "0.1",
    "contact.phone": "1",
    "contact.home.city": "Pune",
    "phones": '[{"v":1}]',
    "bytes": "नमस्ते",
    "long": "12345678901234567890",
}


def parquet(tmp_path, query):
    path = tmp_path / "made.parquet"
    with duckdb.connect() as base:
        base.execute(f"COPY ({query}) TO '{path}' (FORMAT parquet)")
    return path


def test_parquet_values_are_text(tmp_path, monkeypatch):
    monkeypatch.setenv("TZ", "Asia/Kolkata")
    path = parquet(tmp_path, f"SELECT {COLUMNS} UNION ALL SELECT {'NULL, ' * 15} NULL")
    table = open_table(path)
    assert table.layout == Layout("parquet", tuple(PARQUET), 0)
    assert rows_of(table) == [(1, list(PARQUET.values()))]


def test_parquet_rows_keep_their_order_and_numbers(tmp_path):
    path = parquet(tmp_path, "SELECT 'Asha ' || i AS name FROM range(12_000) t(i)")
    assert rows_of(open_table(path)) == [(number + 1, [f"Asha {number}"]) for number in range(12_000)]


def test_a_parquet_file_with_odd_names_can_ask_for_nothing(tmp_path):
    path = parquet(tmp_path, """SELECT 1 AS "a"" FROM read_csv('/etc/passwd') --", {'x'', y': 2} AS "b'" """)
    table = open_table(path)
    assert (table.layout.headers, rows_of(table)) == (
        ("a\" FROM read_csv('/etc/passwd') --", "b'.x', y"),
        [(1, ["1", "2"])],
    )


def test_parquet_without_its_reader_says_what_to_install(tmp_path, monkeypatch):
    path = parquet(tmp_path, "SELECT 1 AS a")
    absent = tmp_path / "absent"
    absent.mkdir()
    (absent / "duckdb.py").write_text("raise ImportError")
    monkeypatch.syspath_prepend(str(absent))
    assert problem(path) == (
        "made.parquet is a Parquet file; reading those is an extra: pip install 'contact-import[parquet]'"
    )


def test_a_damaged_parquet_file_is_refused(write):
    message = "list.dat is a damaged or hostile Parquet file; export it again, or as CSV"
    assert problem(write(b"PAR1" + bytes(100) + b"PAR1")) == message


@pytest.mark.parametrize("value", ["repeat('x', 70_000)", "[repeat('x', 70_000)]", "[[repeat('x', 70_000)]]"])
def test_a_parquet_cell_that_is_too_long_is_refused(tmp_path, value):
    path = parquet(tmp_path, f"SELECT {value} AS name")
    assert problem(path) == "made.parquet is a damaged or hostile Parquet file; export it again, or as CSV"


# vCard

CARD = "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Asha Rao\r\nTEL;TYPE=CELL:+91 98765 43210\r\nEND:VCARD\r\n"


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(CARD.encode(), id="plain"),
        pytest.param(CARD.replace("BEGIN", "begin").encode("utf-8-sig"), id="small letters behind a mark"),
        pytest.param(("\r\n " + CARD).encode(), id="behind blank lines"),
        pytest.param(CARD.encode("utf-16"), id="UTF-16"),
        pytest.param(CARD.encode("utf-16-be"), id="UTF-16 without a mark"),
    ],
)
def test_a_vcard_is_told_by_its_first_line(write, data):
    table = open_table(write(data, "list.csv"))
    assert (table.layout.format, table.layout.header_row) == ("vcard", 0)
    ((number, cells),) = rows_of(table)
    assert number == 1
    assert {"Asha Rao", "+91 98765 43210"} <= set(cells)


# Archives

CSV = b"Name,Phone\nAsha,98765 43210\n"


@pytest.mark.parametrize(
    ("data", "label"),
    [
        pytest.param(gzip.compress(CSV), "gzip", id="gzip"),
        pytest.param(gzip.compress(CSV[:15]) + gzip.compress(CSV[15:]), "gzip", id="gzip in two parts"),
        pytest.param(gzip.compress(CSV) + bytes(20_000), "gzip", id="gzip with zeros behind"),
        pytest.param(writers.zipped({"contacts.csv": CSV}), "zip contacts.csv", id="zip"),
        pytest.param(
            writers.zipped({"__MACOSX/a.csv": b"x", "a/": b"", "a/.DS_Store": b"x", "a/._b.csv": b"x", "a/b.csv": CSV}),
            "zip a/b.csv",
            id="zip with litter",
        ),
        pytest.param(writers.zipped({"../../x\x1b.csv": CSV}), "zip ../../x?.csv", id="zip with a path"),
    ],
)
def test_an_archive_of_one_list_is_that_list(write, data, label):
    path = write(data)
    before = sorted(path.parent.iterdir())
    table = open_table(path)
    assert table.layout == Layout("csv", ("Name", "Phone"), 1, encoding="utf-8", delimiter=",", archive=label)
    assert [rows_of(table), rows_of(table)] == [[(2, ["Asha", "98765 43210"])]] * 2
    assert table.sha256 == open_table(write(data, "again")).sha256
    assert sorted(path.parent.iterdir()) == sorted([*before, path.parent / "again"])


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        pytest.param("xls", writers.xls({"People": GRID}), id="xls"),
        pytest.param("ods", writers.ods({"People": GRID}), id="ods"),
        pytest.param("json", LINES.encode(), id="json"),
        pytest.param("vcard", CARD.encode(), id="vcard"),
    ],
)
@pytest.mark.parametrize("pack", [gzip.compress, lambda data: writers.zipped({"x": data})], ids=["gzip", "zip"])
def test_any_format_may_be_packed(write, kind, data, pack):
    assert rows_of(open_table(write(pack(data)))) == rows_of(open_table(write(data, "plain")))
    assert open_table(write(pack(data))).layout.format == kind


def test_parquet_may_be_packed(tmp_path, write):
    path = parquet(tmp_path, "SELECT 'Asha' AS name")
    assert rows_of(open_table(write(gzip.compress(path.read_bytes())))) == [(1, ["Asha"])]


def encrypted(data):
    flagged = bytearray(data)
    flagged[6] |= 1
    flagged[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(flagged)


def tarred():
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as archive:
        archive.addfile(tarfile.TarInfo("a.csv"), io.BytesIO())
    return file.getvalue()


def bzipped():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_BZIP2) as package:
        package.writestr("contacts.csv", CSV)
    return file.getvalue()


@pytest.mark.parametrize(
    ("data", "message"),
    [
        pytest.param(
            writers.zipped({"a.csv": CSV, "b/c.csv": CSV}),
            "list.dat holds several files; unpack it, and name those to read: a.csv, b/c.csv",
            id="several",
        ),
        pytest.param(
            writers.zipped({f"{number}.csv": CSV for number in range(12)}),
            "list.dat holds several files; unpack it, and name those to read: "
            "0.csv, 1.csv, 2.csv, 3.csv, 4.csv, 5.csv, 6.csv, 7.csv, 8.csv, 9.csv and 2 more",
            id="many",
        ),
        pytest.param(writers.zipped({}), "list.dat is a zip file with nothing in it; pack it again", id="no member"),
        pytest.param(
            encrypted(writers.zipped({"a.csv": CSV})), "list.dat has a password; unpack it first", id="password"
        ),
        pytest.param(bzipped(), "list.dat is packed in an unusual way; unpack it first", id="another packing"),
        pytest.param(
            gzip.compress(gzip.compress(CSV)),
            "list.dat is an archive within an archive; unpack it first",
            id="gzip in gzip",
        ),
        pytest.param(
            writers.zipped({"a.zip": writers.zipped({"a.csv": CSV})}),
            "list.dat (a.zip) is an archive within an archive; unpack it first",
            id="zip in zip",
        ),
        pytest.param(
            gzip.compress(CSV)[:-9], "list.dat is a damaged gzip file; pack it or fetch it again", id="gzip cut off"
        ),
        pytest.param(
            gzip.compress(CSV) + b"rubbish",
            "list.dat is a damaged gzip file; pack it or fetch it again",
            id="gzip and more",
        ),
        pytest.param(gzip.compress(tarred()), "list.dat is a tar archive; unpack it first", id="tar"),
        pytest.param(gzip.compress(b""), "list.dat has an empty file in it; export it again", id="empty gzip"),
        pytest.param(
            writers.zipped({"a.csv": b'Name,Phone\n"Asha,1\n'}),
            'list.dat (a.csv), record 2 (it starts in line 2): a quote (") is opened and never closed; '
            "close it, or remove it",
            id="a broken list in it",
        ),
    ],
)  # fmt: skip
def test_an_archive_that_cannot_be_read_says_why(write, data, message):
    assert problem(write(data)) == message


def test_a_list_that_does_not_fit_on_the_disk_is_told(write, monkeypatch):
    class Full(io.BytesIO):
        def write(self, _data):
            raise OSError(28, "No space left on device")

    monkeypatch.setattr("tempfile.TemporaryFile", Full)
    monkeypatch.setattr("tempfile.gettempdir", lambda: "/tmp")
    assert problem(write(gzip.compress(CSV))) == (
        "list.dat cannot be unpacked in /tmp (No space left on device); "
        "make room there, or name another folder in TMPDIR"
    )
