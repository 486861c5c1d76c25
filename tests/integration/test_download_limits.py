from __future__ import annotations

import asyncio
import contextlib
import gzip
import random
import zlib
from collections.abc import Mapping
from typing import Any

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.downloads.decoding import TooLarge, Undecodable, decode, zstd
from newscrawl.outcomes import Reason
from tests.hostile.server import Asked, Case, HostileSite
from tests.probe import Probed, probe

PAGE = b"<html><body><p>" + b"a good page, " * 500 + b"</p></body></html>"
LIMIT = 1 << 20
ZEROS = bytes(64 << 20)


def raw_deflate(data: bytes) -> bytes:
    stream = zlib.compressobj(9, zlib.DEFLATED, -15)
    return stream.compress(data) + stream.flush()


PACKERS = {
    "gzip": gzip.compress,
    "x-gzip": gzip.compress,
    "deflate": zlib.compress,
    "br": lambda data: brotli.compress(data, quality=1),
    "zstd": zstd.compress,
}


@pytest.mark.parametrize("coding", PACKERS)
def test_unpacks_what_was_packed(coding):
    assert decode(PACKERS[coding](PAGE), [coding], LIMIT) == PAGE


@pytest.mark.parametrize("coding", PACKERS)
def test_stops_a_bomb_at_the_limit(coding):
    with pytest.raises(TooLarge):
        decode(PACKERS[coding](ZEROS), [coding], LIMIT)


@pytest.mark.parametrize("coding", PACKERS)
def test_takes_the_head_of_a_bomb_where_a_head_is_enough(coding):
    assert len(decode(PACKERS[coding](ZEROS), [coding], LIMIT, cut=True)) == LIMIT


@pytest.mark.parametrize("coding", PACKERS)
def test_refuses_a_packed_stream_that_is_cut(coding):
    noise = random.Random(1).randbytes(300_000)  # it must not fit into one chunk
    with pytest.raises(Undecodable):
        decode(PACKERS[coding](noise)[:-2000], [coding], LIMIT)


@pytest.mark.parametrize("coding", PACKERS)
def test_leaves_a_plain_page_with_a_wrong_header_alone(coding):
    assert decode(PAGE, [coding], LIMIT) == PAGE


@pytest.mark.parametrize("coding", [*PACKERS, "compress", "\x1b[31m"])
def test_refuses_what_is_not_packed_as_it_says(coding):
    with pytest.raises(Undecodable):
        decode(b"\x1f\x8b\x08\x00" + random.Random(1).randbytes(5000), [coding], LIMIT)


@pytest.mark.parametrize(
    ("body", "codings"),
    [
        pytest.param(raw_deflate(PAGE), ["deflate"], id="raw-deflate"),
        pytest.param(gzip.compress(PAGE[:100]) + gzip.compress(PAGE[100:]), ["gzip"], id="gzip-members"),
        pytest.param(gzip.compress(PAGE) + b"\0" * 512, ["gzip"], id="gzip-padded"),
        pytest.param(gzip.compress(PAGE)[:-8] + b"\1\2\3\4\5\6\7\x08", ["gzip"], id="gzip-wrong-checksum"),
        pytest.param(
            b"\x1f\x8b\x08\x1c" + bytes(6) + b"\x02\0xxname\0note\0" + raw_deflate(PAGE), ["gzip"], id="gzip-flags"
        ),
        pytest.param(gzip.compress(gzip.compress(PAGE)), ["gzip", "gzip"], id="gzip-twice"),
        pytest.param(gzip.compress(PAGE), ["gzip", "identity"], id="identity"),
        pytest.param(PAGE, ["utf-8"], id="charset-as-coding"),
    ],
)
def test_forgives_the_usual_faults(body, codings):
    assert decode(body, codings, LIMIT) == PAGE


def test_refuses_a_zstd_frame_that_claims_a_huge_window():
    # Magic number, frame header without a single segment, window descriptor of 2**31: 2 GiB before the first byte
    frame = b"\x28\xb5\x2f\xfd\x00\xa8" + b"\x01\x00\x00"
    with pytest.raises(Undecodable):
        decode(frame, ["zstd"], LIMIT)


def test_refuses_layers_upon_layers():
    with pytest.raises(Undecodable):
        decode(PAGE, ["gzip"] * 10, LIMIT)


@given(st.binary(max_size=2000), st.lists(st.sampled_from([*PACKERS, "identity"]), max_size=4))
def test_any_bytes_are_unpacked_or_refused(body, codings):
    with contextlib.suppress(TooLarge, Undecodable):
        assert len(decode(body, codings, LIMIT)) <= LIMIT


# --- over real connections


def packed(coding: str, body: bytes) -> Case:
    async def case(asked: Asked) -> None:
        await asked.send(body, Content_Encoding=coding)

    return case


def for_ever(first: bytes, then: bytes, pause_s: float = 0.0) -> Case:
    async def case(asked: Asked) -> None:
        await asked.raw(first)
        while True:
            await asked.raw(then)
            await asyncio.sleep(pause_s)

    return case


def answered(data: bytes, wait_s: float = 0.0) -> Case:
    async def case(asked: Asked) -> None:
        await asked.raw(data)
        await asyncio.sleep(wait_s)

    return case


OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
MANY_HEADERS = b"X-A: b\r\n" * 400_000  # 3 MB
CASES: dict[str, tuple[Case, Reason | None]] = {
    "/good": (packed("gzip", gzip.compress(PAGE)), None),
    "/mislabelled": (packed("gzip", PAGE), None),
    "/gzip-bomb": (packed("gzip", gzip.compress(ZEROS)), Reason.TOO_LARGE),
    "/brotli-bomb": (packed("br", PACKERS["br"](ZEROS)), Reason.TOO_LARGE),
    "/zstd-bomb": (packed("zstd", zstd.compress(ZEROS)), Reason.TOO_LARGE),
    "/deflate-bomb": (packed("deflate", zlib.compress(ZEROS)), Reason.TOO_LARGE),
    "/endless-body": (for_ever(OK + b"\r\n", b"<p>more</p>" * 10_000, 0.005), Reason.TOO_LARGE),
    "/endless-chunks": (
        for_ever(OK + b"Transfer-Encoding: chunked\r\n\r\n", b"186a0\r\n" + b"x" * 100_000 + b"\r\n", 0.005),
        Reason.TOO_LARGE,
    ),
    "/length-lies": (answered(OK + b"Content-Length: 1000000000000000\r\n\r\n<p>", 300), Reason.TOO_LARGE),
    "/length-negative": (answered(OK + b"Content-Length: -5\r\n\r\n<p>"), Reason.BAD_RESPONSE),
    "/length-twice": (answered(OK + b"Content-Length: 3\r\nContent-Length: 5\r\n\r\n<p>xx"), Reason.BAD_RESPONSE),
    "/body-cut": (answered(OK + b"Content-Length: 5000\r\n\r\n<p>cut"), Reason.BAD_RESPONSE),
    "/chunk-size-bad": (answered(OK + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n<p>\r\n"), Reason.BAD_RESPONSE),
    "/many-headers": (answered(OK + MANY_HEADERS + b"\r\n" + PAGE), Reason.BAD_RESPONSE),
    "/endless-header": (for_ever(OK + b"X-A: ", b"b" * 100_000), Reason.BAD_RESPONSE),
    "/many-continues": (
        answered(b"HTTP/1.1 100 Continue\r\n\r\n" * 150_000 + OK + b"\r\n" + PAGE),
        Reason.BAD_RESPONSE,
    ),
    "/not-http": (answered(b"SSH-2.0-OpenSSH_9.6\r\n" + bytes(range(256))), Reason.BAD_RESPONSE),
    "/closes": (answered(b""), Reason.BAD_RESPONSE),
    "/long-policy": (answered(OK + b"Content-Security-Policy: " + b"a" * 40_000 + b"\r\n\r\n" + PAGE), None),
    "/empty-gzip": (packed("gzip", b""), None),
}
SLOW: dict[str, Case] = {
    "/slow-body": for_ever(OK + b"\r\n<p>", b"a", 0.2),
    "/slow-headers": for_ever(OK, b"X-A: b\r\n", 0.2),
    "/no-answer": answered(b"", 300),
}


def probe_all(cases: Mapping[str, Case], **settings: Any) -> Probed:
    """Ask for all *cases* at once; the answers are by path."""
    with HostileSite(dict(cases)) as site:
        found = probe(
            [site.url + path for path in cases], named=[site.authority], CONCURRENT_REQUESTS_PER_DOMAIN=32, **settings
        )
    return Probed(
        {url.removeprefix(site.url): answer for url, answer in found.answers.items()}, found.stats, [], found.log
    )


@pytest.fixture(scope="module")
def probed() -> Probed:
    return probe_all({path: case for path, (case, _) in CASES.items()}, DOWNLOAD_MAXSIZE=LIMIT)


@pytest.mark.parametrize("path", CASES)
def test_bounds_what_a_server_sends(probed, path):
    expected = CASES[path][1]

    answer = probed.answers[path]

    assert answer.get("reason") == (expected and expected.value), answer


def test_a_server_that_never_ends_its_answer_is_given_up():
    found = probe_all(SLOW, DOWNLOAD_TIMEOUT=1)

    assert {path: answer.get("reason") for path, answer in found.answers.items()} == dict.fromkeys(
        SLOW, Reason.DOWNLOAD_TIMEOUT.value
    )


def test_stays_small_under_all_of_it_at_once(probed):
    assert probed.stats["memusage/max"] - probed.stats["memusage/startup"] < 150 << 20


def test_keeps_a_page_that_came_through_whole(probed):
    assert probed.answers["/good"]["body"] == PAGE.decode()
    assert probed.answers["/mislabelled"]["body"] == PAGE.decode()
