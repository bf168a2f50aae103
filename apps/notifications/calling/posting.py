"""How is a call made? Once, to the checked address, without redirects, within size and time."""

import asyncio
import ssl
from collections.abc import Mapping
from typing import Final

import httpx

from apps.notifications.calling.targets import Target

TIMEOUT_S: Final = 10.0
MAX_ANSWER_BYTES: Final = 64 * 1024
USER_AGENT: Final = "Ninestep-Webhooks/1"


class NotDelivered(Exception):
    """The call failed. status: what the receiver answered, if it did."""

    def __init__(self, reason: str, status: int | None = None) -> None:
        super().__init__(reason)
        self.status = status


def post(
    target: Target,
    body: bytes,
    headers: Mapping[str, str],
    *,
    timeout_s: float = TIMEOUT_S,
    trust: ssl.SSLContext | None = None,
) -> int:
    """The status of the answer, 200 to 299. Raises NotDelivered.

    trust: whose certificates count; the usual authorities unless told.
    """
    return asyncio.run(_within(target, body, headers, timeout_s, trust or True))


async def _within(
    target: Target,
    body: bytes,
    headers: Mapping[str, str],
    timeout_s: float,
    verify: ssl.SSLContext | bool,
) -> int:
    """The whole of it has the time, so that a receiver cannot hold us with a byte a second."""
    try:
        async with asyncio.timeout(timeout_s):
            status = await _post(target, body, headers, verify)
    except TimeoutError as error:
        raise NotDelivered(f"No answer within {timeout_s:g} seconds.") from error
    except httpx.HTTPError as error:
        raise NotDelivered(_told(error)) from error
    if 300 <= status < 400:
        raise NotDelivered("It answered with a redirect, which is not followed.", status)
    if not 200 <= status < 300:
        raise NotDelivered(f"It answered with status {status}.", status)
    return status


async def _post(
    target: Target, body: bytes, headers: Mapping[str, str], verify: ssl.SSLContext | bool
) -> int:
    sent = {
        **headers,
        "Host": target.host_header,
        "Content-Type": "application/json",
        "User-Agent": USER_AGENT,
        "Accept-Encoding": "identity",  # nothing small that unpacks to something large
    }
    # The connection goes to the number; the certificate is asked for and checked by name.
    extensions = {"sni_hostname": target.host}
    async with (
        httpx.AsyncClient(
            verify=verify,
            timeout=None,  # noqa: S113  # the caller's clock holds for all of it
            follow_redirects=False,
            trust_env=False,
        ) as client,
        client.stream(
            "POST", target.url, content=body, headers=sent, extensions=extensions
        ) as answer,
    ):
        read = 0
        async for piece in answer.aiter_raw():
            read += len(piece)
            if read > MAX_ANSWER_BYTES:
                raise NotDelivered("The answer was too large.", answer.status_code)
        return answer.status_code


def _told(error: httpx.HTTPError) -> str:
    """Never the text of the library: it may hold addresses."""
    if isinstance(error, httpx.ConnectError):
        return "No connection, or no valid certificate."
    return "The connection broke off."
