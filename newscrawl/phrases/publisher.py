"""What a publisher says in its own name: rights, channels to follow, calls for tips, notices.

The words alone cut nothing: each reader asks for a second sign, such as the place in the text or the links of a line.
"""

from __future__ import annotations

from newscrawl.phrases.rows import Phrase, Place, anywhere, beginning, select, whole
from newscrawl.text.caseless import Caseless

RIGHTS_, CHANNELS_, TIPS_, NOTICE_ = Place.RIGHTS, Place.CHANNELS, Place.TIPS, Place.NOTICE
PROMOTED, ASKING_, ENDING, NO_STORY_ = Place.PROMOTED, Place.ASKING, Place.ENDING, Place.NO_STORY

ROWS = (
    # rights
    Phrase("mul", RIGHTS_, r"[©ⓒ]|\(c\) ?\d{4}|copyright (?:©|\(c\)|\d{4}|by\b)"),
    Phrase("en", RIGHTS_, r"all rights reserved|the content above\b.{0,60}\b(?:uploaded|posted)"),
    Phrase("de", RIGHTS_, r"alle rechte vorbehalten"),
    Phrase("fr", RIGHTS_, r"tous droits réservés"),
    Phrase("es", RIGHTS_, r"todos los derechos reservados"),
    Phrase("pt", RIGHTS_, r"todos os direitos reservados"),
    Phrase("it", RIGHTS_, r"riproduzione riservata|tutti i diritti riservati"),
    Phrase("pl", RIGHTS_, r"wszelkie prawa zastrzeżone"),
    Phrase("tr", RIGHTS_, r"tüm hakları saklıdır"),
    Phrase("ru", RIGHTS_, r"все права защищены"),
    Phrase("uk", RIGHTS_, r"всі права захищено"),
    Phrase("el", RIGHTS_, r"με επιφύλαξη παντός"),
    Phrase("ar", RIGHTS_, r"جميع الحقوق محفوظة"),
    Phrase("fa", RIGHTS_, r"تمامی? حقوق"),
    Phrase("hi", RIGHTS_, r"सर्वाधिकार सुरक्षित"),
    Phrase(
        "zh",
        RIGHTS_,
        r"版权(?:所有|归)|版權(?:所有|屬)|未经.{0,12}(?:授权|许可|允许)|未經.{0,12}(?:授權|許可)|(?:特别|免责|郑重)声明",
    ),
    Phrase("ja", RIGHTS_, r"無断(?:転載|複製|使用)"),
    Phrase("ko", RIGHTS_, r"무단\s?(?:전재|복제)|저작권자|재배포\s?금지"),
    Phrase("th", RIGHTS_, r"สงวนลิขสิทธิ์"),
    Phrase("vi", RIGHTS_, r"bản quyền thuộc"),
    # channels to follow
    Phrase("en", CHANNELS_, r"follow us(?!e)|follow me on\b|subscribe (?:to|now|for|today|here)|join (?:our|us on)"),
    Phrase("en", CHANNELS_, r"sign up (?:for|to|now|here|today|and get)|like us on facebook"),
    Phrase("en", PROMOTED, r"^.{0,60}newsletter|newsletter\W*$|(?:in|to|into) your (?:e-?mail )?inbox"),
    Phrase("en", PROMOTED, r"push notifications?"),
    Phrase(
        "en",
        PROMOTED,
        r"get (?:the|our|all the) (?:latest|best|top|biggest)\b.{0,60}\b(?:email|inbox|news|stories"
        r"|delivered|alerts)",
    ),
    Phrase("en", PROMOTED, r"^\W*download (?:the|our) .{0,30}\bapp\b|join (?:the conversation|now)"),
    Phrase(
        "en",
        PROMOTED,
        r"follow @?\w+(?: \w+){0,3} on (?:twitter|facebook|instagram|x|google news|telegram|whatsapp"
        r"|tiktok|linkedin)",
    ),
    Phrase("mul", PROMOTED, r"(?:whatsapp|telegram)[- ]?(?:channel|kanal|canal)"),
    Phrase("en", ASKING_ | NO_STORY_ | Place.LIST_HEADING, r"sign up"),
    Phrase("en", ASKING_ | Place.LIST_HEADING, r"subscribe"),
    Phrase("en", ASKING_, r"follow (?:our|@)|join us|like us|get (?:the|our|all)|download"),
    Phrase(
        "mul",
        ASKING_,
        r"[^\"“«„]{0,100}\b(?:our|my|unser\w*|notre|nos|nuestr\w+|noss[ao]"
        r"|nostr[ao]) (?:\w+ ){0,2}(?:newsletters?|bolet[ií]n|lettre|app\b|e\w+ edition)",
    ),
    Phrase("mul", NO_STORY_, r"newsletter|podcast|\bapp\b|push|whatsapp|telegram|subscri|inscri|abonn"),
    Phrase("en", NO_STORY_, r"click here|breaking news"),
    Phrase("de", CHANNELS_, r"folgen sie uns|abonnieren sie|folgt? uns|newsletter (?:\w+ )?abonnieren"),
    Phrase("de", ASKING_, r"folgen sie"),
    Phrase("de", NO_STORY_, r"anmelden|gewinnspiel"),
    Phrase("fr", CHANNELS_, r"(?:suivez|abonnez|inscrivez|rejoignez)-(?:nous|vous)"),
    Phrase("es", CHANNELS_, r"síguenos|suscríb\w+"),
    Phrase("es", PROMOTED, r"sigue (?:a|toda|todas)\b"),
    Phrase("es", ASKING_, r"sigue"),
    Phrase("es", NO_STORY_, r"suscr"),
    Phrase("pt", CHANNELS_, r"inscreva-se|siga-nos"),
    Phrase("pt", ENDING, r"siga (?:o canal|a gente)|receba as|acompanhe (?:a|o|nos)"),
    Phrase("pt", PROMOTED, r"(?:siga|acompanhe)\b.{0,30}\b(?:facebook|instagram|twitter|whatsapp|telegram)"),
    Phrase("pt", ASKING_, r"siga|acompanhe"),
    Phrase("pt", NO_STORY_, r"assine"),
    Phrase("it", CHANNELS_, r"seguici|iscriviti|abbonati"),
    Phrase("it", PROMOTED, r"segui (?:su|anche)"),
    Phrase("it", ASKING_, r"segui"),
    Phrase("pl", CHANNELS_, r"(?:obserwuj|polub|śledź) nas|zapisz się|dołącz do nas"),
    Phrase("pl", ASKING_ | NO_STORY_, r"zapisz"),
    Phrase("tr", CHANNELS_, r"takip ed(?:in|ebilirsiniz)|abone ol"),
    Phrase("nl", CHANNELS_, r"volg ons"),
    Phrase("sv", NO_STORY_, r"prenumer"),
    Phrase("ru", CHANNELS_, r"подпи(?:сывайтесь|шитесь)|читайте нас"),
    Phrase("ru", ASKING_ | NO_STORY_, r"подпи[сш]"),
    Phrase("uk", CHANNELS_, r"підпи(?:суйтесь|шіться)|підписуйтеся"),
    Phrase("uk", ASKING_, r"підпис"),
    Phrase("el", CHANNELS_, r"ακολουθήστε"),
    Phrase("ar", CHANNELS_, r"تابعونا|تابعنا"),
    Phrase("ar", ENDING, r"تابعوا|اشترك(?:وا)? |انضموا"),
    Phrase("fa", ENDING, r"ما را در"),
    Phrase("hi", CHANNELS_, r"फॉलो करें|सब्सक्राइब"),
    Phrase("hi", ENDING, r"से जुड़ें|जुड़ने के लिए"),
    Phrase("bn", CHANNELS_, r"অনুসরণ করুন"),
    Phrase("ta", CHANNELS_, r"பின்தொடர"),
    Phrase("th", CHANNELS_, r"ติดตาม(?:เรา|ข่าว)"),
    Phrase("vi", CHANNELS_, r"theo dõi (?:chúng|báo)"),
    Phrase(
        "zh",
        CHANNELS_,
        r"关注(?:我们|我們|本报|官方|微信|公众号)|關注(?:我們|官方)|扫一扫|扫描.{0,6}二维码|长按.{0,8}二维码",
    ),
    Phrase("zh", ENDING, r"加载更多|点击.{0,6}(?:关注|下载)"),
    Phrase("zh", NO_STORY_, r"订阅|訂閱"),
    Phrase("ja", CHANNELS_, r"フォロー(?:する|して|お願い)|(?:友だち|友達)追加|メルマガ"),
    Phrase("ja", ENDING, r"会員登録"),
    Phrase("ja", NO_STORY_, r"登録"),
    Phrase("ko", CHANNELS_, r"구독하기|팔로우|채널\s?추가|뉴스레터"),
    Phrase("ko", NO_STORY_, r"구독"),
    Phrase("he", CHANNELS_, r"עקבו אחרי(?:נו)?"),
    Phrase("id", CHANNELS_, r"ikuti kami"),
    Phrase("hu", CHANNELS_, r"köve(?:ss|ssen|ssetek) (?:minket|bennünket)"),
    Phrase("fi", CHANNELS_, r"seuraa meitä"),
    Phrase("fa", CHANNELS_, r"دنبال کنید"),
    Phrase("sv", CHANNELS_, r"följ oss"),
    Phrase("mul", CHANNELS_, r"følg oss?\b"),
    Phrase("mul", CHANNELS_, r"sledujte nás"),
    Phrase("ro", CHANNELS_, r"urmăriți-ne|urmărește-ne"),
    Phrase("hr", CHANNELS_, r"pratite nas"),
    Phrase("bg", CHANNELS_, r"последвайте ни"),
    Phrase("sr", CHANNELS_, r"пратите нас"),
    # calls for tips and corrections
    Phrase("en", TIPS_, r"(?:got|have) (?:a )?(?:story|tip|news tip|any (?:comments|information|questions))"),
    Phrase("mul", TIPS_, r"\bctrl\s?\+\s?enter\b"),
    Phrase("en", TIPS_, r"e-?mail (?:us|our|the author)"),
    Phrase("en", TIPS_, r"(?:send|share) (?:us )?(?:your|a) (?:tips?|stor(?:y|ies)|views|thoughts)|let us know"),
    Phrase("en", TIPS_, r"contact (?:us|our newsroom)"),
    Phrase("de", TIPS_, r"haben sie (?:einen )?(?:hinweis|fehler|fragen)|fehler gefunden|schreiben sie uns"),
    Phrase("fr", TIPS_, r"(?:une|des) (?:info|remarque)s? ?\?|écrivez-nous|une erreur ?\?"),
    Phrase("es", TIPS_, r"escríbenos|tienes (?:una|información)"),
    Phrase("pt", TIPS_, r"envie sua|encontrou (?:um|algum) erro"),
    Phrase("it", TIPS_, r"scrivici|hai (?:una )?(?:segnalazione|notizia)"),
    Phrase("pl", TIPS_, r"masz (?:dla nas )?(?:temat|informacj)|napisz do nas"),
    Phrase("tr", TIPS_, r"bize ulaş"),
    Phrase("ru", TIPS_, r"нашли ошибку|(?:есть|хотите) (?:новость|сообщить)"),
    Phrase("ar", TIPS_, r"راسلونا"),
    Phrase("ko", TIPS_, r"제보(?:는|하기|를)"),
    Phrase("ja", TIPS_, r"情報提供"),
    Phrase("zh", TIPS_, r"责任编辑|責任編輯|(?:编辑|校对|审核)[:：]"),
    # advertisements, comments, sharing, tags
    Phrase(
        "mul",
        NOTICE_,
        r"\(c\) .{0,60}|copyright(?: (?:notice|policy|information|licen[cs]e)| .{0,120}(?:rights? reserved|20\d\d"
        r"|photo).{0,100})?",
    ),
    Phrase("en", NOTICE_, r"(?:(?:advertisement|ad)\W+)?(?:story|article|page) continues\b.{0,40}"),
    Phrase("en", NOTICE_, r"advertisement|advertising|ad(?: feedback)?"),
    Phrase("en", NOTICE_, r"continue reading.{0,40}"),
    Phrase("en", NOTICE_, r"(?:loading|please wait)|comments?(?: are closed.{0,20})?|\d+ comments?"),
    Phrase("en", NOTICE_, r"join the (?:conversation|discussion).{0,40}"),
    Phrase("en", NOTICE_, r"(?:leave|post|add|write) (?:a|your) (?:reply|comment).{0,40}|required fields are marked.*"),
    Phrase("en", NOTICE_, r"your email address will not be published.*"),
    Phrase(
        "en", NOTICE_, r"share(?: (?:this|on|via|article|story|the (?:article|story|post|blog|page))\b.{0,40})?|tweet"
    ),
    Phrase("en", NOTICE_, r"print(?: (?:this|article))?|e-?mail(?: this)?|copy link|(?:link )?copied.{0,30}"),
    Phrase("en", NOTICE_, r"back to top|listen to th(?:is|e) (?:article|story|post)"),
    Phrase(
        "mul",
        NOTICE_,
        r"\d{1,3}[- ]?min(?:ute[ns]?|uti|uuttia|uter)?\.? (?:read(?:ing)?|lesezeit|de lect?ura?|de leitura|di lettura"
        r"|lezen|læsning|läsning|lesetid|czytania|чтения|okuma)",
    ),
    Phrase("en", NOTICE_, r"next(?: (?:article|page))?|previous(?: (?:article|page))?|(?:tags?|topics?) ?:.{0,200}"),
    Phrase("en", NOTICE_, r"filed under\b.{0,200}"),
    Phrase("de", NOTICE_, r"anzeige|werbung|kommentare?\W*\d*|teilen\b.{0,20}|nach oben"),
    Phrase("de", NOTICE_, r"(?:schlagw\w+|stichw\w+|themen) ?:.{0,200}"),
    Phrase("fr", NOTICE_, r"publicité|annonce|commentaires?\W*\d*|partager\b.{0,20}|mots[- ]clés ?:.{0,200}"),
    Phrase("es", NOTICE_, r"publicidad|comentarios\W*\d*|compartir\b.{0,20}|etiquetas ?:.{0,200}"),
    Phrase("pt", NOTICE_, r"publicidade|comentários\W*\d*|compartilhar\b.{0,20}"),
    Phrase("it", NOTICE_, r"pubblicità|commenti\W*\d*|condividi\b.{0,20}"),
    Phrase("pl", NOTICE_, r"reklama?|komentarze\W*\d*|udostępnij\b.{0,20}|tagi ?:.{0,200}"),
    Phrase("nl", NOTICE_, r"reacties\W*\d*|delen\b.{0,20}"),
    Phrase("sv", NOTICE_, r"dela\b.{0,20}"),
    Phrase("pt", NOTICE_, r"continua (?:após|depois) (?:d?a )?publicidade"),
    Phrase("de", NOTICE_, r"weiter(?:lesen)? nach der (?:anzeige|werbung)|lesen sie nach der anzeige weiter"),
    Phrase("fr", NOTICE_, r"la suite après (?:la|cette) publicité"),
    Phrase("es", NOTICE_, r"(?:la nota )?continúa (?:después|debajo) de(?: la)? publicidad"),
    Phrase("it", NOTICE_, r"continua (?:a leggere )?dopo la pubblicità"),
    Phrase(
        "pl",
        NOTICE_,
        r"dalsz(?:y ciąg|a część) (?:materiału|artykułu|tekstu) (?:pod|znajduje).{0,30}|materiał promocyjny",
    ),
    Phrase("nl", NOTICE_, r"advertentie|reclame|(?:tekst|artikel) (?:gaat|loopt) (?:verder|door) (?:onder|na).{0,30}"),
    Phrase("sv", NOTICE_, r"annons|artikeln fortsätter (?:under|efter).{0,20}"),
    Phrase("no", NOTICE_, r"annonse|(?:artikkelen|saken) fortsetter (?:under|etter).{0,20}"),
    Phrase("da", NOTICE_, r"artiklen fortsætter (?:under|efter).{0,20}"),
    Phrase("fi", NOTICE_, r"mainos|juttu jatkuu (?:kuvan|mainoksen|videon) jälkeen"),
    Phrase("cs", NOTICE_, r"reklama\W*pokračování článku.{0,20}|sdílet\b.{0,20}"),
    Phrase("hu", NOTICE_, r"hirdetés|megosztás\b.{0,20}|a cikk a hirdetés után folytatódik"),
    Phrase("ro", NOTICE_, r"reclamă|distribuie\b.{0,20}|articolul continuă după.{0,20}"),
    Phrase("hr", NOTICE_, r"oglas|tekst se nastavlja ispod oglasa|podijeli\b.{0,20}"),
    Phrase("el", NOTICE_, r"διαφήμιση|κοινοποίηση"),
    Phrase("tr", NOTICE_, r"reklam|paylaş|haber(?:e|in) (?:yorum yap|devamı)\b.{0,20}"),
    Phrase("ru", NOTICE_, r"реклама|нашли ошибку\?.{0,80}ctrl ?\+ ?enter"),
    Phrase("uk", NOTICE_, r"реклама\W*|поділитися\b.{0,20}"),
    Phrase("bg", NOTICE_, r"сподел(?:и|ете)\b.{0,20}"),
    Phrase("ar", NOTICE_, r"إعلان|اعلان|شارك(?: (?:الخبر|المقال|عبر))?"),
    Phrase("fa", NOTICE_, r"تبلیغات?|آگهی|انتهای (?:پیام|خبر) ?/?.{0,10}"),
    Phrase("he", NOTICE_, r"פרסומת|שתפו|שתף"),
    Phrase("ur", NOTICE_, r"اشتہار"),
    Phrase("hi", NOTICE_, r"विज्ञापन|शेयर (?:करें|करो)"),
    Phrase("bn", NOTICE_, r"বিজ্ঞাপন|শেয়ার করুন"),
    Phrase("ta", NOTICE_, r"விளம்பரம்"),
    Phrase("te", NOTICE_, r"ప్రకటన"),
    Phrase("th", NOTICE_, r"โฆษณา|แชร์(?:ข่าว)?"),
    Phrase("vi", NOTICE_, r"quảng cáo|chia sẻ"),
    Phrase(
        "id", NOTICE_, r"iklan|bagikan\b.{0,20}|(?:gulir|scroll) (?:untuk|ke bawah untuk) (?:melanjutkan|lanjut).{0,20}"
    ),
    Phrase("id", NOTICE_, r"lanjut(?:kan)? (?:membaca|baca)\b.{0,20}"),
    Phrase(
        "zh",
        NOTICE_,
        r"广告|廣告|分享(?:到|至)|(?:点击|點擊)(?:进入|進入|查看).{0,10}|(?:未完)?(?:下转|下轉)第.{1,4}版",
    ),
    Phrase(
        "ja",
        NOTICE_,
        r"広告|スポンサー(?:ド)?リンク|(?:この記事を)?シェア(?:する)?|続きを(?:読む|見る)|記事は.{0,10}下に続きます",
    ),
    Phrase("ko", NOTICE_, r"광고|(?:좋아요|기사)? ?공유하기|기사제보(?: 및 보도자료)?|이미지 ?확대"),
    Phrase("ka", NOTICE_, r"რეკლამა"),
    Phrase("hy", NOTICE_, r"գովազդ"),
    Phrase("az", NOTICE_, r"paylaş(?:ın)"),
    Phrase("sw", NOTICE_, r"tangazo|matangazo"),
    Phrase("ru", NOTICE_, r"комментарии\W*\d*|поделиться\b.{0,20}"),
)

_CHANNELS = rf"(?<![a-z]){select(ROWS, CHANNELS_)}"

RIGHTS = anywhere(select(ROWS, RIGHTS_))
"""What a closing line says of who may use the text."""

CHANNELS = anywhere(select(ROWS, CHANNELS_ | ENDING))
"""What a closing line says where it asks the reader to follow or subscribe."""

TIPS = anywhere(select(ROWS, TIPS_))
"""What a closing line says where it asks the reader to write."""

NOTICE = whole(rf"(?:{select(ROWS, NOTICE_)}|{select(ROWS, RIGHTS_)}.{{0,200}})")
"""A whole line that the page says of itself: rights, advertisements, comments, sharing, tags."""

PROMOTION = anywhere(rf"(?:^.{{0,80}}{_CHANNELS}|{select(ROWS, PROMOTED)})")
"""What a line says that promotes the publisher's other channels."""

ASKING = beginning(select(ROWS, CHANNELS_ | ASKING_))
"""The beginning of a line in which the publisher itself asks its reader to follow or subscribe."""

CHANNEL = Caseless(
    r"\b(?:news-?letter|boletín|bolet[ií]ns?|podcasts?|apps?|push|whats ?app|telegram|facebook|instagram|twitter"
    r"|tik ?tok|you ?tube|linkedin|threads|bluesky|mastodon|discord|reddit|pinterest|flipboard|viber|zalo|naver|google"
    r"|e-?mails?|inbox|alerts?|rss|x|x\.com|ok\.ru|line|edition|e-?paper|[ck]anal|chaîne|channel|канал\w*|телеграм\w*|рассылк\w*"
    r"|вконтакте|одноклассник\w*|дзен)\b|https?:|www\.|@\w|facebook|instagram|telegram|whatsapp|youtube"
    r"|微信|公众号|微博|二维码|客户端|频道|頻道|ライン|メール|アプリ|チャンネル|line|채널|뉴스레터|카카오|네이버"
    r"|تلغرام|واتساب|فيسبوك|تويتر|قنا[ةت]|تلگرام|फेसबुक|व्हाट्सएप|टेलीग्राम|ফেসবুক|பேஸ்புக்|פייסבוק",
)
"""What a publisher asks its readers to take, by name."""

NO_STORY = anywhere(select(ROWS, NO_STORY_ | CHANNELS_))
"""What a link between paragraphs says that leads to no story."""
