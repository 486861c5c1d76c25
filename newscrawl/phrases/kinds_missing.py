"""How pages call themselves that stand for a story which is gone. Read by ``kinds``."""

from __future__ import annotations

from newscrawl.outcomes import Reason
from newscrawl.phrases.rows import KindPhrase, Place

HEADING = Place.PAGE_HEADING

ROWS = (
    # SOFT_404
    KindPhrase(
        "en",
        HEADING,
        Reason.SOFT_404,
        r"(?:.{0,30} )?(?:page|article|story|content|post|file|url|resource)\b.{0,50}\b(?:not (?:be "
        r")?found|can.?t be found|cannot be found|couldn.?t be found|no longer (?:available|exists?)"
        r"|does ?n.?o?t exist|is(?: not|n.t) available|unavailable|has (?:been )?(?:moved|removed|deleted"
        r"|expired)|is (?:missing|gone)).{0,20}",
    ),
    KindPhrase("en", HEADING, Reason.SOFT_404, r"not found|nothing (?:was )?found|page missing"),
    KindPhrase(
        "en",
        HEADING,
        Reason.SOFT_404,
        r"(?:we )?(?:can.?t|cannot|couldn.?t) find (?:that|the|this) page.{0,30}",
    ),
    KindPhrase(
        "de",
        HEADING,
        Reason.SOFT_404,
        r"(?:.{0,20} )?(?:seite|artikel|inhalt)\b.{0,40}\bnicht (?:mehr )?(?:gefunden|verfügbar"
        r"|vorhanden).{0,20}",
    ),
    KindPhrase("de", HEADING, Reason.SOFT_404, r"(?:.{0,20} )?seite\b.{0,30}\bexistiert nicht(?: mehr)?"),
    KindPhrase("de", HEADING, Reason.SOFT_404, r"nicht gefunden"),
    KindPhrase(
        "fr",
        HEADING,
        Reason.SOFT_404,
        r"(?:.{0,40} )?(?:page|article|contenu)\b.{0,40}(?:introuvable|n.existe (?:pas|plus)|non trouvée?"
        r"|inexistante?|n.est (?:plus|pas) disponible).{0,20}",
    ),
    KindPhrase(
        "es",
        HEADING,
        Reason.SOFT_404,
        r"(?:.{0,40} )?(?:página|pagina|artículo|noticia)\b.{0,40}\bno (?:se (?:ha )?(?:encontr\w+|pudo "
        r"encontrar)|existe|está disponible|encontrad[oa]|disponible|fue encontrad[oa]).{0,20}",
    ),
    KindPhrase(
        "pt",
        HEADING,
        Reason.SOFT_404,
        r"(?:.{0,40} )?(?:página|notícia|matéria|conteúdo|artigo|endereço|link)\b.{0,50}\b(?:não (?:foi "
        r"|pôde ser |pode ser )?(?:encontrad[oa]|localizad[oa]|existe|está (?:mais )?disponível)"
        r"|inexistente|indispon[ií]vel).{0,20}",
    ),
    KindPhrase(
        "pt",
        HEADING,
        Reason.SOFT_404,
        r"(?:.{0,20} )?não (?:(?:conseguimos |foi possível |pudemos )?(?:encontr|localiz|ach)\w+) (?:a "
        r"|o |ess?[ae] |est[ae] |nenhum[a]? )?(?:página|conteúdo|notícia|matéria|artigo).{0,40}",
    ),
    KindPhrase("pt", HEADING, Reason.SOFT_404, r"não encontrad[oa]"),
    KindPhrase(
        "it",
        HEADING,
        Reason.SOFT_404,
        r"(?:.{0,30} )?pagina\b.{0,30}\bnon (?:è stata )?(?:trovata|disponibile|esiste)(?: più)?",
    ),
    KindPhrase(
        "nl",
        HEADING,
        Reason.SOFT_404,
        r"(?:.{0,20} )?pagina\b.{0,30}\b(?:niet (?:gevonden|beschikbaar|gevonden worden)|bestaat niet(?: "
        r"meer)?)",
    ),
    KindPhrase(
        "sv",
        HEADING,
        Reason.SOFT_404,
        r"sidan (?:kunde inte hittas|hittades inte|finns inte(?: längre)?|saknas)",
    ),
    KindPhrase("no", HEADING, Reason.SOFT_404, r"(?:vi )?fant ikke siden"),
    KindPhrase("fi", HEADING, Reason.SOFT_404, r"sivua ei (?:löydy|löytynyt)"),
    KindPhrase("pl", HEADING, Reason.SOFT_404, r"(?:nie znaleziono|brak) strony"),
    KindPhrase("pl", HEADING, Reason.SOFT_404, r"strona nie (?:została znaleziona|istnieje)|strony nie znaleziono"),
    KindPhrase("hu", HEADING, Reason.SOFT_404, r"az oldal nem található"),
    KindPhrase("ro", HEADING, Reason.SOFT_404, r"pagina nu (?:a fost găsită|există).{0,20}"),
    KindPhrase(
        "hr",
        HEADING,
        Reason.SOFT_404,
        r"(?:stranica|članak)(?: .{0,20})? (?:nije pronađena?|ne postoji).{0,20}",
    ),
    KindPhrase("sl", HEADING, Reason.SOFT_404, r"strani ni (?:bilo )?mogoče najti"),
    KindPhrase(
        "sr",
        HEADING,
        Reason.SOFT_404,
        r"(?:страница|чланак)(?: .{0,20})? (?:није пронађена?|не постоји).{0,20}",
    ),
    KindPhrase(
        "bg",
        HEADING,
        Reason.SOFT_404,
        r"(?:.{0,20} )?(?:страница|статия)(?:та)?(?: .{0,20})? не (?:е намерена|съществува|беше "
        r"открита).{0,20}",
    ),
    KindPhrase("ru", HEADING, Reason.SOFT_404, r"страница не найдена|такой страницы (?:нет|не существует)"),
    KindPhrase("uk", HEADING, Reason.SOFT_404, r"сторінк[ау] не знайдено"),
    KindPhrase("el", HEADING, Reason.SOFT_404, r"η σελίδα δεν (?:βρέθηκε|υπάρχει)"),
    KindPhrase("tr", HEADING, Reason.SOFT_404, r"sayfa bulunamadı"),
    KindPhrase("lt", HEADING, Reason.SOFT_404, r"puslapis nerastas"),
    KindPhrase("lv", HEADING, Reason.SOFT_404, r"lapa nav atrasta"),
    KindPhrase("et", HEADING, Reason.SOFT_404, r"lehekülge ei leitud"),
    KindPhrase("ka", HEADING, Reason.SOFT_404, r"გვერდი (?:ვერ|არ) .{0,20}"),
    KindPhrase("hy", HEADING, Reason.SOFT_404, r"էջը (?:չի|չկա).{0,20}"),
    KindPhrase(
        "he",
        HEADING,
        Reason.SOFT_404,
        r"(?:.{0,20} )?(?:הדף|העמוד|הכתבה|הכתובת)(?: .{0,20})? (?:לא נמצאה?|אינה? קיימ\w+|לא "
        r"קיימ\w+).{0,20}",
    ),
    KindPhrase("ar", HEADING, Reason.SOFT_404, r"الصفحة غير موجودة"),
    KindPhrase(
        "ar",
        HEADING,
        Reason.SOFT_404,
        r"(?:.{0,20} )?(?:لم يتم العثور على|تعذر العثور على) (?:الصفحة|المقال).{0,20}",
    ),
    KindPhrase("ar", HEADING, Reason.SOFT_404, r"الصفحة (?:المطلوبة )?غير متوفرة.{0,20}"),
    KindPhrase(
        "fa",
        HEADING,
        Reason.SOFT_404,
        r"(?:.{0,20} )?(?:صفحه|مطلب|خبر)(?: .{0,20})? (?:یافت نشد|پیدا نشد|وجود ندارد).{0,20}",
    ),
    KindPhrase("ur", HEADING, Reason.SOFT_404, r".{0,20}صفحہ نہیں ملا"),
    KindPhrase(
        "hi",
        HEADING,
        Reason.SOFT_404,
        r"(?:.{0,20} )?(?:पृष्ठ|पेज|खबर|लेख)(?: .{0,20})? (?:नहीं मिल\w*|मौजूद नहीं.{0,6}|उपलब्ध "
        r"नहीं.{0,6})",
    ),
    KindPhrase(
        "bn",
        HEADING,
        Reason.SOFT_404,
        r"(?:.{0,20} )?(?:পৃষ্ঠা|পাতা|পেজ)\w*(?: .{0,20})? (?:পাওয়া যায়নি|খুঁজে পাওয়া যায়নি)",
    ),
    KindPhrase("ta", HEADING, Reason.SOFT_404, r".{0,20}பக்கம் .{0,15}கிடைக்கவில்லை"),
    KindPhrase(
        "id",
        HEADING,
        Reason.SOFT_404,
        r"(?:.{0,20} )?(?:halaman|berita|artikel)(?: .{0,25})? (?:tidak (?:ditemukan|tersedia|ada"
        r"|dijumpai)).{0,20}",
    ),
    KindPhrase(
        "vi",
        HEADING,
        Reason.SOFT_404,
        r"(?:.{0,20} )?(?:không tìm thấy|không tồn tại)(?: .{0,20})? (?:trang|bài viết).{0,30}",
    ),
    KindPhrase("vi", HEADING, Reason.SOFT_404, r"(?:trang|bài viết)(?: .{0,20})? không (?:tồn tại|tìm thấy).{0,20}"),
    KindPhrase("th", HEADING, Reason.SOFT_404, r".{0,10}ไม่พบ(?:หน้า|เนื้อหา|ข่าว|บทความ).{0,30}"),
    KindPhrase("sw", HEADING, Reason.SOFT_404, r"ukurasa haukupatikana"),
    KindPhrase(
        "zh",
        HEADING,
        Reason.SOFT_404,
        r"(?:您?.{0,8})?(?:页面|頁面|網頁|网页|文章).{0,6}(?:不存在|未找到|找不到|已(?:被)?删除|已(?:被)?刪除).{0,10}",
    ),
    KindPhrase("zh", HEADING, Reason.SOFT_404, r"找不到.{0,8}(?:页面|頁面|網頁|网页).{0,8}"),
    KindPhrase(
        "ja",
        HEADING,
        Reason.SOFT_404,
        r".{0,12}ページ.{0,12}(?:見つかりません|存在しません|ありません|削除).{0,12}",
    ),
    KindPhrase("ko", HEADING, Reason.SOFT_404, r".{0,15}페이지.{0,8}(?:찾을 수 없|존재하지 않).{0,10}"),
    KindPhrase("ko", HEADING, Reason.SOFT_404, r"존재하지 않는 (?:페이지|기사).{0,10}"),
    KindPhrase(
        "mul",
        HEADING,
        Reason.SOFT_404,
        r"(?:(?:http|error|fehler|erreur|errore|błąd|chyba|ошибка|code)\W+)*404(?:\W+(?:error|fehler"
        r"|erreur|not found|oops|(?:the |this )?(?:page|file|seite|página|pagina|strona"
        r"|stránka)\b).{0,40})?",
    ),
    KindPhrase(
        "mul",
        HEADING,
        Reason.SOFT_404,
        r"siden (?:ble ikke funnet|finnes ikke|blev ikke fundet|findes ikke|kunne ikke findes|eksisterer "
        r"ikke)",
    ),
    KindPhrase("mul", HEADING, Reason.SOFT_404, r"stránka (?:nebyla nalezena|nenalezena|neexistuje|sa nenašla)"),
)
