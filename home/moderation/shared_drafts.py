"""A draft shown to a partner without an account, and the remarks that come back."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

KEY_LENGTH = 32


def random_key() -> str:
    return get_random_string(KEY_LENGTH)


class DraftLink(models.Model):
    """A link that opens the newest version of one page, until it expires or is revoked."""

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="draft_links")
    key = models.CharField(max_length=KEY_LENGTH, unique=True, default=random_key, editable=False)
    recipient = models.CharField(
        _("pour qui"), max_length=120, help_text=_("La personne ou l’organisation à qui vous le donnez.")
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="draft_links"
    )
    created_at = models.DateTimeField(_("créé le"), auto_now_add=True)
    expires_at = models.DateTimeField(_("valable jusqu’au"))
    revoked_at = models.DateTimeField(_("retiré le"), null=True, blank=True)

    class Meta:
        verbose_name = _("lien de lecture")
        verbose_name_plural = _("liens de lecture")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.page} · {self.recipient}"


class DraftRemark(models.Model):
    """What a partner said of a draft."""

    link = models.ForeignKey(DraftLink, on_delete=models.CASCADE, related_name="remarks")
    name = models.CharField(_("votre nom"), max_length=120, blank=True)
    text = models.TextField(_("votre remarque"), max_length=5000)
    created_at = models.DateTimeField(_("reçue le"), auto_now_add=True)
    handled_at = models.DateTimeField(_("traitée le"), null=True, blank=True)

    class Meta:
        verbose_name = _("remarque")
        verbose_name_plural = _("remarques")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.text[:60]
