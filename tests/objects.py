"""An S3-compatible server on loopback, whose uploads can be held up."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from typing import Any

import pytest

KEYS = {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test", "AWS_DEFAULT_REGION": "us-east-1"}
BUCKET = "articles"


class ObjectStore:
    """One bucket on a server of moto's. ``environment`` is what a process needs to reach it as ``s3://articles``."""

    def __init__(self) -> None:
        server = pytest.importorskip("moto.server", reason="moto, the S3-compatible server, is not installed")
        pytest.importorskip("s3fs", reason="s3fs is not installed")
        from werkzeug.serving import make_server

        self.app = server.DomainDispatcherApplication(server.create_backend_app)
        self.hold: Callable[[str, str], bool] = lambda _name, _method: False
        """Whether a request, by its path with query and its method, waits until ``go_on`` is set."""

        self.waiting, self.go_on = threading.Event(), threading.Event()
        self.server = make_server("127.0.0.1", 0, self.answer, threaded=True)
        self.thread = threading.Thread(target=self.server.serve_forever)
        self.thread.start()
        url = f"http://127.0.0.1:{self.server.port}"
        self.environment = {**KEYS, "AWS_ENDPOINT_URL": url}
        import boto3

        keys = {"aws_access_key_id": "test", "aws_secret_access_key": "test", "region_name": "us-east-1"}
        self.client: Any = boto3.client("s3", endpoint_url=url, **keys)
        self.client.create_bucket(Bucket=BUCKET)

    def answer(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        if self.hold(f"{environ['PATH_INFO']}?{environ.get('QUERY_STRING', '')}", environ["REQUEST_METHOD"]):
            self.waiting.set()
            self.go_on.wait(120)
        found: Iterable[bytes] = self.app(environ, start_response)
        return found

    def names(self) -> list[str]:
        """Return the names of all objects."""
        return [entry["Key"] for entry in self.client.list_objects_v2(Bucket=BUCKET).get("Contents", ())]

    def read(self, name: str) -> bytes:
        data: bytes = self.client.get_object(Bucket=BUCKET, Key=name)["Body"].read()
        return data

    def empty(self) -> None:
        """Remove all objects, and hold nothing up."""
        self.hold = lambda _name, _method: False
        self.waiting.clear()
        self.go_on.clear()
        for name in self.names():
            self.client.delete_object(Bucket=BUCKET, Key=name)

    def close(self) -> None:
        self.go_on.set()
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()
