"""What stands in the text of a short page that is no article. Read by ``kinds``."""

from __future__ import annotations

from newscrawl.outcomes import Reason
from newscrawl.phrases.rows import KindPhrase, Place

SENTENCE = Place.PAGE_SENTENCE

ROWS = (
    # CAPTCHA
    KindPhrase("en", SENTENCE, Reason.CAPTCHA, r"enable javascript and cookies to continue"),
    KindPhrase("en", SENTENCE, Reason.CAPTCHA, r"checking your browser before accessing|\bray id:"),
    KindPhrase("en", SENTENCE, Reason.CAPTCHA, r"complete the (?:security check|captcha)"),
    KindPhrase(
        "en",
        SENTENCE,
        Reason.CAPTCHA,
        r"unusual (?:traffic|activity) (?:from|on) your (?:computer|network|ip)",
    ),
    KindPhrase("en", SENTENCE, Reason.CAPTCHA, r"needs to review the security of your connection"),
    KindPhrase("en", SENTENCE, Reason.CAPTCHA, r"verif\w+ (?:that )?you(?: are|.re) (?:a |not a )?(?:human|robot)"),
    KindPhrase("en", SENTENCE, Reason.CAPTCHA, r"you(?:.re| are) not a (?:ro)?bot|press & hold to confirm"),
    KindPhrase("en", SENTENCE, Reason.CAPTCHA, r"please enable js and disable any ad blocker|incapsula incident id"),
    KindPhrase("en", SENTENCE, Reason.CAPTCHA, r"made us think (?:that )?you (?:were|are) a bot"),
    KindPhrase("en", SENTENCE, Reason.CAPTCHA, r"performance (?:&|and) security by cloudflare"),
    KindPhrase("de", SENTENCE, Reason.CAPTCHA, r"bestätigen sie,? dass sie (?:ein mensch|kein roboter)"),
    KindPhrase("fr", SENTENCE, Reason.CAPTCHA, r"vérifier que vous êtes (?:bien )?(?:un )?humain"),
    KindPhrase("es", SENTENCE, Reason.CAPTCHA, r"verifi\w+ que (?:eres|es usted|no eres) (?:un )?(?:humano|robot)"),
    # SOFT_404
    KindPhrase(
        "en",
        SENTENCE,
        Reason.SOFT_404,
        r"\b(?:page|article|story|content|link|url)\b[^.]{0,60}\b(?:could not be found|cannot be found"
        r"|can.?t be found|was not found|no longer exists?|does ?n.?o?t exist|has been (?:moved|removed"
        r"|deleted)|is no longer available|may have (?:been )?(?:moved|removed|deleted))",
    ),
    KindPhrase(
        "en",
        SENTENCE,
        Reason.SOFT_404,
        r"you(?:.re| are| were) looking for[^.]{0,60}(?:found|exist|available|moved|removed)",
    ),
    KindPhrase(
        "de",
        SENTENCE,
        Reason.SOFT_404,
        r"\b(?:seite|artikel)\b[^.]{0,60}\b(?:nicht gefunden|existiert nicht|nicht mehr verfügbar|nicht "
        r"vorhanden)",
    ),
    KindPhrase(
        "fr",
        SENTENCE,
        Reason.SOFT_404,
        r"\b(?:page|article)\b[^.]{0,60}(?:introuvable|n.existe (?:pas|plus)|n.a pas été trouvée?|n.est "
        r"plus disponible)",
    ),
    KindPhrase(
        "pt",
        SENTENCE,
        Reason.SOFT_404,
        r"\bnão (?:conseguimos |foi possível |pudemos )?(?:encontr|localiz|ach)\w+ (?:a|o|ess?[ae]"
        r"|est[ae]) (?:página|conteúdo|notícia|matéria)",
    ),
    KindPhrase("ru", SENTENCE, Reason.SOFT_404, r"страниц\w* (?:не найдена|не существует|была удалена|удалена)"),
    KindPhrase("zh", SENTENCE, Reason.SOFT_404, r"页面不存在|頁面不存在"),
    KindPhrase("ja", SENTENCE, Reason.SOFT_404, r"お探しのページ"),
    KindPhrase("ko", SENTENCE, Reason.SOFT_404, r"페이지를 찾을 수 없"),
    KindPhrase(
        "mul",
        SENTENCE,
        Reason.SOFT_404,
        r"\b(?:página|artículo|noticia|notícia)\b[^.]{0,60}\b(?:no existe|no se encuentra|no se ha "
        r"encontrado|não existe|não (?:foi |pôde ser )?(?:encontrad|localizad)[oa]|não está (?:mais "
        r")?disponível)",
    ),
    KindPhrase(
        "mul",
        SENTENCE,
        Reason.SOFT_404,
        r"\bpagina\b[^.]{0,60}\b(?:non esiste|non è stata trovata|bestaat niet|niet gevonden|nu există)",
    ),
    # CONSENT
    KindPhrase(
        "en",
        SENTENCE,
        Reason.CONSENT,
        r"\bwe (?:and|use|store|need)\b.{0,60}\b(?:partners|cookies|your consent)\b",
    ),
    KindPhrase("en", SENTENCE, Reason.CONSENT, r"(?:accept|agree|reject|allow) all(?: cookies)?\b"),
    KindPhrase(
        "en",
        SENTENCE,
        Reason.CONSENT,
        r"\bby (?:clicking|continuing|using|selecting)\b.{0,80}\b(?:agree|consent|accept)",
    ),
    KindPhrase(
        "de",
        SENTENCE,
        Reason.CONSENT,
        r"\bwir (?:und|verwenden|nutzen|benötigen|brauchen|setzen)\b.{0,60}(?:partner|cookies|zustimmung"
        r"|einwilligung)",
    ),
    KindPhrase("de", SENTENCE, Reason.CONSENT, r"alle akzeptieren"),
    KindPhrase("fr", SENTENCE, Reason.CONSENT, r"\bnous (?:et|utilisons|stockons)\b.{0,60}(?:partenaires|cookies)"),
    KindPhrase("fr", SENTENCE, Reason.CONSENT, r"(?:tout|continuer sans) accepter"),
    KindPhrase("es", SENTENCE, Reason.CONSENT, r"aceptar (?:todo|todas|y continuar)"),
    KindPhrase("it", SENTENCE, Reason.CONSENT, r"\b(?:noi e|utilizziamo|usiamo)\b.{0,60}(?:partner|cookie|fornitori)"),
    KindPhrase("it", SENTENCE, Reason.CONSENT, r"accetta (?:tutti|tutto|e continua)"),
    KindPhrase("nl", SENTENCE, Reason.CONSENT, r"\b(?:wij en|wij gebruiken|we gebruiken)\b.{0,60}(?:partners|cookies)"),
    KindPhrase("nl", SENTENCE, Reason.CONSENT, r"alles accepteren"),
    KindPhrase("pl", SENTENCE, Reason.CONSENT, r"\b(?:my i nasi|używamy)\b.{0,60}(?:partnerzy|cookies)"),
    KindPhrase("ru", SENTENCE, Reason.CONSENT, r"мы используем (?:файлы )?cookie"),
    KindPhrase(
        "mul",
        SENTENCE,
        Reason.CONSENT,
        r"\b(?:nosotros y|utilizamos|usamos|nós e)\b.{0,60}(?:socios|cookies|parceiros)",
    ),
    KindPhrase(
        "mul",
        SENTENCE,
        Reason.CONSENT,
        r"\bvi (?:och|og|använder|bruker|bruger)\b.{0,60}(?:partner\w*|cookies|kakor|informasjonskapsler)",
    ),
    # MAINTENANCE
    KindPhrase("en", SENTENCE, Reason.MAINTENANCE, r"an error occurred while processing your request"),
    KindPhrase(
        "en",
        SENTENCE,
        Reason.MAINTENANCE,
        r"the server (?:encountered an internal error|is temporarily unable)",
    ),
    KindPhrase(
        "en",
        SENTENCE,
        Reason.MAINTENANCE,
        r"(?:could not|can.?t|unable to) connect to (?:the )?(?:database|mysql|server)",
    ),
    KindPhrase("en", SENTENCE, Reason.MAINTENANCE, r"too many (?:database )?connections"),
    KindPhrase("en", SENTENCE, Reason.MAINTENANCE, r"\bfatal error\b.{0,20}\buncaught\b|\bstack trace: ?#0"),
    KindPhrase(
        "en",
        SENTENCE,
        Reason.MAINTENANCE,
        r"\b(?:site|page|service|we(?:.re| are))\b[^.]{0,40}\b(?:under|down for|undergoing)(?: \w+)? "
        r"maintenance",
    ),
    KindPhrase("en", SENTENCE, Reason.MAINTENANCE, r"briefly unavailable for scheduled maintenance"),
    KindPhrase("en", SENTENCE, Reason.MAINTENANCE, r"please try again (?:in a few minutes|later|shortly)\.?$"),
    KindPhrase("de", SENTENCE, Reason.MAINTENANCE, r"\b(?:wegen|aufgrund) (?:von )?wartungsarbeiten"),
    KindPhrase("fr", SENTENCE, Reason.MAINTENANCE, r"\ben (?:cours de )?maintenance"),
    KindPhrase("es", SENTENCE, Reason.MAINTENANCE, r"\ben mantenimiento"),
    KindPhrase("pt", SENTENCE, Reason.MAINTENANCE, r"em manutenção"),
    KindPhrase("it", SENTENCE, Reason.MAINTENANCE, r"in manutenzione"),
    KindPhrase("zh", SENTENCE, Reason.MAINTENANCE, r"系统维护"),
    KindPhrase("ja", SENTENCE, Reason.MAINTENANCE, r"メンテナンス中"),
    KindPhrase("mul", SENTENCE, Reason.MAINTENANCE, r"sqlstate\[|mysqli?_connect\(\)|ora-\d{5}"),
    KindPhrase("mul", SENTENCE, Reason.MAINTENANCE, r"\bin /\w+/\S+\.php(?: on line|:)"),
    # ERROR_PAGE
    KindPhrase(
        "en",
        SENTENCE,
        Reason.ERROR_PAGE,
        r"access(?:ing)? this (?:web)?site from a country (?:belonging to|in) the european",
    ),
    KindPhrase("en", SENTENCE, Reason.ERROR_PAGE, r"not available in your (?:country|region)"),
    KindPhrase("en", SENTENCE, Reason.ERROR_PAGE, r"(?:unavailable|blocked) in (?:most )?european countries"),
    KindPhrase("en", SENTENCE, Reason.ERROR_PAGE, r"you don.t have permission to access"),
    KindPhrase("en", SENTENCE, Reason.ERROR_PAGE, r"this domain (?:name )?(?:is|may be) for sale"),
    # NO_BODY
    KindPhrase(
        "en",
        SENTENCE,
        Reason.NO_BODY,
        r"(?:please |you need to )?enable javascript to (?:run|use|view|continue)",
    ),
    KindPhrase("en", SENTENCE, Reason.NO_BODY, r"javascript is (?:disabled|required)"),
    KindPhrase(
        "en",
        SENTENCE,
        Reason.NO_BODY,
        r"this (?:app|site|page|website) (?:requires|needs|works best with) javascript",
    ),
    KindPhrase("de", SENTENCE, Reason.NO_BODY, r"bitte aktivieren sie javascript"),
    KindPhrase("fr", SENTENCE, Reason.NO_BODY, r"activer javascript"),
    KindPhrase("pt", SENTENCE, Reason.NO_BODY, r"habilite (?:o )?javascript"),
    KindPhrase("zh", SENTENCE, Reason.NO_BODY, r"启用 ?javascript"),
    KindPhrase("ja", SENTENCE, Reason.NO_BODY, r"javascriptを有効に"),
    KindPhrase("mul", SENTENCE, Reason.NO_BODY, r"active javascript"),
)
