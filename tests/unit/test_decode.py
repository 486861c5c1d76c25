"""Bytes are read in the charset that a browser would take, and what one cannot be is no reason to lose the page."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.html.decode import decode
from newscrawl.html.read import Unreadable, read
from newscrawl.html.sanitise import MAX_ATTRIBUTES, sanitise

TEXTS = {
    "zh": "市政府昨天宣布，老城区的六条街道将从下月起实行单行，喆溪镇的商户担心客流减少。",
    "tw": "市政府昨天宣布，老城區的六條街道將從下月起實行單行，附近的商戶擔心客流減少。",
    "ja": "県は三日、通行止めになっていた県道を、来月一日から再開すると発表した。①は未定。",
    "ko": "도는 지난해 집중호우로 끊긴 산간 도로를 다음 달부터 다시 연다고 밝혔다. 똠방각하도 왔다.",
    "th": "เทศบาลเมืองประกาศปิดสะพานเพื่อซ่อมแซมจนถึงสิ้นปี และเปิดเส้นทางชั่วคราว",
    "ru": "Городской совет решил закрыть мост на ремонт до конца лета, сообщила мэрия.",
    "el": "Ο δήμος αποφάσισε να κλείσει τη γέφυρα μέχρι το τέλος του καλοκαιριού.",
    "tr": "Belediye, köprüyü yaz sonuna kadar kapatma kararı aldığını açıkladı. Şehir ışıksız.",
    "pl": "Rada miasta zdecydowała o zamknięciu mostu, który źle się starzeje.",
    "he": "עיריית העיר החליטה לסגור את הגשר לתיקונים עד סוף הקיץ.",
    "ar": "أعلنت البلدية إغلاق الجسر للصيانة حتى نهاية الصيف، وفتح طريق مؤقت.",
    "fr": "Le théâtre rouvre à l’été – après deux années de travaux « lourds », 3 € l’entrée.",
    "vi": "H\u00f4m qua th\u00e0nh ph\u00f4\u0301 \u0111a\u0303 m\u01a1\u0309 la\u0323i c\u00e2\u0300u.",
}
DECLARED = [
    ("zh", "GB2312", "gbk"), ("zh", "gbk", "gbk"), ("zh", "gb18030", "gb18030"), ("zh", "x-gbk", "gbk"),
    ("tw", "big5", "big5"), ("tw", "x-x-big5", "big5"), ("ja", "Shift_JIS", "cp932"), ("ja", "x-sjis", "cp932"),
    ("ja", "euc-jp", "euc_jis_2004"), ("ja", "iso-2022-jp", "iso2022_jp_2004"), ("ko", "euc-kr", "cp949"),
    ("ko", "ks_c_5601-1987", "cp949"),
    ("th", "tis-620", "cp874"), ("th", "windows-874", "cp874"), ("th", "iso-8859-11", "cp874"),
    ("ru", "windows-1251", "cp1251"), ("ru", "x-cp1251", "cp1251"), ("ru", "koi8-r", "koi8_r"),
    ("ru", "ibm866", "cp866"),
    ("el", "iso-8859-7", "iso8859_7"), ("tr", "iso-8859-9", "cp1254"), ("pl", "iso-8859-2", "iso8859_2"),
    ("he", "iso-8859-8-i", "iso8859_8"), ("he", "windows-1255", "cp1255"), ("ar", "windows-1256", "cp1256"),
    ("fr", "iso-8859-1", "cp1252"), ("fr", "us-ascii", "cp1252"), ("vi", "windows-1258", "cp1258"),
]  # fmt: skip


def page(lang: str, charset: str = "", times: int = 3) -> str:
    meta = f'<meta http-equiv="Content-Type" content="text/html; charset={charset}">' if charset else ""
    return f"<html><head>{meta}</head><body>" + f"<p>{TEXTS[lang]}</p>\n" * times + "</body></html>"


def encoded(text: str, codec: str) -> bytes:
    return text.replace("①は未定。", "").encode(codec) if codec == "iso2022_jp_2004" else text.encode(codec)


@pytest.mark.parametrize(("lang", "label", "codec"), DECLARED)
def test_a_charset_that_the_page_declares_is_read(lang, label, codec):
    text = page(lang, label)

    assert decode(encoded(text, codec)).count(TEXTS[lang][:20]) == 3


@pytest.mark.parametrize(("lang", "label", "codec"), DECLARED)
def test_a_charset_that_the_header_declares_is_read(lang, label, codec):
    assert decode(encoded(page(lang), codec), f"text/html; charset={label}").count(TEXTS[lang][:20]) == 3


@pytest.mark.parametrize(
    ("lang", "codec"),
    [("zh", "gbk"), ("tw", "big5"), ("ja", "cp932"), ("ja", "euc_jis_2004"), ("ko", "cp949"), ("th", "cp874"),
     ("ru", "cp1251"), ("ru", "koi8_r"), ("el", "cp1253"), ("pl", "cp1250"), ("he", "cp1255"), ("fr", "cp1252"),
     ("zh", "utf-16-le"), ("ru", "utf-16-be"), ("ja", "utf-16"), ("zh", "utf-8"), ("th", "utf-8-sig")],
)  # fmt: skip
def test_a_charset_that_nobody_declares_is_found(lang, codec):
    assert decode(page(lang).encode(codec)) == page(lang)


@pytest.mark.parametrize("lang", TEXTS)
@pytest.mark.parametrize("label", ["iso-8859-1", "gb2312", "windows-1251", "utf-16", "nonsense", "tis-620"])
def test_utf_8_is_read_whatever_is_declared(lang, label):
    assert TEXTS[lang] in decode(page(lang, label).encode())
    assert TEXTS[lang] in decode(page(lang).encode(), f"text/html; charset={label}")


def test_the_header_goes_before_the_page():
    body = page("ru", "windows-1252").encode("cp1251")

    assert TEXTS["ru"] in decode(body, "text/html; charset=windows-1251")


@pytest.mark.parametrize(
    ("lang", "label", "codec"), [("zh", "gb2312", "gbk"), ("ja", "shift_jis", "cp932"), ("ko", "euc-kr", "cp949")]
)
def test_the_page_is_read_where_the_header_is_wrong(lang, label, codec):
    assert decode(page(lang, label).encode(codec), "text/html; charset=utf-8") == page(lang, label)


@pytest.mark.parametrize(
    ("lang", "label", "codec"),
    [
        ("zh", "gb2312", "gbk"),
        ("tw", "big5", "big5"),
        ("ja", "euc-jp", "euc_jis_2004"),
        ("ko", "euc-kr", "cp949"),
        ("th", "tis-620", "cp874"),
    ],
)
def test_a_broken_byte_costs_no_more_than_itself(lang, label, codec):
    body = page(lang, label, times=20).encode(codec).replace(b"</body>", b"\xff</body>")

    assert decode(body).count(TEXTS[lang]) == 20


def test_old_text_in_a_new_page_is_mended_only_where_the_page_is_utf_8():
    patched = page("fr").encode().replace(b"</body>", b"<p>caf\xe9 \x96 fin</p></body>")

    assert "café – fin" in decode(patched)
    assert "café – fin" in decode(patched, "text/html; charset=iso-8859-1")


def test_utf_8_by_accident_is_not_taken_for_it():
    text = '<html><head><meta charset="gbk"></head><body><p>联通</p></body></html>'

    assert decode(text.encode("gbk")) == text


@given(
    st.binary(max_size=400), st.sampled_from(["", "charset=gbk", "charset=utf-16", "charset=iso-2022-jp", "charset=\0"])
)
def test_any_bytes_are_text(body, content_type):
    assert isinstance(decode(body, content_type), str)


def test_blanks_before_the_page_make_it_no_json():
    assert isinstance(read(b" \n" * 300 + page("fr").encode()), str)


@pytest.mark.parametrize(
    "body", [b'  {"error": "none"}', b'[{"html": "<p>text</p>"}]', b'{"a":' + b" " * 600 + b'"<p>"}']
)
def test_json_is_no_page(body):
    text = read(body)

    assert isinstance(text, Unreadable)
    assert text.detail == "JSON"


@pytest.mark.parametrize(
    "attribute", ["a{0}", "a{0}=1", 'a{0}="<b>"', "a{0}='>'", 'a{0}=""', "a{0}/", "a{0} = 1", "a{0}<", 'a{0}="x']
)
def test_a_tag_of_30_000_attributes_is_bounded(attribute):
    tag = "<p " + " ".join(attribute.format(number) for number in range(30_000)) + ">The text</p>"

    started = time.process_time()
    text = sanitise(f"<html><body>{tag}<p>More</p></body></html>")

    assert time.process_time() - started < 2
    assert text.count("a1") <= MAX_ATTRIBUTES
    assert attribute.endswith('"x') or "The text</p><p>More</p>" in text


@pytest.mark.parametrize(
    "html",
    [
        '<p class="x"">One "quoted" text</p><a href="b">Two</a>',
        "<p title=it's>Don't cut what can't be cut</p>" * 300,
        '<img srcset="' + "a.jpg 1x, " * 2_000 + '"><p data-x=\'{"a": "b > c"}\'>Text</p>',
        "<p>1 < 2 and a <b</p>",
        "<script>for(;i<n;" + "a && b; " * 1_000 + '</script><meta property="og:title" content="Ferry">',
    ],
)
def test_other_tags_stay_as_they_are(html):
    assert sanitise(html) == html


def test_a_tag_of_30_000_attributes_is_bounded_behind_a_script_that_compares():
    tag = "<p " + " ".join(f"a{number}" for number in range(30_000)) + ">"

    text = sanitise(f'<script>if (i<n) s="</script>{tag}The "text"</p>')

    assert text.count("a1") <= MAX_ATTRIBUTES


def test_iso_2022_jp_is_known_by_its_escapes_where_nobody_declares_it():
    page = "<html><h1>町議会</h1><p>夜の渡し船をあと二冬続ける。</p></html>"

    assert decode(page.encode("iso2022_jp")) == page


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_mark_is_known_by_its_first_tags(codec):
    page = "<html><head><title>เรือข้ามฟาก</title></head><body><p>" + "สภาเมืองลงมติให้เรือเดินต่อ" * 80 + "</p></body></html>"

    assert decode(page.encode(codec)) == page
