"""What spreadsheets, exports and people do to a phone number: a table of kinds, each with what can still be known."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum

import phonenumbers
from phonenumbers import PhoneMetadata, PhoneNumberFormat, PhoneNumberType

REGIONS = ("IN", "BR", "ZA", "ID", "AE", "US", "GB", "MX", "NG", "DE", "IT", "CI", "AR", "BJ", "CN", "RU")
"""Where the numbers are from: the big ones, and those whose plans set traps."""

OTHER = {"IN": "US", "BR": "DE", "ZA": "IN", "ID": "BR", "US": "IN", "MX": "US", "DE": "ID", "AE": "IN", "CI": "ZA"}
"""A wrong default region for each; GB for the rest, and AE for GB."""

NAMES = {
    "IN": ("IN", "IND", "India", "भारत"),
    "BR": ("BR", "BRA", "Brazil", "Brasil"),
    "ZA": ("ZA", "ZAF", "South Africa", "south africa"),
    "ID": ("ID", "IDN", "Indonesia", "INDONESIA"),
    "AE": ("AE", "ARE", "United Arab Emirates", "UAE"),
    "US": ("US", "USA", "United States", "Estados Unidos"),
    "GB": ("GB", "GBR", "United Kingdom", "UK"),
    "MX": ("MX", "MEX", "Mexico", "México"),
    "NG": ("NG", "NGA", "Nigeria", " nigeria "),
    "DE": ("DE", "DEU", "Germany", "Deutschland"),
    "IT": ("IT", "ITA", "Italy", "Italia"),
    "CI": ("CI", "CIV", "Ivory Coast", "Cote d'Ivoire"),
    "AR": ("AR", "ARG", "Argentina", "Argentinien"),
    "BJ": ("BJ", "BEN", "Benin", "Bénin"),
    "CN": ("CN", "CHN", "China", "中国"),
    "RU": ("RU", "RUS", "Russia", "Россия"),
}

LIKE_NANP = ("CN", "DE")
"""Where mobiles begin with 1 and have eleven digits: with a plus, a whole column of them looks American."""

MOBILE = (PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE)
ALPHABETS = {"full-width": "０", "Arabic-Indic": "٠", "Persian": "۰", "Devanagari": "०", "Bengali": "০", "bold": "𝟎"}
SPACES = "\u00a0\u202f\u2009\u2007\u3000\t"
HIDDEN_MARKS = "\u200e\u200f\u202a\u202c\u2066\u2069\u200b\u200c\u200d\u2060\ufeff\u00ad"


@dataclass(frozen=True, slots=True)
class Mobile:
    """A made-up mobile, and what its cell should lead to."""

    region: str
    code: str
    number: str
    friend: str
    """Another number of the same country, for cells that hold two."""

    @property
    def bare(self) -> str:
        return self.code + self.number

    @property
    def plus(self) -> str:
        return "+" + self.bare

    @property
    def trunk(self) -> str | None:
        """The digit dialled before the number at home, where there is one."""
        metadata = PhoneMetadata.metadata_for_region(self.region)
        return metadata and metadata.national_prefix


class Sight(Enum):
    """What a careful person can know of a damaged number, given its row and its column."""

    READ = "read"
    """The number."""
    UNSURE = "unsure"
    """The number, but with a doubt that forgives not sending it."""
    HIDDEN = "hidden"
    """That digits are missing or unsure: nothing may be sent."""
    BLIND = "blind"
    """Nothing: the cell looks sound, and is not."""


Write = Callable[[Mobile, random.Random], str | None]
"""How a number is damaged; None where the damage does not apply."""


@dataclass(frozen=True, slots=True)
class Damage:
    """One kind. `region` is the default one of its column: "home", "other" or "" for none."""

    name: str
    sight: Sight
    write: Write
    prefix: Write | None = None
    country: Write | None = None
    region: str = "home"
    column: bool = False
    """Whether only the column as a whole shows the damage: a cell alone looks sound."""


def mobiles(region: str, count: int, rng: random.Random) -> list[Mobile]:
    """Return different valid mobiles of a region, grown from libphonenumber's example."""
    example = phonenumbers.example_number_for_type(region, PhoneNumberType.MOBILE)
    code = str(example.country_code)
    seed = phonenumbers.national_significant_number(example)
    found: dict[str, None] = {}
    while len(found) < 2 * count:
        keep = rng.randrange(4)
        length = len(seed) + rng.choice((0, 0, 0, 0, 0, 0, -1, 1))
        number = seed[:keep] + "".join(rng.choices("0123456789", k=length - keep))
        if _is_plain_mobile(code, number):
            found[number] = None
    numbers = list(found)
    return [Mobile(region, code, one, two) for one, two in zip(numbers[:count], numbers[count:], strict=True)]


def _is_plain_mobile(code: str, number: str) -> bool:
    """Tell whether it is a valid mobile that nobody would take for a made-up or a ruined one."""
    read = phonenumbers.parse(f"+{code}{number}")
    made_up = number.endswith("0000") or len(set(number)) < 3 or (code == "1" and number[3:8] == "55501")
    sound = phonenumbers.is_valid_number(read) and phonenumbers.number_type(read) in MOBILE
    return sound and not made_up and phonenumbers.national_significant_number(read) == number


def wrong_region(region: str) -> str:
    """Return a region that a number is not from."""
    return OTHER.get(region, "AE" if region == "GB" else "GB")


# ---- how people write ------------------------------------------------------------------------------------------------


def usual(mobile: Mobile, rng: random.Random) -> str:
    """Return the number in one of the ways in which nothing is wrong."""
    return rng.choice((mobile.number, mobile.plus, mobile.plus, grouped("+" + mobile.code + " ", mobile.number, rng)))


def grouped(before: str, digits: str, rng: random.Random, marks: str = " - ") -> str:
    """Return the digits in groups of two to five with a mark between them."""
    groups, mark = [], rng.choice(marks)
    while digits:
        size = rng.randint(2, 5)
        size = len(digits) if len(digits) - size < 2 else size
        groups.append(digits[:size])
        digits = digits[size:]
    return before + mark.join(groups)


def thousands(digits: str, mark: str) -> str:
    """Return the digits as a spreadsheet shows a number of that size."""
    return f"{int(digits):,}".replace(",", mark)


def indian(digits: str) -> str:
    """Return the digits in lakhs and crores."""
    head, tail = digits[:-3], digits[-3:]
    pairs = [head[max(end - 2, 0) : end] for end in range(len(head), 0, -2)]
    return ",".join([*pairs[::-1], tail])


def scientific(digits: str, kept: int, mark: str = ".") -> str:
    """Return the digits in scientific notation with *kept* of them."""
    text = f"{int(digits):.{kept - 1}E}"
    return text.replace(".", mark).replace("E+0", "E+")


def between(text: str, signs: str, rng: random.Random) -> str:
    """Return the text with one to three of the signs put in anywhere."""
    for _ in range(rng.randint(1, 3)):
        at = rng.randint(0, len(text))
        text = text[:at] + rng.choice(signs) + text[at:]
    return text


def in_alphabet(text: str, zero: str) -> str:
    """Return the text with its digits in another alphabet."""
    return "".join(chr(ord(zero) + int(sign)) if sign.isdecimal() else sign for sign in text)


def at_home(mobile: Mobile, _: random.Random) -> str:
    """Return the number as it is dialled and printed in its country."""
    return phonenumbers.format_number(phonenumbers.parse(mobile.plus), PhoneNumberFormat.NATIONAL)


def from_abroad(mobile: Mobile, _: random.Random) -> str:
    """Return the number as it is dialled from the wrong region."""
    read = phonenumbers.parse(mobile.plus)
    return phonenumbers.format_out_of_country_calling_number(read, wrong_region(mobile.region))


def with_trunk(mobile: Mobile, rng: random.Random) -> str | None:
    """Return the number with its trunk prefix."""
    return mobile.trunk and rng.choice((mobile.trunk + mobile.number, f"{mobile.trunk} {mobile.number}"))


def bracketed_zero(mobile: Mobile, rng: random.Random) -> str | None:
    """Return the number with the zero that people add for readers at home."""
    form = rng.choice(("+{} (0) {}", "+{}(0){}", "+{} (0){}", "+{} 0{}", "00{} (0) {}", "+{}-0-{}"))
    return form.format(mobile.code, mobile.number) if mobile.trunk == "0" else None


# ---- what is lost ----------------------------------------------------------------------------------------------------


def masked(mobile: Mobile, rng: random.Random) -> str:
    """Return the number with two or more of its digits hidden."""
    text = rng.choice((mobile.number, mobile.plus, grouped(f"+{mobile.code} ", mobile.number, rng)))
    places = [at for at, sign in enumerate(text) if sign.isdigit()][-len(mobile.number) + 1 :]
    start = rng.randrange(len(places) - 3)
    hidden = rng.choice((places[start:], places[start : start + 4], places[start:-2]))
    sign = rng.choice("Xx*•#?█×")
    return "".join(sign if at in hidden else one for at, one in enumerate(text))


def blanked(mobile: Mobile, rng: random.Random) -> str:
    """Return the number with dots or lines where its last three to five digits were."""
    return mobile.plus[: -rng.randint(3, 5)] + rng.choice((".....", "…", "____", "-----", "……", "..."))


def masked_tail(mobile: Mobile, rng: random.Random) -> str:
    """Return the number with its last digits as a word of their own: "0812 3456 XXX"."""
    count = rng.randint(1, 4)
    head = rng.choice((mobile.number, mobile.plus, f"+{mobile.code} {mobile.number}"))[:-count]
    return head + rng.choice((" ", "-", "")) + rng.choice("Xx*?•") * count


def letter_o(mobile: Mobile, rng: random.Random) -> str | None:
    """Return the number with a letter typed for a digit."""
    text = rng.choice((mobile.number, mobile.plus, f"+{mobile.code} {mobile.number}"))
    places = [at for at, sign in enumerate(text) if sign in "015"]
    if not places:
        return None
    at = rng.choice(places)
    letter = {"0": "OoОD", "1": "lIi", "5": "Ss"}[text[at]]
    return text[:at] + rng.choice(letter) + text[at + 1 :]


def rounded(mobile: Mobile, rng: random.Random) -> str | None:
    """Return the digits after a spreadsheet saved them in scientific notation and opened them again."""
    kept = min(6, len(mobile.bare) - 5)
    return str(int(float(scientific(mobile.bare, kept)))) if len(mobile.bare) > 10 else None


def truncated(mobile: Mobile, rng: random.Random) -> str:
    """Return scientific notation that has lost digits."""
    digits = rng.choice((mobile.bare, mobile.number.lstrip("0")))
    text = scientific(digits, min(rng.choice((3, 6, 6, 6, 9)), len(digits.rstrip("0")) - 1), rng.choice(".,"))
    return rng.choice((text, text.replace("E+", "E"), text.lower(), text.replace("E+", "E+0"), "+" + text))


def dropped(mobile: Mobile, rng: random.Random) -> str:
    text = usual(mobile, rng)
    at = rng.randrange(len(text) - len(mobile.number) + 1, len(text))
    return text[:at] + text[at + 1 :]


def doubled(mobile: Mobile, rng: random.Random) -> str:
    text = usual(mobile, rng)
    at = rng.randrange(len(text) - len(mobile.number) + 1, len(text))
    return text[:at] + text[at] + text[at:]


def swapped(mobile: Mobile, rng: random.Random) -> str:
    text = usual(mobile, rng)
    at = rng.randrange(len(text) - len(mobile.number) + 1, len(text) - 1)
    return text[:at] + text[at + 1] + text[at] + text[at + 2 :]


def changed(mobile: Mobile, rng: random.Random) -> str:
    text = usual(mobile, rng)
    at = rng.randrange(len(text) - len(mobile.number) + 1, len(text))
    return text[:at] + rng.choice("0123456789") + text[at + 1 :]


# ---- what stands beside it -------------------------------------------------------------------------------------------


def two(mobile: Mobile, rng: random.Random) -> str:
    """Return a cell with two numbers, written alike."""
    form = rng.choice(("{}", "+" + mobile.code + "{}", "+" + mobile.code + " {}"))
    mark = rng.choice((" / ", "/", "; ", ";", ", ", " or ", "\n", " ::: ", " & ", " | ", " und ", " y ", "\r\n", " + "))
    return form.format(mobile.number) + mark + form.format(mobile.friend)


def two_labelled(mobile: Mobile, rng: random.Random) -> str:
    form = rng.choice(("{} (home), {} (work)", "M: {} T: {}", "Mobile: {}; Office: {}", "{} or {}"))
    return form.format(mobile.plus, "+" + mobile.code + mobile.friend)


def alternative_ending(mobile: Mobile, rng: random.Random) -> str:
    """Return "9876543210/11": the same number again with other last digits."""
    return f"{mobile.number}/{rng.randint(10, 99)}"


def label_before(mobile: Mobile, rng: random.Random) -> str:
    words = "Mobile: |Tel. |Tel: |Mob.|M: |(M) |Cell |Handy: |WhatsApp - |Self: |नंबर: |☎ |📱|Tél.: |电话：|WhatsApp:"
    return rng.choice(words.split("|")) + usual(mobile, rng)


def label_with_digit(mobile: Mobile, rng: random.Random) -> str:
    form = rng.choice(("Phone 1: {}", "Tel2: {}", "Mobile 2 - {}", "1. {}", "1) {}", "#1: {}", "{} (after 6 pm)"))
    return form.format(usual(mobile, rng))


def note_after(mobile: Mobile, rng: random.Random) -> str:
    """Return the number with the mark of a footnote, or which of somebody's numbers it is."""
    return usual(mobile, rng) + rng.choice((" (2)", "(1)", " [2]", "²", " ¹", " ①", " (24/7)", " ½"))


def loose_digit(mobile: Mobile, rng: random.Random) -> str:
    """Return the number with a digit after it that could be its last."""
    return usual(mobile, rng) + rng.choice((" 2", " - 2", "\n2", ":1", " | 3", "\t1", " +1", "_1"))


def label_after(mobile: Mobile, rng: random.Random) -> str:
    words = " self| (WhatsApp)| - mobile| (M)| ✓| [home]| only WhatsApp|, office| मोबाइल| 📱| (p)"
    return usual(mobile, rng) + rng.choice(words.split("|"))


def somebody_elses(mobile: Mobile, rng: random.Random) -> str:
    """Return the number with words that say, or may say, that it is another person's."""
    before = "father |Mother: |c/o Meena |Ramesh's no |ask Ramesh |RM - |agent |manager:|emergency |मम्मी |Ramesh "
    after = " (wife)| papa| recado| husband| Мама| - son|（母）| पिता|, Sita| Ramesh| (H)| mãe|/ baba| anne| 엄마"
    words = rng.choice(before.split("|") + after.split("|"))
    return words + usual(mobile, rng) if words in before.split("|") else usual(mobile, rng) + words


def not_to_be_used(mobile: Mobile, rng: random.Random) -> str:
    """Return the number with words that say that it is no good, no phone's, or not to be written to."""
    before = "Fax |not |invalid |DND |A/c |Order |PAN |PNR |ID: |Rs |upi |t.me/|@|❌ |wrong: |pager "
    after = " fax| - wrong number| (wrong)| switched off| (not on whatsapp)| do not call| INR| no whatsapp| ✗| off| (?)"
    words = rng.choice(before.split("|") + after.split("|"))
    return words + usual(mobile, rng) if words in before.split("|") else usual(mobile, rng) + words


def two_people(mobile: Mobile, rng: random.Random) -> str:
    """Return a cell with two numbers, of which the first is not the contact's, or may not be."""
    form = rng.choice((
        "old {} new {}", "father {} / self {}", "{} son; {} self", "{} / self {}", "wife {}, {}", "{} Sita / {} own",
        "{} wrong\n{}", "papa {} or {}",
    ))  # fmt: skip
    return form.format(mobile.plus, "+" + mobile.code + mobile.friend)


def extension(mobile: Mobile, rng: random.Random) -> str:
    return usual(mobile, rng) + rng.choice(
        (" ext 5", " ext. 12", " x123", "x123", ",,123", " #123", ";ext=12", " Ext:7")
    )


def link(mobile: Mobile, rng: random.Random) -> str:
    forms = (
        "https://wa.me/{}", "wa.me/{}", "http://wa.me/{}?text=Hi%20123456789", "https://wa.me/+{}", "HTTPS://WA.ME/{}/",
        "https://api.whatsapp.com/send?phone={}&text=call+0123", "https://api.whatsapp.com/send?text=1&phone=%2B{}",
        "whatsapp://send?phone={}", "https://web.whatsapp.com/send?phone={}",
    )  # fmt: skip
    return rng.choice(forms).format(mobile.bare)


def tel(mobile: Mobile, rng: random.Random) -> str:
    dashed = grouped(f"+{mobile.code}-", mobile.number, rng, "-")
    context = f"tel:{mobile.number};phone-context=+{mobile.code}"
    return rng.choice((f"tel:{mobile.plus}", f"tel:{dashed}", f"TEL: {mobile.plus}", f"callto:{mobile.plus}", context))


def jid(mobile: Mobile, rng: random.Random) -> str:
    return mobile.bare + rng.choice(("@s.whatsapp.net", "@c.us", ":12@s.whatsapp.net", ":3@s.whatsapp.net"))


def brackets(mobile: Mobile, rng: random.Random) -> str:
    forms = ("(+{}) {}", "[+{}] {}", "(+{}){}", "+({}) {}", "+{} ({})", "+ {} {}", "<+{}{}>", "+{}.{}")
    return rng.choice(forms).format(mobile.code, mobile.number)


def guarded(mobile: Mobile, rng: random.Random) -> str:
    return rng.choice(('="{}"', '="+{}"', "=+{}", '="\'+{}"', '"+{}"', "={}")).format(mobile.bare)


def code_twice(mobile: Mobile, rng: random.Random) -> str:
    forms = ("+{0}{0}{1}", "{0}{0}{1}", "+{0}+{0}{1}", "+{0} +{0} {1}", "+{0} 00{0}{1}", "00{0}{0}{1}", "+{0} {0} {1}")
    return rng.choice(forms).format(mobile.code, mobile.number)


def zero_code(mobile: Mobile, rng: random.Random) -> str | None:
    """Return the number with its code, and the zero of its country before both."""
    return rng.choice(("0", "0 ", "(0)")) + mobile.bare if mobile.trunk == "0" else None


def zero_code_odd(mobile: Mobile, rng: random.Random) -> str:
    """Return the number with its code, and a zero where not even its country has one."""
    return ("+0" if mobile.trunk == "0" else rng.choice(("0", "0 ", "+0"))) + mobile.bare


def lost_zero(mobile: Mobile, rng: random.Random) -> str | None:
    """Return a number whose own first zero a numeric column ate."""
    if not mobile.number.startswith("0"):
        return None
    short = mobile.number[1:]
    return rng.choice((short, f"+{mobile.code}{short}", f"+{mobile.code} {short}", mobile.code + short, short + ".0"))


def old_form(mobile: Mobile, rng: random.Random) -> str | None:
    """Return the number as it was before its plan changed."""
    match mobile.region:
        case "MX":
            forms = ("+521{}", "521{}", "044{}", "045 {}", "01 {}", "1{}", "+52 1 {}")
            return rng.choice(forms).format(mobile.number)
        case "BJ":
            return rng.choice(("+229", "", "229", "00229", "+229 ")) + mobile.number[2:]
    return None


def outdated(mobile: Mobile, rng: random.Random) -> str | None:
    """Return the number as it was before its plan changed in a way that cannot be undone for sure."""
    match mobile.region:
        case "BR" if mobile.number[3] in "689":  # 2 to 5 are landlines, 7 is used as it is
            return rng.choice(("+55 ", "55", "")) + mobile.number[:2] + mobile.number[3:]
        case "CI":
            return rng.choice(("+225 ", "+225", "")) + mobile.number[2:]
    return None


def prefix_cell(mobile: Mobile, rng: random.Random) -> str:
    name = NAMES[mobile.region][2]
    forms = ("{0}", "+{0}", "00{0}", "{0}.0", "(+{0})", "{1} (+{0})", "{2} +{0}", "{2}", "{1}", " +{0} ", "'+{0}")
    return rng.choice(forms).format(mobile.code, name, mobile.region)


def country_cell(mobile: Mobile, rng: random.Random) -> str:
    return rng.choice(NAMES[mobile.region])


def beside(mobile: Mobile, rng: random.Random) -> str:
    """Return the number as it stands beside a cell that says where it is from."""
    forms = [mobile.number, mobile.bare, mobile.plus, f"00{mobile.bare}", f"{mobile.number}.0", f"'{mobile.number}"]
    if mobile.trunk == "0":
        forms += ["0" + mobile.number, f"+{mobile.code} (0){mobile.number}"]
    return rng.choice(forms)


def plus_national(mobile: Mobile, _: random.Random) -> str | None:
    """Return the number with a plus in front of it."""
    return "+" + mobile.number if mobile.number[0] != "0" and mobile.region not in LIKE_NANP else None


def half_plus(mobile: Mobile, rng: random.Random) -> str:
    return rng.choice((mobile.bare, mobile.plus))


R, U, H, B = Sight

# One line a kind reads as a table.
# fmt: off
TABLE: tuple[Damage, ...] = (
    Damage("plain national", R, lambda m, _: m.number),
    Damage("as printed at home", R, at_home),
    Damage("trunk prefix", R, with_trunk),
    Damage("plus and code", R, lambda m, _: m.plus),
    Damage("plus and code, no region", R, lambda m, _: m.plus, region=""),
    Damage("plus and code, wrong region", R, lambda m, _: m.plus, region="other"),
    Damage("00 and code", R, lambda m, _: "00" + m.bare),
    Damage("00 and code, no region", R, lambda m, _: "00" + m.bare, region=""),
    Damage("00 and code, wrong region", R, lambda m, _: "00" + m.bare, region="other"),
    Damage("+00, ++, +0 0", R, lambda m, rng: rng.choice(("+00", "++", "+ 00", "00 +", "+00 ")) + m.bare),
    Damage("dialled from the wrong region", R, from_abroad, region="other"),
    Damage("011 and code", R, lambda m, _: "011" + m.bare if len(m.bare) > 11 else None),
    Damage("code without plus", R, lambda m, _: m.bare),
    Damage("code, with and without plus", R, half_plus),
    Damage("code without plus, no region", R, lambda m, _: m.bare, region=""),
    Damage("code, half plus, no region", R, half_plus, region="", column=True),
    Damage("code without plus, wrong region", R, lambda m, _: m.bare, region="other"),
    Damage("code, half plus, wrong region", R, half_plus, region="other", column=True),
    Damage("groups", R, lambda m, rng: grouped("", m.number, rng, " -.")),
    Damage("groups after +code", R, lambda m, rng: grouped(f"+{m.code}" + rng.choice(" -."), m.number, rng, " -.‑–—−")),
    Damage("groups after code", R, lambda m, rng: grouped(m.code + rng.choice(" -."), m.number, rng, " -.")),
    Damage("rare marks", R, lambda m, rng: grouped(f"+{m.code} ", m.number, rng, "_•’·:~=")),
    Damage("brackets", R, brackets),
    Damage("(0)", R, bracketed_zero),
    Damage("float suffix", R, lambda m, rng: rng.choice((m.number, m.bare, m.plus)) + rng.choice((".0", ".00", ",0"))),
    Damage("thousands", R, lambda m, rng: thousands(m.bare, rng.choice(",.' \u202f\u00a0’"))),
    Damage("thousands, national", R,
           lambda m, rng: thousands(m.number, rng.choice(",.'")) if m.number[0] != "0" else None),
    Damage("lakhs and crores", R, lambda m, rng: indian(rng.choice((m.bare, m.number)))),
    Damage("thousands and .00", R, lambda m, _: thousands(m.bare, ",") + ".00"),
    Damage("scientific, complete", R, lambda m, rng: scientific(m.bare, len(m.bare), rng.choice(".,"))),
    Damage("apostrophe", R, lambda m, rng: rng.choice("'’‘`´") + rng.choice((m.number, m.bare, m.plus))),
    Damage("formula guard", R, guarded),
    Damage("minus sign", R, lambda m, rng: rng.choice("-−–") + m.bare),
    Damage("rare spaces", R, lambda m, rng: grouped(f"+{m.code}" + rng.choice(SPACES), m.number, rng, SPACES)),
    Damage("invisible marks", R, lambda m, rng: between(usual(m, rng), HIDDEN_MARKS, rng)),
    Damage("other digits, +code", R, lambda m, rng: in_alphabet(m.plus, rng.choice([*ALPHABETS.values()]))),
    Damage("other digits", R, lambda m, rng: in_alphabet(m.number, rng.choice([*ALPHABETS.values()]))),
    Damage("full-width all", R, lambda m, _: in_alphabet(f"＋{m.code}－{m.number}", "０")),
    Damage("tel:", R, tel),
    Damage("tel:, no region", R, tel, region=""),
    Damage("WhatsApp link", R, link),
    Damage("WhatsApp link, no region", R, link, region=""),
    Damage("WhatsApp link, wrong region", R, link, region="other"),
    Damage("WhatsApp id", R, jid),
    Damage("WhatsApp id, wrong region", R, jid, region="other"),
    Damage("label before", R, label_before),
    Damage("label after", R, label_after),
    Damage("two numbers", R, two),
    Damage("two numbers, labelled", R, two_labelled),
    Damage("number twice", R, lambda m, rng: m.plus + rng.choice((" ", ", ", "\n", " / ")) + m.plus),
    Damage("other last digits", R, alternative_ending),
    Damage("extension", R, extension),
    Damage("zero and code", R, zero_code),
    Damage("code twice", R, code_twice),
    Damage("plus before national", R, plus_national, column=True),
    Damage("lost own zero", R, lost_zero),
    Damage("old plan", R, old_form),
    Damage("prefix column, national", R, lambda m, _: m.number, prefix=prefix_cell, region=""),
    Damage("prefix column, mixed forms", R, beside, prefix=prefix_cell, region=""),
    Damage("prefix column, wrong region", R, beside, prefix=prefix_cell, region="other"),
    Damage("country column", R, lambda m, _: m.number, country=country_cell, region=""),
    Damage("country column, mixed forms", R, beside, country=country_cell, region=""),
    Damage("country column, wrong region", R, beside, country=country_cell, region="other"),
    Damage("prefix and country columns", R, beside, prefix=prefix_cell, country=country_cell, region="other"),
    Damage("zero and code, odd", U, zero_code_odd),
    Damage("label with a digit", U, label_with_digit),
    Damage("note after", U, note_after),
    Damage("masked", H, masked),
    Damage("dots for digits", H, blanked),
    Damage("masked tail", H, masked_tail),
    Damage("masked tail, no region", H, masked_tail, region=""),
    Damage("masked tail, prefix column", H, masked_tail, prefix=prefix_cell, region=""),
    Damage("somebody else's", H, somebody_elses),
    Damage("not to be used", H, not_to_be_used),
    Damage("two people's", H, two_people),
    Damage("letter for a digit", H, letter_o),
    Damage("scientific, truncated", H, truncated),
    Damage("rounded by a spreadsheet", H, rounded, column=True),
    Damage("old plan, unsure", H, outdated),
    Damage("national, no region", H, lambda m, _: m.number, region=""),
    Damage("a digit dropped", B, dropped),
    Damage("a digit doubled", B, doubled),
    Damage("neighbours swapped", B, swapped),
    Damage("a digit changed", B, changed),
    Damage("plus before national, NANP-like", B, lambda m, _: "+" + m.number if m.region in LIKE_NANP else None),
    Damage("loose digit after", B, loose_digit),
    Damage("national, wrong region", B, lambda m, _: m.number, region="other"),
)
# fmt: on


@dataclass(frozen=True, slots=True)
class Column:
    """Numbers of one country, damaged in one way."""

    damage: Damage
    home: str
    mobiles: list[Mobile]
    cells: list[str]
    prefixes: list[str] | None
    countries: list[str] | None

    @property
    def region(self) -> str | None:
        """The default region that its reader was told."""
        return {"home": self.home, "other": wrong_region(self.home)}.get(self.damage.region)


def columns(count: int, seed: int) -> Iterator[Column]:
    """Yield a column for each kind of damage and each country in which it applies."""
    people = {region: mobiles(region, count, random.Random(f"{seed} {region}")) for region in REGIONS}
    for damage in TABLE:
        for home, known in people.items():
            rng = random.Random(f"{seed} {damage.name} {home}")
            written = [(one, damage.write(one, rng)) for one in known]
            kept = [(one, cell) for one, cell in written if cell is not None]
            if kept:
                ours, cells = [one for one, _ in kept], [cell for _, cell in kept]
                beside_it = [
                    write and [write(one, rng) or "" for one in ours] for write in (damage.prefix, damage.country)
                ]
                yield Column(damage, home, ours, cells, *beside_it)
