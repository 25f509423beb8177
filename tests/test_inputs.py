"""What a user names as FILE, and what it is called afterwards."""

import io
from pathlib import Path

import pytest

from contact_import.inputs import called, gathered


def test_standard_input_becomes_a_file_that_is_gone_afterwards():
    with gathered(["-"], io.TextIOWrapper(io.BytesIO(b"Name\nAsha\n"))) as (path,):
        assert (path.read_bytes(), called(path), called(path.absolute())) == (b"Name\nAsha\n", "-", "-")
    assert not path.exists()


@pytest.mark.parametrize("name", ["people.csv", "lists/people.csv", "/data/contact-import-1/0/people.csv", "-"])
def test_a_file_of_the_users_is_called_as_it_was_named(name):
    assert called(Path(name)) == name
