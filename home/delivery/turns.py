"""A few places for work that takes memory or time, shared by all processes of the machine, and a short queue.

A place is a lock on a file: whoever dies gives it back. Who finds the queue full is told so at once, without waiting.
"""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template import loader

T = TypeVar("T")
STEP = 0.1  # seconds between two looks at the places


class BusyError(Exception):
    """All places are taken, and the queue is full or did not move in time."""


class Turn:
    """A place that is held, until ``release`` or until nobody knows of it any more."""

    def __init__(self, lock: int) -> None:
        self._lock: int | None = lock

    def release(self) -> None:
        lock, self._lock = self._lock, None
        if lock is not None:
            os.close(lock)

    def __enter__(self) -> Turn:
        return self

    def __exit__(self, *_failure: object) -> None:
        self.release()

    def __del__(self) -> None:
        self.release()


class Turns:
    """``places`` at once for the work called *name*, and ``queue`` more who wait."""

    def __init__(self, name: str, places: int, queue: int = 0) -> None:
        self.name, self.places, self.queue = name, places, queue

    def take(self, patience: float = 0) -> Turn:
        """A place, after *patience* seconds at most. Raise ``BusyError``."""
        if turn := self._free("place", self.places):
            return turn
        waiting = self._free("queue", self.queue)
        if waiting is None:
            raise BusyError(self.name)
        with waiting:
            end = time.monotonic() + patience
            while time.monotonic() < end:
                if turn := self._free("place", self.places):
                    return turn
                time.sleep(STEP)
        raise BusyError(self.name)

    def _free(self, kind: str, count: int) -> Turn | None:
        folder = Path(settings.DATA_DIR) / "turns"
        folder.mkdir(parents=True, exist_ok=True)
        for number in range(count):
            lock = os.open(folder / f"{self.name}-{kind}-{number}", os.O_RDWR | os.O_CREAT, 0o600)
            with suppress(BlockingIOError):
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return Turn(lock)
            os.close(lock)
        return None


def in_time(things: Iterable[T], seconds: float) -> Iterator[T]:
    """*things*, until *seconds* have passed; then ``TimeoutError``, and the reader sees that something is missing."""
    end = time.monotonic() + seconds
    for thing in things:
        if time.monotonic() > end:
            raise TimeoutError
        yield thing


def too_busy(request: HttpRequest, wait: int) -> HttpResponse:
    """503 with words, and after how many seconds to try again. It asks the database nothing."""
    response = HttpResponse(loader.render_to_string("errors/503.html", {}), status=503)
    response["Retry-After"] = str(wait)
    response["Cache-Control"] = "no-store"
    return response
