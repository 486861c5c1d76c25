"""What the image is made of: an own user, a root that may be read-only, a health check, a first process that reaps."""

from __future__ import annotations

import json
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
LINES = re.sub(r"\\\n\s*", "", (ROOT / "Dockerfile").read_text("utf-8")).splitlines()
STEPS = [(line.partition(" ")[0], line.partition(" ")[2]) for line in LINES if line and not line.startswith("#")]


def steps(name: str) -> list[str]:
    return [said for step, said in STEPS if step == name]


def test_it_runs_as_a_user_that_is_not_root_and_by_number_so_that_an_orchestrator_can_tell():
    (user,) = steps("USER")

    assert re.fullmatch(r"[1-9]\d*:[1-9]\d*", user)
    assert STEPS.index(("USER", user)) > max(n for n, (step, _) in enumerate(STEPS) if step in ("RUN", "COPY"))


def test_commands_are_lists_so_that_signals_arrive():
    health = steps("HEALTHCHECK")[0].partition("CMD ")[2]
    entry = json.loads(steps("ENTRYPOINT")[0])

    assert entry == ["tini", "--", "newscrawl"]
    assert "newscrawl health" in json.loads(health)[2]
    assert json.loads(steps("CMD")[0])[:2] == ["crawl", "news"]


def test_what_is_written_goes_to_the_volume():
    (variables,) = steps("ENV")
    (volume,) = steps("VOLUME")

    assert f"NEWSCRAWL_OUTPUT_DIR={volume}/output" in variables
    assert "PYTHONDONTWRITEBYTECODE=1" in variables
    assert steps("WORKDIR")[-1] == volume


def test_what_is_copied_exists_and_is_not_ignored():
    ignored = (ROOT / ".dockerignore").read_text("utf-8").splitlines()
    copied = {name for said in steps("COPY") if not said.startswith("--from") for name in said.split()[:-1]}

    assert ignored[0] == "*"
    assert {f"!{name}" for name in copied} == {line for line in ignored if line.startswith("!")}
    assert all((ROOT / name).exists() for name in copied)


def test_the_images_below_it_have_a_version():
    images = [said.split()[0] for said in steps("FROM")]

    assert len(set(images)) == 1
    assert re.fullmatch(r"python:3\.\d+-slim-\w+", images[0])
