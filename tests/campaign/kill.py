"""The command killed at random moments, and before each system call that writes: nothing is lost, all is accounted for.

    python -m tests.campaign.kill --kills 2000 --cold 200 --seed 1

Most kills hit a process that was forked warm and runs the command's own `main`; *cold* ones hit a command that was
started as a shell starts it.
"""

from __future__ import annotations

import argparse
import math
import random
import sys
import time
from collections import Counter
from typing import TYPE_CHECKING, Any

from contact_import.sandbox import Fault
from tests.campaign.checker import STATES, Broken, Hits
from tests.campaign.figures import Figure, Progress, bound, conclude
from tests.campaign.world import Job, World
from tests.warm import Warm

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.warm import Child

IN_A_ROW = 20
SHOWN = 10


def some_job(luck: random.Random) -> Job:
    """Return a job like any other: small or large batches, a slow platform or a quick one, refusals, lost answers."""
    faults = [Fault(do="stall", rate=0.1, seconds=0.03, seed=luck.randrange(1000))] if luck.random() < 0.3 else []
    if luck.random() < 0.1:
        faults.append(Fault(do="drop", when="after-commit", rate=0.1, times=2, seed=luck.randrange(1000)))
    return Job(
        rows=luck.randint(100, 300),
        batch=luck.randint(2, 25),
        workers=luck.randint(1, 4),
        delimiter=luck.choice(",;\t"),
        refused=luck.choice((0, 0, 0, 1, 3)),
        faults=tuple(faults),
        platform={"latency": luck.choice((0.0, 0.0, 0.002, 0.01))},
    )


def killed_job(world: World, luck: random.Random, most: int, *, cold: bool = False, first: float = 0.1) -> None:
    """Kill the command again and again, at most so often, then let it end.

    *first*: seconds from the start of an undisturbed run to its first request.
    """
    step = luck.choice((0, 1, 4))
    for _ in range(most):
        moment = luck.random()
        if moment < 0.2:
            wait = in_seconds(first * luck.uniform(0.0 if moment < 0.1 else 0.8, 1.0))
        elif moment < 0.25:  # about as many as are left
            wait = world.after_requests(math.ceil(world.todo / world.job.batch), luck.uniform(0, 0.08))
        elif moment < 0.28:
            wait = world.after_reports(luck.uniform(0, 0.02))
        else:
            wait = world.after_requests(luck.randint(0, step) + 1, luck.uniform(0, 0.02))
        if not world.run(wait=wait, cold=cold).goes_on:
            return
    world.run(cold=cold)


def in_seconds(seconds: float) -> Callable[[Child], object]:
    return lambda child: child.ends_within(seconds)


def first_request(warm: Warm, luck: random.Random, *, cold: bool) -> float:
    """Return how many seconds an undisturbed run takes to its first request, on this machine today."""
    with World(Job(rows=50), luck, warm) as world:
        began = time.time()
        world.run(cold=cold)
        return world.imports()[0].time - began


def at_random(warm: Warm, kills: int, seed: int, *, cold: bool = False) -> tuple[Hits, list[Broken]]:
    """Kill the command *kills* times at random moments of many jobs."""
    luck, hits, broken = random.Random(seed), Hits(), list[Broken]()
    tell, first = Progress("cold kills" if cold else "kills"), first_request(warm, luck, cold=cold)
    while hits.kills < kills:
        with World(some_job(luck), luck, warm) as world:
            killed_job(world, luck, IN_A_ROW, cold=cold, first=first)
            broken += hits.add(world.evidence())
        tell(f"{hits.kills} of {kills}, {hits.jobs} jobs, {len(broken)} broken promises")
    return hits, broken


def before_each_call(
    warm: Warm, seed: int, *, step: int = 1, resumed: bool = False, workers: int = 1
) -> tuple[Hits, list[Broken], int]:
    """Kill a job of three batches just before its writing call n, for every n (or each *step*-th), then let it end.

    *resumed*: a first run was killed when half of it was done, and it is the second that is killed at n.
    Returns also how many such calls the longest run made.
    """
    hits, broken, calls, tell = Hits(), list[Broken](), 0, Progress("n-th call")
    luck, nth = random.Random(seed), random.Random(seed).randint(1, step)
    job = Job(rows=21 if workers == 1 else 61, batch=10, workers=workers, odd=0.0)
    while True:
        with World(job, luck, warm) as world:
            if resumed:
                world.trace(100)
            run, made = world.trace(nth)
            if run.goes_on:
                world.run()
            broken += hits.add(world.evidence())
        calls = max(calls, len(made))
        tell(f"{nth}, {len(broken)} broken promises")
        if not run.killed:
            return hits, broken, calls
        nth += step


def in_a_row(warm: Warm, seed: int) -> tuple[Hits, list[Broken]]:
    """Kill one job in twenty resumes, each soon after its first request."""
    luck, hits = random.Random(seed), Hits()
    with World(Job(rows=600, batch=4, workers=2), luck, warm) as world:
        for _ in range(IN_A_ROW):
            world.run(wait=world.after_requests(2, luck.uniform(0, 0.004)))
        world.run()
        return hits, hits.add(world.evidence())


def figures(warm: Warm, *, kills: int, cold: int, seed: int, step: int = 1) -> Iterator[Figure]:
    """Do it all, and yield what was found; the first of what is broken goes to standard error."""
    states = Counter[str]()

    def figure(what: str, hits: Hits, broken: list[Broken], wanted: int) -> Figure:
        states.update(hits.states)
        for found in broken[:SHOWN]:
            sys.stderr.write(f"  {found.invariant}: {found.words}\n")
        told = (
            f"{hits.kills} kills, {hits.jobs} jobs of {hits.rows} rows, {hits.resent} rows resent: {hits.lost} lost, "
        )
        enough = hits.kills >= wanted and hits.resent > 0
        return Figure(what, f"{told}{len(broken)} broken; {bound(hits.kills)}", WELL, kept=not broken and enough)

    yield figure("SIGKILL at random, forked", *at_random(warm, kills, seed), kills)
    if cold:
        yield figure("SIGKILL at random, started anew", *at_random(warm, cold, seed + 1, cold=True), cold)
    yield figure(f"SIGKILL in {IN_A_ROW} resumes of one job", *in_a_row(warm, seed), IN_A_ROW)
    each = "each" if step == 1 else f"each {step}th"
    for words, how in SWEEPS.items() if warm.can_trace else ():
        hits, broken, calls = before_each_call(warm, seed, step=step, **how)
        yield figure(f"SIGKILL before {each} of {calls} writing calls, {words}", hits, broken, 1)
    if not warm.can_trace:
        yield Figure("SIGKILL before the n-th writing call", "not possible here: no ptrace", WELL, kept=True)
    missing = [state for state in STATES if not states[state]]
    found = ", ".join(f"{state} {states[state]}" for state in STATES)
    yield Figure("where the kills found the runs", found, "every state" if step == 1 else "", not missing or step > 1)


WELL = "0 lost, 0 broken"
SWEEPS: dict[str, dict[str, Any]] = {
    "first run": {},
    "resumed run": {"resumed": True},
    "four requests at once": {"workers": 4},
}


def main() -> int:
    """Run the campaign of the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--kills", type=int, default=2000)
    parser.add_argument("--cold", type=int, default=200)
    parser.add_argument("--step", type=int, default=1, help="every so many-th writing call")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    with Warm() as warm:
        return conclude(figures(warm, **vars(given)))


if __name__ == "__main__":
    sys.exit(main())
