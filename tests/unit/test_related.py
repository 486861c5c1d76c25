import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml.html import document_fromstring, tostring

from newscrawl.extraction.links.related import MAX_RELATED, related_links

URL = "https://a.example/2026/11/23/the-harbour-vote"
PROSE = "".join(
    f"<p>Paragraph {i} of the story tells at some length what the harbour board decided on Tuesday, why, and at what"
    " cost; the mayor, who had <a href='/2024/05/06/the-first-vote-on-the-quay'>lost the first vote</a>, was glad.</p>"
    for i in range(6)
)
TITLES = {
    "/2026/11/20/ferry-to-sail-again": "Ferry to sail again before the winter",
    "/2026/11/19/quay-costs-double": "The old quay costs twice what was planned",
    "/2026/11/18/fishers-want-a-say": "Fishers want a say in the new harbour",
}
LIST = "<ul>" + "".join(f"<li><a href='{url}'>{title}</a></li>" for url, title in TITLES.items()) + "</ul>"
CARDS = "".join(
    f"<div class=card><a href='{url}'><img src=x.jpg></a><div><span>News</span><h4><a href='{url}'>{title}</a></h4>"
    "<p>What the board, the town and the fishers make of it.</p></div></div>"
    for url, title in TITLES.items()
)
OTHERS = "".join(
    f"<li><a href='/2026/11/{i}/another-story-of-day-{i}'>Another story of the day {i}</a></li>" for i in range(1, 9)
)


def page(inside="", after="", aside=""):
    return (
        "<html><head><title>The harbour vote</title></head><body><header><nav><a href='/world'>World news</a></nav>"
        f"</header><main><article><h1>The harbour vote</h1>{PROSE}{inside}{PROSE}</article>{after}</main>"
        f"<aside>{aside}</aside><footer><h3>Related sites</h3><a href='/2026/11/22/a-story-in-the-footer'>A story in a"
        "footer of the page</a></footer></body></html>"
    )


def found(html, url=URL, title="The harbour vote"):
    return {
        link.url.removeprefix("https://a.example"): link.title
        for link in related_links(document_fromstring(html), url, title)
    }


@pytest.mark.parametrize(
    "heading",
    [
        "Related Articles", "RELATED", "Related:", "Related stories", "You may also like", "You might also like…",
        "Read next", "Recommended for you", "The Gazette Recommended Stories", "Related From The Gazette",
        "More like this", "Das könnte Sie auch interessieren", "Mehr zum Thema", "Lesen Sie auch:",
        "Ähnliche Artikel", "À lire aussi", "Sur le même sujet", "Articles liés", "Lee también", "Te puede interesar",
        "Noticias relacionadas", "Leia também", "Veja também", "Leggi anche", "Articoli correlati", "Lees ook",
        "Czytaj także", "Läs också", "Les også", "Læs også", "Lue myös", "Související články", "Kapcsolódó cikkek",
        "Citește și", "Διαβάστε επίσης", "İlgili haberler", "Читайте также", "По теме", "Читайте також", "関連記事",
        "あわせて読みたい", "相关新闻", "延伸閱讀", "관련기사", "Baca juga",
    ],
)  # fmt: skip
def test_links_below_a_heading_that_says_so_are_related(heading):
    assert found(page(after=f"<section><h3>{heading}</h3>{LIST}</section>")) == TITLES


@pytest.mark.parametrize(
    "block",
    [
        pytest.param(f"<h3>Related Articles</h3>{LIST}", id="plain siblings"),
        pytest.param(
            f"<div><div class=head><h3>Related Articles</h3></div><div>{LIST}</div></div>", id="wrapped heading"
        ),
        pytest.param(f"<section><h2>Related Articles</h2>{CARDS}</section>", id="cards"),
        pytest.param(f"<section><h2><a href='/news'>Related Articles</a></h2>{CARDS}</section>", id="linked heading"),
        pytest.param(f"<p><strong>Related Articles</strong></p>{LIST}", id="strong"),
        pytest.param(f"<div><span>Related Articles</span></div>{LIST}", id="span"),
        pytest.param(f"<label><i></i>Related Articles</label><div>{CARDS}</div>", id="label with an icon"),
        pytest.param(f"<div class='post-relatedArticles'>{CARDS}</div>", id="named in camelCase"),
        pytest.param(f"<div id='jp-related-posts'>{LIST}</div>", id="named by id"),
        pytest.param(
            f"<section><h2>Related</h2>{LIST}<h2>Most read</h2><ul>{OTHERS}</ul></section>", id="above most read"
        ),
        pytest.param(
            f"<section><h2>Related</h2>{LIST}<h2>Business</h2><ul>{OTHERS}</ul></section>", id="above a section"
        ),
    ],
)
def test_block_ends_where_another_begins(block):
    assert found(page(after=block)) == TITLES


def test_wordpress_page_gives_its_related_articles_and_no_reply_form():
    html = (
        "<html><body><h1>T</h1><div class=entry><h1>T</h1>" + PROSE + "</div><h3>Related Articles</h3>"
        "<a href=/good/901>Other story</a><h3>Leave a Reply</h3><p>Your email address will not be published."
        "<a href='/2026/11/11/a-story-that-a-reader-named'>A story that a reader named</a></p></body></html>"
    )

    assert found(html) == {"/good/901": "Other story"}


@pytest.mark.parametrize(
    "between",
    [
        "<p><strong>SEE ALSO:</strong> <a href='{url}'>{title}</a></p>",
        "<p><a href='{url}'>SEE ALSO: {title}</a></p>",
        "<p>MORE: <a href='{url}'>{title}</a></p>",
        "<p>Lesen Sie auch: <a href='{url}'>{title}</a></p>",
        "<p><em>À lire aussi :</em> <a href='{url}'>{title}</a></p>",
        "<p>Para saber más: <a href='{url}'>{title}</a></p>",
        "<p>関連記事：<a href='{url}'>{title}</a></p>",
        "<p><a href='{url}'>{title}</a></p>",
        "<p><strong><a href='{url}'>{title}</a></strong></p>",
        "<div class=x><a href='{url}'><div>News</div><h3>{title}</h3></a></div>",
        "<figure><div><a href='{url}'><h2>{title}</h2> Read more</a></div></figure>",
    ],
)
def test_link_between_paragraphs_is_related(between):
    url, title = next(iter(TITLES.items()))

    assert found(page(between.format(url=url, title=title))) == {url: title}


@pytest.mark.parametrize(
    "html",
    [
        pytest.param(page(), id="links within sentences"),
        pytest.param(page(aside=f"<h3>Most read</h3><ul>{OTHERS}</ul>"), id="most read"),
        pytest.param(page(aside=f"<h3>Latest news</h3><ul>{OTHERS}</ul>"), id="latest"),
        pytest.param(page(after=f"<section><h2>More from Politics</h2><ul>{OTHERS}</ul></section>"), id="more from"),
        pytest.param(page(after=f"<section><h2>Meistgelesen</h2><ul>{OTHERS}</ul></section>"), id="most read, German"),
        pytest.param(
            page(after=f"<section><h2>人気記事ランキング</h2><ul>{OTHERS}</ul></section>"), id="most read, Japanese"
        ),
        pytest.param(
            page(after=f"<div class='related-content'><h2>World</h2><ul>{OTHERS}</ul></div>"), id="named, not meant"
        ),
        pytest.param(
            page(after="<h3>Related topics</h3><a href='/tag/harbour'>The harbour of the town</a>"), id="topics"
        ),
        pytest.param(
            page(after="<h3>Related</h3><a href='https://ads.example/buy/one-trick'>This one trick will save you</a>"),
            id="another site's",
        ),
        pytest.param(
            page(
                after="<h3>Related</h3><p>See <a href='/2026/11/20/the-old-pier-reopens'>how the old pier reopened</a>"
                " for what the council of that year had said.</p>"
            ),
            id="a sentence that begins with a link",
        ),
        pytest.param(
            page("<p><a href='/newsletter/subscribe'>Click here to sign up for our newsletter</a></p>"), id="newsletter"
        ),
        pytest.param(
            page("<p><a href='/author/ann-example'>More stories by Ann Example of our desk</a></p>"), id="author"
        ),
        pytest.param(page(after=f"<h3>Related</h3><div class='comment-list'><ul>{OTHERS}</ul></div>"), id="comments"),
        pytest.param(
            page(after=f"<h3>Related</h3><a href='{URL}?utm_source=x'>The harbour vote, once more</a>"), id="itself"
        ),
    ],
)
def test_silent_where_nothing_is_related(html):
    assert found(html) == {}


def test_url_is_canonical_and_title_is_one_clean_line():
    block = "<h3>Related</h3>"
    block += "<a href='../20/ferry-to-sail-again?utm_source=x#top'>Ferry\u202e to\n sail\u0007 again, they say</a>"

    assert found(page(after=block)) == {"/2026/11/20/ferry-to-sail-again": "Ferry to sail again, they say"}


def test_one_link_an_article_with_its_longest_title():
    url, title = next(iter(TITLES.items()))
    block = f"<h3>Related</h3><a href='{url}'>Ferry to sail</a><a href='{url}?fbclid=1'>{title}</a>"

    assert found(page(after=block)) == {url: title}


def test_no_more_links_than_the_bound():
    items = "".join(
        f"<h3>Related</h3><a href='/2026/11/{i}/another-story-of-{i}'>Another story of the day {i}</a>"
        for i in range(90)
    )

    assert len(found(page(after=items))) <= MAX_RELATED


def test_tree_is_left_as_it_is():
    tree = document_fromstring(page(f"<p>MORE: {LIST}</p>", f"<h3>Related</h3>{CARDS}"))
    before = tostring(tree)

    related_links(tree, URL, "")

    assert tostring(tree) == before


TAGS = st.sampled_from(
    ["div", "p", "a", "h1", "h2", "h3", "ul", "li", "span", "nav", "header", "form", "body", "aside"]
)
MARKUP = st.lists(
    st.one_of(
        TAGS.map(lambda name: f"<{name}>"),
        TAGS.map(lambda name: f"</{name}>"),
        st.sampled_from(
            ["<a href=/2026/11/11/a-story-of-the-day>", "<a href='//['>", "Related", "A story of the day", PROSE]
        ),
        st.text(max_size=12).map(lambda text: "".join(c for c in text if c.isprintable())),
    ),
    max_size=40,
).map("".join)


@settings(deadline=None)
@given(MARKUP, st.text(), st.text())
def test_any_tree_has_an_answer(markup, url, title):
    assert len(related_links(document_fromstring(f"<html>{markup}</html>"), url, title)) <= MAX_RELATED


@pytest.mark.parametrize(
    "unit",
    [
        "<h3>Related</h3><a href=/2026/1/1/a-story-number-{i}>A story of the day {i}</a>",
        "<div class=related><a href=/2026/1/1/a-story-number-{i}>A story of the day {i}</a>",
        "<p><a href=/2026/1/1/a-story-number-{i}>A story of the day {i}</a></p>",
        "<p>Related: <a href=x>y",
        "<div><span>Related</span>",
        "<a href=/{i}>word {i}</a>",
    ],
)
def test_long_page_takes_no_longer_than_its_length(unit):
    spent = []
    for size in (4_000, 16_000):
        tree = document_fromstring("<html><body>" + PROSE + "".join(unit.format(i=i) for i in range(size)) + PROSE)
        tries = []
        for _ in range(2):  # the collector may look at all that earlier tests left, in one of them
            began = time.process_time()
            related_links(tree, URL, "")
            tries.append(time.process_time() - began)
        spent.append(min(tries))

    assert spent[1] < 8 * spent[0] + 0.2
    assert spent[1] < 3


FERRY = "<a href='/2026/11/20/ferry-company-asks-the-town-for-more'>Ferry company asks the town for more money</a>"
SAID = "The council spent most of Tuesday evening on the question of who should pay for the new sea wall, and when."


@pytest.mark.parametrize(
    "inside",
    [
        f"<p>► {FERRY}</p>",
        f"<p><b>{FERRY}</b> →</p>",
        f"<p>👉 <strong>{FERRY}</strong></p>",
        f"<p>{FERRY} (3 May)</p>",
        f"<blockquote>{FERRY}</blockquote>",
        f"<div><div><em>{FERRY}</em></div></div>",
        f"<span>{FERRY}</span>",
        f"<inline-teaser>{FERRY}</inline-teaser>",
        f"<p>{FERRY} – 3 April 2026</p>",
        f"<div>{FERRY.partition('>')[0]}><img src='f.jpg' alt=''></a><div>{FERRY}</div></div>",
        f"<div><img src='f.jpg'><div><h4>{FERRY}</h4><p>He steered the last wooden boat of the county.</p></div></div>",
    ],
)
def test_a_link_that_stands_alone_between_paragraphs_is_related_whatever_marks_it(inside: str) -> None:
    assert list(found(page(inside))) == ["/2026/11/20/ferry-company-asks-the-town-for-more"]


@pytest.mark.parametrize(
    "text",
    [
        f"<div>{SAID}</div><div>{SAID}</div><div>{FERRY}</div><div>{SAID}</div>",
        f"<div>{SAID}<br><br>{SAID}<br><br>{FERRY}<br><br>{SAID}</div>",
        f"<div><p>{SAID}</p></div><div><p>{FERRY}</p></div><section><p>{SAID}</p></section>",
        f"<p>The mayor was glad of it, she said.</p><p>{FERRY}</p><p>Nobody else was, as far as one could tell.</p>",
    ],
    ids=["div", "br", "wrapped", "short sentences"],
)
def test_the_paragraphs_beside_a_lone_link_may_be_of_any_markup(text: str) -> None:
    html = f"<html><body><main><h1>The harbour vote</h1>{text}</main></body></html>"

    assert list(found(html)) == ["/2026/11/20/ferry-company-asks-the-town-for-more"]


def test_a_lone_link_stands_between_paragraphs_of_a_script_without_blanks() -> None:
    one = "<p>町議会は火曜日の夜、新しい防潮堤の費用を誰がいつ負担するのかについて長い議論を続けた。</p>"
    link = "<p><a href='/articles/20260401-123456'>フェリー会社が町に追加の補助金を求める</a></p>"

    assert found(f"<html><body><main><h1>防潮堤</h1>{one}{link}{one}</main></body></html>") == {
        "/articles/20260401-123456": "フェリー会社が町に追加の補助金を求める"
    }


def test_a_grid_of_cards_between_paragraphs_is_no_lone_link() -> None:
    teaser = "<p>He steered the last wooden boat of the county.</p>"
    card = f"<div class='card'><img src='f.jpg'><h4>{FERRY}</h4>{teaser}</div>"
    cards = "".join(card.replace("ferry", name) for name in ("tram", "bus", "ship"))

    assert found(page(cards)) == {}


@pytest.mark.parametrize(
    "link",
    [
        "<a href='/newsletter/the-morning-news-in-your-inbox'>Get the morning briefing in your inbox daily</a>",
        "<a href='https://other.example/2026/11/20/ferry-company-asks'>Ferry company asks the town for more money</a>",
        f"As we wrote in April, {FERRY}, but nothing came of that until the autumn.",
        "<a href='/authors/nell-harrowby'>Nell Harrowby is our reporter at the coast</a>",
        "<a href='/shop/books/the-sea-wall'>Buy the book about the old sea wall here</a>",
        f"{FERRY} +",
    ],
)
def test_other_lone_links_are_not_related(link: str) -> None:
    assert found(page(f"<p>{link}</p>")) == {}


LINKS = {
    "file": ("/crane.html", "/lifeboat.html", "/pier.html"),
    "one word": ("/crane", "/lifeboat", "/pier"),
    "below a section": ("/news/crane", "/news/lifeboat", "/culture/pier"),
    "front controller": ("/index.php/crane", "/index.php/lifeboat", "/index.php/pier"),
}
HEADLINES = ("Harbour crane sold for scrap", "New engine for the lifeboat", "Why the pier closed early")
LISTS = {
    "heading and list": "<h3>{label}</h3><ul><li>{0}</li><li>{1}</li><li>{2}</li></ul>",
    "paragraph and line breaks": "<p>{label}</p><p>{0}<br>{1}<br>{2}</p>",
    "bare text and line breaks": "{label}<br>{0}<br>{1}<br>{2}<br>",
    "bare text and list": "{label}<ul><li>{0}</li><li>{1}</li><li>{2}</li></ul>",
    "bold text in the line": "<div><b>{label}:</b> {0} | {1} | {2}</div>",
    "bullets in a font element": "<font size=2><b>{label}</b><br>&bull; {0}<br>&bull; {1}<br>&bull; {2}</font><br>",
    "table": "<table><tr><td><b>{label}</b><tr><td>{0}<tr><td>{1}<tr><td>{2}</table>",
    "definitions": "<dl><dt>{label}</dt><dd>{0}</dd><dd>{1}</dd><dd>{2}</dd></dl>",
    "legend": "<fieldset><legend>{label}</legend><p>{0}</p><p>{1}</p><p>{2}</p></fieldset>",
}


@pytest.mark.parametrize(
    "label", ["Related Articles", "Verwandte Artikel", "Читайте также", "関連記事", "مقالات ذات صلة"]
)
@pytest.mark.parametrize("markup", LISTS.values(), ids=LISTS)
@pytest.mark.parametrize("addresses", LINKS.values(), ids=LINKS)
def test_headlines_below_a_label_are_related_whatever_their_addresses_and_markup(
    addresses: tuple[str, ...], markup: str, label: str
) -> None:
    links = [f"<a href='{url}'>{title}</a>" for url, title in zip(addresses, HEADLINES, strict=True)]

    assert list(found(page(after=markup.format(*links, label=label))).values()) == list(HEADLINES)


@pytest.mark.parametrize(
    ("url", "text"),
    [
        ("/tag/harbour-news/", "More of the harbour news"),
        ("/author/ida-marsh", "The stories of Ida Marsh"),
        ("/newsletter", "The letter for your morning"),
        ("/sport/football", "All of the football here"),
        ("/harbour", "Harbour"),
        ("/about", "About this web site"),
        ("/tag/red-dead-redemption-2/", "Red Dead Redemption in its second part"),
        ("/ru/section/567", "What the world says of Kazakhstan"),
        ("/nutrition-team", "Franziska Spritzler, RD, CDE"),
        ("/blog", "Browse all blog articles"),
        ("/insights/resources/", "View all that we recommend for you"),
    ],
)
def test_sections_tags_and_pages_of_the_house_are_not_related_below_a_label(url: str, text: str) -> None:
    assert found(page(after=f"<h3>Related Articles</h3><ul><li><a href='{url}'>{text}</a></li></ul>")) == {}


def test_a_list_below_bare_text_ends_where_prose_begins() -> None:
    prose = (
        "The council meets again on Thursday, when the crane is on the list, says its clerk in a letter of two lines."
    )
    story = "<a href='/crane'>Harbour crane sold for scrap</a>"
    later = "<a href='/pier'>Why the pier closed early</a>"

    assert list(found(page(after=f"<div>Related Articles<br>{story}<br>{prose}<br>{later}</div>"))) == ["/crane"]
