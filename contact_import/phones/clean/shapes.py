"""Cells that are no phone number at all, or a phone number inside something else: told by their shape.

Every pattern here is linear: no quantifier stands inside another's reach of the same characters.
"""

from __future__ import annotations

import re

BLANK = frozenset(
    "nan none null nil n/a na n.a. <na> true false unknown undefined empty no yes test dummy tbd tba ? 0 nat".split()
)
"""Words, in lower case, that stand in for an empty cell."""

_ERRORS = """
    #N/A #NA #REF! #VALUE! #NAME? #DIV/0! #NUM! #NULL! #SPILL! #CALC! #GETTING_DATA #FIELD! #CONNECT! #BLOCKED!
    #UNKNOWN! #BUSY! #EXTERNAL! #TIMEOUT! #PYTHON! #ERROR!
    #NV #BEZUG! #WERT! #ZAHL! #ÜBERLAUF! #KALK! #FELD!
    #VALEUR! #NOM? #NOMBRE! #NUL! #PROPAGATION! #EPARS! #CHAMP!
    #N/D #¡REF! #¡VALOR! #¿NOMBRE? #¡DIV/0! #¡NUM! #¡NULO! #¡DESBORDAMIENTO! #¡CALC! #¡CAMPO!
    #VALOR! #NOME? #NÚM! #NULO! #DESPEJAR! #DESPEJO! #CAMPO!
    #N/D! #RIF! #VALORE! #NULLO! #ESPANSIONE! #N/B #VERW! #WAARDE! #NAAM? #DEEL/0! #GETAL! #LEEG! #OVERLOOP!
    #ADR! #ARG! #NAZWA? #DZIEL/0! #LICZBA! #YOK #BAŞV! #DEĞER! #AD? #SAYI/0! #SAYI! #BOŞ! #TAŞMA! #HESAPLA!
    #Н/Д #ССЫЛКА! #ЗНАЧ! #ИМЯ? #ДЕЛ/0! #ЧИСЛО! #ПУСТО! #ПЕРЕНОС! #ВЫЧИСЛ!
    #I/T #SAKNAS! #REFERENS! #REFERENCE! #VÄRDEFEL! #VÆRDI! #VERDI! #NAMN? #NAVN? #DIVISION/0! #OGILTIGT! #OVERLØB!
    #PUUTTUU! #VIITTAUS! #ARVO! #NIMI? #JAKO/0! #LUKU! #TYHJÄ! #HODNOTA! #NÁZEV? #ODKAZ! #ÉRTÉK! #NÉV?
"""
ERRORS = frozenset(
    form
    for error in (*_ERRORS.split(), "#NO RESULT!", *(f"Err:{number}" for number in range(501, 541)))
    for form in (error, error.upper(), error.lower())
)
"""What spreadsheets show where a formula came to nothing, in the languages they have, and what our own reader writes
where its result was not saved; also in lower case."""

_YEAR, _DAY = r"(?:19|20)\d\d", r"[0-3]?\d"
_DATE = re.compile(
    rf"(?:{_YEAR}([-./]){_DAY}\1{_DAY}|{_DAY}([-./]){_DAY}\2(?:{_YEAR}|\d\d)"
    rf"|{_DAY}[ -]?[a-z]{{3,9}}[ ,-]{{0,2}}{_YEAR}|[a-z]{{3,9}} {_DAY},? {_YEAR})"
    r"(?:[ t,]{1,2}\d?\d:\d\d.{0,20})?"
)

REFUSALS: tuple[tuple[str, re.Pattern[str], str], ...] = (
    ("#", re.compile(r"#{3,}"), "phone-digits-lost"),  # a column too narrow, copied as it was shown
    ("", _DATE, "phone-date"),
    # The complete ones are taken before.
    ("e", re.compile(r"[+-]?\d+(?:[.,]\d+)?e[+-]?\d{1,3}"), "phone-digits-lost"),
    # A fraction: joined, its digits would make a number.
    (".", re.compile(r"\+?\d{8,}\.\d{1,2}"), "phone-signs"),
)
"""Whole lower-case cells, and the rule that refuses them; before each, a sign without which it need not be tried."""

_LINK = re.compile(
    r"(?:wa\.me/(?:c/)?|(?:whatsapp\.com/|whatsapp://)send/?\?(?:[^#]*?&)??phone=)(?:\+|%2b|%20| )*(\d[\d -]*)"
    r"(?:/?[?#&]\S*|/(?!\d)\S*)?"
)
_GAP = re.compile("[ -]+")
LONGEST_INTERNATIONAL, SHORTEST = 15, 7
"""Digits of an international number at most, and of any number at least."""
_ADDRESS = re.compile(r"(?:https?://)?(?:\w+\.)?(?:wa\.me|whatsapp\.com)/\S*|whatsapp://\S*")
_USER = re.compile(r"\+?(\d+)(?:[._:]\d+)*@(?:s\.whatsapp\.net|c\.us)")
_GROUP = re.compile(r"@(?:g\.us|(?:hosted\.)?lid|broadcast|newsletter)\b")
_WEB = re.compile(r"https?://|www\.|whatsapp://|(?:wa\.me|\.com|\.net|\.org)/")
_SCIENTIFIC = re.compile(r"\+?(\d)[.,](\d+)e\+?(\d{1,2})")
_FLOAT = re.compile(r"([\d+() -]+)[.,]0+")
_THOUSANDS = re.compile(
    r"(\+?\d{1,3}(?:,\d{2,3}){2,})(?:\.0+)?|(\+?\d{1,3}(?:['’]\d{3}){2,})(?:[.,]0+)?|(\+?\d{1,3}(?:\.\d{3}){2,}),0+"
)
_SCHEME = re.compile(r"(?:tel|callto|sms|p|whatsapp) ?:")
_CONTEXT = re.compile(r"tel:([\d().-]+);phone-context=(\+\d[\d-]*)")


def refusal(text: str) -> str:
    """Return the rule that refuses the whole of *text* (lower case), "" when none does."""
    if not text.strip("-._/ ") or text in BLANK:
        return "phone-blank"
    if text in ERRORS:
        return "phone-formula"
    for sign, pattern, rule in REFUSALS:
        if sign in text and pattern.fullmatch(text):
            return rule
    return ""


def links(text: str) -> tuple[list[str], str]:
    """Return the international digits in the WhatsApp links of *text*, and what stands beside the links."""
    if "wa.me/" not in text and "whatsapp" not in text:
        return [], text
    numbers = list[str]()

    def take(link: re.Match[str]) -> str:
        number, further = _first_number(link[1])
        numbers.append(number)
        return f"wa.me/ {further}\n"

    beside = _LINK.sub(take, text)
    return numbers, _ADDRESS.sub(" ", beside) if numbers else text


def _first_number(digits: str) -> tuple[str, str]:
    """Part *digits* at the gap behind the first number, where they are too many for one."""
    if sum(map(str.isdigit, digits)) > LONGEST_INTERNATIONAL:
        for gap in _GAP.finditer(digits):
            if sum(map(str.isdigit, digits[: gap.start()])) >= SHORTEST:
                return digits[: gap.start()], digits[gap.end() :]
    return digits, ""


def address(text: str) -> tuple[str, str]:
    """Return the international digits in a WhatsApp id, or the rule that refuses a web or mail address."""
    if "@" in text:
        if user := _USER.fullmatch(text):
            return user[1], "link"
        if _GROUP.search(text):
            return "", "phone-group"
    if ("/" in text or "www." in text) and _WEB.search(text):
        return "", "phone-url"
    return "", ""


def number_format(text: str) -> tuple[str, str]:
    """Return what a spreadsheet's way to write a number meant, and the rule; ("", "") where it is none."""
    if "e" in text and (science := _SCIENTIFIC.fullmatch(text)):
        whole, decimals, exponent = science.groups()
        # Complete only if no digit had to be made up: 8 significant ones at least, and no padding.
        if len(decimals) >= 7 and int(exponent) == len(decimals):
            return whole + decimals, "sci-complete"
        return "", ""
    if text.endswith("0") and (suffixed := _FLOAT.fullmatch(text)) and re.search(r"\d", suffixed[1]):
        return suffixed[1], "float-suffix"
    if grouped := _THOUSANDS.fullmatch(text):
        return re.sub(r"[.,'’]", "", grouped[grouped.lastindex or 0]), "thousands"
    return "", ""


def without_scheme(text: str) -> str:
    """Return *text* without `tel:` and its like, the country code of a `tel:` link's context put before it."""
    if ":" not in text:
        return text
    if found := _CONTEXT.fullmatch(text):
        return found[2] + found[1]
    return text[found.end() :].strip() if (found := _SCHEME.match(text)) else text
