"""What must not get out does not: the token nowhere, people only into the files that are for them."""

import json
import signal
import stat

import pytest

from contact_import.sandbox import Behaviour, Fault, Sandbox

NAME, PHONE = "Zebulon Quuxwerth", "9812355501"
PERSON = (NAME, "Zebulon", "Quuxwerth", PHONE, f"91{PHONE}", PHONE[-7:])


def where(served):
    return ("--country", "IN", "--base-url", served.base_url, "-v")


def by_file(command, served, **more):
    return command("upload", "people.csv", *where(served), "--token-file", "token", "--json", **more)


def by_stdin(command, served):
    return command("upload", "people.csv", *where(served), "--token-stdin", given=f"{command.token}\n")


def by_environment(command, served):
    return command("upload", "people.csv", *where(served), env={"CONTACT_IMPORT_TOKEN": command.token})


def killed(command, served):
    process = command.start("upload", "people.csv", *where(served), "--token-file", "token")
    while not served.receipts() and process.poll() is None:
        pass
    process.kill()
    return command.end(process)


EXPLODE = """
from contact_import import sender

async def post(self, content):
    raise ValueError(f"{dict(self._client.headers)} {content}")

sender.Sender.post = post
"""


def failing_inside(command, served):
    return by_file(command, served, env=command.early(EXPLODE))


def malformed(command, served):
    command.token_file.write_text(f"{command.token}\n{command.token}\n")
    return by_file(command, served)


def as_an_option(command, served):
    return command("upload", "people.csv", *where(served), "--token", command.token)


def behind_an_option(command, served):
    return command("upload", "people.csv", *where(served), f"--token={command.token}")


def as_a_number(command, served):
    return command("upload", "people.csv", *where(served), "--batch-size", command.token)


def as_a_list(command, served):
    return command("upload", "people.csv", command.token, *where(served))


def as_a_command(command, served):
    return command(command.token)


def as_a_run(command, served):
    return command("verify", command.token, "--base-url", served.base_url)


def in_place_of_its_file(command, served):
    return command("upload", "people.csv", *where(served), "--token-file", command.token)


def echo(token, status, **more):
    """Answer as a server that repeats what it was sent."""
    body = json.dumps({"message": f"refused: Authorization: Bearer {token}", "data": [f"authorization={token}"]})
    headers = (("location", f"https://elsewhere.example.com/?token={token}"), ("x-echo", token))
    return Fault(do="answer", status=status, body=body.encode(), headers=headers, **more)


@pytest.mark.parametrize(
    ("how", "answer", "code"),
    [
        (by_file, None, 0),
        (by_stdin, None, 0),
        (by_environment, None, 0),
        (by_file, 401, 5),
        (by_file, 400, 3),
        (by_file, 302, 6),
        (by_file, 200, 6),
        (killed, None, -signal.SIGKILL),
        (failing_inside, None, 1),
        (malformed, None, 2),
        (as_an_option, None, 2),
        (behind_an_option, None, 2),
        (as_a_number, None, 2),
        (as_a_list, None, 2),
        (as_a_command, None, 2),
        (as_a_run, None, 2),
        (in_place_of_its_file, None, 2),
    ],
    ids=lambda given: getattr(given, "__name__", str(given)),
)
def test_the_token_is_nowhere_but_in_its_own_file(command, platform, token, how, answer, code):
    phones = command.people(60)
    key = phones[20] if answer == 400 else None
    served = platform(*([echo(token, answer, key=key)] if answer else []), latency=0.01)

    ran = how(command, served)

    assert ran.code == code
    assert token not in ran.out + ran.err
    assert command.holding(token) == {"token"}
    if answer == 400:
        (row,) = command.rows("people-failures.csv")
        assert "refused: Authorization" in row["reason"]


LEFT_IN_THE_ENVIRONMENT = """
import atexit, os, sys
from pathlib import Path
if "upload" in sys.orig_argv:
    names = Path("names").write_text
    atexit.register(lambda: names(" ".join(name for name in os.environ if "TOKEN" in name)))
"""


def test_the_token_is_taken_out_of_the_environment(command, platform):
    command.people(3)
    early = command.early(LEFT_IN_THE_ENVIRONMENT)

    ran = command("upload", "people.csv", *where(platform()), env={**early, "CONTACT_IMPORT_TOKEN": command.token})

    assert (ran.code, (command.folder / "names").read_text()) == (0, "")


def test_a_run_goes_on_with_the_next_token_where_the_first_was_revoked(command, tmp_path, token):
    command.people(30)
    store, words = tmp_path / "platform.sqlite3", ("upload", "people.csv", "--country", "IN", "--json")
    with Sandbox(store, Behaviour(token=token, faults=(Fault(do="answer", status=401, from_nth=3),))) as served:
        where_to = ("--base-url", served.base_url, "--token-file", "token")
        revoked = command(*words, *where_to)
    command.token_file.write_text("another-token-0123456789")
    with Sandbox(store, Behaviour(token="another-token-0123456789"), served.port):
        again = command(*words, *where_to)

    assert (revoked.code, revoked.counts) == (5, {"accepted": 11, "not_sent": 19})
    assert (again.code, again.counts) == (0, {"accepted": 30})
    assert again.account["run"] == revoked.account["run"]
    assert len(Sandbox(store).contacts()) == 30


FAILING_ASIDE = """
import asyncio, threading
from contact_import.delivery import Delivery
honest = Delivery.run

async def run(self, posts):
    async def forgotten():
        raise ValueError("{name} {phone}")
    def thread():
        raise ValueError("{name} {phone}")
    asyncio.create_task(forgotten())
    threading.Thread(target=thread).start()
    await honest(self, posts)

Delivery.run = run
"""


def test_a_fault_beside_the_way_shows_nobody_either(command, platform):
    command.write("people.csv", [("Name", "Mobile"), (NAME, PHONE)])
    early = command.early(FAILING_ASIDE.format(name=NAME, phone=PHONE))

    ran = command("upload", "people.csv", *where(platform()), "--token-file", "token", env=early)

    assert ran.code == 0
    assert ran.err.count("a fault of ours, ValueError at sitecustomize.py:") == 1
    assert "Traceback" not in ran.err
    assert [text for text in PERSON if text in ran.out + ran.err] == []


def test_people_get_into_the_files_for_people_and_nowhere_else(command, platform):
    command.write(
        *("people.csv", [("Name", "Mobile", "Email"), (NAME, PHONE, f"{NAME}@x"), ("Short " + NAME, PHONE[:6], "")]),
    )
    said = json.dumps({"success": False, "message": f"{NAME} +91{PHONE} is not wanted"}).encode()
    served = platform(Fault(do="answer", status=400, body=said, times=1))
    rows = ("--failures", "failures.csv", "--outcomes", "outcomes.csv")

    rehearsed = command("upload", "people.csv", "--country", "IN", "--dry-run", "-v")
    looked_at = command("inspect", "people.csv", "--country", "IN")
    refused = command("upload", "people.csv", *where(served), "--token-file", "token", *rows)
    stored = command("upload", "people.csv", *where(served), "--token-file", "token", *rows, "--json")

    assert [ran.code for ran in (rehearsed, looked_at, refused, stored)] == [3, 0, 3, 3]
    printed = "".join(ran.out + ran.err for ran in (rehearsed, looked_at, refused, stored))
    assert [text for text in PERSON if text in printed] == []
    assert len(command.journals()) == 2
    assert command.holding(*PERSON) == {"people.csv", "people-failures.csv", "failures.csv", "outcomes.csv"}
    assert "Mobile" in printed, "the runs said nothing of the file, so that they prove little"


def test_files_are_for_their_owner_alone_whatever_the_umask_and_nothing_is_left_over(command):
    command.write("people.csv", [("Name", "Mobile"), ("Asha", "9812300101"), ("Rohan", "98123")])
    before = command.files()

    ran = command(
        *("upload", "people.csv", "--country", "IN", "--sandbox", "--outcomes", "o.csv", "--save-mapping", "m.toml"),
        umask=0,
    )

    made = command.files() - before
    folders = [path for path in command.folder.rglob("*") if path.is_dir()]
    assert ran.code == 3
    assert {name for name in made if "/" not in name} == {"people-failures.csv", "o.csv", "m.toml"}
    assert {stat.S_IMODE((command.folder / name).stat().st_mode) for name in made} == {0o600}
    assert {path.name for path in folders} == {"state", "runs"}
    assert {stat.S_IMODE(path.stat().st_mode) for path in folders} == {0o700}
    assert not [name for name in made if name.endswith((".part", "-journal", "-wal", "-shm", ".tmp"))]


def test_no_home_no_locale_and_no_terminal_are_needed(command, platform, stored):
    command.write("people.csv", [("Name", "Mobile"), ("अनिता शर्मा", "9812300101"), ("Zoë", "98123")])
    served = platform()
    for name in ("HOME", "LANG"):
        del command.environment[name]

    ran = command("upload", "people.csv", *where(served), "--token-file", "token", env={"LC_ALL": "C"})

    assert ran.code == 3
    assert stored(served) == ["919812300101"]
    assert [row["Name"] for row in command.rows("people-failures.csv")] == ["Zoë"]
