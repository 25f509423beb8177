"""Delivery over the real rooms and a real journal, against platforms that refuse, fail and fall silent."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import math
import threading
import time
from collections import deque
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from contact_import import api, pipeline
from contact_import.account import KEPT_BACK, Account
from contact_import.api import Answer, NoAnswer
from contact_import.delivery import Delivery, Limits
from contact_import.errors import AccountProblem, InputProblem, Interrupted, NotTheApi, TokenRefused, Unfinished
from contact_import.journal import Journal
from contact_import.pace import Pace, Patience
from contact_import.tries import Tries
from tests.support import (
    RULES,
    Clock,
    Ended,
    Platform,
    Rule,
    Waiting,
    counts,
    folder_in_memory,
    people,
    phones_of,
    session,
    sizes,
    source,
    timed,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from contact_import.pipeline import Chunk
    from contact_import.stop import Stop

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


@pytest.mark.parametrize(
    ("faults", "resent"),
    [
        pytest.param(["portal"], 100, id="once"),
        pytest.param(["portal"] * 3, 100, id="as often as one batch goes first"),
        pytest.param(["500", "portal", "lost", "late 504"], 200, id="once more, by the next batch"),
    ],
)
def test_a_strange_answer_in_mid_run_is_asked_again(tmp_path, faults, resent):
    table, ended = people(500), Ended()
    platform = Platform(faults=deque(["", "", "", *faults]))
    account, stop = session(table, platform, tmp_path / "j", sinks=[ended])
    assert (counts(ended), stop.reason) == ({"accepted": 500}, None)
    assert (account.requests, account.resent_rows) == (7 + len(faults), resent)
    assert all(len(texts) == 1 for texts in platform.bodies.values())


def test_after_one_contact_was_accepted_a_strange_answer_is_asked_again():
    platform = Platform(faults=deque(["", "portal"]))
    _, stop = timed(people(5), platform)
    assert (stop.reason, sizes(platform)) == (None, [1, 4, 4])


def test_failures_cost_the_quota_also_where_the_same_rows_are_accepted_after_them():
    seen = set[str]()

    def break_once(phones: list[str], _content: bytes) -> Answer | None:
        is_new = len(seen) >= 11 and phones[0] not in seen
        seen.update(phones)
        if len(platform.receipts) == 23:
            return Answer(401)
        return Answer(500) if is_new else None

    platform = Rule(rule=break_once)
    timed(people(251), platform, batch=20)
    assert sizes(platform) == [1, 10, *[20] * 21, 10]  # the eleventh failure puts it on trial


def test_a_redirect_in_mid_run_ends_it(tmp_path):
    platform, ended = Platform(faults=deque(["", "", "", "302"])), Ended()
    _, stop = session(people(500), platform, tmp_path / "j", sinks=[ended])
    assert isinstance(stop.reason, NotTheApi)
    assert sizes(platform) == [1, 10, 100, 100]
    assert counts(ended) == {"accepted": 111, "not_sent": 389}


# Rows that are read, ten at a time ------------------------------------------------------------


def bad_people(count: int) -> list[tuple[str, str]]:
    return [("Nobody", "98123")] * count


@dataclass
class Upload:
    """A delivery that has not begun, and what it tells."""

    delivery: Delivery
    account: Account
    stop: Stop
    ended: Ended
    told: list[str]


@contextlib.contextmanager
def upload(
    table: list[tuple[str, str]], read: Callable[[Iterator[Chunk]], Iterator[Chunk]] = iter, batch: int = 10
) -> Iterator[Upload]:
    """Build the upload of *table*, whose chunks of ten rows pass through *read*."""
    with folder_in_memory() as folder, Journal(Path(folder) / "j") as journal:
        ended, stop, told = Ended(), Waiting(Clock()), list[str]()
        account = Account(len(table), [ended], journal.past())
        chunks = pipeline.chunks(
            *([replace(source(table), size=10)], RULES, api.Wire()),
            max_bytes=90_000,
            settled=account.settled,
            stopped=lambda: bool(stop),
        )
        tries = Tries(account, Pace(Patience(), stop.clock, chance=lambda: 1.0), stop, told.append)
        delivery = Delivery(read(chunks), account, journal, tries, Limits(batch, 90_000), stop)
        yield Upload(delivery, account, stop, ended, told)


def test_rows_are_taken_in_when_the_next_request_needs_them_and_not_before():
    read: list[int] = []
    with upload(people(40), batch=9) as run:
        platform = Rule(rule=lambda *_: read.append(run.account.read))
        asyncio.run(run.delivery.run([platform]))
    assert (sizes(platform), read) == ([1, 9, 9, 9, 9, 3], [10, 10, 20, 30, 40, 40])


@dataclass
class Patient(Platform):
    """Answers once the second part of the list was read, or not within five seconds."""

    second: threading.Event = field(default_factory=threading.Event)

    async def post(self, content: bytes) -> Answer | NoAnswer:
        assert await asyncio.to_thread(self.second.wait, 5), "nothing is read while a request is under way"
        return await super().post(content)


@pytest.mark.parametrize(
    ("faults", "ends"),
    [([], {"accepted": 30}), (["401"], {"not_sent": 30})],
    ids=["sent", "not sent"],
)
def test_what_is_read_while_a_request_is_under_way_is_accounted_for(faults, ends):
    platform = Patient(faults=deque(faults))

    def read(chunks: Iterator[Chunk]) -> Iterator[Chunk]:
        yield next(chunks)
        second = next(chunks)
        platform.second.set()
        yield second
        yield from chunks

    with upload(people(30), read) as run:
        asyncio.run(run.delivery.run([platform]))
        run.account.check()
    assert counts(run.ended) == ends


def test_a_list_that_cannot_be_read_to_its_end_is_accounted_for_as_far_as_it_was_read():
    def read(chunks: Iterator[Chunk]) -> Iterator[Chunk]:
        yield next(chunks)
        raise InputProblem("the file has changed")

    with upload(people(30), read) as run:
        asyncio.run(run.delivery.run([Platform()]))
        run.account.check()
    assert (str(run.stop.reason), counts(run.ended)) == ("the file has changed", {"accepted": 1, "not_sent": 9})


@dataclass
class Stuck:
    """Reads some parts of a list; the next one comes when the test is over."""

    parts: int
    begun: threading.Event = field(default_factory=threading.Event)
    over: threading.Event = field(default_factory=threading.Event)

    def __call__(self, chunks: Iterator[Chunk]) -> Iterator[Chunk]:
        yield from itertools.islice(chunks, self.parts)
        self.begun.set()
        assert self.over.wait(20)
        yield from chunks

    async def cancel(self, work: asyncio.Task[None]) -> None:
        """Cancel *work* once it waits for the part that does not come."""
        assert await asyncio.to_thread(self.begun.wait, 20)
        work.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await work


@pytest.mark.parametrize(
    ("parts", "ended"), [(0, {}), (1, {"rejected": 5, "not_sent": 5})], ids=["the first one", "a later one"]
)
def test_a_part_of_the_list_that_is_not_waited_for_any_more_is_left_out_of_the_account(parts, ended):
    async def begin() -> None:
        running = asyncio.create_task(made.delivery.run([Platform()]))
        await stuck.cancel(running)
        await made.delivery.abandon()
        stuck.over.set()
        made.account.check()

    stuck = Stuck(parts)
    with upload([*bad_people(5), *people(15)], stuck) as made:
        asyncio.run(begin())
    assert counts(made.ended) == ended


def test_who_ends_the_program_while_the_rest_of_a_list_is_read_is_heard():
    async def begin() -> bool:
        made.stop.because(Interrupted(15))
        running = asyncio.create_task(made.delivery.run([Platform()]))
        await stuck.cancel(running)
        stuck.over.set()
        return running.cancelled()

    stuck = Stuck(parts=0)
    with upload(people(10), stuck) as made:
        assert asyncio.run(begin())


def test_why_nobody_sends_for_a_while_is_told():
    with upload(people(5)) as run:
        asyncio.run(run.delivery.run([Platform(faults=deque(["", "503"]))]))
    assert (run.told, counts(run.ended)) == (["HTTP 503: next request in 1.0 s"], {"accepted": 5})


# Rows that are read while the run ends ------------------------------------------------------------


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


# The guard against a platform that refuses too many ------------------------------------------------------------


@pytest.mark.parametrize("workers", [1, 4])
@pytest.mark.parametrize("place", ["first", "last", "spread"])
@pytest.mark.parametrize(("bad", "trips"), [(22, False), (23, True)])
def test_b9_more_than_a_fifth_of_the_answered_rows_refused_ends_the_run_wherever_they_are(place, bad, trips, workers):
    table = people(111)
    where = {"first": range(bad), "last": range(100 - bad, 100), "spread": range(0, 100 - 100 % bad, 100 // bad)}
    platform = Platform(phones_of(table[11 + index] for index in list(where[place])[:bad]))
    ended, stop = timed(table, platform, workers=workers)
    if trips:
        assert isinstance(stop.reason, InputProblem)
        assert "refused 23 of the 111 rows" in str(stop.reason)
        assert "--max-reject 100" in str(stop.reason)
        assert counts(ended)["rejected"] == 23
    else:
        assert (stop.reason, counts(ended)) == (None, {"accepted": 89, "rejected": 22})


def test_fewer_than_a_hundred_answered_rows_trip_nothing():
    table = people(99)
    ended, stop = timed(table, Platform(phones_of(table[20:70])))
    assert (stop.reason, counts(ended)) == (None, {"accepted": 49, "rejected": 50})


@pytest.mark.parametrize(("limit", "trips"), [(100.0, False), (60.0, False), (40.0, True)])
def test_the_limit_of_the_user_is_the_one_that_counts(limit, trips):
    table = people(200)
    ended, stop = timed(table, Platform(phones_of(table[50:150])), max_reject=limit)
    assert isinstance(stop.reason, InputProblem) is trips
    assert (counts(ended)["rejected"] == 100) is not trips


def test_a_run_goes_on_after_the_guard_once_the_user_says_so(tmp_path):
    table, ended = people(300), Ended()
    platform = Platform(phones_of(table[50:150]))
    for sends in (True, False):  # the second session stops where the first one did
        platform.receipts.clear()
        _, stop = session(table, platform, tmp_path / "j")
        assert isinstance(stop.reason, InputProblem)
        assert "--max-reject 100" in str(stop.reason)
        assert bool(platform.receipts) is sends
    _, stop = session(table, platform, tmp_path / "j", sinks=[ended], max_reject=100.0)
    assert (stop.reason, counts(ended)) == (None, {"accepted": 200, "rejected": 100})


@pytest.mark.parametrize(
    ("status", "left"),
    [
        pytest.param("400", {"accepted": 1, "unconfirmed": 10, "not_sent": 9}, id="refused: good ones may be stored"),
        pytest.param("413", {"accepted": 1, "not_sent": 19}, id="too large: nothing was read"),
        pytest.param("429", {"accepted": 1, "not_sent": 19}, id="busy: nothing was taken"),
    ],
)
def test_what_is_said_of_rows_that_were_turned_away_together_is_said_in_a_later_session_too(tmp_path, status, left):
    table, found = people(20), []
    platform = Platform(faults=deque(["", status, "401", "401"]))
    for _ in range(2):
        ended = Ended()
        session(table, platform, tmp_path / "j", sinks=[ended])
        found.append(counts(ended))
    assert found == [left] * 2


@pytest.mark.parametrize("max_reject", [None, 100.0])
def test_a_later_session_that_is_refused_everything_stops_unless_the_user_says_so(tmp_path, max_reject):
    table, ended = people(300), Ended()
    session(table, Platform(faults=deque(["", "", "", "401"])), tmp_path / "j")
    platform = Platform(phones_of(table))
    _, stop = session(table, platform, tmp_path / "j", sinks=[ended], max_reject=max_reject)
    if max_reject is None:
        assert isinstance(stop.reason, NotTheApi)
        assert "--max-reject 100" in str(stop.reason)
        assert len(platform.receipts) == 5
        assert counts(ended) == {"accepted": 111, "not_sent": 189}
    else:
        assert (stop.reason, counts(ended)) == (None, {"accepted": 111, "rejected": 189})


def test_single_rows_refused_in_different_ways_are_not_a_platform_that_refuses_everything():
    ways = itertools.cycle([Answer(400), Answer(422)])
    table = people(20)
    bad = phones_of(table[:9])
    platform = Rule(rule=lambda phones, _: next(ways) if bad.intersection(phones) else None)
    ended, stop = timed(table, platform)
    assert (stop.reason, counts(ended)) == (None, {"rejected": 9, "accepted": 11})


def test_rows_refused_before_anything_was_accepted_are_not_rejected_by_a_run_that_is_stopped():
    table = people(10)
    ended, stop = timed(table, Platform(phones_of(table[:3]), faults=deque(["", "", "", "401"])))
    assert isinstance(stop.reason, TokenRefused)
    assert counts(ended) == {"not_sent": 10}


def test_rows_refused_first_are_rejected_as_soon_as_another_is_accepted():
    table = people(10)
    ended, stop = timed(table, Platform(phones_of(table[:3]), faults=deque(["", "", "", "", "401"])))
    assert isinstance(stop.reason, TokenRefused)
    assert counts(ended) == {"rejected": 3, "accepted": 1, "not_sent": 6}


def test_a_row_refused_after_another_was_accepted_is_rejected_at_once():
    table = people(3)
    ended, stop = timed(table, Platform(phones_of(table[1:2]), faults=deque(["", "", "401"])), batch=1)
    assert isinstance(stop.reason, TokenRefused)
    assert counts(ended) == {"accepted": 1, "rejected": 1, "not_sent": 1}


def test_rows_of_a_refused_request_may_be_stored_and_are_not_called_untouched():
    table = people(60)
    platform = Platform(phones_of(table[50:51]), faults=deque(["", "", "", "401"]))
    ended, _ = timed(table, platform)
    assert counts(ended) == {"accepted": 11, "unconfirmed": 49}


@pytest.mark.parametrize(
    ("count", "fault", "order"),
    [
        pytest.param(3, "503", [[0], [1, 2], [1], [1], [2]], id="a row that fails goes on"),
        pytest.param(5, "500", [[0], [1, 2, 3, 4], [1, 2], [1, 2], [3, 4]], id="so do rows that break the platform"),
        pytest.param(3, "500", [[0], [1, 2], [1], [2], [1]], id="a row that may be at fault waits for the others"),
    ],
)
def test_what_is_sent_again_goes_before_all_others_unless_they_show_who_is_at_fault(count, fault, order):
    platform = Platform(faults=deque(["", "400", fault]))
    timed(people(count), platform)
    assert [[int(number) - 919810000000 for number in numbers] for numbers in platform.receipts] == order


# Rows in doubt ------------------------------------------------------------


def left_in_doubt(path: Path) -> list[tuple[str, str]]:
    """Leave ten rows of a run in doubt, and return its table."""
    table = people(200)
    session(table, Platform(faults=deque(["", "lost"])), path, patience=Patience(max_outage=0.0), chance=1.0)
    return table


@pytest.mark.parametrize(
    ("resend_after", "hold", "ends"),
    [
        pytest.param(-math.inf, False, {"accepted": 200}, id="asked for"),
        pytest.param(time.time() - 60, False, {"accepted": 200}, id="sent just now"),
        pytest.param(time.time() + 86_400, False, {"accepted": 190, "unconfirmed": 10}, id="sent long ago"),
        pytest.param(math.inf, True, {"accepted": 190, "unconfirmed": 10}, id="held"),
    ],
)
def test_rows_in_doubt_are_sent_again_within_a_day_or_when_asked_for(tmp_path, resend_after, hold, ends):
    table, ended, platform = left_in_doubt(tmp_path / "j"), Ended(), Platform()
    account, stop = session(table, platform, tmp_path / "j", sinks=[ended], resend_after=resend_after, hold=hold)
    assert counts(ended) == ends
    assert account.kept_back == ends.get("unconfirmed", 0)
    doubtful = phones_of(table[1:11])
    if account.kept_back:
        assert not doubtful & platform.times_received.keys()
        assert isinstance(stop.reason, Unfinished)
        assert "--resend-unconfirmed" in str(stop.reason)
        assert {reason for _, end, reason in ended.rows if end == "unconfirmed"} == {KEPT_BACK}
    else:
        assert (stop.reason, account.resent_rows) == (None, 10)


@pytest.mark.parametrize("fault", ["lost", "late 500", "503", "portal"])
def test_a_user_who_holds_what_is_in_doubt_has_nothing_sent_twice(tmp_path, fault):
    platform, ended = Platform(faults=deque(["", "", "", fault])), Ended()
    account, stop = session(people(500), platform, tmp_path / "j", sinks=[ended], hold=True, resend_after=math.inf)
    assert counts(ended) == {"accepted": 400, "unconfirmed": 100}
    assert isinstance(stop.reason, Unfinished)
    assert set(platform.times_received.values()) == {1}
    assert account.resent_rows == 0


def test_the_requests_of_all_sessions_are_counted_also_those_that_settled_nothing(tmp_path):
    held = {"hold": True, "resend_after": math.inf}
    platform = Platform(faults=deque(["", "lost", "429"]))
    first, _ = session(people(20), platform, tmp_path / "j", **held)
    second, _ = session(people(20), platform, tmp_path / "j", **held)
    assert (len(platform.receipts), first.requests, second.requests) == (4, 4, 4)


def test_rows_that_fail_when_there_is_nothing_else_to_send_are_left_unconfirmed():
    table = people(9)
    poison = f"91{table[3][1]}"
    platform = Rule(rule=lambda phones, _: Answer(503) if poison in phones else None)
    ended, stop = timed(table, platform, batch=2)
    assert (stop.reason, counts(ended)) == (None, {"accepted": 7, "unconfirmed": 2})
    assert platform.times_received[poison] == api.MAX_TRIES


def test_the_doubt_of_a_first_try_outlasts_the_session(tmp_path):
    left = iter([NoAnswer("the connection broke", sent=True, stale=True), Answer(401)])
    platform = Rule()
    platform.rule = lambda *_: next(left, None) if len(platform.receipts) >= 2 else None
    session(people(500), platform, tmp_path / "j")
    account, _ = session(people(500), Platform(), tmp_path / "j", hold=True, resend_after=math.inf)
    assert (account.kept_back, account.accepted_now) == (100, 389)


# Ends ------------------------------------------------------------


@dataclass
class Revoking(Platform):
    """Refuses the token of the n-th request, and notes which requests came after it had said so."""

    nth: int = 0
    count: int = 0
    said: bool = False
    later: list[int] = field(default_factory=list)

    async def post(self, content: bytes) -> Answer | NoAnswer:
        self.count += 1
        self.later += [self.count] * self.said
        if self.count != self.nth:
            return await super().post(content)
        await asyncio.sleep(0)
        self.said = True
        return Answer(401)


@pytest.mark.parametrize("nth", range(30, 40))  # at most of these, others are about to send
def test_n37_no_request_begins_after_the_token_was_refused(nth):
    platform = Revoking(nth=nth)
    ended, stop = timed(people(500), platform, workers=8, batch=10)
    assert isinstance(stop.reason, TokenRefused)
    assert (platform.said, platform.later) == (True, [])
    assert set(counts(ended)) == {"accepted", "not_sent"}


@dataclass
class Silent(Platform):
    """Answers the first two requests; during the third the deadline passes."""

    clock: Clock = field(default_factory=Clock)

    async def post(self, content: bytes) -> Answer | NoAnswer:
        if len(self.receipts) == 2:
            self.clock.now += 10.0
            await asyncio.Event().wait()
        return await super().post(content)


@pytest.mark.parametrize("workers", [1, 4])
def test_what_is_not_waited_for_any_more_is_in_doubt_and_every_row_is_told(tmp_path, workers):
    table, ended = people(500), Ended()

    class Hanging(Platform):
        async def post(self, content: bytes) -> Answer | NoAnswer:
            answer = await super().post(content)
            if len(self.receipts) > 2:
                await asyncio.Event().wait()
            return answer

    platform = Hanging()
    session(
        *(table, platform, tmp_path / "j"),
        sinks=[ended],
        workers=workers,
        abandoned=lambda: len(platform.receipts) == 2 + workers,
    )
    under_way = sum(map(len, platform.receipts[2:]))
    assert counts(ended) == {"accepted": 11, "unconfirmed": under_way, "not_sent": 489 - under_way}
    assert [row for row, _, _ in ended.rows] == list(range(2, 502))
    with Journal(tmp_path / "j") as journal:
        assert len(journal.in_doubt()) == under_way


def test_a_request_under_way_at_the_deadline_ends_and_its_rows_are_in_doubt(monkeypatch):
    monkeypatch.setattr(api, "GRACE", 0.05)
    clock = Clock()
    ended, stop = timed(people(500), Silent(clock=clock), clock=clock, patience=Patience(deadline=0.05))
    assert isinstance(stop.reason, Unfinished)
    assert "deadline" in str(stop.reason)
    assert counts(ended) == {"accepted": 11, "unconfirmed": 100, "not_sent": 389}


# What counts as success ------------------------------------------------------------


def test_an_answer_that_the_user_knows_for_a_success_is_one():
    platform = Rule(rule=lambda *_: Answer(200, {}, b'{"result": "OK"}'))
    ended, stop = timed(people(50), platform, successes=[{"result": "OK"}])
    assert (counts(ended), stop.reason) == ({"accepted": 50}, None)


def test_a_strange_first_answer_is_shown_without_its_contents():
    body = b'{"result": "OK", "for": "Person 10000000", "id": 919810000000, "imported": 1}'
    _, stop = timed(people(50), Rule(rule=lambda *_: Answer(200, {}, body)))
    assert str(stop.reason) == (
        "the address does not answer as the API does: HTTP 200, but not the documented success; check --base-url, then "
        'run the same command; it says {"result": "OK", "for": text, "id": number, "imported": 1}: if that is how your '
        "platform says success, add --accept-success KEY=VALUE"
    )
