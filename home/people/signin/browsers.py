"""The browsers from which an account was entered: others are told to its owner, and count apart (``attempts``).

A browser is known by a signed cookie of the admin, or by its network and its kind. Nothing of that can be read in
the database: it keeps hashes that hold for one account.
"""

from __future__ import annotations

import datetime
import ipaddress
import re
import secrets
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from home.delivery.open_forms import visitor
from home.privacy.activities import SIGN_IN
from home.privacy.register import DELETED, Expiry, Kept

COOKIE = "navigateur"
PATH = "/admin/"
SALT = "home.people.signin.browsers"
# In this order: Edge and Opera call themselves Chrome as well, and all of them Safari.
BROWSERS = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS X", "Mac"),
    ("Linux", "Linux"),
)


def _known_for() -> datetime.timedelta:
    return datetime.timedelta(days=settings.KNOWN_BROWSER_DAYS)


class KnownBrowser(models.Model):
    privacy: ClassVar = Kept(
        SIGN_IN,
        about={"user": DELETED},
        personal=("seen_at",),
        secret=("browser", "place"),
        limits=(Expiry(_known_for, since="seen_at", part=_("un navigateur"), after=_("la dernière visite")),),
        what=_("navigateurs connus : des empreintes, pour vous prévenir d’une connexion nouvelle"),
    )

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("compte"),
        on_delete=models.CASCADE,
        related_name="known_browsers",
    )
    browser = models.CharField(_("navigateur, haché"), max_length=64)
    place = models.CharField(_("réseau et sorte de navigateur, hachés"), max_length=64)
    seen_at = models.DateTimeField(_("vu le"), default=timezone.now)

    class Meta:
        verbose_name = _("navigateur connu")
        verbose_name_plural = _("navigateurs connus")
        ordering: ClassVar = ["-seen_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "browser"], name="known_browser_once"),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.seen_at:%Y-%m-%d}"


def kind_of(request: HttpRequest) -> str:
    """« Firefox, Windows »: what a person recognises, and no more."""
    agent = request.META.get("HTTP_USER_AGENT", "")
    browser = next((name for mark, name in BROWSERS if re.search(rf"\b{mark}", agent)), "")
    system = next((name for mark, name in SYSTEMS if mark in agent), "")
    return ", ".join(filter(None, [browser, system])) or gettext("un navigateur inconnu")


def known_browser(request: HttpRequest, email: str) -> str:
    """The hash of this browser if the account *email* was entered from it; empty for a stranger."""
    if not (name := _name(request)):
        return ""
    digest = _digest("browser", name)
    known = KnownBrowser.objects.filter(user__email=email, browser=digest).exists()
    return digest if known else ""


def remember(request: HttpRequest, response: HttpResponse, user: Any) -> bool:
    """Know this browser from now on; return whether neither it nor its place was known before."""
    name = _name(request) or secrets.token_urlsafe(16)
    browser = _digest("browser", name)
    place = _digest("place", f"{user.pk}|{_network(visitor(request))}|{kind_of(request)}")
    known = KnownBrowser.objects.filter(user=user)
    is_new = not known.filter(models.Q(browser=browser) | models.Q(place=place)).exists()
    KnownBrowser.objects.update_or_create(
        user=user, browser=browser, defaults={"place": place, "seen_at": timezone.now()}
    )
    response.set_signed_cookie(
        COOKIE,
        name,
        salt=SALT,
        max_age=datetime.timedelta(days=settings.KNOWN_BROWSER_DAYS),
        path=PATH,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return is_new


def _name(request: HttpRequest) -> str:
    """The random name in the cookie; empty without one of ours."""
    return str(request.get_signed_cookie(COOKIE, default="", salt=SALT) or "")


def _digest(kind: str, value: str) -> str:
    return salted_hmac(f"{SALT}.{kind}", value, algorithm="sha256").hexdigest()


def _network(address: str) -> str:
    """The part of an address that a household or an office shares."""
    try:
        parsed = ipaddress.ip_interface(address).ip  # of IPv6, a network is all that is known of it
    except ValueError:
        return ""
    return str(ipaddress.ip_network((parsed, 24 if parsed.version == 4 else 48), strict=False))
