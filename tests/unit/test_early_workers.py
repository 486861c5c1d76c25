"""Which commands begin with their workers' parent."""

from __future__ import annotations

import pytest

from newscrawl.commands import is_sure_to_parse


@pytest.mark.parametrize(
    "line",
    [
        "crawl news -a url=https://a.example",
        "crawl -a url=a.example -s LOG_LEVEL=INFO news",
        "crawl news -aurl=a.example",
        "crawl news -a urls=list.txt -a limit=3",
        "crawl news https://a.example",
        "crawl sample",
    ],
)
def test_a_run_whose_pages_a_person_names_is_sure_to_parse(line: str) -> None:
    assert is_sure_to_parse(line.split())


@pytest.mark.parametrize(
    "line",
    [
        "crawl news",
        "crawl news -a sites=sites.toml",
        "crawl own -a url=https://a.example",
        "show https://a.example/news",
        "list",
        "",
    ],
)
def test_of_a_sites_file_nothing_may_be_due_and_another_command_may_need_no_worker(line: str) -> None:
    assert not is_sure_to_parse(line.split())
