"""Identifiers and secrets."""

import hashlib
import secrets
import uuid


def new_id() -> uuid.UUID:
    return uuid.uuid4()


def new_token() -> str:
    """A secret for a link: 192 random bits in 32 address-safe characters."""
    return secrets.token_urlsafe(24)


def token_hash(token: str) -> str:
    """What is stored of a token. Plain SHA-256 is enough for a secret of 192 random bits."""
    return hashlib.sha256(token.encode()).hexdigest()
