"""All campaigns, and one table of what was promised and what was found.

    python -m tests.campaign            # about a quarter of an hour
    python -m tests.campaign --short    # a minute or two: the same with few of everything

Every campaign can be run by itself: kill, power, network, double, stopping, naive. `mutation` and `canary` are apart.
"""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from tests.campaign import double, kill, naive, network, power, stopping
from tests.campaign.figures import conclude
from tests.warm import Warm

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.campaign.figures import Figure


def all_of_it(warm: Warm, seed: int) -> Iterator[Figure]:
    """Do everything as often as was promised."""
    yield from kill.figures(warm, kills=2000, cold=200, seed=seed)
    yield from network.figures(warm, rows=10_000, seed=seed)
    yield from double.figures(warm, starts=100, seed=seed)
    yield from stopping.figures(warm, signals=20, seed=seed)
    yield from naive.figures(warm, jobs=40, seed=seed)


def some_of_it(warm: Warm, seed: int) -> Iterator[Figure]:
    """Do a little of everything; what is left out is chosen by *seed*."""
    yield from kill.figures(warm, kills=30, cold=3, seed=seed, step=31)
    yield from network.figures(warm, rows=1000, seed=seed, step=19, quick=True)
    yield from double.figures(warm, starts=6, seed=seed)
    yield from stopping.figures(warm, signals=2, seed=seed, stuck=False)
    yield from naive.figures(warm, jobs=4, seed=seed)


def figures(*, short: bool, seed: int) -> Iterator[Figure]:
    """Yield what every campaign found."""
    yield from power.figures(cuts=400 if short else 10_000, seed=seed)
    with Warm() as warm:
        yield from (some_of_it if short else all_of_it)(warm, seed)


def main() -> int:
    """Run what the command line asks for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--short", action="store_true", help="few of everything")
    parser.add_argument("--seed", type=int, default=1)
    return conclude(figures(**vars(parser.parse_args())))


if __name__ == "__main__":
    sys.exit(main())
