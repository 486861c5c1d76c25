"""Settings as a person gives them: on the command line, in the environment, with odd names of folders."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from tests.commands import run
from tests.crawling import crawl


def scrapy(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return run(*arguments, env={**os.environ, **environment})


@pytest.mark.parametrize(
    ("arguments", "environment", "sentence"),
    [
        (["-s", "NEWSCRAWL_WORKERS=many"], {}, "NEWSCRAWL_WORKERS is 'many'; set it to a whole number"),
        ([], {"NEWSCRAWL_WORKERS": "many"}, "NEWSCRAWL_WORKERS is 'many'; set it to a whole number"),
        (["-s", "NEWSCRAWL_OUTPUTDIR=x"], {}, "unknown setting NEWSCRAWL_OUTPUTDIR; did you mean NEWSCRAWL_OUTPUT_DIR"),
        ([], {"NEWSCRAWL_OUTPUTDIR": "x"}, "unknown setting NEWSCRAWL_OUTPUTDIR; did you mean NEWSCRAWL_OUTPUT_DIR"),
        (["-s", "NEWSCRAWL_OUTPUT_DIR="], {}, "NEWSCRAWL_OUTPUT_DIR is ''"),
    ],
)
def test_a_mistake_is_one_sentence_and_exit_code_2(arguments, environment, sentence):
    done = scrapy("crawl", "news", "-a", "url=http://127.0.0.1:9/", *arguments, **environment)

    assert done.returncode == 2
    assert sentence in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_the_command_line_goes_before_the_environment_and_that_before_the_default():
    environment = {"NEWSCRAWL_CONTACT": "environment"}

    assert scrapy("settings", "--get", "NEWSCRAWL_CONTACT", **environment).stdout.strip() == "environment"
    given = scrapy("settings", "--get", "NEWSCRAWL_CONTACT", "-s", "NEWSCRAWL_CONTACT=option", **environment)
    assert given.stdout.strip() == "option"


@pytest.mark.parametrize("name", ["what?x=1", "a%41 b#ä&+"])
def test_a_folder_of_any_name_holds_all_that_is_written(tmp_path, name):
    for new in (24, 0):
        done = crawl("sample", tmp_path / name)
        assert f"{new} new" in done.stderr
    dry = crawl("sample", tmp_path / name, dry_run=1)

    assert dry.code == 0, dry.stderr
    assert {path.name for path in tmp_path.iterdir()} == {name}
    assert (tmp_path / name / "state.sqlite").is_file()
    assert not list(Path(tmp_path / name).glob("*%*"))
