"""What a template adds behind the story goes by its structure, in any language; the story's own lines stay."""

from __future__ import annotations

import pytest
from lxml.html import HtmlElement, fromstring

from newscrawl.extraction.cuts.context import Context
from newscrawl.extraction.cuts.headline import Headlines
from newscrawl.extraction.cuts.trailer import cut_trailer
from newscrawl.extraction.pruning.reply_form import reply_forms
from newscrawl.extraction.text.body import Line
from newscrawl.extraction.tree.nodes import nodes_of

NOTHING = Context(Headlines.of([]), "", "", frozenset(), (), frozenset(), sites=frozenset({"post.example"}))
PROSE = "The vote was carried late at night by nine to seven, and two of the councillors changed their minds."
LABELS = {
    "tr": ("İlgili Yazılar", "Bir yanıt yazın", "E-posta adresiniz yayınlanmayacak. Gerekli alanlar * ile işaretlenir"),
    "hi": ("संबंधित लेख", "एक उत्तर दें", "आपका ईमेल पता प्रकाशित नहीं किया जाएगा. आवश्यक फ़ील्ड चिह्नित हैं *"),
    "ja": ("関連記事", "コメントを残す", "メールアドレスが公開されることはありません。 ※ が付いている欄は必須項目です"),
    "eu": ("Antzeko artikuluak", "Utzi erantzuna", "Zure e-posta ez da argitaratuko. Eremuak * markatuta daude"),
    "ka": ("სხვა ამბები", "კომენტარის დატოვება", "თქვენი ელფოსტა არ გამოქვეყნდება. აუცილებელი ველები მონიშნულია *"),
    "mn": ("Холбоотой мэдээ", "Хариулт үлдээх", "Таны имэйл хаяг нийтлэгдэхгүй. Шаардлагатай талбар * тэмдэгтэй"),
}  # fmt: skip


def link(text: str, href: str = "/2026/a-story") -> Line:
    return Line(text, linked=1.0, href=href)


def kept(*lines: Line) -> list[str]:
    found = list(lines)
    cut_trailer(found, NOTHING)
    return [line.text for line in found if not line.cut]


@pytest.mark.parametrize("language", LABELS)
def test_a_labelled_list_and_the_note_of_a_form_are_cut_behind_the_story(language: str) -> None:
    related, reply, note = LABELS[language]

    assert kept(
        Line(PROSE), Line(related), link("Harbour crane sold"), link("The pier closed early"), Line(reply), Line(note)
    ) == [PROSE]


@pytest.mark.parametrize(
    "lines",
    [
        (Line("What we know"), Line(PROSE)),
        (Line("Sources"), link("The report", "https://board.example/r"), link("The law", "https://law.example/l")),
        (Line("Read the letter in full"), link("The letter of the council")),
        (Line("Results"), Line("* Points are halved in the last race")),
        (link("Harbour crane sold"), Line("Lifeboat"), link("The pier closed early"), Line(PROSE)),
        (Line("The last line of the poem"), Line("and the one before it was no shorter")),
    ],
)
def test_what_belongs_to_the_story_stays(lines: tuple[Line, ...]) -> None:
    assert kept(Line(PROSE), *lines) == [PROSE, *(line.text for line in lines)]


def introduced(inside: str) -> str:
    """Return the text that stays of a page whose story ends with *inside*."""
    tree: HtmlElement = fromstring(f"<html><body><div><h1>The vote</h1><p>{PROSE}</p>{inside}</div></body></html>")
    nodes = nodes_of(tree)
    for at in reply_forms(nodes):
        nodes.elements[at].drop_tree()
    return " ".join(" ".join(tree.itertext()).split())


FORM = "<form><textarea></textarea><input type=submit></form>"


@pytest.mark.parametrize(
    "inside",
    [
        "<h3>{reply}</h3><p>{note}</p>{form}",
        "<h3>{reply}</h3>{form}",
        "<div><h3>{reply}</h3></div><div>{form}</div>",
        "<div><h4>{reply}</h4><p>{note}</p><div>{form}</div></div>",
        "<p>{reply}</p><p>{note}</p>{form}",
        "<section><strong>{reply}</strong><span>{note}</span>{form}</section>",
    ],
)
@pytest.mark.parametrize("language", LABELS)
def test_a_reply_form_goes_with_its_label_and_its_notes(inside: str, language: str) -> None:
    _, reply, note = LABELS[language]

    assert introduced(inside.format(reply=reply, note=note, form=FORM)) == f"The vote {PROSE}"


@pytest.mark.parametrize(
    "inside",
    [
        f"<h3>What comes next</h3><p>{PROSE} {PROSE} {PROSE} {PROSE}</p>{FORM}",
        f"<p>That was all.</p>{FORM}",
        "<h3>Where to look</h3><p>At the harbour</p><form><input name=q></form>",
        f"<h3>Who wins</h3><ul><li>The ferry</li><li>The pier</li></ul>{FORM}",
    ],
)
def test_a_form_takes_no_text_of_the_story_with_it(inside: str) -> None:
    whole: HtmlElement = fromstring(f"<div><h1>The vote</h1><p>{PROSE}</p>{inside}</div>")

    assert introduced(inside) == " ".join(" ".join(whole.itertext()).split())
