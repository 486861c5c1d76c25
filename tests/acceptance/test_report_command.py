"""The report of a run shows what came in and what was left out, and runs nothing that a page wrote."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import lxml.html
import pytest

from newscrawl.outcomes import Reason
from newscrawl.report.page import SCRIPT, digest, render
from newscrawl.report.reasons import MEANINGS
from newscrawl.report.run import MOST_STORIES, RunReport
from newscrawl.report.text import short_address
from newscrawl.report.trend import trends
from tests.browser import Browser, browser_path
from tests.commands import run
from tests.crawling import FAST, Crawl, crawl

SHOWN = "document.querySelectorAll('.stories li:not([hidden])').length"
SEARCH = (
    "var input = document.querySelector('input'); input.value = %s; "
    f"input.dispatchEvent(new Event('input', {{bubbles: true}})); {SHOWN}"
)
CHOOSE = (
    "var select = document.querySelectorAll('select')[%d]; "
    "select.value = [...select.options].find(option => option.text === %s).value; "
    f"select.dispatchEvent(new Event('input', {{bubbles: true}})); {SHOWN}"
)
CLICK = f"document.querySelector('.timeline g:nth-child(%d)').dispatchEvent(new Event('click')); {SHOWN}"
DRAWN = "new Promise(resolve => requestAnimationFrame(() => requestAnimationFrame(resolve)))"
HOSTILE = '</li></ol><script>document.title="owned"</script><img src=http://evil.example/ onerror=alert(1)> \u202eevil'


def story(number: int, **changes: Any) -> dict[str, Any]:
    """Return what a report keeps of a story, with an address and a headline of usual length."""
    return {
        "id": f"n{number}",
        "url": f"https://www.gazette.example/news/2026/11/18/what-the-harbour-board-did-not-say-{number}",
        "title": f"What the harbour board did not say about the {number}. ferry to the islands",
        "source": "gazette",
        "published_at": "2026-11-18T11:40:00Z",
        "fetched_at": "2026-11-18T12:00:00Z",
    } | changes


@pytest.fixture(scope="module")
def sample(tmp_path_factory) -> Crawl:
    settings = FAST | {"NEWSCRAWL_CONTACT": "http://desk:secret@a.example/", "NEWSCRAWL_DUPLICATES": "drop"}
    done = crawl("sample", tmp_path_factory.mktemp("report") / "output", settings=settings)
    assert done.code == 0, done.stderr
    return done


def report(output: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return run("report", *arguments, "-s", f"NEWSCRAWL_OUTPUT_DIR={output}")


def dom_of(path: Path, profile: Path) -> Any:
    """Return the page as Chromium has it after its script ran."""
    command = [
        browser_path(),
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        f"--user-data-dir={profile}",
        "--dump-dom",
    ]
    done = subprocess.run([*command, path.as_uri()], capture_output=True, text=True, timeout=240, check=True)
    return lxml.html.fromstring(done.stdout)


def test_the_last_line_of_a_crawl_names_the_report(sample):
    (page,) = sample.output.glob("runs/*Z-*.html")

    assert sample.stderr.rstrip().endswith(f"report {page}")


def test_a_report_shows_every_story_and_every_reason(sample):
    page = lxml.html.parse(str(next(sample.output.glob("runs/*Z-*.html")))).getroot()
    shown = {(a.get("href"), a.text_content()) for a in page.cssselect(".stories a")}

    assert shown == {(record["url"], record["title"]) for record in sample.records}
    assert {summary.text_content().split()[1] for summary in page.cssselect("summary")} == {
        line["reason"] for line in sample.rejected if line["reason"]
    }
    assert len(page.cssselect(".pairs li")) == sum(line["outcome"] == "duplicate" for line in sample.rejected)
    assert {row.text_content() for row in page.cssselect("tbody th")} == {"gazette", "wire"}


def test_a_report_is_written_again_on_request(sample):
    (page,) = sample.output.glob("runs/*Z-*.html")
    before = page.read_bytes()
    page.unlink()

    both = f"{page}\n{page.with_name('index.html')}\n"
    assert report(sample.output).stdout == both
    assert page.read_bytes() == before
    assert report(sample.output, page.stem).stdout == report(sample.output, "--last", "3").stdout == both
    index = lxml.html.parse(str(page.with_name("index.html"))).getroot()
    assert [link.get("href") for link in index.cssselect("a")] == [page.name]
    assert [cell.text for cell in index.cssselect("tbody td")][:3] == ["24", "0", "1"]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [(["gone"], "there is no run gone in"), (["--last", "0"], "usage: scrapy report"), (["a", "b"], "usage:")],
    ids=["run", "number", "two"],
)
def test_a_mistake_is_one_sentence(sample, arguments, sentence):
    done = report(sample.output, *arguments)

    assert done.returncode == 2
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr


def test_a_manifest_that_is_none_is_one_sentence(tmp_path):
    (tmp_path / "runs").mkdir()
    (tmp_path / "runs/a.json").write_text("[]")
    done = report(tmp_path)

    assert done.returncode == 1
    assert "no report can be made of" in done.stderr


def test_the_page_may_load_nothing_and_run_only_its_own_script():
    page = lxml.html.fromstring(render(RunReport({}, [story(1)])))
    (policy,) = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")

    assert policy.startswith("default-src 'none'; ")
    assert digest(SCRIPT) in policy
    assert "unsafe" not in policy
    assert not page.xpath("//link | //img | //iframe | //script[@src]")


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "data:text/html,x", " java\nscript:alert(1)", "", None, f"https://a.example/{3000 * 'x'}"],
)
def test_an_address_that_no_browser_should_open_is_no_link(url):
    page = lxml.html.fromstring(render(RunReport({}, [story(1, url=url)])))

    assert not page.cssselect(".stories a")


def test_what_pages_wrote_stays_text():
    line = {"url": f"https://a.example/{HOSTILE}", "title": HOSTILE, "detail": HOSTILE, "duplicate_of": HOSTILE}
    run = RunReport({"run_id": HOSTILE, "why": HOSTILE, "sources": {HOSTILE: {}}})
    run.stories = [story(1, title=HOSTILE, source=HOSTILE, published_at=HOSTILE)]
    run.duplicates, run.reasons, run.faults = [line], {HOSTILE: [line]}, [HOSTILE]
    text = render(run)
    page = lxml.html.fromstring(text)

    assert len(page.xpath("//script")) == 1
    assert not page.xpath("//img")
    assert not page.xpath("//@onerror")
    assert "\u202e" not in text


def test_five_thousand_stories_are_less_than_two_megabytes():
    text = render(RunReport({}, [story(number) for number in range(MOST_STORIES)], MOST_STORIES))

    assert len(text.encode()) < 2_000_000


def test_a_page_loads_lead_images_only_where_they_were_asked_for():
    stories = [
        story(1, image_url="https://img.example/1.jpg?a=1&b=2"),
        story(2, image_url="javascript:alert(1)"),
        story(3),
    ]
    run = RunReport({}, stories, 3)
    plain, asked = render(run), lxml.html.fromstring(render(run, images=True))
    (policy,) = asked.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")

    assert "<img" not in plain
    assert "img-src" not in plain
    assert "; img-src http: https:" in policy
    assert asked.xpath("//img/@src") == ["https://img.example/1.jpg?a=1&b=2"]
    assert asked.xpath("//img/@loading") == ["lazy"]


@pytest.mark.parametrize("slug", ["%E6%B8%AF" * 60, "%D0%B3" * 200, "x" * 1900], ids=["japanese", "russian", "long"])
def test_long_addresses_make_no_larger_page(slug):
    title = "港の朝市、三年ぶりに第二岸壁へ、漁業協同組合が発表"
    many = [story(number, url=f"https://a.example/{number}/{slug}", title=title) for number in range(MOST_STORIES)]
    text = render(RunReport({}, many, MOST_STORIES))
    shown = text.count("<li data-s=")

    assert len(text.encode()) < 2_000_000
    assert shown == MOST_STORIES or f"The newest {shown:,} of 5,000" in text


def test_letters_in_an_address_are_written_short_and_lead_to_the_same_page():
    assert short_address("https://a.example/%E6%B8%AF?q=%2F%20a%26b") == "https://a.example/港?q=%2F%20a%26b"
    assert short_address("https://a.example/caf%E9") == "https://a.example/caf%E9"  # Latin-1: another address
    assert short_address("https://a.example/%E2%80%AE") == "https://a.example/%E2%80%AE"  # turns text around


@pytest.fixture(scope="module")
def browser(tmp_path_factory) -> Iterator[Browser]:
    with Browser(tmp_path_factory.mktemp("profile")) as browser:
        yield browser


def test_a_search_in_a_browser_shows_the_stories_that_fit_and_asks_nobody(tmp_path, browser):
    titles = ["Café Zoë closes", "港の朝市、第二岸壁へ", *(f"Story {number}" for number in range(28))]
    run = RunReport({"run_id": "r", "finished_at": "2026-11-18T12:00:00Z"})
    run.stories = [story(number, title=title) for number, title in enumerate(titles)]
    run.stories[0] |= {"source": "wire", "published_at": "2026-11-18T09:59:00Z"}
    path = tmp_path / "r.html"
    path.write_text(render(run), "utf-8")
    browser.open(path.as_uri())
    found = {words: browser.evaluate(SEARCH % json.dumps(words)) for words in ("cafe ZOE", "朝市", "nothing", "")}
    chosen = [
        browser.evaluate(CHOOSE % choice) for choice in ((0, "'wire'"), (0, "'all'"), (1, "'2026-11-18 11:00 (29)'"))
    ]
    clicked = [browser.evaluate(CLICK % number) for number in (1, 2, 3, 3)]

    assert found == {"cafe ZOE": 1, "朝市": 1, "nothing": 0, "": 30}
    assert chosen == [1, 30, 29]
    assert clicked == [1, 30, 29, 30]  # no story is of the hour between; a second click takes the choice back
    assert [url for url in browser.requests if not url.startswith("file:")] == []


def test_a_filter_over_five_thousand_stories_costs_little(tmp_path, browser):
    run = RunReport({"run_id": "r"}, [story(number) for number in range(MOST_STORIES)], MOST_STORIES)
    run.stories[77]["title"] = "Café Zoë closes"
    path = tmp_path / "r.html"
    path.write_text(render(run), "utf-8")
    browser.open(path.as_uri())
    browser.wait_for(DRAWN)
    before = browser.processor_seconds()
    shown = browser.evaluate(SEARCH % "'zoe'")
    browser.wait_for(DRAWN)

    assert shown == 1
    assert browser.processor_seconds() - before < 0.5  # 0.04 to 0.1; as items of a numbered list they took 3


def test_a_browser_runs_the_script_and_nothing_of_a_page(tmp_path):
    run = RunReport({"run_id": "r"}, [story(1, title=HOSTILE), *(story(number) for number in range(2, 30))], 29)
    path = tmp_path / "r.html"
    path.write_text(render(run), "utf-8")
    page = dom_of(path, tmp_path / "profile")

    assert page.findtext(".//title") == "Run r"
    assert len(page.cssselect(".stories li")) == 29
    assert page.cssselect("form")[0].get("hidden") is None  # the script showed it


def test_what_was_set_stands_in_manifest_and_report_without_passwords(sample):
    manifest = json.loads(next(sample.output.glob("runs/*.json")).read_text("utf-8"))
    page = next(sample.output.glob("runs/*Z-*.html")).read_text("utf-8")

    assert manifest["settings"]["NEWSCRAWL_CONTACT"] == "http://desk:***@a.example/"
    assert "<dt>NEWSCRAWL_CONTACT</dt><dd>http://desk:***@a.example/</dd>" in page
    assert "NEWSCRAWL_DUPLICATES" not in manifest["settings"]  # it was set to the default
    assert "secret" not in page


def test_every_reason_has_a_meaning():
    assert set(MEANINGS) == set(Reason)


def test_every_run_leaves_its_numbers_in_the_report(sample):
    manifest = json.loads(next(sample.output.glob("runs/*.json")).read_text("utf-8"))
    page = next(sample.output.glob("runs/*Z-*.html")).read_text("utf-8")

    assert re.search(r"<dt>new</dt><dd>24</dd>", page)
    assert f"<dt>rejected</dt><dd>{manifest['figures']['rejected']}</dd>" in page


def test_a_duplicate_stands_beside_what_it_repeats_with_the_words_that_differ_marked(sample):
    page = lxml.html.parse(str(next(sample.output.glob("runs/*Z-*.html")))).getroot()
    copies = [line for line in sample.rejected if line["outcome"] == "duplicate"]
    (copy, original), *_ = (list(pair.cssselect("p")) for pair in page.cssselect(".pair"))
    (line,) = copies
    (first,) = [record for record in sample.records if record["id"] == line["duplicate_of"]]
    whole_words = " ".join(line["excerpt"].rpartition(" ")[0].split())

    assert " ".join(copy.cssselect("span")[0].text_content().split()) == f"{whole_words} …"
    assert " ".join(original.cssselect("b")[0].text_content().split()) == first["title"]
    assert copy.cssselect("mark") or line["excerpt"] == first["body"][:400]


def test_the_sources_show_their_last_runs_and_the_troubled_stand_first():
    figures = {name: {"written": written} for name, written in (("good", 9), ("bad", 0))}
    problem = {"kind": "silent", "since": "2026-11-20", "what": "nothing new", "do": "look whether its feed moves"}
    run = RunReport({"sources": figures, "discovery": {"bad": {"health": [problem]}}}, trends={"good": [0, 3, 9]})
    page = lxml.html.fromstring(render(run))
    bad, good = page.cssselect("tbody tr")

    assert bad.cssselect("small")[0].text == "nothing new since 2026-11-20; look whether its feed moves"
    assert [bar.rpartition("v-")[2] for bar in good.cssselect("path")[0].get("d").split("M")[1:]] == ["1", "7", "20"]
    assert good.cssselect("[role=img]")[0].get("aria-label") == "new in the last runs: 0, 3, 9"


def test_the_trend_counts_the_last_runs_and_passes_over_what_cannot_be_read(tmp_path):
    (tmp_path / "runs").mkdir()
    for number, written in enumerate((5, 0, 2)):
        sources = {"a": {"written": written}} | ({"b": {"written": 1}} if number == 1 else {})
        (tmp_path / f"runs/2026112{number}T000000Z-a.json").write_text(json.dumps({"sources": sources}), "utf-8")
    (tmp_path / "runs/20261129T000000Z-a.json").write_text("torn", "utf-8")

    assert trends(tmp_path, "20261129T000000Z-a") == {"a": [5, 0, 2], "b": [0, 1, 0]}
    assert trends(tmp_path, "20261120T000000Z-a") == {"a": [5]}
