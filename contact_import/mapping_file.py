"""The file that keeps a mapping: TOML, with column names in it and no cell of any contact."""

from __future__ import annotations

import os
import tempfile
import tomllib
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, cast

from contact_import.errors import UsageProblem
from contact_import.mapping import given as named

if TYPE_CHECKING:
    from contact_import.models import Mapping

_TABLES = ("map", "attribute")


def load_mapping(path: Path) -> tuple[dict[str, str | list[str]], dict[str, str]]:
    """Return what *path* says: field → column, or columns with the preferred one first; attribute key → column."""
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise UsageProblem(f"{path}: cannot be read: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageProblem(f"{path}: is not TOML: {error}") from error
    for key, table in content.items():
        if key not in _TABLES or not isinstance(table, dict):
            raise UsageProblem(f"{path}: {key}: the file has two tables, [map] and [attribute], and nothing else.")
    return _columns_of_fields(path, content.get("map", {})), _columns_of_keys(path, content.get("attribute", {}))


def save_mapping(path: Path, mapping: Mapping) -> None:
    """Write the columns that feed something to *path*, whole or not at all."""
    import tomli_w  # noqa: PLC0415 - wanted by one option only

    fields = dict.fromkeys(column.field for column in mapping.columns if column.field)
    columns = {field: [mapping.columns[index].header for index in mapping.feeding(field)] for field in fields}
    content: dict[str, dict[str, str | list[str]]] = {"map": {}, "attribute": {}}
    for field, headers in columns.items():
        table, key = ("attribute", field.partition(":")[2]) if ":" in field else ("map", field)
        content[table][key] = headers[0] if len(headers) == 1 else headers
    text = tomli_w.dumps({table: entries for table, entries in content.items() if entries})
    try:
        _write(path, text)
    except OSError as error:
        raise UsageProblem(f"{path}: cannot be written: {error.strerror}") from error


def _columns_of_fields(path: Path, table: dict[str, object]) -> dict[str, str | list[str]]:
    given: dict[str, str | list[str]] = {}
    for field, column in table.items():
        where = f"{path}: map.{field}"
        named.check_field(field, where)
        several = isinstance(column, list) and column and all(isinstance(each, str) for each in column)
        if not (several or isinstance(column, str)):
            raise UsageProblem(f"{where}: a column's name is text in quotes; several are a list of them.")
        given[field] = cast("str | list[str]", column)
    return given


def _columns_of_keys(path: Path, table: dict[str, object]) -> dict[str, str]:
    attributes: dict[str, str] = {}
    for key, column in table.items():
        where = f"{path}: attribute.{key}"
        named.check_key(key, where)
        if not isinstance(column, str):
            raise UsageProblem(f"{where}: a column's name is text in quotes.")
        attributes[key] = column
    return attributes


def _write(path: Path, text: str) -> None:
    """Put a finished file in the place of *path*, so that no reader ever sees half of one."""
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        Path(temporary).replace(path)
    except BaseException:
        with suppress(OSError):
            Path(temporary).unlink()
        raise
