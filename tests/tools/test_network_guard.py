"""The guard itself: elsewhere is closed, this machine is open."""

import socket

import pytest

from tests.network_guard import NetworkBlocked, is_local


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "localhost", b"localhost", "", None])
def test_this_machine_is_local(host: object) -> None:
    assert is_local(host)


@pytest.mark.parametrize("host", ["192.0.2.1", "2001:db8::1", "voorbeeld.example", "10.0.0.1"])
def test_elsewhere_is_not(host: str) -> None:
    assert not is_local(host)


def test_a_connection_elsewhere_is_refused_before_it_starts() -> None:
    with socket.socket() as probe, pytest.raises(NetworkBlocked):
        probe.connect(("192.0.2.1", 80))
    with pytest.raises(NetworkBlocked):
        socket.getaddrinfo("voorbeeld.example", 80)
    with (
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe,
        pytest.raises(NetworkBlocked),
    ):
        probe.sendto(b"?", ("192.0.2.1", 53))


def test_a_connection_here_works() -> None:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        with socket.create_connection(server.getsockname(), timeout=5) as client:
            assert client.getpeername() == server.getsockname()
