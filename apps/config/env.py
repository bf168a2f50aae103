"""Typed readers of environment variables; each stops with a sentence that names the variable."""

import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

TRUE = {"1", "true", "yes", "on"}
FALSE = {"0", "false", "no", "off", ""}


def text(name: str, default: str) -> str:
    return os.environ.get(name, default)


def words(name: str, default: list[str]) -> list[str]:
    """A comma-separated list."""
    value = os.environ.get(name)
    return default if value is None else [word.strip() for word in value.split(",") if word.strip()]


def boolean(name: str, *, default: bool) -> bool:
    value = os.environ.get(name)
    if value is None:
        return default
    if value.lower() in TRUE | FALSE:
        return value.lower() in TRUE
    raise ImproperlyConfigured(f"{name} must be yes or no, not {value!r}.")


def integer(name: str, default: int) -> int:
    value = os.environ.get(name)
    if value is None:
        return default
    try:
        return int(value)
    except ValueError:
        raise ImproperlyConfigured(f"{name} must be a whole number, not {value!r}.") from None


def numbers(name: str, default: tuple[int, ...]) -> tuple[int, ...]:
    """As many whole numbers as the default has, comma-separated, none below 0."""
    value = os.environ.get(name)
    if value is None:
        return default
    parts = [part.strip() for part in value.split(",")]
    if len(parts) != len(default) or not all(part.isdecimal() for part in parts):
        example = ",".join(map(str, default))
        raise ImproperlyConfigured(f"{name} must be numbers such as {example}, not {value!r}.")
    return tuple(map(int, parts))


def path(name: str, default: Path) -> Path:
    return Path(os.environ.get(name) or default).expanduser().resolve()


def secret_key(name: str, file: Path) -> str:
    """The key from the variable, else from a file that is made on the first run.

    Raises ImproperlyConfigured if the file can be neither read nor made.
    """
    if value := os.environ.get(name):
        return value
    try:
        if not file.exists():
            file.parent.mkdir(parents=True, exist_ok=True)
            # O_EXCL: of two processes that start at once, one makes the key and the other reads it.
            try:
                descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            except FileExistsError:
                pass
            else:
                with os.fdopen(descriptor, "w") as stream:
                    stream.write(secrets.token_urlsafe(50))
        key = file.read_text().strip()
    except OSError as error:
        raise ImproperlyConfigured(
            f"The data folder {file.parent} cannot be used ({error.strerror}). "
            "Make it writable, or name another in NINESTEP_DATA_DIR."
        ) from error
    if not key:
        raise ImproperlyConfigured(f"{file} is empty. Remove it, and a new key is made.")
    return key


def database(name: str, sqlite_file: Path) -> dict[str, Any]:
    """Django's database settings from a postgresql:// address, or SQLite in `sqlite_file`."""
    url = os.environ.get(name, "")
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": sqlite_file,
            "OPTIONS": {
                # IMMEDIATE: a deferred transaction that turns writer fails at once, whatever the
                # timeout.
                "transaction_mode": "IMMEDIATE",
                "timeout": 10,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
            },
        }
    parts, port = _address(name, url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ImproperlyConfigured(
            f"{name} must start with postgresql://, not {parts.scheme or 'nothing'}://."
        )
    if parts.path in {"", "/"}:
        raise ImproperlyConfigured(f"{name} names no database: postgresql://user@host/database.")
    query = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.pop("host", unquote(parts.hostname or "")),
        "PORT": str(port or ""),
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"pool": {"min_size": 0, "max_size": 16, "timeout": 3}, **query},
    }


def redis(name: str) -> str:
    """A redis:// or rediss:// address, or nothing."""
    url = os.environ.get(name, "")
    if url and _address(name, url)[0].scheme not in {"redis", "rediss", "unix"}:
        raise ImproperlyConfigured(f"{name} must start with redis:// or rediss://.")
    return url


def http_address(name: str) -> str:
    """An http:// or https:// address without a name, password or query, or nothing."""
    url = os.environ.get(name, "")
    if not url:
        return ""
    parts, _ = _address(name, url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ImproperlyConfigured(f"{name} must start with http:// or https://.")
    if "@" in parts.netloc or parts.query or parts.fragment:
        raise ImproperlyConfigured(f"{name} must hold no name, password or query.")
    return url


def header_word(name: str) -> str:
    """What may stand in a header, or nothing. It may be a secret, so that it is never quoted."""
    value = os.environ.get(name, "")
    if not (value.isascii() and value.isprintable()) or " " in value:
        raise ImproperlyConfigured(f"{name} must be printable ASCII characters without spaces.")
    return value


def oidc_apps(name: str) -> list[dict[str, Any]]:
    """allauth's settings of each provider of OpenID Connect that the variable names.

    With X_PROVIDERS=acme they are read from X_ACME_ISSUER, X_ACME_CLIENT_ID, X_ACME_CLIENT_SECRET
    and, where the id is not name enough, X_ACME_NAME.
    """
    prefix = name.removesuffix("PROVIDERS")
    return [_oidc_app(f"{prefix}{key.upper()}", key) for key in words(name, [])]


def _oidc_app(prefix: str, key: str) -> dict[str, Any]:
    if not (key.isascii() and key.isalnum()):
        raise ImproperlyConfigured(f"{prefix}: a provider has letters and digits, not {key!r}.")
    for part in ("ISSUER", "CLIENT_ID", "CLIENT_SECRET"):
        if not os.environ.get(f"{prefix}_{part}"):
            raise ImproperlyConfigured(f"{prefix}_{part} is missing.")
    return {
        "provider_id": key.lower(),
        "name": text(f"{prefix}_NAME", key),
        "client_id": os.environ[f"{prefix}_CLIENT_ID"],
        "secret": os.environ[f"{prefix}_CLIENT_SECRET"],
        "settings": {"server_url": http_address(f"{prefix}_ISSUER").rstrip("/")},
    }


def _address(name: str, url: str) -> tuple[SplitResult, int | None]:
    """The parts and the port. Never quotes the address: there may be a password in it."""
    try:
        parts = urlsplit(url)
        return parts, parts.port
    except ValueError:
        raise ImproperlyConfigured(f"{name} is not a well-formed address.") from None
