"""How near records come to the gold of saved pages: the measures of :mod:`tests.benchmarks.extraction`."""

from __future__ import annotations

import re
import statistics
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

CJK = "\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0eff\u1000-\u109f"
TOKEN = re.compile(rf"[{CJK}]|[^\W{CJK}]+")
BOILERPLATE = re.compile(
    r"""^\W*(?:related|you\ may\ also\ like|more\ (?:stories|from|on)\b.{0,40}|recommended|read\ next
    |most\ (?:read|popular)|trending|also\ read|see\ also)\W*$
    | ^\W*(?:related|read\ more|also\ read|see\ also|watch|more)\s*[:>].{3}
    | leave\ a\ (?:reply|comment) | your\ email\ address\ will\ not | required\ fields\ are | post\ a\ comment
    | newsletter | sign\ up\ (?:for|to|now|here) | subscribe\ (?:to|for|now|today) | in\ your\ inbox
    | ^\W*(?:share|tweet|follow\ us|like\ us)\b.{0,60}$ | cookie\ (?:policy|preferences|settings)
    | ^\W*(?:advertisement|anzeige|publicidad|(?:story|article)\ continues)\b.{0,40}$ | all\ rights\ reserved
    | ^\W*(?:copyright|©) | function\s*\( | window\.""",
    re.I | re.X,
)
"""A line that is no story's, however it is worded; those that the gold has are not counted."""

Record = Mapping[str, Any]


def words(text: str | None) -> str:
    return " ".join(re.findall(r"\w+", unicodedata.normalize("NFKC", text or "").casefold()))


def score(pages: Iterable[Record], records: Mapping[str, Record]) -> dict[str, float]:
    """Return the measures by name; a page without a record counts as empty.

    body: macro F1 of 4-gram shingles, by data set, and their mean. segments: micro F1 of pieces that must and must not
    stand in the body. title: share that is equal but for case and typography. day: share of right days; an instant is
    right if it falls on that day in some time zone. authors: micro F1 of names.
    """
    bodies: dict[str, list[tuple[float, float]]] = defaultdict(list)
    shares: dict[str, list[bool]] = defaultdict(list)
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for page in pages:
        gold, record, name = page["gold"], records.get(page["id"], {}), page["dataset"]
        body, title = record.get("body") or "", words(record.get("title"))
        shares["without a record"].append(not record)
        if "body" in gold:
            bodies[name].append(overlap(gold["body"], body))
            first = words(body.split("\n", 1)[0])
            shares["begins with the headline"].append(first in {words(gold.get("title")), title} - {""})
            shares["has a boilerplate line"].append(has_boilerplate(body, gold["body"]))
        if "with" in gold:
            counts["segments"] += segments(" ".join(body.split()), gold)
        if "title" in gold:
            wanted = words(gold["title"])
            shares[f"title {name}"].append(title == wanted)
            shares["title with a suffix"].append(title.startswith(f"{wanted} "))
        if re.match(r"\d{4}-\d\d-\d\d", str(gold.get("date", ""))):
            shares[f"day {name}"].append(is_right_day(record, gold["date"]))
        if "authors" in gold:
            wanted_names, names = name_keys(gold["authors"]), name_keys(record.get("authors") or ())
            hit = len(wanted_names & names)
            counts[f"authors {name}"] += Counter(hit=hit, wrong=len(names) - hit, missed=len(wanted_names) - hit)
    result = {f"body {name}": f1(*map(statistics.mean, zip(*pairs, strict=True))) for name, pairs in bodies.items()}
    result["body mean"] = statistics.mean(result.values()) if result else 0.0
    for name, count in counts.items():
        result[name] = 2 * count["hit"] / max(1, 2 * count["hit"] + count["wrong"] + count["missed"])
    return result | {name: statistics.mean(values) for name, values in shares.items()}


def f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / max(1e-9, precision + recall)


def shingles(text: str) -> Counter[tuple[str, ...]]:
    tokens = TOKEN.findall(text or "")
    return Counter(tuple(tokens[at : at + 4]) for at in range(max(1, len(tokens) - 3)))


def overlap(gold: str, got: str) -> tuple[float, float]:
    """Return precision and recall of 4-gram shingles."""
    a, b = shingles(gold), shingles(got)
    hit = (a & b).total()
    return hit / max(1, b.total()), hit / max(1, a.total())


def segments(text: str, gold: Record) -> Counter[str]:
    found = [" ".join(piece.split()) in text for piece in gold["with"]]
    wrong = sum(" ".join(piece.split()) in text for piece in gold["without"])
    return Counter(hit=sum(found), missed=len(found) - sum(found), wrong=wrong)


def true_lines(body: str, gold: str) -> set[str]:
    """Return the lines of *gold* that are lines of *body* too."""
    return {words(line) for line in gold.split("\n")} & {words(line) for line in body.split("\n")} - {""}


def has_boilerplate(body: str, gold: str) -> bool:
    text = words(gold)
    lines = (line for line in body.split("\n") if len(line) < 300 and BOILERPLATE.search(line))
    return any(words(line) not in text for line in lines)


def is_right_day(record: Record, gold: str) -> bool:
    got = record.get("published_at") or ""
    if not got or got[:10] == gold[:10]:
        return bool(got)
    try:
        day = datetime.fromisoformat(gold[:10]).replace(tzinfo=UTC)
    except ValueError:
        return False
    exact = record.get("published_precision") not in (None, "day")
    return exact and day - timedelta(hours=14) <= datetime.fromisoformat(got) < day + timedelta(hours=36)


def name_keys(names: Iterable[str]) -> set[str]:
    """Return *names* without case, accents and order of their parts."""
    plain = (unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode() or name for name in names)
    return {" ".join(sorted(words(name).split())) for name in plain} - {""}
