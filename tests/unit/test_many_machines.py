"""The commands, settings and units of docs/many-machines.md, and the files in deploy/, are ones that there are."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import time
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
    assert [entry["kind"] for entry in objects] == ["Deployment", "CronJob", "PodDisruptionBudget"]
    labels = objects[0]["spec"]["template"]["metadata"]["labels"]
    assert objects[0]["spec"]["selector"]["matchLabels"] == labels
    assert objects[2]["spec"]["selector"]["matchLabels"] == labels


def test_kubernetes_takes_its_objects():
    yaml = pytest.importorskip("yaml", reason="PyYAML comes with the documentation's tools")
    kubernetes_validate = pytest.importorskip("kubernetes_validate", reason="it comes with the tools of development")

    for entry in yaml.safe_load_all((ROOT / "deploy/kubernetes.yaml").read_text("utf-8")):
        kubernetes_validate.validate(entry, "1.31", strict=True)


@pytest.mark.parametrize("name", ["compose.yaml", "kubernetes.yaml"])
def test_a_worker_in_a_container_that_is_stopped_ends_its_run_by_itself(tmp_path, name):
    yaml = pytest.importorskip("yaml", reason="PyYAML comes with the documentation's tools")
    [first, *_] = yaml.safe_load_all((ROOT / "deploy" / name).read_text("utf-8"))
    worker = first.get("services", {}).get("worker") or first["spec"]["template"]["spec"]["containers"][0]
    script = (worker.get("entrypoint") or worker["command"])[-1].replace("$$", "$")
    stub = tmp_path / "newscrawl"
    stub.write_text(
        "#!/bin/sh\ntrap 'echo ended >> ended; exit 0' TERM\necho > begun\nwhile :; do sleep 0.05; done\n", "utf-8"
    )
    stub.chmod(0o755)
    path = {"PATH": f"{tmp_path}{os.pathsep}{os.environ['PATH']}"}
    with subprocess.Popen(["sh", "-c", script], cwd=tmp_path, env=os.environ | path) as process:
        while not (tmp_path / "begun").exists():
            time.sleep(0.02)
        process.terminate()

    assert (tmp_path / "ended").read_text("utf-8") == "ended\n"
