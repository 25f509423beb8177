"""Which letters each language writes, so that text read in a wrong encoding is known by the letters it should not have.

Bytes of a legacy encoding are letters in nearly every other one too: Polish `ł` is `³` elsewhere, Greek words are odd
Russian ones. What tells is that all letters of a list belong to one language, and that the usual ones are usual.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

WESTERN = ("cp1252", "mac_roman", "cp850")
CENTRAL = ("cp1250", "iso8859_2", "cp852")
CYRILLIC = ("cp1251", "koi8_u", "cp866", "mac_cyrillic", "iso8859_5")


CODECS = (
    *("cp1252", "cp1254", "cp1250", "cp1251", "cp1253", "cp1255", "cp1256", "cp1257", "cp874"),
    *("cp932", "gb18030", "cp950", "cp949", "euc_jp", "mac_roman", "cp850", "cp852", "iso8859_2"),
    *("koi8_u", "cp866", "iso8859_7", "iso8859_6", "iso8859_5", "mac_cyrillic", "cp857"),
)
"""The legacy encodings of lists, the likeliest first. The largest of a family stands for all: cp949 for euc_kr."""

EAST = {"CJK", "HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA", "HALFWIDTH"}
"""Scripts that stand in one word in Japan."""
SIGNS = "’‘“”„‚«»‹›…–—•·°ºª€£§©®™¿¡№\xa0　、。・「」（）：；，"
"""Beyond ASCII, and in lists all the same."""
NOT_BEFORE_WORDS = "£§©®»"


@dataclass(frozen=True)
class Language:
    """The characters of a language beyond ASCII, and the encodings its lists are in."""

    codecs: tuple[str, ...]
    usual: str
    """A regular expression of what most of its text consists of; case does not matter."""
    seldom: str = ""
    """And one of what it has besides."""
    weight: float = 0.4
    """How strange one of these is. In two bytes a character they hardly come about by chance."""

    def unexplained(self, text: str, letters: int) -> float:
        """Return how many of so many *letters* beyond ASCII in *text*, in lower case, are not the language's."""
        usual = len(re.findall(self.usual, text))
        seldom = len(re.findall(f"(?!{self.usual})(?:{self.seldom})", text)) if self.seldom else 0
        return letters - usual - (1 - self.weight) * seldom


LANGUAGES = (
    Language(WESTERN, "[áéíóúñü]"),  # Spanish
    Language(WESTERN, "[áâãàçéêíóôúü]|õ(?=e)"),  # Portuguese
    Language(WESTERN, "[éêëàâçîïôùûüÿ]|è(?![aeiouy])|œ(?=u)", "æ"),  # French
    Language(WESTERN, "[äöüßéàôêç]|è(?![aeiouy])"),  # German, and that of Switzerland
    Language(WESTERN, r"[àèéìòù](?!\w)"),  # Italian
    Language(WESTERN, "[ëïéöü]|è(?![aeiouy])"),  # Dutch
    Language(WESTERN, "[àçéíóòúüï·]|è(?![aeiouy])"),  # Catalan
    Language(WESTERN, "[åäöéü]"),  # Swedish, Finnish
    Language(WESTERN, r"[øåéö]|æ(?=\w)", "æ"),  # Danish, Norwegian
    Language(WESTERN, "[áéíóúæö]", "[ðýþ]"),  # Icelandic; these three are Turkish letters in cp1254, and likelier so
    Language(WESTERN, "[äöü]", "[õšž]"),  # Estonian; õ is Hungarian in cp1250, and likelier so
    Language(("cp1257",), "[äöüõ]", "[šž]"),
    Language(CENTRAL, "[ąćęłńóśźż]"),  # Polish
    Language(CENTRAL, "[áčďéěíňóřšťúůýž]"),  # Czech
    Language(CENTRAL, "[áäčďéíĺľňóôŕšťúýž]"),  # Slovak
    Language(CENTRAL, "[áéíóöőúüű]"),  # Hungarian
    Language(CENTRAL, "[ăâîşţșț]"),  # Romanian
    Language(CENTRAL, "[čćđšž]"),  # Croatian, Slovenian
    Language(("cp1254", "cp857"), "[çğıöşü]|i̇", "[âîû]"),  # Turkish
    Language(("cp1257",), "[ąčęėįšųūž]"),  # Lithuanian
    Language(("cp1257",), "[āčēģīķļņšūž]"),  # Latvian
    Language(CYRILLIC, "[аеиоуынтсрвлкмдпя]", "[а-яё]"),  # Russian, Bulgarian
    Language(CYRILLIC, "[аеиоуінтсрвлкмдпя]", "[а-яіїєґ]"),  # Ukrainian
    Language(("cp1253", "iso8859_7"), "[αοιετσνηρςπκλμυάίόέή]", "[ά-ώ]"),  # Greek
    Language(("cp1255",), "[יולאהרמנבשתםןדחק]", "[א-ת]"),  # Hebrew
    Language(("cp1256", "iso8859_6"), "[اليمنرودبعةحسفت]", "[ء-يپچژگٹڈڑںھہےک]"),  # Arabic, Persian, Urdu
    Language(("cp874",), "[นรอกงมยลวดทสตปบคหชพาะ]|(?<=[ก-ฮั-ู])[ั-ฺ็-๎]|[เ-ไ](?=[ก-ฮ])", "[ก-ฮ]"),  # Thai
    Language(
        ("cp932", "euc_jp"),
        "[ぁ-ゖ々ァ-ヺー]"
        "|[佐藤鈴木高橋田中伊渡辺山本村小林加吉口松井斎清崎森池阿部石川島前岡長谷後近坂遠青西福太三浦原竹野上金和大内菅]"
        "|[一郎二子美恵由紀優翔陽菜健拓也真直樹裕介花結愛翼誠隆浩幸秀明智香奈次雄夫正俊康]"
        "|[氏名電話番号携帯住所会社前姓市区町都府県東京阪海道神戸札幌屋古広横浜仙台千葉埼玉]",
        "[一-龥ｦ-ﾟ]",
        weight=0.2,
    ),
    Language(
        ("gb18030",),
        "[王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任]"
        "|[姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文]"
        "|[伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂建国华志玉红春梅海燕雪琳晓辉鹏飞宇浩然欣怡子轩涵佳慧婷俊]"
        "|[姓名电话手机号码城市邮箱地址公司备注联系人客户称北京上广州深圳天津重庆成都杭南汉西安]",
        "[一-龥]",
        weight=0.2,
    ),
    Language(
        ("cp950",),
        "[陳林黃張李王吳劉蔡楊許鄭謝郭洪曾邱廖賴周徐蘇葉莊呂江何蕭羅高潘簡朱鍾彭游詹胡施沈余趙盧梁顏柯孫魏翁戴范宋方鄧杜傅侯]"
        "|[曹薛丁馬蔣唐卓藍馮姚石董紀歐程連古汪湯姜田康鄒白尤巫韓龔嚴袁黎金阮陸倪夏童邵柳錢]"
        "|[志明俊傑建宏雅婷淑芬美玲惠君怡佳豪文雄宗翰冠宇家承恩欣詩涵國華英麗雲龍慧]"
        "|[姓名電話手機號碼城市地址公司備註聯絡人客戶稱台臺北新竹中高南桃園香港九]",
        "[一-龥]",
        weight=0.2,
    ),
    Language(
        ("cp949",),
        "[김이박최정강조윤장임한오서신권황안송류전홍고문양손배백허유남심노하곽성차주우구민진지수영현준연미은경희숙순자옥철호석훈재동]"
        "|[혁상태용기빈예원아나라름화번휴대폰메일소도시회사고객명울부산인천광]",
        "[가-힣]",
        weight=0.2,
    ),
)  # fmt: skip


def strangeness(text: str, codec: str) -> float:
    """Return which part of the characters beyond ASCII in *text*, read in *codec*, no language of *codec* explains."""
    neighbours = zip(" " + text, text, text[1:] + " ", strict=False)
    foreign = [three for three in neighbours if three[1] > "\x7f"]
    if not foreign:
        return 0.0
    lower = text.lower()
    letters = sum(_is_letter(char) for _, char, _ in foreign)
    spoken = (language for language in LANGUAGES if codec in language.codecs)
    unexplained = min(language.unexplained(lower, letters) for language in spoken)
    return (unexplained + sum(_is_odd(*three) for three in foreign)) / len(foreign)


def _is_odd(before: str, char: str, after: str) -> bool:
    """Tell a sign in a word (`J¸rgen`), a letter of the other case (`JÅrgen`), and two scripts in one (`JЃrgen`)."""
    if not _is_letter(char):
        within = before.isalpha() and after.isalpha() and char != "’"
        return within or char not in SIGNS or (char in NOT_BEFORE_WORDS and after.isalpha())
    mixed = any(_is_letter(side) and _script(side) != _script(char) for side in (before, after))
    return mixed or (before.islower() and char.isupper()) or (char.islower() and after.isupper())


def _is_letter(char: str) -> bool:
    return char.isalpha() or unicodedata.category(char)[0] == "M"


@cache
def _script(char: str) -> str:
    name = unicodedata.name(char, "?").split()[0]
    return "CJK" if name in EAST else name
