"""Clients that send a byte a second, take no answer, or send too much: they wait by themselves, the others read on."""

from __future__ import annotations

import hashlib
import http.client
import json
import os
import socket
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from site_ocu.connections import HEAD_MOST, Incoming, RefusedError, Spool
from site_ocu.worker import HEAD_SECONDS
from tests.site_ocu.processes import Server, clean_environment, free_port, server

BIG = os.urandom(1024) * 12 * 1024  # twelve megabytes: more than the kernel takes for a reader
GUNICORN = [sys.executable, "-m", "gunicorn", "-c", "python:site_ocu.gunicorn"]
SLOW_EACH = 20  # far more than the threads of a process


def serving(folder: Path, *options: str) -> Iterator[Server]:
    """gunicorn with the settings of `make run`, one process of four threads, and a large file to read."""
    (folder / "static").mkdir()
    (folder / "static" / "big.bin").write_bytes(BIG)
    # What the pages of errors need, without collecting the rest.
    paths = {name: name for name in ("css/site.css", "img/favicon.svg")}
    manifest = {"paths": paths, "version": "1.1", "hash": ""}
    (folder / "static" / "staticfiles.json").write_text(json.dumps(manifest))
    environment = clean_environment(
        DJANGO_SETTINGS_MODULE="site_ocu.settings.local",
        DATA_DIR=str(folder),
        STATIC_ROOT=str(folder / "static"),
        PORT=str(port := free_port()),
        WEB_CONCURRENCY="1",
    )
    command = [*GUNICORN, *options, "site_ocu.wsgi"]
    with server(command, port=port, environment=environment, log=folder / "log") as running:
        running.wait_until_ready(30, Host="127.0.0.1")
        yield running


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    yield from serving(tmp_path_factory.mktemp("slow"))


def connected(site: Server, sent: bytes = b"", window: int = 0) -> socket.socket:
    client = socket.socket()
    client.settimeout(30)
    if window:
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, window)
    client.connect(("127.0.0.1", site.port))
    client.sendall(sent)
    return client


def request(path: str, method: str = "GET", **headers: str) -> bytes:
    lines = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "", ""]).encode()


def answered(client: socket.socket) -> bytes:
    """Everything until the other side hangs up."""
    parts = []
    while part := client.recv(65536):
        parts.append(part)
    return b"".join(parts)


def occupy(site: Server, held: ExitStack) -> list[socket.socket]:
    """Clients of every slow kind, as many of each."""
    half_a_body = request("/healthz", "POST", Content_Length="1000") + b"a=1"
    kinds = (b"", b"GET /healthz HTTP/1.1\r\nHost: 127", half_a_body, request("/static/big.bin"))
    clients = [
        held.enter_context(connected(site, sent, window=4096)) for _n in range(SLOW_EACH) for sent in kinds
    ]
    for client in clients:
        client.settimeout(60)
    time.sleep(0.3)
    return clients


def open_files(process: int) -> int:
    return len(list(Path(f"/proc/{process}/fd").iterdir()))


def slowest_answer(site: Server, times: int = 10) -> float:
    """Seconds for the slowest of some requests of somebody else."""
    taken = []
    for _n in range(times):
        began = time.monotonic()
        with closing(http.client.HTTPConnection("127.0.0.1", site.port, timeout=3)) as connection:
            connection.request("GET", "/healthz")
            assert connection.getresponse().read() == b"ok"
        taken.append(time.monotonic() - began)
    return max(taken)


@pytest.mark.slow
class TestSlowClients:
    def test_do_not_hold_up_the_others(self, site: Server) -> None:
        with ExitStack() as held:
            occupy(site, held)

            assert slowest_answer(site) < 1.5

    @pytest.mark.xfail(strict=True, raises=OSError, reason="what the worker is for")
    def test_would_with_the_threads_of_gunicorn_alone(self, tmp_path: Path) -> None:
        for plain in serving(tmp_path, "--worker-class", "gthread"):
            with ExitStack() as held:
                occupy(plain, held)
                slowest_answer(plain, times=1)

    def test_make_room_however_many_they_are(self, tmp_path: Path) -> None:
        for small in serving(tmp_path, "--worker-connections", "40"):
            with ExitStack() as held:
                for sent in (request("/healthz"), b"GET /healthz HT") * 50:
                    held.enter_context(connected(small, sent))
                time.sleep(0.5)

                assert slowest_answer(small, times=5) < 3

    def test_are_hung_up_on_when_they_send_no_request(self, site: Server) -> None:
        began = time.monotonic()
        with connected(site, b"GET /healthz HT") as client:
            assert answered(client) == b""

        assert HEAD_SECONDS - 1 < time.monotonic() - began < HEAD_SECONDS + 5

    def test_may_take_their_time_over_a_body(self, site: Server) -> None:
        with connected(site, request("/healthz", "POST", Content_Length="4", Connection="close")) as client:
            for letter in b"a=bc":
                time.sleep(0.2)
                client.sendall(bytes([letter]))

            assert answered(client).startswith(b"HTTP/1.1 403 ")

    def test_get_the_whole_answer_in_the_end(self, site: Server) -> None:
        with connected(site, request("/static/big.bin", Connection="close"), window=4096) as client:
            time.sleep(1)
            answer = answered(client)

        assert hashlib.sha256(answer.partition(b"\r\n\r\n")[2]).digest() == hashlib.sha256(BIG).digest()

    def test_leave_nothing_behind(self, site: Server) -> None:
        """Descriptors of the process, once everybody has gone."""
        worker = next(
            int(pid)
            for pid in Path(f"/proc/{site.process.pid}/task/{site.process.pid}/children").read_text().split()
        )
        with ExitStack() as held:
            occupy(site, held)
            during = open_files(worker)
        deadline = time.monotonic() + 20
        while (after := open_files(worker)) > during - 60 and time.monotonic() < deadline:
            time.sleep(0.2)

        assert after <= during - 4 * SLOW_EACH


def read_on(site: Server, times: int) -> list[int]:
    """The statuses of requests that follow each other, on as many connections as the server asks for."""
    statuses = []
    with closing(http.client.HTTPConnection("127.0.0.1", site.port, timeout=10)) as connection:
        for _n in range(times):
            connection.request("GET", "/healthz")
            response = connection.getresponse()
            response.read()
            statuses.append(response.status)
    return statuses


@pytest.mark.slow
class TestAWorkerThatStops:
    def test_hangs_up_on_nobody_who_is_asking(self, tmp_path: Path) -> None:
        """Workers that are replaced every fifty requests, and readers who never pause."""
        for short in serving(tmp_path, "--max-requests", "50", "--max-requests-jitter", "0"):
            with ThreadPoolExecutor(8) as readers:
                asked = [readers.submit(read_on, short, 40) for _n in range(8)]

                assert {status for one in asked for status in one.result()} == {200}

            assert short.log.read_text().count("Autorestarting worker") > 3


@pytest.mark.slow
class TestARequest:
    def test_behind_another_is_answered_too(self, site: Server) -> None:
        both = request("/healthz") + request("/n-existe", Connection="close")
        with connected(site, both) as client:
            answer = answered(client)

        assert answer.count(b"HTTP/1.1 ") == 2
        assert answer.startswith(b"HTTP/1.1 200 OK")

    def test_follows_another_on_the_same_connection(self, site: Server) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", site.port, timeout=5)
        for _n in range(3):
            connection.request("POST", "/healthz", body=b"x" * 100_000)
            response = connection.getresponse()
            response.read()
            assert response.status == 403
        connection.close()

    def test_that_waits_for_a_word_gets_it(self, site: Server) -> None:
        head = request("/healthz", "POST", Content_Length="3", Expect="100-continue", Connection="close")
        with connected(site, head) as client:
            assert client.recv(100).startswith(b"HTTP/1.1 100 Continue")
            client.sendall(b"a=1")
            assert b"HTTP/1.1 403 " in answered(client)

    @pytest.mark.parametrize(
        ("sent", "status"),
        [
            (request("/", "POST", Content_Length="99999999999"), b"413"),
            (request("/", "POST", Transfer_Encoding="chunked"), b"411"),
            (request("/", **{"X-Long": "a" * (HEAD_MOST + 1)}), b"431"),
        ],
    )
    def test_that_is_too_much_is_refused_with_words(self, sent: bytes, status: bytes, site: Server) -> None:
        with connected(site, sent) as client:
            answer = answered(client)

        assert answer.startswith(b"HTTP/1.1 " + status)
        assert "Le site n’a pas pris cet envoi".encode() in answer

    def test_is_not_told_what_serves_the_site(self, site: Server) -> None:
        assert "gunicorn" not in str(site.get("/healthz", Host="127.0.0.1").headers).lower()


class TestWhatIsGathered:
    def test_is_the_same_however_it_is_cut(self) -> None:
        whole = request("/", "POST", Content_Length="5") + b"12345" + b"GET /next"
        for size in (1, 2, 7, 1000):
            incoming = Incoming()
            for place in range(0, len(whole), size):
                incoming.feed(whole[place : place + size])

            assert incoming.is_complete
            assert incoming.recv(10_000) == whole[:-9]
            assert incoming.recv(10_000) == b""
            assert incoming.surplus == b"GET /next"
            incoming.spool.close()

    def test_is_not_complete_before_its_end(self) -> None:
        incoming = Incoming()
        incoming.feed(request("/", "POST", Content_Length="5") + b"1234")

        assert not incoming.is_complete

    def test_has_a_limit_for_all_together(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("site_ocu.connections.ALL_MOST", Spool.kept + 10)
        spool = Spool()
        spool.add(b"123456")
        with pytest.raises(OSError):
            Spool().add(b"123456")
        spool.close()

        spool = Spool()
        spool.add(b"123456")
        spool.close()

    def test_refuses_a_body_of_unknown_length(self) -> None:
        with pytest.raises(RefusedError):
            Incoming().feed(request("/", "POST", Transfer_Encoding="chunked"))
