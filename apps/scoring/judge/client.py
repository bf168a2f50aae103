"""How is the endpoint asked? One request, bounded in time, size and number of tries.

The address is the operator's, so that it may lie in the same network. It is the only one that is
ever connected to: redirects, proxies of the environment and stored passwords are not followed.
Nothing that is raised or logged here names the key or what was sent.
"""

import asyncio
import json
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlsplit

import httpx

from apps.core.json import Json

STEP_SECONDS: Final = 30.0  # a step in total, its votes and second tries included
RETRIES: Final = 2
BACKOFF_SECONDS: Final = (0.5, 2.0)
ANSWER_BYTES: Final = 256 * 1024
BEAT_SECONDS: Final = 4.0
# What is shorter is no secret: servers of one's own take "none" or "ollama".
SECRET_LETTERS: Final = 12

TIMEOUT: Final = "TIMEOUT"
UNREACHABLE: Final = "UNREACHABLE"
BUSY: Final = "BUSY"
SERVER_ERROR: Final = "SERVER_ERROR"
REFUSED: Final = "REFUSED"
REDIRECT: Final = "REDIRECT"
WRONG_TYPE: Final = "WRONG_TYPE"
TOO_LARGE: Final = "TOO_LARGE"
CUT_OFF: Final = "CUT_OFF"
KEY_ECHOED: Final = "KEY_ECHOED"
WORTH_A_RETRY: Final = frozenset((BUSY, SERVER_ERROR))


class AskFailed(Exception):
    """No answer that could be read. `code` is one of the above; there is no more to tell."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Endpoint:
    """url: the base, such as https://api.example.org/v1. Raises ValueError if it is not one."""

    url: str
    key: str = field(repr=False)
    model: str

    def __post_init__(self) -> None:
        parts = urlsplit(self.url)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise ValueError("The judge's address must start with http:// or https://")
        if "@" in parts.netloc or parts.query or parts.fragment:
            raise ValueError("The judge's address must hold no name, password or query")
        if not self.key.isascii() or not self.key.isprintable():
            raise ValueError("The judge's key must be of printable ASCII characters")

    @property
    def host(self) -> str:
        """To whom things are sent, for people."""
        return urlsplit(self.url).netloc


class Patience:
    """The time that is left for one step."""

    def __init__(self, seconds: float = STEP_SECONDS, clock: Callable[[], float] = time.monotonic):
        self._clock = clock
        self._until = clock() + seconds

    @property
    def left(self) -> float:
        return max(0.0, self._until - self._clock())


@dataclass(frozen=True)
class Client:
    """before: called right before every single request, and may raise to prevent it.
    beat: called every few seconds while an answer is waited for, in the caller's thread.
    """

    endpoint: Endpoint
    before: Callable[[], None]
    beat: Callable[[], None]
    sleep: Callable[[float], None] = time.sleep

    def ask(self, body: bytes, patience: Patience) -> bytes:
        """The answer's bytes. Raises AskFailed, and whatever `before` and `beat` raise."""
        for pause in (*BACKOFF_SECONDS[:RETRIES], None):
            self.before()
            try:
                return self._once(body, patience)
            except AskFailed as error:
                if error.code not in WORTH_A_RETRY or pause is None or pause >= patience.left:
                    raise
            self.sleep(pause)
        raise AssertionError("The last try returns or raises")

    def _once(self, body: bytes, patience: Patience) -> bytes:
        """In a thread with a loop of its own: only a loop ends a slow drip on time."""
        if patience.left == 0:
            raise AskFailed(TIMEOUT)
        with ThreadPoolExecutor(max_workers=1, thread_name_prefix="judge") as pool:
            sent = pool.submit(asyncio.run, _request(self.endpoint, body, patience.left))
            while not wait((sent,), timeout=BEAT_SECONDS).done:
                self.beat()
            return sent.result()


async def _request(endpoint: Endpoint, body: bytes, seconds: float) -> bytes:
    try:
        async with asyncio.timeout(seconds):
            return await _exchange(endpoint, body)
    except (TimeoutError, httpx.TimeoutException):
        raise AskFailed(TIMEOUT) from None
    except (httpx.RemoteProtocolError, httpx.ReadError):
        raise AskFailed(CUT_OFF) from None
    except httpx.HTTPError:
        raise AskFailed(UNREACHABLE) from None


async def _exchange(endpoint: Endpoint, body: bytes) -> bytes:
    headers = {
        "Authorization": f"Bearer {endpoint.key}",
        "Content-Type": "application/json",
        "Accept": "application/json",
        "Accept-Encoding": "identity",  # what is packed could unpack to more than is read
    }
    address = f"{endpoint.url.rstrip('/')}/chat/completions"
    async with (
        httpx.AsyncClient(timeout=None, follow_redirects=False, trust_env=False) as client,  # noqa: S113  # the caller's clock holds for all of it
        client.stream("POST", address, content=body, headers=headers) as response,
    ):
        _check(response)
        answer = await _read(response)
    _check_for_key(answer, endpoint.key)
    return answer


def _check(response: httpx.Response) -> None:
    if response.is_redirect or 300 <= response.status_code < 400:
        raise AskFailed(REDIRECT)
    if response.status_code == httpx.codes.TOO_MANY_REQUESTS:
        raise AskFailed(BUSY)
    if response.is_server_error:
        raise AskFailed(SERVER_ERROR)
    if response.status_code != httpx.codes.OK:
        raise AskFailed(REFUSED)
    kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/json" or response.headers.get("content-encoding"):
        raise AskFailed(WRONG_TYPE)


async def _read(response: httpx.Response) -> bytes:
    read = bytearray()
    async for chunk in response.aiter_raw():
        read += chunk
        if len(read) > ANSWER_BYTES:
            raise AskFailed(TOO_LARGE)
    return bytes(read)


def _check_for_key(answer: bytes, key: str) -> None:
    """An endpoint that repeats the key would put it into what is stored."""
    if len(key) >= SECRET_LETTERS and any(
        key in text for text in _texts(answer.decode(errors="replace"))
    ):
        raise AskFailed(KEY_ECHOED)


def _texts(text: str) -> Iterator[str]:
    """The text and, where it is JSON, every text in it: escapes hide nothing."""
    yield text
    try:
        value: Json = json.loads(text)
    except (ValueError, RecursionError):
        return
    if not isinstance(value, str | dict | list):
        return
    waiting: list[Json] = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            waiting += [*one, *one.values()]
        elif isinstance(one, list):
            waiting += one
        elif isinstance(one, str):
            yield from _texts(one)
