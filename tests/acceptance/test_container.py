"""The image's entry command where no image can be built: another user, a folder that is read-only, a volume."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.crawling import ROOT, Crawl

NOBODY = 65534


@pytest.fixture
def volume() -> Iterator[Path]:
    """A folder that nobody may write to; those of the tests are their owner's alone."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    (folder / "data").mkdir()
    if os.geteuid() == 0:
        os.chown(folder / "data", NOBODY, NOBODY)
    yield folder
    shutil.rmtree(folder)


def is_packages(path: str) -> bool:
    return path.endswith("site-packages")


def interpreter(other: dict[str, object]) -> str:
    """Return a Python that the other user may run, and that finds the packages: this one, or the system's."""
    environment = {"PYTHONPATH": os.pathsep.join(filter(is_packages, sys.path))}
    for python in (sys.executable, f"/usr/bin/python{sys.version_info[0]}.{sys.version_info[1]}"):
        try:
            line = [python, "-c", "import scrapy"]
            if (
                subprocess.run(line, check=False, cwd="/", env=environment, capture_output=True, **other).returncode
                == 0
            ):
                return python
        except OSError:
            continue
    pytest.skip("the other user may run no Python of this version, or may not read its packages")


def test_another_user_crawls_from_a_folder_that_is_read_only_and_is_healthy(volume):
    other = {"user": NOBODY, "group": NOBODY, "extra_groups": []} if os.geteuid() == 0 else {}
    python = interpreter(other)
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": os.pathsep.join((str(ROOT), *filter(is_packages, sys.path))),
        "PYTHONDONTWRITEBYTECODE": "1",
        "NEWSCRAWL_OUTPUT_DIR": str(volume / "data/output"),
        "XDG_CONFIG_HOME": str(volume / "data/config"),
    }

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        line = [python, "-m", "newscrawl", *arguments]
        options = {"cwd": volume, "env": environment, "capture_output": True, "text": True, "timeout": 110}
        return subprocess.run(line, check=False, **options, **other)

    done = run("crawl", "news", "-a", "url=http://127.0.0.1:9/", "-a", "limit=1")
    sample = run("crawl", "sample", "-s", f"NEWSCRAWL_OUTPUT_DIR={volume}/data/output")
    health = run("health")

    assert done.returncode == 3, done.stderr
    assert (sample.returncode, sample.stderr.count("Traceback")) == (0, 0), sample.stderr
    assert len(Crawl(0, "", "", volume / "data/output").records) == 24
    assert health.returncode in (0, 3), health.stderr
    assert sorted(path.name for path in volume.iterdir()) == ["data"]
