"""Words for what is plainly the contact's own, or the list's: no such column is another person."""

from contact_import.schema.words import table

DETAILS = table("""
    city | town | village | district | taluka | tehsil | mandal | state | province | region | area | zone | locality
    location | place | landmark | street | road | line | address | addr | pin | pincode | zip | zipcode | post | postal
    postcode | code | country | nationality | native | permanent | current | present | full | map | territory
    company | organization | organisation | firm | business | industry | sector | website | url | linkedin | facebook
    instagram | designation | title | job | role | position | occupation | profession | qualification | education
    degree | experience | skills | skill | department | gender | sex | salutation | prefix | suffix | nickname | middle
    birth | birthday | dob | date | doj | anniversary | age | time | timestamp | day | month | year | marital | status
    blood | religion | caste | community | language | hobby | hobbies | interest | interests | interested | remark
    remarks | note | notes | comment | comments | feedback | message | description | details | detail | info | reason
    source | medium | channel | campaign | stage | type | category | categories | segment | group | tag | tags | label
    labels | list | priority | rating | score | grade | class | section | standard | std | batch | course | subject
    program | programme | stream | semester | plan | package | membership | product | products | item | items | service
    services | brand | model | requirement | requirements | enquiry | inquiry | query | property | project | budget
    amount | price | total | payment | mode | currency | quantity | qty | order | event | session | slot | seat | size
    color | colour | vehicle | whatsapp | phone | mobile | contact | email | mail | mailbox | available | last | first
    active | verified | opted | sno | sr | serial | id | number | in | on | for | and | or
    cidade | bairro | estado | uf | endereço | logradouro | complemento | cep | sexo | gênero | idade | nascimento | data
    aniversário | profissão | cargo | observação | observações | obs | origem | situação | tipo | categoria | grupo
    produto | serviço | plano | curso | turma | empresa | interesse | ciudad | barrio | provincia | municipio | dirección
    calle | fecha | edad | profesión | ocupación | observaciones | notas | nota | origen | servicio | producto | curso
    ville | adresse | rue | région | département | sexe | âge | profession | société | entreprise | remarque | remarques
    stadt | ort | straße | strasse | bundesland | geschlecht | beruf | bemerkung | bemerkungen | notiz | notizen
    città | indirizzo | via | regione | provincia | sesso | professione | azienda | note | plaats | stad | straat
    adres | bedrijf | opmerking | opmerkingen | miasto | ulica | województwo | firma | uwagi | şehir | il | ilçe | adres
    meslek | şirket | açıklama | not | город | адрес | область | улица | компания | должность | комментарий
    примечание | пол | المدينة | العنوان | المنطقة | الشركة | ملاحظات | الجنس | शहर | पता | राज्य | जिला | गाँव | गांव
    तहसील | टिप्पणी | kota | alamat | kecamatan | kelurahan | kabupaten | provinsi | pekerjaan | jenis | kelamin
    perusahaan | catatan | keterangan | 住所 | 市 | 会社 | 備考 | 性別 | 주소 | 회사 | 비고 | 地址 | 城市 | 公司 | 备注 | 性别
""")
