"""Headers of phones, by preference: WhatsApp, mobile, any, those of some place."""

from contact_import.schema.words import table

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
    Candidate Mobile | Candidate Mobile No | Candidate Mobile Number | Cust Mobile | Cust Mobile No | Cust Mobile Number
    Patient Mobile | Member Mobile | Guest Mobile | Applicant Mobile | Celular com DDD | Celular c/ DDD | DDD Celular | DDD e Celular | Celular e DDD | DDD WhatsApp | Mobile | Mobile No | Mobile Number | Mobile Num | Mobile Nos | Mobile Phone | Mobile Phone Number | Mob | Mob No
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
    Candidate Phone | Cust Phone | Cust Phone No | Cust Contact No | Telefone com DDD | Telefone c/ DDD | DDD Telefone | DDD e Telefone | Telefone e DDD | DDD Fone | DDD Número | Phone | Phone No | Phone Number | Phone Num | Phone Nos | Phones | Phone - Value | Primary Phone
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
BARE_NUMBERS = table("""
    Number | Numbers | No | Num | Número | Números | Nº | Numero | Numéro | Nummer | Nomor | Nomer | Nombor | Numer
    Numara | Номер | رقم | الرقم | नंबर | नम्बर | 号码 | 號碼 | 番号 | 번호
""")
"""A phone beside a name, where its values are phones and no header of the list says phone better; else anything."""
