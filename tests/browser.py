"""A real Chromium, driven through its debugging pipe."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import time
from pathlib import Path
from typing import Any

import pytest

NAMES = ("chromium", "chromium-browser", "google-chrome")


def browser_path() -> str:
    """Return where Chromium is; skip the test where it is not, but in continuous integration."""
    path = next((path for name in NAMES if (path := shutil.which(name))), None)
    if path is None:
        assert "CI" not in os.environ, "chromium is missing"
        pytest.skip("chromium is not installed")
    return path


class Browser:
    """One page in a browser without window. ``requests`` are the URLs that it asked for."""

    def __init__(self, profile: Path) -> None:
        self.requests: list[str] = []
        self.number = 0
        self.session: str | None = None
        ours_in, theirs_out = os.pipe()
        theirs_in, ours_out = os.pipe()
        flags = f"--headless --no-sandbox --disable-gpu --remote-debugging-pipe --user-data-dir={profile}"
        command = f"exec {browser_path()} {flags} about:blank 3<&{theirs_in} 4>&{theirs_out}"
        self.process = subprocess.Popen(
            ["bash", "-c", command], pass_fds=(theirs_in, theirs_out), stderr=subprocess.DEVNULL
        )
        os.close(theirs_in)
        os.close(theirs_out)
        self.reader, self.writer = os.fdopen(ours_in, "rb"), os.fdopen(ours_out, "wb")
        target = next(one for one in self.call("Target.getTargets")["targetInfos"] if one["type"] == "page")
        self.session = self.call("Target.attachToTarget", targetId=target["targetId"], flatten=True)["sessionId"]
        self.call("Network.enable")
        self.call("Performance.enable", timeDomain="threadTicks")

    def __enter__(self) -> Browser:
        return self

    def __exit__(self, *_: object) -> None:
        self.process.kill()
        self.process.wait()
        self.reader.close()
        self.writer.close()

    def call(self, method: str, **parameters: Any) -> Any:
        """Send a command of the DevTools protocol and return its result."""
        self.number += 1
        message = {"id": self.number, "method": method, "params": parameters}
        if self.session:
            message["sessionId"] = self.session
        self.writer.write(json.dumps(message).encode() + b"\0")
        self.writer.flush()
        while True:
            answer = json.loads(self.message())
            if answer.get("method") == "Network.requestWillBeSent":
                self.requests.append(answer["params"]["request"]["url"])
            if answer.get("id") == self.number:
                assert "error" not in answer, answer
                return answer["result"]

    def message(self) -> bytes:
        data = bytearray()
        while (byte := self.reader.read(1)) not in (b"\0", b""):
            data += byte
        return bytes(data)

    def open(self, url: str) -> None:
        """Go to *url* and wait until it is loaded."""
        self.call("Page.navigate", url=url)
        while self.evaluate("location.href + document.readyState") != f"{url}complete":
            time.sleep(0.05)

    def wait_for(self, promise: str) -> None:
        """Wait until *promise*, an expression, is fulfilled in the page."""
        self.call("Runtime.evaluate", expression=promise, awaitPromise=True)

    def processor_seconds(self) -> float:
        """Return the processor time that the page has taken for its tasks: script, style, layout and the like."""
        metrics = self.call("Performance.getMetrics")["metrics"]
        return float(next(metric["value"] for metric in metrics if metric["name"] == "TaskDuration"))

    def evaluate(self, script: str) -> Any:
        """Run *script* in the page and return its value."""
        result = self.call("Runtime.evaluate", expression=script, returnByValue=True)
        assert "exceptionDetails" not in result, result
        return result["result"].get("value")
