import signal
import socket
import subprocess
import sys
import threading
import time

import httpx
import pytest

from contact_import.errors import UsageProblem
from contact_import.sandbox import Behaviour, Fault, Sandbox

FOREGROUND = """
import pathlib, sys
from contact_import.sandbox import Behaviour, serve
serve(pathlib.Path(sys.argv[1]), Behaviour(), 0, lambda sandbox: print(sandbox.base_url, flush=True))
print("stopped")
"""


def test_it_listens_on_loopback_alone(inbox):
    address = socket.gethostbyname(socket.gethostname())
    if address.startswith("127.0.0.1"):
        address = "127.0.0.2"
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection((address, inbox.sandbox.port), timeout=1).close()
    assert inbox.sandbox.base_url == f"http://127.0.0.1:{inbox.sandbox.port}"


def test_it_stops_within_a_second_whatever_its_clients_do(tmp_path, wait_for):
    stall = Fault(do="stall", seconds=60, path="/inbox/segments")
    with httpx.Client(trust_env=False) as idle, Sandbox(tmp_path / "s.db", Behaviour(faults=(stall,))) as sandbox:
        idle.get(sandbox.base_url)  # leaves a connection open
        half = socket.create_connection(("127.0.0.1", sandbox.port))
        half.sendall(b"POST /inbox/users/import HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n[")
        errors = []
        waiting = threading.Thread(target=lambda: errors.append(failure(f"{sandbox.base_url}/inbox/segments")))
        waiting.start()
        wait_for(lambda: "/inbox/segments" in [receipt.path for receipt in sandbox.receipts()])
        began = time.perf_counter()
        sandbox.__exit__()
        took = time.perf_counter() - began
        waiting.join()
        half.close()
        sandbox.__enter__()
    assert took < 1
    assert errors == [httpx.RemoteProtocolError]


def failure(url):
    try:
        httpx.get(url, trust_env=False, timeout=30)
    except httpx.TransportError as error:
        return type(error)
    return None


def test_an_answer_under_way_is_finished_before_it_stops(tmp_path, wait_for):
    answers = []
    with Sandbox(tmp_path / "s.db", Behaviour(latency=0.1)) as sandbox:
        url = sandbox.base_url
        waiting = threading.Thread(target=lambda: answers.append(httpx.get(url, trust_env=False).status_code))
        waiting.start()
        wait_for(sandbox.receipts)
    waiting.join()
    assert answers == [200]


def test_it_leaves_the_signals_alone_and_the_port_free(tmp_path):
    before = [signal.getsignal(which) for which in (signal.SIGINT, signal.SIGTERM)]
    with Sandbox(tmp_path / "s.db") as sandbox:
        assert [signal.getsignal(which) for which in (signal.SIGINT, signal.SIGTERM)] == before
        httpx.get(sandbox.base_url, trust_env=False)
    with Sandbox(tmp_path / "s.db", port=sandbox.port) as again:
        assert httpx.get(again.base_url, trust_env=False).status_code == 200


def test_a_port_that_is_taken_is_a_usage_problem(inbox, tmp_path):
    with pytest.raises(UsageProblem, match=f"port {inbox.sandbox.port} on 127.0.0.1 cannot be used"):
        Sandbox(tmp_path / "other.db", port=inbox.sandbox.port).__enter__()


@pytest.mark.parametrize("which", [signal.SIGINT, signal.SIGTERM], ids=["Ctrl-C", "SIGTERM"])
def test_in_the_foreground_it_serves_until_it_is_told_to_stop(tmp_path, which):
    command = [sys.executable, "-W", "error", "-c", FOREGROUND, str(tmp_path / "s.db")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        url = process.stdout.readline().strip()
        assert httpx.get(url, trust_env=False).status_code == 200
        process.send_signal(which)
        out, err = process.communicate(timeout=10)
    assert (process.returncode, out, err) == (0, "stopped\n", "")


def test_a_request_that_is_no_http_disturbs_nobody(inbox, person, capfd):
    with socket.create_connection(("127.0.0.1", inbox.sandbox.port)) as stray:
        stray.sendall(b"\x16\x03\x01\x00\xa5\r\n\r\n")
        assert stray.recv(100).startswith(b"HTTP/1.1 400")
    assert inbox.post(person()).status_code == 200
    assert capfd.readouterr() == ("", "")
