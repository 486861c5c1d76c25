"""What stands before a name in a byline, and the words that only houses, desks and roles have, by language."""

from __future__ import annotations

from newscrawl.text.caseless import Caseless
from newscrawl.text.scripts import HAN, HANGUL

_BY = {
    "en": "by|all articles by|more articles by|more from|written by|posted by|published by"
    "|reported by|story by|words by|text by|articles by|author|authors|reporter"
    "|this post was written by|this blog post was written by|this article was written by|this story was written by"
    "|this guide was written by|opinion by|analysis by|review by|comment by|column by|interview by|guest post by"
    "|this is a guest post by",
    "de": "von|alle artikel von|mehr von|alle beiträge von|geschrieben von|verfasst von"
    "|veröffentlicht von|erstellt von|text|text von|autor|autorin|autoren|interview|von unserem mitarbeiter"
    "|von unserer mitarbeiterin|von unserem redakteur|von unserer redakteurin|von unserem korrespondenten"
    "|von unserer korrespondentin",
    "fr": "par|écrit par|publié par|rédigé par|propos recueillis par|texte|textes|auteur"
    "|auteure|de notre correspondant|de notre correspondante|de notre envoyé spécial|de notre envoyée spéciale",
    "es": "por|escrito por|publicado por|texto|de nuestro corresponsal|de nuestra corresponsal",
    "ca": "escrit per",
    "pt": "por|escrito por|publicado por|texto|da redação, por",
    "it": "di|a cura di|scritto da|pubblicato da|autore|autrice|dal nostro inviato|dalla nostra inviata"
    "|dal nostro corrispondente|dalla nostra corrispondente",
    "nl": "door|geschreven door|door onze redacteur|door onze verslaggever|van onze redacteur|van onze verslaggever",
    "sv": "av|skriven av|publicerad av",
    "da": "af|skrevet af",
    "no": "skrevet av|publisert av",
    "fi": "teksti|kirjoittaja|kirjoittanut",
    "et": "kirjutas",
    "pl": "przez|autor|tekst|opracował|opracowała|rozmawiał|rozmawiała|napisał|napisała",
    "cs": "napsal|napsala|autor",
    "sk": "napísal|napísala",
    "hu": "írta|szerző",
    "ro": "scris de|publicat de",
    "hr": "piše|autor|napisao",
    "ru": "автор|авторы|текст|автор статьи|автор материала|беседовал|беседовала|подготовил|подготовила",
    "uk": "автор|текст|підготував|підготувала|розмовляв|розмовляла",
    "bg": "автор",
    "el": "του|της|από|από τον|από την|συντάκτης|γράφει ο|γράφει η",
    "tr": "yazar|yazan|haber|haberi yazan",
    "id": "oleh|ditulis oleh|penulis",
    "sw": "imeandikwa na",
    "vi": "tác giả|theo",
    "ar": "بقلم|كتب|كتبت|كتبه|إعداد|الكاتب|تقرير",
    "fa": "نوشته|نویسنده|به قلم|گزارش",
    "he": "מאת",
    "ur": "تحریر",
    "hi": "लेखक|द्वारा|रिपोर्ट",
    "bn": "লেখক|লিখেছেন",
    "zh": "作者|记者|記者|本报记者|本報記者|本网记者|特约记者|实习记者|撰文|文|文字|文/图|通讯员|采写",
    "ja": "文|文・写真|取材・文|執筆|著者|ライター|記者",
    "ko": "글|글·사진|기자",
    "th": "โดย|ผู้เขียน",
    "ta": "எழுதியவர்",
    "te": "రచయిత",
    "gu": "લેખક",
    "pa": "ਲੇਖਕ",
    "ka": "ავტორი",
    "hy": "հեղինակ",
    "sr": "пише|аутор|аутори",
    "sl": "avtor|avtorica",
    "lt": "autorius|autorė|parengė",
    "lv": "autors|autore",
    "is": "höfundur",
    "be": "аўтар",
    "az": "müəllif",
    "km": "ដោយ",
    "my": "ရေးသားသူ",
}  # fmt: skip

_LABELS = (
    "opinion|journalist|periodista|periodistas|jornalista|reportagem|reportage|texte de|giornalista|verslaggever"
    "|toimittaja|autorka|autorzy|opracowanie|redaktor|redactor|szerzők|szöveg|autorica|avtorji|ауторка|авторка"
    "|корреспондент|журналист|журналіст|кореспондент|γράφει|συντάκτρια|κείμενο|muhabir|pewarta|jurnalis|wartawan"
    "|bài|thực hiện|phóng viên|bài và ảnh|כתבה|כתב|رپورٹ|संवाददाता|रिपोर्टर|লেখা|প্রতিবেদক|เรื่อง|ผู้สื่อข่าว"
    "|mwandishi|អត្ថបទ|zdroj textu|novinár|kirjutanud|žurnalistas|žurnālists"
)
"""What says so only before a colon; elsewhere these words are others' as well."""

_GENRES = (
    r"(?:ein(?:e|en)? )?(?:gast)?"
    r"(?:beitrag|artikel|kommentar|analyse|essay|kolumne|glosse|reportage|bericht|rezension) von"
    r"|(?:une? )?(?:article|chronique|tribune|analyse|éditorial|enquête|reportage) d[e’'](?= )"
    r"|(?:una? )?(?:crónica|artículo|columna|análisis|reportaje|entrevista) de"
    r"|(?:uma? )?(?:artigo|crônica|crónica|coluna|análise|reportagem) de"
    r"|(?:un )?(?:articolo|commento|analisi|intervista|servizio) di|(?:un )?articol de"
)
""""A column by": the kind of text before who wrote it."""

BY_IN = {
    "bg": "от", "ca": "per", "cs": "od", "ro": "de", "sk": "od", "sw": "na", "ur": "از",
}  # fmt: skip
"""What says so only in its language: elsewhere it is a name, "Per Holm", or the beginning of one, "De Vries"."""

NOT_AUTHORS = Caseless(
    r"(?:责任编辑|責任編輯|责编|責編|编辑|編輯|主编|校对|审核|監製|监制|来源|來源|編集|写真|사진|편집"
    r"|edited by|editor|(?:fact[- ]?)?checked by|(?:\w+ )?reviewed by|researched by|photos? by|photograph(?:s|y)? by|"
    r"translated by|updated by|redaktion|geprüft von|übersetzt von|überprüft von|relue? par|vérifiée? par|traduite? par"
    r"|revisad[oa] por|verificad[oa] por|traducid[oa] por|traduzid[oa] por|revist[oa] por|traducción|tradução"
    r"|traduzione"
    r"|revisionat[oa] da|verificat[oa] da|gecontroleerd door|vertaling|sprawdził[a]?|tłumaczenie|перевод|переклад|ترجمة"
    r"|翻訳|翻译|翻譯|번역|감수|監修|foto"
    r"|fotos|photo|photos|credit|crédit|illustrations? (?:von|by|de)|illustration"
    r"|bearbeitet von|редактор|фото|تحرير|تصوير)\s*[:：/|by]?",
)
"""What names somebody who did not write it; found at the beginning of a line (``match``)."""

BY = Caseless(
    rf"(?:(?:{_GENRES}|{'|'.join(sorted('|'.join(_BY.values()).split('|'), key=len, reverse=True))}"
    rf"|[{HAN}]{{1,6}}[社报報网網台臺](?:记者|記者))"
    rf"(?:\s*[:：/・|｜／＝=՝៖]\s*|\s*[-–]\s+|\s+|(?=[{HAN}{HANGUL}])|$)|(?:{_LABELS})\s?[:：៖]\s*)",
)
"""Found at the beginning of a line (``match``)."""

WRITTEN_BY = Caseless(
    r"(?:(?:this (?:blog )?(?:post|article|story|guide) was )?(?:written|posted|reported|story|words|text) by"
    r"|geschrieben von|verfasst von|text von|écrit par|rédigé par|escrito por"
    r"|redactado por|scritto da|geschreven door|skriven av|skrevet a[vf]|kirjoittanut|napsala?|írta|scris de|автор"
    r"|yazan|ditulis oleh|oleh|作者|撰文|文|執筆|글|بقلم|نویسنده|מאת|โดย|του)(?:\s*[:：]\s*|\s+|$)"
    r"|(?:authors?|autor(?:in|en|es|a|as|ka)?|auteurs?|auteure|autore|autrice)\s?[:：]\s*",
)
"""What says so wherever it stands on a page; found at the beginning of a line (``match``)."""

ABOUT = Caseless(
    r"(?:about the authors?|über den autor|über die autorin|zum autor|zur autorin|à propos de l[’']aut(?:eure?|rice)"
    r"|sobre (?:el autor|la autora|o autor|a autora)|sull[’'](?:autore|autrice)|over de auteur|om författaren"
    r"|o autorze|o autorce|o autorovi|об авторе|про автора|yazar hakkında|tentang penulis|عن الكاتب|关于作者|作者简介)"
    r"\s*(?:[:：–-]\s*|$)",
)
"""The heading of the box about who wrote the story, before the name."""

_HOUSE_WORDS = (
    r"\b(?:staff|editors?|editorial|newsroom|news|team|desk|redaktion(?:en)?|redacci[oó]n|redazione|"
    r"r[eé]daction|redactie|redação|toimitus|redakcj\w+|redakce|"
    r"agenc\w+|agentur|ag[eê]ncia|agence|agenzia|press|presse|media|magazine|admin\w*|reuters|afp|dpa|tass|"
    r"ansa|efe|lusa|anp|ntb|wires?|bureau|correspondents?|reporters?|"
    r"contributors?|guest|unknown|anonymous|associated|online|tv|radio|times|post|posts|journal|daily|zeitung|"
    r"nachrichten|noticias|notícias|notizie|actualit\w+|gmbh|"
    r"inc|ltd|llc|group|department|officer|chief|sponsored|partner|telegram|gazette|herald|tribune|chronicle|"
    r"observer|report|"
    r"view all|edit|profile|account|no author|"
    r"about|writer|image|photo|video|comments?|kommentare?|written|bio|biography|sign in|log in|"
    r"read more|follow|subscribe|share|posted|articles?|"
    r"minutes?|ago|min read|published|updated|university|institute|foundation|council|directors?|getty|"
    r"shutterstock|haber\w*|ajans\w*|bülten\w*|redaksi|minute|autorenseite|specialists?|managers?|president|"
    r"newspapers?|weekly|monthly|standard|independent|guardian|examiner|inquirer|bulletin|sentinel|diario|diário|jornal|"
    r"giornale|stiftung|verein|verband|verlag|institut|deutsche[rns]?|network|newsdesk|newswire|webteam|werbung|anzeige|"
    r"\w+leiter(?:in)?|\w*sprecher(?:in)?|\w*redakteur(?:in)?|\w*korrespondent(?:in)?|journalist\w*|mitarbeiter(?:in)?|"
    r"volontär(?:in)?|correspondant\w*|corresponsal|rédact\w+|redactora?|inviat[oa]|toimittaja|muhabir\w*|journaliste|"
    r"founder|ceo|analyst|consultant|coordinators?|webmaster|strategist|professor|updates?)\b"
)
HOUSE = Caseless(
    _HOUSE_WORDS
    + r"|редакци|новост|агентств|корр?еспондент|служба|пресс|интерфакс|редакці|агенці|σύνταξη|συντακτ|ειδήσ"
    r"|تحرير|محرر|وكال|أخبار|اخبار|مراسل|غرفة|تحریریه|خبرگزاری|خبرنگار|ایسنا|डेस्क|ब्यूरो|समाचार|संवाद सूत्र|टीम|संवाददाता|न्यूज"
    r"|ডেস্ক|নিউজ|প্রতিবেদক|ทีมข่าว|กองบรรณาธิการ|מערכת|חדשות"
    r"|[网網报報社部局台臺委院司频頻]$|(?:報導|报道|報道|电|電|讯|訊)$|发布|發布|新闻|新聞|日报|晚报|早报|时报|日報|晚報|编辑|編輯|编辑部|記者|记者|综合|客户端|频道|在线|公众号|原创|关注|關注|转载|来源|未知|佚名|"
    r"管理员|小编|官方|通讯|電子|电子"
    r"|編集|通信|取材班|オンライン|ニュース|スタッフ|編集部|뉴스|일보|신문|편집|온라인|미디어|취재|디지털|연합|팀$",
)
"""Words of organisations, desks and roles, and of what else stands beside a name."""

_ASCII_HOUSE = Caseless(_HOUSE_WORDS)


def is_house(name: str) -> bool:
    """Say whether *name* has a word of ``HOUSE``; for one in ASCII the words of other scripts need not be tried."""
    return (_ASCII_HOUSE if name.isascii() else HOUSE).search(name) is not None


PRESS = Caseless(
    r"\b(?:editor|reporter|correspondent|columnist|staff writer|toimittaja|redakteur(?:in)?|korrespondent(?:in)?"
    r"|journalist\w*|muhabir\w*|rédact(?:eur|rice)|correspondante?|periodista|giornalista|inviat[oa])\b"
    r"|корреспондент|журналист|журналіст|συντάκτ|כתב|مراسل|संवाददाता|রিপোর্টার",
)
"""Roles that only those who write have."""

SURNAMES = frozenset(
    "王李张張刘劉陈陳杨楊黄黃赵趙吴吳周徐孙孫马馬朱胡郭何高林罗羅郑鄭梁谢謝宋唐许許韩韓冯馮邓鄧曹彭曾肖蕭萧田董袁潘于蒋蔣蔡余杜叶葉程苏蘇魏吕呂丁任沈姚卢盧姜崔钟鍾"
    "谭譚陆陸汪范金石廖贾賈夏韦韋付方白邹鄒孟熊秦邱江尹薛闫閻段雷侯龙龍史陶黎贺賀顾顧毛郝龚龔邵万萬钱錢严嚴覃武戴莫孔向汤湯常温溫康施文牛樊葛邢安齐齊易乔喬伍庞龐颜顏"
    "倪庄莊聂聶章鲁魯岳翟殷詹申欧歐耿关關兰蘭焦俞左柳甘祝包宁寧尚符舒阮柯纪紀梅童凌毕畢单單季裴霍涂成苗谷盛曲翁冉骆駱蓝藍路游辛靳欧管柴蒙鲍鮑华華喻祁蒲房滕屈饶饒解牟艾尤"
    "阳陽时時穆农農司卓古吉缪繆简簡车車项項连連芦蘆麦麥褚娄婁窦竇戚岑景党黨宫宮费費卜冷晏席卫衛米柏宗瞿桂全佟应應臧闵閔苟邬鄔边邊卞姬师師和仇栾欒隋商刁沙荣榮巫寇桑郎甄丛"
)
"""The Chinese surnames that cover 99 of 100 people."""
