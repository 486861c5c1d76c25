"""The words that stand before a date and say what it is of: publication or a change."""

from __future__ import annotations

import re

_PUBLISHED = {
    "en": "published|posted|created|released|filed|issued|publication date|pub date|publish"
    "|date|date|date of publication|date published|date posted|first published|originally"
    "|published|article published|release date",
    "de": "veröffentlicht|erschienen|erstellt|datum|stand",
    "fr": "publié|publiée|mis en ligne|paru|date de publication",
    "es": "publicado|publicada|fecha|fecha de publicación",
    "pt": "publicado em|data|data de publicação",
    "it": "pubblicato|pubblicata|data di pubblicazione",
    "ca": "publicat",
    "nl": "geplaatst|gepubliceerd",
    "sv": "publicerad",
    "no": "publisert",
    "da": "udgivet|publiceret",
    "fi": "julkaistu",
    "pl": "opublikowano|data publikacji|dodano",
    "cs": "publikováno|zveřejněno|vydáno",
    "hu": "megjelent|közzétéve",
    "hr": "objavljeno",
    "ru": "публикация|опубликовано|опубликована|опубликован|дата|дата публикации",
    "uk": "опубліковано",
    "bg": "публикувано",
    "el": "δημοσιεύθηκε|δημοσίευση|ημερομηνία",
    "tr": "yayınlanma|yayınlanma tarihi|giriş|giriş tarihi|yayın tarihi|tarih|eklenme",
    "id": "diterbitkan|tanggal|dipublikasikan",
    "vi": "ngày đăng|đăng lúc",
    "zh": "发布|发布时间|发布日期|发布于|發布|發布時間|發布日期|发表于|发表时间|时间|時間|日期",
    "ja": "公開日|公開日時|公開|掲載|掲載日|配信|配信日|投稿|投稿日",
    "ko": "입력|등록|게재|작성|작성일|등록일",
    "ar": "نشر|نشر في|نُشر في|تاريخ النشر|تاريخ|منشور",
    "fa": "تاریخ|تاریخ انتشار|انتشار",
    "he": "פורסם|תאריך",
    "hi": "प्रकाशित|प्रकाशन",
    "bn": "প্রকাশ|প্রকাশিত",
    "th": "เผยแพร่|วันที่|โพสต์",
}  # fmt: skip
"""By language; ``stand`` is what German papers write."""

_UPDATED = {
    "en": "updated|update|modified|edited|revised|corrected|last change|last edit",
    "de": "aktualisiert|geändert|bearbeitet",
    "fr": "mis à jour|mise à jour|modifié",
    "es": "actualizado|actualizada",
    "pt": "atualizado|atualizada",
    "it": "aggiornato|aggiornata|aggiornamento|modificato",
    "nl": "bijgewerkt|gewijzigd",
    "sv": "uppdaterad",
    "no": "oppdatert",
    "da": "opdateret",
    "fi": "päivitetty",
    "pl": "zaktualizowano|aktualizacja",
    "cs": "aktualizováno|aktualizované",
    "hu": "frissítve",
    "hr": "ažurirano",
    "ru": "обновлено|изменено",
    "uk": "оновлено",
    "bg": "обновена",
    "el": "ενημερώθηκε|ενημέρωση",
    "tr": "güncelleme|güncellendi|güncellenme",
    "id": "diperbarui",
    "vi": "cập nhật",
    "zh": "更新|修改",
    "ko": "수정|업데이트",
    "ar": "تحديث",
    "fa": "به‌روز|بروزرسانی",
    "he": "עודכן",
    "hi": "अपडेट|अद्यतन",
    "bn": "আপডেট",
    "th": "อัปเดต|แก้ไข",
}  # fmt: skip

PUBLISHED = re.compile(
    rf"[\W_]*(?:{'|'.join(_PUBLISHED.values())})(?![^\W\d_])(?:\s(?:am|le|el|em|il(?! y a)|on|op)(?![^\W\d_]))?", re.I
)
"""Found at the beginning of a line (``match``)."""

PUBLISHED_LATER = re.compile(rf"\d.*?(?<![^\W\d_])((?:{'|'.join(_PUBLISHED.values())})(?![^\W\d_]).*)", re.I | re.S)
"""Found where such a label stands behind a date; the group is the label with what follows."""

UPDATED = re.compile(rf"{'|'.join(_UPDATED.values())}", re.I)


def is_update(text: str) -> bool:
    """Say whether *text* calls the first date in it that of a change."""
    before = re.split(r"\d", text, maxsplit=1)[0]
    return UPDATED.search(before) is not None


def unlabelled(text: str) -> str:
    """Return *text* without a label at its beginning."""
    label = PUBLISHED.match(text) or UPDATED.match(text)
    return text[label.end() :] if label is not None else text
