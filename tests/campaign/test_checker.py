"""The checker catches what it is there for: bugs that were planted into the program, each in a short campaign."""

from __future__ import annotations

import random

import pytest

from contact_import.sandbox import Fault
from tests.campaign.checker import check
from tests.campaign.world import Job, World
from tests.warm import Warm

QUICK = ("quick_pauses",)


@pytest.fixture(scope="module")
def warm():
    with Warm() as process:
        yield process


def quiet(world):
    """Nothing goes wrong, but the list is an odd one."""
    world.run()


def killed(world):
    """Killed again and again while requests are under way, some of them slow and some lost."""
    for requests in (4, 5, 6, 5, 4):
        if not world.run(wait=world.after_requests(requests, 0.03)).goes_on:
            return
    world.run()


def refused(world):
    """The platform refuses some people."""
    world.run()


def lost(world):
    """Answers are lost, and in the end the platform fails for so long that the first run gives up."""
    while world.run().code == 4:
        assert len(world.runs) < 9


def portal(world):
    """Somebody else answers for a while."""
    lost(world)


SHAKY = (Fault(do="stall", rate=0.6, seconds=0.05, seed=2), Fault(do="drop", rate=0.3, from_nth=5, times=9))
LOST = (
    Fault(do="drop", when="after-commit", nth=4),
    Fault(do="answer", when="after-commit", status=500, nth=6),
    Fault(do="answer", when="after-commit", status=502, from_nth=14, times=40),
)
STORIES = {
    quiet: Job(rows=120, batch=10, delimiter=";", odd=0.1),
    killed: Job(rows=150, batch=5, workers=4, faults=SHAKY),
    refused: Job(rows=120, batch=20, refused=3),
    portal: Job(rows=120, batch=10, faults=(Fault(do="answer", status=200, body=b"<html>", nth=8),)),
    lost: Job(rows=120, batch=10, faults=LOST, words=("--max-outage", "0.5")),
}

BUGS = {
    "checkpoint_before_answer": (killed, "I3 no loss"),
    "refusal_is_success": (refused, "I3 no loss"),
    "failure_is_refusal": (lost, "I4 no lie"),
    "any_200_is_success": (portal, "I3 no loss"),
    "in_flight_is_done": (killed, "I2 terminal"),
    "offset_not_rows": (killed, "I2 terminal"),
    "doubt_forgotten": (lost, "I4 no lie"),
    "other_bytes_on_retry": (lost, "I7 repeats"),
    "merged_rows_dropped": (quiet, "I1 total"),
    "last_of_twin_headers": (quiet, "I6 invention"),
    "wrong_delimiter": (quiet, "I3 no loss"),
    "canary_sent_twice": (quiet, "I7 repeats"),
    "report_from_memory": (killed, "I1 total"),
    "names_in_the_log": (quiet, "I10 silence"),
    "token_in_the_log": (quiet, "I10 silence"),
    "readable_by_all": (quiet, "I11 modes"),
    "always_well": (quiet, "I13 exit"),
}
"""Bug → the story in which it shows, and a promise that it breaks there."""


def broken_in(warm, story, *planted):
    with World(STORIES[story], random.Random(7), warm, (*QUICK, *planted)) as world:
        story(world)
        return {found.invariant: found.words for found in check(world.evidence())}


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.__name__)
def test_the_program_as_it_is_keeps_every_promise(warm, story):
    assert broken_in(warm, story) == {}


@pytest.mark.parametrize("bug", BUGS)
def test_a_planted_bug_is_caught(warm, bug):
    story, invariant = BUGS[bug]
    assert invariant in broken_in(warm, story, bug)
