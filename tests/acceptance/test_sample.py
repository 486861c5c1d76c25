"""The bundled newsroom, crawled twice as a person would: every feature of the product, from page to line."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import pytest

from newscrawl.items import FIELDS
from newscrawl.sample.server import FOLDER, PORT_FILE, newsroom
from tests.crawling import Crawl, crawl

OUTCOMES = ("written", "revised", "duplicate", "unchanged", "rejected", "skipped", "failed", "pending")

FERRY = "/2026/11/18/harbour-ferry-returns-after-nine-week-refit/"
BUS = "/2026/11/19/number-14-bus-back-at-the-health-centre/"
LIVE = "/live/2026/11/19/council-budget-night-as-it-happened/"
ROUNDUP = "/news/coast/2026-11-19/five-short-items-from-the-coast"
SEALS = "/2026/11/17/seal-pup-count-on-the-skerries-sets-record/"
SEALS_COPY = "/news/coast/2026-11-17/twice-as-many-seal-pups-as-ten-years-ago"
POTTER = "/2026/11/15/potter-who-digs-her-clay-from-the-river-bank/"
STORM = "/2026/11/17/waves-close-coast-road-at-gannet-point/"
BELLS = "/parish/2026/bell-ringers-try-again-after-seventy-three-years.html"
CAFE = "/archive/2026/11/09/cafe-zoe-closes-after-forty-seven-years.htm"
BOATS = "/business/2026-11-18/last-builder-of-wooden-boats-has-no-heir"
WIND = "/energy/2026-11-17/outer-bank-wind-farm-sends-first-power-ashore"
GERMAN = "/de/kuestenfischerei/rekordfang-vor-buesum-ueberrascht-krabbenfischer-20261117"
SPANISH = "/es/sociedad/el-faro-de-punta-candela-volvera-a-encenderse-20261118"
JAPANESE = "/ja/articles/20261115-harbour-morning-market-returns"
MEMBERS = "/members/2026/11/19/what-the-harbour-board-did-not-say/"
MISSING = "/2026/11/11/skate-park-opening-put-back-to-spring/"
BRIEFINGS = {f"/2026/11/{day}/morning-briefing/" for day in (16, 17, 18)}

TITLES = {
    FERRY: "Harbour ferry returns after nine-week refit",
    **dict.fromkeys(BRIEFINGS, "Morning Briefing"),
    STORM: "Waves close coast road at Gannet Point",
    POTTER: "The potter who digs her clay from the river bank",
    "/2026/11/14/market-hall-roof-to-come-down-pane-by-pane/": "Market hall roof to come down pane by pane",
    "/2026/11/13/last-keeper-of-mill-basin-lock-retires/": "Last keeper of Mill Basin lock retires",
    "/2026/11/16/clifftop-house-sold-for-one-pound/": "Clifftop house sold for one pound",
    BUS: "Number 14 bus back at the health centre",
    "/2026/11/18/tide-times-for-wednesday-18-november/": "Tide times for Wednesday 18 November",
    "/2026/11/19/tide-times-for-thursday-19-november/": "Tide times for Thursday 19 November",
    LIVE: "Council budget night, as it happened",
    BELLS: "Bell ringers try again after seventy-three years",
    CAFE: "Café Zoë closes after forty-seven years",
    GERMAN: "Rekordfang vor Büsum überrascht die Krabbenfischer",
    SPANISH: "El faro de Punta Candela volverá a encenderse",
    JAPANESE: "港の朝市、三年ぶりに第二岸壁へ",
    BOATS: "Last builder of wooden boats has no heir",
    WIND: "Outer Bank wind farm sends first power ashore",
    ROUNDUP: "Five short items from the coast",
    "/markets/2026-11-12/skerry-bank-declares-interim-dividend": "Skerry Bank declares interim dividend",
    "/markets/2026-11-12/dunmore-ropeworks-declares-interim-dividend": "Dunmore Ropeworks declares interim dividend",
}
"""The stories, all but the one that both sites print."""

REASONS = {
    "/2026/11/harbour-wall-and-waterfront-all-our-reports/": "section",
    "/2026/11/16/letters-from-readers-on-the-paddling-pool/": "login",
    "/2026/11/12/bakery-sells-its-millionth-saffron-bun/": "soft-404",
    MISSING: "not-found",
    "/2026/11/10/council-names-winner-of-flower-prize/": "gone",
    "/2026/11/12/minutes-of-the-harbour-board-october-meeting/": "not-html",
    MEMBERS: "robots",
    "/news/coast/2026-11-16/oyster-beds-reopen-after-clean-samples": "consent",
}
NEWSLETTER = "Sign up for our newsletter"
PRINTED = "set, folded and argued over on Quay Street"


@dataclass
class Run:
    """One crawl of the newsroom, and what it alone wrote."""

    done: Crawl
    records: list[dict[str, Any]]
    rejected: list[dict[str, Any]]
    asked: list[str]
    """Paths that the newsroom was asked for, by its own log."""

    @property
    def by_path(self) -> dict[str, dict[str, Any]]:
        return {path_of(record["url"]): record for record in self.records}

    @property
    def fates(self) -> dict[str, dict[str, Any]]:
        """The rejected log's lines by path."""
        return {path_of(line["url"]): line for line in self.rejected}


def path_of(url: str) -> str:
    parts = urlsplit(url)
    return parts.path + (f"?{parts.query}" if parts.query else "")


@pytest.fixture(scope="module")
def runs(tmp_path_factory) -> list[Run]:
    """Two runs over one output folder, with the settings that a person gets."""
    output = tmp_path_factory.mktemp("sample") / "output"
    output.mkdir()  # a port that no sample crawl of another test takes between the two runs
    (output / PORT_FILE).write_text(f"{20_000 + os.getpid() % 8_000}\n", "ascii")
    result, records, rejected = [], 0, 0
    for _ in range(2):
        done = crawl("sample", output, settings={"LOG_LEVEL": "DEBUG"}, timeout=240)
        asked = re.findall(r'DEBUG: \S+ "GET (\S+) HTTP/1.1"', done.stderr)
        result.append(Run(done, done.records[records:], done.rejected[rejected:], asked))
        records, rejected = len(done.records), len(done.rejected)
    return result


@pytest.fixture(scope="module")
def first(runs) -> Run:
    return runs[0]


@pytest.fixture(scope="module")
def second(runs) -> Run:
    return runs[1]


# --- the run


def test_both_runs_end_well(first, second):
    assert first.done.code == 0, first.done.stderr[-3000:]
    assert second.done.code == 0, second.done.stderr[-3000:]
    assert "Traceback" not in first.done.stderr + second.done.stderr


def test_the_newsroom_gives_these_stories_and_no_others(first):
    titles = {path: record["title"] for path, record in first.by_path.items() if path not in (SEALS, SEALS_COPY)}

    assert titles == TITLES
    assert len(first.records) == len(TITLES) + 1


@pytest.mark.parametrize(("path", "reason"), REASONS.items(), ids=REASONS.values())
def test_a_page_that_is_no_story_ends_with_its_reason(first, path, reason):
    assert first.fates[path]["reason"] == reason


def test_every_line_of_the_rejected_log_is_expected(first):
    aliases = {SEALS, SEALS_COPY, "/?p=1187", STORM}

    assert first.fates.keys() - aliases == REASONS.keys()


def test_the_figures_of_each_run_add_up(second):
    for manifest in second.done.manifests:
        figures = manifest["figures"]

        assert figures["discovered"] + figures["resumed"] == sum(figures[name] for name in OUTCOMES)
        assert figures["pending"] == 0


def test_the_first_run_counts_what_it_wrote(first):
    figures = first.done.manifests[0]["figures"]

    assert figures["written"] == len(first.records)
    assert figures["failed"] == 3  # the dead link and two walls: asked for again by a later run


def test_the_second_run_writes_nothing_and_downloads_no_known_page(second, first):
    may_come = {path for path, line in first.fates.items() if line["outcome"] == "failed"}
    known = {path_of(line["url"]) for line in first.records + first.rejected} - may_come

    assert second.records == []
    assert "0 new" in second.done.stderr
    assert not known & set(second.asked)
    assert len(second.asked) < len(first.asked) / 2


def test_no_article_has_two_lines(first):
    assert len({record["id"] for record in first.records}) == len(first.records)
    assert {record["version"] for record in first.records} == {1}


@pytest.mark.parametrize(("alias", "path"), [("/?p=1187", FERRY), (STORM, STORM)], ids=["short link", "redirect"])
def test_an_article_met_again_under_another_address_is_unchanged(first, alias, path):
    assert first.fates[alias]["outcome"] == "unchanged"
    assert first.fates[alias]["id"] == first.by_path[path]["id"]


def test_every_record_has_every_key_in_order(first):
    assert all(tuple(record) == FIELDS for record in first.records)
    assert not [key for record in first.records for key, value in record.items() if value == ""]


# --- the founding case


def test_the_founding_page_gives_one_record_with_its_headline_once(first):
    assert sum(record["title"] == TITLES[FERRY] for record in first.records) == 1

    record = first.by_path[FERRY]

    assert TITLES[FERRY] not in record["body"]
    assert record["body"].startswith("The Saint Brannoc, the small blue ferry that has crossed Fernhaven harbour")
    assert record["body"].endswith("since it lost its own launch in the spring storms.")
    assert record["body"].count("\n\n") == 6
    assert record["authors"] == ["Nell Harrowby"]
    assert record["published_at"] == "2026-11-18T11:40:00Z"


def test_the_founding_page_gives_its_related_articles_as_data(first):
    record = first.by_path[FERRY]
    home = record["url"].removesuffix(FERRY)

    assert record["related_links"] == [
        {"url": home + STORM, "title": "Waves close coast road at Gannet Point"},
        {
            "url": home + "/2026/11/13/last-keeper-of-mill-basin-lock-retires/",
            "title": "Last keeper of Mill Basin lock retires",
        },
        {"url": home + SEALS, "title": "Seal pup count on the skerries sets record"},
    ]


@pytest.mark.parametrize("text", ["Related Articles", "Leave a Reply", "Required fields", "Share this", "Post Comment"])
def test_nothing_around_a_story_gets_into_a_record(first, text):
    assert not [record["url"] for record in first.records if text in str(record)]


def test_the_same_story_under_other_addresses_is_written_and_fetched_once(first):
    asked = [path for path in first.asked if path.startswith(FERRY)]

    assert asked == [FERRY]
    assert "/?p=1187" not in first.by_path
    assert sum("Saint Brannoc, the small" in record["body"] for record in first.records) == 1


# --- stories


def test_a_copy_on_the_other_site_is_dropped_and_names_the_story_that_it_repeats(first):
    (written,) = [record for path, record in first.by_path.items() if path in (SEALS, SEALS_COPY)]
    dropped = first.fates[SEALS_COPY if path_of(written["url"]) == SEALS else SEALS]

    assert dropped["outcome"] == "duplicate"
    assert dropped["duplicate_of"] == written["id"]


def test_a_recurring_headline_with_another_text_is_another_story(first):
    briefings = [record for path, record in first.by_path.items() if path in BRIEFINGS]

    assert len({record["story_id"] for record in briefings}) == 3


def test_a_brief_and_the_roundup_that_holds_it_are_two_stories(first):
    assert first.by_path[BUS]["story_id"] != first.by_path[ROUNDUP]["story_id"]


def test_lines_that_stand_in_every_story_of_a_site_are_learned(first):
    assert not [record["url"] for record in first.records if NEWSLETTER in record["body"]]

    carriers = [
        page for page in newsroom() if PRINTED in (FOLDER / page.host / (page.file or "robots.txt")).read_text()
    ]
    left = [record for record in first.records if PRINTED in record["body"]]

    assert len(left) < len(carriers)


# --- fields


def test_an_update_has_both_dates(first):
    record = first.by_path[STORM]

    assert (record["published_at"], record["modified_at"]) == ("2026-11-17T17:25:00Z", "2026-11-18T09:05:00Z")
    assert (record["published_precision"], record["published_source"]) == ("second", "json-ld")


def test_bytes_in_windows_1252_are_read_right_though_nothing_declares_it(first):
    body = first.by_path[CAFE]["body"]

    assert body.startswith("The Café Zoë on Mole Street closes on Saturday")
    for text in ("Zoë Brønsted", "naïve belief", "£900", "“one cup!”", "– “one", "four o’clock", "€1.40", "Málaga"):
        assert text in body


@pytest.mark.parametrize(("path", "language"), [(GERMAN, "de"), (SPANISH, "es"), (JAPANESE, "ja"), (FERRY, "en-gb")])
def test_the_language_is_known(first, path, language):
    assert first.by_path[path]["language"] == language


def test_a_japanese_story_is_whole(first):
    record = first.by_path[JAPANESE]

    assert record["body"].startswith("港町の朝市が、三年ぶりに")
    assert record["body"].endswith("夜勤明けの灯台の職員が受け取ったという。")
    assert record["published_at"] == "2026-11-15T09:00:00Z"


def test_a_page_without_metadata_gives_its_story(first):
    record = first.by_path[BELLS]

    assert record["body"].startswith("On Sunday the ringers of St Aldhelm's")
    assert record["body"].endswith("a signwriter with a steady hand will be waiting on the stairs.")
    assert (record["authors"], record["published_at"], record["canonical_url"]) == ([], None, None)


def test_a_live_blog_is_one_story_with_all_its_entries(first):
    body = first.by_path[LIVE]["body"]

    assert "applause is not minuted" in body
    assert "has brought soup" in body


def test_the_free_part_of_a_paid_article_is_marked(first):
    record = first.by_path[BOATS]

    assert record["is_paywalled"] is True
    assert "Garrick and Daughter" in record["body"]
    assert "Subscribe to" not in record["body"]


def test_pages_that_opt_out_of_ai_use_are_marked(first):
    assert {path for path, record in first.by_path.items() if record["ai_opt_out"]} == {POTTER, BOATS}


def test_a_link_between_the_paragraphs_is_related_and_no_text(first):
    record = first.by_path[WIND]

    assert [link["title"] for link in record["related_links"]] == [TITLES[BOATS]]
    assert "READ MORE" not in record["body"]
    assert TITLES[BOATS] not in record["body"]


def test_each_way_of_discovery_is_used(first):
    ways = {path: record["discovered_via"] for path, record in first.by_path.items()}

    assert ways[FERRY] in ("listing", "news-sitemap")  # whichever comes first
    assert ways["/2026/11/17/morning-briefing/"] == "feed"
    assert ways[CAFE] == "sitemap"
    assert {"/feed/", "/atom.xml", "/news-sitemap.xml", "/post-sitemap.xml.gz", "/robots.txt"} <= set(first.asked)


def test_what_robots_txt_forbids_is_never_asked_for(first, second):
    assert MEMBERS not in first.asked + second.asked


# --- arguments


def test_since_leaves_the_older_stories_out(tmp_path):
    done = crawl("sample", tmp_path, since="2026-11-19")

    assert done.code == 0, done.stderr
    assert {path_of(record["url"]) for record in done.records if record["published_at"]} == {BUS, LIVE, ROUNDUP}


def test_a_dry_run_prints_the_stories_and_leaves_no_trace(tmp_path):
    done = crawl("sample", tmp_path / "output", dry_run=1)

    assert done.code == 0, done.stderr
    assert {FERRY, SEALS_COPY} <= {path_of(line.split("\t")[0]) for line in done.stdout.splitlines()}
    assert not (tmp_path / "output").exists()


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ({"url": "https://a.example"}, "for other sites: scrapy crawl news -a url="),
        ({"since": "yesterday"}, "since=yesterday is neither an age nor a date"),
        ({"limmit": 3}, "did you mean 'limit'?"),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else "",
)
def test_a_mistake_is_one_sentence(tmp_path, arguments, sentence):
    done = crawl("sample", tmp_path / "output", **arguments)

    assert done.code == 2
    assert sentence in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert not (tmp_path / "output").exists()
