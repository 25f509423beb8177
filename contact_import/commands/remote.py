"""What the commands share that reach a platform: the way there, the sandbox, and how sure the user is."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from contact_import.commands import settings
from contact_import.errors import UsageProblem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from contact_import.api import Wire
    from contact_import.commands.options import Access
    from contact_import.history import Run
    from contact_import.sender import Target
    from contact_import.state import State

SANDBOX = "sandbox"
"""The endpoint that a journal names for `--sandbox`: its port changes from run to run."""


@dataclass(frozen=True, slots=True)
class Way:
    """The way to the platform: as the options say, and where they say nothing, as the settings files do."""

    base_url: str
    token_file: Path | None
    token_stdin: bool
    proxy: str | None
    ca_file: Path | None


def way(given: Access, base_url: str | None = None) -> Way:
    """Return the way that *given* and *base_url* say, with what they leave open from the settings files of `upload`."""
    from contact_import import api

    kept = settings.kept(given.settings)
    files = {key: Path(kept[key]).expanduser() if key in kept else None for key in ("token_file", "ca_file")}
    token, network = given.token, given.network
    return Way(
        base_url or kept.get("base_url") or api.DEFAULT_BASE_URL,
        token.token_file or (None if token.token_stdin else files["token_file"]),
        token.token_stdin,
        network.proxy or kept.get("proxy"),
        network.ca_file or files["ca_file"],
    )


def certificates(ca_file: Path | None) -> Path | None:
    """Return *ca_file*; UsageProblem where it holds no certificates, before anything is read."""
    if ca_file is not None:
        from contact_import.sender import tls

        tls(ca_file)
    return ca_file


@contextmanager
def reached(state: State, run: Run, way: Way, base_url: str | None) -> Iterator[Target]:
    """Yield *base_url*, else where *run* went; the sandbox is one of its own then, for as long as this lasts."""
    from contact_import import api

    kept = run.facts.get("wire", {})
    wire = api.Wire(**{**kept, "successes": tuple(kept.get("successes", ()))})
    if run.endpoint == SANDBOX and not base_url:
        with sandbox(state, wire) as target:
            yield target
    else:
        yield target_of(base_url or run.endpoint, way, wire)


@contextmanager
def sandbox(state: State, wire: Wire) -> Iterator[Target]:
    """Yield a sandbox over the contacts that the state folder keeps."""
    from contact_import.credentials import Secret
    from contact_import.sandbox import Behaviour, Sandbox
    from contact_import.sender import Target

    behaviour = Behaviour()
    with Sandbox(state.sandbox, behaviour) as box:
        yield Target(box.base_url, Secret(behaviour.token), wire)


def target_of(base_url: str, way: Way, wire: Wire) -> Target:
    """Return the platform at *base_url*, with the token that *way* leads to."""
    from contact_import import target
    from contact_import.credentials import find_token
    from contact_import.sender import Target

    checked = target.checked(base_url)
    proxy = target.checked_proxy(way.proxy, checked) if way.proxy else None
    token = find_token(way.token_file, from_stdin=way.token_stdin)
    return Target(checked, token, wire, proxy, certificates(way.ca_file))


def is_sure(question: str, *, yes: bool) -> bool:
    """Put *question* to whoever is at the terminal. UsageProblem where nobody is and --yes does not answer it."""
    if yes:
        return True
    if sys.stdin is None or not sys.stdin.isatty():
        raise UsageProblem(f"{question} Nobody is here to answer: give --yes")
    try:
        return typer.confirm(question, err=True)
    except typer.Abort:
        return False
