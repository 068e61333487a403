"""A sheet or a correction that somebody without an account writes, until the moderators have decided."""

from __future__ import annotations

import datetime
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from home.delivery.mailed_links import MailedLink
from home.privacy.activities import PROPOSALS
from home.privacy.register import DELETED, STAYS, Expiry, Kept

LINK = MailedLink("practices.proposals")
DAY = datetime.timedelta(days=1)
UNSENT_KEPT = datetime.timedelta(days=30)  # after it was last saved
DECIDED_KEPT = datetime.timedelta(days=90)
BEGUN_A_DAY = 5  # with one address: nobody's mailbox is filled from here


class ProposalQuerySet(models.QuerySet["Proposal"]):
    def waiting(self) -> Self:
        """Handed over, and not decided."""
        return self.exclude(handed_over_at=None).filter(decided_at=None)

    def behind(self, token: str) -> Proposal | None:
        """The proposal that *token* was made for, as long as it lives."""
        key = LINK.key(token)
        return self.select_related("sheet").filter(pk=key).first() if key else None

    def may_begin(self, email: str) -> bool:
        """Whether *email* may begin one more today."""
        return self.filter(email=email, started_at__gt=timezone.now() - DAY).count() < BEGUN_A_DAY


class Proposal(models.Model):
    """``content`` and, for a correction, what the sheet said when it was begun (``base``): see ``content``."""

    privacy: ClassVar = Kept(
        PROPOSALS,
        about={"email": DELETED, "decided_by": STAYS},
        personal=("content", "base", "reason"),
        limits=(
            Expiry(
                UNSENT_KEPT,
                since="saved_at",
                where=models.Q(handed_over_at=None),
                part=_("ce que vous n’envoyez pas"),
                after=_("le dernier enregistrement"),
            ),
            Expiry(
                DECIDED_KEPT,
                since="decided_at",
                part=_("ce que vous envoyez"),
                after=_("la décision, ou dès que vous le demandez par le lien reçu"),
            ),
        ),
        what=_("propositions : votre adresse électronique, vos réponses, qui a décidé et pourquoi"),
    )

    # Or the page's « usage » would tell every reader of the admin that a correction was proposed.
    wagtail_reference_index_ignore = True

    class Outcome(models.TextChoices):
        ADOPTED = "adopted", _("Reprise")
        DISMISSED = "dismissed", _("Écartée")

    sheet = models.ForeignKey(
        "practices.PracticePage", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    is_correction = models.BooleanField(_("correction"), default=False)
    email = models.EmailField(_("adresse électronique"))
    content = models.JSONField(_("réponses"), default=dict)
    base = models.JSONField(_("ce que disait la fiche"), default=dict)
    started_at = models.DateTimeField(_("commencée le"), default=timezone.now)
    saved_at = models.DateTimeField(_("enregistrée le"), default=timezone.now)
    handed_over_at = models.DateTimeField(_("envoyée le"), null=True, blank=True)
    draft = models.ForeignKey(Page, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    decided_at = models.DateTimeField(_("décidée le"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    outcome = models.CharField(_("décision"), max_length=20, choices=Outcome, blank=True)
    reason = models.TextField(_("raison"), blank=True, max_length=2000)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        verbose_name = _("proposition")
        verbose_name_plural = _("propositions")
        ordering = ["handed_over_at"]

    def __str__(self) -> str:
        return f"{_('proposition')} {self.pk}"  # never the address: this ends up in logs

    @property
    def token(self) -> str:
        """What the link of its mails holds."""
        return LINK.token(self.pk)

    @property
    def version(self) -> str:
        """Which of its versions this is, for whoever has the link open twice."""
        return self.saved_at.astimezone(datetime.UTC).isoformat()

    @property
    def title(self) -> str:
        """What it is about: the sheet as readers know it, or the title that was typed."""
        if self.sheet:
            return str(self.sheet.title)
        return str(self.content.get("title") or gettext("sans titre"))

    @property
    def kind(self) -> str:
        return gettext("Correction proposée") if self.is_correction else gettext("Fiche proposée")

    @property
    def is_waiting(self) -> bool:
        return self.handed_over_at is not None and self.decided_at is None

    @property
    def is_adopted(self) -> bool:
        return self.outcome == self.Outcome.ADOPTED
