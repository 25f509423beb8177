"""`probe`: whether the platform knows people by their phone, tried with somebody's own number."""

from __future__ import annotations

from contextlib import nullcontext
from typing import Annotated

import typer

from contact_import.commands import options, remote
from contact_import.commands.upload import SANDBOX
from contact_import.errors import UsageProblem

CODES = {"upsert": 0, "copies": 3, "unseen": 4}
WORDS = {
    "upsert": "sent twice, there once: this platform knows people by their phone, and sending again is harmless",
    "copies": "sent twice, and there more than once: this platform makes a copy of whoever is sent again; "
    "use --on-unconfirmed hold, and look before you send rows in doubt again",
    "unseen": "the number is not in the list: nothing is learnt; new contacts may show up 15 minutes late: --wait 900",
}


def probe(
    phone: Annotated[
        str,
        typer.Option("--phone", metavar="NUMBER", help="Your own number, with its country code.", show_default=False),
    ],
    name: Annotated[str, typer.Option("--name", metavar="TEXT", help="Name of the contact.")] = "contact-import probe",
    sandbox: Annotated[bool, typer.Option("--sandbox", help="Try the built-in API on this machine.")] = False,
    wait: remote.Wait = 0.0,
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
    """Send one contact, your own, twice as the same bytes, and count it in the platform's list.

    The contact stays there. Exit code 0: it is there once; 3: there are copies; 4: it is not to be seen. Nobody has
    tried this against a live platform from here.
    """
    from contact_import import api, history, readback
    from contact_import.state import State

    state, screen = State(state_dir), options.screen_for(no_color=no_color, verbose=True)
    person = history.person(phone)
    if not person.number:
        raise UsageProblem("--phone takes a whole number with its country code, such as +91 98123 00101")
    given = remote.Access(base_url, token_file, token_stdin, proxy, ca_file)
    way = remote.access(given, config=config, profile=profile)
    wire, address = api.Wire(), way.base_url or api.DEFAULT_BASE_URL
    body = readback.contact(person.prefix, person.number, name)
    with remote.sandbox(state, wire) if sandbox else nullcontext(remote.target_of(address, way, wire)) as target:
        endpoint = SANDBOX if sandbox else target.base_url
        with state.lock(endpoint):
            found = readback.asked(
                target, lambda inbox: readback.probe(inbox, person.whole, body, wait=wait, tell=screen.say)
            )
    if found.verdict != "unseen":
        state.learn(endpoint, resending=found.verdict)
    if as_json:
        counts = {"before": found.before, "after": found.after}
        options.print_json({"endpoint": endpoint, **counts, "verdict": found.verdict})
    else:
        screen.say(f"in the list {found.before} times before, {found.after} times after: {WORDS[found.verdict]}")
    screen.say("the contact stays there: delete it in the inbox if you do not want it")
    raise typer.Exit(CODES[found.verdict])
