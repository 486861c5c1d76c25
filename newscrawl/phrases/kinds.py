"""How pages that are no articles call themselves, in the main European languages and in Chinese, Japanese and Korean.

A row of ``HEADINGS`` has to match the whole of a heading (the title, the h1, a part of <title> between separators), so
that a headline which merely begins so stays one. ``SENTENCES`` are looked for in the text of a short page.
"""

from __future__ import annotations

import re

from newscrawl.outcomes import Reason
from newscrawl.phrases.kinds_elsewhere import ABOUT, MISSING


def _table(*rows: str) -> re.Pattern[str]:
    return re.compile(r"\W*(?:" + "|".join(rows) + r")\W*", re.I)


def _any(*rows: str) -> re.Pattern[str]:
    return re.compile("|".join(rows), re.I)


_ERROR = (
    "error|err[eo]ur|erro|fehler|błąd|chyba|ошибка|помилка|エラー|出错|錯誤|错误|오류|hata|hiba|fel|feil|fejl"
    "|fout|virhe"
)
_DATABASE = (
    "database|databas|base de d|banco de d|datenbank|baz[ąeyou] dan|базой дан|базою дан|tietokan|veritaban|adatbázis"
    "|データベース|数据库|資料庫|데이터베이스"
)
_CONNECTION = (
    "conne|conex|verbind|łącz|připoj|spojen|соедин|з.єдн|接続|连接|連線|연결|bağlant|kapcsol|anslut|tilkobl|forbind"
    "|yhtey"
)
"""What the headings of a content system that cannot reach its database have in common."""

HEADINGS: dict[Reason, re.Pattern[str]] = {
    Reason.CAPTCHA: _table(
        r"just a moment|one more step|attention required|pardon our interruption|client challenge",
        r"checking (?:your browser|if the site connection is secure).{0,60}",
        r"(?:please )?(?:verify|confirm|prove)(?: that)? you(?:.re| are)? (?:a |not a )?(?:human|(?:ro)?bot).{0,40}",
        r"are you (?:a )?(?:human|(?:ro)?bot)|(?:human|security|browser|bot|robot) (?:verification|check(?:point)?"
        r"|challenge)",
        r"(?:\w+ )?security checkpoint|captcha.{0,20}|(?:ddos|bot) protection.{0,40}|unusual traffic.{0,60}",
        r"access to this page has been denied|(?:sorry, )?you have been blocked",
        r"einen moment(?: bitte)?|un instant|un momento|nur einen moment|sind sie ein mensch|ich bin kein roboter",
        r"проверка браузера|подтвердите, что вы не робот|安全验证|人机验证|请完成安全验证|访问验证",
    ),
    Reason.SOFT_404: _table(
        r"(?:(?:http|error|fehler|erreur|errore|błąd|chyba|ошибка|code)\W+)*404(?:\W+(?:error|fehler|erreur|not found"
        r"|oops|(?:the |this )?(?:page|file|seite|página|pagina|strona|stránka)\b).{0,40})?",
        r"(?:.{0,30} )?(?:page|article|story|content|post|file|url|resource)\b.{0,50}\b(?:not (?:be )?found"
        r"|can.?t be found"
        r"|cannot be found|couldn.?t be found|no longer (?:available|exists?)|does ?n.?o?t exist|is(?: not"
        r"|n.t) available"
        r"|unavailable|has (?:been )?(?:moved|removed|deleted|expired)|is (?:missing|gone)).{0,20}",
        r"not found|nothing (?:was )?found|page missing|(?:we )?(?:can.?t|cannot|couldn.?t) find (?:that|the"
        r"|this) page.{0,30}",
        r"(?:.{0,20} )?(?:seite|artikel|inhalt)\b.{0,40}\bnicht (?:mehr )?(?:gefunden|verfügbar|vorhanden).{0,20}",
        r"(?:.{0,20} )?seite\b.{0,30}\bexistiert nicht(?: mehr)?|nicht gefunden",
        r"(?:.{0,40} )?(?:page|article|contenu)\b.{0,40}(?:introuvable|n.existe (?:pas|plus)|non trouvée?|inexistante?"
        r"|n.est (?:plus|pas) disponible).{0,20}",
        r"(?:.{0,40} )?(?:página|pagina|artículo|noticia)\b.{0,40}\bno (?:se (?:ha )?(?:encontr\w+|pudo encontrar)"
        r"|existe"
        r"|está disponible|encontrad[oa]|disponible|fue encontrad[oa]).{0,20}",
        r"(?:.{0,40} )?(?:página|notícia|matéria|conteúdo|artigo|endereço|link)\b.{0,50}\b(?:não (?:foi |pôde ser "
        r"|pode ser )?(?:encontrad[oa]|localizad[oa]|existe|está (?:mais )?disponível)|inexistente"
        r"|indispon[ií]vel).{0,20}",
        r"(?:.{0,20} )?não (?:(?:conseguimos |foi possível |pudemos )?(?:encontr|localiz|ach)\w+) (?:a |o |ess?[ae] "
        r"|est[ae] |nenhum[a]? )?(?:página|conteúdo|notícia|matéria|artigo).{0,40}|não encontrad[oa]",
        r"(?:.{0,30} )?pagina\b.{0,30}\bnon (?:è stata )?(?:trovata|disponibile|esiste)(?: più)?",
        r"(?:.{0,20} )?pagina\b.{0,30}\b(?:niet (?:gevonden|beschikbaar|gevonden worden)|bestaat niet(?: meer)?)",
        r"(?:nie znaleziono|brak) strony|strona nie (?:została znaleziona|istnieje)|strony nie znaleziono",
        r"sidan (?:kunde inte hittas|hittades inte|finns inte(?: längre)?|saknas)|(?:vi )?fant ikke siden",
        r"siden (?:ble ikke funnet|finnes ikke|blev ikke fundet|findes ikke|kunne ikke findes|eksisterer ikke)",
        r"sivua ei (?:löydy|löytynyt)|stránka (?:nebyla nalezena|nenalezena|neexistuje|sa nenašla)"
        r"|az oldal nem található",
        r"pagina nu (?:a fost găsită|există).{0,20}|η σελίδα δεν (?:βρέθηκε|υπάρχει)|sayfa bulunamadı"
        r"|страница не найдена",
        r"сторінк[ау] не знайдено|такой страницы (?:нет|не существует)|الصفحة غير موجودة",
        *MISSING,
        r"(?:.{0,12}ページ.{0,12}(?:見つかりません|存在しません|ありません|削除).{0,12}|(?:您?.{0,8})?(?:页面|頁面|網頁|网页|文章).{0,6}"
        r"(?:不存在|未找到|找不到|已(?:被)?删除|已(?:被)?刪除).{0,10}|找不到.{0,8}(?:页面|頁面|網頁|网页).{0,8})",
        r".{0,15}페이지.{0,8}(?:찾을 수 없|존재하지 않).{0,10}|존재하지 않는 (?:페이지|기사).{0,10}",
    ),
    Reason.LOGIN: _table(
        r"(?:please )?(?:log|sign)[- ]?(?:in|on|up)(?: or .{0,30})?(?: (?:to|with|for|here|required)\b.{0,40})?",
        r"(?:member|user|subscriber|account|customer|reader|staff)s?(?: area)? (?:log|sign)[- ]?in"
        r"|log[- ]?in (?:page|form)",
        r"(?:register|create (?:an|your|a)(?: free)? account|my account|registration"
        r"|authentication required)(?: .{0,30})?",
        r"forgot(?:ten)? (?:your )?password|reset (?:your )?password|passwort vergessen",
        r"einloggen|anmelden|anmeldung|registrier\w+|login erforderlich|mein konto|bitte (?:loggen"
        r"|melden) sie sich .{0,40}",
        r"se connecter|connexion|connectez-vous.{0,40}|identifiez-vous.{0,40}|s.identifier|mon compte|créer un compte",
        r"inici(?:ar|a|e) (?:de )?sesi[oó]n.{0,40}|identif[ií](?:cate|quese)|acceder|mi cuenta|reg[ií]strate|accedi"
        r"|accesso",
        r"login utente|registrati|entrar|fa[çc]a (?:o )?login.{0,40}|iniciar sessão|inloggen|aanmelden|registreren",
        r"zaloguj(?: się)?.{0,30}|logowanie|rejestracja|logga in.{0,30}|logg inn.{0,30}|log ind.{0,30}|kirjaudu.{0,30}",
        r"přihlášení|přihlásit(?: se)?|prihlásenie|bejelentkezés|autentificare|conectare|σύνδεση|giriş(?: yap)?",
        r"вход(?: (?:в|на) .{0,30})?|войти|авторизация|регистрация|вхід|увійти|تسجيل الدخول",
        r"(?:会員)?ログイン.{0,10}|会員登録|新規登録|登录|登入|登錄|用户登录|会员登录|會員登入|注册|로그인|회원가입",
    ),
    Reason.CONSENT: _table(
        r"before you continue.{0,40}|we (?:value|care about|respect) your privacy|your privacy (?:matters|choices"
        r"|is .{0,30})",
        r"(?:manage |your )?(?:cookies?|privacy|consent)[- ](?:settings|preferences|consent|wall|notice|choices"
        r"|gate|center)",
        r"(?:we use|this (?:web)?site uses) cookies|cookies?(?: policy)?|consent|gdpr consent",
        r"(?:ihre )?zustimmung.{0,40}|(?:ihre )?einwilligung.{0,40}|datenschutz-?einstellungen"
        r"|cookie-?(?:einstellungen|hinweis\w*)",
        r"wir (?:schätzen|respektieren|achten) ihre privatsphäre|ihre privatsphäre.{0,40}|(?:mit"
        r"|ohne) werbung weiterlesen",
        r"(?:nous respectons|le respect de) votre vie privée.{0,40}|votre vie privée.{0,40}|avant de (?:continuer"
        r"|poursuivre).{0,30}",
        r"antes de continuar.{0,30}|(?:valoramos|respetamos) (?:tu|su) privacidad|(?:tu|su) privacidad.{0,40}"
        r"|aviso de cookies",
        r"valorizamos (?:a )?sua privacidade|prima di continuare.{0,30}|la tua privacy.{0,40}"
        r"|informativa(?: sui cookie)?",
        r"voordat (?:je|u) (?:verder|doorgaat).{0,30}|(?:jouw|uw) privacy.{0,40}|wij geven om .{0,20}privacy.{0,20}",
        r"(?:szanujemy|dbamy o) (?:twoją|państwa) prywatność|vi (?:bryr oss om|värnar om|respekterar) din integritet",
    ),
    Reason.MAINTENANCE: _table(
        r"(?:http |error )*(?:429|5\d\d)(?:\W+(?:error|[a-z -]{0,40}))?|(?:internal )?server error|bad gateway"
        r"|gateway time-?out|too many (?:requests|connections)",
        r"(?:service|site|website|server|page|application) (?:is )?(?:temporarily |currently )?(?:unavailable|down"
        r"|error)",
        r"(?:error establishing a )?database (?:connection )?error|error establishing a database connection"
        r"|fatal error.{0,80}",
        r"(?:an? )?(?:unexpected |application |runtime |system |unknown )?error(?: (?:has )?occurred.{0,40})?",
        r"(?:(?:oops|sorry|uh[- ]oh)\W+)?(?:something went wrong|(?:there was|we.re having) (?:a problem"
        r"|an? \w+ problem)).{0,40}",
        r"(?:site |website |we.re |we are |we.ll |be |back |down |for |is |scheduled |under |currently |planned )*"
        r"maintenance(?: mode)?|(?:we.ll|we will) be (?:right )?back(?: soon| shortly)?",
        r"(?:\S+\.\S+|(?:this|the|our) (?:domain|website|site|page|blog)(?: name)?)"
        r" is (?:(?:currently |temporarily )?(?:down )?(?:under|for) maintenance|temporarily unavailable)",
        r"interner serverfehler|wartung(?:sarbeiten|smodus)?|seite nicht erreichbar|datenbankfehler",
        r"erreur(?: serveur| interne)|(?:site en )?maintenance(?: en cours)?|error (?:interno )?del servidor",
        r"(?:sitio )?en mantenimiento|errore(?: del server| interno)|(?:sito )?in manutenzione",
        r"erro(?: interno)(?: do servidor)?|(?:site )?em manutenção|storing|er is iets (?:mis|fout) ?gegaan"
        r"|ett fel (?:har )?uppst\w+|erro ao (?:estabelecer|conectar).{0,50}",
        r"(?:błąd|chyba) serwer?[au]|(?:przerwa techniczna|prace techniczne)|ошибка сервера|технические работы"
        r"|.{0,10}на (?:техническом обслуживании|реконструкции)|(?:internal )?server error \(5\d\d\)",
        rf"(?=.{{0,80}}(?:{_ERROR}))(?=.{{0,80}}(?:{_DATABASE}))(?=.{{0,80}}(?:{_CONNECTION})).{{5,100}}",
        r"服务器(?:内部)?错误|系统(?:错误|维护).{0,6}|エラーが発生しました|メンテナンス中?"
        r"|서비스 점검.{0,6}|오류가 발생했습니다",
    ),
    Reason.ERROR_PAGE: _table(
        r"(?:http |error )*(?:40[0135]|410|451)(?:\W+(?:error|[a-z -]{0,40}))?|bad request|forbidden|unauthori[sz]ed",
        r"(?:the )?access (?:is )?(?:denied|forbidden|restricted)|permission denied|request (?:rejected|blocked"
        r"|unsuccessful)",
        r"(?:\S+\.\S+|(?:this|the|our) (?:domain|website|site|page|blog)(?: name)?)"
        r" is (?:for sale|parked|coming soon)",
        r"account suspended|welcome to nginx|apache2? .{0,20}default page.{0,20}|index of /.{0,100}"
        r"|default web(?:site)? page",
        r"unavailable (?:due to|for) legal reasons|(?:.{0,40} )?(?:not available|unavailable) in your (?:region"
        r"|country|location|area)",
        r"fehler(?:seite|meldung)?|zugriff verweigert|erreur|accès refusé|acceso denegado|errore|accesso negato",
        r"erro|acesso negado|błąd|chyba|ошибка|доступ (?:запрещ[её]н|ограничен)",
        r"访问被拒绝|拒绝访问|エラー|アクセスが拒否されました|오류|접근이 거부되었습니다",
    ),
    Reason.SECTION: _table(
        r"home(?:page)?|front ?page|startseite|accueil|inicio|início|strona główna|etusivu|главная(?: страница)?|首页"
        r"|首頁|ホーム|トップ(?:ページ)?|홈",
        r"(?:latest|breaking|top|all|recent|local|world|national|sports?) (?:news|stories|articles|posts|headlines)"
        r"|news|archives?(?: .{0,30})?",
        r"(?:category|tag|author|topic|archives?|kategorie|schlagwort|autor|catégorie|étiquette|categoría|etiqueta"
        r"|categoria"
        r"|categorie|kategoria|рубрика|метка|автор)\s?: .{1,60}",
        r"(?:alle )?(?:aktuelle )?(?:nachrichten|schlagzeilen|neuigkeiten)|actualités?|dernières (?:nouvelles"
        r"|actualités|infos)",
        r"(?:últimas )?noticias|últimas notícias|notícias|(?:ultime )?notizie|(?:laatste )?nieuws|wiadomości"
        r"|nyheter|uutiset",
        r"about(?: us)?|contact(?: us)?|(?:our )?(?:team|staff|newsroom|authors)|terms (?:of (?:use|service)"
        r"|and conditions|& conditions)",
        r"privacy (?:policy|notice|statement)|datenschutz(?:erklärung|hinweise)?|impressum|kontakt|über uns|agb"
        r"|mentions légales",
        r"politique de confidentialité|qui sommes[- ]nous|aviso legal|política de (?:privacidad|privacidade"
        r"|cookies)|quiénes somos",
        r"chi siamo|contatti|(?:politica|informativa) sulla privacy|privacy(?:beleid|verklaring)"
        r"|polityka prywatności|o nas",
        *ABOUT,
        r"newsletters?|site ?map|subscribe(?: .{0,20})?|subscriptions?|abonnements?|advertise(?: with us)?"
        r"|corrections|masthead",
    ),
}

SEARCH_HEADING = _table(
    r"search(?: results?)?|search results? (?:for|:) .{0,80}|(?:your )?search .{0,80}|.{0,8}\d results? .{0,80}"
    r"|results for .{0,80}",
    r"you searched for .{0,80}|such(?:e|ergebnis\w*)(?: .{0,80})?|(?:\d+ )?résultats?(?: .{0,80})?"
    r"|recherche(?: .{0,80})?",
    r"resultados?(?: .{0,80})?|b[uú]squeda(?: .{0,80})?|risultati(?: .{0,80})?|(?:ricerca|busca|pesquisa)(?: .{0,80})?",
    r"zoekresultaten(?: .{0,80})?|zoeken|wyniki wyszukiwania.{0,80}|sökresultat.{0,80}|søkeresultat.{0,80}"
    r"|hakutulokset.{0,80}",
    r"výsledky (?:vyhledávání|hledání).{0,80}|keresési eredmények.{0,80}|rezultatele căutării.{0,80}"
    r"|αποτελέσματα.{0,80}",
    r"arama sonuçları.{0,80}|результаты поиска.{0,80}|поиск(?: .{0,80})?|.{0,40}検索結果.{0,40}|.{0,20}(?:搜索"
    r"|搜尋)结?結?果?.{0,40}|.{0,20}검색.{0,20}",
)
"""A heading of search results; headlines begin so too ("Results for …"), so the address has to say it as well."""

SENTENCES: dict[Reason, re.Pattern[str]] = {
    Reason.CAPTCHA: _any(
        r"enable javascript and cookies to continue|checking your browser before accessing|\bray id:",
        r"complete the (?:security check|captcha)|unusual (?:traffic|activity) (?:from|on) your (?:computer|network"
        r"|ip)",
        r"needs to review the security of your connection|verif\w+ (?:that )?you(?: are|.re) (?:a |not a )?(?:human"
        r"|robot)",
        r"you(?:.re| are) not a (?:ro)?bot|press & hold to confirm|please enable js and disable any ad blocker",
        r"incapsula incident id|made us think (?:that )?you (?:were|are) a bot|performance (?:&"
        r"|and) security by cloudflare",
        r"bestätigen sie,? dass sie (?:ein mensch|kein roboter)|vérifier que vous êtes (?:bien )?(?:un )?humain",
        r"verifi\w+ que (?:eres|es usted|no eres) (?:un )?(?:humano|robot)",
    ),
    Reason.SOFT_404: _any(
        r"\b(?:page|article|story|content|link|url)\b[^.]{0,60}\b(?:could not be found|cannot be found"
        r"|can.?t be found|was not found"
        r"|no longer exists?|does ?n.?o?t exist|has been (?:moved|removed|deleted)|is no longer available"
        r"|may have (?:been )?"
        r"(?:moved|removed|deleted))|you(?:.re| are| were) looking for[^.]{0,60}(?:found|exist|available|moved"
        r"|removed)",
        r"\b(?:seite|artikel)\b[^.]{0,60}\b(?:nicht gefunden|existiert nicht|nicht mehr verfügbar|nicht vorhanden)",
        r"\b(?:page|article)\b[^.]{0,60}(?:introuvable|n.existe (?:pas|plus)|n.a pas été trouvée?"
        r"|n.est plus disponible)",
        r"\b(?:página|artículo|noticia|notícia)\b[^.]{0,60}\b(?:no existe|no se encuentra|no se ha encontrado"
        r"|não existe|não (?:foi |pôde ser )?(?:encontrad|localizad)[oa]|não está (?:mais )?disponível)",
        r"\bnão (?:conseguimos |foi possível |pudemos )?(?:encontr|localiz|ach)\w+ (?:a|o|ess?[ae]|est[ae]) "
        r"(?:página|conteúdo|notícia|matéria)",
        r"\bpagina\b[^.]{0,60}\b(?:non esiste|non è stata trovata|bestaat niet|niet gevonden|nu există)",
        r"страниц\w* (?:не найдена|не существует|была удалена|удалена)",
        r"お探しのページ|页面不存在|頁面不存在|페이지를 찾을 수 없",
    ),
    Reason.CONSENT: _any(
        r"\bwe (?:and|use|store|need)\b.{0,60}\b(?:partners|cookies|your consent)\b|(?:accept|agree|reject"
        r"|allow) all(?: cookies)?\b",
        r"\bby (?:clicking|continuing|using|selecting)\b.{0,80}\b(?:agree|consent|accept)",
        r"\bwir (?:und|verwenden|nutzen|benötigen|brauchen|setzen)\b.{0,60}(?:partner|cookies|zustimmung"
        r"|einwilligung)|alle akzeptieren",
        r"\bnous (?:et|utilisons|stockons)\b.{0,60}(?:partenaires|cookies)|(?:tout|continuer sans) accepter",
        r"\b(?:nosotros y|utilizamos|usamos|nós e)\b.{0,60}(?:socios|cookies|parceiros)|aceptar (?:todo|todas"
        r"|y continuar)",
        r"\b(?:noi e|utilizziamo|usiamo)\b.{0,60}(?:partner|cookie|fornitori)|accetta (?:tutti|tutto|e continua)",
        r"\b(?:wij en|wij gebruiken|we gebruiken)\b.{0,60}(?:partners|cookies)|alles accepteren|\b(?:my i nasi"
        r"|używamy)\b.{0,60}(?:partnerzy|cookies)",
        r"\bvi (?:och|og|använder|bruker|bruger)\b.{0,60}(?:partner\w*|cookies|kakor|informasjonskapsler)"
        r"|мы используем (?:файлы )?cookie",
    ),
    Reason.MAINTENANCE: _any(
        r"an error occurred while processing your request|the server (?:encountered an internal error"
        r"|is temporarily unable)",
        r"error establishing a database connection|(?:could not|can.?t|unable to) connect to (?:the )?(?:database"
        r"|mysql|server)|too many (?:database )?connections|SQLSTATE\[|mysqli?_connect\(\)|ORA-\d{5}",
        r"\bfatal error\b.{0,20}\buncaught\b|\bstack trace: ?#0|\bin /\w+/\S+\.php(?: on line|:)",
        r"\b(?:site|page|service|we(?:.re| are))\b[^.]{0,40}\b(?:under|down for|undergoing)(?: \w+)? maintenance",
        r"briefly unavailable for scheduled maintenance|please try again (?:in a few minutes|later|shortly)\.?$",
        r"\b(?:wegen|aufgrund) (?:von )?wartungsarbeiten|\ben (?:cours de )?maintenance|\ben mantenimiento"
        r"|em manutenção|in manutenzione|технические работы|メンテナンス中|系统维护",
    ),
    Reason.ERROR_PAGE: _any(
        r"access(?:ing)? this (?:web)?site from a country (?:belonging to|in) the european"
        r"|not available in your (?:country|region)",
        r"(?:unavailable|blocked) in (?:most )?european countries|you don.t have permission to access",
        r"this domain (?:name )?(?:is|may be) for sale",
    ),
    Reason.NO_BODY: _any(
        r"(?:please |you need to )?enable javascript to (?:run|use|view|continue)|javascript is (?:disabled|required)",
        r"this (?:app|site|page|website) (?:requires|needs|works best with) javascript|bitte aktivieren sie javascript",
        r"activer javascript|active javascript|habilite (?:o )?javascript|javascriptを有効に|启用 ?javascript",
    ),
}
"""What stands in the text of a short page that is no article."""

CONSENT_WORDS = re.compile(
    r"\b(?:cookies?|consent\w*|vendors?|partners?|partnern?|tracking|gdpr|tcf|iab|personali[sz]ed|einwilligung\w*"
    r"|zustimm\w+"
    r"|personenbezogen\w*|datenschutz\w*|consentement|partenaires|données|consentimiento|socios|datos|consenso"
    r"|fornitori"
    r"|toestemming|persoonsgegevens|zgod\w+|danych|partner\w*|samtycke|samtykke|согласие|privacy)\b",
    re.I,
)
"""A consent page says one of these in every tenth word or more, an article about cookies in every thirtieth."""

SITE_SEPARATOR = re.compile(r"\s+[|\-–—·•»:]+\s+|\s*[|｜»]\s*|(?<=\w):\s+(?=\W*$)")
"""What stands between the parts of a <title>."""
