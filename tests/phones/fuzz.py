"""Cells that nobody would write, by the million: none may break the room, slow it down, or get out with nonsense.

python tests/phones/fuzz.py --cells 10000000 --seed 1
"""

from __future__ import annotations

import argparse
import random
import resource
import sys
import time
from collections import Counter
from collections.abc import Callable
from typing import NamedTuple

from contact_import.phones import Evidence, Policy, explain, normalise_column, survey
from tests.phones import damage, drawn

CHUNK = 20_000
WARM = 20
"""Chunks before memory is measured, with a huge cell in each."""
SLOW = 100e-6
"""Seconds a cell of a chunk may take on average; a slower chunk is searched for its slowest cell."""
SLOWEST = 5e-3
"""Seconds of processor that any one cell may take."""
GROWTH = 50_000
"""Kilobytes by which the process may grow after its warm-up."""
SENT = frozenset("SNW")
LEVELS = SENT | frozenset("HR")

FORMS = (
    "{n}", "+{c}{n}", "+{c} {n}", "00{c}{n}", "{c}{n}", "0{n}", "0{c}{n}", "+{c}(0){n}", "({c}) {n}", "'{n}", "-{n}",
    '="{c}{n}"', "=+{c}{n}", "{n}.0", "{c}{n},0", "{n}E+3", "{n}e11", "1.{n}E+11", "{c}{n}.{d}", "+{d}{n}", "++{c}{n}",
    "tel:+{c}-{n}", "tel:{n};phone-context=+{c}", "https://wa.me/{c}{n}", "wa.me/{n}?text={d}", "[{c}]{n}", "({n}",
    "api.whatsapp.com/send?phone={c}{n}&x={d}", "{c}{n}@s.whatsapp.net", "{c}{n}:{d}@c.us", "{c}{n}-{d}@g.us",
    "{n}@lid", "{n})",
    "{n} ext {d}", "{n}x{d}", "{n},,{d}", "{n}#{d}", "{n};ext={d}", "{n}/{d}", "{n} / {c}{n}", "{n};{n}", "{n} or {n}",
    "{n} ::: +{c}{n}", "Mobile: {n}", "{n} (WhatsApp)", "Phone {d}: {n}", "M{n}", "{n}XX", "{n}***", "{d}-{d}-{d}",
    "{d}/{d}/{d}", "+00{c}{n}", "+{c}{c}{n}", "+{c}+{c}{n}", "011{c}{n}", "{n}@example.com", "http://{n}.com/{d}",
    "{d}{n}{d}", "{n}\n{n}", "{n}\t{d}", "{n}{n}{n}", "{n}, {n}, {n}, {d}", "{d} {d} {d} {d} {d} {d}",
    "{n} - {d} - {c} ({d}) [{n}] {n}", "////{n}",
)  # fmt: skip
MANY = ("{n}", "{n}, ", "{d} ", "{d}/", "{n};", "+{c}{n} ", "({d}", "{d}.", "{d}:", "{c}{n}\n", "{d}, ", "00{d},")
"""What a cell of up to 250 characters may be full of."""
ODD = (
    "+-.,;:/\\|()[]{}<>'\"`=*#?&@%_~^!$ \t\n\r\x00\x0b\x0c\x1b\x7f\x85xXeEoOlI#NnAaTtWw"
    "＋－（）．０９٠٩۰۹०९০𝟎𝟗⁹²₉①⑨㈠½Ⅷ一二万零〇\u00a0\u202f\u2009\u3000\u2028\u2029\u200b\u200d\u2060\ufeff\u00ad\u202a\u202e\u2066"
    "‐‑–—―−•·…’‘“”、。，；：ـ़िéßİıǅﷺ👍🏽🇮🇳\ud800\udfff\ufffe\U0010ffff\u0300\u20e3"
)
SIDES = (
    "", "", "", "91", "+91", "0091", "91.0", "1-242", "IN", "India (+91)", "49", "225", "0", "999", "home", "भारत",
    "\ud800", "٩١", "1" * 400, "UK", "Côte d’Ivoire", "NaN", "=", "+", "🇮🇳",
)  # fmt: skip
PLANES = (
    (0, 0x80), (0x80, 0x250), (0x370, 0x600), (0x600, 0x1000), (0x2000, 0x2C00), (0x3000, 0xA000), (0xD800, 0xFFFF),
    (0x10000, 0x110000),
)  # fmt: skip
WORDS = (
    "call",
    "Ramesh",
    "after",
    "6 pm",
    "नंबर",
    "ул. Ленина",
    "№",
    "fax",
    "tel",
    "und",
    "oder",
    "+",
    "e",
    "1",
    "0",
    "::",
)


class Chunk(NamedTuple):
    """Cells, and what their file says of them."""

    cells: list[str]
    prefixes: list[str] | None
    countries: list[str] | None
    region: str | None
    policy: Policy

    def part(self, rows: slice) -> Chunk:
        prefixes = self.prefixes and self.prefixes[rows]
        countries = self.countries and self.countries[rows]
        return self._replace(cells=self.cells[rows], prefixes=prefixes, countries=countries)

    def said(self) -> dict[str, object]:
        return {"prefixes": self.prefixes, "countries": self.countries, "region": self.region}


class Source:
    """Where the cells come from."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        homes = [home for home in drawn.territories() if home.region]
        self.numbers = [(home.code, home.number(rng)) for home in homes * 200]
        self.sound = [one for region in damage.REGIONS for one in damage.mobiles(region, 200, rng)]

    def chunk(self, size: int, huge: float) -> Chunk:
        rng = self.rng
        kinds = (self.form, self.form, self.mutant, self.mutant, self.damaged, self.digits, self.noise, self.prose)
        cells = [kind() for kind in rng.choices(kinds, k=size)]
        for _ in range(2):
            cells[rng.randrange(size)] = self.long(10 ** rng.uniform(2, 4.5))
            cells[rng.randrange(size)] = self.many()
        if rng.random() < huge:
            cells[rng.randrange(size)] = self.long(1_000_000)
        prefixes, countries = (rng.choices(SIDES, k=size) if rng.random() < 0.2 else None for _ in range(2))
        region = rng.choice(
            (None, "ZZ", rng.choice(damage.REGIONS), rng.choice(damage.REGIONS), rng.choice(drawn.REGIONS))
        )
        flags = (rng.random() < 0.1 for _ in range(4))
        expect = frozenset(rng.choices((1, 7, 39, 44, 91, 225), k=rng.choice((0, 0, 3))))
        types = frozenset(rng.choices(("toll-free", "global", "pager"), k=rng.choice((0, 0, 0, 3))))
        return Chunk(cells, prefixes, countries, region, Policy(types, expect, *flags))

    def form(self) -> str:
        code, number = self.rng.choice(self.numbers)
        return self.rng.choice(FORMS).format(c=code, n=number, d=self.rng.randrange(3000))

    def mutant(self) -> str:
        """Return a cell that has gone wrong in one to six places."""
        rng, text = self.rng, self.form()
        for _ in range(rng.choice((1, 1, 1, 2, 3, 6))):
            at = rng.randint(0, len(text))
            sign = rng.choice(ODD) * rng.choice((1, 1, 1, 2, 12))
            text = text[:at] + rng.choice((sign, sign, "", text[at : at + 3] * 2)) + text[at + rng.choice((0, 1)) :]
        return text

    def damaged(self) -> str:
        rng = self.rng
        return rng.choice(damage.TABLE).write(rng.choice(self.sound), rng) or ""

    def digits(self) -> str:
        rng = self.rng
        text = str(rng.randrange(10 ** rng.randint(1, 22)))
        return rng.choice(("", "", "+", "00", "0", "++")) + text + rng.choice(("", "", ".0", "0" * 6, "E5"))

    def noise(self) -> str:
        rng = self.rng
        low, high = rng.choice(PLANES)
        return "".join(chr(rng.randrange(low, high)) for _ in range(rng.randint(0, 24)))

    def prose(self) -> str:
        rng = self.rng
        words = rng.choices(WORDS, k=rng.randint(0, 5))
        words.insert(rng.randint(0, len(words)), self.form())
        return rng.choice((" ", " ", "", ", ", "-")).join(words)

    def many(self) -> str:
        """Return a cell of some 240 characters that holds many numbers."""
        code, number = self.rng.choice(self.numbers)
        piece = self.rng.choice(MANY).format(c=code, n=number, d=self.rng.randrange(10_000))
        return piece * (240 // len(piece))

    def long(self, length: float) -> str:
        """Return a cell of about *length* characters, made to be slow."""
        rng = self.rng
        piece = rng.choice(
            (self.form(), self.mutant(), rng.choice(ODD), "9", " ", "1,", "(", "+1 ", "a ", "x", '="', "٩", "0" * 99)
        )
        return (piece * (int(length / max(len(piece), 1)) + 1))[: int(length)]


def run(chunk: Chunk) -> list[tuple[str, ...]]:
    """Return the rows of a chunk, as the program gets them."""
    evidence = survey(chunk.cells, **chunk.said()) if len(chunk.cells) % 2 == 0 else Evidence()
    return list(
        normalise_column(chunk.cells, **chunk.said(), evidence=evidence, policy=chunk.policy).itertuples(index=False)
    )


def cost(chunk: Chunk) -> float:
    """Return the processor time of a chunk, without the machine's hiccups."""
    times = []
    for _ in range(3):
        begun = time.process_time()
        run(chunk)
        times.append(time.process_time() - begun)
    return min(times)


def narrow(chunk: Chunk, worse: Callable[[Chunk, Chunk], bool]) -> Chunk:
    """Return the one row to blame; *worse* tells whether it is in the first of two halves."""
    while len(chunk.cells) > 1:
        middle = len(chunk.cells) // 2
        first, second = chunk.part(slice(middle)), chunk.part(slice(middle, None))
        chunk = first if worse(first, second) else second
    return chunk


def breaks(chunk: Chunk) -> bool:
    try:
        run(chunk)
    except Exception:  # that is what we look for
        return True
    return False


def faults(chunk: Chunk, rows: list[tuple[str, ...]]) -> list[str]:
    """Return a line for every row that is not as promised."""
    found = [] if len(rows) == len(chunk.cells) else [f"{len(rows)} rows for {len(chunk.cells)} cells"]
    for place, row in enumerate(rows):
        prefix, number, *_, level, rule, _ = row
        if level in SENT:
            both = prefix + number
            sound = both.isascii() and prefix.isdigit() and number.isdigit() and len(both) <= 15 and prefix[0] != "0"
        else:
            sound = level in LEVELS and prefix == number == ""
        if not sound or not all(isinstance(each, str) for each in row) or not explain(rule):
            found.append(f"{chunk.part(slice(place, place + 1))!r:.600}: {row}")
    return found


def unstable(rows: list[tuple[str, ...]], policy: Policy) -> list[str]:
    """Return a line for every number that does not come back as it was sent out."""
    sent = [(row[0], row[1]) for row in rows if row[4] in SENT]
    again = run(Chunk([f"+{prefix}{number}" for prefix, number in sent], None, None, None, policy)) if sent else []
    pairs = zip(sent, again, strict=True)
    return [
        f"+{before[0]} {before[1]} came back as {after}" for before, after in pairs if before != (after[0], after[1])
    ]


def main() -> int:
    """Run until so many cells are through, or the time is up; the exit code tells whether anything was found."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--cells", type=int, default=1_000_000)
    options.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    options.add_argument("--minutes", type=float, default=1e9)
    chosen = options.parse_args()
    source = Source(random.Random(chosen.seed))
    levels: Counter[str] = Counter()
    done = warm = rounds = problems = suspicious = 0
    busy = worst_mean = worst_cell = 0.0
    end = time.monotonic() + 60 * chosen.minutes
    while done < chosen.cells and time.monotonic() < end:
        chunk = source.chunk(min(CHUNK, chosen.cells - done), 0.05 if rounds > WARM else 1)
        done, rounds = done + len(chunk.cells), rounds + 1
        begun = time.process_time()
        try:
            rows = run(chunk)
        except Exception as problem:  # that is what we look for
            culprit = narrow(chunk, lambda first, _: breaks(first))
            lines = [f"{type(problem).__name__}: {problem}: {culprit!r:.600}"]
        else:
            spent = time.process_time() - begun
            busy, mean = busy + spent, spent / len(chunk.cells)
            worst_mean = max(worst_mean, mean if rounds > WARM else 0)
            levels.update(row[4] for row in rows)
            lines = faults(chunk, rows) + unstable(rows[:: 1 + rounds % 7], chunk.policy)
            lengthy = [at for at, cell in enumerate(chunk.cells) if len(cell) > 200]
            singles = [chunk.part(slice(at, at + 1)) for at in lengthy]
            if mean > SLOW and rounds > 1:
                suspicious += 1
                singles.append(narrow(chunk, lambda first, second: cost(first) > cost(second)))
            for single in singles:
                taken = cost(single) - cost(single._replace(cells=[""]))
                worst_cell = max(worst_cell, taken)
                if taken > SLOWEST:
                    lines.append(f"{1000 * taken:.1f} ms for {len(single.cells[0])} characters: {single!r:.110}")
        problems += len(lines)
        for line in lines[:10]:
            print(line.encode("ascii", "backslashreplace").decode())
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        warm = memory if rounds <= WARM else warm
        if memory - warm > GROWTH:
            problems += 1
            print(f"memory grew by {memory - warm:,} kB")
            warm = memory
        if rounds % 10 == 0 or done >= chosen.cells or time.monotonic() >= end:
            print(
                f"seed {chosen.seed}: {done:,} cells, {problems} problems; {busy / done * 1e6:.1f} us a cell, "
                f"{worst_mean * 1e6:.1f} in the slowest chunk ({suspicious} searched), "
                f"slowest cell {worst_cell * 1e3:.1f} ms; {memory - warm:,} kB more; {dict(sorted(levels.items()))}",
                flush=True,
            )
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
