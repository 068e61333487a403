"""How often one may try: counted before anything is compared, so that many tries at once don't slip through.

A browser from which the account was entered before counts for itself: an attacker, however many addresses they have,
doesn't keep the owner out. Everybody else is counted by account and address together, by address, and by account.

Axes asks here, and its table keeps the counts. No row can be read: the account, the address and the browser stand in
it as keyed hashes (the address's looks like an IPv6 address, which the column wants).
"""

from __future__ import annotations

import datetime
import ipaddress
import logging
from dataclasses import dataclass
from typing import Any

from axes.handlers.base import AxesHandler
from axes.models import AccessAttempt
from axes.signals import user_locked_out
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.formats import time_format
from django.utils.translation import gettext

from home.delivery.open_forms import visitor
from home.people.signin.browsers import known_browser

logger = logging.getLogger(__name__)

SALT = "home.people.signin.attempts"
UNIQUE_LOCAL = b"\xfd"  # no such address is anybody's on the internet


@dataclass(frozen=True)
class Try:
    """What is being tried, and from where, as hashes."""

    account: str
    address: str = ""
    browser: str = ""

    def rows(self, **scope: str) -> QuerySet[AccessAttempt]:
        since = timezone.now() - settings.AXES_COOLOFF_TIME
        rows: QuerySet[AccessAttempt] = AccessAttempt.objects.filter(attempt_time__gt=since, **scope)
        return rows

    def scopes(self) -> list[tuple[QuerySet[AccessAttempt], int]]:
        """The counts that it adds to, each with its limit."""
        limits = settings.SIGN_IN_TRIES
        if self.browser or not self.address:
            return [(self.rows(username=self.account, user_agent=self.browser), limits["together"])]
        strangers = {"user_agent": ""}
        together = self.rows(username=self.account, ip_address=self.address, **strangers)
        return [
            (together, limits["together"]),
            (self.rows(ip_address=self.address, **strangers), limits["address"]),
            (self.rows(username=self.account, **strangers), limits["account"]),
        ]

    def held_until(self) -> datetime.datetime | None:
        """When it may be tried again; ``None`` for now."""
        ends = [end for rows, limit in self.scopes() if (end := _end(rows, limit))]
        return max(ends, default=None)

    @property
    def key(self) -> dict[str, str | None]:
        return {
            "username": self.account,
            "ip_address": self.address or str(ipaddress.IPv6Address(UNIQUE_LOCAL + bytes(15))),
            "user_agent": self.browser,
        }


def _end(rows: QuerySet[AccessAttempt], limit: int) -> datetime.datetime | None:
    counts = list(rows.order_by("attempt_time").values_list("attempt_time", "failures_since_start"))
    total = sum(count for _time, count in counts)
    end = None
    for time, count in counts:
        if total < limit:
            break
        total -= count
        end = time + settings.AXES_COOLOFF_TIME
    return end


def _hashed(kind: str, value: str) -> bytes:
    return salted_hmac(f"{SALT}.{kind}", value, algorithm="sha256").digest()


def sign_in_of(request: HttpRequest, account: str) -> Try:
    """The try of *request* to enter *account* (the address that was typed)."""
    account = account.strip().lower()
    return Try(
        account=_hashed("account", account).hex()[:40],
        address=str(ipaddress.IPv6Address(UNIQUE_LOCAL + _hashed("address", visitor(request))[:15])),
        browser=known_browser(request, account),
    )


def secret_of(user: Any, kind: str) -> Try:
    """The try to guess something of somebody who has shown their password, from wherever: *kind* says what."""
    return Try(_hashed("secret", f"{kind}|{user.pk}").hex()[:40])


@transaction.atomic
def take(attempt: Try) -> datetime.datetime | None:
    """Count one more try. Return when to try again if it was one too many, which is not counted."""
    row, _new = AccessAttempt.objects.select_for_update().get_or_create(
        **attempt.key, defaults={"failures_since_start": 0}
    )
    if until := attempt.held_until():
        transaction.set_rollback(True)
        return until
    now = timezone.now()
    if row.attempt_time <= now - settings.AXES_COOLOFF_TIME:
        row.failures_since_start = 0
    row.failures_since_start += 1
    row.attempt_time = now
    row.save(update_fields=["failures_since_start", "attempt_time"])
    return None


def forgive(attempt: Try) -> None:
    """It was right: its earlier mistakes no longer count."""
    AccessAttempt.objects.filter(**attempt.key).delete()


def forgive_all(account: str) -> None:
    """Whoever has a new password by mail has shown that the account is theirs."""
    AccessAttempt.objects.filter(
        username=Try(_hashed("account", account.lower()).hex()[:40]).account
    ).delete()


def too_many(until: datetime.datetime) -> ValidationError:
    """What a form says."""
    at = time_format(timezone.localtime(until + datetime.timedelta(minutes=1)), "H:i")
    return ValidationError(
        gettext("Trop d’essais. Vous pourrez recommencer à %(time)s.") % {"time": at}, code="too_many"
    )


def spend(user: Any, kind: str) -> Try:
    """Count a try to guess *kind*; raise what a form says when there were too many."""
    attempt = secret_of(user, kind)
    if until := take(attempt):
        raise too_many(until)
    return attempt


class Attempts(AxesHandler):
    """What axes asks."""

    def is_allowed(self, request: Any, credentials: dict[str, Any] | None = None) -> bool:
        account = str((credentials or {}).get("email") or "")
        until = take(sign_in_of(request, account))
        request.sign_in_again_at = until
        if until is None:
            return True
        request.axes_locked_out = True
        logger.warning("Sign-in held back: too many tries")
        user_locked_out.send("axes", request=request, username="", ip_address="")
        return False

    def post_save_access_attempt(self, instance: AccessAttempt, **kwargs: Any) -> None:
        """Axes tells of each row; there is nothing more to do."""

    post_delete_access_attempt = post_save_access_attempt


def say_too_many(request: HttpRequest, response: HttpResponse, credentials: Any) -> HttpResponse:
    """The page as it is, with what was typed, and the status that robots understand."""
    response.status_code = 429
    if until := getattr(request, "sign_in_again_at", None):
        response["Retry-After"] = str(max(1, int((until - timezone.now()).total_seconds()) + 1))
    return response
