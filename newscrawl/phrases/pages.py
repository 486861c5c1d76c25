"""How sites name the further pages of one article, language by language. The regular expressions are at the end."""

from __future__ import annotations

import re

from newscrawl.phrases import related
from newscrawl.phrases.rows import Phrase, Place, select, whole

NEXT_, WHOLE_ = Place.NEXT_PAGE, Place.WHOLE_PAGE

ROWS = (
    # the page that follows
    Phrase("en", NEXT_, r"(?:go |continue |read on |read more )?(?:to )?(?:the )?next(?: page| part)?"),
    Phrase("en", NEXT_, r"continued?|read on"),
    Phrase("en", NEXT_, r"(?:continue|continued|more) on (?:the )?(?:next )?page(?: \d+)?"),
    Phrase("de", NEXT_, r"(?:zur )?nächsten? seite|weiter(?:lesen)?(?: auf (?:der nächsten )?seite(?: \d+)?)?|vor"),
    Phrase("fr", NEXT_, r"(?:page )?suivante?|la suite|lire la suite"),
    Phrase("es", NEXT_, r"(?:página )?siguiente|sigue leyendo|continuar(?: leyendo)?"),
    Phrase("pt", NEXT_, r"(?:próxima|seguinte)(?: página)?|página seguinte|continuar lendo"),
    Phrase("it", NEXT_, r"(?:pagina )?(?:successiva|seguente)|avanti|continua(?: a leggere)?(?: a pagina \d+)?"),
    Phrase("nl", NEXT_, r"volgende(?: pagina)?|lees verder"),
    Phrase("da", NEXT_, r"næste(?: side)?"),
    Phrase("no", NEXT_, r"neste(?: side)?"),
    Phrase("sv", NEXT_, r"nästa(?: sida)?|fortsätt(?: läsa)?"),
    Phrase("fi", NEXT_, r"seuraava(?: sivu)?"),
    Phrase("pl", NEXT_, r"następna(?: strona)?|dalej|czytaj dalej"),
    Phrase("cs", NEXT_, r"další(?: strana| stránka)?"),
    Phrase("sk", NEXT_, r"ďalšia(?: strana)?"),
    Phrase("hu", NEXT_, r"következő(?: oldal)?|tovább"),
    Phrase("ro", NEXT_, r"pagina următoare|următoarea(?: pagină)?|înainte"),
    Phrase("hr", NEXT_, r"sljedeća(?: stranica)?"),
    Phrase("ru", NEXT_, r"следующая(?: страница)?|далее|дальше|вперед|вперёд"),
    Phrase("uk", NEXT_, r"наступна(?: сторінка)?|далі"),
    Phrase("bg", NEXT_, r"следваща(?: страница)?"),
    Phrase("el", NEXT_, r"επόμενη(?: σελίδα)?"),
    Phrase("tr", NEXT_, r"sonraki(?: sayfa)?|ileri|devamı"),
    Phrase("id", NEXT_, r"selanjutnya|halaman (?:selanjutnya|berikutnya)|lanjut(?:kan)?"),
    Phrase("vi", NEXT_, r"trang (?:sau|tiếp(?: theo)?)|tiếp theo"),
    Phrase("th", NEXT_, r"หน้าถัดไป|ถัดไป"),
    Phrase("hi", NEXT_, r"अगला(?: पेज| पृष्ठ)?"),
    Phrase("bn", NEXT_, r"পরবর্তী"),
    Phrase("ar", NEXT_, r"التالي|الصفحة التالية|التالية"),
    Phrase("fa", NEXT_, r"صفحه بعد(?:ی)?|بعدی"),
    Phrase("he", NEXT_, r"הבא|(?:ה)?עמוד הבא"),
    Phrase("zh", NEXT_, r"下一[页頁]|下[页頁]"),
    Phrase("ja", NEXT_, r"次の?ページ(?:へ)?|次へ|続きを読む"),
    Phrase("ko", NEXT_, r"다음(?: ?페이지)?"),
    # the page that shows all of the article
    Phrase(
        "en",
        WHOLE_,
        r"(?:view|show|read|see|print)?(?: the)?(?: full| whole| entire| complete)?(?: article| story| text)?"
        r"(?: (?:as|on|in))? ?(?:a |one )?single[- ]page(?: view| version)?",
    ),
    Phrase("en", WHOLE_, r"(?:view|show|read|see)?(?: as)? ?all(?: pages)?(?: on one page| on a single page)?"),
    Phrase("en", WHOLE_, r"(?:view|show|read|see) .{0,20}on one page|full (?:article|story|view)|one page"),
    Phrase(
        "de",
        WHOLE_,
        r"(?:den )?(?:ganzen |gesamten |kompletten )?(?:artikel|text|beitrag)? ?(?:komplett )?auf einer seite"
        r"(?: lesen| anzeigen)?",
    ),
    Phrase("de", WHOLE_, r"komplettansicht|alle seiten|gesamtansicht"),
    Phrase(
        "fr",
        WHOLE_,
        r"(?:(?:lire|afficher|voir) )?(?:tout |l['’]article |le texte )?(?:complet |entier )?sur une (?:seule )?page",
    ),
    Phrase("fr", WHOLE_, r"toutes les pages|tout afficher"),
    Phrase(
        "mul",
        WHOLE_,
        r"(?:ver|leer|ler|mostrar|leggi|vedi|mostra)? ?(?:tod[oa]s?|tutt[oaie]|completo)?"
        r"(?: (?:o artigo|el artículo|l['’]articolo))?"
        r"(?: ?(?:en|em|in|su|numa|na) (?:una|una sola|uma|uma só|unica) p[áa]gina)",
    ),
    Phrase("mul", WHOLE_, r"todas (?:las|as) páginas|página única"),
    Phrase("it", WHOLE_, r"tutte le pagine|pagina unica"),
    Phrase("nl", WHOLE_, r"(?:alles )?op (?:één|een) pagina|toon alles"),
    Phrase("mul", WHOLE_, r"alle sider|på (?:en|én|ett) sid[ae]"),
    Phrase("no", WHOLE_, r"hele artikkelen"),
    Phrase("sv", WHOLE_, r"visa alla"),
    Phrase("pl", WHOLE_, r"(?:pokaż |czytaj )?(?:całość|wszystko)?(?: ?na jednej stronie)|wszystkie strony"),
    Phrase("cs", WHOLE_, r"celý článek|vše na jedné stránce"),
    Phrase("hu", WHOLE_, r"(?:teljes cikk )?egy oldalon"),
    Phrase("tr", WHOLE_, r"tek sayfa(?:da)?(?: göster)?|tümünü göster"),
    Phrase("id", WHOLE_, r"tampilkan semua|lihat semua|semua halaman"),
    Phrase("ru", WHOLE_, r"(?:вся статья |показать )?(?:вс[её]|целиком)?(?: ?на одной странице)|одной страницей"),
    Phrase("uk", WHOLE_, r"на одн(?:ій|ією?) сторінц\w+|однією сторінкою"),
    Phrase("el", WHOLE_, r"όλο το άρθρο|σε μία σελίδα"),
    Phrase("ar", WHOLE_, r"عرض الكل|في صفحة واحدة"),
    Phrase("zh", WHOLE_, r"全文[阅閱][读讀]|[阅閱][读讀]全文|在本[页頁][显顯]示全文"),
    Phrase("mul", WHOLE_, r"全文"),
    Phrase("ja", WHOLE_, r"全文表示|全(?:て|ページ)(?:の?ページ)?(?:を)?(?:表示|まとめて表示)?|1ページで表示"),
    Phrase("ko", WHOLE_, r"전체 ?(?:보기|페이지)"),
)

NEXT = whole(select((*related.ROWS, *ROWS), NEXT_))
"""The whole text of a link to the page that follows."""

WHOLE = whole(select(ROWS, WHOLE_))
"""The whole text of a link to the page that shows all of the article."""

WHOLE_ADDRESS = re.compile(
    r"(?:all|full|fullpage|full-?(?:text|story|article|view)|single|single-?page|one-?page|onepage|single_page|showall"
    r"|show-?all|view-?all|allpages|all-?pages|complete|komplettansicht|komplett|alles|tout|todo|tutto|total"
    r"|print|ganz|entire|whole)",
    re.I,
)
"""How the address of that page names itself: a segment of the path, the name of a parameter or its value."""
