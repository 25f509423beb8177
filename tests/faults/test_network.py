"""What a network and a server can do to requests, against the real client: what every row is called afterwards.

The codes in the ids: N is the network and the protocol, B is what happens to batches. Each fault is met three times: by
the first request of a run, by all from the third on, and by one in between; with one worker and with four.

A row is *in doubt* when the request that held it may have been taken: it must end `unconfirmed` unless a later answer
settles it. Otherwise it is *untouched*, and must end `not_sent`.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import pytest

from contact_import.pace import Patience
from contact_import.sandbox import CATALOGUE, Fault, named
from tests.faults import certificates
from tests.faults.harness import Ending, Line, check, deliver, names, people, phone, sandbox
from tests.faults.listener import Deaf, Full, Listener
from tests.faults.proxy import Bandwidth, Garble, Latency, LimitData, Proxy, ResetPeer, Slicer, SlowClose, Timeout

if TYPE_CHECKING:
    from collections.abc import Callable

    Quick = Callable[[int, tuple[str, ...]], bool]

ROWS = 50
PICKED = 25
"""A row in the middle; never in the first two requests."""
AT_ONCE = Patience(max_outage=0.0)
"""Give up at the first failure that does not settle anything."""


@dataclass(frozen=True)
class Case:
    """A fault, and what it must come to."""

    id: str
    fault: Fault
    row: str
    """What a row of a struck request ends as, if the fault lasts."""
    first: int
    """Exit code where the first request meets it."""
    later: int
    """Exit code where it sets in later."""
    slow: bool = False
    """It ends only by the client's own patience."""

    def when(self, **conditions: Any) -> Fault:
        return replace(self.fault, **conditions)


def doubt(code: str, do: str, first: int = 4, *, slow: bool = False, **more: Any) -> Case:
    """Nobody can know whether the rows are stored; *first*: 6 where the answer shows that this is not the API."""
    return Case(f"{code}-{do}", named(do, **more), "unconfirmed", first, 4, slow)


def strange(code: str, do: str) -> Case:
    return doubt(code, do, 6)


def stop(code: str, do: str, exit_code: int, **more: Any) -> Case:
    """Nothing was taken, and nothing will be."""
    status = f"-{more['status']}" if "status" in more else ""
    return Case(f"{code}-{do}{status}", named(do, **more), "not_sent", exit_code, exit_code)


def status(code: str, number: int, row: str, exit_code: int) -> Case:
    return Case(f"{code}-status-{number}", Fault(do="answer", status=number), row, exit_code, exit_code)


NEAR_MISSES = [name for name in CATALOGUE if name.startswith(("status-", "success-", "code-"))]

CASES = [
    doubt("N4", "reset"),
    doubt("N4", "reset-answer"),
    doubt("N5", "drop"),
    doubt("N5", "lost-request"),
    doubt("N5", "lost-answer"),
    doubt("N7", "silence", slow=True),
    doubt("N8", "bad-gateway"),
    doubt("N8", "gateway-timeout"),
    doubt("N14", "slow-answer", slow=True, seconds=0.02),
    doubt("N15", "slow-headers", slow=True, seconds=0.02),
    doubt("N16", "unread-request", slow=True),
    doubt("N17", "late-commit", seconds=0.05),
    doubt("N18", "cut-answer"),
    doubt("N19", "cut-chunk"),
    strange("N20", "cut-json"),
    strange("N21", "cut-gzip"),
    strange("N22", "bad-gzip"),
    strange("N22", "good-gzip"),
    strange("N23", "gzip-bomb"),
    strange("N23", "double-gzip"),
    doubt("N24", "endless-answer"),
    doubt("N25", "huge-header"),
    doubt("N25", "continue-flood", slow=True),
    strange("N26", "tls-bytes"),
    strange("N26", "http-0.9"),
    strange("N26", "other-protocol"),
    doubt("N26", "ssh-banner"),  # less than the head of an answer: looks like a connection that broke
    strange("N27", "portal"),
    strange("N28", "empty"),
    strange("N30", "said-twice"),
    strange("N30", "said-twice-well"),
    strange("N31", "nan"),
    strange("N31", "huge-number"),
    strange("N31", "deep"),
    *(strange("N32", do) for do in ("array", "string", "null", "byte-order-mark", "utf-16", "two-values")),
    *(strange("N33", do) for do in ("created", "queued", "no-content", "multi-status")),
    *(stop("N35", do, 6) for do in ("moved", "found-elsewhere", "see-other")),
    *(stop("N36", do, 6) for do in ("sent-elsewhere", "moved-for-good")),
    stop("N37", "token-refused", 5),
    stop("N37", "forbidden", 5),
    stop("N38", "proxy-login", 5),
    *(stop("N40", "not-found", 6, status=number) for number in (404, 405, 415)),
    *(strange("B16", do) for do in NEAR_MISSES),
    *(
        status("other", number, "not_sent", 6)
        for number in (300, 402, 406, 410, 411, 414, 421, 426, 431, 451, 501, 505)
    ),
    *(status("other", number, "unconfirmed", 4) for number in (408, 425, 500, 503, 520, 599)),
]
CASES_AND_WORKERS = [pytest.param(case, workers, id=f"{case.id}-{workers}") for case in CASES for workers in (1, 4)]
both = pytest.mark.parametrize(("case", "workers"), CASES_AND_WORKERS)


def through(*faults: Fault, workers: int, quick: Quick = lambda *_: False, **choices: Any) -> Ending:
    """Deliver to a platform with *faults*; what is said of it must be borne out by what it got and stored."""
    with sandbox(*faults) as served:
        ending = deliver(people(ROWS), Line(served.base_url, quick=quick), workers=workers, **choices)
        check(ending, served)
    return ending


@both
def test_the_first_request_alone_meets_it_and_the_run_ends_with_its_code(case, workers):
    ending = through(case.fault, workers=workers, quick=lambda *_: case.slow, patience=AT_ONCE)
    assert ending.sizes == [1]
    assert ending.outcomes == {
        number: case.row if index == 0 else "not_sent" for index, number in enumerate(ending.outcomes)
    }
    assert ending.code == case.first


@both
def test_from_the_third_request_on_it_ends_the_run_and_spares_what_was_accepted(case, workers):
    from_third = case.when(from_nth=3)
    ending = through(from_third, workers=workers, quick=lambda count, _: case.slow and count >= 3, patience=AT_ONCE)
    struck = {number for exchange in ending.line.exchanges[2:] for number in exchange.phones}
    assert 3 <= len(ending.sizes) <= 2 + 2 * workers  # once more at once, where a connection in use breaks
    assert ending.outcomes == {
        number: "accepted" if index < 11 else case.row if number in struck else "not_sent"
        for index, number in enumerate(ending.outcomes)
    }
    assert ending.code == case.later


@pytest.mark.parametrize(
    ("case", "workers"),
    [pytest.param(case, workers, id=f"{case.id}-{workers}") for case in CASES if case.later == 4 for workers in (1, 4)],
)
def test_once_in_mid_run_it_costs_one_more_request_and_no_row_its_outcome(case, workers):
    picked = phone(people(ROWS), PICKED)
    unread = case.fault.when == "before-read"  # whose request it is cannot be known: any of those under way together
    tried = []

    def quick(count: int, phones: tuple[str, ...]) -> bool:
        if unread:
            return 3 <= count < 3 + workers
        tried.extend(number for number in phones if number == picked)
        return case.slow and picked in phones and len(tried) == 1

    once = case.when(**({"nth": 3} if unread else {"key": picked, "times": 1}))
    ending = through(once, workers=workers, quick=quick)
    assert (ending.code, ending.counts) == (0, {"accepted": ROWS})
    if unread and workers > 1:
        assert 7 <= len(ending.sizes) <= 6 + workers
    else:
        assert (len(ending.sizes), ending.account.resent_rows) == (7, 10)


# Addresses that cannot be reached ------------------------------------------------------------

PATIENT = Patience(max_outage=60.0)


@pytest.mark.parametrize("workers", [1, 4])
def test_n1_a_name_that_nobody_knows_leaves_every_row_untouched(workers):
    ending = deliver(people(ROWS), "http://nowhere.invalid", workers=workers, patience=PATIENT)
    assert (ending.code, ending.counts) == (4, {"not_sent": ROWS})
    assert 2 <= len(ending.sizes) <= 10
    assert "name is not known" in str(ending.stop.reason)
    assert "sandbox-token" not in str(ending.stop.reason)


@pytest.mark.parametrize("workers", [1, 4])
def test_n2_a_port_that_refuses_connections_leaves_every_row_untouched(workers):
    with Listener() as listener:
        listener.close()
        ending = deliver(people(ROWS), listener.url, workers=workers, patience=PATIENT)
        listener.open()
    assert (ending.code, ending.counts, listener.connections) == (4, {"not_sent": ROWS}, 0)
    assert 2 <= len(ending.sizes) <= 10


@pytest.mark.parametrize("workers", [1, 4])
def test_n2_a_host_that_is_down_for_a_while_costs_pauses_alone(workers):
    with sandbox() as served, Proxy(served.port) as proxy:
        deeds = {3: proxy.close, 12: proxy.open}
        line = Line(proxy.url, before=lambda count: deeds.pop(count, lambda: None)())
        ending = deliver(people(ROWS), line, workers=workers)
        check(ending, served)
        assert len(served.receipts()) == 6
    assert (ending.code, ending.counts) == (0, {"accepted": ROWS})
    assert ending.account.resent_rows == 0
    assert 6 < len(ending.sizes) <= 6 + 9
    assert line.clock.now > 0


@pytest.mark.parametrize("workers", [1, 4])
def test_n3_a_host_that_takes_up_no_connection_leaves_every_row_untouched(workers):
    with Full() as host:
        line = Line(host.url, quick=lambda *_: True, step="connect")
        ending = deliver(people(ROWS), line, workers=workers, patience=AT_ONCE)
    assert (ending.code, ending.counts, ending.sizes) == (4, {"not_sent": ROWS}, [1])


@pytest.mark.parametrize(
    ("step", "words"), [("read", "no answer"), ("write", "did not take the request")], ids=["N7-read", "N16-write"]
)
@pytest.mark.parametrize("workers", [1, 4])
def test_a_host_that_reads_nothing_and_says_nothing_leaves_the_row_in_doubt(step, words, workers):
    long = [("A" * (200 if step == "read" else 8_000_000), "9812300001"), *people(ROWS)]
    with Deaf() as host:
        line = Line(host.url, quick=lambda *_: True, step=step)
        ending = deliver(long, line, workers=workers, patience=AT_ONCE, max_bytes=9_000_000)
    assert (ending.code, ending.counts, ending.sizes) == (4, {"unconfirmed": 1, "not_sent": ROWS}, [1])
    assert words in ending.line.exchanges[0].answer.words


# Connections that were used before ------------------------------------------------------------


@pytest.mark.parametrize("workers", [1, 4])
def test_n6_a_connection_that_is_dead_when_it_is_used_again_costs_one_request_and_no_pause(workers):
    ending = through(named("stale-connection", nth=3), workers=workers)
    assert (ending.code, ending.counts) == (0, {"accepted": ROWS})
    assert ending.line.clock.now == 0, "the first retry of a stale connection is due at once"


@pytest.mark.parametrize("workers", [1, 4])
def test_n6_where_no_connection_can_be_used_twice_every_row_gets_through_all_the_same(workers):
    ending = through(named("stale-connection"), workers=workers)
    assert (ending.code, ending.counts) == (0, {"accepted": ROWS})
    assert len(ending.sizes) <= 2 * 6


@pytest.mark.parametrize("workers", [1, 4])
def test_n6_a_host_that_closes_after_each_answer_is_no_trouble(workers):
    ending = through(named("idle-close"), workers=workers)
    assert (ending.code, ending.counts) == (0, {"accepted": ROWS})


# Retry-After ------------------------------------------------------------


def busy(status: int = 429, **headers: str) -> Fault:
    return named("busy", status=status, headers=tuple(headers.items()), nth=3)


SLOTS = 0.01
"""Seconds that other workers may have taken by then, each a slot of the pace."""


def pause_after(ending: Any, status: int) -> float:
    """Return the seconds between the answer *status* and the next request, by the run's clock."""
    exchanges = ending.line.exchanges
    index = next(i for i, exchange in enumerate(exchanges) if getattr(exchange.answer, "status", 0) == status)
    return (
        min(exchange.began for exchange in exchanges if exchange.began > exchanges[index].began)
        - exchanges[index].began
    )


@pytest.mark.parametrize("chance", [0.0, 0.5, 1.0])
@pytest.mark.parametrize("workers", [1, 4])
@pytest.mark.parametrize("status", [429, 503])
def test_n10_a_pause_that_the_platform_asks_for_is_kept_and_drawn_out_by_a_tenth_at_most(chance, workers, status):
    ending = through(busy(status, **{"Retry-After": "5"}), workers=workers, chance=chance)
    assert (ending.code, ending.counts) == (0, {"accepted": ROWS})
    assert 5.0 <= pause_after(ending, status) <= 5.5


@pytest.mark.parametrize("workers", [1, 4])
@pytest.mark.parametrize("date", ["Fri, 01 Jan 1999 00:00:00 GMT", "Tue, 01 Jan 2999 00:00:00 GMT"])
def test_n11_a_date_to_wait_for_is_measured_by_the_platforms_own_clock(workers, date):
    until = date.replace("00:00:00", "00:00:07")
    ending = through(busy(**{"Retry-After": until, "Date": date}), workers=workers, chance=0.0)
    assert (ending.code, ending.counts) == (0, {"accepted": ROWS})
    assert 7.0 <= pause_after(ending, 429) < 7.0 + SLOTS


PAST = "Fri, 01 Jan 1999 00:00:00 GMT"


@pytest.mark.parametrize("workers", [1, 4])
@pytest.mark.parametrize(
    "text",
    [
        "",
        "0",
        "-1",
        "1.5",
        "1e400",
        "+5",
        "0x10",
        "soon",
        "Infinity",
        "NaN",
        "5, 10",
        PAST,
        "Fri, 99 Foo 2026",
        "z" * 10_000,
    ],
    ids=lambda text: text[:12] or "empty",
)
def test_n12_a_retry_after_that_says_nothing_usable_is_passed_over(text, workers):
    ending = through(busy(**{"Retry-After": text}), workers=workers)
    assert (ending.code, ending.counts) == (0, {"accepted": ROWS})
    assert 0.5 <= pause_after(ending, 429) < 0.5 + SLOTS
    assert ending.account.resent_rows == 0


@pytest.mark.parametrize("workers", [1, 4])
@pytest.mark.parametrize(
    "text", ["999999999", "9" * 10_000, "901", "Tue, 01 Jan 2999 00:00:00 GMT"], ids=lambda text: text[:12]
)
def test_n12_a_retry_after_beyond_the_patience_of_the_run_ends_it_at_once(text, workers):
    ending = through(busy(**{"Retry-After": text}), workers=workers)
    assert ending.code == 4
    assert len(ending.sizes) <= 2 + workers
    assert ending.counts["accepted"] + ending.counts["not_sent"] == ROWS
    assert ending.line.clock.now == 0


@pytest.mark.parametrize("workers", [1, 4])
@pytest.mark.parametrize("from_nth", [1, 3])
def test_n13_a_platform_that_is_always_busy_is_asked_ever_more_seldom(workers, from_nth):
    ending = through(named("busy", from_nth=from_nth), workers=workers)
    accepted = {"accepted": 11} if from_nth == 3 else {}
    assert (ending.code, ending.counts) == (4, {**accepted, "not_sent": ROWS - len(accepted) * 11})
    assert 300 < ending.line.clock.now <= 900
    assert len(ending.sizes) <= 50


# Commits that come late ------------------------------------------------------------


@pytest.mark.parametrize("workers", [1, 4])
def test_n17_a_first_try_that_is_stored_after_its_retry_was_confirmed_changes_nothing(workers, wait_for):
    table = people(ROWS)
    late = named("late-commit", seconds=0.2, key=phone(table, PICKED), times=1)
    with sandbox(late) as served:
        ending = deliver(table, served.base_url, workers=workers)
        before = names(served)
        wait_for(lambda: sum(phone(table, PICKED) in receipt.stored for receipt in served.receipts()) >= 2)
        check(ending, served)
        assert names(served) == before
    assert (ending.code, ending.counts, ending.account.resent_rows) == (0, {"accepted": ROWS}, 10)


# Answers about rows ------------------------------------------------------------


@pytest.mark.parametrize("workers", [1, 4])
@pytest.mark.parametrize("do", ["failure-in-200", "refusal"], ids=["N29", "N29-with-400"])
def test_n29_a_failure_that_says_so_is_halved_down_to_the_row(do, workers):
    picked = phone(people(ROWS), PICKED)
    ending = through(named(do, key=picked), workers=workers)
    assert (ending.code, ending.counts) == (3, {"accepted": ROWS - 1, "rejected": 1})
    assert ending.outcomes[picked] == "rejected"
    assert len(ending.sizes) <= 6 + 2 * 4


@pytest.mark.parametrize("workers", [1, 4])
@pytest.mark.parametrize(
    "data",
    [
        pytest.param('["row 3: not imported"]', id="an error"),
        pytest.param('[{"_id": "1"}, {"_id": "2"}]', id="shorter"),
        pytest.param(str([{"_id": "1"}] * 30).replace("'", '"'), id="longer"),
    ],
)
def test_n34_a_success_with_a_list_of_another_length_than_was_sent_confirms_no_row(data, workers):
    body = f'{{"success":true,"message":"","code":200,"data":{data}}}'.encode()
    ending = through(named("empty", body=body, from_nth=3), workers=workers, patience=AT_ONCE)
    assert ending.code == 4
    assert ending.counts["accepted"] == 11


# Other hosts ------------------------------------------------------------


@pytest.mark.parametrize("workers", [1, 4])
@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize("from_nth", [1, 3])
def test_n35_n36_nothing_at_all_goes_to_where_a_redirect_points(status, workers, from_nth):
    with Listener(b"HTTP/1.1 200 OK\r\ncontent-length: 20\r\n\r\n" + b'{"status":"success"}') as elsewhere:
        to = (("location", f"{elsewhere.url}/inbox/users/import"),)
        with sandbox(Fault(do="answer", status=status, headers=to, from_nth=from_nth)) as served:
            ending = deliver(people(ROWS), served.base_url, workers=workers)
            check(ending, served)
            assert {receipt.method for receipt in served.receipts()} == {"POST"}
    assert (elsewhere.connections, elsewhere.received) == (0, b"")
    assert ending.code == 6
    assert ending.counts.get("accepted", 0) == (11 if from_nth == 3 else 0)


# TLS ------------------------------------------------------------


def secure(url: str) -> str:
    return url.replace("http:", "https:")


@pytest.mark.parametrize("workers", [1, 4])
@pytest.mark.parametrize("context", [certificates.right, certificates.right_by_tls_1_3_alone], ids=["right", "N43-1.3"])
def test_a_certificate_that_is_right_is_trusted(context, workers):
    with sandbox() as served, Proxy(served.port, tls=context()) as proxy:
        ending = deliver(people(ROWS), Line(proxy.url, certificates.trusting()), workers=workers)
        check(ending, served)
    assert (ending.code, ending.counts) == (0, {"accepted": ROWS})


WRONG = [certificates.self_signed, certificates.expired, certificates.wrong_host]


@pytest.mark.parametrize("workers", [1, 4])
@pytest.mark.parametrize("context", WRONG, ids=lambda context: f"N41-{context.__name__}")
def test_n41_a_certificate_that_is_not_ends_the_run_at_the_first_try(context, workers):
    with sandbox() as served, Proxy(served.port, tls=context()) as proxy:
        ending = deliver(people(ROWS), Line(proxy.url, certificates.trusting()), workers=workers)
        check(ending, served)
        assert served.receipts() == []
    assert (ending.code, ending.counts, ending.sizes) == (6, {"not_sent": ROWS}, [1])
    assert "certificate" in str(ending.stop.reason)


@pytest.mark.parametrize("workers", [1, 4])
def test_n51_an_address_that_leads_to_another_host_in_mid_run_is_found_out(workers):
    with sandbox() as served, Proxy(served.port, tls=certificates.right()) as proxy:

        def move(count: int) -> None:
            if count == 3:
                proxy.close()
                proxy.tls = certificates.wrong_host()
                proxy.open()

        ending = deliver(people(ROWS), Line(proxy.url, certificates.trusting(), before=move), workers=workers)
        check(ending, served)
        assert len(served.receipts()) == 2
    assert (ending.code, ending.counts) == (6, {"accepted": 11, "not_sent": 39})
    assert len(ending.sizes) <= 2 + workers


CUTS = [LimitData(bytes=100), LimitData(side="up", bytes=100), ResetPeer(), Timeout(seconds=0.02)]


@pytest.mark.parametrize("workers", [1, 4])
@pytest.mark.parametrize("toxic", CUTS, ids=["answer cut", "hello cut", "reset", "closed"])
def test_n42_a_handshake_that_is_cut_is_tried_again_and_nothing_is_in_doubt(toxic, workers):
    with sandbox() as served, Proxy(served.port, tls=certificates.right()) as inner, Proxy(inner.port, toxic) as outer:

        def heal(count: int) -> None:
            outer.toxics = outer.toxics if count < 4 else ()

        line = Line(secure(outer.url), certificates.trusting(), before=heal)
        ending = deliver(people(ROWS), line, workers=workers)
        check(ending, served)
    assert (ending.code, ending.counts) == (0, {"accepted": ROWS})
    assert (ending.account.resent_rows, len(ending.sizes)) == (0, 6 + 3)


@pytest.mark.parametrize("workers", [1, 4])
def test_n43_a_port_that_speaks_no_tls_ends_the_run_at_the_first_try(workers):
    with sandbox() as served:
        ending = deliver(people(ROWS), secure(served.base_url), workers=workers)
    assert (ending.code, ending.counts, ending.sizes) == (6, {"not_sent": ROWS}, [1])
    assert "TLS" in str(ending.stop.reason)


@pytest.mark.parametrize("side", ["up", "down"])
def test_bytes_that_were_changed_under_way_are_a_connection_that_broke(side):
    garbled = threading.Event()
    toxic = Garble(side=side, on=garbled)
    with sandbox() as served, Proxy(served.port, tls=certificates.right()) as inner, Proxy(inner.port, toxic) as outer:

        def garble(count: int) -> None:
            (garbled.set if count == 3 else garbled.clear)()

        ending = deliver(people(ROWS), Line(secure(outer.url), certificates.trusting(), before=garble))
        check(ending, served)
    assert (ending.code, ending.counts) == (0, {"accepted": ROWS})
    assert ending.account.resent_rows == 10


# A bad line ------------------------------------------------------------

TOXICS = [
    Latency(seconds=0.005, jitter=0.005),
    Latency(side="up", seconds=0.005, jitter=0.005),
    Bandwidth(rate=200_000.0),
    Bandwidth(side="up", rate=200_000.0),
    SlowClose(seconds=0.05),
    Timeout(seconds=0.01, probability=0.5),
    Timeout(side="up", seconds=0.01, probability=0.5),
    ResetPeer(probability=0.5),
    ResetPeer(side="up", probability=0.5),
    Slicer(size=20, variation=15),
    Slicer(side="up", size=500, variation=400),
    LimitData(bytes=500),
    LimitData(side="up", bytes=3_000),
]


@pytest.mark.parametrize("workers", [1, 4])
@pytest.mark.parametrize("toxic", TOXICS, ids=lambda toxic: f"{type(toxic).__name__}-{toxic.side}")
def test_over_a_bad_line_every_row_gets_through(toxic, workers):
    with sandbox() as served, Proxy(served.port, toxic, seed=5) as proxy:
        ending = deliver(people(ROWS), proxy.url, workers=workers)
        check(ending, served)
    assert (ending.code, ending.counts) == (0, {"accepted": ROWS})
    assert len(ending.sizes) <= 30


@pytest.mark.parametrize(("workers", "seed"), [(1, 1), (4, 2)])
def test_n52_ten_thousand_rows_over_resets_errors_and_jitter_all_end_accepted(workers, seed):
    table = people(10_000)
    faults = (named("reset-answer", rate=0.01, seed=seed), named("broken", rate=0.05, seed=seed))
    with sandbox(*faults) as served, Proxy(served.port, Latency(seconds=0.002, jitter=0.002), seed=seed) as proxy:
        ending = deliver(table, proxy.url, workers=workers, batch=50)
        check(ending, served)
    failed = [exchange for exchange in ending.line.exchanges if getattr(exchange.answer, "status", 0) != 200]
    assert (ending.code, ending.counts) == (0, {"accepted": 10_000})
    assert 5 <= len(failed) <= 50
    assert len(ending.sizes) <= 300
    assert ending.account.resent_rows == len({number for exchange in failed for number in exchange.phones})
