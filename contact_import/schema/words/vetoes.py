"""Words that forbid something, in a header or as the whole of it: to take its column for a field, to show its cells.

A usual header of any field is never vetoed.
"""

from contact_import.schema.words import table

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
CUSTOMER_NUMBERS = table("""
    customer number | customer no | client number | client no | member number | member no | numéro client
    código cliente | código do cliente | código de cliente | müşteri no | klantnummer | klantnr | numer klienta
    номер клиента | 顧客番号 | 会員番号 | 客户编号
""")
"""Numbers that a company knows its customers by, and in small lists their phones."""
NOT_THIS_PERSON = (
    OTHER_PEOPLE
    + CUSTOMER_NUMBERS
    + table("""
    company | organization | organisation | business | firm | firma | empresa | entreprise | azienda | bedrijf*
    perusahaan | shop | store | school | college | university | hospital | branch | department | bank | vendor
    supplier | rekening* | created | modified | assigned | account | konto | 公司 | 회사명 | 会社名 | الشركة | компания
    компании | संस्था | कंपनी | nationality | 国籍
""")
)
"""Words for anybody but the contact, and for what a company or an account is known by."""
NO_PHONE = (
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
"""Words for digits that are no phone: what identifies, counts, dates or places something."""
NO_NAME = table("""
    title | user | username | login | file | product | item | event | campaign | form | project | middle | phonetic
    yomi | nick | nickname | maiden | prefix | suffix | domain | designation | fantasia | razão social | razon social
    usuario | utilisateur | produto | producto | produit | produkt | barang | produk | 製品 | 商品 | 상품 | 产品
""")
"""Words for names that no person has."""
NO_EMAIL = table("""
    type | label | display | status | verified | valid | consent | marketing | opt | unsubscribed | domain | login
    username | subject | suppressions | sent | opened | clicked | date
""")
"""Words for what is said of an address."""
SECRETS = table("""
    card | cards | cvv | cvc | password* | passwd | passwort | kennwort | contraseña | senha | mot de passe
    wachtwoord | parola | şifre | пароль | पासवर्ड | パスワード | 비밀번호 | 密码 | ssn | iban | aadhaar | aadhar | passport*
    otp
""")
"""Words of columns whose cells are nobody's business: they are never shown."""
