"""No test talks to the network, and this proves that the lock holds."""

from __future__ import annotations

import socket
import urllib.request

import pytest
from pytest_socket import SocketConnectBlockedError

ELSEWHERE = "192.0.2.1"  # an address that documentation may use and nobody has (RFC 5737)


# pytest-socket warns before it refuses, and warnings are errors here.
@pytest.mark.filterwarnings("ignore:A test tried to use socket")
class TestTheNetwork:
    def test_is_out_of_reach_of_a_socket(self) -> None:
        with socket.socket() as outward, pytest.raises(SocketConnectBlockedError):
            outward.connect((ELSEWHERE, 80))

    def test_is_out_of_reach_of_a_library(self) -> None:
        with pytest.raises(SocketConnectBlockedError):
            urllib.request.urlopen(f"http://{ELSEWHERE}/", timeout=1)

    def test_ends_at_this_machine(self) -> None:
        with socket.socket() as server:
            server.bind(("127.0.0.1", 0))
            server.listen()
            with socket.create_connection(server.getsockname(), timeout=1) as client:
                assert client.getpeername() == server.getsockname()
