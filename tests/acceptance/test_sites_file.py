"""What a sites file says of a source is what the crawl does."""

from __future__ import annotations

from tests.crawling import crawl
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
