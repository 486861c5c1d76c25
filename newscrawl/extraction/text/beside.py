"""How templates name what stands beside a text: captions, bylines, comments, forms."""

from __future__ import annotations

import re
from functools import lru_cache

BESIDE = re.compile(
    r"(?<![a-z])(?:caption|credits?|testimonials?|comments?|respond|reply|pingback|cookies?|privacy|gdpr|consent|blocked|modal|popup"
    r"|author|byline|bio|vcard|newsletter|subscribe|login|bookmark\w*|instagram\w*|twitter\w*|tweet|related|recommend\w*|republi\w+"
    r"|breadcrumbs?|licen[cs]e)(?![a-z])"
)
"""Tokens of classes and ids, in lower case, of what stands beside a text."""


@lru_cache(maxsize=4096)
def is_beside(name: str) -> bool:
    """Say whether *name*, classes and an id, is one of what stands beside a text."""
    return BESIDE.search(name.lower().replace("_", "-")) is not None
