"""The command line: puts the commands together, and turns whatever stops one into a line and an exit code."""

from __future__ import annotations

import contextlib
import gc
import logging
import os
import signal
import sys
import threading
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from typer.main import get_command

from contact_import import __version__
from contact_import.commands import (
    doctor,
    inspect,
    probe,
    purge,
    runs,
    sandbox,
    show,
    undo,
    upload,
    verify,
)
from contact_import.commands.flat import flat
from contact_import.commands.printing import screen_for
from contact_import.credentials import in_the_open
from contact_import.errors import Interrupted, StoppedRun, UsageProblem

if TYPE_CHECKING:
    from types import FrameType, TracebackType

EXIT_CODES = """Exit codes: 0 every row accepted, duplicate or unchanged · 1 a fault of ours · 2 wrong command line ·
3 finished, some rows rejected or held · 4 not finished, run it again · 5 the token was refused · 6 not the API, or it
refuses everything · 7 input unreadable, unmapped or a guard tripped · 8 journal or disk unusable · 9 another run is
at work · 130, 143 interrupted, run it again"""

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
    help="Any contact list in, every contact in the WhatsApp inbox, and an exact account of every row.",
    epilog=EXIT_CODES,
    rich_markup_mode=None,
)


app.command(epilog=EXIT_CODES)(flat(upload.upload))
for command in (
    inspect.inspect,
    sandbox.sandbox,
    runs.runs,
    show.show,
    verify.verify,
    undo.undo,
    probe.probe,
    purge.purge,
    doctor.doctor,
):
    app.command()(flat(command))


@app.callback(invoke_without_command=True)
def _main(version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False) -> None:
    if version:
        typer.echo(f"contact-import {__version__}")
        raise typer.Exit


def run() -> None:
    """Run the command line; every stop becomes one line and its exit code, here and nowhere else."""
    from contact_import.signals import unignored

    _keep_to_ourselves()
    gc.set_threshold(200_000, 20, 50)  # a chunk makes many small objects that all die together
    for number in unignored():
        signal.signal(number, _interrupt)
    try:
        if in_the_open(sys.argv[1:]):
            raise UsageProblem(
                "a word of the command line looks like a token, which everybody on this machine can see now: "
                "make a new one, and put it into a file that --token-file names"
            )
        get_command(app)(prog_name="contact-import")  # not app(): that would put typer's own excepthook in place
    except StoppedRun as reason:
        screen_for().error(str(reason))
        sys.exit(reason.exit_code)
    finally:
        if "rich" in sys.modules:  # else nothing but help was printed
            from contact_import.console import let_go

            let_go()


def _keep_to_ourselves() -> None:
    """See to it that what this process leaves behind is its user's alone, and holds no token and nobody's number."""
    sys.excepthook = _last_words
    sys.unraisablehook = lambda _: None
    threading.excepthook = lambda found: _last_words(found.exc_type, found.exc_value, found.exc_traceback)
    logging.getLogger().addHandler(logging.NullHandler())  # asyncio logs tracebacks, with what an exception says
    os.umask(0o077)
    with contextlib.suppress(ImportError, OSError, ValueError):  # Windows
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _interrupt(number: int, _: FrameType | None) -> None:
    """End what is not sending yet; a run that is has a way of its own."""
    raise Interrupted(number)


def _last_words(kind: type[BaseException], error: BaseException | None, trace: TracebackType | None) -> None:
    """Report a fault of ours by its class and place; a full traceback could show a token or somebody's number."""
    place = traceback.extract_tb(trace)[-1] if trace else None
    where = f" at {Path(place.filename).name}:{place.lineno}" if place else ""
    sys.stderr.write(
        f"contact-import: a fault of ours, {kind.__name__}{where}; please report it. Every state is saved.\n"
    )
