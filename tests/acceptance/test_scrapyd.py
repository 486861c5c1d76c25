"""Scrapyd, for real: an egg is built, added and scheduled, and its job crawls the bundled newsroom."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.parse
import urllib.request
import zipfile
from pathlib import Path

import pytest

import newscrawl
from tests.crawling import ROOT, Crawl

pytest.importorskip("scrapyd", reason="pip install 'newscrawl[dev]'")
pytest.importorskip("scrapyd_client", reason="pip install 'newscrawl[dev]'")
SOURCES = ("newscrawl", "pipelines", "setup.py", "scrapy.cfg", "pyproject.toml", "README.md", "LICENSE")
CONFIG = """[scrapyd]
http_port = {port}
poll_interval = 0.2
"""


def build(folder: Path) -> Path:
    """Build the egg as a person does, from a copy of the clone; return its path."""
    clone = folder / "clone"
    clone.mkdir()
    for name in SOURCES:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, clone / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, clone / name)
    egg = folder / "newscrawl.egg"
    command = [sys.executable, "-m", "scrapyd_client.deploy", "--build-egg", str(egg)]
    done = subprocess.run(command, cwd=clone, capture_output=True, text=True, timeout=110, check=False)
    assert egg.exists(), done.stderr
    return egg


def ask(port: int, service: str, body: bytes | None = None, kind: str = "", **values: str) -> dict[str, object]:
    url = f"http://127.0.0.1:{port}/{service}.json"
    if body is None and service in ("schedule",):
        body = urllib.parse.urlencode(values, doseq=True).encode()
    elif values:
        url += "?" + urllib.parse.urlencode(values)
    request = urllib.request.Request(url, body, {"Content-Type": kind} if kind else {})
    with urllib.request.urlopen(request, timeout=60) as answer:
        return json.load(answer)


def add_version(port: int, egg: Path, version: str) -> dict[str, object]:
    """Post the egg as a form with a file."""
    mark = b"--mark\r\n"
    body = b"".join(
        mark + f'Content-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in (("project", "newscrawl"), ("version", version))
    )
    head = b'Content-Disposition: form-data; name="egg"; filename="newscrawl.egg"\r\n\r\n'
    body += mark + head + egg.read_bytes() + b"\r\n--mark--\r\n"
    return ask(port, "addversion", body, "multipart/form-data; boundary=mark")


def listens(port: int) -> bool:
    with socket.socket() as client:
        return client.connect_ex(("127.0.0.1", port)) == 0


def wait_until(true) -> None:
    for _ in range(900):
        if true():
            return
        time.sleep(0.1)
    raise AssertionError("it did not come")


@pytest.mark.slow
def test_an_egg_is_added_and_its_job_crawls_the_newsroom_that_it_carries(tmp_path):
    egg = build(tmp_path)
    with zipfile.ZipFile(egg) as files:
        names = files.namelist()
        info = files.read("EGG-INFO/PKG-INFO").decode()
    data = (path for path in (ROOT / "newscrawl").rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    assert not {path.relative_to(ROOT).as_posix() for path in data} - {*names}
    assert "Name: newscrawl\n" in info
    assert f"Version: {newscrawl.__version__}\n" in info

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    (tmp_path / "scrapyd.conf").write_text(CONFIG.format(port=port), "utf-8")
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    with (tmp_path / "scrapyd.log").open("wb") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "scrapyd"], cwd=tmp_path, env=environment, stdout=log, stderr=log
        )
    try:
        wait_until(lambda: listens(port))
        added = add_version(port, egg, newscrawl.__version__)
        assert (added["status"], added["spiders"]) == ("ok", 2), (tmp_path / "scrapyd.log").read_text()
        assert ask(port, "listversions", project="newscrawl")["versions"] == [newscrawl.__version__.replace(".", "_")]

        output = tmp_path / "output"
        values = {"project": "newscrawl", "spider": "sample", "setting": f"NEWSCRAWL_OUTPUT_DIR={output}"}
        job = ask(port, "schedule", **values)["jobid"]
        wait_until(lambda: ask(port, "listjobs", project="newscrawl")["finished"])
        (finished,) = ask(port, "listjobs", project="newscrawl")["finished"]
    finally:
        server.terminate()
        server.wait()

    assert (finished["id"], finished["spider"]) == (job, "sample")
    told = (tmp_path / f"logs/newscrawl/sample/{job}.log").read_text("utf-8")
    assert "24 new" in told, told
    records = Crawl(0, "", "", output).records
    assert len(records) == 24
    assert records[0]["extractor"].startswith(f"newscrawl/{newscrawl.__version__} ")
