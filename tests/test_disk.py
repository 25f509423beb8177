"""Files that are for their owner alone, whole or not there, and gone when they are to be gone."""

from __future__ import annotations

import os

import pytest

from contact_import import disk


def test_a_file_is_put_in_its_place_whole_and_for_its_owner_alone(tmp_path):
    before = os.umask(0)
    try:
        disk.write(tmp_path / "f", b"first")
        disk.write(tmp_path / "f", b"second")
    finally:
        os.umask(before)
    assert [(path.name, path.read_bytes(), oct(path.stat().st_mode & 0o777)) for path in tmp_path.iterdir()] == [
        ("f", b"second", "0o600")
    ]


def test_what_cannot_be_put_in_its_place_leaves_nothing(tmp_path):
    (tmp_path / "f").mkdir()
    with pytest.raises(OSError, match="Is a directory"):
        disk.write(tmp_path / "f", b"x")
    assert [path.name for path in tmp_path.iterdir()] == ["f"]


def test_a_file_that_is_being_written_has_a_name_of_its_own_and_is_not_swept(tmp_path):
    begun = [disk.begin(tmp_path / "f") for _ in range(3)]
    disk.sweep(tmp_path / "f")
    assert sorted(tmp_path.iterdir()) == sorted(part for part, _ in begun)
    for _, handle in begun[1:]:
        os.close(handle)
    disk.sweep(tmp_path / "f")
    assert list(tmp_path.iterdir()) == [begun[0][0]]
    os.close(begun[0][1])


@pytest.mark.parametrize(
    "name",
    ["f", ".f.part", ".g.01234567.part", ".f.csv.01234567.part", ".f.0123.part"],
)
def test_what_is_not_left_of_that_file_is_not_swept(tmp_path, name):
    (tmp_path / name).write_bytes(b"x")
    disk.sweep(tmp_path / "f")
    assert (tmp_path / name).read_bytes() == b"x"


@pytest.mark.parametrize("lay", [os.link, os.symlink], ids=["another name", "link"])
def test_somebodys_file_that_was_laid_among_what_is_swept_keeps_its_content(tmp_path, lay):
    (tmp_path / "victim").write_bytes(b"mine")
    lay(tmp_path / "victim", disk.part_of(tmp_path / "f", "01234567"))
    disk.sweep(tmp_path / "f")
    assert (tmp_path / "victim").read_bytes() == b"mine"


def test_a_name_with_signs_of_a_pattern_is_taken_as_it_is(tmp_path):
    for name in ("[f]*", "f"):
        disk.part_of(tmp_path / name, "01234567").write_bytes(b"x")
    disk.sweep(tmp_path / "[f]*")
    assert [path.name for path in tmp_path.iterdir()] == [".f.01234567.part"]


def test_a_link_is_followed_neither_by_a_new_file_nor_by_what_overwrites_one(tmp_path):
    (tmp_path / "victim").write_bytes(b"mine")
    for name in ("new", "old"):
        (tmp_path / name).symlink_to(tmp_path / "victim")
    os.close(disk.create(tmp_path / "new"))
    with pytest.raises(OSError, match="symbolic links"):
        disk.shred(tmp_path / "old")
    assert (tmp_path / "victim").read_bytes() == b"mine"
    assert not (tmp_path / "new").is_symlink()


@pytest.mark.parametrize("size", [0, 1, 5_000, (1 << 20) + 17])
def test_a_file_that_is_removed_was_overwritten_to_its_last_byte(tmp_path, size):
    (tmp_path / "f").write_bytes(b"x" * size)
    with (tmp_path / "f").open("rb") as file:
        disk.shred(tmp_path / "f")
        assert file.read() == bytes(size)
    assert list(tmp_path.iterdir()) == []
