"""What stands above lists that are no related stories, and how blocks are named. Regular expressions at the end."""

from __future__ import annotations

import re

from newscrawl.phrases import publisher, related
from newscrawl.phrases.rows import Phrase, Place, anywhere, select, whole

WORD, HEADING, BUTTON = Place.LIST_WORD, Place.LIST_HEADING, Place.BUTTON

ROWS = (
    Phrase(
        "en",
        WORD,
        r"latest|newest|recent(?:ly)?|popular|most[ -](?:read|viewed|shared|commented|watched"
        r"|discussed)",
    ),
    Phrase(
        "en",
        WORD,
        r"top (?:stories|news|articles|posts|deals|headlines|\d+)|more (?:from|in|news|stories|top"
        r"|headlines|articles)",
    ),
    Phrase(
        "en",
        WORD,
        r"editor.?s.? (?:picks?|choice)|in case you missed|sponsored|promoted|around the web"
        r"|newsletters?",
    ),
    Phrase("en", WORD, r"leave a (?:reply|comment)|follow us|about the authors?|from our partners"),
    Phrase(
        "de",
        WORD,
        r"meist ?gelesen\w*|neueste\w*|aktuell\w*|beliebt\w*|schlagw\w+|mehr (?:aus|von|news)"
        r"|top-?themen",
    ),
    Phrase("fr", WORD, r"les plus \w+|derni[eè]r\w+|populaires?"),
    Phrase("es", WORD, r"(?:lo|los|las) más \w+|últim[ao]s"),
    Phrase("pt", WORD, r"mais (?:lid|vist|notíc)\w+"),
    Phrase("it", WORD, r"(?:i )?più \w+|ultim[eio]"),
    Phrase("nl", WORD, r"(?:meest|best) gelezen|laatste|net binnen"),
    Phrase("pl", WORD, r"najczęściej|najnowsze|popularne"),
    Phrase("mul", WORD, r"mest \w+"),
    Phrase("sv", WORD, r"senaste"),
    Phrase("no", WORD, r"siste"),
    Phrase("da", WORD, r"seneste"),
    Phrase("fi", WORD, r"luetuim\w+|uusim\w+"),
    Phrase("cs", WORD, r"nejčtenější|nejnovější"),
    Phrase("hu", WORD, r"legolvasottabb"),
    Phrase("ro", WORD, r"cele mai"),
    Phrase("ru", WORD, r"последни[ею]|популярн\w+|главн\w+|свежие"),
    Phrase("uk", WORD, r"останні|найпопулярніш\w+"),
    Phrase("zh", WORD, r"热门|熱門|最热|排行|热点"),
    Phrase("ja", WORD, r"最新|人気|ランキング|アクセス|新着"),
    Phrase("ko", WORD, r"많이 본|인기|최신"),
    Phrase(
        "en",
        HEADING,
        r"tags?|topics?|comments?|share|follow|authors?|videos?|watch|podcasts?|live|galler(?:y|ies)"
        r"",
    ),
    Phrase("en", HEADING, r"jobs|shop|deals|categories|archives?|sections?|partners?"),
    Phrase("de", HEADING, r"kommentare?|themen|schlagwörter"),
    Phrase("fr", HEADING, r"commentaires?|nos vidéos"),
    Phrase("es", HEADING, r"comentarios"),
    Phrase("pt", HEADING, r"comentários"),
    Phrase("it", HEADING, r"commenti"),
    Phrase("pl", HEADING, r"komentarze"),
    Phrase("ru", HEADING, r"комментарии"),
    Phrase("zh", HEADING, r"评论"),
    Phrase("ja", HEADING, r"コメント"),
    Phrase("ko", HEADING, r"댓글"),
    Phrase("en", BUTTON, r"read more"),
    Phrase("de", BUTTON, r"weiterlesen"),
    Phrase("es", BUTTON, r"leer más"),
    Phrase("pt", BUTTON, r"ler mais"),
    Phrase("fr", BUTTON, r"lire plus"),
    Phrase("it", BUTTON, r"leggi di più"),
)

_DENSE = ("zh", "ja", "ko")  # without blanks, a word has no boundaries
_ALL = (*related.ROWS, *publisher.ROWS, *ROWS)
_SPACED_WORDS = select([row for row in _ALL if row.language not in _DENSE], WORD)
_DENSE_WORDS = select([row for row in _ALL if row.language in _DENSE], WORD)

OTHER = anywhere(rf"\b{_SPACED_WORDS}\b|{_DENSE_WORDS}")
"""What stands in a heading above another list: the site's latest and most read, newsletters, comments."""

OTHER_HEADING = whole(rf"(?:\w+\s)?{select(_ALL, HEADING)}")
"""The whole of a <h2> to <h6> that does; in other elements these words label a teaser."""

READ_MORE = whole(select(_ALL, BUTTON))
"""The whole of a <h2> to <h6> above related stories; elsewhere it is a button."""

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
