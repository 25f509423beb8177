"""Numbers drawn at random: of every type of every region, written in every way, and with slips of the hand."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator

import numpy as np
import phonenumbers
from phonenumbers import PhoneMetadata

from contact_import.phones.read import pattern

Columns = tuple[np.ndarray, np.ndarray, np.ndarray]
"""What an engine reads: digits (S20), plus (bool), regions (S2)."""

TYPES = (
    "general_desc", "fixed_line", "mobile", "toll_free", "premium_rate", "shared_cost",
    "personal_number", "voip", "pager", "uan", "voicemail",
)  # fmt: skip
REGIONS = sorted(phonenumbers.SUPPORTED_REGIONS)
WORLD = sorted(phonenumbers.COUNTRY_CODES_FOR_NON_GEO_REGIONS)


def draw(tree: pattern.Pattern, rng: random.Random) -> str:
    """Return some string that matches the pattern."""
    match tree:
        case pattern.Letter(among):
            digit = rng.choice(sorted(among))
            return "" if digit == pattern.END else str(digit)
        case pattern.Sequence(parts):
            return "".join(draw(part, rng) for part in parts)
        case pattern.Choice(options):
            return draw(rng.choice(options), rng)
        case pattern.Group(_, item):
            return draw(item, rng)
        case pattern.Repeat(item, low, high):
            return "".join(draw(item, rng) for _ in range(rng.randint(low, high)))


class Territory:
    """What numbers of a region are drawn from: the trees of its patterns, by use."""

    def __init__(self, region: str, metadata: PhoneMetadata) -> None:
        self.region = region
        self.code = str(metadata.country_code)
        described = [getattr(metadata, name) for name in TYPES]
        texts = [each and each.national_number_pattern for each in described]
        self.types = [pattern.parse(text) for text in texts if text]
        self.mobiles = [pattern.parse(text) for text in texts[TYPES.index("mobile") :][:1] if text]
        self.trunk = pattern.parse(metadata.national_prefix_for_parsing or metadata.national_prefix or "0")
        self.abroad = pattern.parse(metadata.international_prefix or "00")

    def number(self, rng: random.Random) -> str:
        """Return a national number of any type."""
        return draw(rng.choice(self.types), rng)


def territories() -> list[Territory]:
    """Return every region, and every calling code that belongs to none."""
    regions = [(region, PhoneMetadata.metadata_for_region(region)) for region in REGIONS]
    world = [("", PhoneMetadata.metadata_for_nongeo_region(code)) for code in WORLD]
    return [Territory(region, metadata) for region, metadata in regions + world if metadata is not None]


WAYS: tuple[Callable[[Territory, str, random.Random], tuple[str, bool]], ...] = (
    lambda home, number, rng: (number, False),
    lambda home, number, rng: (home.code + number, True),
    lambda home, number, rng: (draw(home.trunk, rng) + number, False),
    lambda home, number, rng: (home.code + draw(home.trunk, rng) + number, rng.random() < 0.5),
    lambda home, number, rng: (draw(home.trunk, rng), False),
    lambda home, number, rng: (home.code + number, False),
    lambda home, number, rng: (draw(home.abroad, rng) + home.code + number, rng.random() < 0.1),
    lambda home, number, rng: (rng.choice(("00", "011", "0", "810", "009")) + home.code + number, rng.random() < 0.1),
)
"""How a number may be dialled: digits, and whether a plus stands before them."""


def slip(text: str, rng: random.Random) -> str:
    """Return the digits with one dropped, added, changed or swapped with its neighbour."""
    at = rng.randrange(len(text) + 1)
    digit = str(rng.randrange(10))
    return rng.choice(
        (
            text[:at] + text[at + 1 :],
            text[:at] + digit + text[at:],
            text[:at] + digit + text[at + 1 :],
            text[:at] + text[at + 1 : at + 2] + text[at : at + 1] + text[at + 2 :],
        )
    )


def rows(rng: random.Random) -> Iterator[tuple[str, bool, str]]:
    """Yield digits, plus and default region without end; every territory comes up equally often."""
    everywhere = territories()
    while True:
        rng.shuffle(everywhere)
        for home in everywhere:
            if rng.random() < 0.2:
                text = "".join(rng.choices("0123456789", k=rng.randint(1, 17)))
                plus = rng.random() < 0.4
            else:
                text, plus = rng.choice(WAYS)(home, home.number(rng), rng)
            while rng.random() < 0.25:
                text = slip(text, rng)
            # Where the number is dialled: mostly at home, else anywhere, at no place, or at one that does not exist.
            region = rng.choice((*[home.region] * 6, rng.choice(REGIONS), rng.choice(REGIONS), "", "ZZ"))
            if 0 < len(text) <= 17:
                yield text, plus, region


def columns(source: Iterator[tuple[str, bool, str]], size: int) -> Columns:
    """Return the next rows as columns."""
    digits, plus, regions = zip(*(next(source) for _ in range(size)), strict=True)
    return np.array(digits, "S20"), np.array(plus, bool), np.array(regions, "S2")
