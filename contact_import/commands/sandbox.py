"""`sandbox`: the platform's API on this machine, and what is in its inbox."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from contact_import.commands import options
from contact_import.commands.options import option
from contact_import.commands.printing import print_json, screen_for


def sandbox(
    *,
    port: Annotated[int, option("Port on 127.0.0.1.", "--port", metavar="N", min=0, max=65535)] = 8765,
    store: Annotated[Path | None, option("File that keeps the contacts.", "--store", metavar="PATH")] = None,
    faults: Annotated[Path | None, option("What is to go wrong.", "--faults", metavar="PLAN.toml")] = None,
    strict_authtype: Annotated[bool, option("Insist on `authtype: Key`.", "--strict-authtype")] = False,
    show: Annotated[bool, typer.Option("--list", help="Print the contacts as a table and leave.")] = False,
    json: Annotated[bool, typer.Option("--json", help="With --list: print them as JSON.")] = False,
    no_color: options.NoColor = False,
    state_dir: options.StateDir = None,
) -> None:
    """Serve the platform's API on this machine; the inbox is a page at its address."""
    from contact_import.sandbox import Behaviour, Sandbox, read_faults, serve
    from contact_import.state import State

    path = store or State(state_dir).sandbox
    screen = screen_for(no_color=no_color, verbose=True)
    if json:
        print_json(Sandbox(path).contacts())
    elif show:
        screen.contacts(Sandbox(path).contacts())
    else:
        plan = read_faults(faults) if faults else ()
        behaviour = Behaviour(strict_authtype=strict_authtype, faults=plan)
        serve(path, behaviour, port, lambda box: screen.serving(box.base_url, behaviour.token))
