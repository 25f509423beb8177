"""The real command and platforms for it, as the tests of the command line have them."""

from tests.cli.conftest import command, platform, sample, token  # noqa: F401
