"""The real command and platforms for it, as the tests of the command line have them."""

import pytest

from tests.cli.conftest import command, platform, sample, token, wait_for  # noqa: F401


@pytest.fixture(scope="session")
def warm() -> None:
    """Nothing to fork from: what a library does with the environment it may do while it is imported."""
