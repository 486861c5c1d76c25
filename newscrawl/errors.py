"""Every exception of ours.

What a person can mend ends a command with one sentence on stderr and an exit code, never a traceback. Why a pipeline
lets an article go is a DropItem a reason, so that Scrapy's own statistics count each by its name.
"""

from __future__ import annotations

from scrapy.exceptions import DropItem

from newscrawl.outcomes import Reason


class NewscrawlError(Exception):
    """Base of what ends a command with one sentence. The sentence says what came, what was expected, what to do."""

    exit_code = 1


class UsageError(NewscrawlError):
    """An argument, a setting or an input file is wrong."""

    exit_code = 2


class OutputError(NewscrawlError):
    """The output folder or the store cannot be opened or written."""


class Dropped(DropItem):
    """An article that a pipeline does not let through; ``OutcomesExtension`` writes *reason* to the rejected log."""

    reason: Reason

    def __init__(self, detail: str) -> None:
        super().__init__(detail, log_level="DEBUG")
        self.detail = detail


class NoBody(Dropped):
    """Nothing is left of the page but its headline."""

    reason = Reason.NO_BODY


class AiOptOut(Dropped):
    """The page asks not to be used by machines, and ``NEWSCRAWL_RESPECT_AI_OPT_OUT`` is on."""

    reason = Reason.AI_OPT_OUT


class Answered(DropItem):
    """The store has this article's outcome already, and it is not a new line."""

    def __init__(self, detail: str) -> None:
        super().__init__(detail, log_level="DEBUG")


class DuplicateStory(Answered):
    """The story is known from another article."""


class UnchangedArticle(Answered):
    """This very article was written before."""


class ForgottenArticle(Answered):
    """A person had this article taken down by ``scrapy forget``."""


class LimitReached(Answered):
    """``limit=`` articles are written; this article stays pending."""


class UnwritableItem(DropItem):
    """An item that cannot be a record, since one of its fields has another type; its page stays pending."""

    def __init__(self, detail: str) -> None:
        super().__init__(detail, log_level="WARNING")
