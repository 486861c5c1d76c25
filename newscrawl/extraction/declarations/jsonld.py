"""What a page declares of itself as JSON-LD: found whatever its form, believed only where it speaks of this page."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from html import unescape
from typing import Any
from urllib.parse import urlsplit

import json_repair

from newscrawl.text.clean import clean
from newscrawl.text.markup import without_tags

MAX_CHARS = 3_000_000
MAX_NODES = 2_000
MAX_NAME_CHARS = 100
MAX_QUOTES = 60  # unescaped quotation marks of one script; each costs a reading
MAX_BODY_CHARS = 200_000
MAX_REPAIRED_CHARS = 40_000  # a reader that guesses takes a second for 100,000 with many quotation marks

ARTICLE_TYPES = re.compile(
    r"(?:Article|Posting|Report|BlogPost|Story|LiveBlogPosting)$|^(?:Review|Recipe|Recommendation)$"
)
PAGE_TYPES = re.compile(r"(?:WebPage|ItemPage|AboutPage|VideoObject)$")
OTHER_PAGES = frozenset(
    "itemListElement hasPart isPartOf relatedLink citation mentions about comment review breadcrumb liveBlogUpdate "
    "publisher author creator image logo sourceOrganization copyrightHolder".split()
)
"""Below these keys stand other articles, other pages and things, not the page's own article."""
TRAILING_COMMA = re.compile(r",(\s*[}\]])")
WRAPPING = re.compile(r"^\s*(?://)?\s*(?:<!\[CDATA\[|<!--)|(?://)?\s*(?:\]\]>|-->)\s*;?\s*$")
BLOCK_TAG = re.compile(r"</?(?:p|br|div|li|ul|ol|h[1-6]|blockquote)\b[^<>]{0,500}>", re.I)
BAD_ESCAPE = re.compile(r'\\(?!["\\/bfnrtu])')

Node = dict[str, Any]


def read_scripts(scripts: Sequence[str]) -> list[Any]:
    """Return what the texts of JSON-LD *scripts* hold; one that cannot be mended is left out."""
    values, budget = [], MAX_CHARS
    for text in scripts:
        budget -= len(text)
        if budget < 0:
            break
        if (value := read_json(text)) is not None:
            values.append(value)
    return values


def read_json(text: str) -> Any:
    """Return what *text* holds as JSON, mended where it can be; None where it cannot."""
    with suppress(ValueError, RecursionError):  # 100,000 levels deep: RecursionError
        return json.loads(text, strict=False)
    text = BAD_ESCAPE.sub(r"\\\\", TRAILING_COMMA.sub(r"\1", WRAPPING.sub("", text))).strip().rstrip(";")
    if len(text) <= MAX_REPAIRED_CHARS:
        return _repaired(text)
    for _ in range(min(MAX_QUOTES, MAX_CHARS * 5 // (len(text) + 1))):
        try:
            return json.loads(text, strict=False)
        except json.JSONDecodeError as error:
            if error.msg == "Extra data":
                text = text[: error.pos]
            elif (quote := _quote_before(text, error.pos)) > 0:
                text = f"{text[:quote]}\\{text[quote:]}"
            else:
                return None
        except (ValueError, RecursionError):
            return None
    return None


def _repaired(text: str) -> Any:
    """Return what *text* means, which is JSON with slips, JavaScript, or was cut off; None where it means nothing."""
    with suppress(ValueError):
        return json.loads(text, strict=False)
    with suppress(Exception):  # RecursionError and others on what pages write
        value = json_repair.loads(unescape(text) if '"' not in text and "&quot;" in text else text)
        return value if isinstance(value, (dict, list)) and value else None
    return None


def _quote_before(text: str, position: int) -> int:
    """Return where the string that ends before *position* ends: at a quotation mark of its own that is not escaped."""
    quote = text.rfind('"', 0, position)
    if quote > 0 and text[quote - 1] == "\\":
        return 0
    return quote if text[quote + 1 : position].strip(" \t\r\n,:") == "" else 0


def nodes(scripts: Sequence[Any]) -> Iterator[tuple[Node, bool]]:
    """Yield each object of *scripts* in document order, and whether it may speak of the page itself."""
    todo: list[tuple[Any, bool]] = [(script, True) for script in reversed(scripts)]
    for _ in range(MAX_NODES):
        if not todo:
            return
        value, own = todo.pop()
        if isinstance(value, list):
            todo.extend((item, own) for item in reversed(value[:500]))
        elif isinstance(value, dict):
            yield value, own
            todo.extend(
                (below, own and key not in OTHER_PAGES)
                for key, below in reversed(value.items())
                if isinstance(below, (dict, list))
            )


def types(node: Node) -> list[str]:
    """Return the types of *node* without their namespace."""
    value = node.get("@type")
    return [str(name).rsplit("/", 1)[-1] for name in (value if isinstance(value, list) else [value]) if name]


def first(value: Any) -> Any:
    """Return *value*, or its first item where it is a list."""
    return next(iter(value), None) if isinstance(value, list) else value


def text_of(value: Any) -> str:
    """Return the string that *value* holds: itself, its ``@value`` or ``name``, or that of its first item."""
    value = first(value)
    if isinstance(value, dict):
        value = first(value.get("@value") or value.get("name") or value.get("url"))
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return value if isinstance(value, str) else ""


class JsonLd:
    """The page's own article node, its page node, and what they refer to."""

    def __init__(self, scripts: Sequence[Any], url: str) -> None:
        self.by_id: dict[str, Node] = {}
        articles: list[Node] = []
        pages: list[Node] = []
        self.types: list[str] = []
        self.site_names: list[str] = []
        self.person_names: list[str] = []
        for node, own in nodes(scripts):
            if isinstance(name := node.get("@id"), str) and len(node) > 1:
                self.by_id.setdefault(name, node)
            kinds = types(node)
            if own:
                self.types += kinds
            if any(kind == "WebSite" or kind.endswith("Organization") for kind in kinds):
                self.site_names += [name for name in (text_of(node.get("name"))[:MAX_NAME_CHARS],) if name]
            if "Person" in kinds and (name := text_of(node.get("name"))[:MAX_NAME_CHARS]):
                self.person_names.append(name)
            if own and any(ARTICLE_TYPES.search(kind) for kind in kinds):
                articles.append(node)
            elif own and any(PAGE_TYPES.search(kind) for kind in kinds):
                pages.append(node)
        path = urlsplit(url).path.rstrip("/") if url else ""
        # a page that lists stories has many article nodes; its own is the one that names the page's address
        about = [node for node in articles if path and path in _addresses(node)]
        named = [node for node in articles if node.get("headline")]
        self.article: Node = next(iter([*about, *named, *articles]), {})
        self.articles = len(articles)
        self.page: Node = pages[0] if pages else {}

    def get(self, key: str, *, page: bool = True) -> Any:
        """Return what the article node has under *key*, else the page node, references followed."""
        value = self.article.get(key)
        if value in (None, "", []) and page:
            value = self.page.get(key)
        return self.resolve(value)

    def resolve(self, value: Any) -> Any:
        """Return *value* with its references (``{"@id": …}``) replaced by what they refer to."""
        if isinstance(value, list):
            return [self.resolve(item) for item in value[:100]]
        if (
            isinstance(value, dict)
            and len(value) <= 2
            and isinstance(name := value.get("@id"), str)
            and "name" not in value
        ):
            return self.by_id.get(name, value)
        return value

    def article_body(self) -> list[str]:
        """Return the paragraphs of the article's text as declared."""
        text = text_of(self.get("articleBody", page=False))[:MAX_BODY_CHARS]
        if "&" in text:
            text = unescape(text)
        lines = without_tags(BLOCK_TAG.sub("\n", text)).splitlines()
        return [line for line in (" ".join(clean(line).split()) for line in lines) if line]


def _addresses(node: Node) -> set[str]:
    """Return the paths by which *node* names its page."""
    paths = set()
    for value in (node.get("url"), node.get("@id"), node.get("mainEntityOfPage")):
        value = first(value)
        if isinstance(value, dict):
            value = value.get("@id") or value.get("url")
        if isinstance(value, str):
            try:
                paths.add(urlsplit(value).path.rstrip("/"))
            except ValueError:
                continue
    return paths - {""}
