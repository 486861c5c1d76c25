"""The stories of a run: their timeline, and a list with search and filters."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Any

from newscrawl.report.run import RunReport
from newscrawl.report.text import link, text
from newscrawl.report.timeline import chart, shown, timeline

STORY_BYTES = 1_600_000  # of the list of stories: the page stays below 2 MB whatever addresses a site has
DRAWN_AT_ONCE = 200  # a longer list is drawn where it comes into view


def when(moment: Any) -> str:
    """Return a time as a day and minute, UTC."""
    return f"<time>{text(moment)[:16].replace('T', ' ')}</time>"


def stories(run: RunReport, *, images: bool = False) -> Iterator[str]:
    """Yield what came in, the newest first, with search and filters; with *images* also the lead images."""
    yield '<section id="stories" aria-labelledby="h-stories"><h2 id="h-stories">What came in</h2>'
    if not run.stories:
        yield "<p>Nothing was new.</p></section>"
        return
    rows, names = story_rows(run, images=images)
    if run.story_count > len(rows):
        yield f"<p>The newest {len(rows):,} of {run.story_count:,}; the article file has all.</p>"
    moments = (story["published_at"] or story["fetched_at"] or "" for story in run.stories[: len(rows)])
    line = timeline(moments, str(run.manifest.get("finished_at") or ""))
    if line:
        yield from chart(line)
    by_name = sorted(names.items(), key=lambda item: item[0].casefold())
    yield '<form hidden role="search"><label>Search <input type="search" autocomplete="off"></label> '
    yield choice("Source", [(str(number), text(name, 60)) for name, number in by_name])
    bars = reversed(line.bars) if line else ()
    yield choice("Time", [(name, f"{shown(name)} ({count:,})") for name, count in bars if count])
    yield f'<output aria-live="polite">{len(rows):,} stories</output></form>'
    yield f'<ol class="stories{" many" if len(rows) > DRAWN_AT_ONCE else ""}" role="list">'
    yield from rows
    yield "</ol></section>"


def choice(label: str, options: list[tuple[str, str]]) -> str:
    """Return a list to choose from, *options* as value and HTML; nothing to choose is not shown."""
    listed = "".join(f'<option value="{value}">{shown}</option>' for value, shown in options)
    hidden = " hidden" if len(options) < 2 else ""
    return f'<label{hidden}>{label} <select><option value="">all</option>{listed}</select></label> '


def story_rows(run: RunReport, *, images: bool) -> tuple[list[str], dict[str, int]]:
    """Return a row for each story, as many as there is room for, and the numbers of their sources."""
    rows: list[str] = []
    numbers: dict[str, int] = {}
    size = 0
    for story in run.stories:
        source = str(story["source"] or "")
        number = numbers.setdefault(source, len(numbers))
        at = when(story["published_at"] or story["fetched_at"])
        headline = f"{image(story.get('image_url')) if images else ''}{link(story['url'], story['title'])}"
        rows.append(f"<li data-s={number}>{at}<p>{headline}</p><span>{text(source, 60)}</span></li>")
        size += len(rows[-1].encode("utf-8", "replace"))
        if size > STORY_BYTES:
            break
    return rows, numbers


def image(url: Any) -> str:
    """Return a lead image that is fetched when it comes into view; nothing where *url* is no address on the web."""
    address = str(url or "")
    if not address.lower().startswith(("http://", "https://")) or len(address) > 2000:
        return ""
    return f'<img loading="lazy" alt="" src="{escape(address)}">'
