"""Text with its people taken out: what a log or a screen may show of a cell."""

from __future__ import annotations

KEPT = 2
"""Digits that stay at either end."""


def mask(text: str) -> str:
    """Return *text* with the shape it has and nobody in it: "+91 98123 00101" as "+91 ••••• •••01".

    Of the digits the first two and the last two stay, of seven or more; letters become "x", what does not print a
    space. Only the first 40 characters are shown.
    """
    digits = [index for index, letter in enumerate(text) if letter.isdigit()]
    shown = {*digits[:KEPT], *digits[-KEPT:]} if len(digits) > 3 * KEPT else set()
    found = "".join(_masked(letter, index in shown) for index, letter in enumerate(text[:40]))
    return f"{found}…" if len(text) > 40 else found


def _masked(letter: str, shown: bool) -> str:
    if letter.isdigit():
        return letter if shown else "•"
    if letter.isalpha():
        return "x"
    return letter if letter.isprintable() else " "
