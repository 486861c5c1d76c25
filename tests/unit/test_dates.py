"""Dates as newspapers write them: every script, order, calendar and zone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.dates.parse import read_moment
from newscrawl.dates.relative import read_relative

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("zh", "2026年9月8日", "2026-09-08"),
        ("zh-cn", "2026年09月08日 14:20", "2026-09-08"),
        ("zh", "二〇二六年九月十八日", "2026-09-18"),
        ("ko", "2024. 05. 28.", "2024-05-28"),
        ("ko", "입력 2024.05.28 오후 3:20", "2024-05-28"),
        ("ko", "2024년 5월 28일", "2024-05-28"),
        ("ar", "الجمعة ٢٣ تشرين الأول ٢٠٢٦ - ١٨:٤٠", "2026-10-23"),
        ("ar", "28 مايو 2024", "2024-05-28"),
        ("ar", "12 كانون الثاني 2025", "2025-01-12"),
        ("ar", "3 جويلية 2025", "2025-07-03"),
        ("lv", "2024. gada 28. maijs", "2024-05-28"),
        ("lv", "28. maijā, 2024", "2024-05-28"),
        ("eu", "2024ko maiatzaren 28a", "2024-05-28"),
        ("th", "28 พฤษภาคม 2567", "2024-05-28"),
        ("th", "28 พ.ค. 2567 เวลา 10:20 น.", "2024-05-28"),
        ("fa", "۸ خرداد ۱۴۰۳", "2024-05-28"),
        ("fa", "۱۴۰۳/۰۳/۰۸", "2024-05-28"),
        ("ja", "令和6年5月28日", "2024-05-28"),
        ("ja", "令和元年10月1日", "2019-10-01"),
        ("zh-tw", "民國113年5月28日", "2024-05-28"),
        ("hi", "28 मई 2024", "2024-05-28"),
        ("hi", "२८ मई २०२४", "2024-05-28"),
        ("bn", "২৮ মে ২০২৪", "2024-05-28"),
        ("el", "28 Μαΐου 2024", "2024-05-28"),
        ("el", "28 ΜΑΪΟΥ 2024, 10:20", "2024-05-28"),
        ("he", "28 במאי 2024", "2024-05-28"),
        ("tr", "28 Mayıs 2024 Salı", "2024-05-28"),
        ("uk", "28 травня 2024", "2024-05-28"),
        ("ru", "28 мая 2024, 18:40 мск", "2024-05-28T15:40"),
        ("pl", "28 maja 2024", "2024-05-28"),
        ("cs", "28. května 2024", "2024-05-28"),
        ("fi", "28. toukokuuta 2024", "2024-05-28"),
        ("hu", "2024. május 28. 10:20", "2024-05-28"),
        ("lt", "2024 m. gegužės 28 d.", "2024-05-28"),
        ("et", "28. mai 2024", "2024-05-28"),
        ("vi", "28 tháng 5, 2024", "2024-05-28"),
        ("vi", "Thứ ba, 28/5/2024, 10:20 (GMT+7)", "2024-05-28T03:20"),
        ("id", "28 Mei 2024 10:20 WIB", "2024-05-28T03:20"),
        ("pt", "28 de maio de 2024 às 10h20", "2024-05-28"),
        ("es", "28 de mayo de 2024", "2024-05-28"),
        ("ca", "28 de maig del 2024", "2024-05-28"),
        ("my", "၂၀၂၆ ခုနှစ် အောက်တိုဘာ ၉ ရက်", "2026-10-09"),
        ("my", "အောက်တိုဘာ ၉၊ ၂၀၂၆", "2026-10-09"),
        ("km", "ថ្ងៃទី៩ ខែតុលា ឆ្នាំ២០២៦", "2026-10-09"),
        ("th", "9 ต.ค. 69", "2026-10-09"),
        ("zh-hant", "115年10月9日", "2026-10-09"),
        ("ur", "جمعہ، 9 اکتوبر، 2026", "2026-10-09"),
        ("hi", "९ अक्तूबर २०२६", "2026-10-09"),
        ("gu", "9 ઓક્ટોબર 2026", "2026-10-09"),
        ("uz", "9 oktyabr 2026", "2026-10-09"),
        ("fr", "Publié le 28 mai 2024 à 10h20", "2024-05-28"),
        ("fr", "1er juin 2024", "2024-06-01"),
        ("it", "28 maggio 2024 alle 10:20", "2024-05-28"),
        ("de", "Dienstag, 28. Mai 2024, 10:20 Uhr", "2024-05-28"),
        ("de", "28.05.24", "2024-05-28"),
        ("nl", "28 mei 2024", "2024-05-28"),
        ("sv", "28 maj 2024", "2024-05-28"),
        ("ro", "28 mai 2024", "2024-05-28"),
        ("hr", "28. svibnja 2024.", "2024-05-28"),
        ("sr", "28. мај 2024.", "2024-05-28"),
        ("bg", "28 май 2024", "2024-05-28"),
        ("ka", "28 მაისი 2024", "2024-05-28"),
        ("hy", "28 մայիսի 2024", "2024-05-28"),
        ("ta", "28 மே 2024", "2024-05-28"),
        ("kk", "28 мамыр 2024", "2024-05-28"),
        ("sl", "28. maj 2024", "2024-05-28"),
        ("sk", "28. mája 2024", "2024-05-28"),
        ("ga", "28 Bealtaine 2024", "2024-05-28"),
        ("cy", "28 Mai 2024", "2024-05-28"),
        ("is", "28. maí 2024", "2024-05-28"),
        ("mn", "2024 оны 5-р сарын 28", "2024-05-28"),
        ("my", "၂၈ မေ ၂၀၂၄", "2024-05-28"),
        ("km", "28 ឧសភា 2024", "2024-05-28"),
        ("sw", "28 Mei 2024", "2024-05-28"),
        ("fil", "Mayo 28, 2024", "2024-05-28"),
        ("az", "28 may 2024", "2024-05-28"),
        ("uz", "28 may 2024", "2024-05-28"),
        ("ur", "28 مئی 2024", "2024-05-28"),
        ("ml", "2024 മേയ് 28", "2024-05-28"),
        ("te", "28 మే 2024", "2024-05-28"),
        ("en", "May 24, 2019, 11:30 AM ET", "2019-05-24T15:30"),
        ("en", "11:30 AM ET, May 24, 2019", "2019-05-24T15:30"),
        ("en", "Sept. 5, 2025", "2025-09-05"),
        ("en-gb", "5/9/2025", "2025-09-05"),
        ("en-us", "5/9/2025", "2025-05-09"),
        ("de", "5/9/2025", "2025-09-05"),
        ("en", "Tue May 28 2024 20:19 America/Los_Angeles", "2024-05-29T03:19"),
        ("en", "2024-05-28 20:19 America/Los_Angeles", "2024-05-29T03:19"),
        ("en", "Published 2:15 p.m. PT Jan 3, 2026", "2026-01-03T22:15"),
        ("ja", "2026年6月3日 午後3時20分", "2026-06-03"),
        ("ja", "2026/06/03 15:20", "2026-06-03"),
        ("zh", "北京时间2026年6月3日 15:20", "2026-06-03"),
        ("en", "June 3, 2026 9 a.m. EDT", "2026-06-03T13:00"),
        ("en", "Last modified on Wed 3 Jun 2026 07.32 EDT", "2026-06-03T11:32"),
        ("th", "28/05/2567", "2024-05-28"),
        ("vi", "05 tháng 3 năm 2026", "2026-03-05"),
        ("zh-tw", "115/03/05 14:30", "2026-03-05"),
        ("ar", "5 آذار / مارس 2026", "2026-03-05"),
        ("ar", "5 آذار (مارس) 2026", "2026-03-05"),
    ],
)
def test_a_date_is_read_in_the_language_of_its_page(language, text, expected):
    found = read_moment(text, NOW, language)

    assert found is not None
    moment, precision = found
    assert moment.strftime("%Y-%m-%d" if precision == "day" else "%Y-%m-%dT%H:%M") == expected


@pytest.mark.parametrize(
    "text",
    ["2024", "Copyright 2024", "© 2019-2024", "May 2024", "28 Sep", "2024-05", "9月8日", "Market 5 report",
     "31 February 2024", "2026-11-29", "22.06.2027", "3 May 1936", "10:30", "1 2 3", "٢٠٢٤", "ver. 2.10.3.4", "5 to 10",
     "192.168.10.24"],
)  # fmt: skip
def test_what_names_no_day_of_the_past_is_no_date(text):
    assert read_moment(text, NOW, "en") is None


@pytest.mark.parametrize(
    ("language", "text", "expected", "precision"),
    [
        ("en", "3 hours ago", "2026-11-26T09:00", "hour"),
        ("en", "5 minutes ago", "2026-11-26T11:55", "minute"),
        ("en", "an hour ago", "2026-11-26T11:00", "hour"),
        ("de", "gestern, 14:20 Uhr", "2026-11-25T00:00", "day"),
        ("de", "vor 2 Stunden", "2026-11-26T10:00", "hour"),
        ("fr", "il y a 2 heures", "2026-11-26T10:00", "hour"),
        ("es", "hace 3 horas", "2026-11-26T09:00", "hour"),
        ("pt", "há 2 dias", "2026-11-24T00:00", "day"),
        ("it", "ieri", "2026-11-25T00:00", "day"),
        ("pl", "wczoraj", "2026-11-25T00:00", "day"),
        ("ru", "3 часа назад", "2026-11-26T09:00", "hour"),
        ("tr", "2 saat önce", "2026-11-26T10:00", "hour"),
        ("ar", "منذ 3 ساعات", "2026-11-26T09:00", "hour"),
        ("hi", "3 घंटे पहले", "2026-11-26T09:00", "hour"),
        ("zh", "3小时前", "2026-11-26T09:00", "hour"),
        ("ja", "3時間前", "2026-11-26T09:00", "hour"),
        ("ko", "어제", "2026-11-25T00:00", "day"),
        ("el", "πριν 3 ώρες", "2026-11-26T09:00", "hour"),
        ("fa", "3 ساعت قبل", "2026-11-26T09:00", "hour"),
        ("th", "3 ชั่วโมงที่แล้ว", "2026-11-26T09:00", "hour"),
        ("ta", "3 மணி நேரம் முன்", "2026-11-26T09:00", "hour"),
        ("zh-hant", "3小時前", "2026-11-26T09:00", "hour"),
        ("lt", "prieš 3 valandas", "2026-11-26T09:00", "hour"),
        ("et", "2 päeva tagasi", "2026-11-24T00:00", "day"),
        ("az", "5 dəqiqə əvvəl", "2026-11-26T11:55", "minute"),
        ("sv", "idag kl 10.12", "2026-11-26T00:00", "day"),
        ("xx", "2 days ago", "2026-11-24T00:00", "day"),
    ],
)
def test_a_time_told_from_now_is_counted_from_the_fetch(language, text, expected, precision):
    found = read_relative(text, NOW, language)

    assert found is not None
    assert (found[0].strftime("%Y-%m-%dT%H:%M"), found[1]) == (expected, precision)


@pytest.mark.parametrize("hour", [0, 9, 12, 23])
def test_a_time_of_day_beside_a_told_day_does_not_move_with_the_fetch(hour):
    fetched_at = datetime(2026, 3, 31, hour, 7, tzinfo=UTC)

    assert read_relative("yesterday 10am", fetched_at, "en") == (datetime(2026, 3, 30, 10, tzinfo=UTC), "minute")
    assert read_relative("2 months ago", fetched_at, "en") == (datetime(2026, 1, 31, tzinfo=UTC), "day")
    assert read_relative("3 hours ago", fetched_at, "en") == (fetched_at - timedelta(hours=3), "hour")


@pytest.mark.parametrize(
    "text", ["", "Monday", "5 min", "2 min read", "May", "28 May 2024", "in 3 hours", "tomorrow", "Sport"]
)
def test_what_is_not_told_from_now_is_left(text):
    assert read_relative(text, NOW, "en") is None


@pytest.mark.parametrize(
    ("language", "text"),
    [("fr", "16 h 37"), ("fr", "00h58"), ("da", "19:02"), ("es", "07:15 p. m."), ("de", "22:38 Uhr"), ("en", "16:05")],
)
def test_a_time_of_day_is_no_time_told_from_now(language, text):
    assert read_relative(text, NOW, language) is None


@given(
    st.text(alphabet="0123456789年月日時:./-, aAmpMétèn令和民國٣۳३〇十Zz+ 〔〕"),
    st.sampled_from(["", "en", "zh", "fa", "th", "x"]),
)
def test_any_text_is_a_moment_of_the_past_or_none(text, language):
    found = read_moment(text, NOW, language)

    assert found is None or (found[0].year >= 1990 and found[1] in ("second", "minute", "day"))
