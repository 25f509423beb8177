"""The fields of a contact, as a table: the headers that usually hold each one, and the words that rule it out.

Another header spelling is a word in a table below, between two bars, as people write it: case, spaces, punctuation,
accents and a number in it ("Phone 2") do not matter, see `normal`. A question mark behind it: it has other meanings
too, and is believed only where the values agree. Matching is exact, but for a few words that say where a phone rings
or which of several it is ("Telefono di casa", see `PLACES`). Similarity is no help here: it finds "Company Name" and
"Father's Name" closer to "Name" than most real headers are.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache


def table(text: str) -> tuple[str, ...]:
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
    """Words and whole headers that rule the field out, whatever the values look like; with "*" how such a word begins."""
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

FULL_NAMES = table("""
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
    Ονοματεπώνυμο | Họ và tên | Họ tên | שם מלא | ชื่อ-นามสกุล | Anzeigename | Weergavenaam | Nombre mostrado
    Nombre en pantalla | Nome visualizzato | Nome de exibição | Nom à afficher | Nom affiché | Wyświetlana nazwa
    Отображаемое имя | Görüntülenecek isim | Görünen ad | اسم العرض | प्रदर्शन नाम | Nama Tampilan | 表示名 | 표시명
    표시 이름 | 显示姓名 | 显示名称 | 顯示名稱 | Tên hiển thị | Visningsnamn | Mailing Name
    Vis navn | Visningsnavn | Zobrazené jméno | Megjelenő név | Nom a mostrar | Mostrar nome
""")
PERSONS = table("""
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
BARE_NAMES = table("""
    Name | Names | Nome | Nombre | Nombres | Nom | Naam | Nama | Namn | Navn | Név | Jméno | Nume | Όνομα | Tên
    Nimi | Ad | Adı | İsim | Imię | Имя | Ім'я | Име | الاسم | اسم | نام | नाम | नाव | பெயர் | పేరు | નામ | 名 | 名前
    이름 | 名字 | שם | ชื่อ | নাম
""")
"""Full name or first name (in some languages surname): what the other columns and the values leave it to be."""

FIRST_NAMES = table("""
    First Name | Given Name | Forename | FName | Buyer First Name | Contact First Name | Customer First Name
    Billing First Name | Person - First Name | Christian Name | Primeiro nome | Nome próprio | Primer nombre
    Nombre de pila | Prénom | Prénoms | Vorname | Rufname | Primo nome | Voornaam | Roepnaam | Pierwsze imię
    İlk Adı | İlk Ad | Ön Ad | Первое имя | الاسم الأول | प्रथम नाम | पहला नाम | पहिले नाव | Nama Depan
    Nama Pertama | 下の名前 | Förnamn | Fornavn | Keresztnév | Utónév | Křestní jméno | Prenume | Etunimi
    Μικρό όνομα | שם פרטי | First? | Given? | Primeiro? | Primero? | Premier?
""")
LAST_NAMES = table("""
    Last Name | Surname | Family Name | LName | Buyer Last Name | Contact Last Name | Customer Last Name
    Billing Last Name | Person - Last Name | Sobrenome | Último nome | Apellido | Apellidos
    Primer apellido | Nom de famille | Nachname | Familienname | Zuname | Cognome | Cognom | Cognoms | Achternaam
    Familienaam | Nazwisko | Soyadı | Soyad | Soyisim | Фамилия | Прізвище | Фамилно име | اسم العائلة | الاسم الأخير
    اللقب | نام خانوادگی | अंतिम नाम | कुलनाम | आडनाव | Nama Belakang | Nama Akhir
    Nama Keluarga | 姓 | 苗字 | 성 | 姓氏 | Efternamn | Efternavn | Etternavn | Vezetéknév | Příjmení | Sukunimi
    Επώνυμο | Επίθετο | שם משפחה | Họ | นามสกุล | Last? | Family? | Último?
""")
OR_NICKNAMES = table("Apelido | उपनाम")
"""Surnames, or nicknames where another column is the surname: in Brazil and Portugal, in one translation and another."""
SURNAME_BESIDE = table("""
    Prénom | Prénoms | Vorname | Rufname | Voornaam | Förnamn | Fornavn | Keresztnév | Utónév | Prenume
""")
"""First names beside which a bare name is the surname: Prénom;Nom, Name;Vorname."""

# Phone, preferred first

WHATSAPP = table("""
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
MOBILE = table("""
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
    移动电话号码 | 行動電話號碼 | Mobil-Tel.-Nr. | Número celular | Número de telefone celular
    Número de teléfono móvil | Número de teléfono celular | Telefono Mobile | Numer telefonu komórkowego
    Номер сотового | Номер сотового телефона | Номер мобильного телефона | Номер мобільного телефону
    Número do telemóvel | Número de telemóvel | Número de mòbil | Číslo na mobil
    Mobiltelefonszám | Mobilní telefon | Matkapuhelin | Κινητό | Κινητό τηλέφωνο | נייד | טלפון נייד | Di động
    Số di động | มือถือ | เบอร์มือถือ | HP? | SMS?
""")
POST_OR_MOBILE = table("Cep?")
"""A Turk's mobile, or a Brazilian's post code of eight digits: only numbers longer than that tell."""
PHONE = table("""
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
OTHER_PHONES = table("""
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
    座机 | Autotelefon | Telefonu służbowy | Arbejdstelefon | Hjemmetelefon | Home? | Work? | Other? | Office? | Residence?
""")

# E-mail, preferred first

EMAILS = table("""
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
OTHER_EMAILS = table("""
    Work Email | Business Email | Office Email | Home Email | Personal Email | Other Email | Secondary Email
    Alternate Email | Alternative Email | Person - Email - Work | Person - Email - Home | Person - Email - Other
    E-mail profissional | E-mail pessoal | E-mail professionnel | E-mail geschäftlich | E-mail privat
""")

# Dial code and country

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

# Tags and consent

TAGS = (
    table("""
        Tags | Tag | Contact Tags | Customer Tags | Person - Tags | タグ | 태그 | 标签 | 標籤 | टैग | الوسوم | وسوم
        Теги
    """),
    table("""
        Labels | Label | Person - Labels | Etiquetas | Etiqueta | Étiquettes | Schlagwörter | Schlagworte | Etichette
        Tagi | Etykiety | Etiketler | Etiket | Метки | Тег | التصنيفات | लेबल | ラベル | 라벨 | Marcadores | Mots-clés
        Stichwörter
    """),
    table("""
        Groups | Group | Group Membership | Group Name | Categories | Category | Segments | Segment | Lists
        List Name | Grupos | Grupo | Categorias | Categoria | Groupes | Groupe | Catégorie | Gruppen | Gruppe
        Kategorien | Kategorie | Gruppi | Gruppo | Groepen | Groep | Categorieën | Grupy | Grupa | Gruplar | Grup
        Kategoriler | Kategori | Группы | Группа | Категории | Категория | المجموعات | المجموعة | الفئة | समूह
        श्रेणी | वर्ग | Kelompok | Label Kontak | グループ | カテゴリ | 그룹 | 분류 | 组 | 分组 | 群组 | 类别
    """),
)
OPT_OUTS = table("""
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
OPT_INS = table("""
    opt_in | Opted In | WhatsApp Opted | WhatsApp Opt In | WhatsApp Opted In | Accepts WhatsApp Marketing
    WhatsApp Consent | WhatsApp Marketing Consent | Accepts WhatsApp | AllowBroadcast | Consent to WhatsApp
    Subscribed to WhatsApp | WhatsApp Subscribed | Broadcast Allowed | Aceita WhatsApp | Aceita receber WhatsApp
    Acepta WhatsApp | Accepte WhatsApp | WhatsApp-Einwilligung | WhatsApp izni | Accepts SMS Marketing | SMS Consent
    SMS Marketing Consent | SMS Opt In | SMS Opted In | Accepts Email Marketing | Email Marketing Consent | Email Consent
    Email Opt In | Email Opted In | Accepts Marketing | Marketing Consent | Marketing Opt In | Marketing Permission
    Consent | Consent Given | Subscribed | Is Subscribed | Subscription Status | Newsletter Opt In | GDPR Consent
    Person - Marketing Status | Einwilligung | Consentimiento | Consentimento | Consentement | Consenso | Toestemming
    Zgoda | Onay | İzin | Согласие | موافقة | सहमति | Persetujuan | 同意 | 동의
""")
CHANNELS = {
    "whatsapp": table("whatsapp | wa | واتساب | الواتساب | व्हाट्सएप | व्हाट्सऐप | ватсап | 왓츠앱"),
    "sms": table("sms | text | texts | texting"),
    "call": table("call | calls | calling | phone | telephone | anruf* | bellen | llamar | ligar | appel* | звонить"),
    "email": table("""
        email | mail | mails | emails | newsletter | newsletters | メルマガ | correo* | courriel* | posta | почт* | البريد | ईमेल
        メール | 이메일 | 邮件
    """),
}
"""What consent can be for, the nearest to a WhatsApp message first, and the words of a header that say so."""

# Words around a known header that leave it what it is: "Telefono di casa", "Primary Contact Number", "勤務先の電話番号"

PLACES = table("""
    home | work | office | personal | private | other | second | secondary | alternate | alternative | additional
    residence | residential | car | privat | geschäftlich | dienstlich | beruflich | büro | weitere | weiteres
    zweite | trabajo | casa | particular | oficina | otro | otra | domicilio | residencia | secundario | secundaria
    trabalho | comercial | residencial | pessoal | outro | outra | carro | secundário | secundária | bureau | domicile
    travail | maison | professionnel | professionnelle | personnel | personnelle | autre | voiture | secondaire
    deuxième | lavoro | ufficio | abitazione | altro | altra | auto | residenza | secondario | secondaria | werk
    thuis | privé | zakelijk | tweede | overig | służbowy | domowy | dom | praca | biuro | prywatny | dodatkowy | inny
    ev | iş | diğer | ikinci | рабочий | домашний | раб | дом | другой | дополнительный | альтернативный | личный
    роб | робочий | домашній | альтернативна | додатковий | المنزل | العمل | المكتب | الثانوي | آخر | घर | कार्यालय
    आवास | गृह | बिज़नेस | द्वितीयक | अन्य | rumah | kantor | kedua | lain | pribadi | arbete | hem | ytterligare
    công | ty | nhà | nơi | làm | việc | phụ | 自宅 | 勤務先 | 会社 | 個人 | 職場 | 別 | 자택 | 직장 | 회사 | 집 | 개인 | 추가 | 工作 | 家庭 | 备用
    办公 | 单位 | 个人 | 住宅 | 服務單位 | 單位 | 住家 | 居住 | 商務 | 次要 | zaměstnání | domů | munkahelyi | munkahely | otthoni
    másodlagos | feina | hjemme | arbejde | sekundær
""")
"""Where a phone rings, whose address it is, which of several: such a column is less preferred."""
FIRSTS = table("""
    main | primary | principal | principale | primário | primária | primario | primaria | première | premier | haupt
    primäre | primärer | primær | první | elsődleges | eerste | główny | podstawowy | birinci | ana | основной
    основний | الرئيسي | प्राथमिक | utama | chính | 主要 | 기본
""")
"""The first of several: as preferred as the header without it."""
JOINTS = table("of | the | de | la | do | da | del | della | dell | des | du | di | d | l | का | के | की | の")
"""What joins words."""

NUMBERS = table("""
    no | nos | num | nums | nr | number | numbers | numero | número | n | nº | № | nummer | numer | numara | numarası
    номер | رقم | नंबर | नं | nomor | nomer | 番号 | 번호 | 号码 | 號碼
""")
"""What says "number"."""
HINTS = table("""
    h | w | o | m | r | res | morning | day | daytime | evening | night | hours | off | self | own | registered | active | preferred | preferably | calling | valid
    required | optional | mandatory | compulsory | with | without | incl | including | include | add | country | code
    isd | std | international | intl | format | digit | digits | e | g | eg | ex | example | only | please | in | or | and | for
    must | be | no | spaces | space | dashes | plus | sign | full | starting | if | available | any
    obrigatório | opcional | com | sem | ddd | ddi | código | país | exemplo | só | números | dígitos | obligatorio | con
    sin | prefijo | ejemplo | obligatoire | facultatif | avec | sans | indicatif | chiffres | exemple | pflichtfeld | pflicht
    mit | ohne | vorwahl | ländervorwahl | optionaal | verplicht | obbligatorio | facoltativo | prefisso | wajib | opsional
    dengan | kode | negara | contoh | zorunlu | isteğe bağlı | обязательно | необязательно | с | кодом | страны
    مطلوب | اختياري | مع | البلد | अनिवार्य | वैकल्पिक | 必須 | 任意 | 半角 | 半角数字 | ハイフンなし | 数字のみ | 必填 | 选填 | 필수 | 선택
""")
"""What a parenthesis says of how to write a number, of the person's own, or of the place by its first letter."""

# Vetoes: a word of the header, how one begins ("fax*"), or the whole of it. A header of the tables above is never vetoed.

OTHER_PEOPLE = table("""
    father | fathers | mother | mothers | husband | wife | spouse | parent | parents | guardian | guardians | nominee
    mom | mum | mummy | amma | maa | mama | dad | daddy | papa | appa | son | sons | daughter | daughters | brother
    brothers | sister | sisters | bhai | didi | uncle | aunt | aunty | auntie | sibling | siblings | cousin | grandfather
    grandmother | grandpa | grandma | kin | nok | relative | relatives | relation | partner | boyfriend | girlfriend
    fiance | fiancee | friend | friends | colleague | boss | neighbour | neighbor | landlord | landlady | tenant
    guarantor | witness | sponsor | emergency | assistant | assistants | asst | assistent* | asistent* | asystent* | pa
    manager | managers | agent | agents | owner | reporting | salesman | salesperson | sales person | rep | representative
    executive | rm | broker | dealer | distributor | counsellor | counselor | advisor | adviser | supervisor | secretary
    caretaker | teacher | doctor | coach | driver | referred | referral | reference | referrer
    pai | mãe | filho | filha | irmão | irmã | marido | esposo | esposa | cônjuge | recado | recados | vendedor | vendedora
    corretor | corretora | responsável | emergência | secretária | gerente | namorado | namorada | avó | avô
    padre | madre | hijo | hija | hermano | hermana | cónyuge | acudiente | apoderado | apoderada | asesor | asesora
    emergencia | secretaria | père | mère | frère | sœur | soeur | fils | fille | mari | épouse | époux | conjoint | urgence
    vendeur | vater | mutter | sohn | tochter | bruder | schwester | ehemann | ehefrau | eltern | notfall*
    vertreter | vertriebler | moglie | marito | figlio | figlia | fratello | sorella | emergenza | noodgeval
    veli | velisi | acil | eş | eşi | anne | annesi | baba | babası | danışman | danışmanı | temsilci | temsilcisi
    менеджер* | родител* | мать | матери | мама | мамы | отец | отца | папа | папы | жена | жены | муж | мужа
    ayah | ibu | darurat | ortu | orang tua | tua | wali | suami | istri
    पिता | माता | पति | पत्नी | अभिभावक | भाई | बहन | ولي | الطوارئ | طوارئ | الأب | الأم | زوج* | الزوج* | المندوب
    緊急 | 保護者 | 母 | 父 | 担当 | 紧急 | 家长 | 비상 | 보호자
""")
"""Words for somebody else than the contact."""
NO_LONGER = table("""
    old | previous | former | wrong | invalid | inactive | dead | disconnected | obsolete | deceased | discontinued
    switched | switched off | not | dont | never | do not call | not working | do not use | antigo | antiga | anterior
    errado | errada | inválido | inativo | antiguo | antigua | equivocado | inactivo | no llamar | no usar | não ligar
    ancien | ancienne | périmé | ne pas appeler | früher* | ungültig* | falsch* | veraltet | vecchio | vecchia | sbagliato
    errato | oud | oude | nieprawidłowy | nieaktualny | stary | eski | yanlış | geçersiz | стар* | неверн* | недейств*
    не звонить | القديم | قديم | خاطئ | خطأ | पुराना | गलत | lama | salah | tidak aktif | 旧 | 無効 | 使われて | 以前
    错误 | 错号 | 停机 | 空号 | 무효 | 예전
""")
"""Words for a number that is the contact's no more, or that nobody is to use."""
FAXES = table("""
    fax* | telefax | telecopie | télécopie | télécopieur | faks* | факс* | फैक्स | फ़ैक्स | فاكس | الفاكس | ファックス | 팩스
    传真 | 傳真 | pager* | paging | beeper | buscapersonas | cercapersone | radiomessagerie | pieper* | personsökare
    personsøger* | személyhívó | buscapersones | пейджер* | पेजर | الاستدعاء | çağrı cihazı | máy nhắn tin | ポケットベル
    호출기 | 寻呼* | 呼叫器 | telex | isdn | tty | tdd | callback | modem | bbs
""")
"""Words for numbers that no messenger reaches."""
_NOT_THIS_PERSON = OTHER_PEOPLE + table("""
    company | organization | organisation | business | firm | firma | empresa | entreprise | azienda | bedrijf*
    perusahaan | shop | store | school | college | university | hospital | branch | department | bank | vendor
    supplier | rekening* | created | modified | assigned | account | konto | 公司 | 회사명 | 会社名 | الشركة | компания
    компании | संस्था | कंपनी | customer number | customer no | client number | client no | member number | member no
    nationality | 国籍 | numéro client | código cliente | código do cliente | código de cliente | müşteri no
    klantnummer | klantnr | numer klienta | номер клиента | 顧客番号 | 会員番号 | 客户编号
""")
_NO_PHONE = (
    FAXES
    + NO_LONGER
    + table("""
    model | type | exchange | make | brand | imei | imsi | sim | extension | ext | label | ddd | area | operator
    carrier | network | verified | valid | status | gst | gstin | gstno | vat | tin | ein | cnpj | cpf | rut | rfc
    nif | cif | dni | rg | curp | nik | npwp | ktp | siret | siren | tckn | bsn | kvk nummer | iva | fiscale | iban
    ifsc | swift | bic | upi | pan | aadhaar | aadhar | uid | uan | ssn | passport | visa | licence | license
    document | documento | kimlik | vergi | inscrição | inscripción | pincode | pin | zip | zipcode | postal
    postcode | postleit* | postnummer | hjemmepostnummer | arbejdspostnummer | psč | irányítószám | plz | cep | cap
    kodepos | pos | pocztowy | kodu | индекс | індекс | पिनकोड | पिन | जिपकोड | जिप | الرمز | رمز | 우편번호 | 郵便番号 | 邮编
    邮政编码 | 郵遞區號 | otp | cvv | order* | invoice | invoices | bill | receipt | ticket | booking | reservation | policy
    loan | card | cards | cheque | transaction | payment | tracking | awb | shipment | barcode | sku | ean | upc
    isbn | hsn | serial | sr | sl | sno | batch | lot | id | ids | uuid | guid | gclid | code | código | codice | kod
    ref | roll | reg | registration | enrollment | enrolment | admission | employee | emp | membership | vehicle
    chassis | engine | meter | plot | flat | house | room | seat | floor | street | address | amount | price | total
    balance | salary | income | revenue | volume | lifetime | qty | quantity | count | cost | fee | fees | rate
    score | points | percent | percentage | age | date | dates | time | timestamp | changed | day | month | year | dob
    birth* | anniversary | expiry | created | updated | latitude | longitude | lat | lng | lon | geo | ip | mac
    gmtoff | timezone | url | website | link | leid | euid | kundennummer | kontonummer | bestellnummer
    rechnungsnummer | auftragsnummer | steuernummer | factuurnummer | geburt* | geboorte* | födelse* | född | fødsel*
    narozen* | születési | aniversário | naixement | datum | date de naissance | naissance | fecha | data | nascimento
    nacimiento | nascita | urodz* | doğum | рожден* | народжен* | पुण्यतिथि | जन्म | الميلاد | ميلاد | lahir | sinh
    出生 | 生日 | 生年月日 | 誕生 | 생일 | 생년월일 | 태어난 | pedido | orden | factura | fatura | facture | commande | cuenta | conta
    compte | tarjeta | cartão | carte | carta | ordine | fattura | bestelling | factuur | zamówieni* | faktur*
    sipariş | hesap | kart | заказ* | счет* | счёт* | договор* | карт* | инн | снилс | паспорт* | дата | تاريخ | الطلب
    الفاتورة | الحساب | الهوية | आधार | पैन | खाता | तारीख | दिनांक | तिथि | ऑर्डर | pesanan | tanggal | tahun
    tagihan | kartu | 注文 | 口座 | 日付 | 주문 | 계좌 | 등록번호 | 订单 | 訂單 | 账号 | 银行卡 | 身份证 | 日期 | 快递 | 单号
""")
)
_NO_NAME = table("""
    title | user | username | login | file | product | item | event | campaign | form | project | middle | phonetic
    yomi | nick | nickname | maiden | prefix | suffix | domain | designation | fantasia | razão social | razon social
    usuario | utilisateur | produto | producto | produit | produkt | barang | produk | 製品 | 商品 | 상품 | 产品
""")
_NO_EMAIL = table("""
    type | label | display | status | verified | valid | consent | marketing | opt | unsubscribed | domain | login
    username | subject | suppressions | sent | opened | clicked | date
""")

FIELDS = (
    Field("name", "name", (FULL_NAMES, PERSONS, BARE_NAMES), _NOT_THIS_PERSON + _NO_NAME),
    Field("first_name", "first name", (FIRST_NAMES,)),
    Field("last_name", "last name", (LAST_NAMES, OR_NICKNAMES)),
    Field(
        "phone",
        "phone",
        (WHATSAPP, MOBILE + POST_OR_MOBILE, PHONE, OTHER_PHONES),
        _NOT_THIS_PERSON + _NO_PHONE,
        required=True,
        many=True,
    ),
    Field("prefix", "dial code", (PREFIXES, COUNTRY_CODES, OR_PREFIXES + BARE_CODES, AREA_OR_DIAL)),
    Field("country", "country", (COUNTRIES, COUNTRY_CODES, OTHER_COUNTRIES)),
    Field("email", "e-mail", (EMAILS, OTHER_EMAILS), _NOT_THIS_PERSON + _NO_EMAIL),
    Field("tags", "tags", TAGS),
    Field("opt_out", "opt-out", (OPT_OUTS,), many=True),
    Field("opt_in", "opt-in", (OPT_INS,), many=True),
)
"""The fields, in the order in which `mapping` looks at them."""

SECRETS = table("""
    card | cards | cvv | cvc | password* | passwd | passwort | kennwort | contraseña | senha | mot de passe
    wachtwoord | parola | şifre | пароль | पासवर्ड | パスワード | 비밀번호 | 密码 | ssn | iban | aadhaar | aadhar | passport*
    otp
""")
"""Words of columns whose cells are nobody's business: they are never shown."""

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
    """Return the fields that *header* is usual for: as it is, without number, without words of place, or parenthesis.

    What stood in the parenthesis may have changed the meaning, so the values must agree there.
    """
    if len(header) > _LONGEST:
        return ()
    if exact := _look_up(normal(header)):
        return exact
    if (found := _qualified(header)) and not veto(header):
        return found
    return _without_parenthesis(header)


def _without_parenthesis(header: str) -> tuple[Hit, ...]:
    rest = _PARENTHESIS.sub(" ", header)
    if rest == header:
        return ()
    odd = bool(odd_words(header))
    if veto(header if odd else rest):
        return ()
    return tuple(
        Hit(hit.field, hit.rank, weak=True) for hit in _look_up(normal(rest)) if not (odd and hit.field == "phone")
    )


def odd_words(header: str) -> str:
    """Return the first parenthesis of *header* that may make its phones somebody else's, "" where none does.

    A word that says where a phone rings, how to write it, or once more that it is one, leaves it the contact's.
    """
    usual = _normals(PLACES + FIRSTS + JOINTS + NUMBERS + HINTS) | _phone_words()
    for found in _PARENTHESIS.finditer(header):
        words = [part for word in _WORD.findall(found[0]) for part in _parted(normal(word)) if part]
        if said(found[0], NO_LONGER) or any(word not in usual and not word.isdecimal() for word in words):
            return found[0]
    return ""


def says_phone(header: str) -> bool:
    """Tell whether *header* is made of words for phones alone, though nobody has written it so before: "Tel Mobile"."""
    words = {part for word in _WORD.findall(header) for part in _parted(normal(word)) if part}
    rest = words - _normals(PLACES + FIRSTS + JOINTS + NUMBERS) - _phone_words()
    return not words.isdisjoint(_phone_words()) and all(word.isdecimal() for word in rest)


@cache
def _phone_words() -> frozenset[str]:
    """Return the headers of a single word that say phone and nothing else."""
    single = (header for header in WHATSAPP + MOBILE + PHONE if not header.endswith("?") and " " not in header)
    return _normals((*single, "WhatsApp", "WA", "SMS", "HP", "contact"))


def _qualified(header: str) -> tuple[Hit, ...]:
    """Return the hits of *header* without the words that only say which phone, address or country of the person it is."""
    places, joints = _normals(PLACES), _normals(FIRSTS + JOINTS)
    words = [part for word in _word_list(header) for part in _parted(normal(word))]
    kept = [word for word in words if word not in places and word not in joints]
    if not kept or len(kept) == len(words):
        return ()
    last = {field.name: len(field.tiers) - 1 for field in FIELDS if field.name in _ONE_OF_SEVERAL}
    found = [hit for hit in _look_up("".join(kept)) if hit.field in last]
    if places.isdisjoint(words):
        return tuple(found)
    return tuple(Hit(hit.field, max(hit.rank, last[hit.field]), hit.weak) for hit in found)


_ONE_OF_SEVERAL = ("phone", "email", "country")
"""What people have one of at home and another at work."""


def _parted(word: str) -> list[str]:
    """Return *word* cut where a word of place stands in it, in scripts that put no space between words."""
    if word[0] <= _SPACED:
        return [word]
    return [part for part in re.split(_unspaced_places(), word) if part]


@cache
def _unspaced_places() -> re.Pattern[str]:
    words = sorted((word for word in _normals(PLACES + FIRSTS + JOINTS) if word[0] > _SPACED), key=len, reverse=True)
    return re.compile(f"({'|'.join(words)})")


def bare_name(header: str) -> bool:
    """Tell whether *header* says no more than "name": the full one or a part, as the other columns have it."""
    return unnumbered(header) in _normals(BARE_NAMES)


def surname_beside(first_name: str) -> bool:
    """Tell whether a bare name beside the header *first_name* is the surname in its language."""
    return unnumbered(first_name) in _normals(SURNAME_BESIDE)


def needs_length(header: str) -> bool:
    """Tell whether digits under *header* may as well be a post code, unless they are more than that has."""
    return unnumbered(header) in _normals(POST_OR_MOBILE)


def needs_calling_codes(header: str) -> bool:
    """Tell whether *header* may mean anything but a dial code, unless nearly all values are calling codes."""
    return unnumbered(header) in _normals(OR_PREFIXES + BARE_CODES)


def is_bare_code(header: str) -> bool:
    """Tell whether *header* says "code" alone, which is a dial code only beside a phone."""
    return unnumbered(header) in _normals(BARE_CODES)


def speaks_of(header: str, *fields: str) -> bool:
    """Tell whether a word of *header* is a header of one of *fields*."""
    return any(hit.field in fields for word in _words(header) for hit in _look_up(word))


def needs_plus(header: str) -> bool:
    """Tell whether digits under *header* may as well be an area code, unless a + says otherwise."""
    return unnumbered(header) in _normals(AREA_OR_DIAL)


@dataclass(frozen=True, slots=True)
class Veto:
    """Why a header is not what it may seem to be."""

    field: str
    """The field that is ruled out."""
    word: str
    """The word that does it, as the header has it."""


@lru_cache(maxsize=4096)
def veto(header: str) -> Veto | None:
    """Return what a word of *header* rules out, or None: of several fields, the one its other words speak of."""
    ruled_out = [Veto(field.name, word) for field in FIELDS if (word := said(header, field.vetoes))]
    spoken_of = {hit.field for word in _words(header) for hit in _look_up(word)}
    # Where no word speaks of any, what matters is that it is no phone.
    return max(ruled_out, key=lambda found: (found.field in spoken_of, found.field == "phone"), default=None)


def rules_out(header: str, field: str) -> bool:
    """Tell whether a word of *header* rules *field* out."""
    return any(said(header, each.vetoes) for each in FIELDS if each.name == field)


def channel(header: str) -> str:
    """Return what a consent under *header* is for, one of `CHANNELS`; "" where it does not say."""
    return next((name for name, words in CHANNELS.items() if said(header, words)), "")


def nearer(one: str, other: str) -> bool:
    """Tell whether a yes to the channel *one* goes before a no to *other*; "" is every channel, and gives way to none."""
    order = list(CHANNELS)
    return one in CHANNELS and other in CHANNELS and order.index(one) < order.index(other)


def secret(header: str) -> bool:
    """Tell whether the cells under *header* are to be shown to nobody."""
    return bool(said(header, SECRETS))


def own_columns(headers: tuple[str, ...]) -> int:
    """Return how many of the first *headers* are ours: those of a failures file, or none."""
    folded = tuple(header.strip().casefold() for header in headers)
    for own in (OWN_COLUMNS, ("file", *OWN_COLUMNS)):
        if folded[: len(own)] == own:
            return len(own)
    return 0


_SPACED = "\u2e80"
"""Scripts behind it, Chinese, Japanese, Korean, put no space between words."""


def _word_list(header: str) -> list[str]:
    return _WORD.findall(_CAMEL.sub(" ", header))


def spaced(header: str) -> str:
    """Return the normal forms of the words of *header*, one space between two: "opt in sms" of "OptIn_SMS"."""
    return " ".join(normal(word) for word in _word_list(header))


def unspaced(text: str) -> bool:
    """Tell whether *text* is in a script that puts no space between words."""
    return text[:1] > _SPACED


@lru_cache(maxsize=4096)
def _words(header: str) -> dict[str, str]:
    """Return the words of *header*: normal form → as it has them. "WhatsApp" is one, and "MobilePhone" two."""
    return {normal(word): word for word in (*_WORD.findall(header), *_word_list(header))}


@lru_cache(maxsize=16384)
def said(header: str, wanted: tuple[str, ...]) -> str:
    """Return the word of *header*, or the whole of it, that is one of the table *wanted*; "" where none is."""
    plain, stems, unspaced = _sorted_out(wanted)
    whole = normal(header)
    if whole in plain:
        return " ".join(header.split())
    words = _words(header)
    found = next((word for key, word in words.items() if key in plain or (stems and key.startswith(stems))), "")
    return found or next((word for word in unspaced if word in whole), "")


@cache
def _sorted_out(wanted: tuple[str, ...]) -> tuple[frozenset[str], tuple[str, ...], tuple[str, ...]]:
    """Return words, beginnings of words, and those of the scripts that put no space between words."""
    plain = frozenset(normal(word) for word in wanted if not word.endswith("*"))
    stems = tuple(normal(word) for word in wanted if word.endswith("*"))
    return plain, stems, tuple(sorted(word for word in (*plain, *stems) if word[0] > _SPACED))


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
    return _index().get(key) or _index().get(unnumbered(key), ())


@cache
def _normals(headers: tuple[str, ...]) -> frozenset[str]:
    return frozenset(normal(header) for header in headers)


def unnumbered(header: str) -> str:
    """Return the normal form without digits, so that "Phone 2" and "Phone 1 - Value" are known by one line."""
    return "".join(char for char in normal(header) if not char.isdecimal())
