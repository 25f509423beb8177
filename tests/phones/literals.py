"""Every number that `phonenumbers` tests itself with, read in every region: the engine against the library.

python tests/phones/literals.py
"""

from __future__ import annotations

import argparse
import ast
import importlib
import pkgutil
import re
import subprocess
import sys
import tarfile
import time
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import phonenumbers

from contact_import import phones

BUILD = Path(__file__).parents[2] / "build" / "literals"
REGIONS = ["", *sorted(phonenumbers.SUPPORTED_REGIONS)]
COLUMNS = ("prefix", "number", "type", "region", "valid", "possible")
FORMATTING = re.compile(r"[\s\W_]+")
DIGITS = re.compile(r"\+?[0-9]{1,17}")
UNREADABLE = (0, b"", 99, b"", False, False)


def engine() -> Callable:
    """Return the engine's `read`, wherever it lives."""
    names = [one.name for one in pkgutil.walk_packages(phones.__path__, "contact_import.phones.")]
    path = next(name for name in names if name.endswith(".engine"))
    module = importlib.import_module(path)
    print(f"{path}: {module.status()}")
    return module.read


def source(folder: Path) -> Path:
    """Return the tests of the installed `phonenumbers`, fetched and unpacked where they are not yet."""
    name = f"phonenumbers-{phonenumbers.__version__}"
    if not (folder / name).exists():
        folder.mkdir(parents=True, exist_ok=True)
        wanted = ["--no-binary", ":all:", "--no-deps", "--dest", str(folder), name.replace("-", "==", 1)]
        subprocess.run([sys.executable, "-m", "pip", "download", "--quiet", *wanted], check=True)
        with tarfile.open(folder / f"{name}.tar.gz") as archive:
            archive.extractall(folder, filter="data")
    return folder / name / "tests"


def literals(tests: Path) -> set[str]:
    """Return every string in the tests that has a digit."""
    trees = [ast.parse(path.read_text("utf-8")) for path in sorted(tests.rglob("*.py"))]
    nodes = [node.value for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Constant)]
    return {text for text in nodes if isinstance(text, str) and any(map(str.isdigit, text))}


def numbers(texts: set[str]) -> list[str]:
    """Return those that are digits and perhaps a plus once their formatting is taken off."""
    plain = (unicodedata.normalize("NFKC", text).strip() for text in texts)
    ascii_only = ("".join(str(unicodedata.decimal(sign, sign)) for sign in text) for text in plain)
    bare = {"+" * text.startswith("+") + FORMATTING.sub("", text) for text in ascii_only}
    return sorted(text for text in bare if DIGITS.fullmatch(text))


def expected(text: str, region: str) -> tuple:
    """Return what `phonenumbers` itself says, in the order of `COLUMNS`."""
    try:
        read = phonenumbers.parse(text, region or None)
    except phonenumbers.NumberParseException:
        return UNREADABLE
    valid = phonenumbers.is_valid_number(read)
    where = phonenumbers.region_code_for_number(read) if valid else ""
    return (
        read.country_code,
        phonenumbers.national_significant_number(read).encode(),
        phonenumbers.number_type(read),
        (where or "").encode(),
        valid,
        phonenumbers.is_possible_number(read),
    )


def differences(read: Callable, texts: list[str], region: str) -> Iterator[str]:
    """Yield a line for every answer that is not the library's."""
    digits = np.array([text.lstrip("+") for text in texts], "S20")
    plus = np.array([text.startswith("+") for text in texts], bool)
    readings = read(digits, plus, np.full(len(texts), region, "S2"))
    rows = zip(*(getattr(readings, name).tolist() for name in COLUMNS), strict=True)
    for text, row in zip(texts, rows, strict=True):
        right = expected(text, region)
        if row != right:
            yield f"{text} in {region or 'no region'}: {dict(zip(COLUMNS, row, strict=True))}, is {right}"


def main() -> int:
    """Compare all of them in all regions; the exit code tells whether they differ."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--folder", type=Path, default=BUILD, help="where the source of phonenumbers is unpacked")
    chosen = options.parse_args()
    read, begun, found = engine(), time.monotonic(), 0
    every = literals(source(chosen.folder))
    texts = numbers(every)
    for region in REGIONS:
        for line in differences(read, texts, region):
            found += 1
            print(line)
    print(
        f"{len(every):,} literals with a digit, {len(texts):,} numbers, {len(REGIONS)} regions with none among them: "
        f"{len(texts) * len(REGIONS):,} readings, {found} mismatches, {time.monotonic() - begun:.0f} s"
    )
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
