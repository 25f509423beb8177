"""`contact-import sandbox`: a platform on this machine to rehearse with."""

import json
import re
import shlex
import signal
import socket
import stat

import httpx
import pytest


@pytest.fixture
def serve(command, wait_for):
    """Start the sandbox command on a free port; return its process, its address and what it printed."""

    def start(*words):
        log = command.folder / "sandbox.log"
        with log.open("w") as file:
            process = command.start("sandbox", "--port", free_port(), *words, stdout=file, stderr=file)
        found = wait_for(lambda: re.search(r"http://127\.0\.0\.1:(\d+)", log.read_text()) or process.poll() is not None)
        assert process.poll() is None, log.read_text()
        wait_for(lambda: answers(found[0]))
        return process, found[0], log.read_text()

    return start


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


def answers(address):
    try:
        return httpx.get(address, trust_env=False)
    except httpx.TransportError:
        return None


def test_the_sandbox_prints_the_command_that_sends_to_it_and_its_page_shows_the_contacts(command, sample, serve):
    process, address, printed = serve("--strict-authtype", "--store", "store.db")
    token = re.search(r"CONTACT_IMPORT_TOKEN=(\S+)", printed)[1]
    line = next(line for line in printed.splitlines() if "contact-import upload FILE" in line)
    words = shlex.split(line.partition("contact-import ")[2].replace("FILE", shlex.quote(str(sample / "contacts.csv"))))

    ran = command(*words, "--country", "IN", "--json", env={"CONTACT_IMPORT_TOKEN": token})
    page = httpx.get(address, trust_env=False)
    process.send_signal(signal.SIGTERM)
    ended = command.end(process)
    listed = command("sandbox", "--list", "--store", "store.db")
    as_json = command("sandbox", "--list", "--json", "--store", "store.db")

    assert (ran.code, ran.counts) == (0, {"accepted": 20})
    assert page.headers["x-sandbox"] == "1"
    assert "Asha Verma" in page.text
    assert ended.code == 0
    assert "Traceback" not in (command.folder / "sandbox.log").read_text()
    assert (listed.code, listed.err, "20 contacts" in listed.out) == (0, "", True)
    assert [name for name in ("Asha Verma", "अनिता शर्मा", "+91 9812300101") if name not in listed.out] == []
    details = [contact["profile"]["userDetails"] for contact in json.loads(as_json.out)]
    assert len({one["whatsAppNumber"] for one in details}) == 20
    assert stat.S_IMODE((command.folder / "store.db").stat().st_mode) == 0o600


def test_a_plan_of_faults_is_rehearsed_and_a_wrong_one_ends_with_2(command, serve):
    command.people(30)
    (command.folder / "plan.toml").write_text('[[fault]]\ndo = "answer"\nstatus = 401\nnth = 3\n')
    (command.folder / "wrong.toml").write_text('[[fault]]\ndo = "explode"\n')

    wrong = command("sandbox", "--port", free_port(), "--faults", "wrong.toml")
    _, address, printed = serve("--faults", "plan.toml")
    token = re.search(r"CONTACT_IMPORT_TOKEN=(\S+)", printed)[1]
    send = ("upload", "people.csv", "--country", "IN", "--json", "--base-url", address)
    first = command(*send, env={"CONTACT_IMPORT_TOKEN": token})
    second = command(*send, env={"CONTACT_IMPORT_TOKEN": token})

    assert (wrong.code, "wrong.toml: fault 1" in wrong.err) == (2, True)
    assert (first.code, first.counts) == (5, {"accepted": 11, "not_sent": 19})
    assert (second.code, second.counts) == (0, {"accepted": 30})


def test_ctrl_c_ends_it_and_a_port_of_zero_is_told_as_the_one_it_got(command, wait_for):
    log = command.folder / "sandbox.log"
    with log.open("w") as file:
        process = command.start("sandbox", "--port", 0, stdout=file, stderr=file)
    found = wait_for(lambda: re.search(r"http://127\.0\.0\.1:(\d+)", log.read_text()) or process.poll() is not None)

    assert int(found[1]) > 0
    assert wait_for(lambda: answers(found[0])).status_code == 200
    process.send_signal(signal.SIGINT)
    assert process.wait(10) == 0


def test_a_port_in_use_ends_with_2_and_names_the_option(command):
    with socket.create_server(("127.0.0.1", 0)) as server:
        ran = command("sandbox", "--port", server.getsockname()[1])

    assert ran.code == 2
    assert "--port" in ran.err
    assert "Traceback" not in ran.err


def test_upload_to_the_sandbox_needs_no_token_and_its_contacts_can_be_listed(command, sample):
    environment, sockets = command.watched()

    ran = command("upload", sample / "contacts.csv", "--country", "IN", "--sandbox", "--json", env=environment)
    again = command("upload", sample / "contacts.csv", "--country", "IN", "--sandbox", "--json")
    listed = command("sandbox", "--list", "--json")

    assert (ran.code, ran.counts, again.counts) == (0, {"accepted": 20}, {"accepted": 20})
    assert len(json.loads(listed.out)) == 20
    touched = re.findall(r"\('([^']+)', \d+\)\)$", sockets.read_text(), re.MULTILINE)
    assert set(touched) == {"127.0.0.1"}
