"""What a sites file says of a source is what the crawl does."""

from __future__ import annotations

import threading
import time

from tests.crawling import FAST, crawl
from tests.newspaper import article, headline, rss
from tests.site import Site

FRIDAY = "Fri, 20 Nov 2026 08:00:00 GMT"


def test_headers_go_to_the_sources_own_host_only_and_denied_articles_are_not_fetched(site, tmp_path):
    with Site("127.0.0.2") as other:
        urls = [f"{site.url}/story/1", f"{site.url}/sponsored/2", f"{other.url}/story/3"]
        site.pages["/feed.xml"] = rss([(url, headline(n), FRIDAY) for n, url in enumerate(urls, 1)])
        site.pages |= {"/story/1": article(1), "/sponsored/2": article(2)}
        other.pages["/story/3"] = article(3)
        sites = tmp_path / "sites.toml"
        sites.write_text(
            f'[defaults]\ndeny = "/sponsored/"\n[a]\nfeeds = ["{site.url}/feed.xml"]\n'
            'user_agent = "mine/1"\nheaders = { X-Key = "secret" }\n',
            "utf-8",
        )
        settings = {"NEWSCRAWL_ALLOW_PRIVATE": "127.0.0.0/8", "DOWNLOAD_DELAY": "0"}

        done = crawl("news", tmp_path / "output", sites=sites, settings=settings)

    assert {r["title"] for r in done.records} == {headline(1), headline(3)}, done.stderr
    assert done.manifests[0]["figures"]["reasons"] == {"denied": 1}
    assert not site.hits["/sponsored/2"]
    assert (site.headers["/story/1"][0]["X-Key"], site.headers["/story/1"][0]["User-Agent"]) == ("secret", "mine/1")
    assert "X-Key" not in other.headers["/story/3"][0]
    assert "mine/1" not in other.headers["/story/3"][0]["User-Agent"]


def test_sources_that_share_a_url_or_a_host_keep_their_own_figures(site, tmp_path):
    for name, numbers in {"a": (1, 2), "b": (2, 3), "c": (4,)}.items():
        site.pages[f"/{name}.xml"] = rss([(f"{site.url}/story/{n}", headline(n), FRIDAY) for n in numbers])
    site.pages |= {f"/story/{n}": article(n) for n in range(1, 5)}
    sites = tmp_path / "sites.toml"
    sites.write_text(
        f'[one]\nfeeds = "{site.url}/a.xml"\n[two]\nfeeds = "{site.url}/a.xml"\nlabel = "The Two"\ntags = ["x"]\n'
        f'[three]\nfeeds = "{site.url}/b.xml"\n[four]\nfeeds = "{site.url}/c.xml"\nlabel = "The Four"\ntags = ["x"]\n',
        "utf-8",
    )

    done = crawl("news", tmp_path / "output", sites=sites)

    (manifest,) = done.manifests
    assert len(done.records) == 4, done.stderr
    assert manifest["figures"]["written"] == 4
    assert sum(figures["written"] for figures in manifest["sources"].values()) == 4
    assert {name: found["named"] for name, found in manifest["discovery"].items()} == {
        "one": 2,
        "two": 2,
        "three": 2,
        "four": 1,
    }
    assert {(r["source"], r["source_label"], *r["source_tags"]) for r in done.records} >= {("four", "The Four", "x")}


def test_an_article_that_a_table_names_itself_has_the_tables_name(site, tmp_path):
    site.pages |= {"/story/1": article(1), "/story/2": article(2)}
    (tmp_path / "list.txt").write_text(f"{site.url}/story/2\n", "utf-8")
    sites = tmp_path / "sites.toml"
    sites.write_text(f'[a]\nurl = "{site.url}/story/1"\nurls = "list.txt"\n', "utf-8")

    done = crawl("news", tmp_path / "output", sites=sites)

    assert [r["source"] for r in done.records] == ["a", "a"], done.stderr


def test_cookies_are_kept_for_the_source_that_says_so_and_own_ones_go_to_its_hosts(site, tmp_path):
    def wall(path: str, page: str):
        def answer(request):
            if "seen=1" in request.headers.get("Cookie", ""):
                return 200, {}, page.encode()
            return 302, {"Location": path, "Set-Cookie": "seen=1; Path=/"}, b""

        return answer

    for name in ("a", "b"):
        site.pages[f"/{name}.xml"] = rss([(f"{site.url}/{name}/1", headline(ord(name)), FRIDAY)])
        site.pages[f"/{name}/1"] = wall(f"/{name}/1", article(ord(name)))
    sites = tmp_path / "sites.toml"
    sites.write_text(
        f'[a]\nfeeds = "{site.url}/a.xml"\ncookies = {{ edition = "at" }}\n'
        f'[b]\nfeeds = "{site.url}/b.xml"\ncookies = false\n',
        "utf-8",
    )

    done = crawl("news", tmp_path / "output", sites=sites)

    assert [r["source"] for r in done.records] == ["a"], done.stderr
    assert site.headers["/a.xml"][0]["Cookie"] == "edition=at"
    assert site.headers["/a/1"][-1]["Cookie"] == "edition=at; seen=1"
    assert not any("Cookie" in sent for sent in site.headers["/b/1"])


def test_the_robots_txt_that_cannot_be_had_is_consent_only_for_the_source_that_says_so(tmp_path):
    with Site("127.0.0.2") as first, Site("127.0.0.3") as second:
        for number, where in enumerate((first, second), 1):
            where.pages["/robots.txt"] = (503, {}, b"")
            where.pages["/feed.xml"] = rss([(f"{where.url}/story/{number}", headline(number), FRIDAY)])
            where.pages[f"/story/{number}"] = article(number)
        sites = tmp_path / "sites.toml"
        sites.write_text(
            f'[a]\nfeeds = "{first.url}/feed.xml"\nrobots_unreachable = "allow"\nlanguage = "de"\n'
            f'[b]\nfeeds = "{second.url}/feed.xml"\n',
            "utf-8",
        )

        done = crawl("news", tmp_path / "output", sites=sites)

    assert [r["source"] for r in done.records] == ["a"], done.stderr
    assert first.headers["/story/1"][0]["Accept-Language"] == "de"


def test_a_source_has_no_more_requests_at_once_than_it_says(site, tmp_path):
    at_once, most, lock = [0], [0], threading.Lock()

    def slow(page: str):
        def answer(request):
            with lock:
                at_once[0] += 1
                most[0] = max(most[0], at_once[0])
            time.sleep(0.05)
            with lock:
                at_once[0] -= 1
            return 200, {}, page.encode()

        return answer

    site.pages["/feed.xml"] = rss([(f"{site.url}/story/{n}", headline(n), FRIDAY) for n in range(12)])
    site.pages |= {f"/story/{n}": slow(article(n)) for n in range(12)}
    sites = tmp_path / "sites.toml"
    sites.write_text(f'[a]\nfeeds = "{site.url}/feed.xml"\nconcurrency = 2\n', "utf-8")

    # Scrapy lets all that waits go at once where there is no delay at all.
    done = crawl("news", tmp_path / "output", sites=sites, settings=FAST | {"DOWNLOAD_DELAY": "0.001"})

    assert len(done.records) == 12, done.stderr
    assert most == [2]
