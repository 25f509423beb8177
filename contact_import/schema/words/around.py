"""Words around a known header that leave it what it is: "Telefono di casa", "Primary Contact Number", "勤務先の電話番号"."""

from contact_import.schema.words import table

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
