"""What was decided on a step of a review, by whom, on which version, and with which answers."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Revision, TaskState

from home.privacy.activities import REVIEWS
from home.privacy.register import STAYS, Kept


class Decision(models.Model):
    """One for each decided step. Kept as long as the page's history."""

    privacy: ClassVar = Kept(
        REVIEWS, about={"person": STAYS}, personal=("comment",), what=_("décisions : par qui, le message")
    )

    class Kind(models.TextChoices):
        APPROVE = "approve", _("Approuver")
        REJECT = "reject", _("Demander des changements")

    class Reason(models.TextChoices):
        RECOGNISABLE = "recognisable", _("Une personne peut être reconnue")
        CONSENT = "consent", _("Il manque un accord (image, témoignage)")
        PRECISE = "precise", _("Un lieu, une date ou un nom est trop précis")
        SOURCES = "sources", _("Une source manque ou ne s’ouvre pas")
        WORDING = "wording", _("Des mots à changer")
        INCOMPLETE = "incomplete", _("Le texte n’est pas fini")
        OTHER = "other", _("Autre raison")

    task_state = models.OneToOneField(TaskState, on_delete=models.CASCADE, related_name="decision")
    kind = models.CharField(_("décision"), max_length=10, choices=Kind)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="decisions"
    )
    revision = models.ForeignKey(
        Revision, null=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("version décidée")
    )
    changed_since = models.BooleanField(
        _("le texte avait changé depuis le début de la relecture"), default=False
    )
    reason = models.CharField(_("raison"), max_length=20, choices=Reason, blank=True)
    comment = models.TextField(_("message"), blank=True)
    answers = models.JSONField(
        _("questions cochées"), default=list, help_text="The texts of the ticked questions."
    )
    decided_at = models.DateTimeField(_("décidé le"), default=timezone.now)

    class Meta:
        verbose_name = _("décision")
        verbose_name_plural = _("décisions")
        ordering = ["-decided_at"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.decided_at:%d/%m/%Y}"
