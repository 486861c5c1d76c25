"""Answers that are not the page that was asked for."""

from __future__ import annotations

import pytest
from scrapy.http import Response

from newscrawl.outcomes import OUTCOME_OF, Outcome, Reason
from newscrawl.spiders.walls import no_page, returns_to

STORY = "https://www.a.example/2026/11/26/harbour-opens"


@pytest.mark.parametrize(
    ("target", "carries"),
    [
        (f"https://choice.a.example/index.html?origin={STORY}", True),
        ("https://myprivacy.b.example/?callbackUrl=https%3A%2F%2Fwww.a.example%2Flokales%2F1", True),
        ("https://www.a.example/login?next=/2026/11/26/harbour-opens", True),
        ("https://www.a.example/2026/11/26/harbour-opens-again?ref=home", False),
        ("https://www.a.example/x?share=https://www.a.example/", False),
        ("https://www.a.example/x?u=https://[bad", False),
    ],
)
def test_a_target_that_carries_the_address_to_return_to_is_a_gate(target, carries):
    assert returns_to(STORY, target) is carries


@pytest.mark.parametrize(
    ("response", "reason"),
    [
        (Response(STORY, status=202, body=b"<p>wait"), Reason.HTTP_STATUS),
        (Response(STORY, status=204), Reason.HTTP_STATUS),
        (Response(STORY, body=b" \n"), Reason.EMPTY),
        (Response("https://www.a.example/", body=b"<p>home"), Reason.NOT_FOUND),
        (Response(f"https://c.example/?u={STORY}", body=b"<p>agree"), Reason.CONSENT),
        (Response(f"https://c.example/login?u={STORY}", body=b"<p>log in"), Reason.LOGIN),
    ],
)
def test_what_is_no_page_is_tried_again(response, reason):
    rejection = no_page(STORY, response)

    assert rejection is not None
    assert rejection.reason is reason
    assert OUTCOME_OF[reason] is Outcome.FAILED


def test_a_page_at_its_own_address_is_looked_at():
    assert no_page(STORY, Response(STORY, body=b"<p>story")) is None
