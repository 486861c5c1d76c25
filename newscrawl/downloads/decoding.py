"""Unpacks what a server sent packed, never holding more than a limit."""

from __future__ import annotations

import re
import sys
import zlib
from collections.abc import Callable, Iterator

import brotli

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

CHUNK = 1 << 16
MAX_LAYERS = 3  # "gzip, gzip" is met in the wild by mistake; more is a joke
ZSTD_WINDOW_LOG = 23  # 8 MiB, as RFC 9659 demands of senders; a frame may else claim 2 GiB before its first byte
PLAIN = re.compile(rb"[\xef\xbb\xbf\s]*[<{\[]")


class TooLarge(ValueError):
    """The unpacked body passes the limit."""


class Undecodable(ValueError):
    """The body is not what its Content-Encoding says, or is cut."""


def decode(body: bytes, codings: list[str], limit: int, *, cut: bool = False) -> bytes:
    """Return *body* with the *codings* of its Content-Encoding header undone, last first.

    A body that plainly is not packed (it begins as HTML, XML or JSON do) is returned as it is: proxies unpack and leave
    the header. *limit* holds for each layer, 0 is none; with *cut* the first *limit* bytes are enough, and a packed
    stream that ends early is no error.
    """
    if len(codings) > MAX_LAYERS:
        raise Undecodable(f"{len(codings)} layers of packing")
    for coding in reversed(codings):
        unpack = DECODERS.get(coding)
        if unpack is None:
            raise Undecodable(f"unknown coding {coding[:40]!r}")
        if body and not (PLAIN.match(body) and coding != "identity"):
            body = _collect(unpack(body), limit, cut)
    return body


def _collect(chunks: Iterator[bytes], limit: int, cut: bool) -> bytes:
    parts: list[bytes] = []
    size = 0
    try:
        for chunk in chunks:
            parts.append(chunk)
            size += len(chunk)
            if limit and size > limit:
                if cut:
                    return b"".join(parts)[:limit]
                raise TooLarge(f"more than {limit} bytes unpacked")
    except (zlib.error, brotli.error, zstd.ZstdError, EOFError) as error:
        if not (cut and parts):
            raise Undecodable(str(error)[:100]) from None
    return b"".join(parts)


def _gzip(body: bytes) -> Iterator[bytes]:
    """Yield the members of a gzip stream. The checksum behind each is not looked at, nor what follows the last."""
    yield from _inflated(stream := zlib.decompressobj(-15), _gzip_data(body))
    while (rest := stream.unused_data[8:]).startswith(b"\x1f\x8b\x08"):
        yield from _inflated(stream := zlib.decompressobj(-15), _gzip_data(rest))


def _gzip_data(member: bytes) -> bytes:
    """Return *member* behind its header (RFC 1952): extra field, name, comment and checksum as the flags say."""
    if member[:3] != b"\x1f\x8b\x08" or len(member) < 10:
        raise zlib.error("not gzip")
    flags, start = member[3], 10
    if flags & 4:
        start += 2 + int.from_bytes(member[10:12], "little")
    for flag in (8, 16):
        if flags & flag:
            start = member.find(b"\0", start) + 1 or len(member)
    return member[start + (2 if flags & 2 else 0) :]


def _deflate(body: bytes) -> Iterator[bytes]:
    """Yield a zlib stream, or the raw one that some servers send under this name."""
    wrapped = body[0] & 0x0F == 8 and int.from_bytes(body[:2], "big") % 31 == 0
    return _inflated(zlib.decompressobj(15 if wrapped else -15), body)


def _inflated(stream: zlib._Decompress, body: bytes) -> Iterator[bytes]:
    while body and not stream.eof:
        yield stream.decompress(body, CHUNK)
        body = stream.unconsumed_tail
    while not stream.eof and (rest := stream.decompress(b"", CHUNK)):  # what zlib took in and holds back
        yield rest
    if not stream.eof:
        raise EOFError("the packed stream is cut")


def _brotli(body: bytes) -> Iterator[bytes]:
    stream = brotli.Decompressor()
    yield stream.process(body, output_buffer_limit=CHUNK)
    while not stream.is_finished():
        chunk = stream.process(b"", output_buffer_limit=CHUNK)
        if not chunk:
            raise EOFError("the packed stream is cut")
        yield chunk


def _zstd(body: bytes) -> Iterator[bytes]:
    while body:
        stream = zstd.ZstdDecompressor(options={zstd.DecompressionParameter.window_log_max: ZSTD_WINDOW_LOG})
        yield stream.decompress(body, CHUNK)
        while not stream.eof:
            if stream.needs_input:
                raise EOFError("the packed stream is cut")
            yield stream.decompress(b"", CHUNK)
        body = stream.unused_data


def _identity(body: bytes) -> Iterator[bytes]:
    yield body


DECODERS: dict[str, Callable[[bytes], Iterator[bytes]]] = {
    "gzip": _gzip,
    "x-gzip": _gzip,
    "deflate": _deflate,
    "br": _brotli,
    "zstd": _zstd,
    "identity": _identity,
    "": _identity,
    "none": _identity,
    "utf-8": _identity,  # a charset in the wrong header
}
