"""Text that a page carries outside its light tree: data of scripts, shadow roots, noscript, misnamed blocks."""

# ruff: noqa: E501 - markup reads best on one line

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from newscrawl.extraction import Page, extract
from newscrawl.items import Article
from newscrawl.outcomes import Reason

URL = "https://post.example/2026/11/pool"
FETCHED_AT = datetime(2026, 11, 20, tzinfo=UTC)
TEXTS = {
    "en": (
        "Pool stays open",
        "The council voted on Monday evening to keep the pool open, after a petition with 4,300 signatures.",
        "Heating the water costs about nine thousand pounds a month, which the treasurer wanted for a roof.",
    ),
    "pt": (
        "Piscina fica aberta",
        "A câmara votou na segunda-feira à noite para manter a piscina aberta, após um abaixo-assinado.",
        "Aquecer a água custa cerca de nove mil euros por mês, que o tesoureiro queria para um telhado.",
    ),
    "ja": (
        "プール、冬も営業へ",
        "町議会は月曜日の夜、市民の請願を受けて、冬の間もプールを開け続けることを九対七で決めた。水泳クラブの会長は喜びを語った。",
        "水を温めるには月に百五十万円ほどかかる。会計係はその金を図書館の屋根に使うよう求めていたが、一年待てると認めた。",
    ),
    "ru": (
        "Бассейн останется открытым",
        "Совет в понедельник вечером решил не закрывать бассейн на зиму, получив петицию от горожан.",
        "Подогрев воды стоит около девяти тысяч в месяц, а казначей хотел потратить их на крышу.",
    ),
    "ar": (
        "المسبح يبقى مفتوحا",
        "صوّت المجلس مساء الاثنين لصالح إبقاء المسبح مفتوحا طوال الشتاء، بعد عريضة وقعها آلاف السكان.",
        "تبلغ كلفة تسخين الماء نحو تسعة آلاف في الشهر، وكان أمين الصندوق يريد إنفاقها على السقف.",
    ),
}
OTHER = "A reader in another town has baked a cake of nine layers, and the neighbours ate it in an hour."


def page(title: str, body: str, head: str = "") -> bytes:
    return f"<!DOCTYPE html><html><head><title>{title} - Post</title>{head}</head><body>{body}</body></html>".encode()


def script(text: str, attributes: str = "") -> str:
    return f'<div id="app"></div><script {attributes}>{text}</script><script src="/app.js"></script>'


def next_data(title: str, first: str, second: str) -> str:
    content = [{"type": "paragraph", "html": f"<p>{first}</p>"}, {"type": "paragraph", "html": f"<p>{second}</p>"}]
    more = [{"title": "A cake of nine layers", "excerpt": OTHER, "url": "/cake"}]
    state = {"props": {"pageProps": {"article": {"title": title, "summary": first, "content": content, "more": more}}}}
    return script(json.dumps(state), 'id="__NEXT_DATA__" type="application/json"')


def arc(title: str, first: str, second: str) -> str:
    elements = [
        {"type": "text", "content": first},
        {"type": "image", "caption": OTHER, "url": "/i.jpg"},
        {"type": "text", "content": second},
    ]
    state = {"headlines": {"basic": title}, "content_elements": elements}
    return script(f"window.Fusion=window.Fusion||{{}};Fusion.globalContent={json.dumps(state)};Fusion.tree={{}};")


def apollo(title: str, first: str, second: str) -> str:
    state = {
        "Article:1": {"title": title, "body": f"<p>{first}</p><p>{second}</p>"},
        "Article:2": {"title": "A cake", "body": f"<p>{OTHER}</p>" * 9},
    }
    return script(f"window.__APOLLO_STATE__ = {json.dumps(state)};")


def json_parse(title: str, first: str, second: str) -> str:
    state = json.dumps({"story": {"headline": title, "text": f"{first}\n\n{second}"}})
    return script(f"window.__INITIAL_STATE__=JSON.parse({json.dumps(state)})")


def rich_text(title: str, first: str, second: str) -> str:
    def paragraph(text: str) -> dict[str, object]:
        middle = len(text) // 2
        link = {"type": "link", "url": "/x", "children": [{"text": text[middle : middle + 5]}]}
        return {"type": "paragraph", "children": [{"text": text[:middle]}, link, {"text": text[middle + 5 :]}]}

    state = {"story": {"title": title, "doc": {"root": {"children": [paragraph(first), paragraph(second)]}}}}
    return script(f"window.__PRELOADED_STATE__ = {json.dumps(state, ensure_ascii=False)}")


def nuxt_2(title: str, first: str, second: str) -> str:
    html = f"<p>{first}</p><p>{second}</p>".replace("<", "\\u003C").replace("/", "\\u002F")
    return script(f'window.__NUXT__=(function(a,b){{return {{s:{{title:"{title}",body:b}}}}}}(null,"{html}"));')


def nuxt_3(title: str, first: str, second: str) -> str:
    flat = [["ShallowReactive", 1], {"data": 2}, ["ShallowReactive", 3], {"k": 4}, {"title": 5, "body": 6}]
    return script(
        json.dumps([*flat, title, f"<p>{first}</p><p>{second}</p>"]), 'id="__NUXT_DATA__" type="application/json"'
    )


def noscript(title: str, first: str, second: str) -> str:
    return f'<div id="app"></div><noscript><h1>{title}</h1><p>{first}</p><p>{second}</p></noscript><script src="/a.js"></script>'


def shadow(title: str, first: str, second: str) -> str:
    inner = (
        f'<template shadowrootmode="open"><style>p{{}}</style><h1>{title}</h1><slot></slot><p>{second}</p></template>'
    )
    return f"<main><x-story>{inner}<p>{first}</p></x-story></main>"


def nested_shadow(title: str, first: str, second: str) -> str:
    body = (
        f'<x-body><template shadowrootmode="open"><article><p>{first}</p><p>{second}</p></article></template></x-body>'
    )
    return f'<x-page><template shadowrootmode="closed"><h1>{title}</h1>{body}</template></x-page>'


def named_slot(title: str, first: str, second: str) -> str:
    inner = (
        '<template shadowroot="open"><article><slot name="lead"></slot><slot name="rest">…</slot></article></template>'
    )
    light = f'<p slot="rest">{second}</p><p slot="lead">{first}</p>'
    return f"<h1>{title}</h1><x-story>{inner}{light}</x-story>"


def forum(title: str, first: str, second: str) -> str:
    return f'<div class="comments-page">Log in Menu<h1>{title}</h1><div id="comment-thread"><p>{first}</p><p>{second}</p></div></div>'


@pytest.mark.parametrize("language", TEXTS)
@pytest.mark.parametrize(
    "build",
    [next_data, arc, apollo, json_parse, rich_text, nuxt_2, nuxt_3, noscript, shadow, nested_shadow, named_slot, forum],
    ids=lambda build: build.__name__,
)
def test_text_outside_the_light_tree_is_found(build, language):
    title, first, second = TEXTS[language]

    article, _ = extract(Page(page(title, build(title, first, second)), FETCHED_AT), URL)

    assert isinstance(article, Article)
    assert article.body == f"{first}\n\n{second}"


@pytest.mark.parametrize(
    "body",
    [
        '<div id="root"></div><noscript>You need to enable JavaScript to run this app.</noscript><script src="/a.js"></script>',
        '<div id="root">Loading …</div><script src="/a.js"></script>',
        "<noscript>Включите JavaScript, чтобы прочитать материал.</noscript><div id=app></div><script src=/a.js></script>",
        "<main><p>このサイトを表示するにはジャバスクリプトを有効にしてください。</p></main><script src=/a.js></script>",
        "<p>Please turn on Javascript in your browser to read this page, then load it once more.</p>",
    ],
    ids=["react", "loading", "russian", "japanese", "message"],
)
def test_a_shell_is_rejected_because_it_needs_javascript(body):
    result, _ = extract(Page(page("Pool stays open", body), FETCHED_AT), URL)

    assert getattr(result, "reason", None) is Reason.NEEDS_JAVASCRIPT


def test_a_short_story_about_javascript_is_a_story():
    text = " ".join(
        [
            "JavaScript is thirty years old this week, and its inventor has told a hall in Lisbon how ten days sufficed.",
            "He said that he would change two things, and that nobody would thank him for either of them now.",
            "The hall laughed for a long time and then asked him about the third, which he would not name.",
            "Later he signed books and went home by tram.",
        ]
    )
    result, _ = extract(Page(page("A language turns thirty", f"<article><p>{text}</p></article>"), FETCHED_AT), URL)

    assert isinstance(result, Article)


def test_another_storys_data_is_not_taken():
    state = {"stories": [{"title": "A cake of nine layers", "body": f"<p>{OTHER}</p>" * 9}]}
    result, _ = extract(Page(page("Pool stays open", script(f"window.s = {json.dumps(state)}")), FETCHED_AT), URL)

    assert not isinstance(result, Article)


def test_deep_and_circular_data_is_survived():
    deep = '{"a":' * 5000 + "1" + "}" * 5000
    circular = json.dumps([["Reactive", 1], {"title": 2, "self": 1}, "Pool stays open"] + ["x" * 100] * 3)
    body = script(f"window.s = {deep};") + script(circular, 'type="application/json"')

    result, _ = extract(Page(page("Pool stays open", body), FETCHED_AT), URL)

    assert not isinstance(result, Article)
