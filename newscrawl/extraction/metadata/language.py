"""The language that a page is written in: what it declares, unless its text says otherwise."""

from __future__ import annotations

from newscrawl.extraction.declarations.declared import Choice, Declared, Evidence
from newscrawl.extraction.tree.chrome import DIALOGS
from newscrawl.extraction.tree.nodes import Nodes
from newscrawl.text.language import MAX_CHARS, detect_language, is_contradicted
from newscrawl.text.scripts import DENSE_CHAR

SILENT = frozenset({"script", "style", "noscript", "svg", "template", "textarea", "option", "title"})
BESIDE = frozenset({"dialog", "aside", "footer", "nav", "a"})
FEW_CHARS = 1_500
"""Of the sentences that are asked first; only where they are unsure, or contradict the page, more are."""

MIN_PIECE = 40  # characters of a run of text that is a sentence, and not a button
MIN_DENSE = 13  # of them in Chinese


def choose_language(nodes: Nodes, declared: Declared) -> Choice:
    """Return the language of a page as BCP 47, lower case: what it declares, or what its sentences are in."""
    given = declared.language()
    detected = detect_language(sentences(nodes, FEW_CHARS))
    if detected is None or (given.value and is_contradicted(given.value, detected)):
        detected = detect_language(sentences(nodes, MAX_CHARS))
    if detected is None or (given.value and not is_contradicted(given.value, detected)):
        return given
    return Choice(detected, "text", (Evidence("text", detected), *given.evidence))


def sentences(nodes: Nodes, most: int) -> str:
    """Return the runs of text of *nodes* that are as long as a sentence, so many that they have *most* characters.

    What stands beside the story, in links and in dialogs, counts only where there is nothing else.
    """
    pieces: list[str] = []
    beside: list[str] = []
    size = 0
    for at, (own, behind) in enumerate(zip(nodes.own, nodes.behind, strict=True)):
        if own < MIN_DENSE and behind < MIN_DENSE:
            continue
        texts = [(nodes.texts[at], at)] if own >= MIN_DENSE and nodes.tags[at] not in SILENT else []
        texts += [(nodes.tails[at], nodes.parents[at])] if behind >= MIN_DENSE else []
        for text, home in texts:
            piece = (text or "").strip()
            if len(piece) < MIN_PIECE and (piece.isascii() or len(DENSE_CHAR.findall(piece)) < MIN_DENSE):
                continue
            if _is_beside(nodes, home):
                beside.append(piece)
            else:
                pieces.append(piece)
                size += len(piece)
        if size > most:
            break
    return "\n".join(pieces or beside)[:most]


def _is_beside(nodes: Nodes, at: int) -> bool:
    """Say whether *at* is, or stands in, a part beside the story."""
    for one in (at, *nodes.around(at)):
        if nodes.tags[one] in BESIDE or nodes.elements[one].get("role") in DIALOGS:
            return True
    return False
