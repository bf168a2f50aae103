"""Which addresses may this server call for somebody? Public ones, looked up once.

A name is resolved here and nowhere later: the connection goes to the address that was checked, so a
name server that answers differently the second time changes nothing.
"""

import ipaddress
import re
import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias
from urllib.parse import SplitResult, urlsplit

Address: TypeAlias = ipaddress.IPv4Address | ipaddress.IPv6Address
# Host and port -> the addresses as text.
Resolver: TypeAlias = Callable[[str, int], Sequence[str]]

MAX_URL_LENGTH: Final = 500
LOWEST_OPEN_PORT: Final = 1024
WEB_PORTS: Final = {"https": 443, "http": 80}
# Letters, digits, hyphens and dots: also what is left of a name in another script.
HOST_NAME: Final = re.compile(
    r"(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]", re.ASCII
)
# Public by the registries, and still not for us: ways into IPv4, and a cloud's own host.
REFUSED: Final = tuple(
    map(
        ipaddress.ip_network,
        (
            "168.63.129.16/32",  # metadata and name server of a cloud
            "192.0.0.0/24",  # of protocols, and another cloud's metadata: newer Pythons let it pass
            "192.88.99.0/24",  # relays from IPv6
            "::/96",  # IPv4 written as IPv6
            "64:ff9b::/96",  # translated to IPv4
            "64:ff9b:1::/48",
            "2001::/23",  # tunnels and the like
            "2002::/16",  # IPv4 inside
            "fec0::/10",  # what was once site-local
        ),
    )
)


class Refused(Exception):
    """This address is not called. The text says why, for who entered it."""


@dataclass(frozen=True, slots=True)
class Target:
    """Where to connect (ip, port), and whom to ask for there (host). path: with the query."""

    scheme: str
    host: str
    port: int
    ip: str
    path: str

    @property
    def host_header(self) -> str:
        name = f"[{self.host}]" if ":" in self.host else self.host
        return name if self.port == WEB_PORTS[self.scheme] else f"{name}:{self.port}"

    @property
    def url(self) -> str:
        """Of the checked address, not of the name."""
        ip = f"[{self.ip}]" if ":" in self.ip else self.ip
        return f"{self.scheme}://{ip}:{self.port}{self.path}"


def system_resolver(host: str, port: int) -> list[str]:
    """Raises OSError for a name that is not there."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(row[4][0]) for row in found))


def check_url(url: str, *, allow_http: bool = False) -> SplitResult:
    """The parts of an address that may be kept; nothing is looked up. Raises Refused."""
    if len(url) > MAX_URL_LENGTH:
        raise Refused(f"The address is longer than {MAX_URL_LENGTH} characters.")
    # Parsers disagree about these, and each disagreement is a way round a check.
    if not url.isascii() or not url.isprintable() or set(url) & set(" \\"):
        raise Refused("The address holds a space, a backslash or a character that is not ASCII.")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise Refused(f"That is not an address: {error}.") from error
    if parts.scheme not in ({"https", "http"} if allow_http else {"https"}):
        raise Refused("The address has to begin with https://.")
    if "@" in parts.netloc:
        raise Refused("The address holds a name or password.")
    if parts.fragment or "#" in url:
        raise Refused("The address has a part after #, which no server is told.")
    if port is not None and port not in WEB_PORTS.values() and port < LOWEST_OPEN_PORT:
        raise Refused(f"Port {port} belongs to another service.")
    _check_host(parts.hostname or "")
    return parts


def find_target(
    url: str, resolve: Resolver = system_resolver, *, allow_http: bool = False
) -> Target:
    """The one address to connect to. Asks the resolver once. Raises Refused."""
    parts = check_url(url, allow_http=allow_http)
    host, port = parts.hostname or "", parts.port or WEB_PORTS[parts.scheme]
    literal = _literal(host)
    if literal is not None:
        addresses = [str(literal)]
    else:
        try:
            addresses = list(resolve(host, port))
        except (OSError, UnicodeError) as error:
            raise Refused(f"{host} was not found.") from error
    if not addresses:
        raise Refused(f"{host} was not found.")
    # One inner address among outer ones is somebody trying, so that is refused whole.
    for address in addresses:
        if not is_public(address):
            raise Refused(f"{host} leads into a private network or to this machine.")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(parts.scheme, host, port, addresses[0], path)


def is_public(address: str) -> bool:
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address) and (ip.scope_id or ip.ipv4_mapped is not None):
        return False
    if any(ip in network for network in REFUSED if network.version == ip.version):
        return False
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_unspecified)


def _check_host(host: str) -> None:
    if not host:
        raise Refused("The address names no host.")
    literal = _literal(host)
    if literal is not None:
        if not is_public(str(literal)):
            raise Refused(f"{host} leads into a private network or to this machine.")
    elif not HOST_NAME.fullmatch(host):
        # Among them 2130706433, 0x7f.1 and 0177.0.0.1, which a resolver would take for addresses.
        raise Refused(f"{host} is not a full host name.")


def _literal(host: str) -> Address | None:
    """Dotted decimal without leading zeros, or IPv6; nothing else is an address here."""
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None
