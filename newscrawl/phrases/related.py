"""How publishers head the stories that go with this one, and the lists that do not: language by language."""

from __future__ import annotations

import re

_NOUNS = (
    r"(?:articles?|stor(?:y|ies)|posts?|news|content|coverage|reading|reads?|links?|items?|headlines|features?|reports?"
    r"|round-?ups?)"
)

_RELATED = (
    # English; a brand may stand before ("MotorTrend Recommended Stories") or after ("Related From Slate")
    rf"(?:[\w'’.&]+ ){{0,2}}(?:related|recommended)(?: {_NOUNS})*(?: (?:from|on|by|to|at|for|you)\b.{{0,30}})?",
    rf"(?:suggested|similar)(?: {_NOUNS})+(?: (?:from|on|for|you)\b.{{0,30}})?|similar to this.{{0,12}}|read this next",
    rf"read (?:next|also|more on (?:this|the) .{{1,20}})|also read|see also|{_NOUNS} to read next|what to read next",
    r"you (?:may|might|could|ll|will)(?: also)? (?:like|love|enjoy|be interested in|want to read).{0,20}"
    r"|picked for you",
    r"further reading|more (?:coverage|reading|(?:stories |articles |news )?like this(?: one)?|to explore"
    r"|on this (?:story|topic|subject))|keep reading|go deeper",
    r"if you (?:liked|enjoyed) this.{0,40}|readers also (?:read|liked)|(?:more )?about this (?:story|topic)"
    r"|people who read this.{0,20}|our readers read next",
    # German
    r"(?:(?:das|dies) )?(?:sie|dich|dir|ihnen)? ?könnte (?:sie|dich|ihnen|dir)? ?(?:auch )?(?:interessieren"
    r"|gefallen).{0,3}|auch interessant.{0,12}|passend (?:dazu|zum thema)",
    r"(?:lesen sie|lies) (?:auch|dazu|hierzu|mehr (?:dazu|zum thema)).{0,20}|mehr (?:zum thema.{0,30}"
    r"|zu diesem thema|dazu)|zum thema",
    r"(?:verwandte|ähnliche|passende|empfohlene) (?:artikel|beiträge|meldungen|nachrichten)|(?:weitere"
    r"|mehr) \w+ zum thema",
    # French
    r"(?:à lire|lire|à voir|voir) (?:aussi|également|ensuite|par ailleurs).{0,20}|sur le même (?:sujet|thème)"
    r"|pour aller plus loin",
    r"(?:articles?|contenus?|sujets?) (?:liés|similaires|recommandés|associés|connexes|en lien)"
    r"|vous aimerez(?: peut-être)? aussi.{0,20}",
    r"(?:ça|cela) (?:peut|pourrait|va) (?:aussi )?vous intéresser|dans le même dossier|à découvrir (?:aussi|également)",
    # Spanish, Portuguese, Italian
    r"(?:lee|leer|lea|ver|vea|mira|además) (?:también|tambien|además).{0,20}|(?:te|le|os|les) (?:puede"
    r"|podría)n? (?:también )?interesar.{0,20}",
    r"(?:noticias|artículos|contenidos?|notas|entradas|información) (?:relacionad\w+|similares)|relacionad[oa]s?",
    r"te recomendamos|recomendamos para (?:você|ti)|también te puede interesar|para saber más"
    r"|más sobre est[ea] (?:tema|noticia|asunto)",
    r"(?:leia|veja|saiba|confira) (?:também|mais|tambem).{0,20}|(?:notícias|matérias|conteúdos?|artigos"
    r"|posts?) relacionad\w+",
    r"(?:você|voce) (?:também )?pode (?:gostar|se interessar).{0,20}|(?:pode|talvez) (?:também )?(?:lhe )?interess\w+",
    r"leggi (?:anche|pure)|(?:articoli|notizie|contenuti|post) (?:correlat\w+|simili|suggeriti)|correlat[iae]"
    r"|sullo stesso (?:argomento|tema)",
    r"(?:ti )?potrebbe(?:ro)? (?:anche )?interessart\w+.{0,20}|per approfondire|approfondimenti",
    # Dutch, Polish, Czech, Slovak, Hungarian, Romanian
    r"lees (?:ook|verder)|gerelateerd(?:e? (?:artikelen|nieuws|berichten))?|verwante artikelen"
    r"|meer over dit onderwerp|mogelijk ook interessant.{0,20}",
    r"(?:czytaj|zobacz|przeczytaj|sprawdź) (?:też|także|również).{0,20}|(?:podobne|powiązane) (?:artykuły|teksty"
    r"|wiadomości|wpisy|materiały)|(?:to )?może cię zainteresować",
    r"(?:čtěte|přečtěte si|čítajte|prečítajte si) (?:také|taky|tiež|aj|i).{0,20}|související(?: \w+)?"
    r"|súvisiace(?: \w+)?|mohlo by vás (?:také )?zaj[ií]mat|mohlo by vás zaujímať",
    r"kapcsolódó(?: \w+)?|olvassa el ezt is|(?:citește|citeşte|citiți) (?:și|şi).{0,20}|articole (?:similare"
    r"|asemănătoare)",
    # Nordic
    r"läs (?:också|även|mer om ämnet).{0,20}|relatera(?:t|de (?:artiklar|nyheter|inlägg))|les (?:også|mer om saken)"
    r"|relatert(?:e (?:artikler|saker|nyheter))?|læs også",
    r"relaterede (?:artikler|nyheder|historier)|lue myös|aiheeseen liittyv\w+(?: \w+)?",
    # Greek, Turkish, Russian, Ukrainian, Bulgarian
    r"διαβάστε (?:επίσης|ακόμη|ακόμα)|σχετικά(?: \w+)?|(?:ilgili|benzer) (?:haberler|haber|içerikler)",
    r"(?:читайте|смотрите) (?:также|ещё|еще|по теме).{0,20}|(?:похожие|связанные) (?:новости|материалы|статьи"
    r"|публикации)",
    r"(?:(?:материалы|ещё|еще|новости) )?по теме|читайте також.{0,20}|(?:схожі|пов.язані) \w+|(?:матеріали )?(?:по"
    r"|до|за) тем(?:і|и|ою)",
    r"свързани \w+|още по темата",
    # Chinese, Japanese, Korean
    r"関連(?:する)?(?:記事|ニュース|リンク|トピックス|特集|コンテンツ)?.{0,4}|(?:あわせて|合わせて|こちらも)(?:読みたい|おすすめ).{0,6}",
    r"(?:更多)?(?:相关|相關)(?:新闻|新聞|阅读|閱讀|文章|报道|報導|推荐|推薦|链接|連結)?|延伸(?:阅读|閱讀)|推荐阅读|推薦閱讀|猜你喜欢",
    r"관련\s?(?:기사|뉴스|글)?|함께 (?:읽으면|보면) 좋은 .{0,6}|이 기사와 관련된.{0,6}",
    # Arabic, Hebrew, Hindi, Indonesian, Vietnamese
    r"اقرأ (?:أيضا|أيضًا|أيضاً)|(?:أخبار|مواضيع|مقالات) (?:ذات صلة|متعلقة)|ذات صلة|קראו? (?:גם|עוד)|כתבות קשורות"
    r"|यह भी पढ़ें.{0,4}",
    r"baca juga|berita terkait|artikel terkait|bài viết liên quan|tin liên quan|xem thêm",
)

RELATED = re.compile(r"\W*(?:" + "|".join(_RELATED) + r")\W*", re.I)
"""The whole of a heading above stories that go with this one."""

READ_MORE = re.compile(r"\W*(?:read more|weiterlesen|mehr lesen|leer más|ler mais|lire plus|leggi di più)\W*", re.I)
"""The whole of a <h2> to <h6>; elsewhere it is a button."""

LABEL = re.compile(
    r"\W*(?:"
    + "|".join(_RELATED)
    + r"|(?:read |see |watch )?more(?: (?:here|on this|about this))?|read(?: here| this)?"
    r"|don.?t miss|must read|also (?:on|in) .{1,30}|explainer|analysis|background|mehr|hintergrund|plus d.infos?"
    r"|más información|mais informações)\W*",
    re.I,
)
"""The whole of what stands beside a link that is a paragraph of its own: ``MORE:``, ``Lesen Sie auch:``."""

PREFIX = re.compile(
    r"\W*(?:related(?: \w+)?|read (?:more|also|next)|also read|see also|more|explainer|don.?t miss"
    r"|lesen sie (?:auch|diesen artikel)|mehr zum thema"
    r"|lire aussi|à lire aussi|lee también|leer también|te puede interesar|leia também|veja também|leggi anche|lees ook"
    r"|czytaj też|czytaj także|läs också|läs även|les også|læs også|lue myös|čtěte také|citește și|читайте также"
    r"|читайте також"
    r"|διαβάστε επίσης|baca juga|関連記事|相关阅读|延伸阅读|延伸閱讀|관련기사)\s*[:：|>»–—-]\s*(?=\S)",
    re.I,
)
"""What a link of its own begins with, before the headline: ``SEE ALSO: ``."""

PROMOTION = re.compile(
    r"newsletter|podcast|sign up|subscri|\bapp\b|click here|breaking news|push|whatsapp|telegram|abonn"
    r"|anmelden|gewinnspiel|inscri|suscr|assine|iscriviti|zapisz|prenumer|подпи[сш]|登録|订阅|訂閱|구독",
    re.I,
)
"""What a link between paragraphs says that leads to no story."""

OTHER = re.compile(
    r"""\b(?:latest|newest|recent(?:ly)?|trending|popular|most[ -](?:read|viewed|shared|commented|watched|discussed)
    | top\s(?:stories|news|articles|posts|deals|headlines|\d+) | more\s(?:from|in|news|stories|top|headlines|articles)
    | editor.?s.?\s(?:picks?|choice) | in\scase\syou\smissed | sponsored | promoted | around\sthe\sweb | newsletters?
    | leave\sa\s(?:reply|comment) | follow\sus | about\sthe\sauthors? | from\sour\spartners
    | meist\s?gelesen\w* | neueste\w* | aktuell\w* | beliebt\w* | schlagw\w+ | mehr\s(?:aus|von|news) | top-?themen
    | les\splus\s\w+ | derni[eè]r\w+ | populaires? | (?:lo|los|las)\smás\s\w+ | últim[ao]s | mais\s(?:lid|vist|notíc)\w+
    | (?:i\s)?più\s\w+ | ultim[eio] | (?:meest|best)\sgelezen | laatste | net\sbinnen | najczęściej | najnowsze
    | popularne    | mest\s\w+ | senaste | siste | seneste | luetuim\w+ | uusim\w+ | nejčtenější | nejnovější
    | legolvasottabb
    | cele\smai     | последни[ею] | популярн\w+ | главн\w+ | свежие | останні | найпопулярніш\w+)\b
    | 最新|人気|ランキング|アクセス|新着|热门|熱門|最热|排行|热点|많이\s본|인기|최신""",
    re.I | re.X,
)
"""What stands in a heading above another list: the site's latest and most read, newsletters, comments."""

OTHER_HEADING = re.compile(
    r"""\W*(?:\w+\s)?(?:tags?|topics?|comments?|share|follow|authors?|videos?|watch|podcasts?|live|galler(?:y|ies)|photos?
    |jobs|shop|deals|categories|archives?|sections?|subscribe|sign\sup|partners?|kommentare?|themen|schlagwörter|commentaires?
    |nos\svidéos|comentarios|comentários|commenti|komentarze|комментарии|评论|댓글|コメント)\W*""",
    re.I | re.X,
)
"""The whole of a <h2> to <h6> that does; in other elements these words label a teaser."""

NAMED = re.compile(
    r"(?<![a-z])(?:related|read-?(?:also|next)|see-?also|also-?read|lire-?aussi|leia-?tambem|lee-?tambien"
    r"|te-?puede-?interesar|relacionad[oa]s?|verwandt\w*|aehnlich\w*|correlat[ie]|gerelateerd|lees-?ook|kapcsolodo"
    r"|souvisejici|powiazane|you-?(?:may|might)-?(?:also-?)?like|more-on-?this)"
    r"(?!-?(?:tag|topic-?list|keyword|video|product|image|ad|author|search|link))"
)
"""Class or id of a block of related stories, camelCase split by hyphens, in lower case."""

CHROME = re.compile(
    r"(?<![a-z])(?:comments?(?:-?(?:list|area|section|wrapper|form))?|disqus\w*|respond|share|sharing|social\w*"
    r"|breadcrumbs?|tags|tag-?(?:list|cloud)|post-?tags|author-?(?:bio|box|info)|by-?line|menu\w*|nav\w*|main-?nav|mega-?nav"
    r"|site-?(?:header|footer)|newsletter\w*|taboola\w*|outbrain\w*|sponsor\w*|promoted|advert\w*|cookie\w*|consent"
    r"|most-?(?:read|popular|viewed)|popular-?posts?|trending\w*|latest\w*|recent-?posts?|breaking\w*|ticker|player"
    r"|video-?(?:player|ct|container)|gallery|pagination|post-?nav\w*|prev-?next|skip-?link)(?![a-z])"
)
"""Class or id, as above, of what is never related: menus, sharing, comments, advertisements, site-wide lists, video."""
