"""What a column shows as a whole, and what the user asked for: the two things that a row cannot know."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

ZEROS = b"00000"
"""Trailing digits that a real number has once in a hundred thousand."""
CHANCE_OF_ZEROS = 1e-5


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a column shows as a whole. Adding two gives that of both."""

    international: int = 0
    """Cells whose digits are said to be international."""
    codes: tuple[tuple[int, int], ...] = ()
    """Calling codes of the valid ones among them, and how often each is seen."""
    plus_national: int = 0
    """Those among them that are no valid number, but would be a mobile without their plus."""
    own_code: int = 0
    """The valid ones among them that are of their own region's calling code."""
    trailing_zeros: int = 0
    """Cells that end in five zeros."""
    cells: int = 0
    """Cells that were looked at."""

    def __add__(self, other: Evidence) -> Evidence:
        codes = Counter(dict(self.codes)) + Counter(dict(other.codes))
        return Evidence(
            self.international + other.international,
            tuple(sorted(codes.items())),
            self.plus_national + other.plus_national,
            self.own_code + other.own_code,
            self.trailing_zeros + other.trailing_zeros,
            self.cells + other.cells,
        )

    @property
    def zeros_are_scars(self) -> bool:
        """Whether more cells end in five zeros than chance explains, so that a spreadsheet made them."""
        return self.trailing_zeros > max(1, 10 * self.cells * CHANCE_OF_ZEROS)

    @property
    def seen(self) -> frozenset[int]:
        """The calling codes seen on valid international numbers."""
        return frozenset(code for code, _ in self.codes)

    @property
    def plus_is_idle(self) -> bool:
        """Whether the column writes a plus before national numbers, so that no plus in it can be believed."""
        return self.plus_national * 2 > self.international and self.own_code == 0


@dataclass(frozen=True, slots=True)
class Policy:
    """What the user asked for; by default nothing that could reach another person is done."""

    allow_types: frozenset[str] = frozenset()
    """Words of `Phone.type` to send though they are no person's, as "toll-free"; "global": numbers of no country."""
    expect: frozenset[int] = frozenset()
    """Calling codes that numbers without a plus may begin with."""
    br_ninth_digit: bool = False
    """Add the ninth digit to old Brazilian mobiles."""
    ar_assume_mobile: bool = False
    """Take Argentine numbers without the mobile 9 for mobiles."""
    mobile_only: bool = False
    """Refuse landlines."""
    trust_region: bool = False
    """Read a mobile of the region as one, even where a missing plus would make it one of another country."""
