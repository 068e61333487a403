"""Mails on their way: kept from the transaction that decides on them until the mail server has taken them.

The row is written with what it tells of: a process that is killed after the commit has lost no mail, one that is killed
before has sent none. It is taken, then sent, then deleted: of two that try, one sends. Whoever dies between the two
last steps may have sent it, and nobody sends it again: twice is worse than a line in the log.
"""

from __future__ import annotations

import datetime
import logging
import time
from collections.abc import Iterable
from functools import partial
from typing import ClassVar, Self

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from home.delivery.sending import deliver
from home.privacy.activities import OUTGOING
from home.privacy.register import DELETED, Expiry, Kept

logger = logging.getLogger(__name__)

KEPT = datetime.timedelta(days=3)  # longer than a weekend without anybody
SENDING = datetime.timedelta(hours=1)  # far longer than EMAIL_TIMEOUT
FAILURES = 3  # one mailbox may refuse for ever; when three do in a row it is the server
RESPITE = (
    30  # seconds during which a server that did not answer is not asked again: each time costs EMAIL_TIMEOUT
)
_silent_since: dict[str, float] = {}  # by backend; each process finds out by itself


class WaitingMailQuerySet(models.QuerySet["WaitingMail"]):
    def to_send(self) -> Self:
        return self.filter(taken_at=None)

    def too_old(self) -> Self:
        """Nobody wants it any more, or nobody knows whether it left."""
        now = timezone.now()
        return self.filter(models.Q(created_at__lt=now - KEPT) | models.Q(taken_at__lt=now - SENDING))


class WaitingMail(models.Model):
    """One mail to one person that the mail server has not taken yet."""

    recipient = models.EmailField(_("destinataire"), max_length=254)
    subject = models.TextField(_("objet"))
    text = models.TextField(_("texte"))
    html = models.TextField("HTML")
    headers = models.JSONField(_("en-têtes"), default=dict)
    created_at = models.DateTimeField(_("écrit le"), default=timezone.now)
    taken_at = models.DateTimeField(_("confié au serveur le"), null=True, blank=True)

    privacy: ClassVar = Kept(
        OUTGOING,
        about={"recipient": DELETED},
        personal=("subject", "text", "html"),
        what=_("courriers en attente : à qui, l’objet, le texte"),
        limits=(Expiry(KEPT, since="created_at", after=_("l’avoir écrit")),),
    )

    objects = WaitingMailQuerySet.as_manager()

    class Meta:
        verbose_name = _("courrier en attente")
        verbose_name_plural = _("courriers en attente")

    def __str__(self) -> str:
        return f"{self.pk} · {self.created_at:%d/%m/%Y}"

    @property
    def message(self) -> EmailMultiAlternatives:
        message = EmailMultiAlternatives(self.subject, self.text, to=[self.recipient], headers=self.headers)
        message.attach_alternative(self.html, "text/html")
        return message


def queue(message: EmailMultiAlternatives) -> None:
    """Send *message*, written to one person, once the transaction is committed; later if the server does not answer."""
    waiting = WaitingMail.objects.create(
        recipient=message.to[0],
        subject=str(message.subject),
        text=str(message.body),
        html=str(message.alternatives[0][0]),
        headers=dict(message.extra_headers),
    )
    transaction.on_commit(partial(send_soon, waiting.pk))


def send_soon(key: int) -> None:
    """Try at once, unless the server was silent a moment ago."""
    silent_since = _silent_since.get(settings.EMAIL_BACKEND)
    if silent_since is None or time.monotonic() - silent_since > RESPITE:
        send_one(key)


def send_one(key: int) -> int:
    """How many mails left, one or none; that of *key* stays for the next time when the server refuses."""
    waiting = WaitingMail.objects.filter(pk=key).first()
    if waiting is None or not WaitingMail.objects.to_send().filter(pk=key).update(taken_at=timezone.now()):
        return 0
    if not deliver(waiting.message):
        _silent_since[settings.EMAIL_BACKEND] = time.monotonic()
        WaitingMail.objects.filter(pk=key).update(taken_at=None)
        return 0
    _silent_since.pop(settings.EMAIL_BACKEND, None)
    waiting.delete()
    return 1


def send_waiting() -> int:
    """What ``run_periodic`` calls: how many mails left. Gives up what waited too long, and says so in the log."""
    for given_up in WaitingMail.objects.too_old():
        logger.error("A mail of %s did not leave, or may have left: given up", given_up.created_at)
        given_up.delete()
    outcomes: list[int] = []
    for key in WaitingMail.objects.to_send().order_by("pk").values_list("pk", flat=True):
        outcomes.append(send_one(key))
        if outcomes[-FAILURES:] == [0] * FAILURES:
            break
    return sum(outcomes)


def forget_silence() -> None:
    """Ask the server again at once."""
    _silent_since.clear()


def count_waiting(addresses: Iterable[str]) -> int:
    """How many mails to *addresses* have not left: what somebody who has just written to them wants to know."""
    return WaitingMail.objects.filter(recipient__in=list(addresses)).count()
