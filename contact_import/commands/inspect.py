"""`inspect`: one screen about a file."""

from __future__ import annotations

import sys
from dataclasses import replace

from contact_import.commands import options


def inspect(
    files: options.Files,
    country: options.Country = None,
    maps: options.Maps = None,
    attributes: options.Attributes = None,
    sheet: options.Sheet = None,
    encoding: options.Encoding = None,
    delimiter: options.Delimiter = None,
    header_row: options.HeaderRow = None,
    as_json: options.AsJson = False,
    no_color: options.NoColor = False,
) -> None:
    """Show what a file is, what each column feeds and why, what is wrong, and the next command."""
    from contact_import.inputs import gathered
    from contact_import.inspection import inspect as look
    from contact_import.intake import Job
    from contact_import.readers import ReadOptions

    job = Job(
        files=(),
        endpoint="",
        reading=ReadOptions(sheet=sheet, encoding=encoding, delimiter=delimiter, header_row=header_row),
        given=options.pairs("--map", maps),
        attributes=options.single_pairs(attributes),
        region=options.region(country),
        dry_run=True,
    )
    with gathered(files, sys.stdin) as paths:
        found = look(replace(job, files=paths), sys.argv[2:])
    if as_json:
        options.print_json(found.as_json())
    else:
        options.screen_for(no_color=no_color).inspection(found)
