"""The pages of a run that gave no article, by reason."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from newscrawl.outcomes import OUTCOME_OF, Outcome, Reason
from newscrawl.report.run import Line, RunReport
from newscrawl.report.text import link, text

MEANINGS = {
    Reason.NOT_HTML: "no HTML page",
    Reason.EMPTY: "the answer was empty",
    Reason.SECTION: "a list of stories, not a story",
    Reason.SOFT_404: "says that there is no such page",
    Reason.LOGIN: "asks for a login",
    Reason.CONSENT: "asks for consent",
    Reason.CAPTCHA: "asks for proof that a person reads",
    Reason.SEARCH: "a page of search results",
    Reason.GALLERY: "pictures without a story",
    Reason.MAINTENANCE: "the site is being maintained",
    Reason.ERROR_PAGE: "shows an error",
    Reason.NOTICE: "several addresses show the same page",
    Reason.NO_BODY: "no text was found",
    Reason.NEEDS_JAVASCRIPT: "shows its text only in a browser",
    Reason.AI_OPT_OUT: "reserved against text and data mining",
    Reason.PARSE_TIMEOUT: "took too long to read",
    Reason.PARSE_MEMORY: "took too much memory to read",
    Reason.PARSE_CRASH: "could not be read",
    Reason.TOO_LARGE: "too large",
    Reason.GONE: "the server says that it is gone for good",
    Reason.NOT_FOUND: "the server does not know it",
    Reason.HTTP_STATUS: "the server refused it",
    Reason.GAVE_UP: "failed in seven runs",
    Reason.REDIRECT: "leads elsewhere",
    Reason.DROPPED: "by a pipeline or spider of your own",
    Reason.FORGOTTEN: "a person had it taken down",
    Reason.PART: "a further page of an article, whose text stands in that article",
    Reason.ROBOTS: "robots.txt forbids it",
    Reason.SINCE: "older than you asked for",
    Reason.UNTIL: "younger than you asked for",
    Reason.DENIED: "left out by allow or deny of its source",
    Reason.BUDGET: "a limit of its host was reached",
    Reason.PRIVATE_ADDRESS: "a private address that nobody allowed",
    Reason.SCHEME: "no address on the web",
    Reason.PARKED: "its host was not asked any further",
    Reason.PUT_OFF: "its source held the run up",
    Reason.DNS: "its host is unknown",
    Reason.CONNECTION: "no connection",
    Reason.DOWNLOAD_TIMEOUT: "the download took too long",
    Reason.SERVER_ERROR: "an error of the server",
    Reason.RATE_LIMITED: "the server wants to be asked less often",
    Reason.CERTIFICATE: "its certificate cannot be trusted",
    Reason.BAD_RESPONSE: "the answer was no proper one",
}
NEXT = {
    Outcome.REJECTED: "rejected, for good",
    Outcome.SKIPPED: "skipped, not asked for",
    Outcome.FAILED: "failed, a later run tries again",
}


def reasons(run: RunReport) -> Iterator[str]:
    """Yield the pages that gave no article, by reason, with examples."""
    if not run.reasons:
        return
    yield '<section aria-labelledby="h-why"><h2 id="h-why">Left out, and why</h2>'
    for reason, lines in sorted(run.reasons.items(), key=lambda item: -run.counts[item[0]]):
        yield from examples(reason, run.counts[reason], lines)
    yield "</section>"


def examples(reason: str, count: int, lines: Iterable[Line]) -> Iterator[str]:
    """Yield the HTML of one reason: how often it was given, and behind a click some of its pages."""
    known = next((member for member in Reason if member == reason), None)
    meaning = f" <small>{MEANINGS[known]} · {NEXT[OUTCOME_OF[known]]}</small>" if known else ""
    yield f"<details><summary><b>{count:,}</b> {text(reason)}{meaning}</summary><ul>"
    for line in lines:
        detail = f'<br><small dir="auto">{text(line["detail"])}</small>' if line.get("detail") else ""
        yield f"<li>{link(line.get('url'), line.get('title'))}{detail}</li>"
    yield "</ul></details>"
