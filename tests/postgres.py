"""A PostgreSQL of the tests' own: on a private socket in a temporary folder, under a user that is not root."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg

BINARIES = "/usr/lib/postgresql"
REQUIRED = "NEWSCRAWL_TEST_POSTGRES"
WATCH = 'cat > /dev/null; read -r pid < "$1/postmaster.pid" && kill -QUIT "$pid"'
"""Ends the server when the process that started it is gone, however that ended."""


def binaries() -> Path | None:
    """Return the folder of the newest PostgreSQL from 15 on; None where there is none."""
    found = [path for path in Path(BINARIES).glob("*/bin") if (path / "initdb").exists() and path.parent.name.isdigit()]
    if beside := shutil.which("initdb"):
        found.append(Path(beside).resolve().parent)
    fitting = [path for path in found if not path.parent.name.isdigit() or int(path.parent.name) >= 15]
    return max(fitting, key=lambda path: path.parent.name, default=None)


def is_required() -> bool:
    """Tell whether a machine without PostgreSQL fails the tests: in CI it does."""
    return bool(os.environ.get("CI")) or os.environ.get(REQUIRED) == "required"


def identity() -> dict[str, Any]:
    """Return as whom the server runs: ourselves, or where we are root somebody who is not."""
    if os.getuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        try:
            user = pwd.getpwnam(name)
        except KeyError:
            continue
        return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    return {}


class Server:
    """A database server in a folder, which can be stopped, also badly, and started again."""

    def __init__(self, folder: Path, **settings: str) -> None:
        found = binaries()
        assert found is not None
        self.binaries = found
        self.folder = folder
        self.data = folder / "data"
        self.watcher: subprocess.Popen[bytes] | None = None
        self.who = identity()
        if self.who:
            os.chown(folder, self.who["user"], self.who["group"])
        folder.chmod(0o755)
        self.make_data()
        told = {"listen_addresses": "", "unix_socket_directories": str(folder), "fsync": "off"}
        told |= {"max_connections": "60", "shared_buffers": "64MB", "logging_collector": "off", **settings}
        with (self.data / "postgresql.conf").open("a") as file:
            file.writelines(f"{name} = '{value}'\n" for name, value in told.items())

    def make_data(self) -> None:
        """Make its data: an empty database."""
        self.run("initdb", "-D", str(self.data), "-U", "tests", "--auth=trust", "-E", "UTF8", "--no-sync", "--locale=C")

    def run(self, program: str, *arguments: str) -> None:
        """Run one of PostgreSQL's programs; raise where it fails."""
        command = [str(self.binaries / program), *arguments]
        with (self.folder / "programs.log").open("ab") as log:
            subprocess.run(command, check=True, stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd="/", **self.who)

    def start(self) -> None:
        """Start it, and wait until it answers."""
        self.run("pg_ctl", "-D", str(self.data), "-l", str(self.folder / "server.log"), "-w", "-t", "60", "start")
        if self.watcher is None:
            self.watcher = subprocess.Popen(
                ["sh", "-c", WATCH, "sh", self.data],
                stdin=subprocess.PIPE,
                stderr=subprocess.DEVNULL,  # a server that is stopped has no such file
                cwd="/",
                start_new_session=True,
            )

    def stop(self, mode: str = "fast") -> None:
        """Stop it; *mode*: immediate is a crash."""
        self.run("pg_ctl", "-D", str(self.data), "-m", mode, "-w", "-t", "60", "stop")

    def leave(self) -> None:
        """Watch it no more: it is stopped for good, while children of ours may hold the watcher's pipe."""
        if self.watcher is not None:
            self.watcher.kill()
            self.watcher.communicate()
            self.watcher = None

    def kill(self) -> None:
        """End it if it runs."""
        if self.watcher is not None:
            self.watcher.communicate()
            self.watcher = None

    def url(self, schema: str = "public", database: str = "postgres") -> str:
        """Return the URL of a store in *schema*."""
        where = f"postgresql+psycopg://tests@/{database}?host={quote(str(self.folder), safe='')}"
        return where if schema == "public" else f"{where}&options={quote(f'-csearch_path={schema}')}"

    def connect(self, schema: str = "public") -> psycopg.Connection[Any]:
        """Connect as a person would, to look behind the store's back."""
        options = f"-csearch_path={schema}"
        return psycopg.connect(host=str(self.folder), user="tests", dbname="postgres", options=options, autocommit=True)

    def new_schema(self, name: str) -> str:
        """Make an empty schema; return the URL of a store in it."""
        with self.connect() as connection:
            connection.execute(f'CREATE SCHEMA "{name}"')
        return self.url(name)


@contextmanager
def server(**settings: str) -> Iterator[Server]:
    """Start a server in a temporary folder; it ends with the block."""
    with tempfile.TemporaryDirectory(prefix="pg-", ignore_cleanup_errors=True) as folder:
        made = Server(Path(folder), **settings)
        try:
            made.start()
            yield made
        finally:
            made.kill()
