from contextlib import ExitStack
from dataclasses import dataclass

import httpx
import pytest

from contact_import.sandbox import Behaviour, Sandbox
from tests.cli.conftest import wait_for  # noqa: F401

TOKEN = Behaviour().token


@dataclass
class Inbox:
    """A running sandbox, and a client of it."""

    sandbox: Sandbox
    client: httpx.Client

    def post(self, *rows, **request):
        return self.client.post("/inbox/users/import", **({"json": list(rows)} | request))

    def page(self, number, text=""):
        listed = self.client.post("/inbox/users", json={"page": number, "searchText": text})
        return [names(contact) for contact in listed.json()["data"]]

    def details(self):
        """What is stored, oldest first."""
        return [contact["profile"]["userDetails"] for contact in reversed(self.sandbox.contacts())]

    def names(self):
        return [details["userProvidedName"] for details in self.details()]

    def statuses(self):
        return [receipt.status for receipt in self.sandbox.receipts()]


def names(contact):
    return contact["profile"]["userDetails"]["userProvidedName"]


def make_person(name="Asha", number="9876543210", prefix="91", email=None, **details):
    contact = {"phone": {"number": number, "prefix": prefix}} | ({} if email is None else {"email": email})
    return {"profile": {"userDetails": {"userProvidedName": name, "contact": contact, **details}}}


@pytest.fixture
def person():
    return make_person


@pytest.fixture
def start(tmp_path):
    """Start a sandbox on one store, the same for every call, and hand over a client of it."""
    with ExitStack() as stack:

        def start(*faults, timeout=5.0, **choices):
            sandbox = stack.enter_context(Sandbox(tmp_path / "store.db", Behaviour(faults=faults, **choices)))
            client = httpx.Client(
                base_url=sandbox.base_url,
                headers={"Authorization": f"Bearer {TOKEN}"},
                trust_env=False,
                verify=False,  # it is plain HTTP, and loading certificates takes longer than the test
                timeout=timeout,
            )
            return Inbox(sandbox, stack.enter_context(client))

        yield start


@pytest.fixture
def inbox(start):
    return start()
