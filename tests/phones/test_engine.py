import copy
import io
import random
import re
import stat
from dataclasses import fields, replace

import numpy as np
import phonenumbers
import pytest
from phonenumbers import PhoneMetadata

from contact_import.phones.read import engine, oracle, plan_cache
from contact_import.phones.read.engine import Engine, agrees, prepare
from contact_import.phones.read.pattern import UnknownConstruct, parse
from contact_import.phones.read.plan import WIDTH, compile_plan
from contact_import.phones.read.readings import Readings
from contact_import.phones.read.walk import read_chunk
from tests.phones import drawn
from tests.phones.oracle_campaign import differences

NO_PLAN = Engine(None, "phonenumbers alone")


@pytest.fixture(scope="module")
def plan():
    return compile_plan()


def columns(*rows):
    digits, plus, regions = zip(*rows, strict=True)
    return np.array(digits, "S20"), np.array(plus, bool), np.array(regions, "S2")


def as_rows(readings):
    return list(zip(*(getattr(readings, field.name).tolist() for field in fields(Readings)), strict=True))


@pytest.mark.parametrize("seed", range(4))
def test_the_engine_says_what_phonenumbers_says_of_50_000_numbers(plan, seed):
    drawn_columns = drawn.columns(drawn.rows(random.Random(seed)), 50_000)
    assert differences(plan, drawn_columns) == []
    assert set(drawn_columns[2].tolist()) > {region.encode() for region in phonenumbers.SUPPORTED_REGIONS}


def altered(item, **changes):
    twin = copy.copy(item)
    vars(twin).update(changes)
    return twin


def scrambled(metadata, others, luck):
    """Return metadata as nobody publishes it: types overlap, lengths are missing, prefixes are another region's."""
    names = [name for name in drawn.TYPES[1:] if getattr(metadata, name) is not None]
    lengths = metadata.general_desc.possible_length
    descriptions = {name: getattr(metadata, luck.choice((name, luck.choice(names)))) for name in names}
    for name in luck.sample(names, k=len(names) // 2):
        some = tuple(sorted(luck.sample(lengths, k=luck.randint(1, len(lengths)))))
        descriptions[name] = altered(descriptions[name], possible_length=some)
    narrow = luck.choice((metadata.general_desc, metadata.general_desc, metadata.fixed_line or metadata.general_desc))
    local = tuple(luck.sample(sorted({2, 3, 4, 5, 6, 7, 12, 16} - set(lengths)), k=2))
    trunk, abroad = luck.choice((metadata, luck.choice(others))), luck.choice((metadata, luck.choice(others)))
    rule = trunk.national_prefix_transform_rule
    return altered(
        metadata,
        **descriptions,
        general_desc=altered(narrow, possible_length=lengths, possible_length_local_only=local),
        leading_digits=luck.choice((metadata.leading_digits, None, "[1-4]", "[3-9]", "9?[0-5]")),
        same_mobile_and_fixed_line_pattern=luck.random() < 0.2,
        national_prefix_for_parsing=trunk.national_prefix_for_parsing,
        national_prefix_transform_rule=rule and luck.choice((rule, rule.lstrip("0123456789"))),
        international_prefix=abroad.international_prefix,
    )


@pytest.mark.parametrize("seed", range(4))
def test_the_compiler_understands_metadata_that_is_yet_to_come(monkeypatch, seed):
    luck = random.Random(seed)
    real = [PhoneMetadata.metadata_for_region(region) for region in drawn.REGIONS]
    for metadata in real:
        monkeypatch.setitem(PhoneMetadata._region_metadata, metadata.id, scrambled(metadata, real, luck))
    assert differences(compile_plan(), drawn.columns(drawn.rows(luck), 20_000)) == []


def test_every_calling_code_is_known_and_no_other(plan):
    every = [(f"{code}{rest}", True, "") for code in range(1000) for rest in ("2012345678", "912345", "000000")]
    assert differences(plan, columns(*every)) == []


@pytest.mark.parametrize("region", ["", "AR", "BS", "BR", "DE", "GB", "IN", "IT", "KR", "RU", "US"])
def test_every_short_string_reads_the_same(plan, region):
    short = [(f"{number:0{size}}", plus, region) for size in (1, 2, 3) for number in range(10**size) for plus in (0, 1)]
    assert differences(plan, columns(*short)) == []


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        pytest.param(("919876543210", True, ""), (91, b"9876543210", 1, b"IN", True, True), id="plus"),
        pytest.param(("09876543210", False, "IN"), (91, b"9876543210", 1, b"IN", True, True), id="national prefix"),
        pytest.param(("919876543210", False, "IN"), (91, b"9876543210", 1, b"IN", True, True), id="own code"),
        pytest.param(("00390612345678", False, "IN"), (39, b"0612345678", 0, b"IT", True, True), id="Italian zero"),
        pytest.param(("2424567890", False, "US"), (1, b"2424567890", 1, b"BS", True, True), id="shared code"),
        pytest.param(("80012345678", True, ""), (800, b"12345678", 3, b"001", True, True), id="no country"),
        pytest.param(("12345", False, "IN"), (91, b"12345", 99, b"", False, False), id="not valid"),
        pytest.param(("9876543210", False, ""), (0, b"", 99, b"", False, False), id="no region"),
        pytest.param(("999123456", True, "IN"), (0, b"", 99, b"", False, False), id="no such code"),
        pytest.param(("0111523456789", False, "AR"), (54, b"91123456789", 1, b"AR", True, True), id="rewritten"),
        pytest.param(("1" * 20, True, ""), (0, b"", 99, b"", False, False), id="too long for the automaton"),
    ],
)
def test_a_number_is_read(plan, row, expected):
    assert as_rows(Engine(plan, "").read(*columns(row))) == [expected]


def test_a_column_longer_than_a_chunk_keeps_its_order_and_dtypes(plan):
    many = drawn.columns(drawn.rows(random.Random(5)), 500)
    times = engine.CHUNK // 500 + 2
    once, often = (Engine(plan, "").read(*(np.tile(column, n) for column in many)) for n in (1, times))
    for field in fields(Readings):
        np.testing.assert_array_equal(np.tile(getattr(once, field.name), times), getattr(often, field.name))
        assert getattr(once, field.name).dtype == getattr(oracle.read(*many), field.name).dtype


def test_an_empty_column_is_read_as_nothing(plan):
    assert as_rows(Engine(plan, "").read(*(column[:0] for column in columns(("1", True, ""))))) == []


def test_few_rows_are_given_up(plan):
    _, given_up = read_chunk(plan, *drawn.columns(drawn.rows(random.Random(6)), 20_000))
    assert 0 < given_up.mean() < 0.01


def swapped(array, first, second):
    array = array.copy()
    array[[first, second]] = array[[second, first]]
    return array


@pytest.mark.parametrize(
    "sabotage",
    [
        pytest.param(lambda plan: replace(plan, type=np.where(plan.type == 1, 0, plan.type)), id="mobile is fixed"),
        pytest.param(
            lambda plan: replace(plan, region=np.where(plan.region == b"KZ", b"RU", plan.region)), id="region"
        ),
        pytest.param(lambda plan: replace(plan, national=swapped(plan.national, 44, 49)), id="two codes"),
        pytest.param(lambda plan: replace(plan, possible=swapped(plan.possible, 44, 49)), id="two codes' lengths"),
        pytest.param(lambda plan: replace(plan, dialled=np.full_like(plan.dialled, plan.dialled[0])), id="no regions"),
        pytest.param(lambda plan: replace(plan, code=np.full_like(plan.code, -3)), id="all given up"),
    ],
)
def test_the_self_check_sees(plan, sabotage):
    assert agrees(plan)
    assert not agrees(sabotage(plan))


def test_a_plan_is_compiled_once_and_kept_for_its_owner_only(tmp_path):
    folder = tmp_path / "cache" / "contact-import"
    first = prepare(folder)
    assert first.status == f"automaton for phonenumbers {phonenumbers.__version__}"
    (kept,) = folder.iterdir()
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    second = prepare(folder, compiler=lambda: pytest.fail("compiled again"))
    for field in fields(first.plan):
        np.testing.assert_array_equal(getattr(first.plan, field.name), getattr(second.plan, field.name))


def test_an_unwritable_folder_is_no_error(tmp_path, plan):
    (tmp_path / "file").touch()
    assert prepare(tmp_path / "file" / "cache", compiler=lambda: plan).plan is plan


def unknown_construct():
    raise UnknownConstruct("[^1]")


@pytest.mark.parametrize(
    ("compiler", "reason"),
    [
        pytest.param(unknown_construct, "cannot compile .* \\(UnknownConstruct: \\[\\^1\\]\\)", id="construct"),
        pytest.param(lambda: parse("1*"), "cannot compile", id="star"),
        pytest.param(lambda: replace(compile_plan(), region=np.array([b"XX"] * 9999)), "self-check", id="self-check"),
    ],
)
def test_without_a_plan_phonenumbers_reads_alone(tmp_path, compiler, reason):
    alone = prepare(tmp_path, compiler)
    assert re.search(f"phonenumbers alone: .*{reason}", alone.status)
    assert list(tmp_path.iterdir()) == []
    assert as_rows(alone.read(*columns(("09876543210", False, "IN")))) == [(91, b"9876543210", 1, b"IN", True, True)]


def npz(**arrays):
    file = io.BytesIO()
    np.savez_compressed(file, **arrays)
    return file.getvalue()


def kept_file(plan, folder):
    plan_cache.save(plan, folder)
    (kept,) = folder.iterdir()
    return kept


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(lambda good, plan: b"", id="empty"),
        pytest.param(lambda good, plan: good[: len(good) // 2], id="half"),
        pytest.param(lambda good, plan: b"not a plan at all", id="text"),
        pytest.param(lambda good, plan: npz(cells=plan.cells), id="another file"),
        pytest.param(lambda good, plan: npz(**contents(plan) | {"cells": plan.cells + 1}), id="states awry"),
        pytest.param(lambda good, plan: npz(**contents(plan) | {"cells": plan.cells * WIDTH}), id="states too high"),
        pytest.param(lambda good, plan: npz(**contents(plan) | {"skip": plan.skip[1:]}), id="labels missing"),
        pytest.param(lambda good, plan: npz(**contents(plan) | {"home": plan.home[1:]}), id="regions missing"),
        pytest.param(lambda good, plan: npz(**contents(plan) | {"skip": np.array([{}])}), id="pickle"),
        pytest.param(lambda good, plan: npz(**contents(plan) | {"code": plan.code + 1000}), id="codes too high"),
        pytest.param(lambda good, plan: npz(**contents(plan) | {"type": plan.type.astype("i8")}), id="dtype"),
    ],
)
def test_a_kept_plan_that_makes_no_sense_is_not_used(tmp_path, plan, damage):
    kept = kept_file(plan, tmp_path)
    kept.write_bytes(damage(kept.read_bytes(), plan))
    assert plan_cache.load(tmp_path) is None
    assert prepare(tmp_path, compiler=lambda: plan).plan is plan
    assert plan_cache.load(tmp_path) is not None


def contents(plan):
    return {field.name: getattr(plan, field.name) for field in fields(plan)}


def test_a_flipped_bit_is_seen_or_harmless(tmp_path, plan):
    kept = kept_file(plan, tmp_path)
    good, luck = kept.read_bytes(), random.Random(7)
    ends = [*range(300), *range(len(good) - 1200, len(good))]
    for at in luck.choices(ends, k=150) + luck.choices(range(len(good)), k=50):
        damaged = bytearray(good)
        damaged[at] ^= 1 << luck.randrange(8)
        kept.write_bytes(damaged)
        loaded = plan_cache.load(tmp_path)
        assert loaded is None or all(
            np.array_equal(contents(loaded)[name], array) for name, array in contents(plan).items()
        )
