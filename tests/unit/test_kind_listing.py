import pytest
from lxml.html import document_fromstring

from newscrawl.extraction.kinds.listing import listing_signs
from newscrawl.extraction.tree.nodes import nodes_of
from newscrawl.outcomes import Reason
from tests.unit.test_kind import SENTENCE, kind_of, page, teasers


@pytest.mark.parametrize(
    ("url", "made"),
    [
        pytest.param(
            "https://a.example/",
            page(
                "",
                teasers(60),
                title="The Gazette | News from the coast",
                head="<meta property=og:type content=website>",
                types=("website", "WebSite", "NewsMediaOrganization"),
            ),
            id="home page of a large site",
        ),
        pytest.param(
            "https://a.example/",
            page("The Gazette", teasers(10, words=55), title="The Gazette", body_class="home blog wp-theme"),
            id="home page of a blog, with long teasers",
        ),
        pytest.param(
            "https://a.example/politics",
            page("Politics", teasers(30), types=("CollectionPage", "BreadcrumbList")),
            id="section that says so",
        ),
        pytest.param("https://a.example/world/europe", page("Europe", teasers(40)), id="section that does not"),
        pytest.param(
            "https://a.example/category/harbour/",
            page("Category: Harbour", teasers(10), body_class="archive category"),
            id="category of WordPress",
        ),
        pytest.param(
            "https://a.example/author/ann-example/",
            page(
                "Ann Example", f"<p>{SENTENCE}</p>" + teasers(15), body_class="archive author", types=("ProfilePage",)
            ),
            id="author",
        ),
        pytest.param(
            "https://a.example/2026/11/", page("November 2026", teasers(12), body_class="archive date"), id="month"
        ),
        pytest.param(
            "https://a.example/taxonomy/term/12",
            page("Hafen", teasers(14), body_class="path-taxonomy page-taxonomy"),
            id="term of Drupal",
        ),
        pytest.param(
            "https://a.example/news/",
            page(
                "ニュース",
                "".join(
                    f"<li><a href='/n/{i}'>港をめぐる争いに市議会が決着をつけた第{i}回</a></li>" for i in range(60)
                ),
            ),
            id="list in Japanese",
        ),
        pytest.param(
            "https://a.example/datenschutz", page("Datenschutzerklärung", f"<p>{SENTENCE}</p>"), id="house page"
        ),
    ],
)
def test_list_of_stories_is_a_section(url, made):
    assert kind_of(made, url) is Reason.SECTION


@pytest.mark.parametrize(
    ("links", "headings", "is_sign"), [(48, 0, True), (0, 36, True), (47, 0, False), (0, 35, False)]
)
def test_very_many_headlines_are_a_sign_whether_they_are_headings_or_bare_links(links, headings, is_sign):
    bare = "".join(
        f"<li><a href='/b/{n}'>The council of the harbour votes on wall number {n}</a></li>" for n in range(links)
    )
    heads = "".join(f"<h3><a href='/h/{n}'>Wall {n}</a></h3>" for n in range(headings))
    tree = document_fromstring(f"<html><body><ul>{bare}</ul>{heads}</body></html>")

    assert ("very many headlines" in listing_signs(tree, nodes_of(tree), "https://a.example/x", "", ())) is is_sign
