"""How long a run takes to leave after SIGTERM: at once when it waits, within the grace when a request is under way.

python -m tests.campaign.stopping --signals 20 --seed 1
"""

from __future__ import annotations

import argparse
import random
import signal
import sys
import time
from typing import TYPE_CHECKING

from contact_import.sandbox import Fault
from tests.campaign.checker import check
from tests.campaign.figures import Figure, conclude
from tests.campaign.world import PATIENCE, Job, World
from tests.warm import Warm

if TYPE_CHECKING:
    from collections.abc import Iterator

GRACE = 30.0
"""Seconds that the README gives requests under way."""
BUSY = Fault(do="answer", status=429, headers=(("retry-after", "600"),), nth=3)
SLOW, STUCK = 0.7, Fault(do="stall", nth=3, seconds=3600.0)


def stop(warm: Warm, luck: random.Random, job: Job) -> tuple[float, list[str]]:
    """Stop a run of *job* at its third request, go on with it; return the seconds it took to leave, and what broke."""
    with World(job, luck, warm) as world:
        began, child = time.monotonic(), world.start()
        world.after_requests(3, luck.uniform(0.05, 0.2))(child)
        sent = time.monotonic()
        child.send(signal.SIGTERM)
        child.ends_within(PATIENCE)
        seconds = time.monotonic() - sent
        run = world.note(child.end(), time.monotonic() - began, was_told=True)
        wrong = [] if run.code == 143 else ["it did not end with 143"]
        if world.run().code == 4:
            world.run()
        return seconds, wrong + [found.words for found in check(world.evidence())]


def figures(warm: Warm, *, signals: int, seed: int, stuck: bool = True) -> Iterator[Figure]:
    """Stop runs that wait and runs that are answered slowly; with *stuck*, one whose answer never comes."""
    luck = random.Random(seed)
    trials = [
        ("while it waits for the platform", signals, Job(rows=60, faults=(BUSY,)), 1.0),
        ("while a request is under way", signals, Job(rows=60, platform={"latency": SLOW}), SLOW + 1.0),
        ("while an answer never comes", int(stuck), Job(rows=60, faults=(STUCK,)), GRACE + 1.0),
    ]
    for words, count, job, limit in trials:
        found = [stop(warm, luck, job) for _ in range(count)]
        if not found:
            continue
        longest, wrong = max(seconds for seconds, _ in found), [text for _, texts in found for text in texts]
        for text in wrong[:10]:
            sys.stderr.write(f"  {words}: {text}\n")
        what = f"SIGTERM {words}, {count} times"
        told = f"gone after {longest:.2f} s at most, {len(wrong)} promises broken"
        yield Figure(what, told, f"under {limit:.1f} s, 0 broken", kept=longest < limit and not wrong)


def main() -> int:
    """Run the campaign of the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--signals", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    with Warm() as warm:
        return conclude(figures(warm, **vars(parser.parse_args())))


if __name__ == "__main__":
    sys.exit(main())
