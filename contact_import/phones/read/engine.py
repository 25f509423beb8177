"""The fast engine: columns of digits read by the automaton, and by `phonenumbers` where the automaton cannot.

What it says is what `phonenumbers` says, to the letter: a plan is used only after it agreed with the library on a
sample of every region's numbers, and whatever it does not decide goes to the library itself.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path

import numpy as np
import phonenumbers

from contact_import.phones.read import oracle, plan_cache
from contact_import.phones.read.plan import Plan, compile_plan
from contact_import.phones.read.readings import Readings
from contact_import.phones.read.specimens import specimens
from contact_import.phones.read.walk import read_chunk

CHUNK = 32_768
"""Rows walked at a time: few enough for the processor's cache."""


@dataclass(frozen=True, slots=True)
class Engine:
    """A way to read columns; without a plan, it is `phonenumbers` alone."""

    plan: Plan | None
    status: str
    """What reads, in words."""

    def read(self, digits: np.ndarray, plus: np.ndarray, regions: np.ndarray) -> Readings:
        """Read each digit string; see `Readings` for the contract."""
        if self.plan is None or not len(digits):
            return oracle.read(digits, plus, regions)
        digits, regions = np.ascontiguousarray(digits, "S20"), np.ascontiguousarray(regions, "S2")
        chunks = [slice(start, start + CHUNK) for start in range(0, len(digits), CHUNK)]
        return _joined([_read_chunk(self.plan, digits[rows], plus[rows], regions[rows]) for rows in chunks])


def read(digits: np.ndarray, plus: np.ndarray, regions: np.ndarray) -> Readings:
    """Read each digit string; see `Readings` for the contract."""
    return _engine().read(digits, plus, regions)


def status() -> str:
    """Say what reads: the automaton for a version of `phonenumbers`, or `phonenumbers` alone and why."""
    return _engine().status


def prepare(folder: Path, compiler: Callable[[], Plan] = compile_plan) -> Engine:
    """Return the engine for the installed `phonenumbers`, with the plan kept in *folder* or a new one."""
    version = f"phonenumbers {phonenumbers.__version__}"
    plan = plan_cache.load(folder)
    if plan is None:
        try:
            plan = compiler()
        except (AttributeError, LookupError, TypeError, ValueError) as problem:  # metadata as we have never met it
            return Engine(None, f"phonenumbers alone: cannot compile {version} ({type(problem).__name__}: {problem})")
        if not agrees(plan):
            return Engine(None, f"phonenumbers alone: the automaton for {version} failed its self-check")
        plan_cache.save(plan, folder)
    return Engine(plan, f"automaton for {version}")


def agrees(plan: Plan) -> bool:
    """Tell whether the plan and `phonenumbers` say the same of some 2,000 numbers, and at most a few are given up."""
    columns = specimens()
    said, given_up = read_chunk(plan, *columns)
    expected = oracle.read(*columns)
    return given_up.mean() < 0.1 and all(
        np.array_equal(getattr(said, field.name)[~given_up], getattr(expected, field.name)[~given_up])
        for field in fields(Readings)
    )


@cache
def _engine() -> Engine:
    return prepare(plan_cache.default_folder())


def _read_chunk(plan: Plan, digits: np.ndarray, plus: np.ndarray, regions: np.ndarray) -> Readings:
    readings, given_up = read_chunk(plan, digits, plus, regions)
    rows = np.flatnonzero(given_up)
    if len(rows):
        told = oracle.read(digits[rows], plus[rows], regions[rows])
        for field in fields(Readings):
            getattr(readings, field.name)[rows] = getattr(told, field.name)
    return readings


def _joined(parts: list[Readings]) -> Readings:
    if len(parts) == 1:
        return parts[0]
    return Readings(*(np.concatenate([getattr(part, field.name) for part in parts]) for field in fields(Readings)))
