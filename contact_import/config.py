"""Settings from files: the user's own, the project's in the current folder, and the profiles in either."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from contact_import.errors import UsageProblem

if TYPE_CHECKING:
    from collections.abc import Collection

PROJECT_FILE = Path("contact-import.toml")


def user_file() -> Path | None:
    """Return where this system keeps a user's settings; None for a user without a home, as containers have them."""
    import platformdirs  # noqa: PLC0415 - only where settings are looked for

    try:
        return Path(platformdirs.user_config_dir("contact-import")) / PROJECT_FILE.name
    except RuntimeError:
        return None


def load(options: Collection[str], *, path: Path | None = None, profile: str | None = None) -> dict[str, Any]:
    """Return the settings of `upload`: option (as in a file, "base_url") → value.

    The project's file wins over the user's, a profile over `[upload]`; *path* is read instead of both. Raises
    UsageProblem for what is no setting, naming file and key: a misspelt option must not be silent.
    """
    files = [path] if path else [found for found in (user_file(), PROJECT_FILE) if found and found.is_file()]
    tables = [(file, _read(file)) for file in files]
    general = [(file, _table(file, content, "upload")) for file, content in tables]
    named = [(file, _table(file, _table(file, content, "profiles"), profile)) for file, content in tables if profile]
    if profile and not any(profile in _table(file, content, "profiles") for file, content in tables):
        raise UsageProblem(f"no profile {profile!r} in {', '.join(map(str, files)) or 'any settings file'}")
    found: dict[str, Any] = {}
    for file, table in general + named:
        for key, value in table.items():
            _check(file, key, options)
            found[key] = [f"{name}={column}" for name, column in _flat(value)] if isinstance(value, dict) else value
    return found


def _read(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise UsageProblem(f"{file} cannot be read: {getattr(error, 'strerror', 'not text')}") from None
    except tomllib.TOMLDecodeError as error:
        raise UsageProblem(f"{file} is not TOML: {error}") from None


def _table(file: Path, content: dict[str, Any], name: str | None) -> dict[str, Any]:
    found = content.get(name or "", {})
    if not isinstance(found, dict):
        raise UsageProblem(f"{file}: {name} must be a table")
    return found


def _check(file: Path, key: str, options: Collection[str]) -> None:
    if key in {"token", "token_stdin"} or (key == "token_file" and file == PROJECT_FILE):
        raise UsageProblem(f"{file}: {key} has no place here; name a token_file in {user_file() or 'your own file'}")
    if key not in options:
        raise UsageProblem(f"{file}: {key} is no option of upload; there are: {', '.join(sorted(options))}")


def _flat(table: dict[str, Any]) -> list[tuple[str, str]]:
    """Return the pairs of a table such as `[upload.map]`, a list as one pair for each of its values."""
    return [
        (name, str(column))
        for name, columns in table.items()
        for column in (columns if isinstance(columns, list) else [columns])
    ]
