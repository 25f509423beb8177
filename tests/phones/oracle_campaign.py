"""The long differential campaign: the automaton against `phonenumbers`, on as many numbers as asked for.

python tests/phones/oracle_campaign.py --numbers 5000000 --seed 1
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from dataclasses import fields

import numpy as np

from contact_import.phones.read import oracle
from contact_import.phones.read.engine import Engine
from contact_import.phones.read.plan import Plan, compile_plan
from contact_import.phones.read.readings import Readings
from contact_import.phones.read.walk import read_chunk
from tests.phones import drawn

CHUNK = 50_000


def differences(plan: Plan, columns: drawn.Columns) -> list[str]:
    """Return a line for every column of every row in which the engine and `phonenumbers` differ."""
    said = Engine(plan, "").read(*columns)
    expected = oracle.read(*columns)
    lines = []
    for name in (field.name for field in fields(Readings)):
        here, there = getattr(said, name), getattr(expected, name)
        assert here.dtype == there.dtype, (name, here.dtype, there.dtype)
        for row in np.flatnonzero(here != there):
            digits, plus, region = (column[row] for column in columns)
            dialled = f"{'+' * bool(plus)}{digits.decode()} in {region.decode() or 'no region'}"
            lines.append(f"{dialled}: {name} is {there[row]!r}, the engine says {here[row]!r}")
    return lines


def main() -> int:
    """Run the campaign; the exit code tells whether it found a difference."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--numbers", type=int, default=1_000_000)
    options.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    chosen = options.parse_args()
    plan = compile_plan()
    source = drawn.rows(random.Random(chosen.seed))
    done = found = given_up = valid = 0
    begun = time.monotonic()
    while done < chosen.numbers:
        columns = drawn.columns(source, min(CHUNK, chosen.numbers - done))
        lines = differences(plan, columns)
        readings, aside = read_chunk(plan, *columns)
        done, found = done + len(aside), found + len(lines)
        given_up, valid = given_up + int(aside.sum()), valid + int(readings.valid.sum())
        sys.stdout.writelines(line + "\n" for line in lines[:20])
        print(
            f"seed {chosen.seed}: {done:,} numbers, {found} differences; {valid / done:.0%} valid, "
            f"{given_up / done:.2%} given up, {time.monotonic() - begun:.0f} s",
            flush=True,
        )
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
