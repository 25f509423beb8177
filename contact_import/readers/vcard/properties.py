"""One property of a card: its name, what stands beside it, and its value as text.

Sources: vCard 2.1 (versit), sections 2.1.2 to 2.1.6; RFC 2426, section 4; RFC 6350, sections 3.2 to 3.4 and 5.
"""

from __future__ import annotations

import binascii
import codecs
import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from contact_import.readers.vcard import labels

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

LEAST = 101
"""Preference of what is not preferred; vCard 4.0 has 1, the most, to 100."""
ENCODINGS = {"QUOTED-PRINTABLE": "Q", "BASE64": "B", "B": "B", "8BIT": "", "7BIT": ""}

# Either version may be folded in a way that is the other's; quoted-printable has line breaks of its own as well.
FOLD = re.compile(r"\n[ \t]")
OLD_FOLD = re.compile(r"\n(?=[ \t])")
OLD_QUOTED_FOLD = re.compile(r"(?<!=)\n(?=[ \t])")
QUOTED_FOLD = re.compile(r"(?<!=)\n[ \t]|\n[ \t](?=[0-9A-Fa-f]{2})")
SOFT_FOLD = re.compile(r"=\n[ \t](?==[0-9A-Fa-f]{2})")

PARAMETER = re.compile(r'(?:[^;"]|"[^"]*"?)+')
QUOTED_HEAD = re.compile(r'((?:[^":]|"[^"]*")*+):(.*)', re.DOTALL)
CUSTOM = re.compile(r"X-CUSTOM\((?:CHARSET=([^,)]*),)?(ENCODING=QUOTED-PRINTABLE,)?(.*)\)", re.IGNORECASE | re.DOTALL)
"""How Android writes a label of the user's own: `TEL;X-CUSTOM(CHARSET=UTF-8,ENCODING=QUOTED-PRINTABLE,=41):…`."""
ESCAPE = re.compile(r"\\(.)", re.DOTALL)

UNICODE = ("utf", "ascii")
WIDE = frozenset("iso2022_jp cp932 shift_jis euc_jp gb18030 gbk gb2312 big5 cp949 cp950 euc_kr".split())
"""Encodings of more than one byte, in which two letters may be valid UTF-8 by chance."""
NO_CHARSETS = frozenset({"idna", "punycode", "unicode-escape", "raw-unicode-escape"})
"""What Python calls encodings, too; two of them take more than linear time."""
CACHED = 200
"""Characters of the longest head that is remembered."""


class Head(NamedTuple):
    """What stands before a property's value."""

    name: str
    group: str
    """`item1` of `item1.TEL`, which ties a label to it."""
    types: tuple[str, ...]
    """As written; they mean the same in upper and lower case."""
    parameters: Mapping[str, str]
    encoding: str
    """Q for quoted-printable, B for base64, or empty."""
    charset: str | None
    preference: int
    sure_label: str
    """What the types say whatever label the user gave, or empty."""
    plain_label: str


class Property(NamedTuple):
    """A property and its value, not decoded yet."""

    head: Head
    value: str
    old: bool
    """It is of vCard 2.1."""
    codec: str
    """The file's."""

    def text(self) -> str:
        """Return the whole value."""
        return self._unescaped(self._decoded(self.value))

    def parts(self, separator: str = ";") -> list[str]:
        """Return the parts of a structured value."""
        if self.head.encoding == "B":
            return [self._unescaped(part) for part in _split(self._decoded(self.value), separator, old=self.old)]
        # An encoded separator is text, so the value is split before it is decoded.
        return [self._unescaped(self._decoded(part)) for part in _split(self.value, separator, old=self.old)]

    def _decoded(self, raw: str) -> str:
        head = self.head
        if head.encoding == "Q" and "=" in raw:
            data = binascii.a2b_qp(_encoded(raw, self.codec))
        elif head.encoding == "B":
            try:
                data = binascii.a2b_base64("".join(raw.split()).encode("ascii"), strict_mode=True)
            except ValueError:
                return raw
        elif head.charset and not raw.isascii() and not self.codec.startswith(UNICODE):
            data = _encoded(raw, self.codec)
        else:
            return raw
        return _text(data, head.charset, self.codec).replace("\r\n", "\n").replace("\r", "\n")

    def _unescaped(self, text: str) -> str:
        if "\\" not in text:
            return text
        if self.old:
            return text.replace("\\;", ";")
        return ESCAPE.sub(_unescape, text)


def read(lines: Sequence[str], *, old: bool, codec: str) -> Property:
    """Return the property written in *lines*, of a vCard 2.1 if it is *old*, of a file in *codec*."""
    text = lines[0] if len(lines) == 1 else _unfolded(lines, old=old)
    label, _, value = text.partition(":")
    if '"' in label and (quoted := QUOTED_HEAD.match(text)):
        label, value = quoted[1], quoted[2]
    head = _head(label) if len(label) <= CACHED else _head.__wrapped__(label)
    return Property(head, value, old, codec)


def _unfolded(lines: Sequence[str], *, old: bool) -> str:
    text = "\n".join(lines)
    if "QUOTED-PRINTABLE" in lines[0].upper():
        text = SOFT_FOLD.sub("", text)
        return (OLD_QUOTED_FOLD if old else QUOTED_FOLD).sub("", text)
    # White space is no part of an address, and many fold version 2.1 as if it were 3.0.
    if old and "EMAIL" not in lines[0][:20].upper():
        return OLD_FOLD.sub("", text)
    return FOLD.sub("", text)


@lru_cache(maxsize=1024)
def _head(label: str) -> Head:
    name, *parameters = PARAMETER.findall(label)
    group, _, name = name.strip().upper().rpartition(".")
    types: list[str] = []
    named: dict[str, str] = {}
    for parameter in parameters:
        key, equals, value = parameter.strip().partition("=")
        value = value.replace('"', "").strip()
        if custom := CUSTOM.fullmatch(parameter):
            types.append(_custom(*custom.groups()))
        elif key.upper() == "TYPE":
            types += [kind for each in value.split(",") if (kind := each.strip())]
        elif equals:
            named[key.upper()] = value
        elif key.upper() in ENCODINGS:
            named["ENCODING"] = key
        elif key:
            types.append(key)
    encoding = ENCODINGS.get(named.get("ENCODING", "").upper(), "")
    charset, preference = _charset(named.get("CHARSET")), _preference(types, named)
    sure, plain = labels.sure(types), labels.plain(types)
    return Head(name, group, tuple(types), named, encoding, charset, preference, sure, plain)


def preference(each: Property) -> int:
    """Return the preference of *each*: 1 is the most."""
    return each.head.preference


def _preference(types: Sequence[str], named: Mapping[str, str]) -> int:
    if any(kind.upper() == "PREF" for kind in types):
        return 1
    given = named.get("PREF", "")
    return min(int(given), LEAST) if given.isascii() and given.isdigit() and len(given) < 4 else LEAST


def _custom(charset: str | None, quoted: str | None, label: str) -> str:
    if not quoted:
        return label
    return _text(binascii.a2b_qp(_encoded(label, "utf-8")), _charset(charset), "utf-8")


def _charset(name: str | None) -> str | None:
    """Return the codec called *name*, if there is one."""
    try:
        codec = codecs.lookup(name or "").name
    except (LookupError, ValueError):
        return None
    if codec in NO_CHARSETS:
        return None
    return "cp1252" if codec in {"ascii", "iso8859-1"} else codec  # what Windows wrote, and called so


def _split(raw: str, separator: str, *, old: bool) -> list[str]:
    """Split *raw* at each *separator* that no backslash stands before."""
    if "\\" not in raw:
        return raw.split(separator)
    escaped = r"\\;" if old else r"\\."
    cuts = [found.start() for found in re.finditer(f"{escaped}|{separator}", raw, re.DOTALL) if found[0] == separator]
    return [raw[start:end] for start, end in zip([0, *(cut + 1 for cut in cuts)], [*cuts, len(raw)], strict=True)]


def _unescape(found: re.Match[str]) -> str:
    char = found[1]
    if char in "nN":
        return "\n"
    return found[0] if char.isalnum() else char


def _encoded(text: str, codec: str) -> bytes:
    """Return the bytes that were in the file, or UTF-8 for a file that is in Unicode."""
    try:
        return text.encode("utf-8" if codec.startswith(UNICODE) else codec)
    except UnicodeError:  # a few encodings do not take back all that they give
        return text.encode()


def _text(data: bytes, charset: str | None, codec: str) -> str:
    """Decode *data* as its *charset* says; else as UTF-8 if it is that, as the file's *codec*, as Windows does."""
    likely = (codec, "utf-8") if codec in WIDE else ("utf-8", "cp1252" if codec.startswith(UNICODE) else codec)
    for each in (charset, *likely):
        try:
            if each:
                return data.decode(each)
        except (LookupError, ValueError):  # not in it; or it is no encoding of text
            continue
    return data.decode("latin-1")
