"""The numbering plan of one territory, compiled from the metadata of the installed `phonenumbers` into diagrams.

Reading a number is two questions. *Where does the national number begin?* depends on what was dialled from which
region: international prefix, calling code, national prefix. *What is the national number?* depends on the calling
code alone: its region and type. Each answer is a diagram of the digits.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property

from phonenumbers import PhoneMetadata, PhoneNumberDesc, PhoneNumberType

from contact_import.phones.read import pattern
from contact_import.phones.read.diagram import ALL, NOTHING, Diagrams
from contact_import.phones.read.pattern import END, Way

LONGEST = 20
"""No string of digits is longer."""

BEGINS = 1
"""From this label on: the national number begins after `label - BEGINS` digits."""

ABROAD = BEGINS + LONGEST + 1
"""From this label on: a number of another country, calling code first, begins after `label - ABROAD` digits."""

ASIDE = ABROAD + LONGEST + 1
"""This label: the metadata puts other digits in place of some, which no automaton does."""

_BY_PRIORITY = (
    (PhoneNumberType.PREMIUM_RATE, "premium_rate"),
    (PhoneNumberType.TOLL_FREE, "toll_free"),
    (PhoneNumberType.SHARED_COST, "shared_cost"),
    (PhoneNumberType.VOIP, "voip"),
    (PhoneNumberType.PERSONAL_NUMBER, "personal_number"),
    (PhoneNumberType.PAGER, "pager"),
    (PhoneNumberType.UAN, "uan"),
    (PhoneNumberType.VOICEMAIL, "voicemail"),
)


class Territory:
    """One region, or one calling code that belongs to none, seen through a store of diagrams."""

    def __init__(self, diagrams: Diagrams, code: int, region: str) -> None:
        metadata = PhoneMetadata.metadata_for_region_or_calling_code(code, region)
        if metadata is None or metadata.general_desc is None:
            raise LookupError(f"no metadata for {region}")
        self.diagrams = diagrams
        self.code = code
        self.region = region
        self.metadata = metadata
        self.description: PhoneNumberDesc = metadata.general_desc
        self.digits = [{int(digit)} for digit in str(code)]
        self.local = set(self.description.possible_length_local_only)
        self.possible = self.local.union(self.description.possible_length)
        self.too_long = set(range(max(self.description.possible_length) + 1, LONGEST + 1)) - self.local

    @cached_property
    def general(self) -> int:
        """The language of the general description, its lengths left out."""
        return self._matches(self.description, 1)

    @cached_property
    def leading(self) -> int:
        """The language of what begins with this region's leading digits; none where the metadata names none."""
        text = self.metadata.leading_digits
        return self.diagrams.follow(pattern.parse(text), ALL) if text else NOTHING

    def types(self, label: Callable[[int], int]) -> int:
        """Return the diagram that calls a national number `label(type)`: the first type that it matches."""
        either, within, metadata = self.diagrams.either, self.diagrams.within, self.metadata
        result = fixed = self._number(metadata.fixed_line, label(PhoneNumberType.FIXED_LINE))
        both = label(PhoneNumberType.FIXED_LINE_OR_MOBILE)
        if metadata.same_mobile_and_fixed_line_pattern:
            result = self.diagrams.relabel(fixed, lambda _: both)
        else:
            mobile = self._number(metadata.mobile, label(PhoneNumberType.MOBILE))
            overlap = self.diagrams.relabel(within(mobile, fixed), lambda _: both)
            result = either(overlap, either(fixed, mobile))
        for number_type, name in reversed(_BY_PRIORITY):
            result = either(self._number(getattr(metadata, name), label(number_type)), result)
        return within(self._number(self.description, 1), result)

    @cached_property
    def begin(self) -> int:
        """The diagram of where the number begins in a national one: after its prefix, if the rest is long enough."""
        enough = self.diagrams.lengths(self.possible - self.local | self.too_long)
        return self.strip(lambda skip: self.diagrams.choose(enough, ~(BEGINS + skip), ~BEGINS))

    def strip(self, then: Callable[[int], int]) -> int:
        """Return the diagram that strips a national prefix of *skip* digits and goes on with `then(skip)`.

        A prefix is stripped by the first way to match it, unless that would turn a number that fits the general
        description into one that does not.
        """
        chain, choose = self.diagrams.chain, self.diagrams.choose
        untouched = result = then(0)
        for way in reversed(list(_ways(self.metadata.national_prefix_for_parsing))):
            skip = self._stripped_by(way)
            if skip is None:
                taken = ~ASIDE
            else:
                prefix = way.letters[:skip]
                spoilt = choose(chain(prefix, self.general), NOTHING, self.general)
                taken = choose(spoilt, untouched, chain(prefix, then(skip)))
            result = choose(chain(way.letters, ALL), taken, result)
        return result

    def dialled(self, main: Territory) -> int:
        """Return the diagram of where a number begins that was dialled from here, without a plus.

        *main* is the main region of the calling code: its rules apply to a number that begins with the code.
        """
        chain, choose = self.diagrams.chain, self.diagrams.choose
        size = len(self.digits)
        without_code = chain(self.digits, self.strip(lambda skip: main.after(size + skip)))
        better = choose(self.general, NOTHING, chain(self.digits, self.strip(lambda _: self.general)))
        too_long = self.diagrams.lengths(self.too_long)
        starts = choose(chain(self.digits, ALL), self.diagrams.either(better, too_long), NOTHING)
        home = result = choose(starts, without_code, self.begin)
        for way in reversed(list(_ways(self.metadata.international_prefix))):
            # A calling code does not begin with 0, so what does was dialled at home after all.
            zero = chain([*way.letters, {0}], ALL)
            taken = choose(zero, home, ~(ABROAD + len(way.letters)))
            result = choose(chain(way.letters, ALL), taken, result)
        return result

    def after(self, skip: int) -> int:
        """Return the diagram of where the number begins in a national one that follows *skip* other digits."""
        return self.diagrams.relabel(self.begin, lambda label: label if label == ASIDE else label + skip)

    def _stripped_by(self, way: Way) -> int | None:
        """Return how many digits a match of the national prefix takes away, or None where it puts others there.

        A transform rule applies if the last group took part. A rule that puts back the group at the end of the
        match, and nothing else, only takes away what stood before the group.
        """
        digits = sum(END not in among for among in way.letters)
        text, rule = self.metadata.national_prefix_for_parsing or "", self.metadata.national_prefix_transform_rule
        last = text.count("(") - text.count("(?")
        spans = {number: (start, stop) for number, start, stop in way.groups}
        if not rule or last not in spans:
            return digits
        start, stop = spans[last]
        return start if rule == rf"\{last}" and stop == digits else None

    def _number(self, description: PhoneNumberDesc | None, label: int) -> int:
        """Return the diagram that calls *label* what matches the description's pattern and has one of its lengths."""
        if description is None:
            return NOTHING
        diagram = self._matches(description, label)
        if not description.possible_length:
            return diagram  # the lengths of the general description, which is tested anyhow
        return self.diagrams.within(self.diagrams.lengths(description.possible_length), diagram)

    def _matches(self, description: PhoneNumberDesc, label: int) -> int:
        text = description.national_number_pattern
        return self.diagrams.follow(pattern.parse(text), self.diagrams.ends(label)) if text else NOTHING


def _ways(text: str | None) -> Iterator[Way]:
    if text:
        yield from pattern.ways(pattern.parse(text))
