"""The proxy before downloaders that resolve and redirect by themselves connects to allowed addresses only."""

from __future__ import annotations

import asyncio
import socket
import urllib.error
import urllib.request

import pytest

from newscrawl.addresses import Allowed
from newscrawl.downloads.guard_proxy import REFUSED, GuardProxy
from newscrawl.middlewares.private_address import resolve


def through(site, allowed: Allowed, *urls: str, resolver=resolve):
    """Return status, refusal and body of each URL through a proxy, and what it refused."""
    refused: list[tuple[str, int, str]] = []

    async def run():
        proxy = GuardProxy(lambda: allowed, resolver, lambda *told: refused.append(told))
        handler = urllib.request.ProxyHandler({"http": await proxy.start()})
        opener = urllib.request.build_opener(handler)

        def get(url):
            try:
                with opener.open(url, timeout=60) as answer:
                    return answer.status, answer.headers.get(REFUSED), answer.read()
            except urllib.error.HTTPError as error:
                with error:
                    return error.code, error.headers.get(REFUSED), error.read()

        try:
            return [await asyncio.to_thread(get, url) for url in urls]
        finally:
            await proxy.close()

    return asyncio.run(run()), refused


def test_it_passes_what_is_allowed_and_refuses_the_rest(site):
    site.pages["/a?b=c"] = "<p>" + "x" * 200_000
    allowed = Allowed(hosts=frozenset({f"127.0.0.1:{site.port}"}))

    answers, refused = through(site, allowed, f"{site.url}/a?b=c", f"http://localhost:{site.port}/a")

    assert answers == [(200, None, b"<p>" + b"x" * 200_000), (403, "private-address", b"")]
    assert [(host, port) for host, port, _ in refused] == [("localhost", site.port)]
    assert site.hits == {"/a?b=c": 1}


def test_it_connects_to_the_address_that_it_judged_whatever_a_name_server_says_next(site):
    answers = iter((["127.0.0.1"], ["10.0.0.1"]))

    async def rebinding(host, port):
        return next(answers)

    site.pages["/"] = "one"
    allowed = Allowed(networks=Allowed.parse("127.0.0.1/32").networks)

    told, _ = through(site, allowed, *[f"http://rebind.example:{site.port}/"] * 2, resolver=rebinding)

    assert told == [(200, None, b"one"), (403, "private-address", b"")]


@pytest.mark.parametrize(
    "ask", [b"\r\n\r\n", b"GET / HTTP/1.1\r\n\r\n", b"GET ftp://a/ HTTP/1.1\r\n\r\n", b"CONNECT :1 x\r\n\r\n", b""]
)
def test_what_is_no_request_ends_the_connection_and_nothing_else(ask):
    async def run():
        proxy = GuardProxy(Allowed, resolve, lambda *_: None)
        port = int((await proxy.start()).rpartition(":")[2])
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(ask)
        writer.write_eof()
        answer = await reader.read()
        writer.close()
        await proxy.close()
        return answer

    assert asyncio.run(run()) == b""


def test_a_tunnel_carries_bytes_both_ways(site):
    site.pages["/"] = "through the tunnel"

    async def run():
        proxy = GuardProxy(lambda: Allowed(everything=True), resolve, lambda *_: None)
        port = int((await proxy.start()).rpartition(":")[2])

        def ask():
            with socket.create_connection(("127.0.0.1", port), 10) as client:
                client.sendall(f"CONNECT 127.0.0.1:{site.port} HTTP/1.1\r\n\r\n".encode())
                assert client.recv(1000).startswith(b"HTTP/1.1 200")
                client.sendall(b"GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
                data = b""
                while piece := client.recv(1000):
                    data += piece
                return data

        try:
            return await asyncio.to_thread(ask)
        finally:
            await proxy.close()

    assert asyncio.run(run()).endswith(b"through the tunnel")
