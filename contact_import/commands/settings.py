"""What settings files say, of the options of `upload` and of no others."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from contact_import.commands.flat import parameters
from contact_import.commands.options import Settings, Upload

NOT_IN_FILES = {"config", "profile", "yes", "ask", "token_stdin"}
"""What no settings file decides."""


def kept(given: Settings) -> dict[str, Any]:
    """Return what the settings files say that *given* leads to: option → value. UsageProblem for what is none."""
    from contact_import.config import load

    names = {option.name for option in parameters(Upload)} - NOT_IN_FILES
    return load(names, path=given.config, profile=given.profile)


def _settle(context: typer.Context, _: bool) -> None:
    """Let settings files supply the defaults of the options."""
    context.default_map = kept(Settings(context.params["config"], context.params["profile"]))


Settled = Annotated[bool, typer.Option("--settled", hidden=True, is_eager=True, callback=_settle)]
"""Not for users: behind the options that say where settings are, before all others."""
