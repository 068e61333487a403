"""Somebody in front of the door: what they send, from where, and the codes that they have."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest import mock

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.test import Client
from django.urls import reverse

from home.models import User
from tests import factories

HOME = "198.51.100.7"
ELSEWHERE = "203.0.113.9"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0"
CHROME = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36"
DOOR = "/admin/login/"
WRONG = "ce n’est pas lui"


def at(address: str = HOME, agent: str = FIREFOX) -> Client:
    """A browser that nobody has used, at *address*."""
    return Client(REMOTE_ADDR=address, HTTP_USER_AGENT=agent)


def enter(client: Client, email: str, password: str = factories.PASSWORD, **more: Any) -> Any:
    return client.post(DOOR, {"username": email, "password": password, **more})


def is_in(client: Client) -> bool:
    return client.get(reverse("wagtailadmin_home")).status_code == 200


def give_application(user: User) -> str:
    """A second factor to *user*, with codes of recovery; return the secret of the application."""
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    RecoveryCodes.activate(user)
    return secret


def code_of(secret: str, later: int = 0) -> str:
    """What the application shows now, or *later* half minutes later."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + later))


def recovery_codes(user: User) -> list[str]:
    codes: list[str] = Authenticator.objects.get(user=user, type="recovery_codes").wrap().get_unused_codes()
    return codes


@contextmanager
def hours_later(hours: float) -> Iterator[None]:
    """As if the clock of sessions had gone on."""
    real = time.time
    with mock.patch("home.people.signin.sessions.time.time", lambda: real() + hours * 3600):
        yield
