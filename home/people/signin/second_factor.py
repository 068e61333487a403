"""Who needs a second factor, until when it can wait, and what happens then."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext

from home.checks import DEMO_DOMAIN
from home.moderation.roles import ADMINISTRATORS, MODERATORS
from home.people.accounts import User

GetResponse = Callable[[HttpRequest], HttpResponseBase]
NEEDING = {MODERATORS, ADMINISTRATORS}

FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
FLAG = "second_factor"
FORBIDDEN = 403
# What whoever has to set one up may still open.
OPEN = {
    "account_login",
    "account_reauthenticate",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "mfa_index",
    "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
    "wagtailadmin_javascript_catalog",
    "wagtailadmin_login",
    "wagtailadmin_logout",
    "wagtailadmin_sprite",
}


def needs_one(user: Any) -> bool:
    """Whether the role asks for a second factor."""
    return bool(user.is_superuser or user.groups.filter(name__in=NEEDING).exists())


def count_from_now(user: Any) -> None:
    """Begin the grace time of somebody whose role asks for one; forget it with the role."""
    since = (user.second_factor_since or timezone.now()) if needs_one(user) else None
    if since != user.second_factor_since:
        user.second_factor_since = since
        User.objects.filter(pk=user.pk).update(second_factor_since=since)


def is_demonstration(user: Any) -> bool:
    """Accounts whose password is printed: a second factor would only be in the way. Refused on a public site."""
    return bool(settings.DEMO_ACCOUNTS_ALLOWED and user.email.endswith(DEMO_DOMAIN))


def has_one(request: HttpRequest, user: Any) -> bool:
    """Whether *user* has a second factor; asked of the database until it is so."""
    if request.session.get(FLAG):
        return True
    found = bool(is_mfa_enabled(user, FACTORS))
    if found:
        request.session[FLAG] = True
    return found


def end_of_grace(user: Any) -> datetime.datetime | None:
    """When a second factor has to stand; ``None`` for those who need none."""
    if not user.second_factor_since or is_demonstration(user):
        return None
    end: datetime.datetime = user.second_factor_since + datetime.timedelta(
        days=settings.SECOND_FACTOR_GRACE_DAYS
    )
    return end


def days_left(request: HttpRequest, user: Any) -> int | None:
    """How long setting one up can wait, in days begun; ``None`` for those who have or need none."""
    end = end_of_grace(user)
    if end is None or has_one(request, user):
        return None
    return max(0, -((timezone.now() - end) // datetime.timedelta(days=1)))


def is_overdue(request: HttpRequest, user: Any) -> bool:
    """Whether nothing else can be done before one is set up."""
    end = end_of_grace(user)
    return end is not None and end <= timezone.now() and not has_one(request, user)


class SecondFactorMiddleware:
    """After the grace time, every page of the admin leads to where a second factor is set up."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        if not request.path_info.startswith(("/admin/", "/documents/")):
            return None
        match, user = request.resolver_match, request.user
        is_open = match is not None and match.view_name in OPEN
        if is_open or not user.is_authenticated or not is_overdue(request, user):
            return None
        if _is_script(request):
            words = gettext("Ce compte demande un second facteur. Rechargez la page pour le mettre en place.")
            return JsonResponse({"error": words}, status=FORBIDDEN)
        return redirect("mfa_index")


def _is_script(request: HttpRequest) -> bool:
    """A script can't show a page to set anything up."""
    asked = request.headers.get("X-Requested-With") == "XMLHttpRequest"
    mode = request.headers.get("Sec-Fetch-Mode", "navigate")
    return asked or mode != "navigate" or not request.accepts("text/html")
