"""Parquet files through DuckDB, an extra: every value as text, with all its digits. This runs in a process apart."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from contact_import.errors import InputProblem
from contact_import.readers import limits, workbook
from contact_import.readers.json_lines import SEPARATOR
from contact_import.readers.structure import MAX_COLUMNS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

PLACE = "/dev/fd/0"
"""Standard input, as a file that can be read from anywhere in it. A path could lead to another file by now."""
SETTINGS = (
    "threads = 1",
    "temp_directory = ''",
    "TimeZone = 'UTC'",
    "autoinstall_known_extensions = false",
    "autoload_known_extensions = false",
    "allow_community_extensions = false",
    f"allowed_paths = ['{PLACE}']",
    "enable_external_access = false",
    "lock_configuration = true",
)
"""No other file, no network, no extension: whatever the file says. https://duckdb.org/docs/stable/operations_manual/securing_duckdb/overview"""
TABLE = f"read_parquet('{PLACE}', binary_as_string = true)"
MEMORY, MEMORY_A_BYTE = 128 << 20, 8
"""Bytes that DuckDB may use, and how many more for each byte of the file."""
MANY = 1_000_000
"""Rows that may take less than a byte each."""
BLOCK_ROWS = 500
MAX_CELL = 65_536
"""Bytes, as in delimited text."""
MAX_DEPTH = 5
"""Levels of records that get columns of their own, named `contact.phone`; what is deeper is one cell."""
TEXT = "'"
"""Around text in SQL."""
LONG = {"varchar", "blob", "list", "array", "struct", "map", "union"}
"""Types whose text may be of any length."""
NESTED = {"list", "array", "struct", "map", "union"}


def rows(file: BinaryIO, name: str, _kind: str, _wanted: None) -> Iterator[dict[str, Any] | Sequence[Sequence[str]]]:
    """Tell the headers of a Parquet *file*, and its rows. Raises InputProblem for what cannot be read."""
    try:
        import duckdb  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise InputProblem(
            f"{name} is a Parquet file; reading those is an extra: pip install 'contact-import[parquet]'"
        ) from error
    if not Path(PLACE).exists():
        raise InputProblem(f"{name} is a Parquet file, which cannot be read on this system; export it as CSV")
    try:
        with duckdb.connect(":memory:") as base:
            base.execute(f"SET memory_limit = '{MEMORY + MEMORY_A_BYTE * limits.size(file) >> 20}MiB'")
            for setting in SETTINGS:
                base.execute(f"SET {setting}")
            ((length,),) = base.execute(f"SELECT count(*) FROM {TABLE}").fetchall()  # noqa: S608
            if length > max(MANY, limits.size(file)):
                raise InputProblem(f"{name} says {length:,} times nearly the same: it is no contact list")
            table = base.sql(f"FROM {TABLE}")
            pairs = zip(table.columns, table.types, strict=True)
            columns = [column for title, kind in pairs for column in _columns(title, _quoted(title), kind, MAX_DEPTH)]
            if len(columns) > MAX_COLUMNS:
                raise InputProblem(
                    f"{name} has more than {MAX_COLUMNS:,} columns; export only the contact's own columns"
                )
            yield {"headers": [title for title, _ in columns]}
            found = base.execute(f"SELECT {', '.join(expression for _, expression in columns)} FROM {TABLE}")  # noqa: S608
            while block := found.fetchmany(BLOCK_ROWS):
                yield [[_text(value) for value in row] for row in block]
    except duckdb.Error as error:
        raise InputProblem(f"{name} is a damaged or hostile Parquet file; export it again, or as CSV") from error


def _columns(title: str, expression: str, kind: Any, depth: int) -> Iterator[tuple[str, str]]:
    """Yield the columns that one of the type *kind* becomes: their titles, and their text as SQL."""
    if kind.id == "struct" and depth:
        for field, inner in kind.children:
            within = f"struct_extract({expression}, {_quoted(field, TEXT)})"
            yield from _columns(f"{title}.{field}", within, inner, depth - 1)
    else:
        text = _as_text(expression, kind)
        checked = f"CASE WHEN strlen({text}) > {MAX_CELL} THEN error('too long') ELSE {text} END"
        yield title, checked if kind.id in LONG else text


def _as_text(expression: str, kind: Any) -> str:
    if kind.id in {"float", "double"}:
        return expression  # Python writes all digits of a long number, SQL does not
    if kind.id == "boolean":
        return f"upper(CAST({expression} AS VARCHAR))"
    if kind.id in {"list", "array"} and kind.children[0][1].id not in NESTED:
        return f"array_to_string(CAST({expression} AS VARCHAR[]), '{SEPARATOR}')"
    if kind.id in NESTED:
        return f"CAST(to_json({expression}) AS VARCHAR)"
    return f"CAST({expression} AS VARCHAR)"


def _quoted(word: str, quote: str = '"') -> str:
    return quote + word.replace(quote, quote * 2) + quote


def _text(value: str | float | None) -> str:
    return "" if value is None else value if type(value) is str else workbook.text(value)
