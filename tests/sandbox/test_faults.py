import json
import socket
import time

import httpx
import pytest

from contact_import.errors import UsageProblem
from contact_import.sandbox import CATALOGUE, Fault, named, read_faults

CLOSED = (httpx.RemoteProtocolError, httpx.ReadError)
POINTS = ["after-read", "before-commit", "mid-commit", "after-commit"]


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        pytest.param(Fault(do="drop", when="before-read"), CLOSED, id="drop before the body is read"),
        pytest.param(Fault(do="drop"), httpx.RemoteProtocolError, id="drop"),
        pytest.param(Fault(do="reset"), httpx.ReadError, id="reset"),
        pytest.param(Fault(do="cut", status=200, body=b'{"status":'), httpx.RemoteProtocolError, id="cut"),
        pytest.param(Fault(do="cut", status=200), httpx.RemoteProtocolError, id="cut without a body"),
        pytest.param(Fault(do="cut", when="mid-answer"), httpx.RemoteProtocolError, id="cut in mid-answer"),
        pytest.param(Fault(do="reset", when="mid-answer"), CLOSED, id="reset in mid-answer"),
        pytest.param(Fault(do="stall", seconds=2.0), httpx.ReadTimeout, id="stall"),
        pytest.param(Fault(do="stall", when="mid-answer", seconds=2.0), httpx.ReadTimeout, id="stall in mid-answer"),
        pytest.param(Fault(do="raw", body=b"\x16\x03\x01 not HTTP\r\n\r\n"), httpx.RemoteProtocolError, id="no HTTP"),
        pytest.param(
            Fault(do="raw", body=b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nhel"),
            httpx.RemoteProtocolError,
            id="cut in a chunk",
        ),
    ],
)
def test_a_client_sees_the_fault_and_then_a_healthy_sandbox(start, person, fault, error):
    inbox = start(fault, timeout=0.5)
    with pytest.raises(error):
        inbox.post(person())
    assert inbox.client.get("/inbox/segments").status_code == 200


def test_an_answer_can_be_any_answer(start, person):
    fault = Fault(do="answer", status=503, headers=(("Retry-After", "5"), ("Content-Type", "text/plain")), body=b"no")
    answer = start(fault).post(person())
    assert (answer.status_code, answer.text) == (503, "no")
    assert [answer.headers[name] for name in ("retry-after", "content-type", "x-sandbox")] == ["5", "text/plain", "1"]


@pytest.mark.parametrize("status", [204, 301, 418, 599])
def test_an_answer_may_have_any_status(start, person, status):
    inbox = start(Fault(do="answer", status=status))
    assert [inbox.post(person()).status_code for _ in range(2)] == [status, status]


def test_a_stall_only_delays_what_follows(start, person):
    inbox = start(*(Fault(do="stall", when=when, seconds=0.03) for when in ("before-read", *POINTS, "mid-answer")))
    began = time.perf_counter()
    assert inbox.post(person()).json()["status"] == "success"
    assert time.perf_counter() - began >= 0.18


def test_a_client_that_gave_up_is_stored_all_the_same(start, person, wait_for):
    inbox = start(Fault(do="stall", when="before-commit", seconds=0.5, times=1), timeout=0.1)
    with pytest.raises(httpx.ReadTimeout):
        inbox.post(person("A", "1"))
    assert inbox.names() == []
    assert wait_for(inbox.names) == ["A"]


def test_raw_bytes_may_drip(start, person):
    text = b"HTTP/1.1 200 OK\r\n\r\nslow"
    began = time.perf_counter()
    assert start(Fault(do="raw", body=text, seconds=0.005)).post(person()).text == "slow"
    assert time.perf_counter() - began >= 0.005 * len(text)


def test_raw_bytes_come_as_they_are_and_nothing_after_them(start, person):
    text = b"x" * 5_000_000  # more than a socket takes at once
    assert start(Fault(do="raw", body=b"HTTP/1.1 200 OK\r\n\r\n" + text)).post(person()).content == text


@pytest.mark.parametrize("do", ["drop", "reset", "answer"])
@pytest.mark.parametrize(
    ("when", "phones", "stored"),
    [
        pytest.param("before-read", (), [], id="before-read: not even the phones are known"),
        pytest.param("after-read", ("911", "912"), [], id="after-read: in the log alone"),
        pytest.param("before-commit", ("911", "912"), [], id="before-commit: in the log alone"),
        pytest.param("mid-commit", ("911", "912"), ["A"], id="mid-commit: half is stored"),
        pytest.param("after-commit", ("911", "912"), ["A", "B"], id="after-commit: all is stored"),
    ],
)
def test_the_log_is_written_before_the_answer_and_apart_from_the_store(start, person, do, when, phones, stored):
    inbox = start(Fault(do=do, when=when))
    try:
        status = inbox.post(person("A", "1"), person("B", "2")).status_code
    except httpx.TransportError:
        status = None
    (receipt,) = inbox.sandbox.receipts()
    assert (receipt.phones, receipt.status, inbox.names()) == (phones, status, stored)
    assert receipt.stored == ("911", "912")[: len(stored)]
    assert receipt.contacts == ([] if when == "before-read" else [person("A", "1"), person("B", "2")])
    assert (receipt.sha256 is None) == (when == "before-read")


def test_only_a_valid_request_gets_as_far_as_the_commit(start, person):
    inbox = start(*(Fault(do="drop", when=when) for when in ("before-commit", "after-commit")))
    assert inbox.post(person(prefix="+91")).status_code == 400


@pytest.mark.parametrize(
    ("conditions", "statuses"),
    [
        pytest.param({}, [500, 500, 500, 500, 500, 500], id="every"),
        pytest.param({"nth": 2}, [200, 500, 200, 200, 200, 200], id="nth"),
        pytest.param({"from_nth": 3}, [200, 200, 500, 500, 500, 500], id="from nth"),
        pytest.param({"times": 2}, [500, 500, 200, 200, 200, 200], id="times"),
        pytest.param({"from_nth": 2, "times": 2}, [200, 500, 500, 200, 200, 200], id="from nth, times"),
        pytest.param({"key": "913"}, [200, 200, 500, 200, 200, 200], id="key"),
        pytest.param({"key": "913", "nth": 4}, [200, 200, 200, 200, 200, 200], id="key and nth"),
        pytest.param({"rate": 0.5, "seed": 1}, [500, 200, 500, 200, 200, 500], id="rate"),
        pytest.param({"rate": 0.5, "seed": 4}, [200, 200, 200, 500, 500, 500], id="rate, another seed"),
        pytest.param({"rate": 0.0}, [200, 200, 200, 200, 200, 200], id="rate 0"),
        pytest.param({"path": "/inbox/segments"}, [200, 200, 200, 200, 200, 200], id="another path"),
    ],
)
def test_a_fault_strikes_the_requests_that_fit_all_its_conditions(start, person, conditions, statuses):
    inbox = start(Fault(do="answer", **conditions))
    inbox.client.get("/")  # requests elsewhere are not counted
    assert [inbox.post(person(number=str(number))).status_code for number in range(1, 7)] == statuses


def test_the_first_fault_that_fits_wins_and_the_others_are_not_spent(start, person):
    inbox = start(Fault(do="answer", status=500, times=1), Fault(do="answer", status=503, times=1))
    assert [inbox.post(person()).status_code for _ in range(3)] == [500, 503, 200]


def test_faults_of_one_seed_strike_by_chance_each_for_itself(start, person):
    half = {"rate": 0.5, "seed": 1}
    inbox = start(Fault(do="answer", status=500, **half), Fault(do="answer", status=503, **half))
    assert {inbox.post(person()).status_code for _ in range(40)} == {200, 500, 503}


def test_a_fault_of_connections_in_use_spares_their_first_request(start, person):
    inbox = start(named("stale-connection"))
    assert inbox.post(person()).status_code == 200
    with pytest.raises(CLOSED):
        inbox.post(person())
    assert inbox.post(person()).status_code == 200  # on a new one


@pytest.mark.parametrize("do", ["drop", "reset"])
def test_a_connection_can_be_closed_behind_its_answer(start, do):
    inbox = start(Fault(do=do, when="after-answer", path="/inbox/segments"))
    request = b"GET /inbox/segments HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer sandbox-token\r\n\r\n"
    with socket.create_connection(("127.0.0.1", inbox.sandbox.port), timeout=5) as client:
        client.sendall(request)
        found = b""
        try:
            while chunk := client.recv(65_536):
                found += chunk
        except ConnectionResetError:
            assert do == "reset"
    assert do == "reset" or found.startswith(b"HTTP/1.1 200 OK\r\n")
    assert inbox.statuses() == [200]


def test_a_request_whose_client_was_lost_is_stored_later_and_not_answered(start, person, wait_for):
    inbox = start(Fault(do="lose", when="before-commit", seconds=0.1, times=1))
    with pytest.raises(httpx.RemoteProtocolError):
        inbox.post(person("First", "1"))
    assert inbox.post(person("Second", "1")).status_code == 200
    assert inbox.names() == ["Second"]
    wait_for(lambda: inbox.names() == ["First"])
    assert [(receipt.stored, receipt.status) for receipt in inbox.sandbox.receipts()] == [
        (("911",), None),
        (("911",), 200),
    ]


def test_a_filler_is_written_for_as_long_as_the_client_listens(start, person):
    inbox = start(Fault(do="raw", body=b"HTTP/1.1 200 OK\r\n\r\n", filler=b"x" * 10_000))
    with inbox.client.stream("POST", "/inbox/users/import", json=[person()]) as answer:
        taken = next(answer.iter_raw(3_000_000))
    assert taken == b"x" * 3_000_000
    assert inbox.client.get("/inbox/segments").status_code == 200


# The catalogue ------------------------------------------------------------


HARMLESS = ("stale-connection", "idle-close")
"""To a client with a connection for each request."""


def exchange(port, body, most=200_000):
    """Post *body* on a connection of its own, and return what came back within a moment, up to *most* bytes."""
    head = "Host: x\r\nAuthorization: Bearer sandbox-token\r\nContent-Type: application/json\r\n"
    found = b""
    with socket.create_connection(("127.0.0.1", port), timeout=0.2) as client:
        client.sendall(
            f"POST /inbox/users/import HTTP/1.1\r\n{head}Content-Length: {len(body)}\r\n\r\n".encode() + body
        )
        try:
            while len(found) < most and (chunk := client.recv(65_536)):
                found += chunk
                if found.endswith(b'imported successfully."}'):
                    break
        except (TimeoutError, ConnectionResetError):
            pass
    return found


@pytest.mark.parametrize("do", [do for do in CATALOGUE if do not in HARMLESS])
def test_everything_in_the_catalogue_differs_from_a_success_and_disturbs_nobody_else(start, person, do):
    inbox = start(named(do, nth=2))
    good, bad, after = (
        exchange(inbox.sandbox.port, json.dumps([person("A", number)]).encode()) for number in ("1", "2", "3")
    )
    assert [text.partition(b"\r\n")[0] for text in (good, after)] == [b"HTTP/1.1 200 OK"] * 2
    assert bad.partition(b"\r\n\r\n")[2] != good.partition(b"\r\n\r\n")[2] or bad[:15] != good[:15] or not bad
    assert {"911", "913"} <= {number for receipt in inbox.sandbox.receipts() for number in receipt.stored}


def test_a_name_and_its_own_words_together_make_a_fault():
    assert named("busy", nth=3, headers=(("Retry-After", "5"),), body=b"") == Fault(
        do="answer",
        status=429,
        nth=3,
        headers=(("content-type", "application/json; charset=utf-8"), ("Retry-After", "5")),
    )
    assert named("portal", headers=(("Content-Type", "text/plain"),)).headers == (("Content-Type", "text/plain"),)
    assert named("drop", when="after-commit") == named("lost-answer") == Fault(do="drop", when="after-commit")


def test_a_plan_is_read_from_a_file(tmp_path):
    plan = tmp_path / "plan.toml"
    plan.write_text(
        'seed = 7\n[[fault]]\ndo = "drop"\nwhen = "after-commit"\nnth = 3\n'
        '[[fault]]\ndo = "answer"\nstatus = 429\nheaders = { Retry-After = "7" }\nbody = "later"\nrate = 0.1\n'
        '[[fault]]\ndo = "portal"\nreused = true\nfiller = "."\nseed = 9\n',
        encoding="utf-8",
    )
    assert read_faults(plan) == (
        Fault(do="drop", when="after-commit", nth=3, seed=7),
        Fault(do="answer", status=429, headers=(("Retry-After", "7"),), body=b"later", rate=0.1, seed=7),
        named("portal", reused=True, filler=b".", seed=9),
    )


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param("[[fault]", "cannot be read as TOML", id="no TOML"),
        pytest.param("[[fault]]\ndo = 'explode'", "fault 1: do is one of answer, drop, ", id="unknown deed"),
        pytest.param("[[fault]]\ndo = 'drop'\nwhen = 'later'", "fault 1: when is one of before-read, ", id="when"),
        pytest.param("[[fault]]\nnth = 1", "fault 1: do is missing", id="nothing to do"),
        pytest.param(
            "[[fault]]\ndo = 'drop'\nnht = 1", "fault 1: unknown: nht; there are do, when, path, ", id="typing error"
        ),
        pytest.param("[[fault]]\ndo = 'drop'\nnth = '1'", "fault 1: nth is of the wrong type", id="number as text"),
        pytest.param("[[fault]]\ndo = 'drop'\nreused = 1", "fault 1: reused is of the wrong type", id="yes as number"),
        pytest.param("seed = 'x'\n[[fault]]\ndo = 'drop'", "one [[fault]] table for each fault", id="seed as text"),
        pytest.param("fault = ['drop']", "one [[fault]] table for each fault", id="names alone"),
        pytest.param(
            "[[fault]]\ndo = 'lose'\nwhen = 'before-read'", "fault 1: lose cannot be done before-read", id="too early"
        ),
        pytest.param("[[fault]]\ndo = 'drop'\nbody = 1", "fault 1: body is of the wrong type", id="body as number"),
        pytest.param("[[fault]]\ndo = 'drop'\nheaders = ''", "fault 1: headers is of the wrong type", id="headers"),
        pytest.param("fault = 1", "one [[fault]] table for each fault", id="no tables"),
        pytest.param("[fault]\ndo = 'drop'", "one [[fault]] table for each fault", id="one bracket"),
        pytest.param("[[faults]]\ndo = 'drop'", "one [[fault]] table for each fault", id="another name"),
        pytest.param("[[fault]]\ndo = 'answer'\nstatus = 99", "fault 1: status is 200 to 599", id="status"),
        pytest.param("[[fault]]\ndo = 'raw'\nwhen = 'mid-answer'", "fault 1: raw cannot be done mid-answer", id="late"),
        pytest.param(
            "[[fault]]\ndo = 'drop'\nwhen = 'before-read'\nkey = '1'",
            "fault 1: no key is known before-read",
            id="key unread",
        ),
    ],
)
def test_a_plan_that_cannot_be_meant_is_refused_with_the_place(tmp_path, text, words):
    plan = tmp_path / "plan.toml"
    plan.write_text(text, encoding="utf-8")
    with pytest.raises(UsageProblem) as problem:
        read_faults(plan)
    assert str(problem.value).startswith(f"{plan}: {words}")


def test_a_plan_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(UsageProblem, match=r"plan\.toml: cannot be read"):
        read_faults(tmp_path / "plan.toml")
