"""Asking a municipality's sign-on something, without being sent anywhere else.

An administrator types the address, and what is found there names more addresses. None of them
may lead into our own network (SSRF): https only, public addresses only, no redirects, and an
answer of a bounded size within a bounded time. A name that is looked up again may say something
else by then; it is an administrator who typed it, and a certificate of that name must answer.
"""

import ipaddress
import socket
import time
from typing import Any, Final
from urllib.parse import urlsplit

import requests
from django.conf import settings

# For connecting, and for each piece of the answer; `ANSWERED_WITHIN` is for all of it.
SECONDS: Final = 5
ANSWERED_WITHIN: Final = 15.0
PIECE: Final = 64 * 1024
# Reach into another network, or are set apart for protocols: no site is there.
SPECIAL: Final = tuple(map(ipaddress.ip_network, ("64:ff9b::/96", "192.0.0.0/24")))
MOST_BYTES: Final = 1_000_000


class Unreachable(requests.RequestException):
    """The address may not be asked, or gave no answer of use."""


def check(url: str) -> None:
    """Raises Unreachable for an address that we do not ask."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    if settings.SIGN_ON_ON_LOOPBACK and host in {"127.0.0.1", "localhost"}:
        return
    if parts.scheme != "https" or not host:
        raise Unreachable("no https")
    try:
        found = socket.getaddrinfo(host, parts.port or 443, type=socket.SOCK_STREAM)
    except OSError as error:
        raise Unreachable("unknown host") from error
    if not found or not all(is_public(str(each[4][0])) for each in found):
        raise Unreachable("not a public address")


def is_public(text: str) -> bool:
    """Whether an address is one of the internet, and none that hides one of our own network."""
    address = ipaddress.ip_address(text.partition("%")[0])
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour
        if inner is not None:
            return is_public(str(inner))
        if address.teredo is not None:
            return False
    if any(address in network for network in SPECIAL):
        return False
    return address.is_global and not address.is_multicast and not address.is_reserved


class CarefulSession(requests.Session):
    """A session of `requests` that looks where it goes."""

    def __init__(self) -> None:
        super().__init__()
        # Neither proxies nor passwords out of the environment.
        self.trust_env = False

    def request(self, method: Any, url: Any, *args: Any, **kwargs: Any) -> requests.Response:
        check(str(url))
        kwargs |= {"allow_redirects": False, "timeout": SECONDS, "stream": True}
        response = super().request(method, url, *args, **kwargs)
        with response:
            if response.is_redirect:
                raise Unreachable("redirect")
            # As requests itself keeps what it has read.
            response._content = body_of(response)  # noqa: SLF001
        return response


def body_of(response: requests.Response) -> bytes:
    """The answer, as long as it is not too long and does not take too long."""
    until = time.monotonic() + ANSWERED_WITHIN
    body = b""
    for piece in response.iter_content(PIECE):
        body += piece
        if len(body) > MOST_BYTES:
            raise Unreachable("too much")
        if time.monotonic() > until:
            raise Unreachable("too slow")
    return body


def fetch(url: str) -> bytes:
    """What is there. Raises requests.RequestException."""
    with CarefulSession() as session:
        response = session.get(url)
        response.raise_for_status()
        return response.content
