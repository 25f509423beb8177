"""The screen: progress, words on the way, the summary, the error line. The only importer of rich.

What was asked for goes to standard output, everything else to standard error. Text from cells, headers, file names and
servers reaches the terminal only through `show`, as text: no markup, no control code.
"""

from __future__ import annotations

import contextlib
import sys
from typing import TYPE_CHECKING, Any

from rich.text import Text

from contact_import.console import inspection, tables
from contact_import.console.progress import Bar, lines
from contact_import.console.stream import console, let_go, print_data, show, show_lines
from contact_import.errors import UsageProblem

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import RenderableType

    from contact_import.account import Account
    from contact_import.inspection import Inspection
    from contact_import.summary import Summary

__all__ = ["Screen", "let_go", "print_data", "show"]

VALIDITY = "A valid number is one that is well formed; nobody checked that it is the right person's."


class Screen:
    """What the person at the keyboard sees."""

    def __init__(self, *, quiet: bool = False, verbose: bool = False, colour: bool = True) -> None:
        """Print to standard error: nothing but errors when *quiet*, more when *verbose*."""
        self._quiet = quiet
        self._verbose = verbose
        self._colour = colour
        self._console = console(sys.stderr, colour=colour)

    @property
    def _watched(self) -> bool:
        """Somebody looks at a terminal."""
        return self._console.is_terminal

    def _print(self, what: RenderableType) -> None:
        self._console.print(what)

    def error(self, text: str) -> None:
        """Print why the run stopped."""
        self._print(Text.assemble(("contact-import: ", "bold red"), show(text)))

    def say(self, text: str) -> None:
        """Print a line for who wants to follow along: on a terminal, or with --verbose."""
        if not self._quiet and (self._watched or self._verbose):
            self._print(show(text))

    def warn(self, text: str) -> None:
        """Print a line that also somebody should read who reads only the mail of cron."""
        if not self._quiet:
            self._print(Text.assemble(("warning: ", "bold yellow"), show(text)))

    def detail(self, text: str) -> None:
        """Print a line with --verbose only."""
        if self._verbose and not self._quiet:
            self._print(show(text))

    def ask(self, question: str, standing: str) -> str:
        """Put *question*, and return the answer; *standing* where nothing is typed. UsageProblem without a terminal."""
        if not (self._watched and sys.stdin is not None and sys.stdin.isatty()):
            raise UsageProblem("--ask needs a terminal; without one, say it with --map and --country")
        self._print(Text.assemble(show_lines(question), " ", ("[", "dim"), show(standing), ("]", "dim")))
        return input("> ").strip() or standing

    def inspection(self, found: Inspection) -> None:
        """Print one screen about the files; it is what was asked for, so it goes to standard output."""
        out = console(sys.stdout, colour=self._colour)
        out.print(inspection.screen(found))
        out.print(Text(VALIDITY, style="dim"))
        out.print(Text.assemble(("→ ", "bold"), show(found.next_command)))

    def page(self, what: RenderableType) -> None:
        """Print what was asked for to standard output."""
        console(sys.stdout, colour=self._colour).print(what)

    def contacts(self, contacts: Sequence[dict[str, Any]]) -> None:
        """Print the contacts that a sandbox has stored, newest first."""
        out = console(sys.stdout, colour=self._colour, wrap=True)
        out.print(tables.contact_table(contacts))
        out.print(Text(f"{len(contacts):,} contacts in the sandbox inbox", style="bold"))

    @contextlib.contextmanager
    def follow(self, account: Account) -> Iterator[None]:
        """Show how far *account* is while the block runs: a bar on a terminal, lines with --verbose, else nothing."""
        if self._quiet or not (self._watched or self._verbose):
            yield
        elif self._watched and not self._console.is_dumb_terminal:
            with Bar(account, self._console):
                yield
        else:
            with lines(account, self._print):
                yield

    def serving(self, address: str, token: str) -> None:
        """Print where a sandbox is, and the command that sends to it."""
        self._print(show(f"SANDBOX at {address}; that page is its inbox. Ctrl-C ends it. Send to it with:"))
        self._print(show(f"  CONTACT_IMPORT_TOKEN={token} contact-import upload FILE --base-url {address}"))

    def summary(self, summary: Summary, advice: Sequence[str]) -> None:
        """Print the account of a run: always where something is left to do, on success only to who follows along."""
        if self._quiet or not (self._watched or self._verbose or summary.exit_code):
            return
        self._print(Text())
        self._print(tables.heading(summary))
        self._print(tables.outcome_table(summary))
        for title in ("reasons", "warnings", "countries", "left_out"):
            if counts := getattr(summary, title):
                self._print(Text.assemble((f"  {title.replace('_', ' ')}: ", "bold"), show(tables.counts(counts))))
        if self._verbose and summary.rules:
            self._print(tables.rule_table(summary.rules))
        if summary.accepted or summary.ready:
            self._print(Text(f"  {VALIDITY}", style="dim"))
        if "automaton" not in summary.phone_engine:
            self._print(show(f"  phones: {summary.phone_engine}"))
        for line in advice:
            self._print(Text.assemble(("→ ", "bold"), show(line)))
