"""Secrets of second factors at rest: encrypted with a key that is not in the database."""

from __future__ import annotations

import base64
import logging
import secrets

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.utils.crypto import salted_hmac

logger = logging.getLogger(__name__)
SALT = "home.people.signin.sealing"


def sealed(text: str) -> str:
    return _fernet().encrypt(text.encode()).decode()


def opened(token: str) -> str:
    """What was sealed. For what another key sealed, something that nobody can guess: no code is right then."""
    try:
        return _fernet().decrypt(token.encode()).decode()
    except InvalidToken:
        logger.error("A second factor was sealed with another SECRET_KEY")  # nothing more to tell
        return base64.b32encode(secrets.token_bytes(20)).decode()


def _fernet() -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(_key(key)) for key in keys])


def _key(secret: str | bytes) -> bytes:
    return base64.urlsafe_b64encode(salted_hmac(SALT, "", secret=secret, algorithm="sha256").digest())
