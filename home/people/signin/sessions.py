"""How a session ends: after some hours without a gesture, and everywhere at once when its owner says so."""

from __future__ import annotations

import time
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.middleware import AuthenticationMiddleware, get_user
from django.contrib.auth.models import AnonymousUser
from django.db.models import F
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext, ngettext

from home.people.accounts import User

SEEN = "seen"
EVERY = 60  # seconds: one writing to the database for the gestures of a minute
# What a tab asks by itself.
NO_GESTURE = ("/admin/editing-sessions/", "/admin/compte/presence/")
HOUR = 3600


class SignedInMiddleware(AuthenticationMiddleware):
    """Django's; who has not made a gesture for too long is nobody. Asked, as in Django's, only where ``user`` is."""

    def process_request(self, request: HttpRequest) -> None:
        super().process_request(request)
        request.user = SimpleLazyObject(lambda: _present(request))  # type: ignore[assignment]


def _present(request: HttpRequest) -> Any:
    user: Any = get_user(request)
    if not user.is_authenticated:
        return user
    now = int(time.time())
    seen = request.session.get(SEEN, now)
    if now - seen > idle_hours(user) * HOUR:
        _end(request, idle_hours(user))
        return AnonymousUser()
    if SEEN not in request.session or (now - seen > EVERY and not request.path.startswith(NO_GESTURE)):
        request.session[SEEN] = now
    return user


def idle_hours(user: Any) -> int:
    """Without a gesture. Fewer for those who can do more."""
    hours = (
        settings.SESSION_IDLE_HOURS_OF_EDITORS if user.second_factor_since else settings.SESSION_IDLE_HOURS
    )
    return int(hours)


def _end(request: HttpRequest, hours: int) -> None:
    request.session.flush()
    request._cached_user = AnonymousUser()  # type: ignore[attr-defined]  # Django's own
    closed = ngettext(
        "Votre session s’est fermée après %(hours)s heure sans activité.",
        "Votre session s’est fermée après %(hours)s heures sans activité.",
        hours,
    )
    back = gettext("Connectez-vous : vous reviendrez à la même page.")
    messages.info(request, f"{closed % {'hours': hours}} {back}", fail_silently=True)


def end_all(user: User) -> None:
    """Every session of *user* is over with its next request."""
    User.objects.filter(pk=user.pk).update(session_epoch=F("session_epoch") + 1)
    user.refresh_from_db(fields=["session_epoch"])


def end_others(request: HttpRequest, user: Any) -> None:
    """As ``end_all``, but for the session of *request*, which gets another key."""
    end_all(user)
    update_session_auth_hash(request, user)
