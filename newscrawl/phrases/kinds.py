"""How pages that are no articles call themselves: the regular expressions that are made of the rows.

A heading has to match as a whole (the title, the h1, a part of <title> between separators), so that a headline which
merely begins so stays one. A sentence is looked for in the text of a short page.
"""

from __future__ import annotations

import re

from newscrawl.outcomes import Reason
from newscrawl.phrases import kinds_errors, kinds_house, kinds_missing, kinds_sentences
from newscrawl.phrases.rows import Place
from newscrawl.text.caseless import Caseless

ROWS = (*kinds_errors.ROWS, *kinds_missing.ROWS, *kinds_house.ROWS, *kinds_sentences.ROWS)


def _patterns(place: Place, reason: Reason) -> str:
    return "|".join(row.pattern for row in ROWS if row.places & place and row.reason is reason)


def _heading(reason: Reason) -> Caseless:
    return Caseless(rf"\W*(?:{_patterns(Place.PAGE_HEADING, reason)})\W*")


def _sentence(reason: Reason) -> Caseless:
    return Caseless(_patterns(Place.PAGE_SENTENCE, reason))


HEADINGS: dict[Reason, Caseless] = {
    reason: _heading(reason)
    for reason in (
        Reason.CAPTCHA,
        Reason.SOFT_404,
        Reason.LOGIN,
        Reason.CONSENT,
        Reason.MAINTENANCE,
        Reason.ERROR_PAGE,
        Reason.SECTION,
    )
}

SEARCH_HEADING = _heading(Reason.SEARCH)
"""A heading of search results; headlines begin so too ("Results for …"), so the address has to say it as well."""

SENTENCES: dict[Reason, Caseless] = {
    reason: _sentence(reason)
    for reason in (
        Reason.CAPTCHA,
        Reason.SOFT_404,
        Reason.CONSENT,
        Reason.MAINTENANCE,
        Reason.ERROR_PAGE,
        Reason.NO_BODY,
    )
}
"""What stands in the text of a short page that is no article."""

CONSENT_WORDS = Caseless(
    r"\b(?:cookies?|consent\w*|vendors?|partners?|partnern?|tracking|gdpr|tcf|iab|personali[sz]ed|einwilligung\w*"
    r"|zustimm\w+"
    r"|personenbezogen\w*|datenschutz\w*|consentement|partenaires|données|consentimiento|socios|datos|consenso"
    r"|fornitori"
    r"|toestemming|persoonsgegevens|zgod\w+|danych|partner\w*|samtycke|samtykke|согласие|privacy)\b"
)
"""A consent page says one of these in every tenth word or more, an article about cookies in every thirtieth."""

SITE_SEPARATOR = re.compile(r"\s+[|\-–—·•»:]+\s+|\s*[|｜»]\s*|(?<=\w):\s+(?=\W*$)")
"""What stands between the parts of a <title>."""
