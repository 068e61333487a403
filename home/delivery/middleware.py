"""What every request passes through."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import unquote_to_bytes

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from home.pages.views import bad_request

GetResponse = Callable[[HttpRequest], HttpResponseBase]
EDITOR_DIRECTIVES = {
    # Wagtail's admin has a few inline scripts and styles, and shows pictures that are still in the browser.
    "script-src": ["'self'", "'unsafe-inline'"],
    "style-src": ["'self'", "'unsafe-inline'"],
    "img-src": ["'self'", "data:", "blob:"],
}


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


def loosen_policy_for_the_editor(get_response: GetResponse) -> GetResponse:
    """Give the admin the Content-Security-Policy that it needs; the public site keeps the strict one."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if request.path.startswith("/admin/") and isinstance(response, HttpResponse):
            response._csp_update = EDITOR_DIRECTIVES  # type: ignore[attr-defined]  # what django-csp's decorator sets
        return response

    return middleware
