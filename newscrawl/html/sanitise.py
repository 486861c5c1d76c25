"""Text without what makes parsers fail or slow: controls, a huge DOCTYPE, a tag with thousands of attributes."""

from __future__ import annotations

import re

MAX_TAG_CHARS = 4_000
MAX_ATTRIBUTES = 250
"""Of one tag; the next are dropped. Each costs libxml2 and lxml as much as there are before it, 30,000 cost 20 s."""

CONTROL_REFERENCE = re.compile(
    r"&#(?:0*(?:[0-8]|1[124-9]|2\d|3[01]|127|5529[6-9]|55[3-9]\d\d|56\d{3}|57[0-2]\d\d|573[0-3]\d|5734[0-3]|6553[45])(?!\d)"
    r"|0*(?:11141(?:1[2-9]|[2-9]\d)|1114[2-9]\d\d|111[5-9]\d{3}|11[2-9]\d{4}|1[2-9]\d{5}|[2-9]\d{6}|[1-9]\d{7,99})(?!\d)"
    r"|[xX]0*(?:[0-8]|[bBcCeEfF]|1[\da-fA-F]|7[fF]|[dD][89a-fA-F][\da-fA-F]{2}|[fF]{3}[eEfF])(?![\da-fA-F])"
    r"|[xX]0*(?:1[1-9a-fA-F]|[2-9a-fA-F][\da-fA-F])[\da-fA-F]{4}(?![\da-fA-F])|[xX]0*[1-9a-fA-F][\da-fA-F]{6,99});?"
)
"""References to what no document may hold: controls, surrogates, non-characters, numbers beyond Unicode."""

ESCAPE = re.compile(r"(?:&#0*27;?|&#[xX]0*1[bB];?|\x1b)\[[0-9;?]{0,20}[A-Za-z]")
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
PROLOGUE = re.compile(r"[\s\ufeff]*(?:<\?xml[^>]{0,200}>\s*)?<!doctype", re.I)
SELF_CLOSED = re.compile(r"<html[^<>]{0,1000}/>", re.I)
LONG_BLANKS = {blanks: re.compile(blanks + r"[ \t]*") for blanks in (" " * 200, "\t" * 200)}
"""Runs that begin with so many, which is found ten times as fast as so many of a class."""

CONTROLS = bytes([*range(9), 11, 12, *range(14, 32), 127])

TAG = re.compile(r"""<[A-Za-z][^>=]*+(?:="[^"]*+"[^>=]*+|=\s*+(?:"[^"]*+"|'[^']*+')?+[^>=]*+)*+>?""")
"""A start tag as parsers read it: a quotation mark counts only behind an equals sign."""

SCRIPT = re.compile(r"<script[^>]*>[^<]*+(?:<(?!/script)[^<]*+)*+(?:</script|\Z)", re.I)
"""In which a comparison (``a<b``) looks like a tag that ends thousands of characters further down."""

ATTRIBUTE = re.compile(r"""[^\s=/>]++(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>]*+))?+""")


def sanitise(text: str) -> str:
    """Return *text* fit for a parser: without controls, references to them, a DOCTYPE, more attributes than any has."""
    if "\x1b" in text or CONTROL_REFERENCE.search(text):
        text = CONTROL_REFERENCE.sub("", ESCAPE.sub("", text))
    if _is_forbidden(text):
        text = FORBIDDEN.sub("", text)
    if match := PROLOGUE.match(text):
        end = text.find(">", match.end())
        subset = text.find("[", match.end(), end if end >= 0 else None)
        if subset >= 0 and (close := text.find("]>", subset)) >= 0:
            end = close + 1
        text = text[end + 1 :] if end >= 0 else text[match.end() :]
    if match := SELF_CLOSED.search(text, 0, 3000):  # pages/self-closed: libxml2 takes nothing after it
        text = f"{text[: match.start()]}<html>{text[match.end() :]}"
    for blanks, run in LONG_BLANKS.items():
        if blanks in text:
            text = run.sub(" ", text)
    if _long_tags(text):  # sub is much slower
        for tag in dict.fromkeys(tag for part in SCRIPT.split(text) for tag in _long_tags(part)):
            text = text.replace(tag, _bounded(tag))
    return text


def _long_tags(text: str) -> list[str]:
    return [tag for tag in TAG.findall(text) if len(tag) > MAX_TAG_CHARS]


def _bounded(whole: str) -> str:
    for count, attribute in enumerate(ATTRIBUTE.finditer(whole), start=-1):
        if count == MAX_ATTRIBUTES:
            return whole[: attribute.start()] + ">"
    return whole


def _is_forbidden(text: str) -> bool:
    """Say whether *text* holds any of ``FORBIDDEN``, eight times as fast as a search for the class."""
    try:
        raw = text.encode("utf-8")
    except UnicodeEncodeError:  # a surrogate
        return True
    return len(raw.translate(None, CONTROLS)) != len(raw) or "\ufffe" in text or "\uffff" in text
