"""The fields of a contact, as a table: the headers that usually hold each one, and the words that rule it out.

Another header spelling is a word in a table below, between two bars, as people write it: case, spaces, punctuation,
accents and a number in it ("Phone 2") do not matter, see `normal`. A question mark behind it: it has other meanings
too, and is believed only where the values agree. Matching is exact. Similarity is no help here: it finds
"Company Name" and "Father's Name" closer to "Name" than most real headers are.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache


def _table(text: str) -> tuple[str, ...]:
    """Return the headers of *text*: one between two bars, or two line ends."""
    return tuple(header for cell in re.split(r"[|\n]", text) if (header := cell.strip()))


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a contact and the headers it is known by."""

    name: str
    """As --map has it."""
    noun: str
    """As a sentence has it."""
    tiers: tuple[tuple[str, ...], ...]
    """The usual headers as the tables have them; those of an earlier tier are preferred."""
    vetoes: tuple[str, ...] = ()
    """Words and whole headers that rule the field out, whatever the values look like."""
    required: bool = False
    many: bool = False
    """Several columns may feed it; every other field is fed by one."""

    @property
    def headers(self) -> tuple[str, ...]:
        """Every header the field is known by, preferred ones first."""
        return tuple(header.removesuffix("?") for tier in self.tiers for header in tier)


@dataclass(frozen=True, slots=True)
class Hit:
    """A header found in the table."""

    field: str
    rank: int
    """0 for the preferred headers of the field."""
    weak: bool
    """To be believed only where the values agree."""


# Name

FULL_NAMES = _table("""
    Full Name | Display Name | Person - Name | Complete Name | userProvidedName | First and Last Name
    First & Last Name | First Name Last Name | Name and Surname | Name Surname | Nome completo | Nome e sobrenome
    Nombre completo | Nombre y apellidos | Nombre y apellido | Apellidos y nombre | Nom complet | Nom et prénom
    Nom prénom | Prénom et nom | Prénom nom | Vollständiger Name | Vor- und Nachname | Vorname Nachname
    Vorname und Nachname | Vor- und Zuname | Name, Vorname | Nome e cognome | Nome cognome | Cognome e nome
    Cognome nome | Nominativo | Volledige naam | Voor- en achternaam | Imię i nazwisko | Nazwisko i imię | Adı Soyadı
    Ad Soyad | İsim Soyisim | Tam Adı | ФИО | Полное имя | Имя и фамилия | Имя Фамилия | Фамилия Имя
    Фамилия Имя Отчество | ПІБ | Прізвище та ім'я | الاسم الكامل | الاسم بالكامل | الاسم الثلاثي | الاسم الرباعي
    نام کامل | نام و نام خانوادگی | پورا نام | पूरा नाम | পূর্ণ নাম | முழு பெயர் | పూర్తి పేరు | पूर्ण नाव
    Nama Lengkap | Nama Penuh | 氏名 | お名前 | フルネーム | 성명 | 이름(성명) | 姓名 | 全名 | Fullständigt namn
    Fulde navn | Fullt navn | Teljes név | Celé jméno | Jméno a příjmení | Nume complet | Nume și prenume
    Ονοματεπώνυμο | Họ và tên | Họ tên | שם מלא | ชื่อ-นามสกุล
""")
PERSONS = _table("""
    Contact Name | Contact Person | Contact?
    Contact Person Name | Customer Name | Client Name | Lead Name
    Person? | Guest Name | Member Name | Student Name | Patient Name | Buyer Name | Party Name | Ledger Name
    Subscriber Name | Attendee Name | Recipient Name | Passenger Name | User Full Name | Your Name | Name of Customer
    Name of Contact | Name of the Customer | Customer Full Name | Contact Full Name | Public Display Name
    Saved Name | WhatsApp Name | Profile Name | Push Name | Candidate Name | Applicant Name | Participant Name
    Customer? | Client? | Nome do cliente | Nome do contato | Cliente? | Contato nome | Nombre del cliente
    Nombre de contacto | Nombre del contacto | Nom du client | Nom du contact | Kundenname | Kunde? | Ansprechpartner
    Kontaktname | Nome cliente | Nome contatto | Referente? | Klantnaam | Contactpersoon | Imię klienta | Klient?
    Müşteri Adı | Müşteri? | Kişi Adı | Имя клиента | Клиент? | Контактное лицо | اسم العميل | اسم الزبون
    ग्राहक का नाम | ग्राहक नाम | संपर्क व्यक्ति | Nama Pelanggan | Nama Customer | Nama Kontak | Nama Konsumen
    Nama Klien | 顧客名 | お客様名 | 担当者名 | 고객명 | 고객 이름 | 담당자? | 客户姓名 | 客户名称 | 联系人
    联系人姓名 | Kontaktperson
""")
BARE_NAMES = _table("""
    Name | Names | Nome | Nombre | Nombres | Nom | Naam | Nama | Namn | Navn | Név | Jméno | Nume | Όνομα | Tên
    Nimi | Ad | Adı | İsim | Imię | Имя | Ім'я | Име | الاسم | اسم | نام | नाम | नाव | பெயர் | పేరు | નામ | 名 | 名前
    이름 | 名字 | שם | ชื่อ | নাম
""")
"""Full name or first name (in some languages surname): what the other columns and the values leave it to be."""

FIRST_NAMES = _table("""
    First Name | Given Name | Forename | FName | Buyer First Name | Contact First Name | Customer First Name
    Billing First Name | Person - First Name | Christian Name | Primeiro nome | Nome próprio | Primer nombre
    Nombre de pila | Prénom | Prénoms | Vorname | Rufname | Primo nome | Voornaam | Roepnaam | Pierwsze imię
    İlk Adı | İlk Ad | Ön Ad | Первое имя | الاسم الأول | प्रथम नाम | पहला नाम | पहिले नाव | Nama Depan
    Nama Pertama | 下の名前 | Förnamn | Fornavn | Keresztnév | Utónév | Křestní jméno | Prenume | Etunimi
    Μικρό όνομα | שם פרטי | First? | Given? | Primeiro? | Primero? | Premier?
""")
LAST_NAMES = _table("""
    Last Name | Surname | Family Name | LName | Buyer Last Name | Contact Last Name | Customer Last Name
    Billing Last Name | Person - Last Name | Sobrenome | Último nome | Apelido | Apellido | Apellidos
    Primer apellido | Nom de famille | Nachname | Familienname | Zuname | Cognome | Cognom | Cognoms | Achternaam
    Familienaam | Nazwisko | Soyadı | Soyad | Soyisim | Фамилия | Прізвище | Фамилно име | اسم العائلة | الاسم الأخير
    اللقب | نام خانوادگی | अंतिम नाम | उपनाम | कुलनाम | आडनाव | Nama Belakang | Nama Akhir
    Nama Keluarga | 姓 | 苗字 | 성 | 姓氏 | Efternamn | Efternavn | Etternavn | Vezetéknév | Příjmení | Sukunimi
    Επώνυμο | Επίθετο | שם משפחה | Họ | นามสกุล | Last? | Family? | Último?
""")
SURNAME_BESIDE = _table("""
    Prénom | Prénoms | Vorname | Rufname | Voornaam | Förnamn | Fornavn | Keresztnév | Utónév | Prenume
""")
"""First names beside which a bare name is the surname: Prénom;Nom, Name;Vorname."""

# Phone, preferred first

WHATSAPP = _table("""
    WhatsApp Number | WhatsApp No | WhatsApp Phone | WhatsApp Phone Number | WhatsApp Mobile | WhatsApp Mobile Number
    WhatsApp Contact | WhatsApp Contact Number | Number (WhatsApp) | Phone (WhatsApp) | Mobile (WhatsApp) | WA Number
    Phone Number (WhatsApp) | Mobile Number (WhatsApp) | WA No | WA Phone | WhatsApp ID | wa_id
    Person - Phone - WhatsApp | Watsapp | Whatsap Number | Whatsapp Nr | Número de WhatsApp | Número do WhatsApp
    Número WhatsApp | Nº WhatsApp | WhatsApp Número | Telefone WhatsApp | Teléfono WhatsApp | Celular WhatsApp
    Téléphone WhatsApp | WhatsApp-Nummer | Numer WhatsApp | WhatsApp Numarası | WhatsApp No'su | Номер WhatsApp
    WhatsApp номер | Ватсап | Номер Ватсап | رقم الواتساب | رقم واتساب | واتساب | رقم الواتس | व्हाट्सएप नंबर
    व्हाट्सऐप नंबर | व्हाट्सएप | व्हाट्सप्प नंबर | वाट्सएप नंबर | Nomor WhatsApp | Nomor WA | No WA | No. WA Aktif
    No HP/WA | No WA/HP | Nomor HP/WA | WhatsApp番号 | 왓츠앱 번호 | WhatsApp号码 | WhatsApp电话 | WhatsApp? | WA?
    Whatsap?
""")
MOBILE = _table("""
    Mobile | Mobile No | Mobile Number | Mobile Num | Mobile Nos | Mobile Phone | Mobile Phone Number | Mob | Mob No
    Mob Number | Mobile Contact | Mobile Contact No | Cell | Cell Phone | Cell Phone Number | Cell Number | Cell No
    Cellular | Cellular Phone | Person - Phone - Mobile | Contact Mobile | Customer Mobile | Customer Mobile No
    Customer Mobile Number | Student Mobile | Person - Mobile | Phone/Mobile | Contact Mobile No
    Contact Mobile Number | Registered Mobile Number | Mobile Telephone | Lead Mobile | User Mobile | Client Mobile
    Buyer Mobile | Smartphone | Mobile tel | Tel mobile | Celular | Telefone celular | Telefone móvel
    Número de celular | Número do celular | Nº celular | Telemóvel | Móvel | Tel. celular | Fone celular | Cel
    Teléfono móvil | Teléfono celular | Móvil | Número móvil | Núm. celular | Número de móvil | Telf. móvil
    Tlf. móvil | Téléphone mobile | Téléphone portable | Portable? | Tél. portable | N° portable | Numéro de portable
    Numéro mobile | Numéro de mobile | GSM | Mobiltelefon | Handy | Handynummer | Handy-Nr. | Mobilnummer | Mobil?
    Mobilfunk | Mobilfunknummer | Mobiltelefonnummer | Mobilrufnummer | Mobil-Nr. | Telefon mobil | Natel?
    Cellulare | Telefono cellulare | Numero di cellulare | Numero cellulare | N. cellulare | Mobiele telefoon
    Mobiel | Mobiel nummer | Mobiele nummer | 06-nummer | Telefon komórkowy | Komórka | Numer komórki | Tel. kom.
    Nr komórkowy | Tel. komórkowy | Cep Telefonu | Cep Tel | Cep No | Cep Numarası | Cep Telefon
    Cep Telefonu Numarası | GSM No | Мобильный телефон | Мобильный | Моб. телефон | Сотовый | Сотовый телефон
    Номер мобильного | Мобільний телефон | Мобільний | الهاتف الجوال | الهاتف المحمول | رقم الجوال | الجوال | جوال
    رقم الموبايل | الموبايل | موبايل | رقم المحمول | المحمول | الهاتف النقال | رقم الهاتف المحمول | النقال
    موبائل نمبر | موبایل | شماره موبایل | تلفن همراه | मोबाइल फ़ोन | मोबाइल नंबर | मोबाइल | मोबाईल नंबर | मोबाईल
    मो. नं. | मोबाइल न. | मोबाइल नं | मोबाइल संख्या | মোবাইল নম্বর | মোবাইল | மொபைல் எண் | மொபைல் | మొబైల్ నంబర్
    మొబైల్ | મોબાઇલ નંબર | No HP | Nomor HP | Nomer HP | No. Handphone | Nomor Handphone | Handphone | No Hape
    No. Ponsel | Nomor Ponsel | Ponsel | Telepon Seluler | Telepon Genggam | Nomor Seluler | No Telepon/HP
    No HP/Telp | No Telp/HP | 携帯電話 | 携帯 | 携帯番号 | 携帯電話番号 | 휴대폰 | 휴대폰 번호 | 휴대전화
    휴대전화 번호 | 핸드폰 | 핸드폰 번호 | 移动电话 | 手机 | 手机号 | 手机号码 | 手機 | 手機號碼 | 行動電話
    Mobiltelefonszám | Mobilní telefon | Matkapuhelin | Κινητό | Κινητό τηλέφωνο | נייד | טלפון נייד | Di động
    Số di động | มือถือ | เบอร์มือถือ | HP? | SMS?
""")
PHONE = _table("""
    Phone | Phone No | Phone Number | Phone Num | Phone Nos | Phones | Phone - Value | Primary Phone
    Primary Phone Number | Main Phone | Telephone | Telephone No | Telephone Number | Tel | Tel No | Tel Number | Ph?
    Ph No | Ph Number | Contact No | Contact Number | Contact Num | Contact Nos | Contact Phone
    Contact Phone Number | Contact Telephone | Person - Phone | User Phone | Customer Phone | Customer Phone Number
    Customer Contact | Customer Contact No | Customer Contact Number | Client Phone | Lead Phone | Buyer Phone
    Guest Phone | Billing Phone | Calling Number | URN:Tel | Email / Phone | Phone / Email | Full Phone Number | E164
    E.164 Phone | International Phone | Member Phone | Patient Phone | Party Phone | Student Phone | Subscriber Phone
    phone_e164 | msisdn | Telefone | Telefones | Número de telefone | Nº telefone | Fone | Tel. contato
    Telefone de contato | Telefone principal | Telefone para contato | Número do telefone | Contato telefone
    Teléfono | Teléfonos | Número de teléfono | Nº teléfono | Teléfono de contacto | Telf. | Tlf. | Tfno.
    Teléfono principal | Núm. teléfono | N° téléphone | Numéro de téléphone | N° de téléphone | Numéro téléphone
    N° tél | No de téléphone | Téléphone principal | Num tel | Telefon | Telefonnummer | Telefon-Nr. | Tel.-Nr.
    Rufnummer | Fernsprecher | Haupttelefon | Festnetz/Mobil | Numero di telefono | N. telefono | Numero telefono
    Recapito telefonico | Recapito? | Telefoon | Telefoonnummer | Telefoonnr. | Numer telefonu | Nr telefonu
    Nr tel. | Telefon kontaktowy | Telefon Numarası | Telefon No | İletişim Numarası | Телефон | Номер телефона
    Тел. | № телефона | Контактный телефон | Телефоны | Номер тел. | Телефонний номер | Номер телефону | الهاتف
    هاتف | رقم الهاتف | رقم التليفون | التليفون | تليفون | رقم التلفون | تلفون | رقم الاتصال | رقم التواصل | تلفن
    شماره تلفن | فون نمبر | फ़ोन | फ़ोन नंबर | दूरभाष | टेलीफ़ोन | टेलीफोन नंबर | संपर्क नंबर | संपर्क नं
    कॉन्टैक्ट नंबर | फोन न. | फोन नं | ফোন নম্বর | ফোন | தொலைபேசி | தொலைபேசி எண் | ఫోన్ నంబర్ | ఫోన్ | ફોન નંબર
    फोन क्रमांक | No Telepon | Nomor Telepon | No Telp | No. Tlp | Nomer Telepon | Telepon | Telp | No Tel
    No. Kontak | Nomor Kontak | Nombor Telefon | No. Telefon | 電話番号 | 電話 | 連絡先電話番号 | 전화번호 | 전화
    연락처? | 연락처 번호 | 电话 | 电话号码 | 联系电话 | 联系方式? | 電話號碼 | 聯絡電話 | Telefonszám
    Telefonní číslo | Număr de telefon | Puhelin | Puhelinnumero | Τηλέφωνο | Τηλ. | טלפון | מספר טלפון
    Số điện thoại | SĐT | Điện thoại | โทรศัพท์ | เบอร์โทร | เบอร์โทรศัพท์ | หมายเลขโทรศัพท์ | Contact? | Contacts?
    Contact Info? | Contact Details? | Contact Information? | Primary? | Contato? | Contacto? | Contactos? | Kontakt?
    Kontaktdaten? | Coordonnées? | Contatto? | Contatti? | İletişim? | Контакт? | Контакты? | التواصل? | संपर्क?
    संपर्क सूत्र? | Kontak? | 連絡先? | 联系?
""")
OTHER_PHONES = _table("""
    Work Phone | Work Phone Number | Business Phone | Business Phone Number | Office Phone | Office Number
    Office No | Home Phone | Home Phone Number | Home Number | Home Telephone | Residence Phone | Residential Phone
    Resi Phone | Other Phone | Other Phone Number | Alt Phone | Alternate Phone | Alternate Phone Number
    Alternate Number | Alternate No | Alternate Mobile | Alternate Mobile No | Alternate Mobile Number
    Alternate Contact | Alt Mobile No | Alternate Contact No | Alternate Contact Number | Alternative Phone
    Alternative Number | Alternative Mobile | Alternative Phone Number | Alternative Contact Number | Alt No
    Alt Number | Alt Mobile | Secondary Phone | Secondary Phone Number | Second Phone | Secondary Mobile
    Secondary Number | Additional Phone | Landline | Landline No | Landline Number | Yahoo! Phone | Car Phone
    Radio Phone | Shipping Phone | Default Address Phone | Person - Phone - Work | Person - Phone - Home
    Person - Phone - Other | Daytime Phone | Evening Phone | Fixed Line | Telefone residencial | Telefone comercial
    Telefone fixo | Telefone alternativo | Outro telefone | Tel. comercial | Teléfono particular
    Teléfono del trabajo | Teléfono fijo | Teléfono de casa | Teléfono alternativo | Otro teléfono | Teléfono oficina
    Téléphone domicile | Téléphone professionnel | Téléphone (bureau) | Téléphone fixe | Tél. fixe | Autre téléphone
    Tél. bureau | Tél. domicile | Telefon privat | Telefon geschäftlich | Festnetz | Festnetznummer
    Weiteres Telefon | Telefon Büro | Telefon dienstlich | Telefono abitazione | Telefono ufficio | Telefono fisso
    Altro telefono | Telefoon thuis | Telefoon werk | Vaste telefoon | Telefon domowy | Telefon służbowy
    Telefon stacjonarny | Telefon firmowy | Ev Telefonu | İş Telefonu | Sabit Telefon | Diğer Telefon
    Домашний телефон | Рабочий телефон | Другой телефон | Дополнительный телефон | Городской телефон | هاتف المنزل
    هاتف العمل | هاتف آخر | الهاتف الثابت | घर का फ़ोन | बिज़नेस फ़ोन | कार्यालय फ़ोन | अन्य फ़ोन | वैकल्पिक नंबर
    Telepon Rumah | Telepon Kantor | No Telp Rumah | No Telp Kantor | 自宅電話 | 自宅電話番号 | 会社電話 | 勤務先電話
    固定電話 | 집 전화 | 회사 전화 | 자택 전화 | 住宅电话 | 家庭电话 | 商务电话 | 办公电话 | 单位电话 | 固定电话
    座机 | Home? | Work? | Other? | Office? | Residence?
""")

# E-mail, preferred first

EMAILS = _table("""
    Email | Mail | Email Address | Email ID | Mail ID | Emails | Email Addresses | E-mail - Value | Primary Email
    Primary Email Address | Contact Email | Customer Email | Person - Email | User Email | Buyer Email | Lead Email
    Client Email | Billing Email | Your Email | Gmail | Contact? | Email Add | Mail Address | Endereço de Email
    Correio eletrônico | Seu e-mail | E-mail do cliente | Dirección de correo electrónico | Correo electrónico
    Correo | Dirección de correo | Correo e | Adresse de messagerie | Adresse e-mail | Adresse mail | Courriel
    Courrier électronique | Mél | E-Mail-Adresse | Mailadresse | Indirizzo di posta elettronica | Indirizzo e-mail
    Indirizzo di posta | Posta elettronica | E-mailadres | Mailadres | Adres e-mail | Adres mailowy | E-posta Adresi
    E-posta | E-posta Adres | Mail Adresi | Адрес электронной почты | Электронная почта | Почта | Эл. почта | Имейл
    Емейл | E-mail адрес | Электронный адрес | Електронна пошта | عنوان البريد الإلكتروني | البريد الإلكتروني
    البريد | بريد إلكتروني | الإيميل | ایمیل | ई-मेल एड्रेस | ईमेल | ईमेल आईडी | ईमेल पता | ইমেইল | மின்னஞ்சல்
    ఇమెయిల్ | ઇમેઇલ | Alamat Email | Alamat Surel | Surel | Emel | 電子メール アドレス | メールアドレス | メール
    Eメール | 電子メール | 메일 주소 | 이메일 | 이메일 주소 | 메일 | 전자우편 | 电子邮件地址 | 电子邮件 | 邮箱
    邮箱地址 | 电子邮箱 | 電子郵件 | 電郵 | E-postadress | E-post | E-mail cím | E-mailová adresa | Adresă de e-mail
    Sähköposti | Ηλεκτρονικό ταχυδρομείο | אימייל | דוא"ל | Thư điện tử | อีเมล
""")
OTHER_EMAILS = _table("""
    Work Email | Business Email | Office Email | Home Email | Personal Email | Other Email | Secondary Email
    Alternate Email | Alternative Email | Person - Email - Work | Person - Email - Home | Person - Email - Other
    E-mail profissional | E-mail pessoal | E-mail professionnel | E-mail geschäftlich | E-mail privat
""")

# Dial code and country

PREFIXES = _table("""
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
COUNTRY_CODES = _table("""
    Country Code | Default Address Country Code | Ctry Code | Cntry Code | Billing Country Code | Code pays
""")
"""A dial code or a country's letters: the values decide."""
AREA_OR_DIAL = _table("""
    Prefijo? | Prefisso? | Prefixo? | Vorwahl? | Indicatif? | Kierunkowy? | Netnummer?
""")
"""An area code or a country's dial code: only a + tells."""
COUNTRIES = _table("""
    Country | Country/Region | Country Name | Country or Region | Nation | Country ISO | Country ISO Code
    ISO Country | ISO Country Code | Country Iso2 | Phone Country | Contact Country | Customer Country
    Person - Country | Country/Territory | País | País/Região | País o región | País/Región | Pays | Pays/région
    Land | Land/Region | Paese | Paese/Area geografica | Nazione | Land/regio | Kraj | Kraj/region | Państwo | Ülke
    Ülke/Bölge | Страна | Страна/регион | Країна | الدولة | البلد | بلد | الدولة/المنطقة | کشور | ملک | देश | राष्ट्र
    देश/क्षेत्र | দেশ | நாடு | દેશ | Negara | 国 | 国/地域 | 国名 | 국가 | 국가/지역 | 나라 | 国家 | 国家/地区 | 國家
    Ország | Země | Țară | Maa | Χώρα | ארץ | Quốc gia | ประเทศ
""")
OTHER_COUNTRIES = _table("""
    Home Country | Home Country/Region | Business Country | Business Country/Region | Mailing Country
    Billing Country | Shipping Country | Default Address Country | Address - Country | Work Country | Other Country
    Other Country/Region | بلد المنزل/الإقليم | गृह राष्ट्र/क्षेत्र | Ev Ülke/Bölge
""")

# Tags and consent

TAGS = (
    _table("""
        Tags | Tag | Contact Tags | Customer Tags | Person - Tags | タグ | 태그 | 标签 | 標籤 | टैग | الوسوم | وسوم
        Теги
    """),
    _table("""
        Labels | Label | Person - Labels | Etiquetas | Etiqueta | Étiquettes | Schlagwörter | Schlagworte | Etichette
        Tagi | Etykiety | Etiketler | Etiket | Метки | Тег | التصنيفات | लेबल | ラベル | 라벨 | Marcadores | Mots-clés
        Stichwörter
    """),
    _table("""
        Groups | Group | Group Membership | Group Name | Categories | Category | Segments | Segment | Lists
        List Name | Grupos | Grupo | Categorias | Categoria | Groupes | Groupe | Catégorie | Gruppen | Gruppe
        Kategorien | Kategorie | Gruppi | Gruppo | Groepen | Groep | Categorieën | Grupy | Grupa | Gruplar | Grup
        Kategoriler | Kategori | Группы | Группа | Категории | Категория | المجموعات | المجموعة | الفئة | समूह
        श्रेणी | वर्ग | Kelompok | Label Kontak | グループ | カテゴリ | 그룹 | 분류 | 组 | 分组 | 群组 | 类别
    """),
)
OPT_OUTS = _table("""
    opt_out | Opted Out | WhatsApp Opt Out | Email Opt Out | SMS Opt Out | HasOptedOutOfEmail | Do Not Call
    Do Not Contact | Do Not Message | Do Not Disturb | Do Not WhatsApp | Do Not SMS | DND | DNC | DND Status
    Unsubscribed | Unsubscribe | Unsubscribed Time | Unsubscribed Mode | UNSUB_TIME | Unsubscribed At
    Unsubscribe Date | Unsubscribed On | SMS_BLACKLISTED | EMAIL_BLACKLISTED | WHATSAPP_BLACKLISTED | Blacklisted
    Blacklist | Email Suppressions | SMS Suppressions | Opt-out Date | Opted Out At | Blocked | Is Blocked
    Descadastrado | Não perturbe | Cancelou inscrição | No molestar | No contactar | Dado de baja | Désabonné
    Désinscrit | Ne pas contacter | Abgemeldet | Nicht kontaktieren | Disiscritto | Non contattare | Afgemeld
    Niet bellen | Wypisany | Nie kontaktować | Aboneliği İptal | Отписан | Отписался | Не звонить | إلغاء الاشتراك
    Berhenti Langganan | 配信停止 | 수신거부 | 退订
""")
OPT_INS = _table("""
    opt_in | Opted In | WhatsApp Opted | WhatsApp Opt In | WhatsApp Opted In | Accepts WhatsApp Marketing
    WhatsApp Consent | WhatsApp Marketing Consent | Accepts WhatsApp | AllowBroadcast | Consent to WhatsApp
    Subscribed to WhatsApp | WhatsApp Subscribed | Broadcast Allowed | Aceita WhatsApp | Aceita receber WhatsApp
    Acepta WhatsApp | Accepte WhatsApp | WhatsApp-Einwilligung | WhatsApp izni
""")

# Vetoes: a word of the header, or the whole of it. A header of the tables above is never vetoed.

_NOT_THIS_PERSON = _table("""
    company | organization | organisation | business | firm | firma | empresa | entreprise | azienda | bedrijf
    perusahaan | shop | store | school | college | university | hospital | branch | department | bank | vendor
    supplier | father | fathers | mother | mothers | husband | wife | spouse | parent | parents | guardian
    guardians | nominee | emergency | assistant | assistants | asst | manager | managers | agent | agents | owner
    reporting | salesman | referred | referral | reference | referrer | relative | relation | pai | mãe | padre
    madre | père | mère | vater | mutter | पिता | माता | पति | अभिभावक | ayah | ibu | baba | anne | rekening
    created | modified | assigned | account | konto | 公司 | 회사명 | 会社名 | الشركة | компания | संस्था | कंपनी
    driver | customer number | customer no | client number | client no | member number | member no | nationality
    国籍
""")
_NO_PHONE = _table("""
    fax | telefax | faks | факс | फैक्स | فاكس | ファックス | 팩스 | 传真 | pager | telex | isdn | tty | tdd | callback
    model | type | exchange | make | brand | imei | imsi | sim | extension | ext | label | ddd | area | operator
    carrier | network | verified | valid | status | gst | gstin | vat | tin | ein | cnpj | cpf | rut | rfc | nif
    cif | dni | curp | nik | npwp | ktp | siret | siren | iban | ifsc | swift | bic | upi | pan | aadhaar | aadhar
    uid | uan | ssn | passport | visa | licence | license | pincode | pin | zip | zipcode | postal | postcode | plz
    cep | cap | kodepos | индекс | पिनकोड | पिन | otp | cvv | order | orders | invoice | invoices | bill | receipt
    ticket | booking | reservation | policy | loan | card | cards | cheque | transaction | payment | tracking | awb
    shipment | barcode | sku | ean | upc | isbn | hsn | serial | sr | sl | batch | lot | id | ids | uuid | guid
    gclid | code | ref | roll | reg | registration | enrollment | enrolment | admission | employee | emp | membership
    vehicle | chassis | engine | meter | plot | flat | house | room | seat | floor | street | address | amount
    price | total | balance | salary | income | revenue | qty | quantity | count | cost | fee | fees | rate | score
    points | percent | percentage | age | date | dates | time | timestamp | day | month | year | dob | birthday
    birth | anniversary | expiry | created | updated | latitude | longitude | lat | lng | lon | geo | ip | mac
    gmtoff | timezone | url | website | link | leid | euid | kundennummer | kontonummer | bestellnummer
    rechnungsnummer | auftragsnummer | steuernummer | datum | date de naissance | fecha | data | nascimento | pedido
    orden | factura | fatura | facture | commande | cuenta | conta | compte | tarjeta | cartão | carte | carta
    ordine | fattura | bestelling | factuur | zamówienie | faktura | sipariş | hesap | kart | заказ | счет | карта
    инн | снилс | паспорт | дата | تاريخ | الطلب | الفاتورة | الحساب | الهوية | आधार | पैन | खाता | तारीख | दिनांक
    ऑर्डर | pesanan | faktur | tanggal | tagihan | kartu | 注文 | 口座 | 日付 | 生年月日 | 郵便番号 | 주문 | 계좌
    우편번호 | 생년월일 | 订单 | 账号 | 银行卡 | 身份证 | 邮编 | 日期 | 生日
""")
_NO_NAME = _table("""
    title | user | username | login | file | product | item | event | campaign | form | project | middle | phonetic
    yomi | nick | nickname | maiden | prefix | suffix | domain | designation | fantasia | razão social | razon social
    usuario | utilisateur | produto | producto | produit | produkt | barang | produk | 製品 | 商品 | 상품 | 产品
""")
_NO_EMAIL = _table("""
    type | label | display | status | verified | valid | consent | marketing | opt | unsubscribed | domain | login
    username | subject | suppressions | sent | opened | clicked | date
""")

FIELDS = (
    Field("name", "name", (FULL_NAMES, PERSONS, BARE_NAMES), _NOT_THIS_PERSON + _NO_NAME),
    Field("first_name", "first name", (FIRST_NAMES,)),
    Field("last_name", "last name", (LAST_NAMES,)),
    Field(
        "phone",
        "phone",
        (WHATSAPP, MOBILE, PHONE, OTHER_PHONES),
        _NOT_THIS_PERSON + _NO_PHONE,
        required=True,
        many=True,
    ),
    Field("prefix", "dial code", (PREFIXES, COUNTRY_CODES, AREA_OR_DIAL), ("cc",)),
    Field("country", "country", (COUNTRIES, COUNTRY_CODES, OTHER_COUNTRIES)),
    Field("email", "e-mail", (EMAILS, OTHER_EMAILS), _NOT_THIS_PERSON + _NO_EMAIL),
    Field("tags", "tags", TAGS),
    Field("opt_out", "opt-out", (OPT_OUTS,), many=True),
    Field("opt_in", "opt-in", (OPT_INS,), many=True),
)
"""The fields, in the order in which `mapping` looks at them."""

OWN_COLUMNS = ("row", "outcome", "reason", "suggestion")
"""What a failures file puts before the user's columns; "file" comes first where several files were read."""

_DROPPED = dict.fromkeys(
    # Hindi's nukta, which is typed or left out at will; accents; Arabic vowel signs and the stretched line.
    (0x93C, 0x640, *range(0x300, 0x370), *range(0x64B, 0x660), 0x670)
)
_SAME = str.maketrans("ıłøđ", "ilod")  # accented letters that Unicode does not take apart
_PARENTHESIS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|（[^（）]*）")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_WORD = re.compile(r"[^\W_]+(?:[^\W_]|[\u0900-\u0dff])*")
_LONGEST = 80  # no usual header is longer; a cell with a paragraph is not worth the folding


@lru_cache(maxsize=4096)
def normal(header: str) -> str:
    """Return the form in which headers are compared: letters and digits alone, without case and accents.

    NFC is the outer form; inside, the compatibility form makes one of full-width and usual letters, "№" and "No".
    """
    text = unicodedata.normalize("NFKD", header.casefold()).casefold().translate(_DROPPED).translate(_SAME)
    return unicodedata.normalize("NFC", "".join(char for char in text if unicodedata.category(char)[0] in "LMN"))


def is_header(cell: str) -> bool:
    """Tell whether *cell* is a usual header of any field."""
    return bool(hits(cell))


def hits(header: str) -> tuple[Hit, ...]:
    """Return the fields that *header* is usual for: as it is, without its number, without its parenthesis.

    What stood in the parenthesis may have changed the meaning, so the values must agree there.
    """
    if len(header) > _LONGEST:
        return ()
    exact = _look_up(normal(header))
    if exact or vetoed(header):
        return exact
    rest = _look_up(normal(_PARENTHESIS.sub(" ", header)))
    return tuple(Hit(hit.field, hit.rank, weak=True) for hit in rest)


def bare_name(header: str) -> bool:
    """Tell whether *header* says no more than "name": the full one or a part, as the other columns have it."""
    return _unnumbered(normal(header)) in _normals(BARE_NAMES)


def surname_beside(first_name: str) -> bool:
    """Tell whether a bare name beside the header *first_name* is the surname in its language."""
    return _unnumbered(normal(first_name)) in _normals(SURNAME_BESIDE)


def needs_plus(header: str) -> bool:
    """Tell whether digits under *header* may as well be an area code, unless a + says otherwise."""
    return _unnumbered(normal(header)) in _normals(AREA_OR_DIAL)


@lru_cache(maxsize=4096)
def vetoed(header: str) -> str | None:
    """Return the field that a word of *header* rules out, or None: of several, the one its other words speak of."""
    ruled_out = [field.name for field in FIELDS if rules_out(header, field.name)]
    spoken_of = {hit.field for word in _words(header) for hit in _look_up(word)}
    # Where no word speaks of any, what matters is that it is no phone.
    return max(ruled_out, key=lambda name: (name in spoken_of, name == "phone"), default=None)


def rules_out(header: str, field: str) -> bool:
    """Tell whether a word of *header* rules *field* out."""
    plain, unspaced = _vetoes().get(field, (frozenset(), ()))
    whole = normal(header)
    return whole in plain or not plain.isdisjoint(_words(header)) or any(word in whole for word in unspaced)


def own_columns(headers: tuple[str, ...]) -> int:
    """Return how many of the first *headers* are ours: those of a failures file, or none."""
    folded = tuple(header.strip().casefold() for header in headers)
    for own in (OWN_COLUMNS, ("file", *OWN_COLUMNS)):
        if folded[: len(own)] == own:
            return len(own)
    return 0


@lru_cache(maxsize=4096)
def _words(header: str) -> frozenset[str]:
    return frozenset(normal(word) for word in _WORD.findall(_CAMEL.sub(" ", header)))


@cache
def _vetoes() -> dict[str, tuple[frozenset[str], tuple[str, ...]]]:
    """Return the vetoes of each field: words, and those of the scripts that put no space between words."""
    table = {}
    for field in FIELDS:
        if field.vetoes:
            folded = frozenset(normal(veto) for veto in field.vetoes)
            table[field.name] = folded, tuple(sorted(word for word in folded if word[0] > "\u2e80"))
    return table


@cache
def _index() -> dict[str, tuple[Hit, ...]]:
    """Return the fields of each usual header, in its normal form."""
    found: dict[str, dict[str, Hit]] = {}
    for field in FIELDS:
        for rank, tier in enumerate(field.tiers):
            for header in tier:
                hit = Hit(field.name, rank, weak=header.endswith("?"))
                found.setdefault(normal(header), {}).setdefault(field.name, hit)
    return {key: tuple(by_field.values()) for key, by_field in found.items()}


def _look_up(key: str) -> tuple[Hit, ...]:
    return _index().get(key) or _index().get(_unnumbered(key), ())


@cache
def _normals(headers: tuple[str, ...]) -> frozenset[str]:
    return frozenset(normal(header) for header in headers)


def _unnumbered(key: str) -> str:
    """Return *key* without digits, so that "Phone 2" and "Phone 1 - Value" are known by one line."""
    return "".join(char for char in key if not char.isdecimal())
