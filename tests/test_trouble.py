"""A platform in trouble: slow, busy, away, broken for some rows. Nobody is lost, and nobody hammers it."""

from __future__ import annotations

import itertools
import math
from collections import deque
from dataclasses import dataclass, field

import pytest

from contact_import import api
from contact_import.api import Answer, Kind, NoAnswer
from contact_import.errors import Unfinished
from contact_import.pace import Patience
from tests.support import Clock, Ended, Platform, Rule, counts, people, phones_of, session, timed

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
    assert clock.now >= 37.0
    assert platform.times_received == dict.fromkeys(phones_of(people(3000)), 1)


@pytest.mark.parametrize("workers", [1, 4])
@pytest.mark.parametrize("good", [0, 3])
def test_n13_a_platform_that_is_always_busy_gets_no_more_requests_than_the_quota_pays_for(tmp_path, good, workers):
    clock, ended = Clock(), Ended()
    platform = Platform(faults=deque([*[""] * good, *["429"] * 1000]))
    account, stop = session(
        *(people(500), platform, tmp_path / "j"), sinks=[ended], clock=clock, chance=1.0, workers=workers
    )
    assert isinstance(stop.reason, Unfinished)
    assert account.requests - good <= api.QUOTA / api.COST[Kind.BUSY] + workers - 1
    assert (account.resent_rows, clock.now <= 900.0) == (0, True)
    assert counts(ended)["unconfirmed"] == 0


@pytest.mark.parametrize("workers", [1, 4])
def test_a_platform_that_is_busy_for_a_while_gets_every_row_once(tmp_path, workers):
    platform, ended = Platform(faults=deque([*[""] * 3, *["429"] * 9])), Ended()
    account, stop = session(people(500), platform, tmp_path / "j", sinks=[ended], workers=workers)
    assert (counts(ended), stop.reason) == ({"accepted": 500}, None)
    assert account.resent_rows == 0


@pytest.mark.parametrize("workers", [1, 4])
@pytest.mark.parametrize("answer", [Answer(429), NoAnswer("no connection", sent=False)], ids=["429", "no connection"])
def test_a_batch_that_is_unlucky_for_long_is_not_given_up_since_nothing_is_known_against_it(answer, workers):
    table, times = people(1000), iter(range(12))
    unlucky = f"91{table[450][1]}"
    platform = Rule(rule=lambda phones, _: answer if unlucky in phones and next(times, None) is not None else None)
    ended, stop = timed(table, platform, workers=workers)
    assert (counts(ended), stop.reason) == ({"accepted": 1000}, None)


@pytest.mark.parametrize("workers", [1, 4])
def test_requests_leave_at_the_rate_asked_for_whoever_sends_them(workers):
    clock = Clock()
    platform = Timed(clock=clock)
    timed(people(1011), platform, clock=clock, patience=Patience(rate=0.5), workers=workers)
    assert (len(platform.events), clock.now) == (12, 22.0)


@pytest.mark.parametrize("workers", [1, 4])
@pytest.mark.parametrize("answer", [Answer(503), NoAnswer("silence", sent=True), Answer(200, {}, b"{}")], ids=str)
def test_a_batch_that_always_fails_is_left_unconfirmed_and_the_rest_goes_on(tmp_path, answer, workers):
    table, ended = people(1000), Ended()
    poison = f"91{table[450][1]}"
    platform = Rule(rule=lambda phones, _: answer if poison in phones else None)
    _, stop = session(table, platform, tmp_path / "j", sinks=[ended], workers=workers)
    assert not stop
    assert counts(ended) == {"accepted": 900, "unconfirmed": 100}
    assert ended.outcomes[452] == "unconfirmed"
    assert platform.times_received[poison] == api.MAX_TRIES


# A platform that breaks on some rows ------------------------------------------------------------

BROKEN = "api-failed: the platform fails on this contact while others get through; look whether it is there (HTTP 500)"


@pytest.mark.parametrize("workers", [1, 4])
@pytest.mark.parametrize(
    ("count", "poison", "most"),
    [
        pytest.param(1000, [450], 35, id="in the middle"),
        pytest.param(150, [149], 35, id="the last row"),
        pytest.param(150, [0], 10, id="the first row"),
        pytest.param(150, [111, 112, 113], 60, id="three in a row at the head of the last batch"),
        pytest.param(400, [150, 199, 333], 90, id="in two batches"),
        pytest.param(10_000, list(range(333, 10_000, 666)), 450, id="fifteen in ten thousand"),
    ],
)
def test_n9_rows_that_the_platform_breaks_on_are_found_and_all_others_accepted(tmp_path, count, poison, most, workers):
    table, ended, clock = people(count), Ended(), Clock()
    bad = {f"91{table[index][1]}" for index in poison}
    platform = Rule(rule=lambda phones, _: Answer(500) if bad.intersection(phones) else None)
    _, stop = session(*(table, platform, tmp_path / "j"), sinks=[ended], workers=workers, clock=clock, chance=0.5)
    assert stop.reason is None
    assert [row for row in ended.rows if row[1] != "accepted"] == [(index + 2, "rejected", BROKEN) for index in poison]
    assert len(platform.receipts) <= most
    assert clock.now < 30.0 * (len(poison) + 2)


@pytest.mark.parametrize("workers", [1, 4])
def test_a_platform_that_breaks_on_everything_is_an_outage_and_blames_no_row(tmp_path, workers):
    table, ended = people(3000), Ended()
    platform = Platform(faults=deque(["", "", "", *["500"] * 1000]))
    _, stop = session(table, platform, tmp_path / "j", sinks=[ended], workers=workers, chance=0.5)
    assert isinstance(stop.reason, Unfinished)
    assert set(counts(ended)) == {"accepted", "unconfirmed", "not_sent"}
    assert counts(ended)["unconfirmed"] <= 100 * workers + 10


# Trouble shared ------------------------------------------------------------


def test_after_five_failures_in_a_row_ten_rows_a_minute_ask_whether_it_is_over():
    clock, asked = Clock(), list[tuple[float, int]]()

    def away(phones: list[str], _content: bytes) -> Answer | None:
        asked.append((clock.now, len(phones)))
        return Answer(503) if 3 <= len(asked) <= 10 else None

    ended, stop = timed(people(1000), Rule(rule=away), clock=clock, chance=1.0)
    assert (counts(ended), stop.reason) == ({"accepted": 1000}, None)
    pauses = [later - sooner for (sooner, _), (later, _) in itertools.pairwise(asked)]
    assert pauses[:10] == [0.0, 0.0, 1.0, 2.0, 4.0, 8.0, 60.0, 60.0, 60.0, 60.0]
    assert [rows for _, rows in asked[:12]] == [1, 10, *[100] * 5, *[10] * 4, 60]
    assert set(pauses[10:]) == {0.0}


STALE = NoAnswer("the connection broke", sent=True, stale=True)


@pytest.mark.parametrize(
    ("answers", "hold", "ends", "pauses", "resent"),
    [
        pytest.param([STALE], False, {"accepted": 500}, False, 100, id="once"),
        pytest.param([STALE, STALE], False, {"accepted": 500}, True, 100, id="twice"),
        pytest.param([STALE], True, {"accepted": 400, "unconfirmed": 100}, True, 0, id="once, and nothing is resent"),
        pytest.param(
            [STALE, Answer(401)],
            *(False, {"accepted": 11, "unconfirmed": 100, "not_sent": 389}, False, 100),
            id="the token is refused at the second try, which says nothing of the first",
        ),
    ],
)
def test_n6_a_connection_closed_while_it_was_idle_is_made_anew_at_once(answers, hold, ends, pauses, resent, tmp_path):
    clock, ended, left = Clock(), Ended(), iter(answers)
    platform = Rule()
    platform.rule = lambda *_: next(left, None) if len(platform.receipts) >= 2 else None
    held = {"hold": True, "resend_after": math.inf} if hold else {}
    account, _ = session(people(500), platform, tmp_path / "j", sinks=[ended], clock=clock, chance=1.0, **held)
    assert (counts(ended), clock.now > 0, account.resent_rows) == (ends, pauses, resent)


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
