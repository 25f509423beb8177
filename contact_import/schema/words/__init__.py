"""The words of headers and in headers, as people write them: data only, one noun a file.

A header or a word stands between two bars. Case, spaces, punctuation, accents and a number in it ("Phone 2") do not
matter, see `forms.normal`. A question mark behind a header: it has other meanings too, and is believed only where the
values agree. A star behind a word: every word that begins so.
"""


def table(text: str) -> tuple[str, ...]:
    """Return the headers or words of *text*: one between two bars, or two line ends."""
    return tuple(filter(None, map(str.strip, text.replace("\n", "|").split("|"))))
