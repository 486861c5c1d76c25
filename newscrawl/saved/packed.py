"""Files as they come, plain, gzip or zstd, part by part: a part that is broken does not cost the others.

How a file is packed is told by its first bytes. An archive in gzip or zstd is many packed parts, one behind another,
as a rule one a record; after a broken one reading goes on at the next.
"""

from __future__ import annotations

import re
import sys
import zlib
from collections.abc import Iterator
from typing import Any, BinaryIO

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

CHUNK = 1 << 16
GZIP, ZSTD = b"\x1f\x8b\x08", b"\x28\xb5\x2f\xfd"
SKIPPABLE = re.compile(rb"[\x50-\x5f]\x2a\x4d\x18")
DICTIONARY = b"\x5d\x2a\x4d\x18"  # the first frame of a .warc.zst may hold the dictionary of all others
START = re.compile(rb"\x1f\x8b\x08[\x00-\x1f]|\x28\xb5\x2f\xfd|[\x50-\x5f]\x2a\x4d\x18")
WINDOW_LOG = 27  # 128 MiB, what zstd --long takes; a file of one's own may have it, a server's answer may not
MAX_DICTIONARY = 16 << 20
PACKING_FAULTS = (zlib.error, zstd.ZstdError, EOFError)
LONGEST_LINE = 1 << 20


class Broken(Exception):
    """A part of a file cannot be unpacked; the sentence says where and why."""


class Stream:
    """Bytes that are read once, with what was read too far put back."""

    def __init__(self, raw: Any) -> None:
        self.raw = raw
        self.ahead = b""
        self.at = 0

    def read(self, size: int) -> bytes:
        """Return at most *size* bytes; none at the end. Raises :class:`Broken`, and OSError."""
        if not self.ahead:
            data: bytes = self.raw.read(size)
        else:
            data, self.ahead = self.ahead[:size], self.ahead[size:]
        self.at += len(data)
        return data

    def read_all(self, size: int) -> bytes:
        """Return *size* bytes; less only at the end."""
        parts = []
        while size and (part := self.read(min(size, CHUNK))):
            parts.append(part)
            size -= len(part)
        return b"".join(parts)

    def line(self) -> bytes:
        """Return the next line with its end, or as much of it as a line may have; nothing at the end."""
        line = b""
        while b"\n" not in line and len(line) < LONGEST_LINE and (part := self.read(CHUNK)):
            line += part
        end = line.find(b"\n") + 1 or len(line)
        self.put_back(line[end:])
        return line[:end]

    def put_back(self, data: bytes) -> None:
        """Let *data*, which was the last that was read, be read again."""
        self.ahead = data + self.ahead
        self.at -= len(data)


class _Member:
    """One packed part as bytes; what stands behind it goes back to the file."""

    def __init__(self, file: Stream, unpacker: Any, where: str) -> None:
        self.file, self.unpacker, self.where = file, unpacker, where
        self.ended = self.began = self.has_more = False

    def read(self, size: int) -> bytes:
        """Return at most *size* of the next bytes, none at the end of the part. Raises :class:`Broken`."""
        while not self.ended:
            packed = getattr(self.unpacker, "unconsumed_tail", b"")
            if not packed and not self.has_more and not (packed := self.file.read(CHUNK)):
                raise self.broken("the packed part is cut")
            try:
                data: bytes = self.unpacker.decompress(packed, size)
            except PACKING_FAULTS as error:
                self.file.put_back(packed[not self.began :])  # the next part may begin anywhere in it
                raise self.broken(str(error)[:100] or "cannot be unpacked") from None
            self.began = True
            self.has_more = len(data) == size or not getattr(self.unpacker, "needs_input", True)
            if self.unpacker.eof:
                self.ended = True
                self.file.put_back(self.unpacker.unused_data)
            if data:
                return data
        return b""

    def broken(self, why: str) -> Broken:
        self.ended = True
        return Broken(f"{self.where}: {why}")


def parts_of(raw: BinaryIO, name: str) -> Iterator[Stream | Broken]:
    """Yield the unpacked parts of a file called *name*, each to be read before the next, and what was passed over."""
    file = Stream(raw)
    head = file.read_all(4)
    file.put_back(head)
    if not START.match(head):
        yield file
        return
    dictionary: zstd.ZstdDict | None = None
    while True:
        at = file.at
        head = file.read_all(8)
        if not head:
            return
        if SKIPPABLE.match(head):
            size = int.from_bytes(head[4:8], "little")
            content = file.read_all(min(size, MAX_DICTIONARY))
            while (size := size - len(content)) > 0 and content:
                content = file.read(min(size, CHUNK))
            if head.startswith(DICTIONARY) and at == 0:
                dictionary = _dictionary(content)
            continue
        file.put_back(head)
        if not head.startswith((GZIP, ZSTD)):
            if skipped := _skip_to_start(file):
                yield Broken(f"{name}, byte {at}: {skipped} stray bytes between the packed parts")
            continue
        member = _Member(file, _unpacker(head, dictionary), f"{name}, byte {at:,}")
        yield Stream(member)
        try:
            while member.read(CHUNK):  # what its reader left
                pass
        except Broken as broken:
            yield broken
        if not member.unpacker.eof:
            _skip_to_start(file)


def _unpacker(head: bytes, dictionary: zstd.ZstdDict | None) -> Any:
    if head.startswith(GZIP):
        return zlib.decompressobj(31)
    options: dict[int, int] = {zstd.DecompressionParameter.window_log_max: WINDOW_LOG}
    return zstd.ZstdDecompressor(dictionary, options)


def _dictionary(content: bytes) -> zstd.ZstdDict | None:
    try:
        if content.startswith(ZSTD):
            content = zstd.ZstdDecompressor().decompress(content, MAX_DICTIONARY)
        return zstd.ZstdDict(content)
    except (*PACKING_FAULTS, ValueError):
        return None  # each part will say that it cannot be unpacked


def _skip_to_start(file: Stream) -> int:
    """Go on to where a packed part may begin; return how many bytes that mean something were passed over."""
    skipped = 0
    rest = b""
    while part := file.read(CHUNK):
        data = rest + part
        if match := START.search(data):
            file.put_back(data[match.start() :])
            return skipped + len(data[: match.start()].strip(b"\0\r\n\t "))
        rest = data[-3:]
        skipped += len(data[:-3].strip(b"\0\r\n\t "))
    return skipped + len(rest.strip(b"\0\r\n\t "))
