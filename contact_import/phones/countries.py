"""Country names in every language, and two- and three-letter codes, as regions."""

from __future__ import annotations

import unicodedata
from functools import cache
from pathlib import Path

from contact_import.phones.regions import CODE_OF

_ADDED = """
UK GB|U.K. GB|England GB|Scotland GB|Wales GB|Great Britain GB|USA US|U.S.A. US|U.S. US|America US|EUA US|EEUU US
UAE AE|U.A.E. AE|KSA SA|RSA ZA|DR Congo CD|DRC CD|Ivory Coast CI|Macau MO|Holland NL|Czech Republic CZ|Burma MM
Turkey TR|Swaziland SZ|Cape Verde CV|East Timor TL|Macedonia MK|Vatican VA|Korea KR|Republic of Korea KR
Russian Federation RU|Viet Nam VN|Brunei Darussalam BN|Syrian Arab Republic SY|Republic of Ireland IE
المملكة العربية السعودية SA|الإمارات AE|भारत IN|Bharat IN|Hong Kong HK|Iran IR|Palestine PS|Kosovo XK
"""
"""Names that people write and no list of languages has."""

_ALPHA3 = """
ABWAW AFGAF AGOAO AIAAI ALAAX ALBAL ANDAD AREAE ARGAR ARMAM ASMAS ATGAG AUSAU AUTAT AZEAZ BDIBI BELBE BENBJ
BESBQ BFABF BGDBD BGRBG BHRBH BHSBS BIHBA BLMBL BLRBY BLZBZ BMUBM BOLBO BRABR BRBBB BRNBN BTNBT BWABW CAFCF
CANCA CCKCC CHECH CHLCL CHNCN CIVCI CMRCM CODCD COGCG COKCK COLCO COMKM CPVCV CRICR CUBCU CUWCW CXRCX CYMKY
CYPCY CZECZ DEUDE DJIDJ DMADM DNKDK DOMDO DZADZ ECUEC EGYEG ERIER ESHEH ESPES ESTEE ETHET FINFI FJIFJ FLKFK
FRAFR FROFO FSMFM GABGA GBRGB GEOGE GGYGG GHAGH GIBGI GINGN GLPGP GMBGM GNBGW GNQGQ GRCGR GRDGD GRLGL GTMGT
GUFGF GUMGU GUYGY HKGHK HNDHN HRVHR HTIHT HUNHU IDNID IMNIM INDIN IOTIO IRLIE IRNIR IRQIQ ISLIS ISRIL ITAIT
JAMJM JEYJE JORJO JPNJP KAZKZ KENKE KGZKG KHMKH KIRKI KNAKN KORKR KWTKW LAOLA LBNLB LBRLR LBYLY LCALC LIELI
LKALK LSOLS LTULT LUXLU LVALV MACMO MAFMF MARMA MCOMC MDAMD MDGMG MDVMV MEXMX MHLMH MKDMK MLIML MLTMT MMRMM
MNEME MNGMN MNPMP MOZMZ MRTMR MSRMS MTQMQ MUSMU MWIMW MYSMY MYTYT NAMNA NCLNC NERNE NFKNF NGANG NICNI NIUNU
NLDNL NORNO NPLNP NRUNR NZLNZ OMNOM PAKPK PANPA PERPE PHLPH PLWPW PNGPG POLPL PRIPR PRKKP PRTPT PRYPY PSEPS
PYFPF QATQA REURE ROURO RUSRU RWARW SAUSA SDNSD SENSN SGPSG SHNSH SJMSJ SLBSB SLESL SLVSV SMRSM SOMSO SPMPM
SRBRS SSDSS STPST SURSR SVKSK SVNSI SWESE SWZSZ SXMSX SYCSC SYRSY TCATC TCDTD TGOTG THATH TJKTJ TKLTK TKMTM
TLSTL TONTO TTOTT TUNTN TURTR TUVTV TWNTW TZATZ UGAUG UKRUA URYUY USAUS UZBUZ VATVA VCTVC VENVE VGBVG VIRVI
VNMVN VUTVU WLFWF WSMWS YEMYE ZAFZA ZMBZM ZWEZW XKXXK
"""
"""Three-letter code and region of each country that has telephones."""


def region_of(name: str) -> str:
    """Return the region that *name* means (a code of two or three letters, or a name in any language), else ""."""
    text = " ".join(name.split())
    if len(text) == 2 and text.isascii() and text.upper() in CODE_OF:
        return text.upper()
    return _names().get(fold(text), "")


NAMES = Path(__file__).with_name("countries.tsv")
"""Region, tab, and what phonenumbers has as its names, as they are compared. `make countries` writes it, since
phonenumbers' own table takes 100 MB of memory."""


@cache
def _names() -> dict[str, str]:
    lines = (line.split("\t") for line in NAMES.read_text(encoding="utf-8").splitlines())
    names = {name: region for region, written in lines for name in written.split("|")}
    for entry in "|".join(_ADDED.strip().splitlines()).split("|"):
        name, region = entry.rsplit(" ", 1)
        names[fold(name)] = region
    names.update((entry[:3].lower(), entry[3:]) for entry in _ALPHA3.split())
    return names


_SAME = str.maketrans("أإآٱıł", "اااا" + "il") | dict.fromkeys(map(ord, "'’‘ʼʻ`´.،,"), None)


def fold(text: str) -> str:
    """Return *text* as it is compared: without case, accents, apostrophes and the varieties of alef."""
    plain = unicodedata.normalize("NFKD", text.translate(_SAME).casefold())
    bare = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return " ".join(bare.translate(_SAME).replace("-", " ").split())
