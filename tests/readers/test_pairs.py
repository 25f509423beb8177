"""Lines of a name and a phone are read where each of them is that, and nothing else."""

import pytest

from contact_import import schema
from contact_import.errors import InputProblem
from contact_import.models import Layout
from contact_import.readers import ReadOptions, open_table


@pytest.fixture
def opened(tmp_path):
    def read(text, **options):
        path = tmp_path / "list.txt"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return open_table(path, ReadOptions(**options), is_header=schema.is_header)

    return read


def rows_of(table):
    return [
        (int(number), cells)
        for frame in table.frames(2)
        for number, cells in zip(frame.rows, frame.cells.values.tolist(), strict=True)
    ]


@pytest.mark.parametrize(
    ("line", "pair"),
    [
        ("Asha Rao - 9812345671", ["Asha Rao", "9812345671"]),
        ("Asha: +91 98123 45671", ["Asha", "+91 98123 45671"]),
        ("  Asha   98123-45671  ", ["Asha", "98123-45671"]),
        ("Mbak Ani 085700001111", ["Mbak Ani", "085700001111"]),
        ("Mbak Ani +62 857-0000-1111", ["Mbak Ani", "+62 857-0000-1111"]),
        ("Asha (Pune) – (022) 2345 6789", ["Asha (Pune)", "(022) 2345 6789"]),
        ("रवि => ९८१२३४५६७२", ["रवि", "९८१२३४५६७२"]),
        ("~ Asha \u202a+91 98123 45671\u202c", ["~ Asha", "+91 98123 45671"]),
    ],
)
def test_a_line_is_a_name_and_a_phone(opened, line, pair):
    table = opened(f"Uma - 9812345679\r\n\r\n{line}\r\n")
    assert table.layout == Layout("text", ("Name", ""), 0, encoding="utf-8")
    assert [rows_of(table), rows_of(table)] == [[(1, ["Uma", "9812345679"]), (3, pair)]] * 2


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        pytest.param("\ufeffJosé - 9812345671\nUma - 9812345679\n".encode(), "utf-8-sig", id="UTF-8 with a mark"),
        pytest.param("José - 9812345671\rUma - 9812345679\x1a".encode("cp1252"), "cp1252", id="Windows"),
        pytest.param("José - 9812345671\nUma - 9812345679".encode("utf-16"), "utf-16", id="UTF-16"),
    ],
)
def test_lines_are_read_in_any_encoding(opened, text, encoding):
    table = opened(text)
    assert table.layout.encoding == encoding
    assert rows_of(table) == [(1, ["José", "9812345671"]), (2, ["Uma", "9812345679"])]


@pytest.mark.parametrize(
    "line",
    [
        "9812345672",
        "Ravi - 9812345672 / 9812345673",
        "Ravi - 98123 45672 98123 45673",
        "Ravi - 9812345672 (office)",
        "Ravi9812345672",
        "Flat 12 - 9812345672",
        "Flat 44: 7911123456",
        "Flat 44 7911123456",
        "Mobile: 9812345672",
        "12/03/2026, 10:15 - Ravi: 9812345672",
        "R" * 200 + " - 9812345672",
    ],
)
def test_one_line_that_is_anything_else_is_enough(opened, line):
    table = opened(f"Uma - 9812345679\n{line}\nAsha - 9812345671\n", delimiter=None)
    assert table.layout.format == "csv"


@pytest.mark.parametrize("line", ["Ravi", "Ravi - 12.03.2026", "Ravi - 12345"])
def test_a_line_without_a_phone_may_be_a_header_and_loses_nobody_above_it(opened, line):
    with pytest.raises(InputProblem, match=r"above the header in row 2 are phones \(row 1\)"):
        opened(f"Uma - 9812345679\n{line}\nAsha - 9812345671\n")


def test_the_same_word_before_each_number_is_no_name(opened):
    assert opened("Ticket 9812345671\nticket: 9812345672\n").layout.format == "csv"


@pytest.mark.parametrize(
    ("text", "options"),
    [
        pytest.param("sep=;\nAsha - 9812345671\nUma - 9812345679\n", {}, id="a line that names the delimiter"),
        pytest.param("Asha - 9812345671\nUma - 9812345679\n", {"delimiter": "-"}, id="the user"),
        pytest.param("Asha - ,9812345671\nUma - ,9812345679\n", {}, id="a delimiter"),
    ],
)
def test_a_delimiter_goes_before(opened, text, options):
    assert opened(text, **options).layout.format == "csv"
