"""A connection to somebody slow: what they send is gathered, what they don't take yet is kept, and no thread waits.

Both lie in memory up to a size, then in a temporary file; together they have a limit, so that a disk is not filled.
"""

from __future__ import annotations

import re
import select
import socket
import threading
from contextlib import suppress
from http import HTTPStatus
from tempfile import SpooledTemporaryFile
from typing import Any, ClassVar

IN_MEMORY = 256 * 1024
A_READ = 64 * 1024
HEAD_MOST = 64 * 1024
BODY_MOST = 32 * 1024 * 1024  # what the site accepts is less, and said by its forms
KEPT_MOST = 32 * 1024 * 1024  # of one answer; who makes more of it has to wait for the reader
ALL_MOST = 256 * 1024 * 1024  # of all connections of a process
STALLED = 15.0  # seconds without a byte taken, after which a reader is gone

_counting = threading.Lock()
_HEAD_END = b"\r\n\r\n"
_LENGTH = re.compile(rb"\r\ncontent-length:[ \t]*(\d{1,15})[ \t]*(?=\r\n)", re.IGNORECASE)
_CHUNKED = re.compile(rb"\r\ntransfer-encoding:", re.IGNORECASE)
_EXPECTING = re.compile(rb"\r\nexpect:[ \t]*100-continue[ \t]*(?=\r\n)", re.IGNORECASE)


class RefusedError(Exception):
    """A request that no thread needs to see; ``status`` is its answer."""

    def __init__(self, status: HTTPStatus) -> None:
        super().__init__(status.phrase)
        self.status = status


class Spool:
    """Bytes in the order in which they came."""

    kept: ClassVar[int] = 0  # by all

    def __init__(self) -> None:
        self.size = self.taken = 0
        self._file: Any = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115  # as long as the connection

    def __len__(self) -> int:
        return self.size - self.taken

    def add(self, data: bytes | memoryview) -> None:
        """Keep *data*; ``OSError`` when there is no room for it."""
        with _counting:
            if Spool.kept + len(data) > ALL_MOST:
                raise OSError("too much is waiting for slow clients")
            Spool.kept += len(data)
        self._file.seek(self.size)
        self._file.write(data)
        self.size += len(data)

    def peek(self, most: int) -> bytes:
        self._file.seek(self.taken)
        return bytes(self._file.read(most))

    def drop(self, count: int) -> None:
        self.taken += count

    def close(self) -> None:
        with _counting:
            Spool.kept -= self.size
        self.size = self.taken = 0
        self._file.close()


class Incoming:
    """One request as it arrives. Reads like a socket that holds this request alone."""

    def __init__(self) -> None:
        self.spool = Spool()
        self.surplus = b""  # of the next request, sent along
        self.length: int | None = None  # of the whole request, once its head is here
        self._head = b""

    @property
    def is_complete(self) -> bool:
        return self.length is not None and self.spool.size >= self.length

    @property
    def is_expecting(self) -> bool:
        """Whether the client waits for a word before it sends the body."""
        return self.length is not None and not self.is_complete and bool(_EXPECTING.search(self._head))

    def feed(self, data: bytes) -> None:
        """Take *data* in. Raise ``RefusedError`` for a request that is too large or does not say how large it is."""
        if self.length is None:
            self._head += data
            end = self._head.find(_HEAD_END)
            if end < 0 and len(self._head) <= HEAD_MOST:
                return
            if end < 0 or end > HEAD_MOST:
                raise RefusedError(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE)
            end += len(_HEAD_END)
            data, self._head = self._head, self._head[:end]
            self.length = end + self._body_length()
        room = self.length - self.spool.size
        self.spool.add(data[:room])
        self.surplus += data[room:]

    def _body_length(self) -> int:
        if _CHUNKED.search(self._head):
            raise RefusedError(HTTPStatus.LENGTH_REQUIRED)
        said = _LENGTH.search(self._head)
        length = int(said[1]) if said else 0
        if length > BODY_MOST:
            raise RefusedError(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        return length

    def recv(self, most: int) -> bytes:
        """The next bytes; none once the request is over."""
        data = self.spool.peek(most)
        self.spool.drop(len(data))
        return data


class PatientSocket(socket.socket):
    """Takes at once whatever is sent; what the reader has no room for is kept, and sent by ``push``."""

    def __init__(self, fileno: int) -> None:
        super().__init__(fileno=fileno)
        self.outgoing: Spool | None = None

    @property
    def waiting(self) -> int:
        return len(self.outgoing) if self.outgoing else 0

    def sendall(self, data: Any, flags: int = 0) -> None:
        rest = memoryview(data)
        if not self.waiting:
            rest = rest[self._take(rest) :]
        if rest:
            self.outgoing = self.outgoing or Spool()
            self.outgoing.add(rest)
        while self.waiting > KEPT_MOST:
            if not select.select([], [self], [], STALLED)[1]:
                raise TimeoutError("the reader takes nothing")
            self.push()

    def push(self) -> bool:
        """Send what the reader has room for now; whether it took anything. ``OSError`` when it is gone."""
        taken = 0
        while self.outgoing and self.waiting:
            count = self._take(self.outgoing.peek(A_READ))
            if not count:
                break
            self.outgoing.drop(count)
            taken += count
        if self.outgoing and not self.waiting:
            self.outgoing.close()
            self.outgoing = None
        return taken > 0

    def _take(self, data: Any) -> int:
        with suppress(BlockingIOError, InterruptedError):
            return self.send(data, socket.MSG_DONTWAIT)
        return 0

    def close(self) -> None:
        if self.outgoing:
            self.outgoing.close()
            self.outgoing = None
        super().close()
