"""Which commands begin with their workers' parent."""

from __future__ import annotations

import pytest

from newscrawl.commands.crawl import is_sure_to_parse


@pytest.mark.parametrize(
    ("args", "given"),
    [
        (["news"], {"url": "https://a.example"}),
        (["news"], {"urls": "list.txt", "limit": "3"}),
        (["news", "https://a.example"], {}),
        (["sample"], {}),
    ],
)
def test_a_run_whose_pages_a_person_names_is_sure_to_parse(args: list[str], given: dict[str, str]) -> None:
    assert is_sure_to_parse(args, given)


@pytest.mark.parametrize(
    ("args", "given"),
    [(["news"], {}), (["news"], {"sites": "sites.toml"}), (["own"], {"url": "https://a.example"}), ([], {})],
)
def test_of_a_sites_file_nothing_may_be_due_and_another_spider_may_need_no_worker(
    args: list[str], given: dict[str, str]
) -> None:
    assert not is_sure_to_parse(args, given)
