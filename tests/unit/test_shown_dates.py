"""Dates as the world's papers print them between headline and text, and what is none."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from lxml.html import fromstring

from newscrawl.extraction.metadata.shown_dates import shown_date
from newscrawl.extraction.tree.nodes import nodes_of

FETCHED_AT = datetime(2026, 11, 5, 18, tzinfo=UTC)
PROSE = (
    "The council voted on Tuesday to keep the ferry running for another two winters, after three hours of talk. " * 3
)
LINES = [
    ("de", "Veröffentlicht am 04.11.2026 um 10:20 Uhr | Aktualisiert am 05.11.2026", "2026-11-04"),
    ("de", "Stand: 04.11.2026, 10:20", "2026-11-04"),
    ("de", "Mi., 4. Nov. 2026, 10.20 Uhr", "2026-11-04"),
    ("fr", "Publié le 4 nov. 2026 à 10h20, mis à jour le 5 nov. 2026", "2026-11-04"),
    ("fr", "Mis à jour le 05/11/2026 à 10:20 · Publié le 04/11/2026", "2026-11-04"),
    ("es", "Actualizado 05/11/2026 - 10:20 CET | Publicado 04/11/2026", "2026-11-04"),
    ("es", "4 de noviembre de 2026 a las 10:20 hs", "2026-11-04"),
    ("es", "Miércoles 4 de noviembre del 2026", "2026-11-04"),
    ("pt", "04/11/2026 às 10h20 • Atualizado há 2 horas", "2026-11-04"),
    ("pt", "4 de nov. de 2026 10:20", "2026-11-04"),
    ("it", "4 novembre 2026 - ore 10:20", "2026-11-04"),
    ("it", "Pubblicato: 04 Novembre 2026 ultima modifica: 05 Novembre 2026", "2026-11-04"),
    ("nl", "wo 4 nov 2026, 10:20", "2026-11-04"),
    ("pl", "4 listopada 2026, godz. 10:20", "2026-11-04"),
    ("pl", "Data publikacji: 04.11.2026 | Ostatnia aktualizacja: 05.11.2026", "2026-11-04"),
    ("cs", "4. listopadu 2026 10:20", "2026-11-04"),
    ("sk", "4. novembra 2026 o 10:20", "2026-11-04"),
    ("hu", "2026. november 4. 10:20", "2026-11-04"),
    ("hu", "2026.11.04. 10:20", "2026-11-04"),
    ("ro", "Publicat: 4 noiembrie 2026, 10:20", "2026-11-04"),
    ("hr", "04. studenoga 2026. u 10:20", "2026-11-04"),
    ("sr", "04. новембар 2026. 10:20", "2026-11-04"),
    ("sl", "4. november 2026 ob 10.20", "2026-11-04"),
    ("bg", "4 ноември 2026 г., 10:20", "2026-11-04"),
    ("el", "04/11/2026 10:20", "2026-11-04"),
    ("el", "4 Νοεμβρίου 2026", "2026-11-04"),
    ("ru", "4 ноября 2026 в 10:20", "2026-11-04"),
    ("ru", "Опубликовано: 04.11.2026 10:20 (обновлено: 05.11.2026 11:00)", "2026-11-04"),
    ("uk", "4 листопада 2026, 10:20", "2026-11-04"),
    ("be", "4 лістапада 2026", "2026-11-04"),
    ("tr", "Giriş Tarihi: 04.11.2026 10:20 Güncelleme Tarihi: 05.11.2026 11:00", "2026-11-04"),
    ("tr", "4 Kasım 2026 Çarşamba", "2026-11-04"),
    ("sv", "Publicerad 4 november 2026 kl. 10:20", "2026-11-04"),
    ("sv", "Uppdaterad 2026-11-05, 11:00. Publicerad 2026-11-04, 10:20", "2026-11-04"),
    ("da", "4. november 2026 kl. 10.20", "2026-11-04"),
    ("no", "Publisert: 04.11.2026, kl. 10:20", "2026-11-04"),
    ("fi", "4.11.2026 klo 10.20", "2026-11-04"),
    ("fi", "Julkaistu 4. marraskuuta 2026", "2026-11-04"),
    ("et", "4. november 2026 kell 10:20", "2026-11-04"),
    ("lv", "2026. gada 4. novembris", "2026-11-04"),
    ("lt", "2026 m. lapkričio 4 d. 10:20", "2026-11-04"),
    ("is", "4. nóvember 2026", "2026-11-04"),
    ("ga", "4 Samhain 2026", "2026-11-04"),
    ("ca", "4 de novembre de 2026", "2026-11-04"),
    ("eu", "2026ko azaroaren 4a", "2026-11-04"),
    ("gl", "4 de novembro de 2026", "2026-11-04"),
    ("sq", "4 Nëntor 2026", "2026-11-04"),
    ("mk", "4 ноември 2026", "2026-11-04"),
    ("ja", "2026年11月4日 10時20分", "2026-11-04"),
    ("ja", "令和8年11月4日", "2026-11-04"),
    ("ja", "公開日：2026/11/04 更新日：2026/11/05", "2026-11-04"),
    ("zh", "发布时间：2026-11-04 10:20 来源：新华", "2026-11-04"),
    ("zh", "2026年11月04日 星期三 10:20", "2026-11-04"),
    ("zh", "民國115年11月4日", "2026-11-04"),
    ("zh", "二〇二六年十一月四日", "2026-11-04"),
    ("ko", "입력 2026.11.04 10:20 | 수정 2026.11.05 11:00", "2026-11-04"),
    ("ko", "2026년 11월 4일 오전 10:20", "2026-11-04"),
    ("ko", "기사입력 : 2026-11-04 오후 3:20", "2026-11-04"),
    ("ar", "الأربعاء 4 نوفمبر 2026 - 10:20", "2026-11-04"),
    ("ar", "٤ نوفمبر ٢٠٢٦", "2026-11-04"),
    ("ar", "04 تشرين الثاني 2026", "2026-11-04"),
    ("fa", "چهارشنبه ۱۳ آبان ۱۴۰۵ - ۱۰:۲۰", "2026-11-04"),
    ("he", "4 בנובמבר 2026", "2026-11-04"),
    ("hi", "4 नवंबर 2026, 10:20 पूर्वाह्न", "2026-11-04"),
    ("hi", "Updated Wed, 04 Nov 2026 10:20 AM IST", "2026-11-04"),
    ("bn", "৪ নভেম্বর ২০২৬, ১০:২০", "2026-11-04"),
    ("bn", "প্রকাশ: বুধবার, ৪ নভেম্বর ২০২৬", "2026-11-04"),
    ("ta", "4 நவம்பர் 2026", "2026-11-04"),
    ("te", "నవంబర్ 4, 2026", "2026-11-04"),
    ("th", "4 พฤศจิกายน 2569 เวลา 10.20 น.", "2026-11-04"),
    ("th", "4 พ.ย. 2569", "2026-11-04"),
    ("vi", "Thứ tư, 4/11/2026, 10:20 (GMT+7)", "2026-11-04"),
    ("vi", "04/11/2026 10:20", "2026-11-04"),
    ("id", "Rabu, 4 November 2026 10:20 WIB", "2026-11-04"),
    ("id", "Rabu, 04 Nov 2026 | 10:20 WIB", "2026-11-04"),
    ("ms", "4 November 2026", "2026-11-04"),
    ("tl", "Nobyembre 4, 2026", "2026-11-04"),
    ("sw", "Jumatano, Novemba 04, 2026", "2026-11-04"),
    ("am", "ኖቬምበር 4, 2026", "2026-11-04"),
    ("ka", "4 ნოემბერი 2026", "2026-11-04"),
    ("hy", "04 նոյեմբերի, 2026", "2026-11-04"),
    ("az", "4 Noyabr 2026 10:20", "2026-11-04"),
    ("kk", "4 қараша 2026", "2026-11-04"),
    ("uz", "4 noyabr 2026", "2026-11-04"),
    ("mn", "2026 оны 11 сарын 4", "2026-11-04"),
    ("km", "4 វិច្ឆិកា 2026", "2026-11-04"),
    ("ur", "4 نومبر 2026", "2026-11-04"),
    ("en", "Wednesday, November 4, 2026 - 10:20 a.m. EST", "2026-11-04"),
    ("en", "Nov 4th, 2026", "2026-11-04"),
    ("en", "Updated: 5:30 PM EST Nov 5, 2026 | Published: 3:20 PM EST Nov 4, 2026", "2026-11-04"),
    ("en", "4 Nov 2026 at 10:20pm", "2026-11-04"),
    ("en", "11/4/2026 10:20 AM", "2026-11-04"),
    ("en", "First published on Wed 4 Nov 2026 06.00 GMT", "2026-11-04"),
    ("en-GB", "04/11/2026", "2026-11-04"),
    ("en", "2 days ago", "2026-11-03"),
    ("en", "yesterday at 10:20", "2026-11-04"),
    ("de", "vor 2 Stunden", "2026-11-05"),
    ("fr", "il y a 2 jours", "2026-11-03"),
    ("es", "hace 3 horas", "2026-11-05"),
    ("ja", "2時間前", "2026-11-05"),
    ("zh", "3小时前", "2026-11-05"),
    ("ru", "2 дня назад", "2026-11-03"),
    ("tr", "3 saat önce", "2026-11-05"),
    ("ar", "منذ 3 ساعات", "2026-11-05"),
    ("ko", "3시간 전", "2026-11-05"),
    ("id", "2 jam yang lalu", "2026-11-05"),
    ("pt", "há 2 dias", "2026-11-03"),
    ("it", "2 giorni fa", "2026-11-03"),
    ("pl", "2 dni temu", "2026-11-03"),
    ("hi", "2 घंटे पहले", "2026-11-05"),
    ("en", "Posted 2 days ago", "2026-11-03"),
    ("en", "By Ida Marsh, 2 days ago", "2026-11-03"),
    ("en", "2 hours ago | 3 comments", "2026-11-05"),
    ("de", "von Ida Marsh · vor 2 Stunden", "2026-11-05"),
    ("es", "Publicado hace 2 días", "2026-11-03"),
    ("fr", "Publié il y a 2 jours", "2026-11-03"),
    ("el", "πριν 2 ώρες", "2026-11-05"),
]  # fmt: skip
"""Language, line, and the day of publication."""


def day(line: str, language: str) -> str:
    """Return the day that a page with *line* below its headline shows, or an empty string."""
    page = f"<html><body><h1>The night ferry stays</h1><div class=info>{line}</div><p>{PROSE}</p></body></html>"
    shown = shown_date(nodes_of(fromstring(page)), FETCHED_AT, language, "The night ferry stays")
    return shown[1][0].date().isoformat() if shown else ""


@pytest.mark.parametrize(("language", "line", "expected"), LINES)
def test_reads_the_line_below_the_headline(language: str, line: str, expected: str) -> None:
    assert day(line, language) == expected


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "3 comments"),
        ("en", "5 min read"),
        ("ru", "4 мин"),
        ("ja", "3時間"),
        ("de", "Lesezeit: 3 Minuten"),
        ("fi", "Julkaistu 9.10. 14:35"),
        ("en", "2"),
    ],
)
def test_a_count_or_a_length_of_time_is_no_date(language: str, line: str) -> None:
    assert day(line, language) == ""


def test_a_time_from_now_on_counts_only_above_the_text() -> None:
    page = f"<html><body><h1>The night ferry stays</h1><p>{PROSE}</p><div>2 hours ago</div></body></html>"

    assert shown_date(nodes_of(fromstring(page)), FETCHED_AT, "en", "The night ferry stays") is None


def test_the_only_article_of_a_page_is_no_teaser() -> None:
    story = f"<article><h4>Coast</h4><p>3 November 2026</p>{PROSE[:200]}</article>"
    page = f"<html><body><div>The night ferry stays</div>{story}</body></html>"
    shown = shown_date(nodes_of(fromstring(page)), FETCHED_AT, "en", "The night ferry stays")

    assert shown is not None
    assert shown[1][0].day == 3
