"""Runs a process under ptrace and shows every system call that writes, before it is made: to kill there, or to record.

Linux on x86-64 only, and nothing to install. Unlike `strace -e inject=…:when=n`, which counts for each thread apart,
the count here is the process's own, whichever of its threads makes the call.
"""

from __future__ import annotations

import ctypes
import functools
import os
import platform
import signal
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from collections.abc import Callable

CALLS = {
    1: "write",
    18: "pwrite64",
    20: "writev",
    44: "sendto",
    45: "recvfrom",
    46: "sendmsg",
    74: "fsync",
    75: "fdatasync",
    76: "truncate",
    77: "ftruncate",
    82: "rename",
    264: "renameat",
    316: "renameat2",
    87: "unlink",
    263: "unlinkat",
    257: "openat",
    83: "mkdir",
    90: "chmod",
    91: "fchmod",
    42: "connect",
}
"""The calls that change something outside of the process, or take in what the platform says (asm/unistd_64.h)."""

TRACEME, SYSCALL, SETOPTIONS, SYSCALL_INFO = 0, 24, 0x4200, 0x420E
OPTIONS = 0x1 | 0x2 | 0x4 | 0x8 | 0x10 | 0x100000
"""Mark system calls; follow fork, vfork, clone and exec; end the process if we end (linux/ptrace.h)."""
ALL_THREADS = 0x40000000
ENTRY = 1
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT


class _Info(ctypes.Structure):
    """`struct ptrace_syscall_info` at the entry of a system call."""

    _fields_ = (
        *(("op", ctypes.c_uint8), ("pad", ctypes.c_uint8 * 3), ("arch", ctypes.c_uint32)),
        *(("instruction", ctypes.c_uint64), ("stack", ctypes.c_uint64)),
        *(("number", ctypes.c_uint64), ("arguments", ctypes.c_uint64 * 6), ("rest", ctypes.c_uint64 * 4)),
    )


_libc = ctypes.CDLL(None, use_errno=True)
_libc.ptrace.argtypes = [ctypes.c_long, ctypes.c_long, ctypes.c_void_p, ctypes.c_void_p]
_libc.ptrace.restype = ctypes.c_long


def _ptrace(request: int, thread: int, address: int = 0, data: object = None) -> None:
    if _libc.ptrace(request, thread, address, data) < 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))


@dataclass(frozen=True)
class Call:
    """A system call that is about to be made."""

    name: str
    thread: int
    arguments: tuple[int, ...]

    @property
    def path(self) -> str:
        """The file it is about: by name, or by the descriptor that it is given; a socket says so."""
        if self.name in {"unlink", "rename", "truncate", "mkdir", "chmod"}:
            return self.text(0)
        if self.name in {"openat", "unlinkat", "renameat", "renameat2"}:
            return self.text(1)
        try:
            return str(Path(f"/proc/{self.thread}/fd/{self.arguments[0]}").readlink())
        except OSError:
            return "?"

    def text(self, argument: int) -> str:
        """Return the text that the *argument* points to."""
        return os.fsdecode(self.memory(self.arguments[argument], 4096).partition(b"\0")[0])

    @property
    def data(self) -> bytes:
        """What a `write` or `pwrite64` writes."""
        return self.memory(self.arguments[1], self.arguments[2])

    def memory(self, address: int, size: int) -> bytes:
        """Return *size* bytes of the process's memory at *address*, fewer where the memory ends."""
        memory = os.open(f"/proc/{self.thread}/mem", os.O_RDONLY)
        try:
            return os.pread(memory, size, address)
        finally:
            os.close(memory)


@dataclass
class Traced:
    """A process that has ended."""

    code: int = 0
    """Its exit code, or minus the signal that killed it."""
    calls: list[str] = field(default_factory=list)
    """The writing calls it made or was about to make, with their files' names."""


def trace(start: Callable[[], NoReturn], killer: Callable[[Call, int], bool]) -> Traced:
    """Fork, run *start* in the child, and show each writing call and its count to *killer*; True kills the child there.

    The caller must have no other child that ends meanwhile.
    """
    child = os.fork()
    if not child:
        try:
            _ptrace(TRACEME, 0)
            os.kill(os.getpid(), signal.SIGSTOP)
            start()
        finally:
            os._exit(99)
    os.waitpid(child, 0)
    _ptrace(SETOPTIONS, child, 0, OPTIONS)
    _ptrace(SYSCALL, child)
    return _follow(child, killer)


def _follow(child: int, killer: Callable[[Call, int], bool]) -> Traced:
    found, killed = Traced(), False
    while True:
        thread, status = os.waitpid(-1, ALL_THREADS)
        if not os.WIFSTOPPED(status):
            if thread == child:
                found.code = os.waitstatus_to_exitcode(status)
                return found
            continue
        number = os.WSTOPSIG(status)
        if number == signal.SIGTRAP | 0x80 and not killed and (call := _entered(thread)):
            found.calls.append(f"{call.name} {Path(call.path).name}")
            if killer(call, len(found.calls)):
                os.kill(child, signal.SIGKILL)
                killed = True
        passed_on = 0 if number in {signal.SIGTRAP, signal.SIGTRAP | 0x80, signal.SIGSTOP} else number
        try:
            _ptrace(SYSCALL, thread, 0, passed_on)
        except ProcessLookupError:  # it is being killed
            continue


def _entered(thread: int) -> Call | None:
    """Return the writing call that *thread* is about to make, None where it is another one, or on its way back."""
    info = _Info()
    try:
        _ptrace(SYSCALL_INFO, thread, ctypes.sizeof(info), ctypes.byref(info))
    except ProcessLookupError:
        return None
    name = CALLS.get(info.number) if info.op == ENTRY else None
    if name is None or (name == "openat" and not info.arguments[2] & WRITING):
        return None
    return Call(name, thread, tuple(info.arguments))


@functools.cache
def is_possible() -> bool:
    """Tell whether this machine lets us trace a child of ours."""
    if sys.platform != "linux" or platform.machine() != "x86_64":
        return False
    seen: list[str] = []

    def start() -> NoReturn:
        os.write(os.open(os.devnull, os.O_WRONLY), b"x")
        os._exit(7)

    def look(call: Call, _: int) -> bool:
        seen.append(call.name)
        return False

    try:
        return trace(start, look).code == 7 and "write" in seen
    except OSError:
        return False
