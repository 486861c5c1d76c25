"""How pages call themselves that stand in a story's place: checks and errors. Read by ``kinds``."""

from __future__ import annotations

from newscrawl.outcomes import Reason
from newscrawl.phrases.rows import KindPhrase, Place

HEADING, SENTENCE = Place.PAGE_HEADING, Place.PAGE_SENTENCE

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

ROWS = (
    # CAPTCHA
    KindPhrase("en", HEADING, Reason.CAPTCHA, r"just a moment|one more step|attention required"),
    KindPhrase("en", HEADING, Reason.CAPTCHA, r"pardon our interruption|client challenge"),
    KindPhrase("en", HEADING, Reason.CAPTCHA, r"checking (?:your browser|if the site connection is secure).{0,60}"),
    KindPhrase(
        "en",
        HEADING,
        Reason.CAPTCHA,
        r"(?:please )?(?:verify|confirm|prove)(?: that)? you(?:.re| are)? (?:a |not a )?(?:human"
        r"|(?:ro)?bot).{0,40}",
    ),
    KindPhrase("en", HEADING, Reason.CAPTCHA, r"are you (?:a )?(?:human|(?:ro)?bot)"),
    KindPhrase(
        "en",
        HEADING,
        Reason.CAPTCHA,
        r"(?:human|security|browser|bot|robot) (?:verification|check(?:point)?|challenge)",
    ),
    KindPhrase("en", HEADING, Reason.CAPTCHA, r"(?:\w+ )?security checkpoint|captcha.{0,20}"),
    KindPhrase("en", HEADING, Reason.CAPTCHA, r"(?:ddos|bot) protection.{0,40}|unusual traffic.{0,60}"),
    KindPhrase("en", HEADING, Reason.CAPTCHA, r"access to this page has been denied"),
    KindPhrase("en", HEADING, Reason.CAPTCHA, r"(?:sorry, )?you have been blocked"),
    KindPhrase("de", HEADING, Reason.CAPTCHA, r"einen moment(?: bitte)?|nur einen moment|sind sie ein mensch"),
    KindPhrase("de", HEADING, Reason.CAPTCHA, r"ich bin kein roboter"),
    KindPhrase("fr", HEADING, Reason.CAPTCHA, r"un instant"),
    KindPhrase("ru", HEADING, Reason.CAPTCHA, r"проверка браузера|подтвердите, что вы не робот"),
    KindPhrase("zh", HEADING, Reason.CAPTCHA, r"安全验证|人机验证|请完成安全验证|访问验证"),
    KindPhrase("mul", HEADING, Reason.CAPTCHA, r"un momento"),
    # MAINTENANCE
    KindPhrase("en", HEADING, Reason.MAINTENANCE, r"(?:internal )?server error|bad gateway|gateway time-?out"),
    KindPhrase("en", HEADING, Reason.MAINTENANCE, r"too many (?:requests|connections)"),
    KindPhrase(
        "en",
        HEADING,
        Reason.MAINTENANCE,
        r"(?:service|site|website|server|page|application) (?:is )?(?:temporarily |currently "
        r")?(?:unavailable|down|error)",
    ),
    KindPhrase("en", HEADING, Reason.MAINTENANCE, r"(?:error establishing a )?database (?:connection )?error"),
    KindPhrase("en", HEADING | SENTENCE, Reason.MAINTENANCE, r"error establishing a database connection"),
    KindPhrase("en", HEADING, Reason.MAINTENANCE, r"fatal error.{0,80}"),
    KindPhrase(
        "en",
        HEADING,
        Reason.MAINTENANCE,
        r"(?:an? )?(?:unexpected |application |runtime |system |unknown )?error(?: (?:has "
        r")?occurred.{0,40})?",
    ),
    KindPhrase(
        "en",
        HEADING,
        Reason.MAINTENANCE,
        r"(?:(?:oops|sorry|uh[- ]oh)\W+)?(?:something went wrong|(?:there was|we.re having) (?:a problem"
        r"|an? \w+ problem)).{0,40}",
    ),
    KindPhrase(
        "en",
        HEADING,
        Reason.MAINTENANCE,
        r"(?:site |website |we.re |we are |we.ll |be |back |down |for |is |scheduled |under |currently "
        r"|planned )*maintenance(?: mode)?",
    ),
    KindPhrase("en", HEADING, Reason.MAINTENANCE, r"(?:we.ll|we will) be (?:right )?back(?: soon| shortly)?"),
    KindPhrase(
        "en",
        HEADING,
        Reason.MAINTENANCE,
        r"(?:\S+\.\S+|(?:this|the|our) (?:domain|website|site|page|blog)(?: name)?) is (?:(?:currently "
        r"|temporarily )?(?:down )?(?:under|for) maintenance|temporarily unavailable)",
    ),
    KindPhrase("en", HEADING, Reason.MAINTENANCE, r"(?:internal )?server error \(5\d\d\)"),
    KindPhrase("de", HEADING, Reason.MAINTENANCE, r"interner serverfehler|wartung(?:sarbeiten|smodus)?"),
    KindPhrase("de", HEADING, Reason.MAINTENANCE, r"seite nicht erreichbar|datenbankfehler"),
    KindPhrase("fr", HEADING, Reason.MAINTENANCE, r"erreur(?: serveur| interne)"),
    KindPhrase("fr", HEADING, Reason.MAINTENANCE, r"(?:site en )?maintenance(?: en cours)?"),
    KindPhrase("es", HEADING, Reason.MAINTENANCE, r"error (?:interno )?del servidor|(?:sitio )?en mantenimiento"),
    KindPhrase("pt", HEADING, Reason.MAINTENANCE, r"erro(?: interno)(?: do servidor)?|(?:site )?em manutenção"),
    KindPhrase("pt", HEADING, Reason.MAINTENANCE, r"erro ao (?:estabelecer|conectar).{0,50}"),
    KindPhrase("it", HEADING, Reason.MAINTENANCE, r"errore(?: del server| interno)|(?:sito )?in manutenzione"),
    KindPhrase("nl", HEADING, Reason.MAINTENANCE, r"storing|er is iets (?:mis|fout) ?gegaan"),
    KindPhrase("sv", HEADING, Reason.MAINTENANCE, r"ett fel (?:har )?uppst\w+"),
    KindPhrase("pl", HEADING, Reason.MAINTENANCE, r"(?:przerwa techniczna|prace techniczne)"),
    KindPhrase("ru", HEADING, Reason.MAINTENANCE, r"ошибка сервера"),
    KindPhrase("ru", HEADING | SENTENCE, Reason.MAINTENANCE, r"технические работы"),
    KindPhrase("ru", HEADING, Reason.MAINTENANCE, r".{0,10}на (?:техническом обслуживании|реконструкции)"),
    KindPhrase("zh", HEADING, Reason.MAINTENANCE, r"服务器(?:内部)?错误|系统(?:错误|维护).{0,6}"),
    KindPhrase("ja", HEADING, Reason.MAINTENANCE, r"エラーが発生しました|メンテナンス中?"),
    KindPhrase("ko", HEADING, Reason.MAINTENANCE, r"서비스 점검.{0,6}|오류가 발생했습니다"),
    KindPhrase("mul", HEADING, Reason.MAINTENANCE, r"(?:http |error )*(?:429|5\d\d)(?:\W+(?:error|[a-z -]{0,40}))?"),
    KindPhrase("mul", HEADING, Reason.MAINTENANCE, r"(?:błąd|chyba) serwer?[au]"),
    KindPhrase(
        "mul",
        HEADING,
        Reason.MAINTENANCE,
        rf"(?=.{{0,80}}(?:{_ERROR}))(?=.{{0,80}}(?:{_DATABASE}))(?=.{{0,80}}(?:{_CONNECTION})).{{5,100}}",
    ),
    # ERROR_PAGE
    KindPhrase("en", HEADING, Reason.ERROR_PAGE, r"bad request|forbidden|unauthori[sz]ed"),
    KindPhrase("en", HEADING, Reason.ERROR_PAGE, r"(?:the )?access (?:is )?(?:denied|forbidden|restricted)"),
    KindPhrase("en", HEADING, Reason.ERROR_PAGE, r"permission denied|request (?:rejected|blocked|unsuccessful)"),
    KindPhrase(
        "en",
        HEADING,
        Reason.ERROR_PAGE,
        r"(?:\S+\.\S+|(?:this|the|our) (?:domain|website|site|page|blog)(?: name)?) is (?:for sale|parked"
        r"|coming soon)",
    ),
    KindPhrase("en", HEADING, Reason.ERROR_PAGE, r"account suspended|welcome to nginx"),
    KindPhrase("en", HEADING, Reason.ERROR_PAGE, r"apache2? .{0,20}default page.{0,20}|index of /.{0,100}"),
    KindPhrase("en", HEADING, Reason.ERROR_PAGE, r"default web(?:site)? page"),
    KindPhrase("en", HEADING, Reason.ERROR_PAGE, r"unavailable (?:due to|for) legal reasons"),
    KindPhrase(
        "en",
        HEADING,
        Reason.ERROR_PAGE,
        r"(?:.{0,40} )?(?:not available|unavailable) in your (?:region|country|location|area)",
    ),
    KindPhrase("de", HEADING, Reason.ERROR_PAGE, r"fehler(?:seite|meldung)?|zugriff verweigert"),
    KindPhrase("fr", HEADING, Reason.ERROR_PAGE, r"erreur|accès refusé"),
    KindPhrase("es", HEADING, Reason.ERROR_PAGE, r"acceso denegado"),
    KindPhrase("pt", HEADING, Reason.ERROR_PAGE, r"erro|acesso negado"),
    KindPhrase("it", HEADING, Reason.ERROR_PAGE, r"errore|accesso negato"),
    KindPhrase("pl", HEADING, Reason.ERROR_PAGE, r"błąd"),
    KindPhrase("cs", HEADING, Reason.ERROR_PAGE, r"chyba"),
    KindPhrase("ru", HEADING, Reason.ERROR_PAGE, r"ошибка|доступ (?:запрещ[её]н|ограничен)"),
    KindPhrase("zh", HEADING, Reason.ERROR_PAGE, r"访问被拒绝|拒绝访问"),
    KindPhrase("ja", HEADING, Reason.ERROR_PAGE, r"エラー|アクセスが拒否されました"),
    KindPhrase("ko", HEADING, Reason.ERROR_PAGE, r"오류|접근이 거부되었습니다"),
    KindPhrase(
        "mul",
        HEADING,
        Reason.ERROR_PAGE,
        r"(?:http |error )*(?:40[0135]|410|451)(?:\W+(?:error|[a-z -]{0,40}))?",
    ),
)
