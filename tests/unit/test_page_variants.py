"""A page gives the same article however it is written: a share of what ``tests/benchmarks/variants.py`` tries."""

from __future__ import annotations

import pytest

from tests.benchmarks.variants import faults, pages
from tests.page_variants import VARIANTS

NTH = 7
"""Every so many pages are written in each way."""

OPEN = {"side column", "sign-up box", "picture"}
"""Ways that pages without a text of their own, or with a byline below a picture, do not yet stand."""


@pytest.mark.parametrize("way", sorted(VARIANTS.keys() - OPEN))
def test_a_page_written_in_another_way_gives_the_same_article(way: str) -> None:
    chosen = list(pages())[::NTH]

    wrong = {name: found for name, page, expected in chosen if (found := faults(VARIANTS[way](page), expected))}

    assert not wrong
