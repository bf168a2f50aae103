"""Which addresses are called: 500 hostile ones are not, whatever their name servers say."""

import ipaddress
import random
from collections.abc import Iterator, Sequence

import pytest

from apps.notifications.calling.targets import Refused, Resolver, Target, find_target, is_public

OUTSIDE = "93.184.216.34"
INNER = [
    "127.0.0.1",
    "127.255.255.254",
    "0.0.0.0",  # an address to refuse, not one to listen on
    "10.0.0.1",
    "172.16.0.1",
    "172.31.255.255",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "100.100.100.200",
    "168.63.129.16",
    "192.0.0.192",
    "192.88.99.1",
    "198.18.0.1",
    "203.0.113.7",
    "224.0.0.1",
    "255.255.255.255",
]
INNER_6 = [
    "::",
    "::1",
    "::127.0.0.1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "::ffff:169.254.169.254",
    "64:ff9b::7f00:1",
    "2001:0:7f00:1::",
    "2002:7f00:1::",
    "fc00::1",
    "fd00:ec2::254",
    "fe80::1",
    "fe80::1%eth0",
    "fec0::1",
    "ff02::1",
    "2001:db8::1",
]
SCHEMES = ["http", "ftp", "file", "gopher", "ws", "javascript", "data", "", "HTTPX", "unix"]


def answering(*addresses: str) -> Resolver:
    return lambda _host, _port: addresses


def hostile_urls() -> list[str]:
    """500 different ones, the same each time."""
    source = random.Random(20261123)
    urls = dict.fromkeys(_forms())
    while len(urls) < 500:
        address = source.choice(INNER)
        form = source.choice(list(_spellings(address)))
        port = source.choice(["", ":443", ":8443", ":22", ":6379", ":0", ":99999"])
        path = source.choice(["", "/", "/latest/meta-data/", "/?x=1", "//evil", "/%2e%2e/"])
        urls[f"https://{form}{port}{path}"] = None
    return list(urls)


def _forms() -> Iterator[str]:
    for address in INNER:
        yield from (f"https://{form}/" for form in _spellings(address))
    for address in INNER_6:
        yield f"https://[{address}]/"
        yield f"https://[{address}]:8443/hook"
    for scheme in SCHEMES:
        yield f"{scheme}://hooks.example.com/"
    for host in ("localhost", "LOCALHOST.", "metadata", "intranet", "a.b.c.1", "x_y.example.com"):
        yield f"https://{host}/"
    yield "https://user:password@hooks.example.com/"
    yield "https://hooks.example.com@127.0.0.1/"
    yield "https://127.0.0.1#@hooks.example.com/"
    yield "https://hooks.example.com\\@127.0.0.1/"
    yield "https://hooks.example.com/\r\nHost: inner"
    yield "https://hooks.example.com/ x"
    yield "https://①②⑦.⓪.⓪.①/"
    yield "https://hooks.example.com:22/"
    yield "https://hooks.example.com:-1/"
    yield "https:///hook"
    yield "https://hooks.example.com/" + "a" * 500


def _spellings(address: str) -> Iterator[str]:
    """What one resolver or another takes for the same address."""
    number = int(ipaddress.IPv4Address(address))
    parts = address.split(".")
    yield address
    yield f"{address}."
    yield str(number)
    yield hex(number)
    yield f"0{number:o}"
    yield ".".join(f"0{int(part):o}" for part in parts)
    yield ".".join(hex(int(part)) for part in parts)
    yield f"{parts[0]}.{number & 0xFFFFFF}"
    yield f"{parts[0]}.{parts[1]}.{number & 0xFFFF}"
    yield f"[::ffff:{address}]"
    yield f"%{ord(parts[0][0]):x}{address[1:]}"


def test_there_are_500_hostile_addresses() -> None:
    assert len(hostile_urls()) >= 500


@pytest.mark.parametrize("url", hostile_urls())
def test_hostile_address_is_refused(url: str) -> None:
    """Although a name server would lead somewhere harmless."""
    with pytest.raises(Refused):
        find_target(url, answering(OUTSIDE))


@pytest.mark.parametrize("address", [*INNER, *INNER_6])
def test_name_that_leads_inside_is_refused(address: str) -> None:
    with pytest.raises(Refused, match="private network"):
        find_target("https://hooks.example.com/", answering(address))


@pytest.mark.parametrize("address", [*INNER, *INNER_6])
def test_one_inner_address_among_outer_ones_is_refused(address: str) -> None:
    with pytest.raises(Refused, match="private network"):
        find_target("https://hooks.example.com/", answering(OUTSIDE, address))


def test_name_is_looked_up_once_and_the_answer_is_kept() -> None:
    """Rebinding: the second answer would lead inside, and nobody asks for it."""
    asked: list[str] = []

    def rebinding(host: str, _port: int) -> Sequence[str]:
        asked.append(host)
        return [OUTSIDE] if len(asked) == 1 else ["127.0.0.1"]

    target = find_target("https://hooks.example.com/in?x=1", rebinding)

    assert target == Target("https", "hooks.example.com", 443, OUTSIDE, "/in?x=1")
    assert target.url == f"https://{OUTSIDE}:443/in?x=1"
    assert target.host_header == "hooks.example.com"
    assert asked == ["hooks.example.com"]


def test_random_inner_addresses_are_not_public() -> None:
    source = random.Random(7)
    networks = ["10.0.0.0/8", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.168.0.0/16"]
    for network in map(ipaddress.IPv4Network, networks):
        for _ in range(200):
            address = network[source.randrange(network.num_addresses)]
            assert not is_public(str(address))
            assert not is_public(f"::ffff:{address}")


@pytest.mark.parametrize("url", ["https://hooks.example.com", "https://HOOKS.example.com:8443/a/b"])
def test_ordinary_address_is_called(url: str) -> None:
    assert find_target(url, answering(OUTSIDE, "2606:2800:220:1::1")).ip == OUTSIDE


def test_name_that_is_not_there_is_refused() -> None:
    def nothing(_host: str, _port: int) -> Sequence[str]:
        raise OSError

    with pytest.raises(Refused, match="was not found"):
        find_target("https://hooks.example.com/", nothing)


def test_http_only_where_it_is_allowed() -> None:
    url = "http://hooks.example.com/"

    assert find_target(url, answering(OUTSIDE), allow_http=True).port == 80
    with pytest.raises(Refused, match="https"):
        find_target(url, answering(OUTSIDE))
