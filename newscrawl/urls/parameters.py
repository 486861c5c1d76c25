"""Which query parameters say nothing about what a page shows, as tables.

Names follow the public lists of ClearURLs (https://docs.clearurls.xyz/1.27.3/specs/rules/), Brave
(https://github.com/brave/adblock-lists, query-filter), uBlock Origin (https://github.com/uBlockOrigin/uAssets,
privacy), the registry of tracking parameters (https://github.com/mpchadwick/tracking-query-params-registry) and the
tools' own documentation. Names that a site may also use for its content (``source``, ``from``, ``sid``) fall only with
a value that tells what they are.
"""

from __future__ import annotations

import re

_TRACKING = """
    .tsrc __hsfp __hssc __hstc __s __twitter_impression _bhlid _branch_match_id _branch_referrer _bta_c _bta_tid _ga
    _gl _hsenc _hsmi _hsq _ke _kx _openstat _zucks_suid action_object_map action_ref_map action_type_map adfrom
    admitad_uid af_click_lookback amp_gsa amp_js_v asgtbndr awc awsac bbeml bsft_aaid bsft_clkid bsft_eid bsft_ek
    bsft_mid bsft_uid bxid campaign_id cjdata cjevent ck_subscriber_id cmp cmpid cndid cx_click cxrecs_s dclid dicbo
    dm_i ef_id elqtrack elqtrackid emc ems_dl epik esrc et_cid et_rid fb_action_ids fb_action_types fb_comment_id
    fb_ref fb_source fbadid fbclid fromref ftag ftcamp ga_campaign ga_content ga_medium ga_place ga_source ga_term
    gad_campaignid gad_source gatewayadid gbraid gclid gclsrc gdffi gdfms gdftrk gps_adid gs_l guccounter
    guce_referrer guce_referrer_sig hctatracking hootpostid hsa_acc hsctatracking ic_source icid igsh igshid intcid
    intcmp ir_adid ir_campaignid ir_partnerid irclickid irgwc itm_campaign itm_content itm_medium itm_source
    itm_term ito kclickid li_fat_id mbid mc_cid mc_eid mc_phishing_protection_id mkcid mkevt mkrid mkt_campaign
    mkt_tok mkwid ml_subscriber ml_subscriber_hash msclkid mtm_cid ncid nr_email_referer ns_campaign ns_fee
    ns_linkname ns_mchannel ns_source nx_source obinternalid oborigurl ocid oft_c oft_ck oft_d oft_id oft_ids oft_k
    oft_lk oft_sk oft_sub oicd oly_anon_id oly_enc_id otm_campaign otm_content otm_medium otm_source otm_term
    outbrainclickid partnerid pcrid personaclick_search_query piwik_campaign piwik_kwd pk_campaign pk_cid pk_keyword
    pk_kwd pk_medium pk_source raneaid ranmid ransiteid rb_clickid rcmrclid rdt_cid recruited_by_id
    redirect_log_mongo_id redirect_mongo_id ref ref_ ref_source ref_src ref_url referer referrer referringsource
    refsource refsrc rss_channel rss_source s_campaign s_cid s_kwcid sb_referer_host sc_campaign sc_channel sc_cid
    sc_content sc_country sc_customer sc_eh sc_geo sc_medium sc_outcome sc_src sc_uid scm sfmc_id sfmc_sub
    share_source share_token shareadraft shared_from sharetoken smid sms_click sms_source sms_uph smtyp snr soc_src
    soc_trk social_media socialmedia spjobid spm spmailingid spreportid spuserid sr_share sref srnd srsltid
    ss_email_id sthash syclid taboolaclickid taid tblci tduid tm_campaign tm_source tpcc tracking_source
    traffic_source trk trkcampaign tsrc ttclid tw_campaign tw_source twclid twitter_impression unicorn_click_id
    utmdate vero_conv vero_id vgo_ee wbraid wicked_id wicked_source wickedid wt.mc_id wt_eid wt_mc wt_zmc wtrid xtor
    xtref yclid ymclid ysclid
"""
TRACKING = frozenset(_TRACKING.split())
TRACKING_PREFIXES = (
    "utm_",
    "utm-",
    "mtm_",
    "matomo_",
    "hmb_",
    "hsa_",
    "at_",
    "stm_",
    "aff_",
    "vero_",
    "trk_",
    "fb_ref",
    "dpg_",
    "cx_recs",
    "cx_art",
    "cm_",
    "mc_",
    "oly_",
    "usqp",
    "adjust_",
    "pd_rd_",
)

_SESSIONS = """
    asp.net_sessionid aspsessionid cfid cftoken jsessionid oscsid phpsessid session_id sessid sessionid zenid
"""
SESSIONS = frozenset(_SESSIONS.split())
SESSION_ID = re.compile(r"(?=[0-9a-z]*[0-9])[0-9a-z]{16,}", re.IGNORECASE)
"""What makes a ``sid`` or ``s`` a session: long and random. ``?sid=4711`` is a story's number."""

_CHANNELS = """
    amp android app atom body bottom copy desktop email embed facebook fb feed feeds flipboard footer front frontpage
    googlenews google gnews header home homepage instagram ios iosapp link linkedin mail menu mobile msn nav newsletter
    news_alert newsapp njuice pocket push rail reddit related rss rssfeed sharing share sidebar smartnews social
    socialflow sms syndication t.co telegram text ticker top trending twitter viber web webpush weibo whatsapp x yahoo
"""
CHANNELS = frozenset(_CHANNELS.split())
"""Where a reader came from."""

BY_VALUE: dict[str, re.Pattern[str]] = {
    **dict.fromkeys(("sid", "s", "session", "token"), SESSION_ID),
    **dict.fromkeys(
        (
            "source",
            "src",
            "from",
            "via",
            "feed",
            "share",
            "cid",
            "campaign",
            "medium",
            "channel",
            "partner",
            "origin",
            "mod",
        ),
        re.compile("(?:" + "|".join(map(re.escape, sorted(CHANNELS))) + r")(?:[-_.:].*)?", re.IGNORECASE),
    ),
    "share": re.compile(r".*"),
    "feature": re.compile(r"share.*|youtu\.be|emb.*", re.IGNORECASE),
    "amp": re.compile(r"amp"),
}
"""Parameters that fall only with such a value."""

VARIANTS: dict[str, frozenset[str]] = {
    **dict.fromkeys(("amp", "print", "printer", "printable", "mobile"), frozenset(("", "1", "true", "yes", "y", "on"))),
    **dict.fromkeys(
        (
            "outputtype",
            "output",
            "view",
            "mode",
            "format",
            "layout",
            "type",
            "display",
            "style",
            "template",
            "m",
            "_amp",
        ),
        frozenset(("amp", "print", "printer", "printable", "mobile", "basic", "1", "true")),
    ),
    "showcomments": frozenset(("", "1", "true")),
    "singlepage": frozenset(("", "1", "true")),
    "page": frozenset(("all",)),
}
"""Parameters that ask for another layout of the same article. The key leaves them out, the fetched URL keeps them."""


NUMBER = re.compile(r"\d{1,12}")
SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+){3,}", re.I)
PLAIN_WORDS = frozenset(
    ("ref", "cmp", "cmpid", "scm", "trk", "ncid", "mbid", "ocid", "epik", "share", "dicbo", "icid", "emc")
)
"""Trackers' names that a site may give the number of its story."""


def says_nothing(name: str, value: str, *, is_script: bool = False, is_alone: bool = False) -> bool:
    """Tell whether the parameter *name* (lower case) with *value* only says who links, shares or reads.

    *is_script*: the path tells no story apart (``/article.php``, ``/read``); then a number under a plain name may be
    the story's, and so may a slug where the parameter *is_alone*.
    """
    if is_script and name in PLAIN_WORDS and (NUMBER.fullmatch(value) or (is_alone and SLUG.fullmatch(value))):
        return False
    if name in TRACKING or name in SESSIONS or name.startswith(TRACKING_PREFIXES):
        return True
    telling = BY_VALUE.get(name)
    return telling is not None and telling.fullmatch(value) is not None
