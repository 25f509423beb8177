"""`inspect`: one screen about a file."""

from __future__ import annotations

import sys
from dataclasses import replace

from contact_import.commands import jobs, options
from contact_import.commands.printing import print_json, screen_for


def inspect(
    files: options.Files, *, columns: options.Columns, reading: options.Reading, output: options.Output
) -> None:
    """Show what a file is, what each column feeds and why, what is wrong, and the next command."""
    from contact_import.inputs import gathered
    from contact_import.inspection import inspect as look

    job = jobs.looking(columns, reading)
    with gathered(files, sys.stdin) as paths:
        found = look(replace(job, files=paths), sys.argv[2:])
    if output.json:
        print_json(found.as_json())
    else:
        screen_for(no_color=output.no_color).inspection(found)
