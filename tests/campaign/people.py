"""Lists of made-up people, and a reader of them that shares nothing with the program: what each row must come to."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass

FIRST = "Asha Rohan Meera Kabir Fatima Devika Arjun Neha Imran Lakshmi José Zoë Anita Suresh अंजलि Tara".split()
LAST = "Quuxwerth Vexmoor Tillabar Ombrecht Zanderlow Pquist Wyrrell Kestermann".split()
"""Surnames that stand in no program and no log by chance."""
NOTES = ("", "", "", "call back, later", 'says "yes"', "two\nlines", "semi;colon", "tab\there", "=1+1")
HEADER = ("Name", "Mobile", "Note", "Mobile")
"""Two columns have the same header: a row's phone is in the first of them that is not blank."""
ODD = ("", "98123", "98123XXXXX", "2024-01-15", "9999999999")
"""Phones that are not to be sent as they stand."""


@dataclass(frozen=True)
class Person:
    """A row of the list, and what must become of it on a platform that works."""

    row: int
    """As a spreadsheet counts: the header is 1, and blank records are counted."""
    name: str
    phone: str
    """Prefix and number in one; empty where the row cannot be sent."""
    first: bool
    """No earlier row has this phone."""

    @property
    def is_sent(self) -> bool:
        return bool(self.phone) and self.first


def make(luck: random.Random, rows: int, delimiter: str = ",", *, odd: float = 0.05, blank: float = 0.01) -> bytes:
    """Return a list of *rows* people: some numbers in other notations, some that cannot be sent, some twice."""
    start, numbers, lines = luck.randrange(10**7), [], [_line(HEADER, delimiter)]
    for index in range(rows):
        while luck.random() < blank:
            lines.append(delimiter * (len(HEADER) - 1))
        number = f"98{((start + index) * 7_368_787) % 10**8:08d}"
        again = luck.choice(numbers) if numbers and luck.random() < odd else number
        numbers.append(number)
        phone = luck.choice(ODD) if luck.random() < odd else _written(luck, again)
        other = f"97{index:08d}" if phone not in ODD and luck.random() < 0.3 else ""
        name = f"{luck.choice(FIRST)} {luck.choice(LAST)} {index}"
        lines.append(_line((name, phone, luck.choice(NOTES), other), delimiter))
    return "\r\n".join([*lines, ""]).encode()


def _written(luck: random.Random, number: str) -> str:
    forms = (number, number, number, f"+91 {number[:5]} {number[5:]}", f"0{number}", f"+91-{number}")
    return luck.choice(forms)


def _line(cells: tuple[str, ...], delimiter: str) -> str:
    return delimiter.join(
        '"' + cell.replace('"', '""') + '"' if set(cell) & {delimiter, '"', "\n"} else cell for cell in cells
    )


# The independent reader ------------------------------------------------------------


def records(text: str, delimiter: str) -> list[list[str]]:
    """Split *text* into records and cells, as RFC 4180 has it, letter by letter."""
    found, row, cell, quoted, index = [], [], "", False, 0
    while index < len(text):
        letter, after = text[index], text[index + 1 : index + 2]
        if quoted:
            if letter == '"' and after == '"':
                cell, index = cell + '"', index + 1
            elif letter == '"':
                quoted = False
            else:
                cell += letter
        elif letter == '"':
            quoted = True
        elif letter == delimiter:
            row, cell = [*row, cell], ""
        elif letter == "\n":
            found.append([*row, cell.removesuffix("\r")])
            row, cell = [], ""
        else:
            cell += letter
        index += 1
    return [*found, [*row, cell]] if row or cell else found


def phone(cell: str) -> str:
    """Return the Indian mobile number in *cell*, prefix and number in one; empty where it is none."""
    digits = re.sub(r"[ +-]", "", cell)
    if not digits.isdigit() or len(set(digits[-10:])) == 1:
        return ""
    if len(digits) == 11 and digits[0] == "0":
        digits = digits[1:]
    if len(digits) == 10 and digits[0] in "6789":
        return f"91{digits}"
    return digits if len(digits) == 12 and digits[:2] == "91" else ""


def read(data: bytes, delimiter: str = ",") -> tuple[Person, ...]:
    """Return the people of a list that `make` made, in order."""
    header, *rows = records(data.decode(), delimiter)
    places = [index for index, name in enumerate(header) if name == "Mobile"]
    seen: set[str] = set()
    people = []
    for number, cells in enumerate(rows, start=2):
        if not any(cells):
            continue
        found = phone(next((cells[place] for place in places if cells[place]), ""))
        people.append(Person(number, cells[header.index("Name")], found, found not in seen))
        seen.add(found)
    return tuple(people)
