"""How much faster the phone engine is than `phonenumbers` a row at a time, in CPU time.

python benchmarks/phones.py [--rows 200000] [--runs 5]
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Callable
from functools import partial

import numpy as np
import phonenumbers
from phonenumbers import NumberParseException

from contact_import.phones import normalise_column
from contact_import.phones.read import engine
from contact_import.phones.read.plan import WIDTH, compile_plan
from tests.phones import drawn

Columns = drawn.Columns


def plain(region: str, form: str) -> Callable[[int, random.Random], Columns]:
    """Return a maker of columns of one country's mobile numbers, written as {code}, {number} and perhaps a plus."""

    def make(rows: int, rng: random.Random) -> Columns:
        (home,) = (each for each in drawn.territories() if each.region == region)
        texts = [form.format(code=home.code, number=drawn.draw(home.mobiles[0], rng)) for _ in range(rows)]
        plus = np.full(rows, form.startswith("+"))
        return np.array([text.lstrip("+") for text in texts], "S20"), plus, np.full(rows, region, "S2")

    return make


def mixed(rows: int, rng: random.Random) -> Columns:
    """Return valid mobile numbers of all regions, half of them with plus, the others dialled at home."""
    homes = [each for each in drawn.territories() if each.mobiles and each.region]
    cells = []
    for home in rng.choices(homes, k=rows):
        plus = rng.random() < 0.5
        cells.append((home.code * plus + drawn.draw(home.mobiles[0], rng), plus, home.region))
    digits, plus_column, regions = zip(*cells, strict=True)
    return np.array(digits, "S20"), np.array(plus_column, bool), np.array(regions, "S2")


def messy(rows: int, rng: random.Random) -> Columns:
    """Return what the differential tests are made of: every way of dialling, slips, noise."""
    return drawn.columns(drawn.rows(rng), rows)


COLUMNS: dict[str, Callable[[int, random.Random], Columns]] = {
    "India, national": plain("IN", "{number}"),
    "India, with plus": plain("IN", "+{code}{number}"),
    "India, code without plus": plain("IN", "{code}{number}"),
    "India, trunk 0": plain("IN", "0{number}"),
    "United States, national": plain("US", "{number}"),
    "Germany, trunk 0": plain("DE", "0{number}"),
    "Brazil, national": plain("BR", "{number}"),
    "world, mixed": mixed,
    "world, every way and slips": messy,
}


def row_by_row(digits: np.ndarray, plus: np.ndarray, regions: np.ndarray) -> list[tuple[str, bool, int]]:
    """Read a column as a script would: parse, national number, validity and type of each row."""
    found = []
    for text, signed, region in zip(digits.tolist(), plus.tolist(), regions.tolist(), strict=True):
        try:
            number = phonenumbers.parse("+" * signed + text.decode(), region.decode() or None)
        except NumberParseException:
            continue
        national = phonenumbers.national_significant_number(number)
        found.append((national, phonenumbers.is_valid_number(number), phonenumbers.number_type(number)))
    return found


def seconds(call: Callable[[], object]) -> float:
    """Return the CPU seconds of one call."""
    begun = time.process_time()
    call()
    return time.process_time() - begun


def whole(digits: np.ndarray, plus: np.ndarray, regions: np.ndarray) -> Callable[[], object]:
    """Return the whole normalisation of these rows as text cells, each with its country."""
    cells = [
        ("+" if signed else "") + text.decode() for text, signed in zip(digits.tolist(), plus.tolist(), strict=True)
    ]
    countries = [region.decode() for region in regions.tolist()]
    return lambda: normalise_column(cells, countries=countries)


def compare(columns: Columns, runs: int, share: int) -> list[float]:
    """Return the best times a row, in turns, of `phonenumbers` on every *share*-th row, engine, and whole."""
    sample = tuple(column[::share].copy() for column in columns)
    calls: tuple[Callable[[], object], ...] = (
        partial(row_by_row, *sample),
        partial(engine.read, *columns),
        whole(*columns),
    )
    sizes = (len(sample[0]), len(columns[0]), len(columns[0]))
    rounds = [[seconds(call) / size for call, size in zip(calls, sizes, strict=True)] for _ in range(runs)]
    return [min(times) for times in zip(*rounds, strict=True)]


def main() -> None:
    """Print the table."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--rows", type=int, default=200_000)
    options.add_argument("--runs", type=int, default=3)
    options.add_argument("--share", type=int, default=5, help="phonenumbers reads every so many rows")
    chosen = options.parse_args()
    phonenumbers.enable_pattern_cache()
    begun = time.process_time()
    plan = compile_plan()
    took = time.process_time() - begun
    print(f"compiled {len(plan.cells) // WIDTH:,} states, {plan.cells.nbytes:,} bytes, in {took:.2f} s")
    print(f"{engine.status()}; {chosen.rows:,} rows, best of {chosen.runs} runs, CPU time a row\n")
    print(f"{'column':28}{'phonenumbers':>14}{'engine':>11}{'ratio':>7}{'normalise_column':>19}{'ratio':>7}")
    for name, make in COLUMNS.items():
        luck = random.Random(1)  # noqa: S311 - numbers to measure with, no secret
        slow, fast, all_of_it = compare(make(chosen.rows, luck), chosen.runs, chosen.share)
        print(
            f"{name:28}{slow * 1e6:11.2f} µs{fast * 1e6:8.3f} µs{slow / fast:6.0f}x"
            f"{all_of_it * 1e6:16.2f} µs{slow / all_of_it:6.0f}x",
            flush=True,
        )


if __name__ == "__main__":
    main()
