"""Where a row says that its number is from: its prefix cell, its country cell, or the whole file's region."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np
import pandas as pd

from contact_import.phones.prefixes import BLANK, UNKNOWN, Prefix, prefix_of
from contact_import.phones.regions import code_of
from contact_import.phones.rules import INDEX
from contact_import.phones.texts import Array

NONE = -1
"""No rule."""


@dataclass(frozen=True, slots=True)
class Origins:
    """For each row, the region that its digits are read in, and who says so."""

    region: Array
    """S2, b"" for none."""
    code: Array
    """The calling code of that region, 0 for none."""
    area: Array
    """S3: digits of the prefix cell that belong to the number."""
    prefix_code: Array
    """The calling code that the prefix cell says, 0 for none."""
    country_code: Array
    """The calling code of the country cell, 0 for none."""
    trouble: Array
    """The rule that speaks against the row's own cells; NONE where they are fine."""

    @property
    def own(self) -> Array:
        """Whether the row itself says where it is from."""
        return (self.prefix_code > 0) | (self.country_code > 0)

    def some(self, rows: Array | slice) -> Origins:
        """Return those rows that a mask, a list of places or a slice names."""
        return Origins(*(getattr(self, one.name)[rows] for one in fields(self)))


Cells = Sequence[str] | Array | pd.Series


def origins(
    count: int, prefixes: Cells | None = None, countries: Cells | None = None, region: str | None = None
) -> Origins:
    """Return where each of *count* rows says that it is from."""
    default = Prefix(code_of(region), (region or "").upper()) if code_of(region) else BLANK
    if prefixes is None and countries is None:
        return _origins([(BLANK, BLANK)], default).some(np.zeros(count, dtype=np.int64))
    said, said_rows = _parse(prefixes, count)
    lands, lands_rows = _parse(countries, count)
    # A column says few different things: each is settled once.
    both, rows = np.unique(said_rows * len(lands) + lands_rows, return_inverse=True)
    pairs = [(said[pair // len(lands)], lands[pair % len(lands)]) for pair in both.tolist()]
    return _origins(pairs, default).some(rows)


def _origins(pairs: list[tuple[Prefix, Prefix]], default: Prefix) -> Origins:
    settled = [_settle(*pair, default) for pair in pairs]
    return Origins(
        region=np.array([origin.region for origin, _ in settled], dtype="S2"),
        code=np.array([max(origin.code, 0) for origin, _ in settled], dtype=np.int32),
        area=np.array([origin.area for origin, _ in settled], dtype="S3"),
        prefix_code=np.array([max(prefix.code, 0) for prefix, _ in pairs], dtype=np.int32),
        country_code=np.array([max(country.code, 0) for _, country in pairs], dtype=np.int32),
        trouble=np.array([trouble for _, trouble in settled], dtype=np.int16),
    )


def _settle(prefix: Prefix, country: Prefix, default: Prefix) -> tuple[Prefix, int]:
    """Return the origin that both cells make together, and the rule that speaks against them."""
    if prefix is UNKNOWN:
        return (country if country.code > 0 else default), INDEX["phone-prefix"]
    if prefix.code <= 0:  # blank, or a word like "home": the row is as if it had no prefix cell
        if country.code < 0:
            return default, INDEX["phone-country"]
        return (country if country.code else default), NONE
    if country.code > 0 and country.code != prefix.code:
        return prefix, INDEX["phone-conflict"]
    # A shared code: the country says which of its regions.
    return (prefix._replace(region=country.region) if country.code > 0 else prefix), NONE


def _parse(cells: Cells | None, count: int) -> tuple[list[Prefix], Array]:
    """Return what the different cells of a column say, and for each row the place of its cell among them."""
    if cells is None:
        return [BLANK], np.zeros(count, dtype=np.int64)
    texts = list(cells)
    if len(texts) != count:
        raise ValueError(f"{len(texts)} cells beside {count} numbers")
    places = {text: place for place, text in enumerate(dict.fromkeys(texts))}
    rows = np.fromiter(map(places.__getitem__, texts), dtype=np.int64, count=count)
    return [prefix_of(text) for text in places], rows
