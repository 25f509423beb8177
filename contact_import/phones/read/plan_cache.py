"""The compiled plan between runs: a file in the user's cache folder, trusted only as far as it makes sense."""

from __future__ import annotations

import contextlib
import os
import struct
import tempfile
import zipfile
import zlib
from dataclasses import fields
from pathlib import Path

import numpy as np
import phonenumbers
import platformdirs

from contact_import.phones.read.plan import MARGIN, WIDTH, Plan
from contact_import.phones.read.territory import LONGEST

FORMAT = 1
"""The version of all that a plan depends on but the metadata: raise it when the compiler or `Plan` changes."""

_SHAPES: dict[str, tuple[str, tuple[int | None, ...]]] = {
    "cells": ("<i4", (None,)),
    "home": ("<i4", (65536,)),
    "dialled": ("<i4", (65536,)),
    "abroad": ("<i4", ()),
    "skip": ("|i1", (None,)),
    "code": ("<i4", (None,)),
    "national": ("<i4", (1000,)),
    "region": ("|S3", (None,)),
    "type": ("|i1", (None,)),
    "possible": ("|b1", (1000, LONGEST + 1)),
}
_DAMAGE = (OSError, EOFError, ValueError, LookupError, MemoryError, RuntimeError, struct.error, zlib.error)
"""What reading something that is no plan can raise, besides BadZipFile."""


NOWHERE = Path(os.devnull) / "contact-import"
"""A folder that nobody can make: nothing is kept there, and nothing found."""


def default_folder() -> Path:
    """Return the folder where plans are kept; `NOWHERE` for a user without a home, as containers have them."""
    try:
        return Path(platformdirs.user_cache_dir("contact-import"))
    except RuntimeError:
        return NOWHERE


def load(folder: Path) -> Plan | None:
    """Return the plan kept for the installed `phonenumbers`, or None when there is none or it makes no sense."""
    try:
        with zipfile.ZipFile(_path(folder)) as archive:
            if archive.testzip() is not None:
                return None
        with np.load(_path(folder), allow_pickle=False) as arrays:
            plan = Plan(**{field.name: arrays[field.name] for field in fields(Plan)})
    except (zipfile.BadZipFile, *_DAMAGE):
        return None
    return plan if _makes_sense(plan) else None


def save(plan: Plan, folder: Path) -> None:
    """Keep the plan, for this user only. That the folder cannot be written costs time at the next start, no more."""
    with contextlib.suppress(OSError):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=folder, suffix=".tmp")  # with mode 0600
        try:
            with os.fdopen(handle, "wb") as file:
                np.savez_compressed(file, **{field.name: getattr(plan, field.name) for field in fields(Plan)})
            Path(name).replace(_path(folder))
        except OSError:
            Path(name).unlink()


def _path(folder: Path) -> Path:
    return folder / f"phone-plan-{phonenumbers.__version__}-{FORMAT}.npz"


def _makes_sense(plan: Plan) -> bool:
    """Tell whether no walk over this plan can leave its arrays."""
    for name, (dtype, shape) in _SHAPES.items():
        array = getattr(plan, name)
        if array.dtype != np.dtype(dtype) or array.ndim != len(shape):
            return False
        if any(wanted not in {None, size} for wanted, size in zip(shape, array.shape, strict=True)):
            return False
    labels = len(plan.skip)
    states = np.concatenate([plan.cells, plan.dialled, plan.national, plan.abroad.reshape(1)])
    return bool(
        labels == len(plan.code) == len(plan.region) == len(plan.type)
        and states.min() >= 0
        and states.max() <= len(plan.cells) - MARGIN
        and not (states % WIDTH).any()
        and plan.home.min() >= 0
        and max(plan.home.max(), plan.code.max(initial=0)) < len(plan.national)
        and plan.skip.min(initial=0) >= 0
        and plan.skip.max(initial=0) <= LONGEST
    )
