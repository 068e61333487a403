"""« Je m’en occupe »: so that two people do not read the same text; and what was sent about waiting texts."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import TaskState


class Claim(models.Model):
    """Somebody has taken a waiting step. It ends with the step, or when it is given back."""

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

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="digests")
    day = models.DateField(_("jour"))
    about = models.JSONField(_("ce qui a été rappelé"), default=list)

    class Meta:
        verbose_name = _("rappel du jour")
        verbose_name_plural = _("rappels du jour")
        constraints = [models.UniqueConstraint(fields=["person", "day"], name="one_digest_a_day")]

    def __str__(self) -> str:
        return f"{self.person} · {self.day:%d/%m/%Y}"
