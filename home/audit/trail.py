"""Writing to the audit trail: a row that stays for a year, and a line of the log « audit »."""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextvars import ContextVar
from typing import Any

from django.db import models
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from django_guid import get_guid

from home.audit.entries import Action, AuditEntry
from home.logs.scrubbing import scrub
from home.people.accounts import User

GetResponse = Callable[[HttpRequest], HttpResponseBase]
logger = logging.getLogger("audit")
_request: ContextVar[HttpRequest | None] = ContextVar("audited_request", default=None)


def note(
    action: Action, thing: models.Model | str = "", *, actor: Any = None, detail: str = ""
) -> AuditEntry:
    """Write down that *actor* did *action* to *thing* (a row, or « app.Model#12 »).

    Without *actor*: whoever sent the request, or nobody for a command. *detail* is a word of ours, such as a role:
    what looks like an address or a token is scrubbed.
    """
    who = actor if isinstance(actor, User) else acting()
    entry = AuditEntry.objects.create(
        at=timezone.now(),
        actor=who,
        action=action,
        thing=thing if isinstance(thing, str) else f"{thing._meta.label}#{thing.pk}",
        detail=scrub(detail)[:120],
        request_id=get_guid() or "",
    )
    fields = {"actor": str(who.pk) if who else "-", "action": str(action), "object": entry.thing}
    logger.info("%(action)s %(object)s, %(actor)s", fields, extra=fields)
    return entry


def acting() -> User | None:
    """The account that sent the request which is being answered, if any."""
    request = _request.get()
    user = getattr(request, "user", None)
    return User.objects.filter(pk=user.pk).first() if user and user.is_authenticated else None


def remember_who_acts(get_response: GetResponse) -> GetResponse:
    """Let ``note`` know whose request is being answered."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        standing = _request.set(request)
        try:
            return get_response(request)
        finally:
            _request.reset(standing)

    return middleware
