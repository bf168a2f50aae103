"""Under which names a server that listens on `host` is reached, and the one to show."""

import socket

EVERYWHERE = {"0.0.0.0", "::", ""}  # noqa: S104 - compared with, not bound to


def names(host: str) -> list[str]:
    """Host names that requests may carry besides the configured ones, the best one first."""
    if host not in EVERYWHERE:
        return [_bracketed(host)]
    own = [_own_address(), socket.gethostname(), "localhost"]
    return [name for name in own if name]


def base_url(host: str, port: int) -> str:
    name = names(host)[0] if host not in EVERYWHERE else "localhost"
    return f"http://{name}:{port}/"


def _own_address() -> str | None:
    """This machine's address in its network; None without one. Nothing is sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
        except OSError:
            return None
        address: str = probe.getsockname()[0]
        return address


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host
