"""The product as a process of its own on a free port, and browsers without a screen."""

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Mapping
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode, urlsplit
from urllib.request import HTTPCookieProcessor, HTTPRedirectHandler, Request, build_opener

ROOT = Path(__file__).resolve().parents[2]
MANAGE = [sys.executable, str(ROOT / "manage.py")]
RUNNING = re.compile(r"running on (http://[\d.:]+)/")
STOP_WITHIN_S = 20


class Product:
    """`start` may follow `kill` or `stop`: the data stays.

    Embedded on SQLite, unless the environment names other services.
    """

    def __init__(self, data_folder: Path, environment: Mapping[str, str] | None = None) -> None:
        outside = {k: v for k, v in os.environ.items() if k not in {"DATABASE_URL", "REDIS_URL"}}
        self._environment = {
            **outside,
            "NINESTEP_DATA_DIR": str(data_folder),
            "PYTHONUNBUFFERED": "1",
            **(environment or {}),
        }
        self._process: subprocess.Popen[str] | None = None
        self.url = ""

    def migrate(self) -> None:
        self._manage("migrate", "--verbosity=0")

    def start(self, port: int = 0) -> None:
        self._process = subprocess.Popen(
            [*MANAGE, "serve", f"--port={port}"],
            env=self._environment,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._process.stdout is not None
        for line in self._process.stdout:
            if found := RUNNING.search(line):
                self.url = found[1]
                return
        raise AssertionError(f"The server ended with status {self._process.wait()}.")

    @property
    def is_running(self) -> bool:
        return self._process is not None

    @property
    def port(self) -> int:
        port = urlsplit(self.url).port
        assert port is not None
        return port

    def kill(self) -> None:
        self._end(signal.SIGKILL)

    def stop(self) -> int:
        return self._end(signal.SIGTERM)

    def _end(self, number: signal.Signals) -> int:
        process, self._process = self._process, None
        if process is None:
            return 0
        process.send_signal(number)
        process.communicate(timeout=STOP_WITHIN_S)
        return process.returncode

    def _manage(self, *arguments: str) -> None:
        subprocess.run([*MANAGE, *arguments], env=self._environment, check=True)


class Browser:
    """Pages, REST and cookies of one person."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._jar = CookieJar()
        self._opener = build_opener(HTTPCookieProcessor(self._jar), _NoRedirect)

    def get(self, path: str) -> str:
        """The page, or where it leads."""
        return self._open(Request(self.url + path))

    def post(self, path: str, fields: Mapping[str, str] | None = None) -> str:
        """Where the form leads. A page with a form was fetched before: it set the CSRF cookie."""
        body = urlencode({**(fields or {}), "csrfmiddlewaretoken": self._csrf}).encode()
        return self._open(Request(self.url + path, body))

    def rest(self, method: str, path: str, body: object = None) -> Any:
        data = json.dumps(body).encode() if body is not None else None
        headers = {"Content-Type": "application/json", "X-CSRFToken": self._csrf}
        text = self._open(Request(f"{self.url}/api/v1{path}", data, headers, method=method))
        return json.loads(text) if text else None

    @property
    def headers(self) -> dict[str, str]:
        """What a browser sends along with a socket's handshake."""
        cookies = "; ".join(f"{cookie.name}={cookie.value}" for cookie in self._jar)
        return {"Cookie": cookies, "Origin": self.url}

    @property
    def _csrf(self) -> str:
        return next(cookie.value or "" for cookie in self._jar if cookie.name == "csrftoken")

    def _open(self, request: Request) -> str:
        try:
            with self._opener.open(request, timeout=20) as answer:
                return str(answer.read().decode())
        except HTTPError as answer:
            with answer:
                if answer.code in {301, 302, 303}:
                    return urlsplit(answer.headers["Location"]).path
                raise


class _NoRedirect(HTTPRedirectHandler):
    def redirect_request(self, *_: Any) -> None:
        return None


def start_a_board(url: str) -> tuple[Browser, str]:
    """A stranger presses "Start a board": the owner's browser and the id of the design."""
    owner = Browser(url)
    owner.get("/")
    return owner, owner.post("/start").split("/")[2]


def share(owner: Browser, design_id: str, role: str) -> tuple[str, str]:
    """Id and path of a new link."""
    link = owner.rest("POST", f"/designs/{design_id}/links", {"role": role})
    return link["id"], urlsplit(link["url"]).path


def come_by_link(url: str, path: str, name: str = "") -> Browser:
    """Opens the link; with a name, joins by it."""
    browser = Browser(url)
    leads_to = browser.get(path)
    if name:
        browser.get(leads_to)
        browser.post(leads_to, {"name": name})
    return browser
