"""What readers ask for: a content reported, a right of reply (LCEN; DOMAIN §5)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page


class ContentReport(models.Model):
    """« Signaler un contenu »: what somebody said of a page. In the moderators' queue until it is handled."""

    class Kind(models.TextChoices):
        RECOGNISABLE = "recognisable", _("On reconnaît une personne (moi, un enfant, quelqu’un d’autre)")
        REPLY = "reply", _("Je suis nommé·e et je demande un droit de réponse")
        MISTAKE = "mistake", _("Une information est fausse ou a changé")
        UNLAWFUL = "unlawful", _("Un propos est illicite ou blessant")
        OTHER = "other", _("Autre chose")

    page = models.ForeignKey(
        Page,
        verbose_name=_("page"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="content_reports",
    )
    address = models.CharField(_("adresse de la page"), max_length=500, blank=True)
    kind = models.CharField(_("de quoi s’agit-il ?"), max_length=20, choices=Kind)
    message = models.TextField(_("que se passe-t-il ?"), max_length=5000)
    contact = models.EmailField(
        _("votre adresse électronique"), blank=True, help_text=_("Seulement si vous voulez une réponse.")
    )
    created_at = models.DateTimeField(_("reçu le"), default=timezone.now)
    handled_at = models.DateTimeField(_("traité le"), null=True, blank=True)
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    outcome = models.TextField(_("ce qui a été fait"), blank=True, max_length=2000)

    class Meta:
        verbose_name = _("signalement")
        verbose_name_plural = _("signalements")
        ordering = ["created_at"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.created_at:%d/%m/%Y}"


class RightOfReply(models.Model):
    """A reply that stands on the page, as visible as its text, which the page's author can't edit.

    Asked within three months of publication, inserted within three days of being received, free.
    """

    page = models.ForeignKey(Page, verbose_name=_("page"), on_delete=models.CASCADE, related_name="replies")
    report = models.OneToOneField(
        ContentReport, null=True, blank=True, on_delete=models.SET_NULL, related_name="reply"
    )
    asked_by = models.CharField(
        _("demandé par"), max_length=160, help_text=_("Le nom sous lequel la réponse paraît.")
    )
    text = models.TextField(_("réponse"), max_length=10000)
    received_at = models.DateTimeField(_("demande reçue le"), default=timezone.now)
    published_at = models.DateTimeField(_("insérée le"), null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    refused_at = models.DateTimeField(_("refusée le"), null=True, blank=True)
    refusal = models.TextField(_("raison du refus"), blank=True, max_length=2000)

    class Meta:
        verbose_name = _("droit de réponse")
        verbose_name_plural = _("droits de réponse")
        ordering = ["received_at"]

    def __str__(self) -> str:
        return f"{self.asked_by} · {self.page}"
