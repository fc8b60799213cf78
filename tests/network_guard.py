"""A pytest plugin: no test reaches the network. Loaded by tests/conftest.py.

What leaves this machine from Python raises NetworkBlocked at once, names that would be
looked up elsewhere included. Loopback and Unix sockets stay open: the live server, the
database and the browser's driver need them. Chromium is held back by its own switches
(tools/chromium.py), PostgreSQL's library speaks only to the database that was named.
"""

import ipaddress
import socket
from collections.abc import Callable
from typing import Any

import pytest

LOCAL_NAMES = {"", "localhost", "ip6-localhost"}
GUARDED = ("connect", "connect_ex", "sendto")


class NetworkBlocked(Exception):
    """A test wanted something from elsewhere: give it what it needs instead."""


def is_local(host: object) -> bool:
    """Whether a host is this machine."""
    if host is None:
        return True
    name = host.decode() if isinstance(host, bytes) else str(host)
    if name in LOCAL_NAMES:
        return True
    try:
        address = ipaddress.ip_address(name.split("%")[0])
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified


def guarded(method: Callable[..., Any]) -> Callable[..., Any]:
    """A socket's method that refuses addresses elsewhere."""

    def call(self: socket.socket, *arguments: Any) -> Any:
        # The address comes last: sendto has the data, and perhaps flags, before it.
        target = arguments[-1]
        inet = self.family in {socket.AF_INET, socket.AF_INET6}
        if inet and isinstance(target, tuple) and not is_local(target[0]):
            raise NetworkBlocked(target[0])
        return method(self, *arguments)

    return call


def guarded_lookup(lookup: Callable[..., Any]) -> Callable[..., Any]:
    """A getaddrinfo that knows only this machine."""

    def call(host: object, *arguments: Any, **options: Any) -> Any:
        if not is_local(host):
            raise NetworkBlocked(host)
        return lookup(host, *arguments, **options)

    return call


def pytest_configure(config: pytest.Config) -> None:
    """Close the network before anything is collected, and open it when all is over."""
    patch = pytest.MonkeyPatch()
    for name in GUARDED:
        patch.setattr(socket.socket, name, guarded(getattr(socket.socket, name)))
    patch.setattr(socket, "getaddrinfo", guarded_lookup(socket.getaddrinfo))
    config.add_cleanup(patch.undo)
