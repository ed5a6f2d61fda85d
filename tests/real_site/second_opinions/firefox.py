"""Firefox as Debian has it, driven over WebDriver BiDi: the few commands that a reader's journey needs.

Owns: starting Firefox, and pressing, tapping and reading in it. Never: judges; the tests do. (Playwright drives only a Firefox
of its own making, or one newer than Debian's; https://w3c.github.io/webdriver-bidi/ is the protocol.)
"""

from __future__ import annotations

import json
import re
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from websockets.sync.client import ClientConnection, connect

# Whatever is not on this computer is asked of a proxy that is not there: a test can leave for another website without a network.
PREFERENCES = {
    "network.proxy.type": 1,
    "network.proxy.http": "127.0.0.1",
    "network.proxy.http_port": 9,
    "network.proxy.ssl": "127.0.0.1",
    "network.proxy.ssl_port": 9,
}
KEYS = {"Tab": "\ue004", "Enter": "\ue007", "Shift": "\ue008", "ArrowRight": "\ue014", "ArrowDown": "\ue015"}
SECONDS = 60  # to wait for anything; far more than it takes


class Firefox:
    """One tab of a Firefox that runs."""

    def __init__(self, socket: ClientConnection) -> None:
        self._socket = socket
        self._sent = 0
        self._send("session.new", capabilities={})
        self.tab = self._send("browsingContext.create", type="tab")["context"]

    def _send(self, method: str, **params: Any) -> dict[str, Any]:
        self._sent += 1
        self._socket.send(json.dumps({"id": self._sent, "method": method, "params": params}))
        while (answer := json.loads(self._socket.recv(SECONDS))).get("id") != self._sent:
            pass  # an event
        assert answer["type"] == "success", f"{method}: {answer['error']}: {answer['message']}"
        result: dict[str, Any] = answer["result"]
        return result

    def size(self, width: int, height: int) -> None:
        self._send("browsingContext.setViewport", context=self.tab, viewport={"width": width, "height": height})

    def open(self, address: str) -> None:
        self._send("browsingContext.navigate", context=self.tab, url=address, wait="complete")

    def back(self) -> None:
        self._send("browsingContext.traverseHistory", context=self.tab, delta=-1)

    @property
    def address(self) -> str:
        """Where the tab is, also while that page cannot be reached."""
        return str(self._send("browsingContext.getTree", root=self.tab, maxDepth=0)["contexts"][0]["url"])

    def read(self, expression: str) -> Any:
        """The value of a JavaScript expression in the page, as JSON carries it."""
        answer = self._send("script.evaluate", expression=f"JSON.stringify({expression})", target={"context": self.tab}, awaitPromise=True)
        assert answer["type"] == "success", answer["exceptionDetails"]["text"]
        return json.loads(answer["result"].get("value", "null"))

    def until(self, expression: str) -> None:
        """Waits for an expression to be true, also across a change of page."""
        end = time.monotonic() + SECONDS
        while not self.read(f"!!({expression})"):
            assert time.monotonic() < end, f"never came true at {self.address}: {expression}"
            time.sleep(0.05)

    def until_at(self, beginning: str) -> None:
        """Waits for the tab to be at an address that begins so."""
        end = time.monotonic() + SECONDS
        while not self.address.startswith(beginning):
            assert time.monotonic() < end, f"at {self.address} and never at {beginning}"
            time.sleep(0.05)

    def press(self, *keys: str) -> None:
        """Presses named keys or single characters, one after the other."""
        values = [KEYS.get(key, key) for key in keys]
        actions = [{"type": way, "value": value} for value in values for way in ("keyDown", "keyUp")]
        self._send("input.performActions", context=self.tab, actions=[{"type": "key", "id": "keys", "actions": actions}])

    def tap(self, x: float, y: float) -> None:
        """Taps at a point of the screen, as a finger does."""
        move = {"type": "pointerMove", "x": round(x), "y": round(y)}
        actions = [move, {"type": "pointerDown", "button": 0}, {"type": "pointerUp", "button": 0}]
        finger = {"type": "pointer", "id": "finger", "parameters": {"pointerType": "touch"}, "actions": actions}
        self._send("input.performActions", context=self.tab, actions=[finger])


@contextmanager
def running(path: str, profile: Path) -> Iterator[Firefox]:
    """Starts the Firefox at a path with a new profile, and ends it."""
    profile.mkdir()
    (profile / "user.js").write_text("".join(f"user_pref({json.dumps(name)}, {json.dumps(value)});\n" for name, value in PREFERENCES.items()))
    command = [path, "--headless", "--no-remote", "--profile", str(profile), "--remote-debugging-port", "0"]
    said = profile / "said.txt"
    with said.open("w") as file:
        process = subprocess.Popen(command, stdout=file, stderr=file)
    try:
        end = time.monotonic() + SECONDS
        while not (listening := re.search(r"WebDriver BiDi listening on (ws://\S+)", said.read_text())):
            assert process.poll() is None and time.monotonic() < end, f"Firefox did not start: {said.read_text()}"
            time.sleep(0.05)
        with connect(f"{listening[1]}/session", max_size=None) as socket:
            yield Firefox(socket)
    finally:
        process.terminate()
        process.wait(SECONDS)
