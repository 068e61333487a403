"""One line a request: what was asked of which route, how it ended, how long it took, by which role. Never by whom."""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Callable
from typing import Any

from django.contrib.auth.signals import user_logged_in
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from home.delivery.open_forms import visitor
from home.logs.scrubbing import network, route
from home.moderation.roles import ADMINISTRATORS

GetResponse = Callable[[HttpRequest], HttpResponseBase]
HEADER = "HTTP_X_REQUEST_ID"
WELL_FORMED = re.compile(r"[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}")
ROLE = "role"  # in the session, from the day's sign-in: no query for a log line
NOBODY = "anonyme"

logger = logging.getLogger("access")


def connect() -> None:
    """Follow every sign-in. Called once, when the apps are ready."""
    user_logged_in.connect(remember_role, dispatch_uid="home_access_role")


def distrust_request_ids(get_response: GetResponse) -> GetResponse:
    """Take no request id but a well-formed one: it stands in every line of the log, and in the answer."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if not WELL_FORMED.fullmatch(request.META.get(HEADER, "")):
            request.META.pop(HEADER, None)
        return get_response(request)

    return middleware


def write_access_line(get_response: GetResponse) -> GetResponse:
    """Log each request once it is answered."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        begun = time.monotonic()
        response = get_response(request)
        fields = {
            "method": request.method,
            "route": route(request),
            "status": response.status_code,
            "ms": round((time.monotonic() - begun) * 1000),
            "role": role_of(request),
            "network": network(visitor(request)),
        }
        logger.info("%(method)s %(route)s %(status)s, %(ms)s ms, %(role)s, %(network)s", fields, extra=fields)
        return response

    return middleware


def role_of(request: HttpRequest) -> str:
    """The role that signed in, where the view asked who it was; the others are the same to it."""
    user = getattr(request, "_cached_user", None)  # the true account, if anything has looked
    return str(request.session.get(ROLE, "compte")) if user and user.is_authenticated else NOBODY


def remember_role(request: HttpRequest | None, user: Any, **kwargs: Any) -> None:
    """Note in the session the role that *user* signs in with. Changed rights show from the next sign-in on."""
    if request is None or not hasattr(request, "session"):
        return
    names = [group.name for group in user.groups.all()]
    chosen = ADMINISTRATORS if ADMINISTRATORS in names else next(iter(sorted(names)), "compte")
    request.session[ROLE] = "superutilisateur" if user.is_superuser else chosen
