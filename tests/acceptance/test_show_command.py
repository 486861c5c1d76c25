"""``scrapy show``: the evidence for each field and the fate of each line."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from tests.commands import run
from tests.site import Site

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "tests/pages/wordpress-double-h1/page.html"


def show(target: str, **env: str) -> subprocess.CompletedProcess[str]:
    return run("show", target, env=os.environ | env)


def test_shows_what_won_what_lost_and_what_was_cut() -> None:
    done = show(str(PAGE))

    assert done.returncode == 0, done.stderr
    assert "Harbour ferry returns after winter repairs  (h1)" in done.stdout
    assert "(json-ld headline)" in done.stdout
    assert "2026-03-02T07:15:00Z (second)  (meta)" in done.stdout
    assert any(
        line.startswith("- Sign up for our newsletter") and "[promotion" in line for line in done.stdout.splitlines()
    )
    assert "\x1b" not in done.stdout


def test_no_control_character_of_a_page_reaches_the_terminal(tmp_path: Path) -> None:
    page = PAGE.read_text("utf-8").replace("quieter motor", "quiet\x1b[2Jer &#27;[31m motor\x07")
    (tmp_path / "a.html").write_text(page, "utf-8")

    done = show(str(tmp_path / "a.html"))

    assert not set(done.stdout) & {"\x1b", "\x07"}


def test_downloads_a_url_that_the_person_named() -> None:
    with Site() as site:
        site.pages["/story"] = PAGE.read_bytes()

        done = show(f"{site.url}/story")

    assert "Harbour ferry returns after winter repairs  (h1)" in done.stdout, done.stderr


def test_says_why_a_page_is_no_article(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(b"%PDF-1.7 and so on")

    done = show(str(tmp_path / "a.html"))

    assert done.returncode == 3
    assert "not-html" in done.stdout


def test_what_a_terminal_cannot_show_is_escaped(tmp_path: Path) -> None:
    page = PAGE.read_text("utf-8").replace("Harbour ferry returns", "Hafenfähre 港口 returns")
    (tmp_path / "a.html").write_text(page, "utf-8")

    done = show(str(tmp_path / "a.html"), PYTHONIOENCODING="ascii")

    assert done.returncode == 0, done.stderr
    assert r"Hafenf\xe4hre \u6e2f\u53e3 returns after winter repairs" in done.stdout
