from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scrapy.settings import Settings
from twisted.internet.address import IPv4Address

from newscrawl.addresses import Allowed, is_public, literal_address
from newscrawl.downloads.resolver import GuardedResolver
from newscrawl.middlewares.private_address import proxy_hosts
from newscrawl.outcomes import Reason
from tests.hostile.server import Asked, HostileSite
from tests.probe import Probed, probe
from tests.site import Site

PUBLIC = ["93.184.215.14", "1.1.1.1", "2606:2800:21f:cb07:6820:80da:af6b:8b2c", "::ffff:1.1.1.1", "64:ff9b::1.1.1.1"]
PRIVATE = [
    "127.0.0.1",
    "127.255.255.254",
    "0.0.0.0",
    "10.0.0.1",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "192.0.0.1",
    "192.0.2.1",
    "198.18.0.1",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "fe80::1",
    "fe80::1%eth0",
    "fc00::1",
    "fd12:3456::1",
    "fec0::1",
    "ff02::1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "::127.0.0.1",
    "2002:7f00:1::",
    "64:ff9b::127.0.0.1",
    "64:ff9b::a9fe:a9fe",
    "2001:0:7f00:1::",
    "not an address",
    "",
]


@pytest.mark.parametrize("address", PUBLIC)
def test_public_addresses_are_public(address):
    assert is_public(address)


@pytest.mark.parametrize("address", PRIVATE)
def test_private_addresses_are_not(address):
    assert not is_public(address)


@given(st.text(max_size=50))
def test_any_text_has_an_answer(text):
    assert is_public(text) in (True, False)


@pytest.mark.parametrize(
    ("setting", "host", "port", "address", "allowed"),
    [
        pytest.param(False, "a.example", 80, "10.0.0.1", False, id="off"),
        pytest.param(None, "a.example", 80, "10.0.0.1", False, id="unset"),
        pytest.param("False", "a.example", 80, "10.0.0.1", False, id="off-on-the-command-line"),
        pytest.param(True, "a.example", 80, "10.0.0.1", True, id="on"),
        pytest.param("1", "a.example", 80, "10.0.0.1", True, id="on-on-the-command-line"),
        pytest.param(["A.example"], "a.example", 81, "10.0.0.1", True, id="host"),
        pytest.param(["a.example"], "b.example", 80, "10.0.0.1", False, id="another-host"),
        pytest.param("x, a.example:80", "a.example", 80, "10.0.0.1", True, id="host-and-port"),
        pytest.param("a.example:80", "a.example", 81, "10.0.0.1", False, id="another-port"),
        pytest.param("10.0.0.0/8", "a.example", 80, "10.1.2.3", True, id="network"),
        pytest.param("10.0.0.0/8", "a.example", 80, "127.0.0.1", False, id="another-network"),
        pytest.param("10.0.0.0/8", "a.example", 80, "::1", False, id="another-family"),
        pytest.param(False, "a.example", 80, "1.1.1.1", True, id="public"),
    ],
)
def test_the_setting_allows_what_it_says(setting, host, port, address, allowed):
    assert Allowed.parse(setting).allows(host, port, address) is allowed


def test_only_the_named_pair_is_exempt():
    allowed = Allowed.parse(False, {"127.0.0.1:8900", "[::1]:80"})

    assert allowed.allows("127.0.0.1", 8900, "127.0.0.1")
    assert not allowed.allows("127.0.0.1", 8901, "127.0.0.1")
    assert not allowed.allows("2130706433", 8900, "127.0.0.1")


# --- over real connections: "inner" must never be reached from "outer", which the person named

SPELLINGS = {
    "plain": "http://127.0.0.1:{inner}/secret",
    "name": "http://localhost:{inner}/secret",
    "decimal": "http://2130706433:{inner}/secret",
    "hexadecimal": "http://0x7f000001:{inner}/secret",
    "octal": "http://0177.0.0.1:{inner}/secret",
    "short": "http://127.1:{inner}/secret",
    "zero": "http://0.0.0.0:{inner}/secret",
    "mapped": "http://[::ffff:127.0.0.1]:{inner}/secret",
    "six": "http://[::1]:{inner}/secret",
    "dot": "http://127.0.0.1.:{inner}/secret",
    "name-dot": "http://localhost.:{inner}/secret",
    "wide": "http://%EF%BC%91%EF%BC%92%EF%BC%97.0.0.1:{inner}/secret",
    "credentials": "http://127.0.0.1:{outer}@127.0.0.1:{inner}/secret",
    "backslash": "http://127.0.0.1:{outer}\\@127.0.0.1:{inner}/secret",
    "slashes": "//127.0.0.1:{inner}/secret",
}
SCHEMES = ["file:///etc/passwd", "data:text/html,<p>x", "ftp://127.0.0.1/x", "gopher://127.0.0.1/x", "javascript:1"]


async def secret(asked: Asked) -> None:
    await asked.send("secret")


@pytest.fixture(scope="module")
def probed() -> tuple[Probed, HostileSite, HostileSite]:
    async def redirect(asked: Asked) -> None:
        target = SPELLINGS.get(asked.query) or SCHEMES[int(asked.query)]
        await asked.redirect(target.format(inner=inner.port, outer=outer.port))

    async def refresh(asked: Asked) -> None:
        await asked.send(f'<meta http-equiv="refresh" content="0;url=http://127.0.0.1:{inner.port}/secret">')

    async def with_credentials(asked: Asked) -> None:
        await asked.redirect(f"http://user:hunter2@127.0.0.1:{outer.port}/end")

    async def end(asked: Asked) -> None:
        await asked.send("end")

    cases = {"/redirect": redirect, "/refresh": refresh, "/credentials": with_credentials, "/end": end}
    with HostileSite({"*": secret}) as inner, HostileSite(cases) as outer:
        words = [*SPELLINGS, *range(len(SCHEMES))]
        asked = ["/end", "/refresh", "/credentials", *(f"/redirect?{word}" for word in words)]
        direct = [SPELLINGS[name].format(inner=inner.port) for name in ("plain", "name", "decimal", "mapped")]
        found = probe([outer.url + path for path in asked] + direct, named=[outer.authority])
    return found, inner, outer


def test_reaches_the_pair_that_the_person_named(probed):
    found, _, outer = probed

    assert found.answers[f"{outer.url}/end"]["body"] == "end"


def test_reaches_no_private_address_however_spelled(probed):
    found, inner, _ = probed

    assert not inner.hits, found.answers


def test_says_which_address_it_did_not_reach(probed):
    found, inner, outer = probed
    reasons = {url.partition("?")[2]: answer.get("reason") for url, answer in found.answers.items() if "?" in url}

    assert {reasons[name] for name in ("plain", "name", "decimal", "hexadecimal", "octal", "short", "slashes")} == {
        Reason.PRIVATE_ADDRESS.value
    }
    assert all(reasons.values())
    assert found.answers[f"{outer.url}/refresh"]["reason"] == Reason.PRIVATE_ADDRESS.value
    assert found.stats["newscrawl/private_address/refused"] > 5
    assert found.log.count(f"Not connecting to localhost:{inner.port}") == 1


def test_credentials_in_a_redirect_go_nowhere(probed):
    found, _, outer = probed

    assert found.answers[f"{outer.url}/credentials"]["url"] == f"{outer.url}/end"
    assert not any("authorization" in headers or "hunter2" in str(headers) for _, headers in outer.seen)


class Reactor:
    """A reactor with a name server of its own, which answers *addresses* in turn."""

    def __init__(self, *addresses: str) -> None:
        self.addresses = iter(addresses)
        self.nameResolver = self

    def resolveHostName(self, receiver, host, port, *rest):
        receiver.resolutionBegan(self)
        receiver.addressResolved(IPv4Address("TCP", next(self.addresses), port))
        receiver.resolutionComplete()
        return self


class Receiver:
    def __init__(self):
        self.addresses = []

    def resolutionBegan(self, resolution):
        pass

    def addressResolved(self, address):
        self.addresses.append(address.host)

    def resolutionComplete(self):
        pass


def test_a_connection_is_bound_to_the_vetted_answer():
    """The resolver is asked once per connection; a second answer of a hostile name server has no say."""
    resolver = GuardedResolver(Reactor("1.1.1.1", "127.0.0.1"), 0, Allowed())
    first, second = Receiver(), Receiver()
    resolver.resolveHostName(first, "rebind.example", 80)
    resolver.resolveHostName(second, "rebind.example", 80)

    assert first.addresses == ["1.1.1.1"]
    assert second.addresses == []
    assert resolver.refused == {("rebind.example", 80): "127.0.0.1"}


def test_an_answer_that_was_kept_is_judged_anew_for_each_port():
    resolver = GuardedResolver(Reactor("10.0.0.9"), 100, Allowed(hosts=frozenset({"kept.example:80"})))
    first, second = Receiver(), Receiver()
    resolver.resolveHostName(first, "kept.example", 80)
    resolver.resolveHostName(second, "kept.example", 81)

    assert first.addresses == ["10.0.0.9"]
    assert second.addresses == []


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("127.0.0.1", "127.0.0.1"),
        ("127.0.0.1.", "127.0.0.1"),
        ("127.1", "127.0.0.1"),
        ("2130706433", "127.0.0.1"),
        ("0x7f.1", "127.0.0.1"),
        ("0177.0.0.1", "127.0.0.1"),
        ("::1", "::1"),
        ("[fe80::1%eth0]", "fe80::1"),
        ("a.example", None),
        ("", None),
        ("256.0.0.1", None),
        ("a\0b", None),
        ("ü", None),
    ],
)
def test_an_address_is_known_however_it_is_written(host, address):
    assert literal_address(host) == address


HANDLERS = {
    "another-of-scrapy": "scrapy.core.downloader.handlers.http11.HTTP11DownloadHandler",
    "one-that-resolves-by-itself": "tests.urllib_handler.UrllibDownloadHandler",
}


@pytest.mark.parametrize("handler", HANDLERS.values(), ids=HANDLERS)
def test_the_guard_does_not_depend_on_the_download_handler(handler):
    targets = [SPELLINGS[name] for name in ("plain", "name", "decimal", "mapped", "zero")]

    async def redirect(asked: Asked) -> None:
        await asked.redirect(targets[int(asked.query)].format(inner=inner.port))

    async def end(asked: Asked) -> None:
        await asked.send("end")

    with HostileSite({"*": secret}) as inner, HostileSite({"/redirect": redirect, "/end": end}) as outer:
        asked = [f"{outer.url}/redirect?{number}" for number in range(len(targets))]
        direct = [target.format(inner=inner.port) for target in targets]
        found = probe(
            [f"{outer.url}/end", *asked, *direct],
            named=[outer.authority],
            DOWNLOAD_HANDLERS={"http": handler, "https": handler},
        )

    assert found.answers[f"{outer.url}/end"]["body"] == "end"
    assert not inner.hits
    assert {found.answers[url].get("reason") for url in [*asked, *direct]} == {Reason.PRIVATE_ADDRESS.value}
    assert found.log.count("resolves host names by itself") == ("urllib" in handler)


def test_a_site_on_ipv6_is_reached_when_it_is_named():
    with Site("::1") as site:
        site.pages["/"] = "six"
        url = f"http://[::1]:{site.port}/"
        found = probe([url], named=[f"[::1]:{site.port}"])

    assert found.answers[url]["body"] == "six"


def test_a_proxy_that_the_environment_names_may_be_connected_to(monkeypatch):
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("http_proxy", "http://user:secret@127.0.0.1:3128")
    monkeypatch.setenv("no_proxy", "localhost,10.0.0.0/8")

    assert proxy_hosts(Settings({"HTTPPROXY_ENABLED": True})) == {"127.0.0.1:3128"}
    assert proxy_hosts(Settings({"HTTPPROXY_ENABLED": False})) == frozenset()
