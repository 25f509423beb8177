"""The screen: progress, words on the way, the summary, the error line. The only importer of rich.

Everything goes to standard error. Text from cells, headers, file names and servers reaches the terminal only through
`show`, as text: no markup, no control code.
"""

from __future__ import annotations

import contextlib
import os
import sys
import threading
import time
from dataclasses import asdict
from io import StringIO, TextIOBase
from typing import TYPE_CHECKING, Any, TextIO, cast

from rich.console import Console
from rich.progress import BarColumn, Progress, ProgressColumn, Task, TaskProgressColumn, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from contact_import.models import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import RenderableType

    from contact_import.account import Account
    from contact_import.inspection import FileView, Inspection
    from contact_import.summary import Summary

SECONDS_A_LINE = 10.0
"""How often progress is written where there is no terminal, with --verbose."""
FAILED = (Outcome.REJECTED, Outcome.HELD, Outcome.UNCONFIRMED)
COLOURS = {
    Outcome.ACCEPTED: "green",
    Outcome.READY: "green",
    Outcome.REJECTED: "red",
    Outcome.HELD: "yellow",
    Outcome.UNCONFIRMED: "red",
    Outcome.NOT_SENT: "yellow",
}
VALIDITY = "A valid number is one that is well formed; nobody checked that it is the right person's."
_HIDDEN = {
    *range(0x20),
    *range(0x7F, 0xA0),
    *range(0x200B, 0x2010),
    *range(0x202A, 0x202F),
    *range(0x2060, 0x2070),
    0xFEFF,
}


def show(text: str) -> Text:
    """Return *text* for the terminal, every control, direction and invisible character written out as its escape."""
    return Text("".join(f"\\u{ord(c):04x}" if ord(c) in _HIDDEN or 0xD800 <= ord(c) < 0xE000 else c for c in text))


class _Surviving(TextIOBase):
    """A stream that may be full, closed or gone: what is written to it then is lost, and the import goes on."""

    def __init__(self, stream: TextIO | None) -> None:
        self._stream = stream or StringIO()

    def write(self, text: str) -> int:
        with contextlib.suppress(OSError, ValueError):
            return self._stream.write(text)
        return len(text)

    def flush(self) -> None:
        with contextlib.suppress(OSError, ValueError):
            self._stream.flush()

    def isatty(self) -> bool:
        return self._stream.isatty()

    @property
    def encoding(self) -> str:  # type: ignore[override]  # what rich asks for is read only
        return self._stream.encoding or "utf-8"


def _console(stream: TextIO | None, *, colour: bool, wrap: bool = False) -> Console:
    """Return a console that shows text as text: no markup, no emoji codes, no colours of its own for digits."""
    return Console(
        file=cast("TextIO", _Surviving(stream)),
        markup=False,
        emoji=False,
        highlight=False,
        soft_wrap=not wrap,
        no_color=None if colour else True,
    )


class Screen:
    """What the person at the keyboard sees."""

    def __init__(self, *, quiet: bool = False, verbose: bool = False, colour: bool = True) -> None:
        """Print to standard error: nothing but errors when *quiet*, more when *verbose*."""
        self._quiet = quiet
        self._verbose = verbose
        self._colour = colour
        self._console = _console(sys.stderr, colour=colour)

    @property
    def _watched(self) -> bool:
        """Somebody looks at a terminal."""
        return self._console.is_terminal or (os.environ.get("TERM") == "dumb" and sys.stderr.isatty())

    def _print(self, what: RenderableType) -> None:
        self._console.print(what)

    def error(self, text: str) -> None:
        """Print why the run stopped."""
        self._print(Text.assemble(("contact-import: ", "bold red"), show(text)))

    def say(self, text: str) -> None:
        """Print a line for who wants to follow along: on a terminal, or with --verbose."""
        if not self._quiet and (self._watched or self._verbose):
            self._print(show(text))

    def detail(self, text: str) -> None:
        """Print a line with --verbose only."""
        if self._verbose and not self._quiet:
            self._print(show(text))

    def inspection(self, found: Inspection) -> None:
        """Print one screen about the files; it is what was asked for, so it goes to standard output."""
        out = _console(sys.stdout, colour=self._colour)
        for view in found.files:
            out.print(show(_describe(view)))
            out.print(_columns(view))
        out.print(Text.assemble((f"{found.rows:,} rows: ", "bold"), show(_counts(found.outcomes))))
        for title in ("reasons", "warnings", "countries"):
            if counts := getattr(found, title):
                out.print(Text.assemble((f"{title}: ", "bold"), show(_counts(counts))))
        if found.rules:
            out.print(_rules({name: asdict(rule) for name, rule in found.rules.items()}))
        out.print(Text(VALIDITY, style="dim"))
        out.print(Text.assemble(("→ ", "bold"), show(found.next_command)))

    def contacts(self, contacts: Sequence[dict[str, Any]]) -> None:
        """Print the contacts that a sandbox has stored, newest first."""
        table = Table("name", "phone", "e-mail", "tags", "attributes", box=None, pad_edge=False)
        for contact in contacts:
            details = contact["profile"]["userDetails"]
            phone = details["contact"]["phone"]
            attributes = ", ".join(f"{pair['key']}={pair['value']}" for pair in details.get("attributes", ()))
            cells = (
                details.get("userProvidedName", ""),
                f"+{phone['prefix']} {phone['number']}",
                details["contact"].get("email", ""),
                ", ".join(details.get("tags", ())),
                attributes,
            )
            table.add_row(*map(show, cells))
        out = _console(sys.stdout, colour=self._colour, wrap=True)
        out.print(table)
        out.print(Text(f"{len(contacts):,} contacts in the sandbox inbox", style="bold"))

    @contextlib.contextmanager
    def follow(self, account: Account) -> Iterator[None]:
        """Show how far *account* is while the block runs: a bar on a terminal, lines with --verbose, else nothing."""
        if self._quiet or not (self._watched or self._verbose):
            yield
        elif self._watched and not self._console.is_dumb_terminal:
            with _Bar(account, self._console):
                yield
        else:
            with self._lines(account):
                yield

    @contextlib.contextmanager
    def _lines(self, account: Account) -> Iterator[None]:
        done, started = threading.Event(), time.monotonic()

        def write() -> None:
            while not done.wait(SECONDS_A_LINE):
                self._print(Text(f"{_progress(account)}, {time.monotonic() - started:.0f} s"))

        thread = threading.Thread(target=write, name="progress", daemon=True)
        thread.start()
        try:
            yield
        finally:
            done.set()
            thread.join()

    def serving(self, address: str, token: str) -> None:
        """Print where a sandbox is, and the command that sends to it."""
        self._print(show(f"SANDBOX at {address}; that page is its inbox. Ctrl-C ends it. Send to it with:"))
        self._print(show(f"  CONTACT_IMPORT_TOKEN={token} contact-import upload FILE --base-url {address}"))

    def summary(self, summary: Summary, advice: Sequence[str]) -> None:
        """Print the account of a run: always where something is left to do, on success only to who follows along."""
        if self._quiet or not (self._watched or self._verbose or summary.exit_code):
            return
        self._print(Text())
        self._print(_heading(summary))
        self._print(_outcomes(summary))
        for title in ("reasons", "warnings", "countries"):
            if counts := getattr(summary, title):
                self._print(Text.assemble((f"  {title}: ", "bold"), show(_counts(counts))))
        if self._verbose and summary.rules:
            self._print(_rules(summary.rules))
        if summary.accepted or summary.ready:
            self._print(Text(f"  {VALIDITY}", style="dim"))
        if "automaton" not in summary.phone_engine:
            self._print(show(f"  phones: {summary.phone_engine}"))
        for line in advice:
            self._print(Text.assemble(("→ ", "bold"), show(line)))


def _heading(summary: Summary) -> Text:
    verb = "would go to" if summary.dry_run else "to"
    speed = summary.read / summary.seconds if summary.seconds else 0
    tail = f"{summary.requests} requests, {summary.seconds:.1f} s, {speed:,.0f} rows/s"
    return Text.assemble(show(f"{', '.join(summary.files)} {verb} {summary.endpoint}"), (f" ({tail})", "dim"))


def _outcomes(summary: Summary) -> Table:
    """Return the counts as a sum: what they add up to stands below the line."""
    table = Table(box=None, show_header=False, padding=(0, 1), pad_edge=False)
    table.add_column(justify="right", min_width=14)
    table.add_column(justify="right", min_width=9)
    table.add_column(overflow="fold")
    for outcome in Outcome:
        if count := getattr(summary, outcome.value):
            words = _MEANING[outcome] or _counts(summary.reasons)
            table.add_row(
                Text(outcome.replace("_", " "), COLOURS.get(outcome, "")), f"{count:,}", Text(words, style="dim")
            )
    table.add_row(Text("rows read", style="bold"), Text(f"{summary.read:,}", style="bold"), "")
    return table


_MEANING = {
    Outcome.ACCEPTED: "the platform confirmed each of them",
    Outcome.READY: "would be sent",
    Outcome.REJECTED: "cannot be sent as they are",
    Outcome.HELD: "not sent: a person must look",
    Outcome.DUPLICATE: "same phone as an earlier row",
    Outcome.UNCHANGED: "accepted before with the same content",
    Outcome.UNCONFIRMED: "sent, but no usable answer",
    Outcome.NOT_SENT: "the run stopped before them",
}


DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar", " ": "space"}
ENCODINGS = {"utf-8-sig": "UTF-8 with a byte order mark", "utf-8": "UTF-8"}


def _describe(view: FileView) -> str:
    """Return what the file is, in one line."""
    layout = view.layout
    delimiter = DELIMITERS.get(layout.delimiter or "", layout.delimiter)
    parts = [
        layout.format.upper(),
        ENCODINGS.get(layout.encoding or "", layout.encoding),
        delimiter and f"delimiter {delimiter}",
        layout.sheet and f"sheet {layout.sheet} of {len(layout.sheets)}",
        f"header in row {layout.header_row}" if layout.header_row else "no header",
    ]
    return f"{view.file}: {', '.join(part for part in parts if part)}"


def _columns(view: FileView) -> Table:
    table = Table("column", "field", "why", box=None, pad_edge=False, padding=(0, 2, 0, 2))
    for column in view.columns:
        field = Text(column.field, style="green") if column.field else Text("not sent", style="dim")
        table.add_row(show(column.header or f"#{column.index + 1}"), field, show(column.reason))
    return table


def _rules(rules: dict[str, Any]) -> Table:
    """Return what was made of the phones that did not read as they stood, a line a rule, the most cautious last."""
    table = Table("phones", "", "rows", "for example", box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for name, rule in sorted(rules.items(), key=lambda item: (LEVELS.index(item[1]["level"]), -item[1]["rows"])):
        level = Text(LEVEL_WORDS[rule["level"]], style="dim")
        table.add_row(show(name), level, f"{rule['rows']:,}", show(", ".join(rule["examples"])))
    return table


LEVEL_WORDS = {"N": "sent, noted", "W": "sent, warned", "H": "held", "R": "rejected"}
LEVELS = tuple(LEVEL_WORDS)


def _counts(counts: dict[str, int]) -> str:
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    rest = sum(count for _, count in ordered[8:])
    return ", ".join(f"{name} {count:,}" for name, count in ordered[:8]) + (f", others {rest:,}" if rest else "")


def _progress(account: Account) -> str:
    done, failed = account.live.total(), sum(account.live[outcome] for outcome in FAILED)
    return f"{done:,} of {account.rows:,} rows, {failed:,} failures"


class _Rate(ProgressColumn):
    """Rows a second, since the beginning."""

    def render(self, task: Task) -> Text:
        speed = task.completed / task.elapsed if task.elapsed else 0
        return Text(f"{speed:,.0f} rows/s", style="cyan")


class _Bar(Progress):
    """A bar that looks at the account by itself, ten times a second, so that nothing has to report to it."""

    def __init__(self, account: Account, console: Console) -> None:
        self._account = account
        super().__init__(
            BarColumn(bar_width=None),
            TaskProgressColumn(),
            TextColumn("{task.fields[words]}", markup=False),
            _Rate(),
            TimeRemainingColumn(),
            console=console,
        )
        self._bar = self.add_task("", total=account.rows, words="")

    def get_renderables(self) -> Iterator[RenderableType]:
        """Yield the bar as the account stands."""
        if hasattr(self, "_bar"):
            self.update(self._bar, completed=self._account.live.total(), words=_progress(self._account))
        yield from super().get_renderables()


def print_data(text: str) -> None:
    """Print *text* to standard output; a reader that went away stops nothing."""
    if sys.stdout is not None:  # it is where the shell closed it: >&-
        with contextlib.suppress(OSError, ValueError):
            sys.stdout.write(text + "\n")
            sys.stdout.flush()


def let_go() -> None:
    """Send what standard output and error still hold to nowhere, where it can go nowhere else.

    Python would otherwise end with exit code 120 when a reader has left or a disk is full.
    """
    for stream in (sys.stdout, sys.stderr):
        try:
            if stream is not None:
                stream.flush()
        except (OSError, ValueError):
            with contextlib.suppress(OSError, ValueError):
                os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
