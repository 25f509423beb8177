"""`doctor`: whether everything an import needs is there."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Annotated

import typer

from contact_import.commands import options, remote
from contact_import.commands.printing import print_json, screen_for
from contact_import.errors import StoppedRun

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from contact_import.doctor import Check


def doctor(
    *,
    offline: Annotated[bool, typer.Option("--offline", help="Make no call at all.")] = False,
    base_url: options.BaseUrl = None,
    access: options.Access,
    output: options.Output,
    state_dir: options.StateDir = None,
) -> None:
    """Look at token, clock, certificates, disk, lock, phone data and past runs.

    With a token it makes one call that only reads. Exit code 0: all is well; 3: there is something to look at; else
    what a run would end with.
    """
    from contact_import import doctor as checks

    found = list(_checks(remote.way(access, base_url), state_dir, offline=offline))
    code = checks.exit_code(found)
    if output.json:
        print_json({"exit_code": code, "checks": [check.as_json() for check in found]})
    else:
        from contact_import.console import pages

        screen_for(no_color=output.no_color).page(pages.doctor(found))
    raise typer.Exit(code)


def _checks(way: remote.Way, state_dir: Path | None, *, offline: bool) -> Iterator[Check]:
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
    yield (address := checks.address(way.base_url))
    token, target = checks.token(lambda: remote.target_of(way.base_url, way, api.Wire()))
    yield token if address.state == "ok" else checks.Check("token", "off", "not looked for without an address")
    if offline or target is None:
        yield checks.Check("platform", "off", "no call was made")
    else:
        yield from checks.platform(target, state)
