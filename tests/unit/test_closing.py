"""What a publisher adds below a story goes; a story's own last sentence stays."""

from __future__ import annotations

import pytest

from newscrawl.extraction.cuts.closing import cut_closing
from newscrawl.extraction.cuts.context import Context
from newscrawl.extraction.cuts.headline import Headlines
from newscrawl.extraction.text.body import Line

NOTHING = Context(Headlines.of([]), "", "", frozenset(), (), frozenset())
PROSE = "The vote was carried by nine to seven, and two councillors changed their minds."


def kept(*texts: str) -> list[str]:
    lines = [Line(text) for text in texts]
    cut_closing(lines, NOTHING)
    return [line.text for line in lines if not line.cut]


@pytest.mark.parametrize(
    "notice",
    [
        "Got a story? Email our newsdesk at tips@post.example",
        "Do you have any comments on this story? Let us know below",
        "Folgen Sie uns auf Facebook und Instagram",
        "Haben Sie einen Hinweis? hinweis@post.example",
        "Suivez-nous sur notre chaîne WhatsApp",
        "Síguenos en Instagram y TikTok",
        "Siga o canal do Diário no WhatsApp",
        "Seguici sui nostri canali social",
        "© RIPRODUZIONE RISERVATA",
        "Obserwuj nas w Google News",
        "Bizi Instagram'da takip edin",
        "Подписывайтесь на наш канал в Telegram",
        "تابعوا آخر أخبارنا عبر قناتنا على تلغرام",
        "ताजा खबरों के लिए हमें फेसबुक पर फॉलो करें",
        "저작권자 ⓒ 도민일보, 무단 전재 및 재배포 금지",
        "네이버에서 도민일보 구독하기",
        "LINEで友だち追加",
        "扫一扫下载客户端",
        "（责任编辑：王申）",
    ],
)
def test_a_publishers_line_below_the_story_is_cut(notice):
    assert kept(PROSE, PROSE, notice) == [PROSE, PROSE]
    assert kept(PROSE, PROSE, notice, "© 2026 Post") == [PROSE, PROSE]


@pytest.mark.parametrize(
    "sentence",
    [
        "“Follow us to the square,” the organisers wrote, and two thousand people came.",
        "She asked her readers to let us know what they had seen that night.",
        "Der Verein rief dazu auf: Folgen Sie uns in die Halle, und viele kamen.",
        "Он сказал, что люди подписывайтесь не любят и что объявление убрали.",
        "他说，市民关注我们的孩子，也关注这座桥。",
        "The band will join our mayor on the balcony at noon.",
    ],
)
def test_a_storys_last_sentence_stays(sentence):
    assert kept(PROSE, sentence) == [PROSE, sentence]


def test_what_stands_above_prose_stays():
    assert kept("Follow us on Facebook", PROSE) == ["Follow us on Facebook", PROSE]
