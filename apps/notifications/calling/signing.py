"""How does a receiver know that a call is ours? By the Standard Webhooks signature, version 1.

webhook-signature: v1,base64(HMAC-SHA256(secret, "<id>.<timestamp>.<body>"))
"""

import base64
import hashlib
import hmac
from typing import Final

PREFIX: Final = "whsec_"


def written_secret(key: bytes) -> str:
    """As receivers are given it."""
    return PREFIX + base64.b64encode(key).decode()


def signature(key: bytes, id_: str, timestamp: int, body: bytes) -> str:
    signed = f"{id_}.{timestamp}.".encode() + body
    return "v1," + base64.b64encode(hmac.digest(key, signed, hashlib.sha256)).decode()


def headers(key: bytes, id_: str, timestamp: int, body: bytes) -> dict[str, str]:
    return {
        "webhook-id": id_,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": signature(key, id_, timestamp, body),
    }
