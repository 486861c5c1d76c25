"""Words by which publishers mark what is not the article, by purpose. Each row was met on a real page.

All are compared without case, at the place that the name of the table says: a phrase in the middle of prose is prose.
"""

from __future__ import annotations

import re

RELATED_HEADING = re.compile(
    r"""^\W*(?:
    (?:(?:\w+\s){0,2}(?:related|recommended|similar)\b[^:]{0,40})
    | you\ (?:may|might|ll|will)\ (?:also\ )?(?:like|be\ interested|enjoy|love).{0,20}
    | more\ (?:from|on|about|stories|news|in|top|articles|coverage|like\ this|to\ explore|to\ read
        |reading|videos?)\b.{0,60}
    | read\ (?:more|next|also)\b.{0,30} | (?:also\ )?see\ also | also\ read
    | (?:most|more|top)\ (?:read|popular|viewed|shared|commented|stories).{0,20}
    | trending(?:\ now|\ stories|\ news)?.{0,20} | popular(?:\ now|\ stories|\ posts|\ articles|\ this\ week)?
    | latest\ (?:news|stories|articles|posts|headlines|videos|from\b.{0,30})
    | don.?t\ miss.{0,20} | what\ to\ read\ next | up\ next | next\ (?:up|story|article)
    | editor.?s.?\ (?:picks?|choice|recommendations?) | in\ other\ news | further\ reading | keep\ reading
    | (?:other|previous)\ (?:articles|stories|news|posts) | other\ stories\b.{0,30} | elsewhere\ on\b.{0,30}
    | sponsored(?:\ (?:content|stories|links))? | promoted(?:\ (?:content|stories))?
    | from\ (?:around\ the\ web|our\ partners) | paid\ (?:content|post)
    | (?:mehr|weitere|weiterf\w+)\ (?:zum\ thema|zu\b.{0,40}|artikel|nachrichten|themen|meldungen|informationen
        |aus\b.{0,40}|news|links|beitr\w+|infos.{0,30})
    | das\ könnte\ (?:sie|dich)\ (?:auch\ )?interessieren | auch\ interessant
    | (?:lesen|lies)\ (?:sie\ )?(?:auch|mehr|dazu).{0,20} | (?:meist|meistge)\w*lesen.{0,20} | zum\ thema
    | mehr\ (?:dazu|lesen) | ähnliche\ (?:artikel|beitr\w+) | passend\ dazu | verwandte\ \w+ | empfehlungen.{0,30}
    | top[-\ ]?themen
    | (?:à\ lire|lire)\ (?:aussi|également|ensuite|plus)\b.{0,20} | (?:à|a)\ (?:lire|découvrir|voir)\b.{0,20}
    | (?:sur\ le\ même\ (?:sujet|thème))
    | (?:articles?|contenus?|sujets?)\ (?:liés|similaires|recommandés|associés|connexes)
    | les\ plus\ (?:lus|populaires) | dans\ la\ même\ (?:rubrique|catégorie)
    | (?:lee|leer|lea|ver)\ (?:también|tambien|más|mas)\b.{0,20}
    | (?:más|mas)\ (?:noticias|sobre\b.{0,40}|información|en\b.{0,40}|leídas|leídos)
    | (?:noticias|artículos|contenidos?|temas|notas)\ (?:relacionad\w+|destacad\w+|similares)
    | te\ puede\ interesar.{0,20} | te\ recomendamos.{0,20} | lo\ más\ (?:leído|visto|popular) | relacionad[oa]s?
    | leia\ (?:também|mais|tambem).{0,20} | (?:veja|saiba)\ (?:também|mais)
    | (?:matérias|conteúdos?|artigos)\ relacionad\w+ | mais\ (?:lidas|lidos|notícias|sobre\b.{0,40})
    | (?:articoli|notizie|contenuti)\ (?:correlat\w+|simili|recenti) | altre\ notizie.{0,20} | (?:i\ )?più\ letti
    | lees\ (?:ook|meer|verder).{0,20}
    | (?:czytaj|zobacz|przeczytaj)\ (?:też|także|również|więcej).{0,20} | (?:podobne|powiązane|polecane)\ \w+
    | najczęściej\ czytane | polecamy | läs\ (?:också|även|mer|vidare).{0,20} | les\ (?:også|mer)
    | (?:lue|katso)\ (?:myös|lisää).{0,20} | mest\ (?:läst|lest|læst) | související.{0,20}
    | (?:читайте|смотрите)\ (?:также|ещё|еще).{0,20}
    | материалы\ по\ теме | διαβάστε\ (?:επίσης|ακόμη|περισσότερα).{0,20} | (?:関連|相关|相關|관련).{0,10}
    )\W*$""",
    re.I | re.X,
)
"""A line that, standing alone, heads a list of other stories."""

RELATED_PREFIX = re.compile(
    r"""^\W*(?:
    related(?:\ (?:article|story|stories|news|content|coverage|reading|video|link)s?)?\s*[:|>–-]
    | read\ (?:more|also|next|this|our|the\ full\b.{0,30})(?:\ (?:about|on|here|at|from)\b.{0,30})?\s*[:>|–]
    | also\ read\s*[:|>–-]? | see\ (?:also|more)\s*[:>|–] | more\s*[:>|] | more\ (?:on|from|about)\b[^.:]{0,50}:\s
    | watch(?:\ (?:now|more|this|also|the\ video))?\s*[:>|] | listen(?:\ now)?\s*[:>|] | don.?t\ miss\s*[:!–…]
    | don.?t\ miss\b | in\ (?:pictures|photos)\s*[:>|]
    | (?:must\ )?read\s*[:>|] | next\s*[:>|] | you\ (?:may|might)\ also\ like\s*[:>|]? | click\ here\b
    | trending\s*[:>|] | photos?\s*[:>|] | video\s*[:>|] | opinion\s*[:>|] | exclusive\s*[:>|]
    | (?:lesen|lies)\ (?:sie\ )?(?:auch|mehr|hier|dazu)\b.{0,30}[:>|–]
    | mehr\ (?:zum\ thema|dazu|lesen)\b.{0,20}[:>|–]?
    | (?:auch\ interessant|zum\ thema|passend\ dazu|interview|kommentar|hintergrund)\s*[:>|–]
    | (?:à\ lire|lire)\ (?:aussi|également)\b\s*[:>|–]?
    | (?:lee|leer|lea|ver)\ (?:también|tambien|más|además)\b\s*[:>|–]?
    | te\ (?:puede\ interesar|recomendamos)\b.{0,10}[:>|–]?
    | (?:leia|veja|saiba)\ (?:também|mais|tambem)\b\s*[:>|–]?
    | lees\ (?:ook|meer|verder)\b\s*[:>|–]?
    | (?:czytaj|zobacz|przeczytaj|sprawdź)\ (?:też|także|również|więcej)\b\s*[:>|–]?
    | (?:läs|les|læs)\ (?:också|også|även|mer|mere)\b\s*[:>|–]? | lue\ (?:myös|lisää)\b\s*[:>|–]?
    | (?:читайте|смотрите)\ также\b | (?:관련기사|関連記事|相关新闻|相關新聞|延伸阅读|延伸閱讀|推荐阅读)
    )""",
    re.I | re.X,
)
"""The beginning of a line that names another story."""

NEWSLETTER = re.compile(
    r"""^.{0,60}newsletter | newsletter\W*$ | ^.{0,40}\bsign\ up\ (?:for|to|now|here|today|and\ get)
    | ^.{0,40}\bsubscribe\ (?:to|for|now|today|here) | (?:in|to|into)\ your\ (?:e-?mail\ )?inbox
    | get\ (?:the|our|all\ the)\ (?:latest|best|top|biggest)\b.{0,60}\b(?:email|inbox|news|stories|delivered|alerts)
    | ^\W*download\ (?:the|our)\ .{0,30}\bapp\b | push\ notifications?
    | join\ (?:our|us\ on|the\ conversation|now) | follow\ (?:us|me)\ on
    | follow\ @?\w+(?:\ \w+){0,3}\ on\ (?:twitter|facebook|instagram|x|google\ news|telegram|whatsapp|tiktok|linkedin)
    | like\ us\ on\ facebook | (?:whatsapp|telegram)[-\ ]?(?:channel|kanal|canal)
    | (?:abonnieren|abonniere)\ sie | (?:inscrivez|abonnez)-vous
    | (?:suscríbete|suscríbase|síguenos|sigue\ (?:a|toda|todas)) | iscriviti\ (?:alla|al|qui)
    | (?:seguici|segui)\ (?:su|anche) | inscreva-se
    | (?:siga|acompanhe)\b.{0,30}\b(?:facebook|instagram|twitter|whatsapp|telegram)
    | (?:подписывайтесь|подпишитесь|підписуйтесь) | zapisz\ się | abbonati""",
    re.I | re.X,
)
"""What a promotion of the publisher's other channels says."""

ASKING = re.compile(
    r"""\W*(?:sign\ up | subscribe | follow\ (?:us|our|me|@) | join\ (?:us|our) | like\ us | get\ (?:the|our|all)
    | download | (?:abonnieren|folgen)\ sie | (?:inscrivez|abonnez|suivez)- | suscríb | síguenos | sigue
    | iscriviti | segui | inscreva-se | siga | acompanhe | подпи[сш] | підпис | zapisz | abbonati)
    | [^"“«„]{0,100}\b(?:our|my|unser\w*|notre|nos|nuestr\w+|noss[ao]|nostr[ao])\ (?:\w+\ ){0,2}
      (?:newsletters?|bolet[ií]n|lettre|app\b|e\w+\ edition)""",
    re.I | re.X,
)
"""The beginning of a line in which the publisher itself asks its reader to do so."""

NOTICE = re.compile(
    r"""^\W*(?: (?:copyright\b|©|\(c\)\ ).{0,200} | all\ rights\ reserved
    | alle\ rechte\ vorbehalten | tous\ droits\ réservés | todos\ (?:los\ derechos|os\ direitos)\ reservados
    | advertisement | advertising | anzeige | werbung | publicidad(?:e)? | publicité | pubblicità | reklama?
    | annonce | ad(?:\ feedback)? | (?:story|article)\ continues\b.{0,40}
    | continue\ reading.{0,40} | (?:loading|please\ wait)\W*
    | comments?(?:\ are\ closed.{0,20})? | (?:leave|post|add|write)\ (?:a|your)\ (?:reply|comment).{0,40}
    | your\ email\ address\ will\ not\ be\ published.* | required\ fields\ are\ marked.* | \d+\ comments?
    | join\ the\ (?:conversation|discussion).{0,40}
    | (?:kommentare?|commentaires?|comentarios|comentários|commenti|komentarze|reacties|комментарии)\W*\d*
    | share(?:\ (?:this|on|via|article|story)\b.{0,40})? | tweet
    | (?:teilen|partager|compartir|compartilhar|condividi|udostępnij|delen|dela|поделиться)\b.{0,20}
    | print(?:\ (?:this|article))? | e-?mail(?:\ this)? | copy\ link | (?:link\ )?copied.{0,30} | back\ to\ top
    | nach\ oben | next\ (?:article|page)?| previous(?:\ (?:article|page))? | tags?\s*:.{0,200}
    | filed\ under\b.{0,200} | topics?\s*:.{0,200}
    | (?:schlagw\w+|stichw\w+|themen|etiquetas|mots[- ]clés|tagi)\s*:.{0,200}
    )\W*$""",
    re.I | re.X,
)
"""A whole line that the page says of itself: rights, advertisements, comments, sharing, tags."""
