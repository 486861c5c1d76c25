import time

import pytest
import trafilatura
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml.html import document_fromstring

from newscrawl.extraction.kinds.kind import page_kind
from newscrawl.extraction.tree.nodes import nodes_of
from newscrawl.outcomes import Reason

SENTENCE = "The harbour board met on Tuesday and weighed the plan of the engineers against the cost of a new quay."
COOKIES = (
    "The regulator fined a chain of shops two million for its cookies. It set cookies before any consent was given,"
    " and shared the data with partners abroad. A lawyer for the partners said that consent had been asked."
)
PROSE = f"<p>{' '.join([SENTENCE] * 3)}</p>"


def page(heading, body="", *, title=None, head="", body_class="", types=()):
    """A page and the types that it declares."""
    shown = f"<h1>{heading}</h1>" if heading else ""
    return (
        f"<!doctype html><html><head><title>{title or heading + ' - The Gazette'}</title>{head}</head>"
        f"<body class='{body_class}'>{shown}{body}</body></html>",
        types,
    )


def kind_of(made, url="https://a.example/2026/11/23/a-story-of-the-harbour"):
    html, types = made
    tree = document_fromstring(html)
    h1 = tree.find(".//h1")
    title = h1.text_content() if h1 is not None else ""
    verdict = page_kind(
        tree, nodes_of(tree), url, title=title, body=trafilatura.extract(html) or "", declared_types=types
    )
    return verdict[0] if verdict else None


def teasers(n, words=12):
    return "".join(
        f"<article class=card><h3><a href='/2026/11/{i + 1:02}/story-{i}-of-the-day'>Story number {i} of the day told"
        f" in full</a></h3><p>{' '.join(f'w{i}x{k}' for k in range(words))}.</p></article>"
        for i in range(n)
    )


@pytest.mark.parametrize(
    "heading",
    [
        "Sorry, page not found", "404", "Error 404 - Not Found", "Oops! That page can’t be found.",
        "This article is no longer available", "Seite nicht gefunden", "Die Seite wurde nicht gefunden",
        "Page introuvable", "Cette page n’existe pas", "Página no encontrada", "La página que busca no existe",
        "Página não encontrada", "Ops! Não encontramos a página", "Matéria não localizada", "Conteúdo indisponível",
        "A página que você procura não está mais disponível", "Notícia inexistente",
        "Pagina non trovata", "Pagina niet gevonden", "Strona nie istnieje",
        "Sidan kunde inte hittas", "Siden finnes ikke", "Siden blev ikke fundet", "Sivua ei löydy",
        "Stránka nenalezena", "Страница не найдена", "Сторінку не знайдено", "ページが見つかりません", "页面不存在",
        "페이지를 찾을 수 없습니다",
    ],
)  # fmt: skip
def test_page_that_is_not_there_is_a_soft_404(heading):
    text = "<p>It may have moved. Try the search field above, or go to our home page for the stories of the day.</p>"

    assert kind_of(page(heading, text)) is Reason.SOFT_404


def test_soft_404_may_say_so_in_a_sentence():
    text = (
        "<p>We are sorry, but the page you were looking for could not be found. Here is the way to our home page.</p>"
    )

    assert kind_of(page("The Gazette", text)) is Reason.SOFT_404


@pytest.mark.parametrize(
    "heading",
    [
        "Log in", "Sign in to continue", "Please log in to read this story", "Anmelden", "Bitte melden Sie sich an",
        "Connexion", "Iniciar sesión", "Accedi", "Entrar", "Inloggen", "Zaloguj się", "Logga in", "Kirjaudu sisään",
        "Войти", "ログイン", "登录", "로그인",
    ],
)  # fmt: skip
def test_page_that_asks_for_a_password_is_a_login(heading):
    form = "<form action=/login><input name=user><input type=password name=p></form>"
    text = f"<p>{SENTENCE} By going on, you agree to our terms of service and the privacy policy of the house.</p>"

    assert kind_of(page(heading, form + text)) is Reason.LOGIN


@pytest.mark.parametrize(
    ("heading", "text"),
    [
        ("Just a moment...", "Enable JavaScript and cookies to continue"),
        ("Checking your browser before accessing the site", "This process is automatic. Ray ID: 89abcdef0123."),
        ("Are you a robot?", "Please make sure your browser supports JavaScript and cookies."),
        ("Pardon Our Interruption", "As you were browsing, something made us think you were a bot."),
        (
            "a.example",
            "We have detected unusual traffic from your computer network. Press & Hold to confirm you are a human.",
        ),
        ("Access to this page has been denied", "Please verify you are a human."),
        ("人机验证", "请完成安全验证后继续访问"),
    ],
)
def test_challenge_is_a_captcha(heading, text):
    assert kind_of(page(heading, f"<p>{text}</p>", title=heading)) is Reason.CAPTCHA


@pytest.mark.parametrize(
    ("heading", "text"),
    [
        ("We value your privacy",
         "We and our 842 partners store and access cookies on your device and process personal data"
         " with your consent. Partners may rely on consent or on legitimate interest. Manage cookies, or accept all."),
        ("Willkommen bei der Zeitung", "Wir und unsere Partner verwenden Cookies und Tracking mit Ihrer Einwilligung."
         " Ihre Zustimmung umfasst alle Partner und Cookies. Datenschutz und Einwilligung: Sie können die Zustimmung"
         " widerrufen. Mit Werbung und Cookies weiterlesen."),
        ("Avant de continuer", "Nous et nos partenaires utilisons des cookies et des données, avec votre consentement."
         " Les partenaires traitent des données et des cookies. Tout accepter."),
        ("Dbamy o Twoją prywatność", "My i nasi partnerzy używamy cookies za Twoją zgodą. Cookies pozwalają partner om"
         " na tracking. Zgoda na przetwarzanie danych i cookies jest dobrowolna."),
    ],
)  # fmt: skip
def test_question_about_cookies_is_a_consent_page(heading, text):
    assert kind_of(page(heading, f"<div><p>{text}</p><button>OK</button></div>")) is Reason.CONSENT


@pytest.mark.parametrize(
    ("reason", "heading", "text"),
    [
        (Reason.MAINTENANCE, "503 Service Unavailable", "No server is available to handle this request."),
        (Reason.MAINTENANCE, "Internal Server Error", "Please try again later."),
        (Reason.MAINTENANCE, "Error establishing a database connection", ""),
        (Reason.MAINTENANCE, "Site is under maintenance", "We will be back soon."),
        (Reason.MAINTENANCE, "Wartungsarbeiten", "Wir sind gleich wieder da."),
        (Reason.MAINTENANCE, "Server Error (500)", ""),
        (Reason.MAINTENANCE, "Fehler beim Aufbau einer Datenbankverbindung", ""),
        (Reason.MAINTENANCE, "Erro ao estabelecer uma conexão com o banco de dados", ""),
        (Reason.MAINTENANCE, "Error al establecer una conexión con la base de datos", ""),
        (Reason.MAINTENANCE, "Erreur lors de la connexion à la base de données", ""),
        (Reason.MAINTENANCE, "Błąd podczas łączenia się z bazą danych", ""),
        (Reason.MAINTENANCE, "データベース接続確立エラー", ""),
        (Reason.MAINTENANCE, "Сайт на техническом обслуживании", "Мы скоро вернёмся."),
        (Reason.MAINTENANCE, "", "Fatal error: Uncaught Error: undefined method in /var/www/index.php on line 3"),
        (Reason.MAINTENANCE, "", "The website encountered an unexpected error. Please try again later."),
        (Reason.ERROR_PAGE, "Welcome to nginx!",
         "If you see this page, the web server is successfully installed and working."),
        (Reason.ERROR_PAGE, "Index of /uploads", "Parent Directory"),
        (Reason.ERROR_PAGE, "451: Unavailable due to legal reasons",
         "You are attempting to access this website from a country"
         " belonging to the European Economic Area and therefore access cannot be granted at this time."),
        (Reason.ERROR_PAGE, "", '{"error": {"code": 500, "message": "story service timed out"}}'),
    ],
)  # fmt: skip
def test_a_server_that_fails_for_a_while_is_told_from_a_page_that_will_not_come(reason, heading, text):
    assert kind_of(page(heading, f"<p>{text}</p>", title=heading or " ")) is reason


@pytest.mark.parametrize(
    ("url", "heading"),
    [
        ("https://a.example/search?q=harbour", "Search results for: harbour"),
        ("https://a.example/?s=harbour", "Search Results"),
        ("https://a.example/suche/?query=hafen", "Suchergebnisse für „Hafen“"),
        ("https://a.example/recherche?q=port", "12 résultats pour port"),
        ("https://a.example/buscar?q=puerto", "Resultados de la búsqueda"),
        ("https://a.example/search?wd=%E6%B8%AF", "“港”的搜索结果"),
    ],
)
def test_results_are_a_search(url, heading):
    assert kind_of(page(heading, teasers(10)), url) is Reason.SEARCH


def test_page_without_a_word_is_empty():
    assert kind_of(page("", title=" ")) is Reason.EMPTY


def test_page_that_waits_for_a_script_has_no_body():
    made = page(
        "", "<div id=root></div><noscript>You need to enable JavaScript to run this app.</noscript>", title="Gazette"
    )

    assert kind_of(made) is Reason.NO_BODY


def test_two_words_are_no_story():
    assert (
        kind_of(page("Calendar 7", "<p>No events.</p><a href='/c?8'>next</a>"), "https://a.example/c?7")
        is Reason.NO_BODY
    )


def test_pictures_alone_are_a_gallery():
    made = page("The old quay in pictures", "<img src=1.jpg><img src=2.jpg><p>The quay at dawn.</p>")

    assert kind_of(made, "https://a.example/gallery/the-old-quay-in-pictures") is Reason.GALLERY


@pytest.mark.parametrize(
    ("url", "made"),
    [
        pytest.param("/story/1", page("How to log in to the tax office", PROSE), id="about logging in"),
        pytest.param("/story/1", page("Log in", PROSE * 4), id="a headline like a form's"),
        pytest.param(
            "/story/1",
            page("Ferry sinks", f"<form><h2>Log in</h2><input type=password></form>{PROSE}<p>Sign in to comment.</p>"),
            id="beside a form",
        ),
        pytest.param(
            "/story/1",
            page("Regulator fines chain over cookies", f"<p>{COOKIES} {SENTENCE} {SENTENCE}</p>"),
            id="about cookies",
        ),
        pytest.param("/story/1", page("404: the number that became a joke", PROSE), id="about 404"),
        pytest.param("/story/1", page("Page not found: what an error costs a town", PROSE), id="about not found"),
        pytest.param("/story/1", page("Historic lighthouse is for sale", f"<p>{SENTENCE}</p>"), id="for sale"),
        pytest.param("/story/1", page("Search for survivors continues", PROSE), id="about a search"),
        pytest.param(
            "/politics/results-for-the-state",
            page("Results for the state election", PROSE + teasers(3)),
            id="about results",
        ),
        pytest.param("/", page("Mayor opens the new bridge", PROSE * 5), id="a story at the root"),
        pytest.param("/good/3", page("Good story number 3", PROSE * 2), id="a plain address"),
        pytest.param(
            "/world/harbour",
            page("Harbour vote ends", PROSE * 3 + teasers(40), types=("NewsArticle",)),
            id="above many teasers",
        ),
        pytest.param(
            "/2026/harbour-vote-ends",
            page("Harbour vote ends", PROSE * 2 + teasers(60)),
            id="above many teasers, nothing declared",
        ),
        pytest.param("/story/1", page("Harbour closed", f"<p>{SENTENCE}</p>"), id="of one sentence"),
        pytest.param(
            "/news/1",
            page("港の争いに決着", "<p>市議会は火曜日、港の争いに決着をつけた。市長は耳を傾けたと述べた。</p>"),
            id="short, in Japanese",
        ),
        pytest.param(
            "/gallery/quay",
            page("The quay in pictures", PROSE),
            id="a gallery with a text",
        ),
    ],
)
def test_article_stays(url, made):
    assert kind_of(made, f"https://a.example{url}") is None


def test_detail_is_one_line_for_a_person():
    html, _ = page("Page not found\x07\n", "<p>Try the search.</p>")

    tree = document_fromstring(html)
    verdict = page_kind(
        tree, nodes_of(tree), "https://a.example/x", title="Page not found\x1b[2J\n", body="Try the search."
    )

    assert verdict == (Reason.SOFT_404, "title 'Page not found', 3 words")


NAMES = st.sampled_from(
    ["div", "p", "a", "h1", "h2", "h3", "article", "li", "title", "form", "input", "body", "noscript"]
)
MARKUP = st.lists(
    st.one_of(
        NAMES.map(lambda name: f"<{name}>"),
        NAMES.map(lambda name: f"</{name}>"),
        st.sampled_from(["<a href='//['>", "<a href=/x>", "<input type=password>", "404", "Log in", "cookies ", "{"]),
        st.text(max_size=20).map(lambda text: "".join(c for c in text if c.isprintable())),
    ),
    max_size=40,
).map("".join)


@settings(deadline=None)
@given(MARKUP, st.text(), st.text(), st.text(), st.lists(st.text()))
def test_any_tree_has_an_answer(markup, url, title, body, types):
    tree = document_fromstring(f"<html>{markup}</html>")

    verdict = page_kind(tree, nodes_of(tree), url, title=title, body=body, declared_types=types)

    assert verdict is None or isinstance(verdict[0], Reason)


@pytest.mark.parametrize(
    "unit",
    [
        "<h2><a href=/{i}>A headline of some length, number {i}</a></h2>",
        "<div>",
        "<a href={i}>x",
        "page ",
        "cookies partner ",
    ],
)
def test_long_page_takes_no_longer_than_its_length(unit):
    html = "<html><body>" + "".join(unit.format(i=i) for i in range(20_000)) + "</body></html>"
    tree = document_fromstring(html)
    text = unit * 20_000
    began = time.process_time()

    page_kind(tree, nodes_of(tree), "https://a.example/" + "a-" * 1_000, title=text, body=text)
    page_kind(tree, nodes_of(tree), "https://a.example/", title=text, body="")

    assert time.process_time() - began < 2


@pytest.mark.parametrize(
    "banner",
    [
        "We use cookies to improve our service for you. You can find more in our data protection declaration.",
        "Wir verwenden Cookies, um unseren Service zu verbessern.",
        "Nous utilisons des cookies pour améliorer votre expérience.",
    ],
)
def test_a_page_with_nothing_but_a_cookie_banner_has_no_body(banner: str) -> None:
    tree = document_fromstring(f"<p>{banner}</p>")
    outcome = page_kind(tree, nodes_of(tree), "https://a.example/media/s-1", title="Media", body=banner)

    assert outcome is not None
    assert outcome[0] is Reason.NO_BODY
