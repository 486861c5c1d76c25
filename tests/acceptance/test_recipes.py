"""The commands of the recipes are commands that there are, and the units are units that systemd takes."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import subprocess
from itertools import pairwise

import pytest

from newscrawl.arguments import ARGUMENTS
from tests.crawling import ROOT

TEXT = (ROOT / "docs/recipes.md").read_text("utf-8")
COMMANDS = [
    command for line in re.findall(r"newscrawl/venv/bin/newscrawl [^&\n`]*", TEXT) for command in [line.strip()]
]
UNITS = dict(
    zip(("newscrawl.service", "newscrawl.timer"), re.findall(r"```systemd\n(.*?)```", TEXT, re.S), strict=True)
)


@pytest.mark.parametrize("line", COMMANDS)
def test_each_command_is_one_of_ours_with_arguments_that_it_takes(line):
    _, command, *arguments = shlex.split(line)

    assert (ROOT / f"newscrawl/commands/{command}.py").exists()
    given = [value for flag, value in pairwise(arguments) if flag == "-a"]
    assert {value.partition("=")[0] for value in given} <= set(ARGUMENTS)


def test_each_line_of_the_crontab_has_five_times_and_a_command():
    lines = [line for block in re.findall(r"```cron\n(.*?)```", TEXT, re.S) for line in block.splitlines()]

    assert len(lines) == 2
    assert all(re.fullmatch(r"(?:[\d*/,-]+ ){5}cd \S+ && .+", line) and "%" not in line for line in lines)


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="there is no systemd here")
def test_systemd_takes_the_units(tmp_path):
    for name, text in UNITS.items():
        text = re.sub(r"ExecStart=\S+", "ExecStart=/bin/true", text)
        (tmp_path / name).write_text(text, "utf-8")

    done = subprocess.run(
        ["systemd-analyze", "verify", *(str(tmp_path / name) for name in UNITS)], capture_output=True, text=True
    )

    assert done.returncode == 0, done.stderr


def test_each_line_of_a_unit_is_a_section_or_a_setting():
    for text in UNITS.values():
        assert all(re.fullmatch(r"\[\w+\]|[A-Za-z]+=\S.*|", line) for line in text.splitlines())


def test_what_the_image_runs_is_one_of_our_commands_with_arguments_that_it_takes():
    (command,) = re.findall(r"^CMD (.*)", (ROOT / "Dockerfile").read_text("utf-8"), re.M)

    test_each_command_is_one_of_ours_with_arguments_that_it_takes(shlex.join(["newscrawl", *json.loads(command)]))


def test_the_workflow_keeps_the_state_and_runs_one_of_our_commands():
    yaml = pytest.importorskip("yaml")
    (text,) = re.findall(r"```yaml\n(.*?)```", TEXT, re.S)
    steps = yaml.safe_load(text)["jobs"]["crawl"]["steps"]
    runs = [line for step in steps for line in str(step.get("run", "")).splitlines() if line.startswith("newscrawl")]
    caches = [step for step in steps if "cache" in step.get("uses", "")]

    for line in runs:
        test_each_command_is_one_of_ours_with_arguments_that_it_takes(line)
    assert len(runs) == 1
    assert [step["with"]["path"] for step in caches] == ["output/state.sqlite"] * 2
    assert caches[1]["if"] == "always()"
