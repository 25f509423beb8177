"""A column → what it shows as a whole."""

from __future__ import annotations

import numpy as np

from contact_import.phones.clean import clean
from contact_import.phones.decide.steps import dialled
from contact_import.phones.decide.verdicts import international, is_mobile
from contact_import.phones.evidence import ZEROS, Evidence
from contact_import.phones.origins import Cells, origins
from contact_import.phones.read import read


def survey(
    texts: Cells, *, prefixes: Cells | None = None, countries: Cells | None = None, region: str | None = None
) -> Evidence:
    """Return what a column of cells shows as a whole; the more of the column, the better."""
    cells = list(texts)
    said = origins(len(cells), prefixes, countries, region)
    cleaned = clean(cells)
    digits, zeros, _ = dialled(cleaned, said)
    places = np.flatnonzero((cleaned.plus | zeros) & (digits != b""))
    readings = international(digits[places])
    codes, counts = np.unique(readings.prefix[readings.valid], return_counts=True)
    invalid = places[~readings.valid]
    bare = read(digits[invalid], np.zeros(len(invalid), dtype=np.bool_), said.region[invalid])
    return Evidence(
        international=len(places),
        codes=tuple(zip(codes.tolist(), counts.tolist(), strict=True)),
        plus_national=int(is_mobile(bare).sum()),
        own_code=int((readings.valid & (readings.prefix == said.code[places])).sum()),
        trailing_zeros=int(np.strings.endswith(digits, ZEROS).sum()),
        cells=len(cells),
    )
