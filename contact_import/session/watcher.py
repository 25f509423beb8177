"""Whoever follows a run, and what they hear."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from contact_import.quarantine import PREFIX

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager

    from contact_import.account import Account
    from contact_import.pipeline import Chunk


class Watcher(Protocol):
    """Whoever follows a run: the screen."""

    def say(self, text: str) -> None:
        """Take in what anybody who looks on should know."""

    def warn(self, text: str) -> None:
        """Take in what also those should know who do not look on."""

    def detail(self, text: str) -> None:
        """Take in what only the curious want to know."""

    def follow(self, account: Account) -> AbstractContextManager[None]:
        """Look at *account* while the block runs."""


def watched(chunks: Iterator[Chunk], screen: Watcher) -> Iterator[Chunk]:
    """Pass *chunks* on; *screen* hears of the rows that this program fails at."""
    for chunk in chunks:
        for row, reason in chunk.sheet.loc[chunk.sheet["reason"].str.startswith(PREFIX), ["row", "reason"]].to_numpy():
            screen.warn(f"row {row}: {reason}")
        yield chunk
