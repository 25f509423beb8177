"""The same kills, resets and refusals for a naive script and for the command: who loses how many rows.

python -m tests.campaign.naive --jobs 40 --seed 1
"""

from __future__ import annotations

import argparse
import dataclasses
import random
import re
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from contact_import.sandbox import Fault
from tests.campaign import naive_script
from tests.campaign.figures import Figure, Progress, conclude
from tests.campaign.world import PATIENCE, Job, World
from tests.warm import Child, Warm

if TYPE_CHECKING:
    from collections.abc import Iterator

KILLS = 4
"""In each job."""
ENOUGH = 10
"""Jobs in which kills alone must cost the script some rows; in fewer it may be lucky."""
EARLIEST, LATEST = 5, 9
"""Requests of a start before it is killed: by the fifth, three others have passed the second, which is reset."""
JOB = Job(rows=200, batch=naive_script.BATCH, odd=0.0, platform={"latency": 0.01})


@dataclass
class Score:
    """What became of the rows of some jobs."""

    rows: int = 0
    """That could be sent, and were not refused."""
    lost: int = 0
    """Of these, not stored when all was over and said to be well."""
    claimed: int = 0
    """Rows that were said to be imported."""
    stored: int = 0
    crashed: int = 0
    """Starts that ended in an error of their own making: an offset file that was cut off."""

    def add(self, world: World, claimed: int) -> None:
        stored = {contact["profile"]["userDetails"]["whatsAppNumber"] for contact in world.box.contacts()}
        wanted = {person.phone for person in world.people if person.is_sent} - world.refused
        self.rows += len(wanted)
        self.lost += len(wanted - stored)
        self.stored += len(stored)
        self.claimed += claimed


def script(world: World) -> Child:
    """Start the naive script on the world's list."""
    with (world.top / "out").open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, naive_script.__file__, "people.csv", world.box.base_url, world.token],
            cwd=world.folder,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
        )
    return Child(process.pid, process=process)


def naively(world: World, luck: random.Random, score: Score) -> None:
    """Kill the script some times, then let it end; start it anew where its own offset file is in its way."""
    for _ in range(KILLS):
        wait, child = world.after_requests(luck.randint(EARLIEST, LATEST), luck.uniform(0, 0.02)), script(world)
        wait(child)
        child.send(9)
        child.ends_within(PATIENCE)
        child.end()
    while (ended := script(world)).ends_within(PATIENCE) and ended.end():
        score.crashed += 1
        (world.folder / naive_script.OFFSET).unlink()
    claim = re.search(rb"(\d+) contacts imported", (world.top / "out").read_bytes())
    score.add(world, int(claim[1]) if claim else 0)


def ours(world: World, luck: random.Random, score: Score) -> None:
    """Do the same with the command."""
    for _ in range(KILLS):
        if not world.run(wait=world.after_requests(luck.randint(EARLIEST, LATEST), luck.uniform(0, 0.02))).goes_on:
            break
    else:
        world.run()
    summary = world.runs[-1].summary or {"accepted": 0}
    score.add(world, summary["accepted"])


PLAYERS = {"a naive script": naively, "this command": ours}


def figures(warm: Warm, *, jobs: int, seed: int) -> Iterator[Figure]:
    """Give both the same *jobs*, half of them with two people whom the platform refuses."""
    tell = Progress("naive")
    for refused in (0, 2):
        for player, play in PLAYERS.items():
            score = Score()
            for count in range(jobs // 2):
                luck = random.Random(f"{seed}:{count}")
                faults = Fault(do="reset", nth=2), Fault(do="reset", rate=0.1, seed=count)
                job = dataclasses.replace(JOB, refused=refused, faults=faults)
                with World(job, luck, warm, ("quick_pauses",)) as world:
                    play(world, luck, score)
                tell(f"{player}, {count + 1} of {jobs // 2} jobs")
            what = f"{jobs // 2} jobs of 200 rows, {KILLS} kills, {refused} refusals, 10 % resets"
            yield _figure(what, player, score, lucky=not refused and jobs // 2 < ENOUGH)


def _figure(what: str, player: str, score: Score, *, lucky: bool) -> Figure:
    found = f"{score.lost} of {score.rows} rows lost; {score.claimed} said to be imported, {score.stored} stored"
    found += f"; {score.crashed} starts failed by themselves" * bool(score.crashed)
    if player == "this command":
        kept = score.lost == 0 and score.claimed == score.stored
        return Figure(f"{what}: {player}", found, "0 lost, as many stored as said", kept)
    promise = "may lose some" if lucky else "must lose some, or the test has no teeth"
    return Figure(f"{what}: {player}", found, promise, kept=lucky or score.lost > 0)


def main() -> int:
    """Run the campaign of the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--jobs", type=int, default=40)
    parser.add_argument("--seed", type=int, default=1)
    with Warm() as warm:
        return conclude(figures(warm, **vars(parser.parse_args())))


if __name__ == "__main__":
    sys.exit(main())
