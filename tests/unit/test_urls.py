"""The one spelling of a URL, and when two name the same article."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.urls import absolute_url, article_id, canonical_url, identity_url, site_of, unwrapped, url_key

BASE = "https://www.a.example/news/today?x=1"
STORY = "https://www.a.example/2024/09/15/harbour-wall-falls"


@pytest.mark.parametrize(
    ("url", "cleaned"),
    [
        (STORY, STORY),
        ("HTTPS://WWW.A.Example:443/x", "https://www.a.example/x"),
        ("http://a.example:80", "http://a.example/"),
        ("http://a.example:8080/x", "http://a.example:8080/x"),
        ("http://user:pw@a.example/x", "http://a.example/x"),
        ("/x/../y/./z/..", "https://www.a.example/y/"),
        ("//b.example/x", "https://b.example/x"),
        ("story?id=12", "https://www.a.example/news/story?id=12"),
        ("\\\\b.example\\x", "https://b.example/x"),
        (" /x\n\t", "https://www.a.example/x"),
        ("/x#comments", "https://www.a.example/x"),
        ("/#!/article/15", "https://www.a.example/#!/article/15"),
        ("/x?utm_source=rss&id=3&fbclid=abc&UTM_Medium=feed", "https://www.a.example/x?id=3"),
        ("/x?b=2&a=1", "https://www.a.example/x?b=2&a=1"),
        ("/x?a=1&amp;b=2", "https://www.a.example/x?a=1&b=2"),
        ("/x?PHPSESSID=c9f0f895fb98&sid=8f14e45fceea167a", "https://www.a.example/x"),
        ("/x?sid=4711", "https://www.a.example/x?sid=4711"),
        ("/x;jsessionid=0A1B?id=1", "https://www.a.example/x?id=1"),
        ("/x?source=twitter", "https://www.a.example/x"),
        ("/x?source=harbour", "https://www.a.example/x?source=harbour"),
        ("/caf%c3%a9/%7Euser?q=%41", "https://www.a.example/caf%C3%A9/~user?q=A"),
        ("/café", "https://www.a.example/caf%C3%A9"),
        ("/100%", "https://www.a.example/100%25"),
        ("https://a.example/x/./y/../z", "https://a.example/x/z"),
        ("https://a.example/x/y/..", "https://a.example/x/"),
        ("https://a.example/x/y/.", "https://a.example/x/y/"),
        ("https://bücher.example/x", "https://xn--bcher-kva.example/x"),
        ("https://b%C3%BCcher.example/x", "https://xn--bcher-kva.example/x"),
        ("https://ｇazette.example/x", "https://gazette.example/x"),
        ("http://a.example./x", "http://a.example/x"),
        ("http://[2001:DB8::0:1]/x", "http://[2001:db8::1]/x"),
    ],
)
def test_a_url_has_one_spelling(url, cleaned):
    assert canonical_url(url, BASE) == cleaned
    assert canonical_url(cleaned) == cleaned


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "data:text/html,<p>x",
        "mailto:a@b.example",
        "tel:1",
        "//[::1",
        "http://[",
        "http://:80/",
        "https:///x",
        "http://999.999.999.999/",
        "http://a.example:99999/",
        "http://a.example:0/",
        "http://a.example:١/",
        "http://a..example/",
        "http://" + "a." * 200 + "example/",
        "http://a\ud800.example/",
        "/" + "a" * 100_000,
    ],
)
def test_what_is_no_url_of_the_web_is_none(url):
    assert canonical_url(url, BASE) is None


@given(st.text(max_size=300), st.none() | st.text(max_size=50))
def test_nothing_raises(url, base):
    cleaned = canonical_url(url, base)

    assert cleaned is None or cleaned == canonical_url(cleaned)
    assert isinstance(url_key(url), str)
    assert isinstance(site_of(url), str)
    assert article_id(url, base).startswith("n")


@pytest.mark.parametrize(
    "variant",
    [
        "http://a.example/2024/09/15/harbour-wall-falls/",
        STORY + "?utm_source=rss&utm_campaign=x",
        STORY + "#comments",
        STORY + "/amp/",
        STORY + "?amp=1",
        STORY + "?outputType=amp",
        STORY + "?print=1",
        STORY + "/index.html",
        "https://amp.a.example/2024/09/15/harbour-wall-falls",
        "https://m.a.example/2024/09/15/harbour-wall-falls",
        "https://www.a.example/amp/2024/09/15/harbour-wall-falls",
        "https://www-a-example.cdn.ampproject.org/c/s/www.a.example/2024/09/15/harbour-wall-falls",
    ],
)
def test_variants_of_one_page_have_one_key(variant):
    assert url_key(variant) == url_key(STORY)
    assert article_id(variant) == article_id(STORY)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://a.example/story?id=12", "https://a.example/story?id=13"),
        ("https://a.example/?p=705&utm_source=x", "https://a.example/?p=706&utm_source=x"),
        ("https://a.example/News/A1", "https://a.example/news/a1"),
        ("https://a.example/#!/article/15", "https://a.example/#!/article/16"),
        ("https://a.example/archive?page=1", "https://a.example/archive?page=2"),
        ("https://a.example/2024/09/03/briefing", "https://a.example/2024/09/04/briefing"),
        ("https://m.example/x", "https://a.example/x"),
        ("https://sport.a.example/x", "https://a.example/x"),
    ],
)
def test_different_pages_have_different_keys(one, other):
    assert url_key(one) != url_key(other)


def test_the_order_of_parameters_is_no_difference():
    assert url_key("https://a.example/n?id=1&lang=en") == url_key("https://a.example/n?lang=en&id=1")


@pytest.mark.parametrize(
    ("url", "canonical", "believed"),
    [
        ("https://a.example/world/harbour-wall-falls", STORY, True),
        ("https://m.a.example/x?id=4", "/2024/09/15/harbour-wall-falls", True),
        (STORY, "https://a.example/", False),
        (STORY, "https://a.example/2024/09/", False),
        (STORY, "https://a.example/news/", False),
        (STORY, "https://b.example/2024/09/15/harbour-wall-falls", False),
        ("https://a.example/news.php?id=12", "https://a.example/news.php", False),
        (STORY, "http://[", False),
        (STORY, None, False),
    ],
)
def test_a_canonical_url_is_believed_where_it_names_an_article_of_the_site(url, canonical, believed):
    identity = identity_url(url, canonical)

    assert identity == (canonical_url(canonical, url) if believed else url)


@pytest.mark.parametrize(
    ("url", "site"),
    [
        ("https://news.paper.co.uk/x", "paper.co.uk"),
        ("https://one.blogspot.com/x", "one.blogspot.com"),
        ("https://harbour.wordpress.com/2026/11/ferry/", "harbour.wordpress.com"),
        ("https://harbour.substack.com/p/ferry", "harbour.substack.com"),
        ("https://harbour.tumblr.com/post/1", "harbour.tumblr.com"),
        ("https://harbour.tistory.com/17", "harbour.tistory.com"),
        ("https://harbour.medium.com/ferry-1a2b", "harbour.medium.com"),
        ("https://medium.com/@Harbour/ferry-1a2b", "medium.com/@harbour"),
        ("https://medium.com/@harbour?source=rss", "medium.com/@harbour"),
        ("https://www.medium.com/the-harbour/ferry-1a2b", "medium.com/the-harbour"),
        ("https://medium.com/p/1a2b", "medium.com"),
        ("https://medium.com/", "medium.com"),
        ("https://harbour.blog.fc2.com/blog-entry-1.html", "harbour.blog.fc2.com"),
        ("https://ameblo.jp/harbour/entry-1.html", "ameblo.jp/harbour"),
        ("https://blog.naver.com/harbour/223", "blog.naver.com/harbour"),
        ("https://sites.google.com/view/harbour/ferry", "sites.google.com/view/harbour"),
        ("https://www.wordpress.com/x", "wordpress.com"),
        ("https://news.a.example/@harbour", "a.example"),
        ("http://127.0.0.1:8000/x", "127.0.0.1"),
        ("http://localhost:8000/x", "localhost"),
        ("http://[::1]:80/x", "[::1]"),
        ("https://www.a.example/x", "a.example"),
        ("mailto:a@b.example", ""),
    ],
)
def test_the_site_is_the_registrable_domain(url, site):
    assert site_of(url) == site


def test_fifty_thousand_plain_urls_take_less_than_a_second():
    urls = [f"https://www.a{n % 50}.example/2024/{n}-a-story-of-the-day" for n in range(50_000)]
    begun = time.process_time()

    assert [canonical_url(url) for url in urls] == urls
    assert time.process_time() - begun < 1


@pytest.mark.parametrize(
    "url",
    [
        "http://foo-.example.com/",
        "http://256.0.0.1/",
        "http://1.2.3/x",
        "https://-a.example/news",
        "http://0x7f.1.1/x/y",
    ],
)
def test_a_host_that_cannot_be_is_no_url_and_no_error(url):
    assert canonical_url(url, BASE) is None
    assert url_key(url) == url
    assert site_of(url) == ""


@pytest.mark.parametrize("path", ["HTTP:/0", "web/2026/http:/b.example/x", "go?to=http:/b.example/x"])
def test_an_address_within_an_address_stays_as_it_is(path):
    assert canonical_url(f"https://a.example/{path}") == f"https://a.example/{path}"


PIECES = st.sampled_from(
    "http:// https:// // / a.example foo-. .. . 256.0.0.1 [::1] [ ] @ : :99999 "
    "? # #! & = % %zz %ff \\ xn--a xn-- ü \ud800 \0 ; 1.2.3 0x7f".split()
)


@given(
    st.one_of(st.text(), st.lists(PIECES).map("".join)), st.one_of(st.none(), st.text(), st.lists(PIECES).map("".join))
)
def test_any_string_gives_a_url_or_none(url, base):
    cleaned = canonical_url(url, base)

    assert cleaned is None or canonical_url(cleaned) == cleaned
    assert url_key(url) is not None
    assert site_of(url) is not None
    assert article_id(url, base).startswith("n")


@pytest.mark.parametrize(
    ("url", "repaired"),
    [
        ("http://http://a.example/x", "http://a.example/x"),
        ("https://http//a.example/x", None),
        ("http://https://a.example/x?b=1", "https://a.example/x?b=1"),
        ("http:/a.example/x", "http://a.example/x"),
        ("https:a.example/x", "https://a.example/x"),
        ("///a.example/x", "https://a.example/x"),
        ("http://a.example:00080/x", "http://a.example/x"),
        ("http://a.example:0/x", None),
    ],
)
def test_an_address_that_a_template_broke_is_mended(url, repaired):
    found = absolute_url(url, "http://b.example/" if url.startswith("https:a") else "https://b.example/")

    assert (found and found.partition("://")[2]) == (repaired and repaired.partition("://")[2]) or repaired is None


INNER = "https://a.example/news/ferry?id=7&p=2"
QUOTED = "https%3A%2F%2Fa.example%2Fnews%2Fferry%3Fid%3D7%26p%3D2"


@pytest.mark.parametrize(
    "url",
    [
        f"https://www.google.com/url?q={QUOTED}&sa=U",
        f"https://www.google.co.uk/url?rct=j&sa=t&url={QUOTED}&ct=ga",
        f"http://news.google.com/news/url?sa=t&fd=R&url={QUOTED}",
        f"https://l.facebook.com/l.php?u={QUOTED}&h=AT0",
        f"https://www.facebook.com/sharer/sharer.php?u={QUOTED}",
        f"https://www.bing.com/news/apiclick.aspx?ref=FexRss&aid=&url={QUOTED}&c=1",
        f"https://t.umblr.com/redirect?z={QUOTED}&t=x",
        f"https://out.reddit.com/t3_x?url={QUOTED}&token=A",
        f"https://eur01.safelinks.protection.outlook.com/?url={QUOTED}&data=0",
        f"https://duckduckgo.com/l/?uddg={QUOTED}",
        f"https://r.search.yahoo.com/_ylt=A/RV=2/RE=1/RO=10/RU={QUOTED}/RK=2/RS=x-",
        f"https://href.li/?{INNER}",
        f"https://l.facebook.com/l.php?u=https%3A%2F%2Fwww.google.com%2Furl%3Fq%3D{QUOTED.replace('%', '%25')}",
        f"https://click.b.example/track?to={QUOTED}",
    ],
)
def test_a_share_link_is_the_story_that_it_carries(url):
    assert unwrapped(url, "a.example") == INNER


def test_an_older_link_of_google_news_holds_its_story():
    token = "CBMiLWh0dHBzOi8vYS5leGFtcGxlL25ld3MvZmVycnktcnVucy1hZ2Fpbi1hZnRlctIBAA"

    assert unwrapped(f"https://news.google.com/rss/articles/{token}?oc=5") == (
        "https://a.example/news/ferry-runs-again-after"
    )


@pytest.mark.parametrize(
    "url",
    [
        "https://t.co/AbCd1234",
        "https://news.google.com/rss/articles/CBMiAU_yqLNQ0123456789abcdef?oc=5",
        f"https://a.example/login?url={QUOTED}",
        f"https://b.example/news/1?url={QUOTED.replace('a.example', 'c.example')}",
        "https://b.example/?to=https%3A%2F%2Fa.example%2F",
        "https://www.google.com/search?q=ferry",
        "https://a.example/news/ferry?url=%5B",
    ],
)
def test_what_carries_no_story_stays(url):
    assert unwrapped(url, "a.example") == url


@given(st.text(max_size=80))
def test_any_address_can_be_unwrapped(text):
    assert isinstance(unwrapped(f"https://www.google.com/url?q={text}", "a.example"), str)


@pytest.mark.parametrize(
    "parameter",
    [
        "dpg_campaign=app", "cx_recsWidget=x", "cx_recsOrder=2", "cm_mmc=mail-_-x", "usqp=mq331AQ", "mc_tc=1",
        "taid=5f", "_bhlid=0a", "adjust_tracker=x", "et_rid=7", "bxid=5b", "tpcc=nlwsj", "ir_adid=3", "mkwid=s1",
        "ftcamp=x", "sms_click=1", "gps_adid=1", "_bta_tid=1", "sref=x",
    ],
)  # fmt: skip
def test_a_tracking_parameter_makes_no_other_story(parameter):
    assert url_key(f"https://a.example/story?id=7&{parameter}") == url_key("https://a.example/story?id=7")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("/read?ref=5100", "/read?ref=5101"),
        ("/article/?cmp=7", "/article/?cmp=8"),
        ("/story.php?ref=harbour-ferry-runs-again", "/story.php?ref=bridge-opens-this-week"),
        ("/?ref=5100", "/?ref=5101"),
    ],
)
def test_where_the_path_tells_no_story_apart_a_parameter_may(one, other):
    assert url_key(f"https://a.example{one}") != url_key(f"https://a.example{other}")


@pytest.mark.parametrize(
    "url",
    [
        "/harbour-ferry?ref=5100",
        "/2026/11/ferry-7?ref=12",
        "/story.php?id=7&ref=top-of-the-page",
        "/read?id=7&ref=home",
    ],
)
def test_where_a_story_is_told_apart_a_trackers_parameter_says_nothing(url):
    address = f"https://a.example{url}"

    assert url_key(address) == url_key(address.partition("?ref=")[0].partition("&ref=")[0])
