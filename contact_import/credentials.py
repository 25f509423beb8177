"""The platform's token: where it comes from, and the wrapper that keeps it out of everything printed."""

from __future__ import annotations

import base64
import json
import os
import re
import stat
import sys
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from contact_import.errors import UsageProblem

if TYPE_CHECKING:
    from collections.abc import Iterable, MutableMapping

_SHAPE = re.compile(r"[A-Za-z0-9._~+/=-]{8,4096}")
_JWT = re.compile(r"eyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]{8,}")
_LONG = re.compile(r"[A-Za-z0-9._~+=-]{28,4096}")
_NAMED = re.compile(r"\.[A-Za-z][A-Za-z0-9]{1,7}$|^\d{8}-\d{6}-\d{6}")
"""How the names of files end, and how those of runs begin."""
CHANGES = 8
"""So many changes between letters and digits, beside each other, are no name any more."""
_HELP = (
    "no token: put it into a file that only you can read and give --token-file, or set CONTACT_IMPORT_TOKEN; "
    "to try without one: --sandbox or --dry-run"
)


class NoToken(UsageProblem):
    """There is no token anywhere."""


class Secret:
    """A text that no print, log or traceback shows."""

    __slots__ = ("_text", "where")

    def __init__(self, text: str, where: str = "") -> None:
        self._text = text
        self.where = where
        """What it came from, in words."""

    def __repr__(self) -> str:
        return "Secret(***)"

    __str__ = __repr__

    @property
    def shape(self) -> str:
        """Return what may be said of it."""
        kind = "a JSON web token" if _JWT.fullmatch(self._text) else "an opaque text"
        return f"{kind} of {len(self._text)} characters"

    @property
    def expires(self) -> float | None:
        """When it expires, in seconds since 1970, where it says so, as a JSON web token may (RFC 7519 §4.1.4)."""
        if not _JWT.fullmatch(self._text):
            return None
        middle = self._text.split(".")[1]
        try:
            moment = json.loads(base64.urlsafe_b64decode(middle + "=" * (-len(middle) % 4)))["exp"]
        except (ValueError, TypeError, KeyError, RecursionError):
            return None
        return float(moment) if isinstance(moment, int | float) else None

    def reveal(self) -> str:
        """Return the text itself; only a request header is made of it."""
        return self._text


def find_token(
    file: Path | None,
    *,
    from_stdin: bool,
    environment: MutableMapping[str, str] = os.environ,
    stdin: TextIO | None = sys.stdin,
) -> Secret:
    """Return the token from the first place that has one: file, standard input, environment, keyring.

    It is gone from the environment then, whether used or not: nothing that this process starts is to find it.

    Raises NoToken where there is none, UsageProblem where its file can be read by others, or where it is no token.
    """
    said = environment.pop("CONTACT_IMPORT_TOKEN", "")
    if file is not None:
        return _checked(_read(file), "the token file")
    if from_stdin:
        return _checked(stdin.readline(4100) if stdin else "", "the token on standard input")
    if named := environment.get("CONTACT_IMPORT_TOKEN_FILE"):
        return _checked(_read(Path(named)), "the token file")
    if said:
        return _checked(said, "CONTACT_IMPORT_TOKEN")
    if text := _from_keyring():
        return _checked(text, "the token in the keyring")
    raise NoToken(_HELP)


def in_the_open(words: Iterable[str]) -> bool:
    """Tell whether any of *words*, those of the command line, is a token as far as one can tell.

    Everybody on the machine can see the command line. Random text changes all the time between letters, capitals and
    digits; the names of files, tags and columns do not, and what is a file here is a file.
    """
    return any(_is_random(word.partition("=")[2] if word.startswith("--") else word) for word in words)


def _is_random(word: str) -> bool:
    if _JWT.fullmatch(word):
        return True
    if not _LONG.fullmatch(word) or _NAMED.search(word) or Path(word).exists():
        return False
    kinds = [(letter.isdigit(), letter.isupper()) for letter in word]
    beside = [(kinds[index], kinds[index + 1]) for index in range(len(word) - 1) if word[index : index + 2].isalnum()]
    digits = sum(one[0] != other[0] for one, other in beside)
    return digits >= CHANGES or sum(one != other for one, other in beside) > len(word) / 2


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
    token = text.removeprefix("\ufeff").strip().removeprefix("Bearer ").strip()
    if not _SHAPE.fullmatch(token):
        raise UsageProblem(f"{where} does not hold a token: {len(token)} characters, some that no token has")
    return Secret(token, where)


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
