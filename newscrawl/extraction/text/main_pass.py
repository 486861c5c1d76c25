"""trafilatura's main pass, stage by stage: what it does first with each page, for the options that we give it.

Its own function for it keeps a copy of the page for the ways behind it, and looks twice at what did not change.
"""

from __future__ import annotations

from lxml.etree import Element, XPath, strip_elements, strip_tags
from lxml.html import HtmlElement
from trafilatura import htmlprocessing
from trafilatura.htmlprocessing import (
    convert_tags,
    delete_by_link_density,
    link_density_test_tables,
    process_node,
    prune_html,
    prune_unwanted_nodes,
    tree_cleaning,
)
from trafilatura.main_extractor import NOT_AT_THE_END, REBUILT_BLOCKS, handle_textelem
from trafilatura.settings import (
    INLINE_FORMATTABLE,
    MANUALLY_CLEANED,
    MANUALLY_STRIPPED,
    MIN_DUPLICATE_LENGTH,
    TAG_CATALOG,
    Extractor,
)
from trafilatura.utils import text_chars_test, trim
from trafilatura.xml import delete_element
from trafilatura.xpaths import (
    BODY_XPATH,
    DISCARD_IMAGE_ELEMENTS,
    OVERALL_DISCARD_XPATH,
    TEASER_DISCARD_XPATH,
)

from newscrawl.extraction.text.expressions import Expressions, asked_first, asked_once
from newscrawl.extraction.text.misnamed import keep_misnamed
from newscrawl.html.hold import hold

BODY = Expressions(BODY_XPATH)
BODY_XPATH[:] = [asked_first(one) for one in BODY_XPATH]
BESIDE = Expressions(DISCARD_IMAGE_ELEMENTS + TEASER_DISCARD_XPATH + OVERALL_DISCARD_XPATH)
CAPTION_OR_TEASER = (1 << len(DISCARD_IMAGE_ELEMENTS + TEASER_DISCARD_XPATH)) - 1
"""The bits of those; the others are of what is discarded."""

for expressions in (OVERALL_DISCARD_XPATH, DISCARD_IMAGE_ELEMENTS, TEASER_DISCARD_XPATH):
    asked_once(expressions)
clean_forms = getattr(htmlprocessing, "_handle_forms", None)
"""A private function, which a page with forms is cleaned with: where it is none any more, by ``tree_cleaning``."""

TAGS = TAG_CATALOG | {"table", "td", "th", "tr", "ref"}
BELOW = XPath(".//*")
COUNT = XPath("count(.//*)")
PARAGRAPH_TEXTS = XPath("//p//text()", smart_strings=False)


def main_text(tree: HtmlElement, options: Extractor) -> HtmlElement | None:
    """Return the body that the main pass finds in *tree*, which is spent; None where it would be too little.

    *options* are those of a text with links and tables, without images and comments.
    """
    tree = convert_tags(cleaned(tree, options), options)
    held = hold(tree)  # noqa: F841
    part = BODY.first(tree)
    if part is None:
        return None
    _prune(part)
    in_paragraphs = sum(map(len, PARAGRAPH_TEXTS(part)))
    tags = set(TAGS if in_paragraphs >= 3 * options.min_extracted_size else TAGS | {"div"})
    body = _rebuilt(part, tags, options)
    while len(body) and body[-1].tag in NOT_AT_THE_END:
        delete_element(body[-1], keep_tail=False)
    if len(body) < 2 or len(" ".join(body.itertext()).strip()) < options.min_extracted_size:
        return None
    _drop_copies(body)
    strip_elements(body, "done")
    strip_tags(body, "div")
    return body


def cleaned(tree: HtmlElement, options: Extractor) -> HtmlElement:
    """Return *tree* as trafilatura cleans it, which goes through the tree for each of 85 names: most have none here."""
    names = {element.tag for element in tree.iter()}
    if "math" in names or ("form" in names and clean_forms is None):
        return tree_cleaning(tree, options)
    if "table" in names:
        for element in tree.iter("figure", "table"):
            is_layout = element.tag == "table" and element.get("role") in ("presentation", "none")
            if is_layout or (element.tag == "figure" and element.find(".//table") is not None):
                element.tag = "div"
    strip_tags(tree, *names.intersection(MANUALLY_STRIPPED))
    for name in [name for name in MANUALLY_CLEANED if name in names and name != "form"]:
        for element in tree.iter(name):
            delete_element(element)
    if "form" in names and clean_forms is not None:
        clean_forms(tree)
    return prune_html(tree)


def _prune(part: HtmlElement) -> None:
    """Remove from *part* what its names and its links show to be no text."""
    found = BESIDE.found(part)
    beside = keep_misnamed([element for element, bits in found if bits & CAPTION_OR_TEASER])
    discarded = keep_misnamed([element for element, bits in found if bits > CAPTION_OR_TEASER])
    if discarded:  # how much text that would take is measured on all of it
        prune_unwanted_nodes(part, [lambda _: discarded], with_backup=True)
    for element in beside:
        delete_element(element)
    before, after = -1, COUNT(part)
    for _ in range(2):
        if before == after or next(part.iter("ref"), None) is None:
            break
        for name in ("div", "list", "p"):
            delete_by_link_density(part, name, backtracking=name == "div")
        before, after = after, COUNT(part)
    for table in [table for table in part.iter("table") if link_density_test_tables(table)]:
        delete_element(table, keep_tail=False)
    strip_tags(part, "span")


def _rebuilt(part: HtmlElement, tags: set[str], options: Extractor) -> HtmlElement:
    """Return the blocks of *part*, which is spent, as trafilatura writes them."""
    body = Element("body")
    elements = BELOW(part)
    names = {element.tag for element in elements}
    if names == {"lb"} or (part.tag == "div" and "div" in tags and names <= INLINE_FORMATTABLE | {"lb"}):
        elements = [part]
    elif text_chars_test(part.text):
        _append(body, part.text, options)
    for element in elements:
        name, tail = element.tag, element.tail
        if name == "done" or element.getroottree().getroot() is body:
            continue
        block = handle_textelem(element, tags, options)
        if block is not None:
            body.append(block)
            if element.getroottree().getroot() is not body:
                element.tag = "done"
        if name in REBUILT_BLOCKS and text_chars_test(tail) and (block is None or block.tail is None):
            _append(body, tail, options)
    return body


def _append(body: HtmlElement, text: str, options: Extractor) -> None:
    """Append *text*, which stands in no block, as a paragraph of its own."""
    paragraph = Element("p")
    paragraph.text = text
    if process_node(paragraph, options) is not None:
        body.append(paragraph)


def _drop_copies(body: HtmlElement) -> None:
    """Remove blocks of *body* that repeat the one before."""
    before = ""
    for block in list(body):
        text = trim("".join(block.itertext()))
        if text == before and len(text) > MIN_DUPLICATE_LENGTH:
            delete_element(block, keep_tail=False)
        else:
            before = text
