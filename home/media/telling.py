"""Whoever sends a file is told, on the next page that they see, what stays in it."""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar

from django.contrib import messages
from django.http import HttpRequest, HttpResponse

from home.media.cleaning import words
from home.media.cleaning.answers import Remark

_to_tell: ContextVar[list[str] | None] = ContextVar("to_tell", default=None)


def tell(remarks: tuple[Remark, ...]) -> None:
    """Note *remarks* for whoever sent the request; outside of a request there is nobody to tell."""
    waiting = _to_tell.get()
    sentence = words.told(remarks)
    if waiting is not None and sentence and sentence not in waiting:
        waiting.append(sentence)


def tell_uploaders(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: what was noted during the request becomes messages of Wagtail's admin."""

    def middleware(request: HttpRequest) -> HttpResponse:
        waiting: list[str] = []
        token = _to_tell.set(waiting)
        try:
            response = get_response(request)
        finally:
            _to_tell.reset(token)
        for sentence in waiting:
            messages.warning(request, sentence)
        return response

    return middleware
