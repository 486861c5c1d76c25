"""Where readers pass a story on: the short way to know an address knows all that the long one knows."""

from __future__ import annotations

import pytest

from newscrawl.phrases.sharing import SHARING, is_sharing


@pytest.mark.parametrize(
    "href",
    [
        "https://www.facebook.com/sharer/sharer.php?u=https://a.example/story",
        "https://www.facebook.com/share.php?u=x",
        "https://www.facebook.com/dialog/feed?app_id=1",
        "https://www.facebook.com/dialog/send?app_id=1",
        "fb-messenger://share?link=x",
        "https://Twitter.com/Intent/tweet?text=x",
        "https://x.com/share?url=x",
        "https://twitter.com/home?status=x",
        "https://bsky.app/intent/compose?text=x",
        "https://www.threads.net/intent/post?text=x",
        "https://mastodonshare.com/?url=x",
        "https://wa.me/?text=x",
        "https://api.whatsapp.com/send?text=x",
        "whatsapp://send?text=x",
        "viber://forward?text=x",
        "https://t.me/share/url?url=x",
        "tg://msg_url?url=x",
        "https://line.me/R/msg/text/?x",
        "https://social-plugins.line.me/lineit/share?url=x",
        "line://msg/text/x",
        "https://www.linkedin.com/shareArticle?url=x",
        "https://www.linkedin.com/sharing/share-offsite/?url=x",
        "https://www.linkedin.com/cws/share?url=x",
        "https://www.xing.com/spi/shares/new?url=x",
        "https://www.xing.com/app/user?op=share",
        "https://www.pinterest.co.uk/pin/create/button/?url=x",
        "https://www.reddit.com/submit?url=x",
        "https://www.tumblr.com/widgets/share/tool?canonicalUrl=x",
        "https://share.flipboard.com/bookmarklet/popout?url=x",
        "https://getpocket.com/save?url=x",
        "https://getpocket.com/edit?url=x",
        "https://news.ycombinator.com/submitlink?u=x",
        "https://digg.com/submit?url=x",
        "https://www.stumbleupon.com/submit?url=x",
        "https://vk.com/share.php?url=x",
        "https://connect.ok.ru/offer?url=x",
        "https://ok.ru/dk?st.cmd=addShare",
        "https://connect.mail.ru/share?url=x",
        "https://service.weibo.com/share/share.php?url=x",
        "https://sns.qzone.qq.com/cgi-bin/qzshare?url=x",
        "https://connect.qq.com/widget/shareqq/index.html",
        "https://b.hatena.ne.jp/entry/https://a.example/story",
        "https://b.hatena.ne.jp/add?url=x",
        "https://story.kakao.com/share?url=x",
        "https://band.us/plugin/share?body=x",
        "https://share.naver.com/web/shareView?url=x",
        "https://www.addtoany.com/add_to/x?linkurl=x",
        "https://www.addthis.com/bookmark.php",
        "mailto:?subject=x",
        "https://go.example/out?to=https://www.facebook.com/sharer.php",
    ],
)
def test_an_address_that_passes_a_story_on_is_known(href):
    assert SHARING.search(href)
    assert is_sharing(href)


@pytest.mark.parametrize("href", ["", "/politics", "mailto:desk@a.example", "https://a.example/how-to-submit-a-share"])
def test_other_addresses_are_none(href):
    assert not is_sharing(href)
