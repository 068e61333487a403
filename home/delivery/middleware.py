"""What every request passes through."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import unquote_to_bytes, urlsplit

from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from home.pages.views import bad_request, forbidden

GetResponse = Callable[[HttpRequest], HttpResponseBase]


def reject_malformed_query(get_response: GetResponse) -> GetResponse:
    """Answer 400 to a query string that no browser writes: a null byte, or bytes that are not UTF-8.

    Django would replace such bytes silently, and PostgreSQL refuses a null byte deep inside a query.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        raw = unquote_to_bytes(request.META.get("QUERY_STRING", ""))
        try:
            malformed = "\x00" in raw.decode()
        except UnicodeDecodeError:
            malformed = True
        return bad_request(request, BadRequest()) if malformed else get_response(request)

    return middleware


READING = {"GET", "HEAD", "OPTIONS"}
OURS = {"same-origin", "none"}


def refuse_other_sites(get_response: GetResponse) -> GetResponse:
    """Answer 403 to what another site made somebody's browser send.

    Open forms have no token, for want of a cookie (ADR 0017): there the browser's own word has to do. A program
    that says nothing of where it comes from, such as the mailbox that stops an alert (RFC 8058), is let through.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if request.method not in READING and not comes_from_here(request):
            return forbidden(request, PermissionDenied())
        return get_response(request)

    return middleware


def comes_from_here(request: HttpRequest) -> bool:
    """Whether the browser says that a page of this site sent *request*, or says nothing."""
    if site := request.headers.get("Sec-Fetch-Site"):
        return site in OURS
    origin = request.headers.get("Origin", "null")
    # « null » is what a page sends that tells nobody its address: those behind a secret link do.
    return origin == "null" or urlsplit(origin).netloc == request.get_host()
