"""Chromium and Firefox over WebDriver BiDi, which both of them speak: what a test does in a real browser."""

from __future__ import annotations

import base64
import json
import re
import shutil
import subprocess
import threading
import time
import urllib.request
from contextlib import ExitStack, suppress
from typing import IO, TYPE_CHECKING, Any, Final, Literal

from websockets.sync.client import connect

if TYPE_CHECKING:
    from pathlib import Path

Name = Literal["chromium", "firefox"]
PROGRAMS: Final[dict[Name, tuple[str, ...]]] = {
    "chromium": ("chromium", "chromedriver"),
    "firefox": ("firefox-esr",),
}
PATIENCE: Final = 30.0

# Nothing that a browser does for itself: it would be seen as if the page had asked for it.
_QUIET: Final = {
    "app.normandy.enabled": False,
    "browser.download.folderList": 2,
    "browser.download.useDownloadDir": True,
    "browser.download.always_ask_before_handling_new_types": False,
    "browser.download.alwaysOpenPanel": False,
    "browser.region.network.url": "",
    "browser.safebrowsing.malware.enabled": False,
    "browser.safebrowsing.phishing.enabled": False,
    "browser.shell.checkDefaultBrowser": False,
    "browser.startup.page": 0,
    "datareporting.policy.dataSubmissionEnabled": False,
    "extensions.getAddons.cache.enabled": False,
    "extensions.systemAddon.update.enabled": False,
    "extensions.update.enabled": False,
    "media.gmp-manager.updateEnabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "network.dns.disablePrefetch": True,
    "network.prefetch-next": False,
    "network.proxy.allow_hijacking_localhost": True,
    "network.proxy.type": 1,
    "services.settings.server": "data:,#remote-settings-dummy/v1",
    "toolkit.telemetry.enabled": False,
}


def missing(name: Name) -> str | None:
    """What is not installed, or `None`."""
    lacking = [program for program in PROGRAMS[name] if shutil.which(program) is None]
    return f"not installed: {', '.join(lacking)}" if lacking else None


def _drain(pipe: IO[str]) -> None:
    """Read what a program says later, so that it does not wait for anyone to do so."""
    with pipe:
        for _ in pipe:
            pass


def _quit(session: str) -> None:
    """End a Chromium by its driver, which outlives the socket."""
    with suppress(OSError):  # it may be gone
        urllib.request.urlopen(urllib.request.Request(session, method="DELETE"), timeout=PATIENCE).close()


class Browser:
    """One window of a browser; profile and downloads are in `folder`, what it asks goes to `proxy`."""

    def __init__(self, name: Name, folder: Path, proxy: int) -> None:
        self.name: Name = name
        self.downloads = folder / "downloads"
        self.downloads.mkdir(parents=True)
        self.profile = folder / "profile"
        self.profile.mkdir()
        self.requests: list[str] = []
        self.complaints: list[str] = []
        self._number = 0
        self._open = ExitStack()
        address = self._chromium(proxy) if name == "chromium" else self._firefox(proxy)
        self._socket = self._open.enter_context(connect(address, max_size=None, open_timeout=PATIENCE))
        if name == "firefox":
            self.call("session.new", capabilities={})
        self.call("session.subscribe", events=["log.entryAdded", "network.beforeRequestSent"])
        self.context: str = self.call("browsingContext.getTree")["contexts"][0]["context"]
        self.call("browsingContext.activate", context=self.context)

    def _chromium(self, proxy: int) -> str:
        port = self._started(["chromedriver", "--port=0"], r"on port (\d+)\.")
        arguments = [
            "--headless=new", "--no-sandbox", "--disable-dev-shm-usage", f"--user-data-dir={self.profile}",
            "--disable-background-networking", "--disable-component-update", "--disable-sync",
            f"--proxy-server=http://127.0.0.1:{proxy}", "--proxy-bypass-list=<-loopback>",
        ]  # fmt: skip
        options = {
            "binary": shutil.which("chromium"),
            "args": arguments,
            "prefs": {"download.default_directory": str(self.downloads)},
        }
        wanted = {"webSocketUrl": True, "goog:chromeOptions": options}
        request = urllib.request.Request(
            f"http://127.0.0.1:{port}/session",
            json.dumps({"capabilities": {"alwaysMatch": wanted}}).encode(),
            {"Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
            session = json.load(answer)["value"]
        self._open.callback(_quit, f"http://127.0.0.1:{port}/session/{session['sessionId']}")
        return str(session["capabilities"]["webSocketUrl"])

    def _firefox(self, proxy: int) -> str:
        settings = dict(_QUIET) | {"browser.download.dir": str(self.downloads)}
        for kind in ("http", "ssl"):
            settings |= {f"network.proxy.{kind}": "127.0.0.1", f"network.proxy.{kind}_port": proxy}
        lines = [f"user_pref({json.dumps(key)}, {json.dumps(value)});" for key, value in settings.items()]
        (self.profile / "user.js").write_text("\n".join(lines))
        command = ["firefox-esr", "--headless", "--no-remote", "--profile", str(self.profile)]
        return self._started([*command, "--remote-debugging-port=0"], r"(ws://\S+)") + "/session"

    def _started(self, command: list[str], pattern: str) -> str:
        """Start a program that is ended with the browser, and wait until it says where it listens."""
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        self._open.callback(process.wait, PATIENCE)
        self._open.callback(process.terminate)
        if process.stdout is None:
            raise RuntimeError("a pipe was asked for")
        for line in process.stdout:
            found = re.search(pattern, line)
            if found:
                threading.Thread(target=_drain, args=[process.stdout], daemon=True).start()
                return found[1]
        raise RuntimeError(f"{self.name} ended before it was ready")

    # --- what a test does ---

    def call(self, method: str, **parameters: object) -> dict[str, Any]:
        """One command, and its answer; what happens meanwhile is remembered."""
        self._number += 1
        self._socket.send(json.dumps({"id": self._number, "method": method, "params": parameters}))
        while True:
            heard = json.loads(self._socket.recv(timeout=PATIENCE))
            if heard.get("id") == self._number:
                if heard["type"] == "error":
                    raise RuntimeError(f"{method}: {heard['error']}: {heard['message']}")
                result: dict[str, Any] = heard["result"]
                return result
            self._remember(heard)

    def _remember(self, heard: dict[str, Any]) -> None:
        if heard.get("method") == "network.beforeRequestSent":
            self.requests.append(heard["params"]["request"]["url"])
        elif heard.get("method") == "log.entryAdded" and heard["params"]["level"] == "error":
            self.complaints.append(heard["params"]["text"])

    def open(self, page: Path) -> None:
        """Open a file as a double click does."""
        self.call("browsingContext.navigate", context=self.context, url=page.as_uri(), wait="complete")

    def ask(self, expression: str) -> Any:
        """The value of an expression in the page, waited for."""
        code = f"(async () => JSON.stringify((await ({expression})) ?? null))()"
        made = self.call(
            "script.evaluate",
            expression=code,
            target={"context": self.context},
            awaitPromise=True,
            userActivation=True,
        )
        if made["type"] == "exception":
            raise RuntimeError(f"{expression}: {made['exceptionDetails']['text']}")
        return json.loads(made["result"]["value"])

    def wait(self, expression: str, seconds: float = PATIENCE) -> None:
        """Wait until an expression is true."""
        until = time.monotonic() + seconds
        while not self.ask(f"Boolean({expression})"):
            if time.monotonic() > until:
                raise TimeoutError(f"{expression}; the page says: {self.ask('document.body.innerText')}")
            time.sleep(0.05)

    def choose(self, selector: str, *files: Path) -> None:
        """Choose files in a field."""
        found = self.call(
            "browsingContext.locateNodes", context=self.context, locator={"type": "css", "value": selector}
        )["nodes"]
        self.call(
            "input.setFiles",
            context=self.context,
            element={"sharedId": found[0]["sharedId"]},
            files=[str(file) for file in files],
        )

    def press(self, *keys: str) -> None:
        """Type keys, one after the other."""
        actions = [{"type": kind, "value": key} for key in keys for kind in ("keyDown", "keyUp")]
        self.call(
            "input.performActions",
            context=self.context,
            actions=[{"type": "key", "id": "keyboard", "actions": actions}],
        )

    def resize(self, width: int, height: int) -> None:
        """Give the window another size."""
        self.call(
            "browsingContext.setViewport", context=self.context, viewport={"width": width, "height": height}
        )

    def picture(self, target: Path, *, whole: bool = True) -> None:
        """A picture of the page."""
        made = self.call(
            "browsingContext.captureScreenshot",
            context=self.context,
            origin="document" if whole else "viewport",
        )
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(base64.b64decode(made["data"]))

    def downloaded(self, name: str) -> bytes:
        """A file that the page offered, once it has come."""
        until = time.monotonic() + PATIENCE
        file = self.downloads / name
        while not (file.is_file() and file.stat().st_size) or any(self.downloads.glob("*.part")):
            if time.monotonic() > until:
                raise TimeoutError(f"{name} did not come: {[one.name for one in self.downloads.iterdir()]}")
            time.sleep(0.05)
        return file.read_bytes()

    def close(self) -> None:
        """End the browser."""
        with self._open, suppress(Exception):  # it may be gone before it answers
            self.call("browser.close")
