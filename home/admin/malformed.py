"""A form that no browser sends gets the answer 400, not an error.

Wagtail's views read hidden fields (counts, choices made in a window) without checking that they are there and make
sense. Browsers send them right; a script, or a proxy that cuts a request short, does not.
"""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.datastructures import MultiValueDictKeyError

from home.pages.views import bad_request

logger = logging.getLogger(__name__)
GetResponse = Callable[[HttpRequest], HttpResponseBase]


class MalformedFormMiddleware:
    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponseBase | None:
        """400 for a posted value that is missing or can't be read, with the reason in the log."""
        forged = request.method == "POST" and isinstance(exception, (MultiValueDictKeyError, ValueError))
        if not forged or not request.path.startswith("/admin/"):
            return None
        logger.warning("A form could not be read: %s", request.path, exc_info=exception)
        return bad_request(request, exception)
