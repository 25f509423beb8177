import random
import re

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st
from phonenumbers import PhoneMetadata

from contact_import.phones.read.diagram import ALL, NOTHING, Diagrams
from contact_import.phones.read.pattern import END, UnknownConstruct, parse, ways
from tests.phones.drawn import draw, slip

METADATA = [PhoneMetadata.metadata_for_region(region) for region in sorted(phonenumbers.SUPPORTED_REGIONS)]
PREFIXES = {text for each in METADATA for text in (each.national_prefix_for_parsing, each.international_prefix) if text}

digits = st.text("0123456789", max_size=8)
atoms = st.sampled_from(["0", "1", "7", r"\d", "[0-4]", "[13-59]"])
patterns = st.recursive(
    atoms,
    lambda inner: st.one_of(
        st.lists(inner, min_size=2, max_size=4).map("".join),
        st.lists(inner, min_size=2, max_size=3).map(lambda options: f"(?:{'|'.join(options)})"),
        inner.map(lambda item: f"({item})"),
        st.tuples(inner, st.sampled_from(["?", "{2}", "{1,3}", "{0,2}"])).map(lambda two: f"(?:{two[0]}){two[1]}"),
    ),
    max_leaves=8,
)


def said(diagrams, diagram, text):
    """Walk the diagram by hand."""
    for letter in [*map(int, text), END]:
        diagram = diagrams.children(diagram)[letter]
    return ~diagram


@given(patterns, patterns, digits)
def test_a_language_is_what_re_matches(first, second, text):
    diagrams = Diagrams()
    one, two = (diagrams.follow(parse(each), diagrams.ends(1)) for each in (first, second))
    in_one, in_two = (re.fullmatch(each, text) is not None for each in (first, second))
    assert said(diagrams, one, text) == in_one
    assert said(diagrams, diagrams.either(one, two), text) == (in_one or in_two)
    assert said(diagrams, diagrams.within(one, two), text) == (in_one and in_two)
    assert said(diagrams, diagrams.choose(one, NOTHING, two), text) == (in_two and not in_one)
    assert said(diagrams, diagrams.within(diagrams.lengths({2, 5}), one), text) == (in_one and len(text) in {2, 5})
    assert said(diagrams, diagrams.follow(parse(first), ALL), text) == (re.match(first, text) is not None)
    assert said(diagrams, diagrams.relabel(one, lambda label: label + 6), text) == 7 * in_one


@given(patterns, patterns)
def test_equal_languages_are_the_same_diagram(first, second):
    diagrams = Diagrams()
    one, two, either_way = (
        diagrams.follow(parse(each), diagrams.ends(1)) for each in (f"{first}|{second}", f"{second}|{first}", first)
    )
    assert one == two
    assert diagrams.either(one, either_way) == one


def first_way(text, number):
    for way in ways(parse(text)):
        letters = [*map(int, number), END][: len(way.letters)]
        if len(letters) == len(way.letters) and all(map(frozenset.__contains__, way.letters, letters)):
            return way
    return None


@pytest.mark.parametrize("text", sorted(PREFIXES))
def test_ways_come_in_the_order_of_re(text):
    luck = random.Random(text)
    for _ in range(200):
        number = draw(parse(text), luck) + "".join(luck.choices("0123456789", k=luck.randrange(9)))
        number = slip(number, luck) if luck.random() < 0.5 else number
        found, way = re.match(text, number), first_way(text, number)
        assert (found is None) == (way is None)
        if found and way:
            assert sum(END not in among for among in way.letters) == found.end()
            groups = {group: (start, stop) for group, start, stop in way.groups}
            assert [groups.get(group, (-1, -1)) for group in range(1, len(found.groups()) + 1)] == list(found.regs[1:])


@pytest.mark.parametrize(
    "text",
    ["1*", r"\d+", "(?=1)2", "(?P<a>1)", "[^1]", "[12", "(1", "1)", "^1", ".", r"\w", "1{2,}", "1??", r"(1)\1", "[9-]"],
)
def test_another_construct_is_refused(text):
    with pytest.raises(UnknownConstruct):
        parse(text)
