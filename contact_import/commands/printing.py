"""How the commands print: the screen that the options ask for, and JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from contact_import.console import Screen


def screen_for(*, quiet: bool = False, verbose: bool = False, no_color: bool = False) -> Screen:
    """Return the screen that these options ask for."""
    from contact_import.console import Screen

    return Screen(quiet=quiet, verbose=verbose, colour=not no_color)


def print_json(value: object) -> None:
    """Print *value* as the only thing on standard output."""
    from contact_import.console import print_data

    print_data(json.dumps(value, ensure_ascii=False, indent=2))
