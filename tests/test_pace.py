"""When a request may leave and how large it may be, by a clock and a chance that are handed in."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contact_import import api
from contact_import.api import Kind, Verdict
from contact_import.errors import Unfinished
from contact_import.pace import Pace, Patience, Rate

FAILED = Verdict(Kind.FAILED, "HTTP 503", maybe_stored=True)
AWAY = Verdict(Kind.AWAY, "no connection")


def busy(seconds: float | None = None) -> Verdict:
    return Verdict(Kind.BUSY, "HTTP 429", seconds)


@dataclass
class Clock:
    """Shows what it was set to; it starts late, as that of a machine that has been up for long."""

    now: float = 5000.0

    def __call__(self) -> float:
        return self.now


def paced(patience: Patience = Patience(), chance: float = 1.0) -> tuple[Pace, Clock]:  # noqa: B008
    clock = Clock()
    return Pace(patience, clock, lambda: chance, lambda: datetime(2026, 11, 22, 23, 30, tzinfo=UTC)), clock


def well(pace: Pace, times: int = 1) -> None:
    """Let *times* requests be accepted: two of them end the trial that a session begins with."""
    for _ in range(times):
        pace.well(accepted=True)


def departures(pace: Pace, clock: Clock, count: int) -> list[float]:
    """Return when *count* requests leave, counted from now, if each leaves as soon as it may."""
    began, found = clock.now, []
    while len(found) < count:
        if seconds := pace.wait():
            clock.now += seconds
        else:
            found.append(clock.now - began)
    return found


def fail(pace: Pace, clock: Clock, verdict: Verdict = FAILED) -> float:
    """Let a request leave as soon as it may and fail at once; return the pause."""
    departures(pace, clock, 1)
    return pace.ill(verdict, clock.now)


def run_out(pace: Pace, clock: Clock, verdict: Verdict = FAILED) -> tuple[int, str]:
    """Fail until the run ends, and return how often, and why."""
    for requests in range(1, 1000):
        try:
            fail(pace, clock, verdict)
        except Unfinished as reason:
            return requests, str(reason)
    pytest.fail("it never ends")


# The rate that the user allows ------------------------------------------------------------


def test_without_a_rate_nobody_waits():
    assert departures(*paced(), 5) == [0.0] * 5


@pytest.mark.parametrize(
    ("rate", "times"),
    [
        pytest.param(2.0, [0.0, 0.5, 1.0, 1.5], id="two a second"),
        pytest.param(0.25, [0.0, 4.0, 8.0, 12.0], id="one in four seconds"),
    ],
)
def test_requests_leave_at_the_rate(rate, times):
    assert departures(*paced(Patience(rate=rate)), 4) == times


def test_time_that_passed_idle_is_not_made_up_for():
    pace, clock = paced(Patience(rate=1.0))
    departures(pace, clock, 1)
    clock.now += 100
    assert departures(pace, clock, 3) == [0.0, 1.0, 2.0]


def test_who_is_told_to_wait_does_not_count_for_the_rate():
    pace, clock = paced(Patience(rate=1.0))
    assert [pace.wait() for _ in range(4)] == [0.0, 1.0, 1.0, 1.0]
    assert departures(pace, clock, 2) == [1.0, 2.0]


# The rate that the platform bears ------------------------------------------------------------


@pytest.mark.parametrize(
    ("rate", "measured", "limit"),
    [
        pytest.param(Rate(), 50.0, 35.0, id="the first time, of what left before"),
        pytest.param(Rate(limit=20.0), 50.0, 14.0, id="later, of what was allowed"),
        pytest.param(Rate(limit=20.0), 10.0, 7.0, id="or of what left, if that was less"),
        pytest.param(Rate(ceiling=10.0), 50.0, 7.0, id="no more than the user allows"),
        pytest.param(Rate(limit=0.12), 50.0, 0.1, id="never less than one in ten seconds"),
    ],
)
def test_a_429_cuts_the_rate_to_seven_tenths(rate, measured, limit):
    assert rate.cut(measured).limit == pytest.approx(limit)


def test_twenty_usable_answers_allow_one_more_a_second_and_a_429_begins_the_count_anew():
    rate = Rate(limit=5.0)
    for _ in range(19):
        rate = rate.grown()
    assert (rate.limit, rate.grown().limit, rate.cut(9.0).limit) == (5.0, 6.0, 3.5)
    again = rate.cut(9.0)
    for _ in range(19):
        again = again.grown()
    assert (again.limit, again.grown().limit) == (3.5, 4.5)


@given(st.lists(st.booleans(), max_size=300), st.floats(0.01, 1000.0), st.floats(0.05, 1000.0))
def test_the_rate_never_falls_below_its_floor_nor_rises_above_what_the_user_allows(answers, measured, ceiling):
    rate = Rate(ceiling=ceiling)
    for is_usable in answers:
        rate = rate.grown() if is_usable else rate.cut(measured)
        assert 1 / rate.gap <= ceiling * 1.0001
        assert rate.gap <= max(10.0, 1 / ceiling) * 1.0001


def test_the_rate_is_measured_by_what_left_since_the_last_failure():
    pace, clock = paced(chance=0.0)
    fail(pace, clock)
    clock.now += 500
    for _ in range(10):
        departures(pace, clock, 1)
        clock.now += 0.5
    pace.ill(busy(), clock.now)  # ten in five seconds: two a second, and 1.4 from now on
    assert departures(pace, clock, 3) == pytest.approx([0.0, 1 / 1.4, 2 / 1.4])


@pytest.mark.parametrize("verdict", [FAILED, AWAY])
def test_only_a_429_cuts_the_rate(verdict):
    pace, clock = paced(chance=0.0)
    fail(pace, clock, verdict)
    assert departures(pace, clock, 5) == [0.0] * 5


def test_a_first_429_before_anything_is_known_leaves_seven_requests_in_ten_seconds():
    pace, clock = paced(chance=0.0)
    fail(pace, clock, busy())
    assert departures(pace, clock, 8)[-1] == pytest.approx(10.0)


def test_requests_that_were_under_way_together_cut_the_rate_once():
    pace, clock = paced(chance=0.0)
    left = clock.now
    departures(pace, clock, 5)
    clock.now += 1.0
    for _ in range(5):
        pace.ill(busy(), left)
    assert departures(pace, clock, 2) == pytest.approx([0.0, 1 / (0.7 * 5)])


# Pauses ------------------------------------------------------------


def test_one_pause_holds_for_everybody():
    pace, clock = paced()
    assert pace.ill(FAILED, clock.now) == 1.0
    assert [pace.wait() for _ in range(3)] == [1.0] * 3
    assert pace.paused
    clock.now += 0.75
    assert [pace.wait() for _ in range(3)] == [0.25] * 3
    clock.now += 0.25
    assert not pace.paused
    assert [pace.wait() for _ in range(3)] == [0.0] * 3


def test_pauses_double_until_a_usable_answer():
    pace, clock = paced()
    assert [fail(pace, clock) for _ in range(4)] == [1.0, 2.0, 4.0, 8.0]
    well(pace)
    assert fail(pace, clock) == 1.0


def test_requests_that_were_under_way_together_lengthen_the_pause_once():
    pace, clock = paced()
    left = clock.now
    clock.now += 1.0
    assert [pace.ill(FAILED, left) for _ in range(4)] == [1.0] * 4
    assert fail(pace, clock) == 2.0


@pytest.mark.parametrize(
    ("chance", "pause"),
    [
        pytest.param(0.0, 20.0, id="N10-no less than asked for"),
        pytest.param(1.0, 22.0, id="N10-at most a tenth more"),
    ],
)
def test_retry_after_is_obeyed_with_jitter_upwards_only(chance, pause):
    pace, clock = paced(chance=chance)
    assert fail(pace, clock, busy(20.0)) == pause
    assert departures(pace, clock, 1) == [pause]


def test_a_retry_after_of_nothing_does_not_hurry_the_backoff():
    assert fail(*paced(), busy(0.0)) == 1.0


def test_a_shorter_pause_does_not_shorten_a_longer_one():
    pace, clock = paced(chance=0.0)
    pace.ill(busy(50.0), clock.now)
    pace.ill(busy(1.0), clock.now)
    assert departures(pace, clock, 1) == [50.0]


def test_a_usable_answer_to_another_request_does_not_end_a_pause():
    pace, clock = paced(chance=0.0)
    pace.ill(busy(50.0), clock.now)
    well(pace)
    assert departures(pace, clock, 1) == [50.0]


# Trial ------------------------------------------------------------


def test_a_session_begins_on_trial_with_one_row_and_then_ten():
    pace, clock = paced()
    assert (pace.room, pace.on_trial, departures(pace, clock, 1)) == (1, True, [0.0])
    pace.well(accepted=False)
    assert pace.room == 1, "a refusal proves nothing"
    well(pace)
    assert (pace.room, pace.on_trial) == (10, True)
    well(pace)
    assert (pace.room, pace.on_trial) == (math.inf, False)


def test_five_failures_in_a_row_put_the_platform_on_trial_with_ten_rows_a_minute():
    pace, clock = paced()
    well(pace, 2)
    assert [fail(pace, clock) for _ in range(4)] == [1.0, 2.0, 4.0, 8.0]
    assert not pace.on_trial
    assert [fail(pace, clock) for _ in range(3)] == [60.0] * 3
    assert pace.room == 10
    well(pace)
    assert not pace.on_trial
    assert [fail(pace, clock) for _ in range(5)] == [1.0, 2.0, 4.0, 8.0, 60.0]


def test_a_session_that_was_never_accepted_anything_stays_with_one_row():
    pace, clock = paced()
    for _ in range(6):
        fail(pace, clock)
    assert pace.room == 1


@pytest.mark.parametrize(
    ("asked", "pause"), [pytest.param(5.0, 60.0, id="less than a minute"), pytest.param(100.0, 110.0, id="more")]
)
def test_a_probe_waits_for_what_the_platform_asks_for_and_for_a_minute(asked, pause):
    pace, clock = paced()
    for _ in range(4):
        fail(pace, clock)
    assert fail(pace, clock, busy(asked)) == pytest.approx(pause)


@pytest.mark.parametrize(
    ("verdict", "usable", "failures"),
    [
        pytest.param(FAILED, 1, 11, id="one in two fails, perhaps after it stored"),
        pytest.param(FAILED, 5, 19, id="one in six"),
        pytest.param(AWAY, 1, 25, id="one in two finds no connection"),
        pytest.param(AWAY, 5, 99, id="one in six: the answers between pay for it"),
    ],
)
def test_failures_between_usable_answers_cost_the_quota_and_then_there_is_a_trial(verdict, usable, failures):
    pace, clock = paced(chance=0.0)
    well(pace, 2)
    count = 0
    while not pace.on_trial and count < 99:
        well(pace, usable)
        fail(pace, clock, verdict)
        count += 1
    assert count == failures
    if pace.on_trial:
        well(pace)
        assert fail(pace, clock, verdict) == 0.0, "who passes the trial has the whole quota"
        assert not pace.on_trial


def test_n13_a_429_that_lasts_has_no_more_requests_than_the_quota_pays_for():
    pace, clock = paced()
    began = clock.now
    requests, _ = run_out(pace, clock, busy())
    assert requests <= api.QUOTA / api.COST[Kind.BUSY]
    assert 840.0 <= clock.now - began <= 900.0


def test_failures_that_turn_out_to_be_a_rows_own_have_cost_nothing():
    pace, clock = paced(chance=0.0)
    well(pace, 2)
    for _ in range(30):
        for _ in range(3):
            fail(pace, clock)
        pace.well(accepted=False, blamed=3)
    assert not pace.on_trial


# The end of patience ------------------------------------------------------------


@pytest.mark.parametrize("chance", [0.0, 0.3, 1.0])
@pytest.mark.parametrize("outage", [20.0, 60.0, 100.0, 900.0])
def test_an_outage_is_borne_for_so_long_and_no_longer(outage, chance):
    pace, clock = paced(Patience(max_outage=outage), chance)
    began = clock.now
    assert run_out(pace, clock)[1] == (
        "the platform gave no usable answer (HTTP 503), and asking again now would take longer than "
        f"{outage:g} seconds in all; the same command goes on later"
    )
    assert outage / 3 <= clock.now - began <= outage


def test_an_outage_begins_with_its_first_failure():
    pace, clock = paced(Patience(max_outage=10.0), chance=0.0)
    for _ in range(5):
        clock.now += 1000
        fail(pace, clock)
        clock.now += 10
        fail(pace, clock)
        well(pace)
    fail(pace, clock)
    clock.now += 10.5
    with pytest.raises(Unfinished):
        fail(pace, clock)


@pytest.mark.parametrize(
    ("patience", "asked", "words"),
    [
        pytest.param(Patience(), 901.0, "not before 23:45;", id="N12-a second over a quarter of an hour"),
        pytest.param(Patience(max_outage=1e9), 901.0, "not before 23:45;", id="however patient the run is"),
        pytest.param(Patience(max_outage=60.0), 61.0, "not before 23:31;", id="longer than the run bears"),
        pytest.param(Patience(deadline=60.0), 61.0, "not before 23:31;", id="beyond the deadline"),
        pytest.param(Patience(), 3600.0, "not before 2026-11-23 00:30;", id="tomorrow"),
        pytest.param(Patience(), 1e9, "not before 2058-08-01 01:16;", id="N12-when we are old"),
    ],
)
def test_who_asks_for_too_long_a_pause_is_asked_again_by_the_next_run(patience, asked, words):
    pace, clock = paced(patience)
    began = clock.now
    assert words in run_out(pace, clock, busy(asked))[1]
    assert clock.now == began


@pytest.mark.parametrize("asked", [899.0, 900.0])
def test_a_quarter_of_an_hour_is_waited_for_where_the_run_bears_it(asked):
    pace, clock = paced(Patience(max_outage=2000.0))
    assert fail(pace, clock, busy(asked)) == pytest.approx(asked * 1.1)


def test_no_request_leaves_after_the_deadline():
    pace, clock = paced(Patience(rate=1.0, deadline=3.0))
    assert departures(pace, clock, 3) == [0.0, 1.0, 2.0]
    with pytest.raises(Unfinished, match="deadline of 3 seconds"):
        departures(pace, clock, 1)


@pytest.mark.parametrize("wait", [None, 30.0, 600.0])
def test_nobody_waits_beyond_the_deadline(wait):
    pace, clock = paced(Patience(deadline=20.0))
    began = clock.now
    _, words = run_out(pace, clock, busy(wait))
    assert clock.now - began <= 20.0
    assert ("deadline of 20 seconds" if wait is None else "not before") in words


def test_a_slow_rate_does_not_carry_a_run_beyond_its_deadline():
    pace, clock = paced(Patience(rate=0.01, deadline=20.0))
    began = clock.now
    with pytest.raises(Unfinished):
        departures(pace, clock, 2)
    assert clock.now - began <= 20.0


@pytest.mark.parametrize(
    ("deadline", "passed", "longest"),
    [(None, 0.0, None), (100.0, 0.0, 130.0), (100.0, 70.0, 60.0), (100.0, 200.0, 30.0)],
)
def test_a_request_may_take_until_half_a_minute_after_the_deadline(deadline, passed, longest):
    pace, clock = paced(Patience(deadline=deadline))
    clock.now += passed
    assert pace.longest() == longest


# Whatever happens ------------------------------------------------------------


@given(
    st.lists(st.sampled_from(["accepted", "refused", "failed", "away", "busy", "busy 7", "busy 70"]), max_size=200),
    st.floats(0.0, 1.0),
    st.sampled_from([None, 300.0]),
    st.sampled_from([30.0, 900.0]),
)
def test_whatever_is_answered_time_passes_and_a_run_that_gets_nothing_usable_ends(answers, chance, deadline, outage):
    pace, clock = paced(Patience(deadline=deadline, max_outage=outage), chance)
    began, usable_at = clock.now, clock.now
    try:
        for answer in answers:
            departures(pace, clock, 1)
            clock.now += 0.01
            if answer in {"accepted", "refused"}:
                pace.well(accepted=answer == "accepted")
                usable_at = clock.now
            else:
                word, _, seconds = answer.partition(" ")
                verdict = {"failed": FAILED, "away": AWAY, "busy": busy(float(seconds or 0) or None)}[word]
                assert pace.ill(verdict, clock.now - 0.01) >= float(seconds or 0)
            assert clock.now - usable_at <= outage + 0.03 + 10.0  # the rate may be one in ten seconds
            assert deadline is None or clock.now - began <= deadline + 0.01
    except Unfinished:
        pass
