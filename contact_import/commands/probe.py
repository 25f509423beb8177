"""`probe`: whether the platform knows people by their phone, tried with somebody's own number."""

from __future__ import annotations

from contextlib import nullcontext
from typing import TYPE_CHECKING, Annotated

import typer

from contact_import.commands import options, remote
from contact_import.commands.printing import print_json, screen_for
from contact_import.errors import UsageProblem

if TYPE_CHECKING:
    from contact_import.readback import Probed

CODES = {"upsert": 0, "copies": 3, "unseen": 4, "unknown": 4}
WORDS = {
    "upsert": "sent again, no copy: this platform knows people by their phone, and sending again is harmless",
    "copies": "sent again, and there once more: this platform makes a copy of whoever is sent again; "
    "use --on-unconfirmed hold, and look before you send rows in doubt again",
    "unseen": "the number is not in the list: nothing is learnt; new contacts may show up 15 minutes late: --wait 900",
    "unknown": "not known yet: a copy may show up 15 minutes late; --wait 900 waits for it, and a number that is not "
    "in the list yet tells sooner",
}
Phone = Annotated[
    str,
    typer.Option("--phone", metavar="NUMBER", help="Your own number, with its country code.", show_default=False),
]
Name = Annotated[str, typer.Option("--name", metavar="TEXT", help="Name of the contact.")]
ToSandbox = Annotated[bool, typer.Option("--sandbox", help="Try the built-in API on this machine.")]


def probe(
    *,
    phone: Phone,
    name: Name = "contact-import probe",
    sandbox: ToSandbox = False,
    wait: options.Wait = 0.0,
    base_url: options.BaseUrl = None,
    access: options.Access,
    output: options.Output,
    state_dir: options.StateDir = None,
) -> None:
    """Send one contact, your own, twice as the same bytes, and count it in the platform's list.

    The contact stays there. Exit code 0: it is there once; 3: there are copies; 4: not known yet. Nobody has
    tried this against a live platform from here.
    """
    from contact_import import api, forgetting, readback
    from contact_import.state import State

    state, screen = State(state_dir), screen_for(no_color=output.no_color, verbose=True)
    person = forgetting.person(phone)
    if not person.number:
        raise UsageProblem("--phone takes a whole number with its country code, such as +91 98123 00101")
    way, wire = remote.way(access, base_url), api.Wire()
    body = readback.contact(person.prefix, person.number, name)
    with remote.sandbox(state, wire) if sandbox else nullcontext(remote.target_of(way.base_url, way, wire)) as target:
        endpoint = remote.SANDBOX if sandbox else target.base_url
        with state.lock(endpoint):
            found = readback.asked(
                target, lambda inbox: readback.probe(inbox, person.whole, body, wait=wait, tell=screen.say)
            )
    if found.verdict in {"upsert", "copies"}:
        state.learn(endpoint, resending=found.verdict)
    if output.json:
        print_json(_json(found, endpoint))
    else:
        screen.say(_words(found))
    screen.say("the contact stays there: delete it in the inbox if you do not want it")
    raise typer.Exit(CODES[found.verdict])


def _words(found: Probed) -> str:
    return f"in the list {found.before} times before, {found.after} times after: {WORDS[found.verdict]}"


def _json(found: Probed, endpoint: str) -> dict[str, object]:
    return {"endpoint": endpoint, "before": found.before, "after": found.after, "verdict": found.verdict}
