"""Rules of a person's own for a site go before what extraction finds; one that finds nothing is counted."""

from __future__ import annotations

import pickle
from datetime import UTC, datetime
from pathlib import Path

import pytest

from newscrawl.errors import UsageError
from newscrawl.extraction import Page, extract
from newscrawl.extraction.reading import read_page
from newscrawl.extraction.rules.site_rules import FIELDS, SiteBook
from newscrawl.health.history import History
from newscrawl.health.judge import problems
from newscrawl.outcomes import Reason, Rejection
from newscrawl.sites.classes import site_book
from newscrawl.sites.tables import RULE_KEYS, read_site_rules, rules_of
from newscrawl.sources.file import read_sites_file

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
ROOT = Path(__file__).parents[2]
URL = "https://www.gazette.example/n/77"
SENTENCE = "The council met on Monday and heard the engineers speak of the bridge for two hours. "
HTML = f"""<!doctype html><html lang="en"><head><title>Home of news</title></head><body>
<div class="sub">Bridge <b>closed</b></div><h1>The Gazette</h1><span class="w">26/11/2026 - week 48</span>
<i class="by">By Jane Doe and John Roe</i><time datetime="2026-11-20T08:00:00Z">last week</time>
<div class="t"><p>{SENTENCE * 4}</p><div class="ad">Buy a bridge today, it costs nothing at all.</div>
<p>{SENTENCE * 3}</p></div>
<div class="more"><a href="/n/76">Ferry sold</a> <a href="/n/77">Bridge closed</a> <a href="/n/75#c">Port open</a></div>
<div class="pg"><a href="/n/77?page=2">2</a> <a href="/n/77?page=3">3</a></div></body></html>"""


def book(text: str) -> SiteBook:
    import tomllib

    return SiteBook(rules_of(Path("sites.toml"), tomllib.loads(text)["site"]))


def read(text: str, html: str = HTML, url: str = URL):
    """Read the page with the rules of a sites file, as a worker gets them."""
    sites = pickle.loads(pickle.dumps(book(text)))  # noqa: S301 - our own
    return read_page(Page(html.encode(), fetched_at=NOW, sites=sites), url)


def test_selectors_replace_each_field_and_say_that_they_won():
    reading = read(
        """[site."gazette.example"]
        title = "div.sub"
        body = "div.t"
        remove = ".ad"
        published_at = "time"
        authors = "//i[@class='by']"
        related_links = ".more a"
        next_page = ".pg"
        is_article = "div.t"
        """
    )

    assert reading.choices["title"].value == "Bridge closed"
    assert reading.choices["title"].source == "site"
    assert [line.text for line in reading.lines] == [(SENTENCE * 4).strip(), (SENTENCE * 3).strip()]
    assert reading.choices["published_at"].value == (datetime(2026, 11, 20, 8, tzinfo=UTC), "second")
    assert reading.choices["authors"].value == ["Jane Doe", "John Roe"]
    assert [(link.url, link.title) for link in reading.related] == [
        ("https://www.gazette.example/n/76", "Ferry sold"),
        ("https://www.gazette.example/n/75", "Port open"),
    ]
    assert reading.pager.others == ((2, f"{URL}?page=2"), (3, f"{URL}?page=3"))
    assert set(reading.site.answered) == set(FIELDS) - {"remove"}
    assert not reading.site.missed


def test_a_rule_that_finds_nothing_leaves_the_field_as_it_was_and_is_told():
    plain, ruled = read('[site."a.example"]\ntitle = "h2"'), read('[site."gazette.example"]\ntitle = "h2.none"')

    assert ruled.choices["title"] == plain.choices["title"]
    assert ruled.site.missed == {"title": "it found nothing"}
    assert plain.site is None


def test_a_date_that_is_none_is_a_miss_that_shows_what_was_found():
    reading = read('[site."gazette.example"]\npublished_at = ".by"')

    assert reading.site.missed == {"published_at": "it found nothing that is a published_at: By Jane Doe and John Roe"}


def test_of_several_selectors_the_first_that_finds_something_counts():
    assert read('[site."gazette.example"]\ntitle = ["h2", ".sub", "h1"]').choices["title"].value == "Bridge closed"


def test_attributes_and_texts_are_found_too():
    reading = read('[site."gazette.example"]\npublished_at = "time::attr(datetime)"\nbody = "div.t p::text"')

    assert reading.choices["published_at"].value[0] == datetime(2026, 11, 20, 8, tzinfo=UTC)
    assert len(reading.lines) == 2


def test_the_rules_of_a_domain_hold_below_it_and_the_nearest_go_before():
    rules = book('[site."example.com"]\ntitle = "h1"\n[site."news.example.com"]\ntitle = "h2"')

    assert rules.of("https://www.example.com/a").host == "example.com"
    assert rules.of("https://de.news.example.com:8080/a").host == "news.example.com"
    assert rules.of("https://notexample.com/a") is None
    assert rules.of("http://[::1/") is None


def test_a_page_with_a_body_of_a_rule_is_not_empty_and_one_that_a_function_refuses_is_no_article(tmp_path):
    (tmp_path / "gazette.py").write_text(
        "from newscrawl.sites import Site\n"
        "class Gazette(Site):\n"
        "    hosts = 'gazette.example'\n"
        "    def is_article(self, page):\n"
        "        return bool(page.css('.t'))\n"
        "    def body(self, page):\n"
        "        return [text for text in page.css('.t::attr(data-text)').getall()]\n"
        "    def title(self, page):\n"
        "        return page.url.rpartition('/')[2] / 2\n",
        "utf-8",
    )
    sites = pickle.loads(pickle.dumps(site_book(str(tmp_path))))  # noqa: S301 - our own
    shell = f'<html><title>Gazette</title><div class="t" data-text="{SENTENCE * 5}"></div></html>'

    article, observation = extract(Page(shell.encode(), fetched_at=NOW, sites=sites), URL)
    refused, _ = extract(Page(HTML.replace('class="t"', "").encode(), fetched_at=NOW, sites=sites), URL)

    assert article.body == (SENTENCE * 5).strip()
    assert observation.site.answered == ("is_article", "body")
    assert observation.site.missed["title"].startswith("TypeError: ")
    assert isinstance(refused, Rejection)
    assert refused.reason is Reason.SECTION


def test_a_hostile_page_cannot_make_a_rule_raise():
    rules = '[site."gazette.example"]\n' + "\n".join(f'{name} = "*"' for name in FIELDS)
    for body in (
        "",
        "<p>",
        "<a href='http://[::1'>x</a>",
        "<a href=' javascript:1'>y</a>",
        "<time datetime=9999-99-99>",
    ):
        read(rules, f"<html>{body}</html>")


def test_a_sites_file_holds_rules_beside_sources_and_a_source_may_be_called_site(tmp_path):
    path = tmp_path / "sites.toml"
    path.write_text('[a]\nurl="a.example"\n[site."gazette.example"]\ntitle="h1"\ncookies={consent="yes"}\n', "utf-8")
    (rules,) = read_site_rules(path)

    assert [source.name for source in read_sites_file(path, None, NOW)] == ["a"]
    assert (rules.host, dict(rules.cookies)) == ("gazette.example", {"consent": "yes"})

    path.write_text('[site]\nurl="a.example"\nheaders={X="1"}\n', "utf-8")
    assert [source.name for source in read_sites_file(path, None, NOW)] == ["site"]
    assert read_site_rules(path) == ()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[site."a.example"]\ntitel="h1"', "did you mean 'title'"),
        ('[site."a.example"]\ntitle=1', "is no selector; write"),
        ('[site."a.example"]\ntitle=[]', "is no selector; write"),
        ('[site."a.example"]\ntitle="h1["', "is neither CSS nor XPath"),
        ('[site."a.example"]\nbody="//p[("', "is neither CSS nor XPath"),
        ('[site."a.example"]\ncookies={"a b"="1"}', "is not the name of a cookie"),
        ('[site."https://a.example/"]\ntitle="h1"', "is not the name of a host"),
        ("[site.a.example]\ntitle='h1'", "with the name in quotes"),
        ('[site."a.example"]', "has no rule"),
    ],
)
def test_a_mistake_in_the_rules_is_one_sentence_that_names_file_and_site(text, said, tmp_path):
    path = tmp_path / "sites.toml"
    path.write_text(f'[b]\nurl="b.example"\n{text}\n', "utf-8")

    with pytest.raises(UsageError) as error:
        read_site_rules(path)

    assert said in str(error.value)
    assert str(error.value).startswith(f"sites={path}, [site.")
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("from newscrawl.sites import Site\nclass A(Site):\n    title = 'h1'", "names no host"),
        ("from newscrawl.sites import Site\nclass A(Site):\n    hosts = 'a.example'\n    title = 3", "is no selector"),
        ("import nothing_of_that_name", "cannot be loaded: ModuleNotFoundError"),
        ("class", "cannot be loaded: SyntaxError"),
    ],
)
def test_a_mistake_in_a_class_of_rules_is_one_sentence_that_names_its_file(text, said, tmp_path):
    (tmp_path / "broken.py").write_text(text, "utf-8")

    with pytest.raises(UsageError) as error:
        site_book(str(tmp_path))

    assert said in str(error.value)
    assert "broken.py" in str(error.value)


def test_a_folder_that_is_none_is_one_sentence(tmp_path):
    with pytest.raises(UsageError, match=r"NEWSCRAWL_SITES_DIR is '.*none'; set it to a folder"):
        site_book(str(tmp_path / "none"))


def test_a_sites_file_goes_before_a_folder_field_by_field(tmp_path):
    (tmp_path / "rules.toml").write_text('[site."a.example"]\ntitle="h1"\nbody="main"\n', "utf-8")
    first = book('[site."a.example"]\ntitle="h2"').by_host.values()

    rules = site_book(str(tmp_path), first).of("https://a.example/")

    assert rules.fields["title"].selectors == ("h2",)
    assert rules.fields["body"].selectors == ("main",)
    assert set(rules.origins) == {f'{tmp_path / "rules.toml"}, [site."a.example"]', 'sites.toml, [site."a.example"]'}


def judged(*days: dict[str, int]) -> list[str]:
    history = History()
    for day, figures in enumerate(days, 10):
        fine = {"pages": 9, "articles": 9, "written": 9}
        history.add(datetime(2026, 11, day, 12, tzinfo=UTC), fine | figures)
    last = datetime(2026, 11, 9 + len(days), 13, tzinfo=UTC)
    return [str(problem) for problem in problems(history, last) if problem.kind == "rule"]


def test_a_redesign_shows_in_health_and_a_field_that_few_articles_have_does_not():
    fits, fails = {"found:title": 9, "missed:authors": 9}, {"missed:title": 8, "found:title": 1, "missed:authors": 9}

    assert judged(fits, fits, fits) == []
    (problem,) = judged(fits, fits, fits, fails)
    assert problem.startswith(
        "its own rule for title found something on 1 of 9 articles, 100% before since 2026-11-13; look at one of them"
    )


def test_a_rule_that_never_fitted_shows_too_but_not_after_a_first_run():
    assert judged({"missed:body": 9}) == []
    assert judged({"missed:body": 9}, {"missed:body": 9})


def test_a_rule_that_fits_one_of_two_templates_is_well():
    half = {"missed:title": 6, "found:title": 3}

    assert judged(half, half, half, half) == []


def test_the_reference_explains_every_rule():
    table = (ROOT / "docs/reference/site-rules.md").read_text("utf-8")

    assert not [name for name in RULE_KEYS if f"| `{name}` |" not in table]
