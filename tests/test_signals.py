"""Signals that ask a command to end."""

from __future__ import annotations

import asyncio
import signal
from typing import TYPE_CHECKING

import pytest

from contact_import import api
from contact_import.credentials import Secret
from contact_import.errors import Interrupted
from contact_import.readback import asked
from contact_import.sender import Target
from contact_import.signals import SIGNALS, heard

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def raising() -> Iterator[None]:
    """Let each signal raise, as the command line does, for the length of a test."""

    def interrupt(number: int, _: object) -> None:
        raise Interrupted(number)

    before = {number: signal.signal(number, interrupt) for number in SIGNALS}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.mark.usefixtures("raising")
@pytest.mark.parametrize("number", SIGNALS, ids=lambda number: signal.Signals(number).name)
def test_a_question_ends_by_a_signal_that_arrives_in_a_callback_of_the_loop(number):
    async def question(_: object) -> None:
        asyncio.get_running_loop().call_soon(signal.raise_signal, number)
        await asyncio.sleep(5)
        raise AssertionError("not heard")

    with pytest.raises(Interrupted) as end:
        asked(Target("http://127.0.0.1:9", Secret("token"), api.Wire()), question)
    assert end.value.exit_code == 128 + number


@pytest.mark.usefixtures("raising")
def test_when_nobody_hears_any_more_signals_do_what_they_did_before():
    async def listen() -> list[int]:
        numbers: list[int] = []
        with heard(numbers.append):
            for number in SIGNALS:
                signal.raise_signal(number)
            await asyncio.sleep(0)
            while len(numbers) < len(SIGNALS):
                await asyncio.sleep(0)
        return numbers

    assert sorted(asyncio.run(listen())) == sorted(SIGNALS)
    with pytest.raises(Interrupted):
        signal.raise_signal(SIGNALS[0])
