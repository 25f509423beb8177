"""The platform's token: where it comes from, and the wrapper that keeps it out of everything printed."""

from __future__ import annotations

import os
import re
import stat
import sys
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from contact_import.errors import UsageProblem

if TYPE_CHECKING:
    from collections.abc import Mapping

_SHAPE = re.compile(r"[A-Za-z0-9._~+/=-]{8,4096}")
_HELP = (
    "no token: put it into a file that only you can read and give --token-file, or set CONTACT_IMPORT_TOKEN; "
    "to try without one: --sandbox or --dry-run"
)


class Secret:
    """A text that no print, log or traceback shows."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def __repr__(self) -> str:
        return "Secret(***)"

    __str__ = __repr__

    def reveal(self) -> str:
        """Return the text itself; only a request header is made of it."""
        return self._text


def find_token(
    file: Path | None, *, from_stdin: bool, environment: Mapping[str, str] = os.environ, stdin: TextIO = sys.stdin
) -> Secret:
    """Return the token from the first place that has one: file, standard input, environment, keyring.

    Raises UsageProblem where there is none, where its file can be read by others, or where it is no token.
    """
    if file is not None:
        return _checked(_read(file), "the token file")
    if from_stdin:
        return _checked(stdin.readline(4100), "the token on standard input")
    if named := environment.get("CONTACT_IMPORT_TOKEN_FILE"):
        return _checked(_read(Path(named)), "the token file")
    if text := environment.get("CONTACT_IMPORT_TOKEN"):
        return _checked(text, "CONTACT_IMPORT_TOKEN")
    if text := _from_keyring():
        return _checked(text, "the token in the keyring")
    raise UsageProblem(_HELP)


def _read(path: Path) -> str:
    """Return what the token file says; refuse one that others can read, as ssh does with keys.

    No message repeats the path: somebody may have put the token itself where its file's name belongs.
    """
    try:
        with path.open(encoding="utf-8-sig") as file:
            found = os.fstat(file.fileno())
            if os.name == "posix" and (found.st_mode & 0o077 or found.st_uid != os.getuid()):
                raise UsageProblem("the token file must be yours, and readable by you alone: chmod 600 it")
            if not stat.S_ISREG(found.st_mode):
                raise UsageProblem("the token file is not a regular file")
            return file.read(4100)
    except (OSError, UnicodeDecodeError) as error:
        words = getattr(error, "strerror", "it is not text")
        raise UsageProblem(f"the token file cannot be read: {words}") from None


def _checked(text: str, where: str) -> Secret:
    token = text.strip().removeprefix("Bearer ").strip()
    if not _SHAPE.fullmatch(token):
        raise UsageProblem(f"{where} does not hold a token: {len(token)} characters, some that no token has")
    return Secret(token)


def _from_keyring() -> str | None:
    """Return the token kept by the system's keyring, where the extra of that name is installed."""
    try:
        import keyring  # noqa: PLC0415 - an extra
        from keyring.errors import KeyringError  # noqa: PLC0415
    except ImportError:
        return None
    try:
        found: str | None = keyring.get_password("contact-import", "token")
    except KeyringError:
        return None
    return found
