"""Markdown: one file of all stories, each with its facts as a list, for notes and language models."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from newscrawl.export.records import Record

MARKUP = re.compile(r"([\\`*_<\[\]])")
AT_START = re.compile(r"^(\s*)([#>+=|~-]|\d+[.)])", re.MULTILINE)
FACTS = ("published_at", "authors", "publisher", "language", "section", "tags")


def write_markdown(records: Iterable[Record], path: Path, _fields: object = ()) -> int:
    """Write the stories one below the other; return their number. What a story says is never markup."""
    count = 0
    with path.open("w", encoding="utf-8", errors="replace") as file:
        for record in records:
            count += 1
            file.write(story(record))
    return count


def story(record: Record) -> str:
    """Return *record* as a section of Markdown."""
    lines = [f"# {text(' '.join((record.get('title') or '').split()))}", "", f"- url: <{address(record.get('url'))}>"]
    for name in FACTS:
        value = record.get(name)
        if value:
            written = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
            lines.append(f"- {name}: {text(' '.join(written.split()))}")
    lines += ["", text(record.get("body") or ""), ""]
    if related := record.get("related_links"):
        lines += ["Related:", ""]
        lines += [f"- [{text(link.get('title') or '')}](<{address(link.get('url'))}>)" for link in related]
        lines.append("")
    return "\n".join(lines) + "\n"


def text(words: str) -> str:
    """Return *words* with a backslash before what Markdown would take for markup."""
    return AT_START.sub(lambda match: match[1] + "\\" + match[2], MARKUP.sub(r"\\\1", words))


def address(url: str | None) -> str:
    """Escape what would end a link's address in Markdown; no URL gives an empty string."""
    return re.sub(r"[<>\s]", lambda match: f"%{ord(match[0]):02X}", url or "")
