"""Write contact_import/phones/countries.tsv anew: the names of countries in all languages that phonenumbers knows."""

from __future__ import annotations

from collections import defaultdict

from phonenumbers.geodata.locale import LOCALE_DATA

from contact_import.phones.countries import NAMES, fold
from contact_import.phones.regions import CODE_OF


def table() -> str:
    """Return a line for each region: its code, and its names as they are compared."""
    region_of = {
        fold(name): region
        for region, by_language in LOCALE_DATA.items()
        if region in CODE_OF
        for name in by_language.values()
        if not name.startswith("*")  # "the same as in that language"
    }
    names = defaultdict(list)
    for name, region in region_of.items():
        names[region].append(name)
    return "".join(f"{region}\t{'|'.join(sorted(names[region]))}\n" for region in sorted(names))


if __name__ == "__main__":
    NAMES.write_text(table(), encoding="utf-8")
