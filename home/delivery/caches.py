"""Caches that may be gone: whoever asks then finds nothing, and the page is made anew.

A cache is there to make pages quick, and none of ours is there to keep anything: when Redis is down or its disk is
full, the public site goes on, slower, and limits that count in it let everybody pass. ``/readyz`` says that it is gone.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.cache.backends import filebased, redis
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)

GONE = (OSError, RedisError)
RESPITE = 5  # seconds during which a cache that failed is not asked again: each time may cost a time-out
# What each question is answered when the cache is gone: as if it were empty.
ANSWERS: dict[str, Callable[..., Any]] = {
    "get": lambda key, default=None, *args, **kwargs: default,
    "get_many": lambda *args, **kwargs: {},
    "set": lambda *args, **kwargs: None,
    "set_many": lambda *args, **kwargs: [],
    "add": lambda *args, **kwargs: True,
    "incr": lambda key, delta=1, *args, **kwargs: delta,  # whoever counts counts for the first time
    "touch": lambda *args, **kwargs: False,
    "delete": lambda *args, **kwargs: False,
    "delete_many": lambda *args, **kwargs: None,
    "has_key": lambda *args, **kwargs: False,
    "clear": lambda *args, **kwargs: None,
}


def forgiving(name: str, ask: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(ask)
    def asked(self: Any, *args: Any, **kwargs: Any) -> Any:
        if time.monotonic() < self.silent_until:
            return ANSWERS[name](*args, **kwargs)
        try:
            return ask(self, *args, **kwargs)
        except GONE:
            self.silent_until = time.monotonic() + RESPITE
            logger.exception("The cache does not answer (%s)", name)
            return ANSWERS[name](*args, **kwargs)

    return asked


def may_be_gone(cache: type[Any]) -> type[Any]:
    """Make *cache* answer as an empty one would when it is gone."""
    for name in ANSWERS:
        setattr(cache, name, forgiving(name, getattr(cache, name)))
    return cache


@may_be_gone
class FileBasedCache(filebased.FileBasedCache):
    silent_until = 0.0

    def __init__(self, folder: str, params: dict[str, Any]) -> None:
        try:
            super().__init__(folder, params)
        except OSError:
            logger.exception("The folder of the cache can't be made")  # each question tries again


@may_be_gone
class RedisCache(redis.RedisCache):
    silent_until = 0.0
