"""What readers ask for: a content reported, a right of reply (LCEN; DOMAIN §5)."""

from __future__ import annotations

import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from home.privacy.activities import REPORTS
from home.privacy.register import EMPTIED, STAYS, Expiry, Kept

REPLY_DELAY = datetime.timedelta(days=3)
KEPT = datetime.timedelta(days=90)  # the contact address of a report, once it is handled
REPORT_KEPT = datetime.timedelta(days=365)  # the rest of it


class UnderTimer(models.Model):
    """Something the director of publication has three days for, and what was already said about it."""

    reminded_at = models.DateTimeField(_("rappelé le"), null=True, blank=True, editable=False)
    overdue_told_at = models.DateTimeField(_("retard signalé le"), null=True, blank=True, editable=False)

    class Meta:
        abstract = True

    @property
    def due_at(self) -> datetime.datetime | None:
        """When the three days are over; ``None`` where none run."""
        raise NotImplementedError

    @property
    def is_overdue(self) -> bool:
        return self.due_at is not None and timezone.now() >= self.due_at


class ContentReportQuerySet(models.QuerySet["ContentReport"]):
    def waiting(self) -> ContentReportQuerySet:
        return self.filter(handled_at=None)


class ContentReport(UnderTimer):
    """« Signaler un contenu »: what somebody said of a page. In the moderators' queue until it is handled."""

    privacy: ClassVar = Kept(
        REPORTS,
        about={"contact": EMPTIED, "handled_by": STAYS},
        personal=("message", "outcome"),
        limits=(
            Expiry(
                KEPT,
                since="handled_at",
                empties=("contact",),
                part=_("l’adresse électronique d’un signalement"),
                after=_("son traitement"),
            ),
            Expiry(
                REPORT_KEPT, since="handled_at", part=_("le signalement lui-même"), after=_("son traitement")
            ),
        ),
        what=_(
            "signalements : le message, l’adresse électronique si vous la donnez, ce qui a été fait, par qui"
        ),
    )

    # Or the page's « usage » would tell every reader of the admin that it was reported.
    wagtail_reference_index_ignore = True

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

    objects = ContentReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("signalement")
        verbose_name_plural = _("signalements")
        ordering = ["created_at"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.created_at:%d/%m/%Y}"

    @property
    def due_at(self) -> datetime.datetime | None:
        """The three days run from the day the demand came in, not from the day somebody read it."""
        return self.created_at + REPLY_DELAY if self.kind == self.Kind.REPLY else None


class RightOfReplyQuerySet(models.QuerySet["RightOfReply"]):
    def waiting(self) -> RightOfReplyQuerySet:
        return self.filter(published_at=None, refused_at=None)

    def standing_on(self, page: Page) -> RightOfReplyQuerySet:
        """What readers of *page* see, in the order of insertion."""
        return (
            self.filter(page_id=page.pk, refused_at=None).exclude(published_at=None).order_by("published_at")
        )


class RightOfReply(UnderTimer):
    """A reply that stands on the page, as visible as its text, which the page's author can't edit.

    Asked within three months of publication, inserted within three days of being received, free. It is no part of the
    page's content: no edit, revision or return to an older version touches it. One that is inserted and refused was
    taken off again.
    """

    privacy: ClassVar = Kept(
        REPORTS,
        about={"published_by": STAYS, "refused_by": STAYS},
        personal=("asked_by", "text", "refusal"),
        limits=(Expiry(REPORT_KEPT, since="refused_at", part=_("une réponse refusée"), after=_("le refus")),),
        what=_(
            "droits de réponse : la réponse, le nom sous lequel elle paraît, qui l’a insérée ou refusée et pourquoi"
        ),
    )

    wagtail_reference_index_ignore = True  # as above

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
    refused_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    refusal = models.TextField(_("raison du refus"), blank=True, max_length=2000)

    objects = RightOfReplyQuerySet.as_manager()

    class Meta:
        verbose_name = _("droit de réponse")
        verbose_name_plural = _("droits de réponse")
        ordering = ["received_at"]

    def __str__(self) -> str:
        return f"{self.asked_by} · {self.page}"

    @property
    def is_standing(self) -> bool:
        """Whether readers see it, as soon as they see the page."""
        return self.published_at is not None and self.refused_at is None

    @property
    def is_waiting(self) -> bool:
        return self.published_at is None and self.refused_at is None

    @property
    def due_at(self) -> datetime.datetime:
        return self.received_at + REPLY_DELAY
