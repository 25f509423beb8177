"""The command line: puts the commands together, and turns whatever stops one into a line and an exit code."""

from __future__ import annotations

import gc
import os
import signal
import sys
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from typer.main import get_command

from contact_import import __version__
from contact_import.commands import inspect, options, sandbox, upload
from contact_import.errors import Interrupted, StoppedRun

if TYPE_CHECKING:
    from types import FrameType, TracebackType

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
    help="Any contact list in, every contact in the WhatsApp inbox, and an exact account of every row.",
    epilog=options.EXIT_CODES,
    rich_markup_mode=None,
)


app.command(epilog=options.EXIT_CODES)(upload.upload)
app.command()(inspect.inspect)
app.command()(sandbox.sandbox)


@app.callback(invoke_without_command=True)
def _main(version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False) -> None:
    if version:
        typer.echo(f"contact-import {__version__}")
        raise typer.Exit


def run() -> None:
    """Run the command line; every stop becomes one line and its exit code, here and nowhere else."""
    from contact_import.stop import SIGNALS

    sys.excepthook = _last_words
    os.umask(0o077)
    gc.set_threshold(200_000, 20, 50)  # a chunk makes many small objects that all die together
    for number in SIGNALS:
        signal.signal(number, _interrupt)
    try:
        get_command(app)(prog_name="contact-import")  # not app(): that would put typer's own excepthook in place
    except StoppedRun as reason:
        options.screen_for().error(str(reason))
        sys.exit(reason.exit_code)
    finally:
        if "rich" in sys.modules:  # else nothing but help was printed
            from contact_import.console import let_go

            let_go()


def _interrupt(number: int, _: FrameType | None) -> None:
    """End what is not sending yet; a run that is has a way of its own."""
    raise Interrupted(number)


def _last_words(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Report a fault of ours by its class and place; a full traceback could show a token or somebody's number."""
    place = traceback.extract_tb(trace)[-1] if trace else None
    where = f" at {Path(place.filename).name}:{place.lineno}" if place else ""
    sys.stderr.write(
        f"contact-import: a fault of ours, {kind.__name__}{where}; please report it. Every state is saved.\n"
    )
