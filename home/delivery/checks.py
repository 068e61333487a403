"""What the way to the public must have before a site is opened: ``manage.py check --deploy``."""

from __future__ import annotations

import smtplib
from collections.abc import Iterator
from email.utils import parseaddr
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.core.mail import get_connection
from django.http.request import validate_host

SHORTEST_KEY, FEWEST_SIGNS = 50, 10  # ten: a key may be of hexadecimal digits
# What examples, generators and hurried people write.
KNOWN_WORDS = (
    "insecure",
    "change",
    "secret",
    "example",
    "exemple",
    "only-for",
    "password",
    "motdepasse",
    "clef",
)
SMTP = "django.core.mail.backends.smtp.EmailBackend"
PATIENCE = 5  # seconds


@register(Tags.security, deploy=True)
def secrets_are_strong(**kwargs: Any) -> list[CheckMessage]:
    """The key signs sessions, secret links and what is counted: whoever guesses it is everybody."""
    weak = [key for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS) if not is_strong(str(key))]
    hint = "python3 -c 'import secrets; print(secrets.token_urlsafe(50))'"
    return (
        [Error("SECRET_KEY est faible : courte, répétée ou connue.", hint=hint, id="delivery.E001")]
        if weak
        else []
    )


def is_strong(key: str) -> bool:
    """Whether *key* looks like one that was drawn."""
    known = any(word in key.lower() for word in KNOWN_WORDS)
    return len(key) >= SHORTEST_KEY and len(set(key)) >= FEWEST_SIGNS and not known


@register(Tags.security, deploy=True)
def hosts_are_named(**kwargs: Any) -> list[CheckMessage]:
    """The site answers to its own names alone, and its mails lead to one of them, over HTTPS."""
    return [Error(problem, hint="docs/settings.md", id="delivery.E002") for problem in _problems_of_hosts()]


def _problems_of_hosts() -> Iterator[str]:
    address = urlsplit(settings.WAGTAILADMIN_BASE_URL)
    if any("*" in host or not host.strip(".") for host in settings.ALLOWED_HOSTS):
        yield "ALLOWED_HOSTS accepte n’importe quel nom."
    if address.scheme != "https":
        yield "BASE_URL n’est pas en https."
    if not address.hostname or not validate_host(address.hostname, settings.ALLOWED_HOSTS):
        yield "BASE_URL n’est pas un des noms d’ALLOWED_HOSTS."
    if address.path or address.query:
        yield "BASE_URL ne va que jusqu’au nom, sans barre à la fin."


@register(Tags.database, deploy=True)
def mail_leaves(databases: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """The mail server takes a connection, and the account if there is one. Asked only when a database is given."""
    if not databases:
        return []
    return [
        Error(problem, hint="EMAIL_URL, DEFAULT_FROM_EMAIL : docs/settings.md", id="delivery.E003")
        for problem in _problems_of_mail()
    ]


def _problems_of_mail() -> Iterator[str]:
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    if not domain or domain.endswith(".invalid"):
        yield "DEFAULT_FROM_EMAIL n’est pas une adresse à laquelle on peut répondre."
    if settings.EMAIL_BACKEND != SMTP:
        yield "EMAIL_URL n’envoie pas de courrier."
        return
    try:
        with get_connection(timeout=PATIENCE):
            pass
    except (OSError, smtplib.SMTPException) as failure:
        yield f"Le serveur de courrier ne répond pas comme il faut : {failure}"
