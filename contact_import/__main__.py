"""The door: `contact-import` and `python -m contact_import`. Readable by any Python 3, to turn an old one away."""

import sys


def main() -> None:
    """Run the command line; one clear line where this Python is too old for it."""
    if sys.version_info < (3, 11):
        sys.exit("contact-import needs Python 3.11 or newer; this is %d.%d" % sys.version_info[:2])
    from contact_import.cli import run  # noqa: PLC0415

    run()


if __name__ == "__main__":
    main()
