from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import pytest

from newscrawl import settings
from newscrawl.addresses import Allowed
from newscrawl.configuration import NAMES, Configuration
from newscrawl.environment import read_environment, read_user_config, user_config
from newscrawl.errors import UsageError

REFERENCE = (Path(__file__).parents[2] / "docs/reference/settings.md").read_text("utf-8")
DEFAULTS = {name: value for name, value in vars(settings).items() if name.startswith("NEWSCRAWL_")}


def test_every_setting_has_a_default_and_a_check():
    assert DEFAULTS.keys() == NAMES.keys()
    assert len(NAMES) == len(fields(Configuration))


def test_the_defaults_pass_and_come_from_the_settings_module_where_a_project_has_none():
    assert Configuration.read({}) == Configuration.read(DEFAULTS)
    assert Configuration.read({}).dedup_window_days == settings.NEWSCRAWL_DEDUP_WINDOW_DAYS


def test_the_reference_gives_the_defaults():
    table = dict(re.findall(r"^\| `(NEWSCRAWL_\w+)` \| (.*?) ?\|", REFERENCE, re.MULTILINE))
    shown = {name: {"off": "False", "on": "True"}.get(text, text.strip("`")) for name, text in table.items()}

    assert shown == {name: f"{value:g}" if type(value) is float else str(value) for name, value in DEFAULTS.items()}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("WORKERS", "many"),
        ("WORKERS", "-1"),
        ("WORKERS", "1.5"),
        ("WORKERS", ""),
        ("WORKERS", None),
        ("WORKERS", "nan"),
        ("WORKERS", "inf"),
        ("ALLOW_PRIVATE", "10.0.0.0/99"),
        ("ALLOW_PRIVATE", "a.example/path"),
        ("ROBOTS_UNREACHABLE", "ignore"),
        ("ROBOTS_UNREACHABLE", True),
        ("DUPLICATES", "Drop"),
        ("DEDUP_WINDOW_DAYS", "-3"),
        ("DEDUP_WINDOW_DAYS", "0"),
        ("DEDUP_KEYS_DAYS", "a year"),
        ("OUTPUT_DIR", ""),
        ("OUTPUT_DIR", "  "),
        ("OUTPUT_DIR", "a\0b"),
        ("PARSE_TIMEOUT_S", "0"),
        ("PARSE_TIMEOUT_S", "10s"),
        ("RETRY_AFTER_MAX_S", "-1"),
        ("CRAWL_DELAY_MAX_S", "nan"),
        ("MAX_DOCUMENTS", "1e99"),
        ("RESPECT_AI_OPT_OUT", "maybe"),
        ("LOOP_WATCH", "2"),
        ("WORKER_TASKS", "0"),
    ],
)
def test_a_wrong_value_is_one_sentence_that_names_setting_value_and_what_was_expected(name, value):
    with pytest.raises(UsageError) as error:
        Configuration.read({f"NEWSCRAWL_{name}": value})

    assert re.fullmatch(rf"NEWSCRAWL_{name} is {re.escape(repr(str(value)))}; set it to .{{3,}}", str(error.value))


@pytest.mark.parametrize(
    ("name", "value", "read"),
    [
        ("workers", "2", 2),
        ("workers", 2, 2),
        ("parse_timeout_s", "2.5", 2.5),
        ("respect_ai_opt_out", "True", True),
        ("respect_ai_opt_out", "off", False),
        ("respect_ai_opt_out", 1, True),
        ("output_dir", Path("a?b%41"), Path("a?b%41")),
        ("allow_private", "10.0.0.0/8", Allowed.parse("10.0.0.0/8")),
        ("allow_private", ["a.example", "b.example:80"], Allowed.parse("a.example,b.example:80")),
    ],
)
def test_a_right_value_is_read_from_text_and_from_python(name, value, read):
    assert getattr(Configuration.read({f"NEWSCRAWL_{name.upper()}": value}), name) == read


def test_an_unknown_name_is_answered_with_the_nearest():
    with pytest.raises(UsageError, match=r"unknown setting NEWSCRAWL_WORKER; did you mean NEWSCRAWL_WORKERS\?"):
        Configuration.read({"NEWSCRAWL_WORKER": 2})


def test_the_environment_gives_settings_and_misspelt_ones_but_nothing_of_others():
    given = {
        "NEWSCRAWL_CONTACT": "me@a.example",
        "NEWSCRAWL_CONTACTS": "x",
        "NEWSCRAWL_DEBUG": "x",
        "NEWSCRAWL_PORT": "tcp://10.0.0.1:80",
        "NEWSCRAWL_PORT_80_TCP": "tcp://10.0.0.1:80",
        "NEWSCRAWL_PORT_80_TCP_ADDR": "10.0.0.1",
        "NEWSCRAWL_SERVICE_HOST": "10.0.0.1",
        "NEWSCRAWL_SERVICE_PORT_HTTP": "80",
        "NEWSCRAWL_WEB_SERVICE_HOST": "10.0.0.1",
        "NEWSCRAWL_TEST_POSTGRES": "x",
        "HOME": "/",
    }

    assert list(read_environment(given)) == ["NEWSCRAWL_CONTACT", "NEWSCRAWL_CONTACTS", "NEWSCRAWL_DEBUG"]


def test_no_setting_of_ours_looks_like_somebody_elses_variable():
    assert read_environment(dict.fromkeys(NAMES, "")).keys() == NAMES.keys()


@pytest.mark.parametrize(
    ("environment", "path"),
    [
        ({"XDG_CONFIG_HOME": "/c", "HOME": "/h"}, "/c/newscrawl/config.toml"),
        ({"XDG_CONFIG_HOME": "relative", "HOME": "/h"}, "/h/.config/newscrawl/config.toml"),
        ({"HOME": "/h"}, "/h/.config/newscrawl/config.toml"),
        ({}, "None"),
    ],
)
def test_the_users_configuration_stands_where_xdg_says(environment, path):
    assert str(user_config(environment)) == path


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("contact = 'x'", "'contact' is no setting; write for example NEWSCRAWL_CONTACT"),
        ("NEWSCRAWL_CONTACT", "is not TOML: "),
        (b"\xff", "is not TOML: "),
        (None, "cannot be read: Is a directory; mend its permissions or remove it"),
    ],
)
def test_a_mistake_in_the_users_configuration_is_one_sentence_that_names_it(text, said, tmp_path, monkeypatch):
    path = tmp_path / "newscrawl/config.toml"
    path.parent.mkdir()
    if text is None:
        path.mkdir()
    else:
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))

    with pytest.raises(UsageError) as error:
        Configuration.read({})

    assert str(path) in str(error.value)
    assert said in str(error.value)


def test_the_users_configuration_gives_settings_of_scrapy_too(tmp_path):
    (tmp_path / "newscrawl").mkdir()
    (tmp_path / "newscrawl/config.toml").write_text("NEWSCRAWL_CONTACT = 'me'\nDOWNLOAD_DELAY = 1\n", "utf-8")

    said = {"NEWSCRAWL_CONTACT": "me", "DOWNLOAD_DELAY": 1}
    assert read_user_config({"XDG_CONFIG_HOME": str(tmp_path)}) == said
