"""The commands, settings and units of docs/many-machines.md, and the files in deploy/, are ones that there are."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from newscrawl.arguments import ARGUMENTS
from newscrawl.configuration import NAMES

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs/many-machines.md").read_text("utf-8")
DEPLOY = [*sorted((ROOT / "deploy").glob("*"))]
UNITS = dict(
    zip(("newscrawl@.service", "newscrawl@.timer"), re.findall(r"```systemd\n(.*?)```", TEXT, re.S), strict=True)
)
ALL = "\n".join([TEXT, *(path.read_text("utf-8") for path in DEPLOY)])


def test_each_setting_is_one_of_ours():
    assert set(re.findall(r"NEWSCRAWL_[A-Z_]+", ALL)) <= set(NAMES)


def test_each_command_is_one_of_ours_with_arguments_that_it_takes():
    commands = set(re.findall(r"(?:newscrawl|scrapy) (crawl|store|tail)\b", ALL))

    assert commands == {"crawl", "store", "tail"}
    assert set(re.findall(r'-a"?,? "?(\w+)=', ALL)) <= set(ARGUMENTS)


def test_each_line_of_a_unit_is_a_section_or_a_setting():
    for text in UNITS.values():
        assert all(re.fullmatch(r"\[\w+\]|[A-Za-z]+=\S.*|", line) for line in text.splitlines())


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="there is no systemd here")
def test_systemd_takes_the_units(tmp_path):
    for name, text in UNITS.items():
        (tmp_path / name).write_text(re.sub(r"ExecStart=\S+", "ExecStart=/bin/true", text), "utf-8")

    names = [str(tmp_path / name.replace("@", "@1")) for name in UNITS]
    for name, text in zip(names, UNITS, strict=True):
        shutil.copy(tmp_path / text, name)
    done = subprocess.run(["systemd-analyze", "verify", *names], capture_output=True, text=True)

    assert done.returncode == 0, done.stderr


def test_the_files_for_containers_are_yaml_with_the_objects_that_the_text_names():
    yaml = pytest.importorskip("yaml", reason="PyYAML comes with the documentation's tools")
    compose = yaml.safe_load((ROOT / "deploy/compose.yaml").read_text("utf-8"))
    objects = list(yaml.safe_load_all((ROOT / "deploy/kubernetes.yaml").read_text("utf-8")))

    assert set(compose["services"]) == {"database", "worker"}
    assert (ROOT / "deploy" / compose["services"]["worker"]["build"] / "Dockerfile").exists()
    assert [one["kind"] for one in objects] == ["CronJob", "PodDisruptionBudget"]
    pod = objects[0]["spec"]["jobTemplate"]["spec"]["template"]
    assert objects[1]["spec"]["selector"]["matchLabels"] == pod["metadata"]["labels"]
