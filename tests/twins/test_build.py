"""The files are what the tables say: a twin is changed in its table, never by itself."""

from __future__ import annotations

import pytest

from tests.twins import build

TABLES = build.tables()
TEXTS = [name for name, twin in TABLES.items() if twin.keys() & {"text", "people"}]
"""What is not packed: a packed file's bytes are those of the library that packs it."""


@pytest.mark.parametrize("name", TEXTS)
def test_a_twin_is_what_its_table_says(name):
    assert (build.HERE / "files" / name).read_bytes() == build.content(TABLES[name])


def test_the_manifest_is_what_the_tables_say(tmp_path):
    build.write(tmp_path)

    written = sorted(path.name for path in (tmp_path / "files").iterdir())
    assert written == sorted(path.name for path in (build.HERE / "files").iterdir())
    assert (tmp_path / "manifest.toml").read_bytes() == (build.HERE / "manifest.toml").read_bytes()
