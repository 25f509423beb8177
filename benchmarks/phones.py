"""How much faster this program reads phone numbers than `phonenumbers` a row at a time, in CPU time.

python benchmarks/phones.py [--rows 200000] [--runs 5] [--share 5]
"""

from __future__ import annotations

import argparse
import random
import statistics
import time
from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple

import numpy as np
import phonenumbers
from phonenumbers import NumberParseException

from contact_import.phones import engine_status, normalise_column, survey
from contact_import.phones.read import read
from contact_import.phones.read.plan import WIDTH, compile_plan
from tests.phones import drawn


class Column(NamedTuple):
    """Cells, and the country of each row."""

    texts: list[str]
    countries: list[str]


def written(region: str, *forms: str) -> Callable[[int, random.Random], Column]:
    """Return a maker of columns of one country's mobile numbers, written in these forms of {code} and {number}."""

    def make(rows: int, rng: random.Random) -> Column:
        (home,) = (each for each in drawn.territories() if each.region == region)
        numbers = (drawn.draw(home.mobiles[0], rng) for _ in range(rows))
        texts = [rng.choice(forms).format(code=home.code, number=number) for number in numbers]
        return Column(texts, [region] * rows)

    return make


def world(rows: int, rng: random.Random) -> Column:
    """Return mobile numbers of all regions, half of them with plus, the others dialled at home."""
    homes = rng.choices([each for each in drawn.territories() if each.mobiles and each.region], k=rows)
    texts = [rng.choice(("", "+" + home.code)) + drawn.draw(home.mobiles[0], rng) for home in homes]
    return Column(texts, [home.region for home in homes])


USUAL = ("{number}", "{number}", "+{code}{number}", "+{code} {number}", "0{number}", "{code}{number}")
UGLY: tuple[Callable[[str], str], ...] = (
    lambda _text: "",
    lambda _text: "n/a",
    lambda text: "'" + text,
    lambda text: "\u202a" + text + "\u202c",
    lambda text: text.replace(" ", "\u00a0") + "\u200b",
    lambda text: text.translate({48 + digit: 0x966 + digit for digit in range(10)}),
    lambda text: text + ".0",
    lambda _text: "9.19877E+11",
    lambda text: "tel:" + text,
    lambda text: "https://wa.me/" + text,
    lambda text: "Mobile: " + text,
    lambda text: text + " Ramesh",
    lambda text: text + " / 9123456789",
    lambda text: text + " ext 5",
    lambda text: text[:-5] + "_" + text[-5:],
    lambda text: text[:-5] + "XXXXX",
    lambda text: text[:-5] + "O" + text[-4:],
)
"""What happens to one cell in eleven of a real file."""


def ugly(rows: int, rng: random.Random) -> Column:
    """Return one country's numbers in the usual forms, 9 % of them spoilt."""
    texts, countries = written("IN", *USUAL)(rows, rng)
    return Column([rng.choice(UGLY)(text) if rng.random() < 0.09 else text for text in texts], countries)


COLUMNS: dict[str, Callable[[int, random.Random], Column]] = {
    "India, national": written("IN", "{number}"),
    "India, with plus": written("IN", "+{code}{number}"),
    "India, trunk 0": written("IN", "0{number}"),
    "Germany, trunk 0": written("DE", "0{number}"),
    "Brazil, national": written("BR", "{number}"),
    "United States, national": written("US", "{number}"),
    "India, in the usual forms": written("IN", *USUAL),
    "the same, 9 % ugly": ugly,
    "world, mixed": world,
}


def row_by_row(column: Column) -> list[tuple[str, bool, int]]:
    """Read a column as a script would: parse, national number, validity and type of each row."""
    found = []
    for text, region in zip(*column, strict=True):
        try:
            number = phonenumbers.parse(text, region)
        except NumberParseException:
            continue
        national = phonenumbers.national_significant_number(number)
        found.append((national, phonenumbers.is_valid_number(number), phonenumbers.number_type(number)))
    return found


def ways(column: Column, share: int) -> list[tuple[int, Callable[[], object]]]:
    """Return what is compared, each with its number of rows: `phonenumbers`, engine, normalise_column, survey."""
    sample = Column(column.texts[::share], column.countries[::share])
    rows = len(column.texts)
    # The engine takes what a cleaner leaves: cells that are not plain would be none of its business.
    plain = [text.lstrip("+").replace(" ", "") for text in column.texts]
    digits = np.array([text if text.isascii() and text.isdecimal() else "" for text in plain], "S20")
    plus = np.array([text.startswith("+") for text in column.texts])
    # A file of one country has no country column: its region is named once.
    single = len(set(column.countries)) == 1
    where = {"region": column.countries[0]} if single else {"countries": column.countries}
    return [
        (len(sample.texts), partial(row_by_row, sample)),
        (rows, partial(read, digits, plus, np.array(column.countries, "S2"))),
        (rows, partial(normalise_column, column.texts, **where)),
        (rows, partial(survey, column.texts, **where)),
    ]


def seconds(call: Callable[[], object]) -> float:
    """Return the CPU seconds of one call."""
    begun = time.process_time()
    call()
    return time.process_time() - begun


def medians(calls: Sequence[tuple[int, Callable[[], object]]], runs: int) -> list[float]:
    """Return the median microseconds a row of each call, all of them run in turns."""
    rounds = [[seconds(call) / size * 1e6 for size, call in calls] for _ in range(runs)]
    return [statistics.median(times) for times in zip(*rounds, strict=True)]


def main() -> None:
    """Print the table."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--rows", type=int, default=200_000)
    options.add_argument("--runs", type=int, default=5)
    options.add_argument("--share", type=int, default=5, help="phonenumbers reads every so many rows")
    chosen = options.parse_args()
    getattr(phonenumbers, "enable_pattern_cache", lambda: None)()
    begun = time.process_time()
    plan = compile_plan()
    took = time.process_time() - begun
    print(f"compiled {len(plan.cells) // WIDTH:,} states, {plan.cells.nbytes:,} bytes, in {took:.2f} s")
    print(f"{engine_status()}; {chosen.rows:,} rows, median of {chosen.runs} runs in turns, CPU time a row\n")
    print("| column | phonenumbers | engine | | normalise_column | | survey |\n|---|---|---|---|---|---|---|")
    for name, make in COLUMNS.items():
        luck = random.Random(1)  # noqa: S311 - numbers to measure with, no secret
        slow, engine, whole, first = medians(ways(make(chosen.rows, luck), chosen.share), chosen.runs)
        print(
            f"| {name} | {slow:.1f} µs | {engine:.3f} µs | {slow / engine:.0f} × "
            f"| {whole:.2f} µs | {slow / whole:.0f} × | {first:.2f} µs |",
            flush=True,
        )


if __name__ == "__main__":
    main()
