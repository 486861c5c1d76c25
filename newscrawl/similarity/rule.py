"""The rule by which two articles are the same story.

Strong evidence (a body that is the same, or stands in the other) holds for three days, weak evidence for less than
one, since a daily series comes again at the same hour. Whatever the evidence, what the two stories name must agree.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from newscrawl.similarity.evidence import FACTS_WORDS, LEAD_WORDS, Evidence
from newscrawl.similarity.sketches import Overlap, overlap

Kind = Literal["title", "body", "copy"]


@dataclass(frozen=True, slots=True)
class Match:
    """Why an article is a story that is known."""

    kind: Kind
    similarity: float
    """Jaccard similarity of the bodies, or their containment where one is a part of the other."""


@dataclass(frozen=True, slots=True)
class Rule:
    """The thresholds, and the guards, each of which the benchmark can switch off."""

    weak_hours: float = 22.0
    strong_hours: float = 72.0
    late_days: float = 14.0
    jaccard: float = 0.5
    containment: float = 0.8
    min_words: int = 12
    """Shorter bodies match each other by chance."""

    copy_words: int = 60
    """Of a body that another site tells too."""

    long_words: int = 150
    """From here on a body is nobody's template and no consent form."""

    facts: bool = True
    """Short bodies stay apart when their numbers or names differ."""

    headline_names: bool = True
    """Short bodies are two stories where one does not name what the headline of the other names."""

    headline_numbers: bool = True
    """Headlines that differ in nothing but numbers are different stories."""

    silence: bool = True
    """A short body that does not mention its headline is no story's body."""

    recurring: bool = True
    """A headline that stood over two different stories of the site needs as much evidence as any other."""

    revisions: bool = True
    """Short bodies of one site within hours that name the same are the same with less overlap."""

    edits: bool = True
    """Long bodies of which a third is shared are the same if the later names what the earlier's headline tells."""

    passages: bool = True
    """Where less than a third of two long bodies is shared, some of it must be longer than a turn of phrase."""

    roundups: bool = True
    """What contains several stories, or one that it does not begin with, is none of them."""


def share(part: frozenset[int], whole: frozenset[int]) -> float:
    """Return which share of *part* stands in *whole*; 1 if there is nothing to ask for."""
    return len(part & whole) / len(part) if part else 1.0


def common(first: frozenset[int], second: frozenset[int]) -> float:
    """Return which share of the smaller set stands in the larger; 1 if there is nothing to ask for."""
    return share(first, second) if len(first) <= len(second) else share(second, first)


def same_title(first: Evidence, second: Evidence) -> bool:
    """Tell whether two headlines have the same key, or one is the beginning of the other and cut off."""
    if first.title == second.title:
        return bool(first.title)
    for short, long in ((first, second), (second, first)):
        kept = short.title[:-1]  # the last word may be cut, too
        if short.cut and len(kept) >= 4 and long.title[: len(kept)] == kept:
            return True
    return False


def compare(
    old: Evidence, new: Evidence, *, hours: float, same_site: bool, recurring: bool = False, rule: Rule = Rule()
) -> Match | None:
    """Return why *new* is the same story as *old*, which came first; None where it is another.

    *hours* is the time between them, *recurring* says that the site has had this headline over different stories.
    """
    hours = abs(hours)
    if hours > rule.late_days * 24:
        return None
    shared = overlap(old.sketch, new.sketch)
    titles_equal = same_title(old, new)
    same = same_site and titles_equal
    if not same and not shared.jaccard:
        return None  # in a large window most have one passage in common by chance, and nothing else
    if _differ(old, new, shared, titles_equal=titles_equal, same_site=same_site, rule=rule):
        return None
    similarity = round(max(shared.jaccard, shared.containment if shared.containment >= rule.containment else 0), 3)
    if same and _same_headline(old, new, shared, hours, recurring and rule.recurring, rule):
        return Match("title", similarity)
    if _same_body(old, new, shared, hours, same_site, rule):
        return Match("body" if same_site else "copy", similarity)
    return None


def _differ(old: Evidence, new: Evidence, shared: Overlap, *, titles_equal: bool, same_site: bool, rule: Rule) -> bool:
    """Tell whether the two name different things, whatever else they share."""
    short, long = (old, new) if old.words <= new.words else (new, old)
    identical = shared.jaccard >= 0.97 and short.words >= rule.copy_words
    same = same_site and titles_equal
    alike = titles_alike(old, new)
    numbers = min(len(old.numbers), len(new.numbers))
    agreeing = common(old.numbers, new.numbers)
    if long.words < FACTS_WORDS and not identical:
        facts_old, facts_new = old.numbers | old.names, new.numbers | new.names
        if rule.facts:
            if numbers and agreeing < 0.6:
                return True
            needed = 0.65 if same and short.words > 0.8 * long.words else 0.5
            if min(len(facts_old), len(facts_new)) >= 4 and common(facts_old, facts_new) < needed:
                return True
        if rule.headline_names and not same and short.words > 0.5 * long.words:
            needed = 0.5 if numbers >= 3 and agreeing >= 0.9 else 0.7
            if min(share(old.named, facts_new), share(new.named, facts_old)) < needed:
                return True
    if rule.silence and alike < 0.25 and numbers < 4:
        if old.silent and old.words < rule.long_words:
            return True
        if new.silent and long.words < rule.long_words:
            return True
    part = shared.jaccard < rule.jaccard and short.words < 0.5 * long.words
    if rule.roundups and part and alike < 0.25 and (long.silent or common(old.lead, new.lead) < 0.25):
        return True  # it stands in the midst of other things
    if rule.headline_numbers and same_site and old.counted and new.counted and not titles_equal and not identical:
        return _without_numbers(old) == _without_numbers(new)
    return False


def titles_alike(old: Evidence, new: Evidence) -> float:
    """Return which share of the words of two headlines both have."""
    before, after = set(old.title), set(new.title)
    return len(before & after) / max(1, len(before | after))


def _without_numbers(evidence: Evidence) -> list[int]:
    return [word for word in evidence.title if word not in evidence.counted]


def _same_headline(old: Evidence, new: Evidence, shared: Overlap, hours: float, recurring: bool, rule: Rule) -> bool:
    """Tell whether two stories of one site under one headline are the same: the headline alone is never enough."""
    needed = 0.1 if len(new.title) >= 6 else 0.3  # short headlines come again by chance
    containment = max(shared.containment, common(old.lead, new.lead) if _is_stub(old, new) else 0)
    if hours <= rule.weak_hours and containment >= (0.5 if recurring else needed):
        return True
    if hours > rule.strong_hours:
        return False
    if shared.jaccard >= 0.9 or containment >= 0.9:
        return True
    long = min(old.words, new.words) >= rule.long_words
    return long and not recurring and shared.containment >= 0.15 and share(old.mentioned, new.vocabulary) >= 0.5


def _is_stub(old: Evidence, new: Evidence) -> bool:
    """Tell whether one body is so short beside the other that the sample may miss it."""
    return min(old.words, new.words) < LEAD_WORDS


def _same_body(old: Evidence, new: Evidence, shared: Overlap, hours: float, same_site: bool, rule: Rule) -> bool:
    """Tell whether two bodies are the same story under whatever headlines."""
    least = min(old.words, new.words)
    if least < rule.min_words:
        return False
    long = least >= rule.long_words
    close = shared.jaccard >= rule.jaccard or shared.containment >= rule.containment
    if same_site:
        strong = shared.jaccard >= 0.9 or shared.containment >= 0.9 or (long and shared.jaccard >= rule.jaccard)
        if (close and hours <= rule.weak_hours) or (strong and hours <= rule.strong_hours):
            return True
        if rule.revisions and hours <= 12 and _is_revision(old, new, shared):
            return True
    elif close and least >= rule.copy_words and hours <= rule.strong_hours:
        return True
    if not long:
        return False
    return shared.jaccard >= 0.9 or (rule.edits and _is_edited(old, new, shared, hours, rule))


def _is_edited(old: Evidence, new: Evidence, shared: Overlap, hours: float, rule: Rule) -> bool:
    """Tell whether *new* tells in other words what the headline of *old* tells."""
    if shared.jaccard < 0.18 or not old.mentioned:
        return False
    mentioned = share(old.mentioned, new.vocabulary)
    if shared.jaccard >= 0.33 and mentioned >= 0.5 and hours <= rule.strong_hours:
        return True
    # Stories of one manner share up to .26 of their shingles, but few passages (test_stories_apart.py)
    passages = not rule.passages or shared.passages >= 0.4
    return passages and mentioned >= 0.6 and hours <= rule.weak_hours


def _is_revision(old: Evidence, new: Evidence, shared: Overlap) -> bool:
    if max(old.words, new.words) >= FACTS_WORDS or shared.jaccard < 0.15 or shared.containment < 0.25:
        return False
    before, after = old.numbers | old.names, new.numbers | new.names
    if min(len(before), len(after)) < 2 or common(before, after) < 0.5 or common(old.numbers, new.numbers) < 0.5:
        return False
    return min(share(old.named, after), share(new.named, before)) >= 0.6 and titles_alike(old, new) >= 0.15


def contains(whole: Evidence, part: Evidence) -> bool:
    """Tell whether *whole* holds *part* among other things, and not as its own story."""
    if not 25 <= part.words < 0.6 * whole.words or titles_alike(part, whole) >= 0.5:
        return False
    return overlap(part.sketch, whole.sketch).containment >= 0.8
