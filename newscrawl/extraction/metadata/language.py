"""The language that a page is written in: what it declares, unless its text says otherwise."""

from __future__ import annotations

from lxml.html import HtmlElement

from newscrawl.extraction.declarations.declared import Choice, Declared, Evidence
from newscrawl.extraction.tree.chrome import DIALOGS
from newscrawl.text.language import MAX_CHARS, detect_language, is_contradicted
from newscrawl.text.scripts import DENSE_CHAR

SILENT = frozenset({"script", "style", "noscript", "svg", "template", "textarea", "option", "title"})
BESIDE = frozenset({"dialog", "aside", "footer", "nav", "a"})
FEW_CHARS = 1_500
"""Of the sentences that are asked first; only where they are unsure, or contradict the page, more are."""

MIN_PIECE = 40  # characters of a run of text that is a sentence, and not a button; a third of it in Chinese


def choose_language(tree: HtmlElement, declared: Declared) -> Choice:
    """Return the language of *tree* as BCP 47, lower case: what it declares, or what its sentences are in."""
    given = declared.language()
    detected = detect_language(sentences(tree, FEW_CHARS))
    if detected is None or (given.value and is_contradicted(given.value, detected)):
        detected = detect_language(sentences(tree, MAX_CHARS))
    if detected is None or (given.value and not is_contradicted(given.value, detected)):
        return given
    return Choice(detected, "text", (Evidence("text", detected), *given.evidence))


def sentences(tree: HtmlElement, most: int) -> str:
    """Return the runs of text of *tree* that are as long as a sentence, so many that they have *most* characters.

    What stands beside the story, in links and in dialogs, counts only where there is nothing else.
    """
    pieces: list[str] = []
    beside: list[str] = []
    size = 0
    for element in tree.iter():
        for text, is_tail in ((element.text if element.tag not in SILENT else None, False), (element.tail, True)):
            if not text or len(text) < MIN_PIECE // 3:
                continue
            piece = text.strip()
            if len(piece) < MIN_PIECE and (piece.isascii() or len(DENSE_CHAR.findall(piece)) < MIN_PIECE // 3):
                continue
            if _is_beside(element.getparent() if is_tail else element):
                beside.append(piece)
            else:
                pieces.append(piece)
                size += len(piece)
        if size > most:
            break
    return "\n".join(pieces or beside)[:most]


def _is_beside(element: HtmlElement) -> bool:
    return any(one.tag in BESIDE or one.get("role") in DIALOGS for one in (element, *element.iterancestors()))
