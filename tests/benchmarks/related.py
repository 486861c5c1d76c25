"""Run ``related_links`` over saved pages and write what the scorer of the gold reads.

    python -m tests.benchmarks.related PAGES.jsonl GOLD.json > records.jsonl

PAGES.jsonl has lines {"id", "file", "url"}, the files stand beside it; GOLD.json has the ids to be read. The time goes
to stderr.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from newscrawl.extraction.links.related import related_links
from newscrawl.html.parse import parse
from newscrawl.html.read import read


def main(pages: str, gold: str) -> None:
    wanted = json.loads(Path(gold).read_text("utf-8"))
    spent = count = 0.0
    for line in Path(pages).read_text("utf-8").splitlines():
        row = json.loads(line)
        if row["id"] not in wanted:
            continue
        text = read((Path(pages).parent / row["file"]).read_bytes())
        tree = parse(text) if isinstance(text, str) else None
        if tree is None:
            continue
        began = time.process_time()
        links = related_links(tree, row["url"], "")
        spent, count = spent + time.process_time() - began, count + 1
        print(json.dumps({"source": row["id"], "related_links": [{"url": x.url, "title": x.title} for x in links]}))
    print(f"{1000 * spent / count:.1f} ms a page", file=sys.stderr)


if __name__ == "__main__":
    main(*sys.argv[1:])
