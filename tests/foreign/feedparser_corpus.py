"""feedparser's corpus: a comment at the top of each document says in Python what its parser must have found.

Compared is what discovery takes of a feed: links, titles, dates and ids of the entries, and the feed's title. An entry
without a link is none for us: the adapter gives it one, so that the rest can be compared.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from newscrawl.discovery import Candidate, Document, read_document
from newscrawl.html.decode import decode
from newscrawl.text.clean import plain
from newscrawl.urls import absolute_url
from tests.foreign.comparison import NOW, Comparison, written

URL = "http://127.0.0.1:8097/tests/{}"
EXPECTED = re.compile(r"Expect:\s*(.+?)\s*(?=\n\s*-->|\n\s*\n|-->|$)", re.S)
HEADER = re.compile(r"Header:\s*([\w-]+):\s*(.+)")
ENTRY = re.compile(r"(<(?:\w+:)?(?:item|entry)\b[^<>]*(?<!/)>)(?!.{0,2000}<link\b)", re.S | re.I)
FIELDS = {"link": "link", "title": "title", "id": "id", "guid": "id", "published_parsed": "date",
          "updated_parsed": "date", "created_parsed": "date"}  # fmt: skip


def comparisons(folder: Path) -> Iterator[Comparison]:
    """Yield each fact that a document of the corpus expects and that discovery takes."""
    for path in sorted((folder / "tests").rglob("*.xml")):
        body = path.read_bytes()
        text = decode(body, "")
        expected = EXPECTED.search(text[:5000])
        if expected is None:
            continue
        facts = list(expectations(expected[1]))
        if not facts:
            continue
        headers = {name.lower(): value.strip() for name, value in HEADER.findall(text[:5000])}
        url = URL.format(path.relative_to(folder / "tests"))
        url = absolute_url(headers.get("content-location", url), url) or url
        for subject, field, theirs in facts:
            given = body
            if field != "link" and subject != "feed" and b"<link" not in body and b"\0" not in body[:200]:
                given = ENTRY.sub(r"\1<link>http://e.example/a</link>", body.decode("latin-1")).encode("latin-1")
            document = read_document(given, url, headers.get("content-type", ""), fetched_at=NOW)
            case = f"feedparser/{path.relative_to(folder / 'tests')}#{subject}.{field}"
            yield compare(case, document, subject, field, theirs, url)


def expectations(expression: str) -> Iterator[tuple[str, str, Any]]:
    """Yield subject (``feed`` or the number of an entry), field and value of each equation in *expression*."""
    try:
        tree = ast.parse(" ".join(expression.split()), mode="eval")
    except SyntaxError:
        return
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Compare) and len(node.ops) == 1 and isinstance(node.ops[0], ast.Eq)):
            continue
        try:
            value = ast.literal_eval(node.comparators[0])
        except ValueError:
            continue
        found = re.fullmatch(r"(feed|entries\[(\d)\])(?:\.|\[')(\w+)(?:'\])?", ast.unparse(node.left))
        if found and (field := FIELDS.get(found[3])) and (found[2] or field == "title"):
            yield found[2] or "feed", field, value


def compare(case: str, document: Document, subject: str, field: str, theirs: Any, url: str) -> Comparison:
    """Return what we have of the fact beside what they have."""
    if field == "title":
        theirs = plain(theirs)
    elif field == "link":
        theirs = absolute_url(theirs, url) or ""
    elif field == "date":
        theirs = datetime(*theirs[:6], tzinfo=UTC)
    if subject == "feed":
        return Comparison(case, written(document.title), written(theirs))
    values = [value_of(candidate, field) for candidate in document.candidates]
    ours = next((value for value in values if written(theirs) in value), values[-1] if values else [""])
    return Comparison(case, written(theirs) if written(theirs) in ours else " ".join(ours), written(theirs))


def value_of(candidate: Candidate, field: str) -> list[str]:
    """Return what may stand for *field*: their names do not part publication from change."""
    if field == "date":
        return [written(candidate.published_at), written(candidate.modified_at)]
    return [written({"link": candidate.url, "title": candidate.title, "id": candidate.guid}[field])]
