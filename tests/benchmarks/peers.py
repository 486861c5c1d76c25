"""What other extractors make of the same pages, as files: run by the interpreter of the environment that has them.

    PYTHON tests/benchmarks/peers.py trafilatura|newspaper4k|news-please PAGES.json OUT.jsonl

PAGES.json is a list of ``[path, url]``. Two processes share the pages; each article found is a line of its title, its
text's length and its date. Pages are files, so the network is refused: newspaper4k would fetch every image of a page.
This file imports nothing of the project, so that any environment can run it.
"""

import json
import multiprocessing
import socket
import sys
from pathlib import Path

PROCESSES = 2


def trafilatura_text(html: bytes, url: str) -> tuple[str, str, str]:
    from trafilatura import bare_extraction
    from trafilatura.settings import Document

    found = bare_extraction(html, url=url, with_metadata=True, include_comments=False)
    return (found.title or "", found.text or "", str(found.date)) if isinstance(found, Document) else ("", "", "")


def newspaper_text(html: bytes, url: str) -> tuple[str, str, str]:
    import newspaper  # type: ignore[import-not-found]

    article = newspaper.Article(url, fetch_images=False)
    article.download(input_html=html.decode("utf-8", "replace"))
    article.parse()
    return article.title or "", article.text or "", str(article.publish_date)


def newsplease_text(html: bytes, url: str) -> tuple[str, str, str]:
    from newsplease import NewsPlease  # type: ignore[import-not-found]

    found = NewsPlease.from_html(html.decode("utf-8", "replace"), url=url, fetch_images=False)
    return found.title or "", found.maintext or "", str(found.date_publish)


PEERS = {"trafilatura": trafilatura_text, "newspaper4k": newspaper_text, "news-please": newsplease_text}


def read_one(task: tuple[str, str, str]) -> tuple[str, int, str]:
    """Return title, characters of text and date of one page; an extractor that raises has found nothing."""
    peer, path, url = task
    try:
        title, text, date = PEERS[peer](Path(path).read_bytes(), url)
    except Exception:
        return "", 0, ""
    return title, len(text), date


def refuse_network() -> None:
    """Let this process reach nothing: a name that nobody answers for is waited for, page after page."""

    def refuse(*_: object, **__: object) -> None:
        raise OSError("pages are read as files, without a network")

    socket.getaddrinfo = refuse  # type: ignore[assignment]
    socket.socket.connect = refuse  # type: ignore[assignment,method-assign]


def main(peer: str, pages: str, out: str) -> None:
    tasks = [(peer, path, url) for path, url in json.loads(Path(pages).read_text("utf-8"))]
    with multiprocessing.Pool(PROCESSES, refuse_network) as pool, Path(out).open("w", encoding="utf-8") as file:
        for title, chars, date in pool.imap(read_one, tasks, chunksize=4):
            if chars:
                file.write(json.dumps({"title": title, "chars": chars, "date": date}) + "\n")
                file.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
