"""Asking a server of somebody else's whether a link still answers: politely, and never a machine of our own network.

Whoever may write a page can write any address into it. So the name is resolved here, every address it has must be a
public one, and the connection goes to the address that was looked at; a redirection is followed by hand, each hop
looked at the same way.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import threading
from collections.abc import Callable
from contextlib import closing, contextmanager, suppress
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from django.conf import settings

if TYPE_CHECKING:
    from collections.abc import Iterator

TIMEOUT = 10  # seconds for each step
DEADLINE = 25  # seconds for one request in all, however slowly it drips
HOPS = 5
PORTS = {"http": 80, "https": 443}
# Where pages are served. On any other door of a machine somebody else's service listens, which is not for us to try.
WEB_PORTS = {80, 443, 8080, 8443}
# IPv6 addresses that are IPv4 ones in disguise, beside those that Python knows: of translators, and of old times.
DISGUISES = (ipaddress.ip_network("64:ff9b::/96"), ipaddress.ip_network("::/96"))
# Networks of an organisation's own that not every Python calls so.
OWN_NETWORKS = tuple(map(ipaddress.ip_network, ("64:ff9b:1::/48", "fec0::/10", "192.0.0.0/24")))
REDIRECTIONS = {301, 302, 303, 307, 308}
BAD = 400


class NoAnswerError(ValueError):
    """Nothing that speaks HTTP answered; or it may not be asked."""


class MayNotAskError(NoAnswerError):
    """The address is none that this site may open."""


def is_public(address: str) -> bool:
    """Whether *address* is a machine of the open internet, and not one of ours or of a network's own."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    mapped = getattr(ip, "ipv4_mapped", None) or getattr(ip, "sixtofour", None)
    if any(ip in network for network in DISGUISES):
        mapped = ipaddress.IPv4Address(ip.packed[-4:])
    if any(ip in network for network in OWN_NETWORKS):
        return False
    return ip.is_global and not ip.is_multicast and (mapped is None or mapped.is_global)


def status_of(url: str, *, allowed: Callable[[str], bool] = is_public) -> int:
    """The status that *url* answers with after its redirections. Raise ``NoAnswerError``."""
    for _hop in range(HOPS):
        status, location = _ask(url, "HEAD", allowed)
        if status >= BAD:  # many a server knows no HEAD
            status, location = _ask(url, "GET", allowed)
        if status not in REDIRECTIONS or not location:
            return status
        url = urljoin(url, location)
    raise NoAnswerError("too many redirections")


def _ask(url: str, method: str, allowed: Callable[[str], bool]) -> tuple[int, str]:
    try:
        parts = urlsplit(url)
        with _connected(parts, allowed) as connection:
            path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
            query = f"?{quote(parts.query, safe='/%:@!$&()*+,;=~-._?')}" if parts.query else ""
            agent = f"OCU-liens/1 (+{settings.WAGTAILADMIN_BASE_URL})"
            connection.request(method, f"{path}{query}", headers={"User-Agent": agent, "Accept": "*/*"})
            response = connection.getresponse()
            return response.status, response.headers.get("Location", "")
    except MayNotAskError:
        raise
    except (OSError, http.client.HTTPException, ValueError) as problem:
        raise NoAnswerError(str(problem)) from problem


@contextmanager
def _connected(parts: SplitResult, allowed: Callable[[str], bool]) -> Iterator[http.client.HTTPConnection]:
    """A connection to the very address that was found allowed, and that ends in time."""
    if parts.scheme not in PORTS or not parts.hostname or parts.username is not None:
        raise MayNotAskError(parts.scheme)
    host, port = parts.hostname.encode("idna").decode(), parts.port or PORTS[parts.scheme]
    if port not in WEB_PORTS:
        raise MayNotAskError(str(port))
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
    if not addresses or not all(map(allowed, addresses)):
        raise MayNotAskError(host)
    connection = http.client.HTTPConnection(host, port)
    connection.sock = socket.create_connection((addresses[0], port), TIMEOUT)
    with closing(connection), _in_time(connection):
        if parts.scheme == "https":
            # In two steps, so that a handshake that drips can be hung up on as well.
            connection.sock = ssl.create_default_context().wrap_socket(
                connection.sock, server_hostname=host, do_handshake_on_connect=False
            )
            connection.sock.do_handshake()
        yield connection


@contextmanager
def _in_time(connection: http.client.HTTPConnection) -> Iterator[None]:
    timer = threading.Timer(DEADLINE, _hang_up, [connection])
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _hang_up(connection: http.client.HTTPConnection) -> None:
    with suppress(OSError, AttributeError):  # it may just have ended by itself
        connection.sock.shutdown(socket.SHUT_RDWR)
