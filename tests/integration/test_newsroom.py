"""The server of the bundled newsroom: its table, its addresses and its port."""

from __future__ import annotations

import asyncio
import socket
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import HTTPRedirectHandler, build_opener

import pytest

from newscrawl.sample.server import FOLDER, HOSTS, NewsroomServer, newsroom, origin
from newscrawl.store import Run, Store
from tests.crawling import Crawl, crawl
from tests.storing import policy


def answer(url: str) -> tuple[int, bytes]:
    """Return status and body of *url*; a redirect is not followed."""

    class Stay(HTTPRedirectHandler):
        def redirect_request(self, *args: object) -> None:
            return None

    try:
        with build_opener(Stay).open(url, timeout=60) as response:
            return response.status, response.read()
    except HTTPError as error:
        with error:
            return error.code, error.read()


def test_every_page_of_the_table_is_served_with_the_real_addresses(tmp_path):
    server = NewsroomServer(tmp_path)
    server.start()
    try:
        for page in newsroom():
            status, body = answer(origin(page.host, server.port) + page.path)

            assert status == page.status, page.path
            assert b"{{" not in body, page.path
        assert answer(origin("wire", server.port) + "/feed/")[0] == 404
    finally:
        server.close()


def test_every_file_of_the_newsroom_is_in_the_table():
    files = {path.relative_to(FOLDER).as_posix() for host in HOSTS for path in (FOLDER / host).iterdir()}

    assert files == {f"{page.host}/{page.file}" for page in newsroom() if page.file}


def test_a_later_run_takes_the_same_port_and_another_only_if_it_is_taken(tmp_path):
    server = NewsroomServer(tmp_path)
    server.keep_port()
    server.close()
    again = NewsroomServer(tmp_path)
    again.close()
    assert again.port == server.port

    with socket.create_server(("127.0.0.1", server.port)):
        other = NewsroomServer(tmp_path)
        other.close()
    assert other.port != server.port


def test_a_run_beside_another_leaves_its_port_alone(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = f"{taken.getsockname()[1]}\n"
        (tmp_path / "port").write_text(port, "ascii")

        done = asyncio.run(crawl_beside_another_run(tmp_path))

    assert done.code == 0, done.stderr
    assert "another run holds it" in done.stderr
    assert (tmp_path / "port").read_text("ascii") == port


async def crawl_beside_another_run(output: Path) -> Crawl:
    store = Store.open(f"sqlite:///{output / 'state.sqlite'}", output, Run.begin(), policy=policy())
    try:
        for source in HOSTS:
            assert await store.claim(source) is None
        return await asyncio.to_thread(crawl, "sample", output)
    finally:
        await store.close()


@pytest.mark.parametrize("text", ["", "eighty", "0", "70000", "\u00b2"])
def test_a_port_file_that_makes_no_sense_is_passed_over(tmp_path: Path, text):
    (tmp_path / "port").write_text(text, "utf-8")

    server = NewsroomServer(tmp_path)
    server.close()

    assert server.port >= 1024
