"""What a template prints between and below paragraphs goes, in the languages of the world; the prose stays."""

from __future__ import annotations

import pytest

from newscrawl.extraction.cuts.context import Context
from newscrawl.extraction.cuts.headline import Headlines
from newscrawl.extraction.cuts.lines import cut_lines
from newscrawl.extraction.text.body import Line

NOTHING = Context(Headlines.of([]), "", "", frozenset(), (), frozenset())
PROSE = "The vote was carried late at night by nine to seven, and two of the councillors changed their minds."
LINES = [
    ("de", "Folgen Sie uns auf Facebook"),
    ("de", "Jetzt unseren Newsletter abonnieren"),
    ("de", "Lesen Sie auch: Hafen bekommt neuen Kran"),
    ("de", "Anzeige"),
    ("de", "Mehr zum Thema"),
    ("de", "© dpa"),
    ("de", "Alle Rechte vorbehalten."),
    ("fr", "Suivez-nous sur Facebook"),
    ("fr", "Abonnez-vous à notre newsletter"),
    ("fr", "Lire aussi : Le port aura une nouvelle grue"),
    ("fr", "Publicité"),
    ("fr", "Tous droits réservés."),
    ("es", "Síguenos en Facebook y X"),
    ("es", "Suscríbete a nuestro boletín"),
    ("es", "Lee también: El puerto tendrá una nueva grúa"),
    ("es", "Publicidad"),
    ("es", "Todos los derechos reservados."),
    ("pt", "Siga-nos no Instagram"),
    ("pt", "Inscreva-se no nosso canal do YouTube"),
    ("pt", "Leia também: Porto terá novo guindaste"),
    ("pt", "Publicidade"),
    ("pt", "Continua após a publicidade"),
    ("ru", "Подписывайтесь на наш канал в Telegram"),
    ("ru", "Читайте также: В порту поставят новый кран"),
    ("ru", "Реклама"),
    ("ru", "Нашли ошибку? Выделите её и нажмите Ctrl+Enter"),
    ("ru", "Поделиться"),
    ("ja", "公式LINEをフォローする"),
    ("ja", "関連記事：港に新しいクレーン"),
    ("ja", "広告"),
    ("ja", "この記事をシェアする"),
    ("ja", "無断転載を禁じます"),
    ("ja", "あわせて読みたい"),
    ("ja", "【関連記事】"),
    ("ja", "続きを読む"),
    ("zh", "扫一扫关注我们"),
    ("zh", "广告"),
    ("zh", "分享到："),
    ("zh", "加载更多"),
    ("zh", "点击进入专题"),
    ("ko", "무단 전재 및 재배포 금지"),
    ("ko", "관련기사: 항구에 새 크레인"),
    ("ko", "광고"),
    ("ko", "구독하기"),
    ("ko", "기사제보 및 보도자료"),
    ("ko", "저작권자 ⓒ 항구일보"),
    ("ko", "좋아요 공유하기"),
    ("ar", "تابعونا على فيسبوك"),
    ("ar", "اقرأ أيضا: الميناء يحصل على رافعة جديدة"),
    ("ar", "إعلان"),
    ("ar", "شارك الخبر"),
    ("ar", "جميع الحقوق محفوظة"),
    ("tr", "Bizi Facebook'ta takip edin"),
    ("tr", "İlgili haber: Limana yeni vinç"),
    ("tr", "Reklam"),
    ("tr", "Habere yorum yap"),
    ("tr", "Tüm hakları saklıdır"),
    ("hi", "हमें फेसबुक पर फॉलो करें"),
    ("hi", "यह भी पढ़ें: बंदरगाह को नई क्रेन मिलेगी"),
    ("hi", "विज्ञापन"),
    ("hi", "शेयर करें"),
    ("pl", "Obserwuj nas na Facebooku"),
    ("pl", "Czytaj także: Port dostanie nowy dźwig"),
    ("pl", "Reklama"),
    ("pl", "Udostępnij"),
    ("pl", "Dalszy ciąg materiału pod wideo"),
    ("uk", "Підписуйтесь на наш Telegram"),
    ("uk", "Читайте також: У порту поставлять новий кран"),
    ("uk", "Реклама"),
    ("el", "Ακολουθήστε μας στο Google News"),
    ("el", "Διαβάστε επίσης: Νέος γερανός στο λιμάνι"),
    ("el", "Διαφήμιση"),
    ("th", "ติดตามเราได้ที่ Facebook"),
    ("th", "ข่าวที่เกี่ยวข้อง: ท่าเรือได้ปั้นจั่นใหม่"),
    ("th", "โฆษณา"),
    ("th", "แชร์"),
    ("he", "עקבו אחרינו בפייסבוק"),
    ("he", "קראו גם: עגורן חדש בנמל"),
    ("he", "פרסומת"),
    ("he", "שתפו"),
    ("fa", "ما را در تلگرام دنبال کنید"),
    ("fa", "بیشتر بخوانید: جرثقیل تازه در بندر"),
    ("fa", "تبلیغات"),
    ("fa", "انتهای پیام/"),
    ("bn", "আমাদের ফেসবুকে অনুসরণ করুন"),
    ("bn", "আরও পড়ুন: বন্দরে নতুন ক্রেন"),
    ("bn", "বিজ্ঞাপন"),
    ("id", "Ikuti kami di Instagram"),
    ("id", "Baca juga: Pelabuhan mendapat derek baru"),
    ("id", "ADVERTISEMENT"),
    ("id", "Iklan"),
    ("id", "Gulir untuk melanjutkan"),
    ("vi", "Theo dõi chúng tôi trên Facebook"),
    ("vi", "Xem thêm: Cảng có cần cẩu mới"),
    ("vi", "Quảng cáo"),
    ("hu", "Kövess minket a Facebookon"),
    ("hu", "Kapcsolódó: Új daru a kikötőben"),
    ("hu", "Hirdetés"),
    ("fi", "Seuraa meitä Facebookissa"),
    ("fi", "Lue myös: Satama saa uuden nosturin"),
    ("fi", "Mainos"),
    ("ta", "எங்களை பேஸ்புக்கில் பின்தொடரவும்"),
    ("ta", "விளம்பரம்"),
]


def kept(*lines: Line) -> list[str]:
    return [line.text for line in cut_lines(lines, NOTHING) if not line.cut]


@pytest.mark.parametrize(("language", "text"), LINES)
def test_a_line_of_the_template_goes_at_the_end(language: str, text: str) -> None:
    assert kept(Line(PROSE), Line(PROSE), Line(text)) == [PROSE, PROSE]


@pytest.mark.parametrize(
    ("language", "text"),
    [row for row in LINES if row[0] not in ("fa", "bn", "ta", "ja", "zh", "ru", "ko")],
)
def test_and_between_paragraphs(language: str, text: str) -> None:
    assert kept(Line(PROSE), Line(text), Line(PROSE)) == [PROSE, PROSE]
