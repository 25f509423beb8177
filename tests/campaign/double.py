"""Two runs for one address at the same time: one of them leaves with 9 and sends nothing.

python -m tests.campaign.double --starts 100 --seed 1
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from typing import TYPE_CHECKING

from tests.campaign import people
from tests.campaign.checker import check
from tests.campaign.figures import Figure, Progress, conclude
from tests.campaign.world import PATIENCE, Job, World
from tests.warm import Warm

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.warm import Child

JOB = Job(rows=40, batch=10, workers=2, platform={"latency": 0.1})


def second(world: World) -> Child:
    """Start the command once more, with output files of its own and another list."""
    words = [str(world.top / "others.csv") if word == "people.csv" else word for word in world.words]
    streams = {"out": str(world.top / "out-2"), "err": str(world.top / "err-2")}
    return world.warm.start(**{**world.how, **streams, "words": words})


def once(world: World, luck: random.Random, *, at_work: bool) -> str:
    """Start two at once, or the second while the first is *at_work*; return what was wrong, "" where nothing was."""
    others = people.make(luck, 30)
    (world.top / "others.csv").write_bytes(others)
    began, first = time.monotonic(), world.start()
    if at_work:
        world.after_requests(1, luck.uniform(0, 0.1))(first)
    before, late = time.monotonic(), second(world)
    ended = [child.ends_within(PATIENCE) for child in (late, first)]
    if not all(ended):
        return "one of them hangs"
    slowness = time.monotonic() - before
    late_code = late.end()
    run = world.note(first.end(), time.monotonic() - began)
    codes = {run.code, late_code}
    if 9 not in codes or not codes & {0, 3}:
        return f"they ended with {run.code} and {late_code}"
    sent = {phone for receipt in world.imports() for phone in receipt.phones}
    both = [{person.phone for person in found if person.is_sent} for found in (world.people, people.read(others))]
    if all(sent & mine for mine in both):
        return "both of them sent"
    if at_work and (late_code != 9 or slowness > PATIENCE):
        return f"the second one ended with {late_code}"
    return "; ".join(found.words for found in check(world.evidence())) if late_code == 9 else ""


def figures(warm: Warm, *, starts: int, seed: int) -> Iterator[Figure]:
    """Start two *starts* times, half of them in the same moment."""
    luck, wrong, tell = random.Random(seed), list[str](), Progress("double starts")
    for count in range(starts):
        with World(JOB, luck, warm) as world:
            wrong += filter(None, [once(world, luck, at_work=count % 2 == 0)])
        tell(f"{count + 1} of {starts}, {len(wrong)} wrong")
    for words in wrong[:10]:
        sys.stderr.write(f"  {words}\n")
    what = f"{starts} double starts, half in the same moment"
    yield Figure(what, f"{starts - len(wrong)} times one left with 9 and sent nothing", "always", kept=not wrong)


def main() -> int:
    """Run the campaign of the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--starts", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    with Warm() as warm:
        return conclude(figures(warm, **vars(parser.parse_args())))


if __name__ == "__main__":
    sys.exit(main())
