"""`doctor`: whether everything an import needs is there."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Annotated

import typer

from contact_import.commands import options, remote
from contact_import.errors import StoppedRun

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from contact_import.doctor import Check


def doctor(
    offline: Annotated[bool, typer.Option("--offline", help="Make no call at all.")] = False,
    base_url: Annotated[str | None, options.option("The platform's address.", "--base-url", metavar="URL")] = None,
    token_file: remote.TokenFile = None,
    token_stdin: remote.TokenStdin = False,
    proxy: options.Proxy = None,
    ca_file: options.CaFile = None,
    config: remote.Config = None,
    profile: remote.Profile = None,
    as_json: options.AsJson = False,
    no_color: options.NoColor = False,
    state_dir: options.StateDir = None,
) -> None:
    """Look at token, clock, certificates, disk, lock, phone data and past runs.

    With a token it makes one call that only reads. Exit code 0: all is well; 3: there is something to look at; else
    what a run would end with.
    """
    from contact_import import doctor as checks

    way = remote.access(
        remote.Access(base_url, token_file, token_stdin, proxy, ca_file), config=config, profile=profile
    )
    found = list(_checks(way, state_dir, offline=offline))
    code = checks.exit_code(found)
    if as_json:
        options.print_json({"exit_code": code, "checks": [check.as_json() for check in found]})
    else:
        from contact_import.console import pages

        options.screen_for(no_color=no_color).page(pages.doctor(found))
    raise typer.Exit(code)


def _checks(way: remote.Access, state_dir: Path | None, *, offline: bool) -> Iterator[Check]:
    from contact_import import api
    from contact_import import doctor as checks
    from contact_import.state import State

    yield checks.program()
    yield checks.engine()
    yield checks.environment(os.environ)
    yield checks.trust(way.ca_file)
    try:
        state = State(state_dir)
    except StoppedRun as problem:
        yield checks.Check("state folder", "bad", str(problem), problem.exit_code)
        return
    yield from checks.folder(state)
    yield (address := checks.address(base_url := way.base_url or api.DEFAULT_BASE_URL))
    token, target = checks.token(lambda: remote.target_of(base_url, way, api.Wire()))
    yield token if address.state == "ok" else checks.Check("token", "off", "not looked for without an address")
    if offline or target is None:
        yield checks.Check("platform", "off", "no call was made")
    else:
        yield from checks.platform(target, state)
