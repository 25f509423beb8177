"""What the cells of a column look like: phone numbers, e-mail addresses, dial codes, countries, names, or nothing."""

from __future__ import annotations

import re
from collections import Counter
from functools import cached_property
from itertools import islice, pairwise
from typing import TYPE_CHECKING

from contact_import.schema import normal, normals, table

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd

ENOUGH = 200
"""Filled cells that are looked at in a column: more would not change a share by much, only the time it takes."""

BELIEVED = 0.5
"""Share of values that must agree with a header that has other meanings too."""

_MANY = 5
"""Filled cells that prove a repetition: a family of four may have one phone."""

_SEVERAL = re.compile(r"\s*(?: ::: |[,;/|\n]| or )\s*")
_PHONE_DRESS = re.compile(
    r"^[\s'=\"\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]*(?:p|tel|whatsapp)?\s*:?\s*", re.IGNORECASE
)
_PHONE_SIGNS = re.compile(r"[+()\-.\s\"\u2010-\u2015\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_NO_PHONE = re.compile(
    r"(?:\d{1,2}|\d{4})[-./ ]\d{1,2}[-./ ](?:\d{4}|\d{2})(?:[ T].*)?"  # a date
    r"|(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"  # a date without its signs
    r"|-?\d*\.(?!0$)\d+"  # an amount, a coordinate; 9876543210.0 is a phone that Excel took for a number
    r"|(?:\d{1,3}\.){3}\d{1,3}"  # an IP address
)
_EMAIL = re.compile(r"(?:mailto:)?[^\s@<>,;]+@[^\s@<>,;]+\.[^\s@<>,;.]{2,}", re.IGNORECASE)
_DIAL_CODE = re.compile(r"(?:\+|00)?\s*(?!0)\d{1,4}(?:\.0)?|\+?\s*1[- ]\d{3}")
_INTERNATIONAL = re.compile(r"\s*(?:\+|00)\s*(?!0)\d")


def is_phone(cell: str) -> bool:
    """Tell whether the first value in *cell* has the 7 to 15 digits of a phone, and nothing speaks against it."""
    dressed = _PHONE_DRESS.sub("", _SEVERAL.split(cell.strip(), maxsplit=1)[0])
    if _NO_PHONE.fullmatch(dressed):
        return False
    digits = _PHONE_SIGNS.sub("", dressed.removesuffix(".0"))
    return digits.isdecimal() and 7 <= len(digits) <= 15


def is_long_phone(cell: str) -> bool:
    """Tell whether *cell* has the shape of a phone, and more digits than the eight of a Brazilian post code."""
    return is_phone(cell) and sum(map(str.isdecimal, cell)) > _POST_CODE


def _digits(cell: str) -> str:
    return "".join(filter(str.isdecimal, cell.removesuffix(".0")))


_POST_CODE = 8
_SAYS_NOTHING = table("""
    na | n/a | not available | not provided | not given | not known | unknown | pending | awaited | tbd | nil | none
    null | no | not | not on whatsapp | yes | y | n | same | same as above
    same number | same as mobile | same as phone | idem | true | false | available | dnd | não | sim | não tem
    sem whatsapp | o mesmo | mesmo | sí | no tiene | mismo | el mismo | non | oui | aucun | le même | nein | ja
    kein | keine | gleich | sì | stesso | nee | geen | zelfde | nie | tak | brak | hayır | evet | yok | aynı | нет
    да | тот же | لا | نعم | لا يوجد | نفس الرقم | हाँ | नहीं | वही | tidak | tidak ada | ya | ada | sama | なし
    同じ | 同上 | 없음 | 없다 | 동일 | 无 | 無 | 没有 | 有 | 同 | 是 | 否
""")
"""What people write in a cell for want of a phone: yes, no, the same, not available."""


def is_email(cell: str) -> bool:
    """Tell whether the first value in *cell* has the shape of an e-mail address."""
    return "@" in cell and _EMAIL.fullmatch(_SEVERAL.split(cell.strip(), maxsplit=1)[0]) is not None


def is_dial_code(cell: str) -> bool:
    """Tell whether *cell* could be a country's calling code: 91, +44, 1-242."""
    return _DIAL_CODE.fullmatch(cell.strip()) is not None


def is_calling_code(cell: str) -> bool:
    """Tell whether *cell* is a dial code that is assigned."""
    from contact_import.phones.prefixes import prefix_of  # noqa: PLC0415 - importing the mapping must not cost pandas

    return is_dial_code(cell) and prefix_of(cell).code > 0


def is_marked_dial_code(cell: str) -> bool:
    """Tell whether *cell* is a dial code that says so, as 91 does not: it is also the area code of Madrid."""
    return is_dial_code(cell) and is_international(cell)


def is_international(cell: str) -> bool:
    """Tell whether the number in *cell* begins with + or 00."""
    return _INTERNATIONAL.match(_PHONE_DRESS.sub("", cell)) is not None


def is_country(cell: str) -> bool:
    """Tell whether *cell* could be a country's name or letters; which one it is, is for another room to find out."""
    return len(cell) <= 60 and is_words(cell) and not any(char.isdecimal() for char in cell)


def is_words(cell: str) -> bool:
    """Tell whether *cell* is made of words: a name, a town, a remark."""
    letters = sum(char.isalpha() for char in cell)
    return letters > 0 and "@" not in cell and letters > sum(char.isdecimal() for char in cell)


LOOKS: dict[str, tuple[Callable[[str], bool], str]] = {
    "phone": (is_phone, "phone numbers"),
    "email": (is_email, "e-mail addresses"),
    "prefix": (is_dial_code, "dial codes"),
    "country": (is_country, "countries"),
    "name": (is_words, "names"),
    "first_name": (is_words, "names"),
    "last_name": (is_words, "names"),
}
"""How the values of a field look, and the word for it."""


def evidence(share: float, field: str) -> str:
    """Return the words for a *share* of values that look like *field*."""
    # Rounded down: "100 %" is said only where it is all of them.
    return f"values: {int(share * 100)} % look like {LOOKS[field][1]}"


class Values:
    """The cells of the first rows, looked at only where a header leaves a doubt."""

    def __init__(self, sample: pd.DataFrame) -> None:
        self._sample = sample
        self._cells: dict[int, list[str]] = {}
        self._filled: dict[int, list[str]] = {}
        self._shares: dict[tuple[int, Callable[[str], bool]], float] = {}
        self._repeats: dict[int, bool] = {}

    @cached_property
    def any_rows(self) -> bool:
        """Tell whether there are rows at all."""
        return len(self._sample) > 0

    def column(self, index: int) -> list[str]:
        """Return the cells of column *index*; none where the sample is narrower."""
        if index not in self._cells:
            inside = index < self._sample.shape[1]
            self._cells[index] = self._sample.iloc[:, index].tolist() if inside else []
        return self._cells[index]

    def filled(self, index: int) -> list[str]:
        """Return the first cells of column *index* that are not blank."""
        if index not in self._filled:
            self._filled[index] = list(islice(filter(str.strip, self.column(index)), ENOUGH))
        return self._filled[index]

    def share(self, index: int, looks: Callable[[str], bool]) -> float:
        """Return the share of the filled cells of column *index* for which *looks* is true."""
        if (index, looks) not in self._shares:
            cells = self.filled(index)
            self._shares[index, looks] = sum(map(looks, cells)) / len(cells) if cells else 0.0
        return self._shares[index, looks]

    def like(self, index: int, field: str) -> float:
        """Return the share of the filled cells of column *index* that look like *field*, one of `LOOKS`."""
        return self.share(index, LOOKS[field][0])

    def told(self, index: int) -> list[str]:
        """Return the first cells of column *index* that say anything: neither blank nor "n/a"."""
        nothing = normals(_SAYS_NOTHING) | {""}
        return [cell for cell in self.filled(index) if normal(cell) not in nothing]

    def told_share(self, index: int, looks: Callable[[str], bool]) -> float:
        """Return the share of those cells of column *index* that say anything for which *looks* is true."""
        told = self.told(index)
        return sum(map(looks, told)) / len(told) if told else 0.0

    def distinct(self, index: int) -> tuple[int, int]:
        """Return how many cells of column *index* look like phones, and how many different phones they are."""
        phones = [_digits(cell) for cell in self.filled(index) if is_phone(cell)]
        return len(phones), len(set(phones))

    def is_few_beside(self, index: int, other: int) -> bool:
        """Tell whether the phones of column *index* are few that come back, where those of column *other* are not."""
        (cells, phones), (others, different) = self.distinct(index), self.distinct(other)
        return self.comes_back(index) and others >= _MANY and different / others >= 2 * phones / cells

    def comes_back(self, index: int) -> bool:
        """Tell whether at most half of the phones of column *index*, of five cells at least, are different ones."""
        cells, phones = self.distinct(index)
        return cells >= _MANY and phones / cells <= BELIEVED

    def repeats(self, index: int) -> bool:
        """Tell whether more than half of the cells of column *index*, of five at least, are one and the same phone."""
        if index not in self._repeats:
            cells = self.filled(index)
            most = Counter(filter(is_phone, cells)).most_common(1) if len(cells) >= _MANY else []
            self._repeats[index] = bool(most) and most[0][1] > len(cells) / 2
        return self._repeats[index]

    def counts_up(self, index: int) -> bool:
        """Tell whether column *index* is a running number, which no column of phones is."""
        numbers = [int(cell) for cell in self.filled(index) if cell.strip().isdecimal() and len(cell) < 20]
        steps = sum(abs(after - before) == 1 for before, after in pairwise(numbers))
        return steps >= 2 and steps > len(numbers) / 2

    def contains(self, whole: int, part: int) -> bool | None:
        """Tell whether column *whole* repeats the words of column *part* in most rows; None where no row has both."""
        pairs = zip(self.column(whole), self.column(part), strict=False)
        both = [(set(a.casefold().split()), set(b.casefold().split())) for a, b in pairs if a.strip() and b.strip()]
        return sum(b <= a for a, b in both) > len(both) / 2 if both else None
