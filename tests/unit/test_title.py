"""The headline is the one that readers see, without kicker and site name, wherever the page declares another."""

from __future__ import annotations

import pytest
from lxml.html import fromstring

from newscrawl.extraction.declarations.declared import Declared
from newscrawl.extraction.learned.memory import line_hash
from newscrawl.extraction.metadata.title import choose_title

URL = "https://gazette.example/2026/05/05/ferry"


def title_of(body: str, head: str = "", known: str | None = None) -> tuple[str, str]:
    tree = fromstring(f"<html><head>{head}</head><body>{body}</body></html>")
    found = choose_title(tree, Declared(tree, URL), known)
    return found.value, found.source


def og(title: str) -> str:
    return f'<meta property="og:title" content="{title}"><meta property="og:site_name" content="The Gazette">'


@pytest.mark.parametrize(
    ("body", "head", "expected"),
    [
        pytest.param(
            "<h1>Ferry back on the sound</h1>",
            og("The ferry is back on the sound | The Gazette"),
            ("Ferry back on the sound", "h1"),
            id="what readers see before what the page declares",
        ),
        pytest.param(
            "<h1>The Gazette</h1><p>Text</p>",
            og("The ferry is back | The Gazette"),
            ("The ferry is back", "og:title"),
            id="a masthead is no headline",
        ),
        pytest.param(
            '<h1><span class="kicker">Coast</span> The ferry is back</h1>',
            og("The ferry is back"),
            ("The ferry is back", "h1"),
            id="without its kicker",
        ),
        pytest.param(
            "<h1>More from the coast</h1><h1>The ferry is back on the sound</h1>",
            og("The ferry is back on the sound"),
            ("The ferry is back on the sound", "h1"),
            id="the h1 that agrees, not the first",
        ),
        pytest.param(
            "<h1>No to the closing of the only ferry between the two islands</h1><h1>Log in</h1>",
            og("Petition : No to the closing of the only ferry between the two islands"),
            ("No to the closing of the only ferry between the two islands", "h1"),
            id="a headline behind a short name",
        ),
        pytest.param(
            "<p>Text</p>",
            og("&amp;quot;The ferry&amp;quot; is back - The Gazette"),
            ('"The ferry" is back', "og:title"),
            id="entities escaped twice",
        ),
        pytest.param(
            "<p>Text</p>", "<title>The ferry is back | Coast | gazette.example</title>",
            ("The ferry is back", "title"), id="the longest part of a bare title",
        ),
    ],
)  # fmt: skip
def test_the_headline_is_the_one_that_readers_see(body: str, head: str, expected: tuple[str, str]) -> None:
    assert title_of(body, head) == expected


AGREED = "Milan - Inter 0-2, la sintesi"


@pytest.mark.parametrize(
    ("body", "head", "expected"),
    [
        pytest.param(
            f"<h1>{AGREED}</h1>",
            f'<title>{AGREED} | Milan News</title><meta property="og:title" content="{AGREED}">'
            '<meta property="og:site_name" content="Milan News">',
            AGREED,
            id="a headline that begins as the site's name",
        ),
        pytest.param(
            "<h1>Berlin – wie weiter</h1>",
            '<title>Berlin – wie weiter | Berliner Zeitung</title>'
            '<meta property="og:title" content="Berlin – wie weiter">'
            '<meta property="og:site_name" content="Berliner Zeitung">',
            "Berlin – wie weiter",
            id="a dash behind the site's first word",
        ),
        pytest.param(
            "<h1>Les Échos du port</h1><h3 class='post-title'>Les grues : un été sans bruit</h3>",
            "<title>Les Échos du port: Les grues : un été sans bruit</title>"
            '<meta property="og:title" content="Les grues : un été sans bruit">',
            "Les grues : un été sans bruit",
            id="Blogger's h1 is the blog",
        ),
        pytest.param(
            "<h1><a href='/'>Orbit</a> <small>Noticias del espacio</small></h1><h2>Una niebla fina</h2>",
            '<title>Una niebla fina</title><meta property="og:title" content="Una niebla fina">',
            "Una niebla fina",
            id="an h1 that leads home, with a slogan",
        ),
        pytest.param(
            "<div class='tit'>河湾大桥下月起限行</div>", "<title>河湾大桥下月起限行_河湾要闻_江城网</title>",
            "河湾大桥下月起限行", id="underscores",
        ),
        pytest.param(
            "<p>正文</p>", "<title>河湾大桥下月起限行--江城--人民之窗</title>", "河湾大桥下月起限行", id="two hyphens",
        ),
        pytest.param(
            "<div>1-10月河湾县投资稳中有进</div>", "<title>1-10月河湾县投资稳中有进_河湾县统计局</title>",
            "1-10月河湾县投资稳中有进", id="a hyphen between numbers",
        ),
        pytest.param(
            "<p>본문</p><a href='/'>강변일보</a>", "<title>낡은 다리 화물차 통행금지 - 강변일보</title>",
            "낡은 다리 화물차 통행금지", id="the name that the masthead's link bears",
        ),
        pytest.param(
            "<h2>Ferry Company – Trade Disclosure</h2>",
            "<title>Ferry Company – Trade Disclosure – Kingsport Exchange</title>"
            '<meta property="og:title" content="Ferry Company – Trade Disclosure – Kingsport Exchange">',
            "Ferry Company – Trade Disclosure", id="the part that stands on the page",
        ),
        pytest.param(
            "<h2><span>Fähren nach dem Sturm</span> <span>Warum die Insel wartet</span></h2>",
            "<title>Fähren nach dem Sturm: Warum die Insel wartet - DER ZIRKEL</title>",
            "Fähren nach dem Sturm: Warum die Insel wartet", id="the colon between the parts of a heading",
        ),
        pytest.param(
            "<h1>The Blog Single</h1>",
            '<title>What to ask a builder</title><meta property="og:title" content="What to ask a builder">',
            "What to ask a builder", id="an h1 that shares no word with what two declarations say",
        ),
        pytest.param(
            "<h1>İSTANBUL'DA ŞİDDETLİ YAĞIŞ</h1>", og("İstanbul'da şiddetli yağış"), "İSTANBUL'DA ŞİDDETLİ YAĞIŞ",
            id="capitals",
        ),
    ],
)  # fmt: skip
def test_the_sites_name_is_told_from_the_headline(body: str, head: str, expected: str) -> None:
    assert title_of(body, head)[0] == expected


def test_a_title_that_other_stories_have_too_is_none() -> None:
    tree = fromstring(
        "<html><head><title>Financial News - Business News</title></head><body><h1>Financial News - Business News</h1>"
        "<h2>Harbour shares rise after the vote</h2></body></html>"
    )
    repeated = {line_hash("Financial News - Business News")}

    found = choose_title(tree, Declared(tree, URL), "Harbour shares rise after the vote", repeated)

    assert found.value == "Harbour shares rise after the vote"


def test_a_page_without_any_headline_takes_the_feeds() -> None:
    assert title_of("<p>Text</p>", known="The ferry is back") == ("The ferry is back", "feed or link")


def test_nothing_at_all_gives_no_headline() -> None:
    assert title_of("<p>Text</p>") == ("", "")


SEPARATORS = [*(f" {mark} " for mark in "|-–—·»«/:~•>›"), " :: ", "|", "_", " -- "]
HEADLINES = [
    "The ferry is back on the sound",
    "Паром вернулся ещё на две зимы",
    "இரவுப் படகு இன்னும் ஓடும்",
    "المجلس يبقي عبارة الليل",
]


@pytest.mark.parametrize("separator", SEPARATORS)
@pytest.mark.parametrize("headline", HEADLINES)
@pytest.mark.parametrize("form", ["{0}{1}The Gazette", "{0}{1}Coast{1}The Gazette", "The Gazette{1}{0}"])
def test_the_sites_name_goes_from_a_title_without_a_headline_on_the_page(
    separator: str, headline: str, form: str
) -> None:
    head = f"<title>{form.format(headline, separator)}</title>"
    masthead = '<a href="/">The Gazette</a><a href="/coast">Coast</a>'

    title, _ = title_of(f"{masthead}<p>Text</p>", head)

    assert title in (headline, f"{headline}{separator}Coast")


@pytest.mark.parametrize("title", ["Milan - Inter 0-2", "snake_case or camelCase", "Berlin – wie weiter"])
def test_a_separator_alone_cuts_nothing(title: str) -> None:
    assert title_of('<a href="/">The Gazette</a><p>Text</p>', f"<title>{title}</title>")[0] == title


@pytest.mark.parametrize(
    ("body", "title", "expected"),
    [
        pytest.param(
            "<h1>The ferry is back<small>Islanders were not asked</small></h1>",
            "The ferry is back | Harbour Post",
            "The ferry is back",
            id="a deck in the heading",
        ),
        pytest.param(
            "<h1><span>Local News</span><br>The ferry is back</h1>",
            "The ferry is back - Local News - Harbour Post",
            "The ferry is back",
            id="a kicker on a line of its own",
        ),
        pytest.param(
            "<h1>The ferry is back<small>Islanders were not asked</small></h1>",
            "Harbour Post » The ferry is back",
            "The ferry is back",
            id="the site in front",
        ),
        pytest.param(
            '<h1 style="display: none">Harbour Post</h1><h2>The ferry is back</h2>',
            "Harbour Post: The ferry is back",
            "The ferry is back",
            id="a hidden masthead",
        ),
        pytest.param(
            "<h1>All the news of the coast since 1921</h1><h2>The ferry is back</h2>",
            "The ferry is back &lt; Local &lt; Harbour Post",
            "The ferry is back",
            id="a slogan",
        ),
        pytest.param(
            "<h1>本地新闻</h1><h1>市政府将旧桥关闭至春天</h1>",
            "市政府将旧桥关闭至春天_本地新闻_海港日报",
            "市政府将旧桥关闭至春天",
            id="a section's heading in Chinese",
        ),
        pytest.param(
            "<h2>owner/bridge</h2><p>a bridge between two formats</p>",
            "owner/bridge: a bridge between two formats",
            "owner/bridge: a bridge between two formats",
            id="a colon of the title's own",
        ),
    ],
)
def test_what_title_and_page_have_in_common_is_the_headline(body: str, title: str, expected: str) -> None:
    assert title_of(f"{body}<p>Text</p>", f"<title>{title}</title>")[0] == expected
