"""Writes a large list of made-up people with known truth: `python sample_data/large.py 100000 contacts.csv`.

One row in twenty-five is damaged in a way a person could still read; the phone it stands for is the last column,
"Truth", which the import does not send. The same seed gives the same file.
"""

from __future__ import annotations

import argparse
import csv
import random
from pathlib import Path

FIRST = "Asha Rohan Meera Kabir Fatima Devika Arjun Neha Imran Lakshmi Joseph Anita Suresh Tara Vikram Zoya".split()
LAST = "Verma Iyer Nair Gill Sheikh Rao Mehta Kulkarni Qureshi Pillai Sharma Patil Banerjee Chauhan Khan Das".split()
CITIES = "Pune Chennai Kochi Ludhiana Mumbai Hyderabad Ahmedabad Nagpur Lucknow Madurai Jaipur Kolkata".split()
DAMAGE = (
    lambda number: f"+91 {number[:5]} {number[5:]}",
    lambda number: f"0{number}",
    lambda number: f"91{number}.0",
    lambda number: f"'91{number}",
    lambda number: f"0091-{number}",
    lambda number: f"tel:+91{number}",
)


def rows(count: int, seed: int) -> list[tuple[str, ...]]:
    """Return *count* rows: name, phone, e-mail, city, tags, truth."""
    luck = random.Random(seed)
    found = []
    for index in range(count):
        first, last = luck.choice(FIRST), luck.choice(LAST)
        number = f"98{(index * 7_368_787 + seed) % 10**8:08d}"  # a step coprime to 10**8: no number comes twice
        phone = luck.choice(DAMAGE)(number) if luck.random() < 0.04 else number
        email = f"{first}.{last}.{index}@example.com".lower()
        found.append((f"{first} {last}", phone, email, luck.choice(CITIES), "newsletter", f"91{number}"))
    return found


def main() -> None:
    """Write the file that the command line names."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", type=int)
    parser.add_argument("path", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    with given.path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("Name", "Mobile", "Email", "City", "Tags", "Truth"))
        writer.writerows(rows(given.count, given.seed))


if __name__ == "__main__":
    main()
