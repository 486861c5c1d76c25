"""Whether a text is a person's name, in every script; a wrong name is worse than none."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from newscrawl.dates.parse import read_stamp
from newscrawl.dates.words import is_date_word
from newscrawl.phrases.authors import BY, HOUSE, NOT_AUTHORS, SURNAMES, is_house
from newscrawl.text.caseless import Caseless
from newscrawl.text.clean import plain, words
from newscrawl.text.scripts import EAST_ASIAN, HAN, HANGUL, KANA

MAX_NAME_CHARS = 100
MIN_NAME_WORDS = 2
MAX_AND = 3  # characters between two names that "and" may take more than a comma
PARTICLES = frozenset(
    "de da do dos das del della dei di du des der den la las le los van von vom zu zum zur ter ten al el bin bint ibn"
    " abu ben d l af av e y i".split()
)
SPLIT = re.compile(
    r"\s*(?:[,;|/•·∙&、，；／｜]|\s(?:and|AND|und|UND|et|y|e|en|och|og|with|mit|avec|и|і|та|και|ve|dan|và|i|a)\s|\sو\s?)\s*"
)
OTHERS = Caseless(rf"(?<![^\W_]){NOT_AUTHORS.pattern}")
"""What names others than the authors, at the beginning of a word."""

LEADING_AND = re.compile(r"^(?:and|und|et|y|en|och|og|и|και|ve|dan)\s+")
PARTICLE_END = re.compile("[-'’]")  # al-Hassan, d'Angelo
EMAIL = re.compile(r"[^\s|,;<>]{1,60}@[^\s|,;<>]{3,60}|(?<!\S)@\w{2,30}")
PICTURED = re.compile(
    r"(?:[,;|&]|\s(?:and|und|et|y|e|en|och|og|i|и)\s)[^(),;|&]{3,40}"
    r"\((?:fotos?|photos?|photograph\w*|bild(?:er)?|video|grafik|illustration\w*|фото)\)",
    re.I,
)
"""A further name with what it gave beside the words: "und Ute Ruh (Fotos)"."""

PARENTHESES = re.compile(r"\([^()]{0,200}\)?|（[^（）]{0,200}）?")
BRACKETED = re.compile(
    rf"\s*[（(【〔\[［]([^（()【〔\[［］\]〕】)）]*[{EAST_ASIAN}][^（()【〔\[［］\]〕】)）]*)[）)】〕\]］]\s*"
)
"""A line in brackets, as East Asian papers write who reported."""

REPORTED = re.compile(
    rf"((?:记者|記者)\s?(?:[{HAN}]{{2,3}}(?=[{HAN}]{{2,3}}(?:\d{{1,2}}日|報導|报道|報道))|[{HAN}]{{2,4}}?))(?:[{HAN}]{{2,3}}(?:\d{{1,2}}日[电電]|報導|报道|報道)|报道|報導|報道)"
)
"""What follows the name of a reporter: 记者王丽华报道, 記者陳美玲台北24日電."""

NOT_A_NAME = re.compile(r"\s-\s|https?:|www\.|@|\d|[<>{}\[\]=_:：?!]|\.(?:com|org|net|de|fr|co)\b", re.I)
ROLE = re.compile(
    r"\s+(?:for|in|of|at|from|für|aus|on behalf)\s+.*$"
    r"|\s[–—]\s.*$|\s-\s(?:editor|redaktur|penyunting|foto|photo)\b.*$|\s*\([^()]{0,60}\)\s*$",
    re.I,
)
OFFICE = re.compile(r"[^\W\d_]+ (?:of|for|at) ", re.I)
TITLE = re.compile(r"\b(?:MD|M\.D\.|PhD|Ph\.D\.|RN|MS|RD|RDN|MA|MBA|DVM)\.?$")
DATED = re.compile(r"\d")  # a date or a time beside the names
CHINESE_NAME = re.compile(rf"[{HAN}]{{2,4}}|[{HAN}]{{1,6}}·[{HAN}]{{1,8}}")
JAPANESE_NAME = re.compile(rf"[{HAN}々ヶ]{{1,4}}[ 　]?[{KANA}{HAN}々]{{1,5}}")
KOREAN_NAME = re.compile(rf"[{HANGUL}]{{2,4}}")
ROLE_BEHIND = re.compile(r"\s*(?:(?:인턴|객원|선임|수습|전문)?\s?기자|특파원|앵커|논설위원|PD|記者|特派員)$")
EAST_ASIAN_CHAR = re.compile(f"[{EAST_ASIAN}]")


def persons(texts: Sequence[str], houses: set[str], *, single: bool = False) -> list[str]:
    """Return the persons whom *texts* name, each once; *houses* are the site's own names, as ``words``.

    Given names alone count only where *single* says that the page declares persons.
    """
    kept: dict[str, str] = {}
    for text in texts:
        names = list(listed(text))
        whole = sum(len(name) + MAX_AND for name in names) >= len(text.strip())
        given = single and whole and all(map(is_given_name, names))
        for name in names:
            key = words(name)
            if key and key not in houses and (given or is_person(name)):
                kept.setdefault(key, name if not name.isupper() or EAST_ASIAN_CHAR.search(name) else name.title())
    return list(kept.values())[:20]


def listed(text: str) -> Iterator[str]:
    """Yield the names that *text* lists, without what stands before, between and behind them."""
    if "://" in text or text.startswith("www."):
        return
    text = PICTURED.sub("", text[:1000])
    if whole := BRACKETED.fullmatch(text):
        text = whole[1]
    text = REPORTED.sub(r"\1", text)
    line = EMAIL.sub(" ", PARENTHESES.sub(" ", plain(text, 1000))).replace("\u3000", " ").strip()
    if NOT_AUTHORS.match(line):
        return
    others = next((at.start() for at in OTHERS.finditer(line) if _introduces(at)), len(line))
    for part in SPLIT.split(unprefixed(line[:others])):
        name = _beside_dash(unprefixed(LEADING_AND.sub("", part.strip())))
        if not name or NOT_AUTHORS.match(name):
            continue
        if OFFICE.match(name):
            return  # what follows belongs to it: "Head of Marketing and Strategy"
        if EAST_ASIAN_CHAR.search(name):
            yield from _spaceless(name)
        else:
            yield TITLE.sub("", ROLE.sub("", undated(name)).strip(" .,:;-–—'\"*")).strip(" .,:;-–—'\"*")


def _beside_dash(text: str) -> str:
    """Return the name in *text*, which a dash parts from a place before it or from what the person does.

    All of it where the other side is a house: its letters, its address, a number.
    """
    before, dash, behind = text.partition(" - ")
    if not dash:
        return text
    name, other = (behind, before) if len(before.split()) == 1 < len(behind.split()) else (before, behind)
    return text if other.isupper() or NOT_A_NAME.search(other) else name


def _spaceless(name: str) -> Iterator[str]:
    """Yield the names in *name*, of a script where a blank parts persons: 记者 张三 李四, or 山田 太郎."""
    name = ROLE_BEHIND.sub("", name.strip(" .,:：;-–—*/"))
    pieces = [unprefixed(piece) for piece in name.split() if not DATED.search(piece)]
    if len(pieces) > 1 and all(CHINESE_NAME.fullmatch(piece) and is_person(piece) for piece in pieces if piece):
        yield from (piece for piece in pieces if piece)
    else:
        yield ROLE_BEHIND.sub("", " ".join(piece for piece in pieces if piece))


def undated(text: str) -> str:
    """Return *text* without the date at its end and the words that lead to it: "Ida Marsh on 4 November 2026".

    What has no two words before its first number stays as it is, and is then no name.
    """
    parts = text.split()
    end = next((index for index, part in enumerate(parts) if part[0].isdigit()), 0)
    while end > MIN_NAME_WORDS and _leads_to_date(parts[end - 1]):
        end -= 1
    if not end:
        return text
    is_date = any(map(is_date_word, parts[end:])) or parts[-1].islower() or read_stamp(" ".join(parts[end:]))
    return " ".join(parts[:end]) if end >= MIN_NAME_WORDS and is_date else text


def _introduces(role: re.Match[str]) -> bool:
    """Say whether *role* names others behind the authors, "Edited by", and is no office of theirs: "Content Editor"."""
    return " " in role[0].strip(" |/") or role[0].rstrip().endswith((":", "："))


def _leads_to_date(word: str) -> bool:
    return word.islower() or is_date_word(word) or HOUSE.fullmatch(word) is not None


def unprefixed(text: str) -> str:
    """Return *text* without the words that say that a name follows."""
    for _ in range(2):
        match = BY.match(text)
        if match is None or not match.end():
            return text
        text = text[match.end() :].lstrip(" :：/|")
    return text


def is_person(name: str) -> bool:
    """Say whether *name* can be that of a person, and of nothing else."""
    if not 1 < len(name) <= MAX_NAME_CHARS or NOT_A_NAME.search(name) or is_house(name):
        return False
    if EAST_ASIAN_CHAR.search(name):
        chinese = CHINESE_NAME.fullmatch(name) is not None and ("·" in name or name[0] in SURNAMES)
        japanese = JAPANESE_NAME.fullmatch(name) is not None and len(name) > 3
        return chinese or japanese or KOREAN_NAME.fullmatch(name) is not None
    return MIN_NAME_WORDS <= len(name.split()) <= 6


def is_given_name(name: str) -> bool:
    """Say whether *name* is one word that is written as a name: Susan, not susan12 or SEO."""
    return name.isalpha() and 3 <= len(name) <= 15 and name[0].isupper() and name[1:].islower() and not is_house(name)


def is_written_as_name(name: str) -> bool:
    """Say whether each word of *name* begins with a capital, where the script has any, or is a particle."""
    return ":" not in name and all(
        not _is_small(word[0]) or PARTICLE_END.split(word, maxsplit=1)[0] in PARTICLES for word in name.split()
    )


def _is_small(char: str) -> bool:
    """Say whether *char* is a small letter where names have capitals; Georgian has them for whole headlines only."""
    return char.islower() and not "\u10d0" <= char <= "\u10ff"


def is_lower_case(name: str) -> bool:
    """Say whether *name* is two or three words without any capital, as some templates write names."""
    parts = name.split()
    return 2 <= len(parts) <= 3 and all(part.isalpha() and part.islower() for part in parts)
