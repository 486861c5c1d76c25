"""What the workers' parent reads once, so that no worker reads it again."""

from __future__ import annotations

import os
import time

import pytest

from newscrawl.dates.words import is_date_word
from newscrawl.extraction import warm


@pytest.mark.skipif(not hasattr(os, "fork"), reason="workers are forked")
def test_a_forked_worker_knows_the_names_of_weekdays_at_once() -> None:
    warm()
    if (child := os.fork()) == 0:
        began = time.process_time()
        is_date_word("Mittwoch")
        os._exit(time.process_time() - began > 0.02)  # to read them takes five times as long
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
