"""Headers of what a list calls its groups of people, preferred ones first."""

from contact_import.schema.words import table

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
