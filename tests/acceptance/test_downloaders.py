"""Other downloaders crawl a small site as ours does, and follow no redirect to a private address."""

from __future__ import annotations

import base64
import json
import os
import socket
import socketserver
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from collections import Counter
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.crawling import ROOT, Crawl
from tests.newspaper import article, headline, listing
from tests.site import Site

FAST = """
from newscrawl.settings import *
DOWNLOAD_DELAY = 0
AUTOTHROTTLE_ENABLED = False
LOG_LEVEL = "INFO"
"""


@pytest.fixture
def newspaper(site: Site):
    """Three stories, and two links that redirect to private addresses: one by its number, one by a name."""
    with Site("127.0.0.2") as private:
        private.pages["/secret"] = article(9)
        site.pages |= {f"/news/{number}.html": article(number) for number in range(3)}
        site.pages["/news/8.html"] = (302, {"Location": f"{private.url}/secret"}, b"")
        links = [(f"/news/{number}.html", headline(number)) for number in (0, 1, 2, 8)]
        site.pages["/"] = listing(links)
        yield site, private


def crawl(folder: Path, settings: str, url: str, output: str = "output", **environment: str) -> Crawl:
    """Crawl *url* with the settings of a person's own, which begin with ours."""
    (folder / "ownsettings.py").write_text(FAST + settings, "utf-8")
    paths = os.pathsep.join((str(ROOT), str(folder)))
    command = [sys.executable, "-m", "scrapy", "crawl", "news", "-a", f"url={url}/"]
    done = subprocess.run(
        [*command, "-s", f"NEWSCRAWL_OUTPUT_DIR={folder / output}"],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": paths, "SCRAPY_SETTINGS_MODULE": "ownsettings"} | environment,
        capture_output=True,
        text=True,
        timeout=110,
        check=False,
    )
    return Crawl(done.returncode, done.stdout, done.stderr, folder / output)


def check(result: Crawl, private: Site) -> None:
    assert sorted(record["title"] for record in result.records) == sorted(map(headline, range(3))), result.stderr
    assert result.code == 0, result.stderr
    assert not private.hits


@contextmanager
def serving(kind: type, server: type = ThreadingHTTPServer):
    """Serve on loopback with handlers of *kind*; yield the server, with its port and what it was asked for."""
    one = server(("127.0.0.1", 0), kind)
    one.daemon_threads = True
    one.asked = Counter()
    thread = threading.Thread(target=one.serve_forever, daemon=True)
    thread.start()
    try:
        yield one
    finally:
        one.shutdown()
        one.server_close()
        thread.join()


class Quiet(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *args: object) -> None:
        pass

    def fetched(self, url: str):
        """Return status, headers and body of *url*, redirects not followed."""

        class Stay(urllib.request.HTTPRedirectHandler):
            def redirect_request(self, *args):
                return None

        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), Stay)
        try:
            with opener.open(url, timeout=60) as answer:
                return answer.status, answer.headers, answer.read()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.headers, error.read()

    def send(self, status: int, headers: dict[str, str], body: bytes) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


class HttpProxy(Quiet):
    def do_GET(self) -> None:
        self.server.asked[self.path] += 1
        status, headers, body = self.fetched(self.path)
        kept = {name: headers[name] for name in ("Content-Type", "Location") if headers.get(name)}
        self.send(status, kept, body)


class ZyteApi(Quiet):
    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.asked[asked["url"]] += 1
        status, headers, body = self.fetched(asked["url"])
        told = {
            "url": asked["url"],
            "statusCode": status,
            "httpResponseBody": base64.b64encode(body).decode(),
            "httpResponseHeaders": [{"name": name, "value": value} for name, value in headers.items()],
        }
        self.send(200, {"Content-Type": "application/json"}, json.dumps(told).encode())


class SocksProxy(socketserver.BaseRequestHandler):
    """SOCKS5 without a password, for IPv4 addresses and names (RFC 1928)."""

    def handle(self) -> None:
        file = self.request.makefile("rb")
        file.read(file.read(2)[1])
        self.request.sendall(b"\x05\x00")
        kind = file.read(4)[3]
        host = socket.inet_ntoa(file.read(4)) if kind == 1 else file.read(file.read(1)[0]).decode()
        port = int.from_bytes(file.read(2), "big")
        self.server.asked[f"{host}:{port}"] += 1
        with socket.create_connection((host, port), 10) as other:
            self.request.sendall(b"\x05\x00\x00\x01" + bytes(6))
            back = threading.Thread(target=self.copy, args=(other, self.request), daemon=True)
            back.start()
            self.copy(self.request, other)
            back.join(10)

    @staticmethod
    def copy(source: socket.socket, target: socket.socket) -> None:
        try:
            while data := source.recv(65536):
                target.sendall(data)
            target.shutdown(socket.SHUT_WR)
        except OSError:
            pass


class SocksServer(socketserver.ThreadingTCPServer):
    allow_reuse_address = True


IMPERSONATE = """
DOWNLOAD_HANDLERS = dict.fromkeys(("http", "https"), "scrapy_impersonate.ImpersonateDownloadHandler")
DOWNLOADER_MIDDLEWARES = DOWNLOADER_MIDDLEWARES | {"scrapy_impersonate.RandomBrowserMiddleware": 900}
IMPERSONATE_BROWSERS = ["chrome"]
"""


def test_scrapy_impersonate(newspaper, tmp_path):
    pytest.importorskip("scrapy_impersonate")
    site, private = newspaper
    result = crawl(tmp_path, IMPERSONATE, site.url)

    check(result, private)
    assert "ImpersonateDownloadHandler resolves host names by itself" in result.stderr
    assert "'impersonate/response_bytes'" in result.stderr


def test_a_socks_proxy_by_scrapy_impersonate(newspaper, tmp_path):
    pytest.importorskip("scrapy_impersonate")
    site, private = newspaper
    with serving(SocksProxy, SocksServer) as proxy:
        result = crawl(tmp_path, IMPERSONATE, site.url, http_proxy=f"socks5h://127.0.0.1:{proxy.server_address[1]}")

    check(result, private)
    assert set(proxy.asked) == {f"127.0.0.1:{site.port}"}


def test_an_http_proxy_of_the_environment(newspaper, tmp_path):
    site, private = newspaper
    with serving(HttpProxy) as proxy:
        result = crawl(tmp_path, "", site.url, http_proxy=f"http://127.0.0.1:{proxy.server_address[1]}", no_proxy="")

    check(result, private)
    assert proxy.asked[f"{site.url}/news/1.html"] == 1


def test_zyte_api(newspaper, tmp_path):
    pytest.importorskip("scrapy_zyte_api")
    site, private = newspaper
    with serving(ZyteApi) as api:
        settings = f"""
ADDONS = {{"scrapy_zyte_api.Addon": 500}}
ZYTE_API_KEY = "none"
ZYTE_API_URL = "http://127.0.0.1:{api.server_address[1]}/v1/"
"""
        result = crawl(tmp_path, settings, site.url)

    check(result, private)
    assert api.asked[f"{site.url}/news/1.html"] == 1


def test_the_http_cache_answers_a_second_crawl_without_a_request(newspaper, tmp_path):
    site, private = newspaper
    settings = f"HTTPCACHE_ENABLED = True\nHTTPCACHE_DIR = {str(tmp_path / 'cache')!r}\n"
    check(crawl(tmp_path, settings, site.url), private)
    hits = site.hits.total()

    check(crawl(tmp_path, settings, site.url, "second"), private)
    assert site.hits.total() == hits
