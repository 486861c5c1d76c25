"""What stands above and beside links to other stories, language by language. The regular expressions are at the end."""

from __future__ import annotations

from newscrawl.phrases.rows import Phrase, Place, beginning, select, whole

R, L = Place.RELATED, Place.LIST
LABEL, OPENING, MARKED, BEFORE = Place.LABEL, Place.OPENING, Place.MARKED, Place.BEFORE_HEADLINE

_NOUNS = (
    r"(?:articles?|stor(?:y|ies)|posts?|news|content|coverage|reading|reads?|links?|items?|headlines|features?|reports?"
    r"|round-?ups?)"
)

ROWS = (
    # English; a brand may stand before ("MotorTrend Recommended Stories") or after ("Related From Slate")
    Phrase(
        "en",
        R,
        rf"(?:[\w'’.&]+ ){{0,2}}(?:related|recommended)(?: {_NOUNS})*(?: (?:from|on|by|to|at|for(?= )"
        rf"|you)\b.{{0,30}})?",
    ),
    Phrase("en", R, rf"(?:suggested|similar)(?: {_NOUNS})+(?: (?:from|on|for|you)\b.{{0,30}})?"),
    Phrase("en", R, r"similar to this.{0,12}"),
    Phrase("en", R, rf"read (?:next|more on (?:this|the) .{{1,20}}|this next)|{_NOUNS} to read next|what to read next"),
    Phrase("en", R | OPENING | BEFORE, r"also read"),
    Phrase("en", R | MARKED | BEFORE, r"read also|see also"),
    Phrase(
        "en",
        R,
        r"you (?:may|might|could|ll|will)(?: also)? (?:like|love|enjoy|be interested(?: in)?"
        r"|want to read).{0,20}",
    ),
    Phrase("en", R, r"picked for you|people who read this.{0,20}|our readers read next|readers also (?:read|liked)"),
    Phrase("en", R | Place.NEXT_PAGE, r"keep reading"),
    Phrase("en", R, r"further reading|go deeper|if you (?:liked|enjoyed) this.{0,40}"),
    Phrase("en", R, r"more (?:coverage|reading|(?:stories |articles |news )?like this(?: one)?|to explore|to read)"),
    Phrase("en", R, r"more on this (?:story|topic|subject)|(?:more )?about this (?:story|topic)"),
    Phrase("en", L, r"(?:\w+ ){0,2}(?:related|recommended|similar)\b(?! for\W*$)[^:]{0,40}"),
    Phrase("en", L, r"more (?:from|on|about|stories|news|in|top|articles|videos?)\b.{0,60}|(?:also )?see also .{1,20}"),
    Phrase("en", L, r"read more\b.{0,30}|(?:read also|also read) .{1,30}"),
    Phrase("en", L, r"(?:most|more|top) (?:read|popular|viewed|shared|commented|stories).{0,20}"),
    Phrase("en", L, r"trending.{0,20}|popular(?: (?:now|stories|posts|articles|this week))?"),
    Phrase("en", L, r"latest (?:news|stories|articles|posts|headlines|videos|from\b.{0,30})"),
    Phrase("en", L | OPENING | LABEL, r"don.?t miss\b"),
    Phrase("en", L, r"don.?t miss .{1,20}|up next|next (?:up|story|article)|in other news"),
    Phrase("en", L, r"editor.?s.? (?:picks?|choice|recommendations?)|elsewhere on\b.{0,30}"),
    Phrase("en", L, r"(?:other|previous) (?:articles|stories|news|posts)|other stories .{1,30}"),
    Phrase("en", L, r"(?:sponsored|promoted)(?: (?:content|stories|links))?|from (?:around the web|our partners)"),
    Phrase("en", L, r"paid (?:content|post)"),
    Phrase("en", LABEL, r"(?:read |see |watch )?more(?: (?:here|on this|about this))?|read(?: here| this)?"),
    Phrase("en", LABEL, r"don.?t miss it|must read|also (?:on|in) .{1,30}|analysis|background"),
    Phrase("en", LABEL | BEFORE, r"explainer"),
    Phrase("en", MARKED, r"related(?: (?:article|story|stories|news|content|coverage|reading|video|link)s?)?"),
    Phrase("en", MARKED, r"read (?:more|next|this|our|the full\b.{0,30})(?: (?:about|on|here|at|from)\b.{0,30})?"),
    Phrase("en", MARKED, r"see more"),
    Phrase("en", MARKED, r"(?:also )?(?:read|see) (?:also )?(?:about|on|here)\b.{0,30}"),
    Phrase("en", MARKED, r"more(?: (?:on|from|about)\b[^.:]{0,50})?"),
    Phrase("en", MARKED, r"watch(?: (?:now|more|this|also|the video))?|listen(?: now)?|in (?:pictures|photos)"),
    Phrase("en", MARKED, r"(?:must )?read|next"),
    Phrase("en", MARKED | Place.LIST_WORD, r"trending"),
    Phrase("en", MARKED | Place.LIST_HEADING, r"photos?"),
    Phrase("en", MARKED, r"video|opinion|exclusive"),
    Phrase("en", OPENING, r"you (?:may|might) also like|click here\b"),
    Phrase("en", BEFORE, r"related(?: \w+)?|read (?:more|next)|more|don.?t miss"),
    # German
    Phrase(
        "de",
        R,
        r"(?:(?:das|dies) )?(?:sie|dich|dir|ihnen)? ?könnte (?:sie|dich|ihnen"
        r"|dir)? ?(?:auch )?(?:interessieren|gefallen).{0,3}",
    ),
    Phrase("de", R, r"auch interessant.{0,12}|passend (?:dazu|zum thema)|mehr (?:zu diesem thema|dazu)"),
    Phrase("de", R, r"(?:lesen sie|lies) (?:auch|dazu|hierzu|mehr(?: (?:dazu|zum thema))?).{0,20}"),
    Phrase("de", R, r"(?:verwandte|ähnliche|passende|empfohlene) (?:artikel|beiträge|meldungen|nachrichten)"),
    Phrase("de", R, r"(?:weitere|mehr) \w+ zum thema"),
    Phrase("de", R | BEFORE, r"mehr zum thema"),
    Phrase("de", R, r"mehr zum thema.{1,30}"),
    Phrase(
        "de",
        L,
        r"(?:mehr|weitere|weiterf\w+) (?:zu\b.{0,40}|artikel|nachrichten|themen|meldungen|informationen"
        r"|aus\b.{0,40}|news|links|beitr\w+|infos.{0,30})",
    ),
    Phrase("de", L, r"lesen (?:auch|mehr|dazu).{0,20}|meist\w*lesen.{0,20}|verwandte \w+"),
    Phrase("de", L, r"empfehlungen.{0,30}|top[- ]?themen"),
    Phrase("de", L | Place.BUTTON, r"mehr lesen"),
    Phrase("de", LABEL, r"mehr"),
    Phrase("de", LABEL | MARKED, r"hintergrund"),
    Phrase("de", R | MARKED, r"zum thema"),
    Phrase("de", OPENING, r"mehr (?:zum thema|dazu|lesen)\b"),
    Phrase("de", MARKED, r"(?:lesen|lies) (?:sie )?(?:auch|mehr|hier|dazu)\b.{0,30}"),
    Phrase("de", MARKED, r"auch interessant|passend dazu|interview|kommentar"),
    Phrase("de", BEFORE, r"lesen sie (?:auch|diesen artikel)"),
    # French
    Phrase("fr", R | OPENING | BEFORE, r"(?:à )?lire (?:aussi|également)"),
    Phrase("fr", R, r"(?:(?:à )?lire|(?:à )?voir) (?:aussi|également|ensuite|par ailleurs).{1,20}"),
    Phrase("fr", R, r"(?:à )?voir (?:aussi|également)"),
    Phrase("fr", R, r"(?:à )?lire (?:ensuite|par ailleurs)|sur le même (?:sujet|thème)|pour aller plus loin"),
    Phrase("fr", R, r"dans le même dossier"),
    Phrase("fr", R, r"(?:articles?|contenus?|sujets?) (?:liés|similaires|recommandés|associés|connexes|en lien)"),
    Phrase("fr", R, r"vous aimerez(?: peut-être)? aussi.{0,20}"),
    Phrase("fr", R, r"(?:ça|cela) (?:peut|pourrait|va) (?:aussi )?vous intéresser"),
    Phrase("fr", R, r"à découvrir (?:aussi|également)"),
    Phrase("fr", L, r"(?:à )?lire plus\b.{0,20}|[àa] (?:lire|découvrir|voir)\b.{0,20}|les plus (?:lus|populaires)"),
    Phrase("fr", L, r"dans la même (?:rubrique|catégorie)"),
    Phrase("fr", LABEL, r"plus d.infos?"),
    # Spanish
    Phrase("es", R | OPENING | BEFORE, r"(?:lee|leer|lea|ver|vea) (?:también|tambien|además)|te puede interesar"),
    Phrase("es", R, r"(?:lee|leer|lea|ver|vea|mira|además) (?:también|tambien|además).{1,20}|mira también"),
    Phrase("es", R, r"(?:también )?(?:te|le|os|les) (?:puede|podría)n? (?:también )?interesar.{0,20}"),
    Phrase("es", R, r"(?:noticias|artículos|contenidos?|temas|notas|entradas|información) (?:relacionad\w+|similares)"),
    Phrase("es", R, r"relacionad[oa]s?"),
    Phrase("es", R | OPENING, r"te recomendamos"),
    Phrase("es", R, r"te recomendamos .{1,20}|recomendamos para ti|para saber más"),
    Phrase("es", R, r"más sobre est[ea] (?:tema|noticia|asunto)"),
    Phrase("es", L, r"(?:lee|leer|lea|ver) m[áa]s\b.{0,20}"),
    Phrase("es", L, r"m[áa]s (?:noticias|sobre\b.{0,40}|información|en\b.{0,40}|leídas|leídos)"),
    Phrase("es", L, r"(?:noticias|artículos|contenidos?|temas|notas) destacad\w+|lo más (?:leído|visto|popular)"),
    Phrase("es", LABEL, r"más información"),
    Phrase("es", OPENING, r"(?:lee|leer|lea|ver) más\b"),
    # Portuguese
    Phrase("pt", R | OPENING | BEFORE, r"(?:leia|veja|saiba|confira) (?:também|tambem|mais)"),
    Phrase("pt", R, r"(?:leia|veja|saiba|confira) (?:também|mais|tambem).{1,20}|recomendamos para você"),
    Phrase("pt", R, r"(?:notícias|matérias|conteúdos?|artigos|posts?) relacionad\w+"),
    Phrase("pt", R, r"(?:você|voce) (?:também )?pode (?:gostar|se interessar).{0,20}"),
    Phrase("pt", R, r"(?:pode|talvez) (?:também )?(?:lhe )?interess\w+"),
    Phrase("pt", L, r"mais (?:lidas|lidos|notícias|sobre\b.{0,40})"),
    Phrase("pt", LABEL, r"mais informações"),
    # Italian
    Phrase("it", R | OPENING | BEFORE, r"leggi (?:anche|pure)"),
    Phrase("it", R, r"(?:articoli|notizie|contenuti|post) (?:correlat\w+|simili|suggeriti)|correlat[iae]"),
    Phrase("it", R, r"sullo stesso (?:argomento|tema)"),
    Phrase("it", R, r"(?:ti )?potrebbe(?:ro)? (?:anche )?interessart\w+.{0,20}|per approfondire|approfondimenti"),
    Phrase("it", L, r"(?:articoli|notizie|contenuti) recenti|altre notizie.{0,20}|(?:i )?più letti"),
    # Dutch
    Phrase("nl", R | OPENING | BEFORE, r"lees (?:ook|verder)"),
    Phrase("nl", R, r"lees ook.{1,20}|gerelateerd(?:e? (?:artikelen|nieuws|berichten))?|verwante artikelen"),
    Phrase("nl", R, r"meer over dit onderwerp"),
    Phrase("nl", R, r"mogelijk ook interessant.{0,20}"),
    Phrase("nl", L, r"lees (?:meer|verder .{1,20}).{0,20}"),
    Phrase("nl", OPENING, r"lees meer\b"),
    # Polish, Czech, Slovak, Hungarian, Romanian
    Phrase("pl", R | OPENING | BEFORE, r"(?:czytaj|zobacz|przeczytaj|sprawdź) (?:też|także|również)"),
    Phrase("pl", R, r"(?:czytaj|zobacz|przeczytaj|sprawdź) (?:też|także|również).{1,20}"),
    Phrase("pl", R, r"(?:to )?może cię zainteresować"),
    Phrase("pl", R, r"(?:podobne|powiązane) (?:artykuły|teksty|wiadomości|wpisy|materiały)"),
    Phrase("pl", L, r"(?:czytaj|zobacz|przeczytaj) więcej.{0,20}|(?:podobne|powiązane|polecane) \w+"),
    Phrase("pl", L, r"najczęściej czytane|polecamy"),
    Phrase("pl", OPENING, r"(?:czytaj|zobacz|przeczytaj|sprawdź) więcej\b"),
    Phrase("cs", R | OPENING | BEFORE, r"(?:čtěte|přečtěte si) (?:také|taky|i)"),
    Phrase("cs", R, r"(?:čtěte|přečtěte si) (?:také|taky|i).{1,20}|související(?: \w+)?"),
    Phrase("cs", R, r"mohlo by vás (?:také )?zaj[ií]mat"),
    Phrase("cs", L, r"související.{0,20}"),
    Phrase("sk", R | OPENING | BEFORE, r"(?:čítajte|prečítajte si) (?:tiež|aj)"),
    Phrase("sk", R, r"(?:čítajte|prečítajte si) (?:tiež|aj).{1,20}|súvisiace(?: \w+)?|mohlo by vás zaujímať"),
    Phrase("hu", R, r"kapcsolódó(?: \w+)?|olvassa el ezt is"),
    Phrase("ro", R | OPENING | BEFORE, r"(?:citește|citeşte|citiți) (?:și|şi)"),
    Phrase("ro", R, r"(?:citește|citeşte|citiți) (?:și|şi).{1,20}|articole (?:similare|asemănătoare)"),
    # Nordic
    Phrase("sv", R | OPENING | BEFORE, r"läs (?:också|även)"),
    Phrase("sv", R, r"läs (?:också|även|mer om ämnet).{0,20}|relatera(?:t|de (?:artiklar|nyheter|inlägg))"),
    Phrase("sv", L, r"läs (?:mer|vidare).{0,20}"),
    Phrase("no", R | OPENING | BEFORE, r"les også"),
    Phrase("no", R, r"les mer om saken|relatert(?:e (?:artikler|saker|nyheter))?"),
    Phrase("no", L, r"les mer"),
    Phrase("mul", OPENING, r"(?:läs|les|læs) mere?\b"),
    Phrase("da", R | OPENING | BEFORE, r"læs også"),
    Phrase("da", R, r"relaterede (?:artikler|nyheder|historier)"),
    Phrase("mul", L, r"mest (?:läst|lest|læst)"),
    Phrase("fi", R | OPENING | BEFORE, r"lue myös"),
    Phrase("fi", R, r"aiheeseen liittyv\w+(?: \w+)?"),
    Phrase("fi", L, r"(?:lue|katso) (?:myös .{1,20}|lisää.{0,20})|katso myös"),
    Phrase("fi", OPENING, r"lue lisää\b"),
    # Greek, Turkish, Russian, Ukrainian, Bulgarian
    Phrase("el", R | OPENING | BEFORE, r"διαβάστε (?:επίσης|ακόμη|ακόμα)"),
    Phrase("el", R, r"σχετικά(?: \w+)?"),
    Phrase("el", L, r"διαβάστε (?:(?:επίσης|ακόμη) .{1,20}|περισσότερα.{0,20})"),
    Phrase("tr", R, r"(?:ilgili|benzer) (?:haberler|haber|içerikler)"),
    Phrase("ru", R | OPENING | BEFORE, r"(?:читайте|смотрите) (?:также|ещё|еще|по теме)"),
    Phrase("ru", R, r"(?:читайте|смотрите) (?:также|ещё|еще|по теме).{1,20}"),
    Phrase("ru", R, r"(?:похожие|связанные) (?:новости|материалы|статьи|публикации)"),
    Phrase("ru", R, r"(?:(?:материалы|ещё|еще|новости) )?по теме"),
    Phrase("uk", R | OPENING | BEFORE, r"читайте також"),
    Phrase("uk", R, r"читайте також.{1,20}|(?:схожі|пов.язані) \w+|(?:матеріали )?(?:по|до|за) тем(?:і|и|ою)"),
    Phrase("bg", R, r"свързани \w+|още по темата"),
    # South Slavic, Baltic, Estonian, Icelandic, Catalan, Albanian, Georgian, Azerbaijani
    Phrase("hr", R | OPENING | BEFORE, r"(?:pročitajte|pročitaj) (?:još|i)"),
    Phrase("hr", R, r"(?:povezan[ei]|sličn[ei]) (?:članci|vijesti|objave|teme)"),
    Phrase("sr", R, r"(?:povezane|slične|повезане|сличне) (?:vesti|teme|вести|теме)"),
    Phrase("sl", R, r"(?:sorodni|povezani|podobni) (?:članki|prispevki)|(?:sorodne|povezane) (?:novice|objave)"),
    Phrase("lt", R, r"susij(?:ę|usios) (?:straipsniai|naujienos|įrašai)|taip pat skaitykite|skaitykite taip pat"),
    Phrase("lv", R, r"saistīt(?:ie raksti|ās ziņas)|lasi(?:et)? arī"),
    Phrase("et", R, r"seotud (?:artiklid|lood|uudised|postitused)|loe (?:ka|lisaks)"),
    Phrase("is", R, r"tengd(?:ar|ir|t)? (?:fréttir|greinar|efni)|lesa einnig"),
    Phrase("ca", R, r"(?:articles|notícies|entrades|continguts) (?:relacionat|similar)\w*|llegeix també"),
    Phrase("sq", R, r"(?:artikuj|lajme) të (?:ngjash[eë]m|ngjashme|lidhura)|lexo (?:edhe|gjithashtu)"),
    Phrase("ka", R, r"(?:მსგავსი|დაკავშირებული) (?:სტატიები|სიახლეები|ამბები)"),
    Phrase("az", R, r"oxşar (?:xəbərlər|yazılar)|əlaqəli (?:xəbərlər|yazılar)"),
    Phrase("tr", R, r"(?:ilgili|benzer|ilişkili) (?:yazılar|makaleler|konular|gönderiler)"),
    Phrase("tr", R, r"bunlar da ilginizi çekebilir"),
    Phrase("tr", R | OPENING | BEFORE, r"(?:ayrıca|bunu da) oku(?:yun)?"),
    # Chinese, Japanese, Korean
    Phrase(
        "ja",
        R,
        r"関連(?:する)?(?:記事|ニュース|リンク|トピックス|特集|コンテンツ)?.{0,4}|(?:あわせて|合わせて|こちらも)(?:読みたい|おすすめ).{0,6}",
    ),
    Phrase(
        "zh", R, r"(?:更多)?(?:相关|相關)(?:新闻|新聞|阅读|閱讀|文章|报道|報導|推荐|推薦|链接|連結)?|推薦閱讀|猜你喜欢"
    ),
    Phrase("zh", R | OPENING | BEFORE, r"延伸(?:阅读|閱讀)|推荐阅读"),
    Phrase("zh", OPENING, r"相关新闻|相關新聞"),
    Phrase("zh", BEFORE, r"相关阅读"),
    Phrase("ko", R, r"관련\s?(?:기사|뉴스|글)?|함께 (?:읽으면|보면) 좋은 .{0,6}|이 기사와 관련된.{0,6}"),
    Phrase("mul", OPENING | BEFORE, r"관련기사|関連記事"),
    Phrase("mul", L, r"(?:関連|相关|相關|관련).{0,10}"),
    # Arabic, Hebrew, Hindi, Indonesian, Vietnamese
    Phrase("ar", R | OPENING | BEFORE, r"اقرأ (?:أيضا|أيضًا|أيضاً)"),
    Phrase("ar", R, r"(?:أخبار|مواضيع|مقالات) (?:ذات صلة|متعلقة)|ذات صلة"),
    Phrase("he", R | OPENING | BEFORE, r"קראו? (?:גם|עוד)"),
    Phrase("he", R, r"כתבות קשורות"),
    Phrase("hi", R | OPENING | BEFORE, r"यह भी पढ़ें"),
    Phrase("hi", R, r"यह भी पढ़ें.{1,4}"),
    Phrase("id", R | OPENING | BEFORE, r"baca juga"),
    Phrase("id", R, r"berita terkait|artikel terkait"),
    Phrase("vi", R, r"bài viết liên quan|tin liên quan"),
    # Persian, Urdu, Bengali, Tamil, Telugu, Marathi, Thai, Malay, Tagalog, Swahili
    Phrase("hi", R, r"(?:संबंधित|सम्बंधित|इससे जुड़ी) (?:लेख|खबरें|ख़बरें|समाचार|पोस्ट)"),
    Phrase("he", R, r"(?:פוסטים|מאמרים|כתבות) (?:קשורים|דומים|נוספות בנושא)|עוד בנושא"),
    Phrase("fa", R | OPENING | BEFORE, r"بیشتر بخوانید"),
    Phrase("fa", R, r"(?:مطالب|اخبار|نوشته[‌ ]?های|مقالات) (?:مرتبط|مشابه)"),
    Phrase("ur", R, r"متعلقہ (?:خبریں|مضامین|پوسٹس)|یہ بھی پڑھیں"),
    Phrase("bn", R, r"(?:সম্পর্কিত|সংশ্লিষ্ট|আরও) (?:খবর|সংবাদ|নিবন্ধ|পোস্ট)|আরও পড়ুন"),
    Phrase("ta", R, r"தொடர்புடைய (?:செய்திகள்|கட்டுரைகள்|பதிவுகள்)"),
    Phrase("te", R, r"సంబంధిత (?:వార్తలు|కథనాలు)"),
    Phrase("mr", R, r"संबंधित (?:बातम्या|लेख)|हेही वाचा"),
    Phrase("th", R, r"(?:ข่าว|บทความ|เรื่อง)ที่เกี่ยวข้อง"),
    Phrase("id", R, r"(?:berita|artikel|pos) (?:terkait|serupa|lainnya yang terkait)"),
    Phrase("ms", R, r"(?:berita|artikel) berkaitan"),
    Phrase("tl", R, r"kaugnay na (?:mga )?(?:balita|artikulo)|basahin din"),
    Phrase("sw", R, r"(?:habari|makala) (?:zinazohusiana|zinazofanana)|soma pia"),
    Phrase("vi", R, r"(?:bài viết|bài|tin) (?:tương tự|liên quan|cùng chủ đề)"),
    Phrase("hy", R, r"(?:նմանատիպ|կապված) (?:նյութեր|հոդվածներ|լուրեր)"),
    Phrase("vi", R | OPENING | BEFORE, r"xem thêm"),
)

RELATED = whole(select(ROWS, R))
"""The whole of a heading above stories that go with this one."""

OTHER_STORIES = whole(select(ROWS, R | L))
"""The whole of a line above any list of other stories."""

LABELS = whole(select(ROWS, R | LABEL))
"""The whole of what stands beside a link that is a paragraph of its own: ``MORE:``, ``Lesen Sie auch:``."""

ANOTHER_STORY = beginning(rf"(?:{select(ROWS, OPENING)}|{select(ROWS, MARKED | R)}(?:\s*[:：>|…]|\s+[–—-](?=\s)))")
"""The beginning of a line that names another story."""

BEFORE_HEADLINE = beginning(rf"{select(ROWS, BEFORE)}\s*[:：|>»–—-]\s*(?=\S)")
"""What a link of its own begins with, before the headline: ``SEE ALSO: ``."""
