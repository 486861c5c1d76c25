"""An address may say that it is a page of a longer text."""

from __future__ import annotations

import pytest

from newscrawl.urls import identity_url
from newscrawl.urls.canonical import canonical_url
from newscrawl.urls.page_number import page_numbers

TEXT = "https://a.example/2026/11/the-long-walk-home"


def readings(url: str) -> set[tuple[str, int, bool]]:
    return {(found.root, found.number, found.is_plain) for found in page_numbers(url)}


def test_a_parameter_counts_pages_and_the_others_stay_in_the_root():
    assert readings(f"{TEXT}.php?id=7&page=3&x=a") == {
        ("a.example/2026/11/the-long-walk-home.php?id=7&x=a", 3, True),
        ("a.example/2026/11/the-long-walk-home.php?page=3&x=a", 7, False),
    }


@pytest.mark.parametrize("end", ["/page/2", "/page/2/", "/2", "/2/"])
def test_the_last_part_of_a_path_counts_pages(end):
    assert ("a.example/2026/11/the-long-walk-home", 2) in {found[:2] for found in readings(TEXT + end)}


@pytest.mark.parametrize("name", ["photo", "comment-page", "slide", "day"])
def test_a_parameter_that_counts_something_else_counts_no_pages(name):
    assert readings(f"{TEXT}?{name}=2") == set()


@pytest.mark.parametrize("name", ["part", "teil", "nr"])
def test_a_part_is_a_page_as_a_parameter_and_a_story_of_its_own_in_a_path(name):
    assert {found[1] for found in readings(f"{TEXT}?{name}=2")} == {2}
    assert readings(f"{TEXT}/{name}/2") == set()


@pytest.mark.parametrize(("path", "pages"), [("/my-photo/2", {2}), ("/photo/2", set()), ("/harbour-photo-2", set())])
def test_the_last_word_before_a_number_may_count_something_else_and_a_whole_segment(path, pages):
    assert {found[1] for found in readings(f"{TEXT}{path}")} == pages


@pytest.mark.parametrize("canonical", [None, "", "javascript:void(0)", "https://b.example/ferry", TEXT + "/"])
def test_an_address_keeps_its_own_identity_where_the_declared_one_is_none_foreign_or_the_same(canonical):
    assert identity_url(TEXT, canonical) == TEXT


@pytest.mark.parametrize("url", ["http://[", "", "https://a.example/2", TEXT])
def test_most_addresses_count_nothing(url):
    assert readings(url) == set()


def test_a_canonical_address_beside_the_pages_own_is_believed_and_the_section_above_it_is_not():
    assert identity_url("https://a.example/old", "https://a.example/ferry") == "https://a.example/ferry"
    assert identity_url("https://a.example/news/ferry", "https://a.example/news") == "https://a.example/news/ferry"


def test_a_host_has_at_most_253_characters():
    host = ".".join(["a" * 60] * 4) + ".example"
    assert canonical_url(f"https://{'b' * (252 - len(host))}.{host}/") is not None
    assert canonical_url(f"https://{'b' * (253 - len(host))}.{host}/") is None
