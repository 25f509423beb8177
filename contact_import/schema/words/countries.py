"""Headers of countries, by their dial codes, letters or names."""

from contact_import.schema.words import table

PREFIXES = table("""
    Prefix? | Country Calling Code | Country Dial Code | Country Dialing Code
    Dial Code | Dialing Code
    Dialling Code | Calling Code | Phone Code | Phone Country Code | Country Phone Code
    Mobile Country Code | ISD Code | ISD
    IDD Code | International Code | Country Code (Phone) | Phone Prefix | Country Prefix | International Prefix
    WhatsApp Country Code | DDI | Código do país | Código de país | Código del país | Código país | Indicatif pays
    Indicatif du pays | Indicatif téléphonique | Ländervorwahl | Landesvorwahl | Ländervorwahlnummer
    Prefisso internazionale | Prefijo internacional | Prefijo país | Landnummer | Numer kierunkowy kraju
    Prefiks kraju | Ülke Kodu | Код страны | رمز الدولة | مفتاح الدولة | كود الدولة | رمز البلد | देश कोड
    कंट्री कोड | Kode Negara | 国番号 | 국가번호 | 국가 코드 | 国家区号 | 国际区号 | 国家代码
""")
OR_PREFIXES = table("""
    C Code? | Ctry? | Country Cd? | Mobile Code? | Mobile Prefix? | Contact Code? | WhatsApp Code? | WhatsApp Prefix?
    Tel Code? | Intl Code? | Intl Prefix? | Code (Country)? | Country Code Mobile? | Country Code WhatsApp? | Cód. País?
    Cód. do País? | Tel Prefix?
""")
"""Hardly anything but a dial code: believed where nearly every value is a calling code, and no running number."""
BARE_CODES = table("CC? | Code? | Kode? | Pref? | Dial? | Código? | Kod? | Код? | رمز? | कोड?")
"""A dial code beside a phone, and elsewhere anything."""
COUNTRY_CODES = table("""
    Country Code | Default Address Country Code | Ctry Code | Cntry Code | Billing Country Code | Code pays
""")
"""A dial code or a country's letters: the values decide."""
AREA_OR_DIAL = table("""
    Prefijo? | Prefisso? | Prefixo? | Vorwahl? | Indicatif? | Kierunkowy? | Netnummer?
""")
"""An area code or a country's dial code: only a + tells."""
AREA_CODES = table("""
    DDD | Código DDD | Cód. DDD | Code DDD | Número DDD | Nº DDD | Area Code | Código de área | Código área | Cód. Área
    Phone Area Code | STD Code | Lada | Clave Lada | Código Lada | Kode Area | Ortsvorwahl | رمز المنطقة
""")
"""The first digits of phones within their country, in a column of their own."""
OR_AREAS = table("Area? | STD?")
"""An area code, and much else: a part of a town, a department, the class of a school."""
COUNTRIES = table("""
    Country | Country/Region | Country Name | Country or Region | Nation | Country ISO | Country ISO Code
    ISO Country | ISO Country Code | Country Iso2 | Phone Country | Contact Country | Customer Country
    Person - Country | Country/Territory | País | País/Região | País o región | País/Región | Pays | Pays/région
    Land | Land/Region | Paese | Paese/Area geografica | Nazione | Land/regio | Kraj | Kraj/region | Państwo | Ülke
    Ülke/Bölge | Страна | Страна/регион | Країна | الدولة | دولة | البلد | بلد | الدولة/المنطقة | کشور | ملک | देश | राष्ट्र
    देश/क्षेत्र | দেশ | நாடு | દેશ | Negara | 国 | 国/地域 | 国名 | 국가 | 국가/지역 | 나라 | 国家 | 国家/地区 | 國家
    Ország | Země | Țară | Maa | Χώρα | ארץ | Quốc gia | ประเทศ | Região/País | Nazione/Regione | Країна/регіон
""")
OTHER_COUNTRIES = table("""
    Home Country | Home Country/Region | Business Country | Business Country/Region | Mailing Country
    Billing Country | Shipping Country | Default Address Country | Address - Country | Work Country | Other Country
    Other Country/Region | بلد المنزل/الإقليم | गृह राष्ट्र/क्षेत्र | Ev Ülke/Bölge | İş Ülkesi | Werkland | Hjemmeland
    Arbejdsland
""")
