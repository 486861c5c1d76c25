"""What the parts of a news site's addresses are called, by what they tell; read by ``likelihood``.

Whole path segments, lower case, in the main European languages; a word stands in one class.
"""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_CLASSES = {
    # what comes below it is one story
    "story": """article articles artikel articulo articolo artigo articulos articoli artigos artikkeli artikler
        story stories entry entries post posts newsstory news-story news-details newsdetail
        news-article newsarticle news_article haber nieuwsbericht noticia notizia notizie-dettaglio
        beitrag meldung meldungen details detail view show_article read content features blogpost
        archives-article wiadomosc clanek clanky statja statya news_detail news_view articleview
        articlehtml artical actu depeche recension p a n doc artykul reportage""",
    # a list of stories
    "listing": """tag tags topic topics category categories cat section sections author authors autor autores auteur
        auteurs autore autori autoren contributor contributors columnist columnists people person
        staff profile profiles profil writer writers byline bio biographie user users member members
        team newsteam reporters journalist journalists redakteur redaktion page pages search suche
        buscar busqueda recherche cerca ricerca zoek sok haku szukaj arama etiqueta etiquetas tema
        temas thema themen sujet sujets kategorie kategori kategoria categorie categoria categorias
        rubrik rubrique rubriques rubrica seccion secciones seccao schlagwort schlagworte stichwort
        mot-cle keyword keywords label labels channel channels series serie collection collections
        latest trending popular most-popular most-read most-viewed browse index hub guides
        ultimas-noticias all-news all live-news news-feed newsfeed dossier dossiers dossiers-thema
        special-reports special-sections specials lists terms-of-topic tagged listing emne emner
        amne merkki avainsana stranka""",
    # a list of old stories, or the folder that they stand in
    "archive": "archive archives archiv archivo archivio arquivo archiwum arkiv",
    # the house, the reader's account, the law
    "service": """about about-us about_us aboutus contact contact-us contactus contacto contatti contato kontakt
        kontakta impressum imprint mentions-legales aviso-legal nota-legal legal terms
        terms-of-service terms-of-use tos privacy privacy-policy privacypolicy datenschutz
        datenschutzerklaerung privacidad politica-de-privacidad confidentialite cookies
        cookie-policy cookie ethics masthead login log-in signin sign-in logout register signup
        sign-up registrieren anmelden account accounts konto mon-compte mi-cuenta subscribe
        subscription subscriptions subscriber abo abonnement abonnieren suscripcion suscribete
        suscripciones abbonamenti assinatura membership donate donation give giving support
        support-us support-our-work newsletter newsletters alerts advertise advertising
        advertising-info publicidad publicidade publicite werbung mediadaten advertiser sponsorship
        careers career jobs job-board employment stellen empleo help faq faqs hilfe ayuda aide
        customer-service feedback site-feedback corrections accessibility accessibility-statement
        rss feeds sitemap site-map syndication app apps mobile app-download about-our-ads notices
        notice policy policies guidelines code-of-ethics press-room mission mission-statement
        our-mission our-team meet-the-team who-we-are leadership board our-board our-story company
        corporate partners partner licensing reprints share email forms form submit submission
        write-for-us tip tips got-a-tip news-tips user-agreement dmca captioning closed-captioning
        preferences settings quienes-somos qui-sommes-nous chi-siamo ueber-uns uber-uns quem-somos
        o-nas over-ons om-oss om-os nosotros wp-login wp-admin admin manage cart checkout basket
        republishing financials resources services""",
    # what a site offers beside its news
    "offer": """classifieds kleinanzeigen clasificados annonces obituaries obituary legacy death-notices
        death_notices deaths announcements celebrations todesanzeigen traueranzeigen esquelas
        dodsfall weather wetter tiempo meteo radar traffic verkehr trafico tv-guide tv-listings
        tv-schedule tv-programm tvprogramm schedule schedules programming programm programa calendar
        calendars event events event-calendar agenda termine veranstaltungen puzzles puzzle games
        game crosswords crossword quiz sudoku spiele juegos jeux horoscope horoscopes horoskop
        horoscopo contests contest sweepstakes gewinnspiele gewinnspiel coupons coupon deals
        discount vouchers vouchercodes codes-promo cupones gutscheine shop store tienda boutique
        shopping-guide marketplace market real-estate homes immobilien cars autos-kaufen directory
        directories e-edition eedition epaper e-paper enewspaper edition e-avisen flyers jobs-board
        betting wetten lottery lotto podcasts podcast listen radio audio live livestream live-stream
        watch shows show programs programmes player now-playing closings press-release
        press-releases wires business-wire newsroom price prices stocks quotes borse boerse scores
        standings fixtures results tabelle ergebnisse product products""",
    # paid for
    "paid": """sponsored sponsored-content sponsor partner-content partnercontent paid-content paidpost paid-post
        brand-studio brandvoice branded branded-content contenido-comercial contenido-patrocinado
        contenu-sponsorise anzeige anzeigen publireportage advertorial advertorials promoted native
        adv ad ads-content annonsinnehall annonsorinnehall annonse redazionale publi publirreportaje
        branded-studio""",
    # the name of a subject, and of nothing smaller
    "subject": """news local national nation world international politics politik politique politica business economy
        wirtschaft economie economia finance money markets sport sports deportes sporten calcio
        football futbol soccer basketball baseball nfl nba mlb nhl tennis golf hockey culture kultur
        cultura culture-arts arts art entertainment people-culture music musik musique movies film
        cine tv fernsehen television books lifestyle life living leben style fashion mode food essen
        cocina travel reise viajes voyage health gesundheit salud sante salute saude science wissen
        ciencia sciences tech technology technik tecnologia digital netzwelt auto motor cars
        environment umwelt climate klima education bildung educacion opinion opinions meinung
        commentary comment columns editorials kommentare debatt debate letters crime justice
        panorama vermischtes gesellschaft society sociedad societe regional region regionen lokales
        metro city us usa uk europe europa asia africa america americas middle-east deutschland
        espana france italia video videos photos photo fotos galleries gallery multimedia magazine
        magazin weekend features analysis investigations special coronavirus covid covid-19 nyheter
        inrikes utrikes nyheder indland udland kotimaa ulkomaat nieuws binnenland buitenland
        wiadomosci kraj swiat zpravy domaci svet novosti hirek belfold kulfold home homepage start
        startseite inicio accueil""",
}

WORDS: dict[str, str] = {word: name for name, words in _CLASSES.items() for word in words.split()}
"""Path segment -> what it tells."""

SLUG_WORDS = _words(
    """privacy policy policies terms cookies newsletter newsletters subscribe subscription donate advertise advertising
    contact staff team membership masthead guidelines conditions careers schedule listings calendar events login
    submit podcast edition horoscope puzzles archives archive disclaimer accessibility copyright feedback
    impressum datenschutz agb kontakt privacidad contacto suscripcion publicidad confidentialite abonnement
    contenus index verteilseite nachrichtenfeed"""
)
"""Words that mark an address of few words as a house page or a list: ``our-privacy-policy``, ``meet-the-team``."""

SUBDOMAINS = _words(
    """account accounts myaccount my user users login auth sso id signin subscribe subscription subscriptions abo abos
    members membership plus-abo shop store boutique tienda help support faq hilfe careers jobs job stellenmarkt
    privacy legal policies corporate company about press media mediakit advertise advertising ads annonces
    anzeigen marketplace classifieds games puzzles play enewspaper epaper e-paper eedition newsletter
    newsletters go click link links realestate homes cars autos events tickets calendar weather horoscope
    discountcode coupons vouchers celebrations donate giving give forms survey static img images cdn live tv
    radio podcasts optout popup"""
)
"""First labels of hosts that hold no news."""

HOSTS = _words(
    """facebook.com twitter.com x.com t.co instagram.com linkedin.com pinterest.com youtube.com youtu.be tiktok.com
    reddit.com whatsapp.com wa.me telegram.me t.me flipboard.com snapchat.com threads.net bsky.app
    mastodon.social tumblr.com vk.com weibo.com line.me google.com apple.com spotify.com soundcloud.com
    amazon.com paypal.com patreon.com bit.ly tinyurl.com goo.gl issuu.com legacy.com wordpress.org disqus.com
    feedly.com getpocket.com eventbrite.com surveymonkey.com typeform.com addtoany.com twitch.tv discord.gg
    discord.com"""
)
"""Sites whose pages are no news articles, whatever their address."""

TEXT_WORDS = {
    word: name
    for name, words in {
        "button": """read continue weiterlesen weiter mehr lire leggi leer leia lees zobacz czytaj lue laes les las
        comments comment commentaires kommentare comentarios listen play watch video image photo
        share tweet ...""",
        "list": """view browse see all more alle voir ver todo toutes tutti home menu next previous back show latest
        archives archive""",
        "house": """about contact privacy terms cookie cookies login log sign subscribe newsletter newsletters donate
        support advertise advertising impressum datenschutz kontakt abo abonnieren careers jobs
        staff team get download submit become join give manage your our meet""",
        "paid": "sponsored sponsored: promoted anzeige advertorial publicidad patrocinado sponsorisé ad ad: anzeige:",
    }.items()
    for word in words.split()
}
"""First words of a link that names no headline, by what they tell: ``Read more``, ``View all``, ``Sponsored:``."""
