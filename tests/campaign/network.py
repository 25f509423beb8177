"""Every fault that the sandbox knows, met by the real command: nothing is called accepted that is not.

    python -m tests.campaign.network --seed 1 --soak 10000

Each fault strikes the first request of a run, or two from the third on; at first as it is, then so that nothing of the
request is stored, whatever the answer says. The same command is run again until nothing is left to do. `tests/faults`
says of each fault what every row must be called; here the checker looks at whole jobs.
"""

from __future__ import annotations

import argparse
import dataclasses
import itertools
import random
import sys
from typing import TYPE_CHECKING

from contact_import.sandbox import CATALOGUE, Fault, named
from tests.campaign.checker import Broken, Hits
from tests.campaign.figures import Figure, Progress, conclude
from tests.campaign.world import Job, World
from tests.warm import Warm

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.campaign.checker import Evidence

RUNS = 8
"""Runs after which a job must be done."""
ENDLESS = ("silence", "unread-request", "slow-answer", "slow-headers", "continue-flood")
"""Faults that last until the command's own patience ends, which is shortened for them."""
PLACES = ({"nth": 1}, {"from_nth": 3, "times": 2})


def struck(name: str, place: dict[str, int], *, stored: bool) -> Fault:
    """Return the fault of that *name*; unless *stored*, nothing of a request that it strikes is."""
    fault = named(name, **place)
    early = not stored and fault.do in {"answer", "raw", "cut"} and fault.when in {"after-commit", "mid-commit"}
    return dataclasses.replace(fault, when="before-commit") if early else fault


def cases() -> Iterator[tuple[str, Fault, int]]:
    """Yield the name, the fault and how many requests at once, for all that there is."""
    for name, place, stored, workers in itertools.product(CATALOGUE, PLACES, (True, False), (1, 4)):
        fault = struck(name, place, stored=stored)
        if stored or fault.when != named(name).when:
            yield name, fault, workers


def one(warm: Warm, luck: random.Random, name: str, fault: Fault, workers: int, *, quick: bool) -> Evidence:
    """Run a job that meets *fault* until nothing is left to do."""
    job = Job(rows=61, batch=10, workers=workers, faults=(fault,), words=("--max-outage", "5"))
    changes = ["quick_pauses"] * quick + ["little_patience"] * (name in ENDLESS)
    with World(job, luck, warm, changes) as world:
        while world.run().code not in {0, 3} and len(world.runs) < RUNS:
            pass
        return world.evidence()


def all_faults(warm: Warm, seed: int, *, step: int, quick: bool) -> tuple[Hits, list[Broken], int]:
    """Meet every fault, or every *step*-th; return also how many rows were falsely called accepted."""
    luck, hits, broken, false = random.Random(seed), Hits(), list[Broken](), 0
    chosen = list(cases())[luck.randrange(step) :: step]
    tell = Progress("faults")
    for count, (name, fault, workers) in enumerate(chosen, 1):
        found = hits.add(one(warm, luck, name, fault, workers, quick=quick))
        for wrong in found:
            sys.stderr.write(f"  {name} {fault.when}, {workers} at once: {wrong.invariant}: {wrong.words}\n")
        false += sum("called accepted" in wrong.words for wrong in found)
        broken += found
        tell(f"{count} of {len(chosen)}, {len(broken)} promises broken")
    return hits, broken, false


def soak(warm: Warm, rows: int, seed: int, *, quick: bool) -> tuple[Hits, list[Broken], Evidence]:
    """Send a long list over a bad line: of a hundred requests one is reset, five are answered 5xx; all are slow."""
    faults = (
        Fault(do="stall", rate=0.5, seconds=0.02 if quick else 0.2, seed=seed),
        Fault(do="reset", rate=0.005, seed=seed),
        Fault(do="reset", when="after-commit", rate=0.005, seed=seed),
        Fault(do="answer", status=500, rate=0.02, seed=seed),
        Fault(do="answer", status=503, rate=0.01, seed=seed),
        Fault(do="answer", when="after-commit", status=502, rate=0.01, seed=seed),
        Fault(do="answer", when="after-commit", status=504, rate=0.01, seed=seed),
    )
    slow = {"latency": 0.01 if quick else 0.1}
    job = Job(rows=rows, batch=20, workers=4, faults=faults, platform=slow, refused=rows // 1000)
    hits = Hits()
    with World(job, random.Random(seed), warm, ("quick_pauses",) if quick else ()) as world:
        while world.run().code not in {0, 3} and len(world.runs) < RUNS:
            pass
        evidence = world.evidence()
        return hits, hits.add(evidence), evidence


def figures(warm: Warm, *, seed: int, rows: int, step: int = 1, quick: bool = False) -> Iterator[Figure]:
    """Do both; *quick*: with a fiftieth of the pauses between requests."""
    hits, broken, false = all_faults(warm, seed, step=step, quick=quick)
    known = f"{len(CATALOGUE)} faults" if step == 1 else f"a sample of {len(CATALOGUE)} faults"
    yield Figure(
        f"{known}, 1 and 4 requests at once",
        f"{hits.jobs} jobs, {hits.runs} runs, {hits.rows} rows: {false} falsely accepted, {len(broken)} broken",
        "0 falsely accepted, 0 broken",
        kept=not broken,
    )
    hits, broken, evidence = soak(warm, rows, seed, quick=quick)
    for wrong in broken[:10]:
        sys.stderr.write(f"  soak: {wrong.invariant}: {wrong.words}\n")
    bad = sum(receipt.status != 200 for receipt in evidence.receipts)
    seconds = sum(run.seconds for run in evidence.runs)
    yield Figure(
        f"{rows} rows over a bad line (1 % resets, 5 % 5xx, slow)",
        f"{len(evidence.receipts)} requests, {bad} without success, {hits.resent} rows resent, {hits.runs} runs, "
        f"{seconds:.0f} s: {len(broken)} broken",
        "0 broken",
        kept=not broken and bad > 0 and hits.resent > 0,
    )


def main() -> int:
    """Run the campaign of the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--soak", type=int, default=10_000, dest="rows")
    parser.add_argument("--step", type=int, default=1, help="every so many-th fault")
    parser.add_argument("--quick", action="store_true", help="a fiftieth of the pauses between requests")
    parser.add_argument("--seed", type=int, default=1)
    with Warm() as warm:
        return conclude(figures(warm, **vars(parser.parse_args())))


if __name__ == "__main__":
    sys.exit(main())
