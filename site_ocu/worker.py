"""gunicorn's threads behind a loop that gathers and hands out: a slow client costs a socket, never a thread (ADR 0028).

gunicorn's own ``gthread`` reads a request in one of its few threads and writes the answer there: eight browsers that
send a byte a second close the site. Here the loop that already watches idle connections reads each request to its end
before a thread sees it, and sends what a reader did not take at once after the thread is free again.
"""

from __future__ import annotations

import errno
import selectors
import socket
import time
from contextlib import suppress
from functools import partial
from typing import Any

from gunicorn import http
from gunicorn.http import wsgi
from gunicorn.workers.gthread import STOP_KEEPALIVE_LINGER, TConn, ThreadWorker

from site_ocu.connections import A_READ, STALLED, Incoming, PatientSocket, RefusedError

wsgi.SERVER = wsgi.SERVER_SOFTWARE = "ocu"  # what serves the site is nobody's business

HEAD_SECONDS = 10.0
BODY_SECONDS = 20.0
SLOWEST = 16 * 1024  # bytes a second of a body: an image of ten megabytes may take ten minutes
LINGER = 2.0  # seconds for the other end to read the last answer
SPARE = 10  # connections: below that, who has been sending for longest makes room

REFUSAL = (
    "HTTP/1.1 {status.value} {status.phrase}\r\nConnection: close\r\nContent-Type: text/html; charset=utf-8\r\n"
    "Content-Length: {length}\r\nX-Content-Type-Options: nosniff\r\nContent-Security-Policy: default-src 'none'\r\n\r\n"
)
WORDS = (
    "<!DOCTYPE html><html lang=fr><meta charset=utf-8><title>Demande refusée</title>"
    "<p>Le site n’a pas pris cet envoi : il est trop gros, ou ne dit pas sa taille. "
    "Revenez en arrière : ce que vous avez écrit y est encore."
)


class Connection(TConn):
    """One client: the request that is arriving, and until when the next thing must have happened."""

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self.incoming = Incoming()
        self.initialized = True  # its parser is ours
        self.parser = None
        self.finished: Any = None  # what the thread returned, while the answer is still being read

    def recv(self, most: int) -> bytes:
        """For gunicorn's parser: the request that has been gathered."""
        return self.incoming.recv(most)

    def next_request(self) -> bytes:
        """Make room for the next request; what of it has come already."""
        surplus = self.incoming.surplus
        self.incoming.spool.close()
        self.incoming = Incoming()
        return surplus

    def close(self, graceful: bool = False) -> None:
        self.incoming.spool.close()
        super().close()  # whoever wants it graceful lingers in the loop


class PatientWorker(ThreadWorker):
    """Threads that only see whole requests and never wait for a reader."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.gathering: dict[Connection, None] = {}  # oldest first
        self.flushing: dict[Connection, None] = {}
        self.lingering: dict[Connection, None] = {}
        self._stops_at = 0.0

    def accept(self, listener: socket.socket) -> None:
        try:
            client, address = listener.accept()
        except OSError as error:
            if error.errno not in (errno.EAGAIN, errno.ECONNABORTED, errno.EWOULDBLOCK):
                raise
            return
        self.nr_conns += 1
        if self.nr_conns > self.worker_connections - SPARE:
            self._make_room()
        conn = Connection(self.cfg, PatientSocket(client.detach()), address, listener.getsockname())
        self.enqueue_req(conn)

    def _make_room(self) -> None:
        """Hang up on who has been idle, or else sending, for longest: a new client must not wait for them."""
        if self.keepalived_conns:
            idle = self.keepalived_conns.popleft()
            with suppress(OSError, KeyError, ValueError):
                self.poller.unregister(idle.sock)
            self._end(idle)
        elif self.gathering:
            self._drop(next(iter(self.gathering)), self.gathering)

    def enqueue_req(self, conn: Connection) -> None:
        """Gather the next request of *conn*; a thread gets it once it is whole."""
        conn.sock.settimeout(0)
        conn.timeout = time.monotonic() + HEAD_SECONDS
        self._watch(conn, self.gathering, selectors.EVENT_READ, self._gather)
        if surplus := conn.next_request():
            self._feed(conn, surplus)

    def _gather(self, conn: Connection, _sock: Any) -> None:
        try:
            data = conn.sock.recv(A_READ)
        except (BlockingIOError, InterruptedError):
            return
        except OSError:
            data = b""
        if data:
            self._feed(conn, data)
        else:
            self._drop(conn, self.gathering)

    def _feed(self, conn: Connection, data: bytes) -> None:
        incoming, had_head = conn.incoming, conn.incoming.length is not None
        try:
            incoming.feed(data)
            if incoming.is_expecting and not had_head:
                conn.sock.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")
        except RefusedError as refusal:
            self._refuse(conn, refusal)
            return
        except OSError:
            self._drop(conn, self.gathering)
            return
        if incoming.is_complete:
            self._unwatch(conn, self.gathering)
            conn.parser = conn.parser or http.get_parser(self.cfg, conn, conn.client)
            super().enqueue_req(conn)
        elif incoming.length is not None and not had_head:
            conn.timeout = time.monotonic() + BODY_SECONDS + incoming.length / SLOWEST

    def _refuse(self, conn: Connection, refusal: RefusedError) -> None:
        body = WORDS.encode()
        head = REFUSAL.format(status=refusal.status, length=len(body))
        self._unwatch(conn, self.gathering)
        with suppress(OSError):
            conn.sock.sendall(head.encode() + body)
        self._linger(conn)

    def _keepalive_after(self, conn: Connection, keepalive: bool) -> bool:
        """What the site did not read of a body is here already, however long it is."""
        return keepalive and bool(conn.parser and conn.parser.finish_body())

    def finish_request(self, conn: Connection, fs: Any) -> None:
        """What the thread left: an answer that is still being read, the next request, or the end."""
        conn.finished = fs
        if conn.sock.fileno() >= 0 and conn.sock.waiting:
            conn.sock.settimeout(0)
            conn.timeout = time.monotonic() + STALLED
            self._watch(conn, self.flushing, selectors.EVENT_WRITE, self._flush)
        else:
            self._finish(conn)

    def _flush(self, conn: Connection, _sock: Any) -> None:
        try:
            if conn.sock.push():
                conn.timeout = time.monotonic() + STALLED
        except OSError:
            self._drop(conn, self.flushing)
            return
        if not conn.sock.waiting:
            self._unwatch(conn, self.flushing)
            self._finish(conn)

    def _finish(self, conn: Connection) -> None:
        keeps = not conn.finished.cancelled() and not conn.finished.exception() and conn.finished.result()
        if conn.sock.fileno() < 0 or not keeps:
            self._linger(conn)
        elif conn.incoming.surplus:
            self.enqueue_req(conn)
        else:
            conn.next_request()
            super().finish_request(conn, conn.finished)

    def _linger(self, conn: Connection) -> None:
        """Close *conn* once the other end has read to the end, or after a moment. (gunicorn would wait here.)"""
        try:
            conn.sock.settimeout(0)
            conn.sock.shutdown(socket.SHUT_WR)
        except OSError:
            self._end(conn)
            return
        conn.timeout = time.monotonic() + LINGER
        self._watch(conn, self.lingering, selectors.EVENT_READ, self._discard)

    def _discard(self, conn: Connection, _sock: Any) -> None:
        try:
            if conn.sock.recv(A_READ):
                return
        except (BlockingIOError, InterruptedError):
            return
        except OSError:
            pass
        self._drop(conn, self.lingering)

    def murder_pending(self) -> None:
        """Hang up on those who are too slow; sooner when the worker stops, but not on who is sending this moment."""
        super().murder_pending()
        now = time.monotonic()
        for group in (self.gathering, self.flushing, self.lingering):
            if not self.alive and group is self.gathering:
                self._hurry(now + STOP_KEEPALIVE_LINGER)
            for conn in [conn for conn in group if conn.timeout < now]:
                self._drop(conn, group)

    def _hurry(self, until: float) -> None:
        """A worker that stops waits for requests that are arriving, but no longer than gunicorn for the next ones."""
        self._stops_at = self._stops_at or until
        for conn in self.gathering:
            conn.timeout = min(conn.timeout, self._stops_at)

    def _watch(self, conn: Connection, group: dict[Connection, None], event: int, then: Any) -> None:
        group[conn] = None
        self.poller.register(conn.sock, event, partial(then, conn))

    def _unwatch(self, conn: Connection, group: dict[Connection, None]) -> None:
        group.pop(conn, None)
        with suppress(OSError, KeyError, ValueError):
            self.poller.unregister(conn.sock)

    def _drop(self, conn: Connection, group: dict[Connection, None]) -> None:
        self._unwatch(conn, group)
        self._end(conn)

    def _end(self, conn: Connection) -> None:
        self.nr_conns -= 1
        conn.close()
