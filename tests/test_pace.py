"""When a request may leave, by a clock and a chance that are handed in."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from contact_import.api import Kind, Verdict
from contact_import.errors import Unfinished
from contact_import.pace import Pace, Patience

FAILED = Verdict(Kind.FAILED, "HTTP 503", maybe_stored=True)


def busy(seconds: float | None = None) -> Verdict:
    return Verdict(Kind.BUSY, "HTTP 429", seconds)


@dataclass
class Clock:
    """Shows what it was set to; it starts late, as that of a machine that has been up for long."""

    now: float = 5000.0

    def __call__(self) -> float:
        return self.now


def departures(pace: Pace, clock: Clock, count: int) -> list[float]:
    """Return when *count* requests leave, counted from now, if each leaves as soon as it may."""
    began, found = clock.now, []
    while len(found) < count:
        if seconds := pace.wait():
            clock.now += seconds
        else:
            found.append(clock.now - began)
    return found


def test_without_a_rate_nobody_waits():
    clock = Clock()
    assert departures(Pace(Patience(), clock), clock, 5) == [0.0] * 5


@pytest.mark.parametrize(
    ("rate", "times"),
    [
        pytest.param(2.0, [0.0, 0.5, 1.0, 1.5], id="two a second"),
        pytest.param(0.25, [0.0, 4.0, 8.0, 12.0], id="one in four seconds"),
    ],
)
def test_requests_leave_at_the_rate(rate, times):
    clock = Clock()
    assert departures(Pace(Patience(rate=rate), clock), clock, 4) == times


def test_time_that_passed_idle_is_not_made_up_for():
    clock = Clock()
    pace = Pace(Patience(rate=1.0), clock)
    departures(pace, clock, 1)
    clock.now += 100
    assert departures(pace, clock, 3) == [0.0, 1.0, 2.0]


def test_who_is_told_to_wait_does_not_count_for_the_rate():
    clock = Clock()
    pace = Pace(Patience(rate=1.0), clock)
    assert [pace.wait() for _ in range(4)] == [0.0, 1.0, 1.0, 1.0]
    assert departures(pace, clock, 2) == [1.0, 2.0]


def test_one_pause_holds_for_everybody():
    clock = Clock()
    pace = Pace(Patience(), clock, chance=lambda: 1.0)
    assert pace.ill(FAILED) == 1.0
    assert [pace.wait() for _ in range(3)] == [1.0] * 3
    clock.now += 0.75
    assert [pace.wait() for _ in range(3)] == [0.25] * 3
    clock.now += 0.25
    assert [pace.wait() for _ in range(3)] == [0.0] * 3


def test_pauses_double_until_a_usable_answer():
    clock = Clock()
    pace = Pace(Patience(), clock, chance=lambda: 1.0)
    assert [pace.ill(FAILED) for _ in range(8)] == [1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 60.0, 60.0]
    pace.well()
    assert pace.ill(FAILED) == 1.0


@pytest.mark.parametrize(
    ("chance", "pause"),
    [
        pytest.param(0.0, 20.0, id="no less than asked for"),
        pytest.param(1.0, 22.0, id="at most a tenth more"),
    ],
)
def test_retry_after_is_obeyed_with_jitter_upwards_only(chance, pause):
    clock = Clock()
    pace = Pace(Patience(), clock, chance=lambda: chance)
    assert pace.ill(busy(20.0)) == pause
    assert departures(pace, clock, 1) == [pause]


def test_a_retry_after_of_nothing_does_not_hurry_the_backoff():
    assert Pace(Patience(), Clock(), chance=lambda: 1.0).ill(busy(0.0)) == 1.0


def test_a_shorter_pause_does_not_shorten_a_longer_one():
    clock = Clock()
    pace = Pace(Patience(), clock, chance=lambda: 0.0)
    pace.ill(busy(50.0))
    pace.ill(busy(1.0))
    assert departures(pace, clock, 1) == [50.0]


def test_a_usable_answer_to_another_request_does_not_end_a_pause():
    clock = Clock()
    pace = Pace(Patience(), clock, chance=lambda: 0.0)
    pace.ill(busy(50.0))
    pace.well()
    assert departures(pace, clock, 1) == [50.0]


def test_an_outage_is_borne_for_so_long_and_no_longer():
    clock = Clock()
    pace = Pace(Patience(max_outage=100.0), clock, chance=lambda: 1.0)
    began = clock.now

    def outage() -> None:
        while True:
            clock.now += pace.ill(FAILED)

    with pytest.raises(Unfinished, match=r"no usable answer \(HTTP 503\).*100 seconds"):
        outage()
    assert clock.now - began == 1 + 2 + 4 + 8 + 16 + 32  # the next pause of 60 would end after 123


def test_an_outage_begins_with_its_first_failure():
    clock = Clock()
    pace = Pace(Patience(max_outage=10.0), clock, chance=lambda: 0.0)
    for _ in range(5):
        clock.now += 1000
        pace.ill(FAILED)
        clock.now += 10
        pace.ill(FAILED)
        pace.well()
    pace.ill(FAILED)
    clock.now += 10.5
    with pytest.raises(Unfinished):
        pace.ill(FAILED)


def test_a_retry_after_beyond_the_longest_outage_ends_the_run_at_once():
    with pytest.raises(Unfinished, match="900 seconds"):
        Pace(Patience(), Clock(), chance=lambda: 0.0).ill(busy(999_999_999.0))


def test_no_request_leaves_after_the_deadline():
    clock = Clock()
    pace = Pace(Patience(rate=1.0, deadline=3.0), clock)
    assert departures(pace, clock, 3) == [0.0, 1.0, 2.0]
    with pytest.raises(Unfinished, match="deadline of 3 seconds"):
        departures(pace, clock, 1)


@pytest.mark.parametrize("wait", [None, 30.0, 600.0])
def test_nobody_waits_beyond_the_deadline(wait):
    clock = Clock()
    pace, began = Pace(Patience(deadline=20.0), clock, chance=lambda: 1.0), clock.now

    def fail_for_ever() -> None:
        while True:
            pace.ill(busy(wait))
            departures(pace, clock, 1)

    with pytest.raises(Unfinished):
        fail_for_ever()
    assert clock.now - began <= 20.0


def test_a_slow_rate_does_not_carry_a_run_beyond_its_deadline():
    clock = Clock()
    pace, began = Pace(Patience(rate=0.01, deadline=20.0), clock), clock.now
    with pytest.raises(Unfinished):
        departures(pace, clock, 2)
    assert clock.now - began <= 20.0
