"""Words that promotions share with prose cut no sentence: place, markup and looks do not matter."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from newscrawl.extraction import Page, extract
from newscrawl.items import Article

URL = "https://post.example/2026/11/council-keeps-the-ferry"
PROSE = (
    "The council of Westmere voted on Tuesday to keep the night ferry running for another two winters, after three"
    " hours in which fishermen, nurses and a schoolteacher spoke.",
    "The operator had asked to end the service in January. It says that on most nights fewer than nine people board.",
    "A second vote, on who pays for the engine, is set for the spring, when the harbour board meets again.",
)
SENTENCES = [
    "The mayor wrote on his Telegram channel that the ferry would stay.",
    "Residents can sign up for the free lessons at the town hall until Friday.",
    "EXCLUSIVE: Vice President Dale will visit the harbour in May, two officials said.",
    "Copyright on the song expired in 1994, the court found.",
    "Follow us, said the guide, and forty children did.",
    "“Join us on Saturday,” the poster read, and hundreds came.",
    "Advertisement of the contract begins on Monday, the clerk said.",
    "Related costs were paid by the county.",
    "Photo: that single word was all he had written below it.",
    "Topics: fish, ferries and fog, in that order, she joked.",
    "Leave a comment, the box said; nobody did.",
    "More on that day than on any other were born.",
    "Continue reading was the judge's advice to the jury.",
    "Folgen Sie uns, sagte der Führer, und vierzig Kinder taten es.",
    "Mehr zum Thema sagte er nicht.",
    "Teilen will der Rat die Kosten nicht.",
]
PLACES = {
    "first": "<p>{0}</p><p>{1}</p><p>{2}</p><p>{3}</p>",
    "in the midst": "<p>{1}</p><p>{0}</p><p>{2}</p><p>{3}</p>",
    "last": "<p>{1}</p><p>{2}</p><p>{3}</p><p>{0}</p>",
    "bold": "<p>{1}</p><p><strong>{0}</strong></p><p>{2}</p><p>{3}</p>",
    "in a quotation": "<p>{1}</p><blockquote><p>{0}</p></blockquote><p>{2}</p><p>{3}</p>",
    "in divs": "<div>{1}</div><div>{0}</div><div>{2}</div><div>{3}</div>",
    "between line breaks": "<p>{1}<br><br>{0}<br><br>{2}<br><br>{3}</p>",
}


def body_of(inside: str) -> str:
    page = (
        "<html lang=en><head><title>Council keeps the ferry | Post</title></head><body><a href=/>Post</a>"
        f"<main><article><h1>Council keeps the ferry</h1>{inside}</article></main></body></html>"
    )
    article, _ = extract(Page(page.encode(), fetched_at=datetime(2026, 11, 5, tzinfo=UTC)), URL)
    assert isinstance(article, Article), article
    return article.body


@pytest.mark.parametrize("place", PLACES.values(), ids=PLACES)
@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_sentence_stays(sentence: str, place: str) -> None:
    assert sentence in body_of(place.format(sentence, *PROSE))


@pytest.mark.parametrize(
    "heading", ["A similar vote in 1974", "More on the costs", "Follow the money", "Popular with sailors"]
)
def test_the_section_below_a_heading_stays_though_its_id_is_made_of_it(heading: str) -> None:
    slug = heading.lower().replace(" ", "-")
    section = f"<section id={slug}><h2>{heading}</h2><p>{PROSE[1]}</p></section>"

    body = body_of(f"<p>{PROSE[0]}</p>{section}<p>{PROSE[2]}</p>")

    assert body == "\n\n".join([PROSE[0], heading, PROSE[1], PROSE[2]])
