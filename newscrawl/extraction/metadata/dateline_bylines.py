"""Reporters whom East Asian papers name in the text itself, at the edge of a paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from newscrawl.extraction.metadata.bylines import Byline
from newscrawl.extraction.metadata.headline_place import Headline
from newscrawl.extraction.tree.nodes import Nodes
from newscrawl.text.scripts import EAST_ASIAN, HAN, HANGUL, KANA

MAX_PARAGRAPHS = 60
MAX_CHILDREN = 8
EDGE = 90
"""Characters at the beginning and the end of a paragraph among which a reporter is named."""

OPEN, CLOSE = "[（(【〔\\[［]", "[）)】〕\\]］]"
NAMES = rf"[{HAN}々ヶ]{{2,5}}(?:[、・,，\s　][{HAN}々ヶ]{{2,5}})*"
CHINESE = re.compile(rf"{OPEN}[{HAN}\d\s/／]{{0,16}}?((?:记者|記者)[^）)】〕\]］。]{{2,30}}(?<![摄攝影])){CLOSE}")
"""（记者 王丽华 通讯员 张伟）, 〔記者陳美玲／台北報導〕, (中央社記者陳美玲台北24日電)"""

WIRE = re.compile(rf"[{HAN}]\d{{1,2}}日[电電]\s?{OPEN}({NAMES}){CLOSE}")
"""中新网北京11月24日电 (王丽华)"""

JAPANESE = re.compile(rf"{OPEN}[{HAN}{KANA}ー・]{{1,12}}[＝=]\s?({NAMES}){CLOSE}")
"""【東京＝山田太郎】, （ワシントン＝田中一郎）"""

SIGNED = re.compile(rf"(?:[。」）]\s?|^){OPEN}(?:(?:聞き手|取材・文|構成|文)[・＝=：])?({NAMES}){CLOSE}$")
"""…決めた。（山田太郎）: a paragraph's last words, where the text is Japanese."""

KOREAN = re.compile(
    rf"^{OPEN}[^）)\]】]{{1,14}}[=＝][^）)\]】]{{1,14}}{CLOSE}\s?([{HANGUL}]{{2,4}}(?:[·ㆍ,\s]{{1,2}}[{HANGUL}]{{2,4}}){{0,3}}?)"
    r"\s?(?:선임|수습|인턴|객원)?\s?(?:기자|특파원)(?![가-힣])"
)
PAPER = re.compile(rf"^{OPEN}[{HANGUL}\w]{{2,12}}[\s=]([{HANGUL}]{{2,4}})\s?(?:기자|특파원){CLOSE}")
"""[이데일리 김민수 기자]"""

SIGNED_KOREAN = re.compile(rf"(?:^|[./])\s?([{HANGUL}]{{2,4}})\s?(?:기자|특파원)(?:\s?[\[(]?\S+@\S+[)\]]?)?$")

NO_NAMES = re.compile(
    "敬称略|続く|つづく|終わり|写真|提供|撮影|共同|時事|通信|関連|有料|会員|限定|記事|肩書|当時|現在|参照|出典|資料|抜粋"
    "|引用|訳|編集|取材|年|月|日|速報|独自|図|表|詳細|無料|全文|以下|略|注|計|同|社$|局$|部$|版$|面$|欄$"
)
PARTS = re.compile("[、・，ㆍ·]")
BLANKS = re.compile(r"[、・，ㆍ·\s]+")
HAS_KANA = re.compile(f"[{KANA}]")
HAS_EAST_ASIAN = re.compile(f"[{EAST_ASIAN}]")


def dateline_bylines(headline: Headline) -> Iterator[Byline]:
    """Yield the reporters named at the edge of a paragraph: the first that names one, then the last."""
    signed: list[str] = []
    nodes = headline.nodes
    for at in islice(headline.below("p", "div", "td", "span"), MAX_PARAGRAPHS):
        text = " ".join(f"{nodes.texts[at] or ''}{_tail(nodes, at)}".split())
        if len(text) < 4 or HAS_EAST_ASIAN.search(text[:EDGE]) is None:
            continue
        head, foot = text[:EDGE], text[-EDGE:]
        for pattern in (CHINESE, WIRE, JAPANESE, KOREAN, PAPER):
            found = pattern.search(head) or pattern.search(foot)
            if found is not None:
                yield Byline([PARTS.sub(",", found[1]) if pattern is JAPANESE else BLANKS.sub(",", found[1])])
        found = SIGNED_KOREAN.search(foot)
        if found is None and HAS_KANA.search(text) and (found := SIGNED.search(foot)) and NO_NAMES.search(found[1]):
            found = None
        if found is not None:
            signed.append(PARTS.sub(",", found[1]))
    yield from (Byline([names]) for names in reversed(signed))


def _tail(nodes: Nodes, at: int) -> str:
    """Return what the element says behind its own text, where its inline elements have little."""
    children = islice(nodes.children(at), MAX_CHILDREN)
    return "".join(f"{nodes.texts[child] or ''}{nodes.tails[child] or ''}" for child in children)
