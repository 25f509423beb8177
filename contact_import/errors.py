"""What can stop a run. Each error knows the exit code it ends with.

StoppedRun
├── UsageProblem      2   wrong command line or configuration
├── Unfinished        4   the platform does not answer; run it again
├── TokenRefused      5   the platform refused the token
├── NotTheApi         6   the answer is not the API's, or it refuses everything
├── InputProblem      7   the input cannot be read or mapped, or a guard tripped
├── JournalProblem    8   journal or disk unusable
│   └── Unreadable    8   a journal that is damaged
├── Locked            9   another run is at work
├── Interrupted       130, 143
└── AccountProblem    1   rows in and outcomes out do not add up
"""

from __future__ import annotations


class StoppedRun(Exception):
    """A run cannot go on. The text says what is wrong, where, and what to do; never a cell's text."""

    exit_code = 1
    run = ""
    """The run that had begun and has no summary: what became of its rows, its journal knows."""


class AccountProblem(StoppedRun):
    """The rows read and the outcomes given do not add up: a fault of this program."""

    exit_code = 1


class UsageProblem(StoppedRun):
    """The command line or the configuration is wrong."""

    exit_code = 2


class Unfinished(StoppedRun):
    """The platform gave no usable answer for too long; the same command goes on later."""

    exit_code = 4


class TokenRefused(StoppedRun):
    """The platform refused the token."""

    exit_code = 5


class NotTheApi(StoppedRun):
    """The answer is not the API's, or the API refuses everything."""

    exit_code = 6


class InputProblem(StoppedRun):
    """The input cannot be read or mapped, or a guard tripped."""

    exit_code = 7


class JournalProblem(StoppedRun):
    """The journal or the disk under it cannot be used."""

    exit_code = 8


class Unreadable(JournalProblem):
    """A journal is damaged: what its run sent is not known any more."""


class Locked(StoppedRun):
    """Another run is at work for the same platform address."""

    exit_code = 9


class Interrupted(StoppedRun):
    """A signal asked the run to stop; 128 + the signal's number is the exit code."""

    def __init__(self, signal_number: int) -> None:
        super().__init__("interrupted; every state is saved, and the same command goes on")
        self.exit_code = 128 + signal_number
