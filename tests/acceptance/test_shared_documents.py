"""Two sources of one paper: what they share is fetched once."""

from __future__ import annotations

import json

from tests.crawling import crawl
from tests.newspaper import article, headline

MAP = '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{}</urlset>'


def test_two_sources_that_name_one_sitemap_fetch_it_once(site, tmp_path):
    site.pages |= {f"/story/{n}": article(n) for n in (1, 2)}
    site.pages["/map.xml"] = (302, {"Location": "/all/map.xml"}, b"")
    site.pages["/all/map.xml"] = MAP.format("".join(f"<url><loc>{site.url}/story/{n}</loc></url>" for n in (1, 2)))
    for name in ("a", "b"):
        part = f"<sitemap><loc>{site.url}/map.xml</loc></sitemap>"
        site.pages[f"/{name}.xml"] = f"<sitemapindex>{part}</sitemapindex>"
    sites = tmp_path / "sites.toml"
    sites.write_text("".join(f'[{name}]\nurl = "{site.url}/{name}.xml"\n' for name in ("a", "b")))

    done = crawl("news", tmp_path / "out", sites=sites)

    assert done.code == 0, done.stderr
    assert (site.hits["/map.xml"], site.hits["/all/map.xml"]) == (1, 1)
    assert sorted(record["title"] for record in done.records) == sorted([headline(1), headline(2)])
    read = [source["read"] for source in done.manifests[0]["discovery"].values()]
    assert read == [{"sitemap-index": 1, "sitemap": 1}] * 2, json.dumps(done.manifests[0])
