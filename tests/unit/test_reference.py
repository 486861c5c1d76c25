"""The reference says what the code does: a name that is missing in it fails here."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from newscrawl import settings
from newscrawl.arguments import ARGUMENTS
from newscrawl.items import FIELDS
from newscrawl.outcomes import Reason
from newscrawl.sources.file import SITE_KEYS

ROOT = Path(__file__).parents[2]
PAGES = {path.stem: path.read_text("utf-8") for path in sorted((ROOT / "docs/reference").glob("*.md"))}
REFERENCE = "\n".join(PAGES.values())
SETTINGS = [name for name in vars(settings) if name.startswith("NEWSCRAWL_")]
COMMANDS = [path.stem for path in (ROOT / "newscrawl/commands").glob("*.py") if path.stem != "__init__"]


@pytest.mark.parametrize("name", [*ARGUMENTS, *SITE_KEYS, *FIELDS, *SETTINGS])
def test_the_reference_explains_every_argument_field_and_setting(name):
    assert f"`{name}`" in REFERENCE


@pytest.mark.parametrize("reason", Reason)
def test_the_reference_explains_every_reason(reason):
    assert f"`{reason}`" in REFERENCE


@pytest.mark.parametrize("command", COMMANDS)
def test_the_reference_shows_every_command(command):
    assert f"scrapy {command}" in REFERENCE


def test_the_reference_names_the_fields_in_the_order_of_the_record():
    table = PAGES["record"].partition("## The schema")[0]
    named = [
        name
        for line in table.splitlines()
        if line.startswith("| `")
        for name in re.findall(r"`(\w+)`", line.split("|")[1])
    ]

    assert tuple(named) == FIELDS


def test_the_reference_names_no_setting_that_does_not_exist():
    assert set(re.findall(r"NEWSCRAWL_[A-Z_]*[A-Z]", REFERENCE)) <= set(SETTINGS)


def test_the_reference_puts_each_reason_beside_its_outcome():
    from newscrawl.outcomes import OUTCOME_OF

    rows = {line.split()[1].rstrip(","): line for line in PAGES["outcomes"].splitlines() if line.startswith("| ")}

    for reason, outcome in OUTCOME_OF.items():
        assert f"`{reason}`" in rows[str(outcome)], reason
