import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.discovery.likelihood import article_likelihood, features, is_clearly_worth_it
from newscrawl.discovery.likelihood_weights import WEIGHTS

STORIES = """
/story/17
/c/x
/good/3
/2026/11/23/slug
/news/article-123.html
/news/2026/nov/23/mayor-wins-vote
/?p=123
/news.php?id=4711
/politik/wahl-in-berlin-endet-knapp-a-1234567.html
/articles/20250112k0000m040123000c
/news/articleView.html?idxno=123456
/article/202501/12/content_123.html
/2025-01/12/c_1123456.htm
/world/europe-12345678
/articles/c0mzl7zygpmo
/n1/2025/0112/c1001-40401234.html
/sport/fussball/bayern-gewinnt-knapp-in-muenchen
/noticias/economia/el-paro-baja-en-enero/
/2025/01/12/%E6%97%A5%E6%9C%AC%E8%AA%9E%E3%81%AE%E8%A6%8B%E5%87%BA%E3%81%97/
/nieuws/binnenland/artikel/5431234/kabinet-valt
https://example.com/mayor-opens-new-bridge
"""
OTHERS = """
/ # ? /politics /world/europe /news/ /tag/bridge /category/news/page/2 /author/jane-doe /autor/juan-perez
/thema/klima /schlagwort/wahl /search?q=bridge /privacy-policy /impressum /kontakt /datenschutz /login
/account/login?next=/story/1 /newsletter /about-us /2026/11/ /2026/11/23/ /feed.xml /image.jpg /page/2 /wetter
/wp-login.php mailto:a@b.example javascript:void(0) data:text/html,x /archive/2025 /index.html /people/angela-merkel
https://www.facebook.com/sharer/sharer.php?u=https://a.example/2025/01/12/slug-of-a-story
https://shop.a.example/products/mug /wp-content/uploads/2025/01/a.jpg /calendar/2026/11/23
"""


@pytest.mark.parametrize("url", STORIES.split())
def test_address_of_a_story_is_worth_a_fetch(url):
    assert article_likelihood(url) >= 0.5


@pytest.mark.parametrize("url", OTHERS.split())
def test_address_of_a_list_or_house_page_is_not(url):
    assert article_likelihood(url) < 0.5


@pytest.mark.parametrize(
    ("url", "text", "is_story"),
    [
        ("/burn-pits/", "Senator shreds his party over the burn pits vote in a furious speech", True),
        ("/culture/m36li2tp3ys-123", "What the label on your olive oil says about where it grew", True),
        ("/world/harbour-vote", "港をめぐる長い争いに市議会が決着をつけた", True),
        ("/harbour-dispute-settled-after-nine-years-of-talks", "Read more", True),
        ("/politics/senate", "Senate", False),
        ("/our-region", "Our region", False),
        ("/news/2026/why-now-is-a-great-time-to-buy-gold", "Sponsored: Why now is a great time to buy gold", False),
    ],
)
def test_text_of_the_link_counts(url, text, is_story):
    assert (article_likelihood(url, text) >= 0.5) is is_story


@given(st.text(), st.text())
def test_any_string_has_an_answer(url, text):
    assert 0 <= article_likelihood(url, text) <= 1


@given(st.text(alphabet="/?#:%&=-_.@[]0129abhtps年ñ ", max_size=80))
def test_anything_like_an_address_has_an_answer(url):
    assert 0 <= article_likelihood(url, "a headline") <= 1


@pytest.mark.parametrize("unit", ["/", "a", "-", "1", "%", "%41", "年", "/2025", "&id=", "?", "a-", "/@"])
def test_long_address_costs_no_more_than_a_page_of_them(unit):
    began = time.process_time()

    article_likelihood("https://a.example/" + unit * (100_000 // len(unit)), unit * 100_000)

    assert time.process_time() - began < 0.05


def test_every_feature_of_a_plain_address_has_a_weight():
    assert {name for url in STORIES.split() for name in features(url)} <= WEIGHTS.keys()


@pytest.mark.parametrize(
    ("url", "is_clear"),
    [
        ("https://a.example/news/2026/harbour-ferry-runs-again-today", True),
        ("https://www.a.example/harbour-ferry-runs-again-today.html", True),
        ("https://a.example/tag/harbour-ferry-runs-again-today", False),
        ("https://shop.a.example/harbour-ferry-runs-again-today", False),
        ("https://a.example/sponsored/harbour-ferry-runs-again-today", False),
        ("https://a.example/news/ferry", False),
        ("https://a.example/harbour-ferry-runs-again-today?page=2", False),
    ],
)
def test_what_is_clear_at_a_glance_is_likely_too(url, is_clear):
    assert is_clearly_worth_it(url) is is_clear
    assert not is_clear or article_likelihood(url) > 0.5
