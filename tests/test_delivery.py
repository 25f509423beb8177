"""Delivery over the real rooms and a real journal, against platforms that refuse, fail and fall silent."""

from __future__ import annotations

import asyncio
import itertools
import json
import math
import os
import tempfile
from collections import Counter, deque
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contact_import import api, pipeline
from contact_import.account import Account
from contact_import.api import Answer, NoAnswer
from contact_import.delivery import Delivery, Limits
from contact_import.errors import AccountProblem, InputProblem, NotTheApi, TokenRefused, Unfinished
from contact_import.journal import Journal
from contact_import.pace import Pace, Patience
from contact_import.stop import Stop
from contact_import.tries import Tries
from tests.support import RULES, Ended, Platform, session, source

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

OK = Answer(200, {}, b'{"status": "success"}')


def people(count: int) -> list[tuple[str, str]]:
    return [(f"Person {index}", f"98{index:08d}") for index in range(10_000_000, 10_000_000 + count)]


def phones_of(table: Iterable[tuple[str, str]]) -> frozenset[str]:
    return frozenset(f"91{phone}" for _, phone in table)


def sizes(platform: Platform) -> list[int]:
    return [len(receipt) for receipt in platform.receipts]


def counts(ended: Ended) -> Counter[str]:
    return Counter(outcome for _, outcome, _ in ended.rows)


def folder_in_memory() -> tempfile.TemporaryDirectory[str]:
    """Return a folder for a journal: thousands of commits, and none of these tests is about the disk."""
    memory = Path("/dev/shm")
    return tempfile.TemporaryDirectory(dir=memory if os.access(memory, os.W_OK) else None)


@dataclass
class Clock:
    """A clock that only the pauses of a `Waiting` run move."""

    now: float = 0.0

    def __call__(self) -> float:
        return self.now


class Waiting(Stop):
    """A stop whose waits pass at once, by a clock of its own."""

    def __init__(self, clock: Clock) -> None:
        super().__init__()
        self.clock = clock

    async def within(self, seconds: float) -> None:
        until = self.clock.now + seconds
        await asyncio.sleep(0)
        self.clock.now = max(self.clock.now, until)


def timed(
    table: Sequence[tuple[str, str]],
    platform: Platform,
    *,
    clock: Clock | None = None,
    patience: Patience | None = None,
    max_reject: float | None = None,
    max_bytes: int = 90_000,
    workers: int = 1,
    chance: float = 0.0,
) -> tuple[Ended, Stop]:
    """Run one session as `support.session` does, on a clock that can be read, with the limits that it leaves out."""
    ended, clock = Ended(), clock or Clock()

    async def run(journal: Journal) -> Stop:
        account, stop = Account(len(table), [ended], (), max_reject), Waiting(clock)
        chunks = pipeline.chunks(
            [source(table)],
            RULES,
            api.Wire(),
            max_bytes=max_bytes,
            settled=account.settled,
            stopped=lambda: bool(stop),
        )
        tries = Tries(account, Pace(patience or Patience(), clock, chance=lambda: chance), stop, lambda _: None)
        limits = Limits(100, max_bytes)
        await Delivery(chunks, account, journal, tries, limits, stop).run([platform] * workers)
        account.check()
        return stop

    with folder_in_memory() as folder, Journal(Path(folder) / "j") as journal:
        return ended, asyncio.run(run(journal))


@dataclass
class Rule(Platform):
    """A platform that answers by a rule, given the phones of a request and its bytes; None: as usual."""

    rule: Callable[[list[str], bytes], Answer | NoAnswer | None] = lambda _phones, _content: None
    answers: list[tuple[int, int]] = field(default_factory=list)
    """Rows, bytes of each request."""

    async def post(self, content: bytes) -> Answer | NoAnswer:
        contacts = [entry["profile"]["userDetails"]["contact"]["phone"] for entry in json.loads(content)]
        numbers = [f"{phone['prefix']}{phone['number']}" for phone in contacts]
        self.answers.append((len(numbers), len(content)))
        if (answer := self.rule(numbers, content)) is not None:
            await asyncio.sleep(0)
            self.receipts.append(numbers)
            return answer
        return await super().post(content)


# The first requests ------------------------------------------------------------


@pytest.mark.parametrize(
    ("count", "batch", "expected"),
    [
        (0, 100, []),
        (1, 100, [1]),
        (5, 100, [1, 4]),
        (11, 100, [1, 10]),
        (250, 100, [1, 10, 100, 100, 39]),
        (20, 7, [1, 7, 7, 5]),
    ],
)
def test_one_contact_goes_first_then_ten_then_full_requests(tmp_path, count, batch, expected):
    platform = Platform()
    account, _ = session(people(count), platform, tmp_path / "j", batch=batch)
    assert sizes(platform) == expected
    assert platform.stored.keys() == phones_of(people(count))
    assert (account.requests, account.resent_rows) == (len(expected), 0)


def test_a_run_without_faults_sends_every_row_once_with_any_number_of_workers(tmp_path):
    platform = Platform()
    session(people(1000), platform, tmp_path / "j", batch=20, workers=4)
    assert platform.times_received == dict.fromkeys(phones_of(people(1000)), 1)


def test_while_the_first_contacts_are_refused_they_go_one_by_one(tmp_path):
    table, ended = people(200), Ended()
    platform = Platform(phones_of(table[:3]))
    session(table, platform, tmp_path / "j", sinks=[ended])
    assert sizes(platform) == [1, 1, 1, 1, 10, 100, 86]
    assert counts(ended) == {"rejected": 3, "accepted": 197}


# Bad rows ------------------------------------------------------------


def test_fifteen_bad_rows_in_ten_thousand_are_named_and_all_others_accepted(tmp_path):
    table, ended = people(10_000), Ended()
    bad = range(333, 10_000, 666)
    platform = Platform(phones_of(table[index] for index in bad))
    account, stop = session(table, platform, tmp_path / "j", sinks=[ended], workers=4)
    reason = "api-refused: the platform refused this contact (HTTP 400): no"
    assert [row for row in ended.rows if row[1] != "accepted"] == [(index + 2, "rejected", reason) for index in bad]
    assert counts(ended) == {"accepted": 9_985, "rejected": 15}
    assert platform.stored.keys() == phones_of(table) - platform.refuse
    assert not stop
    assert account.requests == len(platform.receipts) <= 450


def bisect(count: int, bad: Iterable[int]) -> int:
    """Send one batch of *count* rows, check who was rejected, and return the requests that it took."""
    table, ended, bad = people(11 + count), Ended(), sorted(bad)
    platform = Platform(phones_of(table[11 + index] for index in bad))
    with folder_in_memory() as folder:
        session(table, platform, Path(folder) / "j", batch=64, sinks=[ended])
    assert [row for row, end in ended.outcomes.items() if end == "rejected"] == [13 + index for index in bad]
    assert platform.stored.keys() == phones_of(table) - platform.refuse
    assert sizes(platform)[:2] == [1, 10]
    return len(platform.receipts) - 2


def bound(count: int, bad: int) -> float:
    """Return the most requests that halving takes: 2k·log2(n/k) + 2k - 1, with n rounded up to a power of two."""
    whole = 2 ** math.ceil(math.log2(count))
    return 2 * bad * math.log2(whole / bad) + 2 * bad - 1 if bad else 1


@settings(max_examples=100, deadline=None)
@given(st.integers(1, 64).flatmap(lambda n: st.tuples(st.just(n), st.sets(st.integers(0, n - 1)))))
def test_of_a_refused_batch_exactly_the_bad_rows_are_rejected_within_the_known_cost(case):
    count, bad = case
    assert bisect(count, bad) <= round(bound(count, len(bad)), 6)


@pytest.mark.parametrize("count", [1, 2, 3, 5])
def test_every_subset_of_a_small_batch_is_found(count):
    for bad in itertools.product([False, True], repeat=count):
        chosen = [index for index, is_bad in enumerate(bad) if is_bad]
        assert bisect(count, chosen) <= round(bound(count, len(chosen)), 6)


def test_one_bad_row_in_a_hundred_costs_fifteen_requests_at_most(tmp_path):
    table = people(111)
    platform = Platform(phones_of(table[60:61]))
    session(table, platform, tmp_path / "j")
    assert sizes(platform)[:3] == [1, 10, 100]
    assert len(platform.receipts) - 2 <= 15


def test_a_platform_that_refuses_everything_is_told_from_bad_rows(tmp_path):
    table, ended = people(1000), Ended()
    platform = Platform(phones_of(table))
    _, stop = session(table, platform, tmp_path / "j", sinks=[ended], workers=4)
    assert isinstance(stop.reason, NotTheApi)
    assert len(platform.receipts) <= 25
    assert counts(ended) == {"not_sent": 1000}


def test_a_list_too_short_to_tell_is_rejected_row_by_row(tmp_path):
    table, ended = people(4), Ended()
    _, stop = session(table, Platform(phones_of(table)), tmp_path / "j", sinks=[ended])
    assert not stop
    assert counts(ended) == {"rejected": 4}


# Too large ------------------------------------------------------------


def test_a_request_that_is_too_large_is_halved_and_later_ones_stay_smaller():
    platform = Rule(rule=lambda _, content: Answer(413) if len(content) > 4_000 else None)
    ended, stop = timed(people(400), platform)  # 125 bytes each
    assert (counts(ended), stop.reason) == ({"accepted": 400}, None)
    # 100 and 50 rows were too much, 25 were not; those below half of 50 follow until the end.
    assert [rows for rows, _ in platform.answers] == [1, 10, 100, 50, 25, 25, 50, 25, 25, *[24] * 12, 1]


def test_a_single_contact_that_is_too_large_is_rejected_and_the_rest_goes_on():
    table = [*people(150), ("N" * 3_000, "9812300001"), *people(300)[150:]]
    platform = Rule(rule=lambda _, content: Answer(413) if len(content) > 2_000 else None)
    ended, _ = timed(table, platform)
    assert [row for row in ended.rows if row[1] != "accepted"] == [
        (152, "rejected", "api-too-large: the platform takes no request of this contact's size (HTTP 413)")
    ]
    assert counts(ended) == {"accepted": 300, "rejected": 1}


def test_no_request_is_larger_than_asked_for():
    platform = Rule()
    ended, _ = timed(people(300), platform, max_bytes=2_000)
    assert counts(ended) == {"accepted": 300}
    assert max(size for _, size in platform.answers) <= 2_000


# The token ------------------------------------------------------------


@pytest.mark.parametrize("status", ["401", "403"])
@pytest.mark.parametrize("workers", [1, 4])
@pytest.mark.parametrize("good", [0, 1, 10])
def test_a_refused_token_ends_the_run_at_once(tmp_path, status, workers, good):
    table, ended = people(3000), Ended()
    platform = Platform(faults=deque([""] * good + [status] * 1000))
    _, stop = session(table, platform, tmp_path / "j", sinks=[ended], workers=workers)
    assert isinstance(stop.reason, TokenRefused)
    assert len(platform.receipts) <= good + (workers if good > 1 else 1)
    assert counts(ended) == {
        end: rows
        for end, rows in (("accepted", len(platform.stored)), ("not_sent", 3000 - len(platform.stored)))
        if rows
    }
    assert len(platform.stored) == sum(sizes(platform)[:good])


@dataclass
class Together(Platform):
    """Lets four full requests arrive before it answers any; refuses the token of the first of them."""

    barrier: asyncio.Barrier = field(default_factory=lambda: asyncio.Barrier(4))

    async def post(self, content: bytes) -> Answer | NoAnswer:
        if len(self.receipts) < 2:
            return await super().post(content)
        async with asyncio.timeout(20):
            first = await self.barrier.wait() == 0
        if first:
            self.receipts.append([])
            return Answer(401)
        for _ in range(5):  # the others hear later than the first
            await asyncio.sleep(0)
        return await super().post(content)


def test_all_workers_stop_together_and_finish_what_is_under_way(tmp_path):
    platform, ended = Together(), Ended()
    account, stop = session(people(3000), platform, tmp_path / "j", sinks=[ended], workers=4)
    assert isinstance(stop.reason, TokenRefused)
    assert account.requests == len(platform.receipts) == 6
    assert counts(ended) == {"accepted": 311, "not_sent": 3000 - 311}


# Not the API ------------------------------------------------------------


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        pytest.param(Answer(200, {}, b"<html>Please log in</html>"), "unconfirmed", id="portal"),
        pytest.param(Answer(200, {}, b'{"status": "ok"}'), "unconfirmed", id="near miss"),
        pytest.param(Answer(202, {}, b'{"status": "success"}'), "unconfirmed", id="202"),
        pytest.param(Answer(301, {"location": "https://elsewhere.example"}), "not_sent", id="redirect"),
        pytest.param(Answer(404), "not_sent", id="404"),
        pytest.param(Answer(501), "not_sent", id="501"),
        pytest.param(NoAnswer("certificate", sent=False, hopeless=True), "not_sent", id="certificate"),
    ],
)
def test_a_first_answer_that_is_not_the_apis_ends_the_run_after_one_request(answer, outcome):
    platform = Rule(rule=lambda *_: answer)
    ended, stop = timed(people(500), platform, workers=4)
    assert isinstance(stop.reason, NotTheApi)
    assert sizes(platform) == [1]
    assert ended.outcomes == {row: outcome if row == 2 else "not_sent" for row in range(2, 502)}


@pytest.mark.parametrize("faults", [["portal"], ["portal"] * 5, ["500", "portal", "lost", "late 504"]])
def test_a_strange_answer_in_mid_run_is_asked_again(tmp_path, faults):
    table, ended = people(500), Ended()
    platform = Platform(faults=deque(["", "", "", *faults]))
    account, stop = session(table, platform, tmp_path / "j", sinks=[ended])
    assert (counts(ended), stop.reason) == ({"accepted": 500}, None)
    assert account.requests == 7 + len(faults)
    assert account.resent_rows == 100
    assert all(len(texts) == 1 for texts in platform.bodies.values())


def test_a_redirect_in_mid_run_ends_it(tmp_path):
    platform, ended = Platform(faults=deque(["", "", "", "302"])), Ended()
    _, stop = session(people(500), platform, tmp_path / "j", sinks=[ended])
    assert isinstance(stop.reason, NotTheApi)
    assert sizes(platform) == [1, 10, 100, 100]
    assert counts(ended) == {"accepted": 111, "not_sent": 389}


# A platform that is slow, busy or away ------------------------------------------------------------


@dataclass
class Timed(Platform):
    """A platform that notes when each request came and when it was answered, by the run's clock."""

    clock: Clock = field(default_factory=Clock)
    busy: dict[int, str] = field(default_factory=dict)
    """Number of the request, from 0 → the Retry-After of a 429."""
    events: list[tuple[str, float]] = field(default_factory=list)

    async def post(self, content: bytes) -> Answer | NoAnswer:
        number = sum(what == "asked" for what, _ in self.events)
        self.events.append(("asked", self.clock.now))
        if number in self.busy:
            self.events.append(("busy", self.clock.now))
            return Answer(429, {"retry-after": self.busy[number]})
        return await super().post(content)


@pytest.mark.parametrize("workers", [1, 4])
def test_nobody_asks_while_the_platform_wants_to_be_left_alone(workers):
    clock = Clock()
    platform = Timed(clock=clock, busy={0: "7", 5: "30"})
    ended, stop = timed(people(3000), platform, clock=clock, workers=workers)
    assert (counts(ended), stop.reason) == ({"accepted": 3000}, None)
    pauses = iter([7.0, 30.0])
    for index, (what, when) in enumerate(platform.events):
        if what == "busy":
            end = when + next(pauses)
            assert all(later >= end for _, later in platform.events[index + 1 :])
    assert clock.now == 37.0
    assert platform.times_received == dict.fromkeys(phones_of(people(3000)), 1)


def test_a_busy_platform_is_asked_again_for_as_long_as_it_says_so(tmp_path):
    ended = Ended()
    account, stop = session(
        people(500), Platform(faults=deque([*[""] * 3, *["429"] * 20])), tmp_path / "j", sinks=[ended]
    )
    assert (counts(ended), stop.reason) == ({"accepted": 500}, None)
    assert (account.requests, account.resent_rows) == (7 + 20, 0)


def test_requests_leave_at_the_rate_asked_for_whoever_sends_them():
    clock = Clock()
    platform = Timed(clock=clock)
    timed(people(1011), platform, clock=clock, patience=Patience(rate=0.5), workers=4)
    assert [when for _, when in platform.events] == [2.0 * index for index in range(12)]


def test_a_batch_that_always_fails_is_left_unconfirmed_and_the_rest_goes_on(tmp_path):
    table, ended = people(1000), Ended()
    poison = f"91{table[450][1]}"
    platform = Rule(rule=lambda phones, _: Answer(500) if poison in phones else None)
    account, stop = session(table, platform, tmp_path / "j", sinks=[ended])
    assert not stop
    assert counts(ended) == {"accepted": 900, "unconfirmed": 100}
    assert ended.outcomes[452] == "unconfirmed"
    assert account.requests - 2 - 9 == platform.times_received[poison] <= 2 * api.MAX_TRIES


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        pytest.param(Answer(503), "unconfirmed", id="503"),
        pytest.param(NoAnswer("no whole answer", sent=True), "unconfirmed", id="silence"),
        pytest.param(NoAnswer("no connection", sent=False), "not_sent", id="no connection"),
        pytest.param(Answer(429, {"retry-after": "25"}), "not_sent", id="429 for ever"),
        pytest.param(Answer(429, {"retry-after": "3600"}), "not_sent", id="429 for an hour"),
    ],
)
@pytest.mark.parametrize("good", [0, 4])
def test_an_outage_longer_than_asked_for_ends_the_run_unfinished(answer, outcome, good):
    clock, table = Clock(), people(3000)
    seen = itertools.count()

    def away(_phones: list[str], _content: bytes) -> Answer | NoAnswer | None:
        clock.now += 1.0  # what a request takes
        return answer if next(seen) >= good else None

    platform = Rule(rule=away)
    ended, stop = timed(table, platform, clock=clock, patience=Patience(max_outage=60.0))
    sent = sum(rows for rows, _ in platform.answers[:good])
    assert isinstance(stop.reason, Unfinished)
    assert clock.now <= good + 62.0
    assert set(counts(ended)) == {outcome, "not_sent"} | ({"accepted"} if good else set())
    assert counts(ended)["accepted"] == sent
    assert counts(ended)["unconfirmed"] == len({phone for numbers in platform.receipts[good:] for phone in numbers}) * (
        outcome == "unconfirmed"
    )


@pytest.mark.parametrize("workers", [1, 4])
@pytest.mark.parametrize("good", [0, 4])
def test_an_outage_shorter_than_that_costs_no_row_its_outcome(workers, good):
    clock = Clock()
    seen, back = itertools.count(), []

    def away(_phones: list[str], _content: bytes) -> Answer | None:
        if next(seen) < good:
            return None
        back[:] = back or [clock.now + 300.0]
        clock.now += 1.0
        return Answer(503) if clock.now < back[0] else None

    ended, stop = timed(people(3000), Rule(rule=away), clock=clock, workers=workers, chance=0.5)
    assert (counts(ended), stop.reason) == ({"accepted": 3000}, None)


def test_a_deadline_ends_the_run_unfinished():
    clock = Clock()
    platform = Timed(clock=clock)
    ended, stop = timed(people(1011), platform, clock=clock, patience=Patience(rate=1.0, deadline=5.0))
    assert isinstance(stop.reason, Unfinished)
    assert [when for _, when in platform.events] == [0.0, 1.0, 2.0, 3.0, 4.0]
    assert counts(ended) == {"accepted": 311, "not_sent": 700}


# Rows that are read while the run ends ------------------------------------------------------------


def bad_people(count: int) -> list[tuple[str, str]]:
    return [("Nobody", "98123")] * count


def test_a_guard_that_trips_ends_the_run_with_every_row_accounted_for():
    table = [*people(5_000), *bad_people(5_000), *people(7_000)[5_000:]]
    ended, stop = timed(table, Platform(), max_reject=20.0)
    assert isinstance(stop.reason, InputProblem)
    assert [row for row, _, _ in ended.rows] == list(range(2, 12_002))
    assert counts(ended)["rejected"] == 5_000
    assert set(counts(ended)) == {"accepted", "rejected", "not_sent"}


def test_a_guard_that_trips_after_the_run_has_ended_for_another_reason_loses_no_row():
    table = [*people(5_000), *bad_people(5_000), *people(7_000)[5_000:]]
    platform = Platform(faults=deque(["401"]))
    try:
        ended, stop = timed(table, platform, max_reject=20.0)
    except AccountProblem as problem:
        pytest.fail(str(problem))
    assert isinstance(stop.reason, TokenRefused)
    assert [row for row, _, _ in ended.rows] == list(range(2, 12_002))
