import multiprocessing
import sqlite3
import stat
import threading
from contextlib import closing

import httpx
import pytest

from contact_import.errors import UsageProblem
from contact_import.sandbox import Behaviour, Sandbox
from contact_import.sandbox.database import APPLICATION_ID, SCHEMA, connect


def test_two_sandboxes_on_one_store_serve_the_same_contacts(start, person):
    one, two = start(), start()
    workers = [
        threading.Thread(
            target=lambda inbox=inbox, first=first: [
                inbox.post(*(person(number=str(n)) for n in range(start_, start_ + 10)))
                for start_ in range(first, 300, 20)
            ]
        )
        for inbox, first in ((one, 0), (two, 10))
    ]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    numbers = [details["whatsAppNumber"] for details in two.details()]
    assert sorted(numbers) == sorted(f"91{n}" for n in range(300))
    assert one.sandbox.receipts() == two.sandbox.receipts()
    assert one.statuses() == [200] * 30


def open_all(stores, gate):
    for store in stores:
        gate.wait()  # all of them at the same moment
        connect(store).close()


def test_processes_that_make_one_store_at_once_do_not_disturb_each_other(tmp_path):
    spawn = multiprocessing.get_context("spawn")
    stores, gate = [tmp_path / f"{number}.db" for number in range(100)], spawn.Barrier(4, timeout=30)
    workers = [spawn.Process(target=open_all, args=(stores, gate)) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert [worker.exitcode for worker in workers] == [0, 0, 0, 0]


def test_the_store_outlives_its_sandbox_for_its_owner_alone_and_nothing_is_left_beside_it(tmp_path, person):
    store = tmp_path / "new folder" / "store.db"
    sandbox = Sandbox(store)
    with sandbox:
        headers = {"Authorization": "Bearer sandbox-token"}
        httpx.post(f"{sandbox.base_url}/inbox/users/import", json=[person()], headers=headers, trust_env=False)
        assert {stat.S_IMODE(path.stat().st_mode) for path in store.parent.iterdir()} == {0o600}
    assert [path.name for path in store.parent.iterdir()] == ["store.db"]
    assert stat.S_IMODE(store.parent.stat().st_mode) == 0o700
    with Sandbox(store) as again:
        assert (len(again.contacts()), len(again.receipts())) == (1, 1)


def test_a_store_of_an_earlier_version_is_taken_up_with_all_that_is_in_it(tmp_path, person):
    store = tmp_path / "store.db"
    with closing(sqlite3.connect(store, isolation_level=None)) as old:
        old.executescript(SCHEMA)
        old.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        old.execute("INSERT INTO receipts VALUES (1, 0.5, 'POST', '/inbox/users/import', '[]', 'abc', '[\"911\"]')")
        old.execute("INSERT INTO answers VALUES (1, 200)")
    with Sandbox(store) as sandbox:
        headers = {"Authorization": "Bearer sandbox-token"}
        httpx.post(f"{sandbox.base_url}/inbox/users/import", json=[person()], headers=headers, trust_env=False)
        before, after = sandbox.receipts()
    assert (before.phones, before.status, before.body, before.stored) == (("911",), 200, None, ())
    assert (after.stored, after.contacts) == (("919876543210",), [person()])
    with closing(connect(store)) as again:
        assert again.execute("PRAGMA user_version").fetchone() == (2,)


def test_a_file_that_is_something_else_is_left_as_it_is(tmp_path):
    text, database = tmp_path / "notes.txt", tmp_path / "other.db"
    text.write_text("not a database, but long enough to be taken for one" * 20, encoding="utf-8")
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("CREATE TABLE other (x)")
    for path in (text, database):
        before = path.read_bytes()
        with pytest.raises(UsageProblem, match="cannot be the store of a sandbox, and is left as it is"):
            Sandbox(path, Behaviour()).__enter__()
        assert path.read_bytes() == before


def test_a_place_where_no_file_can_be_is_a_usage_problem(tmp_path):
    with pytest.raises(UsageProblem, match="cannot be the store of a sandbox: "):
        Sandbox(tmp_path).__enter__()
