"""« Je m’en occupe »: so that two people do not read the same text; and what was sent about waiting texts."""

from __future__ import annotations

import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import TaskState

from home.moderation.delays import reminder_delay
from home.privacy.activities import REMINDERS
from home.privacy.register import DELETED, Expiry, Kept

DIGEST_KEPT = datetime.timedelta(days=30)  # beyond the delay within which it keeps a text from being recalled


def digest_kept() -> datetime.timedelta:
    return reminder_delay() + DIGEST_KEPT


class Claim(models.Model):
    """Somebody has taken a waiting step. It ends with the step, or when it is given back."""

    privacy: ClassVar = Kept(
        REMINDERS,
        about={"person": DELETED},
        personal=("since",),
        what=_("prises en charge : qui relit quoi, depuis quand"),
    )

    task_state = models.OneToOneField(TaskState, on_delete=models.CASCADE, related_name="claim")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="claims")
    since = models.DateTimeField(_("depuis"), default=timezone.now)

    class Meta:
        verbose_name = _("prise en charge")
        verbose_name_plural = _("prises en charge")

    def __str__(self) -> str:
        return f"{self.person} · {self.since:%d/%m/%Y}"


class Digest(models.Model):
    """The one digest of a day for a person: its row is what keeps it from being sent twice."""

    privacy: ClassVar = Kept(
        REMINDERS,
        about={"person": DELETED},
        limits=(Expiry(digest_kept, since="day", part=_("ce qui a été rappelé"), after=_("l’envoi")),),
        what=_("rappels du jour : à qui, quand, de quoi"),
    )

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="digests")
    day = models.DateField(_("jour"))
    about = models.JSONField(_("ce qui a été rappelé"), default=list)

    class Meta:
        verbose_name = _("rappel du jour")
        verbose_name_plural = _("rappels du jour")
        constraints = [models.UniqueConstraint(fields=["person", "day"], name="one_digest_a_day")]

    def __str__(self) -> str:
        return f"{self.person} · {self.day:%d/%m/%Y}"
