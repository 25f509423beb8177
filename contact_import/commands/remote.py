"""What the commands share that ask a platform about a run: where it is, which token, and how sure the user is."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from contact_import.commands.upload import NOT_IN_FILES, SANDBOX, upload
from contact_import.errors import UsageProblem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from contact_import.history import Run
    from contact_import.sender import Target
    from contact_import.state import State

RunName = Annotated[
    str, typer.Argument(metavar="RUN", help="A run's name, or how it alone begins, or `last`.", show_default=False)
]
# Not to be set by the environment: a run is looked for where it went.
BaseUrl = Annotated[str | None, typer.Option("--base-url", metavar="URL", help="The platform's address.")]
TokenFile = Annotated[
    Path | None, typer.Option("--token-file", metavar="PATH", help="File that holds the token; yours alone to read.")
]
TokenStdin = Annotated[bool, typer.Option("--token-stdin", help="Read the token from standard input.")]
Wait = Annotated[
    float,
    typer.Option("--wait", metavar="SECONDS", min=0, help="Look again for so long; new contacts may show up late."),
]
Yes = Annotated[bool, typer.Option("--yes", help="Do it without asking.")]
Config = Annotated[Path | None, typer.Option("--config", metavar="PATH", help="Settings file.")]
Profile = Annotated[str | None, typer.Option("--profile", metavar="NAME", help="Named settings.")]


@dataclass(frozen=True, slots=True)
class Access:
    """What the options say of the way to the platform."""

    base_url: str | None = None
    token_file: Path | None = None
    token_stdin: bool = False
    proxy: str | None = None
    ca_file: Path | None = None


def access(given: Access, *, config: Path | None = None, profile: str | None = None) -> Access:
    """Return *given* with what it leaves open filled in from the settings files of `upload`."""
    from contact_import.config import load

    app = typer.Typer()
    app.command()(upload)
    names = {name.lstrip("-").replace("-", "_") for param in typer.main.get_command(app).params for name in param.opts}
    kept: dict[str, Any] = load(names - NOT_IN_FILES, path=config, profile=profile)
    files = {key: Path(kept[key]).expanduser() if key in kept else None for key in ("token_file", "ca_file")}
    return Access(
        given.base_url or kept.get("base_url"),
        given.token_file or (None if given.token_stdin else files["token_file"]),
        given.token_stdin,
        given.proxy or kept.get("proxy"),
        given.ca_file or files["ca_file"],
    )


@contextmanager
def reached(state: State, run: Run, way: Access, base_url: str | None) -> Iterator[Target]:
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
def sandbox(state: State, wire: Any) -> Iterator[Target]:
    """Yield a sandbox over the contacts that the state folder keeps."""
    from contact_import.credentials import Secret
    from contact_import.sandbox import Behaviour, Sandbox
    from contact_import.sender import Target

    behaviour = Behaviour()
    with Sandbox(state.sandbox, behaviour) as box:
        yield Target(box.base_url, Secret(behaviour.token), wire)


def target_of(base_url: str, way: Access, wire: Any) -> Target:
    """Return the platform at *base_url*, with the token that *way* leads to."""
    from contact_import import target
    from contact_import.commands.options import certificates
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
