"""What is gone when a request fails because of something outside the code, and what to say of it.

A page that says which of them it is, and that it passes, is worth more to a person than « erreur 500 »; and a proxy or
a search engine that reads 503 with Retry-After comes back instead of forgetting the page.
"""

from __future__ import annotations

import errno
import smtplib
import traceback
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import InterfaceError, OperationalError
from django.utils.translation import gettext_lazy as _

MINUTES = 120
SECONDS = 10
FULL = {errno.ENOSPC, errno.EDQUOT}
CLOSED = {errno.EROFS, errno.EACCES, errno.EPERM}
FULL_WORDS = ("database or disk is full", "No space left on device", "could not extend file")
CLOSED_WORDS = ("readonly database", "read-only transaction")


@dataclass(frozen=True)
class Outage:
    """``title`` and ``text`` are for whoever reads; ``retry_after`` is in seconds."""

    name: str
    title: Any
    text: Any
    retry_after: int = MINUTES


DISK_FULL = Outage(
    "disk_full",
    _("Le disque du site est plein"),
    _("Le site ne peut plus rien enregistrer pour le moment. On peut continuer à le lire."),
)
READ_ONLY = Outage(
    "read_only",
    _("Le site n’accepte pas d’enregistrer en ce moment"),
    _("Ses fichiers sont en lecture seule, sans doute pour un entretien. On peut continuer à le lire."),
)
BUSY = Outage(
    "busy",
    _("Le site est très occupé"),
    _("Trop de personnes enregistrent au même moment. Réessayez dans quelques secondes."),
    SECONDS,
)
DATABASE = Outage(
    "database",
    _("La base de données ne répond pas"),
    _("Le site ne peut rien lire ni enregistrer pour le moment. Réessayez dans quelques minutes."),
)
MAIL = Outage(
    "mail",
    _("Le serveur de courrier ne répond pas"),
    _("Le courrier que vous attendiez n’est pas parti. Recommencez dans quelques minutes."),
)
FILES = Outage(
    "files",
    _("Les fichiers du site ne répondent pas"),
    _("L’endroit où sont rangés images et documents ne répond pas. Réessayez dans quelques minutes."),
)


def outage_behind(error: BaseException | None) -> Outage | None:
    """What is gone; ``None`` when *error* is none of these, but a fault of ours."""
    for cause in _causes(error):
        if found := _of(cause):
            return found
    return None


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__


def _of(error: BaseException) -> Outage | None:
    if isinstance(error, (OperationalError, InterfaceError)):
        return _of_database(str(error))
    if isinstance(error, smtplib.SMTPException) or _while_sending(error):
        return MAIL
    if type(error).__module__.startswith("botocore"):
        return FILES
    return _of_disk(error.errno) if isinstance(error, OSError) else None


def _of_database(words: str) -> Outage:
    if any(said in words for said in FULL_WORDS):
        return DISK_FULL
    if any(said in words for said in CLOSED_WORDS):
        return READ_ONLY
    return BUSY if "is locked" in words else DATABASE


def _of_disk(number: int | None) -> Outage | None:
    if number in FULL:
        return DISK_FULL
    return READ_ONLY if number in CLOSED else None


def _while_sending(error: BaseException) -> bool:
    """Whether *error* (a refused connection, a time-out) comes from the conversation with a mail server."""
    if not isinstance(error, OSError):
        return False
    frames = traceback.walk_tb(error.__traceback__)
    return any(frame.f_globals.get("__name__") == smtplib.__name__ for frame, _line in frames)
