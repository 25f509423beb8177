"""A plan of faults as a TOML file, to rehearse an outage with."""

from __future__ import annotations

import tomllib
from dataclasses import fields
from typing import TYPE_CHECKING, Any, get_args

from contact_import.errors import UsageProblem
from contact_import.sandbox.catalogue import CATALOGUE, named
from contact_import.sandbox.faults import Do, Fault

if TYPE_CHECKING:
    from pathlib import Path


def read_faults(path: Path) -> tuple[Fault, ...]:
    """Return the faults that the TOML file *path* plans: one `[[fault]]` table each, with `Fault`'s names as keys.

    Its `do` may be an entry of the catalogue as well; what else the table says wins over what the entry says. A
    `seed` above the tables is that of every fault without its own. Raises UsageProblem where the plan cannot be meant.
    """
    try:
        plan = tomllib.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:  # UnicodeDecodeError and TOMLDecodeError are ValueErrors
        raise UsageProblem(f"{path}: cannot be read as TOML: {error}") from error
    tables, seed = plan.get("fault", 0), plan.get("seed", 0)
    if not _are_tables(tables) or type(seed) is not int or plan.keys() - {"fault", "seed"}:
        raise UsageProblem(
            f"{path}: one [[fault]] table for each fault, and nothing else but a number called seed, makes a plan"
        )
    found = []
    for count, table in enumerate(tables, 1):
        try:
            found.append(_fault({"seed": seed, **table}))
        except ValueError as error:
            raise UsageProblem(f"{path}: fault {count}: {error}") from error
    return tuple(found)


def _are_tables(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(item, dict) for item in value)


_KINDS: dict[str, tuple[type, ...]] = {
    **{field.name: (str,) for field in fields(Fault)},
    **dict.fromkeys(("nth", "from_nth", "seed", "times", "status"), (int,)),
    **dict.fromkeys(("rate", "seconds"), (int, float)),
    "reused": (bool,),
    "headers": (dict,),
}


def _fault(table: dict[str, Any]) -> Fault:
    if unknown := sorted(table.keys() - _KINDS.keys()):
        raise ValueError(f"unknown: {', '.join(unknown)}; there are {', '.join(_KINDS)}")
    if "do" not in table:
        raise ValueError("do is missing")
    if wrong := [name for name, value in table.items() if type(value) not in _KINDS[name]]:
        raise ValueError("; ".join(f"{name} is of the wrong type" for name in wrong))
    given = dict(table)
    if "headers" in given:
        given["headers"] = tuple((name, str(value)) for name, value in given["headers"].items())
    given |= {name: given[name].encode() for name in ("body", "filler") if name in given}
    do = given.pop("do")
    if do not in get_args(Do) and do not in CATALOGUE:
        raise ValueError(f"do is one of {', '.join(get_args(Do))}, or of the catalogue: {', '.join(CATALOGUE)}")
    return named(do, **given)
