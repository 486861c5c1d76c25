"""How sites name the further pages of one article, language by language."""

from __future__ import annotations

import re

NEXT = re.compile(
    r"\W*(?:(?:go |continue |read on |read more )?(?:to )?(?:the )?next(?: page| part)?|continued?|keep reading|read on"
    r"|(?:continue|continued|more) on (?:the )?(?:next )?page(?: \d+)?"
    r"|(?:zur )?nächsten? seite|weiter(?:lesen)?(?: auf (?:der nächsten )?seite(?: \d+)?)?|vor"
    r"|(?:page )?suivante?|la suite|lire la suite|page suivante"
    r"|(?:página )?siguiente|sigue leyendo|continuar(?: leyendo| lendo)?"
    r"|(?:próxima|seguinte)(?: página)?|página seguinte"
    r"|(?:pagina )?(?:successiva|seguente)|avanti|continua(?: a leggere)?(?: a pagina \d+)?"
    r"|volgende(?: pagina)?|lees verder|næste(?: side)?|neste(?: side)?|nästa(?: sida)?|fortsätt(?: läsa)?"
    r"|seuraava(?: sivu)?|następna(?: strona)?|dalej|czytaj dalej|další(?: strana| stránka)?|ďalšia(?: strana)?"
    r"|következő(?: oldal)?|tovább|pagina următoare|următoarea(?: pagină)?|înainte|sljedeća(?: stranica)?"
    r"|следующая(?: страница)?|далее|дальше|вперед|вперёд|наступна(?: сторінка)?|далі|следваща(?: страница)?"
    r"|επόμενη(?: σελίδα)?|sonraki(?: sayfa)?|ileri|devamı|selanjutnya"
    r"|halaman (?:selanjutnya|berikutnya)|lanjut(?:kan)?"
    r"|trang (?:sau|tiếp(?: theo)?)|tiếp theo|หน้าถัดไป|ถัดไป|अगला(?: पेज| पृष्ठ)?|পরবর্তী|التالي|الصفحة التالية|التالية"
    r"|صفحه بعد(?:ی)?|بعدی|הבא|(?:ה)?עמוד הבא|下一[页頁]|下[页頁]"
    r"|次の?ページ(?:へ)?|次へ|続きを読む|다음(?: ?페이지)?)\W*",
    re.I,
)
"""The whole text of a link to the page that follows."""

WHOLE = re.compile(
    r"\W*(?:(?:view|show|read|see|print)?(?: the)?(?: full| whole| entire| complete)?(?: article| story| text)?"
    r"(?: (?:as|on|in))? ?(?:a |one )?single[- ]page(?: view| version)?|(?:view|show|read|see)?(?: as)? ?all(?: pages)?"
    r"(?: on one page| on a single page)?|(?:view|show|read|see) .{0,20}on one page"
    r"|full (?:article|story|view)|one page"
    r"|(?:den )?(?:ganzen |gesamten |kompletten )?(?:artikel|text|beitrag)? ?(?:komplett )?auf einer seite(?: lesen"
    r"| anzeigen)?|komplettansicht|alle seiten|gesamtansicht"
    r"|(?:(?:lire|afficher|voir) )?(?:tout |l['’]article |le texte )?(?:complet |entier )?sur une (?:seule )?page"
    r"|toutes les pages|tout afficher|(?:ver|leer|ler|mostrar|leggi|vedi|mostra)? ?(?:tod[oa]s?|tutt[oaie]|completo)?"
    r"(?: (?:o artigo|el artículo|l['’]articolo))?"
    r"(?: ?(?:en|em|in|su|numa|na) (?:una|una sola|uma|uma só|unica) p[áa]gina)"
    r"|todas (?:las|as) páginas|tutte le pagine|pagina unica|página única"
    r"|(?:alles )?op (?:één|een) pagina|toon alles|alle sider|hele artikkelen|på (?:en|én|ett) sid[ae]|visa alla"
    r"|(?:pokaż |czytaj )?(?:całość|wszystko)?(?: ?na jednej stronie)"
    r"|wszystkie strony|celý článek|vše na jedné stránce"
    r"|(?:teljes cikk )?egy oldalon|tek sayfa(?:da)?(?: göster)?|tümünü göster"
    r"|tampilkan semua|lihat semua|semua halaman"
    r"|(?:вся статья |показать )?(?:вс[её]|целиком)?(?: ?на одной странице)|одной страницей|на однією? сторінц\w+"
    r"|όλο το άρθρο|σε μία σελίδα|عرض الكل|في صفحة واحدة|全文(?:[阅閱][读讀]|表示)?|[阅閱][读讀]全文"
    r"|在本[页頁][显顯]示全文"
    r"|全(?:て|ページ)(?:の?ページ)?(?:を)?(?:表示|まとめて表示)?|1ページで表示|전체 ?(?:보기|페이지))\W*",
    re.I,
)
"""The whole text of a link to the page that shows all of the article."""

WHOLE_ADDRESS = re.compile(
    r"(?:all|full|fullpage|full-?(?:text|story|article|view)|single|single-?page|one-?page|onepage|single_page|showall"
    r"|show-?all|view-?all|allpages|all-?pages|complete|komplettansicht|komplett|alles|tout|todo|tutto|total"
    r"|print|ganz|entire|whole)",
    re.I,
)
"""How the address of that page names itself: a segment of the path, the name of a parameter or its value."""
